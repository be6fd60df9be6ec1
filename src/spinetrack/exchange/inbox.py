"""Files that patients handed over, looked at one after the other: what each needs, or why it is skipped.

Nothing is written, no diary is opened. Many files are shared out over a few processes; a sealed file is
opened in this one, so that no passphrase or key leaves it.
"""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from spinetrack.errors import SpinetrackError
from spinetrack.exchange.age import is_sealed
from spinetrack.exchange.bundle import REDACTED
from spinetrack.exchange.bundle_diary import read_for_need
from spinetrack.exchange.files import open_input
from spinetrack.exchange.sealed import HEAD, Ways, opened
from spinetrack.recovery.caseload import Case, Skipped, lately, standing
from spinetrack.recovery.profile import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from spinetrack.exchange.files import Source

    Tell: TypeAlias = Callable[[int, int], None]

ALONE: Final = 40
"""Files up to which starting other processes takes longer than reading them."""
SHARE: Final = 20
"""Files that a process is given at a time."""
MOST_PROCESSES: Final = 4
TIDY_EVERY: Final = 200
"""Files after which memory that refers to itself is given back."""
NOTHING_IN_IT: Final = "nothing is recorded in it"
A_FOLDER: Final = "a folder in a folder is not opened"
NOTHING_SAVED: Final = " Nothing was saved."


class Sealed(NamedTuple):
    """A file that must be opened by who holds the passphrase or the key."""

    file: str


Seen: TypeAlias = Case | Skipped | Sealed


def files_in(places: Sequence[Path]) -> tuple[list[Path], list[Skipped]]:
    """Return the files to look at, and what is passed over.

    A folder stands for the files in it; hidden ones are not looked at. What is named twice is read once.
    """
    found: dict[Path, None] = {}
    skipped: list[Skipped] = []
    for place in places:
        if not place.is_dir():
            found[place] = None
            continue
        try:
            inside = sorted(entry for entry in place.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            skipped.append(Skipped(str(place), f"This folder cannot be opened ({error.strerror})."))
            continue
        skipped += [Skipped(str(entry), A_FOLDER) for entry in inside if entry.is_dir()]
        found |= dict.fromkeys(entry for entry in inside if not entry.is_dir())
    return list(found), skipped


def look_at_all(
    files: Sequence[Path], ways: Ways, now: datetime, as_of: date, tell: Tell
) -> tuple[list[Case], list[Skipped]]:
    """Return the cases of the files that can be read, in their order, and those that are skipped.

    Args:
        files: What to look at.
        ways: How sealed files are opened.
        now: The moment of reading.
        as_of: The day of reading.
        tell: Told how many files are done, and how many there are.

    """
    places = {str(path): path for path in files}
    seen: dict[str, Seen] = {}
    for found in _shared_out(list(places), now, as_of):
        seen[found.file] = found
        tell(len(seen), len(places))
    cases: list[Case] = []
    skipped: list[Skipped] = []
    for name in places:
        found = seen[name]
        if isinstance(found, Sealed):
            found = _unsealed(name, ways, now, as_of)
        if isinstance(found, Case):
            cases.append(found)
        elif isinstance(found, Skipped):
            skipped.append(found)
    return cases, skipped


def _shared_out(names: list[str], now: datetime, as_of: date) -> Iterator[Seen]:
    """Yield what each file is, whichever is done first."""
    waiting = dict.fromkeys(names)
    processes = min(MOST_PROCESSES, _processors())
    if len(names) > ALONE and processes > 1:
        shares = [names[n : n + SHARE] for n in range(0, len(names), SHARE)]
        try:
            for found in _by_processes(shares, processes, now, as_of):
                del waiting[found.file]
                yield found
        except (BrokenProcessPool, OSError):
            pass  # this system lends no more processes: the rest is read here
    for name in list(waiting):
        yield look_at(name, now, as_of)


def _by_processes(shares: Sequence[list[str]], processes: int, now: datetime, as_of: date) -> Iterator[Seen]:
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    try:
        for done in as_completed([pool.submit(look_at_some, share, now, as_of) for share in shares]):
            yield from done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that asked, and look for garbage only now and then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _processors() -> int:
    count = getattr(os, "sched_getaffinity", None)
    return len(count(0)) if count else os.cpu_count() or 1


def look_at_some(names: Sequence[str], now: datetime, as_of: date) -> list[Seen]:
    """Look at several files."""
    found = [look_at(name, now, as_of) for name in names]
    _tidy(len(names))
    return found


_untidied = [0]


def _tidy(files: int) -> None:
    _untidied[0] += files
    if _untidied[0] >= TIDY_EVERY:
        _untidied[0] = 0
        gc.collect()


def look_at(name: str, now: datetime, as_of: date) -> Seen:
    """Look at one file that is not sealed; of a sealed one only that it is."""
    try:
        with open_input(name) as file:
            if is_sealed(file.read(HEAD)):
                return Sealed(name)
        return _case(name, name, now, as_of)
    except SpinetrackError as error:
        return Skipped(name, reason_of(error, name))


def _unsealed(name: str, ways: Ways, now: datetime, as_of: date) -> Case | Skipped:
    try:
        return _case(name, opened(name, ways), now, as_of)
    except SpinetrackError as error:
        return Skipped(name, reason_of(error, name))


def _case(name: str, source: Source, now: datetime, as_of: date) -> Case | Skipped:
    handed = read_for_need(source, lately(as_of))
    redacted = handed.header.kind == REDACTED
    found = standing(handed.diary, now, as_of, redacted=redacted)
    if found is None:
        return Skipped(name, NOTHING_IN_IT)
    called = (value_of(handed.diary, "name") or "").strip()
    key = handed.header.patient
    return Case(name, called or key, found, redacted, named=bool(called), key=key)


def reason_of(error: SpinetrackError, name: str) -> str:
    """Return why a file is skipped, without its own name in the sentence, and what to do about it."""
    text = str(error).removesuffix(NOTHING_SAVED)
    for named in (str(Path(name).expanduser()), name, Path(name).name):
        text = text.replace(f": {named}", "").replace(f" {named}", "")
    return f"{text} {error.hint}" if error.hint and "pip install" not in error.hint else text
