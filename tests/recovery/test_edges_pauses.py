"""Pauses, breaks, the first six weeks, the order of the plan, and the way ahead (clinical.md, PR-4, PR-6)."""

from __future__ import annotations

from tests.builders import Patient, at
from tests.recovery.test_edges_engine import STEADY, next_step
from tests.recovery.test_edges_plan import planned, said
from tests.recovery.test_flares import flare_of
from tests.recovery.test_flares import patient as flaring
from tests.recovery.test_rules import SWING, rested
from tests.recovery.test_rules_course import found_at_all, trainee

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Activity
from spinetrack.recovery.flares import lengthening, ramp_ahead


def paused(n: int = 1) -> Patient:
    patient = Patient().gates().pains(STEADY).quota("walk", 40, 30)
    return patient.done(n + 1, "walk", 40, spread=True).done(n, "walk", 40, spread=True).screen(0)


def test_a_pause_is_said_as_one() -> None:
    found = said(paused(), "PR-4")
    assert (found.title, found.sum) == ("Walking pauses", "a pause")
    assert found.message == (
        "Walking pauses: symptoms spread along the arm or leg twice in a row. "
        "Answer the warning-sign questions, and ask your physio to set the dose."
    )


def test_after_two_weeks_a_pause_ends_by_the_offer_to_begin_again() -> None:
    assert "PR-6" not in [s.rule for s in paused(13).assess().suggestions]
    offer = said(paused(14), "PR-6")
    assert [(c.before, c.after) for c in offer.changes] == [(40, 20)]
    assert paused(14).today_of("walk") == 0
    assert paused(14).quota("walk", 20, 0, by="me", rule="PR-6").today_of("walk") == 20
    assert paused(14).quota("walk", 20, 0, by="me").today_of("walk") == 0
    small = paused(14)
    small.quotas[0] = small.quotas[0]._replace(amount=1)
    assert [c.after for c in said(small, "PR-6").changes] == [1], "a pause ends even where nothing is lower"


def test_a_sign_to_book_ends_a_pause_and_an_open_flag_does_not() -> None:
    def walking(sign: str) -> float:
        patient = paused(2)
        patient.screens.clear()
        patient.screen(1, yes=[sign]).outcome(0, "seen", "GP").quota("walk", 15, 0)
        return patient.today_of("walk")

    assert walking("ND3") == 15
    assert walking("ND1") == 0


def test_a_break_lasts_fourteen_days() -> None:
    assert found_at_all(rested(14), "PR-6")
    assert not found_at_all(rested(14).log(13, walk=30), "PR-6"), "a logged walk breaks the absence"
    assert found_at_all(rested(14).log(14, walk=30), "PR-6")
    fresh = Patient().gates().screen(0).pains(STEADY)
    assert [c.after for c in said(fresh.quota("walk", 20, 40).quota("walk", 60, 14), "PR-6").changes] == [20]
    assert not found_at_all(rested(14).quota("walk", 40, 13), "PR-6")
    tiny = Patient().gates().screen(0).pains(STEADY).quota("walk", 1, 20)
    assert not found_at_all(tiny, "PR-6"), "nothing is lower than one minute"


# The first six weeks


def acute(sit: float, *, days: int = 10) -> Patient:
    patient = Patient().gates().screen(0).pains(SWING).quota("sit", 40, days)
    patient.fact("onset", str(patient.day(30)))
    for n in range(3):
        patient.log(n, hour=18, sit=sit)
    return patient


def test_in_the_first_weeks_a_step_back_says_why() -> None:
    back = planned(acute(40).done(2, "sit", 10).done(1, "sit", 20), "sit").step_back
    assert back is not None
    assert (back.share, back.dose, back.why) == (0.75, 30, "you can do less at present")
    assert back.since == Patient().today
    assert back.session is not None
    assert back.session.dose == 20
    assert planned(acute(50), "sit").step_back is None, "B0 is the dose itself"


def test_in_the_first_weeks_it_goes_down_at_most_every_three_days() -> None:
    assert acute(40, days=1).today_of("sit") == 30, "a first dose is no step"
    assert acute(30, days=10).quota("sit", 36, 2).today_of("sit") == 36
    assert acute(30, days=10).quota("sit", 36, 3).today_of("sit") == 20


def test_in_the_first_weeks_the_lower_of_two_holds() -> None:
    assert acute(45).done(1, "sit", 40, pain=8).today_of("sit") == 30
    assert acute(30).done(1, "sit", 40, pain=8).today_of("sit") == 20
    same = planned(acute(40).done(1, "sit", 40, pain=8), "sit")
    assert same.dose == (30, "pain 8 during the last session"), "B0 is as low: what came first is said"


# The order of the plan


def test_the_plan_goes_sit_stand_walk_then_as_added() -> None:
    patient = Patient().gates().screen(0).pains(SWING)
    for name in ("dead-bug", "walk", "bridge", "stand", "sit"):
        patient.quota(name, 20)
    kinds = {"dead-bug": "core", "bridge": "strength"}
    rows = tuple(Activity(n, kinds[n], 3, patient.today) for n in ("dead-bug", "bridge"))
    diary = patient.diary()._replace(activities=rows)
    plan = assess(diary, at(patient.today, 22), patient.today).plan
    assert [p.activity for p in plan] == ["sit", "stand", "walk", "dead-bug", "bridge"]
    assert [p.kind for p in plan] == [*["tolerance"] * 3, "core", "strength"]
    assert {p.unit for p in plan[:3]} == {"min"}


def test_a_dose_of_zero_takes_it_out_and_begins_a_new_course() -> None:
    patient = Patient().gates().screen(0).pains(SWING).quota("walk", 40, 9).quota("walk", 0, 5)
    assert patient.assess().plan == ()
    again = patient.quota("sit", 0, 4).quota("walk", 1, 3).quota("unknown", 5, 3).quota("stand", 20, -1)
    assert [(p.activity, p.baseline) for p in again.assess().plan] == [("walk", 1)]
    last = Patient().gates().screen(0).pains(SWING).quota("stand", 20, -1)
    last.quotas.append(last.quotas[0]._replace(activity="sit", day=last.today))
    assert [p.activity for p in last.assess().plan] == ["sit"]


def test_the_lower_load_of_a_flare_is_taken_from_the_dose_before_it() -> None:
    later = flaring([8, 8]).quota("sit", 30, 0)
    assert later.today_of("sit") == 20
    first = Patient().gates().screen(0).pains([*STEADY, 8, 8]).quota("sit", 40, 0)
    assert first.today_of("sit") == 20, "a first dose of the same day is lowered too"
    none = flaring([8, 8, 8]).decide(0, "PR-4-sit", "ignore", (("sit", 5),))
    assert none.today_of("sit") == 20, "only an answer about FL-3 changes it"
    old = flaring([8, 8]).decide(9, "FL-3", "ignore")
    assert old.today_of("sit") == 20
    assert old.decide(0, "FL-3", "adjust", (("sit", 30),)).today_of("sit") == 30


def test_next_step_of_an_exercise_needs_no_grid() -> None:
    assert next_step(trainee(), "bridge") == 0


def test_an_exercise_speaks_in_repetitions_or_seconds() -> None:
    assert planned(trainee(), "bridge").unit == "reps"
    assert planned(trainee(hold=20), "bridge").unit == "s"
    assert planned(trainee().did(1, 24, pain=8), "bridge").dose[0] == 6, "8 x 0.8, whole"
    assert planned(trainee(reps=10).did(1, 30, pain=8), "bridge").dose[0] == 8
    assert planned(trainee(reps=1).did(1, 3, pain=8), "bridge").dose[0] == 1
    assert planned(trainee(reps=40).did(1, 120, pain=8), "bridge").dose[0] == 32
    assert planned(trainee(reps=64).did(1, 192, pain=8), "bridge").dose[0] == 51
    held = trainee(hold=20).did(1, 60, pain=8)
    assert [(c.variable, c.after) for c in said(held, "PR-4").changes] == [("hold", 16)]


def test_two_repetitions_begin_again_at_one() -> None:
    patient = trainee(reps=2, n=20)
    assert [(c.before, c.after) for c in said(patient, "PR-6").changes] == [(2, 1)]


def test_a_whole_load_is_the_dose_before_the_flare_unrounded() -> None:
    patient = Patient().gates().quota("sit", 38, 30).pains([*[4.0] * 20, 8, 8, 7, 7, 6, 6, 6, 6])
    for n in range(8):
        patient.screen(n)
    assert patient.assess().flares[-1].level == 1
    assert patient.today_of("sit") == 38


def test_one_minute_is_not_lowered_by_a_flare() -> None:
    patient = Patient().gates().screen(0).quota("sit", 40, 30).quota("walk", 1, 30).pains([*STEADY, 8, 8])
    assert [c.activity for c in said(patient, "FL-3").changes] == ["sit"]
    patient.decide(0, "PR-3", "ignore")
    assert "FL-3" in patient.rules(), "only an answer about FL-3 ends its offer"


def test_a_hold_is_cut_as_a_hold() -> None:
    patient = trainee(hold=20).log(0, hour=20, pain=4, flare=True)
    assert [(c.variable, c.after) for c in said(patient, "FL-3").changes] == [("hold", 15)]


def test_the_way_ahead_is_at_most_two_weeks_and_never_stops_at_ninety_percent() -> None:
    flare = flare_of(flaring([8, 8, 8, 8, 8]))
    ahead = list(ramp_ahead(flare, Patient().today).values())
    assert ahead == [0.5, 0.625, 0.75, 0.875, 1.0]
    far = ramp_ahead(flare._replace(start=Patient().day(-20)), Patient().today)
    assert len(far) == 14
    late = flare._replace(start=Patient().day(8), steps=2)
    assert list(ramp_ahead(late, Patient().today).values()) == [0.75, 0.875, 1.0]


def test_equal_lengths_do_not_grow() -> None:
    assert not lengthening([1, 1, 2])
    assert lengthening([1, 2, 3])
