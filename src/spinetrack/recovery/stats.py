"""Numerical kernels, standard library only."""

from __future__ import annotations

from itertools import pairwise

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAD_TO_SD = 1.4826
"""Median absolute deviation to standard deviation under a normal law."""


def median(values: Iterable[float]) -> float | None:
    """Return the middle value, the mean of the two middle values of an even count, None of nothing.

    >>> median([20, 25, 15])
    20
    >>> median([60, 70, 55, 65])
    62.5
    """
    ordered = sorted(values)
    if not ordered:
        return None
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def robust_sd(values: Sequence[float]) -> float:
    """Return 1.4826 times the median absolute deviation; 0 of nothing.

    >>> round(robust_sd([1, 2.5, 4, 5.5, 7]), 3)
    2.224
    """
    middle = median(values)
    if middle is None:
        return 0.0
    return MAD_TO_SD * (median(abs(v - middle) for v in values) or 0.0)


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def sample_sd(values: Sequence[float]) -> float:
    """Return the standard deviation with n - 1; 0 of fewer than two values."""
    if len(values) < 2:  # noqa: PLR2004
        return 0.0
    middle = mean(values)
    return float((sum((v - middle) ** 2 for v in values) / (len(values) - 1)) ** 0.5)


def rmssd(values: Sequence[float]) -> float:
    """Return the root mean square of successive differences; 0 of fewer than two values."""
    steps = [b - a for a, b in pairwise(values)]
    return float(mean([s * s for s in steps]) ** 0.5)


def half_up(value: float) -> int:
    """Round to a whole number, half away from zero (clinical.md, "Rounding")."""
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)
