"""Questionnaires with their bands, and whether a change between two is a real one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery.scoring import readings
from spinetrack.recovery.words import counted
from spinetrack.report.model import Grid, Para, Section
from spinetrack.report.say import MINUS, number, shortened

if TYPE_CHECKING:
    from spinetrack.recovery.instruments import Instrument
    from spinetrack.recovery.scoring import Change, Reading
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

HEAD: Final = ("Day", "Questionnaire", "Score", "Band", "Since the one before", "Since the first")
WORTH: Final = {"clear": "clear change", "possible": "possible change", "none": "no change"}


def scores(sheet: Sheet) -> Section | None:
    """Return the questionnaires of the period, oldest first, each compared with its own row."""
    found = [r for r in readings(sheet.diary.scores) if sheet.span.holds(r.score.day)]
    if not found or not sheet.wish.has("scores"):
        return None
    rows = tuple(_row(sheet, reading) for reading in found)
    blocks: list[Block] = [Grid("Scores of this period", HEAD, rows)]
    skipped = [r for r in found if r.score.items and r.scored.answered < len(r.score.items)]
    for reading in skipped:
        count = f"{reading.scored.answered} of {counted(len(reading.score.items), 'item')} answered"
        day = sheet.say.day(reading.score.day)
        blocks.append(Para(f"{reading.instrument.name}, {day}: {count}.", "quiet"))
    return Section("scores", "Questionnaires", tuple(blocks))


def _row(sheet: Sheet, reading: Reading) -> tuple[str, ...]:
    instrument, score = reading.instrument, reading.score
    version = f" {shortened(score.version, 20)}" if score.version else ""
    parts = "".join(f", {p.part.name.lower()} {p.total} of {p.range[1]}" for p in reading.scored.parts)
    first = reading.first
    if first is not None and reading.last is not None and first.before == reading.last.before:
        first = None
    return (
        sheet.say.day(score.day),
        f"{instrument.name}{version}",
        f"{number(score.total)} of {_scale(instrument)}{parts}",
        reading.scored.band or "none",
        "" if reading.last is None else _change(sheet, instrument, reading.last),
        "" if first is None else _change(sheet, instrument, first),
    )


def _scale(instrument: Instrument) -> str:
    low, high = instrument.range
    span = f"{low} to {high}".replace("-", MINUS)
    return f"{span}, {instrument.better} is better"


def _change(sheet: Sheet, instrument: Instrument, change: Change) -> str:
    sign = "+" if change.delta > 0 else MINUS if change.delta < 0 else ""
    words = f"{sign}{number(abs(change.delta))} since {sheet.say.day(change.before.day)}"
    if change.verdict is None:
        return words
    if not change.delta or change.verdict == "none":
        return f"{words}: {WORTH[change.verdict]}"
    better = (change.delta > 0) == (instrument.better == "higher")
    return f"{words}: {WORTH[change.verdict]}, {'better' if better else 'worse'}"
