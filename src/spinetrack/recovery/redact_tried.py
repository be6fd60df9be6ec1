"""What stays of treatments, medicines, blocks and visits in a redacted diary; `redact` states the rules."""

from __future__ import annotations

from spinetrack.recovery import redact_words as words
from spinetrack.recovery.diary import (
    Block,
    BlockReading,
    Intake,
    Medicine,
    SideEffect,
    Treatment,
    TreatmentSession,
    Visit,
)
from spinetrack.recovery.medicine_facts import CLASSES, NO_TAG, TAGS
from spinetrack.recovery.period import visited
from spinetrack.recovery.treatments import KINDS
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Person

NOT_SHOWN: Final = "not shown"


class Tried:
    """The part of a redaction that deals with what was tried.

    Args:
        diary: What was recorded.
        new_uuid: Gives a fresh uuid.
        day: Moves a day.
        at: Moves a moment.
        id_of: Gives the id that stands for one of a kind.

    """

    def __init__(
        self,
        diary: Diary,
        new_uuid: Callable[[], str],
        day: Callable[[date], date],
        at: Callable[[datetime], datetime],
        id_of: Callable[[str, int], int],
    ) -> None:
        self._diary = diary
        self._uuid = new_uuid
        self._day = day
        self._at = at
        self._id = id_of

    def treatments(self) -> tuple[Treatment, ...]:
        """Return treatments by kind and days; their name is that of the kind."""
        return tuple(map(self._treatment, self._diary.treatments))

    def _treatment(self, old: Treatment) -> Treatment:
        kind = words.one_of(old.kind, KINDS) or words.OTHER
        return Treatment(
            kind=kind,
            name=KINDS[kind].label,
            start=self._day(old.start),
            at=self._at(old.at),
            day=self._day(old.day),
            end=None if old.end is None else self._day(old.end),
            planned=old.planned,
            active=old.active,
            agreed=old.agreed,
            id=self._id("treatment", old.id),
            uuid=self._uuid(),
            seq=old.seq,
        )

    def sessions(self) -> tuple[TreatmentSession, ...]:
        """Return the days on which sessions took place."""
        return tuple(
            TreatmentSession(
                treatment_id=self._id("treatment", old.treatment_id),
                at=self._at(old.at),
                day=self._day(old.day),
                id=self._id("treatment_session", old.id),
                uuid=self._uuid(),
            )
            for old in self._diary.treatment_sessions
        )

    def medicines(self) -> tuple[Medicine, ...]:
        """Return medicines by class and known ingredients, numbered."""
        return tuple(self._medicine(n, m) for n, m in enumerate(self._diary.medicines, start=1))

    def _medicine(self, number: int, old: Medicine) -> Medicine:
        return Medicine(
            name=words.medicine(old.name) or f"Medicine {number}",
            since=self._day(old.since),
            at=self._at(old.at),
            day=self._day(old.day),
            until=None if old.until is None else self._day(old.until),
            milligrams=old.milligrams,
            group=words.one_of(old.group, CLASSES) or "",
            contains=tuple((name, mg) for name, mg in old.contains if name in words.MEDICINES),
            bought=old.bought,
            tags=tuple(tag for tag in old.tags if tag in (*TAGS, NO_TAG)),
            id=self._id("medicine", old.id),
            uuid=self._uuid(),
            seq=old.seq,
        )

    def intakes(self) -> Iterable[Intake]:
        """Yield when medicines were taken."""
        for old in self._diary.intakes:
            at = self._at(old.at)
            yield Intake(
                medicine_id=self._id("medicine", old.medicine_id),
                at=at,
                day=self._day(old.day),
                recorded_at=at + (old.recorded_at - old.at),
                times=old.times,
                time_known=old.time_known,
                on_purpose=old.on_purpose,
                id=self._id("intake", old.id),
                uuid=self._uuid(),
                seq=old.seq,
            )

    def side_effects(self) -> Iterable[SideEffect]:
        """Yield that a side effect was noted, and of what; not which."""
        for old in self._diary.side_effects:
            yield SideEffect(
                text=NOT_SHOWN,
                at=self._at(old.at),
                day=self._day(old.day),
                medicine_id=self._linked("medicine", old.medicine_id),
                treatment_id=self._linked("treatment", old.treatment_id),
                id=self._id("side_effect", old.id),
                uuid=self._uuid(),
            )

    def blocks(self) -> tuple[Block, ...]:
        """Return diagnostic blocks with the pain before them."""
        return tuple(
            Block(
                base=old.base,
                at=self._at(old.at),
                day=self._day(old.day),
                treatment_id=self._linked("treatment", old.treatment_id),
                id=self._id("block", old.id),
                uuid=self._uuid(),
                seq=old.seq,
            )
            for old in self._diary.blocks
        )

    def readings(self) -> tuple[BlockReading, ...]:
        """Return the answers of the block diaries."""
        return tuple(
            BlockReading(
                block_id=self._id("block", old.block_id),
                pain=old.pain,
                at=self._at(old.at),
                day=self._day(old.day),
                provoked=old.provoked,
                stated=old.stated,
                confound=words.one_of(old.confound, words.CONFOUNDS) or "",
                id=self._id("block_reading", old.id),
                uuid=self._uuid(),
                seq=old.seq,
            )
            for old in self._diary.block_readings
        )

    def visits(self) -> tuple[Visit, ...]:
        """Return visits by their day and the role of who was visited."""
        return tuple(
            Visit(
                name=visited_role(old, self._diary.people),
                on=self._day(old.on),
                at=self._at(old.at),
                day=self._day(old.day),
                id=self._id("visit", old.id),
                uuid=self._uuid(),
            )
            for old in self._diary.visits
        )

    def _linked(self, kind: str, number: int | None) -> int | None:
        return None if number is None else self._id(kind, number)


def visited_role(visit: Visit, people: Iterable[Person]) -> str:
    """Return the role of who is visited: as the team has it, else as the visit says it, else `other`."""
    person = visited(visit, people)
    return words.role(visit.name if person is None else person.role)
