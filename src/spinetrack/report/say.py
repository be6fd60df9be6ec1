"""Days and numbers in the words of a report; a redacted one counts its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery.metrics import plain_number, show
from spinetrack.recovery.redact import DAY_ONE, day_number
from spinetrack.recovery.review import CLEAR_SHARE, POSSIBLE_SHARE
from spinetrack.recovery.stats import half_up
from spinetrack.recovery.words import counted

if TYPE_CHECKING:
    from datetime import date, datetime

    from spinetrack.recovery.findings import Flare
    from spinetrack.recovery.metrics import Metric

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUS: Final = "\u2212"
EXACT: Final = 1e-7
"""What a percentage may lack by reckoning alone."""
SHARES: Final = (POSSIBLE_SHARE, CLEAR_SHARE)
LONGEST_TEXT: Final = 300
"""Signs of a patient's own text that a report prints at most."""


class Say:
    """How this report says a day, a stretch of days and a value.

    Args:
        today: The day the report is made; days of another year carry theirs.
        units: `km` or `mi`.
        redacted: Days are counted from day 1.

    """

    def __init__(self, today: date, units: str, *, redacted: bool) -> None:
        self.today = today
        self.units = units
        self.redacted = redacted

    @property
    def day_one(self) -> date | None:
        """The day that is called day 1, None where days have dates."""
        return DAY_ONE if self.redacted else None

    def day(self, day: date) -> str:
        """Return `23 Nov`, `23 Nov 2025` of another year, or `day 12`."""
        if self.redacted:
            number = day_number(day)
            return f"day {number}" if number > 0 else f"{counted(1 - number, 'day')} before day 1"
        words = f"{day.day} {MONTHS[day.month - 1]}"
        return words if day.year == self.today.year else f"{words} {day.year}"

    def full_day(self, day: date) -> str:
        """Return `23 Nov 2026`, or `day 12`."""
        return self.day(day) if self.redacted else f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def moment(self, at: datetime, day: date) -> str:
        """Return `23 Nov, 21:04`."""
        return f"{self.day(day)}, {at:%H:%M}"

    def span(self, first: date, last: date) -> str:
        """Return `2 to 15 Nov`, `28 Oct to 10 Nov`, `day 3 to 16`; a day alone stands alone."""
        if first == last:
            return self.day(first)
        if self.redacted:
            if day_number(first) > 0:
                return f"{self.day(first)} to {day_number(last)}"
        elif (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {self.day(last)}"
        elif first.year == last.year:
            return f"{first.day} {MONTHS[first.month - 1]} to {self.day(last)}"
        return f"{self.day(first)} to {self.day(last)}"

    def full_span(self, first: date, last: date) -> str:
        """Return `2 Sep to 24 Nov 2026`: a stretch of days with its year."""
        words = self.span(first, last)
        return words if self.redacted or words.endswith(str(last.year)) else f"{words} {last.year}"

    def value(self, metric: Metric, value: float) -> str:
        """Return a value as it is read: `35 min`, `1.2 km`, `4`, `3 days a week`."""
        if metric.kind == "yes-no":
            return f"{plain_number(value, 1)} days a week"
        return show(metric, round(value, 1), self.units)

    def change(self, metric: Metric, delta: float) -> str:
        """Return a change with its sign: `+15 min`, `−2`."""  # noqa: RUF002
        sign = "+" if delta > 0 else MINUS if delta < 0 else ""
        words = self.value(metric, abs(delta))
        if metric.unit == "0-10":
            words += " point" if abs(delta) == 1 else " points"
        return f"{sign}{words}"

    def flare(self, flare: Flare) -> str:
        """Return the days of a flare."""
        return self.span(flare.start, max(flare.start, flare.last_active))


def percent(share: float) -> str:
    """Return a share as a whole percentage with its sign, half away from zero: `+75 %`.

    A change just below a limit keeps a decimal, so that it never reads as if it had reached it.

    >>> percent(0.754), percent(-2 / 3), percent(0.1458), percent(0.2999), percent(0.3 / 2)
    ('+75 %', '−67 %', '+14.5 %', '+29.9 %', '+15 %')
    """  # noqa: RUF002
    size = abs(100 * share) + EXACT
    whole = half_up(size)
    short_of_it = size < whole and whole in (half_up(100 * limit) for limit in SHARES)
    sign = "" if not whole else "+" if share > 0 else MINUS
    return f"{sign}{int(10 * size) / 10 if short_of_it else whole} %"


def number(value: float) -> str:
    """Return a number to one decimal, without needless zeros."""
    return plain_number(value, 1)


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a patient's own text on one line, cut where it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def more(left: int, one: str, many: str = "") -> str:
    """Return `2 more flares.` for what does not stand on page one."""
    return f"{left} more {one if left == 1 else many or one + 's'}."
