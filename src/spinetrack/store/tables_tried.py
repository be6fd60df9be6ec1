"""The tables of treatments, medicines, blocks, people and files. `tables` says what a table is for."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from spinetrack.store import forms_tried
from spinetrack.store.table_parts import RECORD, Record, flag, score


class PersonTable(Record, forms_tried.PersonForm, table=True):
    """The care team."""

    __tablename__ = "person"
    __table_args__ = (RECORD,)


class TreatmentTable(Record, forms_tried.TreatmentForm, table=True):
    """What was tried."""

    __tablename__ = "treatment"
    __table_args__ = (
        flag("active"),
        flag("agreed"),
        RECORD,
    )
    person_id: int | None = Field(default=None, foreign_key="person.id")


class TreatmentSessionTable(Record, forms_tried.TreatmentSessionForm, table=True):
    """Sessions of a course."""

    __tablename__ = "treatment_session"
    __table_args__ = (RECORD,)
    treatment_id: int = Field(foreign_key="treatment.id", index=True)


class MedicineTable(Record, forms_tried.MedicineForm, table=True):
    """Medicines."""

    __tablename__ = "medicine"
    __table_args__ = (
        flag("bought"),
        RECORD,
    )
    person_id: int | None = Field(default=None, foreign_key="person.id")


class IntakeTable(Record, forms_tried.IntakeForm, table=True):
    """When a medicine was taken."""

    __tablename__ = "intake"
    __table_args__ = (
        flag("time_known"),
        Index("ix_intake_day", "day"),
        RECORD,
    )
    medicine_id: int = Field(foreign_key="medicine.id", index=True)


class SideEffectTable(Record, forms_tried.SideEffectForm, table=True):
    """What was unwanted."""

    __tablename__ = "side_effect"
    __table_args__ = (
        Index("ix_side_effect_day", "day"),
        RECORD,
    )
    medicine_id: int | None = Field(default=None, foreign_key="medicine.id")
    treatment_id: int | None = Field(default=None, foreign_key="treatment.id")


class BlockTable(Record, forms_tried.BlockForm, table=True):
    """Diagnostic blocks."""

    __tablename__ = "block"
    __table_args__ = (
        score("base"),
        RECORD,
    )
    treatment_id: int | None = Field(default=None, foreign_key="treatment.id")


class BlockReadingTable(Record, forms_tried.BlockReadingForm, table=True):
    """The diary of a block."""

    __tablename__ = "block_reading"
    __table_args__ = (
        score("pain"),
        flag("provoked"),
        CheckConstraint("stated BETWEEN 0 AND 100", name="stated_0_to_100"),
        RECORD,
    )
    block_id: int = Field(foreign_key="block.id", index=True)


class VisitTable(Record, forms_tried.VisitForm, table=True):
    """Appointments."""

    __tablename__ = "visit"
    __table_args__ = (RECORD,)
    person_id: int | None = Field(default=None, foreign_key="person.id")


class HandoverTable(Record, forms_tried.HandoverForm, table=True):
    """Reports and exports that were made."""

    __tablename__ = "handover"
    __table_args__ = (
        flag("redacted"),
        RECORD,
    )


class ImportRunTable(Record, forms_tried.ImportRunForm, table=True):
    """Imports."""

    __tablename__ = "import_run"
    __table_args__ = (RECORD,)
