"""The schema's history: numbered steps over plain sqlite3, each in one exclusive transaction.

`PRAGMA user_version` is the number of steps a file has had. A new file runs all of them, so there
is one path. `executescript` is not used: it commits what is open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from spinetrack import __version__
from spinetrack.errors import DiaryFileError
from spinetrack.store import failures
from spinetrack.store.m001 import m001_diary
from spinetrack.store.m002 import m002_goals
from spinetrack.store.m003 import m003_tried

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

APPLICATION_ID: Final = 0x53504E54
"""`SPNT`: what makes an SQLite file ours."""

Step = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Step, ...] = (m001_diary, m002_goals, m003_tried)
"""Step N is called `mNNN_what`; a released one never changes."""


def version_of(db: sqlite3.Connection, path: Path | str) -> int:
    """Read the format of a diary file.

    Raises:
        DiaryFileError: if the file is another program's.

    """
    owner, version = db.execute(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner != APPLICATION_ID:
        raise DiaryFileError(f"This file belongs to another program: {path}.")
    return int(version)


def refuse_newer(version: int, path: Path | str) -> None:
    """Let a file of format `version` pass if this program knows it.

    Raises:
        DiaryFileError: if a newer program wrote it.

    """
    if version > len(MIGRATIONS):
        raise DiaryFileError(
            f"This diary has format {version}; spinetrack {__version__} knows formats up to"
            f" {len(MIGRATIONS)}. Nothing was changed.",
            hint=f"Install the newer spinetrack again to open {path}.",
        )


def create(db: sqlite3.Connection) -> None:
    """Turn the empty file behind `db` into a diary."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _run(db, 0)


def upgrade(db: sqlite3.Connection, path: Path, version: int, now: datetime) -> None:
    """Bring the diary behind `db` from format `version` to the newest, after a backup.

    Args:
        db: An open connection, not in a transaction.
        path: Where the file is.
        version: What `version_of` said.
        now: For the name of the backup.

    Raises:
        DiaryFileError: if no backup can be made, or a step fails; the file is as it was before it.
        BusyError: if the file is held by another program.

    """
    from spinetrack.store.backup import write_backup

    copy = write_backup(path, now, f"format{version}")
    try:
        _run(db, version)
    except sqlite3.Error as error:
        told = failures.of_sqlite(error, path, writing=True)
        told.hint = told.hint or f"The diary as it was is also here: {copy}."
        raise told from error


def _run(db: sqlite3.Connection, version: int) -> None:
    while version < len(MIGRATIONS):
        db.execute("BEGIN EXCLUSIVE")
        try:
            # Another process may have come first while we waited for the lock.
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version < len(MIGRATIONS):
                MIGRATIONS[version](db)
                version += 1
                db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
