"""Questionnaires on the screen: what was scored, the list, and what is known about each."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.words import counted, number
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, short_day
from spinetrack.views.page import Fields, Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Score
    from spinetrack.recovery.instruments import Band, Instrument
    from spinetrack.recovery.scoring import Change, Reading
    from spinetrack.views.page import Block, Page

WORTH = {
    "clear": "a clear change",
    "possible": "a possible change, it may be chance",
    "none": "too small to count as a change",
}
"""What a verdict means, in words."""
SAID = {
    "positive screen": "worth talking about",
    "success": "counts as success",
    "recovered": "often called recovered",
    "clinically relevant": "worth telling your physio",
}
"""Bands whose name in the books would mislead on a screen."""
TALK_FROM = 3
"""A half of PHQ-4 from which it is worth talking about. Source: clinical.md 2.1."""
MOODS = frozenset({"phq4", "phq2", "gad2"})


# -- one score -------------------------------------------------------------------------------------


def total_words(instrument: Instrument, total: float) -> str:
    """Return a total on its scale: `31.1 of 100`, `+3 (-7 to +7)`."""
    low, high = instrument.range
    if instrument.signed:
        return f"{'+' if total > 0 else ''}{number(total)} ({low} to +{high})"
    if low:
        return f"{number(total)} ({low} to {high})"
    return f"{number(total)} of {high}"


def score_parts(reading: Reading) -> list[str]:
    """Return one score in words: the total, its band, which way is better."""
    parts = [f"{reading.instrument.name} {total_words(reading.instrument, reading.score.total)}"]
    if reading.scored.band:
        parts.append(band_words(reading.scored.band))
    parts.append(f"{reading.instrument.better} is better")
    return parts


def band_words(band: str) -> str:
    """Return the name of a band so that it reads as one, and cannot be taken for praise or blame."""
    return f"band {band}" if band[0].isdecimal() else SAID.get(band, band)


def score_lines(reading: Reading, scores: Sequence[Score], today: date) -> list[str]:
    """Return the sentences below a new score, one fact each.

    Args:
        reading: The score, in the row of those it is compared with.
        scores: All scores of the diary.
        today: The patient's day.

    """
    lines = [
        *_activity_lines(reading),
        *_answered_lines(reading),
        *_part_lines(reading),
        *(change_lines(reading, today) or _uncompared_lines(reading, scores)),
    ]
    if reading.instrument.key in MOODS:
        lines += _mood_lines(reading)
    return lines + _repeat_lines(reading, today)


def _activity_lines(reading: Reading) -> list[str]:
    before = reading.last.before.items if reading.last else ()
    lines = []
    for n, (label, item) in enumerate(zip(reading.score.labels, reading.score.items, strict=False)):
        text = f"{label}: {'skipped' if item is None else item}"
        if n < len(before) and before[n] is not None:
            text += f" (last time {before[n]})"
        lines.append(text)
    if reading.instrument.fewest and not reading.score.labels:
        lines.append('Name them, once for each number: --activity "carry shopping"')
    return lines


def _answered_lines(reading: Reading) -> list[str]:
    instrument, items = reading.instrument, reading.score.items
    lines = []
    left = len(items) - reading.scored.answered
    if items and left:
        what = {
            "zero": "A skipped item counts 0.",
            "prorate": "The others stand for what was skipped.",
        }.get(instrument.skipped, "What was skipped is left out.")
        lines.append(f"{reading.scored.answered} of {len(items)} items answered. {what}")
    if items and instrument.steps:
        boxes = instrument.steps[0] + 1
        lines.append(f"Item {instrument.items} was read as box {(items[-1] or 0) + 1} of {boxes}.")
    if not items and instrument.override and reading.scored.band is None:
        part = instrument.parts[instrument.override.part]
        lines.append(f"{part.name} decide if this is medium or high. Type the items to know.")
    return lines


def _part_lines(reading: Reading) -> list[str]:
    return [f"{p.part.name}: {p.total} of {p.range[1]}." for p in reading.scored.parts]


def change_lines(reading: Reading, today: date) -> list[str]:
    """Return what changed since the score before and since the first of the row."""
    last, first = reading.last, reading.first
    if last is None or first is None:
        return []
    lines = [_change_line("Last time", reading.instrument, last, today)]
    if first.before != last.before and first.verdict is not None:
        lines.append(_change_line("First time", reading.instrument, first, today))
    return lines


def _uncompared_lines(reading: Reading, scores: Sequence[Score]) -> list[str]:
    """Say why a score stands alone though the questionnaire was scored before."""
    row = reading.score
    before = [s for s in scores if s.instrument == row.instrument and s.at <= row.at and s.id != row.id]
    if not before:
        return []
    last = max(before, key=lambda s: (s.at, s.id))
    if last.labels != row.labels:
        return ["These are new activities, so nothing is compared with the ones before."]
    named = f'version "{last.version}"' if last.version else "no version"
    return [f"The score before has {named}. Only scores of one version are compared."]


def _change_line(label: str, instrument: Instrument, change: Change, today: date) -> str:
    before = f"{label}, {short_day(change.before.day, today)}: {_figure(instrument, change.before.total)}."
    if change.verdict is None:
        return before
    size = number(abs(change.delta))
    if size == "0":
        return f"{before} Now the same."
    way = "higher" if change.delta > 0 else "lower"
    return f"{before} Now {size} {way}, which is {_side(instrument, change)}: {WORTH[change.verdict]}."


def _figure(instrument: Instrument, total: float) -> str:
    return f"{'+' if instrument.signed and total > 0 else ''}{number(total)}"


def _mood_lines(reading: Reading) -> list[str]:
    total, parts = reading.score.total, reading.scored.parts
    halves: list[float] = [part.total for part in parts]
    if not halves:  # a total alone: shared out evenly, one half has at least this
        halves = [total / max(1, len(reading.instrument.parts))]
    if max(halves) >= TALK_FROM:
        return [
            "Low mood and worry often come with pain, and both can get better.",
            "A number like this is a good reason to talk with your doctor. It names no illness.",
        ]
    return ["This number names no illness. If you feel low or worried, talk with your doctor."]


def _repeat_lines(reading: Reading, today: date) -> list[str]:
    instrument, last, day = reading.instrument, reading.last, reading.score.day
    if instrument.weeks is None:
        return []
    least, most = instrument.weeks
    if last is not None and day - last.before.day < timedelta(weeks=least):
        passed = counted((day - last.before.day).days, "day") if day != last.before.day else "less than a day"
        return [f"That was {passed} after the last one. {least} to {most} weeks between them is usual."]
    due = day + timedelta(weeks=least)
    return [f"A good day for the next one: {day_words(due, today)} or later."] if due > today else []


# -- the list --------------------------------------------------------------------------------------


def list_page(readings: Sequence[Reading], today: date, *, remind: bool = True) -> Page:
    """Return the scores, oldest first, and with `remind` which could be asked again."""
    if not readings:
        return (
            Text("No questionnaire was scored in this time."),
            Text("Score one: spinetrack score odi, then the item numbers from your form."),
        )
    rows = tuple(
        (
            day_words(r.score.day, today),
            r.instrument.name + (f" {r.score.version}" if r.score.version else ""),
            total_words(r.instrument, r.score.total),
            SAID.get(r.scored.band or "", r.scored.band or ""),
            _short_change(r),
        )
        for r in readings
    )
    head = ("Day", "Questionnaire", "Score", "Band", "Since the one before")
    page: list[Block] = [Rows(rows, head=head)]
    again = due_lines(readings, today) if remind else []
    if again:
        page += [Gap(), *(Text(line, "quiet") for line in again)]
    return tuple(page)


def _short_change(reading: Reading) -> str:
    change = reading.last
    if change is None or change.verdict is None:
        return ""
    size = number(abs(change.delta))
    return "the same" if size == "0" else f"{size} {_side(reading.instrument, change)}, {change.verdict}"


def _side(instrument: Instrument, change: Change) -> str:
    return "better" if (change.delta > 0) == (instrument.better == "higher") else "worse"


def due_lines(readings: Sequence[Reading], today: date) -> list[str]:
    """Return a gentle line for each questionnaire whose usual time has passed."""
    latest = {reading.instrument.key: reading for reading in readings}
    lines = []
    for reading in latest.values():
        weeks = reading.instrument.weeks
        passed = (today - reading.score.day).days // 7
        if weeks and passed >= weeks[1]:
            lines.append(
                f"{reading.instrument.name} was last scored {passed} weeks ago. It could be asked again."
            )
    return lines


# -- about a questionnaire -------------------------------------------------------------------------


def info_page(instrument: Instrument) -> Page:
    """Return what is known about one questionnaire, and where to get its form."""
    pairs = [
        ("Items", items_words(instrument)),
        ("Skipped items", skipped_words(instrument)),
        ("Score", _range_words(instrument)),
        ("Bands", bands_words(instrument) or "none agreed"),
        *((part.name, bands_words(instrument, part.bands)) for part in instrument.parts if part.bands),
        ("Change", verdict_words(instrument)),
        ("How often", instrument.repeat),
        ("Source", instrument.source),
        ("Licence", instrument.licence),
        ("The form", instrument.form),
        ("Type", f"spinetrack score {instrument.key} {example(instrument)}"),
        ("Or the total", f"spinetrack score {instrument.key} --total {instrument.range[1] // 2}"),
    ]
    if instrument.remark:
        pairs.insert(1, ("Good to know", instrument.remark))
    return (
        Text(f"{instrument.name}: {instrument.title}", "heading"),
        Fields(tuple(pairs)),
        Gap(),
        Text("The questions are not in this program. Read them from your own copy.", "quiet"),
    )


def items_words(instrument: Instrument) -> str:
    """Return how many items there are and their ranges."""
    low, high = instrument.low, instrument.high
    fewest = instrument.fewest
    count = f"{fewest} to {instrument.items}" if fewest else str(instrument.items)
    text = f"{count} {'item' if instrument.items == 1 else 'items'}, {low} to {high}"
    if instrument.steps:
        return f"{text}; item {instrument.items} from 0 to {instrument.steps[0]}"
    return text


def skipped_words(instrument: Instrument) -> str:
    """Return what a skipped item does."""
    if instrument.skips == 0:
        return "none may be skipped"
    if instrument.skipped == "zero":
        return "count 0"
    if instrument.skipped == "mean":
        return "are left out of the mean"
    return f"at most {instrument.skips}; the others stand for them. Type - for each"


def _range_words(instrument: Instrument) -> str:
    low, high = instrument.range
    how = "the mean" if instrument.scale < instrument.items else "the sum"
    if instrument.scale > instrument.items:
        how = "percent of the highest sum"
    return f"{how}, {low} to {high}; {instrument.better} is better"


def bands_words(instrument: Instrument, bands: Sequence[Band] | None = None) -> str:
    """Return the named bands with where each one begins."""
    rows = instrument.bands if bands is None else bands
    if instrument.override and bands is None:
        part, least = instrument.parts[instrument.override.part], instrument.override.least
        high = f"; {instrument.override.words} when {part.name.lower()} come to {least} or more"
    else:
        high = ""
    named = [band for band in rows if band.words]
    if all(band.words and band.words[0].isdecimal() for band in named):
        return ", ".join(band.words or "" for band in named)
    said = []
    for n, band in enumerate(rows):
        after = rows[n + 1] if n + 1 < len(rows) else None
        if band.words:
            said.append(f"{SAID.get(band.words, band.words)} {_stretch(band, after)}")
    return ", ".join(said) + high


def _stretch(band: Band, after: Band | None) -> str:
    start = f"above {number(band.start)}" if band.above else f"from {number(band.start)}"
    if after is not None and after.above:
        return f"{start} up to {number(after.start)}"
    return start


def verdict_words(instrument: Instrument) -> str:
    """Return from which change on it is possible, and from which clear."""
    said = []
    if instrument.possible is not None:
        text = f"possible from {number(instrument.possible)}"
        if instrument.possible_above:
            above, more = instrument.possible_above
            text += f" ({number(more)} when the score before is above {number(above)})"
        said.append(text)
    if instrument.clear is not None:
        said.append(f"clear from {number(instrument.clear)}")
    elif said:
        said.append("never called clear")
    return ", ".join(said) or "not judged"


def example(instrument: Instrument) -> str:
    """Return made-up item numbers for one line, one for each item."""
    span = instrument.high - instrument.low
    count = instrument.fewest or instrument.items
    text = " ".join(str(instrument.low + (n + span // 2) % (span + 1)) for n in range(count))
    return f'{text} --activity "carry shopping" …' if instrument.fewest else text


def instruments_page(rows: Sequence[Instrument]) -> Page:
    """Return every questionnaire that can be scored."""
    table = tuple(
        (row.key, row.title, f"{row.range[0]} to {row.range[1]}, {row.better} is better") for row in rows
    )
    return (
        Rows(table, head=("Type", "Questionnaire", "Score")),
        Gap(),
        Text("The questions are not in this program. Read them from your clinic's copy."),
        Text("More about one:  spinetrack score info odi", "quiet"),
    )
