"""Doses of tolerances: the baseline quota, the grid they round to, and the size of a step.

Source of every number: clinical.md 3.2, 3.3 and the step rule under the test vectors.
"""

from __future__ import annotations

from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BASELINE_SHARE = 0.8
UNSTABLE_SHARE = 0.7
UNSTABLE_RATIO = 3
LEAST_VALUES = 3
MOST_VALUES = 7
SMALLEST_QUOTA = 1.0
COARSE_FROM = 30
"""Minutes from which steps go by five."""
LARGEST_STEP = 10
LARGEST_SHARE = 0.2
TINY_QUOTA = 5
"""Minutes below which one more minute may be more than a fifth."""


def floor_dose(value: float) -> float:
    """Round a dose down to its step: 1 min below 10, 5 min from 10 to 60, 10 min above; at least 1.

    >>> [floor_dose(v) for v in (0.4, 8.4, 16, 50, 62.5, 75)]
    [1.0, 8.0, 15.0, 50.0, 60.0, 70.0]
    """
    grid = 1 if value < 10 else 5 if value <= 60 else 10  # noqa: PLR2004
    # A product such as 0.8 * 62.5 may land a hair below the whole number it stands for.
    return max(SMALLEST_QUOTA, float((value + 1e-9) // grid * grid))


def baseline(limits: Sequence[float], bounds: Sequence[float] = ()) -> float | None:
    """Return B0, the first quota, from tolerances within 14 days, oldest first.

    Args:
        limits: Tolerances that ended by a limit (uncensored), in minutes.
        bounds: Censored tolerances and completed sessions: lower bounds, used only above the
            median of at least three limits.

    Returns:
        Minutes, or None with fewer than three limits.

    """
    if len(limits) < LEAST_VALUES:
        return None
    used = list(limits[-MOST_VALUES:])
    middle = median(used)
    room = MOST_VALUES - len(used)
    above = [b for b in bounds if middle is not None and b > middle]
    used += above[-room:] if room else []
    share = UNSTABLE_SHARE if max(used) > UNSTABLE_RATIO * min(used) else BASELINE_SHARE
    return floor_dose(share * (median(used) or 0.0))


def next_quota(quota: float, ceiling: float | None = None, percent: float = 10) -> float | None:
    """Return the next planned dose above `quota` in minutes, or None when no step fits.

    A step is `percent` of the quota, at least one minute, at most ten; steps go by 1 minute below
    30 and by 5 from 30, the size of the result picking the grid. A step that rounds away goes to
    the next value of the grid when that is within 20 %. Below 5 minutes one minute more is allowed.

    >>> [next_quota(q) for q in (4, 8, 20, 25, 30, 45, 60, 100)]
    [5.0, 9.0, 22.0, 27.0, 35.0, 50.0, 65.0, 110.0]
    >>> next_quota(38, ceiling=40), next_quota(40, ceiling=40)
    (40.0, None)
    """
    raw = quota + min(max(quota * percent / 100, 1.0), LARGEST_STEP)
    grid = 1 if raw < COARSE_FROM else 5
    step = float((raw + 1e-9) // grid * grid)
    if step <= quota:
        step = float((quota // grid + 1) * grid)
    if ceiling is not None:
        step = min(step, ceiling)
    most = quota + 1 if quota < TINY_QUOTA else quota + min(LARGEST_SHARE * quota, LARGEST_STEP)
    return step if quota < step <= most + 1e-9 else None
