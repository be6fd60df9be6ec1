"""Runs of a simulated patient: lived day by day, as plain records, or up to this very evening."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

from spinetrack.demo import tried
from spinetrack.demo.life import Life
from spinetrack.recovery.assess import assess as assess_diary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, tzinfo

    from spinetrack.demo.body import Felt
    from spinetrack.demo.courses import Course
    from spinetrack.demo.life import Assess
    from spinetrack.demo.records import Record, Records
    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment

UNDECIDED = 8
"""Days before the last on which the patient of `up_to_now` leaves a higher dose open."""
HOUR = 60


class DayRecords(NamedTuple):
    """What was recorded on one day, in the order it was written."""

    day: date
    records: tuple[Record, ...]


class UpToNow(NamedTuple):
    """A life up to this moment, with the line the patient types next."""

    records: Records
    line: tuple[str, ...]
    """The words behind `spinetrack`: today's check-in."""


def live(
    course: Course,
    first_day: date,
    days: int,
    *,
    seed: int | None = None,
    zone: tzinfo = UTC,
    assess: Assess = assess_diary,
) -> Iterator[tuple[Diary, Assessment]]:
    """Live `days` days; yield the diary of each evening with what it says.

    Args:
        course: Who it is.
        first_day: Day 0.
        days: How many days.
        seed: Of the dice; None takes the course's own.
        zone: The patient's clock.
        assess: What concludes from a diary.

    """
    life = Life(course, first_day, seed=seed, zone=zone, assess=assess)
    for number in range(days):
        found = life.live(number)
        yield life.records.diary(life.day(number)), found


def simulate(
    course: Course, *, last_day: date, days: int = 84, seed: int | None = None, zone: tzinfo = UTC
) -> Iterator[DayRecords]:
    """Yield what a patient recorded on each of the `days` days that end on `last_day`, oldest first.

    A day without a record is left out. Sessions carry the answer of the next morning.
    """
    life = Life(course, last_day - timedelta(days=days - 1), seed=seed, zone=zone)
    for number in range(days):
        life.live(number)
    yield from by_day(life.records)


def by_day(records: Records) -> Iterator[DayRecords]:
    """Yield the records of each day, oldest first."""
    found: dict[date, list[Record]] = {}
    for record in records.all():
        found.setdefault(record.day, []).append(record)
    for day, here in found.items():
        yield DayRecords(day, tuple(here))


def up_to_now(
    course: Course, *, now: datetime, today: date, days: int = 84, seed: int | None = None
) -> UpToNow:
    """Let a patient live until `now`, just before the check-in of `today`, the last of `days` days.

    In the last days an offered higher dose is left open, so that there is one to look at.
    """
    life = Life(course, today - timedelta(days=days - 1), seed=seed, zone=now.tzinfo or UTC)
    last = days - 1
    for number in range(last):
        life.live(number, rises=number < last - UNDECIDED)
    felt = life.body.wake(last)
    if last == 0:
        life.join()
    life.agree(last)
    tried.begin(life, last)
    if not life.is_away(last):
        life.act(last, felt, until=now)
    life.settle_before(today)
    return UpToNow(life.records, typed(felt, life.note(last)))


def typed(felt: Felt, note: str | None) -> tuple[str, ...]:
    """Return the words behind `spinetrack` that log a day."""
    words = ["log", str(felt.pain), "worst", str(felt.worst)]
    if felt.limb is not None:
        words += ["limb", str(felt.limb)]
    for name, held in felt.held.items():
        words += [name, f"{held.minutes}+" if held.at_least else str(held.minutes)]
    words += ["sleep", _clock(felt.sleep), "mood", str(felt.mood)]
    if felt.site:
        words += ["--where", f"left-{felt.site}:{felt.limb}"]
    return (*words, "note", *note.split()) if note else tuple(words)


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    return f"{hours}h{rest:02d}" if rest else f"{hours}h"
