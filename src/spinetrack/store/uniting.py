"""What a restore may not lose: checks for warning signs, what came of them, why one became due.

These are only united: the file that comes back gets what the present one has and it lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

if TYPE_CHECKING:
    import sqlite3

    from spinetrack.store.rows import Cell, Row

KEPT: Final = ("screen", "outcome", "rescreen")
"""The kinds that are only ever added to, parents first; the answers of a screen go with it."""


class Kept(NamedTuple):
    """All that a diary holds of those kinds, and how far it has counted."""

    rows: dict[str, list[dict[str, Cell]]]
    """Each kind to its rows, in the order they were written."""
    answers: dict[int, list[Row]]
    """The id of a screen to its answers."""
    writes: int
    """The number of its last write."""
    ids: dict[str, int]
    """Each table to the last id it gave."""


def gather(db: sqlite3.Connection) -> Kept:
    """Read what a diary may not lose.

    Raises:
        sqlite3.Error: it cannot be read.

    """
    answers: dict[int, list[Row]] = {}
    for screen, *answer in db.execute("SELECT screen_id, item, answer, sign FROM screen_answer ORDER BY id"):
        answers.setdefault(screen, []).append(tuple(answer))
    return Kept(
        {kind: _rows(db, kind) for kind in KEPT},
        answers,
        db.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0],
        dict(db.execute("SELECT name, seq FROM sqlite_sequence")),
    )


def lacking(kept: Kept, back: sqlite3.Connection) -> int:
    """Count the kept records that the diary `back` lacks."""
    return sum(len(rows) for rows in _missing(kept, back).values())


def unite(kept: Kept, back: sqlite3.Connection, now: str) -> int:
    """Add to the diary `back`, in its open transaction, what it lacks.

    What is added counts as written after all that `back` holds, in its own order. Ids and numbers of
    writes that either diary has used are not given again.

    Args:
        kept: What the present diary may not lose.
        back: The diary that comes back, of the newest format.
        now: The moment, as text.

    Returns:
        How many records were added.

    """
    missing = _missing(kept, back)
    last = max(kept.writes, back.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])
    writes = sorted({cast("int", row["seq"]) for rows in missing.values() for row in rows})
    numbers = {seq: last + place for place, seq in enumerate(writes, start=1)}
    screens = dict(back.execute("SELECT uuid, id FROM screen"))
    uuids = {row["id"]: row["uuid"] for row in kept.rows["screen"]}
    for kind, rows in missing.items():
        for row in rows:
            fresh = row | {"seq": numbers[cast("int", row["seq"])]}
            if kind == "outcome":
                fresh["screen_id"] = screens[uuids[row["screen_id"]]]
            number = _add(back, kind, fresh)
            if kind == "screen":
                screens[row["uuid"]] = number
                _add_answers(back, number, kept.answers.get(cast("int", row["id"]), []))
    _go_on_counting(kept, back, last + len(writes) + 1, now)
    return sum(map(len, missing.values()))


def _rows(db: sqlite3.Connection, kind: str) -> list[dict[str, Cell]]:
    cursor = db.execute(f"SELECT * FROM {kind} ORDER BY seq, id")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _missing(kept: Kept, back: sqlite3.Connection) -> dict[str, list[dict[str, Cell]]]:
    found = {}
    for kind, rows in kept.rows.items():
        have = {uuid for (uuid,) in back.execute(f"SELECT uuid FROM {kind}")}
        found[kind] = [row for row in rows if row["uuid"] not in have]
    return found


def _add(db: sqlite3.Connection, table: str, row: dict[str, Cell]) -> int:
    """Insert a row; it keeps its id where that is free."""
    if db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row["id"],)).fetchone():
        row = row | {"id": None}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    done = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    return cast("int", done.lastrowid)


def _add_answers(db: sqlite3.Connection, screen: int, answers: list[Row]) -> None:
    db.executemany(
        "INSERT INTO screen_answer (screen_id, item, answer, sign) VALUES (?, ?, ?, ?)",
        [(screen, *answer) for answer in answers],
    )


def _go_on_counting(kept: Kept, back: sqlite3.Connection, step: int, now: str) -> None:
    """Let the next write and the next id of every table lie behind all that either diary gave."""
    back.execute("INSERT INTO step (id, at, command, state) VALUES (?, ?, 'restore', 'live')", (step, now))
    used = dict(back.execute("SELECT name, seq FROM sqlite_sequence"))
    for name, last in kept.ids.items():
        if name not in used:
            back.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))
        elif used[name] < last:
            back.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (last, name))
