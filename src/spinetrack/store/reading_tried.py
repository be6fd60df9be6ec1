"""Queries of what was tried. Loaded when a diary holds some of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.store import rows_tried as rows
from spinetrack.store.reading import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from spinetrack.recovery.diary import Diary
    from spinetrack.store.rows import Cell


def with_tried(db: sqlite3.Connection, diary: Diary, where: str, days: Mapping[str, Cell]) -> Diary:
    """Return `diary` with people, treatments, medicines, blocks and visits; intakes of the period."""
    return diary._replace(
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
