"""What a computer can do to a diary: kill -9, other writers, full and closed disks."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store.records import EXAMPLES, Value, add, entry, fresh_store, open_store

from spinetrack.errors import BusyError, DiaryFileError, ExitCode, SpinetrackError
from spinetrack.store import Store, connection

WRITER = Path(__file__).parent / "data" / "writer.py"
SOURCES = Path(__file__).parents[2] / "src"
NOBODY = 65534


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder that no slow disk under other programs can hold up, where there is one.

    Neither kill -9 nor a lock reaches below the page cache, so the disk adds nothing but chance.
    """
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


def writer(folder: Path, count: int, *more: int) -> subprocess.Popen[str]:
    # Without `site` and its packages: the store needs neither, and starts in a third of the time.
    return subprocess.Popen(
        [sys.executable, "-S", "-B", WRITER, folder, str(count), *map(str, more)],
        env={"PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check(path: Path) -> set[int]:
    """The numbers of all entries of a file in order, each with its five observations."""
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    found = db.execute(
        "SELECT e.id, count(o.id) FROM entry e LEFT JOIN observation o ON o.entry_id = e.id GROUP BY e.id"
    ).fetchall()
    assert db.execute("SELECT count(*) FROM step").fetchone() == (len(found),)
    db.close()
    assert {count for _, count in found} <= {5}
    return {number for number, _ in found}


def kill_writers(folder: Path, kills: int) -> None:
    chance = random.Random(20260301)
    for number in range(kills):
        if number % 30 == 0:  # A new diary now and then: checking a long one takes long.
            home, acknowledged = folder / str(number), set[int]()
        process = writer(home, 0)
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        time.sleep(chance.random() * 0.06)
        process.kill()
        rest = process.stdout.read()
        assert process.stderr.read() == ""
        process.wait()
        process.stdout.close()
        process.stderr.close()
        # A last line without its end was not said.
        acknowledged |= {int(line) for line in (first + rest).splitlines(keepends=True) if line[-1] == "\n"}
        assert acknowledged <= check(home / "diary.db")
    assert len(acknowledged) > 30


def test_a_killed_program_loses_nothing_that_it_said_was_saved(in_memory: Path) -> None:
    kill_writers(in_memory, 60)


@pytest.mark.slow
def test_five_hundred_killed_programs_lose_nothing(in_memory: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--slow", default=False):
        pytest.skip("run with --slow")
    kill_writers(in_memory, 500)


def test_a_program_killed_while_it_makes_the_diary_leaves_none_or_a_whole_one() -> None:
    chance = random.Random(7)
    for _ in range(10):
        folder = Path(tempfile.mkdtemp())
        process = writer(folder, 1)
        time.sleep(0.02 + chance.random() * 0.08)
        process.kill()
        process.communicate()
        with open_store(folder) as store:
            store.diary()
            add(store, entry())
            assert store.diary().entries
        shutil.rmtree(folder)


def test_eight_writers_at_once_are_never_told_that_it_is_locked(in_memory: Path) -> None:
    processes = [writer(in_memory, 60) for _ in range(8)]
    said = [process.communicate(timeout=60) for process in processes]
    assert [error for _, error in said] == [""] * 8
    numbers = [int(line) for out, _ in said for line in out.splitlines()]
    assert len(numbers) == len(set(numbers)) == 480
    assert check(in_memory / "diary.db") == set(numbers)


def test_a_lock_that_is_not_let_go_ends_in_one_sentence_within_six_seconds() -> None:
    with fresh_store() as store:
        number = add(store, entry())
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        with pytest.raises(BusyError) as busy:
            add(store, entry())
        assert 4.5 < time.monotonic() - start < 6.5
        assert str(busy.value) == "Another spinetrack is writing. Try again in a moment."
        assert busy.value.exit_code == ExitCode.BUSY
        assert store.entry(number)
        other.execute("ROLLBACK")
        other.close()
        add(store, entry())
        assert len(store.diary().entries) == 2


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


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder with a diary that everybody may read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    home = folder / "home"
    with open_store(home) as store:
        add(store, entry())
    home.chmod(0o755)
    (home / "diary.db").chmod(0o644)
    yield home
    if home.exists():
        home.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Permissions do not bind root: be nobody for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def read_only_file(home: Path) -> None:
    (home / "diary.db").chmod(0o444)


def read_only_folder(home: Path) -> None:
    (home / "diary.db").chmod(0o666)
    home.chmod(0o555)


def closed_file(home: Path) -> None:
    (home / "diary.db").chmod(0)


def closed_folder(home: Path) -> None:
    home.chmod(0)


def missing_folder_in_closed_folder(home: Path) -> None:
    shutil.rmtree(home)


ONLY_READ = "The diary can be read but not changed: {}. Nothing was saved."
NOT_OPENED = "The diary file cannot be opened: {}."
CLOSED = "The folder of the diary is closed to us: {}."


@pytest.mark.parametrize(
    ("close", "read", "write"),
    [
        (read_only_file, 1, ONLY_READ),
        (read_only_folder, 1, ONLY_READ),
        (closed_file, NOT_OPENED, NOT_OPENED),
        (closed_folder, CLOSED, CLOSED),
        (missing_folder_in_closed_folder, 0, f"{CLOSED} Nothing was saved."),
    ],
)
def test_a_closed_diary_says_why(
    public: Path, close: Callable[[Path], None], read: str | int, write: str
) -> None:
    close(public)
    place = public if CLOSED in {read, write[: len(CLOSED)]} else public / "diary.db"
    with bound_by_permissions(), open_store(public) as store:
        if isinstance(read, int):
            assert len(store.diary().entries) == read
        else:
            with pytest.raises(DiaryFileError, match=f"^{read.format(place)}$"):
                store.diary()
        with pytest.raises(DiaryFileError, match=f"^{write.format(place)}$"):
            add(store, entry())


class Failing(sqlite3.Connection):
    """A connection that fails at a chosen statement."""

    left = -1

    def execute(self, sql: str, *values: Value) -> sqlite3.Cursor:
        if sql != "ROLLBACK" and Failing.left >= 0:
            Failing.left -= 1
            if Failing.left < 0:
                raise sqlite3.OperationalError("the disk is on fire")
        return super().execute(sql, *values)


def failing(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, factory=Failing)


def refusal(act: Callable[[Store], object], store: Store) -> SpinetrackError | None:
    try:
        act(store)
    except SpinetrackError as error:
        return error
    return None


def delete(store: Store) -> None:
    value = store.diary().entries[0]
    with store.write("delete") as write:
        write.remove(value)


def edit(store: Store) -> None:
    value = store.diary().entries[0]
    with store.write("edit") as write:
        write.replace(value._replace(note="x"))


@pytest.mark.parametrize(
    "act",
    [
        lambda store: add(store, EXAMPLES[0]),
        lambda store: add(store, EXAMPLES[9]),
        edit,
        delete,
        lambda store: store.undo(),
        lambda store: store.redo(),
    ],
    ids=["add", "add screen", "edit", "delete", "undo", "redo"],
)
def test_a_failure_at_any_statement_changes_nothing(
    act: Callable[[Store], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_store() as store:
        for _ in range(3):
            add(store, EXAMPLES[0])
        store.undo()
        before = store.path.read_bytes()
        folder = store.path.parent
    monkeypatch.setattr(connection, "_connect", failing)
    failed = 0
    for n in range(100):
        with open_store(folder) as store:
            store.diary()
            Failing.left = n
            refused = refusal(act, store)
            Failing.left = -1
            if refused is None:
                break
            assert isinstance(refused, DiaryFileError)
            failed += 1
            db = store._file()
            assert db
            assert not db.in_transaction
            assert (folder / "diary.db").read_bytes() == before
    assert 5 < failed < 99
    assert (folder / "diary.db").read_bytes() != before
