"""What a stretch of days held, and which visit begins one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.builders import TODAY, Patient, at, ready

from spinetrack.recovery import period
from spinetrack.recovery.diary import Diary, FlareMark, Person, Visit
from spinetrack.recovery.facts import Facts
from spinetrack.recovery.pacing import planned
from spinetrack.recovery.past import PastFacts
from spinetrack.recovery.period import Span
from spinetrack.recovery.series import Days

MONTH = Span(TODAY - timedelta(days=27), TODAY)


def facts(patient: Patient) -> Facts:
    return Facts(patient.diary(), at(TODAY, 22), TODAY)


# -- the record


def test_the_record_counts_days_and_entries() -> None:
    patient = Patient().pains([4] * 10).done(12, "sit", 20).log(3, sit=20)
    late, imported = patient.entries[0], patient.entries[1]
    patient.entries[0] = late._replace(recorded_at=late.at + timedelta(hours=12, minutes=1))
    patient.entries[1] = imported._replace(source="import", recorded_at=imported.at + timedelta(hours=12))
    diary = patient.diary()
    found = period.quality(diary, Days(diary), MONTH, 3)
    assert found == (13, 11, 11, 1, 3, 1)


def test_days_before_the_diary_began_are_not_possible_days() -> None:
    diary = Patient().pains([4] * 5).diary()
    assert period.quality(diary, Days(diary), MONTH, 0).possible == 5
    assert period.quality(diary, Days(diary), Span(TODAY - timedelta(days=2), TODAY), 0).possible == 3


def test_work_days_without_a_flare() -> None:
    patient = Patient()
    for n in range(6):
        patient.log(n, work=float(n != 5), pain=4)
    patient.done(8, "sit", 20)
    flared = {patient.day(0), patient.day(1), patient.day(8), patient.day(9)}
    assert period.work_days(Days(patient.diary()), flared, MONTH) == (6, 5, 3, 7, 3)


# -- flares


def flared(after: list[float | None]) -> Patient:
    """Return 20 days at 4, a flare of two days at 7 and 6, and then these days."""
    return Patient().pains([*[4.0] * 20, 7, 6, *after]).flare_mark(len(after) + 1)


@pytest.mark.parametrize(
    ("after", "back"),
    [([4, 4], 2), ([5, 4], 3), ([None, 4, 4], 3), ([5, 5], None), ([5, None, 4], 4)],
)
def test_the_days_until_the_usual_pain_is_back(after: list[float | None], back: int | None) -> None:
    found = facts(flared(after))
    (row,) = period.flares_in(found.flares, (), found.days, MONTH)
    assert row.back == back


def test_a_flare_without_a_usual_has_no_way_back() -> None:
    patient = Patient().pains([4, 7, 4]).flare_mark(1)
    found = facts(patient)
    (row,) = period.flares_in(found.flares, patient.diary().marks, found.days, MONTH)
    assert row.back is None


def test_only_flares_of_the_period_count_the_newest_first() -> None:
    patient = Patient().pains([4] * 60).flare_mark(50).flare_mark(49, "end")
    for n in (20, 5):
        patient.flare_mark(n).flare_mark(n - 1, "end")
    found = facts(patient)
    assert len(found.flares) == 3
    starts = [row.flare.start for row in period.flares_in(found.flares, (), found.days, MONTH)]
    assert starts == [patient.day(5), patient.day(20)]


def test_what_the_patient_told_of_a_flare_stands_beside_it() -> None:
    patient = Patient().pains([4] * 30)
    patient.marks += [
        FlareMark("start", at(patient.day(9)), patient.day(9), triggers="a long drive"),
        FlareMark("end", at(patient.day(7)), patient.day(7), helped="heat"),
        FlareMark("start", at(patient.day(2)), patient.day(2), triggers="stress"),
    ]
    found = facts(patient)
    rows = period.flares_in(found.flares, patient.diary().marks, found.days, MONTH)
    assert [(row.triggers, row.helped) for row in rows] == [(("stress",), ()), (("a long drive",), ("heat",))]


def test_looking_back_finds_the_same_flares() -> None:
    patient = flared([5, 4, 4]).flare_mark(15).flare_mark(13, "end")
    diary = patient.diary()
    past = PastFacts(diary, at(TODAY, 22), TODAY)
    seen = [(f.start, f.last_active, f.closed, f.peak, f.reference, f.active) for f in past.flares]
    assert seen == [
        (f.start, f.last_active, f.closed, f.peak, f.reference, f.active) for f in facts(patient).flares
    ]


# -- the plan


def kept(patient: Patient, span: Span = MONTH) -> period.Kept:
    found = facts(patient)
    item = next(p for p in planned(found) if p.name == "sit")
    return period.kept(item, found.flare_days, span, TODAY)


def test_days_done_of_days_planned() -> None:
    patient = ready().plan(n=14)
    patient.quotas = [q for q in patient.quotas if q.day == patient.day(14)]
    for n in (1, 3, 3, 5, 20):
        patient.done(n, "sit", 40)
    patient.done(7, "sit", 40, settled=False).done(0, "sit", 40)
    found = kept(patient)
    assert (found.done, found.planned) == (4, 8)
    assert (found.settled, found.unsettled, found.unknown) == (4, 1, 0)


def test_flare_days_are_left_out_of_both() -> None:
    patient = ready().pains([*[4] * 10, 7, 7, 6, *[4] * 4]).flare_mark(6)
    patient.quotas = []
    patient.quota("sit", 40, 14, per_week=7)
    patient.done(5, "sit", 40).done(8, "sit", 40)
    found = kept(patient)
    assert (found.done, found.planned) == (1, 11)


def test_a_changed_week_counts_from_its_day() -> None:
    patient = ready()
    patient.quotas = []
    patient.quota("sit", 20, 14, per_week=7).quota("sit", 25, 7, per_week=0)
    assert kept(patient).planned == 7


def test_a_period_in_the_future_of_the_plan_has_nothing_planned() -> None:
    patient = ready()
    span = Span(TODAY - timedelta(days=60), TODAY - timedelta(days=40))
    assert kept(patient, span) == (0, 0, 0, 0, 0)


def test_why_an_activity_was_left_out() -> None:
    patient = (
        Patient().skip(1, "sit", "time").skip(2, "sit", "pain").skip(3, "sit", "time").skip(1, "walk", "ill")
    )
    patient.skip(40, "sit", "away")
    assert period.skip_reasons(patient.skips, "sit", MONTH) == (("time", 2), ("pain", 1))


# -- visits


def visit(name: str, back: int, person: int | None = None, number: int = 1) -> Visit:
    day = TODAY - timedelta(days=back)
    return Visit(name, day, at(day), day, person, id=number)


DANA = Person("Dana Hall", "Physical Therapist", at(TODAY), TODAY, id=1)
LEE = Person("Dr Lee", "GP", at(TODAY), TODAY, id=2)


@pytest.mark.parametrize(
    ("found", "is_one"),
    [
        (visit("physio", 1), True), (visit("Physiotherapy, second floor", 1), True), (visit("PT", 1), True),
        (visit("check-up", 1, 1), True), (visit("Dana", 1), True), (visit("physical therapist", 1), True), (visit("Physical therapy", 1), True),
        (visit("Dr Lee", 1), False), (visit("check-up", 1, 2), False), (visit("pain clinic", 1), False),
        (visit("script", 1), False),
    ],
)  # fmt: skip
def test_who_is_a_physiotherapist(found: Visit, is_one: bool) -> None:
    assert period.is_physio(found, (DANA, LEE)) is is_one


def test_the_last_visit_is_past_and_to_a_physiotherapist() -> None:
    visits = (
        visit("physio", 30),
        visit("physio", 12),
        visit("Dr Lee", 3),
        visit("physio", 0),
        visit("physio", -9),
    )
    found = period.last_physio_visit(Diary(visits=visits, people=(LEE,)), TODAY)
    assert found is not None
    assert found.on == TODAY - timedelta(days=12)
    assert period.last_physio_visit(Diary(visits=visits[2:], people=(LEE,)), TODAY) is None


@pytest.mark.parametrize(("name", "back"), [("lee", 3), ("GP", 3), ("doctor", 3), ("dana", 8), ("physio", 8)])
def test_a_visit_is_named_by_its_words_its_person_or_their_role(name: str, back: int) -> None:
    visits = (visit("check-up", 8, 1), visit("check-up", 3, 2), visit("check-up", -3, 2))
    found = period.named_visit(Diary(visits=visits, people=(DANA, LEE)), name, TODAY)
    assert found is not None
    assert found.on == TODAY - timedelta(days=back)


def test_a_name_nobody_has_names_no_visit() -> None:
    assert period.named_visit(Diary(visits=(visit("physio", 8),)), "Zorro", TODAY) is None


def test_a_span_knows_its_days() -> None:
    span = Span(date(2026, 3, 1), date(2026, 3, 3))
    assert (span.length, list(span.days())[-1]) == (3, date(2026, 3, 3))
    assert span.holds(date(2026, 3, 1))
    assert not span.holds(date(2026, 3, 4))
