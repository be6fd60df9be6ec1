"""A diary is copied row by row, between files of which one is encrypted and the other is not."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_OWN: Final = "name NOT LIKE 'sqlite^_%' ESCAPE '^'"
_ORDER: Final = {"table": 0, "index": 1, "view": 2, "trigger": 3}


def pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy all that a diary file holds into an empty one: rows, schema, counters, format.

    Args:
        source: In a transaction, so that all is of one moment.
        target: Nobody sees it before it is whole, so it needs no journal.

    Raises:
        sqlite3.Error: one of them cannot be used.
        UnicodeDecodeError: a text is damaged.

    """
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")
    target.execute("BEGIN")
    for kind, name, sql in _things(source):
        target.execute(sql)
        if kind == "table":
            _copy_rows(source, target, name)
    if _has_counters(source):
        target.execute("DELETE FROM sqlite_sequence")
        _copy_rows(source, target, "sqlite_sequence")
    for pragma in ("application_id", "user_version"):
        (value,) = source.execute(f"PRAGMA {pragma}").fetchone()
        target.execute(f"PRAGMA {pragma} = {value}")
    target.execute("COMMIT")


def content_hash(db: sqlite3.Connection) -> str:
    """Return a hash of all that `pour` copies."""
    whole = sha256()
    for kind, name, sql in _things(db):
        whole.update(repr((kind, name, sql)).encode())
        if kind == "table":
            for row in db.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid'):
                whole.update(repr(row).encode())
    for pragma in ("application_id", "user_version"):
        whole.update(repr(db.execute(f"PRAGMA {pragma}").fetchone()).encode())
    if _has_counters(db):
        whole.update(repr(sorted(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())).encode())
    return whole.hexdigest()


def _things(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return kind, name and text of what a file is made of: triggers last, so that none fires."""
    found = db.execute(f"SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND {_OWN}")
    return sorted(found.fetchall(), key=lambda thing: (_ORDER[thing[0]], thing[1]))


def _has_counters(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").fetchone() is not None


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> None:
    columns = [column for _, column, *_ in source.execute(f'PRAGMA table_info("{name}")')]
    names = ", ".join(f'"{column}"' for column in ("rowid", *columns))
    marks = ", ".join("?" * (len(columns) + 1))
    rows: Iterator[tuple[object, ...]] = iter(
        source.execute(f'SELECT {names} FROM "{name}" ORDER BY rowid').fetchall()
    )
    target.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)
