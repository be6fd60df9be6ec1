"""What SQLite and the system say, in the patient's words."""

from __future__ import annotations

import os
import sqlite3

from spinetrack.errors import BusyError, DiaryFileError, SpinetrackError, ValueRefusedError
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

BUSY_MILLISECONDS: Final = 5000
"""How long another writer is waited for."""

NOTHING_SAVED: Final = "Nothing was saved."
NOTHING_CHANGED: Final = "Nothing was changed."
NO_COPY: Final = "No copy was made."
SEE_DOCTOR: Final = "What to do now: spinetrack doctor"

_LOW_BYTE: Final = 0xFF
"""Of SQLite's extended code: the kind of the error."""
_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LOCKED_AWAY: Final = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}
)
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_UNREADABLE: Final = _DAMAGED | {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_FORMAT}
"""What a diary gives whose tables are not there or whose header is wrong, damage included."""
_REFUSED: Final = frozenset({sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH})


class DamagedError(DiaryFileError):
    """The bytes of the file are not those of a diary: no permission and no waiting will help."""


class NewerError(DiaryFileError):
    """A newer spinetrack wrote the file."""


def busy() -> BusyError:
    """Say that somebody else has held the file for longer than we wait."""
    return BusyError("Another spinetrack is writing. Try again in a moment.")


def damaged(path: Path | str) -> DamagedError:
    """Say that the file is ours and cannot be understood."""
    return DamagedError(f"The diary file is damaged: {path}.", hint=SEE_DOCTOR)


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program holds the file."""
    return _kind(error) in _HELD


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the bytes of the file are not those of a diary."""
    return _kind(error) in _DAMAGED


def is_no_diary(error: sqlite3.Error) -> bool:
    """Tell whether the first bytes of the file are not those of a diary: what a wrong key sees too."""
    return _kind(error) == sqlite3.SQLITE_NOTADB


def is_full(error: sqlite3.Error) -> bool:
    """Tell whether the disk is full, or refuses."""
    return _kind(error) in _FULL


def of_sqlite(error: sqlite3.Error, path: Path | str, *, writing: bool) -> SpinetrackError:
    """Word an error of SQLite; `writing` says whether something was to be saved."""
    kind = _kind(error)
    if kind in _HELD:
        return busy()
    if kind in _REFUSED:
        return ValueRefusedError(f"The diary refused a value. {NOTHING_SAVED}")
    if writing and kind not in _DAMAGED:
        return DiaryFileError(f"{_write_failure(kind, path)} {NOTHING_SAVED}")
    if kind in _LOCKED_AWAY:
        return DiaryFileError(f"The diary file cannot be opened: {path}.")
    if kind in _FULL:
        return DiaryFileError(f"The disk refuses to read the diary file: {path}.")
    return damaged(path) if kind in _UNREADABLE else DiaryFileError(f"{_write_failure(kind, path)}")


def of_system(error: OSError, path: Path | str, *, writing: bool) -> DiaryFileError:
    """Word an error of the file system."""
    lost = f" {NOTHING_SAVED}" if writing else ""
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return DiaryFileError(f"This is a file, the diary needs a folder: {os.path.dirname(path)}.{lost}")
    if isinstance(error, PermissionError):
        return DiaryFileError(f"The folder of the diary is closed to us: {os.path.dirname(path)}.{lost}")
    if writing:
        return DiaryFileError(f"The folder of the diary cannot be written: {os.path.dirname(path)}.{lost}")
    return DiaryFileError(f"The diary file cannot be opened: {path}.")


def unchanged(told: SpinetrackError) -> SpinetrackError:
    """Return the same error about what was not changed, in the place of what was not saved."""
    return type(told)(str(told).replace(NOTHING_SAVED, NOTHING_CHANGED), hint=told.hint)


def _kind(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & _LOW_BYTE


def _write_failure(kind: int, path: Path | str) -> str:
    if kind in _LOCKED_AWAY:
        return f"The diary can be read but not changed: {path}."
    if kind in _FULL:
        return "The disk is full, or refuses to write."
    return f"The diary file cannot be used: {path}."
