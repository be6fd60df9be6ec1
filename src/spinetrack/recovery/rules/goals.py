"""Priority 7 and 8: goals that could be clearer, fell behind, ran out or were reached."""

from __future__ import annotations

from spinetrack.recovery import smart
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.gas import LEVEL_WORDS
from spinetrack.recovery.goals import SLIPPING, say, weekly_looks
from spinetrack.recovery.profile import units_of
from spinetrack.recovery.rules.care import REGRESSION
from spinetrack.recovery.rules.engine import SURE_COUNT, SURE_STUDIED, SURE_TOOL, rule
from spinetrack.recovery.stats import half_up
from spinetrack.recovery.words import amount, listed, name_of, number, plain_day, title_of
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Goal
    from spinetrack.recovery.pacing import Planned

FRESH_DAYS = 14
"""Days after it was set in which a goal's checks are offered again."""
WEEK = 7
QUIET = 14
CEILING_DAYS, CEILING_EVERY = 14, 28
ENOUGH_SAID = 3


@rule("GO-1", 7, ("rule book 7.3", "Bovend'Eerdt 2009"), SURE_TOOL)
def unclear(context: Context) -> tuple[Suggestion, ...]:
    """A goal was set with a check that says no: what would mend it."""
    fresh = [g for g in context.facts.goals.active if (context.today - g.day).days < FRESH_DAYS]
    return tuple(found for goal in fresh if (found := _unclear(context, goal)))


def _unclear(context: Context, goal: Goal) -> Suggestion | None:
    units = units_of(context.facts.diary)
    checks = [c for c in smart.checks_of(context.facts.goals, goal, units) if not c.ok]
    if not checks:
        return None
    return Suggestion(
        rule="GO-1",
        subject=str(goal.id),
        priority=7,
        kind="goal",
        title=f'Your goal "{goal.title}" could be clearer',
        message=f"{checks[0].message} To change it: spinetrack goal edit {goal.id}",
        why=tuple(Fact(f"{c.letter}, {smart.LETTERS[c.letter]}", c.message, None, None) for c in checks),
    )


@rule("GO-2", 7, ("rule book 7.3",), SURE_TOOL)
def off_track(context: Context) -> tuple[Suggestion, ...]:
    """Less than four tenths of the expected way at two weekly looks: three choices."""
    if any(0 <= (context.today - day).days < QUIET for day in context.facts.flare_days):
        return ()
    return tuple(found for goal in context.facts.goals.active if (found := _off_track(context, goal)))


def _off_track(context: Context, goal: Goal) -> Suggestion | None:
    reader = context.facts.goals
    if reader.off_track(goal) is None:
        return None
    ratios = [reader.ratio(goal, day) or 0.0 for day in weekly_looks(goal, context.today)]
    now, expected = reader.current(goal), reader.expected(goal)
    metric, units = reader.metric(goal), units_of(context.facts.diary)

    share = " and ".join(f"{half_up(100 * r)} %" for r in ratios)

    def said(value: float | None) -> str | None:
        return None if value is None else say(metric, value, units)

    return Suggestion(
        rule="GO-2",
        subject=str(goal.id),
        priority=7,
        kind="goal",
        title=f'Your goal "{goal.title}" moves more slowly than planned',
        message=(
            "Three ways are open: a smaller step, a later day, or another way to get there. "
            "Look at them: spinetrack goal review"
        ),
        why=(
            Fact("share of the way by now, two looks", share, f"{half_up(100 * SLIPPING)} % or more", None),
            Fact("now", said(now), None, WEEK),
            Fact("expected by now", said(expected), None, None),
        ),
    )  # fmt: skip


@rule("GO-3", 7, ("Kiresuk and Sherman 1968", "Bovend'Eerdt 2009"), SURE_STUDIED)
def expired(context: Context) -> tuple[Suggestion, ...]:
    """The day of a goal has passed: keep it, renew it or close it."""
    return tuple(_expired(context, g) for g in context.facts.goals.active if g.due < context.today)


def _expired(context: Context, goal: Goal) -> Suggestion:
    reader, units = context.facts.goals, units_of(context.facts.diary)
    level, now = reader.level(goal), reader.current(goal)
    metric = reader.metric(goal)
    where = f"Level {level:+d}: {LEVEL_WORDS[level]}." if level is not None else "It has no level yet."
    return Suggestion(
        rule="GO-3",
        subject=str(goal.id),
        priority=7,
        kind="goal",
        title=f'The day of your goal "{goal.title}" has passed',
        message=f"{where} Keep it, give it a new day, or close it: spinetrack goal show {goal.id}",
        why=(
            Fact("the day", plain_day(goal.due), None, None),
            Fact("now", say(metric, now, units) if now is not None else None,
                 say(metric, goal.target, units), WEEK),
            Fact("level", level, 0, None),
        ),
    )  # fmt: skip


@rule("GO-4", 8, ("rule book 8",), SURE_COUNT)
def milestone(context: Context) -> Suggestion | None:
    """Something was reached for the first time: its number, and what comes next."""
    from spinetrack.recovery.firsts import Firsts

    found = Firsts(context).found()
    if not found:
        return None
    texts = [f.text for f in found[:ENOUGH_SAID]]
    if any(f.compares for f in found[:ENOUGH_SAID]):
        texts.append(REGRESSION)
    # A command ends its text; nothing may follow it.
    texts.sort(key=lambda text: "spinetrack " in text)
    return Suggestion(
        rule="GO-4",
        priority=8,
        kind="fact",
        title="Reached for the first time"
        if len(found) == 1
        else "Several things reached for the first time",
        message=" ".join(texts),
        why=tuple(Fact(_short(f.text), f.value, None, None) for f in found),
    )


def _short(text: str) -> str:
    """Return the first sentence of a milestone: what was reached, with its number."""
    return text.partition(" What next")[0].partition(" Next")[0]


@rule("GO-5", 7, ("rule book 7.3",), SURE_TOOL)
def function_first(context: Context) -> Suggestion | None:
    """Every goal is about a feeling: one about doing belongs beside it."""
    goals = context.facts.goals.active
    if not goals or any(g.metric not in smart.FEELINGS for g in goals):
        return None
    twin = smart.twin_of(goals[-1].metric)
    return Suggestion(
        rule="GO-5",
        priority=7,
        kind="goal",
        title="Add a goal about what you do",
        message=(
            "Your goals are about how it feels. What would you do then? "
            f"Such as {name_of(twin)} longer: spinetrack goal add"
        ),
        why=(Fact("goals about a feeling", len(goals), f"fewer than {len(goals)}", None),),
    )


@rule("PR-5", 8, ("rule book, PR-5",), SURE_TOOL)
def ceiling(context: Context) -> Suggestion | None:
    """A dose stood at its goal for two weeks: variety, and keeping it."""
    there = [(item, day) for item, day in _at_goal(context)]
    if not there:
        return None
    names = listed([f"{name_of(item.name)} {amount(item.quota, item.unit)}" for item, _ in there])
    return Suggestion(
        rule="PR-5",
        priority=8,
        kind="fact",
        title=f"{title_of(there[0][0].name)} is where you wanted it",
        message=f"The dose of {names} is at your goal. Keep it, and vary how and where you do it.",
        why=tuple(
            Fact(f"days of {name_of(item.name)} at the goal of {number(item.goal or 0)}",
                 (context.today - day).days, CEILING_DAYS, None)
            for item, day in there
        ),
    )  # fmt: skip


def _at_goal(context: Context) -> Iterator[tuple[Planned, date]]:
    """Yield what stood at its goal for two weeks, and since when; for a week in every four."""
    for item in context.plan:
        if item.goal is None or not item.is_tolerance or item.quota < item.goal:
            continue
        since = item.latest.day
        for row in reversed(item.quotas):
            if row.amount < item.goal:
                break
            since = row.day
        days = (context.today - since).days - CEILING_DAYS
        if days >= 0 and days % CEILING_EVERY < WEEK:
            yield item, since
