"""A robust slope over days, and the day a value may be reached at that pace."""

from __future__ import annotations

from math import ceil, sqrt

from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

Z_90 = 1.645
LEAST_POINTS = 7
LEAST_SPAN = 10
LONGEST = 366
"""Days ahead after which no day is named."""


class Slope(NamedTuple):
    """Change a day: the middle, and the ends of its 90 % interval."""

    middle: float
    low: float
    high: float


class Projection(NamedTuple):
    """Days until a value is reached: likely, at the earliest, at the latest; None: not within a year."""

    likely: int | None
    earliest: int | None
    latest: int | None


def theil_sen(points: Sequence[tuple[float, float]]) -> Slope | None:
    """Return the median of all pairwise slopes with Sen's interval; None with fewer than two moments.

    Source: Sen 1968, J Am Stat Assoc 63:1379. Days in a row go together, so it is too narrow.

    >>> theil_sen([(0, 1), (1, 2), (2, 3), (3, 4), (4, 50)]).middle
    1.0
    """
    slopes = sorted(
        (b - a) / (t - s) for i, (s, a) in enumerate(points) for t, b in points[i + 1 :] if t != s
    )
    middle = median(slopes)
    if middle is None:
        return None
    n, count = len(points), len(slopes)
    half = Z_90 * sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = max(0, int((count - half) / 2 + 0.5) - 1)
    high = min(count - 1, int((count + half) / 2 + 0.5))
    return Slope(middle, slopes[low], slopes[high])


def project(column: Mapping[date, float], now: float, target: float) -> Projection | None:
    """Return when `target` may be reached from `now` at the pace of `column`.

    Args:
        column: Day values, those of the last weeks.
        now: The present value.
        target: The value to reach.

    Returns:
        None with fewer than 7 days or less than 10 days between the first and the last.

    """
    days = sorted(column)
    if len(days) < LEAST_POINTS or (days[-1] - days[0]).days < LEAST_SPAN:
        return None
    slope = theil_sen([((d - days[0]).days, column[d]) for d in days])
    if slope is None:
        return None
    way = target - now
    fast, slow = (slope.high, slope.low) if way > 0 else (slope.low, slope.high)
    return Projection(_days(way, slope.middle), _days(way, fast), _days(way, slow))


def _days(way: float, slope: float) -> int | None:
    if way == 0:
        return 0
    if slope == 0 or (way > 0) != (slope > 0):
        return None
    days = ceil(way / slope - 1e-9)
    return days if days <= LONGEST else None
