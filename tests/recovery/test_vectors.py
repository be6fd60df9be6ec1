"""The rule engine test vectors of clinical.md, hand-checked there."""

from __future__ import annotations

import pytest
from tests.builders import Patient, ready

from spinetrack.recovery.flares import reference
from spinetrack.recovery.series import Days
from spinetrack.recovery.tolerances import baseline, next_quota

FOUR = [4.0] * 20
SWING = [4.0, 3.0] * 10


def test_1_an_emergency_silences_everything() -> None:
    assert Patient().gates().pains([9, 9, 9]).screen(0, yes=["CE2"]).rules(9) == ["RF-1"]


def test_2_three_days_are_too_few() -> None:
    assert Patient().gates().pains([5, 5, 5]).plan().screen(0).rules() == ["DQ-1"]


def test_3_one_high_day_is_a_spike() -> None:
    assert ready().pains([*FOUR, 6]).rules() == ["FL-1"]


def test_4_the_second_high_day_starts_a_flare() -> None:
    patient = ready().pains([*FOUR, 6, 6])
    assert patient.rules() == ["FL-2", "FL-3"]
    assert patient.today_of("sit") == 30
    flare = patient.assess().flare
    assert flare is not None
    assert (flare.cut, flare.excess) == (0.25, 2)


@pytest.mark.parametrize("day", range(7))
def test_5_the_dose_climbs_back_within_a_week(day: int) -> None:
    pains = [8, 7, 7, 7, 6, 6, 6][: day + 1]
    patient = ready()
    for n in range(day + 1):
        if n != 0:
            patient.screen(n)
        patient.log(n, pain=pains[day - n], flare=True if n == day else None)
    for n in range(20):
        patient.log(day + 1 + n, pain=4)
    assert patient.today_of("sit") == [20, 20, 20, 25, 30, 35, 40][day]
    if day == 0:
        assert patient.rules() == ["FL-2", "FL-3"]


def test_6_a_flare_by_the_patients_word() -> None:
    patient = ready().pains([*FOUR, None]).log(0, pain=5, flare=True)
    assert patient.rules() == ["FL-2", "FL-3"]
    assert patient.today_of("sit") == 30


def sessions(patient: Patient, name: str, dose: float, count: int = 4, **more: object) -> Patient:
    for n in range(1, count + 1):
        patient.done(n, name, dose, **more)  # type: ignore[arg-type]
    return patient


@pytest.mark.parametrize(("quota", "step"), [(20, 22), (8, 9), (30, 35), (45, 50), (60, 65), (100, 110)])
def test_7_to_10_a_rise(quota: float, step: float) -> None:
    patient = sessions(ready(walk=quota).pains(SWING), "walk", quota)
    found = patient.assess().suggestions
    assert [s.rule for s in found if s.priority <= 5] == ["PR-1"]
    assert [(c.before, c.after) for c in found[0].changes] == [(quota, step)]


def test_11_too_few_sessions_hold() -> None:
    patient = sessions(ready(walk=20).pains(SWING), "walk", 20, 2)
    assert patient.rules() == ["PR-3"]


def test_12_spread_steps_back_and_asks_again() -> None:
    patient = Patient().gates().plan(walk=40).pains(SWING).screen(6)
    patient.done(3, "walk", 40, spread=True).done(2, "walk", 40).done(1, "walk", 40, spread=True)
    assert patient.rules() == ["RF-4", "PR-4"]
    assert patient.today_of("walk") == 30


def test_16_an_open_flag_holds_everything() -> None:
    patient = sessions(ready(walk=20).pains(SWING), "walk", 20).screen(1, yes=["CE1"], hour=23)
    assert patient.rules(9) == ["RF-5"]
    assert patient.assess().plan == ()


@pytest.mark.parametrize(
    ("values", "first"),
    [([20, 25, 15], 15), ([5, 20, 12], 8), ([60, 70, 55, 65], 50), ([4, 3, 5], 3)],
)
def test_baseline(values: list[float], first: float) -> None:
    assert baseline(values) == first


def test_a_lower_bound_above_the_median_joins() -> None:
    assert baseline([30, 35, 40]) == 25
    assert baseline([30, 35, 40], [60]) == 30
    assert baseline([30, 35, 40], [20]) == 25
    assert baseline([30, 35], [60]) is None


@pytest.mark.parametrize("quota", range(1, 240))
def test_a_step_is_small(quota: int) -> None:
    step = next_quota(quota)
    if step is None:
        return
    assert quota < step <= quota + 10
    assert step <= 1.2 * quota or (quota < 5 and step == quota + 1)


def test_flare_vectors() -> None:
    base = [4.0] * 20
    assert ready().pains([*base, 4, 6, 5, 6]).assess().flare is not None
    assert ready().pains([*base, 4, 6, 5]).assess().flare is None
    spike = ready().pains([*base, 4, 6, 4, 4]).assess()
    assert (spike.flare, spike.flares) == (None, ())


def test_a_wide_spread_raises_the_threshold() -> None:
    """R 4 and a median absolute deviation of 1.5 give a threshold of 3.5: 8 is needed."""
    wide = Patient().pains([2.5, 5.5, 4.0, 2.5, 5.5, 4.0, 2.5, 5.5, 4.0, 2.5, 5.5, 0, 0, 0])
    days = Days(wide.diary())
    found = reference(days, wide.today)
    assert (found.pain, found.threshold, found.provisional) == (4, 3.5, False)
