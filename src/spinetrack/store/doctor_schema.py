"""Whether tables, indexes and triggers are those of a fresh diary, and every row belongs to one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.recovery.words import counted
from spinetrack.store import connection, migrations
from spinetrack.store.health import Case, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REPAIR: Final = "spinetrack doctor --repair"
_MADE_ANEW: Final = frozenset({"index", "trigger", "view"})
"""What holds nothing of its own: making it anew loses nothing."""


class Thing(NamedTuple):
    """A part of a schema by its kind and name."""

    kind: str
    name: str


def look(case: Case, path: Path, db: sqlite3.Connection) -> Iterator[Finding]:
    """Compare the schema with a fresh one, and look for rows that belong to nothing."""
    here, fresh = _schema(db), _fresh_schema()
    wrong = [thing for thing in sorted(here.keys() | fresh.keys()) if here.get(thing) != fresh.get(thing)]
    light = [thing for thing in wrong if thing.kind in _MADE_ANEW]
    lost = [thing for thing in wrong if thing.kind not in _MADE_ANEW and thing not in here]
    if lost:  # Nothing that hangs on it can be made anew, and what belongs to it cannot be asked.
        yield from (_table(thing, known=True, there=False) for thing in lost)
        return
    if light:
        repaired = case.repair and _made_anew(case, path, db, light, here, fresh)
        names = ", ".join(thing.name for thing in light)
        yield Finding(
            "schema",
            "fix",
            f"Parts of the diary file differ from what they were: {names}.",
            _REPAIR,
            repaired,
        )
    for thing in wrong:
        if thing.kind not in _MADE_ANEW:
            yield _table(thing, known=thing in fresh, there=thing in here)
    yield from _orphans(db)


def _table(thing: Thing, *, known: bool, there: bool) -> Finding:
    if known and there:
        told = f"The table {thing.name} differs from what it was."
        return Finding("schema", "fix", told, "Bring a copy back: spinetrack restore --list")
    if known:
        told = f"The table {thing.name} is missing."
        return Finding("schema", "damage", told, "Bring a copy back: spinetrack restore --list")
    told = f"The diary file holds a table that is not ours: {thing.name}."
    return Finding("schema", "note", told, "It does no harm. Another program made it.")


def _orphans(db: sqlite3.Connection) -> Iterator[Finding]:
    lost: dict[str, int] = {}
    for table, *_ in db.execute("PRAGMA foreign_key_check"):
        lost[table] = lost.get(table, 0) + 1
    for table, number in lost.items():
        told = f"{counted(number, 'row')} of {table} belong to a record that is gone."
        yield Finding(
            "references", "note", told, "A copy may still have the record: spinetrack restore --list"
        )


def _schema(db: sqlite3.Connection) -> dict[Thing, str]:
    found = db.execute(
        "SELECT type, name, sql FROM sqlite_schema"
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
    )
    return {Thing(kind, name): sql for kind, name, sql in found}


def _fresh_schema() -> dict[Thing, str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrations.create(db)
        return _schema(db)


def _made_anew(
    case: Case,
    path: Path,
    db: sqlite3.Connection,
    light: list[Thing],
    here: dict[Thing, str],
    fresh: dict[Thing, str],
) -> bool:
    """Put indexes and triggers back as they are in a fresh diary, after a copy."""
    from spinetrack.store.backup import write_backup

    write_backup(path, case.now, "repair")
    connection.prepare_writing(db)
    connection.begin_writing(db)
    try:
        for thing in light:
            if thing in here:
                quoted = thing.name.replace('"', '""')
                db.execute(f'DROP {thing.kind} "{quoted}"')
            if thing in fresh:
                db.execute(fresh[thing])
        db.execute("COMMIT")
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        return False
    return True
