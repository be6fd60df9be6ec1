"""Priority 5 and 6: exercises that may step up, and plateaus."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery import tolerances
from spinetrack.recovery.catalogue import ADVANCED, CATALOGUE, LEVERS, TOLERANCE_LEVERS
from spinetrack.recovery.findings import Change, Fact, Suggestion
from spinetrack.recovery.pacing import LAST_SESSIONS, SESSION_WINDOW, volume
from spinetrack.recovery.rules.engine import SURE_TOOL, rule
from spinetrack.recovery.rules.plan import rise_of
from spinetrack.recovery.words import amount, name_of, number, plain_day, title_of
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Session
    from spinetrack.recovery.pacing import Planned

COMPLETED = 0.9
EASY_EFFORT = 5
PAIN_DURING = 5
PAIN_OVER_DAY = 2
EXTRA_REPS = 2
REPS_FLOOR, REPS_CEILING = 8, 12
HOLD_CEILING = 30
LOAD_STEP = 0.05
LOAD_GRID = 0.25
BLOCK_DAYS = 14
BLOCKS = 3
BLOCK_SESSIONS = 4
GAIN = 1.05
PLATEAU_ADHERENCE = 0.7
LOW_ADHERENCE = 0.5
SHRINK, SHRINK_MORE = 0.7, 0.6
"""A plan too big for the days shrinks by 30 to 50 %."""
MOST_FLARE_DAYS = 3


def _last_three(context: Context, item: Planned) -> list[Session]:
    """Return the last three sessions at the present dose within 14 days; fewer when there are fewer."""
    recent = [
        s
        for s in item.sessions
        if s.at >= item.latest.at and 0 <= (context.today - s.day).days < SESSION_WINDOW and not s.minimum
    ]
    return recent[-LAST_SESSIONS:]


def _ready(context: Context, item: Planned, sessions: list[Session]) -> bool:
    """Section 4, rule 1 to 3: completed, easy enough, pain in bounds, settled."""
    wanted = volume(item.latest)
    if len(sessions) < LAST_SESSIONS or any(s.dose < COMPLETED * wanted or s.spread for s in sessions):
        return False
    last_two = sessions[-2:]
    easy = all(s.effort is not None and s.effort <= EASY_EFFORT for s in last_two)
    more = all(s.dose >= wanted + EXTRA_REPS * (item.latest.hold or 1) for s in last_two)
    if not (easy or more):
        return False
    for session in sessions:
        day_pain = context.facts.days.of("pain").get(session.day)
        if session.pain is None or session.pain > PAIN_DURING or item.settled(session) is not True:
            return False
        if day_pain is not None and session.pain > day_pain + PAIN_OVER_DAY:
            return False
    return True


def _earned(context: Context, item: Planned) -> bool:
    """Return whether an exercise has earned a change by PR-2."""
    return not item.is_tolerance and _ready(context, item, _last_three(context, item))


def _next(item: Planned) -> Change | None:
    """Return the one variable that changes: repetitions or hold up to the ceiling, then the load."""
    row, limit = item.latest, item.ceiling
    if row.reps is None and row.hold is not None:
        step = tolerances.next_quota(row.hold, min(HOLD_CEILING, limit or HOLD_CEILING))
        return Change(item.name, row.hold, step, "s", "hold") if step else None
    reps = row.reps or int(row.amount)
    if reps < REPS_CEILING:
        step = tolerances.next_quota(reps, min(REPS_CEILING, limit or REPS_CEILING))
        return Change(item.name, reps, step, "reps", "reps") if step else None
    if row.load and limit is None:
        load = (row.load * (1 + LOAD_STEP)) // LOAD_GRID * LOAD_GRID
        return Change(item.name, row.load, load, "kg", "load") if load > row.load else None
    return None


@rule("PR-2", 5, ("ACSM 2009", "Silbernagel 2007"), SURE_TOOL)
def progress_exercise(context: Context) -> Suggestion | None:
    """An exercise that was done whole, easily and without trouble may change by one variable."""
    found = []
    for item in context.plan:
        if item.is_tolerance or item.dose[0] < item.quota or not context.steps_free(item):
            continue
        sessions = _last_three(context, item)
        at_limit = item.ceiling is not None and item.quota >= item.ceiling
        if _ready(context, item, sessions) and not at_limit:
            found.append((item.latest.day, item.name, item, sessions))
    if not found:
        return None
    _, _, item, sessions = min(found, key=lambda f: f[:2])
    change = _next(item)
    return _rise(item, sessions, change)


def _rise(item: Planned, sessions: list[Session], change: Change | None) -> Suggestion:
    title = title_of(item.name)
    if change is None:
        harder = CATALOGUE[item.name].harder if item.name in CATALOGUE else "a slightly harder form"
        message = f"{title} has become easy. One step harder would be: {harder}. Ask your physio first."
        total = "repetitions and load are at their ceiling"
    else:
        what = {"hold": "hold", "reps": "repetitions", "load": "load"}[change.variable]
        higher = amount(change.after, change.unit)
        message = f"{title}: {what} could go from {number(change.before or 0)} to {higher}."
        if change.variable == "load":
            message += f" Go back to {REPS_FLOOR} repetitions with it."
        total = f"one variable changes: {what}"
    return Suggestion(
        rule="PR-2",
        subject=item.name,
        priority=5,
        kind="rise",
        title=f"{title} could go up",
        message=message,
        why=(
            Fact("last sessions done whole", len(sessions), LAST_SESSIONS, SESSION_WINDOW),
            Fact(
                "effort", " ".join(str(s.effort) for s in sessions), f"at most {EASY_EFFORT}", SESSION_WINDOW
            ),
            Fact(
                "pain during",
                " ".join(str(s.pain) for s in sessions),
                f"at most {PAIN_DURING}",
                SESSION_WINDOW,
            ),
            Fact("settled by the next morning", len(sessions), LAST_SESSIONS, SESSION_WINDOW),
            Fact("last step", plain_day(item.latest.day), "7 days or more", None),
        ),
        changes=(change,) if change else (),
        sum=total,
    )


def _blocks(context: Context, item: Planned) -> list[tuple[float, int, float]]:
    """Return best value, sessions and adherence of the last three 14-day blocks, the newest first."""
    found = []
    for number_of_block in range(BLOCKS):
        end = context.facts.yesterday - timedelta(days=BLOCK_DAYS * number_of_block)
        span = {end - timedelta(days=back) for back in range(BLOCK_DAYS)}
        sessions = [s for s in item.sessions_in(span) if not s.minimum]
        best = max([s.dose for s in sessions] + _tolerances(context, item, span), default=0.0)
        wanted = item.per_week * BLOCK_DAYS / 7
        share = len({s.day for s in item.sessions_in(span)}) / wanted if wanted else 0.0
        found.append((best, len(sessions), min(1.0, share)))
    return found


def _tolerances(context: Context, item: Planned, span: set[date]) -> list[float]:
    if not item.is_tolerance:
        return []
    return [r.value for r in context.facts.days.readings.get(item.name, ()) if r.day in span]


def _no_gain(blocks: list[tuple[float, int, float]]) -> bool:
    newest, middle, oldest = (best for best, _, _ in blocks)
    return 0 < newest <= GAIN * middle and middle <= GAIN * oldest


@rule("PL-1", 5, ("rule book 4",), SURE_TOOL)
def plateau(context: Context) -> Suggestion | None:
    """No gain over four weeks although the plan was done: vary the stimulus."""
    flare_days = sum(0 <= (context.today - d).days < 2 * BLOCK_DAYS for d in context.facts.flare_days)
    if flare_days > MOST_FLARE_DAYS or (context.facts.radicular and context.facts.limb_worse):
        return None
    for item in context.plan:
        blocks = _blocks(context, item)
        at_goal = item.ceiling is not None and item.quota >= item.ceiling
        done = all(n >= BLOCK_SESSIONS and share >= PLATEAU_ADHERENCE for _, n, share in blocks)
        if at_goal or not done or not _no_gain(blocks) or rise_of(context, item) or _earned(context, item):
            continue
        cleared = item.activity is not None and item.activity.cleared
        known = TOLERANCE_LEVERS if item.is_tolerance else LEVERS
        levers = [lever for lever in known if cleared or lever not in ADVANCED]
        return Suggestion(
            rule="PL-1",
            subject=item.name,
            priority=5,
            kind="rise",
            title=f"No gain in {name_of(item.name)} for four weeks",
            message=(
                f"{title_of(item.name)} has not gone up for four weeks, and you did your part. "
                f"Change one thing. {' '.join(f'{lever.capitalize()}?' for lever in levers)}"
            ),
            why=tuple(
                Fact(f"best, {label}", best, "5 % more", BLOCK_DAYS)
                for label, (best, _, _) in zip(
                    ("last two weeks", "two weeks before", "two before that"), blocks, strict=True
                )
            ),
        )
    return None


@rule("PL-2", 6, ("rule book, PL-2",), SURE_TOOL)
def plateau_low(context: Context) -> Suggestion | None:
    """No gain, and less than half of the plan was done in two blocks: make the plan fit."""
    for item in context.plan:
        if (context.today - item.quotas[0].day).days < BLOCK_DAYS * BLOCKS:
            continue
        blocks = _blocks(context, item)
        low = all(share < LOW_ADHERENCE for _, _, share in blocks[:2])
        gained = blocks[0][0] > GAIN * blocks[1][0] or blocks[1][0] > GAIN * blocks[2][0]
        if not low or gained or not any(n for _, n, _ in blocks[:2]):
            continue
        lower = item.floored(SHRINK * item.quota)
        if lower < item.quota / 2:
            lower = float(int(SHRINK_MORE * item.quota))
        return Suggestion(
            rule="PL-2",
            subject=item.name,
            priority=6,
            kind="lever",
            title=f"Make {name_of(item.name)} fit your days",
            message=(
                f"The plan for {name_of(item.name)} may be too big for your days. "
                f"Shrink it to {amount(lower, item.unit)}, or try another time or place."
            ),
            why=tuple(
                Fact(f"done of planned, {label}", f"{round(100 * share)} %", "50 %", BLOCK_DAYS)
                for label, (_, _, share) in zip(
                    ("last two weeks", "two weeks before"), blocks[:2], strict=True
                )
            ),
            changes=(Change(item.name, item.quota, lower, item.unit, item.variable),)
            if lower < item.quota
            else (),
            sum=f"{number(item.quota)} less 30 to 50 %: {number(lower)}",
        )
    return None
