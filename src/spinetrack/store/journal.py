"""Steps: every write is one, and can be undone and redone from the images its triggers left.

A step is `live`, `undone`, or `dead`: undone, and then something else was written. An undo and a
redo are steps of their own that name the step they turn back, so that the history holds them too.
The steps that are `undone` are always the newest that are not dead.
"""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    import sqlite3

    from spinetrack.store.rows import Cell

FORGOTTEN: Final = 2**53 - 1
"""The revision of what was forgotten: it outranks every edit."""


def open_step(db: sqlite3.Connection, now: str, command: str, undoes: int | None = None) -> int:
    """Begin the next step; the triggers write under its number."""
    done = db.execute(
        "INSERT INTO step (at, command, state, undoes) VALUES (?, ?, 'live', ?)",
        (now, command, undoes),
    )
    return cast("int", done.lastrowid)


def close_step(db: sqlite3.Connection, step: int) -> None:
    """Give up what could have been redone, if `step` changed something that can be undone."""
    if db.execute("SELECT 1 FROM change WHERE step = ? LIMIT 1", (step,)).fetchone():
        db.execute("UPDATE step SET state = 'dead' WHERE state = 'undone'")


def undo(db: sqlite3.Connection, now: str) -> str | None:
    """Turn back the newest live step that changed something.

    Returns:
        Its command, or None when there is none.

    """
    found = db.execute(
        "SELECT id, command FROM step s WHERE state = 'live' AND undoes IS NULL"
        " AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.id) ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    step, command = cast("tuple[int, str]", found)
    undoing = open_step(db, now, f"undo: {command}", step)
    _turn_back(db, step, now)
    _say_cause(db, step, undoing)
    _settle(db, step, undoing)
    db.execute("UPDATE step SET state = 'undone' WHERE id = ?", (step,))
    return command


def redo(db: sqlite3.Connection, now: str) -> str | None:
    """Bring back the step that was undone last.

    Returns:
        Its command, or None when there is none.

    """
    found = db.execute(
        "SELECT id, command, (SELECT max(u.id) FROM step u WHERE u.undoes = s.id)"
        " FROM step s WHERE state = 'undone' ORDER BY id LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    step, command, undoing = cast("tuple[int, str, int]", found)
    redoing = open_step(db, now, f"redo: {command}", undoing)
    _turn_back(db, undoing, now)
    _settle(db, step, redoing)
    db.execute("UPDATE step SET state = 'live' WHERE id = ?", (step,))
    return command


def _say_cause(db: sqlite3.Connection, step: int, undoing: int) -> None:
    """Let what undoing an import removed name that import: its file alone brings it in again."""
    db.execute(
        "UPDATE tombstone SET cause = (SELECT uuid FROM import_run WHERE seq = :step)"
        " WHERE EXISTS (SELECT 1 FROM import_run WHERE seq = :step) AND uuid IN"
        " (SELECT trim(json_extract(before, '$.uuid'), char(39)) FROM change"
        " WHERE step = :undoing AND op = 'remove')",
        {"step": step, "undoing": undoing},
    )


def _settle(db: sqlite3.Connection, step: int, turning: int) -> None:
    """Finish what turning `step` back, or bringing it back, began.

    A diary that took over the patient key of a file has its own again, or the file's. What went back to
    waiting for another record was not deleted by anybody.
    """
    other = db.execute(
        "SELECT key, value FROM meta WHERE key = (SELECT 'patient ' || uuid FROM import_run WHERE seq = ?)",
        (step,),
    ).fetchone()
    if other is not None:
        kept, key = other
        (own,) = db.execute("SELECT value FROM meta WHERE key = 'patient'").fetchone()
        db.executemany("UPDATE meta SET value = ? WHERE key = ?", ((key, "patient"), (own, kept)))
    db.execute(
        "DELETE FROM tombstone WHERE uuid IN (SELECT w.uuid FROM waiting w JOIN change c ON"
        " c.step = :step AND c.tbl = 'waiting' AND c.op = 'add' AND c.row_id = w.id)"
        " AND uuid IN (SELECT trim(json_extract(before, '$.uuid'), char(39)) FROM change"
        " WHERE step = :step AND op = 'remove')",
        {"step": turning},
    )


def _turn_back(db: sqlite3.Connection, step: int, now: str) -> None:
    """Apply the inverse of each change of `step`, the last first."""
    changes = db.execute(
        "SELECT tbl, row_id, op, before FROM change WHERE step = ? ORDER BY id DESC", (step,)
    ).fetchall()
    for table, row_id, op, before in cast("list[tuple[str, int, str, str | None]]", changes):
        if op == "add":
            db.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        elif op == "change":
            _put_back(db, table, row_id, _image(before), now)
        else:
            _bring_back(db, table, _image(before), now)


def _put_back(db: sqlite3.Connection, table: str, row_id: int, image: dict[str, Cell], now: str) -> None:
    """Give a row its earlier cells. For a record that is a new revision."""
    places = [f'"{name}" = :{name}' for name in image if name != "revision"]
    if "revision" in image:
        places.append("revision = revision + 1")
        image["updated"] = now
    db.execute(f'UPDATE "{table}" SET {", ".join(places)} WHERE id = :id', {**image, "id": row_id})


def _bring_back(db: sqlite3.Connection, table: str, image: dict[str, Cell], now: str) -> None:
    """Insert a removed row with its id and uuid. For a record that is a new revision."""
    if "revision" in image:
        buried = db.execute("SELECT revision FROM tombstone WHERE uuid = ?", (image["uuid"],)).fetchone()
        last = cast("int", buried[0] if buried and buried[0] != FORGOTTEN else image["revision"])
        image |= {"revision": last + 1, "updated": now}
    names = ", ".join(f'"{name}"' for name in image)
    marks = ", ".join(f":{name}" for name in image)
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', image)


def _image(text: str | None) -> dict[str, Cell]:
    """Read a before-image as column to cell."""
    from json import loads

    quoted = cast("dict[str, str]", loads(text or "{}"))
    return {name: _literal(cell) for name, cell in quoted.items()}


def _literal(text: str) -> Cell:
    """Read an SQL literal as `quote()` writes it; a real number to its last digit."""
    if text == "NULL":
        return None
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return float(text) if "." in text or "e" in text else int(text)
