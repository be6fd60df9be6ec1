"""The schema, declared: every table of the diary file.

What a record may hold is said in `forms`; a table adds what the file needs. Migrations are written
by hand over plain sqlite3; a test holds both equal. Nothing that runs daily imports this module.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from spinetrack.store import forms, tables_tried
from spinetrack.store.forms import check
from spinetrack.store.table_parts import RECORD, Record, flag, one_to_three, score

__all__ = ["check", "tables_tried"]


class EntryTable(Record, forms.EntryForm, table=True):
    """One check-in, its observations apart."""

    __tablename__ = "entry"
    __table_args__ = (flag("flare"), Index("ix_entry_day", "day", "at"), RECORD)


class ObservationTable(forms.ObservationForm, table=True):
    """Belongs to its entry and has no life of its own."""

    __tablename__ = "observation"
    __table_args__ = (flag("at_least"), flag("carried"))
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)


class ActivityTable(Record, forms.ActivityForm, table=True):
    """The plan's activities."""

    __tablename__ = "activity"
    __table_args__ = (flag("cleared"), RECORD)


class QuotaTable(Record, forms.QuotaForm, table=True):
    """The plan's whole history."""

    __tablename__ = "quota"
    __table_args__ = (RECORD,)


class SessionTable(Record, forms.SessionForm, table=True):
    """What was done."""

    __tablename__ = "session"
    __table_args__ = (
        score("effort"), score("pain"), flag("settled"), flag("spread"), flag("minimum"),
        Index("ix_session_day", "day"), RECORD,
    )  # fmt: skip


class SkipTable(Record, forms.SkipForm, table=True):
    """What was left out."""

    __tablename__ = "skip"
    __table_args__ = (Index("ix_skip_day", "day"), RECORD)


class FlareMarkTable(Record, forms.FlareMarkForm, table=True):
    """Where the patient saw a flare."""

    __tablename__ = "flare_mark"
    __table_args__ = (Index("ix_flare_mark_day", "day"), RECORD)


class ScreenTable(Record, forms.ScreenForm, table=True):
    """Only ever added to, its answers and outcomes too."""

    __tablename__ = "screen"
    __table_args__ = (
        CheckConstraint("tier BETWEEN 1 AND 4", name="tier_1_to_4"),
        Index("ix_screen_day", "day"), Index("ix_screen_tier", "tier"), RECORD,
    )  # fmt: skip


class AnswerTable(forms.AnswerForm, table=True):
    """Belongs to its screen."""

    __tablename__ = "screen_answer"
    __table_args__ = (CheckConstraint("answer IN ('yes', 'no', 'unsure')", name="answer_is_known"),)
    id: int | None = Field(default=None, primary_key=True)
    screen_id: int = Field(foreign_key="screen.id", index=True)


class OutcomeTable(Record, forms.OutcomeForm, table=True):
    """Only ever added to."""

    __tablename__ = "outcome"
    __table_args__ = (RECORD,)
    screen_id: int = Field(foreign_key="screen.id", index=True)


class RescreenTable(Record, forms.RescreenForm, table=True):
    """Only ever added to. A `Trigger` of the diary; the word is SQL's own."""

    __tablename__ = "rescreen"
    __table_args__ = (Index("ix_rescreen_day", "day"), RECORD)


class DecisionTable(Record, forms.DecisionForm, table=True):
    """Decisions, with what was shown."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_day", "day"), RECORD)


class ProfileTable(Record, forms.KeyForm, table=True):
    """Dated answers about the patient."""

    __tablename__ = "profile"
    __table_args__ = (RECORD,)


class SettingTable(Record, forms.KeyForm, table=True):
    """Dated changes of thresholds."""

    __tablename__ = "setting"
    __table_args__ = (RECORD,)


class QuestionTable(Record, forms.TextForm, table=True):
    """What to ask at the next visit."""

    __tablename__ = "question"
    __table_args__ = (RECORD,)


class PlaybookTable(Record, forms.TextForm, table=True):
    """What helps in a flare."""

    __tablename__ = "playbook"
    __table_args__ = (RECORD,)


class MetricTable(Record, forms.MetricForm, table=True):
    """The patient's own metrics."""

    __tablename__ = "metric_def"
    __table_args__ = (RECORD,)


class GoalTable(Record, forms.GoalForm, table=True):
    """Goals, each tied to a metric."""

    __tablename__ = "goal"
    __table_args__ = (
        one_to_three("importance"), one_to_three("difficulty"), score("confidence"), RECORD,
    )  # fmt: skip


class MilestoneTable(Record, forms.MilestoneForm, table=True):
    """The building blocks of a goal."""

    __tablename__ = "milestone"
    __table_args__ = (RECORD,)
    goal_id: int = Field(foreign_key="goal.id", index=True)


class GoalRatingTable(Record, forms.GoalRatingForm, table=True):
    """Levels that the patient gave a goal."""

    __tablename__ = "goal_rating"
    __table_args__ = (CheckConstraint("level BETWEEN -2 AND 2", name="level_is_known"), RECORD)
    goal_id: int = Field(foreign_key="goal.id", index=True)


class ScoreTable(Record, forms.ScoreForm, table=True):
    """Questionnaires, by number."""

    __tablename__ = "score"
    __table_args__ = (RECORD,)


class TimerTable(forms.TimerForm, table=True):
    """What is running now. Not in the undo journal."""

    __tablename__ = "timer"
    id: int | None = Field(default=None, primary_key=True)


class DraftTable(forms.DraftForm, table=True):
    """What was answered so far. Not in the undo journal."""

    __tablename__ = "draft"
    id: int | None = Field(default=None, primary_key=True)


class TombstoneTable(SQLModel, table=True):
    """What was removed, so that a merge does not bring it back."""

    __tablename__ = "tombstone"
    uuid: str = Field(primary_key=True)
    kind: str
    revision: int
    at: str
    cause: str | None = None
    """The import that was taken back, when that removed it."""


class WaitingTable(SQLModel, table=True):
    """What a merge brought and cannot stand in its table: a record it names is not there."""

    __tablename__ = "waiting"
    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    body: str
    """The whole record, as a bundle holds it."""


class MetaTable(SQLModel, table=True):
    """Facts about the file: `patient` and `device` key, `cloud` when the warning was given.

    `patient RUN` holds the key that undoing the import RUN puts back.
    """

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class StepTable(SQLModel, table=True):
    """One write, undo or redo."""

    __tablename__ = "step"
    __table_args__ = (
        CheckConstraint("state IN ('live', 'undone', 'dead')", name="state_is_known"),
        Index("ix_step_undone", "id", sqlite_where=text("state = 'undone'")),
        Index("ix_step_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    at: str
    command: str
    state: str
    undoes: int | None = Field(default=None, foreign_key="step.id")


class ChangeTable(SQLModel, table=True):
    """The undo journal: one changed row of a step, and what it was before."""

    __tablename__ = "change"
    id: int | None = Field(default=None, primary_key=True)
    step: int = Field(foreign_key="step.id", index=True)
    tbl: str
    row_id: int
    op: str
    before: str | None = None
