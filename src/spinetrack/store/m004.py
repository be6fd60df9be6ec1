"""Step 4 of the schema: records that wait for one they name. Frozen once released."""

from __future__ import annotations

from spinetrack.store.triggers import add_journal
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def m004_waiting(db: sqlite3.Connection) -> None:
    """Create the shelf for what a merge brought and cannot stand in its table yet."""
    db.execute(
        "CREATE TABLE waiting (id INTEGER NOT NULL PRIMARY KEY, uuid VARCHAR NOT NULL UNIQUE,"
        " body VARCHAR NOT NULL)"
    )
    add_journal(db, "waiting", identified=False)
