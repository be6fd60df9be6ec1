"""Step 3 of the schema: what was tried, medicines, blocks, people, files. Frozen once released."""

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
_SCORE: Final = "CONSTRAINT {0}_0_to_10 CHECK ({0} BETWEEN 0 AND 10)"
_FLAG: Final = "CONSTRAINT {0}_0_or_1 CHECK ({0} IN (0, 1))"
_PERSON: Final = "FOREIGN KEY (person_id) REFERENCES person (id)"
_TREATMENT: Final = "FOREIGN KEY (treatment_id) REFERENCES treatment (id)"
_MEDICINE: Final = "FOREIGN KEY (medicine_id) REFERENCES medicine (id)"
_BLOCK: Final = "FOREIGN KEY (block_id) REFERENCES block (id)"

_RECORDS: Final = {
    "person": f"name VARCHAR NOT NULL, role VARCHAR NOT NULL, {_WHEN}, note VARCHAR",
    "treatment": f"kind VARCHAR NOT NULL, name VARCHAR NOT NULL, start VARCHAR NOT NULL, {_WHEN},"
    ' "end" VARCHAR, planned INTEGER, dose VARCHAR NOT NULL, person_id INTEGER, active INTEGER,'
    " agreed INTEGER NOT NULL, region VARCHAR NOT NULL, result VARCHAR NOT NULL,"
    f" stopped VARCHAR NOT NULL, note VARCHAR, {_FLAG.format('active')}, {_FLAG.format('agreed')},"
    f" {_PERSON}",
    "treatment_session": f"treatment_id INTEGER NOT NULL, {_WHEN}, dose VARCHAR NOT NULL,"
    f" note VARCHAR, {_TREATMENT}",
    "medicine": f"name VARCHAR NOT NULL, since VARCHAR NOT NULL, {_WHEN}, until VARCHAR,"
    ' dose VARCHAR NOT NULL, milligrams FLOAT, "group" VARCHAR NOT NULL, contains VARCHAR NOT NULL,'
    " bought INTEGER, tags VARCHAR NOT NULL, reason VARCHAR NOT NULL, person_id INTEGER, note VARCHAR,"
    f" {_FLAG.format('bought')}, {_PERSON}",
    "intake": f"medicine_id INTEGER NOT NULL, {_WHEN}, recorded_at VARCHAR NOT NULL,"
    " recorded_offset INTEGER NOT NULL, times FLOAT NOT NULL, time_known INTEGER NOT NULL,"
    f" on_purpose VARCHAR, note VARCHAR, {_FLAG.format('time_known')}, {_MEDICINE}",
    "side_effect": f"text VARCHAR NOT NULL, {_WHEN}, medicine_id INTEGER, treatment_id INTEGER,"
    f" {_MEDICINE}, {_TREATMENT}",
    "block": f"base INTEGER NOT NULL, {_WHEN}, name VARCHAR NOT NULL, treatment_id INTEGER,"
    f" {_SCORE.format('base')}, {_TREATMENT}",
    "block_reading": f"block_id INTEGER NOT NULL, pain INTEGER NOT NULL, {_WHEN},"
    " doing VARCHAR NOT NULL, provoked INTEGER NOT NULL, stated INTEGER, confound VARCHAR NOT NULL,"
    f" {_SCORE.format('pain')}, {_FLAG.format('provoked')},"
    f" CONSTRAINT stated_0_to_100 CHECK (stated BETWEEN 0 AND 100), {_BLOCK}",
    "visit": f'name VARCHAR NOT NULL, "on" VARCHAR NOT NULL, {_WHEN}, person_id INTEGER, note VARCHAR,'
    f" {_PERSON}",
    "handover": f"kind VARCHAR NOT NULL, format VARCHAR NOT NULL, {_WHEN}, since VARCHAR, until VARCHAR,"
    f" without VARCHAR NOT NULL, redacted INTEGER NOT NULL, {_FLAG.format('redacted')}",
    "import_run": "source VARCHAR NOT NULL, kind VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,"
    f" added INTEGER NOT NULL, changed INTEGER NOT NULL, {_WHEN}",
}
_BY: Final = {
    "treatment_session": ("treatment_id",),
    "intake": ("day", "medicine_id"),
    "side_effect": ("day",),
    "block_reading": ("block_id",),
}


def m003_tried(db: sqlite3.Connection) -> None:
    """Create the tables; let a tombstone name the import that was taken back."""
    for name, columns in _RECORDS.items():
        db.execute(f"CREATE TABLE {name} ({_RECORD}, {columns})")
        add_journal(db, name, identified=True)
    for name, keys in _BY.items():
        for key in keys:
            db.execute(f"CREATE INDEX ix_{name}_{key} ON {name} ({key})")
    db.execute("ALTER TABLE tombstone ADD COLUMN cause VARCHAR")
