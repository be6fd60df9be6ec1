"""What a chart's values are drawn against: one row for each kind of metric."""

from __future__ import annotations

from datetime import date
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from spinetrack.recovery.metrics import METRES_IN_MILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spinetrack.recovery.metrics import Metric

HOURS_FROM: Final = 180
"""Minutes from which a chart of minutes is drawn in hours; sleep always is."""
KILOMETRES_FROM: Final = 3000
"""Metres from which a chart of metres is drawn in kilometres."""
MOST_STEPS: Final = 5
"""Parts an axis has at most; one more where it does not begin at zero."""
LEAST_SPAN: Final = 0.01
MINUTE_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 60)
HOUR_STEPS: Final = (0.5, 1, 2, 4, 5)

Day: TypeAlias = date
Points: TypeAlias = "tuple[tuple[Day, float], ...]"


class Axis(NamedTuple):
    """What a chart's values are drawn against."""

    unit: str
    low: float
    high: float
    ticks: tuple[float, ...]
    per_base: float = 1.0
    """Chart units in one base unit."""

    def scaled(self, points: Points) -> Points:
        """Return values of days in chart units."""
        return tuple((day, value * self.per_base) for day, value in points)


def _scale(_metric: Metric, _values: Sequence[float], _units: str) -> Axis:
    return Axis("0-10", 0, 10, (0, 2, 4, 6, 8, 10))


def _yes_no(_metric: Metric, _values: Sequence[float], _units: str) -> Axis:
    return Axis("yes/no", 0, 1, (0, 1))


def _minutes(metric: Metric, values: Sequence[float], _units: str) -> Axis:
    top = max(values, default=0)
    if metric.key == "sleep" or top >= HOURS_FROM:
        return _from_zero("h", top / 60, HOUR_STEPS, 1 / 60)
    return _from_zero("min", top, MINUTE_STEPS)


def _metres(_metric: Metric, values: Sequence[float], units: str) -> Axis:
    top = max(values, default=0)
    if units == "mi":
        return _from_zero("mi", top / METRES_IN_MILE, (), 1 / METRES_IN_MILE)
    if top >= KILOMETRES_FROM:
        return _from_zero("km", top / 1000, (), 1 / 1000)
    return _from_zero("m", top)


def _counts(metric: Metric, values: Sequence[float], _units: str) -> Axis:
    return _from_zero(metric.unit, max(values, default=0), (1, 2))


def _weights(metric: Metric, values: Sequence[float], _units: str) -> Axis:
    """Return an axis that does not begin at zero: a kilogram is a real change."""
    low, high = min(values, default=0), max(values, default=0)
    step = _step(max(high - low, 2), (1, 2, 5, 10, 20))
    return _marked(metric.unit, floor(low / step) * step, high, step)


def _from_zero(unit: str, top: float, steps: Sequence[float] = (), per_base: float = 1) -> Axis:
    return _marked(unit, 0, top, _step(top, steps), per_base)


def _marked(unit: str, low: float, top: float, step: float, per_base: float = 1) -> Axis:
    count = max(1, ceil(round((top - low) / step, 6)))
    ticks = tuple(round(low + n * step, 6) for n in range(count + 1))
    return Axis(unit, ticks[0], ticks[-1], ticks, per_base)


def _step(span: float, steps: Sequence[float]) -> float:
    """Return the least of `steps` that leaves at most five parts; beyond them 1, 2 or 5 times 10^n."""
    for step in steps:
        if span <= step * MOST_STEPS:
            return step
    if span < LEAST_SPAN:
        return 1
    size = 10.0 ** floor(log10(span / MOST_STEPS))
    return next(size * n for n in (1, 2, 5, 10, 20) if span <= size * n * MOST_STEPS)


UNIT_WORDS: Final[Mapping[str, str]] = {
    "0-10": "0 to 10",
    "min": "minutes",
    "h": "hours",
    "m": "metres",
    "km": "kilometres",
    "mi": "miles",
    "kg": "kilograms",
    "count": "",
    "yes/no": "yes or no",
}
CHARTS: Final[Mapping[str, Callable[[Metric, Sequence[float], str], Axis]]] = {
    "nrs": _scale,
    "tolerance": _minutes,
    "duration": _minutes,
    "distance": _metres,
    "count": _counts,
    "yes-no": _yes_no,
    "weight": _weights,
    "number": _counts,
}
"""Kind of metric to the axis it is drawn against, of its day values in the base unit."""
