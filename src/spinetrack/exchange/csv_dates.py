"""Days and times of a foreign table: the order of day and month is found from the whole column.

`03/04/2026` alone can be read in two ways, and is refused; beside `25/04/2026` it is 3 April.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.dates import calendar_date
from spinetrack.recovery.values import quoted, refused
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DAY_FIRST: Final = "dmy"
MONTH_FIRST: Final = "mdy"
LONGEST: Final = 60
"""Letters of a day with its time."""
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +")
_DAY_WORD: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -]+([0-9]{4})")
_WORD_DAY: Final = re.compile(r"([a-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_TIME: Final = re.compile(
    r"t?,? *([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?([ap])\.?m\.?)?"
    r" ?(z|utc|[+-][0-9]{2}:?[0-9]{2})?"
)
_NOON: Final = 12
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
_MONTHS_OF_YEAR: Final = 12


class Written(NamedTuple):
    """A day as a table says it."""

    day: date
    clock: time | None
    """None when only the day is said."""
    zone: timezone | None
    """None when the clock is that of the place."""


def order_of(column: Iterable[str]) -> str | None:
    """Return whether the days of a column are written day first or month first; None when both can be.

    Raises:
        ValueRefusedError: some days can only be read one way, some only the other.

    """
    found: set[str] = set()
    doubtful = False
    for cell in column:
        match = _YEAR_LAST.match(cell[:LONGEST].strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS_OF_YEAR >= second:
            found.add(DAY_FIRST)
        elif second > _MONTHS_OF_YEAR >= first:
            found.add(MONTH_FIRST)
        elif first != second:
            doubtful = True
    if len(found) > 1:
        raise ValueRefusedError(
            f"The dates of this table are written in two ways: day first and month first. {NOTHING_SAVED}"
        )
    return found.pop() if found else None if doubtful else DAY_FIRST


def known_order(column: Iterable[str], ask: Callable[[str], str] | None) -> str:
    """Return the order of day and month of a column; where it cannot tell, what the patient says.

    Args:
        column: Its cells.
        ask: Given a day that can be read in two ways, returns the order; None when nobody is there.

    Raises:
        ValueRefusedError: nobody can tell.

    """
    cells = tuple(column)
    order = order_of(cells)
    if order is not None:
        return order
    cell = next(cell for cell in cells if order_of([cell]) is None)
    if ask is None:
        raise refused(
            f"It is not clear which number is the day in {quoted(cell)}.",
            "Type this in a terminal: it asks.",
        )
    return ask(cell)


def read_written(cell: str, order: str | None) -> Written:
    """Read a day, with its time where there is one.

    Args:
        cell: `2026-03-02`, `2 Mar 2026`, `02.03.2026 14:30`, `2026-03-02T14:30:00+01:00`.
        order: What `order_of` found.

    Raises:
        ValueRefusedError: it is no day, or one that can be read in two ways.

    """
    text = " ".join(cell[:LONGEST].lower().split())
    weekday = _WEEKDAY.match(text)
    if weekday is not None:
        text = text[weekday.end() :]
    day, end = _day(text, order, cell)
    rest = text[end:].strip()
    if not rest:
        return Written(day, None, None)
    clock, zone = read_clock(rest)
    return Written(day, clock, zone)


def _day(text: str, order: str | None, cell: str) -> tuple[date, int]:
    found = _YEAR_FIRST.match(text)
    if found is not None:
        return calendar_date(int(found[1]), int(found[3]), int(found[4])), found.end()
    found = _YEAR_LAST.match(text)
    if found is not None:
        return _numbered(found, order, cell), found.end()
    for pattern, day, month in ((_DAY_WORD, 1, 2), (_WORD_DAY, 2, 1)):
        found = pattern.match(text)
        if found is not None and found[month][:3] in MONTHS:
            number = MONTHS.index(found[month][:3]) + 1
            return calendar_date(int(found[3]), number, int(found[day])), found.end()
    raise refused(f'"{quoted(cell)}" is no day.')


def _numbered(found: re.Match[str], order: str | None, cell: str) -> date:
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)  # noqa: PLR2004
    if order is None and first != second and max(first, second) <= _MONTHS_OF_YEAR:
        raise refused(f"{quoted(cell)} can be read in two ways.")
    if order == MONTH_FIRST:
        first, second = second, first
    return calendar_date(year, second, first)


def read_clock(text: str) -> tuple[time, timezone | None]:
    """Read a time of the day: `14:30`, `2:30 PM`, `14:30:05+01:00`.

    Raises:
        ValueRefusedError: it is none.

    """
    found = _TIME.fullmatch(text.strip().lower()[:LONGEST])
    if found is None:
        raise refused(f'"{quoted(text)}" is no time of the day.')
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= _NOON:
            raise refused(f'"{quoted(text)}" is no time of the day.')
        hour = hour % _NOON + (_NOON if found[4] == "p" else 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        raise refused(f'"{quoted(text)}" is no time of the day.')
    return time(hour, minute, second), _zone(found[5])


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in {"z", "utc"}:
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        raise refused(f'"{text}" is no time zone.')
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1))


def joined(written: Written) -> datetime | None:
    """Return the moment of a day with its time and zone; None when one of them was not said."""
    if written.clock is None or written.zone is None:
        return None
    return datetime.combine(written.day, written.clock, tzinfo=written.zone)
