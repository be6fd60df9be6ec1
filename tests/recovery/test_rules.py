"""Each rule where it speaks, where it just does not, and where another one silences it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.builders import Patient, at, ready

from spinetrack.recovery.assess import assess
from spinetrack.recovery.profile import GATES
from spinetrack.recovery.rules import RULES

FOUR = [4.0] * 20
SWING = [4.0, 3.0] * 10


def base() -> Patient:
    return ready().pains(SWING)


def walked(count: int = 4, quota: float = 20, **more: object) -> Patient:
    patient = ready(walk=quota).pains(SWING)
    for n in range(1, count + 1):
        patient.done(n, "walk", quota, **more)  # type: ignore[arg-type]
    return patient


def held_by(patient: Patient) -> dict[str, str]:
    return {h.suggestion.rule: h.by for h in patient.assess().held}


def mood(low: int) -> Patient:
    patient = ready()
    for n in range(20):
        patient.log(n, pain=4 - n % 2, mood=2 if n < low else 6)
    return patient


def nights(poor: int, pain_after: float) -> Patient:
    patient = ready()
    for n in range(20):
        short = n < poor or n in {12, 14}
        patient.log(n, pain=pain_after if short else 3 + n % 2, sleep=300 if short and n else 420)
    return patient


def active(values: list[int], more: int = 0) -> Patient:
    patient = ready()
    for n, value in enumerate(reversed(values * 2 if more else values)):
        patient.log(n, pain=4 - n % 2, active=value)
    for n in range(len(values), 20):
        patient.log(n, pain=4 - n % 2)
    return patient


BOOM = [80, 10, 5, 20, 75, 10, 0, 25, 90, 5, 10, 30, 85, 10]
EVEN = [30, 32, 28, 31, 30, 29, 33, 30, 31, 28, 30, 32, 29, 31]
RAMP = list(range(20, 34))


def afraid(count: int) -> Patient:
    patient = base()
    for n in range(count):
        patient.skip(n + 1, "walk", "afraid")
    return patient


def flared(pains: list[float]) -> Patient:
    patient = Patient().gates().plan().pains([*FOUR, *pains])
    for n in range(len(pains)):
        patient.screen(n)
    return patient


def long_flare(days: int) -> Patient:
    """A flare of so many days, its lower load agreed on the first."""
    start = days - 2
    return flared([7.0 + n % 2 for n in range(days)]).decide(start, "FL-3", "follow")


def absent(days: int) -> Patient:
    patient = Patient().gates().screen(0)
    for n in range(days, days + 20):
        patient.log(n, pain=4)
    return patient


def rested(days: int) -> Patient:
    patient = Patient().gates().screen(0).quota("walk", 40, 30).pains([3.0, 4.0] * 16)
    return patient.done(days, "walk", 40)


def gates_since(n: int) -> Patient:
    return Patient().gates(n).screen(0).plan().pains(SWING)


def spread(pattern: str) -> Patient:
    patient = base()
    for n, mark in enumerate(reversed(pattern), start=1):
        patient.done(n, "walk", 40, spread=mark == "x")
    return patient.screen(0)


CASES: dict[str, tuple[Callable[[], Patient], Callable[[], Patient]]] = {
    "RF-1": (lambda: base().screen(0, yes=["CE1"]), lambda: base().screen(0, yes=["ND1"])),
    "RF-2": (lambda: base().screen(0, yes=["ND1"]), lambda: base().screen(0, yes=["ND3"])),
    "RF-3": (lambda: base().screen(0, yes=["ND3"]), lambda: base().screen(0, yes=["CE8"])),
    "RF-4": (lambda: gates_since(5).screen(0) and Patient().gates().pains(SWING), base),
    "RF-5": (
        lambda: base().screen(1, yes=["ND1"], hour=23),
        lambda: base().screen(1, yes=["ND1"], hour=23).outcome(0, "seen", "A&E"),
    ),
    "PG-1": (lambda: gates_since(84), lambda: gates_since(83)),
    "DQ-1": (lambda: ready().pains([4, 3, 4, 3, 4, 3, 4]), lambda: ready().pains([4, 3, 4, 3, 4, 3, 4, 3])),
    "DQ-2": (lambda: absent(4), lambda: absent(3)),
    "DQ-3": (lambda: Patient().gates().screen(0).pains(SWING), base),
    "DQ-4": (lambda: ready().pains([3, *[4.0] * 10]), lambda: ready().pains([3, *[4.0] * 11])),
    "FL-1": (lambda: ready().pains([*FOUR, 6]), lambda: ready().pains([*FOUR, 5])),
    "FL-2": (lambda: ready().pains([*FOUR, 6, 6]), lambda: ready().pains([*FOUR, 6, 5])),
    "FL-3": (
        lambda: ready().pains([*FOUR, 6, 6]),
        lambda: ready().pains([*FOUR, 6, 6]).decide(0, "FL-3", "follow"),
    ),
    "FL-4": (lambda: flared([6, 6, 6]), lambda: flared([6, 6])),
    "FL-5": (lambda: flared([7, 7, 7, 7, 7]), lambda: flared([7, 7, 7, 7])),
    "FL-6": (lambda: flared([6, 6, 4, 4]), lambda: flared([6, 6, 6, 4])),
    "FL-7": (lambda: long_flare(10), lambda: long_flare(9)),
    "FL-8": (lambda: long_flare(17), lambda: long_flare(16)),
    "FL-9": (
        lambda: Patient().gates().plan().pains([*FOUR, 8, 8]).screen(0, hour=9),
        lambda: ready().pains([*FOUR, 8, 7]),
    ),
    "PR-0": (
        lambda: (
            Patient()
            .gates()
            .screen(0)
            .pains([3.0, 4.0] * 9)
            .log(2, pain=3, sit=20)
            .log(1, pain=4, sit=25)
            .log(0, pain=3, sit=15)
        ),
        lambda: (
            Patient()
            .gates()
            .screen(0)
            .pains([3.0, 4.0] * 9)
            .log(2, pain=3, sit=20)
            .log(1, pain=4, sit=25)
            .log(0, pain=3, sit_=15)
        ),
    ),
    "PR-1": (lambda: walked(4), lambda: walked(3)),
    "PR-3": (lambda: walked(2), lambda: walked(4)),
    "PR-4": (lambda: walked(4, pain=8), lambda: walked(4, pain=7)),
    "PR-6": (lambda: rested(14), lambda: rested(13)),
    "SL-1": (lambda: nights(4, 5), lambda: nights(3, 5)),
    "SL-2": (lambda: base().fact("snore", "yes").fact("sleepy", "yes"), lambda: base().fact("snore", "yes")),
    "MD-1": (lambda: mood(5), lambda: mood(4)),
    "MD-3": (lambda: afraid(3), lambda: afraid(2)),
    "PA-1": (lambda: active(BOOM), lambda: active(RAMP)),
}


@pytest.mark.parametrize("rule", CASES)
def test_it_speaks(rule: str) -> None:
    patient = CASES[rule][0]()
    assert rule in patient.rules(9), (patient.rules(9), held_by(patient))


@pytest.mark.parametrize("rule", CASES)
def test_just_below_its_threshold_it_is_silent(rule: str) -> None:
    patient = CASES[rule][1]()
    assert rule not in patient.rules(9)
    assert rule not in held_by(patient)


@pytest.mark.parametrize("rule", [r for r in CASES if not r.startswith("RF")])
def test_an_open_flag_silences_it(rule: str) -> None:
    patient = CASES[rule][0]()
    patient.screen(1, yes=["CE1"], hour=23)
    found = patient.assess()
    assert [s.rule for s in found.suggestions] == ["RF-5"]
    assert found.plan == ()


@pytest.mark.parametrize("name", GATES)
def test_every_gate_alone_stops_rises(name: str) -> None:
    """No rise after a yes, and only up to a limit somebody else set."""

    def patient(limit: float | None) -> Patient:
        found = Patient().gates(15, yes=[name]).screen(0).pains(SWING)
        found.quota("walk", 20, up_to=limit)
        for n in range(1, 5):
            found.done(n, "walk", 20)
        return found

    without = patient(None)
    assert not any(s.is_rise for s in without.assess().suggestions)
    raised = [c.after for s in patient(21).assess().suggestions if s.is_rise for c in s.changes]
    assert raised == ([] if name == "minor" else [21])


@pytest.mark.parametrize("name", GATES)
def test_no_rise_before_every_gate_is_answered(name: str) -> None:
    patient = walked(4)
    patient.profile = [f for f in patient.profile if f.key != f"gate:{name}"]
    found = patient.assess()
    assert [s.rule for s in found.suggestions] == ["PG-1"]
    assert {h.suggestion.rule: h.by for h in found.held}["PR-1"] == "PG-1"


def test_the_patients_own_hand_is_no_limit() -> None:
    patient = Patient().gates(15, yes=["cancer"]).screen(0).pains(SWING).quota("walk", 20, by="me", up_to=40)
    for n in range(1, 5):
        patient.done(n, "walk", 20)
    assert not any(s.is_rise for s in patient.assess().suggestions)


@pytest.mark.parametrize(("age", "counts"), [(84, True), (85, False)])
def test_a_limit_counts_for_12_weeks(age: int, counts: bool) -> None:
    patient = Patient().gates(90, yes=["cancer"]).gates(1, yes=["cancer"]).screen(0).pains(SWING)
    patient.quota("walk", 20, age, up_to=40)
    for n in range(1, 5):
        patient.done(n, "walk", 20)
    assert ("PR-1" in patient.rules()) is counts


def test_a_new_gate_ends_a_limit() -> None:
    patient = Patient().gates(15).screen(0).pains(SWING).quota("walk", 20, 10, up_to=40)
    patient.gates(2, yes=["surgery"])
    for n in range(1, 5):
        patient.done(n, "walk", 20)
    assert "PR-1" not in patient.rules()


@pytest.mark.parametrize(("n", "free"), [(6, False), (7, True)])
def test_a_closed_flag_makes_rises_wait_seven_days(n: int, free: bool) -> None:
    patient = Patient().gates().quota("walk", 20, 20).pains(SWING)
    patient.screen(n, yes=["ND1"], hour=8).outcome(n, "seen", "A&E").screen(0)
    for k in range(1, 5):
        patient.done(k, "walk", 20)
    assert ("PR-1" in patient.rules()) is free


def test_two_safety_lines_and_the_plan_fit_three_messages() -> None:
    for make, _ in CASES.values():
        shown = make().assess().suggestions
        loose = [s for s in shown if s.priority > 1 and s.rule not in {"FL-2", "FL-3", "PR-4"}]
        assert len(shown) <= 3 or not loose
        assert sum(s.is_rise for s in shown) <= 1


def test_a_pause_ends_with_a_dose_of_somebody_else_after_a_clear_screen() -> None:
    paused = Patient().gates().plan().pains(SWING).screen(9).done(2, "walk", 40, spread=True)
    paused.done(1, "walk", 40, spread=True)
    assert paused.today_of("walk") == 0
    assert paused.quota("walk", 15, 0).today_of("walk") == 0, "nobody has asked the warning signs yet"
    paused = spread("xx")
    assert paused.today_of("walk") == 0
    paused.quotas.append(
        type(paused.quotas[0])("walk", at(paused.today, 22), paused.today, 15, "physio", seq=3000)
    )
    assert paused.assess(23).plan[-1].today == 15


def test_good_sessions_at_the_lower_dose_do_not_lift_a_step_back() -> None:
    patient = base().done(9, "walk", 40, pain=8)
    for n in range(1, 6):
        patient.done(n, "walk", 30)
    assert patient.today_of("walk") == 30
    assert patient.decide(0, "PR-4-walk", "ignore").today_of("walk") == 40


def test_reductions_never_compound() -> None:
    patient = flared([8, 8]).done(3, "sit", 40, pain=8)
    assert patient.today_of("sit") == 20


def test_a_decision_hides_for_seven_days_and_a_hold_still_holds() -> None:
    assert "PR-3" not in walked(2).decide(6, "PR-3", "ignore").rules()
    assert "PR-3" in walked(2).decide(7, "PR-3", "ignore").rules()
    patient = walked(4).done(1, "sit", 40, settled=False).decide(1, "PR-3", "ignore")
    assert patient.rules() == []
    assert held_by(patient)["PR-1"] == "PR-3"


def test_the_gates_and_warning_signs_cannot_be_hidden() -> None:
    patient = gates_since(84).decide(0, "PG-1", "ignore")
    assert "PG-1" in patient.rules()


def test_only_one_domain_steps_in_a_week() -> None:
    patient = walked(4)
    for n in range(1, 5):
        patient.done(n, "stand", 40)
    assert [s.id for s in patient.assess().suggestions] == ["PR-1-walk"]
    patient.quota("sit", 35, 3)
    assert patient.rules() == []


@pytest.mark.parametrize("days", [6, 7, 8])
def test_no_rise_within_seven_days_of_a_flare(days: int) -> None:
    patient = Patient().gates().quota("walk", 20, 30).screen(0)
    for n in range(30):
        patient.log(n, pain=4 - n % 2, flare=True if n == days else None)
    for n in range(1, 8):
        patient.done(n, "walk", 20)
    patient.screen(days).screen(days - 3).screen(0)
    assert "PR-1" not in patient.rules() or days > 7


def test_the_same_diary_gives_the_same_answer() -> None:
    for make, _ in CASES.values():
        diary, moment = make().diary(), at(make().today, 22)
        one, two = (assess(diary, moment, make().today) for _ in range(2))
        assert (one.suggestions, one.held, one.plan) == (two.suggestions, two.held, two.plan)


def test_every_rule_names_its_source_and_says_when_it_speaks() -> None:
    for rule in RULES.values():
        assert rule.source
        assert rule.decide.__doc__
        assert rule.sure
    assert set(CASES) <= set(RULES)


def test_a_long_break_shuts_the_plan_until_both_are_answered() -> None:
    def back(*, screened: bool, gated: bool) -> Patient:
        patient = Patient().gates(60).plan(n=50)
        patient.screen(60)
        for n in range(40, 55):
            patient.log(n, pain=4)
        patient.log(0, pain=4)
        if screened:
            patient.screen(0)
        if gated:
            patient.gates(0)
        return patient

    assert back(screened=False, gated=False).assess().plan == ()
    assert back(screened=True, gated=False).assess().plan == ()
    assert back(screened=False, gated=True).assess().plan == ()
    assert len(back(screened=True, gated=True).assess().plan) == 3


def test_flare_length_counts_short_gaps_and_closes_in_silence() -> None:
    patient = (
        Patient()
        .gates()
        .plan()
        .pains([*FOUR, 7, 7, None, None, 7, None, None, None, None, None, None, None, None, 4])
    )
    flare = patient.assess().flares[-1]
    assert flare.length == 4
    assert flare.closed is not None
    assert flare.closed - flare.last_active > timedelta(days=7)
