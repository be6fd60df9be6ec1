"""Small words that several rules and screens share."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = {"sit": "sitting", "stand": "standing", "walk": "walking", "distance": "walking distance"}
UNITS = {"min": "min", "reps": "times", "s": "seconds", "kg": "kg"}


def name_of(activity: str) -> str:
    """Return how an activity is called inside a sentence."""
    return NAMES.get(activity, activity)


def title_of(activity: str) -> str:
    """Return how an activity is called at the start of a sentence."""
    name = name_of(activity)
    return name[:1].upper() + name[1:]


def number(value: float) -> str:
    """Return a number without needless zeros: 20, 12.5.

    >>> number(20.0), number(12.5), number(9.59)
    ('20', '12.5', '9.6')
    """
    return f"{round(value, 1):g}"


def share(value: float) -> str:
    """Return a share as it stands in a sum: 0.75, 0.625."""
    return f"{round(value, 4):g}"


def amount(value: float, unit: str) -> str:
    """Return a dose with its unit: `20 min`."""
    return f"{number(value)} {UNITS.get(unit, unit)}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 day`, `3 days`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def plain_day(day: object) -> str:
    """Return a day as `15 Nov`."""
    return f"{day:%d %b}".lstrip("0")
