"""A prepared file takes the place of the diary; what was there is kept aside.

Where SQLite can still lock the present file, the prepared one is written into it in one transaction:
another terminal that waits for its turn then writes into the restored diary, not into a file that has
lost its name. Where it cannot, the prepared file takes the name.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.store import backup, connection, failures, placing, rows, uniting
from spinetrack.store.daily import FOLDER
from spinetrack.store.failures import unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from spinetrack.store.comparing import Compared, Inside

_HEAD: Final = 4096
"""Bytes at the start of a diary file that no write leaves as they were."""
_TRIES: Final = 20
"""How often others may write in between before we give up."""


class Prepared(NamedTuple):
    """A copy that is ready to become the diary."""

    work: Path
    """The diary as it would be, a file beside the present one."""
    source: Path
    checked: bool
    """The copy had its SHA-256 beside it, and is as it was made."""
    found: Inside
    """What it holds, with the format it was in."""
    present: Inside | None = None
    """What the diary holds now; None when there is none, or it cannot be read."""
    is_damaged: bool = False
    """There is a file that cannot be read, or that can be read and not be written to."""
    compared: Compared | None = None
    """How they differ; None without a readable diary."""
    kept: int = 0
    """Warning-sign records of the present diary that the copy lacks: they stay."""


class Restored(NamedTuple):
    """What a restore did."""

    aside: Path | None
    """Where the file of before is now; None when there was none."""
    kept: int | None
    """Warning-sign records of before that were added; None when those could not be read."""


class _MovedError(Exception):
    """Somebody wrote into the diary since we looked."""


def draft_of(path: Path) -> Path:
    """Make the empty file beside the diary `path` that shall take its place.

    Raises:
        DiaryFileError: the folder cannot be written.

    """
    with _saying(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return placing.new_draft(path)


def carry_out(path: Path, prepared: Prepared, now: datetime) -> Restored:
    """Put the prepared file in the place of the diary, and keep what was there aside.

    At every moment, whatever happens, `path` is the diary of before or the restored one, and all that
    was ever acknowledged is in one of the two.

    Raises:
        DiaryFileError: the disk is full or refuses; the diary is as it was.
        BusyError: another program holds the diary for 5 seconds.

    """
    with _saying(path):
        for _ in range(_TRIES):
            if not path.exists():
                if placing.put(prepared.work, path):
                    return Restored(None, 0)
                continue
            # Open until the end: closing any handle of the file gives up SQLite's locks on it.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                return _replace(path, prepared.work, handle, now)
            except _MovedError:
                continue
            finally:
                os.close(handle)
    raise failures.busy()


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    """Word what SQLite and the system refuse; the diary is as it was."""
    try:
        yield
    except sqlite3.Error as error:
        raise unchanged(failures.of_sqlite(error, path, writing=True)) from error
    except OSError as error:
        raise unchanged(failures.of_system(error, path, writing=True)) from error


def _replace(path: Path, work: Path, handle: int, now: datetime) -> Restored:
    """Keep the present file aside, unite, and put the work in its place.

    Raises:
        _MovedError: somebody wrote in between; nothing was replaced.

    """
    with closing(connection.connect(path)) as present:
        locked = _lock(present)
        aside = _keep_aside(path, handle, now)
        kept = _unite(present, work, now)
        head = _read(handle, 0, _HEAD)
    try:
        if not (locked and _write_into(path, work, handle, head)):
            _take_place(path, work)
    except BaseException:
        _discard(aside)
        raise
    return Restored(aside, kept)


def _lock(present: sqlite3.Connection) -> bool:
    """Keep other writers out; return whether SQLite can use the file at all."""
    try:
        connection.prepare_writing(present)
        connection.begin_writing(present)
    except sqlite3.DatabaseError as error:
        if not failures.is_damage(error):
            raise
        return False
    return True


def _keep_aside(path: Path, handle: int, now: datetime) -> Path:
    """Copy the present file: checked as every copy is, or byte by byte when it is damaged."""
    try:
        return backup.write_backup(path, now, "restore")
    except failures.DamagedError:
        aside = backup.name_in(path.parent / FOLDER, f"damaged-{path.stem}", now)
    draft = placing.new_draft(aside)
    try:
        with draft.open("r+b") as out:
            place = 0
            while piece := _read(handle, place, 1 << 20):
                place += out.write(piece)
        placing.sync(draft)
        placing.put(draft, aside)
    finally:
        placing.drop(draft)
    journal = _journal(path)
    if journal.exists():
        _journal(aside).write_bytes(journal.read_bytes())
    return aside


def _unite(present: sqlite3.Connection, work: Path, now: datetime) -> int | None:
    """Give the work what the present diary may not lose; None when that could not be read."""
    try:
        kept = uniting.gather(present)
    except sqlite3.Error:
        kept = None
    moment = rows.utc_text(now)
    with closing(connection.connect(work)) as back:
        connection.prepare_writing(back)
        connection.begin_writing(back)
        if kept is None:
            _ask_again(back, now)
        added = uniting.unite(kept, back, moment) if kept else None
        back.execute("COMMIT")
    return added


def _ask_again(back: sqlite3.Connection, now: datetime) -> None:
    """Make the questions about warning signs due: what was answered last is lost."""
    from spinetrack.recovery.diary import Trigger
    from spinetrack.recovery.redflags import rescreen_items
    from spinetrack.recovery.when import day_of
    from spinetrack.store import journal
    from spinetrack.store.writing import Writer

    moment = rows.utc_text(now)
    step = journal.open_step(back, moment, "restore")
    Writer(back, step, moment).add(Trigger("gap", now, day_of(now), rescreen_items(("gap",))))


def _write_into(path: Path, work: Path, handle: int, head: bytes) -> bool:
    """Write the work into the present file, in one transaction; False when that is beyond SQLite.

    Raises:
        _MovedError: `head` is not what the file begins with: somebody wrote since we let go of it.
        BusyError: another program does not let go of it.

    """
    begun = False

    def watch(status: int, _left: int, _pages: int) -> None:
        nonlocal begun
        if status == sqlite3.SQLITE_BUSY:
            raise failures.busy()
        if not begun and _read(handle, 0, _HEAD) != head:
            raise _MovedError
        begun = True  # From the first page on nobody else can write.

    with closing(connection.connect(work, "ro")) as read, closing(connection.connect(path)) as written:
        try:
            connection.prepare_writing(written)
            read.backup(written, pages=1, progress=watch)
        except sqlite3.DatabaseError as error:
            if not failures.is_damage(error):
                raise
            return False
    return True


def _take_place(path: Path, work: Path) -> None:
    """Put the work where a file is that SQLite cannot use."""
    # A journal that is left would be played back into the restored file.
    _journal(path).unlink(missing_ok=True)
    placing.sync_folder(path.parent)
    placing.replace(work, path)


def _discard(aside: Path) -> None:
    for name in (aside, backup.digest_file(aside), _journal(aside)):
        name.unlink(missing_ok=True)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _read(handle: int, place: int, most: int) -> bytes:
    os.lseek(handle, place, os.SEEK_SET)
    return os.read(handle, most)
