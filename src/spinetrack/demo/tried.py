"""What a simulated patient tries, with whom, and what they take on bad days."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from spinetrack.recovery.diary import Intake, Medicine, Person, Treatment, TreatmentSession, Visit

if TYPE_CHECKING:
    from spinetrack.demo.body import Felt
    from spinetrack.demo.life import Life

MORNING = time(9, 0)


def begin(life: Life, number: int) -> None:
    """Write what begins on day `number`: people, treatments, sessions, medicines, appointments."""
    course, records, day = life.course, life.records, life.day(number)
    for name, role in course.team if number == 0 else ():
        records.add(Person(name, role, life.tick(), day))
    for row in course.visits:
        if number == max(0, row.day - row.ahead):
            who = next((p.id for p in records.people if row.name in {p.name, p.role}), None)
            records.add(Visit(row.name, life.day(row.day), life.tick(), day, who))
    for tablet in course.tablets:
        if number == tablet.day:
            records.add(_medicine(life, number))
    for place, tried in enumerate(course.tried, start=1):
        if number == tried.day:
            by = next((p.id for p in records.people if tried.role and p.role == tried.role), None)
            end = None if tried.last is None else life.day(tried.last)
            at = life.turn_to(day, MORNING)
            records.add(Treatment(tried.kind, tried.name, day, at, day, end, tried.planned, person_id=by))
        if number in tried.sessions:
            records.add(TreatmentSession(place, life.tick(), day))


def _medicine(life: Life, number: int) -> Medicine:
    day, at = life.day(number), life.tick()
    row = next(t for t in life.course.tablets if t.day == number)
    return Medicine(
        row.name, day, at, day, None, row.dose, row.milligrams, row.group, bought=True, reason=row.reason
    )


def take(life: Life, number: int, felt: Felt) -> None:
    """Write what is taken on the evening of a bad day."""
    day = life.day(number)
    for place, tablet in enumerate(life.course.tablets, start=1):
        if number > tablet.day and felt.pain >= tablet.from_pain:
            at = life.tick()
            life.records.add(Intake(place, at, day, at))
