from __future__ import annotations

import hashlib
import io
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.records import EXAMPLES, NOW, TODAY, Value, add, entry, fresh_store, open_store

from spinetrack.errors import DiaryFileError
from spinetrack.recovery import diary as d
from spinetrack.store import Store, migrations
from spinetrack.store.merge import Arrival, merge
from spinetrack.store.migrations import APPLICATION_ID, MIGRATIONS
from spinetrack.store.records import records_in
from spinetrack.store.triggers import add_journal


def m002_weather(db: sqlite3.Connection) -> None:
    """Stand for the next released step: a column more, and the journal learns it."""
    db.execute("ALTER TABLE entry ADD COLUMN weather VARCHAR")
    add_journal(db, "entry", identified=True)


def m003_rebuilt(db: sqlite3.Connection) -> None:
    """Stand for a step after that one."""
    db.execute("CREATE TABLE weather (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO weather SELECT id FROM entry")


def broken(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE half_done (x)")
    db.execute("DELETE FROM observation")
    db.execute("SELECT * FROM what_is_not_there")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of a diary of the first format with two entries."""
    with open_store(tmp_path) as store:
        add(store, EXAMPLES[0], "first")
        add(store, entry(), "second")
    return tmp_path


def names(path: Path) -> tuple[set[str], int]:
    db = sqlite3.connect(path)
    found = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    (version,) = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return found, version


def with_steps(patch: pytest.MonkeyPatch, *steps: Callable[[sqlite3.Connection], None]) -> None:
    patch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, *steps))


def test_steps_are_named_by_their_place() -> None:
    for number, step in enumerate(MIGRATIONS, start=1):
        assert step.__name__.startswith(f"m{number:03}_")
        assert step.__doc__


def test_a_new_file_has_our_mark_and_number(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add(store, entry())
        db = store._file()
        assert db
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
        assert db.execute("PRAGMA fullfsync").fetchone() == (1,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert not (tmp_path / "backups").exists()


def test_an_older_file_is_upgraded_after_a_verified_backup(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(older) as store:
        before = store.diary()
    with_steps(monkeypatch, m002_weather, m003_rebuilt)
    with open_store(older) as store:
        assert store.diary() == before
        assert store.undo() == "second"
        assert store.redo() == "second"
        assert store.undo() == "second"
        assert store.undo() == "first"
        assert store.redo() == "first"
        assert store.redo() == "second"
        assert store.diary() == before
    found, version = names(older / "diary.db")
    assert version == len(MIGRATIONS) + 2
    assert "weather" in found

    (copy,) = (older / "backups").glob("*.db")
    digest, name = Path(f"{copy}.sha256").read_text().split()
    assert (digest, name) == (hashlib.sha256(copy.read_bytes()).hexdigest(), copy.name)
    for path in (copy, Path(f"{copy}.sha256")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert names(copy)[1] == len(MIGRATIONS)
    back = older / "back"
    back.mkdir()
    copy.rename(back / "diary.db")
    monkeypatch.undo()
    with open_store(back) as store:
        assert store.diary() == before


def test_a_failing_step_leaves_nothing_and_keeps_the_backup(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(older) as store:
        before = store.diary()
    with_steps(monkeypatch, m002_weather, broken)
    with open_store(older) as store, pytest.raises(DiaryFileError) as failed:
        store.diary()
    assert "backups" in failed.value.hint
    found, version = names(older / "diary.db")
    assert version == len(MIGRATIONS) + 1
    assert "half_done" not in found
    assert len(list((older / "backups").glob("*.db"))) == 1
    with_steps(monkeypatch, m002_weather)
    with open_store(older) as store:
        assert store.diary() == before


def test_a_raw_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(DiaryFileError, match="no diary here"):
        store.raw_export(io.StringIO())


def leave_one_waiting(store: Store) -> None:
    """Bring in what was built on a goal elsewhere, after the goal was deleted here."""
    add(store, next(value for value in EXAMPLES if isinstance(value, d.Goal)))
    (goal,) = store.diary().goals
    with fresh_store() as other:
        shutil.copy(store.path, other.path)
        add(other, d.Milestone(goal.id, 40.0, TODAY, NOW, TODAY))
        arrived = records_in(other)
    with store.write("delete") as writer:
        writer.remove(goal)
    run = d.ImportRun("other", "bundle", "0" * 64, 0, 0, NOW, TODAY)
    assert merge(store, Arrival(run, arrived, store.patient()), "import other").waiting == 1


def dump_format(out: Path) -> None:
    """Write the frozen diary of the present format, before the next step is written.

    What a format adds is added here, ahead of the decision that the tests undo.
    """

    def some(kind: type[object], place: int = 0) -> Value:
        return [value for value in EXAMPLES if isinstance(value, kind)][place]

    with fresh_store() as store:
        leave_one_waiting(store)
        for value in (EXAMPLES[0], EXAMPLES[3], EXAMPLES[5], EXAMPLES[9], some(d.Goal)):
            add(store, value, f"add {type(value).__name__}")
        goal = store.diary().goals[0].id
        add(store, d.Milestone(goal, 40.0, TODAY + timedelta(weeks=6), NOW, TODAY), "add Milestone")
        add(store, d.GoalRating(goal, -1, NOW, TODAY), "add GoalRating")
        for value in (
            some(d.Score), some(d.Person), some(d.SideEffect), some(d.Block), some(d.Visit), some(d.Handover),
            some(d.ImportRun), some(d.Treatment, 1), some(d.Medicine, 1), EXAMPLES[12],
        ):  # fmt: skip
            add(store, value, f"add {type(value).__name__}")
        db = store._file()
        assert db
        lines = [
            f"PRAGMA application_id = {APPLICATION_ID};",
            f"PRAGMA user_version = {len(MIGRATIONS)};",
            *db.iterdump(),
        ]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_next_frozen_diary_can_be_written(tmp_path: Path) -> None:
    dump_format(tmp_path / "format.sql")
    db = sqlite3.connect(tmp_path / "diary.db", isolation_level=None)
    db.executescript((tmp_path / "format.sql").read_text(encoding="utf-8"))
    db.close()
    with open_store(tmp_path) as store:
        found = store.diary()
        assert (len(found.entries), len(found.medicines), store.undo()) == (1, 1, "add Decision")
