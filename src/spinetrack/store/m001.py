"""Step 1 of the schema: the diary as it was first released. Frozen once released."""

from __future__ import annotations

from spinetrack.store.rows import new_uuid
from spinetrack.store.triggers import add_journal, forbid_changes
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
"""What every record has. Ids are never given twice: a patient may have written one down."""

_AT: Final = "at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL"
_WHEN: Final = f"{_AT}, day VARCHAR NOT NULL"
_RECORDED: Final = "recorded_at VARCHAR NOT NULL, recorded_offset INTEGER NOT NULL"
_SCORE: Final = "CONSTRAINT {0}_0_to_10 CHECK ({0} BETWEEN 0 AND 10)"
_FLAG: Final = "CONSTRAINT {0}_0_or_1 CHECK ({0} IN (0, 1))"
_EXERCISE: Final = "sets INTEGER, reps INTEGER, hold INTEGER, load FLOAT"

_RECORDS: Final = {
    "entry": f"{_WHEN}, {_RECORDED}, note VARCHAR, flare INTEGER, source VARCHAR NOT NULL,"
    f" {_FLAG.format('flare')}",
    "activity": "name VARCHAR NOT NULL, kind VARCHAR NOT NULL, per_week INTEGER NOT NULL,"
    " day VARCHAR NOT NULL, region VARCHAR, tempo VARCHAR, rest INTEGER,"
    f" cleared INTEGER NOT NULL, note VARCHAR, {_FLAG.format('cleared')}",
    "quota": f"activity VARCHAR NOT NULL, {_WHEN}, amount FLOAT NOT NULL, set_by VARCHAR NOT NULL,"
    " rule VARCHAR, reason VARCHAR NOT NULL, up_to FLOAT, per_week INTEGER NOT NULL,"
    f" {_EXERCISE}",
    "session": f"activity VARCHAR NOT NULL, {_WHEN}, {_RECORDED}, dose FLOAT NOT NULL,"
    " effort INTEGER, pain INTEGER, settled INTEGER, stop VARCHAR, spread INTEGER NOT NULL,"
    f" minimum INTEGER NOT NULL, {_EXERCISE}, note VARCHAR, source VARCHAR NOT NULL,"
    f" {_SCORE.format('effort')}, {_SCORE.format('pain')}, {_FLAG.format('settled')},"
    f" {_FLAG.format('spread')}, {_FLAG.format('minimum')}",
    "skip": f"activity VARCHAR NOT NULL, {_WHEN}, why VARCHAR NOT NULL",
    "flare_mark": f"kind VARCHAR NOT NULL, {_WHEN}, triggers VARCHAR, helped VARCHAR",
    "screen": f"{_WHEN}, tier INTEGER, CONSTRAINT tier_1_to_4 CHECK (tier BETWEEN 1 AND 4)",
    "outcome": f"screen_id INTEGER NOT NULL, {_WHEN}, kind VARCHAR NOT NULL,"
    ' text VARCHAR NOT NULL, "by" VARCHAR, item VARCHAR,'
    " FOREIGN KEY (screen_id) REFERENCES screen (id)",
    "rescreen": f"reason VARCHAR NOT NULL, {_WHEN}, items VARCHAR NOT NULL",
    "decision": f'"key" VARCHAR NOT NULL, rule VARCHAR NOT NULL, choice VARCHAR NOT NULL, {_WHEN},'
    " amounts VARCHAR NOT NULL, text VARCHAR NOT NULL, facts VARCHAR NOT NULL",
    "profile": f'"key" VARCHAR NOT NULL, value VARCHAR NOT NULL, {_WHEN}',
    "setting": f'"key" VARCHAR NOT NULL, value VARCHAR NOT NULL, {_WHEN}',
    "question": f"text VARCHAR NOT NULL, {_WHEN}",
    "playbook": f"text VARCHAR NOT NULL, {_WHEN}",
    "metric_def": '"key" VARCHAR NOT NULL, label VARCHAR NOT NULL, unit VARCHAR NOT NULL,'
    " better VARCHAR, low FLOAT NOT NULL, high FLOAT NOT NULL",
}

_OTHERS: Final = {
    "observation": "id INTEGER NOT NULL PRIMARY KEY, entry_id INTEGER NOT NULL,"
    " metric VARCHAR NOT NULL, value FLOAT NOT NULL, site VARCHAR, at_least INTEGER NOT NULL,"
    " stop VARCHAR, qualities VARCHAR NOT NULL, carried INTEGER NOT NULL,"
    f" {_FLAG.format('at_least')}, {_FLAG.format('carried')},"
    " FOREIGN KEY (entry_id) REFERENCES entry (id)",
    "screen_answer": "id INTEGER NOT NULL PRIMARY KEY, screen_id INTEGER NOT NULL,"
    " item VARCHAR NOT NULL, answer VARCHAR NOT NULL, sign VARCHAR NOT NULL,"
    " CONSTRAINT answer_is_known CHECK (answer IN ('yes', 'no', 'unsure')),"
    " FOREIGN KEY (screen_id) REFERENCES screen (id)",
    "timer": f"id INTEGER NOT NULL PRIMARY KEY, metric VARCHAR NOT NULL, {_AT}",
    "draft": f"id INTEGER NOT NULL PRIMARY KEY, {_WHEN}, answers VARCHAR NOT NULL",
    "tombstone": "uuid VARCHAR NOT NULL PRIMARY KEY, kind VARCHAR NOT NULL,"
    " revision INTEGER NOT NULL, at VARCHAR NOT NULL",
    "meta": '"key" VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL',
    "step": "id INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, command VARCHAR NOT NULL,"
    " state VARCHAR NOT NULL, undoes INTEGER,"
    " CONSTRAINT state_is_known CHECK (state IN ('live', 'undone', 'dead')),"
    " FOREIGN KEY (undoes) REFERENCES step (id)",
    "change": "id INTEGER NOT NULL PRIMARY KEY, step INTEGER NOT NULL, tbl VARCHAR NOT NULL,"
    " row_id INTEGER NOT NULL, op VARCHAR NOT NULL, before VARCHAR,"
    " FOREIGN KEY (step) REFERENCES step (id)",
}

_BY_DAY: Final = ("session", "skip", "flare_mark", "screen", "rescreen", "decision")
_KEPT: Final = ("screen", "screen_answer", "outcome", "rescreen")


def m001_diary(db: sqlite3.Connection) -> None:
    """Create every table, index and trigger of the first release."""
    for name, columns in _RECORDS.items():
        db.execute(f"CREATE TABLE {name} ({_RECORD}, {columns})")
    for name, columns in _OTHERS.items():
        db.execute(f"CREATE TABLE {name} ({columns})")
    db.execute("CREATE INDEX ix_entry_day ON entry (day, at)")
    for name in _BY_DAY:
        db.execute(f"CREATE INDEX ix_{name}_day ON {name} (day)")
    db.execute("CREATE INDEX ix_observation_entry_id ON observation (entry_id)")
    db.execute("CREATE INDEX ix_screen_answer_screen_id ON screen_answer (screen_id)")
    db.execute("CREATE INDEX ix_outcome_screen_id ON outcome (screen_id)")
    db.execute("CREATE INDEX ix_screen_tier ON screen (tier)")
    db.execute("CREATE INDEX ix_change_step ON change (step)")
    db.execute("CREATE INDEX ix_step_undone ON step (id) WHERE state = 'undone'")
    db.execute("CREATE INDEX ix_step_undoes ON step (undoes) WHERE undoes IS NOT NULL")
    for name in _RECORDS.keys() - set(_KEPT):
        add_journal(db, name, identified=True)
    add_journal(db, "observation", identified=False)
    forbid_changes(db, _KEPT)
    db.executemany("INSERT INTO meta VALUES (?, ?)", [("patient", new_uuid()), ("device", new_uuid())])
