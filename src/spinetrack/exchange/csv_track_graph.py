"""The table of Track & Graph: `FeatureName`, `Timestamp`, `Value`, in newer exports `Label`, and `Note`.

A tracker whose name is a measure of this program fills that measure where all its values fit, but never how
long somebody could sit, stand or walk: a tracker counts what was done. Every other one becomes a measure of
the patient's own. A value may be followed by its label: `2:A lot`, `1:10:00:long`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.exchange.csv_dates import read_written
from spinetrack.exchange.csv_gather import Gathering
from spinetrack.exchange.csv_lines import shown, table_with
from spinetrack.exchange.csv_numbers import fitting
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.values import quoted, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.exchange.csv_lines import Line, Table
    from spinetrack.exchange.importers import Desk, Incoming
    from spinetrack.recovery.metrics import Metric

NAMES: Final = (("featurename", "timestamp", "value"), ("trackname", "timestamp", "value"))
"""Older exports call a tracker a track."""
MOST: Final = 1_000_000.0
_TIMED: Final = re.compile(r"(-?)([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})(?::(.*))?", re.DOTALL)
_COUNTED: Final = re.compile(
    r"(-?[0-9]{1,12}(?:\.[0-9]{1,12})?(?:[eE][+-]?[0-9]{1,2})?)(?::(.*))?", re.DOTALL
)


class Value(NamedTuple):
    """A value of a tracker."""

    number: float
    """Minutes where it is a length of time."""
    timed: bool
    label: str


def table_in(lines: Sequence[Line]) -> Table | None:
    """Return the table, None for a file of another program."""
    return next((table for names in NAMES if (table := table_with(lines, names))), None)


def read(table: Table, desk: Desk) -> Incoming:
    """Read the table."""
    found = Gathering("track-and-graph", desk)
    found.said.append("A table of Track & Graph.")
    name = next(names[0] for names in NAMES if names[0] in table.header)
    metrics = _metrics(found, table, name)
    for line in table.lines:
        with found.row(line.number):
            _read_row(found, table.named(line), name, metrics)
    return found.incoming()


def _metrics(found: Gathering, table: Table, name: str) -> dict[str, Metric]:
    """Return the measure of each tracker."""
    values: dict[str, list[Value]] = {}
    for line in table.lines:
        row = table.named(line)
        with found.row(line.number):
            values.setdefault(row[name], []).append(_value(row["value"]))
    # A row that cannot be read is named once, when it is read.
    found.problems.clear()
    metrics = {}
    for tracker, seen in values.items():
        metric = _named(found, tracker)
        timed = any(value.timed for value in seen)
        if metric is None or timed != (metric.unit == "min") or not _all_fit(metric, seen):
            unit = "min" if timed else "count"
            metric = found.own(tracker, unit, None, MOST)
        metrics[tracker] = metric
        found.said.append(f"{shown(tracker)} comes in as {metric.key}.")
    return metrics


def _named(found: Gathering, tracker: str) -> Metric | None:
    """Return the measure a tracker fills; how long somebody walked is not how long they could have."""
    metric = found.named(tracker)
    return None if metric is None or metric.is_tolerance else metric


def _all_fit(metric: Metric, seen: Sequence[Value]) -> bool:
    fits = fitting(metric)
    return all(fits(value.number) for value in seen)


def _read_row(found: Gathering, row: dict[str, str], name: str, metrics: dict[str, Metric]) -> None:
    value = _value(row["value"])
    at, day = found.moment(read_written(row["timestamp"], None))
    metric = metrics[row[name]]
    if not metric.low <= value.number <= metric.high:
        raise refused(f"{quoted(row[name])} cannot be {quoted(row['value'])} here.")
    check_in = found.check_in((at.isoformat(),), at, day)
    check_in.put(Observation(metric.key, round(value.number, 3)))
    label = value.label or row.get("label", "")
    check_in.say(f"{row[name]}: {label}" if label else "", row.get("note", ""))


def _value(text: str) -> Value:
    timed = _TIMED.fullmatch(text)
    if timed is not None:
        hours, minutes, seconds = (int(timed[n]) for n in (2, 3, 4))
        total = hours * 60 + minutes + seconds / 60
        return Value(-total if timed[1] else total, True, (timed[5] or "").strip())
    counted = _COUNTED.fullmatch(text)
    if counted is None:
        raise refused(f'"{quoted(text)}" is no value.')
    return Value(float(counted[1]), False, (counted[2] or "").strip())
