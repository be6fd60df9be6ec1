"""Levels of 14 days, the baseline, and what a change is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TODAY, Patient

from spinetrack.recovery import review
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.review import Level
from spinetrack.recovery.rules.care import meaningful
from spinetrack.recovery.series import Days

PAIN, SIT, WORK, SLEEP, FAR = (METRICS[key] for key in ("pain", "sit", "work", "sleep", "distance"))


def days(patient: Patient) -> Days:
    return Days(patient.diary())


def level(value: float | None, back: int = 0, metric: str = "pain") -> Level:
    last = TODAY - timedelta(days=back)
    return Level(
        metric, last - timedelta(days=13), last, value, 10, 10, "" if value is not None else "too few days"
    )


# -- levels


def test_a_level_is_the_median_of_14_days() -> None:
    patient = Patient().pains([9] * 3 + [4] * 8 + [6] * 6)
    found = review.level_until(days(patient), PAIN, TODAY)
    assert (found.value, found.recorded, found.n, found.missing) == (4, 14, 14, "")
    assert (found.first, found.last) == (TODAY - timedelta(days=13), TODAY)


@pytest.mark.parametrize(("logged", "value"), [(6, None), (7, 5)])
def test_a_level_needs_seven_days(logged: int, value: float | None) -> None:
    found = review.level_until(days(Patient().pains([5] * logged)), PAIN, TODAY)
    assert (found.value, found.missing) == (value, "" if value else "too few days")


def test_a_tolerance_is_read_from_its_limits() -> None:
    patient = Patient()
    for n in range(6):
        patient.log(n, sit=30)
    for n in range(6, 10):
        patient.log(n, sit_=90)
    patient.log(3, sit=20)
    found = review.level_until(days(patient), SIT, TODAY)
    assert (found.value, found.recorded, found.n) == (30, 10, 6)


@pytest.mark.parametrize(("limits", "missing"), [(4, "cannot tell"), (5, "")])
def test_a_tolerance_needs_five_limits(limits: int, missing: str) -> None:
    patient = Patient()
    for n in range(9):
        patient.log(n, sit=30) if n < limits else patient.log(n, sit_=30)
    assert review.level_until(days(patient), SIT, TODAY).missing == missing


def test_a_yes_or_no_is_days_a_week() -> None:
    patient = Patient()
    for n in range(14):
        patient.log(n, work=float(n % 2))
    assert review.level_until(days(patient), WORK, TODAY).value == 3.5


def test_how_tolerances_ended() -> None:
    patient = Patient()
    for n, stop in enumerate(("leg", "pain", "pain", None, "task")):
        patient.log(n)
        seen = Observation("sit", 20, at_least=stop == "task", stop=stop)
        patient.entries[-1] = patient.entries[-1]._replace(observations=(seen,))
    found = review.endings(days(patient), "sit", TODAY - timedelta(days=13), TODAY)
    assert (found.limits, found.named, found.bounds, found.said) == (4, (("pain", 2), ("leg", 1)), 1, 3)


# -- the baseline


def test_the_baseline_is_the_first_14_days_with_seven_recorded() -> None:
    patient = Patient()
    for n in (80, 70, 60, 59, 58, 57, 56, 55, 50, 49):
        patient.log(n, pain=n / 10)
    found = review.baseline(days(patient), PAIN)
    assert found is not None
    assert (found.first, found.last) == (TODAY - timedelta(days=60), TODAY - timedelta(days=47))
    assert found.recorded == 8
    assert found.value == pytest.approx((5.6 + 5.7) / 2)


def test_the_baseline_of_a_tolerance_has_five_limits() -> None:
    patient = Patient()
    for n in range(60, 50, -1):
        patient.log(n, sit_=90)
    for n in range(40, 30, -1):
        patient.log(n, sit=20)
    found = review.baseline(days(patient), SIT)
    assert found is not None
    assert found.first > TODAY - timedelta(days=50)
    assert found.value == 20


def test_there_may_be_no_baseline() -> None:
    assert review.baseline(days(Patient().pains([4, None] * 3)), PAIN) is None


@given(st.lists(st.integers(0, 120), max_size=40, unique=True))
def test_the_first_stretch_is_the_earliest_there_is(backs: list[int]) -> None:
    logged = sorted(TODAY - timedelta(days=n) for n in backs)
    found = review.first_stretch(((d, True) for d in logged), tolerance=False)
    enough = [d for d in logged if sum(0 <= (other - d).days < 14 for other in logged) >= 7]
    assert found == (enough[0] if enough else None)


# -- change


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        (6, 4, "clear"), (7, 5, "possible"), (5, 3.5, "possible"), (6, 5, "none"), (4, 4, "none"), (4, 6, "clear"),
        (2, 0.5, "clear"), (2, 1, "possible"), (2, 1.5, "none"), (1, 2.5, "clear"), (0, 1, "possible"), (10, 7, "clear"),
    ],
)  # fmt: skip
def test_pain_changes_by_points_and_share(then: float, now: float, word: str) -> None:
    assert review.verdict(PAIN, then, now) == word


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_clear_fall_of_pain_is_what_the_rules_call_meaningful(then: int, now: int) -> None:
    clear = review.verdict(PAIN, then / 2, now / 2) == "clear" and now < then
    assert clear == meaningful(then / 2, now / 2)


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        (20, 26, "clear"), (20, 25, "possible"), (20, 22, "none"), (3, 4, "clear"), (2, 2.6, "none"),
        (30, 35, "possible"), (30, 34, "none"), (30, 39, "clear"), (40, 28, "clear"), (40, 33, "possible"),
        (0, 5, "clear"),
    ],
)  # fmt: skip
def test_a_tolerance_changes_by_share_and_by_a_step(then: float, now: float, word: str) -> None:
    assert review.verdict(SIT, then, now) == word


def test_a_distance_needs_fifty_metres() -> None:
    assert review.verdict(FAR, 100, 140) == "none"
    assert review.verdict(FAR, 100, 150) == "clear"


def test_what_has_no_agreed_size_gets_no_word() -> None:
    found = review.change(SLEEP, level(400, 40, "sleep"), level(460, 0, "sleep"))
    assert (found.delta, found.verdict, found.better) == (60, None, True)


def test_a_change_has_a_direction_and_a_share() -> None:
    found = review.change(PAIN, level(5, 40), level(6))
    assert (found.delta, found.share, found.verdict, found.better) == (1, 0.2, "none", False)
    assert review.change(PAIN, level(5, 40), level(5)).better is None
    assert review.change(PAIN, level(0, 40), level(2)).share is None


@pytest.mark.parametrize(
    ("then", "now", "missing"),
    [
        (level(None, 40), level(4), "too few days"), (level(4, 40), level(None), "too few days"),
        (level(4, 13), level(3), "overlap"),
    ],
)  # fmt: skip
def test_no_change_is_told_without_two_levels_apart(then: Level, now: Level, missing: str) -> None:
    found = review.change(PAIN, then, now)
    assert (found.missing, found.delta, found.verdict) == (missing, None, None)


def test_stretches_side_by_side_do_not_overlap() -> None:
    assert review.change(PAIN, level(4, 14), level(3)).missing == ""


def test_the_words_of_each_rule() -> None:
    assert review.rule_words(SIT, 20) == "clear from 30 %, possible from 15 %"
    assert review.rule_words(PAIN, 5) == "clear from 2 points and 30 %, possible from one of them"
    assert review.rule_words(PAIN, 2.5) == "clear from 1.5 points, possible from 1"
    assert review.rule_words(SLEEP, 400) == ""
