"""What two diary files hold, and how they differ, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.store import rows

if TYPE_CHECKING:
    import sqlite3


class Inside(NamedTuple):
    """What a diary file holds."""

    format: int
    patient: str
    """The key that says whose it is; "" before the first write."""
    entries: int
    days: int
    """Days with an entry."""
    first: str
    """The first and the last of them; "" without one."""
    last: str


class Difference(NamedTuple):
    """How the records of one kind differ between the present diary and the one that comes back."""

    kind: str
    """The name of their table."""
    word: str
    """What a patient calls one of them."""
    now: int
    then: int
    gone: int
    """Records of the present diary that the other lacks."""
    back: int
    """Records of the other that the present diary lacks."""
    changed: int
    """Records that both hold, in two versions."""


class Compared(NamedTuple):
    """All differences of two diary files."""

    kinds: tuple[Difference, ...]
    """Only kinds that differ."""
    days_gone: tuple[str, ...]
    """Days on which the present diary has an entry and the other none, oldest first."""
    days_back: tuple[str, ...]


def look_inside(db: sqlite3.Connection, version: int) -> Inside:
    """Read what a diary file of format `version` holds.

    Raises:
        sqlite3.Error: it cannot be read.

    """
    (patient,) = db.execute("SELECT value FROM meta WHERE key = 'patient'").fetchone() or ("",)
    entries, days, first, last = db.execute(
        "SELECT count(*), count(DISTINCT day), coalesce(min(day), ''), coalesce(max(day), '') FROM entry"
    ).fetchone()
    return Inside(version, str(patient), entries, days, str(first), str(last))


def compare(present: sqlite3.Connection, back: sqlite3.Connection) -> Compared:
    """Compare two diaries of the newest format by the uuids and versions of their records.

    What is only ever added to is left out: a restore unites it.

    Raises:
        sqlite3.Error: one of them cannot be read.

    """
    tables = [rows.table_of(kind) for kind in rows.every_kind()]
    tables = [table for table in tables if table.identified and not table.kept]
    kinds = [_difference(present, back, table.name, table.word) for table in tables]
    mine, others = _days(present), _days(back)
    return Compared(
        tuple(kind for kind in kinds if kind.gone or kind.back or kind.changed),
        tuple(sorted(mine - others)),
        tuple(sorted(others - mine)),
    )


def _difference(present: sqlite3.Connection, back: sqlite3.Connection, name: str, word: str) -> Difference:
    query = f"SELECT uuid, revision, updated FROM {name}"
    mine, others = ({uuid: version for uuid, *version in db.execute(query)} for db in (present, back))
    both = mine.keys() & others.keys()
    changed = sum(mine[uuid] != others[uuid] for uuid in both)
    return Difference(
        name, word, len(mine), len(others), len(mine) - len(both), len(others) - len(both), changed
    )


def _days(db: sqlite3.Connection) -> set[str]:
    return {day for (day,) in db.execute("SELECT DISTINCT day FROM entry")}
