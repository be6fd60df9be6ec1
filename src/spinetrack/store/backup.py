"""One copy of the diary file: made beside a running writer, checked, with its SHA-256 beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

from spinetrack.errors import DiaryFileError, SpinetrackError
from spinetrack.store import connection, failures, placing
from spinetrack.store.daily import DAILY, DIGEST, FOLDER, SEALED, STAMP
from spinetrack.store.failures import NO_COPY, NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


def write_backup(path: Path, now: datetime, label: str, folder: Path | None = None) -> Path:
    """Copy the diary at `path` and check the copy, while others may go on writing.

    Args:
        path: The diary file.
        now: Goes into the name of the copy.
        label: Why it is made, one word for the name.
        folder: Where the copy goes; None is `backups` beside the diary.

    Returns:
        The copy. Beside it lies `NAME.sha256`, in the form that `sha256sum --check` reads.

    Raises:
        DiaryFileError: if the copy cannot be written or is not good; then none is left.
        BusyError: if the diary is held by another program.

    """
    copy = _make(path, now, label, folder or path.parent / FOLDER, checked=True)
    try:
        note_digest(copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise refusal(error, copy) from error
    return copy


def write_plain(path: Path, now: datetime) -> Path:
    """Copy the diary at `path` as `write_backup` does, and leave checking the copy to later.

    Raises:
        DiaryFileError, BusyError: as `write_backup`.

    """
    return _make(path, now, DAILY, path.parent / FOLDER, checked=False)


def write_sealed(
    path: Path, now: datetime, close: Callable[[bytes], bytes], folder: Path | None = None
) -> Path:
    """Copy the diary at `path` into an encrypted file. No plain copy of it reaches the disk.

    Args:
        path: The diary file.
        now: Goes into the name of the copy.
        close: Encrypts the bytes of a diary file.
        folder: Where the copy goes; None is `backups` beside the diary.

    Returns:
        The copy, with its SHA-256 beside it.

    Raises:
        DiaryFileError: if the copy cannot be written or the diary is not good; then none is left.
        BusyError: if the diary is held by another program.

    """
    sealed = close(image_of(path))
    folder = folder or path.parent / FOLDER
    number = 0
    copy = sealed_name(name_in(folder, f"{path.stem}-asked", now))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = placing.new_draft(copy)
        try:
            draft.write_bytes(sealed)
            placing.sync(draft)
            while not placing.put(draft, copy):
                number += 1
                copy = sealed_name(name_in(folder, f"{path.stem}-asked", now, number))
        finally:
            placing.drop(draft)
        note_digest(copy)
    except OSError as error:
        raise refusal(error, copy) from error
    return copy


def image_of(path: Path) -> bytes:
    """Return the bytes of a plain diary file with what the diary at `path` holds, checked, in memory alone.

    Raises:
        DiaryFileError: if it cannot be read or is damaged.
        BusyError: if it is held by another program.

    """
    with connection.saying(path, writing=False), closing(sqlite3.connect(":memory:")) as copy:
        with closing(connection.connect(path, "ro")) as read:
            read.execute("BEGIN")
            read.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            copy_pages(read, copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise failures.damaged(path)
        return copy.serialize()


def fill(image: bytes, target: Path, like: Path | None) -> None:
    """Fill the file `target` with the bytes of a diary file, which need not be good.

    Args:
        image: The bytes.
        target: An empty file.
        like: `target` is encrypted where this file is; None makes it a plain one.

    Raises:
        sqlite3.Error: they are not those of one, or `target` cannot be written.

    """
    opened = connection.connect_like(target, like) if like else connection.connect(target)
    with closing(sqlite3.connect(":memory:")) as read, closing(opened) as written:
        read.deserialize(image)
        read.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        copy_pages(read, written)


def copy_over(source: Path, target: Path, like: Path | None = None) -> None:
    """Fill the file `target` with what the diary file `source` holds at this moment.

    Args:
        source: The diary.
        target: An empty file.
        like: `target` is encrypted where this file is, with its key; None is `source` itself.

    Raises:
        sqlite3.Error: if one of them cannot be used; `SQLITE_BUSY` when `source` is held for 5 seconds.

    """
    read = connection.connect(source)
    try:
        written = connection.connect_like(target, like or source)
    except BaseException:
        read.close()
        raise
    try:
        # With a lock of its own: `backup` waits for ever for somebody else's.
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        copy_pages(read, written)
    finally:
        written.close()
        read.close()


def copy_pages(read: sqlite3.Connection, written: sqlite3.Connection) -> None:
    """Copy page by page, or row by row between a plain file and an encrypted one."""
    if type(read) is not type(written):
        from spinetrack.store.pouring import pour

        pour(read, written)
        return
    # Nobody sees the target before it is whole, so it needs no journal.
    written.execute("PRAGMA journal_mode = OFF")
    written.execute("PRAGMA synchronous = OFF")
    read.backup(written)


def refuse_damaged(copy: Path) -> None:
    """Let a copy pass if it is a whole diary.

    Raises:
        DamagedError: if it is damaged, or no diary at all.
        DiaryFileError: if it cannot be opened; an encrypted one without its key is no damaged one.
        BusyError: if another program holds it.

    """
    from spinetrack.store.migrations import APPLICATION_ID

    connection.notice(copy)
    with connection.saying(copy, writing=False):
        db = connection.connect(copy, "ro")
        try:
            found = db.execute("PRAGMA integrity_check").fetchone()
            owner = db.execute("PRAGMA application_id").fetchone()
        finally:
            db.close()
    if found != ("ok",) or owner != (APPLICATION_ID,):
        raise failures.damaged(copy)


def note_digest(copy: Path) -> None:
    """Write the SHA-256 of a copy beside it.

    Raises:
        OSError: it cannot be written.

    """
    note = digest_file(copy)
    draft = placing.new_draft(note)
    try:
        draft.write_text(f"{sha256_of(copy)}  {copy.name}\n", encoding="ascii")
        placing.replace(draft, note)
    finally:
        placing.drop(draft)


def digest_file(copy: Path) -> Path:
    """Name the file that holds the SHA-256 of a copy."""
    return copy.with_name(copy.name + DIGEST)


def noted_digest(copy: Path) -> str | None:
    """Read the SHA-256 that lies beside a copy; None when there is none, "" when it is no such text.

    Raises:
        OSError: it cannot be read.

    """
    try:
        with digest_file(copy).open(encoding="ascii", errors="replace") as note:
            word = note.readline(200).split(" ")[0].strip()
    except FileNotFoundError:
        return None
    return word if len(word) == 64 and word.isalnum() else ""  # noqa: PLR2004


def sha256_of(path: Path) -> str:
    """Compute the SHA-256 of a file, as hexadecimal text."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refusal(error: OSError, copy: Path) -> DiaryFileError:
    """Word what the file system said about a copy."""
    folder = copy.parent
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return DiaryFileError(f"This is a file, a copy needs a folder: {folder}. {NO_COPY}")
    if isinstance(error, PermissionError):
        return DiaryFileError(f"The folder for the copy is closed to us: {folder}. {NO_COPY}")
    return DiaryFileError(f"The folder for the copy cannot be written: {folder}. {NO_COPY}")


def sealed_name(copy: Path) -> Path:
    """Name a copy that is encrypted."""
    return copy.with_name(copy.name + SEALED)


def name_in(folder: Path, stem: str, now: datetime, number: int = 0) -> Path:
    """Name a copy by the moment; `number` tells those of one second apart."""
    more = f"-{number}" if number else ""
    return folder / f"{stem}-{now.astimezone(UTC):{STAMP}}{more}.db"


def _make(path: Path, now: datetime, label: str, folder: Path, *, checked: bool) -> Path:
    """Make a copy with a name of its own: there whole, or not at all."""
    copy = name_in(folder, f"{path.stem}-{label}", now)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = placing.new_draft(copy)
    except OSError as error:
        raise refusal(error, copy) from error
    try:
        copy_over(path, draft)
        if checked:
            refuse_damaged(draft)
        placing.sync(draft)
        number = 0
        while not placing.put(draft, copy):
            number += 1
            copy = name_in(folder, f"{path.stem}-{label}", now, number)
    except sqlite3.Error as error:
        raise _without_copy(failures.of_sqlite(error, path, writing=True)) from error
    except (failures.DamagedError, UnicodeDecodeError) as error:
        told = f"The diary file is damaged: {path}. {NO_COPY}"
        raise failures.DamagedError(told, hint=failures.SEE_DOCTOR) from error
    except OSError as error:
        raise refusal(error, copy) from error
    finally:
        placing.drop(draft)
    return copy


def _without_copy(told: SpinetrackError) -> SpinetrackError:
    """Return an error that says what was not made."""
    return type(told)(str(told).replace(NOTHING_SAVED, NO_COPY), hint=told.hint)
