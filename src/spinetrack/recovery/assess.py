"""Diary in, everything we conclude out. Pure: the same diary, moment and day give the same answer."""

from __future__ import annotations

from spinetrack.recovery.context import Context
from spinetrack.recovery.facts import Facts
from spinetrack.recovery.findings import Assessment, PlanItem
from spinetrack.recovery.rules import first, load, run
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Held, Suggestion
    from spinetrack.recovery.pacing import Planned


def assess(diary: Diary, now: datetime, today: date) -> Assessment:
    """Return what the diary says on `today` at the moment `now`.

    Args:
        diary: The last 180 days, with what stays in force beyond them.
        now: The present moment, in the patient's offset.
        today: The day the patient lives, decided by `when.day_of`.

    """
    return conclude(Facts(diary, now, today))


def first_words(facts: Facts) -> Assessment:
    """Return what is said back after a write: an assessment whose suggestions may stop after the first.

    What comes first is what comes first in `conclude`; nothing is said of what was held back, and the
    plan is there only where a flare starts, whose answer shows it.
    """
    context = Context(facts)
    suggestions = first(context, lambda priority: load(priority, facts.diary))
    starts = any(s.rule == "FL-2" for s in suggestions)
    return _assessment(context, suggestions, (), with_plan=starts)


def conclude(facts: Facts) -> Assessment:
    """Return what the facts of one day come to."""
    load(diary=facts.diary)
    context = Context(facts)
    suggestions, held = run(context)
    return _assessment(context, suggestions, held, with_plan=True)


def _assessment(
    context: Context, suggestions: tuple[Suggestion, ...], held: tuple[Held, ...], *, with_plan: bool
) -> Assessment:
    facts = context.facts
    shut = bool(facts.open_flags or facts.shut_since or not with_plan)
    return Assessment(
        now=facts.now,
        today=facts.today,
        mode=facts.mode,
        suggestions=suggestions,
        held=held,
        plan=() if shut else tuple(_item(context, p) for p in context.plan),
        flare=facts.flare,
        flares=facts.flares,
        open_flags=facts.open_flags,
        rescreen=facts.rescreen,
        gates=facts.gates,
        facts=facts,
    )


def _item(context: Context, planned: Planned) -> PlanItem:
    dose, why = planned.dose
    latest = planned.latest
    week = [*context.facts.full_days(6), context.today]
    return PlanItem(
        activity=planned.name,
        kind=planned.kind,
        quota=planned.quota,
        today=dose,
        baseline=planned.base,
        unit=planned.unit,
        per_week=planned.per_week,
        up_to=planned.agreed,
        set_by=latest.set_by,
        next_step_earliest=context.next_step_earliest(planned),
        reason=why,
        done_week=planned.days_done(week),
        sets=latest.sets,
        reps=latest.reps,
        hold=latest.hold,
        load=latest.load,
    )
