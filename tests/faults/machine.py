"""What the fault tests do to a diary from outside: other programs, small disks, closed folders."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.conftest import Answer, Patient

WRITER = Path(__file__).parent / "writer.py"
SOURCES = Path(__file__).parents[2] / "src"
FORMATS = sorted((Path(__file__).parents[1] / "store" / "data").glob("format*.sql"))
"""One dump of a diary of each released format, made by the program of its day."""
NOBODY = 65534
SPINETRACK = [sys.executable, "-m", "spinetrack"]


def sizes(short: int, long: int) -> pytest.MarkDecorator:
    """Run with `size` as `short`, and with `--slow` as `long` too: the sizes of the fault list."""
    return pytest.mark.parametrize("size", [short, pytest.param(long, marks=pytest.mark.slow)])


# --- other programs --------------------------------------------------------------------------


def writer(folder: Path, count: int, *more: object) -> subprocess.Popen[str]:
    """Start `writer.py`."""
    # Without `site` and its packages: the store needs neither, and starts in a third of the time.
    return subprocess.Popen(
        [sys.executable, "-S", "-B", WRITER, folder, str(count), *map(str, more)],
        env={"PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start(patient: Patient, *words: object, now: str | None = None) -> subprocess.Popen[str]:
    """Start the real command and do not wait for it."""
    return subprocess.Popen(
        [*SPINETRACK, *map(str, words)],
        env={**os.environ, **patient.environ, "SPINETRACK_NOW": now or patient.now},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Answer:
    """Wait for a started command."""
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err, err
    return Answer(process.returncode, out, err)


def run_on_small_disk(patient: Patient, most: int, *words: object, now: str | None = None) -> Answer:
    """Run the real command where no file may grow past `most` bytes: what a full disk is like."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [*SPINETRACK, *map(str, words)],
        env={**os.environ, **patient.environ, "SPINETRACK_NOW": now or patient.now},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


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


# --- what is in a file -----------------------------------------------------------------------


def check(path: Path) -> set[int]:
    """The numbers of all entries of `writer.py`'s diary, each with its five observations."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = db.execute(
            "SELECT e.id, count(o.id) FROM entry e LEFT JOIN observation o ON o.entry_id = e.id GROUP BY e.id"
        ).fetchall()
        assert db.execute("SELECT count(*) FROM step").fetchone() == (len(found),)
    assert {count for _, count in found} <= {5}
    return {number for number, _ in found}


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(
            db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and not db.execute("PRAGMA foreign_key_check").fetchall()
        )


def notes(patient: Patient) -> dict[str, dict[str, float]]:
    """The note of each entry to its values."""
    found = patient.run("history", "--since", "all", "--json").json["entries"]
    return {str(e["note"]): e["values"] for e in found}


def all_rows(path: Path, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            if name not in without
        ]
        return {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def load(dump: Path, path: Path) -> None:
    """Make the diary that a dump describes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(dump.read_text(encoding="utf-8"))
    path.chmod(0o600)


# --- damage ----------------------------------------------------------------------------------


def half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def jpeg(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)


def text(path: Path) -> None:
    path.write_text("my diary")


def other_program(path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE contacts (name)")
        db.execute("PRAGMA application_id = 7")


def zeroed_page(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096:8192] = bytes(4096)
    path.write_bytes(whole)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "half": half,
    "empty": empty,
    "a picture": jpeg,
    "a text": text,
    "another program's": other_program,
    "a page of zeros": zeroed_page,
}
