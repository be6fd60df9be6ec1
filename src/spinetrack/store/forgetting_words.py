"""Which words of a record go when names and notes are forgotten, and what stands in their place.

Numbers, days, answers of fixed lists, names of medicines and exercises, and the keys of own measures stay:
the rules and the charts stand on them.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeAlias

from spinetrack.recovery import redact_words as words
from spinetrack.recovery.redact_tried import NOT_SHOWN
from spinetrack.recovery.treatments import KINDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from spinetrack.store.rows import Cell

    Row: TypeAlias = Mapping[str, Cell]
    Change: TypeAlias = Callable[[Row], Cell]


def _none(_: Row) -> Cell:
    return None


def _blank(_: Row) -> Cell:
    return ""


def _role(column: str) -> Change:
    """Say by whom, without a name; somebody else stays somebody else."""
    return lambda row: None if row[column] is None else words.role(str(row[column]))


def _known(column: str) -> Change:
    return lambda row: words.those_of(str(row[column] or ""), words.TRIGGERS) or None


def _labels(row: Row) -> Cell:
    count = len(json.loads(str(row["labels"])))
    return json.dumps([f"activity {number}" for number in range(1, count + 1)]) if count else row["labels"]


CHANGES: Final[Mapping[str, Mapping[str, Change]]] = {
    "entry": {"note": _none},
    "session": {"note": _none},
    "activity": {"note": _none},
    "flare_mark": {"triggers": _known("triggers"), "helped": _none},
    "outcome": {"text": _blank, "by": _role("by")},
    "quota": {"set_by": _role("set_by"), "reason": _blank},
    "goal": {
        "title": lambda row: f"Goal {row['id']}", "why": _blank, "supporter": _blank,
        "levels": lambda _: "[]",
    },
    "score": {"labels": _labels},
    "person": {"name": lambda row: f"Person {row['id']}", "note": _none},
    "treatment": {
        "name": lambda row: KINDS[str(row["kind"])].label, "result": _blank, "stopped": _blank, "note": _none,
    },
    "treatment_session": {"note": _none},
    "medicine": {"reason": _blank, "note": _none},
    "intake": {"note": _none},
    "side_effect": {"text": lambda _: NOT_SHOWN},
    "block": {"name": _blank},
    "block_reading": {
        "doing": _blank, "confound": lambda row: words.one_of(str(row["confound"]), words.CONFOUNDS) or "",
    },
    "visit": {"name": _role("name"), "note": _none},
    "import_run": {"source": lambda row: row["kind"]},
}  # fmt: skip
"""Table to the columns that can hold the patient's own words, and what each becomes."""
NOTHING_ELSE: Final = ("question", "playbook")
"""Tables of words alone: their rows go."""


def new_name(uuid: str) -> str:
    """Return the uuid of a record whose words went: the same on every computer (RFC 9562, version 8)."""
    raw = bytearray(sha256(f"without-words\0{uuid}".encode()).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def changed(db: sqlite3.Connection, table: str) -> list[tuple[str, dict[str, Cell]]]:
    """Return the uuid of each row of a table that holds words, with what its columns become."""
    names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
    columns = CHANGES.get(table, {})
    found = []
    for cells in db.execute(f"SELECT * FROM {table}").fetchall():
        row = dict(zip(names, cells, strict=True))
        new = {name: change(row) for name, change in columns.items()}
        if any(row[name] != cell for name, cell in new.items()):
            found.append((str(row["uuid"]), new))
    return found


def is_own(table: str, key: str, value: str) -> bool:
    """Tell whether an answer about the patient, or a setting, is in words of their own."""
    if table == "profile":
        return key != "onset" and words.profile_value(key, value) is None
    return words.setting_value(key, value) is None
