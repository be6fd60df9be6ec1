"""What holds a rise back, one reason at a time, and what the engine lets out (clinical.md, definitions)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.builders import Patient, at, ready
from tests.recovery.test_rules import FOUR, SWING, absent, base, flared, held_by, walked
from tests.recovery.test_rules_course import plateau, stressed

from spinetrack.recovery.context import Context
from spinetrack.recovery.diary import Screen
from spinetrack.recovery.order import after, lived_after
from spinetrack.recovery.rules import engine
from spinetrack.recovery.rules.engine import rule

STEADY: list[float | None] = [4.0] * 31


def context(patient: Patient) -> Context:
    return Context(patient.assess().facts)


def blocks(patient: Patient) -> tuple[str, ...]:
    """Return what stands in the way of more walking."""
    found = context(patient)
    return found.blocks(found.planned("walk"))


def steady() -> Patient:
    return ready().pains(STEADY)


def recent(pain: float, days: int) -> Patient:
    """31 days of usual pain 4, the last `days` of them different."""
    return ready().pains([*STEADY[days:], *([pain] * days)])


def young_diary() -> Patient:
    """Pain on enough days for the rules, but on too few for a reference."""
    return ready().log(10, sleep=420).pains([4.0] * 7)


def back_after_a_gap() -> Patient:
    patient = Patient().gates(60).plan(n=50).screen(60).screen(0)
    for n in (*range(40, 55), 0):
        patient.log(n, pain=4)
    return patient


def called(n: int) -> Patient:
    """One day that the patient called a flare, screened at once and closed by two calm days."""
    patient = ready().screen(n)
    for k in range(30, -1, -1):
        patient.log(k, pain=4, flare=True if k == n else None)
    return patient


def closed_flag(n: int) -> Patient:
    patient = Patient().gates().plan().pains(STEADY)
    return patient.screen(n, yes=["ND1"], hour=8).outcome(n, "seen", "A&E").screen(0)


REASONS: list[tuple[str, Callable[[], Patient], tuple[str, ...]]] = [
    ("nothing", steady, ()),
    ("a gate without an answer", lambda: Patient().screen(0).plan().pains(STEADY), ("PG-1",)),
    ("gates of 12 weeks ago", lambda: Patient().gates(84).screen(0).plan().pains(STEADY), ("PG-1",)),
    ("gates of a day less", lambda: Patient().gates(83).screen(0).plan().pains(STEADY), ()),
    ("a sign to book", lambda: steady().screen(0, yes=["ND3"]), ("RF-3",)),
    ("a booked sign", lambda: steady().screen(0, yes=["ND3"]).outcome(0, "booked"), ("RF-3",)),
    ("an open flag", lambda: steady().screen(0, yes=["ND1"]), ("RF-5",)),
    ("questions due", lambda: Patient().gates().plan().pains(STEADY), ("RF-4",)),
    ("on the way back", lambda: called(4), ("FL-5",)),
    ("a flare day a week ago", lambda: called(7), ("FL-6",)),
    ("a flare day before that", lambda: called(8), ()),
    ("new limb pain", lambda: steady().log(3, hour=20, limb=2), ("limb",)),
    ("limb pain of a week ago", lambda: steady().log(7, hour=20, limb=2), ()),
    ("more than one above the usual", lambda: recent(5.5, 7), ("pain above usual",)),
    ("one above the usual", lambda: recent(5, 7), ()),
    ("four high days of seven", lambda: recent(5.5, 4), ("pain above usual",)),
    ("no usual pain yet", young_diary, ("DQ-1",)),
    ("a step back", lambda: steady().done(1, "sit", 40, pain=8), ("PR-4",)),
    ("a hold", lambda: steady().done(1, "sit", 40, pain=6), ("PR-3",)),
    ("a yes to a gate", lambda: steady().gates(10, yes=["heart"]), ("clinician-plan",)),
    ("a clinician's plan", lambda: steady().fact("mode", "clinician-plan"), ("clinician-plan",)),
    ("a carer answers", lambda: steady().fact("carer", "yes"), ("carer",)),
    ("no rises wanted", lambda: steady().fact("rises", "no"), ("log-only",)),
    ("log-only", lambda: steady().fact("mode", "log-only"), ("log-only",)),
    ("a flag closed 6 days ago", lambda: closed_flag(6), ("RF-5",)),
    ("a flag closed 7 days ago", lambda: closed_flag(7), ()),
]


@pytest.mark.parametrize(("make", "by"), [r[1:] for r in REASONS], ids=[r[0] for r in REASONS])
def test_each_reason_alone_holds_a_rise_back(make: Callable[[], Patient], by: tuple[str, ...]) -> None:
    assert blocks(make()) == by


def test_a_long_break_holds_a_rise_back_until_the_gates_are_answered_again() -> None:
    assert "DQ-2" in blocks(back_after_a_gap())
    assert "DQ-2" not in blocks(back_after_a_gap().gates(0))


@pytest.mark.parametrize("key", ["carer", "gate", "flag"])
def test_a_limit_of_somebody_else_opens_rises(key: str) -> None:
    """Inside such a limit a gate, a carer and a flag that was seen do not hold a rise back."""

    def patient(by: str) -> Patient:
        found = Patient().gates(15, yes=["heart"] if key == "gate" else [])
        if key == "flag":
            found.screen(5, yes=["ND1"], hour=8).outcome(5, "seen", "A&E")
        if key == "carer":
            found.fact("carer", "yes")
        return found.screen(0).pains(STEADY).quota("walk", 20, 4, by=by, up_to=40)

    assert blocks(patient("physio")) == ()
    assert blocks(patient("me")) != ()
    assert context(patient("physio")).blocks(None) != (), "a first quota has no limit yet"


@pytest.mark.parametrize(
    ("make", "by"),
    [
        (lambda: walked().screen(0, yes=["ND3"]), "RF-3"),
        (lambda: walked().log(3, hour=20, limb=2), "limb"),
        (lambda: walked().fact("carer", "yes"), "carer"),
        (lambda: walked().fact("mode", "clinician-plan"), "clinician-plan"),
        (lambda: walked().fact("mode", "log-only"), "log-only"),
        (lambda: walked().done(1, "sit", 40, pain=8), "PR-4"),
        (lambda: walked().log(0, hour=20, pain=6), "FL-1"),
    ],
)
def test_an_earned_rise_names_what_holds_it(make: Callable[[], Patient], by: str) -> None:
    assert held_by(make())["PR-1"] == by


FIRST: list[tuple[Callable[[Patient], object], str]] = [
    (lambda p: p.gates(1, yes=["heart"]), "clinician-plan"),
    (lambda p: p.fact("mode", "clinician-plan"), "clinician-plan"),
    (lambda p: p.profile.clear(), "PG-1"),
    (lambda p: p.screen(0, yes=["ND3"]), "RF-3"),
    (lambda p: p.fact("carer", "yes"), "carer"),
    (lambda p: p.fact("rises", "no"), "log-only"),
    (lambda p: p.log(0, hour=20, pain=4, flare=True), "FL-2"),
    (lambda p: p.log(1, hour=20, pain=4, flare=True), "FL-3"),
    (lambda p: p.decide(6, "PR-0", "ignore"), "decided"),
]


@pytest.mark.parametrize(("change", "by"), FIRST, ids=[by + str(n) for n, (_, by) in enumerate(FIRST)])
def test_a_first_dose_waits_too(change: Callable[[Patient], object], by: str) -> None:
    def timed() -> Patient:
        return Patient().gates().screen(0).pains(SWING).log(2, sit=20).log(1, sit=25).log(0, sit=15)

    assert "PR-0" in timed().rules()
    patient = timed()
    change(patient)
    assert held_by(patient)["PR-0"] == by


def test_the_care_questions_come_every_third_day_and_whenever_a_rise_waits() -> None:
    days = [d for d in range(84, 92) if "PG-1" in Patient().gates(d).screen(0).plan().pains(SWING).rules()]
    assert days == [84, 87, 90]
    waiting = walked()
    waiting.profile.clear()
    waiting.gates(85)
    assert waiting.rules() == ["PG-1"]


def next_step(patient: Patient, name: str = "walk") -> int | None:
    """Return in how many days the next step may come."""
    found = next(p.next_step_earliest for p in patient.assess().plan if p.activity == name)
    return None if found is None else (found - patient.today).days


@pytest.mark.parametrize(
    "make",
    [
        lambda: Patient().screen(0).plan().pains(STEADY),
        lambda: steady().screen(0, yes=["ND3"]),
        lambda: Patient().gates().plan().pains(STEADY),
        lambda: steady().gates(10, yes=["heart"]),
        lambda: steady().fact("carer", "yes"),
        lambda: steady().fact("rises", "no"),
        lambda: steady().log(0, hour=20, pain=4, flare=True).screen(0, hour=22),
    ],
)
def test_without_a_date_no_next_step_is_named(make: Callable[[], Patient]) -> None:
    assert next_step(make()) is None


def test_a_limit_names_the_next_step_in_spite_of_a_gate() -> None:
    patient = Patient().gates(15, yes=["heart"]).screen(0).pains(STEADY)
    assert next_step(patient.quota("walk", 20, 3, up_to=40)) == 4
    assert next_step(patient.quota("sit", 20, 3, by="me", up_to=40), "sit") is None


def test_the_next_step_comes_seven_days_after_the_last_one() -> None:
    assert next_step(steady()) == 0
    fresh = Patient().gates().screen(0).pains(STEADY).quota("walk", 20, 2).quota("sit", 20, 30)
    assert (next_step(fresh), next_step(fresh, "sit")) == (5, 0), "a first dose delays its own step alone"
    assert next_step(steady().quota("sit", 45, 4)) == 3, "and a step that of every activity"
    assert next_step(Patient().gates().screen(0).pains(STEADY).quota("walk", 20, up_to=20)) is None


def test_while_the_plan_is_shut_no_next_step_is_named() -> None:
    def step(patient: Patient) -> date | None:
        found = context(patient)
        walk = found.planned("walk")
        assert walk is not None
        return found.next_step_earliest(walk)

    assert step(back_after_a_gap()) is None
    assert step(back_after_a_gap().gates(0)) == Patient().today


def test_the_next_step_comes_a_week_after_the_last_flare_day() -> None:
    assert next_step(called(20).quota("walk", 45, 2)) == 5, "an old flare hides no later step"
    assert next_step(called(7)) == 1
    assert next_step(called(8)) == 0
    assert next_step(called(4)) == 4


def test_the_next_step_comes_a_week_after_a_flag_was_seen() -> None:
    assert next_step(closed_flag(5)) == 2
    assert next_step(closed_flag(9)) == 0


def test_steps_are_free_on_the_seventh_day() -> None:
    def rises(own: int, other: int) -> bool:
        patient = Patient().gates().screen(0).pains(SWING).quota("walk", 20, own)
        patient.quota("sit", 35, 20).quota("sit", 40, other)
        for n in range(1, 5):
            patient.done(n, "walk", 20)
        return "PR-1" in patient.rules()

    assert rises(7, 7)
    assert not rises(6, 7)
    assert not rises(7, 6)


# Which of two rows came later


def test_of_two_rows_of_one_moment_the_later_write_came_later() -> None:
    patient = base().done(1, "walk", 40)
    quota, session = patient.quotas[0], patient.sessions[0]
    early, late = session._replace(seq=1), quota._replace(at=session.at, seq=2)
    assert after(late, early)
    assert not after(early, late)
    assert after(late, late), "a write that holds both comes after itself"
    assert after(late._replace(at=session.at + timedelta(seconds=1), seq=0), early)
    assert not lived_after(early, late)
    assert lived_after(early._replace(seq=2), late)
    assert lived_after(early._replace(at=session.at + timedelta(seconds=1)), late)


def test_what_was_written_down_later_came_later() -> None:
    session = base().done(3, "walk", 40).sessions[0]
    noted = session._replace(recorded_at=at(date(2026, 3, 30), 12))
    quota = base().quotas[0]._replace(at=at(date(2026, 3, 29), 12), day=date(2026, 3, 29))
    assert after(noted, quota)
    assert not after(quota, noted)
    assert not lived_after(noted, quota), "but it was lived before"


def test_rows_without_a_number_count_as_written_first() -> None:
    moment = at(date(2026, 3, 30))

    class Plain:
        at = moment

    screen = Screen(moment, moment.date(), (), None, seq=1)
    assert after(screen, Plain())
    assert not after(Plain(), screen)
    assert after(Plain(), screen._replace(seq=0))


# The engine


def test_a_rule_is_kept_with_what_it_stands_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "RULES", {})

    def decide(_: Context) -> None:
        return None

    assert rule("XX-1", 8, ("a study",), "plain")(decide) is decide
    assert {"XX-1": engine.Rule("XX-1", 8, ("a study",), "plain", decide)} == engine.RULES


def test_a_rule_has_one_id() -> None:
    with pytest.raises(ValueError, match="two rules are called 'PR-1'"):
        rule("PR-1", 5, ("nobody",))(lambda _: None)


def test_log_only_keeps_the_warning_signs_and_says_why_the_rest_is_silent() -> None:
    patient = Patient().gates().plan().pains([*FOUR, 8, 8]).screen(0, hour=9, yes=["ND3"])
    patient.fact("mode", "log-only")
    found = patient.assess()
    assert {s.rule for s in found.suggestions} == {"RF-3", "RF-4", "FL-9"}
    assert {"FL-2", "FL-3"} <= {h.suggestion.rule for h in found.held if h.by == "log-only"}


def test_a_flare_silences_levers_and_not_the_end_of_a_course() -> None:
    patient = flared([6, 6, 6])
    for n in range(3):
        patient.skip(n + 4, "walk", "afraid")
    assert held_by(patient)["MD-3"] == "FL-3"
    patient.decide(1, "FL-3", "follow")
    assert held_by(patient)["MD-3"] == "FL-4"
    soon = flared([6, 6, 6]).decide(1, "FL-3", "follow")
    soon.fact("season", str(soon.day(-5)))
    assert "MN-3" in soon.rules(9)


def test_a_flare_silences_what_adds_nothing_too() -> None:
    patient = plateau(adherence=2).log(0, hour=20, pain=4, flare=True).screen(0, hour=22)
    assert held_by(patient)["PL-2"] == "FL-2"


def test_one_rise_a_day_whatever_stands_between() -> None:
    patient = stressed(3)
    for n in range(1, 5):
        patient.done(n, "walk", 40)
    for n in range(3):
        patient.skip(n + 1, "stand", "afraid")
    assert patient.rules(9) == ["PR-1", "MD-2"]
    assert held_by(patient)["MD-3"] == "cap"


def test_an_empty_diary_says_nothing() -> None:
    found = Patient().assess()
    assert (found.suggestions, found.held, found.plan) == ((), (), ())


def test_too_few_days_silence_plans_and_not_reductions() -> None:
    patient = Patient().gates().screen(0).pains([4, 3, 4, 3, 4])
    for n in range(3):
        patient.log(n, sit=20)
    assert held_by(patient)["PR-0"] == "DQ-1"
    assert held_by(Patient().gates().screen(0).pains([4, 3]))["DQ-3"] == "DQ-1"
    hurt = ready().pains([4, 3, 4]).done(1, "walk", 40, pain=8)
    assert "PR-4" in hurt.rules()


def test_after_some_days_of_silence_nothing_rises() -> None:
    patient = absent(4).quota("walk", 20, 20)
    for n in range(4, 9):
        patient.done(n, "walk", 20)
    patient.log(10, sit=20).log(9, sit=25).log(8, sit=15)
    assert held_by(patient)["PR-0"] == "DQ-2"


def test_a_decision_hides_and_says_so() -> None:
    assert held_by(walked().decide(0, "PR-1-walk", "ignore"))["PR-1"] == "decided"
    assert "PR-1" in walked().decide(7, "PR-1-walk", "ignore").rules()
    severe = Patient().gates().plan().pains([*FOUR, 8, 8]).screen(0, hour=9)
    assert "FL-9" not in severe.decide(2, "FL-9", "ignore").rules()
    severe.decisions.clear()
    assert "FL-9" in severe.decide(3, "FL-9", "ignore").rules()


def test_an_open_flag_is_never_silenced_by_another() -> None:
    both = base().screen(1, yes=["CE1"], hour=23).screen(0, yes=["ND1"])
    assert both.rules(9) == ["RF-2", "RF-5"]


def crowded() -> Patient:
    """An earned rise of two sorts, and more messages than three."""
    patient = walked().fact("snore", "yes").fact("sleepy", "yes")
    for n in range(3):
        patient.skip(n + 1, "stand", "afraid")
    return patient.fact("season", str(patient.day(-5)))


def test_one_rise_and_three_messages_a_day() -> None:
    found = crowded().assess()
    assert [s.rule for s in found.suggestions] == ["SL-2", "PR-1", "MN-3"]
    assert {h.suggestion.rule: h.by for h in found.held} == {"MD-3": "cap"}
    more = crowded().log(0, hour=20, pain=3, mood=2)
    for n in range(1, 7):
        more.log(n, hour=20, mood=2)
    found = more.assess()
    assert [s.rule for s in found.suggestions] == ["MD-1", "SL-2", "PR-1"]
    assert {h.suggestion.rule for h in found.held if h.by == "cap"} == {"MD-3", "MN-3"}


def test_a_question_about_an_entry_counts_and_can_be_cut() -> None:
    patient = Patient().gates().plan().pains([*FOUR, 8, 8, 7, 7]).decide(2, "FL-3", "follow")
    patient.done(1, "walk", 40, pain=8).done(1, "sit", 40, pain=8).log(0, hour=20, sit=200)
    patient.log(3, hour=20, sit=20).log(4, hour=20, sit=20)
    found = patient.assess()
    assert [s.rule for s in found.suggestions] == ["RF-4", "PR-4", "PR-4"]
    assert "DQ-4" in {h.suggestion.rule for h in found.held if h.by == "cap"}
