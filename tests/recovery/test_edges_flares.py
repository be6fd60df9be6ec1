"""Flares at their edges: starts, calm days, the cut and the way back (clinical.md 5)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Patient
from tests.recovery.test_edges_reference import logged
from tests.recovery.test_flares import flare_of, patient

from spinetrack.recovery.findings import Flare
from spinetrack.recovery.flares import FlareReader
from spinetrack.recovery.series import Days

# How a flare starts


def test_the_reader_counts_two_points_unless_told_otherwise() -> None:
    found = patient([6, 6])
    diary = found.diary()
    reader = FlareReader(Days(diary), (), ())
    assert [f.how for f in reader.read(found.day(40), found.today)] == ["two of three days"]
    found.log(20, hour=20, pain=1)
    reader = FlareReader(Days(found.diary()), (), (), rise=3)
    assert reader.read(found.day(40), found.today) == []


def test_before_the_period_is_whole_only_the_patients_word_starts_one() -> None:
    def found(*, word: bool, settled: int) -> int:
        diary = patient([6, None]).log(0, pain=6, flare=word or None).diary()
        reader = FlareReader(Days(diary), (), ())
        first, today = Patient().day(40), Patient().today
        return len(reader.read(first, today, settled=Patient().day(settled)))

    assert found(word=False, settled=1) == 1
    assert found(word=False, settled=0) == 0, "the first of the two high days is not read"
    assert found(word=True, settled=-1) == 1


def test_a_settled_rise_of_three_points_counts_all_the_way() -> None:
    from spinetrack.recovery.diary import Setting

    found = patient([6, 6])
    row = Setting("flare-rise", "3", found.quotas[0].at, found.day(10))
    from spinetrack.recovery.facts import Facts

    facts = Facts(found.diary()._replace(settings=(row,)), found.entries[0].at, found.today)
    assert facts.flares == ()
    high = patient([7, 7])
    facts = Facts(high.diary()._replace(settings=(row,)), high.entries[0].at, high.today)
    assert len(facts.flares) == 1


def test_worst_pain_alone_can_start_one() -> None:
    def found(now: float, days: int = 2) -> Patient:
        made = Patient().gates().screen(0)
        for n in range(22):
            made.log(n, worst=now if n < days else 5)
        return made

    assert flare_of(found(8)).how == "two of three days"
    assert flare_of(found(8)).excess == 2
    assert flare_of(found(9)).worst_reference == 5
    assert found(7).assess().flare is None
    assert found(8, days=1).assess().flare is None


def test_worst_pain_below_its_own_threshold_starts_none() -> None:
    found = Patient().gates().screen(0).log(25, worst=1)
    for n in range(22):
        found.log(n, worst=7 if n < 2 else 5)
    assert found.assess().flare is None


@pytest.mark.parametrize(
    ("pains", "starts"), [([6, 5, 6], True), ([6, 5, 5, 6], False), ([6, 5, None, 6], True)]
)
def test_two_of_the_last_three_logged_days(pains: list[float | None], starts: bool) -> None:
    assert (patient(pains).assess().flare is not None) is starts


@pytest.mark.parametrize("metric", ["sit", "stand", "walk", "distance"])
@pytest.mark.parametrize(("now", "starts"), [(20, True), (20.5, False)])
def test_half_of_any_tolerance_with_high_pain_starts_one(metric: str, now: float, starts: bool) -> None:
    found = Patient().gates().screen(0).pains([4.0] * 20)
    found.entries.pop()
    for n in (3, 2, 1):
        found.log(n, hour=18, **{metric: 40})  # type: ignore[arg-type]
    found.log(0, pain=6, **{metric: now})  # type: ignore[arg-type]
    assert (found.assess().flare is not None) is starts
    if starts:
        assert flare_of(found).how == "pain and function"


def test_a_function_day_reads_two_weeks_and_the_best_of_each_day() -> None:
    def starts(*before: tuple[int, float], now: float = 20, **more: float) -> bool:
        found = Patient().gates().screen(0).pains([*[4.0] * 20, None])
        for n, value in before:
            found.log(n, hour=18, sit=value)
        found.log(0, hour=18, pain=6, sit=now).log(0, hour=19, pain=6, **more)  # type: ignore[arg-type]
        return found.assess().flare is not None

    assert starts((13, 60), (12, 60)), "20 is half of 60 or less"
    assert starts((13, 60)), "the middle of 20 and 60 is 40"
    assert not starts((13, 50)), "that of 20 and 50 is 35"
    assert not starts((14, 60)), "only today is left"
    assert not starts((2, 40), (2, 30), (1, 36)), "20 is more than half of 36"
    assert not starts((2, 40), (1, 40), now=10, sit=30), "the better one of today counts"
    assert starts((2, 40), (1, 40), sit_=30), "and a lower bound does not"


# What the patient said


def test_an_end_by_hand_bars_its_day_and_those_before() -> None:
    def found(*ends: int) -> Patient:
        made = patient([6, 6, 5, 6])
        for n in ends:
            made.flare_mark(n, "end")
        return made

    assert flare_of(found()).start == Patient().day(2)
    assert found(2).assess().flare is None, "the last two high days lie before the end or on it"
    assert flare_of(found(3)).start == Patient().today, "two high days are left among the last three"
    assert patient([6, 6, 6, 6]).flare_mark(3, "end").assess().flare is not None
    assert patient([6, 6]).flare_mark(0, "end").assess().flares == ()

    assert patient([6, 6, 6, 6]).flare_mark(1, "end").assess().flare is None, "one high day after the end"
    both = patient([6, 6]).flare_mark(1, "start").flare_mark(1, "end")
    assert both.assess().flare is None, "the day of the end counts no more"


def test_an_end_on_a_day_without_an_entry_counts() -> None:
    found = patient([6, 6, None]).flare_mark(0, "end").assess()
    assert (found.flare, [f.closed for f in found.flares]) == (None, [Patient().today])
    begun = patient([4, None]).flare_mark(0, "start").assess()
    assert begun.flare is not None
    assert begun.flare.start == Patient().today
    before = patient([None, None]).flare_mark(1, "end").assess()
    assert before.flares == ()


def test_a_start_and_an_end_of_one_day_are_a_flare_of_one_day() -> None:
    both = patient([4]).flare_mark(0, "start").flare_mark(0, "end").assess()
    assert both.flare is None
    assert [(f.start, f.closed, f.length) for f in both.flares] == [(Patient().today, Patient().today, 1)]


def test_a_called_day_is_tagged_and_moves_no_usual_pain() -> None:
    found = Patient().gates().screen(0)
    for n in range(31):
        found.log(n, pain=8 if n in {20, 18, 16} else 4, flare=True if n in {20, 18, 16} else None)
    ref = found.assess().facts.reference
    assert (ref.pain, ref.values) == (4, 23), "nor do the two days between them"


def test_the_calm_days_that_close_a_flare_are_usual_days_again() -> None:
    found = Patient().gates().screen(0)
    for n in range(31):
        found.log(n, pain=4, flare=True if n == 10 else None)
    facts = found.assess().facts
    assert facts.reference.values == 27, "only the called day is left out"
    assert [f.closed for f in facts.flares] == [found.day(8)]
    ended = found.flare_mark(10, "end").assess().facts
    assert ended.reference.values == 27
    assert [f.closed for f in ended.flares] == [found.day(10)]


# Calm days


@pytest.mark.parametrize(
    ("pains", "runs"), [([7, 6, 6], False), ([7, 6.5, 6], True), ([8, 7, 7], False), ([5, 5, 5], True)]
)
def test_without_a_usual_pain_a_day_is_calm_a_point_below_the_peak(pains: list[float], runs: bool) -> None:
    found = Patient().gates().plan().screen(0)
    for n, pain in enumerate(reversed(pains)):
        found.log(n, pain=pain, flare=True if n == 2 else None)
    assert (found.assess().flare is not None) is runs


def test_the_peak_grows_with_the_flare() -> None:
    found = (
        Patient()
        .gates()
        .plan()
        .screen(0)
        .log(3, pain=5, flare=True)
        .log(2, pain=8)
        .log(1, pain=7)
        .log(0, pain=7)
    )
    assert found.assess().flare is None
    unknown = Patient().gates().plan().screen(0).log(2, sleep=400, flare=True).log(1, pain=9).log(0, pain=9)
    flare = flare_of(unknown)
    assert (flare.peak, flare.excess, flare.cut) == (9, None, 0.5)
    assert flare.last_active == unknown.today


def test_a_day_without_pain_is_not_active() -> None:
    found = patient([6, 6]).assess().flares[0]
    assert found.last_active == Patient().today
    quiet = patient([6, 6, None]).log(0, sleep=400).assess().flares[0]
    assert quiet.last_active == Patient().day(1)


@pytest.mark.parametrize(("gap", "flares", "length"), [(7, 1, 1), (8, 1, 1)])
def test_a_week_of_silence_does_not_close_a_flare_and_a_day_more_does(
    gap: int, flares: int, length: int
) -> None:
    found = patient([6, 6, *[None] * (gap - 1), 4]).assess()
    assert (found.flare is not None) is (gap == 7)
    assert (len(found.flares), found.flares[0].length) == (flares, length)


def test_two_missing_days_in_a_row_count_and_three_do_not() -> None:
    assert patient([7, 7, None, None, 7]).assess().flares[-1].length == 4
    assert patient([7, 7, None, None, None, 7]).assess().flares[-1].length == 2


def test_a_called_day_is_never_calm() -> None:
    found = patient([6, 6, 5, None]).log(0, pain=5, flare=True)
    assert flare_of(found).last_active == found.today
    assert flare_of(patient([None, 5]).log(1, pain=4, flare=True)).peak == 5, "the highest pain so far"


def test_the_last_active_day_stays_out_of_the_usual_pain() -> None:
    found = Patient().gates().screen(0).pains([*[4.0] * 20, 7, 7, 7, *[4.0] * 8])
    assert found.assess().facts.reference.values == 26


def test_the_peak_of_a_closed_flare_is_that_of_its_active_days() -> None:
    found = patient([7, 7, 4, 4, 9]).assess()
    assert next((f.peak, f.closed) for f in found.flares) == (7, Patient().day(1))


# Limb pain


@pytest.mark.parametrize(("limb", "cut"), [(3, 0.25), (6, 0.5), (7, 0.5), (5.5, 0.25)])
def test_limb_pain_at_least_as_high_as_pain_takes_half(limb: float, cut: float) -> None:
    assert flare_of(patient([6, 6]).log(0, hour=20, limb=limb)).cut == cut


def test_limb_pain_of_three_is_the_least_that_leads() -> None:
    def cut(limb: float, **pain: float) -> float:
        return flare_of(patient([4, None]).log(0, limb=limb, flare=True, **pain)).cut  # type: ignore[arg-type]

    assert (cut(3), cut(2.9), cut(3, pain=3), cut(3, pain=3.5)) == (0.5, 0.25, 0.5, 0.25)
    later = flare_of(patient([6, 6, 6, 6, 6]).log(0, hour=20, limb=7))
    assert later.limb is False, "only flare days 0 to 2 count"
    long = logged(range(1, 31), pain=4, limb=4).gates().plan().screen(0).log(0, pain=6, flare=True)
    assert flare_of(long).limb is True, "it led over the week before"


# The cut


def test_the_larger_of_pain_and_worst_pain_counts() -> None:
    def excess(pain: float, worst: float) -> float | None:
        found = Patient().gates().plan().screen(0)
        for n in range(2, 24):
            found.log(n, pain=4, worst=5)
        return flare_of(found.log(1, pain=6, worst=5).log(0, pain=pain, worst=worst, flare=True)).excess

    assert (excess(7, 8), excess(6, 9), excess(6, 6)) == (3, 3, 2)
    low = patient([4, None]).log(0, pain=1, flare=True)
    assert flare_of(low).excess == -3
    assert flare_of(patient([4, None]).log(0, worst=9, flare=True)).excess is None, "no usual worst pain"


@pytest.mark.parametrize(("pain", "cut"), [(7, 0.25), (8, 0.5)])
def test_without_a_usual_pain_eight_takes_half(pain: float, cut: float) -> None:
    flare = flare_of(Patient().gates().plan().log(0, pain=pain, flare=True).screen(0))
    assert (flare.excess, flare.cut) == (None, cut)


# The way back


def on_the_way(pains: list[float], **more: Any) -> Flare:  # noqa: ANN401
    return patient([*pains], **more).assess().flares[-1]


@pytest.mark.parametrize(
    ("pains", "steps"),
    [
        ([8, 8, 8, 8], 0), ([8, 8, 8, 8, 8], 0), ([8, 8, 8, 8, 7], 1), ([8, 8, 8, 7, 7.5], 0), ([8, 8, 8, 6.5, 7], 0),
        ([8, 8, 8, 7, 7, 7], 1), ([8, 8, 8, 7, 7, 6.5], 1), ([8, 8, 8, 7, 7, 6], 2), ([6, 6, 6, 6, 5], 1),
        ([6, 6, 6, 6, 6], 0), ([9, 9, 9, 9, 8, 6, 6, 6, 6, 6], 4), ([7, 7, 4, 4, 4, 4, 4, 4, 4], 4),
    ],
)  # fmt: skip
def test_a_step_back_up_needs_an_eased_day_no_worse_than_the_last(pains: list[float], steps: int) -> None:
    assert on_the_way(pains).steps == steps


def test_the_last_day_lies_at_most_two_back() -> None:
    assert patient([8, 8, 8, 7, None, 7]).assess().flares[-1].steps == 1
    assert patient([8, 8, 8, None, None, 7]).assess().flares[-1].steps == 0
    assert patient([8, 8, 8, 6, 7, 6.5]).assess().flares[-1].steps == 1, "the nearer one of the two counts"


def test_past_the_first_step_limb_symptoms_must_not_be_worse() -> None:
    def steps(limb_day: int) -> int:
        found = patient([8, 8, 8, 7, 7, 6, 6]).log(40, sleep=400)
        return found.log(limb_day, hour=8, limb=2).screen(limb_day).screen(0).assess().flares[-1].steps

    assert steps(0) == 2
    assert steps(1) == 1
    assert steps(7) == 2, "it stops the steps of a week"
    assert steps(8) == 3


@pytest.mark.parametrize(
    ("pains", "steps"),
    [
        ([8, 8, 8, 7], 1),
        ([8, 8, 8, 7.5], 0),
        ([8, 8, 8, 7, 7], 1),
        ([8, 8, 8, 7, 6], 2),
        ([8, 8, 8, 7, 6.5], 1),
    ],
)
def test_without_a_usual_pain_the_way_back_goes_by_the_peak(pains: list[float], steps: int) -> None:
    found = Patient().gates().plan()
    for n, pain in enumerate(reversed(pains)):
        found.log(n, pain=pain, flare=True if n == len(pains) - 1 else None).screen(n)
    assert found.assess().flares[-1].steps == steps


def test_from_day_seven_a_flare_that_has_not_climbed_back_stops_at_ninety_percent() -> None:
    slow = [8, 8, 8, 8, 8, 7, 6, 6, 6]
    assert [on_the_way([*slow, *[6.0] * k]).level for k in (0, 1)] == [0.9, 0.9]
    assert on_the_way([*slow, 5, 5]).level == 1, "closed, it is whole"
