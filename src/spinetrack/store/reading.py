"""Queries: rows of the diary file as frozen values, oldest first."""

from __future__ import annotations

from datetime import date

from spinetrack.recovery.diary import Answer, Diary, Observation, Outcome
from spinetrack.store import rows
from spinetrack.store.rows import Cell, Row, Table, read_names
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from spinetrack.recovery.diary import Entry, Screen

R = TypeVar("R")

_TRIED: Final = ("person", "treatment", "medicine", "side_effect", "block", "visit")
_SOMETHING_TRIED: Final = "SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {name})" for name in _TRIED)

_OBSERVATIONS: Final = ", ".join(f'o."{name}"' for name in rows.OBSERVATION_COLUMNS)
_ANSWERS: Final = ", ".join(f'a."{name}"' for name in rows.ANSWER_COLUMNS)
_OLDEST_FIRST: Final = "ORDER BY at, id"

_CLOSED: Final = "o.kind IN ('seen', 'mistake') OR (o.kind = 'old' AND o.item IS NULL)"
"""An outcome that closes a whole screen. One that names an item closes no more than that item."""
_STILL_MATTERS: Final = f"""
    OR (tier BETWEEN 1 AND 3 AND day < :since AND at >= (
        SELECT min(s.at) FROM screen s WHERE s.tier BETWEEN 1 AND 3
        AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.screen_id = s.id AND ({_CLOSED}))))"""
"""The oldest screen that nothing closed, and every later one with a sign: the outcome of a later
screen can close it (clinical.md, definition of `rf_open`)."""


class Period(NamedTuple):
    """Days from `since` to `until`, both included; None is without an end."""

    since: date | None
    until: date | None
    recent: date | None = None
    """Before this day only the observations of `long` are read; None reads all."""
    long: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The condition on `day`, with named parameters."""
        low = ["day >= :since"] if self.since else []
        high = ["day <= :until"] if self.until else []
        return " AND ".join([*low, *high]) or "1"

    @property
    def days(self) -> dict[str, Cell]:
        """The named parameters of `where`."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }


def read_diary(db: sqlite3.Connection, period: Period) -> Diary:
    """Read what was recorded in a period, with all that stays in force beyond it."""
    where, days = period.where, period.days
    first, last = _first_and_last_day(db)
    diary = Diary(
        entries=read_entries(db, where, days, few=_few(period)),
        sessions=read(db, rows.SESSION, where, days),
        skips=read(db, rows.SKIP, where, days),
        marks=read(db, rows.FLARE_MARK, where, days),
        decisions=read(db, rows.DECISION, where, days),
        triggers=read(db, rows.RESCREEN, where, days),
        screens=read_screens(db, f"({where}){_STILL_MATTERS if period.since else ''}", days),
        activities=read(db, rows.ACTIVITY, order="ORDER BY id"),
        quotas=read(db, rows.QUOTA),
        profile=read(db, rows.PROFILE),
        settings=read(db, rows.SETTING),
        playbooks=read(db, rows.PLAYBOOK),
        metrics=read(db, rows.METRIC, order="ORDER BY id"),
        goals=read(db, rows.GOAL, order="ORDER BY id"),
        milestones=read(db, rows.MILESTONE, order="ORDER BY goal_id, due, id"),
        ratings=read(db, rows.RATING, order="ORDER BY day, at, id"),
        scores=read(db, rows.SCORE, order="ORDER BY day, at, id"),
        first_day=first,
        last_day=last,
    )
    if db.execute(_SOMETHING_TRIED).fetchone()[0]:
        from spinetrack.store.reading_tried import with_tried

        return with_tried(db, diary, where, days)
    return diary


def _few(period: Period) -> str:
    """Return the condition that leaves out what nobody asked for of long ago."""
    if period.recent is None:
        return ""
    names = ", ".join(f"'{name}'" for name in period.long)
    recent = f"SELECT id FROM entry WHERE day >= '{period.recent.isoformat()}'"
    return f"AND (o.metric IN ({names}) OR o.entry_id IN ({recent}))"


def read(
    db: sqlite3.Connection,
    table: Table[R],
    where: str = "1",
    values: Mapping[str, Cell] | None = None,
    order: str = _OLDEST_FIRST,
) -> tuple[R, ...]:
    """Read records without children that meet a condition."""
    return table.decode(_select(db, table, where, values or {}, order))


def read_entries(
    db: sqlite3.Connection,
    where: str,
    values: Mapping[str, Cell],
    order: str = _OLDEST_FIRST,
    few: str = "",
) -> tuple[Entry, ...]:
    """Read entries with their observations, or those that meet the condition `few`."""
    found = _select(db, rows.ENTRY, where, values, order).fetchall()
    observations = _observations(db, where, values, order, few)
    return rows.ENTRY.decode(found, observations)


def read_screens(db: sqlite3.Connection, where: str, values: Mapping[str, Cell]) -> tuple[Screen, ...]:
    """Read screens with their answers and all their outcomes."""
    found = _select(db, rows.SCREEN, where, values, _OLDEST_FIRST).fetchall()
    if not found:
        return ()
    inside = f"SELECT id FROM screen WHERE {where}"
    answers: dict[Cell, list[Answer]] = {}
    for screen, *answer in db.execute(
        f"SELECT a.screen_id, {_ANSWERS} FROM screen_answer a WHERE a.screen_id IN ({inside}) ORDER BY a.id",
        values,
    ):
        answers.setdefault(screen, []).append(Answer(*answer))
    outcomes: dict[Cell, list[Outcome]] = {}
    for outcome in read(db, rows.OUTCOME, f"screen_id IN ({inside})", values):
        outcomes.setdefault(outcome.screen_id, []).append(outcome)
    given, came = _tuples(answers), _tuples(outcomes)
    return rows.SCREEN.decode(found, given, came)


def _select(
    db: sqlite3.Connection, table: Table[R], where: str, values: Mapping[str, Cell], order: str
) -> sqlite3.Cursor:
    return db.execute(f"SELECT {table.select} FROM {table.name} WHERE {where} {order}", values)


def _observations(
    db: sqlite3.Connection, where: str, values: Mapping[str, Cell], order: str, few: str
) -> dict[Cell, tuple[Observation, ...]]:
    wanted = f"SELECT id FROM entry WHERE {where}"
    if "LIMIT" in order:
        wanted = f"{wanted} {order}"
    found = db.execute(
        f"SELECT o.entry_id, {_OBSERVATIONS} FROM observation o"
        f" WHERE o.entry_id IN ({wanted}) {few} ORDER BY o.entry_id, o.id",
        values,
    )
    columns = tuple(zip(*found, strict=True))
    if not columns:
        return {}
    owners, metrics, seen, sites, at_least, stops, qualities, carried = columns
    named = [() if names == "[]" else read_names(names) for names in qualities]
    flags = ([flag == 1 for flag in column] for column in (at_least, carried))
    # Column by column, and past the constructor: there are thousands.
    cells = zip(metrics, seen, sites, next(flags), stops, named, next(flags), strict=True)
    observations = tuple([tuple.__new__(Observation, row) for row in cells])
    starts = [at for at, owner in enumerate(owners) if not at or owner != owners[at - 1]]
    ends = [*starts[1:], len(owners)]
    return {owners[first]: observations[first:end] for first, end in zip(starts, ends, strict=True)}


def _tuples(lists: Mapping[Cell, Iterable[R]]) -> dict[Cell, tuple[R, ...]]:
    return {owner: tuple(children) for owner, children in lists.items()}


def _first_and_last_day(db: sqlite3.Connection) -> tuple[date | None, date | None]:
    anything = ("entry", "session", "skip", "flare_mark", "screen", "rescreen", "decision")
    lived = anything[:3]
    own = {"entry": " WHERE source <> 'device'"}  # what a watch counted is no record of the patient's own
    columns = [f"(SELECT min(day) FROM {name}{own.get(name, '')})" for name in anything]
    columns += [f"(SELECT max(day) FROM {name}{own.get(name, '')})" for name in lived]
    days = cast("Row", db.execute(f"SELECT {', '.join(columns)}").fetchone())
    firsts = [day for day in days[: len(anything)] if day is not None]
    lasts = [day for day in days[len(anything) :] if day is not None]
    return (
        date.fromisoformat(cast("str", min(firsts))) if firsts else None,
        date.fromisoformat(cast("str", max(lasts))) if lasts else None,
    )
