"""The diary file: found, made, opened and checked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from stat import S_ISDIR
from time import monotonic

from spinetrack.errors import DiaryFileError
from spinetrack.store import failures
from spinetrack.store.daily import FOLDER, MARK
from spinetrack.typed import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from spinetrack.store.secrets import Keys

FILE_NAME: Final = "diary.db"

_ASK_AGAIN_MILLISECONDS: Final = 20

_noticed: set[str] = set()
"""Encrypted files without a mark beside them."""
_keys: list[Keys] = []
"""Who can be asked for the key of an encrypted file; at most one."""

# A rollback journal and not WAL: WAL can damage a file before SQLite 3.51.3, and a copy of the one
# file made by hand or by a sync client would miss what lies in its log.
_PRAGMAS: Final = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
)


def open_file(
    path: str, now: Callable[[], datetime], tell: Callable[[str], None]
) -> sqlite3.Connection | None:
    """Open the diary for reading and migrate it when it is older than this program.

    Args:
        path: Where it is.
        now: For the name of the copy that is made before a migration.
        tell: Gets one line about a migration.

    Returns:
        The connection, or None when there is no diary yet.

    Raises:
        DiaryFileError: if the file is not a diary, is newer, or cannot be opened.
        BusyError: if another program holds it for 5 seconds.

    """
    from spinetrack.store import migrations

    if not is_there(path):
        return None
    with saying(path, writing=False):
        db = open_either(path)
        try:
            version = migrations.version_of(db, path)
            if version != len(migrations.MIGRATIONS):
                from pathlib import Path

                migrations.refuse_newer(version, path)
                prepare_writing(db)
                migrations.upgrade(db, Path(path), version, now(), tell)
        except BaseException:
            db.close()
            raise
    return db


def open_either(path: str, mode: str = "rw") -> sqlite3.Connection:
    """Open the diary, plain or encrypted. One whose mark was lost is looked at, and gets its mark again."""
    db = connect(path, mode)
    try:
        db.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        db.close()
        if not failures.is_damage(error) or may_be_sealed(os.path.abspath(path)) or not notice(path):
            raise
        from spinetrack.store import sealed_files

        return sealed_files.open_marking(path, mode)
    return db


def is_there(path: str) -> bool:
    """Tell whether there is a diary file at `path`, or something that stands in its place.

    Raises:
        DiaryFileError: the folder is closed or no folder, or the file is empty or a folder.

    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise failures.of_system(error, path, writing=False) from error
    if S_ISDIR(found.st_mode):
        raise DiaryFileError(f"This is a folder, the diary needs a file: {path}.")
    if found.st_size == 0:
        raise failures.DamagedError(f"The diary file is empty: {path}.", hint=failures.SEE_DOCTOR)
    return True


def create_file(place: str) -> None:
    """Make a diary without records at `place`, its folder too.

    Nobody ever sees a half-made one: it is made under another name and linked into place.

    Raises:
        DiaryFileError: if it cannot be written.

    """
    from pathlib import Path

    from spinetrack.store import placing

    path = Path(place)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = placing.new_draft(path)
    except OSError as error:
        raise failures.of_system(error, path, writing=True) from error
    try:
        with saying(path, writing=True):
            _fill(draft)
        placing.put(draft, path)  # If another process was first, its diary is as new as ours.
    except OSError as error:
        raise failures.of_system(error, path, writing=True) from error
    finally:
        placing.drop(draft)


def connect(path: Path | str, mode: str = "rw") -> sqlite3.Connection:
    """Open a diary file or a copy of one; nothing else in the program does.

    Args:
        path: A file that is there: none is ever made.
        mode: `rw` to read and write, or to read alone where the system allows no more; `ro` to leave
            the file as it is, even when what another program left half-written lies beside it.

    Raises:
        sqlite3.Error: it cannot be opened. Much else shows at the first question only.
        LockedError: it is encrypted, and nothing opens it.

    """
    place = os.path.abspath(path)
    if may_be_sealed(place):
        from spinetrack.store import sealed_files

        sealed = sealed_files.open_sealed(place, mode)
        if sealed is not None:
            return sealed
    return sqlite3.connect(
        uri_of(place, mode), uri=True, isolation_level=None, timeout=failures.BUSY_MILLISECONDS / 1000
    )


def connect_like(target: Path, like: Path | str) -> sqlite3.Connection:
    """Open the empty file `target`, encrypted as the file `like` is, or plain as that."""
    if is_sealed(like):
        from spinetrack.store import sealed_files

        return sealed_files.create(target, sealed_files.secret_of(os.path.abspath(like)))
    return connect(target)


def is_sealed(path: Path | str) -> bool:
    """Tell whether the file at `path` is encrypted."""
    place = os.path.abspath(path)
    if not may_be_sealed(place):
        return False
    from spinetrack.store import sealed_files

    return sealed_files.salt_of(place) is not None


def may_be_sealed(place: str) -> bool:
    """Tell whether anything says that the file at `place` is encrypted, without a look into it.

    Opening and closing a file gives up the locks that this process has on it, so nobody looks twice.
    """
    folder = os.path.dirname(place)
    if os.path.basename(folder) == FOLDER and os.path.exists(os.path.join(os.path.dirname(folder), MARK)):
        return True
    return place in _noticed or os.path.exists(os.path.join(folder, MARK))


def notice(path: Path | str) -> bool:
    """Look whether a file from elsewhere is encrypted, before anybody opens it; return whether it is."""
    from spinetrack.store import sealed_files

    place = os.path.abspath(path)
    if sealed_files.looks_sealed(place):
        remember_sealed(place)
    return place in _noticed


def remember_sealed(place: str) -> None:
    """Note that the file at `place` is encrypted, whatever lies beside it."""
    _noticed.add(place)


def use_keys(keys: Keys) -> None:
    """Say who can be asked for the key of an encrypted diary, from now on."""
    _keys[:] = [keys]


def keys_in_use() -> Keys | None:
    """Return who can be asked for a key."""
    return _keys[0] if _keys else None


def prepare_writing(db: sqlite3.Connection) -> None:
    """Make each commit durable before it returns."""
    for pragma in _PRAGMAS:
        db.execute(pragma)


def begin_writing(db: sqlite3.Connection, how: Literal["IMMEDIATE", "EXCLUSIVE"] = "IMMEDIATE") -> None:
    """Open a transaction that nobody else can write beside; wait 5 seconds for one that can.

    Args:
        db: The diary.
        how: `EXCLUSIVE` keeps readers out too.

    Raises:
        sqlite3.OperationalError: with `SQLITE_BUSY` when another program does not let go.

    """
    deadline = monotonic() + failures.BUSY_MILLISECONDS / 1000
    # SQLite asks less and less often, so that the one who waits longest is the last to be served.
    # Asked anew every few milliseconds, all who wait have the same chance.
    db.execute(f"PRAGMA busy_timeout = {_ASK_AGAIN_MILLISECONDS}")
    try:
        while True:
            try:
                db.execute(f"BEGIN {how}")
            except sqlite3.OperationalError as error:
                if not failures.is_busy(error) or monotonic() > deadline:
                    raise
            else:
                return
    finally:
        db.execute(f"PRAGMA busy_timeout = {failures.BUSY_MILLISECONDS}")


@contextmanager
def saying(path: Path | str, *, writing: bool) -> Iterator[None]:
    """Turn errors of SQLite into a sentence about the diary at `path`.

    Raises:
        SpinetrackError: as `failures` says.

    """
    try:
        yield
    except sqlite3.Error as error:
        raise failures.of_sqlite(error, path, writing=writing) from error
    except UnicodeDecodeError as error:
        # sqlite3 stumbles over its own message when it quotes a damaged file.
        raise failures.damaged(path) from error


def uri_of(place: str, mode: str) -> str:
    """Return the URI of a file by its whole path; what `urllib` does, without loading it."""
    place = place.replace("\\", "/") if os.sep == "\\" else place
    for sign, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        place = place.replace(sign, code)
    return f"file:{place if place.startswith('/') else f'/{place}'}?mode={mode}"


def _fill(draft: Path) -> None:
    from spinetrack.store.migrations import create

    db = connect(draft)
    try:
        prepare_writing(db)
        create(db)
    finally:
        db.close()
