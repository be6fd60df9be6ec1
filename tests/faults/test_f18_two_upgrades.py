"""F18: two programs upgrade the same diary at the same moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from tests.conftest import Patient
from tests.faults.machine import FORMATS, ended, is_whole, load, sizes, start
from tests.store.records import add, entry, fresh_store, open_store

from spinetrack.recovery import diary as d
from spinetrack.store import migrations
from spinetrack.store.migrations import MIGRATIONS
from spinetrack.store.triggers import add_journal

OLDER = FORMATS[: len(MIGRATIONS) - 1]


@sizes(4, 20)
def test_one_upgrades_the_other_waits_and_both_are_fine(patient: Patient, size: int) -> None:
    for n in range(size):
        patient.home = patient.folder / str(n)
        patient.file = patient.home / "diary.db"
        patient.environ["SPINETRACK_HOME"] = str(patient.home)
        load(OLDER[n % len(OLDER)], patient.file)
        children = [start(patient, *words) for words in (("history", "--since", "all"), ("log", 4), ())]
        answers = [ended(child) for child in children]
        assert [answer.code for answer in answers] == [0, 0, 3], answers  # 3: it has an open warning sign
        assert "#1" in answers[0].out
        assert sum("The diary has a new format" in answer.err for answer in answers) >= 1
        with closing(sqlite3.connect(patient.file)) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
            assert db.execute("SELECT count(*) FROM entry").fetchone() == (2,)
        assert is_whole(patient.file)
        assert all(is_whole(copy) for copy in (patient.home / "backups").glob("*.db"))


def m998_weather(db: sqlite3.Connection) -> None:
    """Stand for the next step: a column more, and the journal learns it."""
    db.execute("ALTER TABLE entry ADD COLUMN weather VARCHAR")
    add_journal(db, "entry", identified=True)


def m999_rebuilt(db: sqlite3.Connection) -> None:
    """Stand for a step after that one."""
    db.execute("CREATE TABLE weather (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO weather SELECT id FROM entry")


def test_four_threads_that_upgrade_at_once_all_end_well(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        with fresh_store() as store:
            add(store, entry())
            folder = store.path.parent
        seen: list[d.Diary] = []

        def read(folder: Path = folder, seen: list[d.Diary] = seen) -> None:
            with open_store(folder) as store:
                seen.append(store.diary())

        with monkeypatch.context() as patch:
            patch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, m998_weather, m999_rebuilt))
            threads = [Thread(target=read) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert len(seen) == 4
        assert all(len(diary.entries) == 1 for diary in seen)
