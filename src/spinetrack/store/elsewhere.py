"""A diary file of another place, read without a change to it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spinetrack.errors import DiaryFileError, ValueRefusedError
from spinetrack.store import Store, connection, migrations
from spinetrack.store.backup import copy_over
from spinetrack.store.connection import FILE_NAME
from spinetrack.store.documents import shapes
from spinetrack.store.failures import NOTHING_CHANGED, NOTHING_SAVED
from spinetrack.store.foreign import refuse_odd_schema
from spinetrack.store.records import document_of, read_records, record_of, records_in

if TYPE_CHECKING:
    from datetime import datetime

    from spinetrack.store.records import Record

LARGEST: Final = 400_000_000
"""Bytes that a diary file may have: it is copied before it is read."""
MOST_RECORDS: Final = 200_000
"""Fifty years of eleven records a day."""
MOST_VALUES: Final = 600_000
"""Fifty years of thirty values a day."""


def read_elsewhere(source: Path | bytes, now: datetime) -> tuple[str | None, tuple[Record, ...]]:
    """Read whose diary it is and all its records.

    A file is copied into a folder that only its owner can look into, and that is gone afterwards: an
    older file is brought to the present format there. What was sealed stays in memory.

    Args:
        source: The file, or what is in it where it was sealed.
        now: The moment.

    Raises:
        ValueRefusedError: it is another program's, damaged, or newer than this program.
        BusyError: another program holds it.

    """
    shown = "what was sealed" if isinstance(source, bytes) else str(source)
    try:
        if isinstance(source, bytes):
            return _read_image(source, shown)
        return _read_copy(source, now, shown)
    except (ValueError, TypeError) as error:
        raise ValueRefusedError(
            f"This diary file holds what no diary can: {shown}. {NOTHING_SAVED}"
        ) from error
    except DiaryFileError as error:
        raise ValueRefusedError(
            f"{str(error).removesuffix(NOTHING_CHANGED).strip()} {NOTHING_SAVED}"
        ) from error


def _read_copy(path: Path, now: datetime, shown: str) -> tuple[str | None, tuple[Record, ...]]:
    with tempfile.TemporaryDirectory(prefix="spinetrack-") as folder:
        copy = Path(folder) / FILE_NAME
        copy.touch(mode=0o600)
        try:
            with connection.saying(path, writing=False):
                _refuse_foreign(path)
                copy_over(path, copy)
                with closing(connection.connect(copy, "ro")) as db:
                    refuse_odd_schema(db, path)
            with Store(folder, lambda: now) as store:
                _refuse_many(store, shown)
                return store.patient(), tuple(map(_checked, records_in(store)))
        except DiaryFileError as error:
            raise DiaryFileError(str(error).replace(str(copy), shown)) from error


def _read_image(image: bytes, shown: str) -> tuple[str | None, tuple[Record, ...]]:
    with connection.saying(shown, writing=False), closing(_memory()) as db:
        db.deserialize(image)
        refuse_odd_schema(db, shown)
        migrations.bring_up(db, migrations.version_of(db, shown))
        _count(db, shown)
        (patient,) = db.execute("SELECT value FROM meta WHERE key = 'patient'").fetchone()
        return str(patient), tuple(map(_checked, read_records(db)))


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _checked(record: Record) -> Record:
    """Let a record pass that a bundle could hold: its history too decides what a merge does."""
    return record_of(document_of(record))


def _refuse_many(store: Store, shown: str) -> None:
    with store._reading() as db:  # noqa: SLF001 - one room
        if db is not None:
            _count(db, shown)


def _count(db: sqlite3.Connection, shown: str) -> None:
    """Let a diary pass that a person could have kept: all of it is read at once."""
    for tables, most in ((("observation",), MOST_VALUES), ((*shapes(), "tombstone"), MOST_RECORDS)):
        if sum(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables) > most:
            raise ValueRefusedError(f"This diary file holds more than a life can: {shown}. {NOTHING_SAVED}")


def _refuse_foreign(path: Path) -> None:
    if path.stat().st_size > LARGEST:
        raise ValueRefusedError(f"This file is too large: {path}. {NOTHING_SAVED}")
    connection.notice(path)
    db = connection.connect(path, "ro")
    try:
        migrations.refuse_newer(migrations.version_of(db, path), path)
    finally:
        db.close()
