"""Scores from item numbers, and what a change between two scores is worth.

Totals are kept and compared unrounded (clinical.md, "Rounding"); a screen shows one decimal.
"""

from __future__ import annotations

import math
import re

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.instruments import INSTRUMENTS, Band, Instrument, Part
from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spinetrack.recovery.diary import Score

Verdict = Literal["clear", "possible", "none"]
Items = tuple["int | None", ...]

NOTHING_SAVED = "Nothing was saved."
_SKIPS = frozenset("-–—−")  # noqa: RUF001
_GLUED = re.compile(r"[0-9\-–—−]+")  # noqa: RUF001
_WHOLE = re.compile(r"[+-]?[0-9]{1,3}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}([.,][0-9]{1,6})?")
_ONE_DIGIT = 9


class PartScore(NamedTuple):
    """What one part of a questionnaire comes to."""

    part: Part
    total: int
    range: tuple[int, int]
    band: str | None


class Scored(NamedTuple):
    """What the items of a questionnaire come to."""

    total: float
    """Unrounded, within the range of the questionnaire."""
    answered: int
    """Items that were answered; 0 when only a total is known."""
    band: str | None
    parts: tuple[PartScore, ...] = ()


class Change(NamedTuple):
    """From one score to a later one."""

    before: Score
    delta: float
    """Later less earlier, unrounded."""
    verdict: Verdict | None
    """None where the questionnaire has no rule for change."""


class Reading(NamedTuple):
    """One score in the row of scores it belongs to."""

    score: Score
    instrument: Instrument
    scored: Scored
    last: Change | None = None
    """Since the score before, of the same questionnaire, version and activities."""
    first: Change | None = None
    """Since the first of these."""


# -- what was typed --------------------------------------------------------------------------------


def read_items(instrument: Instrument, words: Sequence[str]) -> Items:
    """Return the item numbers that `words` say; `-` is a skipped item.

    Items of one digit may be typed glued: `2130221 - 12`.

    Raises:
        ValueRefusedError: a word is no number, an item is out of its range, or their count is wrong.

    """
    typed = [word for text in words for word in text.replace(",", " ").split()]
    if len(typed) < instrument.items and _one_digit(instrument):
        typed = [sign for word in typed for sign in (word if _GLUED.fullmatch(word) else [word])]
    items = tuple(_item(instrument, number, word) for number, word in enumerate(typed, 1))
    _check_count(instrument, len(items))
    for number, item in enumerate(items, 1):
        _check_range(instrument, number, item)
    return items


def _one_digit(instrument: Instrument) -> bool:
    return instrument.low >= 0 and instrument.high <= _ONE_DIGIT


def _item(instrument: Instrument, number: int, word: str) -> int | None:
    if word in _SKIPS:
        return None
    text = word.replace("−", "-")  # noqa: RUF001
    if not _WHOLE.fullmatch(text):
        raise _refused(
            instrument,
            f'Item {number} of {instrument.name} takes a whole number or -, and "{word[:20]}" is neither.',
        )
    return int(text)


def _check_count(instrument: Instrument, count: int) -> None:
    fewest = instrument.fewest or instrument.items
    if fewest <= count <= instrument.items:
        return
    wanted = f"{fewest} to {instrument.items}" if fewest < instrument.items else str(fewest)
    noun = "item" if wanted == "1" else "items"
    given = "none was" if count == 0 else "1 was" if count == 1 else f"{count} were"
    raise _refused(
        instrument, f"{instrument.name} has {wanted} {noun} and {given} typed; - is a skipped one."
    )


def _check_range(instrument: Instrument, number: int, item: int | None) -> None:
    low, high = instrument.item_range(number)
    if item is not None and not low <= item <= high:
        raise _refused(
            instrument, f"Item {number} of {instrument.name} goes from {low} to {high}, so {item} cannot be."
        )


def read_total(instrument: Instrument, text: str) -> float:
    """Return the total that `text` says.

    Raises:
        ValueRefusedError: it is no number, or none that this questionnaire can come to.

    """
    typed = text.strip().replace("−", "-")  # noqa: RUF001
    low, high = instrument.range
    if not _NUMBER.fullmatch(typed):
        raise _refused(
            instrument, f'A total of {instrument.name} is a number from {low} to {high}, not "{text[:20]}".'
        )
    total = float(typed.replace(",", "."))
    if not low <= total <= high:
        raise _refused(
            instrument, f"A total of {instrument.name} goes from {low} to {high}, so {typed} cannot be."
        )
    if instrument.whole and not total.is_integer():
        raise _refused(instrument, f"A total of {instrument.name} is a whole number, so {typed} cannot be.")
    return total


def _refused(instrument: Instrument, sentence: str) -> ValueRefusedError:
    return ValueRefusedError(
        f"{sentence} {NOTHING_SAVED}", hint=f"More about it: spinetrack score info {instrument.key}"
    )


# -- what it comes to ------------------------------------------------------------------------------


def score(instrument: Instrument, items: Sequence[int | None]) -> Scored:
    """Return what `items` come to.

    Args:
        instrument: The questionnaire.
        items: The number of each item in its order; None is a skipped one.

    Raises:
        ValueRefusedError: their count is wrong, one is out of range, or too many were skipped.

    """
    _check_count(instrument, len(items))
    for number, item in enumerate(items, 1):
        _check_range(instrument, number, item)
    answered = sum(item is not None for item in items)
    least = max(1, len(items) - instrument.skips)
    if answered < least:
        raise _refused(instrument, _too_few(instrument, least, len(items), answered))
    counted = [counted_item(instrument, number, item) for number, item in enumerate(items, 1)]
    divisor = len(items) if instrument.skipped == "zero" else answered
    total = instrument.scale * sum(item or 0 for item in counted) / divisor
    parts = _parts(instrument, counted)
    return Scored(total, answered, band_of(instrument, total, parts), parts)


def _too_few(instrument: Instrument, least: int, count: int, answered: int) -> str:
    name = instrument.name
    if least == count:
        return f"{name} needs an answer to every item, and {answered} of {count} are answered."
    return f"{name} needs {least} of its {count} items at least, and {answered} are answered."


def counted_item(instrument: Instrument, number: int, item: int | None) -> int | None:
    """Return what an item adds to the sum."""
    if item is not None and instrument.steps and number == instrument.items:
        return int(item >= instrument.steps[1])
    return item


def _parts(instrument: Instrument, counted: Sequence[int | None]) -> tuple[PartScore, ...]:
    found = []
    for part in instrument.parts:
        total = sum(item or 0 for item in counted[part.first - 1 : part.last])
        found.append(PartScore(part, total, part_range(instrument, part), _named(part.bands, total)))
    return tuple(found)


def part_range(instrument: Instrument, part: Part) -> tuple[int, int]:
    """Return the lowest and the highest total of a part."""
    count = part.last - part.first + 1
    return count * instrument.low, count * instrument.high


def band_of(instrument: Instrument, total: float, parts: Sequence[PartScore] = ()) -> str | None:
    """Return the name of the band of a total; None when it has none or the items would decide."""
    named = _named(instrument.bands, total)
    override = instrument.override
    if override is None:
        return named
    top = part_range(instrument, instrument.parts[override.part])[1]
    least, most = total - (instrument.range[1] - top), min(total, top)
    if parts:
        least = most = parts[override.part].total
    if least >= override.least:
        return override.words
    return named if most < override.least else None


def _named(bands: Sequence[Band], total: float) -> str | None:
    found = None
    for band in bands:
        if total > band.start or (total == band.start and not band.above):
            found = band.words
    return found


def scored_of(record: Score, instrument: Instrument) -> Scored:
    """Return what a stored score says; its total stands as it was stored."""
    if not record.items:
        return Scored(record.total, 0, band_of(instrument, record.total))
    counted = [counted_item(instrument, number, item) for number, item in enumerate(record.items, 1)]
    parts = _parts(instrument, counted)
    answered = sum(item is not None for item in record.items)
    return Scored(record.total, answered, band_of(instrument, record.total, parts), parts)


# -- change ----------------------------------------------------------------------------------------


def verdict(instrument: Instrument, before: float, now: float) -> Verdict | None:
    """Return what a change from `before` to `now` is worth, whichever way it goes.

    `clear` is more than chance and enough to matter, `possible` may be chance. None where the
    questionnaire has no rule. Source: clinical.md 2.2.
    """
    if not instrument.has_verdict:
        return None
    size = abs(now - before)
    possible = instrument.possible
    if instrument.possible_above and before > instrument.possible_above[0]:
        possible = instrument.possible_above[1]
    if _reaches(size, instrument.clear):
        return "clear"
    return "possible" if _reaches(size, possible) else "none"


def _reaches(size: float, limit: float | None) -> bool:
    return limit is not None and (size > limit or math.isclose(size, limit, abs_tol=1e-9))


def readings(scores: Iterable[Score]) -> list[Reading]:
    """Return every score, oldest first, with its change since the one before and since the first.

    Scores are compared within one questionnaire, version and set of own activities.
    """
    rows: dict[object, list[Score]] = {}
    found = []
    for record in sorted(scores, key=lambda row: (row.at, row.id)):
        instrument = INSTRUMENTS.get(record.instrument)
        if instrument is None:
            continue
        row = rows.setdefault(row_of(record), [])
        last = _change(instrument, row[-1], record) if row else None
        first = _change(instrument, row[0], record) if row else None
        found.append(Reading(record, instrument, scored_of(record, instrument), last, first))
        row.append(record)
    return found


def row_of(record: Score) -> tuple[object, ...]:
    """Return what two scores must share to be compared."""
    labels = tuple(" ".join(label.casefold().split()) for label in record.labels)
    return record.instrument, " ".join(record.version.casefold().split()), labels


def _change(instrument: Instrument, before: Score, now: Score) -> Change:
    return Change(before, now.total - before.total, verdict(instrument, before.total, now.total))


# -- own activities --------------------------------------------------------------------------------

LONGEST_LABEL = 60


def labels_for(record: Score, typed: Sequence[str], earlier: Iterable[Score]) -> tuple[str, ...]:
    """Return the patient's own activities of a new score: those typed, else those of the latest one.

    Args:
        record: The new score, its labels still empty.
        typed: The activities on the line.
        earlier: What was scored so far.

    Raises:
        ValueRefusedError: one is empty, too long or typed twice, or their count is not that of the numbers.

    """
    instrument = INSTRUMENTS[record.instrument]
    if instrument.fewest is None:
        if typed:
            raise _refused(instrument, f"{instrument.name} has no activities of your own.")
        return ()
    labels = _checked_labels(instrument, typed) if typed else _latest_labels(record, earlier)
    if labels and record.items and len(labels) != len(record.items):
        count = len(record.items)
        raise _refused(
            instrument, f"You named {len(labels)} activities ({', '.join(labels)}) and typed {count} numbers."
        )
    return labels


def _latest_labels(record: Score, earlier: Iterable[Score]) -> tuple[str, ...]:
    named = [row for row in earlier if row.instrument == record.instrument and row.labels]
    return max(named, key=lambda row: (row.at, row.id)).labels if named else ()


def _checked_labels(instrument: Instrument, typed: Sequence[str]) -> tuple[str, ...]:
    labels = tuple(" ".join(label.split()) for label in typed)
    if not all(labels) or max(map(len, labels)) > LONGEST_LABEL:
        raise _refused(instrument, f"The name of an activity has 1 to {LONGEST_LABEL} letters.")
    if len({label.casefold() for label in labels}) < len(labels):
        raise _refused(instrument, "One activity was typed twice.")
    if not (instrument.fewest or 0) <= len(labels) <= instrument.items:
        raise _refused(
            instrument,
            f"{instrument.name} takes {instrument.fewest} to {instrument.items} activities of your own.",
        )
    return labels
