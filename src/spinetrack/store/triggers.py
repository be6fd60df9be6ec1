"""The triggers that keep the undo journal, the tombstones and the append-only tables."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_STEP: Final = "(SELECT max(id) FROM step)"
"""The running step is the newest: every write opens one first, and none is ever removed."""


def add_journal(db: sqlite3.Connection, table: str, *, identified: bool) -> None:
    """Journal every change of `table`, as it is now; for a record keep tombstones too.

    A before-image is a JSON object of `quote()`d cells: SQLite's own JSON keeps 15 digits of a real
    number, `quote()` keeps all. A migration that changes the columns calls this again.
    """
    columns = [name for _, name, *_ in db.execute(f'PRAGMA table_info("{table}")')]
    image = "json_object({})".format(", ".join(f"'{c}', quote(OLD.\"{c}\")" for c in columns))
    birth = burial = ""
    if identified:
        birth = "DELETE FROM tombstone WHERE uuid = NEW.uuid;"
        burial = (
            "INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid,"
            f" '{table}', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1));"
        )
    _trigger(db, f"{table}_added", f"AFTER INSERT ON {table}", _change(table, "add"), birth)
    _trigger(db, f"{table}_changed", f"AFTER UPDATE ON {table}", _change(table, "change", image=image))
    _trigger(
        db,
        f"{table}_removed",
        f"AFTER DELETE ON {table}",
        _change(table, "remove", image=image),
        burial,
    )


def forbid_changes(db: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Let rows of `tables` be added and nothing else."""
    for table in tables:
        refusal = f"SELECT RAISE(ABORT, '{table} is only ever added to');"
        _trigger(db, f"{table}_unchanged", f"BEFORE UPDATE ON {table}", refusal)
        _trigger(db, f"{table}_kept", f"BEFORE DELETE ON {table}", refusal)


def _change(table: str, op: str, *, image: str = "NULL") -> str:
    row = "NEW" if op == "add" else "OLD"
    return (
        "INSERT INTO change (step, tbl, row_id, op, before)"
        f" VALUES ({_STEP}, '{table}', {row}.id, '{op}', {image});"
    )


def _trigger(db: sqlite3.Connection, name: str, event: str, *actions: str) -> None:
    db.execute(f"DROP TRIGGER IF EXISTS {name}")
    db.execute(f"CREATE TRIGGER {name} {event} BEGIN {' '.join(actions)} END")
