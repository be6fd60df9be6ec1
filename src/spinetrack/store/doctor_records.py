"""Is what was recorded plausible? Odd moments, doubles, and values that the program would not write."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Intake
from spinetrack.recovery.metrics import known
from spinetrack.store import failures, reading, rows
from spinetrack.store.health import Finding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from spinetrack.recovery.diary import Entry
    from spinetrack.store.rows import Table

_CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""How far a moment may lie ahead: clocks of two computers differ by a little."""
_MOST_NAMED: Final = 5
_SESSION_MARK: Final = "s"
"""What stands before the number of a session on the command line."""
_SITE_MOST: Final = 10


def look(db: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    """Look at every record."""
    tables = [rows.table_of(kind) for kind in rows.every_kind()]
    for table in tables:
        yield from _moments(db, table, now)
    entries = reading.read_entries(db, "1", {})
    yield from _doubles(entries)
    yield from _same_rows(db, rows.SESSION, "activity, at, dose, sets, reps")
    yield from _same_rows(db, rows.table_of(Intake), "medicine_id, at, times")
    yield from _values(db, entries)
    yield from _guarded(db, tables)


def count(db: sqlite3.Connection) -> int:
    """Count the records of every kind that have a uuid."""
    names = [table.name for kind in rows.every_kind() if (table := rows.table_of(kind)).identified]
    return sum(int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names)


def _moments(db: sqlite3.Connection, table: Table[object], now: datetime) -> Iterator[Finding]:
    names = {name for column in table.columns for name in column.names}
    if "at" in names:
        late = rows.utc_text(now + _CLOCKS_DIFFER)
        ahead = _ids(db, f"SELECT id FROM {table.name} WHERE at > ? ORDER BY id", late)
        if ahead:
            told = f"Dated in the future, or this computer's clock is wrong: {_named(table, ahead)}."
            yield Finding("clock", "note", told, _way_out(table, "move", ahead[0]))
    if "recorded_at" in names:
        minute = "julianday(at) - 1.0 / 1440"
        early = _ids(db, f"SELECT id FROM {table.name} WHERE julianday(recorded_at) < {minute} ORDER BY id")
        if early:
            told = f"Written down before it happened, says the clock: {_named(table, early)}."
            yield Finding("clock", "note", told, _way_out(table, "move", early[0]))


def _ids(db: sqlite3.Connection, query: str, *values: str) -> list[int]:
    return [number for (number,) in db.execute(query, values)]


def _doubles(entries: Iterable[Entry]) -> Iterator[Finding]:
    same: dict[object, list[int]] = defaultdict(list)
    for entry in entries:
        same[entry.at, entry.note, entry.flare, frozenset(entry.observations)].append(entry.id)
    yield from (_double(rows.ENTRY, ids) for ids in same.values() if len(ids) > 1)


def _same_rows(db: sqlite3.Connection, table: Table[Any], columns: str) -> Iterator[Finding]:
    found = db.execute(
        f"SELECT group_concat(id, ' ') FROM {table.name} GROUP BY {columns} HAVING count(*) > 1"
        " ORDER BY min(id)"
    )
    for (ids,) in found.fetchall():
        yield _double(table, sorted(int(number) for number in ids.split()))


def _double(table: Table[Any], ids: list[int]) -> Finding:
    told = f"The same, more than once: {_named(table, ids)}."
    return Finding("doubles", "note", told, _way_out(table, "delete", ids[-1]))


def _values(db: sqlite3.Connection, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Find values outside the range of their metric."""
    metrics = known(reading.read(db, rows.METRIC, order="ORDER BY id"))
    for entry in entries:
        for seen in entry.observations:
            metric = metrics.get(seen.metric)
            low, high = (metric.low, metric.high) if metric else (0, _SITE_MOST)
            if (metric or seen.site) and not low <= seen.value <= high:
                what = f"{seen.site or seen.metric} {seen.value:g} on {entry.day}"
                told = f"Out of range: {what}, entry #{entry.id}."
                yield Finding("values", "note", told, _way_out(rows.ENTRY, "edit", entry.id))


def _guarded(db: sqlite3.Connection, tables: Iterable[Table[object]]) -> Iterator[Finding]:
    """Find records that the guard of forms and files would refuse."""
    from spinetrack.store.forms import check

    for table in tables:
        odd = []
        for value in _read(db, table):
            try:
                check(value)
            except ValueRefusedError:
                odd.append(cast("int", getattr(value, "id", 0)))
        if odd:
            told = f"Holds what spinetrack would not write: {_named(table, odd)}."
            yield Finding("values", "note", told, _way_out(table, "edit", odd[0]))


def _read(db: sqlite3.Connection, table: Table[object]) -> tuple[object, ...]:
    try:
        if table.name == rows.ENTRY.name:
            return reading.read_entries(db, "1", {})
        if table.name == rows.SCREEN.name:
            return reading.read_screens(db, "1", {})
        return reading.read(db, table, order="ORDER BY id")
    except (ValueError, TypeError) as error:
        raise failures.damaged("diary.db") from error


def _named(table: Table[Any], ids: list[int]) -> str:
    """Return `entry #4, #7`, no more than five numbers."""
    mark = _SESSION_MARK if table.name == rows.SESSION.name else "#"
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"{table.word} {', '.join(f'{mark}{number}' for number in ids[:_MOST_NAMED])}{more}"


def _way_out(table: Table[Any], command: str, number: int) -> str:
    """Say which command puts it right, where there is one for such a record."""
    if table.name == rows.ENTRY.name:
        return f"To put it right: spinetrack {command} {number}"
    if table.name == rows.SESSION.name and command != "edit":
        return f"To put it right: spinetrack {command} {_SESSION_MARK}{number}"
    return "It does no harm to the rest of the diary."
