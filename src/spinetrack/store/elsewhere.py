"""A diary file of another place, read without a change to it."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spinetrack.errors import DiaryFileError, ValueRefusedError
from spinetrack.store import Store, connection, migrations
from spinetrack.store.backup import copy_over
from spinetrack.store.connection import FILE_NAME
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.store.foreign import refuse_odd_schema
from spinetrack.store.records import document_of, record_of, records_in

if TYPE_CHECKING:
    from datetime import datetime

    from spinetrack.store.records import Record

LARGEST: Final = 400_000_000
"""Bytes that a diary file may have: it is copied before it is read."""


def read_elsewhere(source: Path | bytes, now: datetime) -> tuple[str | None, tuple[Record, ...]]:
    """Read whose diary it is and all its records.

    Args:
        source: The file, or what is in it.
        now: The moment.

    The file is copied into a folder that only its owner can look into, and that is gone afterwards: an
    older file is brought to the present format there.

    Raises:
        ValueRefusedError: it is another program's, damaged, or newer than this program.
        BusyError: another program holds it.

    """
    with tempfile.TemporaryDirectory(prefix="spinetrack-") as folder:
        copy = Path(folder) / FILE_NAME
        copy.touch(mode=0o600)
        path = copy if isinstance(source, bytes) else source
        shown = "what was sealed" if isinstance(source, bytes) else str(source)
        if isinstance(source, bytes):
            copy.write_bytes(source)
        try:
            with connection.saying(path, writing=False):
                _refuse_foreign(path)
                if path is not copy:
                    copy_over(path, copy)
                _refuse_odd(copy)
            with Store(folder, lambda: now) as store:
                return store.patient(), tuple(map(_checked, records_in(store)))
        except ValueError as error:
            raise ValueRefusedError(
                f"This diary file holds what no diary can: {shown}. {NOTHING_SAVED}"
            ) from error
        except DiaryFileError as error:
            sentence = str(error).replace(str(copy), shown).removesuffix(" Nothing was changed.")
            raise ValueRefusedError(f"{sentence} {NOTHING_SAVED}") from error


def _checked(record: Record) -> Record:
    """Let a record pass that a bundle could hold: its history too decides what a merge does."""
    return record_of(document_of(record))


def _refuse_odd(copy: Path) -> None:
    with closing(connection.connect(copy, "ro")) as db:
        refuse_odd_schema(db, copy)


def _refuse_foreign(path: Path) -> None:
    if path.stat().st_size > LARGEST:
        raise ValueRefusedError(f"This file is too large: {path}. {NOTHING_SAVED}")
    connection.notice(path)
    db = connection.connect(path, "ro")
    try:
        migrations.refuse_newer(migrations.version_of(db, path), path)
    finally:
        db.close()
