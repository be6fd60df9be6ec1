"""The file of Migraine Buddy: a summary first, then the table of attacks, one a row.

Columns used: `Started`, `Lasted`, `Pain Level`, `Potential Triggers`, `Symptoms`, the eight columns of what
helped and what did not, `Notes`. A headache is not the pain this diary follows: it becomes a measure of
its own, `headache` from 0 to 10, with `headache-time` in minutes. Triggers become words with `#`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spinetrack.exchange.csv_dates import known_order, read_written
from spinetrack.exchange.csv_gather import Gathering, tag
from spinetrack.exchange.csv_lines import table_with
from spinetrack.exchange.csv_numbers import ABSENT, read_value
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.values import quoted, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.exchange.csv_lines import Line, Table
    from spinetrack.exchange.importers import Desk, Incoming

WANTED: Final = ("started", "lasted", "pain level")
HEADACHE: Final = "headache"
LASTED: Final = "headache time"
WEEK_MINUTES: Final = 10_080
_PART: Final = re.compile(r"([0-9]{1,4}) ?([dhm])")
_MINUTES: Final = {"d": 1440.0, "h": 60.0, "m": 1.0}
_WORDS: Final = (
    "symptoms", "pain positions", "affected activities", "helpful medication", "somewhat helpful medication",
    "unhelpful medication", "unsure medication", "helpful non drug relief methods",
    "somewhat helpful non drug relief methods", "unhelpful non drug relief methods",
    "unsure non drug relief methods",
)  # fmt: skip
"""Columns that stay as words in the note."""


def table_in(lines: Sequence[Line]) -> Table | None:
    """Return the table of attacks, None for a file of another program."""
    table = table_with(lines, WANTED)
    return None if table is None else table._replace(lines=_until_next(table))


def _until_next(table: Table) -> tuple[Line, ...]:
    """Return the attacks: another table begins after an empty line, and with no day."""
    for place, line in enumerate(table.lines):
        if line.after_gap and not any(map(str.isdigit, table.named(line)["started"])):
            return table.lines[:place]
    return table.lines


def read(table: Table, desk: Desk) -> Incoming:
    """Read the table of attacks."""
    found = Gathering("migraine-buddy", desk)
    order = known_order(table.column("started"), desk.ask_order)
    for line in table.lines:
        with found.row(line.number):
            _read_row(found, table.named(line), order)
    found.said.append("A table of Migraine Buddy. Headaches come in as headache, apart from your pain.")
    return found.incoming()


def _read_row(found: Gathering, row: dict[str, str], order: str | None) -> None:
    written = read_written(row["started"], order)
    at, day = found.moment(written)
    seen: list[Observation] = []
    if row["pain level"].casefold() not in ABSENT:
        metric = found.own(HEADACHE, "0-10", "down")
        seen.append(Observation(metric.key, read_value(metric, row["pain level"].split()[0]).value))
    minutes = _minutes(row["lasted"])
    if minutes is not None:
        metric = found.own(LASTED, "min", "down", WEEK_MINUTES)
        seen.append(Observation(metric.key, min(minutes, float(WEEK_MINUTES))))
    check_in = found.check_in((at.isoformat(),), at, day)
    for one in seen:
        check_in.put(one, highest=True)
    triggers = row.get("potential triggers", "").split(",")
    check_in.say(row.get("notes", ""), " ".join(filter(None, map(tag, triggers))))
    check_in.say(*(f"{name.capitalize()}: {row[name]}" for name in _WORDS if row.get(name)))


def _minutes(text: str) -> float | None:
    """Return the minutes of `3h 20m`; None for an attack that goes on."""
    plain = " ".join(text.lower().split())[:40]
    if plain in ABSENT or plain.startswith("ongoing"):
        return None
    parts = _PART.findall(plain)
    if not parts:
        raise refused(f'"{quoted(text)}" is no length of time.')
    return sum(int(count) * _MINUTES[unit] for count, unit in parts)
