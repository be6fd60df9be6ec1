"""Exercises, plateaus, reviews and warning signs at their edges (clinical.md 1.2, 4, 6.10 and the rules)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.builders import Patient, at, ready
from tests.recovery.test_edges_engine import STEADY
from tests.recovery.test_rules import FOUR, SWING, base
from tests.recovery.test_rules_course import Trainee, found_at_all, plateau, rise, swing, trainee

from spinetrack.recovery.diary import Session
from spinetrack.recovery.rules.care import meaningful


def trained(*days: int, **more: Any) -> Trainee:  # noqa: ANN401
    """Three sets of eight on each of `days`; `more` changes the last session."""
    patient = trainee()
    for n in days:
        patient.did(n, 24)
    patient.sessions[-1] = patient.sessions[-1]._replace(**more)
    return patient


# Exercises


@pytest.mark.parametrize(
    ("more", "rises"),
    [
        ({"dose": 21.6}, True), ({"dose": 21.5}, False), ({"effort": 5}, True), ({"pain": 6, "settled": True}, False),
        ({"pain": 5}, True), ({"minimum": True}, False), ({"settled": None}, True),
    ],
)  # fmt: skip
def test_an_exercise_is_ready_at_the_bounds(more: dict[str, Any], rises: bool) -> None:
    assert found_at_all(trained(5, 3, 1, **more), "PR-2") is rises


def test_the_three_sessions_lie_within_two_weeks_and_count_today() -> None:
    def found(*days: int) -> bool:
        patient = trainee(n=20)
        for n in days:
            patient.did(n, 24)
        return found_at_all(patient, "PR-2")

    assert found(13, 3, 1)
    assert not found(14, 3, 1)
    assert found(5, 3, 0)


def test_sessions_at_the_dose_before_do_not_count() -> None:
    patient = trainee(n=20).train(9, 8)
    for n in (9, 3, 1):
        patient.did(n, 27)
    assert not found_at_all(patient, "PR-2")
    assert found_at_all(patient.did(2, 27), "PR-2")
    moment = patient.quotas[-1].at
    patient.sessions = [s for s in patient.sessions if s.day != patient.day(2)]
    patient.sessions.append(Session("bridge", moment, patient.day(8), moment, 27, 4, 2, True))
    assert found_at_all(patient, "PR-2"), "a session of the very moment is at the new dose"


def test_only_the_last_two_sessions_must_be_easy() -> None:
    assert rise(trainee().did(5, 24, effort=8).did(3, 24).did(1, 24)) is not None
    assert rise(trainee().did(5, 24).did(3, 24, effort=8).did(1, 24)) is None
    held = trainee(hold=10).did(5, 30, effort=8).did(3, 50, effort=8).did(1, 50, effort=8)
    assert rise(held) is not None, "two more holds of ten seconds"
    assert rise(trainee(hold=10).did(5, 30, effort=8).did(3, 50, effort=8).did(1, 49, effort=8)) is None


def test_pain_during_is_at_most_two_above_that_of_the_day() -> None:
    def found(pain: int) -> bool:
        patient = Trainee()
        patient.gates().screen(0).pains([2.0, 3.0] * 10)
        return rise(patient.train().did(5, 24).did(3, 24).did(1, 24, pain=pain)) is not None

    assert found(4)
    assert not found(5)
    unlogged = Trainee()
    unlogged.gates().screen(0).pains([*SWING[:-2], None, 3])
    assert rise(unlogged.train().did(5, 24).did(3, 24).did(1, 24, pain=5)) is not None


@pytest.mark.parametrize(
    ("plan", "text", "change"),
    [
        ({"hold": 20}, "Bridge: hold could go from 20 to 22 seconds.", ("bridge", 20, 22, "s", "hold")),
        ({"hold": 29}, "Bridge: hold could go from 29 to 30 seconds.", ("bridge", 29, 30, "s", "hold")),
        ({"reps": 12, "load": 10.0}, "Bridge: load could go from 10 to 10.5 kg. Go back to 8 repetitions with it.", ("bridge", 10, 10.5, "kg", "load")),
        ({"reps": 12, "load": 5.0}, "Bridge: load could go from 5 to 5.2 kg. Go back to 8 repetitions with it.", ("bridge", 5, 5.25, "kg", "load")),
        ({"hold": 30}, "Bridge has become easy. One step harder would be: lift one foot off the floor. Ask your physio first.", None),
        ({"reps": 12}, "Bridge has become easy. One step harder would be: lift one foot off the floor. Ask your physio first.", None),
    ],
)  # fmt: skip
def test_one_variable_goes_up(plan: dict[str, Any], text: str, change: tuple[object, ...] | None) -> None:
    work = 3 * int(plan.get("hold") or plan["reps"])
    found = rise(trainee(**plan).did(5, work).did(3, work).did(1, work))
    assert found is not None
    assert found.message == text
    assert found.changes == ((change,) if change else ())
    assert found.sum == (
        f"one variable changes: {'repetitions' if change[4] == 'reps' else change[4]}"
        if change
        else "repetitions and load are at their ceiling"
    )


def test_an_exercise_of_the_patients_own_has_its_own_words() -> None:
    patient = trainee(reps=12).did(5, 36).did(3, 36).did(1, 36)
    patient.activities = [patient.activities[0]._replace(name="plank")]
    patient.quotas = [q._replace(activity="plank") for q in patient.quotas]
    patient.sessions = [s._replace(activity="plank") for s in patient.sessions]
    found = rise(patient)
    assert found is not None
    assert "One step harder would be: a slightly harder form." in found.message


def test_a_plan_without_sets_counts_its_amount_as_repetitions() -> None:
    patient = trainee()
    patient.quotas[-1] = patient.quotas[-1]._replace(reps=None, sets=None, amount=8)
    found = rise(patient.did(5, 8).did(3, 8).did(1, 8))
    assert found is not None
    assert [(c.variable, c.before, c.after) for c in found.changes] == [("reps", 8, 9)]


# Plateaus


def six_weeks(*, cleared: bool = False, effort: int = 9) -> Trainee:
    """Six weeks of ten repetitions, three times a week."""
    patient = Trainee()
    patient.gates().screen(0)
    for n in range(45, -1, -1):
        patient.log(n, pain=3 + n % 2)
    patient.train(10, 44, cleared=cleared)
    for n in range(1, 43):
        if n % 7 < 3:
            patient.did(n, 30, effort=effort)
    return patient


def test_a_plateau_reads_logged_tolerances_too() -> None:
    assert found_at_all(plateau(), "PL-1")
    assert not found_at_all(plateau().log(5, hour=20, walk=22), "PL-1"), "more was walked two weeks ago"
    assert found_at_all(plateau().log(5, hour=20, sit=60), "PL-1")
    assert found_at_all(plateau().log(40, hour=20, walk=60), "PL-1"), "it was better once"
    assert not found_at_all(plateau().log(20, hour=20, walk=22), "PL-1")
    assert found_at_all(plateau().log(20, hour=20, walk=21), "PL-1")


def test_an_exercise_has_a_plateau_by_its_work_alone() -> None:
    patient = six_weeks()
    assert found_at_all(patient, "PL-1")
    assert found_at_all(patient.log(5, hour=20, walk=90), "PL-1")


def test_advanced_levers_are_for_who_is_cleared() -> None:
    def text(*, cleared: bool) -> str:
        found = six_weeks(cleared=cleared).assess()
        all_of_them = [*found.suggestions, *(h.suggestion for h in found.held)]
        return next(s.message for s in all_of_them if s.rule == "PL-1")

    assert "nother kind of set" in text(cleared=True)
    assert "nother kind of set" not in text(cleared=False)


def test_an_exercise_that_has_earned_a_change_has_no_plateau() -> None:
    patient = six_weeks(effort=4)
    assert found_at_all(patient, "PR-2")
    assert not found_at_all(patient, "PL-1")


def test_nothing_done_is_no_plateau() -> None:
    assert not found_at_all(swing(45).quota("walk", 20, 44), "PL-1")
    assert not found_at_all(swing(45).quota("walk", 20, 44), "PL-2")


# Reviews


@pytest.mark.parametrize(
    ("before", "now", "is_gain"),
    [
        (3, 1.5, False), (3, 1, True), (2.9, 1.4, True), (2.9, 1.5, False), (2.5, 1, True), (6, 4, True), (8, 6, False), (10, 7, True), (7, 5, False),
        (4, 2.5, False), (5, 3, True),
    ],
)  # fmt: skip
def test_a_gain_is_two_points_and_thirty_percent(before: float, now: float, is_gain: bool) -> None:
    assert meaningful(before, now) is is_gain


def two_blocks(then: int, now: int, *, span: int = 28, low: float = 3) -> Patient:
    """So many values of pain 5 at first and of less at last, in a diary of `span` days and one."""
    patient = Patient().gates().screen(0).plan()
    for k in range(then):
        patient.log(span - k, pain=5)
    for k in range(now):
        patient.log(k, pain=low)
    patient.log(span, hour=8, sleep=400).log(0, hour=8, sleep=400)
    return patient


@pytest.mark.parametrize(
    ("then", "now", "span", "counts"),
    [
        (10, 10, 28, True),
        (9, 10, 28, False),
        (10, 9, 28, False),
        (10, 10, 27, False),
        (14, 14, 29, True),
        (0, 10, 28, False),
        (10, 0, 28, False),
    ],
)
def test_two_weeks_then_and_now_need_ten_values_each(then: int, now: int, span: int, counts: bool) -> None:
    assert found_at_all(two_blocks(then, now, span=span), "OU-1") is counts


@pytest.mark.parametrize(("pain", "worse"), [(7, True), (6.9, False)])
def test_a_loss_is_two_points(pain: float, worse: bool) -> None:
    assert found_at_all(two_blocks(12, 12, low=pain), "OU-2") is worse


def test_a_loss_is_thirty_percent_too() -> None:
    def worse(then: float, now: float) -> bool:
        patient = Patient().gates().screen(0).plan()
        for n in range(45, -1, -1):
            patient.log(n, pain=now if n < 14 else then)
        return found_at_all(patient, "OU-2")

    assert not worse(7, 9), "2 of 7 is 28 %"
    assert worse(6, 8)
    assert not worse(2, 3.5), "75 %, but not 2 points"


def test_a_gain_is_news_for_a_week() -> None:
    """The median of 14 days reaches 3 with the seventh and eighth low day."""
    assert found_at_all(two_blocks(12, 14, span=60), "OU-1")

    def low(days: int) -> bool:
        patient = Patient().gates().screen(0).plan()
        for n in range(60, -1, -1):
            patient.log(n, pain=3 if n < days else 5)
        return found_at_all(patient, "OU-1")

    assert [low(d) for d in (7, 8, 14, 15)] == [False, True, True, False]


def walker(then: list[float], now: list[float], *, pain: float = 4, before: float = 4) -> Patient:
    """A plan of 84 days with so many logged walks at its beginning and at its end."""
    patient = Patient().gates().screen(0).quota("walk", 20, 84, up_to=20)
    for n in range(84, -1, -1):
        patient.log(n, pain=before if n > 20 else pain)
    for k, minutes in enumerate(then):
        patient.log(84 - k, hour=20, walk=minutes)
    for k, minutes in enumerate(now):
        patient.log(k, hour=20, walk=minutes)
    return patient


@pytest.mark.parametrize(
    ("then", "now", "pain", "gained"),
    [
        ([20] * 3, [26] * 3, 4, True), ([20] * 3, [25.9] * 3, 4, False), ([20] * 2, [26] * 3, 4, False), ([20] * 3, [26] * 2, 4, False),
        ([], [], 2.8, True), ([], [], 2.9, False), ([], [26] * 3, 4, False), ([20] * 3, [], 4, False),
    ],
)  # fmt: skip
def test_twelve_weeks_ask_for_a_gain_of_thirty_percent(
    then: list[float], now: list[float], pain: float, gained: bool
) -> None:
    def better(patient: Patient) -> bool:
        return "clearly better" in next(s.message for s in patient.assess().suggestions if s.rule == "CR-2")

    assert better(walker(then, now, pain=pain)) is gained
    assert better(walker([], [], before=10, pain=7)), "3 of 10 is 30 %"


@pytest.mark.parametrize(("minutes", "worse"), [(14, True), (14.1, False)])
def test_two_tolerances_down_by_thirty_percent_are_a_loss(minutes: float, worse: bool) -> None:
    def patient(*names: str) -> Patient:
        found = Patient().gates().screen(0).plan()
        for n in range(40, -1, -1):
            values = dict.fromkeys(names, minutes if n < 14 else 20)
            found.log(n, pain=4, **values)  # type: ignore[arg-type]
        return found

    assert found_at_all(patient("sit", "walk"), "OU-2") is worse
    assert not found_at_all(patient("sit"), "OU-2")


# Warning signs


def stop(patient: Patient) -> str:
    found = patient.assess().suggestions
    return next(s.message for s in found if s.priority == 0)


def test_a_stop_gives_the_number_of_the_country() -> None:
    assert "call 999" in stop(base().fact("country", "UK").screen(0, yes=["CE1"]))
    assert "call 911" in stop(base().fact("country", "US").screen(0, yes=["CE1"]))
    assert "112, 999, 911" in stop(base().screen(0, yes=["CE1"]))
    assert "your GP or 111" in stop(base().fact("country", "UK").screen(0, yes=["ND1"]))


def test_a_stop_of_self_harm_names_no_reason_and_gives_the_crisis_line() -> None:
    text = stop(base().fact("country", "UK").screen(0, yes=["OT2"]))
    assert "Samaritans on 116 123" in text
    assert "STOP" not in text
    assert "You reported" not in text


@pytest.mark.parametrize(("item", "unit"), [("PG1", True), ("OT1", True), ("CE1", False)])
def test_a_stop_of_pregnancy_sends_to_the_maternity_unit(item: str, unit: bool) -> None:
    assert ("Call your maternity unit now." in stop(base().screen(0, yes=[item]))) is unit


def test_a_stop_of_the_young_is_for_an_adult_too() -> None:
    young = Patient().gates(15, yes=["minor"]).pains(SWING)
    assert "Show this to an adult now." in stop(young.screen(0, yes=["CE1"]))
    assert "Show this to an adult now." not in stop(base().screen(0, yes=["CE1"]))


def test_an_open_flag_of_an_earlier_day_says_that_it_is_still_open() -> None:
    assert "It is not too late" in stop(base().screen(1, yes=["CE1"], hour=23))
    assert "It is not too late" not in stop(base().screen(0, yes=["CE1"]))
    assert "If you reached nobody" in stop(base().screen(1, yes=["ND1"], hour=23))


def test_an_unsure_answer_and_several_signs_are_said_as_such() -> None:
    found = base().screen(0, yes=["CE1", "ND1"]).assess().suggestions[0]
    assert str(found.why[0].value).count(", ") == 1
    unsure = base().screen(0, unsure=["CE1"]).assess().suggestions[0]
    assert str(unsure.why[0].value).endswith(" (not sure)")
    assert not str(found.why[0].value).endswith(" (not sure)")
    private = base().screen(0, yes=["CE1", "OT2"]).assess().suggestions[0]
    assert ", " not in str(private.why[0].value)


def high(days: int, *, pain: float = 8, before: float = 4) -> Patient:
    return Patient().gates().plan().screen(0, hour=9).pains([*([before] * (31 - days)), *([pain] * days)])


@pytest.mark.parametrize(("make", "asks"), [
    (lambda: high(2), True), (lambda: high(1), False), (lambda: high(2, pain=7.9), False),
    (lambda: high(9), True), (lambda: high(9, before=7), False), (lambda: high(9, before=6.9), True),
    (lambda: high(2, before=7), True), (lambda: high(16, before=7), True), (lambda: high(15, before=7), False),
    (lambda: high(17, before=7), False), (lambda: high(9, before=7).log(0, hour=20, pain=9), True),
    (lambda: high(9, before=7).log(0, hour=20, pain=7), False),
    (lambda: Patient().gates().plan().screen(0, hour=9).pains([*[7.0] * 25, None, 8, 8, 8]), False),
])  # fmt: skip
def test_very_high_pain_two_days_in_a_row_asks_two_questions(make: Callable[[], Patient], asks: bool) -> None:
    """With a usual pain of 7 or more at most every 14 days, unless it is worse than in all of them."""
    assert ("FL-9" in make().rules(9)) is asks


def test_the_answers_after_todays_pain_end_the_question() -> None:
    def asks(hour: int, *, minute: int = 0) -> bool:
        patient = Patient().gates().plan().pains([*FOUR, 8, 8])
        patient.log(0, hour=8, sleep=400).screen(0, hour=hour)
        patient.screens[-1] = patient.screens[-1]._replace(at=at(patient.today, hour, minute))
        return "FL-9" in patient.rules(9)

    assert asks(18, minute=59)
    assert not asks(19)
    assert not asks(20)
    assert "FL-9" in Patient().gates().plan().pains([*FOUR, 8, 8]).rules(9)


def test_the_number_of_high_days_is_said() -> None:
    found = next(s for s in high(4).assess().suggestions if s.rule == "FL-9")
    assert [f.value for f in found.why] == [4]


def test_five_values_in_two_weeks_are_enough() -> None:
    def rules(count: int, first: int = 13) -> list[str]:
        patient = ready().log(first, sleep=400)
        for n in range(count):
            patient.log(n, pain=4)
        return patient.rules()

    assert "DQ-1" not in rules(5)
    assert "DQ-1" in rules(4)
    assert "DQ-1" in rules(5, first=6)
    assert "DQ-1" not in rules(5, first=7)
    assert ready().pains(STEADY).rules() == []
