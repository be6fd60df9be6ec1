"""What was reached for the first time: the milestones of clinical.md 8, each said once.

Nothing remembers what was said: a milestone is new when it holds today and did not hold on any day
up to the last record before today, by what was written down before today. So an entry for yesterday
that is written today still counts as news. Never one for enduring pain, nor for steps in a flare.
"""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery.goals import GoalReader, say
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.series import Days
from spinetrack.recovery.stats import median
from spinetrack.recovery.when import day_of
from spinetrack.recovery.words import amount, counted, number, plain_day, title_of
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Goal

    Holds = Callable[["Past", date], bool]

READ_DAYS = 180
"""A diary older than this cannot show what its first days were."""
WEEK_LOGGED = 7
LEAST = 3
MORE = (1.0, 0.5, 0.25)
LESS = (0.5, 0.3)
PAIN_LEAST, PAIN_BASE = 10, 3.0
HOUR = 60
NIGHTS = 3
QUIET = (56, 28, 14)
WORK_DAYS = (40, 20, 10)
SHORT_FLARE = 7
COURSE_WEEKS = (12, 6)
LEVELS = (2, 1, 0)
FAR_ZONES = timedelta(days=3)
"""What was written down longer ago was written on an earlier day of the patient's, in whatever zone."""


class First(NamedTuple):
    """One milestone, reached today."""

    key: str
    text: str
    value: float
    """Its number."""
    compares: bool = False
    """It sets now beside the start."""


class Past(NamedTuple):
    """What was known at some time."""

    days: Days
    goals: GoalReader


class Firsts:
    """Finds the milestones of today."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.facts = context.facts
        self.today = context.today
        self.now = Past(self.facts.days, self.facts.goals)
        self.before = self._before()
        records = {*self.before.days.entries_by_day}
        records.update(s.day for s in self.facts.diary.sessions)
        records.update(s.day for s in self.facts.diary.skips)
        earlier = sorted(day for day in records if day < self.today)
        self.first = earlier[0] if earlier else None
        self.last = earlier[-1] if earlier else None

    def _before(self) -> Past:
        """Return what was written down before today."""
        diary = self.facts.diary
        lately = self.facts.now - FAR_ZONES  # spares the slow question for nearly all
        late = any(
            e.day < self.today and e.recorded_at > lately and day_of(e.recorded_at) >= self.today
            for e in diary.entries
        )
        if not late:
            return self.now
        known = diary._replace(entries=tuple(e for e in diary.entries if day_of(e.recorded_at) < self.today))
        days = Days(known)
        return Past(days, GoalReader(known, days, self.today))

    def is_new(self, holds: Holds) -> bool:
        """Return whether something holds today and never held before, as was known."""
        if not holds(self.now, self.today):
            return False
        if self.first is None or self.last is None:
            return True
        span = (self.last - self.first).days
        return not any(holds(self.before, self.last - timedelta(days=n)) for n in range(span + 1))

    def found(self) -> tuple[First, ...]:
        """Return what was reached today, goals first."""
        facts = self.facts
        if facts.flare or facts.open_signs or facts.rescreen:
            return ()
        young = facts.first_day_age is not None and facts.first_day_age <= READ_DAYS
        return (
            *self._goals(),
            *(self._from_the_start() if young else ()),
            *self._body(),
            *self._quiet(),
        )

    # Goals

    def _goals(self) -> Iterator[First]:
        for goal in self.facts.goals.active:
            level = next((v for v in LEVELS if self.is_new(_at_level(goal, v))), None)
            if level is not None:
                yield self._level(goal, level)
            else:
                yield from self._block(goal)

    def _level(self, goal: Goal, level: int) -> First:
        reader = self.facts.goals
        now = reader.current(goal)
        what = say(reader.metric(goal), now) if now is not None else "as you rated it"
        more = "" if level == 0 else f", level +{level}"
        return First(
            f"goal {goal.id}",
            f'Goal reached: "{goal.title}", {what}{more}. What next: spinetrack goal review',
            float(level),
        )

    def _block(self, goal: Goal) -> Iterator[First]:
        reader = self.facts.goals
        new = [m for m in reader.milestones(goal) if self.is_new(_past_block(goal, m.value))]
        if not new:
            return
        metric, best = reader.metric(goal), new[-1]
        following = reader.next_milestone(goal)
        if following is not None:
            more = f" Next: {say(metric, following.value)} by {plain_day(following.due)}."
        else:
            more = f" Next is the goal: {say(metric, goal.target)}."
        yield First(
            f"block {goal.id}",
            f'Building block reached: {say(metric, best.value)} for "{goal.title}".{more}',
            best.value,
        )

    # Against the start

    def _from_the_start(self) -> Iterator[First]:
        if self.is_new(lambda past, day: sum(d <= day for d in past.days.entries_by_day) >= WEEK_LOGGED):
            yield First("week", f"You logged {WEEK_LOGGED} days.", WEEK_LOGGED)
        for key in TOLERANCES:
            # Without a quota PR-0 says it, with the dose that comes of it.
            told = self.context.planned(key) is None
            if not told and self.is_new(lambda past, day, k=key: _limits(past, k, day) >= LEAST):  # type: ignore[misc]
                yield First(f"baseline {key}", f"{title_of(key)}: the start is known.", LEAST)
            yield from self._further(key)
        yield from self._less_pain()
        start = min((p.quotas[0].day for p in self.context.plan), default=None)
        for weeks in COURSE_WEEKS:
            if start and self.is_new(lambda _, day, w=weeks: (day - start).days >= 7 * w):  # type: ignore[misc]
                done = sum(s.day >= start for s in self.facts.diary.sessions)
                if not done:
                    return
                text = f"{weeks} weeks of your plan, with {counted(done, 'session')} done."
                yield First(f"course {weeks}", text, done)
                return

    def _further(self, key: str) -> Iterator[First]:
        """Yield a tolerance a quarter, a half or all of it above the start."""
        base, after = _start(self.now.days, key, LEAST)
        if base is None or after is None:
            return
        for share in MORE:
            most = base * (1 + share)

            def holds(past: Past, day: date, most: float = most) -> bool:
                week = past.days.window(key, day, 7)
                return day > after and len(week) >= LEAST and (median(week) or 0) >= most

            if self.is_new(holds):
                now = self.facts.med(key, 7) or 0.0
                text = f"{title_of(key)}: {amount(base, 'min')} at the start, {amount(now, 'min')} now."
                yield First(f"{key} {number(100 * share)}", text, now, compares=True)
                return

    def _less_pain(self) -> Iterator[First]:
        base, after = _start(self.now.days, "pain", PAIN_LEAST)
        if base is None or after is None or base < PAIN_BASE:
            return
        for share in LESS:
            least = base * (1 - share)

            def holds(past: Past, day: date, least: float = least) -> bool:
                window = past.days.window("pain", day, 14)
                middle = median(window)
                late = (day - after).days >= 14  # noqa: PLR2004
                return late and len(window) >= PAIN_LEAST and middle is not None and middle <= least

            if self.is_new(holds):
                now = self.facts.med("pain", 14) or 0.0
                text = f"Usual pain: {number(base)} at the start, {number(now)} now."
                yield First(f"pain {number(100 * share)}", text, now, compares=True)
                return

    # The body

    def _body(self) -> Iterator[First]:
        if self.is_new(lambda past, day: past.days.of("sit").get(day, 0) >= HOUR):
            longest = self.facts.on_today("sit") or HOUR
            yield First("hour", f"You sat for an hour: {amount(longest, 'min')}.", longest)
        if self.is_new(lambda past, day: _whole_nights(past, day) >= NIGHTS):
            nights = _whole_nights(self.now, self.today)
            yield First("nights", f"You slept through on {nights} nights of this week.", nights)

    # Flares

    def _quiet(self) -> Iterator[First]:
        for count in QUIET:
            if self.is_new(lambda past, day, n=count: self._quiet_days(past, day) >= n):  # type: ignore[misc]
                yield First(f"quiet {count}", f"{count} days without a flare.", count)
                break
        for count in WORK_DAYS:
            if self.is_new(lambda past, day, n=count: self._work_days(past, day) >= n):  # type: ignore[misc]
                yield First(f"work {count}", f"{count} work days without a flare.", count)
                break
        short = [f for f in self.facts.flares if f.closed and f.length <= SHORT_FLARE]
        if short and self.is_new(lambda _, day: any(f.closed and f.closed <= day for f in short)):
            length = short[0].length
            yield First("recovered", f"A flare was over in {counted(length, 'day')}.", length)
        kept = [f.day for f in self.facts.diary.profile if f.key == "maintenance" and f.value]
        if kept and self.is_new(lambda _, day: kept[0] <= day):
            yield First("maintenance", "You keep what you have with two or three routines now.", 1)

    def _calm_since(self, day: date) -> date | None:
        """Return the last flare day up to `day`, else the day before the first record."""
        last = max((d for d in self.facts.flare_days if d <= day), default=None)
        first = self.facts.diary.first_day
        return last or (first - timedelta(days=1) if first else None)

    def _quiet_days(self, past: Past, day: date) -> int:
        """Return days without a flare up to `day`; 0 where fewer than half of them have an entry."""
        since = self._calm_since(day)
        count = (day - since).days if since else 0
        return count if 2 * past.days.logged(day, min(count, QUIET[0])) >= min(count, QUIET[0]) else 0

    def _work_days(self, past: Past, day: date) -> int:
        since = self._calm_since(day)
        worked = past.days.of("work")
        return sum(v > 0 for d, v in worked.items() if since and since < d <= day)


def _at_level(goal: Goal, level: int) -> Holds:
    def holds(past: Past, day: date) -> bool:
        if day < goal.day:
            return False
        if past.goals.written(goal, day) is None:
            _, count = past.goals.level_of_values(goal.metric, day, 7)
            if count < LEAST:
                return False
        found = past.goals.level(goal, day)
        return found is not None and found >= level

    return holds


def _past_block(goal: Goal, value: float) -> Holds:
    return lambda past, day: day >= goal.day and past.goals.reached(goal, value, day)


def _limits(past: Past, key: str, day: date) -> int:
    readings = past.days.readings.get(key, ())
    return sum(not r.at_least and 0 <= (day - r.day).days < 14 for r in readings)  # noqa: PLR2004


def _start(days: Days, key: str, least: int) -> tuple[float | None, date | None]:
    """Return the median of the first 14 days with `key`, and the last of those days."""
    column = days.of(key)
    if not column:
        return None, None
    end = min(column) + timedelta(days=13)
    values = [value for day, value in column.items() if day <= end]
    return (median(values), end) if len(values) >= least else (None, None)


def _whole_nights(past: Past, day: date) -> int:
    return sum(value == 0 for value in past.days.window("wakes", day, 7))
