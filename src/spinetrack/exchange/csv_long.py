"""The tidy CSV: one value a row, for a statistics program. Not lossless: the bundle is.

Columns (README, "CSV"): `day` the patient's day, `time` and `zone` the clock and offset of the moment,
`kind` what the row is of, `key` what was measured, `value` a number in `unit`, `at_least` 1 for a lower
bound, `site` a place of the body, `stop` why it ended or was left out, `source` how it came in or who
set it, `note` the patient's words, `record` the uuid of the record. What was not said is empty.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.exchange.csv_cells import flag, number, offset, table, text
from spinetrack.recovery.metrics import TOLERANCES, known
from spinetrack.recovery.when import TURN_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Entry, Session
    from spinetrack.recovery.metrics import Metric


class Row(NamedTuple):
    """One row. Every field is a cell, ready to be written."""

    day: str
    time: str
    zone: str
    kind: str
    key: str
    value: str = ""
    unit: str = ""
    at_least: str = ""
    site: str = ""
    stop: str = ""
    source: str = ""
    note: str = ""
    record: str = ""


COLUMNS: Final = Row._fields
DAY_TURNS: Final = f"{TURN_HOUR:02d}:00:00"
"""What is earlier on the clock belongs to the end of the day before."""
Period = tuple["date | None", "date | None"]


def write_csv_long(diary: Diary, period: Period = (None, None)) -> bytes:
    """Return the rows of a diary as a table, oldest first; the same for the same diary.

    Args:
        diary: What was recorded.
        period: The first and the last day, both included; None is without an end. What lasts beyond a
            period, such as a quota, stands with the day it was set.

    """
    first, last = (day.isoformat() if day else "" for day in period)
    return table(COLUMNS, (row for row in rows(diary) if row.day >= first and (not last or row.day <= last)))


def rows(diary: Diary) -> list[Row]:
    """Return the rows, by day and moment; what belongs to one record stays together."""
    metrics = known(diary.metrics)
    found = chain(
        (row for entry in diary.entries for row in _entry(entry, metrics)),
        (row for session in diary.sessions for row in _session(session)),
        _plan(diary),
        _signs(diary),
        _aims(diary),
        _tried(diary),
    )
    return sorted(found, key=lambda row: (row.day, "" < row.time < DAY_TURNS, row.time))


def _start(kind: str, key: str, at: datetime, day: date, record: str) -> Row:
    return Row(day.isoformat(), at.strftime("%H:%M:%S"), offset(at), kind, text(key), record=text(record))


def _entry(entry: Entry, metrics: Mapping[str, Metric]) -> Iterator[Row]:
    def row(kind: str, key: str) -> Row:
        start = _start(kind, key, entry.at, entry.day, entry.uuid)
        return start._replace(source=text(entry.source))

    for seen in entry.observations:
        metric = metrics.get(seen.metric)
        unit = "0-10" if seen.site is not None else metric.unit if metric else ""
        yield row("site" if seen.site is not None else "value", seen.metric)._replace(
            value=number(seen.value),
            unit=text(unit),
            at_least="1" if seen.at_least else "",
            site=text(seen.site),
            stop=text(seen.stop),
            note=text(" ".join(seen.qualities)),
        )
    if entry.flare is not None:
        yield row("flare", "flare")._replace(value=flag(entry.flare), unit="yes/no")
    if entry.note:
        yield row("note", "note")._replace(note=text(entry.note))


def _session(session: Session) -> Iterator[Row]:
    start = _start("session", session.activity, session.at, session.day, session.uuid)
    unit = "min" if session.activity in TOLERANCES else "s" if session.hold else "reps"
    yield start._replace(
        value=number(session.dose),
        unit=unit,
        stop=text(session.stop),
        source=text(session.source),
        note=text(session.note),
    )
    for kind, value in (("session-effort", session.effort), ("session-pain", session.pain)):
        if value is not None:
            yield start._replace(kind=kind, value=number(value), unit="0-10")
    if session.settled is not None:
        yield start._replace(kind="session-settled", value=flag(session.settled), unit="yes/no")


def _plan(diary: Diary) -> Iterator[Row]:
    for skip in diary.skips:
        row = _start("skip", skip.activity, skip.at, skip.day, skip.uuid)
        yield row._replace(value="1", unit="count", stop=text(skip.why))
    for quota in diary.quotas:
        unit = "min" if quota.activity in TOLERANCES else "s" if quota.reps is None else "reps"
        row = _start("quota", quota.activity, quota.at, quota.day, quota.uuid)
        by = quota.rule or quota.set_by
        yield row._replace(value=number(quota.amount), unit=unit, source=text(by), note=text(quota.reason))


def _signs(diary: Diary) -> Iterator[Row]:
    for mark in diary.marks:
        row = _start(f"flare-{mark.kind}", "flare", mark.at, mark.day, mark.uuid)
        words = "; ".join(part for part in (mark.triggers, mark.helped) if part)
        yield row._replace(value="1", unit="count", note=text(words))
    for screen in diary.screens:
        row = _start("screen", "tier", screen.at, screen.day, screen.uuid)
        yield row._replace(value=number(screen.tier), unit="tier")
        for outcome in screen.outcomes:
            came = _start("screen-outcome", outcome.kind, outcome.at, outcome.day, outcome.uuid)
            yield came._replace(source=text(outcome.by), note=text(outcome.text))


def _aims(diary: Diary) -> Iterator[Row]:
    metrics = known(diary.metrics)
    named = {goal.id: goal for goal in diary.goals}
    for goal in diary.goals:
        metric = metrics.get(goal.metric)
        row = _start("goal", goal.metric, goal.at, goal.day, goal.uuid)
        unit = "" if metric is None else "days/week" if metric.kind == "yes-no" else metric.unit
        yield row._replace(value=number(goal.target), unit=text(unit), note=text(goal.title))
    for rating in diary.ratings:
        of = named.get(rating.goal_id)
        row = _start("goal-level", of.metric if of else "", rating.at, rating.day, rating.uuid)
        yield row._replace(value=number(rating.level), unit="level", note=text(of.title if of else ""))
    for score in diary.scores:
        row = _start("score", score.instrument, score.at, score.day, score.uuid)
        yield row._replace(value=number(score.total), unit="score", note=text(score.version))


def _tried(diary: Diary) -> Iterator[Row]:
    medicines = {medicine.id: medicine.name for medicine in diary.medicines}
    for treatment in diary.treatments:
        start = _start("treatment", treatment.kind, treatment.at, treatment.start, treatment.uuid)
        # The day it was noted is not the day it began: no clock time belongs to it.
        timeless = start._replace(time="", zone="", note=text(treatment.name))
        yield timeless
        if treatment.end is not None:
            yield timeless._replace(kind="treatment-end", day=treatment.end.isoformat())
    for intake in diary.intakes:
        row = _start("intake", medicines.get(intake.medicine_id, ""), intake.at, intake.day, intake.uuid)
        clock = {} if intake.time_known else {"time": "", "zone": ""}
        yield row._replace(value=number(intake.times), unit="doses", note=text(intake.note), **clock)
    for effect in diary.side_effects:
        of = medicines.get(effect.medicine_id or 0, "")
        yield _start("side-effect", of, effect.at, effect.day, effect.uuid)._replace(note=text(effect.text))
    for block in diary.blocks:
        row = _start("block-before", "pain", block.at, block.day, block.uuid)
        yield row._replace(value=number(block.base), unit="0-10", note=text(block.name))
    for reading in diary.block_readings:
        row = _start("block-after", "pain", reading.at, reading.day, reading.uuid)
        yield row._replace(value=number(reading.pain), unit="0-10", note=text(reading.doing))
