"""GO-1 to GO-5, PR-5 and what goals change in the plan: where each speaks, just not, and is silenced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.builders import Patient, at, ready

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import ProfileFact

STEADY = [4.0, 3.0] * 10


def logged(days: int = 20, **values: Callable[[int], float] | float) -> Patient:
    """Pain 4 and 3 in turn and other values, a plan of 10 days, nothing in the way."""
    patient = ready()
    for n in range(days):
        more = {k: v(n) if callable(v) else v for k, v in values.items()}
        patient.log(n, pain=4 - n % 2, **more)  # type: ignore[arg-type]
    return patient


def held(patient: Patient) -> dict[str, str]:
    return {h.suggestion.rule: h.by for h in patient.assess().held}


def message(patient: Patient, rule: str) -> str:
    found = patient.assess()
    everything = (*found.suggestions, *(h.suggestion for h in found.held))
    return next(s.message for s in everything if s.rule == rule)


def behind(ratio: float, n: int = 21) -> Patient:
    """A goal of 100 days, pain 8 to 3, that has gone `ratio` of its way all along."""
    patient = ready()
    patient.goal("pain", 3, n, weeks=100 / 7, baseline=8, title="lift my child")
    patient.goals.append(patient.goals[0]._replace(id=2, metric="sit", baseline=20, target=25))
    for k in range(n + 10):
        gone = max(0, n - k)
        patient.log(k, pain=8 - ratio * 5 * gone / 100)
    return patient


def at_goal(days: int) -> Patient:
    patient = Patient().gates().screen(0).quota("sit", 50, 40).quota("sit", 60, days).pains(STEADY)
    return patient.goal("sit", 60, 40, weeks=20, baseline=20).block(30, 20)


CASES: dict[str, tuple[Callable[[], Patient], Callable[[], Patient]]] = {
    "GO-1": (lambda: logged().goal(n=0, weeks=4), lambda: logged().goal(n=0, weeks=12)),
    "GO-2": (lambda: behind(0.3), lambda: behind(0.5)),
    "GO-3": (lambda: logged().goal(n=85), lambda: logged().goal(n=84)),
    "GO-4": (
        lambda: logged(sit=lambda n: 60 if n < 4 else 20).goal(n=14),
        lambda: logged(sit=lambda n: 60 if n < 3 else 20).goal(n=14),
    ),
    "GO-5": (
        lambda: logged().goal("pain", 3, 20, baseline=4, title="less pain"),
        lambda: logged().goal("pain", 3, 20, baseline=4).goal("sit", 60, 20),
    ),
    "PR-5": (lambda: at_goal(14), lambda: at_goal(13)),
}


@pytest.mark.parametrize("rule", CASES)
def test_it_speaks(rule: str) -> None:
    patient = CASES[rule][0]()
    assert rule in patient.rules(9), (patient.rules(9), held(patient))


@pytest.mark.parametrize("rule", CASES)
def test_just_below_its_threshold_it_is_silent(rule: str) -> None:
    patient = CASES[rule][1]()
    assert rule not in patient.rules(9)
    assert rule not in held(patient)


@pytest.mark.parametrize("rule", CASES)
def test_an_open_flag_silences_it(rule: str) -> None:
    patient = CASES[rule][0]()
    patient.screen(1, yes=["CE1"], hour=23)
    assert [s.rule for s in patient.assess().suggestions] == ["RF-5"]


@pytest.mark.parametrize("rule", ["GO-1", "GO-3", "GO-5"])
def test_a_flare_silences_goals(rule: str) -> None:
    patient = CASES[rule][0]().log(0, pain=4, flare=True, hour=20)
    assert rule not in patient.rules(9)
    assert held(patient)[rule].startswith("FL-")


@pytest.mark.parametrize("rule", CASES)
def test_log_only_silences_it(rule: str) -> None:
    patient = CASES[rule][0]().fact("rises", "no")
    assert rule not in patient.rules(9)


@pytest.mark.parametrize("rule", ["GO-1", "GO-3"])
def test_a_decision_hides_it_for_a_week(rule: str) -> None:
    assert rule not in CASES[rule][0]().decide(0, f"{rule}-1", "ignore").rules(9)


# --- GO-1 and GO-3 -----------------------------------------------------------------------------


def test_vector_18() -> None:
    """Sitting 20 to 60 in 4 weeks: GO-1 with 31.6 % a week."""
    patient = logged(sit=20).goal(n=0, weeks=4)
    assert "GO-1" in patient.rules(7)
    assert "31.6 % a week" in message(patient, "GO-1")


def test_the_checks_are_offered_for_two_weeks() -> None:
    assert "GO-1" in logged().goal(n=13, weeks=4).rules(9)
    assert "GO-1" not in logged().goal(n=14, weeks=4).rules(9)


def test_a_passed_day_says_the_level() -> None:
    assert "Level -1" in message(logged(sit=20).goal(n=85), "GO-3")
    assert "no level yet" in message(logged().goal(n=85), "GO-3")


# --- GO-2 --------------------------------------------------------------------------------------


def test_the_first_weeks_are_exempt() -> None:
    assert "GO-2" in behind(0.3, 21).rules(9)
    assert "GO-2" not in behind(0.3, 20).rules(9)


def test_one_poor_week_is_not_enough() -> None:
    patient = behind(0.3)
    for n in range(7, 14):
        patient.log(n, pain=4, hour=21)
    assert "GO-2" not in patient.rules(9)


@pytest.mark.parametrize(("n", "speaks"), [(13, False), (14, True)])
def test_no_word_about_pace_within_14_days_of_a_flare(n: int, speaks: bool) -> None:
    patient = behind(0.3).flare_mark(n).flare_mark(n, "end").screen(n)
    found = patient.assess()
    said = {s.rule for s in found.suggestions} | {h.suggestion.rule for h in found.held}
    assert ("GO-2" in said) is speaks


# --- GO-4 --------------------------------------------------------------------------------------


def test_a_goal_reached_is_said_once_with_its_number() -> None:
    patient = logged(sit=lambda n: 62 if n < 4 else 20).goal(n=14)
    assert "Goal reached" in message(patient, "GO-4")
    assert "1 h 02" in message(patient, "GO-4")
    patient.today += timedelta(days=1)
    patient.log(0, pain=4, sit=62)
    assert "Goal reached" not in (message(patient, "GO-4") if "GO-4" in patient.rules(9) else "")


def test_it_is_said_until_the_next_record_and_no_longer() -> None:
    patient = logged(sit=lambda n: 62 if n < 4 else 20).goal(n=14)
    patient.today += timedelta(days=1)
    assert "GO-4" not in patient.rules(9)


def test_an_entry_for_yesterday_written_today_is_still_news() -> None:
    patient = logged(sit=lambda n: 62 if n in {2, 3} else 20).goal(n=14)
    patient.log(1, pain=4, sit=62, hour=21)
    patient.log(4, pain=4, sit=62, hour=21)
    assert "GO-4" not in patient.rules(9), "yesterday it was known"
    late = [e._replace(recorded_at=at(patient.today)) if e.at.hour == 21 else e for e in patient.entries]
    patient.entries = late
    assert "Goal reached" in message(patient, "GO-4")


def test_a_higher_level_is_said_too() -> None:
    patient = logged(sit=lambda n: 70 if n < 4 else 60).goal(n=19)
    assert "level +1" in message(patient, "GO-4")


def test_a_building_block_names_the_next_one() -> None:
    patient = logged(sit=lambda n: 31 if n < 4 else 20).goal(n=14).block(30, -7).block(45, -21)
    said = message(patient, "GO-4")
    assert "Building block reached: 30 min" in said
    assert "Next: 45 min" in said


FIRSTS: dict[str, tuple[Patient, Patient, str]] = {
    "a week logged": (logged(7), logged(6), "You logged 7 days."),
    "an hour": (logged(sit=lambda n: 65 if n == 0 else 20), logged(sit=65), "You sat for an hour: 65 min."),
    "a quarter more": (
        logged(sit=lambda n: 25 if n < 4 else 20),
        logged(sit=lambda n: 24 if n < 4 else 20),
        "Sitting: 20 min at the start, 25 min now.",
    ),
    "whole nights": (
        logged(wakes=lambda n: 0 if n in {0, 2, 4} else 2),
        logged(wakes=lambda n: 0 if n in {1, 2, 4} else 2),
        "3 nights",
    ),
    "two weeks without a flare": (logged(14), logged(15), "14 days without a flare."),
    "work days": (
        logged(work=lambda n: 1 if n < 10 else 0),
        logged(work=lambda n: 1 if n < 11 else 0),
        "10 work days without a flare.",
    ),
}


@pytest.mark.parametrize("name", FIRSTS)
def test_each_milestone_of_the_set_is_said_when_new(name: str) -> None:
    new, not_new, text = FIRSTS[name]
    assert text in message(new, "GO-4"), name
    assert text not in (message(not_new, "GO-4") if "GO-4" in {*held(not_new), *not_new.rules(9)} else "")


def test_a_third_less_pain_is_said_once() -> None:
    def course(days: int) -> str:
        pains: list[float | None] = [*[6.0] * 14, *[4.0] * days]
        patient = Patient().gates().screen(0).plan(n=20).pains(pains)
        return message(patient, "GO-4") if "GO-4" in {*held(patient), *patient.rules(9)} else ""

    said = {days: course(days) for days in range(10, 20)}
    assert [days for days, text in said.items() if "Usual pain: 6 at the start, 4 now." in text] == [14]
    assert "Part of a change comes by itself" in said[14]


def test_a_short_flare_is_a_milestone_when_it_is_over() -> None:
    patient = Patient().gates().plan().pains([*STEADY, 7, 7, 4, 4])
    patient.screen(3).screen(0)
    assert "A flare was over in" in message(patient, "GO-4")


def test_no_praise_in_a_flare_nor_while_a_sign_waits() -> None:
    patient = CASES["GO-4"][0]()
    assert "GO-4" not in patient.log(0, flare=True, hour=20).rules(9)
    waiting = CASES["GO-4"][0]()
    waiting.screens.clear()
    assert "GO-4" not in waiting.rules(9)
    assert "GO-4" not in CASES["GO-4"][0]().screen(0, yes=["ND3"]).rules(9)


def test_vector_16_an_open_flag_and_a_new_goal_reached() -> None:
    patient = CASES["GO-4"][0]().screen(1, yes=["CE1"], hour=23)
    found = patient.assess()
    assert [s.rule for s in found.suggestions] == ["RF-5"]
    assert found.plan == ()


def test_maintenance_entered_is_said() -> None:
    patient = logged()
    patient.profile.append(ProfileFact("maintenance", "yes", at(patient.today, 20), patient.today))
    assert "two or three routines" in message(patient, "GO-4")


# --- the plan ----------------------------------------------------------------------------------


def walked(quota: float, **more: float) -> Patient:
    patient = ready(walk=quota, **more).pains(STEADY)
    for n in range(1, 5):
        patient.done(n, "walk", quota)
    return patient


def test_a_goal_is_a_ceiling_for_a_rise() -> None:
    def step(patient: Patient) -> list[float]:
        return [c.after for s in patient.assess().suggestions if s.rule == "PR-1" for c in s.changes]

    assert step(walked(20)) == [22]
    assert step(walked(20).goal("walk", 21, baseline=10)) == [21]
    assert step(walked(20).goal("walk", 20, baseline=10)) == []
    assert step(walked(20).goal("walk", 20, baseline=10, status="closed")) == [22]
    assert step(walked(20).goal("sit", 20, baseline=10)) == [22]


def test_what_was_agreed_stays_what_the_plan_names() -> None:
    patient = Patient().gates().screen(0).quota("walk", 20, up_to=40).pains(STEADY).goal("walk", 30)
    item = patient.assess().plan[0]
    assert item.up_to == 40


def test_the_one_with_a_goal_steps_first() -> None:
    patient = walked(20)
    for n in range(1, 5):
        patient.done(n, "stand", 40)
    assert [s.id for s in patient.assess().suggestions if s.is_rise] == ["PR-1-walk"]
    patient.goal("stand", 90, baseline=30)
    assert [s.id for s in patient.assess().suggestions if s.is_rise] == ["PR-1-stand"]


def test_a_start_is_asked_for_what_has_a_goal() -> None:
    patient = Patient().gates().screen(0).pains(STEADY).quota("sit", 20)
    assert "DQ-3" not in patient.rules(2)
    assert "DQ-3" in patient.goal("walk", 30, baseline=None).rules(2)


def test_a_quota_at_its_goal_is_said_for_a_week() -> None:
    said = [days for days in range(10, 40) if "PR-5" in {*at_goal(days).rules(9), *held(at_goal(days))}]
    assert said == [*range(14, 21)]


@pytest.mark.parametrize(("level", "age", "speaks"), [(0, 40, True), (-1, 40, False), (0, 20, False)])
def test_maintenance_reads_the_goals(level: int, age: int, speaks: bool) -> None:
    patient = Patient().gates(20).screen(0).plan(25, 60)
    for n in range(60):
        patient.log(n, pain=2 + n % 2)
    patient.goal("sit", 60, age, weeks=10).rate(age, level)
    found = patient.assess()
    said = {s.rule for s in found.suggestions} | {h.suggestion.rule for h in found.held}
    assert ("MN-1" in said) is speaks


def test_the_same_diary_gives_the_same_answer() -> None:
    for make, _ in CASES.values():
        diary, moment = make().diary(), at(make().today, 22)
        one, two = (assess(diary, moment, make().today) for _ in range(2))
        assert (one.suggestions, one.held) == (two.suggestions, two.held)
