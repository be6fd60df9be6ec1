"""Numbers of a foreign table: the column decides whether `13,666` is thousands or decimals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spinetrack.recovery.metrics import KG_IN_POUND, METRES_IN_MILE
from spinetrack.recovery.values import parse, quoted, refused, typed_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.values import Parsed

POINT: Final = "."
COMMA: Final = ","
UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "min": {"min": 1.0, "h": 60.0, "s": 1 / 60},
    "m": {"m": 1.0, "km": 1000.0, "mi": METRES_IN_MILE},
    "kg": {"kg": 1.0, "lb": KG_IN_POUND},
}
"""Unit of a metric to the units a column may be in, each with what makes the metric's unit of it."""
ABSENT: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none"})  # noqa: RUF001
"""What tables write where nothing was recorded."""
LONGEST: Final = 30
_YES: Final = frozenset({"yes", "y", "1", "1.0", "true", "x", "ja", "oui", "si", "sí"})
_NO: Final = frozenset({"no", "n", "0", "0.0", "false", "nein", "non"})
_FORMS: Final = {
    POINT: re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[,' \u202f][0-9]{3})+)(?:\.[0-9]+)?"),
    COMMA: re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[.' \u202f][0-9]{3})+)(?:,[0-9]+)?"),
}
_GAPS: Final = {POINT: str.maketrans("", "", ",' \u202f"), COMMA: str.maketrans(",", ".", ".' \u202f")}


def read_number(cell: str, decimal: str) -> float | None:
    """Return the number a cell is, None when it is none.

    Args:
        cell: `1.5`, `1,5`, `13,666`, `1 234,5`.
        decimal: `.` or `,`, what stands before the decimals.

    """
    if len(cell) > LONGEST or _FORMS[decimal].fullmatch(cell) is None:
        return None
    return float(cell.translate(_GAPS[decimal]))


def decimal_of(column: Iterable[str], fits: Callable[[float], bool]) -> str:
    """Return what stands before the decimals in a column.

    Args:
        column: Its cells.
        fits: Whether a number can be a value of the column.

    Raises:
        ValueRefusedError: it can be read in two ways.

    """
    doubtful = ""
    scores = {POINT: 0, COMMA: 0}
    for cell in column:
        readings = {sign: read_number(cell, sign) for sign in scores}
        good = {sign for sign, value in readings.items() if value is not None and fits(value)}
        if len(good) == 1:
            scores[good.pop()] += 1
        elif good and readings[POINT] != readings[COMMA]:
            doubtful = doubtful or cell
    if doubtful and scores[POINT] == scores[COMMA]:
        raise refused(f"It is not clear what {quoted(doubtful)} means: thousands or decimals.")
    return COMMA if scores[COMMA] > scores[POINT] else POINT


def fitting(metric: Metric, unit: str = "") -> Callable[[float], bool]:
    """Return whether a number in `unit` can be a value of a metric."""
    times = factor(metric, unit)
    whole = metric.kind in {"nrs", "count", "yes-no"}

    def fits(value: float) -> bool:
        return metric.low <= value * times <= metric.high and not (whole and value % 1)

    return fits


def factor(metric: Metric, unit: str) -> float:
    """Return what makes a metric's base unit of `unit`; 1 where it has no other units."""
    return UNITS.get(metric.unit, {}).get(unit, 1.0)


def read_value(metric: Metric, cell: str, unit: str = "", decimal: str = POINT) -> Parsed:
    """Read one value of a metric.

    Args:
        metric: Its row.
        cell: What stands in the table.
        unit: The unit of a bare number; "" is the metric's own.
        decimal: What stands before the decimals.

    Raises:
        ValueRefusedError: it is no such value, or out of range.

    """
    from spinetrack.recovery.values import Parsed

    word = cell.casefold()
    if metric.unit == "yes/no" and word in _YES | _NO:
        return Parsed(metric.key, float(word in _YES))
    number = read_number(cell, decimal)
    if number is None:
        return parse(metric, cell)
    if not fitting(metric, unit)(number):
        raise refused(_out(metric, cell))
    return Parsed(metric.key, round(number * factor(metric, unit), 1 if metric.unit == "m" else 3))


def _out(metric: Metric, cell: str) -> str:
    low, high = typed_form(metric, metric.low), typed_form(metric, metric.high)
    whole = ", in whole numbers" if metric.kind in {"nrs", "count"} else ""
    return f"{metric.label} goes from {low} to {high}{whole}, not {quoted(cell)}."
