"""Who needs to be read first: the order of needs, each with the reason that decides it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.builders import TODAY, Patient, at

from spinetrack.recovery.caseload import A_NEWER_ONE, NEEDS, Case, Standing, in_order, standing, with_newer
from spinetrack.recovery.diary import Answer, CustomMetric, Intake, Medicine, Observation, Screen


def of(patient: Patient, later: int = 0, *, redacted: bool = False) -> Standing:
    """Return how a diary stands, read `later` days after its today."""
    day = TODAY + timedelta(days=later)
    found = standing(patient.diary(), at(day, 22), day, redacted=redacted)
    assert found is not None
    return found


def steady(days: int = 28, **values: float) -> Patient:
    """A patient with one calm entry a day up to today."""
    patient = Patient().screen(3)
    for n in range(days):
        patient.log(n, **{"pain": 4, "sit": 30, **values})  # type: ignore[arg-type]
    return patient


def falling(before: float = 40, after: float = 25, *, pain: tuple[float, float] = (4, 4)) -> Patient:
    patient = Patient().screen(3)
    for n in range(42):
        patient.log(n, pain=pain[n < 14], sit=after if n < 14 else before)
    return patient


def creeping(before: float, after: float) -> Patient:
    """Pain that grows by a point in four weeks, which no day of a flare stands out of."""
    patient = Patient().screen(3)
    for n in range(84):
        patient.log(n, pain=4 + (83 - n) // 23, sit=after if n < 14 else before)
    return patient


def behind(n: int = 28) -> Patient:
    """A goal set `n` days ago, 20 to 60 in 8 weeks, and sitting that stays at 20."""
    return steady(40, sit=20).goal("sit", 60, n, weeks=8, baseline=20)


def flaring(days: int = 10) -> Patient:
    patient = Patient().screen(3)
    for n in range(40):
        patient.log(n, pain=8 if n <= days else 4, sit=30, flare=True if n <= days else None)
    return patient


# -- one need at a time ----------------------------------------------------------------------------


def test_a_calm_diary_is_fine_and_says_what_was_compared() -> None:
    assert of(steady()) == Standing("fine", "no clear change; screen 27 Mar", TODAY, 0)


def test_a_clear_gain_is_told() -> None:
    assert of(falling(25, 40)).reason == "sitting 25 → 40 min in 4 weeks, clear; screen 27 Mar"


def test_a_short_diary_says_that_nothing_can_be_compared() -> None:
    patient = Patient().log(1, pain=4).log(0, pain=4)
    assert of(patient).reason == "too few days to compare; never screened"


def test_an_open_sign_comes_first_and_is_named() -> None:
    found = of(steady().screen(0, ["CE1"]))
    assert (found.need, found.reason, found.grade) == (
        "red-flag",
        "CE1 (new trouble passing urine) reported today, not closed",
        1,
    )
    assert (
        of(steady().screen(1, ["CE1"])).reason
        == "CE1 (new trouble passing urine) reported yesterday, not closed"
    )
    assert (
        of(steady().screen(5, ["CE1"])).reason
        == "CE1 (new trouble passing urine) reported 25 Mar, not closed"
    )


def test_a_sign_that_somebody_saw_is_closed_and_one_that_passed_is_not() -> None:
    assert of(steady().screen(2, ["CE1"]).outcome(1, "seen", "A&E")).need == "fine"
    assert of(steady().screen(2, ["CE1"]).outcome(1, "mistake")).need == "fine"
    assert of(steady().screen(2, ["CE1"]).outcome(1, "gone")).need == "red-flag"
    assert of(steady().screen(2, ["CE1"]).outcome(1, "booked")).need == "red-flag"
    assert of(steady().screen(2, ["CE1"]).outcome(1, "note")).need == "red-flag"


def test_a_sign_for_this_week_is_no_red_flag_and_is_told_with_any_reason() -> None:
    week = steady().screen(0, ["ND3"])
    assert week.diary().screens[-1].tier == 3
    assert of(week).need == "fine"
    assert of(week).reason.endswith("; ND3 (numbness that is spreading) reported today, not closed")


def test_a_private_answer_opens_the_flag_and_is_not_named() -> None:
    patient = steady()
    patient.screens.append(Screen(at(TODAY, 21), TODAY, (Answer("OT2", "yes"),), 1, id=9))
    found = of(patient)
    assert found.need == "red-flag"
    assert found.reason == "a warning sign of today, not closed; ask in person"


def test_a_flare_runs_long_from_its_eighth_day() -> None:
    assert of(flaring(7)).need != "flare-overrun"
    assert of(flaring(8))[:2] == ("flare-overrun", "flare, day 8")
    assert of(flaring(11))[:3] == ("flare-overrun", "flare, day 11", TODAY)


def test_a_flare_that_is_over_or_quiet_for_three_days_does_not_count() -> None:
    assert of(flaring(9).flare_mark(0, "end")).need != "flare-overrun"
    quiet = Patient().screen(3)
    for n in range(3, 40):
        quiet.log(n, pain=8 if n <= 12 else 4, flare=True if n <= 12 else None)
    assert of(quiet)[:2] == ("flare-overrun", "flare, day 9")
    assert of(quiet.log(0, sit=30)).need != "flare-overrun"


def test_worse_is_a_clear_change_of_function_first() -> None:
    found = of(falling())
    assert found == Standing("worse", "sitting 40 → 25 min in 4 weeks, clear", TODAY, -0.375)
    assert of(creeping(40, 25)).reason.startswith("sitting 40 → 25 min")
    assert of(creeping(40, 40))[:2] == ("worse", "pain 4 → 7 in 10 weeks, clear")


def test_a_possible_change_is_not_worse() -> None:
    assert of(falling(40, 32)).need == "fine"


def test_worse_since_the_last_visit_counts_though_the_beginning_was_as_low() -> None:
    patient = Patient().screen(3)
    for n in range(70):
        patient.log(n, pain=4, sit=25 if n < 14 or n >= 56 else 45)
    from spinetrack.recovery.diary import Visit

    visited = patient.diary()._replace(visits=(Visit("physio", patient.day(20), at(TODAY), TODAY, id=1),))
    found = standing(visited, at(TODAY, 22), TODAY)
    assert found is not None
    assert found[:2] == ("worse", "sitting 45 → 25 min in 3 weeks, clear")


def test_long_times_keep_their_unit() -> None:
    assert of(falling(90, 50)).reason == "sitting 1 h 30 → 50 min in 4 weeks, clear"


def test_off_track_takes_two_looks_and_three_weeks() -> None:
    found = of(behind())
    assert found.need == "off-track"
    assert found.reason == "goal sit through a film: 0 % of the way due"
    assert of(behind(20)).need == "fine"
    assert of(steady(40, sit=20).goal("sit", 60, 28, weeks=3, baseline=20)).need == "fine"
    assert of(steady(40, sit=40).goal("sit", 60, 28, weeks=8, baseline=20)).need == "fine"


def test_a_goal_falls_behind_by_a_long_title_on_one_line() -> None:
    patient = steady(40, sit=20).goal("sit", 60, 28, weeks=8, baseline=20, title="walk\n" + "x" * 10_000)
    assert len(of(patient).reason) < 100
    assert "\n" not in of(patient).reason


@pytest.mark.parametrize(("later", "need"), [(9, "fine"), (10, "silent"), (31, "silent")])
def test_silence_begins_at_ten_days(later: int, need: str) -> None:
    found = of(steady(), later)
    assert found.need == need
    if need == "silent":
        assert (found.reason, found.grade) == ("last entry 30 Mar", -later)


def test_the_year_is_said_when_it_is_another() -> None:
    assert of(steady(), 300).reason == "last entry 30 Mar 2026"


def test_a_file_is_read_as_of_its_last_day() -> None:
    """A file lies in the inbox for weeks: what it said stays said, and comes before its silence."""
    assert of(falling(), 31).need == "worse"
    assert of(flaring(), 31)[:2] == ("flare-overrun", "flare, day 10")
    assert of(behind(), 31).need == "off-track"


def test_days_after_the_day_of_reading_do_not_count() -> None:
    assert of(falling(), -20).need == "fine"
    assert of(steady().screen(0, ["CE1"]), -20).need == "red-flag"


def test_a_redacted_diary_counts_its_days_and_is_never_silent() -> None:
    found = of(steady(), 9000, redacted=True)
    assert found.need == "fine"
    assert "screen day " in found.reason


def test_sessions_and_skips_are_records_too() -> None:
    patient = steady().done(-3, "sit", 20)
    assert of(patient, 12).need == "fine"
    assert of(patient, 12).last_day == TODAY + timedelta(days=3)


def test_nothing_at_all_has_no_standing() -> None:
    assert standing(Patient().diary(), at(TODAY), TODAY) is None


def test_a_screen_alone_has_one() -> None:
    assert of(Patient().screen(2, ["CE2"]))[:3] == (
        "red-flag",
        "CE2 (changed feeling between the legs) reported 28 Mar, not closed",
        TODAY - timedelta(days=2),
    )


def test_too_much_paracetamol_opens_a_sign_that_nobody_wrote_down() -> None:
    tablet = Medicine("paracetamol", TODAY, at(TODAY), TODAY, contains=(("paracetamol", 1000.0),), id=1)
    taken = tuple(Intake(1, at(TODAY, h), TODAY, at(TODAY, h), id=h) for h in (6, 9, 12, 15, 18))
    diary = steady().diary()._replace(medicines=(tablet,), intakes=taken)
    found = standing(diary, at(TODAY, 22), TODAY)
    assert found is not None
    assert found.need == "red-flag"


def test_an_own_measure_of_a_goal_is_read() -> None:
    patient = steady(40).goal("read", 60, 28, weeks=8, baseline=20)
    for n, entry in enumerate(patient.entries):
        patient.entries[n] = entry._replace(observations=(*entry.observations, Observation("read", 20)))
    diary = patient.diary()._replace(metrics=(CustomMetric("read", "Reading", "min", "up", 0, 600, 1),))
    found = standing(diary, at(TODAY, 22), TODAY)
    assert found is not None
    assert found.need == "off-track"


# -- the order -------------------------------------------------------------------------------------


def test_cases_are_sorted_by_need_then_by_size() -> None:
    needs = [
        of(steady()), of(steady(), 12), of(steady(), 31), of(behind()), of(falling(40, 20)), of(falling()),
        of(flaring(9)), of(flaring(12)), of(steady().screen(0, ["OT4"])), of(steady().screen(0, ["CE1"])),
    ]  # fmt: skip
    cases = [Case(f"{n}.ndjson", "p", found) for n, found in enumerate(needs)]
    ordered = in_order(cases)
    assert [c.standing.need for c in ordered] == sorted((s.need for s in needs), key=NEEDS.index)
    assert [c.file.partition(".")[0] for c in ordered] == ["9", "8", "7", "6", "4", "5", "3", "2", "1", "0"]
    assert in_order(list(reversed(cases))) == ordered


def test_each_need_comes_before_those_that_are_less() -> None:
    everything = falling(40, 20).goal("sit", 60, 28, weeks=8, baseline=40)
    assert of(everything, 40).need == "worse"
    assert of(everything.screen(0, ["CE1"]), 40).need == "red-flag"


def test_an_older_file_of_the_same_diary_says_that_a_newer_one_is_there() -> None:
    old, new = (Standing("fine", "no clear change", TODAY - timedelta(days=n)) for n in (7, 0))
    cases = [Case("a", "p", old, key="1"), Case("b", "p", new, key="1"), Case("c", "q", old, key="2")]
    assert [c.standing.reason.endswith(A_NEWER_ONE) for c in with_newer(cases)] == [True, False, False]
    assert with_newer([cases[1], cases[1]]) == [cases[1], cases[1]]
    assert with_newer([c._replace(key="") for c in cases]) == [c._replace(key="") for c in cases]
