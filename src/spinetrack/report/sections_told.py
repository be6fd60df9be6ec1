"""What the patient was told and did, what they wrote, and how every number came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery.period import entries_in
from spinetrack.recovery.words import counted
from spinetrack.report.model import Grid, Items, Para, Section
from spinetrack.report.say import more, number, shortened

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Decision
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

MOST_DECISIONS: Final = 30
MOST_NOTES: Final = 40
CHOICES: Final = {"follow": "followed", "adjust": "adjusted", "ignore": "ignored", "ask": "kept to ask you"}
METHOD: Final = (
    "Level: the median of the day values of 14 days. At least 7 must be recorded. Nothing is filled in.",
    "Baseline: the first 14 days with 7 recorded. Tolerances count where the body ended them, from 5 days.",
    "Pain: clear is 2 points and 30 %, possible is one of them (Ostelo 2008). Below 3: 1.5 points, and 1.",
    "Tolerances: clear is 30 %, possible 15 %. No study gives a size; this is a rule of the program.",
    "Flare: said by the patient, or pain 2 above usual on 2 of 3 days, or once with function halved.",
    "Goals: levels -2 to +2 and T as in goal attainment scaling (Kiresuk 1968). Done: days done of planned.",
)
"""How each number is computed, in six lines."""
STATEMENT: Final = (
    "The patient wrote this record at home. Nobody has checked it, and nobody watches it.",
    "It names no illness and gives no advice on care. A change after a treatment may have other causes.",
    "In an emergency call for help. Do not wait for a report.",
)


def suggestions(sheet: Sheet) -> Section | None:
    """Return the suggestions answered in the period, with their text as shown, newest first."""
    found = [d for d in reversed(sheet.diary.decisions) if sheet.span.holds(d.day)]
    if not found or not sheet.wish.has("suggestions"):
        return None
    counts = [f"{sum(d.choice == choice for d in found)} {word}" for choice, word in CHOICES.items()]
    alike: dict[tuple[str, ...], list[Decision]] = {}
    for decision in found:
        alike.setdefault(_said(decision), []).append(decision)
    rows = tuple((_days(sheet, same), *said) for said, same in list(alike.items())[:MOST_DECISIONS])
    head: tuple[str, ...] = ("Day", "Rule", "What it said", "Answer")
    if sheet.wish.redacted:  # the text is the patient's own diary in words
        rows, head = tuple((*row[:2], row[3]) for row in rows), (*head[:2], head[3])
    blocks: list[Block] = [
        Para(f"{counted(len(found), 'suggestion')} answered: {', '.join(counts)}."),
        Grid("Suggestions as they were shown, newest first", head, rows),
    ]
    left = len(alike) - MOST_DECISIONS
    blocks += [Para(more(left, "suggestion"), "quiet")] if left > 0 else []
    return Section("suggestions", "Suggestions answered", tuple(blocks))


def _days(sheet: Sheet, same: list[Decision]) -> str:
    before = counted(len(same) - 1, "time before", "times before")
    return f"{sheet.say.day(same[0].day)}{f', {before}' if same[1:] else ''}"


def _said(decision: Decision) -> tuple[str, ...]:
    """Return rule, text and answer of a suggestion."""
    amounts = ", ".join(f"{name} {number(amount)}" for name, amount in decision.amounts)
    answer = CHOICES.get(decision.choice, decision.choice)
    said = shortened(decision.text) or "text not kept"
    return decision.rule, said, f"{answer}: {amounts}" if amounts else answer


def notes(sheet: Sheet) -> Section | None:
    """Return the patient's notes of the period, newest first."""
    found = [e for e in reversed(entries_in(sheet.days, sheet.span)) if e.note]
    if not found or not sheet.wish.has("notes"):
        return None
    lines = tuple(f"{sheet.say.day(e.day)}: {shortened(e.note or '')}" for e in found[:MOST_NOTES])
    left = len(found) - MOST_NOTES
    blocks: list[Block] = [Items(lines)]
    blocks += [Para(f"{more(left, 'note')} Long ones are cut.", "quiet")] if left > 0 else []
    return Section("notes", "Notes by the patient", tuple(blocks))


def method() -> Section:
    """Return how each number is computed."""
    return Section("method", "How each number is computed", (Items(METHOD),))


def statement() -> Section:
    """Return what this document is not."""
    return Section("statement", "What this is", tuple(Para(text) for text in STATEMENT))
