"""What can be done inside one write: add, replace, remove."""

from __future__ import annotations

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Entry, Screen
from spinetrack.store import rows
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.store.rows import Cell, Row, Table, new_uuid, table_of
from spinetrack.typed import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    import sqlite3

PARTS: Final = {
    "goal": ("milestone", "goal_rating"),
    "treatment": ("treatment_session",),
    "medicine": ("intake",),
    "block": ("block_reading",),
}
"""What goes with a record when it is removed."""
NAMED_BY: Final = {
    "person": ("treatment", "medicine", "visit"),
    "treatment": ("side_effect", "block"),
    "medicine": ("side_effect",),
}
"""What names a record and outlives it."""
OUTSIDE_UNDO: Final = frozenset({"handover", "import_run"})
"""What was handed over and what came in stays true: `undo` takes back what was recorded before it."""


class Writer:
    """The open write of a `Store`; all of it is saved, or nothing."""

    def __init__(self, db: sqlite3.Connection, step: int, now: str) -> None:
        self._db = db
        self._now = now
        self.step = step
        """The number of this write: the `seq` of every row made in it."""

    def add(self, value: object) -> int:
        """Record something new.

        Args:
            value: Any record of `recovery.diary`; its id and seq are ignored, its uuid is kept
                when it has one.

        Returns:
            Its id.

        Raises:
            ValueRefusedError: if it cannot be kept.

        """
        table = table_of(type(value))
        cells = table.encode(value)
        if table.identified:
            cells |= self._identity(cast("str", getattr(value, "uuid")))  # noqa: B009
        self._known(table, cells)
        new = self._insert(table.name, cells)
        if table.name in OUTSIDE_UNDO:
            place = (self.step, table.name, new)
            self._db.execute("DELETE FROM change WHERE step = ? AND tbl = ? AND row_id = ?", place)
        if isinstance(value, Entry):
            self._add_observations(value, new)
        if isinstance(value, Screen):
            self._add_children(value, new)
        return new

    def replace(self, value: object) -> None:
        """Put `value` where the record with its id is. That keeps its uuid and seq.

        Raises:
            ValueRefusedError: if there is none with this id, or it is only ever added to.

        """
        table = table_of(type(value))
        number = self._changeable(table, value)
        cells = table.encode(value)
        places = [f'"{column}" = :{column}' for column in cells]
        if table.identified:
            places += ["revision = revision + 1", "updated = :now"]
        self._db.execute(
            f"UPDATE {table.name} SET {', '.join(places)} WHERE id = :number",
            {**cells, "number": number, "now": self._now},
        )
        if isinstance(value, Entry):
            self._db.execute("DELETE FROM observation WHERE entry_id = ?", (number,))
            self._add_observations(value, number)

    def remove(self, value: object) -> None:
        """Take the record with the id of `value` out. Its uuid is remembered as removed.

        A goal takes its milestones and ratings with it, a treatment and a medicine what was
        recorded of them, a block its readings. What only names the record names nothing then.

        Raises:
            ValueRefusedError: if there is none with this id, or it is only ever added to.

        """
        table = table_of(type(value))
        number = self._changeable(table, value)
        if isinstance(value, Entry):
            self._db.execute("DELETE FROM observation WHERE entry_id = ?", (number,))
        for part in PARTS.get(table.name, ()):
            self._db.execute(f"DELETE FROM {part} WHERE {table.name}_id = ?", (number,))
        for other in NAMED_BY.get(table.name, ()):
            self._db.execute(
                f"UPDATE {other} SET {table.name}_id = NULL, revision = revision + 1, updated = ?"
                f" WHERE {table.name}_id = ?",
                (self._now, number),
            )
        self._db.execute(f"DELETE FROM {table.name} WHERE id = ?", (number,))

    def _identity(self, uuid: str) -> dict[str, Cell]:
        revision = 1
        if uuid:
            buried = self._one("SELECT revision FROM tombstone WHERE uuid = ?", uuid)
            revision = cast("int", buried[0]) + 1 if buried else 1
        return {
            "uuid": uuid or new_uuid(),
            "revision": revision,
            "seq": self.step,
            "created": self._now,
            "updated": self._now,
        }

    def _insert(self, table: str, cells: dict[str, Cell]) -> int:
        names = ", ".join(f'"{name}"' for name in cells)
        marks = ", ".join("?" * len(cells))
        done = self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))
        return cast("int", done.lastrowid)

    def _add_observations(self, entry: Entry, number: int) -> None:
        self._insert_children(
            "observation",
            ("entry_id", *rows.OBSERVATION_COLUMNS),
            [(number, *rows.observation_cells(value)) for value in entry.observations],
        )

    def _add_children(self, screen: Screen, number: int) -> None:

        self._insert_children(
            "screen_answer",
            ("screen_id", *rows.ANSWER_COLUMNS),
            [(number, *rows.answer_cells(answer)) for answer in screen.answers],
        )
        for outcome in screen.outcomes:
            self.add(outcome._replace(screen_id=number))

    def _insert_children(self, table: str, names: tuple[str, ...], children: list[Row]) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        self._db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", children)

    def _changeable(self, table: Table[object], value: object) -> int:
        if table.kept:
            raise ValueRefusedError(
                f"What a check for warning signs found is kept as it was. {NOTHING_SAVED}",
                hint="Say what came of it with: spinetrack screen outcome",
            )
        number = cast("int", getattr(value, "id"))  # noqa: B009
        if self._one(f"SELECT 1 FROM {table.name} WHERE id = ?", number) is None:
            raise ValueRefusedError(f"There is no {table.word} #{number}. {NOTHING_SAVED}")
        return number

    def _known(self, table: Table[object], cells: dict[str, Cell]) -> None:
        """Let the record pass if what its `…_id` columns name is there."""
        for name in table.names_others:
            number, other = cells[name], name.removesuffix("_id")
            if number is not None and self._one(f"SELECT 1 FROM {other} WHERE id = ?", number) is None:
                raise ValueRefusedError(f"There is no {other} #{number}. {NOTHING_SAVED}")

    def _one(self, question: str, value: Cell) -> Row | None:
        return cast("Row | None", self._db.execute(question, (value,)).fetchone())
