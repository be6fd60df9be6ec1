"""A full bundle loses nothing: export, import into a diary without entries, export: the same bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.store.records import NOW, add, fill_all

from spinetrack.recovery import diary as d
from spinetrack.store import Store
from spinetrack.store.documents import shapes


@pytest.fixture
def full(patient: Patient) -> Path:
    """The bundle of a diary with a record of every kind, and removals; the diary itself stays."""
    patient.now = evening(30)
    with Store(patient.home, lambda: NOW) as store:
        fill_all(store)
        add(store, d.Playbook("warm shower", NOW, NOW.date()))
        number = add(store, d.Question("Forget this?", NOW, NOW.date()))
        with store.write("delete") as writer:
            writer.remove(store.find(d.Question, number))
        store.undo()
        store.redo()
    path = patient.folder / "full.ndjson"
    patient.run("export", "-o", path)
    return path


def exported(patient: Patient, name: str) -> bytes:
    path = patient.folder / name
    patient.run("export", "-o", path)
    return path.read_bytes()


def other(patient: Patient, name: str = "other") -> Patient:
    found = Patient(patient.folder / name)
    found.folder.mkdir()
    found.now = patient.now
    return found


def test_every_kind_is_in_it(full: Path) -> None:
    text = full.read_text()
    assert not [kind for kind in (*shapes(), "tombstone") if f'"kind":"{kind}"' not in text]


@pytest.mark.parametrize("begun", [False, True], ids=["no diary", "a diary without entries"])
def test_the_bytes_come_back(patient: Patient, full: Path, begun: bool) -> None:
    there = other(patient)
    if begun:
        with Store(there.home, lambda: NOW) as store, store.write("nothing"):
            pass
    there.run("import", full)
    assert exported(there, "again.ndjson") == full.read_bytes()


@pytest.mark.usefixtures("full")
def test_a_diary_file_gives_the_same_bytes_as_its_bundle(patient: Patient) -> None:
    there = other(patient)
    there.run("import", patient.file)
    # The first export was noted in the diary, after its bundle was written.
    assert exported(there, "again.ndjson") == exported(patient, "later.ndjson")


def test_a_dry_run_into_nothing_leaves_nothing(patient: Patient, full: Path) -> None:
    there = other(patient)
    assert "Would come in" in there.run("import", full, "--dry-run").out
    assert not there.home.exists()


def test_a_dry_run_changes_no_byte_and_makes_no_copy(patient: Patient, full: Path) -> None:
    there = other(patient)
    there.run("log", "4")
    before = {path: sha256(path.read_bytes()).hexdigest() for path in there.home.rglob("*") if path.is_file()}
    there.run("import", full, "--dry-run", "--same-person")
    assert {
        path: sha256(path.read_bytes()).hexdigest() for path in there.home.rglob("*") if path.is_file()
    } == before


def test_an_import_is_one_step_with_a_copy_before_it(patient: Patient, full: Path) -> None:
    there = other(patient)
    there.run("log", "4", now=evening(29))
    before = there.run("history", "--json").json
    done = there.run("import", full, "--same-person", code=None)
    (copy,) = (there.home / "backups").glob("diary-import-*.db")
    assert str(copy) in done.out
    assert there.run("undo").out.startswith("Undone: import full.ndjson")
    assert there.run("history", "--json").json == before


def test_the_diary_of_somebody_else_is_refused(patient: Patient, full: Path) -> None:
    there = other(patient)
    there.run("log", "4")
    before = there.file.read_bytes()
    for path in (full, patient.file):
        refused = there.run("import", path, code=1)
        assert "another diary than yours" in refused.err
        assert "--same-person" in refused.err
        assert there.file.read_bytes() == before


def test_a_warning_sign_that_comes_with_a_file_is_shown_at_once_and_stays(patient: Patient) -> None:
    patient.run("log", "4")
    patient.run("screen", "--yes", "CE1", code=3)
    path = patient.folder / "sign.ndjson"
    patient.run("export", "-o", path)
    there = other(patient)
    assert "STOP" in there.run("import", path).out
    there.run("undo", code=None)
    assert there.run("suggest", "--json", code=3).json["suggestions"]


def test_an_old_file_does_not_say_that_it_changed_what_it_did_not(patient: Patient) -> None:
    """A newer export of the same days: not a change, and nothing for undo to take back."""
    rows = "FeatureName,Timestamp,Value,Note\nCoffee,2026-02-14T12:00:00Z,2,\n"
    path = patient.folder / "t.csv"
    path.write_text(rows)
    patient.run("import", path)
    path.write_text(rows + "Coffee,2026-02-15T12:00:00Z,1,\n")
    assert "1 new, 0 changed, 0 removed, 1 the same" in patient.run("import", path).out
    patient.run("log", "5")
    path.write_text(rows + "Coffee,2026-02-15T12:00:00Z,1,\nTea,,,\n")
    assert "Nothing is new." in patient.run("import", path, "--rest").out
    assert "log 5" in patient.run("undo").out
