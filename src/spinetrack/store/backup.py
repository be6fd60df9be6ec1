"""A verified copy of the diary file, with its SHA-256 beside it."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from spinetrack.errors import DiaryFileError
from spinetrack.store import failures

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def write_backup(path: Path, now: datetime, label: str) -> Path:
    """Copy the diary at `path` into its folder `backups` and check the copy.

    Args:
        path: The diary file.
        now: Goes into the name of the copy.
        label: Why it was made, for the name.

    Returns:
        The copy. Beside it lies `NAME.sha256`, in the form that `sha256sum --check` reads.

    Raises:
        DiaryFileError: if the copy cannot be written or is not good; then none is left.
        BusyError: if the diary is held by another program.

    """
    folder = path.parent / "backups"
    stem = f"diary-{label}-{now:%Y%m%dT%H%M%S}"
    copy: Path | None = None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copy = _empty_file(folder, stem)
        _copy(path, copy)
        _write_digest(copy)
    except sqlite3.Error as error:
        _discard(copy)
        raise failures.of_sqlite(error, copy or path, writing=True) from error
    except OSError as error:
        _discard(copy)
        raise failures.of_system(error, folder / stem, writing=True) from error
    except BaseException:
        _discard(copy)
        raise
    return copy


def sha256_of(path: Path) -> str:
    """Compute the SHA-256 of a file, as hexadecimal text."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _empty_file(folder: Path, stem: str) -> Path:
    """Make a file that only its owner can read, before a byte of the diary is in it."""
    number = 0
    while True:
        name = folder / (f"{stem}-{number}.db" if number else f"{stem}.db")
        try:
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            number += 1
        else:
            return name


def _copy(path: Path, copy: Path) -> None:
    source = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        timeout=failures.BUSY_MILLISECONDS / 1000,
    )
    target = sqlite3.connect(copy)
    try:
        # With a lock of its own: `backup` waits for ever for somebody else's.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        source.backup(target)
        found = target.execute("PRAGMA integrity_check").fetchone()
    finally:
        target.close()
        source.close()
    if found != ("ok",):
        raise DiaryFileError(
            f"The diary file is damaged: {path}. No backup was made.", hint=failures.LOOK_IN_BACKUPS
        )


def _write_digest(copy: Path) -> None:
    note = copy.with_name(f"{copy.name}.sha256")
    with os.fdopen(os.open(note, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(f"{sha256_of(copy)}  {copy.name}\n")
        file.flush()
        os.fsync(file.fileno())
    with copy.open("rb+") as written:
        os.fsync(written.fileno())


def _discard(copy: Path | None) -> None:
    if copy is not None:
        for name in (copy, copy.with_name(f"{copy.name}.sha256")):
            name.unlink(missing_ok=True)
