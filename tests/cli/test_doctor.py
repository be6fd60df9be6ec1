"""`doctor`: each thing that can be wrong is found, has its remedy, and is put right where nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import all_rows, is_whole

from spinetrack.store import backup, backups


class Trouble(NamedTuple):
    """Something wrong with a diary, and what doctor says of it."""

    spoil: Callable[[Patient], object]
    check: str
    level: str
    text: str
    remedy: str
    repaired: bool = False


def sql(*lines: str) -> Callable[[Patient], None]:
    def change(patient: Patient) -> None:
        with closing(sqlite3.connect(patient.file, isolation_level=None)) as db:
            db.execute("PRAGMA ignore_check_constraints = ON")
            for line in lines:
                db.execute(line)

    return change


def missing_from_index(patient: Patient) -> None:
    """An index that lacks what its table holds: the table is cheated out of its index for one row."""
    with closing(sqlite3.connect(patient.file, isolation_level=None)) as db:
        (text,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'ix_entry_day'").fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = ? WHERE name = 'ix_entry_day'", (f"{text} WHERE flare = 1",)
        )
    with closing(sqlite3.connect(patient.file, isolation_level=None)) as db:
        db.execute("REINDEX ix_entry_day")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'ix_entry_day'", (text,))


def loose(patient: Patient) -> None:
    patient.file.chmod(0o644)
    (patient.home / "backups").chmod(0o755)


def half_made(patient: Patient) -> None:
    left = patient.home / ".diary.db.0123abcd"
    left.touch(0o600)
    os.utime(left, (1, 1))


def changed_copy(patient: Patient) -> None:
    newest = backups.copies(patient.home)[0].path
    newest.write_bytes(newest.read_bytes() + b"x")


def unchecked_copy(patient: Patient) -> None:
    backup.digest_file(patient_backup(patient)).unlink()


def patient_backup(patient: Patient) -> Path:
    return Path(patient.run("backup", "--json").json["backup"]["file"])


def no_copies(patient: Patient) -> None:
    shutil.rmtree(patient.home / "backups")


def old_copies(patient: Patient) -> None:
    patient.now = evening(30)


REPAIR = "spinetrack doctor --repair"
TROUBLES = {
    "an index": Trouble(missing_from_index, "integrity", "fix", "An index of the diary file is wrong.", REPAIR, True),
    "a trigger": Trouble(
        sql("DROP TRIGGER entry_changed"), "schema", "fix", "Parts of the diary file differ", REPAIR, True
    ),
    "another's view": Trouble(
        sql("CREATE VIEW mine AS SELECT 1"), "schema", "fix", "Parts of the diary file differ", REPAIR, True
    ),
    "a table less": Trouble(
        sql("DROP TABLE side_effect"), "schema", "damage", "The table side_effect is missing.", "restore --list"
    ),
    "a column more": Trouble(
        sql("ALTER TABLE question ADD COLUMN mine"), "schema", "fix", "The table question differs", "restore --list"
    ),
    "another's table": Trouble(
        sql("CREATE TABLE mine (x)"), "schema", "note", "a table that is not ours: mine", "It does no harm."
    ),
    "a child alone": Trouble(
        sql("DELETE FROM entry WHERE id = 1"), "references", "note", "belong to a record that is gone", "restore --list"
    ),
    "others can read": Trouble(loose, "permissions", "fix", "Others on this computer can open:", REPAIR, True),
    "half-made": Trouble(half_made, "leftovers", "fix", "Half-made files are left", REPAIR, True),
    "the future": Trouble(
        sql("UPDATE entry SET at = '2031-01-01T10:00:00+00:00' WHERE id = 2"),
        "clock", "note", "Dated in the future, or this computer's clock is wrong: entry #2.", "spinetrack move 2",
    ),
    "before it happened": Trouble(
        sql("UPDATE entry SET recorded_at = '2020-01-01T10:00:00+00:00' WHERE id = 2"),
        "clock", "note", "Written down before it happened, says the clock: entry #2.", "spinetrack move 2",
    ),
    "twice": Trouble(
        lambda patient: [patient.run("log", 7, "sit", 10) for _ in range(2)],
        "doubles", "note", "The same, more than once: entry #4, #5.", "spinetrack delete 5",
    ),
    "too much": Trouble(
        sql("UPDATE observation SET value = 40 WHERE entry_id = 1 AND metric = 'pain'"),
        "values", "note", "Out of range: pain 40 on 2026-03-02, entry #1.", "spinetrack edit 1",
    ),
    "a copy that changed": Trouble(
        changed_copy, "copies", "fix", "has changed since it was made.", "make another: spinetrack backup"
    ),
    "a copy without checksum": Trouble(unchecked_copy, "copies", "fix", "was never checked.", REPAIR, True),
    "no copy": Trouble(no_copies, "copies", "note", "There is no copy of the diary", "spinetrack backup"),
    "old copies": Trouble(old_copies, "copies", "note", "The newest copy of the diary is 28 days old.", "spinetrack backup"),
}  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    patient = Patient(tmp_path_factory.mktemp("template"))
    for n in range(3):
        patient.run("log", 3, "sit", 20 + n, "note", f"n{n}", now=evening(n))
        patient.run(now=evening(n))
    patient.now = evening(2)
    return patient


@pytest.fixture
def used(template: Patient, patient: Patient) -> Patient:
    shutil.copytree(template.home, patient.home)
    patient.now = template.now
    return patient


def found(patient: Patient, *words: str) -> list[dict[str, object]]:
    findings: list[dict[str, object]] = patient.run("doctor", "--json", *words, code=None).json["findings"]
    return findings


def records(patient: Patient) -> dict[str, list[tuple[object, ...]]]:
    return all_rows(patient.file, without=("sqlite_sequence",))


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_each_trouble_is_named_with_its_remedy(used: Patient, trouble: Trouble) -> None:
    trouble.spoil(used)
    before = records(used)
    named = [f for f in found(used) if trouble.text in str(f["text"])]
    assert [(f["check"], f["level"], f["repaired"]) for f in named] == [(trouble.check, trouble.level, False)]
    assert trouble.remedy in str(named[0]["remedy"])
    assert records(used) == before, "looking changes no record"
    answer = used.run("doctor", code={"note": 0, "fix": 1, "damage": 4}[trouble.level])
    assert trouble.text in " ".join(answer.out.split())
    assert trouble.remedy in " ".join(answer.out.split())


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_a_repair_puts_right_what_it_can_and_loses_nothing(used: Patient, trouble: Trouble) -> None:
    trouble.spoil(used)
    before = records(used)
    repaired = [f["repaired"] for f in found(used, "--repair") if trouble.text in str(f["text"])]
    assert repaired == [trouble.repaired]
    assert records(used) == before
    left = [f for f in found(used) if trouble.text in str(f["text"])]
    assert bool(left) is not trouble.repaired
    if trouble.repaired:
        assert is_whole(used.file)
        assert used.run("doctor").out.endswith("All is well.\n")


def test_a_diary_that_is_well_is_said_to_be(used: Patient) -> None:
    out = used.run("doctor").out.splitlines()
    assert out[0] == "Your diary is whole: 3 entries of 3 days, 2 Mar to 4 Mar. Records of every kind: 3."
    assert out[1] == "3 copies of it, the newest good one of Wed 4 Mar, 19:00 (the day's own)."
    assert out[-1] == "All is well."


def test_without_a_diary_doctor_makes_none(patient: Patient) -> None:
    assert patient.run("doctor").out == "There is no diary yet.\n"
    assert not patient.home.exists()


def test_a_lost_diary_is_brought_back_by_its_newest_copy(used: Patient) -> None:
    used.file.unlink()
    out = used.run("doctor", code=None).out
    assert "To bring it back: spinetrack restore 1" in out
    used.run("restore", 1, "--yes")
    assert used.run("doctor").out.startswith("Your diary is whole: 3 entries")


def test_a_repair_makes_a_copy_before_it_changes_the_schema(used: Patient) -> None:
    sql("DROP TRIGGER entry_changed")(used)
    used.run("doctor", "--repair")
    assert [c.label for c in backups.copies(used.home)].count("repair") == 1


def test_the_day_s_own_copy_that_is_no_good_goes(used: Patient) -> None:
    used.run("log", 5, now=evening(3))
    newest = backups.copies(used.home)[0].path
    newest.write_bytes(newest.read_bytes()[:9000])
    told = used.run("doctor", now=evening(3)).out
    assert f"The copy {newest.name} was no good. It is gone." in told
    assert not newest.exists()


def test_a_name_with_a_quote_can_be_typed_as_it_stands(used: Patient) -> None:
    from shlex import split

    second = used.home / "diary (Anna's conflicted copy).db"
    shutil.copy(used.file, second)
    second.chmod(0o600)
    (told,) = [str(f["remedy"]) for f in found(used) if f["check"] == "place"]
    assert split(told.partition("spinetrack ")[2]) == ["import", str(second)]
