"""F7: the disk is full, at every size in steps of 4 KB. A limit on the size of files stands for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import FORMATS, check, is_whole, load, notes, run_on_small_disk, sizes, writer
from tests.store.records import add, entry, open_store

STEP = 4096
FULL = ("The disk is full, or refuses to write.", "cannot be written")


@pytest.mark.parametrize("limit", [0, 512, 4096, 40_000, 100_000])
def test_a_disk_too_small_for_a_new_diary_leaves_none(tmp_path: Path, limit: int) -> None:
    out, error = writer(tmp_path / "home", 1, limit).communicate()
    assert out == ""
    assert error.startswith("DiaryFileError 4: The disk is full, or refuses to write. Nothing was")
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("more", [0, 1, 4096, 8192, 12_288, 20_480, 40_960, 81_920, 163_840])
def test_a_full_disk_keeps_all_that_was_saved(tmp_path: Path, more: int) -> None:
    first, _ = writer(tmp_path, 3).communicate()
    path = tmp_path / "diary.db"
    out, error = writer(tmp_path, 0, path.stat().st_size + more).communicate()
    assert error.startswith("DiaryFileError 4: The disk is full, or refuses to write. Nothing was")
    assert error.count("\n") == 1
    said = {int(line) for line in (first + out).splitlines()}
    assert check(path) == said
    assert [p.name for p in tmp_path.iterdir()] == ["diary.db"]
    with open_store(tmp_path) as store:
        assert add(store, entry()) not in said


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    """A diary of three days whose copy of the day is made."""
    patient = Patient(tmp_path_factory.mktemp("template"))
    for n in range(3):
        patient.run("log", 3, "sit", 20, "note", f"n{n}", now=evening(n))
    patient.now = evening(2)
    return patient


def copied(template: Patient, folder: Path) -> Patient:
    patient = Patient(folder)
    shutil.copytree(template.home, patient.home)
    patient.now = template.now
    return patient


def no_half_made(patient: Patient) -> bool:
    return not [p for p in patient.folder.rglob("*") if p.name.startswith(".") or p.name.endswith("-journal")]


def steps(around: int, size: int, *, below: float = 0.75) -> list[int]:
    """Choose `size` limits in steps of 4 KB about the size that is needed; few lie further apart."""
    apart = STEP * max(1, 40 // size)
    first = around - int(size * below) * apart
    return [max(0, first + n * apart) for n in range(size)]


LONG = "x" * 60_000
"""A note that needs fifteen pages."""


@sizes(4, 40)
def test_a_log_is_saved_or_refused(template: Patient, tmp_path: Path, size: int) -> None:
    codes = set()
    for n, limit in enumerate(steps(template.file.stat().st_size + len(LONG), size)):
        patient = copied(template, tmp_path / str(n))
        answer = run_on_small_disk(patient, limit, "log", 4, "note", LONG)
        codes.add(answer.code)
        assert is_whole(patient.file)
        if answer.code == 0:
            assert len(notes(patient)) == 4
        else:
            assert (answer.code, answer.out) == (4, "")
            assert answer.err == "The disk is full, or refuses to write. Nothing was saved.\n"
            assert list(notes(patient)) == ["n0", "n1", "n2"]
        assert no_half_made(patient)
    assert codes == {0, 4}


@sizes(4, 40)
def test_the_first_log_of_a_day_is_saved_without_room_for_its_copy(
    template: Patient, tmp_path: Path, size: int
) -> None:
    for n, limit in enumerate(steps(template.file.stat().st_size, size, below=0.5)):
        patient = copied(template, tmp_path / str(n))
        before = sorted(p.name for p in (patient.home / "backups").iterdir())
        answer = run_on_small_disk(patient, limit, "log", 4, "note", "n3", now=evening(3))
        made = sorted(p.name for p in (patient.home / "backups").iterdir())
        assert is_whole(patient.file)
        assert no_half_made(patient)
        if answer.code != 0:
            assert (answer.code, answer.out, made) == (4, "", before)
            continue
        assert "n3" in notes(patient)
        if made == before:
            assert answer.err.count("\n") == 1
            assert answer.err.startswith("Your record is saved. Today's copy of the diary is not: ")
        else:
            assert answer.err == ""


@sizes(4, 40)
@pytest.mark.parametrize("line", ["backup", "backup stick"])
def test_a_backup_is_whole_or_not_there(template: Patient, tmp_path: Path, size: int, line: str) -> None:
    codes = set()
    for n, limit in enumerate(steps(template.file.stat().st_size, size)):
        patient = copied(template, tmp_path / str(n))
        folder = patient.home / "backups" if line == "backup" else patient.folder / "stick"
        words = ["backup"] if line == "backup" else ["backup", folder]
        before = set(folder.glob("*"))
        answer = run_on_small_disk(patient, limit, *words)
        codes.add(answer.code)
        made = {p.suffix for p in set(folder.glob("*")) - before}
        if answer.code == 0:
            assert made == {".db", ".sha256"}
        else:
            assert (answer.code, answer.out, made) == (4, "", set())
            assert any(words in answer.err for words in FULL)
            assert answer.err.endswith("No copy was made.\n")
        assert is_whole(patient.file)
        assert no_half_made(patient)
    assert codes == {0, 4}


@sizes(4, 40)
def test_an_upgrade_is_done_or_not_begun(tmp_path: Path, size: int) -> None:
    patient = Patient(tmp_path / "whole")
    load(FORMATS[0], patient.file)
    patient.run("history")
    codes = set()
    for n, limit in enumerate(steps(patient.file.stat().st_size, size)):
        patient = Patient(tmp_path / str(n))
        patient.folder.mkdir()
        load(FORMATS[0], patient.file)
        answer = run_on_small_disk(patient, limit, "history", "--since", "all")
        codes.add(answer.code)
        assert is_whole(patient.file)
        assert no_half_made(patient)
        assert (answer.code, answer.out == "") in {(0, False), (4, True)}
        assert list(notes(patient)) == ["a 'long' drive\nand a über 😀"]
    assert codes == {0, 4}


@sizes(4, 40)
def test_a_restore_is_done_or_not_begun(template: Patient, tmp_path: Path, size: int) -> None:
    copy = copied(template, tmp_path / "copy")
    copy.run("log", 5, "note", LONG)
    copy.run("backup", copy.folder / "stick")
    (source,) = (copy.folder / "stick").glob("*.db")
    codes = set()
    for n, limit in enumerate(steps(source.stat().st_size, size)):
        patient = copied(template, tmp_path / str(n))
        answer = run_on_small_disk(patient, limit, "restore", source, "--yes")
        codes.add(answer.code)
        assert is_whole(patient.file)
        assert no_half_made(patient)
        assert len(notes(patient)) == (4 if answer.code == 0 else 3)
        if answer.code != 0:
            assert answer.code == 4
            assert any(words in answer.err for words in FULL)
    assert codes == {0, 4}


@sizes(4, 40)
def test_an_import_is_done_or_not_begun(template: Patient, tmp_path: Path, size: int) -> None:
    other = copied(template, tmp_path / "other")
    other.run("log", 5, "note", LONG)
    other.run("export", "-o", other.folder / "all.ndjson")
    codes = set()
    for n, limit in enumerate(steps(template.file.stat().st_size + len(LONG), size)):
        patient = copied(template, tmp_path / str(n))
        answer = run_on_small_disk(patient, limit, "import", other.folder / "all.ndjson")
        codes.add(answer.code)
        assert is_whole(patient.file)
        assert no_half_made(patient)
        assert all(is_whole(copy) for copy in (patient.home / "backups").glob("*.db"))
        if answer.code == 0:
            assert len(notes(patient)) == 4
        else:
            assert (answer.code, answer.out) == (4, "")
            assert any(words in answer.err for words in FULL)
            assert list(notes(patient)) == ["n0", "n1", "n2"]
    assert codes == {0, 4}


@sizes(4, 40)
def test_a_report_is_whole_or_not_there(template: Patient, tmp_path: Path, size: int) -> None:
    whole = copied(template, tmp_path / "whole")
    whole.run("report", "-o", whole.folder / "r.html")
    codes = set()
    for n, limit in enumerate(steps((whole.folder / "r.html").stat().st_size, size, below=0.5)):
        patient = copied(template, tmp_path / str(n))
        answer = run_on_small_disk(patient, limit, "report", "-o", patient.folder / "r.html")
        codes.add(answer.code)
        assert answer.code in {0, 1, 4}
        made = patient.folder / "r.html"
        assert not made.exists() or made.read_text(encoding="utf-8").rstrip().endswith("</html>")
        assert made.exists() or answer.code != 0
        assert is_whole(patient.file)
        assert no_half_made(patient)
    assert codes - {0}
