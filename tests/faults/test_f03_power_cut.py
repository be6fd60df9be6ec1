"""F3: the power goes in the middle of a write, with our schema, our pragmas and our code."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import apsw
import pytest
from tests.faults.machine import sizes
from tests.faults.powercut import Connection, Disk, DiskLayer, write_out
from tests.store.records import EXAMPLES, NOW, add, entry, fresh_store

from spinetrack.errors import SpinetrackError
from spinetrack.store import Store, connection, replacing

UNSURE = [pragma.replace("synchronous = EXTRA", "synchronous = OFF") for pragma in connection._PRAGMAS]


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A diary with one entry; from here on a store asks no file system whether there is one."""
    with fresh_store() as store:
        add(store, entry())
    monkeypatch.setattr(connection, "is_there", lambda _: True)
    return store.path.read_bytes()


def use(patch: pytest.MonkeyPatch, layer: DiskLayer) -> None:
    patch.setattr(connection, "connect", lambda *_: Connection("/diary.db", layer))


def write_until_the_cut(disk: Disk) -> list[str]:
    """Write entries and screens until the power goes; return the notes of those that were acknowledged."""
    said: list[str] = []
    store = Store("/", lambda: NOW)
    try:
        while True:
            note = f"n{len(said)}"
            with store.write(f"log {note}") as writer:
                writer.add(entry()._replace(note=note, observations=EXAMPLES[0].observations))
                if len(said) % 3 == 2:
                    writer.add(EXAMPLES[9])
            said.append(note)
    except SpinetrackError:
        assert disk.operations >= disk.cut
    return said


def left(folder: Path) -> tuple[str, dict[str, int]]:
    """Whether the file is whole, and the entries in it with the number of their observations."""
    try:
        with closing(sqlite3.connect(folder / "diary.db")) as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return "damaged", {}
            if db.execute("PRAGMA foreign_key_check").fetchall():
                return "torn", {}
            found = db.execute(
                "SELECT e.note, count(o.id) FROM entry e LEFT JOIN observation o ON o.entry_id = e.id GROUP BY e.id"
            )
            return "whole", {note: count for note, count in found if note}
    except sqlite3.Error:
        return "damaged", {}


def cuts(size: int, diary: bytes, folder: Path, patch: pytest.MonkeyPatch) -> Counter[str]:
    """Cut the power `size` times; count what was lost and what was damaged."""
    seen: Counter[str] = Counter()
    for number in range(size):
        chance = Random(number)
        disk = Disk({"diary.db": diary}, chance)
        disk.cut = chance.randint(1, 500)
        layer = DiskLayer(disk, f"cut{number}")
        use(patch, layer)
        said = write_until_the_cut(disk)
        layer.unregister()
        write_out(disk.after_the_cut(), folder)
        state, found = left(folder)
        seen["acknowledged"] += len(said)
        seen[state] += 1
        seen["lost"] += bool(set(said) - set(found)) and state == "whole"
        seen["torn"] += any(count != 4 for count in found.values())
    return seen


@sizes(150, 2000)
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    diary: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    seen = cuts(size, diary, tmp_path / "left", monkeypatch)
    assert seen["acknowledged"] > size
    assert (seen["whole"], seen["lost"], seen["damaged"], seen["torn"]) == (size, 0, 0, 0)


@sizes(40, 400)
def test_without_synchronous_writes_the_same_test_sees_losses(
    diary: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The control run: a test that cannot fail proves nothing."""
    monkeypatch.setattr(connection, "_PRAGMAS", tuple(UNSURE))
    seen = cuts(size, diary, tmp_path / "left", monkeypatch)
    assert seen["lost"] + seen["damaged"] + seen["torn"] > size // 2


@sizes(40, 400)
def test_a_power_cut_in_a_restore_leaves_the_diary_of_before_or_the_restored_one(
    diary: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    with monkeypatch.context() as patch, fresh_store() as store:
        patch.setattr(connection, "is_there", os.path.exists)
        for n in range(30):
            add(store, entry()._replace(note=f"back {n}", observations=EXAMPLES[0].observations))
    work = store.path
    outcomes: Counter[str] = Counter()
    for number in range(size):
        chance = Random(number)
        disk = Disk({"diary.db": diary}, chance)
        disk.cut = chance.randint(1, 600)
        layer = DiskLayer(disk, f"restore{number}")

        def connect(place: object, *_: object, layer: DiskLayer = layer) -> Connection:
            return Connection(str(work), None) if place == work else Connection("/diary.db", layer)

        monkeypatch.setattr(connection, "connect", connect)
        monkeypatch.setattr(replacing, "_read", lambda *_: b"")
        try:
            replacing._write_into(Path("/diary.db"), work, 0, b"")
            done = True
        except (sqlite3.Error, apsw.Error):
            done = False
        layer.unregister()
        write_out(disk.after_the_cut(), tmp_path / "left")
        state, found = left(tmp_path / "left")
        assert state == "whole"
        assert len(found) == 30 or (not done and not found)
        outcomes["done" if done else "cut"] += 1
        outcomes["back" if found else "before"] += 1
    assert outcomes["done"]
    assert outcomes["before"] > size // 8
