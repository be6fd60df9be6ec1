"""Flares: how they start, end, cut and climb back (clinical.md 5.2, 5.3, FL-3, FL-5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.builders import Patient

from spinetrack.recovery.findings import Flare
from spinetrack.recovery.flares import cut_for, lengthening, level_on, ramp_ahead, reference
from spinetrack.recovery.series import Days

FOUR: list[float | None] = [4.0] * 20


def patient(pains: list[float | None], *, screened: bool = True, **more: float) -> Patient:
    found = Patient().gates().plan().pains([*FOUR, *pains], **more)
    for n in range(len(pains) if screened else 0):
        found.screen(n)
    return found


def flare_of(found: Patient) -> Flare:
    flare = found.assess().flare
    assert flare is not None
    return flare


@pytest.mark.parametrize(
    ("excess", "limb", "pain", "cut"),
    [
        (2, False, 6, 0.25), (2.9, False, 6, 0.25), (3, False, 7, 0.4), (3.9, False, 7, 0.4), (4, False, 8, 0.5),
        (0, True, 4, 0.5), (None, False, 7, 0.25), (None, False, 8, 0.5), (None, True, None, 0.5), (None, False, None, 0.25),
    ],
)  # fmt: skip
def test_the_cut_goes_by_size(excess: float | None, limb: bool, pain: float | None, cut: float) -> None:
    assert cut_for(excess, limb=limb, pain=pain) == cut


@pytest.mark.parametrize(
    ("cut", "levels"),
    [(0.5, [50, 50, 50, 62.5, 75, 87.5, 100]), (0.25, [75, 75, 75, 81.25, 87.5, 93.75, 100])],
)
def test_the_ramp_vectors(cut: float, levels: list[float]) -> None:
    found = [100 * level_on(cut, day, max(0, day - 2), running=True) for day in range(7)]
    assert found == pytest.approx(levels)


def test_after_a_week_the_ceiling_is_ninety_percent_while_it_runs() -> None:
    assert level_on(0.5, 7, 4, running=True) == 0.9
    assert level_on(0.5, 7, 4, running=False) == 1
    assert level_on(0.5, 8, 2, running=True) == 0.75


def test_the_reference_needs_five_values_and_is_provisional_below_ten() -> None:
    def of(count: int) -> float | None:
        found = Patient().pains([*([4.0] * count), None, None, None])
        return reference(Days(found.diary()), found.today).pain

    assert [of(4), of(5)] == [None, 4]
    few = Patient().pains([*([4.0] * 9), None, None, None])
    assert reference(Days(few.diary()), few.today).provisional


def test_flare_days_do_not_move_the_reference() -> None:
    assert flare_of(patient([7.0] * 12)).reference == 4


def test_a_larger_pain_on_day_two_deepens_the_cut_and_on_day_three_does_not() -> None:
    assert flare_of(patient([6, 6, 6, 8])).cut == 0.5
    assert flare_of(patient([6, 6, 6, 6, 8])).cut == 0.25


def test_worst_pain_counts_three_above_its_own_reference() -> None:
    found = Patient().gates().plan().screen(0)
    for n in range(22):
        found.log(n, pain=4, worst=8 if n < 2 else 5)
    flare = flare_of(found)
    assert (flare.excess, flare.cut) == (2, 0.25)


def test_leading_limb_pain_takes_half() -> None:
    found = patient([6, 6]).log(0, hour=20, limb=6)
    assert flare_of(found).cut == 0.5


def test_pain_with_a_halved_tolerance_is_a_flare() -> None:
    found = Patient().gates().plan().screen(0)
    for n in range(1, 20):
        found.log(n, pain=4, sit=40)
    assert found.log(0, pain=6, sit=20).assess().flare is not None
    found.entries.pop()
    assert found.log(0, pain=6, sit=21).assess().flare is None
    assert found.skip(0, "walk", "pain").assess().flare is not None


def test_two_high_days_a_week_apart_are_two_spikes() -> None:
    assert patient([6, None, None, None, None, None, None, 6]).assess().flare is None
    assert patient([6, None, None, None, None, None, 6]).assess().flare is not None


def test_it_ends_after_two_calm_days_and_a_called_day_is_not_calm() -> None:
    assert patient([6, 6, 5, 5]).assess().flare is None
    called = patient([6, 6, 5]).log(0, hour=20, pain=5, flare=True)
    assert called.assess().flare is not None


def test_a_day_without_pain_is_no_calm_day() -> None:
    found = patient([6, 6, 5, None]).log(0, sleep=400)
    assert found.assess().flare is not None


def test_what_was_ended_by_hand_does_not_start_again_by_itself() -> None:
    ended = patient([6, 6]).flare_mark(0, "end")
    assert ended.assess().flare is None
    ended = patient([6, 6, 6]).flare_mark(1, "end")
    assert ended.assess().flare is None
    ended = patient([6, 6, 6, 6]).flare_mark(2, "end")
    assert flare_of(ended).start == ended.day(0)
    assert flare_of(patient([6, 6]).flare_mark(0, "end").flare_mark(0, "start")).how == "said"


def test_without_answers_the_ramp_stops_at_its_first_step() -> None:
    pains: list[float | None] = [8, 8, 7, 7, 6, 6, 6, 6]
    silent = patient(pains, screened=False).screen(6)
    assert silent.today_of("sit") == 25
    assert patient(pains).today_of("sit") == 40


def test_a_worse_day_stops_the_climb_and_takes_nothing_back() -> None:
    assert patient([6, 6, 6, 6, 6]).today_of("sit") == 30
    assert patient([8, 8, 8, 7, 7, 8]).today_of("sit") == patient([8, 8, 8, 7, 7]).today_of("sit")


def test_a_day_without_pain_keeps_the_step() -> None:
    assert patient([8, 8, 7, 7, 7, None]).today_of("sit") == 25


def test_the_ramp_goes_on_after_the_flare_has_closed() -> None:
    found = patient([7, 7, 4, 4])
    assert found.assess().flare is None
    assert found.today_of("sit") == 20
    assert patient([7, 7, 4, 4, 4, 4, 4]).today_of("sit") == 35
    assert patient([7, 7, 4, 4, 4, 4, 4, 4]).today_of("sit") == 40


def test_adjust_sets_one_dose_and_ignore_gives_the_plan_back() -> None:
    hurt: list[float | None] = [8, 8]
    assert patient(hurt).today_of("sit") == 20
    adjusted = patient(hurt).decide(0, "FL-3", "adjust", (("sit", 25),))
    assert (adjusted.today_of("sit"), adjusted.today_of("walk")) == (25, 20)
    assert patient(hurt).decide(0, "FL-3", "follow").today_of("sit") == 20
    assert patient(hurt).decide(0, "FL-3", "ignore").today_of("sit") == 40


def test_the_way_back_can_be_seen_ahead() -> None:
    found = patient([8, 8])
    flare = flare_of(found)
    ahead = list(ramp_ahead(flare, found.today).values())
    assert ahead == pytest.approx([0.5, 0.5, 0.5, 0.625, 0.75, 0.875, 1])
    assert max(ramp_ahead(flare, found.today)) == flare.start + timedelta(days=6)


def test_three_flares_that_grow() -> None:
    assert lengthening([9, 1, 2, 3])
    assert not lengthening([1, 2, 2])
    assert not lengthening([1, 2])
