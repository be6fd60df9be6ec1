"""How far two stretches of days lie apart: single-case effect sizes, standard library only.

A is the baseline, B what came after, both in the order of time. Every formula is of clinical.md 11.1;
its vectors (11.3) are the tests. Days in a row go together, which makes every interval here too
narrow; `lag1` tells how much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from itertools import pairwise
from math import erfc, inf, sqrt

from spinetrack.recovery.stats import mean, median
from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Better = Literal["up", "down"]

Z_95 = 1.959963984540054
TREND_P = 0.05
"""Below this chance a baseline counts as having a trend of its own. Source: Tarlow 2017."""
TREND_MOST = 366
"""Baseline days a trend is read from, the last ones: slopes grow with the square of the days."""
HALVINGS = 60


class Overlap(NamedTuple):
    """Non-overlap of all pairs, with what belongs to it."""

    nap: float
    """The share of pairs of days in which that of B was better, ties counting half. 0 to 1."""
    low: float
    high: float
    """Newcombe's 95 % interval."""
    tau: float
    """2 nap - 1. -1 to 1."""
    tau_u: float
    """Tau less the baseline's own trend; it can pass 1."""


class Trend(NamedTuple):
    """The baseline's own trend."""

    slope: float
    """Theil-Sen, in units a step of time."""
    intercept: float
    p: float
    """Two-sided chance of Kendall's test."""

    @property
    def clear(self) -> bool:
        """Whether it counts as a trend."""
        return self.p < TREND_P


class Corrected(NamedTuple):
    """Tau of what is left after the baseline's trend was taken out. Signs are those of the raw values."""

    tau_b: float
    se: float
    z: float


# -- pairs ----------------------------------------------------------------------------------------


def _towards(values: Iterable[float], better: Better) -> list[float]:
    """Return values for which more is better."""
    return [-v for v in values] if better == "down" else list(values)


class _Pairs:
    """Wins and ties of every pair, by row and by column, in n log n steps."""

    def __init__(self, a: Sequence[float], b: Sequence[float], better: Better) -> None:
        before, after = _towards(a, better), _towards(b, better)
        self.m, self.n = len(before), len(after)
        low, high = sorted(before), sorted(after)
        self.rows = [self.n - (bisect_left(high, v) + bisect_right(high, v)) / 2 for v in before]
        self.columns = [(bisect_left(low, v) + bisect_right(low, v)) / 2 for v in after]
        self.ties = sum(bisect_right(low, v) - bisect_left(low, v) for v in after)
        self.nap = sum(self.rows) / (self.m * self.n)

    def q1(self) -> float:
        return sum((row - self.n * self.nap) ** 2 for row in self.rows) / (self.m * self.n**2)

    def q2(self) -> float:
        return sum((column - self.m * self.nap) ** 2 for column in self.columns) / (self.m**2 * self.n)

    def q3(self) -> float:
        pairs = self.m * self.n
        squares = self.nap * pairs - self.ties / 4  # a win counts 1, a tie a quarter
        return squares / pairs - self.nap**2

    def clipped(self) -> float:
        """Return nap, held off 0 and 1 by half a pair."""
        edge = 1 / (2 * self.m * self.n)
        return min(max(self.nap, edge), 1 - edge)


def nap(a: Sequence[float], b: Sequence[float], better: Better) -> float:
    """Return the non-overlap of all pairs. Source: Parker and Vannest 2009.

    >>> round(nap([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], "up"), 4)
    0.9167
    """
    return _Pairs(a, b, better).nap


def overlap(a: Sequence[float], b: Sequence[float], better: Better) -> Overlap:
    """Return the overlap of two stretches that hold at least one value each."""
    pairs = _Pairs(a, b, better)
    low, high = interval(pairs.nap, pairs.m, pairs.n)
    tau = 2 * pairs.nap - 1
    own = kendall_s(_towards(a, better)) / (pairs.m * pairs.n)
    return Overlap(pairs.nap, low, high, tau, tau - own)


def se_unbiased(a: Sequence[float], b: Sequence[float], better: Better) -> float | None:
    """Return the standard error of nap by Sen 1967 and Mee 1990; None with one value on a side."""
    pairs = _Pairs(a, b, better)
    m, n = pairs.m, pairs.n
    if min(m, n) <= 1:
        return None
    share = pairs.clipped()
    spread = share * (1 - share) + n * pairs.q1() + m * pairs.q2() - 2 * pairs.q3()
    return sqrt(max(spread, 0.0) / ((m - 1) * (n - 1)))


def se_hanley(a: Sequence[float], b: Sequence[float], better: Better) -> float:
    """Return the standard error of nap by Hanley and McNeil."""
    pairs = _Pairs(a, b, better)
    m, n, share = pairs.m, pairs.n, pairs.clipped()
    spread = share * (1 - share) + (n - 1) * pairs.q1() + (m - 1) * pairs.q2()
    return sqrt(max(spread, 0.0) / (m * n))


def se_null(m: int, n: int) -> float:
    """Return the standard error of nap where nothing changed."""
    return sqrt((m + n + 1) / (12 * m * n))


def interval(share: float, m: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return Newcombe's interval of a nap (Newcombe 2006, method 5), inside 0 to 1 and holding it.

    At complete separation the trivial root is divided out; a solver left alone returns 1 to 1.

    Args:
        share: The nap.
        m: Values before.
        n: Values after.
        z: Normal quantile; 1.96 for 95 %.

    """
    if share > 0.5:  # noqa: PLR2004 - mirrored, so that both sides go the same way
        low, high = interval(1 - share, m, n, z)
        return 1 - high, 1 - low
    half = (m + n) / 2 - 1

    def left(x: float) -> float:
        spread = 2 + half + (1 + 2 * half) * x * (1 - x)
        if share == 0:
            return z * z * (1 - x) * spread - m * n * x * (2 - x) * (1 + x)
        return z * z * x * (1 - x) * spread - m * n * (share - x) ** 2 * (2 - x) * (1 + x)

    low = 0.0 if share == 0 else _root(left, 0.0, share)
    return low, _root(lambda x: -left(x), share, 1.0)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that is negative at `low` and positive at `high` passes zero."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


# -- shares of days -------------------------------------------------------------------------------


def pnd(a: Sequence[float], b: Sequence[float], better: Better) -> float:
    """Return the share of B beyond the best of A."""
    best = max(_towards(a, better))
    return mean([float(v > best) for v in _towards(b, better)])


def pem(a: Sequence[float], b: Sequence[float], better: Better) -> float:
    """Return the share of B beyond the median of A, ties counting half."""
    middle = median(_towards(a, better)) or 0.0
    return mean([(v > middle) + (v == middle) / 2 for v in _towards(b, better)])


def pand(a: Sequence[float], b: Sequence[float], better: Better) -> float:
    """Return the share of days that can stay so that every day of B is better than every day of A."""
    low, high = sorted(_towards(a, better)), sorted(_towards(b, better))
    cuts = [*low, *high, inf]
    kept = (bisect_left(low, c) + len(high) - bisect_left(high, c) for c in cuts)
    return max(kept) / (len(low) + len(high))


# -- trend ----------------------------------------------------------------------------------------


def kendall_s(values: Sequence[float]) -> int:
    """Return the pairs that rise less the pairs that fall, in the order of time."""
    seen: list[float] = []
    total = 0
    for value in values:
        total += bisect_left(seen, value) - (len(seen) - bisect_right(seen, value))
        insort(seen, value)
    return total


def _runs(values: Iterable[float]) -> list[int]:
    """Return how often each value stands there."""
    found: dict[float, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return list(found.values())


def trend(values: Sequence[float], times: Sequence[float] | None = None) -> Trend | None:
    """Return the trend of a baseline, None with fewer than three values or without any spread.

    Args:
        values: In the order of time; of a long stretch the last 366 are read.
        times: When each was; None numbers them from 1.

    """
    ys = list(values[-TREND_MOST:])
    ts = list(times or range(1, len(values) + 1))[-TREND_MOST:]
    n = len(ys)
    if n < 3 or len(set(ys)) == 1:  # noqa: PLR2004
        return None
    slope = median(
        (b - a) / (t - s)
        for i, (s, a) in enumerate(zip(ts, ys, strict=True))
        for t, b in zip(ts[i + 1 :], ys[i + 1 :], strict=True)
    )
    slope = slope or 0.0
    intercept = median(y - slope * t for t, y in zip(ts, ys, strict=True)) or 0.0
    z = kendall_s(ys) / sqrt(_spread_of_s(n, _runs(ys), []))
    return Trend(slope, intercept, erfc(abs(z) / sqrt(2)))


def _spread_of_s(n: int, ties: list[int], others: list[int]) -> float:
    """Return the variance of Kendall's S with ties on both sides. Source: Kendall 1970, ch. 5."""

    def first(runs: list[int]) -> int:
        return sum(t * (t - 1) * (2 * t + 5) for t in runs)

    def second(runs: list[int]) -> int:
        return sum(t * (t - 1) for t in runs)

    def third(runs: list[int]) -> int:
        return sum(t * (t - 1) * (t - 2) for t in runs)

    spread = (n * (n - 1) * (2 * n + 5) - first(ties) - first(others)) / 18
    if n > 2:  # noqa: PLR2004
        spread += third(ties) * third(others) / (9 * n * (n - 1) * (n - 2))
    return spread + second(ties) * second(others) / (2 * n * (n - 1))


def tau_b(a: Sequence[float], b: Sequence[float]) -> Corrected | None:
    """Return Kendall's tau-b of the values against before and after; None without any spread.

    Source: Tarlow 2017. Positive: the values of B are higher.
    """
    m, n = len(a), len(b)
    whole = m + n
    pairs = whole * (whole - 1) / 2
    phases, values = [m, n], _runs([*a, *b])
    tied = [sum(t * (t - 1) / 2 for t in runs) for runs in (phases, values)]
    if pairs in tied:
        return None
    s = (2 * nap(a, b, "up") - 1) * m * n
    tau = s / sqrt((pairs - tied[0]) * (pairs - tied[1]))
    return Corrected(
        tau, sqrt(2 * max(0.0, 1 - tau * tau) / whole), s / sqrt(_spread_of_s(whole, values, phases))
    )


def without_trend(
    a: Sequence[float], b: Sequence[float], found: Trend, times: Sequence[float] | None = None
) -> tuple[list[float], list[float]]:
    """Return what is left of both stretches when the baseline's line, drawn on, is taken out.

    Args:
        a: Values before.
        b: Values after.
        found: The trend of `a`.
        times: When each value was, those of `a` first; None numbers them from 1.

    """
    ts = range(1, len(a) + len(b) + 1) if times is None else times
    left = [y - (found.intercept + found.slope * t) for t, y in zip(ts, [*a, *b], strict=True)]
    return left[: len(a)], left[len(a) :]


def lag1(values: Sequence[float]) -> float:
    """Return how much a value goes with the one before it: autocorrelation at lag 1; 0 of too few."""
    middle = mean(values)
    spread = sum((v - middle) ** 2 for v in values)
    if len(values) < 3 or not spread:  # noqa: PLR2004
        return 0.0
    return sum((p - middle) * (q - middle) for p, q in pairwise(values)) / spread
