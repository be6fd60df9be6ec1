"""Doses at their edges: what was done, what lowers and raises a dose, and the order of the plan."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Patient, at, ready
from tests.recovery.test_edges_engine import STEADY, context, steady
from tests.recovery.test_rules import SWING, base, walked
from tests.recovery.test_rules_course import found_at_all, trainee

from spinetrack.recovery.diary import Setting
from spinetrack.recovery.findings import Suggestion
from spinetrack.recovery.pacing import Planned, baseline_of
from spinetrack.recovery.tolerances import baseline, floor_dose, next_quota


def planned(patient: Patient, name: str = "walk") -> Planned:
    found = context(patient).planned(name)
    assert found is not None
    return found


def said(patient: Patient, rule: str) -> Suggestion:
    found = patient.assess()
    return next(s for s in (*found.suggestions, *(h.suggestion for h in found.held)) if s.rule == rule)


def change_last(patient: Patient, **more: Any) -> Patient:  # noqa: ANN401
    patient.sessions[-1] = patient.sessions[-1]._replace(**more)
    return patient


# The grid


@pytest.mark.parametrize(
    ("value", "dose"),
    [
        (0.5, 1),
        (9.9, 9),
        (10, 10),
        (10.9, 10),
        (14.9, 10),
        (59, 55),
        (60, 60),
        (61, 60),
        (69, 60),
        (70, 70),
        (119, 110),
    ],
)
def test_lowered_doses_round_down(value: float, dose: float) -> None:
    assert floor_dose(value) == dose


@pytest.mark.parametrize(
    ("limits", "bounds", "first"),
    [
        ([10, 20, 30], [], 15), ([10, 20, 31], [], 10), ([30, 35, 40], [35], 25), ([20] * 7, [60] * 8, 15),
        ([20, 20, 20, 20, 50], [55] * 4, 15), ([20, 20, 20], [60] * 4, 45), ([20, 20, 20], [60, 60, 60, 20], 30),
        ([5, 5, 60, 20, 20, 20, 20, 20, 20], [], 15),
    ],
)  # fmt: skip
def test_a_baseline_of_three_to_seven(limits: list[float], bounds: list[float], first: float) -> None:
    assert baseline(limits, bounds) == first


@pytest.mark.parametrize(
    ("quota", "ceiling", "percent", "step"),
    [
        (4, None, 10, 5), (5, None, 10, 6), (1, None, 20, 2), (28, None, 10, 30), (27.5, None, 10, 30),
        (25, None, 20, 30), (26, None, 20, 30), (32, None, 5, 35), (45, 48, 10, 48), (100, 105, 10, 105), (24, None, 25, None),
        (4, None, 40, 5),
    ],
)  # fmt: skip
def test_a_step_at_its_bounds(
    quota: float, ceiling: float | None, percent: float, step: float | None
) -> None:
    assert next_quota(quota, ceiling, percent) == step


def test_a_step_is_a_tenth_unless_told_otherwise() -> None:
    assert [next_quota(q) for q in (19, 29, 91)] == [20, 30, 100]


def test_the_share_of_a_step_is_a_setting() -> None:
    patient = walked(4)
    diary = patient.diary()._replace(
        settings=(Setting("step-percent", "20", at(patient.today, 8), patient.today),)
    )
    from spinetrack.recovery.assess import assess

    found = assess(diary, at(patient.today, 22), patient.today).suggestions
    assert [(c.before, c.after) for s in found if s.rule == "PR-1" for c in s.changes] == [(20, 24)]


# The first dose


def timed(*days: int, sit: float = 20) -> Patient:
    patient = Patient().gates().screen(0).pains(SWING)
    for n in days:
        patient.log(n, sit=sit)
    return patient


def test_timed_values_count_for_fourteen_days() -> None:
    assert "PR-0" in timed(13, 2, 1).rules()
    assert "PR-0" not in timed(14, 2, 1).rules()
    assert "DQ-3" in timed(14, 2, 1).rules()
    assert "DQ-3" not in timed(13, 2, 1).rules()


def test_a_bound_is_shown_and_is_no_timed_value() -> None:
    patient = timed(14, 3, 2, 1).log(4, sit_=60)
    assert [f.value for f in said(patient, "PR-0").why] == ["60+ 20 20 20"]
    assert [f.value for f in said(timed(2, 1).log(3, sit_=60), "DQ-3").why] == [2]


def test_sessions_done_as_planned_raise_the_baseline() -> None:
    patient = ready(walk=40).log(3, walk=20).log(2, walk=20).log(1, walk=20).pains(SWING)
    assert planned(patient).baseline_now == 15
    for n in range(1, 5):
        patient.done(n, "walk", 60)
    assert planned(patient).baseline_now == 45
    facts = context(patient).facts
    first = at(patient.day(13), 4)
    assert baseline_of(facts, "walk", [(first, 60)] * 4) == 45
    before = first.replace(hour=3)
    assert baseline_of(facts, "walk", [(before, 60)] * 4) == 15


# What was done


@pytest.mark.parametrize(
    ("more", "good"),
    [({}, 4), ({"minimum": True}, 3), ({"stop": "leg"}, 3), ({"stop": "pain"}, 4), ({"dose": 19.9}, 3)],
)
def test_a_good_session_reaches_its_dose_without_the_leg_ending_it(more: dict[str, Any], good: int) -> None:
    assert len(planned(change_last(walked(4), **more)).done_ok_in_week()) == good


def test_a_session_of_before_the_plan_is_none() -> None:
    patient = Patient().gates().screen(0).pains(SWING).quota("walk", 20, 2)
    patient.done(3, "walk", 30).done(2, "walk", 20).done(1, "walk", 20)
    assert [planned(patient).done_ok(s) for s in patient.sessions] == [False, True, True]


def test_an_exercise_is_done_with_all_its_sets() -> None:
    held = trainee(hold=20)
    for dose in (59, 60):
        held.did(1, dose)
    assert [planned(held, "bridge").done_ok(s) for s in held.sessions] == [False, True]
    once = trainee(sets=0).did(1, 8)
    assert planned(once, "bridge").done_ok(once.sessions[0])


@pytest.mark.parametrize(("next_pain", "settled"), [(4, True), (5, True), (5.5, None)])
def test_a_session_without_an_answer_settled_if_the_next_morning_is_at_most_one_above(
    next_pain: float, settled: bool | None
) -> None:
    patient = ready().pains([*STEADY[2:], None, 9])
    patient.log(1, hour=8, pain=next_pain).log(1, hour=20, pain=9)
    patient.done(2, "walk", 40, settled=None).done(3, "walk", 40, settled=False)
    assert [planned(patient).settled(s) for s in planned(patient).sessions] == [False, settled]


def test_unknown_without_a_usual_pain_or_a_next_morning() -> None:
    young = ready().pains([4, 4]).done(1, "walk", 40, settled=None)
    assert planned(young).settled(young.sessions[0]) is None
    late = steady().done(0, "walk", 40, settled=None)
    assert planned(late).settled(late.sessions[0]) is None


def test_adherence_counts_once_the_dose_is_seven_days_old() -> None:
    def share(n: int, sessions: int = 3) -> float | None:
        patient = Patient().gates().screen(0).pains(SWING).quota("walk", 20, n)
        for k in range(1, sessions + 1):
            patient.done(k, "walk", 20)
        return planned(patient).adherence()

    assert (share(6), share(7), share(7, 6)) == (None, 0.75, 1)


def test_adherence_stands_still_while_a_flare_day_lies_in_its_week() -> None:
    def share(flare_day: int) -> float | None:
        patient = ready().screen(flare_day)
        for n in range(30, -1, -1):
            patient.log(n, pain=4, flare=True if n == flare_day else None)
        return planned(patient).adherence()

    assert (share(7), share(8)) == (None, 0)


# A rise


def test_three_good_days_and_four_fifths_are_enough() -> None:
    patient = Patient().gates().screen(0).pains(SWING).quota("walk", 20, per_week=3)
    for n in (5, 3, 1):
        patient.done(n, "walk", 20, pain=5)
    assert "PR-1" in patient.rules()
    five = Patient().gates().screen(0).pains(SWING).quota("walk", 20, per_week=5)
    for n in (4, 3, 2, 1):
        five.done(n, "walk", 20)
    assert "PR-1" in five.rules(), "4 of 5 is 80 %"
    assert "80" in [str(f.value) for f in said(five, "PR-1").why]


def test_two_good_days_are_not() -> None:
    patient = Patient().gates().screen(0).pains(SWING).quota("walk", 20, per_week=2)
    patient.done(3, "walk", 20).done(1, "walk", 20)
    assert not found_at_all(patient, "PR-1")


@pytest.mark.parametrize(("unknown", "rises"), [(1, True), (2, False)])
def test_four_of_five_settled(unknown: int, rises: bool) -> None:
    patient = ready(walk=20).pains([*SWING[:-6], None, None, None, None, None, 3])
    for n in range(1, 6):
        patient.done(n, "walk", 20, settled=None if n <= unknown else True)
    patient.log(0, hour=8, pain=9)
    patient.entries[-2], patient.entries[-1] = patient.entries[-1], patient.entries[-2]
    assert found_at_all(patient, "PR-1") is rises


@pytest.mark.parametrize(("pain", "rises"), [(5, True), (6, False), (None, False)])
def test_pain_during_is_at_most_five_and_known_three_times(pain: int | None, rises: bool) -> None:
    patient = ready(walk=20).pains(SWING)
    for n in range(1, 5):
        patient.done(n, "walk", 20, pain=pain if n <= 2 else 3)
    assert found_at_all(patient, "PR-1") is rises


def radicular(pain: int, *, limb: float = 4) -> Patient:
    """Limb pain as high as pain, for longer than four weeks."""
    patient = ready(walk=20)
    for n in range(40, -1, -1):
        patient.log(n, pain=4, limb=limb)
    for n in range(1, 5):
        patient.done(n, "walk", 20, pain=pain)
    return patient


def test_with_leading_limb_pain_the_bounds_are_lower() -> None:
    assert found_at_all(radicular(3), "PR-1")
    assert not found_at_all(radicular(4), "PR-1")
    assert planned(radicular(3)).hold is None
    assert planned(radicular(4)).hold == "pain 4 during a session"
    assert planned(radicular(5)).hold == "pain 5 during a session"
    back = planned(radicular(6)).step_back
    assert back is not None
    assert (back.share, back.dose) == (0.8, 15)
    assert planned(radicular(5, limb=3)).hold is None, "pain leads"


def test_the_longest_unchanged_goes_first_then_walking() -> None:
    def first(**days: int) -> str:
        patient = Patient().gates().screen(0).pains(SWING)
        for name, n in days.items():
            patient.quota(name, 20, n)
            for k in range(1, 5):
                patient.done(k, name, 20)
        return said(patient, "PR-1").subject

    assert first(sit=10, stand=10, walk=10) == "walk"
    assert first(sit=10, stand=10) == "stand"
    assert first(sit=20, walk=10) == "sit"
    assert first(stand=15, walk=10, sit=14) == "stand"


def test_the_sum_of_a_rise_is_shown() -> None:
    assert said(walked(4, 8), "PR-1").sum == "8 + 1 = 9, rounded down: 9"
    assert said(walked(4, 15), "PR-1").sum == "15 + 1.5 = 16.5, rounded down: 16"
    assert said(walked(4, 60), "PR-1").sum == "60 + 6 = 66, rounded down: 65"
    assert said(walked(4, 120), "PR-1").sum == "120 + 10 = 130, rounded down: 130"


# A hold and a step back


def test_a_short_night_holds_the_dose() -> None:
    assert planned(walked(4).log(0, hour=8, sleep=299)).hold == "last night was shorter than 5 hours"
    assert planned(walked(4).log(0, hour=8, sleep=300)).hold is None
    assert planned(ready(walk=20).pains(SWING).log(0, hour=8, sleep=299)).hold is None, "nothing was done"


def test_two_of_three_that_did_not_settle_take_a_tenth() -> None:
    patient = base().done(3, "walk", 40, settled=False).done(2, "walk", 40)
    assert planned(patient).hold == "one session had not settled by the next morning"
    back = planned(patient.done(1, "walk", 40, settled=False)).step_back
    assert back is not None
    assert (back.share, back.dose, back.why) == (
        0.9,
        35,
        "2 of 3 sessions had not settled by the next morning",
    )
    assert said(patient, "PR-4").sum == "40 x 0.9 = 36, rounded down"
    assert planned(patient.done(0, "walk", 40, pain=8)).dose == (30, "pain 8 during the last session")


def test_the_three_sessions_lie_within_fourteen_days() -> None:
    def back(first: int) -> bool:
        patient = Patient().gates().screen(0).pains(SWING).quota("walk", 40, 30)
        return planned(
            patient.done(first, "walk", 40, spread=True).done(3, "walk", 40).done(1, "walk", 40, spread=True)
        ).step_back is not None  # fmt: skip

    assert back(14)
    assert not back(15)


@pytest.mark.parametrize(("n", "dose"), [(27, 30), (28, 40)])
def test_a_step_back_holds_for_28_days(n: int, dose: float) -> None:
    patient = Patient().gates().screen(0).pains(STEADY).quota("walk", 40, 60)
    assert patient.done(n, "walk", 40, pain=8).today_of("walk") == dose


@pytest.mark.parametrize(("older", "asks"), [(27, True), (28, False)])
def test_twice_down_in_four_weeks_is_a_question_for_the_physio(older: int, asks: bool) -> None:
    patient = Patient().gates().screen(0).pains(STEADY).quota("walk", 60, 40)
    patient.quota("walk", 50, older, rule="PR-4").quota("walk", 40, 9, rule="PR-4").done(
        1, "walk", 40, pain=8
    )
    message = said(patient, "PR-4").message
    assert message.startswith("Walking goes down to 30 min for now: pain 8 during the last session.")
    assert message.endswith("It went down twice in four weeks: ask your physio about it.") is asks


def test_a_limit_counts_where_no_gate_was_ever_answered() -> None:
    patient = Patient().screen(0).pains(SWING).quota("walk", 20, up_to=40)
    assert planned(patient).limit == 40
