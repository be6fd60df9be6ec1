"""Which files are encrypted, which secret opened them, and opening them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spinetrack.store import connection, failures
from spinetrack.store.secrets import SALT_LENGTH, Held, LockedError, Way, write_mark

if TYPE_CHECKING:
    from spinetrack.store.secrets import Secret

PLAIN: Final = b"SQLite format 3\0"
PAGE: Final = 4096
MANY: Final = 200
"""Different bytes that 4096 bytes of chance have at least: they have 256 on average; text has under 100."""
NEEDS: Final = "Your diary is encrypted. For that you need: pip install 'spinetrack[encrypted]'"
NO_KEY: Final = "Your diary is encrypted, and no key is here. Type the passphrase in a terminal."
WRONG: Final = "This passphrase or key does not open the diary: {}."
LOST: Final = "Nobody can open it without. If you are sure of it, the file is damaged: spinetrack doctor"

_held = [Held(None)]
_handles: dict[tuple[int, int], int] = {}
"""Open handles of the files that were looked into. Closing one would give up the locks on its file."""
_opened: dict[tuple[int, int], Secret] = {}


def held() -> Held:
    """Return the secrets of this run."""
    keys = connection.keys_in_use()
    if _held[0].keys is not keys:
        _held[0] = Held(keys)
        for handle in _handles.values():
            os.close(handle)
        _handles.clear()
        _opened.clear()
    return _held[0]


def open_sealed(place: str, mode: str) -> sqlite3.Connection | None:
    """Open an encrypted file with whatever fits; None for a file that is not encrypted.

    Raises:
        LockedError: nothing fits.
        sqlite3.Error: it cannot be opened.

    """
    secrets = held()
    salt = salt_of(place)
    if salt is None:
        return None
    tried = False
    for secret in secrets.candidates(place):
        tried = True
        db = try_secret(place, mode, secret, salt)
        if db is not None:
            secrets.keep(secret)
            _opened[_identity(place)] = secret
            return db
    if tried:
        raise LockedError(WRONG.format(place), hint=LOST)
    raise LockedError(NO_KEY)


def open_marking(path: str, mode: str) -> sqlite3.Connection:
    """Open an encrypted diary whose mark was lost, and mark it: its copies are encrypted too."""
    db = connection.connect(path, mode)
    with suppress(OSError):
        write_mark(Path(path).parent, (Way("passphrase"),))
    return db


def try_secret(place: str, mode: str, secret: Secret, salt: bytes) -> sqlite3.Connection | None:
    """Open an encrypted file with one secret; None when it does not fit.

    Raises:
        LockedError: the extra `encrypted` is not installed.
        sqlite3.Error: it cannot be opened.

    """
    db = _connect(connection.uri_of(place, mode), secret, salt)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        db.close()
        if failures.is_no_diary(error):
            return None
        raise
    return db


def create(target: Path, secret: Secret) -> sqlite3.Connection:
    """Open an empty file that becomes an encrypted one.

    Raises:
        LockedError: the extra `encrypted` is not installed.

    """
    place = os.path.abspath(target)
    db = _connect(connection.uri_of(place, "rw"), secret, held().salt_for(secret))
    connection.remember_sealed(place)
    held().keep(secret)
    return db


def secret_of(place: str) -> Secret:
    """Return the secret that opens an encrypted file."""
    if _identity(place) not in _opened:
        db = open_sealed(place, "ro")
        if db is not None:
            db.close()
    return _opened[_identity(place)]


def salt_of(place: str) -> bytes | None:
    """Return the first bytes of an encrypted file; None for a plain or an empty one."""
    held()
    try:
        head = _read(place, SALT_LENGTH)
    except OSError:
        return None  # Whoever opens it says why it cannot be.
    return head if len(head) == SALT_LENGTH and head != PLAIN else None


def looks_sealed(place: str) -> bool:
    """Tell whether a file is as nothing but chance would write it, page by page."""
    held()
    try:
        size, page = os.stat(place).st_size, _read(place, PAGE)
    except OSError:
        return False
    return size > 0 and size % PAGE == 0 and is_chance(page)


def refuse_without_extra() -> None:
    """Let a computer pass that can encrypt.

    Raises:
        LockedError: the extra `encrypted` is not installed.

    """
    try:
        from spinetrack.store import cipher  # noqa: F401 - whether it is there is the question
    except ImportError as error:
        raise LockedError(
            "An encrypted diary needs one more part: pip install 'spinetrack[encrypted]'"
        ) from error


def is_chance(page: bytes) -> bool:
    """Tell whether the first page of a file is as nothing but chance would write it."""
    return len(page) == PAGE and not page.startswith(PLAIN) and len(set(page)) >= MANY


def _connect(uri: str, secret: Secret, salt: bytes) -> sqlite3.Connection:
    try:
        from spinetrack.store import cipher
    except ImportError as error:
        raise LockedError(NEEDS) from error
    return cipher.connect(uri, held().derived(secret, salt), salt, failures.BUSY_MILLISECONDS / 1000)


def _identity(place: str) -> tuple[int, int]:
    found = os.stat(place)
    return found.st_dev, found.st_ino


def _read(place: str, most: int) -> bytes:
    identity = _identity(place)
    handle = _handles.get(identity)
    if handle is None:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        _handles[identity] = handle
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, most)
