"""F10: a newer format is refused without a write, every older one is upgraded and equal."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Patient
from tests.faults.machine import FORMATS, all_rows, load
from tests.store.records import EXAMPLES, TODAY, Value, add, entry, open_store

from spinetrack.errors import DiaryFileError, ExitCode
from spinetrack.recovery import diary as d
from spinetrack.store import migrations
from spinetrack.store.migrations import MIGRATIONS

NEWEST = len(MIGRATIONS)
OLDER = FORMATS[: NEWEST - 1]


def number(dump: Path) -> int:
    return int(dump.stem.removeprefix("format"))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def schema(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema ORDER BY name") if sql]


def test_every_format_has_its_frozen_diary() -> None:
    """`dump_format` in tests/store/test_migrations.py writes one."""
    assert [number(dump) for dump in FORMATS] == list(range(1, NEWEST + 1))


@pytest.mark.parametrize("dump", FORMATS, ids=lambda path: path.stem)
def test_a_diary_of_every_released_format_opens_with_all_its_rows(tmp_path: Path, dump: Path) -> None:
    """Each file is a dump of one such diary, made by the program of its day."""
    load(dump, tmp_path / "diary.db")
    load(dump, tmp_path / "before" / "diary.db")
    with open_store(tmp_path) as store:
        found = store.diary()
        assert_content(found, number(dump))
        opened = all_rows(store.path)
        assert store.undo() == "add Decision"
        assert store.redo() == "add Decision"
        assert store.diary() == found
        copies = list(tmp_path.glob("backups/*.db"))
        assert [version(copy) for copy in copies] == ([number(dump)] if number(dump) < NEWEST else [])
        assert version(store.path) == NEWEST
    before = all_rows(tmp_path / "before" / "diary.db")
    assert before == (all_rows(copies[0]) if copies else opened)
    with open_store(tmp_path / "fresh") as new:
        add(new, entry())
    assert schema(store.path) == schema(tmp_path / "fresh" / "diary.db")


def assert_content(found: d.Diary, made_in: int) -> None:
    assert [e.values for e in found.entries] == [{"pain": 4.0, "sit": 35.0, "mood": 0.1 + 0.2}]
    assert found.entries[0].sites == {"low-back": 5.5}
    assert found.entries[0].note == EXAMPLES[0].note
    assert bare(found.sessions[0]) == EXAMPLES[5]
    assert found.quotas[0].amount == 24.2
    assert (found.first_day, found.last_day) == (TODAY, TODAY)
    if made_in < 2:
        return
    goal = next(e for e in EXAMPLES if isinstance(e, d.Goal))
    score = next(e for e in EXAMPLES if isinstance(e, d.Score))
    assert [bare(g) for g in found.goals] == [goal]
    assert [bare(s) for s in found.scores] == [score]
    assert [(m.goal_id, m.value) for m in found.milestones] == [(found.goals[0].id, 40.0)]
    assert [(r.goal_id, r.level) for r in found.ratings] == [(found.goals[0].id, -1)]
    if made_in < 3:
        return
    kept = [
        *found.people,
        *found.treatments,
        *found.medicines,
        *found.side_effects,
        *found.blocks,
        *found.visits,
    ]
    assert [bare(value) in EXAMPLES for value in kept] == [True] * 6


def bare(value: Value) -> Value:
    return value._replace(**{name: 0 for name in ("id", "seq") if hasattr(value, name)}, uuid="")


@pytest.mark.parametrize("dump", FORMATS, ids=lambda path: path.stem)
def test_an_upgrade_changes_no_row_that_was_there(tmp_path: Path, dump: Path) -> None:
    load(dump, tmp_path / "diary.db")
    old = all_rows(tmp_path / "diary.db", without=("sqlite_sequence",))
    with closing(sqlite3.connect(tmp_path / "diary.db")) as db:
        columns = {t: [c[1] for c in db.execute(f"PRAGMA table_info({t})")] for t in old}
    with open_store(tmp_path) as store:
        store.diary()
    with closing(sqlite3.connect(tmp_path / "diary.db")) as db:
        for table, rows in old.items():
            names = ", ".join(f'"{name}"' for name in columns[table])
            assert sorted(db.execute(f"SELECT {names} FROM {table}"), key=repr) == rows, table


@pytest.mark.parametrize("dump", OLDER, ids=lambda path: path.stem)
def test_an_upgrade_says_in_one_line_how_much_it_found(patient: Patient, dump: Path) -> None:
    load(dump, patient.file)
    answer = patient.run("history", "--since", "all")
    (copy,) = (patient.home / "backups").glob("*.db")
    assert answer.err == (
        f"The diary has a new format, {NEWEST}. Entries found: 1, as before. As it was: {copy}\n"
    )
    assert "#1" in answer.out
    assert patient.run("history", "--since", "all").err == ""


def test_a_step_that_would_lose_an_entry_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def m999_loses(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM observation")
        db.execute("DELETE FROM entry")

    load(FORMATS[-1], tmp_path / "diary.db")
    with open_store(tmp_path) as store:
        before = store.diary()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, m999_loses))
    with open_store(tmp_path) as store, pytest.raises(DiaryFileError, match="would hold 0 entries of 1"):
        store.diary()
    monkeypatch.undo()
    with open_store(tmp_path) as store:
        assert store.diary() == before


@pytest.mark.parametrize("dump", FORMATS, ids=lambda path: path.stem)
def test_a_copy_of_every_format_can_be_restored(patient: Patient, dump: Path) -> None:
    patient.run("log", 5, "note", "mine")
    copy = patient.folder / "old.db"
    load(dump, copy)
    before = copy.read_bytes()
    patient.run("restore", copy, "--yes", "--same-person")
    assert copy.read_bytes() == before
    (kept,) = patient.run("history", "--since", "all", "--json").json["entries"]
    assert kept["note"] == EXAMPLES[0].note
    assert version(patient.file) == NEWEST
    assert patient.run("doctor").out.startswith("Your diary is whole: 1 entry")


@pytest.mark.parametrize("dump", FORMATS, ids=lambda path: path.stem)
def test_what_was_upgraded_goes_out_and_comes_in_byte_for_byte(patient: Patient, dump: Path) -> None:
    load(dump, patient.file)
    patient.run("export", "-o", patient.folder / "one.ndjson")
    other = Patient(patient.folder / "other")
    other.run("import", patient.folder / "one.ndjson")
    other.run("export", "-o", patient.folder / "two.ndjson")
    one, two = ((patient.folder / f"{name}.ndjson").read_bytes() for name in ("one", "two"))
    assert one.count(b"\n") > 5
    assert one == two


@pytest.fixture
def newer(patient: Patient) -> Patient:
    patient.run("log", 4)
    for left in (patient.home / "backups").iterdir():
        left.unlink()
    (patient.home / "backups").rmdir()
    with closing(sqlite3.connect(patient.file)) as db:
        db.execute("ALTER TABLE entry ADD COLUMN aura VARCHAR DEFAULT 'blue'")
        db.execute("PRAGMA user_version = 99")
    return patient


def test_a_newer_file_is_refused_untouched_and_can_still_be_written_out(newer: Patient) -> None:
    before = newer.file.read_bytes(), newer.file.stat().st_mtime_ns
    with open_store(newer.home) as store:
        for attempt in (store.diary, lambda: add(store, entry()), store.undo, lambda: store.backup("asked")):
            with pytest.raises(DiaryFileError, match=rf"format 99.*up to {NEWEST}") as refused:
                attempt()
            assert refused.value.exit_code == ExitCode.FILE
            assert "Nothing was changed." in str(refused.value)
        out = io.StringIO()
        store.raw_export(out)
    assert (newer.file.read_bytes(), newer.file.stat().st_mtime_ns) == before
    assert sorted(p.name for p in newer.home.iterdir()) == ["diary.db"]
    first, *rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first == {"spinetrack_raw": 1, "format": 99}
    written = [row["row"] for row in rows if row["table"] == "entry"]
    assert [(row["id"], row["aura"]) for row in written] == [(1, "blue")]
    assert {row["table"] for row in rows} >= {"entry", "observation", "step", "change", "meta"}


@pytest.mark.parametrize(
    "line", ["", "log 4", "history", "undo", "suggest", "done sit 20", "backup", "doctor", "doctor --repair"]
)
def test_no_command_writes_to_a_newer_file(newer: Patient, line: str) -> None:
    before = newer.file.read_bytes()
    answer = newer.run(*line.split(), code=4)
    assert "format 99" in answer.err + answer.out
    assert newer.file.read_bytes() == before
    assert sorted(p.name for p in newer.home.iterdir()) == ["diary.db"]
    for about in ("--version", "--help"):
        assert newer.run(about).out


def test_a_copy_of_a_newer_format_is_refused(newer: Patient) -> None:
    copy = newer.file.rename(newer.folder / "newer.db")
    newer.run("log", 3)
    before = newer.file.read_bytes()
    assert "format 99" in newer.run("restore", copy, "--yes", code=4).err
    assert newer.file.read_bytes() == before
