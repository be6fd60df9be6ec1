"""Goal attainment scaling: levels -2 to +2 and the T-score. Pure arithmetic.

Source: clinical.md 7.2; Kiresuk and Sherman 1968; Turner-Stokes 2009, Clin Rehabil 23:362, with the
erratum for its formula.
"""

from __future__ import annotations

from math import sqrt

from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

RHO = 0.3
"""The correlation between goals that the formula assumes."""
LOWEST, AT_START, EXPECTED, HIGHEST = -2, -1, 0, 2
MORE, MUCH_MORE = 0.25, 0.5
"""How far past the target, as a share of the way from start to target, are levels +1 and +2."""
MEANINGFUL = 10
"""A change of T that is commonly called meaningful. From memory, clinical.md marks it unverified."""
TOO_EASY, TOO_HARD = 60, 40
LEVEL_WORDS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "more than expected",
    2: "much more than expected",
}


class Gas(NamedTuple):
    """Attainment over all goals; None where no goal has a level."""

    t: float | None
    t_baseline: float | None
    change: float | None


def t_score(levels: Sequence[float], weights: Sequence[float]) -> float:
    """Return T: 50 when every goal is exactly as expected, with a spread of 10.

    Args:
        levels: -2 to +2, one a goal, at least one.
        weights: Importance times difficulty of each; positive.

    Raises:
        ValueError: there is no goal, a weight is missing, or one is not positive.

    >>> round(t_score([2, 0, -1], [1, 1, 1]), 4)
    54.5644

    """
    if not levels or len(levels) != len(weights) or min(weights) <= 0:
        msg = "each goal needs a level and a positive weight"
        raise ValueError(msg)
    reached = sum(w * x for w, x in zip(weights, levels, strict=True))
    squares, total = sum(w * w for w in weights), sum(weights)
    return 50 + 10 * reached / sqrt((1 - RHO) * squares + RHO * total**2)


def derived_level(baseline: float, target: float, current: float, better: str | None = None) -> int:
    """Return the level of `current` on the way from `baseline` to `target`.

    Args:
        baseline: The value at the start.
        target: The value expected by the date.
        current: The value now.
        better: `up` or `down`, for a goal to keep what there is (target equals baseline).

    >>> [derived_level(20, 60, y) for y in (19, 20, 59, 60, 70, 80)]
    [-2, -1, -1, 0, 1, 2]

    """
    way = target - baseline
    if way == 0:
        kept = current <= target if better == "down" else current >= target
        return EXPECTED if kept else LOWEST
    done = (current - baseline) / way
    # A share such as (0.3 - 0.1) / 0.2 may land a hair below the whole it stands for.
    reached = done + 1e-9
    if reached >= 1:
        return 2 if reached >= 1 + MUCH_MORE else 1 if reached >= 1 + MORE else EXPECTED
    return AT_START if reached >= 0 else LOWEST


def attainment(levels: Sequence[int | None], starts: Sequence[int], weights: Sequence[float]) -> Gas:
    """Return T now, T at the start and the change, over the goals that have a level now."""
    known = [(x, s, w) for x, s, w in zip(levels, starts, weights, strict=True) if x is not None]
    if not known:
        return Gas(None, None, None)
    weight = [w for _, _, w in known]
    now, then = t_score([x for x, _, _ in known], weight), t_score([s for _, s, _ in known], weight)
    return Gas(now, then, now - then)
