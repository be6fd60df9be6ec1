"""Goals on the screen: how far each is, what its checks say, and the look at it once a week."""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery import gas, smart
from spinetrack.recovery.goals import ON_TRACK, SLIPPING, rounded, say
from spinetrack.recovery.stats import half_up
from spinetrack.recovery.words import number
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import joined, short_day
from spinetrack.views.page import Fields, Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spinetrack.recovery.diary import Goal
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.views.page import Block, Page

WIDE, NARROW, NARROW_SCREEN = 20, 10, 60
FULL, EMPTY = "█", "░"


def goals_page(reader: GoalReader, goals: Sequence[Goal], units: str, *, width: int, plain: bool) -> Page:
    """Return the page of `goal list`: each goal by itself, then all together."""
    if not goals:
        return (
            Text("No goals yet."),
            Text('To set one: spinetrack goal add "sit through a film" --metric sit --target 60 --by 12w'),
        )
    blocks: list[Block] = []
    for goal in goals:
        blocks += [*_goal(reader, goal, units, width=width, plain=plain), Gap()]
    return (*blocks, *_together(reader))


def _goal(reader: GoalReader, goal: Goal, units: str, *, width: int, plain: bool) -> Iterator[Block]:
    facts = _facts(reader, goal, units)
    if plain:
        yield Text(f"Goal {goal.id}: {goal.title}.", "strong")
        yield from (Text(f"{fact[0].upper()}{fact[1:]}.") for fact in facts)
        return
    yield Text(f"{goal.id}  {goal.title}", "strong")
    bar = bar_of(reader, goal, WIDE if width >= NARROW_SCREEN else NARROW)
    if bar:
        yield Text(f"   {bar}")
    yield Text(f"   {joined(facts)}")


def _facts(reader: GoalReader, goal: Goal, units: str) -> list[str]:
    metric, now, baseline = reader.metric(goal), reader.current(goal), reader.baseline(goal)
    began = f", began at {say(metric, baseline, units)}" if baseline is not None else ""
    value = say(metric, now, units) if now is not None else "no value this week"
    found = [f"now {value}{began}", f"goal {say(metric, goal.target, units)} by {_day(reader, goal.due)}"]
    found.append(track_words(reader, goal))
    level = reader.level(goal)
    if level is not None:
        found.append(f"level {signed(level)}")
    return found


def bar_of(reader: GoalReader, goal: Goal, cells: int) -> str:
    """Return the way gone as a bar with its share, "" where it cannot be said."""
    now, baseline = reader.current(goal), reader.baseline(goal)
    if now is None or baseline is None or goal.target == baseline:
        return ""
    share = (now - baseline) / (goal.target - baseline)
    full = round(min(1.0, max(0.0, share)) * cells)
    return f"{FULL * full}{EMPTY * (cells - full)}  {round(100 * share)} % of the way"


def signed(level: int) -> str:
    """Return a level with its sign: `+1`, `0`, `-2`."""
    return f"{level:+d}" if level else "0"


def track_words(reader: GoalReader, goal: Goal) -> str:
    """Return how a goal stands against its path."""
    status = reader.status(goal)
    if status != "active":
        return status
    if goal.due < reader.today:
        return "its day has passed"
    if reader.baseline(goal) is None:
        return f"no start yet: log {goal.metric} on 3 days"
    ratio = reader.ratio(goal)
    if ratio is None or reader.too_early(goal):
        return "too early to compare"
    return "on track" if ratio >= ON_TRACK else "a little behind" if ratio >= SLIPPING else "behind"


def _together(reader: GoalReader) -> Iterator[Block]:
    found = reader.attainment()
    if found.t is None or found.t_baseline is None or found.change is None:
        return
    yield Text("All goals together", "heading")
    yield Fields(
        (
            ("T now", f"{found.t:.1f}  (50: all as expected)"),
            ("T at the start", f"{found.t_baseline:.1f}"),
            ("Change", f"{found.change:+.1f}{_meaning(found)}" if round(found.change, 1) else "none"),
        )
    )
    if found.t > gas.TOO_EASY:
        yield Text("A T above 60 for long: the goals may be too easy.", "quiet")
    elif found.t < gas.TOO_HARD and found.change <= 0:
        yield Text("A T below 40 for long: the goals may be too hard, or something is in the way.", "quiet")


def _meaning(found: gas.Gas) -> str:
    change = found.change or 0.0
    return "  (10 or more is often called a real change)" if change >= gas.MEANINGFUL else ""


def _day(reader: GoalReader, day: date) -> str:
    return short_day(day, reader.today)


def goal_page(reader: GoalReader, goal: Goal, units: str, *, width: int, plain: bool) -> Page:
    """Return the page of `goal show`, without its chart."""
    metric = reader.metric(goal)
    pairs = [("Why", goal.why), ("With", goal.supporter)]
    pairs.append(("Weight", f"importance {goal.importance} × difficulty {goal.difficulty}"))  # noqa: RUF001
    if goal.confidence is not None:
        pairs.append(("How sure", f"{goal.confidence} of 10"))
    expected = reader.expected(goal)
    if expected is not None and reader.status(goal) == "active" and reader.today < goal.due:
        pairs.append(("By now", f"the path is at {say(metric, expected, units)}"))
    pairs.append(("At this pace", projected_words(reader, goal)))
    blocks: list[Block] = [
        *_goal(reader, goal, units, width=width, plain=plain),
        Gap(),
        Fields(tuple(pair for pair in pairs if pair[1])),
        Gap(),
        *blocks_part(reader, goal, units),
        Gap(),
        Text("Is it SMART", "strong"),
        *checks_part(reader, goal, units),
    ]
    if goal.levels:
        names = (signed(n) for n in range(gas.LOWEST, gas.HIGHEST + 1))
        blocks += [Gap(), Text("Levels", "strong"), Fields(tuple(zip(names, goal.levels, strict=False)))]
    return tuple(blocks)


def checks_part(reader: GoalReader, goal: Goal, units: str, *, only: bool = False) -> Iterator[Block]:
    """Yield the checks, one a letter; with `only` those that say no."""
    rows = [
        (c.letter, "yes" if c.ok else "not yet", c.message)
        for c in smart.checks_of(reader, goal, units)
        if not (only and c.ok)
    ]
    if rows:
        yield Rows(tuple(rows))


def blocks_part(reader: GoalReader, goal: Goal, units: str) -> Iterator[Block]:
    """Yield the building blocks with their days, and when each was reached."""
    metric = reader.metric(goal)
    rows = []
    for place, block in enumerate(reader.milestones(goal), start=1):
        reached = reader.reached_on(goal, block)
        told = f"reached {_day(reader, reached)}" if reached else f"by {_day(reader, block.due)}"
        rows.append((str(place), say(metric, block.value, units), told))
    if rows:
        yield Text("Building blocks", "strong")
        yield Rows(tuple(rows))


def day_after(today: date, days: int) -> date:
    """Return the day so many days after `today`."""
    return today + timedelta(days=days)


def projected_words(reader: GoalReader, goal: Goal) -> str:
    """Return when a goal may be reached at the pace of four weeks, with the range; "" unknown."""
    found = reader.projection(goal)
    if found is None or reader.status(goal) != "active":
        return ""
    ends = [
        _day(reader, day_after(reader.today, d)) if d is not None else None
        for d in (found.likely, found.earliest, found.latest)
    ]
    likely, earliest, latest = ends
    if likely is None:
        return "not within a year, by the last four weeks"
    if likely == earliest == latest:
        return f"about {likely}"
    if earliest and latest:
        return f"about {likely}, between {earliest} and {latest}"
    return f"about {likely}, or much later"


def review_page(reader: GoalReader, units: str, *, width: int, plain: bool) -> Page:
    """Return the look at each goal once a week: where it is, and four ways to go on."""
    if not reader.active:
        return goals_page(reader, (), units, width=width, plain=plain)
    blocks: list[Block] = [Text("Your goals this week", "heading")]
    for goal in reader.active:
        blocks += [Gap(), *_goal(reader, goal, units, width=width, plain=plain)]
        blocks.append(Fields(tuple(_ways(reader, goal, units)), indent=3))
    return tuple(blocks)


def _ways(reader: GoalReader, goal: Goal, units: str) -> Iterator[tuple[str, str]]:
    if reader.status(goal) == "reached":
        yield "It is reached", f"spinetrack goal close {goal.id} --reached"
        yield "Aim further", f"spinetrack goal edit {goal.id} --target … --by 12w"
        return
    metric, baseline = reader.metric(goal), reader.baseline(goal)
    ratio = reader.ratio(goal)
    if ratio is not None and not reader.too_early(goal):
        yield "Compared", f"{half_up(100 * ratio)} % of the way expected by now"
    if goal.due >= reader.today:
        yield "Keep it", "nothing to type"
    near = _smaller(reader, goal)
    if near is not None:
        value = say(metric, near, units)
        yield "Smaller step", f"{value}: spinetrack goal edit {goal.id} --target {number(near)}"
    yield "Later day", f"spinetrack goal edit {goal.id} --by {_later(reader, goal, baseline)}"
    yield "Another way", "spinetrack plan, or ask: spinetrack question"


def _smaller(reader: GoalReader, goal: Goal) -> float | None:
    """Return a target that the usual pace reaches by the day, else half of what is left; None unknown."""
    start = reader.current(goal)
    if start is None:
        start = reader.baseline(goal)
    if start is None:
        return None
    near = smart.nearer_target(reader, goal, start, (goal.due - reader.today).days / 7)
    if near == goal.target:
        near = rounded(reader.metric(goal), (start + goal.target) / 2)
    return None if near in {start, goal.target} else near


def _later(reader: GoalReader, goal: Goal, baseline: float | None) -> str:
    """Return a later day that fits: by the usual pace from today, else four weeks on."""
    now = reader.current(goal)
    weeks = None
    if baseline is not None:
        start = now or baseline
        weeks = smart.later_weeks(reader, goal, start)
    later = max(goal.due, reader.today) + timedelta(weeks=4)
    if weeks is not None:
        later = max(reader.today + timedelta(weeks=weeks), goal.due + timedelta(weeks=1))
    return later.isoformat()


def echo_parts(reader: GoalReader, goal: Goal, units: str) -> list[str]:
    """Return what stands behind a goal's words after a write."""
    metric, baseline = reader.metric(goal), reader.baseline(goal)
    target = say(metric, goal.target, units)
    way = f"{say(metric, baseline, units)} → {target}" if baseline is not None else target
    level = reader.level(goal)
    parts = [f"{goal.metric} {way}", f"by {_day(reader, goal.due)}"]
    if goal.status != "active":
        parts = ["reached" if goal.status == "reached" else "not followed any more"]
    return [*parts, *([f"level {signed(level)}"] if level is not None else [])]
