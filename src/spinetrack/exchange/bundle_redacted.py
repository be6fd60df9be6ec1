"""A redacted diary as records of a bundle: for reading, never for merging."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from spinetrack.recovery.redact import DAY_ONE
from spinetrack.store import rows
from spinetrack.store.documents import shapes
from spinetrack.store.records import Record, with_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Diary
    from spinetrack.store.json_cells import Json


def records_of(diary: Diary) -> list[Record]:
    """Write each record of a redacted diary as a first version, made at its own moment.

    Nothing of the true history goes out: neither when a record was typed nor how often it was changed.
    """
    values = list(_values(diary))
    uuids = {(rows.table_of(type(value)).name, value.id): value.uuid for value in values}
    found: list[tuple[int, int, Record]] = []
    for value in values:
        kind = rows.table_of(type(value)).name
        names = {
            name: uuids.get((other, value[at])) if value[at] is not None else None
            for name, other, at, _ in shapes()[kind].names
        }
        made = _made(value)
        record = Record(kind, value.uuid, 1, made, made, _alone(kind, value), names)
        found.append((getattr(value, "seq", 0), value.id, record))
    return with_order(found)


def _values(diary: Diary) -> Iterator[Json]:
    for part in diary:
        if type(part) is tuple:
            yield from part
    for screen in diary.screens:
        yield from screen.outcomes


def _alone(kind: str, value: Json) -> Json:
    return value._replace(outcomes=()) if kind == "screen" else value


def _made(value: Json) -> str:
    at = getattr(value, "at", None)
    if at is None:
        at = datetime.combine(getattr(value, "day", DAY_ONE), time(12), UTC)
    return rows.utc_text(at.replace(microsecond=0))
