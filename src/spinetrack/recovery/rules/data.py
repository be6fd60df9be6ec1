"""Priority 2: is there enough in the diary to say anything."""

from __future__ import annotations

from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.rules.engine import SURE_COUNT, rule
from spinetrack.recovery.stats import median
from spinetrack.recovery.words import counted, listed, name_of, number
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context

LEAST_PAIN_DAYS = 5
FIRST_DAYS = 7
WINDOW = 14
TIMED = 3
SAME_RUN = 10
FIVE_TIMES = 5


def enough(context: Context) -> bool:
    """Return whether the diary holds what inference needs (DQ-1 does not apply)."""
    age = context.facts.first_day_age
    return context.facts.count("pain", WINDOW) >= LEAST_PAIN_DAYS and age is not None and age >= FIRST_DAYS


@rule("DQ-1", 2, ("rule book 14",), SURE_COUNT)
def insufficient(context: Context) -> Suggestion | None:
    """Too few days for any inference."""
    facts = context.facts
    if facts.diary.first_day is None or enough(context):
        return None
    count, age = facts.count("pain", WINDOW), facts.first_day_age or 0
    needs = []
    if count < LEAST_PAIN_DAYS:
        needs.append(f"pain on {counted(LEAST_PAIN_DAYS - count, 'more day')}")
    if age < FIRST_DAYS:
        needs.append(f"{counted(FIRST_DAYS - age, 'more day')} since your first entry")
    return Suggestion(
        rule="DQ-1",
        priority=2,
        kind="data",
        title="Keep logging for now",
        message=f"The diary still needs {listed(needs)}. Until then it draws no conclusions.",
        why=(
            Fact("days with pain logged", count, LEAST_PAIN_DAYS, WINDOW),
            Fact("days since the first entry", age, FIRST_DAYS, None),
        ),
    )


@rule("DQ-2", 2, ("rule book 14",), SURE_COUNT)
def stale(context: Context) -> Suggestion | None:
    """No record for some days: a gentle restart."""
    facts = context.facts
    silent = facts.days_silent
    if silent is None:
        return None
    if silent < facts.config["stale-days"]:
        if facts.shut_since is None:
            return None
        message = (
            "After a long break the plan stays shut. It opens with two answers: "
            "spinetrack screen and spinetrack profile gates"
        )
        title = "The plan is shut after a long break"
    else:
        message = "Welcome back. One number is enough to begin again: spinetrack log 4"
        title = "Begin again with one number"
    return Suggestion(
        rule="DQ-2",
        priority=2,
        kind="data",
        title=title,
        message=message,
        why=(Fact("days since the last entry", silent, facts.config["stale-days"], None),),
    )


@rule("DQ-3", 2, ("rule book 3.2",), SURE_COUNT)
def no_baseline(context: Context) -> Suggestion | None:
    """A tolerance has neither a quota nor three timed values: ask for three."""
    facts = context.facts
    if facts.diary.first_day is None or facts.flare:
        return None
    missing = baselines_missing(context)
    if not missing:
        return None
    any_of = len(missing) == len(TOLERANCES) and not any(facts.days.readings.get(k) for k in missing)
    names = [name_of(k) for k in missing]
    what = "sitting, standing or walking" if any_of else listed(names)
    counts = [timed(context, k) for k in missing]
    return Suggestion(
        rule="DQ-3",
        priority=2,
        kind="data",
        title="Time it three times",
        message=(
            f"Time {what} on three days within two weeks. "
            f"Stop when your body tells you to, and log it: spinetrack log {missing[0]} 20"
        ),
        why=tuple(
            Fact(f"timed {name} in two weeks", count, TIMED, WINDOW)
            for name, count in zip(names, counts, strict=True)
        ),
    )


def timed(context: Context, tolerance: str) -> int:
    """Return how many tolerances that ended by a limit were logged in 14 days."""
    readings = context.facts.days.readings.get(tolerance, ())
    return sum(not r.at_least and 0 <= (context.today - r.day).days < WINDOW for r in readings)


def baselines_missing(context: Context) -> list[str]:
    """Return the tolerances that DQ-3 asks for: those logged or wanted, any of the three if none."""
    facts = context.facts
    without = [k for k in TOLERANCES if context.planned(k) is None]
    wanted = {a.name for a in facts.diary.activities} | {k for k in TOLERANCES if facts.days.readings.get(k)}
    wanted |= {g.metric for g in facts.diary.goals if g.status == "active"}
    known = [k for k in without if k in wanted]
    if not known and len(without) == len(TOLERANCES):
        known = without
    return [k for k in known if timed(context, k) < TIMED]


@rule("DQ-4", 2, ("rule book, DQ-4",), SURE_COUNT)
def suspicious(context: Context) -> Suggestion | None:
    """An entry that looks like a slip: the same pain ten times, or a tolerance five times the usual."""
    facts = context.facts
    pain = facts.days.of("pain")
    run: list[float] = []
    for day in sorted(pain, reverse=True):
        if run and pain[day] != run[0]:
            break
        run.append(pain[day])
    if len(run) == SAME_RUN and context.today in pain:
        return _check(
            f"Pain was {number(run[0])} on your last {SAME_RUN} days. If that is right, leave it as it is.",
            Fact("days in a row with the same pain", SAME_RUN, SAME_RUN, None),
        )
    for key in (*TOLERANCES, "distance"):
        readings = facts.days.readings.get(key, [])
        now = max((r.value for r in readings if r.day == context.today), default=None)
        usual = median([r.value for r in readings if 0 < (context.today - r.day).days < WINDOW])
        if now is not None and usual and now >= FIVE_TIMES * usual:
            unit = "m" if key == "distance" else "min"
            return _check(
                f"{name_of(key).capitalize()} is far above your usual. Is {number(now)} {unit} right?",
                Fact(f"{name_of(key)} today", now, FIVE_TIMES * usual, WINDOW),
            )
    return None


def _check(what: str, fact: Fact) -> Suggestion:
    return Suggestion(
        rule="DQ-4",
        priority=2,
        kind="data",
        title="Please check this entry",
        message=f"{what} To change it: spinetrack history, then spinetrack edit",
        why=(fact,),
    )
