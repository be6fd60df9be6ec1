"""Goal attainment scaling against the vectors of clinical.md 7.2, and its laws."""

from __future__ import annotations

from math import inf, nextafter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spinetrack.recovery.gas import Gas, attainment, derived_level, t_score

VECTORS = [
    ([0], None, 50.0000),
    ([0, 0, 0], None, 50.0000),
    ([1], None, 60.0000),
    ([2], None, 70.0000),
    ([-2], None, 30.0000),
    ([1, 1, 1], None, 63.6931),
    ([-1, -1, -1], None, 36.3069),
    ([-1, -1], None, 37.5965),
    ([2, 0, -1], None, 54.5644),
    ([1, 0, -1, 2], None, 57.2548),
    ([0, 1, -1], [3, 2, 1], 52.2033),
    ([1, 0, -2], [9, 4, 2], 54.2532),
    ([2, 2, 2, 2], None, 79.0191),
    ([-2, -2, -2, -2], None, 20.9809),
]
levels = st.integers(-2, 2)
weights = st.sampled_from([1, 2, 3, 4, 6, 9])
goals = st.lists(st.tuples(levels, weights), min_size=1, max_size=8)


@pytest.mark.parametrize(("x", "w", "t"), VECTORS)
def test_the_vectors_to_four_decimals(x: list[int], w: list[int] | None, t: float) -> None:
    assert round(t_score(x, w or [1] * len(x)), 4) == t


@given(st.lists(weights, min_size=1, max_size=8))
def test_all_as_expected_is_50_for_any_weights(w: list[int]) -> None:
    assert t_score([0] * len(w), w) == 50


@given(goals, st.data())
def test_t_rises_when_any_level_rises(found: list[tuple[int, int]], data: st.DataObject) -> None:
    x, w = [v for v, _ in found], [v for _, v in found]
    place = data.draw(st.sampled_from(range(len(x))))
    assume(x[place] < 2)
    higher = [*x[:place], x[place] + 1, *x[place + 1 :]]
    assert t_score(higher, w) > t_score(x, w)


@given(goals, st.randoms(use_true_random=False))
def test_the_order_of_goals_does_not_matter(found: list[tuple[int, int]], dice: object) -> None:
    mixed = list(found)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = ([t_score([v for v, _ in g], [v for _, v in g])] for g in (found, mixed))
    assert one == pytest.approx(other, abs=1e-9)


@given(goals, weights)
def test_the_scale_of_weights_does_not_matter(found: list[tuple[int, int]], factor: int) -> None:
    x, w = [v for v, _ in found], [v for _, v in found]
    assert t_score(x, [v * factor for v in w]) == pytest.approx(t_score(x, w))


@pytest.mark.parametrize(("x", "w"), [([], []), ([1], []), ([1], [0]), ([1, 2], [1])])
def test_no_goals_or_no_weights_are_refused(x: list[int], w: list[int]) -> None:
    with pytest.raises(ValueError, match="weight"):
        t_score(x, w)


@pytest.mark.parametrize(
    ("baseline", "target", "values"),
    [
        (20, 60, {19: -2, 20: -1, 40: -1, 59.9: -1, 60: 0, 69.9: 0, 70: 1, 79.9: 1, 80: 2, 200: 2}),
        (6, 4, {7: -2, 6: -1, 5: -1, 4: 0, 3.6: 0, 3.5: 1, 3.1: 1, 3: 2, 0: 2}),
        (0, 4, {0: -1, 3: -1, 4: 0, 5: 1, 6: 2}),
        (0.1, 0.3, {0.3: 0, 0.35: 1, 0.4: 2}),
    ],
)
def test_levels_follow_the_way(baseline: float, target: float, values: dict[float, int]) -> None:
    assert {y: derived_level(baseline, target, y) for y in values} == values


@pytest.mark.parametrize(
    ("better", "values"), [("up", {30: 0, 31: 0, 29: -2}), ("down", {30: 0, 29: 0, 31: -2})]
)
def test_a_goal_to_keep_what_there_is(better: str, values: dict[float, int]) -> None:
    assert {y: derived_level(30, 30, y, better) for y in values} == values


@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(0, 2000))
def test_more_of_the_way_is_never_a_lower_level(b: float, e: float, y: float) -> None:
    assume(abs(e - b) > 1e-3)
    further = y + (e - b) / 10
    assert derived_level(b, e, further) >= derived_level(b, e, y)
    assert derived_level(b, e, e) == 0
    assert derived_level(b, e, b) == -1
    assert derived_level(b, e, nextafter(b, inf if e > b else -inf)) == -1


def test_attainment_leaves_out_what_has_no_level() -> None:
    assert attainment([None, None], [-1, -1], [1, 1]) == Gas(None, None, None)
    found = attainment([1, None], [-1, -1], [4, 9])
    assert (found.t, found.t_baseline, found.change) == (60, 40, 20)
