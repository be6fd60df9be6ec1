"""What the guards of records share: the moments, the days, the parts of a dose."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

ISO_DAY: Final = r"^\d{4}-\d\d-\d\d$"
_UTC: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$"
UUID: Final = r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"
STOP: Final = r"^(pain|leg|stiff|tired|task|timer)$"
_OFFSET: Final = 1439
"""Minutes; an offset is shorter than a day."""


def like(pattern: str) -> str:
    """Make a field that holds a text of this form."""
    # SQLModel takes `regex` and silently drops it; `schema_extra` reaches pydantic.
    field: str = Field(schema_extra={"pattern": pattern})
    return field


def like_or_none(pattern: str) -> str | None:
    """Make a field that holds a text of this form, or nothing."""
    field: str | None = Field(default=None, schema_extra={"pattern": pattern})
    return field


class Form(SQLModel):
    """What may be written. Types are taken as they are: "4" is not 4."""

    model_config = ConfigDict(strict=True, extra="forbid")  # type: ignore[assignment]  # SQLModel's own type is narrower


class AtForm(Form):
    """A moment: UTC text that sorts, and the patient's offset (minutes east of UTC)."""

    at: str = like(_UTC)
    utc_offset: int = Field(ge=-_OFFSET, le=_OFFSET)


class WhenForm(AtForm):
    """A moment and the day the patient counts it to."""

    day: str = like(ISO_DAY)


class RecordedForm(WhenForm):
    """A moment and when it was written down."""

    recorded_at: str = like(_UTC)
    recorded_offset: int = Field(ge=-_OFFSET, le=_OFFSET)


class ExerciseForm(WhenForm):
    """The parts of an exercise's dose."""

    sets: int | None = Field(default=None, ge=0)
    reps: int | None = Field(default=None, ge=0)
    hold: int | None = Field(default=None, ge=0)
    load: float | None = Field(default=None, ge=0)
