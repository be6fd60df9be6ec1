"""Single-case effect sizes: the vectors of clinical.md 11.3, and what must hold for any two stretches."""

from __future__ import annotations

from math import isclose
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.recovery import effects
from spinetrack.recovery.effects import Better, Overlap


class Vector(NamedTuple):
    """One row of the table."""

    a: list[float]
    b: list[float]
    better: Better
    nap: float
    unbiased: float
    hanley: float
    null: float
    low: float
    high: float
    tau: float
    tau_u: float
    pnd: float
    pem: float
    pand: float


VECTORS = {
    "S1": Vector(
        [20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], "up", 0.9166666667, 0.0690065559, 0.0773918534,
        0.1666666667, 0.5973194, 0.9859977, 0.8333333333, 0.7380952381, 5 / 7, 1, 11 / 13,
    ),
    "S2": Vector(
        [4, 3, 4, 3, 4, 7, 5, 2, 3, 2], [5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9], "up", 0.9636363636, 0.0319262235,
        0.0348335098, 0.1290994449, 0.7499720, 0.9950813, 0.9272727273, 1.0181818182, 0.6363636364, 1, 0.9047619,
    ),
    "S3": Vector(
        [3, 3, 4, 5], [4, 5, 6, 7, 7], "up", 0.9, 0.1, 0.1033803656, 0.2041241452, 0.4999240, 0.9859867, 0.8, 0.55,
        0.6, 1, 0.7777778,
    ),
    "S4": Vector(
        [2, 3, 5, 3], [4, 5, 5, 7, 6], "up", 0.9, 0.1099242163, 0.1086853256, 0.2041241452, 0.49992, 0.98599, 0.8,
        0.65, 0.4, 1, 0.8888889,
    ),
    "S5": Vector(
        [1, 2, 3, 4, 5], [6, 7, 8, 9, 10], "up", 1.0, 0.035, 0.028, 0.1914854216, 0.6427028, 1.0, 1, 0.6, 1, 1, 1
    ),
    "S7": Vector(
        [12, 14, 9, 10], [10, 6, 4, 5, 3, 4], "down", 0.9375, 0.0678284192, 0.0766645909, 0.1954339900, 0.5573941,
        0.9934701, 0.875, 0.7916666667, 0.8333333, 1, 0.9,
    ),
    "P1": Vector(
        [7, 6, 7, 8, 6, 7, 7], [6, 6, 5, 5, 4, 5, 4, 3, 4, 4], "down", 0.9714285714, 0.0285714286, 0.0306394437,
        0.1463850109, 0.7178694, 0.9974113, 0.9428571429, 0.9714285714, 0.8, 1, 0.8823529,
    ),
    "P3": Vector(
        [20, 25, 20, 20, 30, 25, 20], [25, 30, 35, 35, 40, 45, 40, 60], "up", 0.9553571429, 0.0434360700,
        0.0472003408, 0.1543033500, 0.6753377, 0.9946900, 0.9107142857, 0.875, 0.75, 1, 0.8666667,
    ),
    "P4": Vector(
        [8, 8, 7, 7, 6, 6, 5], [5, 5, 4, 4, 4, 3, 3], "down", 0.9795918367, 0.0264563762, 0.0290083801, 0.1597191412,
        0.6954777, 0.9988273, 0.9591836735, 0.5918367347, 0.7142857, 1, 0.9285714,
    ),
}  # fmt: skip
TARLOW: tuple[list[float], list[float]] = (
    [33, 25, 17, 25, 19, 21, 19, 14, 19, 17],
    [14, 15, 15, 9, 12, 7, 10, 6, 5, 2, 2, 3, 5, 4],
)


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors(name: str) -> None:
    v = VECTORS[name]
    args = (v.a, v.b, v.better)
    found = effects.overlap(*args)
    assert found.nap == pytest.approx(v.nap, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((v.low, v.high), abs=1e-3)
    assert (found.tau, found.tau_u) == pytest.approx((v.tau, v.tau_u), abs=1e-6)
    assert effects.se_unbiased(*args) == pytest.approx(v.unbiased, abs=1e-6)
    assert effects.se_hanley(*args) == pytest.approx(v.hanley, abs=1e-6)
    assert effects.se_null(len(v.a), len(v.b)) == pytest.approx(v.null, abs=1e-6)
    assert effects.pnd(*args) == pytest.approx(v.pnd, abs=1e-6)
    assert effects.pem(*args) == pytest.approx(v.pem, abs=1e-6)
    assert effects.pand(*args) == pytest.approx(v.pand, abs=1e-6)


@pytest.mark.parametrize(
    ("nap", "m", "n", "z", "low", "high"),
    [
        (38.5 / 42, 6, 7, 1.6448536269514722, 0.65910915, 0.98222487),
        (0.5, 7, 7, effects.Z_95, 0.2395226, 0.7604777),
        (0.5, 7, 14, effects.Z_95, 0.2677052, 0.7322948),
        (0.0, 5, 5, effects.Z_95, 0.0, 0.3572972),
        (1.0, 5, 5, effects.Z_95, 0.6427028, 1.0),
    ],
)
def test_the_interval(nap: float, m: int, n: int, z: float, low: float, high: float) -> None:
    assert effects.interval(nap, m, n, z) == pytest.approx((low, high), abs=1e-6)


def test_one_value_on_a_side_has_no_unbiased_error() -> None:
    assert effects.se_unbiased([4], [5, 6], "up") is None
    assert effects.se_unbiased([4, 5], [6], "up") is None


class Slanted(NamedTuple):
    """One row of the table of baselines with a trend."""

    a: list[float]
    b: list[float]
    slope: float
    intercept: float
    p: float
    raw: float
    left: float
    z: float
    tau: float


P4 = VECTORS["P4"]
SLANTED = {
    "Tarlow": Slanted(*TARLOW, -1.2, 27.8, 0.028020, -0.698255, 0.143223, 0.820291, -0.2),
    "P4": Slanted(P4.a, P4.b, -0.5, 8.5, 0.005114, -0.746032, 0.729023, 2.859344, -0.8775510204),
}


@pytest.mark.parametrize("name", SLANTED)
def test_a_baseline_with_a_trend(name: str) -> None:
    v = SLANTED[name]
    trend = effects.trend(v.a)
    assert trend is not None
    assert trend.clear
    assert (trend.slope, trend.intercept) == pytest.approx((v.slope, v.intercept))
    assert trend.p == pytest.approx(v.p, abs=1e-6)
    whole = effects.tau_b(v.a, v.b)
    rest = effects.without_trend(v.a, v.b, trend)
    corrected = effects.tau_b(*rest)
    assert whole is not None
    assert corrected is not None
    assert whole.tau_b == pytest.approx(v.raw, abs=1e-6)
    assert (corrected.tau_b, corrected.z) == pytest.approx((v.left, v.z), abs=1e-6)
    assert effects.overlap(*rest, "down").tau == pytest.approx(v.tau, abs=1e-6)


def test_tarlows_error() -> None:
    trend = effects.trend(TARLOW[0])
    assert trend is not None
    corrected = effects.tau_b(*effects.without_trend(*TARLOW, trend))
    assert corrected is not None
    assert corrected.se == pytest.approx(0.285699, abs=1e-6)


def test_a_trend_that_is_always_taken_out() -> None:
    v = VECTORS["S1"]
    trend = effects.trend(v.a)
    assert trend is not None
    assert not trend.clear
    assert (trend.slope, trend.intercept) == pytest.approx((0.6, 19.4))
    rest = effects.without_trend(v.a, v.b, trend)
    assert effects.overlap(*rest, "up").tau == pytest.approx(0.2857142857, abs=1e-6)


def test_no_trend_without_spread_or_with_two_values() -> None:
    assert effects.trend([4, 4, 4, 4]) is None
    assert effects.trend([4, 5]) is None
    assert effects.tau_b([4, 4], [4, 4]) is None


def test_days_that_go_together() -> None:
    assert effects.lag1([1, 2, 3, 4, 5, 6, 7, 8]) == pytest.approx(0.625)
    assert effects.lag1([1, 8, 1, 8, 1, 8]) < -0.5
    assert effects.lag1([3, 3, 3]) == effects.lag1([1, 2]) == 0


values = st.lists(st.integers(0, 10).map(float), min_size=1, max_size=25)
ways = st.sampled_from(["up", "down"])


@given(values, values, ways)
def test_both_ways_round_come_to_one(a: list[float], b: list[float], better: Better) -> None:
    assert isclose(effects.nap(a, b, better) + effects.nap(b, a, better), 1, abs_tol=1e-12)


@given(values, values, ways)
def test_the_interval_holds_the_nap_and_tau_is_twice_it(
    a: list[float], b: list[float], better: Better
) -> None:
    found: Overlap = effects.overlap(a, b, better)
    assert 0 <= found.low <= found.nap + 1e-12
    assert found.nap <= found.high + 1e-12 <= 1 + 2e-12
    assert isclose(found.tau, 2 * found.nap - 1, abs_tol=1e-12)


@given(values, values, ways, st.sampled_from([lambda v: 3 * v + 1, lambda v: v**3, lambda v: v / (v + 2)]))
def test_only_the_order_counts(a: list[float], b: list[float], better: Better, grow: object) -> None:
    assert callable(grow)
    before, after = (
        effects.overlap(a, b, better),
        effects.overlap([grow(v) for v in a], [grow(v) for v in b], better),
    )
    assert after == before


@given(values, values)
def test_the_pairs_are_counted_as_their_definition_says(a: list[float], b: list[float]) -> None:
    pairs = [1.0 if y > x else 0.5 if y == x else 0.0 for x in a for y in b]
    assert isclose(effects.nap(a, b, "up"), sum(pairs) / len(pairs), abs_tol=1e-12)
    s = sum((q > p) - (q < p) for i, p in enumerate(a) for q in a[i + 1 :])
    assert effects.kendall_s(a) == s
