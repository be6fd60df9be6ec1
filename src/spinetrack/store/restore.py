"""A copy of the diary is made ready to become the diary again, and compared with it.

`replacing` puts it in its place.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from spinetrack.errors import DiaryFileError, ValueRefusedError
from spinetrack.store import (
    backup,
    backups,
    comparing,
    connection,
    failures,
    foreign,
    migrations,
    placing,
    rows,
    uniting,
)
from spinetrack.store.failures import NOTHING_CHANGED, unchanged
from spinetrack.store.replacing import Prepared, draft_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path


_CHOOSE: Final = "Choose another: spinetrack restore --list"


@contextmanager
def prepare(
    path: Path,
    source: Path,
    now: datetime,
    tell: Callable[[str], None],
    *,
    same_person: bool = False,
    as_is: bool = False,
    unseal: Callable[[Path], bytes | None] = lambda _: None,
) -> Iterator[Prepared]:
    """Make what the diary would be after a restore, and compare. Changes nothing that is in use.

    Args:
        path: The diary file, there or not.
        source: The copy.
        now: The moment.
        tell: Gets one line when the present diary was brought to a newer format.
        same_person: Take a copy of a diary with another patient key.
        as_is: Take records that hold what the program would not write today.
        unseal: Given the copy, returns the diary file inside it where it is encrypted, else None.

    Yields:
        What to show. The prepared file goes when the block is left.

    Raises:
        ValueRefusedError: the copy has changed since it was made, is of another person, or holds a
            record that cannot be kept.
        DiaryFileError: the copy is no diary, damaged or too new; or the folder cannot be written.
        BusyError: another program holds one of the files.

    """
    checked = _refuse_changed(source, path)
    image = unseal(source)
    work = draft_of(path)
    try:
        version = _copied(source, work, path, image)
        if not as_is:
            _refuse_odd_records(work, source)
        with connection.saying(source, writing=False), closing(connection.connect(work, "ro")) as back:
            found = comparing.look_inside(back, version)
            prepared = _compared(path, back, Prepared(work, source, checked, found), now, tell)
        _refuse_stranger(prepared, same_person=same_person)
        yield prepared
    finally:
        placing.drop(work)


# -- the copy --------------------------------------------------------------------------------------


def _refuse_changed(source: Path, path: Path) -> bool:
    """Return whether the copy's SHA-256 was there and right."""
    if not source.is_file():
        told = f"There is no such copy: {source}. {NOTHING_CHANGED}"
        raise ValueRefusedError(told, hint="See them: spinetrack restore --list")
    try:
        if path.exists() and source.samefile(path):
            raise ValueRefusedError(f"This is the diary itself, not a copy: {source}.")
        as_made = backups.is_as_made(source)
    except OSError as error:
        raise DiaryFileError(f"The copy cannot be read: {source}. {NOTHING_CHANGED}") from error
    if as_made is False:
        told = f"This copy has changed since it was made: {source}. {NOTHING_CHANGED}"
        raise ValueRefusedError(told, hint=_CHOOSE)
    return as_made is True


def _copied(source: Path, work: Path, path: Path, image: bytes | None) -> int:
    """Fill `work` with the copy, in the newest format; return the format it had.

    It is encrypted where the present diary is, whatever the copy is.
    """
    there = path.exists()
    try:
        if image is None:
            connection.notice(source)
            backup.copy_over(source, work, path if there else source)
        else:
            backup.fill(image, work, path if there else None)
        with closing(connection.connect(work)) as db:
            connection.prepare_writing(db)
            version = migrations.version_of(db, source)
            migrations.refuse_newer(version, source)
            foreign.refuse_odd_schema(db, source)
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise failures.damaged(source)
            migrations.bring_up(db, version)
    except (sqlite3.Error, UnicodeDecodeError, failures.DamagedError) as error:
        if isinstance(error, sqlite3.Error) and not failures.is_damage(error):
            told = failures.of_sqlite(error, source, writing=failures.is_full(error))
            raise unchanged(told) from error
        words = f"The copy is damaged, or no diary: {source}. {NOTHING_CHANGED}"
        raise failures.DamagedError(words, hint=_CHOOSE) from error
    return version


def _refuse_odd_records(work: Path, source: Path) -> None:
    """Let a file pass if the guard of everything that comes from a file takes each of its records."""
    from spinetrack.store.forms import check

    with connection.saying(source, writing=False), closing(connection.connect(work, "ro")) as db:
        try:
            for value in _records(db):
                check(value)
        except ValueRefusedError as error:
            raise ValueRefusedError(
                str(unchanged(error)), hint="If the copy is your own, take it as it is: add --as-is"
            ) from error
        except (ValueError, TypeError) as error:
            raise failures.damaged(source) from error


def _records(db: sqlite3.Connection) -> Iterator[object]:
    from spinetrack.store import reading

    for kind in rows.every_kind():
        table = rows.table_of(kind)
        if table.name == rows.ENTRY.name:
            yield from reading.read_entries(db, "1", {})
        elif table.name == rows.SCREEN.name:
            yield from reading.read_screens(db, "1", {})
        else:
            yield from reading.read(db, table, order="")


# -- the two diaries -------------------------------------------------------------------------------


def _compared(
    path: Path,
    back: sqlite3.Connection,
    prepared: Prepared,
    now: datetime,
    tell: Callable[[str], None],
) -> Prepared:
    """Add how the prepared file differs from the present diary."""
    try:
        present = connection.open_file(str(path), lambda: now, tell)
        if present is None:
            return prepared
        with connection.saying(path, writing=False), closing(present):
            return prepared._replace(
                present=comparing.look_inside(present, len(migrations.MIGRATIONS)),
                compared=comparing.compare(present, back),
                kept=uniting.lacking(uniting.gather(present), back),
                is_damaged=not _is_whole(present),
            )
    except failures.DamagedError:
        return prepared._replace(is_damaged=True)


def _is_whole(present: sqlite3.Connection) -> bool:
    try:
        return bool(present.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        if failures.is_damage(error):
            return False
        raise


def _refuse_stranger(prepared: Prepared, *, same_person: bool) -> None:
    mine = prepared.present.patient if prepared.present else ""
    if mine and mine != prepared.found.patient and not same_person:
        raise ValueRefusedError(
            f"This copy comes from another diary than yours. {NOTHING_CHANGED}",
            hint="If both are your own, add --same-person.",
        )
