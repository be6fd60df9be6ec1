"""A reminder for the calendar of a phone (RFC 5545). Nothing in it says what the diary is about.

The time is a floating one: the same time by the clock wherever the patient is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TITLE: Final = "Diary"
UID: Final = "daily@diary.invalid"
"""Always the same: a calendar that gets a second file changes its event and does not add one."""
FOLD: Final = 75
"""Bytes of a line at most, without its end. Source: RFC 5545, 3.1."""


def write_calendar(at: time, now: datetime, *, weekdays: Collection[int] = (), title: str = TITLE) -> bytes:
    """Write a calendar file with one event that comes back, and an alarm at its time.

    Args:
        at: The time of day.
        now: The moment the file is made.
        weekdays: 0 for Monday to 6 for Sunday; none means every day.
        title: What the phone shows.

    """
    start = datetime.combine(first_day(now.date(), weekdays), at)
    days = ",".join(DAYS[day] for day in sorted(weekdays))
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Diary//Reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{UID}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        "DURATION:PT5M",
        f"RRULE:FREQ=WEEKLY;BYDAY={days}" if days else "RRULE:FREQ=DAILY",
        f"SUMMARY:{escaped(title)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0M",
        f"DESCRIPTION:{escaped(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(folded(line) for line in lines)


def first_day(today: date, weekdays: Collection[int]) -> date:
    """Return the first day from `today` on that is one of the weekdays: another would count as one more."""
    ahead = min(((day - today.weekday()) % 7 for day in weekdays), default=0)
    return today + timedelta(days=ahead)


def escaped(text: str) -> str:
    r"""Write a text so that no sign of it counts as one of the format.

    >>> escaped("Diary; now")
    'Diary\\; now'
    """
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign.isprintable())


def folded(line: str) -> bytes:
    """Write a line with its end; a long one goes on in the next, behind a blank, cut between letters."""
    pieces: list[bytes] = [b""]
    for sign in line:
        raw = sign.encode()
        room = FOLD - bool(len(pieces) > 1)
        if len(pieces[-1]) + len(raw) > room:
            pieces.append(b"")
        pieces[-1] += raw
    return b"\r\n ".join(pieces) + b"\r\n"
