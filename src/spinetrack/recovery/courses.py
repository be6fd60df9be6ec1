"""Courses of care that are reviewed together: physiotherapy and exercise. Source: rules CR-1 and CR-2."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.facts import Facts

REVIEWED: Final = frozenset({"physiotherapy", "exercise"})
"""Kinds whose courses are looked at after six and twelve weeks."""
WINDOW: Final = 14


def running(diary: Diary, today: date) -> Treatment | None:
    """Return the physiotherapy or exercise course that runs on `today`, the latest begun of several."""
    found = (
        t
        for t in diary.treatments
        if t.kind in REVIEWED and t.start <= today and (t.end is None or t.end >= today)
    )
    return max(found, key=lambda t: (t.start, t.id), default=None)


def sessions_words(diary: Diary, course: Treatment) -> str:
    """Return how many sessions were done, of how many where that is known: `4 of 6`, `4`, "" unknown."""
    done = sum(s.treatment_id == course.id for s in diary.treatment_sessions)
    if course.planned is not None:
        return f"{done} of {course.planned}"
    return str(done) if done else ""


def gained(facts: Facts, course: Treatment) -> bool | None:
    """Return whether pain or a tolerance of the last 14 days is 30 % better than before a course.

    None without enough days on both sides.
    """
    from spinetrack.recovery.injections import effect
    from spinetrack.recovery.responses import SHARE

    age = (facts.today - course.start).days
    found = effect(facts, course, max(1, age - WINDOW + 1), age)
    if not found.pain and not found.tolerances:
        return None
    pain = found.pain
    eased = pain is not None and pain.before - pain.after >= SHARE * pain.before and pain.before > 0
    return found.function_improved or eased
