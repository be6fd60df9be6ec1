"""Priority 3 and 4: spikes, flares, the lower load, the way back, and flares that last."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery import flares as flare_rules
from spinetrack.recovery.findings import Change, Fact, Suggestion
from spinetrack.recovery.rules.engine import SURE_STUDIED, SURE_TOOL, rule
from spinetrack.recovery.series import days_back
from spinetrack.recovery.words import amount, counted, listed, name_of, number, plain_day, share
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context
    from spinetrack.recovery.findings import Flare

FLARE_SOURCE = ("Costa 2019", "Costa 2021")
OVERRUN_1 = 8
OVERRUN_2 = 15
MANY_FLARES = 3
MANY_WINDOW = 28


def excess_facts(context: Context, flare: Flare) -> tuple[Fact, ...]:
    """Return the numbers a flare stands on."""
    facts = [
        Fact("how it was recognised", flare.how, None, None),
        Fact("usual pain (reference)", flare.reference, None, 30),
    ]
    pain = context.facts.on_today("pain")
    if pain is not None:
        facts.append(Fact("pain today", pain, None, None))
    if flare.excess is not None:
        facts.append(Fact("peak above the usual", flare.excess, "3 and 4 cut more", 3))
    return tuple(facts)


@rule("FL-1", 3, FLARE_SOURCE, SURE_STUDIED)
def spike(context: Context) -> Suggestion | None:
    """One day of flare-like pain that is no flare: watch, the plan stays."""
    facts = context.facts
    if facts.flare or not facts.pain_defined(context.today):
        return None
    ref = facts.reference
    return Suggestion(
        rule="FL-1",
        priority=3,
        kind="flare",
        title="One higher day",
        message=(
            "Today is well above your usual pain. One such day is not a flare. "
            "Your plan stays as it is. If it feels like a flare: spinetrack flare start"
        ),
        why=(
            Fact("pain today", facts.on_today("pain"), None, None),
            Fact("usual pain (reference)", ref.pain, None, 30),
            Fact("counts from", None if ref.pain is None else ref.pain + ref.threshold, None, None),
        ),
    )


@rule("FL-2", 3, FLARE_SOURCE, SURE_STUDIED)
def flare_start(context: Context) -> Suggestion | None:
    """A flare begins today."""
    facts = context.facts
    flare = facts.flare
    if flare is None or flare.start != context.today:
        return None
    back = flare.start + timedelta(days=6)
    how = {
        "said": "You call today a flare.",
        "two of three days": "Two of your last three days were well above your usual pain.",
        "pain and function": "Pain is well above your usual, and you could do much less.",
    }[flare.how]
    return Suggestion(
        rule="FL-2",
        priority=3,
        kind="flare",
        title="A flare begins",
        message=(
            f"{how} A flare is a bump, and most pass. The plan climbs back by {plain_day(back)} if it eases. "
            "Your own list for such days: spinetrack flare playbook"
        ),
        why=excess_facts(context, flare),
    )


def flare_changes(context: Context, flare: Flare) -> tuple[Change, ...]:
    """Return what the cut of `flare` makes of each quota today."""
    changes = []
    for item in context.plan:
        dose = item.flare_dose(flare)
        if dose is not None and dose < item.quota:
            changes.append(Change(item.name, item.quota, dose, item.unit, item.variable))
    return tuple(changes)


@rule("FL-3", 3, ("rule book 5.3",), SURE_TOOL)
def deload(context: Context) -> Suggestion | None:
    """Lower the load from flare day 0 on, offered until decided."""
    facts = context.facts
    flare = facts.flare
    if flare is None or _cut_decided(context, flare):
        return None
    changes = flare_changes(context, flare)
    doses = listed([f"{name_of(c.activity)} {amount(c.after, c.unit)}" for c in changes])
    keep = "" if facts.rescreen else " Keep up short walks if you can."
    shown = f"Today: {doses}." if doses else "Do that much less of what you usually do."
    return Suggestion(
        rule="FL-3",
        priority=3,
        kind="plan",
        title="Less load for a few days",
        message=f"Cut your load by {number(100 * (1 - flare.level))} % for now. {shown}{keep}",
        why=excess_facts(context, flare),
        changes=changes,
        sum="; ".join(
            f"{name_of(c.activity)} {number(c.before or 0)} x {share(flare.level)}"
            f" = {number((c.before or 0) * flare.level)}, rounded down: {number(c.after)}"
            for c in changes
        ),
    )


def _cut_decided(context: Context, flare: Flare) -> bool:
    return any(d.rule == "FL-3" and d.day >= flare.start for d in context.facts.diary.decisions)


@rule("FL-4", 3, FLARE_SOURCE, SURE_TOOL)
def hold_low(context: Context) -> Suggestion | None:
    """Flare day 1 and 2: stay low."""
    flare = context.facts.flare
    if flare is None or context.facts.flare_day not in (1, 2):
        return None
    return Suggestion(
        rule="FL-4",
        priority=3,
        kind="flare",
        title=f"Flare, day {context.facts.flare_day}",
        message=(
            "Stay at the lower doses today. One line a day is enough: spinetrack log 5. "
            "If you can, add how you slept and how your mood is."
        ),
        why=excess_facts(context, flare),
    )


@rule("FL-5", 3, ("rule book 5.3",), SURE_TOOL)
def ramp(context: Context) -> Suggestion | None:
    """From flare day 3 on: climb back while it eases."""
    facts = context.facts
    flare = facts.ramping
    if flare is None or (context.today - flare.start).days < flare_rules.RAMP_FROM:
        return None
    changes = flare_changes(context, flare)
    if flare.closed is not None and not changes:
        return None
    doses = listed([f"{name_of(c.activity)} {amount(c.after, c.unit)}" for c in changes])
    shown = f"Today: {doses}. " if doses else ""
    return Suggestion(
        rule="FL-5",
        priority=3,
        kind="flare",
        title="The way back",
        message=(
            f"Your plan is at {number(100 * flare.level)} % of what it was. {shown}"
            "It climbs a step on each day that is no worse than the day before."
        ),
        why=(
            Fact("steps back so far", flare.steps, flare_rules.RAMP_STEPS, None),
            Fact("flare day", (context.today - flare.start).days, flare_rules.RAMP_FROM, None),
            *excess_facts(context, flare),
        ),
        changes=(),
        sum=f"1 - {share(flare.cut)} + {share(flare.cut)} x {flare.steps} / 4 = {share(flare.level)}",
    )


@rule("FL-6", 8, FLARE_SOURCE, SURE_STUDIED)
def flare_end(context: Context) -> Suggestion | None:
    """A flare closed today."""
    last = context.facts.flares[-1] if context.facts.flares else None
    if last is None or last.closed != context.today:
        return None
    return Suggestion(
        rule="FL-6",
        priority=8,
        kind="fact",
        title="The flare is over",
        message=(
            f"It lasted {counted(last.length, 'day')}. What set it off, and what helped? "
            "Keep it for next time: spinetrack flare playbook"
        ),
        why=(Fact("days at the usual or one above", flare_rules.CALM_DAYS, flare_rules.CALM_DAYS, None),),
    )


@rule("FL-7", 4, ("rule book 5.3",), SURE_TOOL)
def overrun(context: Context) -> Suggestion | None:
    """A flare that is still active after a week."""
    facts = context.facts
    flare, number_of_day = facts.flare, facts.flare_day
    if flare is None or number_of_day is None or number_of_day < OVERRUN_1:
        return None
    if not any(day in flare.active for day in days_back(context.today, 3)):
        return None
    return Suggestion(
        rule="FL-7",
        priority=4,
        kind="review",
        title="This flare has lasted over a week",
        message="Ask your physio or doctor to look at your plan within a week. Bring your diary.",
        why=(Fact("flare day", number_of_day, OVERRUN_1, None),),
    )


@rule("FL-8", 4, ("rule book 5.3",), SURE_TOOL)
def many_flares(context: Context) -> Suggestion | None:
    """A flare of two weeks, three flares in four weeks, or three that grew longer."""
    facts = context.facts
    flares = facts.flares
    recent = [f for f in flares if (context.today - f.start).days < MANY_WINDOW]
    day = facts.flare_day or 0
    grown = [f for f in flares if f.closed is None or (context.today - f.closed).days < MANY_WINDOW]
    longer = bool(grown) and flare_rules.lengthening([f.length for f in flares])
    if day < OVERRUN_2 and len(recent) < MANY_FLARES and not longer:
        return None
    return Suggestion(
        rule="FL-8",
        priority=4,
        kind="review",
        title="Time to review this with somebody",
        message="Flares come often or last long. Ask a doctor or physio to review it with you.",
        why=(
            Fact("day of this flare", day if facts.flare else None, OVERRUN_2, None),
            Fact("flares in four weeks", len(recent), MANY_FLARES, MANY_WINDOW),
            Fact(
                "days of the last flares", ", ".join(str(f.length) for f in flares[-3:]), "each longer", None
            ),
        ),
    )
