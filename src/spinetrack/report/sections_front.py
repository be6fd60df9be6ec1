"""Page one, the rest: who it is about, warning signs, flares, questions, and how good the record is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery import profile
from spinetrack.recovery.places import banner_line, place
from spinetrack.recovery.redact_words import OTHER
from spinetrack.recovery.redflag_items import ITEMS, PRIVATE
from spinetrack.recovery.redflags import closing, effective_tier, is_booked, is_open
from spinetrack.recovery.sites import SITES
from spinetrack.recovery.stats import median
from spinetrack.recovery.weighing import named_on, tier_on
from spinetrack.recovery.words import counted, listed
from spinetrack.report.model import Facts, Grid, Items, Para, Section
from spinetrack.report.say import more, number, shortened
from spinetrack.report.wish import LEAVABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spinetrack.recovery.diary import Answer, Outcome, Screen
    from spinetrack.recovery.period import FlareRow
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

MOST_FLARES: Final = 5
MOST_LENGTHS: Final = 12
MOST_QUESTIONS: Final = 8
TIERS: Final = {1: "emergency", 2: "same day", 3: "within a week", 4: "mention at a visit"}
OUTCOMES: Final = {
    "seen": "seen",
    "mistake": "entered by mistake",
    "gone": "passed, nobody saw it",
    "booked": "a visit is booked",
    "old": "old and known",
    "note": "note",
}
PRIVATE_NOTE: Final = "What was asked about mood in private is not printed unless the patient asks for it."


# -- an open flag ----------------------------------------------------------------------------------


def warning(sheet: Sheet) -> Section | None:
    """Return the open tier-1 or tier-2 sign that stands above all else, None when none is open."""
    flags = sheet.open_flags
    if not flags:
        return None
    lead = min(flags, key=lambda s: (effective_tier(s) or 9, -s.at.timestamp(), -s.seq))
    items = [item for s in flags for item in named_on(sheet.diary, s.day, sheet.shown(s))]
    shorts = [ITEMS[item].short for item in dict.fromkeys(items)]
    line = banner_line(
        effective_tier(lead) or 1,
        shorts,
        sheet.say.moment(lead.at, lead.day),
        place(profile.value_of(sheet.diary, "country")),
        crisis=bool(PRIVATE & set(items)),
        next_day=min(s.day for s in flags) < sheet.today,
    )
    state = "For the physio: this sign is open. Nobody has written down yet that it was seen."
    return Section("warning", "A warning sign is open", (Para(line, "alarm"), Para(state, "strong")))


# -- who -------------------------------------------------------------------------------------------


def about(sheet: Sheet) -> Section | None:
    """Return what a reader must know of the patient, and what was left out."""
    pairs = tuple(_about(sheet))
    return Section("about", "About", (Facts(pairs),)) if pairs else None


def _about(sheet: Sheet) -> Iterator[tuple[str, str]]:
    diary, say = sheet.diary, sheet.say
    regions = profile.value_of(diary, "regions")
    if regions:
        named = ", ".join(SITES[r].label if r in SITES else r for r in regions.split(","))
        yield "Where", shortened(named, 120)
    onset = sheet.facts.onset
    if onset is not None and onset <= sheet.today:
        weeks = (sheet.today - onset).days // 7
        yield "Began", f"{say.day(onset)}, {counted(weeks, 'week')} ago"
    for key, label in (("worse", "Worse with"), ("eases", "Eased by")):
        value = profile.value_of(diary, key)
        if value:
            yield label, shortened(value.replace(",", ", "), 120)
    careful = [name for name, answer in sheet.assessment.gates.items() if answer]
    if careful:
        yield "Care with", ", ".join(careful)
    if profile.is_carer(diary):
        yield "Answered by", "somebody else for the patient"
    if sheet.wish.without:
        gone = [words for part, words in LEAVABLE.items() if not sheet.wish.has(part)]
        yield "Left out", f"{listed(gone)}, by the patient"


# -- warning signs ---------------------------------------------------------------------------------


def signs(sheet: Sheet) -> Section:
    """Return when the patient was asked, what was reported and what came of it. Never left out."""
    screens = sheet.diary.screens
    if not screens:
        return Section("signs", "Warning signs", (Para("Never asked.", "strong"),))
    blocks: list[Block] = [Para(_asked(sheet), "strong")]
    reported = tuple(
        line
        for screen in reversed(screens)
        if sheet.span.holds(screen.day) or is_open(screen, screens)
        for line in _reported(sheet, screen)
    )
    blocks += [Items(reported)] if reported else []
    blocks += [] if sheet.wish.private else [Para(PRIVATE_NOTE, "quiet")]
    return Section("signs", "Warning signs", tuple(blocks))


def _asked(sheet: Sheet) -> str:
    last = max(sheet.diary.screens, key=lambda s: (s.at, s.seq))
    sitting = [s for s in sheet.diary.screens if s.at == last.at]
    told = "a sign was reported" if any(sheet.shown(s) for s in sitting) else "none reported"
    days = len({s.day for s in sheet.diary.screens if sheet.span.holds(s.day)})
    return f"Last asked {sheet.say.day(last.day)}: {told}. Asked on {counted(days, 'day')} of this period."


def _reported(sheet: Sheet, screen: Screen) -> Iterator[str]:
    answers = sheet.shown(screen)
    if not answers:
        return
    screens = sheet.diary.screens
    hidden = len(answers) < sum(a.answer != "no" for a in screen.answers)
    tier = tier_on(sheet.diary, screen.day, answers) if hidden else screen.tier
    if tier is None:
        return
    named = "; ".join(_answer(answer) for answer in answers if answer.item in ITEMS)
    state = "open" if is_open(screen, screens) else "closed" if closing(screen, screens) else "old and known"
    if state == "open" and is_booked(screen):
        state = "open, a visit is booked"
    came = "".join(f" {_outcome(sheet, outcome)}." for outcome in screen.outcomes)
    if not came and state == "closed":
        came = " Closed with a later one."
    when = sheet.say.moment(screen.at, screen.day)
    yield f"{when}: {named}. {TIERS[tier].capitalize()}; {state}.{came or ' Nothing came of it yet.'}"


def _answer(answer: Answer) -> str:
    own = ITEMS[answer.item].short.replace(" your ", " the ")
    short = "thoughts of hurting themselves" if answer.item in PRIVATE else own
    return f"{short} ({answer.item}{', not sure' if answer.answer == 'unsure' else ''})"


def _outcome(sheet: Sheet, outcome: Outcome) -> str:
    by = "somebody" if sheet.wish.redacted and outcome.by == OTHER else outcome.by
    who = f" by {shortened(by, 60)}" if by else ""
    said = f": {shortened(outcome.text)}" if outcome.text else ""
    day = sheet.say.day(outcome.day)
    return f"{day[0].upper()}{day[1:]}, {OUTCOMES[outcome.kind]}{who}{said.rstrip('.')}"


# -- flares ----------------------------------------------------------------------------------------


def flares(sheet: Sheet) -> Section | None:
    """Return how many flares there were, how long, what set them off and when the usual came back."""
    if not any(sheet.span.holds(day) for day in sheet.days.record_days):
        return None
    if not sheet.flares:
        return Section("flares", "Flares", (Para("None in this period."),))
    total = counted(len(sheet.flares), "flare")
    shown = sheet.flares[:MOST_FLARES]
    told = [any(row.triggers for row in shown), any(row.helped for row in shown)]
    head = ("Days", "Length", "Peak pain", "Usual pain again", *_kept(("Set off by", "Helped"), told))
    rows = tuple(_flare(sheet, row, told) for row in shown)
    caption = f"{total} in this period. {_lengths(sheet)}"
    blocks: list[Block] = [Grid(caption, head, rows, (2,))]
    left = len(sheet.flares) - len(shown)
    blocks += [Para(more(left, "flare"), "quiet")] if left else []
    return Section("flares", "Flares", tuple(blocks))


def _lengths(sheet: Sheet) -> str:
    lengths = [row.flare.length for row in sheet.flares]
    if len(lengths) > MOST_LENGTHS:
        return f"Length in days: middle {number(median(lengths) or 0)}, longest {max(lengths)}."
    return f"Length in days, newest first: {', '.join(map(str, lengths))}."


def _kept(cells: Sequence[str], told: Sequence[bool]) -> tuple[str, ...]:
    """Return the cells of what the patient told of any flare."""
    return tuple(cell for cell, here in zip(cells, told, strict=True) if here)


def _flare(sheet: Sheet, row: FlareRow, told: Sequence[bool]) -> tuple[str, ...]:
    flare = row.flare
    runs = flare.closed is None
    length = f"{counted(flare.length, 'day')}{', still on' if runs else ''}"
    if row.back is not None:
        back = f"after {counted(row.back, 'day')}"
    else:
        back = "usual not known" if flare.reference is None else "not yet"
    said = [shortened("; ".join(texts), 80) or "not said" for texts in (row.triggers, row.helped)]
    peak = "not recorded" if flare.peak is None else number(flare.peak)
    return (sheet.say.flare(flare), length, peak, back, *_kept(said, told))


# -- questions and the record ----------------------------------------------------------------------


def questions(sheet: Sheet) -> Section | None:
    """Return what the patient wants to ask."""
    found = sheet.wish.questions
    if not found or not sheet.wish.has("questions"):
        return None
    blocks: list[Block] = [Items(tuple(shortened(q.text) for q in found[:MOST_QUESTIONS]))]
    left = len(found) - MOST_QUESTIONS
    blocks += [Para(more(left, "question"), "quiet")] if left > 0 else []
    return Section("questions", "Questions for you", tuple(blocks))


def record(sheet: Sheet) -> Section:
    """Return how good the record is."""
    found = sheet.quality
    parts = [
        f"{found.recorded} of {counted(found.possible, 'day')} recorded",
        f"{counted(found.entries, 'entry', 'entries')}: {found.late} written more than 12 h late",
        f"{found.edited} changed later",
        f"{found.imported} imported",
    ]
    line = f"{', '.join(parts)}. Written by the patient."
    return Section("record", "How good the record is", (Para(line),))
