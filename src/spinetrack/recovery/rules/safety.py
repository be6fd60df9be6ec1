"""Priority 0 and 1: warning signs, asking again, and the gates."""

from __future__ import annotations

from spinetrack.recovery import places, profile, redflags
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.redflag_items import ITEMS, PRIVATE
from spinetrack.recovery.rules.engine import SURE_PUBLIC, SURE_TOOL, rule
from spinetrack.recovery.words import plain_day
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Screen

SEVERE = 8
ALWAYS_SEVERE = 7
SEVERE_EVERY = 14
RED_FLAGS = ("Finucane 2020", "GIRFT pathway")


def reported(screen: Screen) -> tuple[str, ...]:
    """Return what was answered yes or unsure, in short words, without what is private."""
    found = []
    for answer in screen.answers:
        if answer.answer == "no" or answer.item in PRIVATE or answer.item not in ITEMS:
            continue
        short = ITEMS[answer.item].short
        found.append(short if answer.answer == "yes" else f"{short} (not sure)")
    return tuple(found)


def _stop(context: Context, screen: Screen, rule_id: str, *, later: bool = False) -> Suggestion:
    tier = redflags.effective_tier(screen) or 1
    facts = context.facts
    place = places.place(profile.value_of(facts.diary, "country"))
    items = {a.item for a in screen.answers if a.answer != "no"}
    when = f"today, {screen.at:%H:%M}" if screen.day == context.today else plain_day(screen.day)
    lines = places.stop_lines(
        tier,
        reported(screen),
        when,
        place,
        crisis="OT2" in items,
        maternity=bool({"PG1", "OT1"} & items),
        adult=bool(facts.gates["minor"]),
        next_day=later,
    )
    title = "Stop: get help now" if tier == 1 else "Stop: call a doctor today"
    return Suggestion(
        rule=rule_id,
        priority=0,
        kind="stop",
        title=title,
        message=" ".join(lines),
        why=(Fact("answers of the warning-sign screen", ", ".join(reported(screen)), "any yes", None),),
    )


def sign_text(context: Context, screen: Screen) -> str:
    """Return what RF-2 says of a sign, or RF-5 from the next day on."""
    return _stop(context, screen, "RF-2", later=screen.day < context.today).message


@rule("RF-1", 0, RED_FLAGS, SURE_PUBLIC)
def emergency(context: Context) -> Suggestion | None:
    """Stop: a tier-1 sign was reported today and is still open."""
    today = [s for s in context.facts.open_flags if s.day == context.today]
    hit = next((s for s in today if redflags.effective_tier(s) == 1), None)
    return _stop(context, hit, "RF-1") if hit else None


@rule("RF-2", 0, RED_FLAGS, SURE_PUBLIC)
def same_day(context: Context) -> Suggestion | None:
    """Stop: a tier-2 sign was reported today and is still open."""
    today = [s for s in context.facts.open_flags if s.day == context.today]
    if not today or any(redflags.effective_tier(s) == 1 for s in today):
        return None
    return _stop(context, today[-1], "RF-2")


@rule("RF-5", 0, RED_FLAGS, SURE_PUBLIC)
def open_flag(context: Context) -> Suggestion | None:
    """Stop: a flag of an earlier day is still open."""
    before = [s for s in context.facts.open_flags if s.day < context.today]
    if not before:
        return None
    worst = min(before, key=lambda s: redflags.effective_tier(s) or 1)
    return _stop(context, worst, "RF-5", later=True)


@rule("RF-3", 1, RED_FLAGS, SURE_PUBLIC)
def within_a_week(context: Context) -> Suggestion | None:
    """Book within a week: a tier-3 sign is open and not booked."""
    open_now = [
        s
        for s in context.facts.open_signs
        if redflags.effective_tier(s) == 3 and not any(o.kind == "booked" for o in s.outcomes)  # noqa: PLR2004
    ]
    if not open_now:
        return None
    screen = open_now[-1]
    return Suggestion(
        rule="RF-3",
        priority=1,
        kind="safety",
        title="Book a doctor within a week",
        message=(
            f"On {plain_day(screen.day)} you reported: {'; '.join(reported(screen))}. "
            "Book a doctor within a week and show them this. "
            f'When it is booked: spinetrack screen outcome {screen.id} "where and when" --booked'
        ),
        why=(Fact("open warning sign, tier 3", plain_day(screen.day), "none open", None),),
    )


def _after_closing(context: Context, item: str) -> str:
    """Return what is asked after a sign was seen; after too much of a medicine that is another sign."""
    screens = context.facts.diary.screens
    if any(a.item == item and a.answer != "no" for s in screens for a in s.answers):
        return f"Is it worse than when it was seen: {ITEMS[item].short}?"
    return "You logged too much of a medicine lately. New signs can come late."


REASON_WORDS = {
    "first": "They have not been asked yet.",
    "fortnight": "Two weeks have passed since they were last asked.",
    "flare": "A flare has begun.",
    "flare-3": "The flare is on its fourth day.",
    "flare-7": "The flare has lasted a week.",
    "word": "A word in your notes made us ask.",
    "limb": "Your arm or leg felt new or worse.",
    "spread": "It spread along your arm or leg while you were active.",
    "worst": "Your pain was very high.",
    "excess": "Your pain rose far above the usual.",
    "trauma": "A word in your notes made us ask.",
    "walk": "Walking has slowly got shorter.",
    "slow": "Pain or walking has slowly got worse.",
    "gap": "There was a long break in your diary.",
    "closed": "We ask again after a warning sign was seen.",
    "mistake": "The last answers were a mistake.",
    "gone": "A sign passed, and nobody has seen it.",
    "treatment": "A new treatment began.",
    "procedure": "You had a procedure on your spine.",
}
NEW_REASON = "Something new was recorded."
"""A file from elsewhere may hold a reason that this program does not know: it asks all the same."""


@rule("RF-4", 1, RED_FLAGS, SURE_PUBLIC)
def rescreen(context: Context) -> Suggestion | None:
    """Ask the warning-sign questions again."""
    due = context.facts.rescreen
    if due is None:
        return None
    reasons = [REASON_WORDS.get(reason, NEW_REASON) for reason in due.reasons]
    reason = reasons[0]
    if due.reasons[0] == "closed":
        reason = _after_closing(context, due.items[0])
    return Suggestion(
        rule="RF-4",
        priority=1,
        kind="safety",
        title="Answer the warning-sign questions",
        message=f"{reason} Six short questions come first: spinetrack screen --short",
        why=(
            Fact("why they are due", " ".join(reasons), "answered since", None),
            Fact("questions to answer", len(due.items), "all answered", None),
        ),
    )


@rule("PG-1", 1, ("rule book 13",), SURE_TOOL)
def gates(context: Context) -> Suggestion | None:
    """Ask the gates of care; nothing is raised until then."""
    facts = context.facts
    since = facts.gates_waiting_since
    if since is None or facts.flare or facts.diary.first_day is None:
        return None
    age = (context.today - since).days
    if age % 3 and not context.rise_waits:
        return None
    return Suggestion(
        rule="PG-1",
        priority=1,
        kind="safety",
        title=f"Answer the care questions {'again' if facts.procedure_since_gates else 'once'}",
        message=f"{_why_gates(context)} Until you answer, no dose goes up: spinetrack profile gates",
        why=(
            _gates_fact(context),
            Fact("days since they are due", age, None, None),
        ),
    )


def _gates_fact(context: Context) -> Fact:
    facts, since = context.facts, context.facts.procedure_since_gates
    if since:
        return Fact("a procedure after the last answers", plain_day(since), "none", None)
    answered = sum(a is not None for a in facts.gates.values())
    return Fact("care questions answered", answered, len(facts.gates), None)


def _why_gates(context: Context) -> str:
    if context.facts.procedure_since_gates:
        return "A procedure on your spine came after you last answered."
    return "Some things need more care, such as an operation or thin bones."


@rule("FL-9", 1, ("rule book 5.3",), SURE_TOOL)
def severe(context: Context) -> Suggestion | None:
    """Pain of 8 or more on two days in a row: ask ND5 and ND4."""
    from datetime import timedelta

    facts = context.facts
    pain = facts.days.of("pain")
    now, before = pain.get(context.today), pain.get(facts.yesterday)
    if now is None or before is None or min(now, before) < SEVERE:
        return None
    usual = facts.reference.pain
    if usual is not None and usual >= ALWAYS_SEVERE and not _new_high(context):
        return None
    if all(_answered_today(context, item) for item in ("ND4", "ND5")):
        return None
    days = 0
    while pain.get(context.today - timedelta(days=days), 0) >= SEVERE:
        days += 1
    return Suggestion(
        rule="FL-9",
        priority=1,
        kind="safety",
        title="Very high pain, two days in a row",
        message=(
            "Is there no position that eases it? Is the arm or leg pain out of control? "
            "If yes to one, say so: spinetrack screen --yes ND4,ND5"
        ),
        why=(Fact("days in a row at 8 or more", days, 2, None),),
    )


def _new_high(context: Context) -> bool:
    """With pain usually at 7 or more: today is worse than the 14 days before, or 14 days have passed."""
    from datetime import timedelta

    pain = context.facts.days.of("pain")
    now = pain[context.today]
    run = 0
    while pain.get(context.today - timedelta(days=run + 1), 0) >= SEVERE:
        run += 1
    past = context.facts.days.window("pain", context.facts.yesterday, SEVERE_EVERY)
    return (run - 1) % SEVERE_EVERY == 0 or now > max(past, default=0)


def _answered_today(context: Context, item: str) -> bool:
    """Return whether an item was answered after the first entry of today that has a pain."""
    entries = context.facts.days.entries_by_day.get(context.today, ())
    since = min((max(e.at, e.recorded_at) for e in entries if "pain" in e.values), default=None)
    answered = context.facts.triggers.answered.get(item, ())
    return since is not None and any(at >= since for _, at, _ in answered)
