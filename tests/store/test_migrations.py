from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from tests.store.records import EXAMPLES, NOW, TODAY, add, entry, fresh_store, open_store

from spinetrack.errors import DiaryFileError, ExitCode, SpinetrackError
from spinetrack.recovery import diary as d
from spinetrack.store import Store, migrations
from spinetrack.store.migrations import APPLICATION_ID, MIGRATIONS
from spinetrack.store.triggers import add_journal

DATA = Path(__file__).parent / "data"


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


def test_two_programs_that_upgrade_at_once_both_end_well(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        with fresh_store() as store:
            add(store, entry())
            folder = store.path.parent
        seen: list[d.Diary] = []

        def read(folder: Path = folder, seen: list[d.Diary] = seen) -> None:
            with open_store(folder) as store:
                seen.append(store.diary())

        with monkeypatch.context() as patch:
            with_steps(patch, m002_weather, m003_rebuilt)
            threads = [Thread(target=read) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert len(seen) == 4
        assert all(len(diary.entries) == 1 for diary in seen)


def test_a_newer_file_is_refused_untouched_and_can_still_be_written_out(older: Path) -> None:
    path = older / "diary.db"
    db = sqlite3.connect(path)
    db.execute("ALTER TABLE entry ADD COLUMN aura VARCHAR DEFAULT 'blue'")
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    with open_store(older) as store:
        for attempt in (store.diary, lambda: add(store, entry()), store.undo):
            with pytest.raises(DiaryFileError, match=r"format 99.*up to 3") as refused:
                attempt()
            assert refused.value.exit_code == ExitCode.FILE
            assert "Nothing was changed." in str(refused.value)
        out = io.StringIO()
        store.raw_export(out)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(p.name for p in older.iterdir()) == ["diary.db"]
    first, *rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first == {"spinetrack_raw": 1, "format": 99}
    written = [row["row"] for row in rows if row["table"] == "entry"]
    assert [(row["id"], row["aura"]) for row in written] == [(1, "blue"), (2, "blue")]
    assert {row["table"] for row in rows} >= {"entry", "observation", "step", "change", "meta"}


def jpeg(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)


def empty(path: Path) -> None:
    path.touch()


def folder(path: Path) -> None:
    path.mkdir()


def other_program(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE contacts (name)")
    db.execute("PRAGMA application_id = 7")
    db.close()


def text(path: Path) -> None:
    path.write_text("my diary")


def half(path: Path) -> None:
    with fresh_store() as store:
        add(store, entry())
        whole = store.path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (jpeg, "is damaged"),
        (empty, "is empty"),
        (folder, "This is a folder"),
        (other_program, "belongs to another program"),
        (text, "is damaged"),
        (half, "is damaged"),
    ],
)
def test_what_is_no_diary_is_refused_in_one_sentence(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "diary.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with open_store(tmp_path) as store:
        for attempt in (store.diary, lambda: add(store, entry()), store.undo):
            with pytest.raises(DiaryFileError, match=said):
                attempt()
    assert path.is_dir() or path.read_bytes() == before


def test_a_raw_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(DiaryFileError, match="no diary here"):
        store.raw_export(io.StringIO())


def test_flipped_bits_never_end_in_a_traceback() -> None:
    with fresh_store() as store:
        for value in EXAMPLES:
            add(store, value)
        path = store.path
    whole = path.read_bytes()
    answered = 0
    for n in range(150):
        spoilt = bytearray(whole)
        place = (n * 7919 + 13) % len(whole)
        spoilt[place] ^= 1 << n % 8
        path.write_bytes(spoilt)
        with Store(path.parent, lambda: NOW) as store, suppress(SpinetrackError):
            store.diary()
            store.undo()
            answered += 1
    assert answered > 75


@pytest.mark.parametrize("dump", sorted(DATA.glob("format*.sql")), ids=lambda path: path.stem)
def test_a_diary_of_every_released_format_opens_with_all_its_rows(tmp_path: Path, dump: Path) -> None:
    """Each file is `dump_format` of one such diary, made by the program of its day."""
    db = sqlite3.connect(tmp_path / "diary.db", isolation_level=None)
    db.executescript(dump.read_text(encoding="utf-8"))
    db.close()
    with open_store(tmp_path) as store:
        found = store.diary()
        assert [e.values for e in found.entries] == [{"pain": 4.0, "sit": 35.0, "mood": 0.1 + 0.2}]
        assert found.entries[0].sites == {"low-back": 5.5}
        assert found.entries[0].note == EXAMPLES[0].note
        assert found.sessions[0]._replace(id=0, uuid="", seq=0) == EXAMPLES[5]
        assert found.quotas[0].amount == 24.2
        assert (found.first_day, found.last_day) == (TODAY, TODAY)
        assert store.undo() == "add Decision"
        older = int(dump.stem.removeprefix("format")) < len(MIGRATIONS)
        copies = list(tmp_path.glob("backups/*.db"))
        assert [names(copy)[1] for copy in copies] == (
            [int(dump.stem.removeprefix("format"))] if older else []
        )
        assert names(store.path)[1] == len(MIGRATIONS)
        fresh = tmp_path / "fresh"
        with open_store(fresh) as new:
            add(new, entry())
        assert schema(store.path) == schema(fresh / "diary.db")


def schema(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    found = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema ORDER BY name") if sql]
    db.close()
    return found


def dump_format(out: Path) -> None:
    """Write the frozen diary of the present format, when it is released."""
    with fresh_store() as store:
        for value in (EXAMPLES[0], EXAMPLES[3], EXAMPLES[5], EXAMPLES[9], EXAMPLES[12]):
            add(store, value, f"add {type(value).__name__}")
        db = store._file()
        assert db
        lines = [
            f"PRAGMA application_id = {APPLICATION_ID};",
            f"PRAGMA user_version = {len(MIGRATIONS)};",
            *db.iterdump(),
        ]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
