"""The schema of a diary file that somebody else may have made: nothing in it may act by itself.

A view or a trigger of a hostile file runs when the file is read or brought to the present format, and a
view can run without end. So a file passes only if all that can act in it is what this program makes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from spinetrack.store import failures, migrations

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA: Final = (
    "SELECT type || ' ' || name, type, sql FROM sqlite_schema"
    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
)


def refuse_odd_schema(db: sqlite3.Connection, path: Path | str) -> None:
    """Let a diary file pass whose tables, indexes and triggers are those of its format.

    A plain table that is not ours does no harm; whatever else is not ours does not pass.

    Args:
        db: The file, of this format or an older one.
        path: What to name.

    Raises:
        DamagedError: it does not pass.

    """
    version = migrations.version_of(db, path)
    migrations.refuse_newer(version, path)
    fresh = _fresh(version)
    for name, kind, sql in db.execute(_SCHEMA):
        if name in fresh:
            if fresh[name] != sql:
                raise _odd(path)
        elif kind != "table" or sql[:20].upper().startswith("CREATE VIRTUAL"):
            raise _odd(path)


def _fresh(version: int) -> dict[str, str]:
    """Return what a new diary of a format holds."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for step in migrations.MIGRATIONS[:version]:
            step(db)
        return {name: sql for name, _, sql in db.execute(_SCHEMA)}


def _odd(path: Path | str) -> failures.DamagedError:
    return failures.DamagedError(
        f"This file holds parts that no diary has: {path}. {failures.NOTHING_CHANGED}"
    )
