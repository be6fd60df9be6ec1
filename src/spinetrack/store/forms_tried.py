"""What records of treatments, medicines, blocks, people and files may hold."""

from __future__ import annotations

from sqlmodel import Field

from spinetrack.store.form_parts import ISO_DAY, RecordedForm, WhenForm, like, like_or_none


class PersonForm(WhenForm):
    """Somebody of the care team."""

    name: str = Field(min_length=1)
    role: str
    note: str | None = None


class TreatmentForm(WhenForm):
    """Something that was tried."""

    kind: str = Field(min_length=1)
    name: str = Field(min_length=1)
    start: str = like(ISO_DAY)
    end: str | None = like_or_none(ISO_DAY)
    planned: int | None = Field(default=None, ge=0)
    dose: str
    person_id: int | None = None
    active: int | None = Field(default=None, ge=0, le=1)
    agreed: int = Field(ge=0, le=1)
    region: str
    result: str
    stopped: str
    note: str | None = None


class TreatmentSessionForm(WhenForm):
    """One session of a course."""

    treatment_id: int
    dose: str
    note: str | None = None


class MedicineForm(WhenForm):
    """A medicine."""

    name: str = Field(min_length=1)
    since: str = like(ISO_DAY)
    until: str | None = like_or_none(ISO_DAY)
    dose: str
    milligrams: float | None = Field(default=None, ge=0)
    group: str
    contains: str
    bought: int | None = Field(default=None, ge=0, le=1)
    tags: str
    reason: str
    person_id: int | None = None
    note: str | None = None


class IntakeForm(RecordedForm):
    """One time a medicine was taken."""

    medicine_id: int
    times: float = Field(gt=0)
    time_known: int = Field(ge=0, le=1)
    on_purpose: str | None = like_or_none(r"^(yes|no|unsure)$")
    note: str | None = None


class SideEffectForm(WhenForm):
    """Something unwanted."""

    text: str = Field(min_length=1)
    medicine_id: int | None = None
    treatment_id: int | None = None


class BlockForm(WhenForm):
    """A diagnostic block."""

    base: int = Field(ge=0, le=10)
    name: str
    treatment_id: int | None = None


class BlockReadingForm(WhenForm):
    """One answer of a block's diary."""

    block_id: int
    pain: int = Field(ge=0, le=10)
    doing: str
    provoked: int = Field(ge=0, le=1)
    stated: int | None = Field(default=None, ge=0, le=100)
    confound: str


class VisitForm(WhenForm):
    """An appointment."""

    name: str = Field(min_length=1)
    on: str = like(ISO_DAY)
    person_id: int | None = None
    note: str | None = None


class HandoverForm(WhenForm):
    """A report or an export that was made."""

    kind: str = like(r"^(report|export)$")
    format: str = Field(min_length=1)
    since: str | None = like_or_none(ISO_DAY)
    until: str | None = like_or_none(ISO_DAY)
    without: str
    redacted: int = Field(ge=0, le=1)


class ImportRunForm(WhenForm):
    """One import."""

    source: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    sha256: str
    added: int = Field(ge=0)
    changed: int = Field(ge=0)
