"""Before and after a procedure on the spine: the numbers that rules IJ-1 to IJ-4 stand on.

They speak from 5 days on a side, as the rule table has it; `responses` compares from 7 and says more.
What counts as a change is the same. Source: clinical.md 10, "Injection windows", and the rule table.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.aftercare import BEFORE_DAYS, LEAST
from spinetrack.recovery.responses import FUNCTION, POINTS, PSFS_BEFORE, PSFS_GAIN, SHARE
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.facts import Facts

PSFS: Final = "psfs"
ROUNDING: Final = 1e-9
BACK_WITHIN: Final = 1.0
"""Points below the pain before at which pain counts as back. Source: rule IJ-4."""
MIDDLE_DAYS: Final = 14
LASTING: Final = 14
"""Days for which it must be back."""


class Pair(NamedTuple):
    """The middle of a measure before day 0 and in a window after it."""

    before: float
    after: float
    n_before: int
    n_after: int


class Effect(NamedTuple):
    """What a window after a procedure says."""

    pain: Pair | None
    """None without enough days on both sides."""
    tolerances: Mapping[str, Pair]
    """Those with enough days on both sides."""
    psfs: float | None
    """Change of the PSFS mean, up is better; None without a score on both sides."""

    @property
    def function_improved(self) -> bool:
        """A tolerance up by 30 % or more, or PSFS by 2."""
        known = (p for p in self.tolerances.values() if p.before > 0)
        longer = any(p.after >= (1 + SHARE) * p.before - ROUNDING for p in known)
        return longer or (self.psfs is not None and self.psfs >= PSFS_GAIN)

    @property
    def pain_improved(self) -> bool:
        """Pain down by 2 points and 30 %."""
        if self.pain is None:
            return False
        fall = self.pain.before - self.pain.after
        return fall >= POINTS and fall >= SHARE * self.pain.before - ROUNDING

    @property
    def longest(self) -> tuple[str, Pair] | None:
        """The tolerance that changed for the better by the largest share."""
        grown = [(key, p) for key, p in self.tolerances.items() if p.before > 0]
        return max(grown, key=lambda item: item[1].after / item[1].before, default=None)


def effect(facts: Facts, treatment: Treatment, first: int, last: int) -> Effect:
    """Return what the days `first` to `last` after day 0 say against the 14 days before it."""
    end = min(facts.today, treatment.start + timedelta(days=last))
    span = (end - treatment.start).days - first + 1

    def pair(key: str) -> Pair | None:
        before = _telling(facts, key, treatment.start - timedelta(days=1), BEFORE_DAYS)
        after = _telling(facts, key, end, max(0, span))
        if len(before) < LEAST or len(after) < LEAST:
            return None
        return Pair(median(before) or 0.0, median(after) or 0.0, len(before), len(after))

    tolerances = {key: found for key in FUNCTION if (found := pair(key))}
    return Effect(pair("pain"), tolerances, _psfs(facts.diary, treatment, first, end))


def _telling(facts: Facts, key: str, day: date, days: int) -> list[float]:
    """Return the values of the `days` days that end on `day`; of lower bounds those that say something."""
    return [value for _, value in facts.days.telling(key, days_back(day, days))]


def _psfs(diary: Diary, treatment: Treatment, first: int, end: date) -> float | None:
    """Return the change of PSFS from the last score before day 0 to the last one since day `first`."""
    mine = [s for s in diary.scores if s.instrument == PSFS]
    before = [s for s in mine if treatment.start - PSFS_BEFORE <= s.day <= treatment.start]
    after = [s for s in mine if treatment.start + timedelta(days=first) <= s.day <= end]
    if not before or not after or before[-1].labels != after[-1].labels:  # other activities: another scale
        return None
    return after[-1].total - before[-1].total


def has_signs(diary: Diary, treatment: Treatment) -> bool:
    """Return whether a sign of the time after a procedure was reported since: IN3 or OT4."""
    return any(
        answer.item in {"IN3", "OT4"} and answer.answer != "no"
        for screen in diary.screens
        if screen.day >= treatment.start
        for answer in screen.answers
    )


class Fading(NamedTuple):
    """Pain that came back after a time of relief."""

    before: float
    now: float
    back_on: date
    """The first day of the present run on which the middle of two weeks was back."""


def fading(facts: Facts, treatment: Treatment) -> Fading | None:
    """Return since when pain has been back for two weeks, None where it is not or never fell."""
    usual = _pain_before(facts, treatment)
    first = treatment.start + timedelta(days=MIDDLE_DAYS)
    if usual is None or (facts.today - first).days < LASTING:
        return None
    middles = {
        day: facts.days.med("pain", day, MIDDLE_DAYS)
        for day in days_back(facts.today, (facts.today - first).days + 1)
        if facts.days.count("pain", day, MIDDLE_DAYS) >= LEAST
    }
    back = {day for day, value in middles.items() if value is not None and value >= usual - BACK_WITHIN}
    relieved = [day for day in middles if day not in back]
    run = [day for day in days_back(facts.today, LASTING) if day in back]
    if len(run) < LASTING or not relieved:
        return None
    since = min(day for day in back if day > max(relieved))
    return Fading(usual, middles[facts.today] or 0.0, since)


def _pain_before(facts: Facts, treatment: Treatment) -> float | None:
    """Return the usual pain before a procedure, also where those days lie outside what was read."""
    if facts.diary.pain_before is not None:
        return facts.diary.pain_before
    before = facts.days.window("pain", treatment.start - timedelta(days=1), BEFORE_DAYS)
    return median(before) if len(before) >= LEAST else None
