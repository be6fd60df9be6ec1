"""From versions to rows: each record in its table, in the shelf `waiting`, or remembered as removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from spinetrack.store import rows
from spinetrack.store.documents import shapes
from spinetrack.store.records import Record, read_waiting, text_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from spinetrack.store.rows import Cell

PARENTS_FIRST: Final = (
    "activity", "decision", "entry", "flare_mark", "goal", "handover", "metric_def", "person", "playbook",
    "profile", "question", "quota", "rescreen", "score", "screen", "session", "setting", "skip",
    "treatment", "medicine", "visit", "block", "goal_rating", "intake", "milestone", "outcome",
    "side_effect", "treatment_session", "block_reading",
)  # fmt: skip
"""The kinds, each after those it names."""


def standing(state: Mapping[str, Record]) -> set[str]:
    """Return the uuids of the records that have a place in their table: all that they must name has one."""
    return {uuid for uuid, record in state.items() if record.value is not None and _stands(state, record)}


def _stands(state: Mapping[str, Record], record: Record) -> bool:
    return all(
        not must or _is_target(state, record.names.get(name), kind)
        for name, kind, _, must in shapes()[record.kind].names
    )


def _is_target(state: Mapping[str, Record], uuid: str | None, kind: str) -> bool:
    found = state.get(uuid) if uuid else None
    return found is not None and found.kind == kind and found.value is not None and _stands(state, found)


def place(
    db: sqlite3.Connection, here: Mapping[str, Record], winners: Mapping[str, Record], step: int
) -> int:
    """Make the rows say what the versions say.

    Args:
        db: The diary, in a transaction, `step` its running step.
        here: The versions in force so far.
        winners: The versions that are in force from now on.
        step: The number of the running step, in which nothing was written yet. It is given a higher one,
            so that each write that comes in has a number of its own before it.

    Returns:
        The number the running step has now.

    """
    return _Placing(db, here, winners, step).run()


class _Placing:
    def __init__(
        self, db: sqlite3.Connection, here: Mapping[str, Record], winners: Mapping[str, Record], step: int
    ) -> None:
        self.db = db
        self.winners = winners
        self.state = {**here, **winners}
        self.standing = standing(self.state)
        self.step = step
        self.ids: dict[str, int] = {}
        self.rows: dict[str, tuple[Cell, ...]] = {}
        """Of each row that is there, what its `_id` columns hold."""

    def run(self) -> int:
        self._read_rows()
        self._insert()
        self._update()
        self._remove()
        self._remember()
        self._shelve()
        return self.step

    def _read_rows(self) -> None:
        for kind, shape in shapes().items():
            names = "".join(f", {name}" for name, *_ in shape.names)
            for uuid, number, *named in self.db.execute(f"SELECT uuid, id{names} FROM {kind}"):
                self.ids[uuid] = number
                self.rows[uuid] = tuple(named)

    def _insert(self) -> None:
        """Add what has a place and no row, parents first, the older before the newer."""
        fresh = [self.state[uuid] for uuid in self.standing - self.rows.keys()]
        fresh.sort(key=lambda record: (PARENTS_FIRST.index(record.kind), record.order))
        seqs = self._numbers(fresh)
        for record in fresh:
            cells = {**self._cells(record), "seq": seqs[record.created, record.write]}
            names = ", ".join(f'"{name}"' for name in cells)
            marks = ", ".join(f":{name}" for name in cells)
            done = self.db.execute(f"INSERT INTO {record.kind} ({names}) VALUES ({marks})", cells)
            self.ids[record.uuid] = cast("int", done.lastrowid)
            self._add_children(record)

    def _numbers(self, fresh: Iterable[Record]) -> dict[tuple[str, int], int]:
        """Give each write that comes in a number before that of the running step."""
        writes = sorted({(record.created, record.write) for record in fresh})
        first = self.step
        self.db.execute("UPDATE step SET id = ? WHERE id = ?", (first + len(writes), first))
        self.step = first + len(writes)
        return {write: first + place for place, write in enumerate(writes)}

    def _update(self) -> None:
        """Change the rows whose version or whose named records are others now."""
        for uuid in self.rows:
            record = self.state[uuid]
            if uuid not in self.standing:
                continue
            if uuid in self.winners:
                self._set(record, self._cells(record))
                if record.kind == "entry":
                    self.db.execute("DELETE FROM observation WHERE entry_id = ?", (self.ids[uuid],))
                    self._add_children(record)
            elif self.rows[uuid] != tuple(self._named(record).values()):
                self._set(record, self._named(record))

    def _set(self, record: Record, cells: Mapping[str, Cell]) -> None:
        places = ", ".join(f'"{name}" = :{name}' for name in cells)
        self.db.execute(
            f"UPDATE {record.kind} SET {places} WHERE id = :number",
            {**cells, "number": self.ids[record.uuid]},
        )

    def _remove(self) -> None:
        """Take out the rows that have no place any more, those that name others first."""
        gone = [self.state[uuid] for uuid in self.rows.keys() - self.standing]
        gone.sort(key=lambda record: (-PARENTS_FIRST.index(record.kind), self.ids[record.uuid]))
        for record in gone:
            number = self.ids[record.uuid]
            if record.kind == "entry":
                self.db.execute("DELETE FROM observation WHERE entry_id = ?", (number,))
            self.db.execute(f"DELETE FROM {record.kind} WHERE id = ?", (number,))

    def _remember(self) -> None:
        """Keep each removal as it came: its own revision and moment."""
        for record in self.winners.values():
            if record.value is None:
                self.db.execute(
                    "INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (?, ?, ?, ?)",
                    (record.uuid, record.kind, record.revision, record.updated),
                )

    def _shelve(self) -> None:
        """Let wait what names a record that has no place, and nothing else."""
        held = read_waiting(self.db)
        wanted: dict[str, str] = {}
        for uuid, record in self.state.items():
            if record.value is None or not shapes()[record.kind].names:
                continue
            if uuid not in self.standing or self._lacks(record):
                wanted[uuid] = text_of(record)
        for uuid, record in held.items():
            if wanted.get(uuid) == text_of(record):
                del wanted[uuid]
            else:
                self.db.execute("DELETE FROM waiting WHERE uuid = ?", (uuid,))
        self.db.executemany("INSERT INTO waiting (uuid, body) VALUES (?, ?)", wanted.items())
        for uuid in wanted:
            # It waits: nobody deleted it.
            self.db.execute("DELETE FROM tombstone WHERE uuid = ?", (uuid,))

    def _lacks(self, record: Record) -> bool:
        return any(uuid is not None and uuid not in self.standing for uuid in record.names.values())

    def _cells(self, record: Record) -> dict[str, Cell]:
        table = rows.table_of(type(record.value))
        return {
            **table.encode(record.value),
            **self._named(record),
            "uuid": record.uuid,
            "revision": record.revision,
            "created": record.created,
            "updated": record.updated,
        }

    def _named(self, record: Record) -> dict[str, Cell]:
        """Return the local ids of the records that this one names; None for one that has no place."""
        found: dict[str, Cell] = {}
        for name, kind, *_ in shapes()[record.kind].names:
            uuid = record.names.get(name)
            there = uuid if _is_target(self.state, uuid, kind) else None
            found[name] = self.ids[there] if there else None
        return found

    def _add_children(self, record: Record) -> None:
        number = self.ids[record.uuid]
        if record.kind == "entry":
            cells = [(number, *rows.observation_cells(value)) for value in record.value.observations]
            self._add_all("observation", ("entry_id", *rows.OBSERVATION_COLUMNS), cells)
        elif record.kind == "screen":
            cells = [(number, *rows.answer_cells(answer)) for answer in record.value.answers]
            self._add_all("screen_answer", ("screen_id", *rows.ANSWER_COLUMNS), cells)

    def _add_all(self, table: str, names: tuple[str, ...], children: Iterable[tuple[Cell, ...]]) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        self.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", children)
