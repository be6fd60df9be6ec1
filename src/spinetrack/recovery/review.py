"""How somebody stands: what a measure came to in two weeks, and whether it changed by a real amount.

Shared by the report and by `review`. Everything here is counting and comparing; nothing is filled in
where nothing was recorded. Sources: clinical.md 1.2 (pain), 3.1 (tolerances), issue 7 point 2.
"""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery.diary import LIMIT_STOPS
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.recovery.tolerances import COARSE_FROM
from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.series import Days

LEVEL_DAYS = 14
"""Days over which a level is read."""
LEAST_RECORDED = 7
"""Days with a value that a level needs."""
LEAST_LIMITS = 5
"""Days with a tolerance ended by a limit that its level needs."""
CLEAR_SHARE = 0.3
"""Share of change that is clear. Source: Ostelo 2008 for pain; for tolerances a rule of this tool."""
POSSIBLE_SHARE = 0.15
"""Share of a tolerance's change that is possible: a rule of this tool, as no source has a number."""
LOW_BASE, LOW_POINTS = 3.0, 1.5
"""Below this level of pain a share is unstable, and these points count. Source: clinical.md 1.2."""
LOW_POSSIBLE = 1.0
"""The error of one rating. Source: Childs 2005, Spine 30:1331; from memory."""
FINE_STEP, COARSE_STEP = 1.0, 5.0
"""Minutes a tolerance must change by below 30 minutes, and from there on."""
FAR_STEP = 50.0
"""Metres a walking distance must change by."""

Verdict = Literal["clear", "possible", "none"]
Missing = Literal["", "too few days", "cannot tell", "overlap"]


class Level(NamedTuple):
    """What a measure came to in a stretch of days. Values are in the metric's base unit."""

    metric: str
    first: date
    last: date
    value: float | None
    """The median of day values, of yes or no the yes days in a week; None where `missing` says why."""
    recorded: int
    """Days with a value."""
    n: int
    """Days the value stands on: of a tolerance those that a limit ended."""
    missing: Missing = ""


class Endings(NamedTuple):
    """How tolerances of a stretch of days ended."""

    limits: int
    """Values that a limit ended, said or taken so."""
    named: tuple[tuple[str, int], ...]
    """Reason and how often it was said, the most frequent first."""
    bounds: int
    """Values that ended for another reason: lower bounds."""

    @property
    def said(self) -> int:
        """How many limits have their reason named."""
        return sum(times for _, times in self.named)


class Change(NamedTuple):
    """From one level to a later one."""

    then: Level
    now: Level
    delta: float | None = None
    """Later less earlier; None where one is missing or they overlap."""
    share: float | None = None
    """Change as a share of the earlier level; None of nothing."""
    verdict: Verdict | None = None
    """None where nothing can be said, or no size of change is agreed for the measure."""
    better: bool | None = None
    """Whether the change goes the better way; None of no change."""
    missing: Missing = ""


# -- levels ----------------------------------------------------------------------------------------


def level(days: Days, metric: Metric, first: date, last: date) -> Level:
    """Return what a measure came to from `first` to `last`, both included.

    It needs 7 days with a value. A tolerance is read from what a limit ended, the longest of a day,
    and needs 5 such days: below that too much of it is a lower bound.
    """
    span = list(days_back(last, (last - first).days + 1))
    values = days.window(metric.key, last, len(span))
    used = _limits(days, metric.key, span) if metric.is_tolerance else values
    missing: Missing = ""
    if len(values) < LEAST_RECORDED:
        missing = "too few days"
    elif metric.is_tolerance and len(used) < LEAST_LIMITS:
        missing = "cannot tell"
    value = None if missing else median(used)
    if metric.kind == "yes-no" and value is not None:
        value = 7 * sum(values) / len(values)
    return Level(metric.key, first, last, value, len(values), len(used), missing)


def level_until(days: Days, metric: Metric, last: date) -> Level:
    """Return what a measure came to in the 14 days that end on `last`."""
    return level(days, metric, last - timedelta(days=LEVEL_DAYS - 1), last)


def _limits(days: Days, metric: str, span: Iterable[date]) -> list[float]:
    wanted = set(span)
    longest: dict[date, float] = {}
    for reading in days.readings.get(metric, ()):
        if not reading.at_least and reading.day in wanted:
            longest[reading.day] = max(reading.value, longest.get(reading.day, 0.0))
    return [longest[day] for day in sorted(longest)]


def endings(days: Days, metric: str, first: date, last: date) -> Endings:
    """Return how the tolerances of a stretch of days ended, and how many said why."""
    limits = bounds = 0
    named: dict[str, int] = {}
    for day in days_back(last, (last - first).days + 1):
        for entry in days.entries_by_day.get(day, ()):
            for seen in entry.observations:
                if seen.metric != metric or seen.site is not None:
                    continue
                if seen.at_least:
                    bounds += 1
                    continue
                limits += 1
                if seen.stop in LIMIT_STOPS:
                    named[seen.stop] = named.get(seen.stop, 0) + 1
    ordered = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))
    return Endings(limits, tuple(ordered), bounds)


# -- the baseline ----------------------------------------------------------------------------------


def first_stretch(rows: Iterable[tuple[date, bool]], *, tolerance: bool) -> date | None:
    """Return the first day of the first 14 days that carry a level, None when there are none.

    Args:
        rows: Each day with a value, oldest first, and whether a limit ended one of that day. They are
            read only as far as needed.
        tolerance: The measure is one: 5 of the 7 days must have a limit.

    >>> first_stretch([(date(2026, 3, n), n > 8) for n in range(2, 31, 2)], tolerance=True)
    datetime.date(2026, 3, 6)

    """
    recent: list[tuple[date, bool]] = []
    for day, limited in rows:
        recent.append((day, limited))
        while (day - recent[0][0]).days >= LEVEL_DAYS:
            recent.pop(0)
        if len(recent) >= LEAST_RECORDED and (not tolerance or sum(e for _, e in recent) >= LEAST_LIMITS):
            return recent[0][0]
    return None


def value_days(days: Days, metric: Metric) -> list[tuple[date, bool]]:
    """Return each day with a value and whether a limit ended one of that day, for `first_stretch`."""
    limited = {r.day for r in days.readings.get(metric.key, ()) if not r.at_least}
    return [(day, day in limited) for day in sorted(days.of(metric.key))]


def baseline(days: Days, metric: Metric) -> Level | None:
    """Return the level of the first 14 days that carry one, None when no stretch does.

    `days` must hold the whole diary, or at least that stretch and all before it.
    """
    first = first_stretch(value_days(days, metric), tolerance=metric.is_tolerance)
    return None if first is None else level(days, metric, first, first + timedelta(days=LEVEL_DAYS - 1))


# -- change ----------------------------------------------------------------------------------------


def change(metric: Metric, then: Level, now: Level) -> Change:
    """Return what lies between two levels of one measure, and what it is worth.

    A pain score changes clearly by 2 points and 30 %, possibly by one of the two; below 3 by 1.5
    points, possibly by 1. A tolerance changes clearly by 30 %, possibly by 15 %, and by a step of its
    grid at least. For other measures no size is agreed: no verdict.
    """
    if then.value is None or now.value is None:
        return Change(then, now, missing=now.missing or then.missing)
    if now.first <= then.last:
        return Change(then, now, missing="overlap")
    delta = now.value - then.value
    share = delta / then.value if then.value else None
    better = None if not delta or metric.better is None else (delta > 0) == (metric.better == "up")
    return Change(then, now, delta, share, verdict(metric, then.value, now.value), better)


def verdict(metric: Metric, then: float, now: float) -> Verdict | None:
    """Return what a change from `then` to `now` is worth, whichever way it goes; None without a rule."""
    size = abs(now - then)
    if metric.is_tolerance:
        return _tolerance_verdict(metric, then, size)
    if metric.meaningful is None:
        return None
    if then < LOW_BASE:
        return "clear" if size >= LOW_POINTS else "possible" if size >= LOW_POSSIBLE else "none"
    met = (size >= metric.meaningful) + (_reaches(size, CLEAR_SHARE * then))
    return ("none", "possible", "clear")[met]


def _tolerance_verdict(metric: Metric, then: float, size: float) -> Verdict:
    step = COARSE_STEP if then >= COARSE_FROM else FINE_STEP
    if size < (FAR_STEP if metric.unit == "m" else step):
        return "none"
    if _reaches(size, CLEAR_SHARE * then):
        return "clear"
    return "possible" if _reaches(size, POSSIBLE_SHARE * then) else "none"


def _reaches(size: float, limit: float) -> bool:
    # A product such as 0.3 * 20 may land a hair above the whole number it stands for.
    return size >= limit - 1e-9


def rule_words(metric: Metric, then: float) -> str:
    """Return from which change on it is possible and clear, for a level of `then`; "" without a rule."""
    if metric.is_tolerance:
        return "clear from 30 %, possible from 15 %"
    if metric.meaningful is None:
        return ""
    if then < LOW_BASE:
        return "clear from 1.5 points, possible from 1"
    return "clear from 2 points and 30 %, possible from one of them"
