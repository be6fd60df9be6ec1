"""Page one: what the patient aims at, and the plan: where it stands, how it moved, how far it was done."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spinetrack.recovery import gas, pacing
from spinetrack.recovery.goals import ON_TRACK, SLIPPING, say
from spinetrack.recovery.period import kept, skip_reasons
from spinetrack.recovery.profile import is_other
from spinetrack.recovery.words import counted, listed, title_of
from spinetrack.report.model import Grid, Para, Section
from spinetrack.report.say import MINUS, more, number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Goal, Quota
    from spinetrack.recovery.pacing import Planned
    from spinetrack.recovery.period import Kept
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

MOST_GOALS: Final = 3
MOST_PLANNED: Final = 6
SKIPS: Final = {"pain": "pain", "afraid": "afraid", "ill": "ill", "away": "away", "time": "no time"}


# -- goals -----------------------------------------------------------------------------------------


def goals(sheet: Sheet) -> Section | None:
    """Return the goals with their level and T, the reached ones on one line."""
    reader = sheet.goals
    active = [g for g in reader.active if g.day <= sheet.span.until and reader.status(g) == "active"]
    reached = [g for g in reader.kept if g not in active and _reached_here(sheet, g)]
    if not (active or reached) or not sheet.wish.has("goals"):
        return None
    blocks: list[Block] = []
    if active:
        head = ("Goal", "From", "Now", "To", "By", "On the way", "Level")
        rows = tuple(_goal(sheet, goal) for goal in active[:MOST_GOALS])
        blocks.append(Grid("Goals being worked on. Now is the median of 7 days.", head, rows))
    left = len(active) - MOST_GOALS
    said = [more(left, "goal")] if left > 0 else []
    if reached:
        said.append(f"Reached: {'; '.join(_reached(sheet, goal) for goal in reached)}.")
    blocks += [Para(" ".join(said))] if said else []
    blocks += [Para(text) for text in _attainment(sheet)]
    return Section("goals", "Goals", tuple(blocks))


def _reached_here(sheet: Sheet, goal: Goal) -> bool:
    closed = goal.closed_on
    return goal.day <= sheet.span.until and (closed is None or closed >= sheet.span.since)


def _goal(sheet: Sheet, goal: Goal) -> tuple[str, ...]:
    reader, units = sheet.goals, sheet.say.units
    metric, until = reader.metric(goal), sheet.span.until
    baseline, now = reader.baseline(goal), reader.current(goal, until)
    level = reader.level(goal, until)
    return (
        f"{shortened(goal.title, 80)} ({shortened(metric.label.lower(), 40)})",
        "not known" if baseline is None else say(metric, baseline, units),
        "not known" if now is None else say(metric, now, units),
        say(metric, goal.target, units),
        sheet.say.day(goal.due),
        _pace(sheet, goal),
        "not known" if level is None else _level(level),
    )


def _pace(sheet: Sheet, goal: Goal) -> str:
    until = sheet.span.until
    if goal.due < until:
        return "its day has passed"
    if sheet.goals.too_early(goal, until):
        return "first two weeks"
    ratio = sheet.goals.ratio(goal, until)
    if ratio is None:
        return "not known"
    word = "on track" if ratio >= ON_TRACK else "slipping" if ratio >= SLIPPING else "off track"
    return f"{word}, {round(100 * ratio)} % of the way due".replace("-", MINUS)


def _level(level: int) -> str:
    sign = "+" if level > 0 else MINUS if level < 0 else ""
    return f"{sign}{abs(level)}, {gas.LEVEL_WORDS[level]}"


def _reached(sheet: Sheet, goal: Goal) -> str:
    target = say(sheet.goals.metric(goal), goal.target, sheet.say.units)
    day = f", {sheet.say.day(goal.closed_on)}" if goal.closed_on else ""
    return f"{shortened(goal.title, 60)} ({target}{day})"


def _attainment(sheet: Sheet) -> Iterator[str]:
    found = sheet.goals.attainment()
    if found.t is None or found.t_baseline is None or found.change is None:
        return
    sign = "+" if found.change > 0 else MINUS if found.change < 0 else ""
    yield (
        f"Goal attainment T: {number(found.t)} now, {number(found.t_baseline)} at the start, "
        f"{sign}{number(abs(found.change))}. 50 is as expected."
    )


# -- the plan --------------------------------------------------------------------------------------


def plan(sheet: Sheet) -> Section | None:
    """Return the plan now, how it moved in the period and how far it was done."""
    planned = pacing.planned(sheet.facts)
    if not planned or not sheet.wish.has("plan"):
        return None
    blocks: list[Block] = []
    if sheet.open_flags:
        blocks.append(Para("The plan waits while the warning sign is open.", "strong"))
    shown = sorted(planned, key=lambda p: not p.is_tolerance)[:MOST_PLANNED]
    dose_head = "Dose that waits" if sheet.open_flags else "Dose now"
    head = ("Activity", dose_head, "Moved", "Done", "Settled by morning", "Set by")
    rows = tuple(_activity(sheet, item) for item in shown)
    blocks.append(Grid("Days done of days planned, flare days left out", head, rows))
    left = len(planned) - len(shown)
    blocks += [Para(more(left, "activity", "activities"), "quiet")] if left else []
    skipped = [text for item in shown for text in _skipped(sheet, item)]
    blocks += [Para(f"Left out because of: {'; '.join(skipped)}.")] if skipped else []
    return Section("plan", "Plan", tuple(blocks))


def _activity(sheet: Sheet, item: Planned) -> tuple[str, ...]:
    found = kept(item, sheet.flare_days, sheet.span, sheet.today)
    return (
        shortened(title_of(item.name), 40),
        f"{dose(item.latest, item)}, {counted(item.per_week, 'day')} a week",
        _moved(sheet, item),
        f"{found.done} of {found.planned}" if found.planned else "nothing planned",
        _settled(found),
        f"{_hand(item.latest)}{_limit(item)}",
    )


def _hand(quota: Quota) -> str:
    return shortened(quota.set_by, 40) if is_other(quota.set_by) else "the patient"


def _limit(item: Planned) -> str:
    """Return up to where the dose may go, and who said so."""
    agreed = item.agreed
    if agreed is None:
        return ""
    by = next((q for q in reversed(item.quotas) if q.up_to == agreed), item.latest)
    who = _hand(by)
    return f", up to {number(agreed)}" if who == _hand(item.latest) else f"; up to {number(agreed)} by {who}"


def dose(quota: Quota, item: Planned) -> str:
    """Return a planned dose: `25 min`, `3 x 10`, `3 x 30 s at 5 kg`."""
    if item.is_tolerance:
        return f"{number(quota.amount)} min"
    held = " s" if quota.reps is None else ""
    sets = f"{quota.sets} x " if quota.sets else ""
    load = f" at {number(quota.load)} kg" if quota.load else ""
    return f"{sets}{number(quota.amount)}{held or ('' if sets else ' times')}{load}"


def _moved(sheet: Sheet, item: Planned) -> str:
    """Return the first dose of the period and how many rows changed it, up and down."""
    before = item.quota_before(sheet.span.since)
    rows = [q for q in item.quotas if sheet.span.holds(q.day)]
    course = [*([before] if before else []), *rows]
    steps = [(a, b) for a, b in pairwise(course) if _volume(a) != _volume(b)]
    if not steps:
        return "not changed" if before else f"new on {sheet.say.day(item.quotas[0].day)}"
    up = sum(_volume(b) > _volume(a) for a, b in steps)
    ways = [f"{times} {way}" for times, way in ((up, "up"), (len(steps) - up, "down")) if times]
    return f"from {dose(course[0], item)}: {listed(ways)}"


def _volume(quota: Quota) -> tuple[float, float]:
    return quota.amount * (quota.sets or 1), quota.load or 0.0


def _settled(found: Kept) -> str:
    known = found.settled + found.unsettled
    if not known:
        return "not known"
    unknown = f", {found.unknown} not known" if found.unknown else ""
    return f"{found.settled} of {known}{unknown}"


def _skipped(sheet: Sheet, item: Planned) -> Iterator[str]:
    reasons = skip_reasons(sheet.diary.skips, item.name, sheet.span)
    if reasons:
        said = ", ".join(f"{SKIPS.get(why, why)} {times}" for why, times in reasons)
        yield f"{shortened(title_of(item.name), 40)}: {said}"
