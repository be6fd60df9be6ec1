"""Made-up days in a diary file: a simulated patient's, or years of plain days in bulk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from spinetrack.demo import answers
from spinetrack.demo.body import Body, clamp
from spinetrack.demo.courses import COURSES
from spinetrack.demo.runs import by_day, simulate
from spinetrack.recovery.diary import Activity, Entry, Observation, Quota, Screen, Session
from spinetrack.recovery.redflags import rescreen_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, tzinfo

    from spinetrack.demo.body import Felt
    from spinetrack.demo.courses import Course
    from spinetrack.demo.records import Record, Records
    from spinetrack.demo.runs import DayRecords
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

STEP_DAYS = 365
"""Days in one write of `fill`."""
PLAN_EVERY = 28
"""Days between two steps of the plan in `fill`."""
SCREEN_EVERY = 14
GATES_EVERY = 77
FIRST_DOSES = {"sit": 20.0, "walk": 15.0, "stand": 10.0}
LARGEST_DOSE = 60.0
DONE = 5 / 7
"""Share of the days on which a planned activity is done."""


def write(store: Store, course: Course, *, last_day: date, days: int = 84, zone: tzinfo = UTC) -> None:
    """Let a patient of `course` live `days` days up to `last_day`, and write it all in one step.

    Args:
        store: An empty diary.
        course: Who it is.
        last_day: The last day.
        days: How many days.
        zone: The patient's clock.

    """
    write_days(store, simulate(course, last_day=last_day, days=days, zone=zone))


def write_records(store: Store, records: Records) -> None:
    """Write what a patient recorded in one step of an empty diary."""
    write_days(store, by_day(records))


def write_days(store: Store, days: Iterable[DayRecords]) -> None:
    """Write days of records in one step of an empty diary."""
    kept: dict[tuple[str, int], int] = {}
    with store.write("demo") as writer:
        for day in days:
            for record in day.records:
                _write(writer, record, kept)


NAMES = {"screen_id": "Screen", "person_id": "Person", "treatment_id": "Treatment", "medicine_id": "Medicine"}
"""Field to the kind of record it names by its number."""


def _write(writer: Writer, record: Record, kept: dict[tuple[str, int], int]) -> None:
    """Write a record; `kept` holds the number that each one before it has in the file."""
    whole = record._replace(outcomes=()) if isinstance(record, Screen) else record
    others = {name: getattr(record, name) for name in NAMES if getattr(record, name, None) is not None}
    numbers: dict[str, Any] = {name: kept[NAMES[name], number] for name, number in others.items()}
    kept[type(record).__name__, record.id] = writer.add(whole._replace(**numbers))


def fill(
    store: Store, *, last_day: date, years: float = 10, per_day: int = 25, zone: tzinfo = UTC, seed: int = 1
) -> int:
    """Write `years` years of plain days up to `last_day`, in steps of a year; return the observations.

    Three entries a day with together `per_day` values, the sessions of a plan of three activities,
    a step of the plan every four weeks, the warning-sign questions every two, and the care questions
    in time. No suggestion is read or followed: this is weight, not a life.

    Args:
        store: An empty diary.
        last_day: The last day written.
        years: How many years of 365.25 days.
        per_day: Values a day, 3 to 25.
        zone: The patient's clock.
        seed: Of the dice.

    """
    days = round(years * 365.25)
    first = last_day - timedelta(days=days - 1)
    body = Body(replace(COURSES["slow-gain"], tried=()), seed)
    count = 0
    for start in range(0, days, STEP_DAYS):
        with store.write("demo") as writer:
            for number in range(start, min(start + STEP_DAYS, days)):
                for record in _plain_day(body, number, days, first, per_day, zone):
                    writer.add(record)
                    count += len(record.observations) if isinstance(record, Entry) else 0
    return count


def _plain_day(
    body: Body, number: int, days: int, first: date, per_day: int, zone: tzinfo
) -> Iterator[Record]:
    day = first + timedelta(days=number)
    left = days - 1 - number
    felt = body.wake(number)

    def at(hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), zone)

    if number == 0:
        yield answers.whole_screen(at(8, 5), day)
        yield from (Activity(name, "tolerance", 5, day) for name in FIRST_DOSES)
    if number % GATES_EVERY == 0:
        yield from answers.gates(at(8), day)
    if left % SCREEN_EVERY == 3:  # noqa: PLR2004  (the last one lies three days back)
        yield answers.screen(rescreen_items(("flare-3", "slow")), at(8, 10), day)
    doses = _doses(days - left - 1, days)
    if number == 0 or left % PLAN_EVERY == 12:  # noqa: PLR2004  (the last step lies twelve days back)
        yield from (Quota(name, at(8, 20), day, dose, "me", "PR-1") for name, dose in doses.items())
    yield from _entries(body, number, felt, day, per_day, zone)
    for hour, (name, dose) in zip((10, 14, 16), doses.items(), strict=True):
        if body.dice(name, number).random() < DONE:
            yield Session(name, at(hour, 20), day, at(hour, 20), dose, 4, clamp(felt.pain - 1), settled=True)


def _doses(number: int, days: int) -> dict[str, float]:
    """Return the planned doses on day `number` of `days`: a slow climb, a step every four weeks."""
    steps = (number - (days - 13) % PLAN_EVERY + PLAN_EVERY) // PLAN_EVERY
    return {name: min(first + steps, LARGEST_DOSE) for name, first in FIRST_DOSES.items()}


def _entries(body: Body, number: int, felt: Felt, day: date, per_day: int, zone: tzinfo) -> Iterator[Entry]:
    dice = body.dice("values", number)
    wobble = dice.choice((-1, 0, 0, 1))
    room = body.room
    values = {
        7: [
            ("now", clamp(felt.pain + wobble)), ("sleep", felt.sleep), ("sleepq", clamp(felt.mood + wobble)),
            ("wakes", 1 + wobble * wobble), ("stiff", 15 + 5 * wobble), ("grog", dice.choice((0, 0, 1))),
        ],
        13: [
            ("now", felt.pain), ("sit", round(room["sit"])), ("walk", round(room["walk"])),
            ("distance", 70 * round(room["walk"])), ("fatigue", clamp(felt.stress + wobble)),
            ("mood", felt.mood), ("stress", felt.stress),
        ],
        20: [
            ("pain", felt.pain), ("worst", felt.worst), ("least", clamp(felt.pain - 2)),
            ("stand", 12 + wobble), ("steps", 100 * felt.active), ("active", felt.active),
            ("dailydist", 70 * felt.active), ("work", dice.choice((0, 1, 1))), ("bowel", 1),
            ("mood", felt.mood), ("fatigue", clamp(felt.stress)),
        ],
    }  # fmt: skip
    sites = (Observation("site", felt.pain, site="low-back"),)
    left = per_day - len(sites)
    for hour, pairs in values.items():
        seen = tuple(Observation(metric, float(value)) for metric, value in pairs[: max(left, 0)])
        left -= len(seen)
        at = datetime.combine(day, time(hour, dice.randrange(50)), zone)
        if seen:
            yield Entry(at, day, at, (*seen, *sites) if hour == 20 else seen)  # noqa: PLR2004
