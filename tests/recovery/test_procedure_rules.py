"""After a procedure on the spine: pauses, care questions, limits, questions asked again, rules IJ and BD."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TODAY, Patient, at, ready
from tests.recovery.test_messages import told

from spinetrack.recovery import weighing
from spinetrack.recovery.aftercare import ASKED_ON, follow_up
from spinetrack.recovery.diary import Answer, Diary, ProfileFact, Score, TreatmentSession
from spinetrack.recovery.pacing import planned
from spinetrack.recovery.profile import GATES, gates_of, mode_of
from spinetrack.recovery.redflags import SHORT_ITEMS
from spinetrack.recovery.treatments import KINDS, PAUSE_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from spinetrack.recovery.findings import Suggestion

SWING = [4.0, 3.0] * 10


def says(patient: Patient, rule: str) -> Suggestion | None:
    """Return what a rule says, shown or held back."""
    found = patient.assess()
    every = (*found.suggestions, *(h.suggestion for h in found.held))
    return next((s for s in every if s.rule == rule), None)


def held_by(patient: Patient, rule: str) -> str | None:
    return next((h.by for h in patient.assess().held if h.suggestion.rule == rule), None)


def shown(patient: Patient, rule: str) -> bool:
    return rule in {s.rule for s in patient.assess().suggestions}


# --- the pause of rises ------------------------------------------------------------------------


def earned() -> Patient:
    """A patient whose walking has earned a rise, with the care questions answered today."""
    patient = ready().pains(SWING).gates(0)
    for n in range(1, 5):
        patient.done(n, "walk", 40)
    return patient


def test_without_a_procedure_the_rise_is_there() -> None:
    assert shown(earned(), "PR-1")


PAUSES = [("epidural", 3), ("facet", 3), ("trigger-point", 3), ("medial-branch-block", 3), ("ablation", 14)]


@pytest.mark.parametrize(("kind", "days"), PAUSES)
def test_no_rise_in_the_days_after_a_procedure(kind: str, days: int) -> None:
    for n in (0, 1, days):
        patient = earned().tried(kind, n, hour=7).screen(0, hour=21)
        assert held_by(patient, "PR-1") == "procedure", f"{kind}, day {n}"
    assert shown(earned().tried(kind, days + 1), "PR-1")


def test_the_pause_names_the_day_it_ends() -> None:
    earliest = {p.activity: p.next_step_earliest for p in earned().tried("ablation", 4).assess().plan}
    assert earliest["walk"] == TODAY + timedelta(days=11)


@pytest.mark.parametrize("kind", ["massage", "physiotherapy", "mri"])
def test_what_is_no_procedure_pauses_nothing(kind: str) -> None:
    assert shown(earned().tried(kind, 1), "PR-1")


def test_a_procedure_ahead_changes_nothing_yet() -> None:
    patient = earned().tried("fusion", -1, recorded=3)
    assert shown(patient, "PR-1")
    assert patient.assess().gates["surgery"] is False


def test_a_first_dose_waits_too() -> None:
    timed = Patient().gates(0).screen(0).pains(SWING)
    for n in (3, 2, 1):
        timed.log(n, hour=18, sit=30)
    assert shown(timed, "PR-0")
    assert held_by(timed.tried("epidural", 2).gates(0), "PR-0") == "procedure"


# --- the care questions ------------------------------------------------------------------------


def test_a_recorded_operation_opens_the_gate_by_itself_for_twelve_weeks() -> None:
    for n, is_open in ((0, True), (84, True), (85, False)):
        patient = ready().tried("discectomy", n).gates(0)
        found = patient.assess()
        assert found.gates["surgery"] is is_open, f"day {n}"
        assert found.mode == ("clinician-plan" if is_open else "build")


def test_after_twelve_weeks_a_yes_still_stands() -> None:
    assert ready().tried("fusion", 90).gates(0, yes=["surgery"]).assess().gates["surgery"] is True


def test_an_injection_opens_no_gate() -> None:
    patient = ready().tried("epidural", 1)
    assert patient.assess().gates["surgery"] is False
    assert patient.assess().mode == "build"


def test_before_any_answer_an_operation_is_a_yes_and_the_rest_is_open() -> None:
    diary = Patient().tried("fusion", 3).diary()
    assert gates_of(diary, TODAY) == {**dict.fromkeys(GATES), "surgery": True}
    assert mode_of(diary, TODAY) == "clinician-plan"


@pytest.mark.parametrize("kind", ["epidural", "ablation", "fusion"])
def test_a_procedure_makes_the_care_questions_due_at_once(kind: str) -> None:
    before = ready().pains(SWING).gates(1)
    assert says(before, "PG-1") is None
    found = says(before.tried(kind, 0), "PG-1")
    assert found is not None
    assert "procedure" in found.message
    assert "PG-1" in {h.by for h in earned().tried(kind, 0, hour=23).assess().held}


def test_they_are_due_every_third_day_until_they_are_answered() -> None:
    for n, due in ((1, False), (2, False), (3, True), (6, True)):
        patient = ready().pains(SWING).gates(10).tried("massage", n).tried("epidural", n)
        assert (says(patient, "PG-1") is not None) is due, f"day {n}"
        assert patient.assess().facts.gates_waiting_since == patient.day(n)
    answered = ready().pains(SWING).gates(10).tried("epidural", 3).gates(2)
    assert answered.assess().facts.gates_waiting_since is None


def test_a_procedure_recorded_late_asks_too_and_one_planned_asks_on_its_day() -> None:
    late = ready().gates(5).tried("epidural", 60, recorded=1).assess()
    assert late.facts.gates_waiting_since == TODAY - timedelta(days=1)
    ahead = ready().gates(5).tried("epidural", 2, recorded=9).assess()
    assert ahead.facts.gates_waiting_since == TODAY - timedelta(days=2)
    known = ready().gates(2).tried("epidural", 2, recorded=9).assess()
    assert known.facts.gates_waiting_since is None
    still_to_come = ready().gates(5).tried("epidural", -2, recorded=0).assess()
    assert still_to_come.facts.gates_waiting_since is None


def test_one_new_answer_is_not_all_of_them() -> None:
    patient = ready().gates(10).tried("epidural", 3)
    patient.profile.append(ProfileFact("gate:surgery", "no", at(patient.day(1)), patient.day(1)))
    assert patient.assess().facts.gates_waiting_since == patient.day(3)


# --- a limit of somebody else ------------------------------------------------------------------


def limited(
    set_on: int, procedure_on: int | None, *, recorded: int | None = None, hour: int = 12
) -> float | None:
    """Return what the limit of a walk quota allows, set `set_on` days ago at 8 o'clock."""
    patient = Patient().gates(40, yes=["heart"]).screen(0).pains(SWING)
    patient.quota("walk", 20, set_on, up_to=40)
    if procedure_on is not None:
        patient.tried("epidural", procedure_on, recorded=recorded, hour=hour)
    return next(p for p in planned(patient.assess().facts) if p.name == "walk").limit


def test_a_limit_from_before_a_procedure_gives_no_room() -> None:
    assert limited(10, None) == 40
    assert limited(10, 5) is None
    assert limited(10, 12) == 40


def test_on_the_day_itself_the_later_one_counts_and_in_doubt_none() -> None:
    assert limited(5, 5, hour=12) is None
    assert limited(5, 5, hour=7) == 40
    assert limited(5, 5, recorded=4) is None, "recorded a day late: nobody knows which came first"


def test_after_an_operation_a_rise_stays_inside_what_was_agreed_since() -> None:
    patient = ready().pains(SWING).tried("discectomy", 12).gates(9)
    for n in range(1, 5):
        patient.done(n, "walk", 40)
    assert held_by(patient, "PR-1") == "clinician-plan"
    patient.quota("walk", 40, 14, up_to=60)
    assert held_by(patient, "PR-1") == "clinician-plan", "agreed before the operation"
    patient.quota("walk", 40, 8, up_to=60)
    assert shown(patient, "PR-1")


# --- the questions asked again -----------------------------------------------------------------


def asked(patient: Patient) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = patient.assess().rescreen
    return (found.reasons, found.items) if found else ((), ())


def screened(n: int) -> Patient:
    """A patient who answered everything `n` days ago."""
    return Patient().gates(0).screen(n, hour=21).pains(SWING)


def test_day_0_of_a_treatment_asks_the_short_form() -> None:
    reasons, items = asked(screened(1).tried("massage", 0))
    assert reasons == ("treatment",)
    assert items == SHORT_ITEMS
    assert asked(screened(0).tried("massage", 0)) == ((), ())
    assert asked(screened(1).tried("massage", 0, recorded=1)) == (("treatment",), SHORT_ITEMS)


def test_it_stays_due_until_it_is_answered_and_an_investigation_asks_nothing() -> None:
    assert asked(screened(9).tried("acupuncture", 7))[0] == ("treatment",)
    assert asked(screened(5).tried("acupuncture", 7)) == ((), ())
    assert asked(screened(9).tried("mri", 7)) == ((), ())
    assert asked(screened(1).tried("massage", -1, recorded=0)) == ((), ())


@pytest.mark.parametrize("day", ASKED_ON)
@pytest.mark.parametrize("kind", ["epidural", "ablation", "fusion"])
def test_on_these_days_after_a_procedure_its_own_signs_are_asked(kind: str, day: int) -> None:
    due = screened(1).tried(kind, day)
    reasons, items = asked(due)
    assert "procedure" in reasons
    assert {"IN3", "OT4", *SHORT_ITEMS} <= set(items)
    assert asked(due.screen(0)) == ((), ())


@pytest.mark.parametrize("day", [2, 4, 6, 8, 13, 15, 27, 29])
def test_on_the_days_between_they_are_not(day: int) -> None:
    assert asked(screened(1).tried("epidural", day)) == ((), ())


def test_a_course_asks_on_none_of_these_days() -> None:
    assert all(asked(screened(1).tried("physiotherapy", day)) == ((), ()) for day in ASKED_ON)


def test_for_ninety_days_every_asking_has_the_sign_of_a_procedure() -> None:
    for n, there in ((60, True), (90, True), (91, False)):
        patient = screened(14).tried("epidural", n)
        reasons, items = asked(patient)
        assert reasons == ("fortnight",)
        assert ("IN3" in items) is there, f"day {n}"
        assert "OT4" not in items


def test_a_word_asks_for_it_too() -> None:
    patient = screened(1).log(0, hour=21, pain=4, note="felt feverish")
    assert "IN3" not in asked(patient)[1]
    reasons, items = asked(patient.tried("epidural", 20))
    assert reasons == ("word",)
    assert items[-1] == "IN3"


def test_a_treatment_taken_back_leaves_the_question_that_was_written() -> None:
    patient = screened(1).tried("massage", 0)
    triggers = patient.assess().facts.triggers.fresh()
    assert [t.reason for t in triggers] == ["treatment"]
    patient.treatments.clear()
    diary = patient.diary()._replace(triggers=triggers)
    from spinetrack.recovery.assess import assess

    found = assess(diary, at(TODAY, 22), TODAY).rescreen
    assert found is not None
    assert found.reasons == ("treatment",)


# --- combinations ------------------------------------------------------------------------------


@pytest.mark.parametrize("item", ["ND1", "MY3", "MY4", "CE7"])
def test_within_ninety_days_of_a_procedure_these_are_an_emergency(item: str) -> None:
    answers = (Answer(item, "yes"),)
    for n, tier in ((0, 1), (90, 1), (91, 2)):
        diary = Patient().tried("facet", n).diary()
        assert weighing.tier_on(diary, TODAY, answers) == tier, f"day {n}"
    assert weighing.tier_on(Patient().tried("massage", 3).diary(), TODAY, answers) == 2
    assert weighing.tier_on(Diary(), TODAY, answers) == 2


def test_an_old_sign_is_named_as_it_was_weighed_then() -> None:
    diary = Patient().tried("facet", 100).diary()
    answers = (Answer("ND1", "yes"), Answer("IN2", "yes", "+"), Answer("CE8", "yes"))
    assert weighing.named_on(diary, TODAY - timedelta(days=20), answers) == ("ND1", "IN2")
    assert weighing.tier_on(diary, TODAY - timedelta(days=20), answers) == 1
    assert weighing.tier_on(diary, TODAY, answers) == 2


# --- IJ-1 to IJ-4 ------------------------------------------------------------------------------


def followed(
    n: int,
    pain: tuple[float, float] = (6, 6),
    sit: tuple[float, float] | None = (20, 20),
    kind: str = "epidural",
    *,
    every: int = 1,
    agreed: bool = False,
) -> Patient:
    """A patient with a procedure `n` days ago, and day values before and since."""
    patient = Patient().gates(0).screen(0).tried(kind, n, agreed=agreed)
    for day in range(n + 20, -1, -1):
        if day % every == 0:
            since = day < n
            values = {"pain": pain[since], **({"sit": sit[since]} if sit else {})}
            patient.log(day, **values)  # type: ignore[arg-type]
    return patient


@pytest.mark.parametrize(
    ("pain", "sit", "words"),
    [
        ((6, 3), (20, 26), "You can do more: sitting 20 min to 26 min"),
        ((6, 6), (20, 26), "You can do more"),
        ((6, 4), (20, 25.9), "Pain went from 6 to 4. What you can do is much the same"),
        ((6, 4.1), (20, 20), "Neither"),
        ((9, 7), (20, 20), "Neither"),
        ((6, 3), None, "Pain went from 6 to 3. What you can do was not logged often enough"),
        ((6, 6), None, "Pain has not clearly changed so far. What you can do was not"),
    ],
)
def test_two_weeks_on_it_says_function_pain_or_neither(
    pain: tuple[float, float], sit: tuple[float, float] | None, words: str
) -> None:
    found = says(followed(18, pain, sit), "IJ-1")
    assert found is not None
    assert words in found.message
    assert "comes by itself" in found.message
    assert found.subject == "epidural"


def test_the_first_look_is_from_day_14_until_the_second() -> None:
    assert says(followed(13), "IJ-1") is None
    assert says(followed(14), "IJ-1") is not None
    assert says(followed(41), "IJ-1") is not None
    assert says(followed(42), "IJ-1") is None
    assert says(followed(20, kind="ablation"), "IJ-1") is None
    assert says(followed(20, kind="physiotherapy"), "IJ-1") is None
    assert says(followed(20, kind="medial-branch-block"), "IJ-1") is None, "a test is not judged by relief"


def test_it_needs_five_days_on_both_sides() -> None:
    patient = followed(18)
    keep = {patient.day(n) for n in (0, 2, 4, 6, 8)}
    early = [e for e in patient.entries if e.day < patient.day(18)]
    patient.entries = [*early, *(e for e in patient.entries if e.day in keep)]
    assert says(patient, "IJ-1") is not None
    patient.entries = [e for e in patient.entries if e.day != patient.day(8)]
    assert says(patient, "IJ-1") is None
    before = followed(18)
    before.entries = [e for e in before.entries if e.day > before.day(18 + 5)]
    assert says(before, "IJ-1") is None


def test_a_sign_of_that_time_silences_it() -> None:
    assert says(followed(16).screen(3, yes=["OT4"]).outcome(2, "seen", "GP"), "IJ-1") is None
    assert says(followed(16).screen(3, unsure=["IN3"]).outcome(2, "seen", "GP"), "IJ-1") is None
    assert not shown(followed(16).screen(0, yes=["CE1"]), "IJ-1")


@pytest.mark.parametrize(("rule", "n"), [("IJ-1", 20), ("IJ-2", 45)])
def test_once_decided_it_is_over(rule: str, n: int) -> None:
    first = 14 if rule == "IJ-1" else 42
    patient = followed(n)
    assert says(patient, rule) is not None
    early = followed(n).decide(n - first + 1, f"{rule}-epidural", "ignore")
    assert says(early, rule) is not None, "a decision from before it fell due is another one's"
    assert says(patient.decide(n - first, f"{rule}-epidural", "ignore"), rule) is None


def test_a_later_procedure_ends_the_looks_at_the_one_before() -> None:
    assert says(followed(20), "IJ-1") is not None
    assert says(followed(20).tried("epidural", 5), "IJ-1") is None
    assert says(followed(45).tried("fusion", 2), "IJ-2") is None
    assert says(followed(20).tried("medial-branch-block", 5), "IJ-1") is not None, (
        "a test changes nothing for long"
    )


def test_six_weeks_on_no_change_is_said_and_nothing_else() -> None:
    assert says(followed(41), "IJ-2") is None
    for n in (42, 49, 76):
        found = says(followed(n, (6, 3), (20, 25.9)), "IJ-2")
        assert found is not None, f"day {n}"
        assert "Before another one" in found.message
    assert says(followed(77), "IJ-2") is None
    assert says(followed(45, (6, 6), (20, 26)), "IJ-2") is None, "30 % more is a change"
    assert says(followed(45, sit=None), "IJ-2") is None, "without a tolerance nothing is known"


def scored(patient: Patient, before: float, after: float) -> Diary:
    rows = ((60, before), (5, after))
    scores = tuple(Score("psfs", at(patient.day(n)), patient.day(n), total=total, id=n) for n, total in rows)
    return patient.diary()._replace(scores=scores)


@pytest.mark.parametrize(("after", "is_said"), [(5, False), (4.9, True)])
def test_a_score_of_the_own_activities_up_by_two_is_a_change(after: float, is_said: bool) -> None:
    from spinetrack.recovery.assess import assess

    found = assess(scored(followed(45), 3, after), at(TODAY, 22), TODAY)
    assert ("IJ-2" in {s.rule for s in found.suggestions}) is is_said


def test_a_goal_that_went_up_is_a_change() -> None:
    patient = followed(45).goal("read", 10, 60, baseline=5)
    assert says(patient.rate(50, -1), "IJ-2") is not None
    assert says(patient.rate(3, 0), "IJ-2") is None


def building(n: int = 20, pain: tuple[float, float] = (6, 4), **more: object) -> Patient:
    patient = followed(n, pain, agreed=True, **more)  # type: ignore[arg-type]
    return patient.quota("walk", 20, n + 5).quota("sit", 20, n + 5)


def test_with_less_pain_and_a_still_plan_the_physio_is_asked_for_the_next_step() -> None:
    found = says(building(), "IJ-3")
    assert found is not None
    assert found.is_rise
    assert not found.changes
    assert shown(building(), "IJ-3")


@pytest.mark.parametrize(
    ("n", "pain", "is_said"),
    [
        (13, (6, 4), False), (14, (6, 4), False), (20, (6, 4), True), (42, (6, 4), True), (43, (6, 4), False),
        (20, (6, 4.1), True), (20, (6, 4.3), False), (20, (9, 7), True), (20, (9, 7.1), False), (20, (4, 2.8), True),
    ],
)  # fmt: skip
def test_its_window_and_how_much_less(n: int, pain: tuple[float, float], is_said: bool) -> None:
    """On day 14 there is one day of the window: five are needed."""
    assert (says(building(n, pain), "IJ-3") is not None) is is_said


def test_it_needs_the_word_of_a_physio_and_an_unchanged_plan() -> None:
    assert says(followed(20, (6, 4)).quota("walk", 20, 25), "IJ-3") is None
    assert says(building().quota("walk", 22, 8), "IJ-3") is None
    assert says(building(kind="ablation"), "IJ-3") is None


@pytest.mark.parametrize(
    ("trouble", "by"),
    [
        (lambda p: p.gates(0, yes=["heart"]), "clinician-plan"),
        (lambda p: p.log(0, hour=20, limb=8), "limb"),
        (lambda p: p.screen(0, yes=["ND3"]), "RF-3"),
        (lambda p: p.done(1, "walk", 20, settled=False), "PR-3"),
        (lambda p: p.log(3, hour=20, pain=4, flare=True), "FL-4"),
        (lambda p: p.fact("carer", "yes"), "carer"),
        (lambda p: p.fact("rises", "no"), "log-only"),
    ],
)  # fmt: skip
def test_it_shares_what_stands_in_the_way_of_a_rise(trouble: object, by: str) -> None:
    patient = building()
    trouble(patient)  # type: ignore[operator]
    assert not shown(patient, "IJ-3")
    held = held_by(patient, "IJ-3")
    assert held is not None
    assert held == by or held.startswith(("FL", "RF"))


def test_the_rise_that_was_earned_goes_before_it() -> None:
    patient = building()
    for n in range(1, 5):
        patient.done(n, "walk", 20)
    assert shown(patient, "PR-1")
    assert says(patient, "IJ-3") is None


def faded(weeks: int = 8, *, back: int = 27, after: float = 5, kind: str = "ablation") -> Patient:
    """Pain was 6, fell to 2 at a procedure, and has been `after` again for `back` days."""
    n = 7 * weeks
    patient = Patient().gates(0).screen(0).tried(kind, n)
    for day in range(n + 20, -1, -1):
        patient.log(day, pain=6 if day >= n else after if day < back else 2)
    return patient


def test_pain_that_is_back_for_two_weeks_says_how_long_relief_lasted() -> None:
    found = says(faded(), "IJ-4")
    assert found is not None
    assert "about 5 weeks" in found.message
    assert found.subject == "ablation"


def test_it_must_be_back_within_a_point_for_fourteen_days() -> None:
    """The middle of 14 days is back on the eighth day of higher pain, at half of both on the seventh."""
    assert says(faded(back=20), "IJ-4") is None
    assert says(faded(back=21), "IJ-4") is not None
    assert says(faded(after=4.9), "IJ-4") is None
    assert says(faded(back=40), "IJ-4") is None, "it is said for two weeks"


def test_pain_that_never_fell_does_not_fade() -> None:
    assert says(followed(56, (6, 6)), "IJ-4") is None
    assert says(faded(kind="fusion"), "IJ-4") is None
    assert says(faded(kind="epidural"), "IJ-4") is not None
    assert says(faded().decide(3, "IJ-4-ablation", "ask"), "IJ-4") is None


# --- what today's screen points at -------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "n", "window"),
    [
        ("epidural", 13, None), ("epidural", 14, "2 weeks"), ("epidural", 25, "2 weeks"), ("epidural", 26, None),
        ("epidural", 42, "6 weeks"), ("epidural", 91, "3 months"), ("ablation", 14, None), ("ablation", 42, "6 weeks"),
        ("ablation", 180, "6 months"), ("ablation", 365, "12 months"), ("fusion", 91, "3 months"), ("massage", 14, None),
        ("medial-branch-block", 14, None), ("mri", 14, None),
    ],
)  # fmt: skip
def test_a_follow_up_is_due(kind: str, n: int, window: str | None) -> None:
    found = follow_up(Patient().tried(kind, n).diary(), TODAY)
    assert (found.window.name if found else None) == window


# --- CR-1 and CR-2 -----------------------------------------------------------------------------


def on_course(n: int, *, kind: str = "physiotherapy", gain: bool = False, plan: int | None = None) -> Patient:
    patient = Patient().gates(0).screen(0).tried(kind, n, planned=6)
    if plan is not None:
        patient.quota("walk", 20, plan)
    for day in range(n + 20, -1, -1):
        patient.log(day, pain=5, sit=26 if gain and day < 20 else 20)
    return patient


def test_a_recorded_course_is_looked_back_on_by_its_own_days() -> None:
    assert says(on_course(41, plan=43), "CR-1") is None
    found = says(on_course(42, plan=60), "CR-1")
    assert found is not None
    assert "Your course is six weeks old" in found.message
    assert says(on_course(50, kind="massage"), "CR-1") is None
    assert says(on_course(50, kind="massage", plan=43), "CR-1") is not None


def test_the_sessions_of_the_course_are_counted() -> None:
    patient = on_course(45)
    done = tuple(TreatmentSession(1, at(patient.day(n)), patient.day(n)) for n in (40, 30, 20, 10))
    from spinetrack.recovery.assess import assess

    found = assess(patient.diary()._replace(treatment_sessions=done), at(TODAY, 22), TODAY)
    facts = {f.fact: f.value for s in found.suggestions if s.rule == "CR-1" for f in s.why}
    assert facts == {"days since the course began": 45, "sessions done": "4 of 6"}


def test_an_ended_course_leaves_the_days_of_the_plan() -> None:
    patient = on_course(50, plan=30)
    patient.treatments[0] = patient.treatments[0]._replace(end=patient.day(1))
    assert says(patient, "CR-1") is None
    patient.treatments[0] = patient.treatments[0]._replace(end=patient.day(0))
    assert says(patient, "CR-1") is not None


def test_after_twelve_weeks_the_gain_since_the_course_began_decides() -> None:
    for gain, words in ((True, "clearly better"), (False, "neither pain nor")):
        found = says(on_course(84, gain=gain), "CR-2")
        assert found is not None
        assert words in found.message
    assert says(on_course(83), "CR-2") is None


# --- BD-1 --------------------------------------------------------------------------------------


def prompt(patient: Patient, hour: int) -> str | None:
    found = patient.assess(hour)
    return next((s.title for s in found.suggestions if s.rule == "BD-1"), None)


def test_on_the_day_of_a_test_injection_its_diary_is_offered() -> None:
    assert prompt(ready().tried("medial-branch-block", 0), 12) == "A test injection today"
    assert prompt(ready().tried("medial-branch-block", 1), 12) is None
    assert prompt(ready().tried("epidural", 0), 12) is None


def test_while_it_runs_the_next_point_is_named() -> None:
    assert prompt(ready().numbed(8, rated={15: 4, 30: 2}), 10) == "Block diary: next now (+1 h)"
    assert prompt(ready().numbed(8, rated={60: 2}), 11) == "Block diary: next now (+2 h)"
    assert prompt(ready().numbed(8, rated={120: 2}), 11) == "Block diary: next 12:00 (+3 h)"
    assert prompt(ready().numbed(8, rated={480: 2}), 17) is None, "the last point is answered"
    assert prompt(ready().numbed(8), 18) is None, "the eight hours are over"
    assert prompt(ready().numbed(8, 1), 12) is None


def test_what_to_take_care_of_stands_in_every_prompt() -> None:
    for patient in (ready().numbed(8), ready().tried("medial-branch-block", 0)):
        found = next(s for s in patient.assess(10).suggestions if s.rule == "BD-1")
        assert "Leg weak or numb: do not walk alone or drive" in found.message
        assert "your clinic's sheet" in found.message


def test_a_warning_sign_silences_the_prompts() -> None:
    assert prompt(ready().numbed(8).screen(0, yes=["CE1"], hour=9), 10) is None


# --- every word --------------------------------------------------------------------------------

MESSAGES: dict[str, Callable[[], Patient]] = {
    "IJ-1 function": lambda: followed(18, (6, 3), (20, 26)),
    "IJ-1 pain": lambda: followed(18, (6, 3)),
    "IJ-1 neither": lambda: followed(18),
    "IJ-1 without tolerances": lambda: followed(18, (6, 3), None),
    "IJ-2": lambda: followed(45, (6, 3)),
    "IJ-3": building,
    "IJ-3 held": lambda: building().gates(0, yes=["heart"]),
    "IJ-4": faded,
    "CR-1 course": lambda: on_course(45),
    "CR-2 course": lambda: on_course(84),
    "CR-2 course gained": lambda: on_course(84, gain=True),
    "BD-1": lambda: ready().numbed(8, rated={180: 4}, hour=20),
    "BD-1 begin": lambda: ready().tried("medial-branch-block", 0),
    "PG-1 procedure": lambda: ready().pains(SWING).gates(1).tried("epidural", 0),
    "PR-1 held": lambda: earned().tried("ablation", 2),
    "RF-4 treatment": lambda: screened(1).tried("massage", 0),
    "RF-4 procedure": lambda: screened(1).tried("epidural", 7),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_word_and_number(name: str, snapshot: SnapshotAssertion) -> None:
    found, rule = MESSAGES[name]().assess(), name.split(maxsplit=1)[0]
    text = [line for s in found.suggestions if s.rule == rule for line in told(s)]
    for held in (h for h in found.held if h.suggestion.rule == rule):
        text += [f"held by {held.by}:", *told(held.suggestion)]
    assert text, f"{rule} says nothing"
    assert "\n".join(text) == snapshot


# --- properties --------------------------------------------------------------------------------

PROCEDURES = sorted(key for key, kind in KINDS.items() if kind.is_procedure)


@given(st.sampled_from(PROCEDURES), st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_no_rise_inside_a_pause_or_before_the_answers(
    kind: str, n: int, answered: int, limited: bool
) -> None:
    patient = ready().pains(SWING).gates(answered).tried(kind, n)
    if limited:
        patient.quota("walk", 40, 8, up_to=100)
    for day in range(1, 6):
        patient.done(day, "walk", 40)
    found = patient.assess()
    rises = [s for s in found.suggestions if s.is_rise]
    if n <= PAUSE_DAYS.get(KINDS[kind].family, -1) or min(answered, 15) >= n:
        assert not rises
    if KINDS[kind].family == "surgery":
        assert not rises or (limited and n > 8)
