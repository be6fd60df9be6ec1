"""The care team on the screen and as JSON: who set what, what was done with whom, the next visit."""

from __future__ import annotations

from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.team import last_visit, next_visit, set_by, visits_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, joined, number, quota_dose, short_day
from spinetrack.views.json_docs import Document, document
from spinetrack.views.json_docs import number as plain_value
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spinetrack.recovery.diary import Diary, Person, Quota
    from spinetrack.views.page import Block, Page


def team_page(diary: Diary, today: date, *, shut: bool) -> Page:
    """Return each person with what they set and the next visit.

    Args:
        diary: What was recorded.
        today: The patient's day.
        shut: A warning sign is open: doses are left out.

    """
    if not diary.people:
        return (
            Text("Nobody is in your team yet."),
            Text("To add somebody:  spinetrack team add Dana --role physio"),
        )
    blocks: list[Block] = []
    for person in diary.people:
        role = f", {person.role}" if person.role else ""
        blocks += [Text(f"{person.id}  {person.name}{role}", "strong")]
        pairs = tuple(_fields(diary, person, today, shut=shut))
        blocks += [Fields(pairs, indent=3)] if pairs else []
        blocks.append(Gap())
    return tuple(blocks)


def _fields(diary: Diary, person: Person, today: date, *, shut: bool) -> Iterator[tuple[str, str]]:
    visits = visits_of(diary, person)
    ahead, past = next_visit(visits, today), last_visit(visits, today)
    if ahead:
        yield "Next visit", _ahead(ahead.on, today)
    if past:
        yield "Last visit", day_words(past.on, today)
    doses = () if shut else set_by(diary, person, today)
    for place, quota in enumerate(doses):
        yield "" if place else "Set", _dose(quota, today)
    done = [
        f"{t.name} (from {short_day(t.start, today)})" for t in diary.treatments if t.person_id == person.id
    ]
    if done:
        yield "With you", joined(done)
    if person.note:
        yield "Note", person.note


def _ahead(day: date, today: date) -> str:
    left = (day - today).days
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    return f"{day_words(day, today)}, {when}"


def _dose(quota: Quota, today: date) -> str:
    dose = quota_dose(quota, minutes=quota.activity in TOLERANCES)
    limit = f", up to {number(quota.up_to)}" if quota.up_to is not None else ""
    return f"{quota.activity} {dose}{limit}, since {short_day(quota.day, today)}"


def team_doc(diary: Diary, today: date, *, shut: bool) -> Document:
    """Return what `team list --json` prints. While a warning sign is open (`shut`), no doses."""
    return document(people=[person_doc(diary, person, today, shut=shut) for person in diary.people])


def person_doc(diary: Diary, person: Person, today: date, *, shut: bool) -> Document:
    """Return one person of the team."""
    visits = visits_of(diary, person)
    ahead, past = next_visit(visits, today), last_visit(visits, today)
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "note": person.note,
        "set": [_set(q) for q in (() if shut else set_by(diary, person, today))],
        "treatments": [t.id for t in diary.treatments if t.person_id == person.id],
        "next_visit": ahead.on.isoformat() if ahead else None,
        "last_visit": past.on.isoformat() if past else None,
    }


def _set(quota: Quota) -> Document:
    return {
        "activity": quota.activity,
        "amount": plain_value(quota.amount),
        "up_to": plain_value(quota.up_to),
        "day": quota.day.isoformat(),
    }
