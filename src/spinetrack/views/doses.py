"""Days and doses in words, for every screen. No colours, no layout."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from spinetrack.recovery.diary import Quota, Session
    from spinetrack.recovery.findings import Change, PlanItem

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date, today: date | None = None) -> str:
    """Return `Mon 23 Nov`, with the year when it is not the year of `today`."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if today is None or day.year == today.year else f"{words} {day.year}"


def short_day(day: date, today: date | None = None) -> str:
    """Return `23 Nov`, with the year when it is not the year of `today`."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if today is None or day.year == today.year else f"{words} {day.year}"


def when_words(at: datetime, day: date, today: date) -> str:
    """Return `today, 21:04`, `yesterday, 21:04` or `Sun 22 Nov, 21:04`."""
    back = (today - day).days
    words = "today" if back == 0 else "yesterday" if back == 1 else day_words(day, today)
    return f"{words}, {at:%H:%M}"


def number(value: float) -> str:
    """Return a number without needless decimals: `4`, `4.5`.

    >>> number(4.0), number(4.25)
    ('4', '4.2')
    """
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def exercise(amount: float, sets: int | None, *, held: bool, load: float | None) -> str:
    """Return `3 × 10`, `3 × 30 s`, `10 times` or `3 × 10 at 5 kg`."""  # noqa: RUF002
    words = f"{sets} × {number(amount)}" if sets else number(amount)  # noqa: RUF001
    words += " s" if held else "" if sets else " times"
    return f"{words} at {number(load)} kg" if load else words


def planned_dose(item: PlanItem) -> str:
    """Return the planned dose of a plan item: `25 min`, `3 × 10`."""  # noqa: RUF002
    return _item_dose(item, item.quota, item.sets)


def todays_dose(item: PlanItem) -> str:
    """Return the dose of the day of a plan item; `pause` when there is none."""
    if item.today == 0:
        return "pause"
    return _item_dose(item, item.today, item.sets_today or item.sets)


def _item_dose(item: PlanItem, amount: float, sets: int | None) -> str:
    if item.unit == "min":
        return f"{number(amount)} min"
    return exercise(amount, sets, held=item.unit == "s", load=item.load)


def dose_words(item: PlanItem) -> str:
    """Return the dose of the day beside the planned one where they differ: `sit 10 of 25 min`."""
    if item.today == item.quota:
        return f"{item.activity} {planned_dose(item)}"
    if item.today == 0:
        return f"{item.activity} pause"
    if item.unit == "min":
        return f"{item.activity} {number(item.today)} of {planned_dose(item)}"
    return f"{item.activity} {todays_dose(item)} (planned {planned_dose(item)})"


def quota_dose(quota: Quota, *, minutes: bool) -> str:
    """Return the dose of one row of the plan's history."""
    if minutes:
        return f"{number(quota.amount)} min"
    return exercise(quota.amount, quota.sets, held=quota.reps is None, load=quota.load)


def session_dose(session: Session, *, minutes: bool) -> str:
    """Return what was done in a session: `25 min`, `3 × 10 at 5 kg`."""  # noqa: RUF002
    if minutes:
        return f"{number(session.dose)} min"
    if session.reps is None and session.hold is None:
        return number(session.dose)
    amount = session.hold if session.reps is None else session.reps
    return exercise(amount or 0, session.sets, held=session.reps is None, load=session.load)


def change_words(change: Change) -> str:
    """Return `25 → 27 min`, or `27 min` where there was nothing before."""
    what = {"sets": " sets", "reps": " times", "hold": " s", "load": " kg"}.get(change.variable, "")
    unit = what or f" {change.unit}"
    if change.before is None:
        return f"{number(change.after)}{unit}"
    return f"{number(change.before)} → {number(change.after)}{unit}"


def joined(parts: Iterable[str]) -> str:
    """Return the parts with a middle dot between them."""
    return " · ".join(parts)
