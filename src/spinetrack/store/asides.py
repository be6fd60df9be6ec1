"""What a report asks of the file beside the diary of its period: short questions about the whole of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from spinetrack.store import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping

    from spinetrack.recovery.diary import Screen

R = TypeVar("R")

_VALUE_DAYS = """
    SELECT e.day, min(o.at_least) FROM entry e JOIN observation o ON o.entry_id = e.id
    WHERE e.day <= ? AND ((o.metric = ? AND o.site IS NULL) OR o.site IN ({sites}))
    GROUP BY e.day ORDER BY e.day"""
"""Read in the order of the index on the day, so that a reader that stops early has read little."""


class Begun(NamedTuple, Generic[R]):
    """A question about how metrics began."""

    metrics: Mapping[str, tuple[str, ...]]
    """Each key, with the body sites whose values count for it too."""
    reader: Callable[[str, Iterator[tuple[date, bool]]], R]
    """Gets a metric's key and its days with a value, oldest first, each with whether one of its values
    is no lower bound. It reads them only as far as it needs."""


class Asides(NamedTuple, Generic[R]):
    """What was asked."""

    edited: int
    """Entries of the period that were changed after they were first saved."""
    last_screen: Screen | None
    """The latest check for warning signs, however old."""
    begun: Mapping[str, R]
    """Metric key to what the reader made of its days."""


def ask(db: sqlite3.Connection, since: date, until: date, begun: Begun[R] | None) -> Asides[R]:
    """Return what a report of the days from `since` to `until` asks beside its diary."""
    edited = db.execute(
        "SELECT count(*) FROM entry WHERE day BETWEEN ? AND ? AND revision > 1",
        (since.isoformat(), until.isoformat()),
    ).fetchone()
    latest = "id = (SELECT id FROM screen ORDER BY at DESC, id DESC LIMIT 1)"
    screens = reading.read_screens(db, latest, {})
    found = {}
    if begun is not None:
        found = {key: begun.reader(key, _days(db, key, s, until)) for key, s in begun.metrics.items()}
    return Asides(cast("int", edited[0]), screens[-1] if screens else None, found)


def _days(
    db: sqlite3.Connection, metric: str, sites: tuple[str, ...], until: date
) -> Iterator[tuple[date, bool]]:
    question = _VALUE_DAYS.format(sites=", ".join("?" * len(sites)))
    found = db.execute(question, (until.isoformat(), metric, *sites))
    try:
        for day, least in found:
            yield date.fromisoformat(day), not least
    finally:
        found.close()
