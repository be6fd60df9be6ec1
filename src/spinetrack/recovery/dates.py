"""Days of the calendar from a few words: `mon`, `2 days ago`, `20 nov 2025`, `2026-03-02`, `8w`.

Looking back and looking ahead are two readings of the same words; the caller says which one it is.
"""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery.values import refused
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.errors import SpinetrackError

FIRST_YEAR = 1900
"""The earliest year that can be written."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_WEEKDAY = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    "|sat(?:urday)?|sun(?:day)?"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBER_OF_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?: (?P<year>[0-9]{4}))?"
_COUNT = r"([0-9]{1,5}) ?(d|days?|w|wks?|weeks?|months?|y|yrs?|years?)"
_LAST_YEAR = 2200
_MOST_BACK = 40_000
_HALF_YEAR = timedelta(days=183)
_LEAP_YEAR = 2024
_YEAR_MONTHS = 12
_WEEK = 7


class Named(NamedTuple):
    """A day that was named, and how."""

    date: date
    kind: str
    """`near` (counted from today), `weekday`, or `written` (a date of the calendar)."""


def look_back(text: str, today: date) -> Named | None:
    """Return the day `text` names, looking back from `today`; None when it names none."""
    import re

    if text.startswith(("tomorrow", "next")):
        raise not_yet()
    if text in {"today", "yesterday"}:
        return Named(today - timedelta(days=text == "yesterday"), "near")
    named = re.fullmatch(rf"(last )?({_WEEKDAY})", text)
    if named is not None:
        back = (today.weekday() - _WEEKDAYS.index(named[2][:3])) % _WEEK
        return Named(today - timedelta(days=_WEEK if named[1] and not back else back), "weekday")
    if text.endswith(" ago"):
        day, kind = counted(text.removesuffix(" ago"), today, -1), "near"
    else:
        day, kind = written(text, today, ahead=False), "written"
    return None if day is None else Named(day, kind)


def counted(text: str, today: date, sign: int) -> date | None:
    """Return `8w`, `30 days`, `6 months` or `1 year` from today; None for other words.

    Args:
        text: What was typed.
        today: Where counting starts.
        sign: 1 to count ahead, -1 to count back.

    Raises:
        ValueRefusedError: it is more than about a century away.

    """
    import re

    found = re.fullmatch(_COUNT, text)
    if found is None:
        return None
    count, unit = int(found[1]), found[2][0]
    days = {"d": 1, "w": _WEEK, "m": 30, "y": 365}[unit] * count
    if days > _MOST_BACK:
        raise refused(f"{text} is too far away.")
    if unit in "dw":
        return today + timedelta(days=sign * days)
    months = today.year * 12 + today.month - 1 + sign * count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, _last_day(year, month)))


def written(text: str, today: date, *, ahead: bool) -> date | None:
    """Return a date that is written out, None when it is none.

    Args:
        text: `2026-03-02`, `20 nov`, `nov 20 2025` or `20.11.2026`.
        today: A day and month without a year is the one near it.
        ahead: The next such day, else the latest.

    Raises:
        ValueRefusedError: there is no such date, or it can be read in two ways.

    """
    import re

    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if iso is not None:
        return calendar_date(int(iso[1]), int(iso[2]), int(iso[3]))
    if re.fullmatch(r"[0-9]{1,4}([./])[0-9]{1,2}(\1[0-9]{1,4})?", text):
        return _with_marks(text)
    for form in (rf"{_NUMBER_OF_DAY} ?{_MONTH}{_YEAR}", rf"{_MONTH} {_NUMBER_OF_DAY}{_YEAR}"):
        found = re.fullmatch(form, text)
        if found is not None:
            month = _MONTHS.index(found["month"][:3]) + 1
            if found["year"]:
                return calendar_date(int(found["year"]), month, int(found["day"]))
            return _without_year(month, int(found["day"]), today, ahead=ahead)
    return None


def _with_marks(text: str) -> date:
    """Return `20.11.2026`; refuse a date with marks that could be day first or month first."""
    parts = [int(part) for part in text.replace("/", ".").split(".")]
    if parts[0] > 31:  # noqa: PLR2004
        raise refused(f"{text} is not clear. Write the date like 2026-03-02.")
    year = f" {parts[2]}" if len(parts) > 2 and parts[2] >= FIRST_YEAR else ""  # noqa: PLR2004
    if "." in text and year and parts[0] > _YEAR_MONTHS and 1 <= parts[1] <= _YEAR_MONTHS:
        return calendar_date(parts[2], parts[1], parts[0])
    ways = [
        f"{day} {_MONTHS[month - 1]}{year}"
        for day, month in dict.fromkeys(((parts[0], parts[1]), (parts[1], parts[0])))
        if 1 <= month <= _YEAR_MONTHS and 1 <= day <= _last_day(_LEAP_YEAR, month)
    ]
    raise refused(f"{text} is not clear. Write {' or '.join(ways) or 'it like 2026-03-02'}.")


def _without_year(month: int, day: int, today: date, *, ahead: bool) -> date:
    """Return the next such day, or looking back the latest one of this year or the last half year."""
    offsets: Sequence[int] = range(9) if ahead else (0, -1)
    # 29 February: the first year that has one.
    days = [date(today.year + n, month, day) for n in offsets if 1 <= day <= _last_day(today.year + n, month)]
    if not days:
        return calendar_date(today.year, month, day)
    if ahead:
        return next(found for found in days if found > today)
    found = next((one for one in days if one <= today), None)
    if found is None or (found.year != today.year and today - found > _HALF_YEAR):
        name = f"{day} {_MONTHS[month - 1]}"
        raise refused(f"{name} has not come yet this year. Write the year: {name} {today.year - 1}.")
    return found


def calendar_date(year: int, month: int, day: int) -> date:
    """Return a date of the calendar, from 1900 on.

    Raises:
        ValueRefusedError: there is no such date; the nearest one is named where there is one.

    """
    if not (FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= _YEAR_MONTHS and day >= 1):
        raise refused(f"There is no date {year}-{month:02d}-{day:02d} here. Write it like 2026-03-02.")
    last = _last_day(year, month)
    if day > last:
        name = _MONTHS[month - 1].capitalize()
        raise refused(f"There is no {day} {name} {year}. Nearest: {year}-{month:02d}-{last}.")
    return date(year, month, day)


def _last_day(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).day


def in_words(day: date) -> str:
    """Return a day as an error names it: `Mon 2 Mar 2026`."""
    month = _MONTHS[day.month - 1].capitalize()
    return f"{_WEEKDAYS[day.weekday()].capitalize()} {day.day} {month} {day.year}"


def not_yet() -> SpinetrackError:
    """Return the error for a time in the future."""
    return refused("That time has not come yet.")
