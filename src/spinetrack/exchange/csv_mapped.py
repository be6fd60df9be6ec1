"""A table of any program, read as the patient said what its columns mean: a check-in a row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.csv_dates import known_order, order_of, read_clock, read_written
from spinetrack.exchange.csv_gather import Gathering
from spinetrack.exchange.csv_lines import shown
from spinetrack.exchange.csv_numbers import ABSENT, decimal_of, fitting, read_value
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.values import quoted, refused
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from spinetrack.exchange.csv_lines import Table
    from spinetrack.exchange.csv_map import ColumnMap
    from spinetrack.exchange.importers import Desk, Incoming
    from spinetrack.recovery.metrics import Metric


class _Column(NamedTuple):
    name: str
    metric: Metric
    unit: str
    decimal: str


def read(table: Table, mapping: ColumnMap, desk: Desk) -> Incoming:
    """Read the table.

    Raises:
        ValueRefusedError: a column is missing, or what stands in it can be read in two ways.

    """
    missing = [name for name in mapping.columns if name not in table.header]
    if missing:
        raise ValueRefusedError(
            f'This table has no column "{shown(missing[0])}". {NOTHING_SAVED}',
            hint=f"Its columns: {', '.join(map(shown, table.header[:20]))}.",
        )
    found = Gathering("\0".join(table.header), desk)
    order = order_of(table.column(mapping.day)) or mapping.order
    order = order or known_order(table.column(mapping.day), desk.ask_order)
    columns = _columns(found, table, mapping)
    _read_rows(found, table, mapping, columns, order)
    return found.incoming()


def _columns(found: Gathering, table: Table, mapping: ColumnMap) -> list[_Column]:
    columns = []
    for use in mapping.values:
        metric = found.named(use.metric)
        if metric is None and use.own:
            metric = found.own(use.column, use.own, None)
        if metric is None:
            raise refused(f'There is no measure called "{quoted(use.metric)}" any more.')
        cells = (cell for cell in table.column(use.column) if cell.casefold() not in ABSENT)
        decimal = decimal_of(cells, fitting(metric, use.unit))
        columns.append(_Column(use.column, metric, use.unit, decimal))
        found.said.append(f"{shown(use.column)} comes in as {metric.key}.")
    return columns


def _read_rows(
    found: Gathering, table: Table, mapping: ColumnMap, columns: list[_Column], order: str
) -> None:
    counts: Counter[str] = Counter()
    for line in table.lines:
        with found.row(line.number):
            row = table.named(line)
            written = read_written(row[mapping.day], order)
            if mapping.clock is not None and row[mapping.clock]:
                clock, zone = read_clock(row[mapping.clock])
                written = written._replace(clock=clock, zone=zone or written.zone)
            at, day = found.moment(written)
            seen = [
                _observation(column, row[column.name])
                for column in columns
                if row[column.name].casefold() not in ABSENT
            ]
            # Two rows of one moment are two check-ins.
            name = at.isoformat() if written.clock is not None else day.isoformat()
            counts[name] += 1
            check_in = found.check_in((name, str(counts[name])), at, day)
            for one in seen:
                check_in.put(one)
            check_in.say(*(row[note] for note in mapping.notes))


def _observation(column: _Column, cell: str) -> Observation:
    parsed = read_value(column.metric, cell, column.unit, column.decimal)
    return Observation(parsed.metric_key, parsed.value, at_least=parsed.at_least)
