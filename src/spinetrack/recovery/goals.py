"""Goals read against the diary: where it began, where it is, where it should be by now.

Source of every number: clinical.md 7.2, 7.3 and 8. A goal's path starts on the day it was set. For
yes-or-no measures the value is the number of yes days in a week.
"""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery import gas
from spinetrack.recovery.metrics import known, plain_number, show
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import half_up, median
from spinetrack.recovery.trend import project
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary, Goal, GoalRating, Milestone
    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.series import Days
    from spinetrack.recovery.trend import Projection

BASE_DAYS = 14
BASE_LEAST = 3
NOW_DAYS = 7
ON_TRACK, SLIPPING = 0.8, 0.4
EXEMPT_DAYS = 14
"""The first two weeks say nothing about the pace."""
LOOKS, LEAST_WEEKS = 2, 3
"""A goal is off track at two weekly looks in a row, in its fourth week at the earliest."""
STEPS = (0.25, 0.5, 0.75)
"""Shares of the time at which building blocks are set."""
LONG_WEEKS = 16
FIRST_BLOCK_WEEKS = 4
TREND_DAYS = 28
WEEK = 7


class GoalReader:
    """The goals of a diary, read on one day. Pure."""

    def __init__(self, diary: Diary, days: Days, today: date) -> None:
        self.diary = diary
        self.days = days
        self.today = today
        self._metrics = known(diary.metrics)

    @property
    def active(self) -> tuple[Goal, ...]:
        """Goals that are worked on, oldest first."""
        return tuple(g for g in self.diary.goals if g.status == "active")

    @property
    def kept(self) -> tuple[Goal, ...]:
        """Goals that count: worked on or reached, not given up."""
        return tuple(g for g in self.diary.goals if g.status != "closed")

    def metric(self, goal: Goal) -> Metric:
        """Return the row of a goal's measure; a plain number when the measure is hidden."""
        return self._metrics.get(goal.metric) or plain_metric(goal.metric)

    # Values

    def values(self, key: str, until: date, days: int) -> list[float]:
        """Return the day values of a window, oldest first.

        A tolerance that ended for another reason counts only above the middle of the limits
        (clinical.md 3.1).
        """
        return [value for _, value in self.days.telling(key, days_back(until, days))]

    def level_of_values(self, key: str, until: date, days: int) -> tuple[float | None, int]:
        """Return the middle value of a window and its count; of a yes or no the yes days a week."""
        values = self.values(key, until, days)
        metric = self._metrics.get(key)
        if metric is not None and metric.kind == "yes-no":
            return (sum(values) * WEEK / days if values else None), len(values)
        return median(values), len(values)

    def usual(self, key: str, until: date) -> float | None:
        """Return the median of the 14 days ending `until`, None with fewer than 3 values."""
        value, count = self.level_of_values(key, until, BASE_DAYS)
        return value if count >= BASE_LEAST else None

    def best(self, metric: Metric, until: date) -> float | None:
        """Return the best day value of the last 14 days."""
        values = self.values(metric.key, until, BASE_DAYS)
        if not values:
            return None
        return min(values) if metric.better == "down" else max(values)

    def baseline(self, goal: Goal) -> float | None:
        """Return where a goal began: the frozen value, else the median of the first 3 values.

        Those are looked for in the 14 days before it was set and the 14 after.
        """
        if goal.baseline is not None:
            return goal.baseline
        before = self.usual(goal.metric, goal.day)
        if before is not None:
            return before
        first = goal.day - timedelta(days=BASE_DAYS - 1)
        last = min(self.today, goal.day + timedelta(days=BASE_DAYS))
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            value, count = self.level_of_values(goal.metric, day, n + 1)
            if count >= BASE_LEAST:
                return value
        return None

    def current(self, goal: Goal, day: date | None = None) -> float | None:
        """Return the median of the 7 days ending `day`, today unless said."""
        return self.level_of_values(goal.metric, day or self.today, NOW_DAYS)[0]

    # The path

    def is_geometric(self, goal: Goal, baseline: float) -> bool:
        """Return whether the path grows by a share, as for tolerances, not by equal steps."""
        return self.metric(goal).is_tolerance and baseline > 0 and goal.target > 0

    def at_share(self, goal: Goal, baseline: float, share: float) -> float:
        """Return the value of the path after `share` of the time, 0 to 1."""
        if self.is_geometric(goal, baseline):
            return float(baseline * (goal.target / baseline) ** share)
        return baseline + (goal.target - baseline) * share

    def expected(self, goal: Goal, day: date | None = None) -> float | None:
        """Return the value of the path on `day`; the target after the due day."""
        baseline = self.baseline(goal)
        if baseline is None:
            return None
        span = max(1, (goal.due - goal.day).days)
        gone = ((day or self.today) - goal.day).days
        return self.at_share(goal, baseline, min(1.0, max(0.0, gone / span)))

    def ratio(self, goal: Goal, day: date | None = None) -> float | None:
        """Return the way gone as a share of the way expected by `day`; None when none is expected."""
        baseline, now = self.baseline(goal), self.current(goal, day)
        expected = self.expected(goal, day)
        if baseline is None or now is None or expected is None or expected == baseline:
            return None
        return (now - baseline) / (expected - baseline)

    def too_early(self, goal: Goal, day: date | None = None) -> bool:
        """Return whether a goal is in its first two weeks."""
        return ((day or self.today) - goal.day).days < EXEMPT_DAYS

    def off_track(self, goal: Goal) -> float | None:
        """Return the way gone as a share of the way due, of a goal that is off track; None of others.

        Below four tenths at the last two weekly looks, of a goal that runs and is three weeks old.
        """
        looks = weekly_looks(goal, self.today)
        if len(looks) < LOOKS or (self.today - goal.day).days < LEAST_WEEKS * WEEK or goal.due < self.today:
            return None
        found = [self.ratio(goal, day) for day in looks]
        ratios = [ratio for ratio in found if ratio is not None]
        if len(ratios) < LOOKS or max(ratios) >= SLIPPING or self.status(goal) == "reached":
            return None
        return ratios[-1]

    def projection(self, goal: Goal) -> Projection | None:
        """Return when the target may be reached at the pace of the last 4 weeks."""
        now = self.current(goal)
        if now is None or self.metric(goal).kind == "yes-no":
            return None
        column = self.days.of(goal.metric)
        recent = {d: column[d] for d in days_back(self.today, TREND_DAYS) if d in column}
        return project(recent, now, goal.target)

    # Attainment

    def written(self, goal: Goal, day: date | None = None) -> GoalRating | None:
        """Return the newest level the patient gave up to `day`."""
        until = day or self.today
        found = [r for r in self.diary.ratings if r.goal_id == goal.id and r.day <= until]
        return max(found, key=lambda r: (r.day, r.at, r.seq, r.id), default=None)

    def derived(self, goal: Goal, day: date | None = None) -> int | None:
        """Return the level that the diary says, None without a baseline or a present value."""
        baseline, now = self.baseline(goal), self.current(goal, day)
        if baseline is None or now is None:
            return None
        return gas.derived_level(baseline, goal.target, now, self.metric(goal).better)

    def level(self, goal: Goal, day: date | None = None) -> int | None:
        """Return the level in force: the newest written one, else the derived one.

        A goal closed as reached keeps the level of that day, 0 at least.
        """
        if goal.status == "reached" and goal.closed_on is not None:
            day = min(day or self.today, goal.closed_on)
        written = self.written(goal, day)
        if written is not None:
            return written.level
        derived = self.derived(goal, day)
        return max(derived or 0, 0) if goal.status == "reached" else derived

    def start_level(self, goal: Goal) -> int:
        """Return the level at the start: what was written by the day it was set, else -1."""
        written = self.written(goal, goal.day)
        return written.level if written is not None else gas.AT_START

    def attainment(self) -> gas.Gas:
        """Return T now, at the start, and the change, over the goals that count."""
        goals = self.kept
        return gas.attainment(
            [self.level(g) for g in goals], [self.start_level(g) for g in goals], [weight(g) for g in goals]
        )

    def status(self, goal: Goal) -> str:
        """Return `active`, `reached` (also by its level) or `closed`."""
        if goal.status != "active":
            return goal.status
        level = self.level(goal)
        return "reached" if level is not None and level >= gas.EXPECTED else "active"

    # Building blocks

    def milestones(self, goal: Goal) -> tuple[Milestone, ...]:
        """Return the building blocks of a goal by day."""
        found = (m for m in self.diary.milestones if m.goal_id == goal.id)
        return tuple(sorted(found, key=lambda m: (m.due, m.id)))

    def reached(self, goal: Goal, value: float, day: date | None = None) -> bool:
        """Return whether the 7 days ending `day` reached `value`: their median, of 3 values or more."""
        now, count = self.level_of_values(goal.metric, day or self.today, NOW_DAYS)
        baseline = self.baseline(goal)
        if now is None or count < BASE_LEAST or baseline is None:
            return False
        return now >= value if goal.target >= baseline else now <= value

    def reached_on(self, goal: Goal, milestone: Milestone) -> date | None:
        """Return the day a building block was reached: the one written, else the first by the diary."""
        if milestone.reached_on is not None:
            return milestone.reached_on
        span = (min(self.today, goal.closed_on or self.today) - goal.day).days
        days = (goal.day + timedelta(days=n) for n in range(1, span + 1))
        return next((d for d in days if self.reached(goal, milestone.value, d)), None)

    def next_milestone(self, goal: Goal) -> Milestone | None:
        """Return the first building block that is not reached yet."""
        return next((m for m in self.milestones(goal) if self.reached_on(goal, m) is None), None)

    def blocks(self, goal: Goal, baseline: float) -> tuple[tuple[date, float], ...]:
        """Return day and value of the building blocks that the path makes.

        At 25, 50 and 75 % of the time; a goal of more than 16 weeks has one within 4 weeks too.
        """
        metric, span = self.metric(goal), (goal.due - goal.day).days
        shares = list(STEPS)
        if span > LONG_WEEKS * WEEK:
            shares.insert(0, FIRST_BLOCK_WEEKS * WEEK / span)
        found: dict[float, date] = {}
        for share in shares:
            value = rounded(metric, self.at_share(goal, baseline, share))
            inside = min(baseline, goal.target) < value < max(baseline, goal.target)
            if inside and value not in found:
                found[value] = goal.day + timedelta(days=int(share * span))
        return tuple((day, value) for value, day in found.items())


def weekly_looks(goal: Goal, today: date) -> list[date]:
    """Return the last two weekly looks at a goal, outside its first two weeks; newest last."""
    weeks = (today - goal.day).days // WEEK
    return [goal.day + timedelta(days=WEEK * n) for n in (weeks - 1, weeks) if n >= LOOKS]


def weight(goal: Goal) -> int:
    """Return importance times difficulty."""
    return goal.importance * goal.difficulty


def plain_metric(key: str) -> Metric:
    """Return a row for a measure that is not known any more."""
    from spinetrack.recovery.diary import CustomMetric

    return known([CustomMetric(key, key, "", "up", 0, 1e9)])[key]


def rounded(metric: Metric, value: float) -> float:
    """Return a value of the path as it can be aimed at: whole minutes, ten metres, half points."""
    if metric.unit == "m":
        return float(half_up(value / 10) * 10)
    if metric.unit in {"0-10", "kg"}:
        return half_up(value * 2) / 2
    return float(half_up(value))


def say(metric: Metric, value: float, units: str = "km") -> str:
    """Return a goal's value in words: `35 min`, `4`, `3 days a week`."""
    if metric.kind == "yes-no":
        return f"{plain_number(value, 1)} {'day' if value == 1 else 'days'} a week"
    return show(metric, round(value, 1), units)
