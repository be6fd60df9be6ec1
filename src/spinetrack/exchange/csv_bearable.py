"""The table of Bearable: one thing a row, with its day, part of the day, category, rating and detail.

Columns: `date`, `date formatted` (newer exports), `weekday`, `time of day`, `category`, `rating/amount`,
`detail`, `notes`. Sleep and mood have a measure here. A symptom (1 mild to 4 unbearable), energy and the
quality of sleep keep their own scale as measures of the patient's own: no number is stretched to
another scale. Factors become words with `#`; everything else stays as words in the note.
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Final

from spinetrack.exchange.csv_dates import known_order, read_written
from spinetrack.exchange.csv_gather import Gathering, tag
from spinetrack.exchange.csv_lines import shown, table_with
from spinetrack.exchange.csv_numbers import ABSENT, read_value
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.values import refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.exchange.csv_gather import CheckIn
    from spinetrack.exchange.csv_lines import Line, Table
    from spinetrack.exchange.importers import Desk, Incoming
    from spinetrack.recovery.metrics import Metric

WANTED: Final = ("date", "category", "rating/amount", "detail")
CLOCKS: Final = {"pre": time(6), "am": time(9), "mid": time(14), "pm": time(20)}
"""Part of the day to an hour of it; without one the value is of the whole day."""
SYMPTOM_MOST: Final = 4
SCALE_MOST: Final = 10
"""Energy and quality of sleep have 5 steps, or 10 where the patient chose so."""
_GRADE: Final = re.compile(r"\s*\([A-Za-z .]{1,20}\)$")
_SLEPT: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")  # noqa: RUF001
_FACTORS: Final = frozenset({"factors", "active", "lifestyle", "social", "work", "behavioural patterns"})
_SCALES: Final = {"energy": "Bearable energy", "sleep quality": "Bearable sleep quality"}
_DAY_MINUTES: Final = 1440


def table_in(lines: Sequence[Line]) -> Table | None:
    """Return the table, None for a file of another program."""
    return table_with(lines, WANTED)


def read(table: Table, desk: Desk) -> Incoming:
    """Read the table."""
    found = Gathering("bearable", desk)
    days = "date formatted" if "date formatted" in table.header else "date"
    order = known_order(table.column(days), desk.ask_order)
    for line in table.lines:
        with found.row(line.number):
            _read_row(found, table.named(line), days, order)
    found.said.append("A table of Bearable. Symptoms keep their scale from 1 to 4.")
    return found.incoming()


def _read_row(found: Gathering, row: dict[str, str], days: str, order: str | None) -> None:
    part = row.get("time of day", "").casefold()
    written = read_written(row[days], order)
    at, day = found.moment(written._replace(clock=CLOCKS.get(part)))
    category, detail, note = row["category"].casefold(), row["detail"], row.get("notes", "")
    seen = _value(found, category, row["rating/amount"], detail)
    check_in = found.check_in((written.day.isoformat(), part if part in CLOCKS else ""), at, day)
    if seen is not None:
        check_in.put(seen, highest=category == "symptom")
    else:
        _keep_words(check_in, row, category)
    check_in.say(shown(note) if len(note) < 2 else note)  # noqa: PLR2004


def _value(found: Gathering, category: str, amount: str, detail: str) -> Observation | None:
    """Return the value of a row, None where it holds words only."""
    if category == "sleep":
        minutes = _slept(detail) if amount.casefold() in ABSENT else None
        if minutes is not None:
            return Observation("sleep", minutes)
    if amount.casefold() in ABSENT:
        return None
    metric = _metric(found, category, detail)
    if metric is None:
        return None
    parsed = read_value(metric, amount, "h" if metric.key == "sleep" else "")
    return Observation(metric.key, parsed.value)


def _metric(found: Gathering, category: str, detail: str) -> Metric | None:
    if category in {"sleep", "mood"}:
        return found.metrics[category]
    if category in _SCALES:
        return found.own(_SCALES[category], "count", "up", SCALE_MOST)
    if category == "symptom":
        name = _GRADE.sub("", detail).strip()
        if not name:
            raise refused("The symptom has no name.")
        return found.own(name, "count", "down", SYMPTOM_MOST)
    return None


def _slept(detail: str) -> float | None:
    """Return the minutes of `Asleep 23:10 - 07:00`."""
    found = _SLEPT.search(detail[:200])
    if found is None:
        return None
    begin, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    return float((end - begin) % _DAY_MINUTES)


def _keep_words(check_in: CheckIn, row: dict[str, str], category: str) -> None:
    detail, amount = row["detail"], row["rating/amount"]
    parts = [part.strip() for part in detail.split("|") if part.strip()]
    if category in _FACTORS:
        check_in.say(" ".join(filter(None, (tag(part.partition(" - ")[0]) for part in parts))))
        return
    words = ", ".join(parts) or amount
    if words:
        check_in.say(f"{row['category']}: {words}")
