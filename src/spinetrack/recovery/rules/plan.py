"""Priority 5: the first quota, a rise, a hold, a step back, and the return after a break."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery import tolerances
from spinetrack.recovery.findings import Change, Fact, Suggestion
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.pacing import BREAK_DAYS, BREAK_SHARE, PR_WINDOW, baseline_of
from spinetrack.recovery.rules.engine import SURE_TOOL, rule
from spinetrack.recovery.words import amount, listed, name_of, number, plain_day, share, title_of
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context
    from spinetrack.recovery.pacing import Planned

LEAST_DONE = 3
SETTLED_SHARE = 0.8
RADICULAR_PAIN = 3
WINDOW = 14
STEP_ORDER = ("walk", "stand", "sit")
MANY_STEP_BACKS = 2


@rule("PR-0", 5, ("rule book 3.2", "Fordyce 1976"), SURE_TOOL)
def first_quota(context: Context) -> Suggestion | None:
    """Three timed tolerances make a first quota."""
    ready = {
        k: found
        for k in TOLERANCES
        if context.planned(k) is None and (found := baseline_of(context.facts, k)) is not None
    }
    if not ready:
        return None
    doses = listed([f"{name_of(k)} {amount(v, 'min')}" for k, v in ready.items()])
    return Suggestion(
        rule="PR-0",
        priority=5,
        kind="rise",
        title="A first dose to start from",
        message=(
            f"Start a little below what you can do: {doses}. Did your physio agree a plan? Then use that one."
        ),
        why=tuple(Fact(f"timed {name_of(k)}", _values(context, k), "3 or more", WINDOW) for k in ready),
        changes=tuple(Change(k, None, v, "min") for k, v in ready.items()),
        sum="about four fifths of the middle value, rounded down",
    )


def _values(context: Context, tolerance: str) -> str:
    readings = context.facts.days.readings.get(tolerance, ())
    recent = [r for r in readings if 0 <= (context.today - r.day).days < WINDOW]
    return " ".join(f"{number(r.value)}{'+' if r.at_least else ''}" for r in recent)


def earned(context: Context, item: Planned) -> tuple[Fact, ...] | None:
    """Return the numbers that earn `item` a rise (PR-1), None when they do not."""
    facts = context.facts
    good = item.done_ok_in_week()
    done = item.adherence()
    window = item.sessions_in(facts.full_days(PR_WINDOW))
    if len(good) < LEAST_DONE or done is None or done < facts.config["adherence"] / 100:
        return None
    if any(s.spread for s in (*window, *item.sessions_in([context.today]))):
        return None
    settled = sum(item.settled(s) is True for s in window)
    if settled < SETTLED_SHARE * len(window):
        return None
    most = RADICULAR_PAIN if facts.radicular else facts.config["session-pain"]
    pains = [s.pain for s in window if s.pain is not None]
    known = [s for s in good if s.pain is not None]
    if len(known) < LEAST_DONE or max(pains) > most:
        return None
    doses = number(item.quota)
    return (
        Fact(f"days done at {doses} {item.unit} or more", len(good), LEAST_DONE, PR_WINDOW),
        Fact("done of planned, percent", round(100 * done), facts.config["adherence"], PR_WINDOW),
        Fact("settled by the next morning", f"{settled} of {len(window)}", "80 %", PR_WINDOW),
        Fact("pain during", " ".join(map(str, pains)), f"at most {number(most)}", PR_WINDOW),
        Fact("last step", plain_day(item.latest.day), "7 days or more", None),
        Fact("flare days", "none", "none", PR_WINDOW),
    )


def rise_of(context: Context, item: Planned) -> Suggestion | None:
    """Return the rise that `item` has earned, before asking whether anything may rise today."""
    if not item.is_tolerance or item.dose[0] < item.quota or not context.steps_free(item):
        return None
    why = earned(context, item)
    higher = item.next_quota() if why else None
    if why is None or higher is None:
        return None
    percent = context.facts.config["step-percent"]
    raw = item.quota + min(max(item.quota * percent / 100, 1.0), tolerances.LARGEST_STEP)
    return Suggestion(
        rule="PR-1",
        subject=item.name,
        priority=5,
        kind="rise",
        title=f"{title_of(item.name)} could go up: {number(item.quota)} to {amount(higher, item.unit)}",
        message=f"Done on {len(item.done_ok_in_week())} days in a week, and settled by the next morning.",
        why=why,
        changes=(Change(item.name, item.quota, higher, item.unit),),
        sum=_sum(item.quota, raw, higher),
    )


def _sum(quota: float, raw: float, higher: float) -> str:
    """Return the arithmetic of a step: rounded down to the grid, or its next value when nothing is left."""
    step = f"{number(quota)} + {number(raw - quota)} = {number(raw)}"
    if higher <= raw:
        return f"{step}, rounded down: {number(higher)}"
    return f"{step}. The next whole step is {number(higher)}"


def chosen(context: Context, rises: list[Suggestion]) -> Suggestion | None:
    """Return the one rise that goes first: one with a goal, the longest unchanged, then walk, stand, sit."""

    def order(suggestion: Suggestion) -> tuple[bool, int, int]:
        item = context.planned(suggestion.subject)
        since = item.latest.day.toordinal() if item else 0
        without = item is None or item.goal is None
        name = suggestion.subject
        return without, since, STEP_ORDER.index(name) if name in STEP_ORDER else len(STEP_ORDER)

    return min(rises, key=order, default=None)


@rule("PR-1", 5, ("rule book 3.3", "Pocovi 2024"), SURE_TOOL)
def progress(context: Context) -> Suggestion | None:
    """A tolerance that was done as planned, and settled, may step up."""
    rises = [s for item in context.plan if (s := rise_of(context, item))]
    free = [s for s in rises if not context.rise_blocked(s)]
    return chosen(context, free or rises)


@rule("PR-3", 5, ("rule book 4",), SURE_TOOL)
def hold(context: Context) -> Suggestion | None:
    """Something speaks against a rise: the dose stays, with the reason."""
    held = [(item, item.hold) for item in context.plan if item.hold]
    if not held:
        return None
    lines = [f"{title_of(item.name)} stays at {amount(item.quota, item.unit)}: {why}." for item, why in held]
    return Suggestion(
        rule="PR-3",
        priority=5,
        kind="plan",
        title="Same dose for now",
        message=" ".join(lines),
        why=tuple(Fact(name_of(item.name), why, None, WINDOW) for item, why in held),
    )


@rule("PR-4", 5, ("rule book 4",), SURE_TOOL)
def step_back(context: Context) -> tuple[Suggestion, ...]:
    """Sessions that did not settle, hurt too much or spread: one step down, or a pause."""
    return tuple(_step_back(item) for item in context.plan if item.step_back)


def _step_back(item: Planned) -> Suggestion:
    back = item.step_back
    assert back is not None  # noqa: S101
    title = title_of(item.name)
    if back.pauses:
        message = (
            f"{title} pauses: {back.why}. "
            "Answer the warning-sign questions, and ask your physio to set the dose."
        )
    else:
        message = f"{title} goes down to {amount(back.dose, item.unit)} for now: {back.why}."
    if item.step_backs_in_28 >= MANY_STEP_BACKS:
        message += " It went down twice in four weeks: ask your physio about it."
    return Suggestion(
        rule="PR-4",
        subject=item.name,
        priority=5,
        kind="plan",
        title=f"{title} pauses" if back.pauses else f"{title} one step down",
        message=message,
        why=(Fact("the last sessions", back.why, None, WINDOW),),
        changes=(Change(item.name, item.quota, back.dose, item.unit, item.variable),),
        sum=(
            "a pause"
            if back.pauses
            else f"{number(item.quota)} x {share(back.share)}"
            f" = {number(item.quota * back.share)}, rounded down"
        ),
    )


def return_dose(context: Context, item: Planned) -> float | None:
    """Return the dose PR-6 offers after a break of 14 days, None when there was none."""
    facts = context.facts
    cut = context.today - timedelta(days=BREAK_DAYS)
    if item.latest.day > cut or facts.flare:
        return None
    if any(s.day > cut for s in item.sessions):
        return None
    if any(r.day > cut for r in facts.days.readings.get(item.name, ())):
        return None
    dose = item.floored(min(item.base, BREAK_SHARE * item.quota))
    paused = item.step_back is not None and item.step_back.pauses
    return dose if dose < item.quota or paused else None


@rule("PR-6", 5, ("rule book, PR-6",), SURE_TOOL)
def after_a_break(context: Context) -> Suggestion | None:
    """No session for two weeks: an offer to restart lower."""
    back = {item: dose for item in context.plan if (dose := return_dose(context, item)) is not None}
    if not back:
        return None
    doses = listed([f"{name_of(item.name)} {amount(dose, item.unit)}" for item, dose in back.items()])
    return Suggestion(
        rule="PR-6",
        priority=5,
        kind="plan",
        title="Back after a break",
        message=f"Nothing was logged for two weeks. You could begin again low: {doses}.",
        why=tuple(
            Fact(f"days without {name_of(item.name)}", f"{BREAK_DAYS} or more", BREAK_DAYS, None)
            for item in back
        ),
        changes=tuple(
            Change(item.name, item.quota, dose, item.unit, item.variable) for item, dose in back.items()
        ),
        sum="the lower of your first dose and half of the present one, rounded down",
    )
