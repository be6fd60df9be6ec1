"""The copies in the folder `backups`: which there are, which are good, which stay.

A copy whose SHA-256 lies beside it was checked. A day's own copy is made in haste, without that: the
next command that looks at the diary, or `doctor`, checks it, and all those before it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import DiaryFileError, SpinetrackError
from spinetrack.store import backup, connection, failures
from spinetrack.store.comparing import Inside, look_inside
from spinetrack.store.daily import DAILY, DIGEST, FOLDER, SEALED, names, unchecked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 8, 12
"""Of how many days, weeks and months with copies the last copy stays. Source: issue 8."""
KEPT_BEFORE_CHANGE: Final = timedelta(days=7)
"""How long a copy made before an import, a restore or a new format stays in any case."""
USUAL: Final = frozenset({DAILY, "asked"})
_ANY_FORM: Final = "diary-"
_STAMP_LENGTH: Final = 16


class Copy(NamedTuple):
    """One copy of the diary."""

    path: Path
    made: datetime
    """In UTC."""
    label: str
    """Why it was made: daily, asked, import, restore, format2."""
    checked: bool
    """Its SHA-256 lies beside it."""

    @property
    def sealed(self) -> bool:
        """Whether it is encrypted: what it holds cannot be seen from here."""
        return self.path.suffix == SEALED


def copies(home: Path) -> tuple[Copy, ...]:
    """List the copies beside the diary of `home`, the newest first; none where the folder is closed."""
    folder = home / FOLDER
    there = set(names(home))
    found = [
        Copy(folder / name, made, label, name + DIGEST in there)
        for name in there
        if (parts := parse_name(name)) is not None
        for label, made in (parts,)
    ]
    return tuple(sorted(found, key=_age, reverse=True))


def _asked_for(folder: Path, diary: Path) -> tuple[Copy, ...]:
    """List the checked copies in a folder of the patient's own that `backup` made of this very diary."""
    there = {place.name for place in folder.iterdir()}
    found = (
        Copy(folder / name, parts[1], parts[0], checked=True)
        for name in there
        if name + DIGEST in there and (parts := parse_name(name)) is not None and parts[0] == "asked"
    )
    whose = look_into(diary).patient
    return tuple(copy for copy in found if not copy.sealed and _patient_of(copy) == whose)


def _patient_of(copy: Copy) -> str | None:
    """Return the key that says whose a copy is; None when it cannot be read."""
    with suppress(SpinetrackError):
        return look_into(copy.path).patient
    return None


def parse_name(name: str) -> tuple[str, datetime] | None:
    """Read why and when a copy was made from its name, or None when it is no copy's name."""
    stem, dot, end = name.removesuffix(SEALED).rpartition(".")
    if end != "db" or not dot or not stem.startswith(_ANY_FORM):
        return None
    label, _, stamp = stem.removeprefix(_ANY_FORM).partition("-")
    with suppress(ValueError):
        made = datetime.fromisoformat(stamp[:_STAMP_LENGTH])
        if label and made.tzinfo is UTC and (stamp[_STAMP_LENGTH:] == "" or _number(stem)):
            return label, made
    return None


def check(copy: Path) -> bool:
    """Check a copy and write its SHA-256 beside it; take it away when it is not good.

    Returns:
        Whether it is good.

    Raises:
        DiaryFileError: it cannot be opened.
        BusyError: another program holds it.
        OSError: its SHA-256 cannot be written.

    """
    try:
        backup.refuse_damaged(copy)
    except failures.DamagedError:
        copy.unlink(missing_ok=True)
        return False
    backup.note_digest(copy)
    return True


def check_waiting(home: Path, now: datetime) -> bool:
    """Check the copies of a day's first record that nobody has checked; then thin out all of them.

    Returns:
        False when one was not good; then it is gone.

    Raises:
        DiaryFileError, BusyError: as `check`.

    """
    good = True
    while (name := unchecked(str(home))) is not None:
        copy = home / FOLDER / name
        try:
            good = check(copy) and good
        except OSError as error:
            raise backup.refusal(error, copy) from error
    thin(home, now)
    return good


def is_as_made(copy: Path) -> bool | None:
    """Tell whether a copy is what it was when it was checked; None when it never was.

    Raises:
        OSError: it cannot be read.

    """
    noted = backup.noted_digest(copy)
    return None if noted is None else noted == backup.sha256_of(copy)


def look_into(copy: Path) -> Inside:
    """Read what a copy holds.

    Raises:
        DiaryFileError: it cannot be read, or is no diary.
        BusyError: another program holds it.

    """
    from spinetrack.store.migrations import version_of

    connection.notice(copy)
    with connection.saying(copy, writing=False), closing(connection.connect(copy, "ro")) as db:
        return look_inside(db, version_of(db, copy))


def newest_good(home: Path) -> Copy | None:
    """Find the newest copy that is whole and as it was made, or None. Reads every copy it looks at.

    One that is encrypted is not among them: nobody but the patient can look into it.
    """
    for copy in copies(home):
        with suppress(DiaryFileError, OSError):
            if copy.sealed:
                continue
            if is_as_made(copy.path) is not False:
                backup.refuse_damaged(copy.path)
                return copy
    return None


def thin(home: Path, now: datetime) -> tuple[Path, ...]:
    """Take away the copies that no longer count: see `spared`.

    Returns:
        Those that were taken away.

    """
    return _thin(copies(home), now)


def thin_elsewhere(folder: Path, diary: Path, now: datetime) -> tuple[Path, ...]:
    """Do the same in a folder of the patient's own, where others may keep theirs: of this diary only."""
    with suppress(OSError):
        return _thin(_asked_for(folder, diary), now)
    return ()


def _thin(found: Sequence[Copy], now: datetime) -> tuple[Path, ...]:
    spare = {copy.path for copy in spared(found, now)}
    gone = tuple(copy.path for copy in found if copy.path not in spare)
    for path in gone:
        with suppress(OSError):  # It is one more than needed, no more.
            path.unlink(missing_ok=True)
            backup.digest_file(path).unlink(missing_ok=True)
    return gone


def spared(found: Iterable[Copy], now: datetime) -> tuple[Copy, ...]:
    """Choose the copies that stay.

    The last of each of 7 days, 8 weeks and 12 months that have copies; every copy of the last day;
    for 7 days what was made before a change. A day's own copy that nobody checked goes by the same
    calendar, among its like: it never takes the place of one that is known to be good. Any other one
    that nobody checked stays; so does one that a wrong clock dated into the future, and one that is
    encrypted: a lost passphrase may not cost the copy beside it.
    """
    ordered = tuple(sorted(found, key=lambda copy: copy.made, reverse=True))
    mine = [copy for copy in ordered if copy.made <= now and not copy.sealed]
    counted = [copy for copy in mine if copy.checked]
    waiting = [copy for copy in mine if not copy.checked and copy.label == DAILY]
    spare = {*_by_calendar(counted, now), *_by_calendar(waiting, now)}
    spare |= {c for c in counted if c.label not in USUAL and now - c.made < KEPT_BEFORE_CHANGE}
    gone = {*counted, *waiting} - spare
    return tuple(copy for copy in ordered if copy not in gone)


def _by_calendar(found: Sequence[Copy], now: datetime) -> Iterator[Copy]:
    """Yield the newest of each of the last days, weeks and months of `found`, the newest copy first."""
    days = [f"{copy.made.astimezone(now.tzinfo):%Y-%m-%d}" for copy in found]
    weeks = [f"{copy.made.astimezone(now.tzinfo):%G-W%V}" for copy in found]
    yield from (copy for copy, day in zip(found, days, strict=True) if day == days[0])
    for limit, periods in ((DAYS, days), (WEEKS, weeks), (MONTHS, [day[:7] for day in days])):
        newest: dict[str, Copy] = {}
        for copy, period in zip(found, periods, strict=True):
            newest.setdefault(period, copy)
        yield from list(newest.values())[:limit]


def _age(copy: Copy) -> tuple[datetime, int, int]:
    """Return what orders copies; those of one second by the file system's own clock."""
    try:
        written = copy.path.stat().st_mtime_ns
    except OSError:
        written = 0
    return copy.made, written, _number(copy.path.name.removesuffix(SEALED).removesuffix(".db"))


def _number(stem: str) -> int:
    """Read the number that tells copies of one second apart."""
    end = stem.rpartition("Z-")[2]
    return int(end) if end.isdecimal() else 0
