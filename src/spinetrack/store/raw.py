"""Every row of a diary file of any format: the way out when nothing else opens it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spinetrack.errors import DiaryFileError
from spinetrack.store.connection import open_either, saying
from spinetrack.store.migrations import version_of

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from typing import TextIO


def write_raw(path: Path, out: TextIO) -> None:
    """Write each row as a line of JSON, after a first line with the format. Changes nothing.

    Raises:
        DiaryFileError: if there is no diary, or it cannot be read.
        BusyError: if another program holds it for 5 seconds.

    """
    if not path.is_file():
        raise DiaryFileError(f"There is no diary here: {path}.")
    with saying(path, writing=False):
        db = open_either(str(path), "ro")
        db.text_factory = _forgiving
        try:
            db.execute("BEGIN")
            _line(out, {"spinetrack_raw": 1, "format": version_of(db, path)})
            for table in _tables(db):
                _write_table(db, table, out)
        finally:
            db.close()


def _tables(db: sqlite3.Connection) -> list[str]:
    found = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE"
        " '^' ORDER BY name"
    )
    return [name for (name,) in found]


def _write_table(db: sqlite3.Connection, table: str, out: TextIO) -> None:
    quoted = table.replace('"', '""')
    cursor = db.execute(f'SELECT * FROM "{quoted}"')
    names = [column[0] for column in cursor.description]
    for row in cursor:
        cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in row]
        _line(out, {"table": table, "row": dict(zip(names, cells, strict=True))})


def _line(out: TextIO, record: dict[str, object]) -> None:
    out.write(json.dumps(record))
    out.write("\n")


def _forgiving(text: bytes) -> str:
    return text.decode("utf-8", "replace")
