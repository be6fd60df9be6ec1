"""What is forgotten is gone: its rows, what undo and the copies hold of it, its bytes on the disk.

The diary is read into memory, loses there what shall go, and is written as a new file that takes the
place of the old one. What stays of a record is its uuid, so that no merge brings it back. Of a warning
sign that is still open its number, tier and day stay: it may not fall silent.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import SpinetrackError
from spinetrack.store import (
    backup,
    connection,
    converting,
    forgetting_rows,
    placing,
    pouring,
    reading,
    rows,
    sealed_files,
    swapping,
)
from spinetrack.store.daily import FOLDER

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from spinetrack.recovery.tried import Handover, ImportRun
    from spinetrack.store.forgetting_rows import Gone, Wish

MARK: Final = "forgotten"
"""The row of `meta` that says when something was forgotten last."""


class Reach(NamedTuple):
    """What forgetting comes to, and what it cannot come to."""

    gone: Gone
    handovers: tuple[Handover, ...]
    """Reports and exports that were made."""
    imports: tuple[ImportRun, ...]
    """Files that were taken in: somebody may still have them."""


class Left(NamedTuple):
    """What is there after it."""

    copy: Path | None
    """The one copy that was made afterwards; None where nothing is left to copy."""
    others: tuple[Path, ...]
    """Files beside the diary that are none of its own."""


def look(path: Path, wish: Wish) -> Reach:
    """Say what would go. Changes nothing.

    Raises:
        DiaryFileError: the diary cannot be read.
        BusyError: another program holds it.

    """
    from spinetrack.store.rows_tried import HANDOVER, IMPORT_RUN

    with connection.saying(path, writing=False), closing(sqlite3.connect(":memory:")) as memory:
        memory.isolation_level = None
        with closing(connection.connect(path, "ro")) as present:
            present.execute("BEGIN")
            backup.copy_pages(present, memory)
        handovers, imports = reading.read(memory, HANDOVER), reading.read(memory, IMPORT_RUN)
        return Reach(forgetting_rows.purge(memory, wish, ""), handovers, imports)


def forget(path: Path, wish: Wish, now: datetime) -> Left:
    """Forget it: in the diary, and in the copies beside it, which are deleted and made anew as one.

    A kill in the middle leaves a whole diary. To end the work the same is forgotten once more: copies go
    whether or not the diary still held anything.

    Raises:
        DiaryFileError: the diary is damaged, or the disk is full; it is whole, old or new.
        BusyError: another program holds it for 5 seconds.

    """
    moment = rows.utc_text(now)
    with converting.saying(path):
        with swapping.alone(path) as (present, put), closing(sqlite3.connect(":memory:")) as memory:
            memory.isolation_level = None
            pouring.pour(present, memory)  # Not page by page: that waits for ever for our own lock.
            forgetting_rows.purge(memory, wish, moment)
            memory.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (MARK, moment))
            memory.execute("BEGIN")
            secret = sealed_files.secret_of(str(path.absolute())) if connection.is_sealed(path) else None
            with converting.made(path, memory, secret) as draft:
                put(draft)
        old = _copies(path.parent)
        copy = None if wish.everything else backup.write_backup(path, now, "asked")
        kept = {copy, backup.digest_file(copy)} if copy else set()
        for place in old:
            if place not in kept:
                swapping.delete_wiped(place)
        converting.drop_drafts(path.parent)
    return Left(copy, tuple(_others(path)))


def forgotten_on(db: sqlite3.Connection) -> str | None:
    """Return the moment something was forgotten last, in UTC text; None when nothing ever was."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (MARK,)).fetchone()
    return str(found[0]) if found else None


def _copies(home: Path) -> list[Path]:
    folder = home / FOLDER
    return [place for place in sorted(folder.iterdir()) if place.is_file()] if folder.is_dir() else []


def _others(path: Path) -> list[Path]:
    """Return what lies beside the diary and may be another version of it."""
    with suppress(OSError, SpinetrackError):
        return [
            place
            for place in sorted(path.parent.iterdir())
            if place.is_file()
            and place != path
            and place.suffix not in {".json", ".toml"}
            and not place.name.startswith(placing.DRAFT)
        ]
    return []
