"""Priority 4, 6 and 8: reviews of the course, gains and losses worth a word, and maintenance."""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.recovery import profile
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.rules.engine import SURE_STUDIED, SURE_TOOL, rule
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.recovery.words import listed, name_of, number
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Treatment

SIX_WEEKS, TWELVE_WEEKS, SIXTEEN_WEEKS = 42, 84, 112
WINDOW = 14
LEAST = 10
POINTS, SHARE = 2.0, 0.3
LOW_BASE, LOW_POINTS = 3.0, 1.5
STILL_HIGH = 0.7
TOLERANCE_LOSS = 0.7
QUIET = 28
BEST_ABOVE = 1
DRIFT_ADHERENCE = 0.5
DRIFT_TOLERANCE = 0.8
SEASON_DAYS = 14
REGRESSION = "Part of a change comes by itself: people begin a diary in a bad week."


def plan_start(context: Context) -> date | None:
    """Return the day the present plan began: its oldest first quota."""
    return min((p.quotas[0].day for p in context.plan), default=None)


def _course(context: Context) -> Treatment | None:
    """Return the running course of physiotherapy or exercise, None where none is recorded."""
    if not context.facts.diary.treatments:
        return None
    from spinetrack.recovery.courses import running

    return running(context.facts.diary, context.today)


def course_start(context: Context) -> date | None:
    """Return the day the running course began; without a recorded one, that of the plan."""
    course = _course(context)
    return course.start if course else plan_start(context)


def _due(context: Context, key: str, day_number: int) -> date | None:
    """Return the day a review of the course fell due, None before it or once it was answered."""
    start = plan_start(context) if key == "CR-3" else course_start(context)
    if start is None:
        return None
    due = start + timedelta(days=day_number)
    if context.today < due or context.facts.decided_since(key, due):
        return None
    return due


def meaningful(before: float, now: float) -> bool:
    """Return whether pain fell by 2 points and 30 %; below a baseline of 3 by 1.5 points.

    Source: Ostelo 2008 and clinical.md 1.2, "App rule" and "Low-baseline guard".
    """
    fall = before - now
    if before < LOW_BASE:
        return fall >= LOW_POINTS
    return fall >= POINTS and fall >= SHARE * before


def _first_block(context: Context, metric: str) -> tuple[float | None, int]:
    """Return median and count of the first 14 days of the period read."""
    first = context.facts.record_days[0] if context.facts.record_days else context.today
    values = context.facts.days.window(metric, first + timedelta(days=WINDOW - 1), WINDOW)
    return median(values), len(values)


def pain_then_and_now(context: Context, until: date) -> tuple[float, float] | None:
    """Return median pain of the first 14 days and of those ending `until`; None below 10 values."""
    then, n_then = _first_block(context, "pain")
    now = context.facts.days.window("pain", until, WINDOW)
    value = median(now)
    if then is None or value is None or n_then < LEAST or len(now) < LEAST:
        return None
    first = context.facts.record_days[0]
    return (then, value) if (until - first).days >= 2 * WINDOW else None


def _tolerance_changes(context: Context) -> dict[str, float]:
    """Return tolerance to its share now of the first 14 days, where both have 3 values."""
    found = {}
    for key in TOLERANCES:
        then, n = _first_block(context, key)
        now = context.facts.days.window(key, context.today, WINDOW)
        value = median(now)
        if then and value is not None and n >= 3 and len(now) >= 3:  # noqa: PLR2004
            found[key] = value / then
    return found


def _gained(context: Context) -> bool:
    course = _course(context)
    if course is not None:
        from spinetrack.recovery.courses import gained

        found = gained(context.facts, course)
        if found is not None:
            return found
    pain = pain_then_and_now(context, context.today)
    fell = pain is not None and pain[0] - pain[1] >= SHARE * pain[0]
    return fell or any(share >= 1 + SHARE for share in _tolerance_changes(context).values())


@rule("CR-1", 4, ("rule book 8",), SURE_TOOL)
def six_weeks(context: Context) -> Suggestion | None:
    """Six weeks of a plan: look back together."""
    if _due(context, "CR-1", SIX_WEEKS) is None or _due(context, "CR-2", TWELVE_WEEKS):
        return None
    return Suggestion(
        rule="CR-1",
        priority=4,
        kind="review",
        title="Six weeks: look back",
        message=(
            f"Your {'course' if _course(context) else 'plan'} is six weeks old. Go through it with your "
            "physio: what was done, what got better, and what still holds you back."
        ),
        why=_age_facts(context, SIX_WEEKS, course_start(context)),
    )


def _age_facts(context: Context, least: int, start: date | None) -> tuple[Fact, ...]:
    """Return how old the plan or the course is, and how much of the course was done."""
    age = (context.today - start).days if start else 0
    course = _course(context)
    if course is None or course.start != start:
        return (Fact("days since the plan began", age, least, None),)
    from spinetrack.recovery.courses import sessions_words

    done = sessions_words(context.facts.diary, course)
    found = (Fact("days since the course began", age, least, None),)
    return (*found, Fact("sessions done", done, None, None)) if done else found


@rule("CR-2", 4, ("rule book 8",), SURE_TOOL)
def twelve_weeks(context: Context) -> Suggestion | None:
    """Twelve weeks of a plan: has anything gained 30 %."""
    if _due(context, "CR-2", TWELVE_WEEKS) is None:
        return None
    if not _course(context) and _due(context, "CR-3", SIXTEEN_WEEKS):
        return None
    if _gained(context):
        message = "Twelve weeks, and something got clearly better. Ask your physio how to keep it going."
    else:
        message = (
            "Twelve weeks, and neither pain nor what you can do has changed much. "
            "Ask your doctor or physio about the next step."
        )
    return Suggestion(
        rule="CR-2",
        priority=4,
        kind="review",
        title="Twelve weeks: what now",
        message=message,
        why=(
            *_age_facts(context, TWELVE_WEEKS, course_start(context)),
            Fact(
                "a gain of 30 % in pain or in what you can do",
                "yes" if _gained(context) else "no",
                "yes",
                None,
            ),
        ),
    )


@rule("CR-3", 4, ("rule book 8",), SURE_TOOL)
def sixteen_weeks(context: Context) -> Suggestion | None:
    """Sixteen weeks of persistent pain: keep the gains, or plan anew."""
    if _due(context, "CR-3", SIXTEEN_WEEKS) is None or context.facts.phase == "acute":
        return None
    return Suggestion(
        rule="CR-3",
        priority=4,
        kind="review",
        title="Sixteen weeks: keep it, or plan anew",
        message="Decide with your physio: keep what works with less effort, or make a new plan.",
        why=_age_facts(context, SIXTEEN_WEEKS, plan_start(context)),
    )


@rule("CR-4", 4, ("Menezes Costa 2012",), SURE_STUDIED)
def not_settling(context: Context) -> Suggestion | None:
    """Six weeks after onset pain is still close to that of the first week."""
    facts = context.facts
    if facts.onset is None:
        return None
    due = facts.onset + timedelta(days=SIX_WEEKS)
    if not due <= context.today < due + timedelta(days=SIX_WEEKS) or facts.decided_since("CR-4", due):
        return None
    first = facts.days.window("pain", facts.onset + timedelta(days=6), 7)
    then, now = median(first), facts.med("pain", 7)
    if len(first) < 3 or then is None or now is None or now < STILL_HIGH * then:  # noqa: PLR2004
        return None
    return Suggestion(
        rule="CR-4",
        priority=4,
        kind="review",
        title="Six weeks, and pain is much the same",
        message="Most new pain eases in about six weeks. Yours is much the same: book a review.",
        why=(
            Fact("usual pain of the first week", then, None, 7),
            Fact("usual pain now", now, round(STILL_HIGH * then, 1), 7),
        ),
    )


def _newly(context: Context, true_on: Callable[[date], bool]) -> bool:
    """Return whether something is true today and was not a week ago."""
    return true_on(context.today) and not true_on(context.today - timedelta(days=7))


def _gain_on(context: Context, until: date) -> bool:
    pain = pain_then_and_now(context, until)
    return pain is not None and meaningful(*pain)


def _loss_on(context: Context, until: date) -> bool:
    pain = pain_then_and_now(context, until)
    if pain is None:
        return False
    then, now = pain
    return now - then >= POINTS and now - then >= SHARE * then


@rule("OU-1", 8, ("Ostelo 2008",), SURE_STUDIED)
def gain(context: Context) -> Suggestion | None:
    """Median pain fell by 2 points and 30 % against the first two weeks."""
    pain = pain_then_and_now(context, context.today)
    if pain is None or not _newly(context, lambda day: _gain_on(context, day)):
        return None
    return Suggestion(
        rule="OU-1",
        priority=8,
        kind="fact",
        title="Pain is clearly lower",
        message=f"Usual pain went from {number(pain[0])} to {number(pain[1])}. {REGRESSION}",
        why=(
            Fact("usual pain then", pain[0], None, WINDOW),
            Fact("usual pain now", pain[1], "2 points and 30 % less", WINDOW),
        ),
    )


@rule("OU-2", 4, ("Ostelo 2008",), SURE_STUDIED)
def loss(context: Context) -> Suggestion | None:
    """Pain clearly higher, or two tolerances clearly shorter, than in the first two weeks."""
    pain = pain_then_and_now(context, context.today)
    shorter = [k for k, share in _tolerance_changes(context).items() if share <= TOLERANCE_LOSS]
    if not _loss_on(context, context.today) and len(shorter) < 2:  # noqa: PLR2004
        return None
    if _loss_on(context, context.today) and pain:
        what = f"Usual pain went from {number(pain[0])} to {number(pain[1])}."
    else:
        what = f"{listed([name_of(k) for k in shorter]).capitalize()} got clearly shorter."
    return Suggestion(
        rule="OU-2",
        priority=4,
        kind="review",
        title="Worse than when you began",
        message=f"{what} Show your diary to your doctor or physio, and answer: spinetrack screen --short",
        why=(
            Fact(
                "usual pain then and now",
                f"{pain[0]:g}, {pain[1]:g}" if pain else None,
                "2 points and 30 % more",
                WINDOW,
            ),
            Fact("tolerances down by 30 %", len(shorter), 2, WINDOW),
        ),
    )


def _in_maintenance(context: Context) -> bool:
    return context.facts.phase == "maintenance"


def _goals_kept(context: Context) -> Fact | None:
    """Return the fact that every goal was at its expected level for four weeks, None else."""
    goals, since = context.facts.goals, context.today - timedelta(days=QUIET)
    if any(goal.day > since for goal in goals.active):
        return None
    weeks = [context.today - timedelta(days=back) for back in range(0, QUIET + 1, 7)]
    levels = [goals.level(goal, day) for goal in goals.active for day in weeks]
    return (
        Fact("goals", "as expected or better", "as expected", QUIET) if all(_met(v) for v in levels) else None
    )


def _met(level: int | None) -> bool:
    return level is not None and level >= 0


def _doses_kept(context: Context) -> Fact | None:
    """Return the fact that every dose stood at its agreed ceiling for four weeks, None else."""
    agreed = [p for p in context.plan if p.agreed is not None]
    if not agreed or any(p.quota < (p.agreed or 0) for p in agreed):
        return None
    if any((context.today - p.latest.day).days < QUIET for p in agreed):
        return None
    return Fact("doses", "as agreed", "as agreed", QUIET)


@rule("MN-1", 8, ("Pocovi 2024",), SURE_TOOL)
def maintenance(context: Context) -> Suggestion | None:
    """Four weeks at the goals, or at the agreed doses, without a flare: two or three routines keep it."""
    facts = context.facts
    if _in_maintenance(context) or not context.may_add:
        return None
    kept = _goals_kept(context) if facts.goals.active else _doses_kept(context)
    if kept is None:
        return None
    if any((context.today - day).days < QUIET for day in facts.flare_days):
        return None
    now = facts.med("pain", WINDOW)
    best = min(
        (m for d in days_back(context.today, 180) if (m := facts.days.med("pain", d, WINDOW)) is not None),
        default=None,
    )
    if now is None or best is None or now > best + BEST_ABOVE:
        return None
    return Suggestion(
        rule="MN-1",
        priority=8,
        kind="fact",
        title="Time to keep what you have",
        message=(
            f"You kept your {kept.fact} for four weeks without a flare. "
            "Two or three routines are enough now, with strength on 2 or 3 days a week."
        ),
        why=(kept, Fact("flare days", 0, 0, QUIET)),
        profile=(("maintenance", "yes"),),
    )


@rule("MN-2", 6, ("rule book, MN-2",), SURE_TOOL)
def drift(context: Context) -> Suggestion | None:
    """In maintenance, the routines or a tolerance slipped: restart small."""
    if not _in_maintenance(context) or not context.may_add:
        return None
    shares = [s for p in context.plan if (s := p.adherence(WINDOW)) is not None]
    shorter = [k for k, share in _tolerance_changes(context).items() if share <= DRIFT_TOLERANCE]
    low = bool(shares) and sum(shares) / len(shares) < DRIFT_ADHERENCE
    if not low and not shorter:
        return None
    return Suggestion(
        rule="MN-2",
        priority=6,
        kind="lever",
        title="Pick one routine up again",
        message="Your routines got rare, or you can do less. Begin again with one short routine.",
        why=(
            Fact("done of planned", round(100 * sum(shares) / len(shares)) if shares else None, 50, WINDOW),
            Fact("tolerances down by 20 %", len(shorter), 1, WINDOW),
        ),
    )


@rule("MN-3", 8, ("rule book, MN-3",), SURE_TOOL)
def season(context: Context) -> Suggestion | None:
    """A date the patient named is two weeks away: rehearse."""
    said = profile.value_of(context.facts.diary, "season") or ""
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        return None
    left = (day - context.today).days
    if not 0 < left <= SEASON_DAYS or context.facts.decided_since("MN-3", day - timedelta(days=SEASON_DAYS)):
        return None
    what = said[10:].strip() or "your date"
    return Suggestion(
        rule="MN-3",
        priority=8,
        kind="fact",
        title="Two weeks to go",
        message=f"{left} days until {what}. Try it now in small blocks: spinetrack pace",
        why=(Fact("days until your date", left, SEASON_DAYS, None),),
    )
