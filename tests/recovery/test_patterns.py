"""What goes with what: the vectors of clinical.md 3.4, and each link where it begins to count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from tests.builders import TODAY, Patient, ready

from spinetrack.recovery import patterns
from spinetrack.recovery.series import Days
from spinetrack.recovery.stats import mean, sample_sd

EVEN = [30, 32, 28, 31, 30, 29, 33, 30, 31, 28, 30, 32, 29, 31]
BOOMBUST = [80, 10, 5, 20, 75, 10, 0, 25, 90, 5, 10, 30, 85, 10]
RAMP = list(range(20, 34))


def active(values: Sequence[float | None], metric: str = "active") -> Patient:
    """Return a patient with one value a day, today's the last, and pain that is known for longer."""
    patient = ready()
    for n, value in enumerate(reversed(values)):
        patient.log(n, pain=4 - n % 2, **({} if value is None else {metric: value}))  # type: ignore[arg-type]
    for n in range(len(values), 25):
        patient.log(n, pain=4 - n % 2)
    return patient


def days(patient: Patient) -> Days:
    return Days(patient.diary())


def fires(patient: Patient, rule: str) -> bool:
    found = patient.assess()
    return rule in {s.rule for s in found.suggestions} | {h.suggestion.rule for h in found.held}


# -- boom and bust ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "average", "sd", "cv", "rmssd", "booms", "pairs"),
    [
        (EVEN, 30.29, 1.49, 0.049, 2.59, 0, 0),
        (BOOMBUST, 32.50, 33.90, 1.043, 50.88, 6, 4),
        (RAMP, 26.5, 4.18, 0.158, 1.0, 0, 0),
    ],
    ids=["even", "boombust", "ramp"],
)
def test_the_vectors_of_boom_and_bust(
    values: list[int], average: float, sd: float, cv: float, rmssd: float, booms: int, pairs: int
) -> None:
    found = patterns.boom_bust(days(active(values)), TODAY)
    assert found is not None
    assert mean(values) == pytest.approx(average, abs=0.005)
    assert sample_sd(values) == pytest.approx(sd, abs=0.005)
    assert found.cv == pytest.approx(cv, abs=0.0005)
    assert found.rmssd == pytest.approx(rmssd, abs=0.005)
    assert (len(found.booms), len(found.pairs), found.logged) == (booms, pairs, 14)
    assert found.flagged is (pairs == 4)


def test_the_usual_day_of_the_boom_vector() -> None:
    found = patterns.boom_bust(days(active(BOOMBUST)), TODAY)
    assert found is not None
    assert found.usual == 15
    first = TODAY - timedelta(days=13)
    assert found.pairs[0] == (first, first + timedelta(days=2))


@pytest.mark.parametrize(("values", "speaks"), [(EVEN, False), (BOOMBUST, True), (RAMP, False)])
def test_pa_1_speaks_of_boom_and_bust_alone(values: list[int], speaks: bool) -> None:
    assert fires(active(values), "PA-1") is speaks


def test_one_pair_is_no_pattern() -> None:
    assert fires(active([30] * 11 + [100, 5, 30]), "PA-1") is False
    found = patterns.boom_bust(days(active([30] * 11 + [100, 5, 30])), TODAY)
    assert found is not None
    assert len(found.pairs) == 1
    assert not found.flagged


def test_a_bust_comes_within_two_days() -> None:
    near = patterns.boom_bust(days(active([30] * 10 + [100, 30, 5, 30])), TODAY)
    late = patterns.boom_bust(days(active([30] * 9 + [100, 30, 30, 5, 30])), TODAY)
    assert near is not None
    assert late is not None
    assert (len(near.pairs), len(late.pairs)) == (1, 0)


def test_boom_and_bust_needs_ten_of_14_days_and_14_of_28() -> None:
    enough: list[float | None] = [*([30.0] * 4), *([None] * 4), *([30.0] * 10)]
    assert patterns.boom_bust(days(active(enough)), TODAY) is not None
    nine = [*([30.0] * 9), *([None] * 5), *([30.0] * 9)]
    assert patterns.boom_bust(days(active(nine)), TODAY) is None
    thirteen = [*([30.0] * 3), *([None] * 4), *([30.0] * 10)]
    assert patterns.boom_bust(days(active(thirteen)), TODAY) is None


def test_steps_stand_in_for_minutes() -> None:
    found = patterns.boom_bust(days(active([v * 100 for v in BOOMBUST], "steps")), TODAY)
    assert found is not None
    assert (found.metric, len(found.pairs)) == ("steps", 4)


# -- sleep -----------------------------------------------------------------------------------------


def nights(poor: Sequence[float], good: float = 4, lately: int = 3) -> Patient:
    """Return 28 nights: those in `poor` short, with the pain of the day after, `lately` of them this week."""
    when = [*range(lately), *range(8, 8 + len(poor) - lately)]
    pains = dict(zip(when, poor, strict=True))
    patient = ready()
    for n in range(28):
        patient.log(n, pain=pains.get(n, good), sleep=300 if n in pains else 420)
    return patient


@pytest.mark.parametrize(
    ("poor", "lately", "speaks"),
    [
        ([5, 5, 5, 5], 3, True),  # exactly 1.0 higher
        ([5, 5, 5, 4], 3, False),  # 0.75
        ([5, 5, 5], 3, False),  # three nights
        ([5, 5, 5, 5], 2, False),  # two of them in the last seven
    ],
)
def test_sl_1_begins_at_its_thresholds(poor: list[float], lately: int, speaks: bool) -> None:
    patient = nights(poor, lately=lately)
    assert fires(patient, "SL-1") is speaks
    link = patterns.after_poor_nights(days(patient), TODAY)
    assert (len(link.with_it), len(link.without)) == (len(poor), 28 - len(poor))
    assert link.difference == pytest.approx(mean(poor) - 4)


def test_a_night_is_poor_by_its_hours_or_by_its_quality() -> None:
    patient = Patient().log(0, sleep=359).log(1, sleep=360).log(2, sleepq=4).log(3, sleepq=5).log(4, pain=3)
    found = [patterns.is_poor_night(days(patient), patient.day(n)) for n in range(5)]
    assert found == [True, False, True, False, None]


# -- stress ----------------------------------------------------------------------------------------


def stressed(after: Sequence[float], stress: float = 7) -> Patient:
    """Return a patient whose stressed days, the last five days ago, were followed by these pains."""
    when = {5 * (place + 1): pain for place, pain in enumerate(reversed(after))}
    patient = ready()
    for n in range(32):
        patient.log(n, pain=when.get(n + 1, 4), stress=stress if n in when else 2)
    return patient


@pytest.mark.parametrize(
    ("after", "stress", "speaks"),
    [
        ([6, 6, 4, 6], 7, True),
        ([6, 6, 4, 5], 7, False),  # two of four reach usual + 2
        ([6, 6, 6], 7, False),  # three episodes
        ([6, 6, 4, 6], 6, False),  # stress below 7
        ([4, 6, 6, 4, 6], 7, True),  # the last four count
    ],
)
def test_md_2_begins_at_its_thresholds(after: list[float], stress: float, speaks: bool) -> None:
    assert fires(stressed(after, stress), "MD-2") is speaks


def test_stress_is_set_against_the_next_day() -> None:
    patient = stressed([6, 6, 6, 6])
    episodes = patterns.stress_episodes(days(patient), TODAY)
    assert [pain for _, pain in episodes] == [6, 6, 6, 6]
    link = patterns.after_stress(days(patient), TODAY)
    assert (link.with_it, mean(link.without)) == ((6, 6, 6, 6), 4)


# -- the shape of days and weeks -----------------------------------------------------------------


def mornings(count: int, morning: float, evening: float) -> Patient:
    patient = Patient()
    for n in range(count):
        patient.log(n, pain=morning, hour=8).log(n, pain=evening, hour=20)
    return patient


def test_morning_and_evening_need_seven_days_with_both() -> None:
    assert patterns.morning_evening(days(mornings(6, 3, 5)), TODAY) is None
    assert patterns.morning_evening(days(mornings(7, 3, 5)), TODAY) == (2, 7)
    assert patterns.morning_evening(days(mornings(14, 5, 3)), TODAY) == (-2, 14)
    noon = Patient()
    for n in range(14):
        noon.log(n, pain=3, hour=12)
    assert patterns.morning_evening(days(noon), TODAY) is None


def test_weekdays_need_three_of_a_kind() -> None:
    patient = Patient().pains([4.0] * 14 + [5, *([4.0] * 6)])
    found = patterns.weekdays(days(patient), TODAY)
    assert set(found) == set(range(7))
    assert found[(TODAY - timedelta(days=6)).weekday()] == (4, 3)
    assert patterns.weekdays(days(Patient().pains([4] * 20)), TODAY).keys() == set(range(7)) - {1}


def test_activity_is_cut_at_the_usual_day() -> None:
    patient = Patient()
    for n in range(14):
        patient.log(n, pain=6 if n % 2 else 4, active=60 if n % 2 else 20)
    found = patterns.on_active_days(days(patient), TODAY)
    assert found is not None
    metric, of = found
    assert (metric, len(of.with_it), len(of.without), of.difference) == ("active", 7, 7, 2)


def test_a_factor_is_a_word_in_a_note() -> None:
    patient = Patient()
    for n in range(16):
        note = "long drive, (#Garden)!" if n % 2 else "# and #"
        patient.log(n, pain=6 if n % 2 else 4, note=note)
    same = patterns.factor_days(days(patient), TODAY)
    after = patterns.factor_days(days(patient), TODAY, lag=1)
    assert set(same) == {"#garden"}
    assert same["#garden"].difference == 2
    assert after["#garden"].difference == -2
    assert same["#garden"].enough(7)
    assert not same["#garden"].enough(9)


def test_a_day_without_pain_is_not_compared() -> None:
    patient = Patient().log(1, sleep=300).log(0, sleep=300, pain=5)
    assert patterns.after_poor_nights(days(patient), TODAY).with_it == (5,)
