"""The diary is encrypted, given another key, or made plain again, and its copies with it.

Each file is made anew beside the old one, compared with it row by row, and then takes its place: at every
moment there is one whole diary under its name. `lock.json` names the new way in before the diary needs it
and the old one until all is done.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import SpinetrackError
from spinetrack.store import (
    backup,
    backups,
    connection,
    failures,
    placing,
    pouring,
    sealed_files,
    secrets,
    swapping,
)
from spinetrack.store.daily import DIGEST, FOLDER, SEALED
from spinetrack.store.failures import unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spinetrack.store.secrets import Secret, Way


class Target(NamedTuple):
    """What the files shall be."""

    secret: Secret | None
    """None: plain."""
    way: Way | None = None
    """Where the key will come from."""


class Converted(NamedTuple):
    """What came of it."""

    copies: int
    """Copies that are as the diary now."""
    left: tuple[Path, ...]
    """Files beside the diary that are not: plain ones of an encrypted diary, or what nothing opens."""


def convert(path: Path, target: Target) -> Converted:
    """Make the diary at `path` and its copies what they shall be.

    Raises:
        DiaryFileError: a file is damaged, or the disk is full; the diary is whole, old or new.
        BusyError: another program holds the diary for 5 seconds.

    """
    with saying(path):
        before = secrets.read_mark(str(path.parent)) or ()
        with swapping.alone(path) as (present, put), made(path, present, target.secret) as draft:
            _name_way(path.parent, target.way, before)
            try:
                put(draft)
            except OSError:
                secrets.write_mark(path.parent, before)
                raise
        drop_drafts(path.parent)
        done = convert_copies(path, target.secret)
        secrets.write_mark(path.parent, (target.way,) if target.way else ())
    for way in before:
        if way != target.way:
            with suppress(SpinetrackError):  # It opens nothing any more.
                secrets.forget_way(way)
    return done


def _name_way(folder: Path, way: Way | None, before: tuple[Way, ...]) -> None:
    """Say how the diary will be opened, and how it was: until its copies are as it is, both are needed."""
    if way is not None:
        secrets.write_mark(folder, (way, *(other for other in before if other != way)))


def is_unfinished(path: Path) -> bool:
    """Tell whether a stopped `convert` made the diary plain and not yet its copies."""
    return not connection.is_sealed(path) and secrets.read_mark(str(path.parent)) is not None


def finish(path: Path) -> Converted:
    """Make the copies what the diary is: what a stopped `convert` left.

    Raises:
        DiaryFileError: nothing opens the diary, or the disk is full.

    """
    with saying(path):
        drop_drafts(path.parent)
        sealed = connection.is_sealed(path)
        done = convert_copies(path, sealed_files.secret_of(str(path.absolute())) if sealed else None)
        if not sealed:
            secrets.write_mark(path.parent, ())
        return done


def unlike(path: Path) -> tuple[Path, ...]:
    """Return the files beside an encrypted diary that have another key, or none.

    Raises:
        DiaryFileError: nothing opens the diary.

    """
    if not connection.is_sealed(path):
        return ()
    with saying(path):
        return tuple(_others(path, sealed_files.secret_of(str(path.absolute()))))


def convert_copies(path: Path, secret: Secret | None) -> Converted:
    """Make the copies beside the diary what the diary is; name the files that stay otherwise.

    Raises:
        sqlite3.Error: the disk is full or refuses.
        OSError: the file system refuses.

    """
    done = 0
    for copy in backups.copies(path.parent):
        if not copy.sealed:
            done += _convert_copy(copy.path, secret)
    return Converted(done, tuple(_others(path, secret)))


def _convert_copy(copy: Path, secret: Secret | None) -> bool:
    """Convert one copy; return whether it is as it shall be."""
    if backups.is_as_made(copy) is False:
        return False  # It is not what it was: whoever has it must decide.
    try:
        read = _opened(copy)
        if read is None:
            return False
        with closing(read):
            if _is(copy, secret):
                return True
            read.execute("BEGIN")
            with made(copy, read, secret) as draft:
                checked = backup.digest_file(copy).exists()
                backup.digest_file(copy).unlink(missing_ok=True)
                swapping.replace_wiped(draft, copy)
                if checked:
                    backup.note_digest(copy)
    except sqlite3.Error as error:
        if failures.is_full(error):
            raise
        return False
    except (failures.DamagedError, UnicodeDecodeError):
        return False
    return True


def _opened(copy: Path) -> sqlite3.Connection | None:
    """Open a copy, plain or with what opened the diary; None when that does not open it."""
    try:
        return connection.connect(copy)
    except secrets.LockedError:
        return None


def _is(path: Path, secret: Secret | None) -> bool:
    """Tell whether a file is plain, or has this secret."""
    salt = sealed_files.salt_of(str(path))
    if salt is None or secret is None:
        return salt is None and secret is None
    found = sealed_files.try_secret(str(path), "ro", secret, salt)
    if found is not None:
        found.close()
    return found is not None


@contextmanager
def made(path: Path, source: sqlite3.Connection, secret: Secret | None) -> Iterator[Path]:
    """Make a draft beside `path` with what `source` holds, and compare both.

    Raises:
        DamagedError: they differ.

    """
    draft = placing.new_draft(path)
    try:
        with closing(_new(draft, secret)) as written:
            pouring.pour(source, written)
        placing.sync(draft)
        with closing(connection.connect(draft)) as back:
            whole = back.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            if not whole or pouring.content_hash(back) != pouring.content_hash(source):
                raise failures.damaged(path)
        yield draft
    finally:
        placing.drop(draft)


def _new(draft: Path, secret: Secret | None) -> sqlite3.Connection:
    if secret is None:
        return connection.connect(draft)
    return sealed_files.create(draft, secret)


def drop_drafts(home: Path) -> None:
    """Take away what is left of half-made files: they hold the diary as it was."""
    for folder in (home, home / FOLDER):
        with suppress(OSError):
            for place in folder.iterdir():
                if place.name.startswith(f"{placing.DRAFT}diary") and place.is_file():
                    swapping.delete_wiped(place)


def _others(path: Path, secret: Secret | None) -> Iterator[Path]:
    """Yield the files beside the diary that are not as the diary is."""
    folders = [folder for folder in (path.parent, path.parent / FOLDER) if folder.is_dir()]
    for place in (place for folder in folders for place in sorted(folder.iterdir())):
        if not place.is_file() or place.suffix in {SEALED, DIGEST, ".json", ".toml"} or place == path:
            continue
        with suppress(SpinetrackError, OSError, sqlite3.Error):
            if _is(place, secret):
                continue
        yield place


@contextmanager
def saying(path: Path) -> Iterator[None]:
    """Word what SQLite and the system refuse."""
    try:
        yield
    except sqlite3.Error as error:
        raise unchanged(failures.of_sqlite(error, path, writing=True)) from error
    except UnicodeDecodeError as error:
        raise failures.damaged(path) from error
    except OSError as error:
        raise unchanged(failures.of_system(error, path, writing=True)) from error
