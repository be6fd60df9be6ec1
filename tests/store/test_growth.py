from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.records import NOW, TODAY, add, entry, fresh_store

from spinetrack.recovery.diary import Person
from spinetrack.store import Store, reading

BY_DAY = {"entry", "session", "skip", "flare_mark", "screen", "rescreen", "decision"}
BY_DAY |= {"intake", "side_effect"}
WHOLE = {"activity", "quota", "profile", "setting", "playbook", "metric_def"}
WHOLE |= {"goal", "milestone", "goal_rating", "score"}
WHOLE |= {"person", "treatment", "treatment_session", "medicine", "block", "block_reading", "visit"}


def plans(store: Store) -> list[str]:
    """How SQLite runs each query of `Store.diary`."""
    db = store._file()
    assert db
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    reading.read_diary(db, reading.Period(TODAY - timedelta(days=180), TODAY))
    db.set_trace_callback(None)
    return [
        row[3]
        for query in asked
        if query.startswith("SELECT") and not query.startswith("SELECT EXISTS")
        for row in db.execute(f"EXPLAIN QUERY PLAN {query}")
    ]


def test_reading_a_period_never_walks_through_what_grows_with_the_years() -> None:
    with fresh_store() as store:
        add(store, Person("Dana", "physio", NOW, TODAY))
        steps = plans(store)
    walked = {step.split()[1] for step in steps if step.startswith("SCAN") and "CONSTANT" not in step}
    assert walked <= WHOLE
    searched = {step.split()[1] for step in steps if step.startswith("SEARCH")}
    assert searched >= BY_DAY | {"o"}


def test_ten_years_of_other_days_cost_no_more_steps() -> None:
    """Counted in SQLite's own steps: the same on every machine."""

    def cost(store: Store) -> int:
        db = store._file()
        assert db
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        db.set_progress_handler(count, 10)
        store.diary(since=TODAY - timedelta(days=20), until=TODAY)
        db.set_progress_handler(None, 10)
        return counted

    with fresh_store() as store:
        with store.write("month") as writer:
            for n in range(20):
                writer.add(entry(4, NOW - timedelta(days=n)))
        small = cost(store)
        with store.write("years") as writer:
            for n in range(30, 3650):
                writer.add(entry(4, NOW - timedelta(days=n)))
        assert cost(store) <= small * 1.2


def test_the_daily_path_loads_nothing_slow(tmp_path: Path) -> None:
    """Counted in modules and not in milliseconds: the same on every machine."""
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from spinetrack.store import Store
from spinetrack.recovery.diary import Entry, Observation
now = datetime(2026, 3, 1, tzinfo=UTC)
with Store(Path(sys.argv[1]), lambda: now) as store:
    with store.write("log 4") as writer:
        writer.add(Entry(now, now.date(), now, (Observation("pain", 4),)))
    store.diary()
    before = set(sys.modules)
    store.undo()
    store.redo()
import json
print(json.dumps(sorted(before)))
"""
    out = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    ).stdout
    slow = {
        "sqlmodel", "sqlalchemy", "pydantic", "typer", "rich", "plotext", "json", "uuid", "hashlib",
        "zoneinfo", "importlib.metadata", "tempfile", "shutil", "platformdirs",
    }  # fmt: skip
    assert set(json.loads(out)) & slow == set()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_latest_entries_are_found_by_index(count: int) -> None:
    with fresh_store() as store:
        for n in range(3):
            add(store, entry(n, NOW - timedelta(days=n)))
        found = [e.values["pain"] for e in store.latest_entries(count)]
        assert found == [2, 1, 0][max(0, 3 - count) :]
