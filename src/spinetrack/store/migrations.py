"""The schema's history: numbered steps over plain sqlite3, each in one exclusive transaction.

`PRAGMA user_version` is the number of steps a file has had. A new file runs all of them, so there
is one path. `executescript` is not used: it commits what is open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from spinetrack import __version__
from spinetrack.errors import DiaryFileError
from spinetrack.store import failures
from spinetrack.store.m001 import m001_diary
from spinetrack.store.m002 import m002_goals
from spinetrack.store.m003 import m003_tried
from spinetrack.store.m004 import m004_waiting
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

APPLICATION_ID: Final = 0x53504E54
"""`SPNT`: what makes an SQLite file ours."""

Step = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Step, ...] = (m001_diary, m002_goals, m003_tried, m004_waiting)
"""Step N is called `mNNN_what`; a released one never changes."""


def version_of(db: sqlite3.Connection, path: Path | str) -> int:
    """Read the format of a diary file.

    Raises:
        DamagedError: if the file is another program's.

    """
    owner, version = db.execute(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner != APPLICATION_ID:
        raise failures.DamagedError(f"This file belongs to another program: {path}.")
    return int(version)


def refuse_newer(version: int, path: Path | str) -> None:
    """Let a file of format `version` pass if this program knows it.

    Raises:
        NewerError: if a newer program wrote it.

    """
    if version > len(MIGRATIONS):
        raise failures.NewerError(
            f"This diary has format {version}; spinetrack {__version__} knows formats up to"
            f" {len(MIGRATIONS)}. Nothing was changed.",
            hint=f"Install the newer spinetrack again to open {path}.",
        )


def create(db: sqlite3.Connection) -> None:
    """Turn the empty file behind `db` into a diary."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    bring_up(db, 0)


def upgrade(
    db: sqlite3.Connection, path: Path, version: int, now: datetime, tell: Callable[[str], None]
) -> None:
    """Bring the diary behind `db` from format `version` to the newest, after a backup.

    Args:
        db: An open connection, not in a transaction.
        path: Where the file is.
        version: What `version_of` said.
        now: For the name of the backup.
        tell: Gets one line about what was found.

    Raises:
        DiaryFileError: if no backup can be made, or a step fails; the file is as it was before it.
        BusyError: if the file is held by another program.

    """
    from spinetrack.store.backup import write_backup

    copy = write_backup(path, now, f"format{version}")
    try:
        steps = bring_up(db, version)
    except sqlite3.Error as error:
        told = failures.of_sqlite(error, path, writing=True)
        told.hint = told.hint or f"The diary as it was is also here: {copy}."
        raise told from error
    if steps:
        tell(
            f"The diary has a new format, {len(MIGRATIONS)}. Entries found: {entries_of(db)}, as before."
            f" As it was: {copy}"
        )


def entries_of(db: sqlite3.Connection) -> int:
    """Count the entries of a diary of any format."""
    return int(db.execute("SELECT count(*) FROM entry").fetchone()[0])


def bring_up(db: sqlite3.Connection, version: int) -> int:
    """Run every step that a file of format `version` lacks, each in one exclusive transaction.

    Returns:
        How many steps this process ran; another may have been first.

    Raises:
        sqlite3.Error: a step went wrong; the file is as it was before that step.
        DiaryFileError: a step would have lost an entry; likewise.

    """
    steps = 0
    while version < len(MIGRATIONS):
        db.execute("BEGIN EXCLUSIVE")
        try:
            # Another process may have come first while we waited for the lock.
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version < len(MIGRATIONS):
                _step(db, version)
                version += 1
                steps += 1
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    return steps


def _step(db: sqlite3.Connection, version: int) -> None:
    """Run the step after format `version`. It may not lose an entry."""
    before = entries_of(db) if version else 0
    MIGRATIONS[version](db)
    after = entries_of(db)
    if after != before:
        raise DiaryFileError(
            f"The new format would hold {after} entries of {before}. {failures.NOTHING_CHANGED}",
            hint="Please report this. An older spinetrack opens the diary as before.",
        )
    db.execute(f"PRAGMA user_version = {version + 1}")
