"""Whether the folder of the diary is private, on this computer alone, and tidy."""

from __future__ import annotations

import os
import re
import stat
from shlex import quote
from typing import TYPE_CHECKING, Final

from spinetrack.store import placing
from spinetrack.store.cloud import shared_by
from spinetrack.store.connection import FILE_NAME
from spinetrack.store.daily import FOLDER
from spinetrack.store.health import Case, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REPAIR: Final = "spinetrack doctor --repair"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_ANOTHER: Final = re.compile(r"diary\b.*\.db|.*conflict.*", re.IGNORECASE)
"""The names that sync services give to a second version: `diary (1).db`, `diary 2.db`,
`diary-LAPTOP.db`, `diary (a's conflicted copy 2026-03-02).db`, `diary.sync-conflict-….db`."""
_DRAFT: Final = re.compile(r"\.diary.*\.[0-9a-f]{8}(-journal)?")
_STALE_SECONDS: Final = 3600
"""After so long nobody works on a half-made file any more."""


def look(case: Case, *, whole: bool) -> Iterator[Finding]:
    """Look at permissions, sync services, second versions, and what is left of half-made files."""
    home = case.home
    if not home.is_dir():
        return
    places = [home, *sorted(home.iterdir())]
    folder = home / FOLDER
    if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK):
        places += sorted(folder.iterdir())
    yield from _open_to_others(case, places)
    shared = shared_by(home)
    if shared:
        told = f"The diary lies in {shared}. Two computers that write to it at once can damage it."
        yield Finding(
            "place", "note", told, "Keep it on one computer, and put copies there: spinetrack backup DIR"
        )
    yield from _second_versions(home, whole=whole)
    yield from _half_made(case, places)


def _open_to_others(case: Case, places: list[Path]) -> Iterator[Finding]:
    if os.name == "nt":
        return
    loose = [place for place in places if not place.is_symlink() and place.stat().st_mode & _OTHERS]
    if not loose:
        return
    repaired = case.repair and _close(loose)
    names = ", ".join(place.name or str(place) for place in loose[:3])
    more = f" and {len(loose) - 3} more" if len(loose) > 3 else ""  # noqa: PLR2004
    told = f"Others on this computer can open: {names}{more}."
    yield Finding("permissions", "fix", told, _REPAIR, repaired)


def _close(places: list[Path]) -> bool:
    try:
        for place in places:
            place.chmod(stat.S_IMODE(place.stat().st_mode) & ~_OTHERS)
    except OSError:
        return False
    return True


def _second_versions(home: Path, *, whole: bool) -> Iterator[Finding]:
    for place in sorted(home.iterdir()):
        if place.name != FILE_NAME and place.is_file() and _ANOTHER.fullmatch(place.name):
            told = (
                f"Another version of the diary lies beside it: {place.name}. A sync service may have made it."
            )
            first = (
                "To bring in what it holds: spinetrack import"
                if whole
                else "It may be whole: spinetrack restore"
            )
            yield Finding("place", "note", told, f"{first} {quote(str(place))}")


def _half_made(case: Case, places: list[Path]) -> Iterator[Finding]:
    left = [place for place in places if _DRAFT.fullmatch(place.name)]
    if not left:
        return
    try:
        now = _now(case.home)
        stale = [place for place in left if now - place.stat().st_mtime > _STALE_SECONDS]
        for place in stale if case.repair else ():
            place.unlink(missing_ok=True)
    except OSError:
        return  # The folder may not be written: that is said elsewhere.
    if not stale:
        return
    told = f"Half-made files are left of a stopped program: {len(stale)}."
    yield Finding("leftovers", "fix", told, _REPAIR, case.repair)


def _now(home: Path) -> float:
    """Return the time by the file system's own clock, in seconds."""
    probe = placing.new_draft(home / FILE_NAME)
    try:
        return probe.stat().st_mtime
    finally:
        placing.drop(probe)
