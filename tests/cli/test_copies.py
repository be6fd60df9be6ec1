"""`backup` and `restore`, and the copy that the first record of a day leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import all_rows
from tests.faults.test_f13_interrupted_checkin import terminal

from spinetrack.store import backup, backups

COUNTED_ON = ("step", "change", "sqlite_sequence", "rescreen")
"""What a restore adds to by itself."""


@pytest.fixture
def used(patient: Patient) -> Patient:
    """Three evenings, of which each left a copy that the next look checked."""
    for n in range(3):
        patient.run("log", 3, "sit", 20 + n, "note", f"n{n}", now=evening(n))
        patient.run(now=evening(n), code=None)
    patient.now = evening(2)
    return patient


def listed(patient: Patient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = patient.run("restore", "--list", "--json").json["backups"]
    return found


def notes(patient: Patient) -> list[str]:
    return [e["note"] for e in patient.run("history", "--since", "all", "--json").json["entries"]]


# --- the day's own copy ----------------------------------------------------------------------


def test_the_first_record_of_a_day_leaves_a_copy_that_the_next_look_checks(patient: Patient) -> None:
    assert patient.run("log", 3).err == ""
    (made,) = backups.copies(patient.home)
    assert (made.label, made.checked) == ("daily", False)
    assert backups.look_into(made.path).entries == 1
    patient.run("log", 4)
    assert backups.copies(patient.home) == (made,), "one a day"
    assert patient.run().err == ""
    assert [c.checked for c in backups.copies(patient.home)] == [True]
    patient.run("log", 5, now=evening(1))
    assert [(c.label, c.checked) for c in backups.copies(patient.home)] == [("daily", False), ("daily", True)]


def test_who_only_logs_does_not_fill_the_disk(patient: Patient) -> None:
    for n in range(40):
        patient.run("log", 3, now=evening(n))
    made = [copy.made.date().isoformat() for copy in backups.copies(patient.home)]
    assert made[:7] == [evening(n)[:10] for n in range(39, 32, -1)]
    assert len(made) < 16


def test_a_look_checks_all_that_wait_so_that_one_calendar_counts(patient: Patient) -> None:
    for n in range(30):
        patient.run("log", 3, now=evening(n))
        if n % 5 == 0:
            patient.run(now=evening(n))
    patient.run(now=evening(30))
    made = backups.copies(patient.home)
    assert all(copy.checked for copy in made)
    days = [copy.made.date().isoformat() for copy in made]
    assert days[:7] == [evening(n)[:10] for n in range(29, 22, -1)]
    assert len(made) < 16


def test_a_copy_of_the_day_that_is_no_good_goes_and_is_told(patient: Patient) -> None:
    patient.run("log", 3)
    (made,) = backups.copies(patient.home)
    made.path.write_bytes(made.path.read_bytes()[:5000])
    told = patient.run()
    assert told.err == "The last daily copy was no good and is gone. What to do now: spinetrack doctor\n"
    assert told.out
    assert backups.copies(patient.home) == ()


def test_looking_never_makes_a_copy(used: Patient) -> None:
    before = sorted((used.home / "backups").iterdir())
    for words in ((), ("history",), ("suggest",), ("plan",), ("doctor",)):
        used.run(*words, now=evening(9), code=None)
    assert sorted((used.home / "backups").iterdir()) == before


# --- backup ----------------------------------------------------------------------------------


def test_a_backup_says_where_it_is_and_how_it_comes_back(used: Patient) -> None:
    first, holds, back = used.run("backup").out.splitlines()
    made = Path(first.removeprefix("Copied and checked: "))
    assert backups.is_as_made(made)
    assert holds.strip().startswith("3 entries of 3 days, 2 Mar to 4 Mar, ")
    assert back == "To bring it back: spinetrack restore 1"
    assert listed(used)[-1]["file"] == str(made)


def test_a_backup_in_a_folder_of_ones_own_keeps_the_same_calendar(used: Patient) -> None:
    """And nothing there goes that is not of this diary, or was not made there by `backup`."""
    stick = used.folder / "my stick's"
    sister = {"SPINETRACK_HOME": str(used.folder / "sister")}
    used.run("log", 2, env=sister)
    for n in range(3, 63):
        used.run("backup", stick, now=evening(n))
        if n < 15:
            used.run("backup", stick, now=evening(n).replace("19:00", "20:00"), env=sister)
        if n == 3:
            (stick / "photo.jpg").write_bytes(b"mine")
            (stick / "diary-asked-19990101T000000Z.db").write_bytes(b"no copy")
            first = next(stick.glob("diary-asked-2026*.db"))
            (stick / "diary-daily-20260101T000000Z.db").write_bytes(first.read_bytes())
    made = [place.name for place in stick.glob("diary-asked-2026*T19*.db")]
    assert 7 < len(made) <= 7 + 8 + 3
    assert sorted(made)[-7:] == [
        f"diary-asked-{evening(n)[:10].replace('-', '')}T190000Z.db" for n in range(56, 63)
    ]
    assert len(list(stick.glob("*T20*.db"))) == 8, "7 days and the week before, of hers"
    assert {p.name for p in stick.iterdir()} >= {
        "photo.jpg",
        "diary-asked-19990101T000000Z.db",
        "diary-daily-20260101T000000Z.db",
    }
    assert all((stick / place.stem).is_file() for place in stick.glob("*.sha256"))
    told = used.run("backup", stick).out.splitlines()[-1]
    assert told.startswith("To bring it back: spinetrack restore '")
    line = told.partition("spinetrack ")[2]
    from shlex import split

    assert Path(split(line)[1]).is_file(), "the line can be typed as it stands"


def test_a_backup_as_json(used: Patient) -> None:
    made = used.run("backup", "--json").json["backup"]
    assert made["sha256"] == backup.sha256_of(Path(made["file"]))
    assert made["size"] == Path(made["file"]).stat().st_size
    assert (made["entries"], made["days"], made["first"], made["last"]) == (3, 3, "2026-03-02", "2026-03-04")


def test_without_a_diary_there_is_nothing_to_copy(patient: Patient) -> None:
    assert patient.run("backup", code=1).err == "There is no diary yet. No copy was made.\n"
    assert "There are no copies yet" in patient.run("restore").out
    assert not patient.home.exists()


def test_a_file_is_no_folder_for_a_copy(used: Patient) -> None:
    (used.folder / "file").write_text("")
    told = used.run("backup", used.folder / "file", code=4).err
    assert told == f"This is a file, a copy needs a folder: {used.folder / 'file'}. No copy was made.\n"


# --- restore ---------------------------------------------------------------------------------


def test_a_restore_shows_what_would_change_before_it_asks(used: Patient) -> None:
    used.run("edit", 1, "sit", 50)
    before = all_rows(used.file)
    shown = used.run("restore", 2, code=2)
    assert "what: entries. now: 3. then: 2. would go: 1. would differ: 1." in shown.out
    assert "Days that would go: 4 Mar." in shown.out
    assert shown.err == "Nobody is there to answer. Nothing was changed.\nTo do it: add --yes\n"
    assert all_rows(used.file) == before
    assert used.run("restore", 2, "--json").json["restore"]["done"] is False
    assert all_rows(used.file) == before
    assert not list(used.home.glob(".*"))


@pytest.mark.parametrize(
    ("answer", "left"), [("y", ["n0", "n1"]), ("n", ["n0", "n1", "n2"]), ("", ["n0", "n1", "n2"])]
)
def test_a_restore_asks(used: Patient, answer: str, left: list[str]) -> None:
    with terminal(used, "restore", "2") as child:
        child.expect_exact("Bring it back? The diary as it is now is kept beside it.  y/n")
        child.expect_exact("> ")
        child.sendline(answer)
        child.expect(pexpect.EOF)
    assert notes(used) == left


def test_a_restore_keeps_the_present_diary_and_can_be_turned_back(used: Patient) -> None:
    before = all_rows(used.file, without=COUNTED_ON)
    out = used.run("restore", 3, "--yes").out
    assert notes(used) == ["n0"]
    aside = Path(out.partition("As it was before: ")[2].splitlines()[0])
    assert all_rows(aside, without=COUNTED_ON) == before
    assert backups.is_as_made(aside)
    used.run("restore", aside, "--yes")
    assert all_rows(used.file, without=COUNTED_ON) == before
    assert used.run("doctor").out.startswith("Your diary is whole: 3 entries")


def test_warning_signs_of_after_the_copy_stay_with_what_was_answered(used: Patient) -> None:
    used.run("backup")
    used.run("screen", "--yes", "CE2", code=3)
    used.run("screen", "outcome", 1, "seen, clear", "--by", "A&E", code=None)
    used.run("screen", "--yes", "IN1", code=3)
    screens = used.run("screen", "list", "--json").json["screens"]
    out = used.run("restore", 4, "--yes").out
    assert "Checks for warning signs that stay: " in out
    assert notes(used) == ["n0"]
    kept = used.run("screen", "list", "--json").json["screens"]
    assert [{**s, "id": 0} for s in kept] == [{**s, "id": 0} for s in screens]
    assert used.run(code=3).out.startswith("STOP")


def test_nothing_changes_where_nothing_differs(used: Patient) -> None:
    used.run("backup")
    before = used.file.read_bytes()
    assert "The diary holds the same already. Nothing was changed." in used.run("restore", 1, "--yes").out
    assert used.file.read_bytes() == before


def test_a_damaged_diary_that_can_still_be_read_makes_room_for_its_copy(patient: Patient) -> None:
    """Doctor says so; that both hold the same records is no reason to keep the damaged file."""
    for n in range(3):
        patient.run("log", 4, "sit", 20 + n, now=evening(n))
    patient.now = evening(2)
    raw = bytearray(patient.file.read_bytes())
    with closing(sqlite3.connect(patient.file)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_skip_1'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    raw[(page - 1) * size : page * size] = bytes(size)
    patient.file.write_bytes(raw)
    assert "spinetrack restore 1" in patient.run("doctor", code=4).out
    told = patient.run("restore", 1, "--yes").out
    assert "Its file is damaged: the copy takes its place." in told
    assert "damaged-diary-" in told
    assert "To turn it back" not in told, "nothing can bring a damaged file back"
    assert "All is well" in patient.run("doctor").out
    patient.run("log", 5)
    assert len(patient.run("history", "--json").json["entries"]) == 4


def test_the_copy_of_somebody_else_is_refused(used: Patient, tmp_path: Path) -> None:
    other = Patient(tmp_path / "other")
    other.folder.mkdir()
    other.run("log", 9, "note", "theirs")
    before = used.file.read_bytes()
    told = used.run("restore", other.file, "--yes", code=1).err
    assert told.startswith("This copy comes from another diary than yours. Nothing was changed.")
    assert used.file.read_bytes() == before
    used.run("restore", other.file, "--yes", "--same-person")
    assert notes(used) == ["theirs"]


def test_records_that_could_not_be_typed_come_back_only_as_they_are(used: Patient) -> None:
    (used.folder / "odd.db").write_bytes(used.file.read_bytes())
    with closing(sqlite3.connect(used.folder / "odd.db", isolation_level=None)) as db:
        db.execute("UPDATE entry SET source = 'elsewhere' WHERE id = 1")
    told = used.run("restore", used.folder / "odd.db", "--yes", code=1).err
    assert "Nothing was changed." in told
    assert "If the copy is your own, take it as it is: add --as-is" in told
    used.run("restore", used.folder / "odd.db", "--yes", "--as-is")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda _: 99, "There is no copy 99. Nothing was changed.\nSee them: spinetrack restore --list\n"),
        (lambda p: p.folder, "There is no such copy: "),
        (lambda p: p.folder / "no.db", "There is no such copy: "),
        (lambda p: p.file, ""),
    ],
)
def test_what_is_no_copy_is_refused(used: Patient, what: Callable[[Patient], object], said: str) -> None:
    before = used.file.read_bytes()
    told = used.run("restore", what(used), "--yes", code=None)
    assert told.err.startswith(said)
    assert told.code == (1 if said else told.code)
    assert used.file.read_bytes() == before
    assert not list(used.home.glob(".*"))


def test_the_list_names_when_why_and_what(used: Patient) -> None:
    used.run("backup")
    used.run("restore", 2, "--yes", code=None)
    spoilt = backups.copies(used.home)[-1].path
    spoilt.write_bytes(spoilt.read_bytes() + b"x")
    lines = used.run("restore", "--list").out.splitlines()
    assert lines[0].startswith("1. made: Wed 4 Mar, 19:00. why: ")
    assert "changed since it was made" in lines[len(backups.copies(used.home)) - 1]
    found = listed(used)
    assert [row["number"] for row in found] == list(range(len(found), 0, -1)), "oldest first"
    assert {"daily", "asked"} <= {row["why"] for row in found}
    assert found[0]["state"] == "changed"
