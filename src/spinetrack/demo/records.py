"""A diary in memory, added to as a patient lives: the same values the store keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from spinetrack.recovery.diary import (
    Activity,
    Decision,
    Diary,
    Entry,
    Intake,
    Medicine,
    Outcome,
    Person,
    ProfileFact,
    Question,
    Quota,
    Screen,
    Session,
    Skip,
    Treatment,
    TreatmentSession,
    Trigger,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Record = (
    Entry | Session | Skip | Activity | Quota | Screen | Outcome | Trigger | Decision | ProfileFact | Question
    | Person | Treatment | TreatmentSession | Medicine | Intake | Visit
)  # fmt: skip
R = TypeVar(
    "R", Entry, Session, Skip, Activity, Quota, Screen, Outcome, Trigger, Decision, ProfileFact, Question,
    Person, Treatment, TreatmentSession, Medicine, Intake, Visit,
)  # fmt: skip

WINDOW = timedelta(days=180)
"""How far back the engine reads. Source: design.md section 5."""
OPEN_TIERS = (1, 2, 3)


@dataclass
class Records:
    """Everything recorded so far, each kind oldest first, with the ids a new store gives."""

    entries: list[Entry] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    profile: list[ProfileFact] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    treatment_sessions: list[TreatmentSession] = field(default_factory=list)
    medicines: list[Medicine] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def add(self, *values: Record) -> None:
        """Add records in the order they were made."""
        for value in values:
            kind = self._kind(value)
            numbered = value._replace(id=len(kind) + 1)
            kind.append(numbered)
            if isinstance(numbered, Outcome):
                self._close(numbered)

    def _kind(self, value: Record) -> list[Record]:
        kinds: dict[type, object] = {
            Entry: self.entries,
            Session: self.sessions,
            Skip: self.skips,
            Activity: self.activities,
            Quota: self.quotas,
            Screen: self.screens,
            Outcome: self.outcomes,
            Trigger: self.triggers,
            Decision: self.decisions,
            ProfileFact: self.profile,
            Question: self.questions,
            Person: self.people,
            Treatment: self.treatments,
            TreatmentSession: self.treatment_sessions,
            Medicine: self.medicines,
            Intake: self.intakes,
            Visit: self.visits,
        }
        return kinds[type(value)]  # type: ignore[return-value]  # a list of that very kind

    def _close(self, outcome: Outcome) -> None:
        place = outcome.screen_id - 1
        screen = self.screens[place]
        self.screens[place] = screen._replace(outcomes=(*screen.outcomes, outcome))

    def settle(self, answers: dict[int, bool]) -> None:
        """Write whether sessions had settled by the next morning, by session id."""
        for number, answer in answers.items():
            self.sessions[number - 1] = self.sessions[number - 1]._replace(settled=answer)

    def all(self) -> list[Record]:
        """Return every record, oldest first; what was written at one moment keeps its order."""
        found: list[Record] = [
            *self.people,
            *self.treatments,
            *self.treatment_sessions,
            *self.medicines,
            *self.intakes,
            *self.visits,
            *self.activities,
            *self.profile,
            *self.entries,
            *self.sessions,
            *self.skips,
            *self.triggers,
            *self.screens,
            *self.outcomes,
            *self.decisions,
            *self.quotas,
            *self.questions,
        ]
        return sorted(found, key=_order)

    def diary(self, today: date) -> Diary:
        """Return what a command reads on `today`: 180 days, and what stays in force beyond them."""
        since = today - WINDOW
        days = sorted({*_ends(self.entries), *_ends(self.sessions), *_ends(self.skips)})
        return Diary(
            entries=_from(self.entries, since),
            sessions=_from(self.sessions, since),
            skips=_from(self.skips, since),
            decisions=_from(self.decisions, since),
            triggers=_from(self.triggers, since),
            screens=tuple(s for s in self.screens if s.day >= since or _is_open(s)),
            activities=tuple(self.activities),
            quotas=tuple(self.quotas),
            profile=tuple(self.profile),
            people=tuple(self.people),
            treatments=tuple(self.treatments),
            treatment_sessions=tuple(self.treatment_sessions),
            medicines=tuple(self.medicines),
            intakes=_from(self.intakes, since),
            visits=tuple(sorted(self.visits, key=lambda v: (v.on, v.id))),
            first_day=days[0] if days else None,
            last_day=days[-1] if days else None,
        )


def _is_open(screen: Screen) -> bool:
    return screen.tier in OPEN_TIERS and not screen.outcomes


def _ends(rows: Sequence[Entry | Session | Skip]) -> set[date]:
    return {row.day for row in (*rows[:1], *rows[-1:])}


def _order(record: Record) -> tuple[object, ...]:
    if isinstance(record, Activity):
        return (record.day.isoformat(), "")
    return (record.day.isoformat(), record.at.isoformat())


def _from(rows: list[R], since: date) -> tuple[R, ...]:
    return tuple(row for row in rows if row.day >= since)
