from __future__ import annotations

import re
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel
from tests.store.records import EXAMPLES, NOW, TODAY, Value, entry, fresh_store

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store import rows, tables
from spinetrack.store.forms import FORMS

Shape = dict[str, dict[str, Any]]


def changed(value: Value, **parts: object) -> Value:
    """The record with parts of a type it must not have."""
    return value._replace(**parts)


def wrong(kind: Value, *parts: object) -> Value:
    """A record made of parts of a type it must not have."""
    return kind(*parts)


def shape(path: Path) -> Shape:
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    shapes: Shape = {}
    for table in found.get_table_names():
        columns = found.get_columns(table)
        shapes[table] = {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in columns},
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted(
                (str(i["name"]), tuple(i["column_names"]), bool(i["unique"]))
                for i in found.get_indexes(table)
            ),
            "unique": sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(table)),
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"]) for f in found.get_foreign_keys(table)
            ),
            "checks": sorted(str(c["sqltext"]) for c in found.get_check_constraints(table)),
        }
    engine.dispose()
    db = sqlite3.connect(path)
    for name, text in db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        if name in shapes:
            shapes[name]["numbered"] = "AUTOINCREMENT" in text
        elif "WHERE" in text and text.startswith("CREATE INDEX"):
            shapes[name] = {"where": re.sub(r"\s+", " ", text.split("WHERE")[1]).strip()}
    db.close()
    return shapes


def test_migrations_end_where_the_tables_are(tmp_path: Path) -> None:
    with fresh_store() as store:
        migrated = shape(store.path)
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert migrated == shape(tmp_path / "declared.db")


def test_every_record_is_described_as_its_table_is() -> None:
    own = {"id", "uuid", "revision", "seq", "created", "updated"}
    for kind in rows.every_kind():
        table = rows.table_of(kind)
        columns = {name for column in table.columns for name in column.names}
        declared = {column.name for column in SQLModel.metadata.tables[table.name].columns}
        assert declared - own == columns, table.name
        assert columns == set(FORMS[kind].model_fields), table.name


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_every_example_passes_the_guard(value: Value) -> None:
    tables.check(value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (entry(source="elsewhere"), "source cannot be 'elsewhere'"),
        (entry()._replace(day=datetime(2026, 3, 1)), "day cannot be"),
        (entry()._replace(uuid="x"), "uuid cannot be 'x'"),
        (changed(entry(), at="2026-03-01"), "wrong form"),
        (changed(entry(), note=4), "wrong form"),
        (changed(entry(), observations=(4,)), "wrong form"),
        (entry()._replace(observations=(d.Observation("pain", 4, stop="bored"),)), "stop cannot"),
        (entry()._replace(observations=(d.Observation("", 4),)), "metric cannot be ''"),
        (entry()._replace(observations=(wrong(d.Observation, "pain", "four"),)), "wrong form"),
        (EXAMPLES[5]._replace(effort=11), "effort cannot be 11"),
        (EXAMPLES[5]._replace(dose=-1), "dose cannot be -1"),
        (EXAMPLES[5]._replace(sets="3"), "wrong form"),
        (EXAMPLES[7]._replace(why="lazy"), "why cannot be 'lazy'"),
        (d.Screen(NOW, TODAY, (), 5), "tier cannot be 5"),
        (EXAMPLES[20]._replace(importance=4), "importance cannot be 4"),
        (changed(EXAMPLES[20], status="won"), "status cannot be 'won'"),
        (d.GoalRating(1, 3, NOW, TODAY), "level cannot be 3"),
        (d.Screen(NOW, TODAY, (wrong(d.Answer, "CE1", "maybe"),), 1), "answer cannot be 'maybe'"),
        (
            d.Screen(NOW, TODAY, (), 1, (wrong(d.Outcome, 1, NOW, TODAY, "well"),)),
            "kind cannot be 'well'",
        ),
    ],
)
def test_the_guard_names_the_part_that_cannot_be(value: object, said: str) -> None:
    with pytest.raises(ValueRefusedError, match=said) as refused:
        tables.check(value)
    assert str(refused.value).endswith("Nothing was saved.")


def test_the_guard_knows_records_only() -> None:
    with pytest.raises(TypeError):
        tables.check(4)
