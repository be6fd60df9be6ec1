"""Whether the copies of the diary are there, young enough, and as they were made."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from shlex import quote
from typing import TYPE_CHECKING, Final

from spinetrack.errors import SpinetrackError
from spinetrack.store import backup, backups, connection, failures
from spinetrack.store.connection import FILE_NAME
from spinetrack.store.daily import DAILY, DIGEST, FOLDER, names
from spinetrack.store.health import Case, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spinetrack.store.backups import Copy

_REPAIR: Final = "spinetrack doctor --repair"
_MAKE_ONE: Final = "spinetrack backup"
_OLD: Final = timedelta(days=7)


def look(case: Case) -> Iterator[Finding]:
    """Check every copy; note the SHA-256 of a day's own copy that has none yet, of any when repairing."""
    found = backups.copies(case.home)
    good: list[Copy] = []
    for copy in found:
        finding = _wrong(copy, case)
        if finding is None:
            good.append(copy)
        else:
            yield finding
            good += [copy] if finding.repaired else []
    yield from _digests_alone(case)
    yield from _unlike(case)
    yield from _older_than_forgetting(case, found)
    if not (case.home / FILE_NAME).exists():
        return
    if not good:
        yield Finding("copies", "note", "There is no copy of the diary that was checked.", _MAKE_ONE)
    elif case.now - good[0].made > _OLD:
        days = (case.now - good[0].made).days
        yield Finding("copies", "note", f"The newest copy of the diary is {days} days old.", _MAKE_ONE)


def _wrong(copy: Copy, case: Case) -> Finding | None:
    name = copy.path.name
    try:
        as_made = backups.is_as_made(copy.path)
        if as_made is None:
            return _unchecked(copy, case)
        if not as_made:
            told = f"The copy {name} has changed since it was made."
            return Finding(
                "copies", "fix", told, "Do not rely on it. Delete it, and make another: spinetrack backup"
            )
    except (SpinetrackError, OSError):
        return Finding("copies", "fix", f"The copy {name} cannot be read.", "Look whether you may open it.")
    return None


def _unchecked(copy: Copy, case: Case) -> Finding | None:
    """Check a copy that never was."""
    name = copy.path.name
    if copy.sealed:
        told = f"The copy {name} is encrypted and has no checksum beside it."
        return Finding("copies", "note", told, f"To try it: spinetrack restore {quote(str(copy.path))}")
    if copy.label != DAILY and not case.repair:
        return Finding("copies", "fix", f"The copy {name} was never checked.", _REPAIR)
    try:
        backup.refuse_damaged(copy.path)
    except failures.DamagedError:
        if copy.label == DAILY:
            copy.path.unlink(missing_ok=True)
            told = f"The copy {name} was no good. It is gone."
            return Finding("copies", "note", told, _MAKE_ONE)
        told = f"The copy {name} is damaged."
        return Finding("copies", "fix", told, "Delete it, and make another: spinetrack backup")
    backup.note_digest(copy.path)
    if copy.label == DAILY:
        return None
    return Finding("copies", "fix", f"The copy {name} was never checked.", _REPAIR, repaired=True)


def _unlike(case: Case) -> Iterator[Finding]:
    """Name what lies beside an encrypted diary and is not encrypted like it."""
    from spinetrack.store.converting import unlike

    path = case.home / FILE_NAME
    with suppress(SpinetrackError):
        for place in unlike(path) if path.exists() else ():
            told = f"The diary is encrypted, and {place.name} is not, or has another key."
            yield Finding("copies", "fix", told, "Take it along: spinetrack encrypt. Or delete it.")


def _older_than_forgetting(case: Case, found: Sequence[Copy]) -> Iterator[Finding]:
    """Name the copies that a stopped `forget` left."""
    from spinetrack.store.forgetting import forgotten_on

    path = case.home / FILE_NAME
    moment = None
    with suppress(SpinetrackError, ValueError):  # Of a damaged diary other findings tell.
        if path.exists():
            with connection.saying(path, writing=False), closing(connection.connect(path, "ro")) as db:
                said = forgotten_on(db)
                moment = datetime.fromisoformat(said).astimezone(UTC) if said else None
    if moment is None:
        return
    for copy in found:
        if copy.made < moment:
            told = f"The copy {copy.path.name} is from before your last spinetrack forget."
            yield Finding("copies", "fix", told, "Delete it, or type the same forget line again.")


def _digests_alone(case: Case) -> Iterator[Finding]:
    there = set(names(case.home))
    alone = [
        name for name in sorted(there) if name.endswith(DIGEST) and name.removesuffix(DIGEST) not in there
    ]
    if not alone:
        return
    if case.repair:
        for name in alone:
            with suppress(OSError):
                (case.home / FOLDER / name).unlink()
    told = f"Checksums are left of copies that are gone: {len(alone)}."
    yield Finding("leftovers", "fix", told, _REPAIR, case.repair)
