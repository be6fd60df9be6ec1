"""Is the diary well? Everything that can be wrong with it and its copies, each with its remedy.

Looking changes nothing but one thing: a day's own copy that nobody has checked is checked. What can be
repaired without losing anything is repaired when that is asked for.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from spinetrack.errors import DiaryFileError
from spinetrack.store import backups, connection, failures, migrations
from spinetrack.store.comparing import look_inside
from spinetrack.store.connection import FILE_NAME
from spinetrack.store.health import Case, Finding, Health

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

_INDEX_ALONE: Final = ("missing from index", "entries in index", "entry in index")
"""What an integrity check says when a table is whole and only its index is not."""
_MOST_SAID: Final = 20


def examine(
    home: Path, now: datetime, tell: Callable[[str], None] = lambda _: None, *, repair: bool = False
) -> Health:
    """Look at the diary of `home`, its folder and its copies.

    Args:
        home: The folder of the diary.
        now: The moment.
        tell: Gets one line when the diary was brought to a newer format.
        repair: Repair what can be repaired without losing anything.

    Raises:
        BusyError: another program holds the diary for 5 seconds.

    """
    from spinetrack.store import doctor_copies, doctor_folder

    case = Case(home, now, repair)
    health = _look_at_file(case, tell)
    found = (
        *health.findings,
        *doctor_folder.look(case, whole=health.state == "whole"),
        *doctor_copies.look(case),
    )
    return health._replace(
        findings=found,
        copies=backups.copies(home),
        newest=backups.newest_good(home),
    )


def _look_at_file(case: Case, tell: Callable[[str], None]) -> Health:
    """Open the diary as every command does, and look at all that is in it."""
    path = case.home / FILE_NAME
    try:
        if not connection.is_there(str(path)):
            return Health(path, "none")
        broken = _broken(path, repair=case.repair)
        if all(finding.repaired for finding in broken):
            return _look_inside(case, path, tell, broken)
        damaged = any(finding.level == "damage" for finding in broken)
        return Health(path, "damaged" if damaged else "index", findings=broken)
    except failures.NewerError as error:
        return Health(path, "newer", findings=_said(error))
    except failures.DamagedError as error:
        return Health(path, "damaged", findings=_said(error))
    except DiaryFileError as error:
        return Health(path, "closed", findings=_said(error))


def _said(error: DiaryFileError) -> tuple[Finding, ...]:
    hint = "" if error.hint == failures.SEE_DOCTOR else error.hint
    return (Finding("file", "damage", str(error), hint),)


def _look_inside(case: Case, path: Path, tell: Callable[[str], None], broken: tuple[Finding, ...]) -> Health:
    from spinetrack.store import doctor_records, doctor_schema

    db = connection.open_file(str(path), lambda: case.now, tell)
    if db is None:
        return Health(path, "none")
    with connection.saying(path, writing=case.repair), closing(db):
        schema = tuple(doctor_schema.look(case, path, db))
        if any(finding.level == "damage" for finding in schema):
            return Health(path, "damaged", findings=(*broken, *schema))
        found = (*broken, *schema, *doctor_records.look(db, case.now))
        inside = look_inside(db, migrations.version_of(db, path))
        return Health(path, "whole", inside, doctor_records.count(db), found)


def _broken(path: Path, *, repair: bool) -> tuple[Finding, ...]:
    """Let SQLite check every page, index and reference of the file."""
    with connection.saying(path, writing=repair), closing(connection.open_either(str(path))) as db:
        if migrations.version_of(db, path) > len(migrations.MIGRATIONS):
            return ()  # What a newer program wrote is not ours to judge; opening says so.
        said = [str(line) for (line,) in db.execute(f"PRAGMA integrity_check({_MOST_SAID})")]
        if said == ["ok"]:
            return ()
        if not all(any(words in line for words in _INDEX_ALONE) for line in said):
            told = f"The diary file is damaged: {path}."
            return (Finding("integrity", "damage", told, ""),)
        repaired = repair and _reindexed(db)
        told = "An index of the diary file is wrong. The records themselves are whole."
        return (Finding("integrity", "fix", told, "spinetrack doctor --repair", repaired),)


def _reindexed(db: sqlite3.Connection) -> bool:
    connection.prepare_writing(db)
    connection.begin_writing(db)
    try:
        db.execute("REINDEX")
        db.execute("COMMIT")
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        return False
    return bool(db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
