"""What a stretch of days held: days recorded, work, flares, sessions kept, and how good the record is.

Shared by the report and by `review`. Pure counting; a day without a record is absent, never zero.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest

from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import half_up
from spinetrack.recovery.team import person_of, plain, same_role
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from spinetrack.recovery.diary import Diary, Entry, FlareMark, Person, Quota, Skip, Visit
    from spinetrack.recovery.findings import Flare
    from spinetrack.recovery.pacing import Planned
    from spinetrack.recovery.series import Days

LATE: Final = timedelta(hours=12)
"""An entry written down so long after its time counts as late. Source: issue 7."""
IMPORTED: Final = "import"
PHYSIO: Final = "physio"


class Span(NamedTuple):
    """Days from `since` to `until`, both included."""

    since: date
    until: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    def days(self) -> Iterator[date]:
        """Yield its days, oldest first."""
        return iter(days_back(self.until, self.length))

    def holds(self, day: date) -> bool:
        """Return whether a day lies inside."""
        return self.since <= day <= self.until


# -- days recorded ---------------------------------------------------------------------------------


class Quality(NamedTuple):
    """How good the record of a stretch of days is."""

    possible: int
    """Days from its first day, or the first of the whole diary, to its last."""
    recorded: int
    """Days with an entry, a session or a skip."""
    entries: int
    late: int
    """Entries written down more than 12 hours after their time."""
    edited: int
    """Entries changed after they were first saved."""
    imported: int
    """Entries that came from a file."""


def quality(diary: Diary, days: Days, span: Span, edited: int) -> Quality:
    """Return how good the record of `span` is; `edited` is counted where the revisions are kept."""
    entries = entries_in(days, span)
    first = max(span.since, diary.first_day or span.since)
    return Quality(
        possible=max(0, (span.until - first).days + 1),
        recorded=sum(span.holds(day) for day in days.record_days),
        entries=len(entries),
        late=sum(e.recorded_at - e.at > LATE for e in entries),
        edited=edited,
        imported=sum(e.source == IMPORTED for e in entries),
    )


def entries_in(days: Days, span: Span) -> list[Entry]:
    """Return the entries of a stretch of days, oldest first."""
    return [e for day in span.days() for e in days.entries_by_day.get(day, ())]


class WorkDays(NamedTuple):
    """Work and flares, counted in days."""

    said: int
    """Days on which work was answered."""
    worked: int
    calm: int
    """Days worked that were no flare days."""
    recorded: int
    in_flare: int
    """Recorded days that lay in a flare."""


def work_days(days: Days, flare_days: Collection[date], span: Span) -> WorkDays:
    """Return how many work days were free of a flare, and how many recorded days lay in one."""
    said = {d: v for d, v in days.of("work").items() if span.holds(d)}
    worked = [d for d, value in said.items() if value]
    recorded = [d for d in days.record_days if span.holds(d)]
    return WorkDays(
        said=len(said),
        worked=len(worked),
        calm=sum(d not in flare_days for d in worked),
        recorded=len(recorded),
        in_flare=sum(d in flare_days for d in recorded),
    )


# -- flares ----------------------------------------------------------------------------------------


class FlareRow(NamedTuple):
    """A flare with what the patient said of it."""

    flare: Flare
    triggers: tuple[str, ...]
    helped: tuple[str, ...]
    back: int | None
    """Days from its start to the first day with pain at the usual level again; None: not yet, or the
    usual is not known."""


def flares_in(
    flares: Iterable[Flare], marks: Sequence[FlareMark], days: Days, span: Span
) -> tuple[FlareRow, ...]:
    """Return the flares with an active day inside `span`, the newest first."""
    found = []
    for flare in flares:
        if flare.start > span.until or flare.last_active < span.since:
            continue
        end = flare.closed or span.until
        told = [m for m in marks if flare.start <= m.day <= end]
        found.append(
            FlareRow(
                flare,
                tuple(dict.fromkeys(m.triggers for m in told if m.triggers)),
                tuple(dict.fromkeys(m.helped for m in told if m.helped)),
                back_to_usual(days, flare, span.until),
            )
        )
    return tuple(reversed(found))


def back_to_usual(days: Days, flare: Flare, until: date) -> int | None:
    """Return after how many days pain was at the usual level again, None when it was not by `until`.

    The usual is the reference of the flare's start; the day counted to is the first after the last
    active one with a pain at or below it.
    """
    if flare.reference is None:
        return None
    pains = days.of("pain")
    after = (d for d in days_back(until, max(0, (until - flare.last_active).days)) if d in pains)
    found = next((d for d in after if pains[d] <= flare.reference), None)
    return None if found is None else (found - flare.start).days


# -- the plan --------------------------------------------------------------------------------------


class Kept(NamedTuple):
    """How far an activity of the plan was done. Flare days are left out of both counts."""

    done: int
    """Days on which it was done."""
    planned: int
    settled: int
    """Sessions that had settled by the next morning."""
    unsettled: int
    unknown: int


def kept(planned: Planned, flare_days: Collection[date], span: Span, today: date) -> Kept:
    """Return how far an activity was done on the full days of `span` that have a dose."""
    until = min(span.until, today - timedelta(days=1))
    per_week = {
        day: row.per_week
        for row, first, last in _in_force(planned.quotas, until)
        for day in days_back(last, (last - first).days + 1)
        if row.amount > 0 and day >= span.since and day not in flare_days
    }
    wanted = sum(per_week.values()) / 7
    sessions = planned.sessions_in(per_week)
    answers = [planned.settled(session) for session in sessions]
    return Kept(
        done=len({s.day for s in sessions}),
        planned=half_up(wanted),
        settled=answers.count(True),
        unsettled=answers.count(False),
        unknown=answers.count(None),
    )


def _in_force(quotas: Sequence[Quota], until: date) -> Iterator[tuple[Quota, date, date]]:
    """Yield each row of the plan's history with the first and the last day it holds, up to `until`."""
    for row, after in zip_longest(quotas, quotas[1:]):
        last = until if after is None else min(until, after.day - timedelta(days=1))
        if row.day <= last:
            yield row, row.day, last


def skip_reasons(skips: Iterable[Skip], activity: str, span: Span) -> tuple[tuple[str, int], ...]:
    """Return why an activity was left out and how often, the most frequent first."""
    counts: dict[str, int] = {}
    for skip in skips:
        if skip.activity == activity and span.holds(skip.day):
            counts[skip.why] = counts.get(skip.why, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


# -- visits ----------------------------------------------------------------------------------------


def is_physio(visit: Visit, people: Iterable[Person]) -> bool:
    """Return whether a visit is one to a physiotherapist, by its own words or by who is visited."""
    person = visited(visit, people)
    return _names_physio(visit.name) or (person is not None and _names_physio(person.role))


def _names_physio(text: str) -> bool:
    return any(
        same_role(words, PHYSIO) or words.startswith(PHYSIO) for words in (plain(text), *plain(text).split())
    )


def visited(visit: Visit, people: Iterable[Person]) -> Person | None:
    """Return the person of the team whom a visit is to, None where it names nobody of it."""
    team = tuple(people)
    if visit.person_id is not None:
        return next((p for p in team if p.id == visit.person_id), None)
    return person_of(team, visit.name)


def last_physio_visit(diary: Diary, today: date) -> Visit | None:
    """Return the latest visit to a physiotherapist before `today`, None when there is none.

    A visit on this day is where the report goes to, not where it begins.
    """
    past = (v for v in diary.visits if v.on < today and is_physio(v, diary.people))
    return max(past, key=lambda v: (v.on, v.id), default=None)


def named_visit(diary: Diary, name: str, today: date) -> Visit | None:
    """Return the latest visit before `today` that `name` fits: its words, or the person's name or role."""
    wanted = plain(name)

    def fits(visit: Visit) -> bool:
        person = visited(visit, diary.people)
        said = (visit.name, *((person.name, person.role) if person else ()))
        return any(wanted in plain(text) or same_role(text, name) for text in said)

    past = (v for v in diary.visits if v.on < today and fits(v))
    return max(past, key=lambda v: (v.on, v.id), default=None)
