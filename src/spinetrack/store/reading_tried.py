"""Queries of what was tried. Loaded when a diary holds some of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from spinetrack.recovery.aftercare import BEFORE_DAYS, LEAST, followed
from spinetrack.recovery.stats import median
from spinetrack.store import rows_tried as rows
from spinetrack.store.reading import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from spinetrack.recovery.diary import Diary
    from spinetrack.store.rows import Cell


def with_tried(db: sqlite3.Connection, diary: Diary, where: str, days: Mapping[str, Cell]) -> Diary:
    """Return `diary` with people, treatments, medicines, blocks and visits; intakes of the period."""
    found = diary._replace(
        people=read(db, rows.PERSON, order="ORDER BY id"),
        treatments=read(db, rows.TREATMENT, order="ORDER BY start, id"),
        treatment_sessions=read(db, rows.TREATMENT_SESSION, order="ORDER BY day, at, id"),
        medicines=read(db, rows.MEDICINE, order="ORDER BY id"),
        intakes=read(db, rows.INTAKE, where, days),
        side_effects=read(db, rows.SIDE_EFFECT, where, days),
        blocks=read(db, rows.BLOCK),
        block_readings=read(db, rows.BLOCK_READING),
        visits=read(db, rows.VISIT, order='ORDER BY "on", id'),
    )
    return found._replace(pain_before=_pain_before(db, found, days))


def _pain_before(db: sqlite3.Connection, diary: Diary, days: Mapping[str, Cell]) -> float | None:
    """Return the middle of the pain before the last procedure, where those days began before the period."""
    since, until = days.get("since"), days.get("until")
    if not isinstance(since, str) or not isinstance(until, str) or not diary.treatments:
        return None
    treatment = followed(diary, date.fromisoformat(until))
    if treatment is None or (treatment.start - date.fromisoformat(since)).days >= BEFORE_DAYS:
        return None
    first = treatment.start - timedelta(days=BEFORE_DAYS)
    values: dict[Cell, float] = dict(
        db.execute(
            "SELECT e.day, o.value FROM entry e JOIN observation o ON o.entry_id = e.id"
            " WHERE o.metric = 'pain' AND o.site IS NULL AND e.day >= ? AND e.day < ? ORDER BY e.at, e.id",
            (first.isoformat(), treatment.start.isoformat()),
        )
    )
    return median(values.values()) if len(values) >= LEAST else None
