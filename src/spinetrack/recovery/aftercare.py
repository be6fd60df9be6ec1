"""What a procedure on the spine changes afterwards: pauses, care questions, limits, and when to look.

Loaded only where a diary has treatments. Source: clinical.md, "Interaction rules", 10 and 13.8; the
numbers are those of `treatments`.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.order import after
from spinetrack.recovery.treatments import PAUSE_DAYS, SURGERY_WEEKS, kind_of, procedures
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary, ProfileFact, Quota, Treatment
    from spinetrack.recovery.treatments import Window

ASKED_ON: Final = (1, 3, 7, 14, 28)
"""Days after a procedure on which the warning-sign questions are asked again. Source: rule RF-4."""
BEFORE_DAYS: Final = 14
"""Days before a procedure that the days after it are compared with. Source: clinical.md 10."""
LEAST: Final = 5
"""Days with a value that each side needs. Source: rule IJ-1."""
DIAGNOSTIC: Final = frozenset({"medial-branch-block"})
"""Kinds that test where pain comes from: their relief is meant to end, and has a diary of its own."""
LOOK_FOR: Final = 7
"""Days after a window's end on which today's screen still points at it: a rule of this tool."""


class FollowUp(NamedTuple):
    """An effect that can be read now."""

    treatment: Treatment
    window: Window
    """Days after day 0 in which it is read."""


def operated_lately(diary: Diary, today: date) -> bool:
    """Return whether an operation lies at most 12 weeks before `today`: the gate `surgery` is open then."""
    weeks = timedelta(weeks=SURGERY_WEEKS)
    return any(kind_of(t).family == "surgery" and t.start >= today - weeks for t in procedures(diary, today))


def pause_end(diary: Diary, today: date) -> date | None:
    """Return the last day of the pause of rises that holds on `today`, None where none does."""
    ends = (
        t.start + timedelta(days=PAUSE_DAYS[family])
        for t in procedures(diary, today)
        if (family := kind_of(t).family) in PAUSE_DAYS
    )
    return max((end for end in ends if end >= today), default=None)


def gates_due_since(diary: Diary, answered: ProfileFact, today: date) -> date | None:
    """Return the day since which the care questions wait because of a procedure, None where none does.

    Args:
        diary: What was recorded.
        answered: The oldest of the answers in force.
        today: The patient's day.

    """
    waiting = (max(t.day, t.start) for t in procedures(diary, today) if not _answered_since(answered, t))
    return min(waiting, default=None)


def _answered_since(row: ProfileFact, treatment: Treatment) -> bool:
    """Return whether an answer was given since a procedure was recorded, or took place as planned."""
    if treatment.start > treatment.day:
        return row.day >= treatment.start
    return after(row, treatment)


def outlives(row: Quota, diary: Diary, today: date) -> bool:
    """Return whether a limit was agreed after every procedure up to `today`; in doubt it was not."""
    return all(
        row.day > t.start or (row.day == t.start == t.day and after(row, t)) for t in procedures(diary, today)
    )


def followed(diary: Diary, today: date) -> Treatment | None:
    """Return the procedure whose effect the rules read: the last one that was no test.

    An effect read after a later one is not that of the first.
    """
    meant = (t for t in procedures(diary, today) if t.kind not in DIAGNOSTIC)
    return max(meant, key=lambda t: (t.start, t.id), default=None)


def middle(window: Window) -> int:
    """Return the day of a window on which its effect can be read: 14 of days 10 to 18."""
    return (window.first + window.last) // 2


def follow_up(diary: Diary, today: date) -> FollowUp | None:
    """Return the effect that is due to be looked at, None when none is."""
    treatment = followed(diary, today)
    if treatment is None:
        return None
    age = (today - treatment.start).days
    due = (w for w in kind_of(treatment).windows if middle(w) <= age <= w.last + LOOK_FOR)
    return next((FollowUp(treatment, window) for window in due), None)
