"""What the tables share."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

RECORD: Final = {"sqlite_autoincrement": True}
"""An id is never given twice."""


def score(name: str) -> CheckConstraint:
    """Hold a column to 0 to 10."""
    return CheckConstraint(f"{name} BETWEEN 0 AND 10", name=f"{name}_0_to_10")


def flag(name: str) -> CheckConstraint:
    """Hold a column to 0 and 1."""
    return CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_0_or_1")


def one_to_three(name: str) -> CheckConstraint:
    """Hold a column to 1 to 3."""
    return CheckConstraint(f"{name} BETWEEN 1 AND 3", name=f"{name}_1_to_3")


class Record(SQLModel):
    """What every record has: the number a patient sees, and what a merge needs."""

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    revision: int
    seq: int
    created: str
    updated: str
