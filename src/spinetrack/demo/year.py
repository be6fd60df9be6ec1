"""One year of a simulated patient who follows the suggestions, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, TypedDict

from spinetrack.demo.life import Life

if TYPE_CHECKING:
    from spinetrack.demo.courses import Course
    from spinetrack.recovery.findings import Assessment

FIRST_DAY = date(2026, 1, 5)
DAYS = 365
WINDOW = 14
LEAST = 3
"""Values that a middle needs."""


class Year(TypedDict):
    """What happened in a year."""

    first_doses: int
    progressions: int
    """Rises that were followed: PR-1 and PR-2."""
    holds: int
    """Days on which PR-3 was shown."""
    step_backs: int
    restarts: int
    """First lower doses after a break (PR-6)."""
    flares: int
    flare_days: int
    days_to_goal: int | None
    """Days until the middle of two weeks of what they could do reached their goal; None if never."""
    most_messages: int
    """Messages shown on one day, at most."""
    doses: dict[str, float]
    """The plan at the end."""


def year_table(
    course: Course, *, days: int = DAYS, first_day: date = FIRST_DAY, seed: int | None = None
) -> Year:
    """Return what a year holds for a patient of `course` who does what is suggested."""
    life = Life(replace(course, follows=1.0, leaves=frozenset()), first_day, seed=seed)
    flares: set[date] = set()
    flare_days: set[date] = set()
    holds = most = 0
    found: Assessment | None = None
    for number in range(days):
        found = life.live(number)
        holds += any(s.rule == "PR-3" for s in found.suggestions)
        most = max(most, len(found.suggestions))
        if found.flare:
            flares.add(found.flare.start)
            flare_days |= found.flare.active
    return Year(
        first_doses=_followed(life, "PR-0"),
        progressions=_followed(life, "PR-1", "PR-2"),
        holds=holds,
        step_backs=_followed(life, "PR-4"),
        restarts=_followed(life, "PR-6"),
        flares=len(flares),
        flare_days=len(flare_days),
        days_to_goal=_days_to_goal(life),
        most_messages=most,
        doses={item.activity: item.quota for item in found.plan} if found else {},
    )


def _followed(life: Life, *rules: str) -> int:
    return sum(quota.rule in rules for quota in life.records.quotas)


def _days_to_goal(life: Life) -> int | None:
    name, minutes = life.course.goal
    logged = [(e.day, e.values[name]) for e in life.records.entries if name in e.values]
    for place, (day, _) in enumerate(logged):
        recent = [value for when, value in logged[: place + 1] if (day - when).days < WINDOW]
        if len(recent) >= LEAST and median(recent) >= minutes:
            return (day - life.first_day).days
    return None
