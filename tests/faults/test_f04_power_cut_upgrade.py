"""F4: the power goes in the middle of a step to a newer format."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from tests.faults.machine import FORMATS, all_rows, is_whole, load, sizes
from tests.faults.powercut import Connection, Disk, DiskLayer, write_out

from spinetrack.store import connection, migrations

STEPS = range(1, len(migrations.MIGRATIONS))
MADE_BY_STEPS = ("sqlite_sequence",)


@pytest.fixture(params=STEPS, ids=[f"to format {step + 1}" for step in STEPS])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, bytes]:
    """A diary as it is before a step, with records in it."""
    path = tmp_path / "before.db"
    load(FORMATS[0], path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for step in migrations.MIGRATIONS[1 : request.param]:
            step(db)
        db.execute(f"PRAGMA user_version = {request.param}")
    return request.param, path.read_bytes()


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]


@sizes(20, 300)
def test_a_power_cut_in_a_step_leaves_the_old_or_the_new_format_with_all_rows(
    before: tuple[int, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    version, image = before
    old = tmp_path / "before.db"
    rows = all_rows(old, without=MADE_BY_STEPS)
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[: version + 1])
    operations = operations_of(image, version)
    seen = set()
    for number in range(size):
        chance = Random(number)
        disk = Disk({"diary.db": image}, chance)
        disk.cut = chance.randint(1, operations * 5 // 4)  # now and then after the end
        run_step(disk, version, number)
        write_out(disk.after_the_cut(), tmp_path / "left")
        path = tmp_path / "left" / "diary.db"
        assert is_whole(path)
        with closing(sqlite3.connect(path)) as db:
            (found,) = db.execute("PRAGMA user_version").fetchone()
        assert found in {version, version + 1}
        assert kept(path, rows, lambda table: columns(old, table))
        seen.add(found)
    assert seen == {version, version + 1}


def run_step(disk: Disk, version: int, number: int) -> None:
    layer = DiskLayer(disk, f"step{version}-{number}")
    db = Connection("/diary.db", layer)
    try:
        connection.prepare_writing(db)  # type: ignore[arg-type] # it answers what is asked here
        migrations.bring_up(db, version)  # type: ignore[arg-type]
    except sqlite3.Error:
        assert disk.operations >= disk.cut
    finally:
        db.close()
        layer.unregister()


def operations_of(image: bytes, version: int) -> int:
    """Count what a step without a cut asks of the disk."""
    disk = Disk({"diary.db": image}, Random(0))
    run_step(disk, version, -1)
    return disk.operations


def kept(path: Path, rows: dict[str, list[tuple[object, ...]]], of: Callable[[str], list[str]]) -> bool:
    """Whether every row of before is there, in the columns it had."""
    with closing(sqlite3.connect(path)) as db:
        for table, wanted in rows.items():
            names = ", ".join(f'"{name}"' for name in of(table))
            if sorted(db.execute(f"SELECT {names} FROM {table}"), key=repr) != wanted:
                return False
    return True
