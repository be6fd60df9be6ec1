"""Warning-sign screens on paper and on the screen: what was answered, what is open, what to do."""

from __future__ import annotations

from spinetrack.recovery import profile
from spinetrack.recovery.places import place, stop_lines
from spinetrack.recovery.redflag_items import ITEMS, NO_SIGN, PRIVATE
from spinetrack.recovery.redflags import closing, effective_tier, is_booked, is_open
from spinetrack.recovery.weighing import named_on
from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, when_words
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Answer, Diary, Outcome, Screen
    from spinetrack.recovery.findings import Assessment
    from spinetrack.views.page import Block, Page

TIERS = {1: "emergency", 2: "same day", 3: "within a week", 4: "mention at a visit"}
OUTCOMES = {
    "seen": "seen",
    "mistake": "entered by mistake",
    "gone": "passed, nobody saw it",
    "booked": "booked",
    "old": "old and known",
    "note": "note",
}
FEW = 16
"""Signs that can be named one by one on a short screen."""
MATERNITY = frozenset({"PG1", "OT1"})


def result_page(diary: Diary, answers: Sequence[Answer], tier: int | None, assessment: Assessment) -> Page:
    """Return what a screen without a tier-1 or tier-2 sign comes to."""
    items = named_on(diary, assessment.today, answers)
    lines = stop_lines(
        tier,
        [ITEMS[i].short for i in items],
        when_words(assessment.now, assessment.today, assessment.today),
        place(profile.value_of(diary, "country")),
        crisis=False,
        maternity=bool(MATERNITY & set(items)),
        adult=bool(assessment.gates["minor"]),
    )
    return tuple(Text(line, "strong" if tier else "normal") for line in lines)


def answered_page(items: Sequence[str]) -> Page:
    """Return what a short line of answers covers: the signs by name, or by group when they are many."""
    if len(items) <= FEW:
        named = "; ".join(ITEMS[item].short for item in items if item not in PRIVATE)
        return (Text(f"Answered no to {len(items)} questions: {named}."),)
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(ITEMS[item].group, []).append(item)
    return (
        Text(f"Answered no to {len(items)} questions:"),
        Fields(tuple((group, " ".join(found)) for group, found in groups.items())),
    )


def list_page(screens: Sequence[Screen], everything: Sequence[Screen], today: date, *, plain: bool) -> Page:
    """Return the screens of a period, oldest first, with their signs and what came of them.

    Args:
        screens: Those to list.
        everything: All that are known: a later outcome may close an earlier sign.
        today: The patient's day.
        plain: One screen a line.

    """
    if not screens:
        return (Text("No screens in this period."), Text("To answer one:  spinetrack screen"))
    blocks: list[Block] = []
    for sitting in _sittings(screens):
        screen = sitting[0]
        numbers = f"#{screen.id}" if len(sitting) == 1 else f"#{screen.id} to #{sitting[-1].id}"
        head = f"{numbers}  {day_words(screen.day, today)}, {screen.at:%H:%M}"
        sign = _sign(screen, everything, sum(len(s.answers) for s in sitting))
        outcomes = [_outcome(o, today) for o in screen.outcomes]
        if plain:
            blocks.append(Text(" ".join([f"{head}: {sign}.", *(f"{o}." for o in outcomes)])))
            continue
        blocks.append(Text(f"{head}   {sign}", "strong" if is_open(screen, everything) else "normal"))
        blocks += [Text(f"    {o}", "quiet") for o in outcomes]
    return tuple(blocks)


def _sittings(screens: Sequence[Screen]) -> list[list[Screen]]:
    """Return screens in order, those of one sitting that report nothing taken together."""
    found: list[list[Screen]] = []
    for screen in screens:
        last = found[-1][-1] if found else None
        calm = screen.tier is None and not screen.outcomes
        if last and calm and last.at == screen.at and last.tier is None and not last.outcomes:
            found[-1].append(screen)
        else:
            found.append([screen])
    return found


def _sign(screen: Screen, everything: Sequence[Screen], count: int) -> str:
    if screen.tier is None:
        return f"no sign reported, {count} answered"
    named = [a for a in screen.answers if a.answer != "no"]
    words = "; ".join(f"{a.item} {ITEMS[a.item].short}{_unsure(a)}" for a in named if a.item in ITEMS)
    state = "open" if is_open(screen, everything) else "closed" if closing(screen, everything) else "old"
    if state == "open" and is_booked(screen):
        state = "open, booked"
    tier = effective_tier(screen) or screen.tier
    return f"{TIERS[tier]}, {state}: {words or 'its answers were left out'}"


def _unsure(answer: Answer) -> str:
    return " (not sure)" if answer.answer == "unsure" else ""


def _outcome(outcome: Outcome, today: date) -> str:
    who = f" by {outcome.by}" if outcome.by else ""
    said = f": {outcome.text}" if outcome.text else ""
    return f"{day_words(outcome.day, today)}, {OUTCOMES[outcome.kind]}{who}{said}"


def paper_page(diary: Diary, assessment: Assessment, *, everything: bool = False) -> Page:
    """Return one page to show a doctor: who, what was reported and when, pain, plan, medicine to ask.

    A private item is left off unless `everything`.
    """
    today = assessment.today
    open_now = [s for s in diary.screens if is_open(s, diary.screens) and (effective_tier(s) or 9) <= 3]  # noqa: PLR2004
    blocks: list[Block] = [
        Text("For the doctor or nurse who sees me", "heading"),
        Fields(tuple(_person(diary, assessment))),
        Gap(),
        Text("What I reported", "strong"),
    ]
    reported = [line for screen in open_now for line in _reported(screen, today, everything=everything)]
    blocks += [Text(f"  {line}") for line in reported] or [Text(f"  {NO_SIGN}")]
    blocks += _medicines(diary, assessment)
    blocks += [Gap(), Text("Care questions I answered", "strong")]
    blocks.append(Fields(tuple(_gates(assessment))))
    blocks += [Gap(), Text("From my diary, last 14 days", "strong"), Fields(tuple(_numbers(assessment)))]
    blocks += [Gap(), Text("Written by me with a diary program. Nobody has checked it.", "quiet")]
    return tuple(blocks)


def _medicines(diary: Diary, assessment: Assessment) -> list[Block]:
    """Return what is on the medicine list, and what was taken in the last 24 hours."""
    if not diary.medicines:
        return []
    from spinetrack.views.med_page import for_the_doctor

    return [Gap(), Text("My medicines", "strong"), for_the_doctor(diary, assessment.now, assessment.today)]


def _person(diary: Diary, assessment: Assessment) -> list[tuple[str, str]]:
    pairs = [("Printed", f"{day_words(assessment.today)} {assessment.today.year}, {assessment.now:%H:%M}")]
    for key, label in (
        ("name", "Name"),
        ("onset", "This pain began"),
        ("regions", "Where"),
        ("worse", "Worse with"),
    ):
        value = profile.value_of(diary, key)
        if value:
            pairs.append((label, value.replace(",", ", ")))
    if profile.is_carer(diary):
        pairs.append(("Answered by", "somebody else for the patient"))
    return pairs


def _reported(screen: Screen, today: date, *, everything: bool) -> list[str]:
    when = f"{day_words(screen.day, today)}, {screen.at:%H:%M}"
    found = []
    for answer in screen.answers:
        if answer.answer == "no" or answer.item not in ITEMS:
            continue
        if answer.item in PRIVATE and not everything:
            continue
        word = "yes" if answer.answer == "yes" else "not sure"
        short = "thoughts of hurting myself" if answer.item in PRIVATE else ITEMS[answer.item].short
        found.append(f"{when}: {short} ({answer.item}, {word})")
    return found


def _gates(assessment: Assessment) -> list[tuple[str, str]]:
    words = {True: "yes", False: "no", None: "not answered"}
    found = [(name, words[answer]) for name, answer in assessment.gates.items() if answer is not False]
    if not found:
        return [("All", "no")]
    if len(found) < len(assessment.gates):
        found.append(("The others", "no"))
    return found


def _numbers(assessment: Assessment) -> list[tuple[str, str]]:
    from spinetrack.recovery.metrics import METRICS, show

    days, today = assessment.facts.days, assessment.today
    found = []
    for key in ("pain", "worst", "limb", "sit", "stand", "walk", "sleep"):
        values = days.window(key, today, 14)
        if not values:
            continue
        metric = METRICS[key]
        low, high = show(metric, min(values)), show(metric, max(values))
        middle = show(metric, days.med(key, today, 14) or 0.0)
        found.append((metric.label, f"middle {middle}, from {low} to {high}, {counted(len(values), 'day')}"))
    return found or [("Nothing logged", "in these two weeks")]
