"""Whose file it is, how each resource of it is named, and which records of a period go into it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from spinetrack.exchange.fhir_codes import Json, link, moment, uuid5
from spinetrack.recovery.profile import is_carer
from spinetrack.recovery.treatments import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from spinetrack.recovery.diary import Diary, Person, Treatment
    from spinetrack.recovery.findings import Assessment

Period = tuple["date | None", "date | None"]
"""First and last day, both included; None is without an end."""


class Record(Protocol):
    """A record with a uuid."""

    @property
    def id(self) -> int:
        """Its number on this computer."""

    @property
    def uuid(self) -> str:
        """Its name everywhere."""


class Dated(Protocol):
    """A record of one day."""

    @property
    def day(self) -> date:
        """The patient's day."""


D = TypeVar("D", bound=Dated)


class Subject(NamedTuple):
    """The patient, and what every resource says of them."""

    key: str
    today: date
    reports: bool
    """The patient answers; False when somebody else answers for them."""

    @property
    def patient_id(self) -> str:
        """The id of the Patient resource."""
        return patient_id(self.key)

    @property
    def derived(self) -> Json:
        """What Observations that this program works out have in common."""
        return {"resourceType": "Observation", "status": "final", "subject": link(self.patient_id)}

    @property
    def base(self) -> Json:
        """What Observations of the patient's own report have in common."""
        return {**self.derived, **({"performer": [link(self.patient_id)]} if self.reports else {})}

    def id_of(self, kind: str, row: Record) -> str:
        """Return the id of the resource that stands for a record: the same in every export."""
        return uuid5(f"{kind}/{row.uuid}" if row.uuid else f"{self.key}/{kind}/{row.id}")

    def own_id(self, name: str) -> str:
        """Return the id of a resource that stands for no record of its own."""
        return uuid5(f"{self.key}/{name}")

    def link_of(self, kind: str, row: Record) -> Json:
        """Return a Reference to the resource that stands for a record."""
        return link(self.id_of(kind, row))

    def observation(self, kind: str, row: Record, code: Json, at: datetime, **more: object) -> Json:
        """Return an Observation that stands for a record, with the fields of `more`."""
        named = {"id": self.id_of(kind, row), "code": code, "effectiveDateTime": moment(at)}
        return {**self.base, **named, **more}


def patient_id(key: str) -> str:
    """Return the id of the Patient that stands for the patient with this key."""
    return uuid5(f"patient/{key}")


def subject_of(diary: Diary, assessment: Assessment, patient_key: str) -> Subject:
    """Return whose file it is."""
    return Subject(patient_key, assessment.today, not is_carer(diary))


def within(diary: Diary, period: Period, today: date) -> Diary:
    """Return what of a diary belongs to a period.

    What happened on a day is in it when that day is; what lasts, when one of its days is. Screens are
    never left out: a sign may be open.
    """
    first, last = period[0] or date.min, period[1] or date.max

    def here(rows: Iterable[D]) -> tuple[D, ...]:
        return tuple(row for row in rows if first <= row.day <= last)

    def runs(start: date, end: date | None) -> bool:
        return start <= last and (end or max(start, today)) >= first

    goals = tuple(g for g in diary.goals if runs(g.day, g.closed_on))
    treatments = tuple(t for t in diary.treatments if runs(t.start, last_day_of(t)))
    medicines = tuple(m for m in diary.medicines if runs(m.since, m.until))
    blocks = here(diary.blocks)
    return diary._replace(
        entries=here(diary.entries),
        sessions=here(diary.sessions),
        skips=here(diary.skips),
        scores=here(diary.scores),
        goals=goals,
        milestones=_named(diary.milestones, "goal_id", goals),
        ratings=_named(here(diary.ratings), "goal_id", goals),
        treatments=treatments,
        treatment_sessions=_named(here(diary.treatment_sessions), "treatment_id", treatments),
        medicines=medicines,
        intakes=_named(here(diary.intakes), "medicine_id", medicines),
        side_effects=here(diary.side_effects),
        blocks=blocks,
        block_readings=_named(diary.block_readings, "block_id", blocks),
    )


N = TypeVar("N")


def _named(rows: Sequence[N], field: str, owners: Sequence[Record]) -> tuple[N, ...]:
    """Return the rows whose owner is among `owners`."""
    known = {owner.id for owner in owners}
    return tuple(row for row in rows if getattr(row, field) in known)


def last_day_of(treatment: Treatment) -> date | None:
    """Return the last day of a treatment; a procedure lasts one day, a running course has no last."""
    if treatment.end is None and kind_of(treatment).family != "course":
        return treatment.start
    return treatment.end


def person_of(people: Sequence[Person], number: int | None) -> str:
    """Return the name and role of somebody of the care team; "" when there is nobody by that number."""
    found = next((p for p in people if p.id == number), None) if number is not None else None
    return "" if found is None else ", ".join(text for text in (found.name, found.role) if text)
