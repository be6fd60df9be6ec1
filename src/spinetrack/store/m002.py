"""Step 2 of the schema: goals, their building blocks and ratings, questionnaires. Frozen once released."""

from __future__ import annotations

from spinetrack.store.triggers import add_journal
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

_RECORD: Final = """
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL"""
_WHEN: Final = "at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL"
_WEIGHT: Final = "CONSTRAINT {0}_1_to_3 CHECK ({0} BETWEEN 1 AND 3)"
_OF_GOAL: Final = "goal_id INTEGER NOT NULL"
_TO_GOAL: Final = "FOREIGN KEY (goal_id) REFERENCES goal (id)"

_RECORDS: Final = {
    "goal": "title VARCHAR NOT NULL, metric VARCHAR NOT NULL, target FLOAT NOT NULL, due VARCHAR NOT NULL,"
    f" {_WHEN}, baseline FLOAT, why VARCHAR NOT NULL, importance INTEGER NOT NULL,"
    " difficulty INTEGER NOT NULL, confidence INTEGER, supporter VARCHAR NOT NULL,"
    " review_days INTEGER NOT NULL, status VARCHAR NOT NULL, closed_on VARCHAR, levels VARCHAR NOT NULL,"
    f" {_WEIGHT.format('importance')}, {_WEIGHT.format('difficulty')},"
    " CONSTRAINT confidence_0_to_10 CHECK (confidence BETWEEN 0 AND 10)",
    "milestone": f"{_OF_GOAL}, value FLOAT NOT NULL, due VARCHAR NOT NULL, {_WHEN},"
    f" reached_on VARCHAR, {_TO_GOAL}",
    "goal_rating": f"{_OF_GOAL}, level INTEGER NOT NULL, {_WHEN},"
    f" CONSTRAINT level_is_known CHECK (level BETWEEN -2 AND 2), {_TO_GOAL}",
    "score": f"instrument VARCHAR NOT NULL, {_WHEN}, items VARCHAR NOT NULL, total FLOAT NOT NULL,"
    " version VARCHAR NOT NULL, labels VARCHAR NOT NULL",
}


def m002_goals(db: sqlite3.Connection) -> None:
    """Create the tables of goals and of questionnaires."""
    for name, columns in _RECORDS.items():
        db.execute(f"CREATE TABLE {name} ({_RECORD}, {columns})")
        add_journal(db, name, identified=True)
    for name in ("milestone", "goal_rating"):
        db.execute(f"CREATE INDEX ix_{name}_goal_id ON {name} (goal_id)")
