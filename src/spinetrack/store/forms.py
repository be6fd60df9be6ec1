"""What each record may hold: the guard of everything that comes from a form or a file.

Nothing that runs daily imports this module: SQLModel is slow to load.
"""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError
from sqlmodel import Field

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store import forms_tried as t
from spinetrack.store import rows
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.store.form_parts import (
    ISO_DAY,
    STOP,
    UUID,
    AtForm,
    ExerciseForm,
    Form,
    RecordedForm,
    WhenForm,
    like,
    like_or_none,
)


class EntryForm(RecordedForm):
    """One check-in."""

    note: str | None = None
    flare: int | None = Field(default=None, ge=0, le=1)
    source: str = like(r"^(log|check-in|timer|demo|import|device)$")


class ObservationForm(Form):
    """One value of one metric."""

    metric: str = Field(min_length=1)
    value: float
    site: str | None = None
    at_least: int = Field(ge=0, le=1)
    stop: str | None = like_or_none(STOP)
    qualities: str
    carried: int = Field(ge=0, le=1)


class ActivityForm(Form):
    """Something the plan holds."""

    name: str = Field(min_length=1)
    kind: str = like(r"^(tolerance|strength|mobility|core|aerobic|balance|relaxation)$")
    per_week: int = Field(ge=0, le=100)
    day: str = like(ISO_DAY)
    region: str | None = None
    tempo: str | None = None
    rest: int | None = Field(default=None, ge=0)
    cleared: int = Field(ge=0, le=1)
    note: str | None = None


class QuotaForm(ExerciseForm):
    """The dated dose of an activity."""

    activity: str = Field(min_length=1)
    amount: float = Field(ge=0)
    set_by: str = Field(min_length=1)
    rule: str | None = None
    reason: str
    up_to: float | None = Field(default=None, ge=0)
    per_week: int = Field(ge=0, le=100)


class SessionForm(RecordedForm, ExerciseForm):
    """One time an activity was done."""

    activity: str = Field(min_length=1)
    dose: float = Field(ge=0)
    effort: int | None = Field(default=None, ge=0, le=10)
    pain: int | None = Field(default=None, ge=0, le=10)
    settled: int | None = Field(default=None, ge=0, le=1)
    stop: str | None = like_or_none(STOP)
    spread: int = Field(ge=0, le=1)
    minimum: int = Field(ge=0, le=1)
    note: str | None = None
    source: str


class SkipForm(WhenForm):
    """A planned activity left out."""

    activity: str = Field(min_length=1)
    why: str = like(r"^(pain|afraid|ill|away|time)$")


class FlareMarkForm(WhenForm):
    """A start or an end of a flare, as the patient said."""

    kind: str = like(r"^(start|end)$")
    triggers: str | None = None
    helped: str | None = None


class ScreenForm(WhenForm):
    """A check for warning signs."""

    tier: int | None = Field(default=None, ge=1, le=4)


class AnswerForm(Form):
    """One answer of a screen, as it was given."""

    item: str = Field(min_length=1)
    answer: str = like(r"^(yes|no|unsure)$")
    sign: str = like(r"^[+-]?$")


class OutcomeForm(WhenForm):
    """What came of a screen."""

    screen_id: int
    kind: str = like(r"^(seen|mistake|gone|booked|old|note)$")
    text: str
    by: str | None = None
    item: str | None = None


class RescreenForm(WhenForm):
    """Why a screen became due again."""

    reason: str = Field(min_length=1)
    items: str


class DecisionForm(WhenForm):
    """What the patient did with a suggestion."""

    key: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    choice: str = like(r"^(follow|adjust|ignore|ask)$")
    amounts: str
    text: str
    facts: str


class KeyForm(WhenForm):
    """A dated answer or a dated setting."""

    key: str = Field(min_length=1)
    value: str


class TextForm(WhenForm):
    """A dated text."""

    text: str


class MetricForm(Form):
    """A metric of the patient's own."""

    key: str = like(r"^[a-z][a-z0-9-]*$")
    label: str = Field(min_length=1)
    unit: str = like(r"^(min|m|0-10|yes/no|count|kg)$")
    better: str | None = like_or_none(r"^(up|down)$")
    low: float
    high: float


class GoalForm(WhenForm):
    """A goal, tied to a metric."""

    title: str = Field(min_length=1)
    metric: str = Field(min_length=1)
    target: float
    due: str = like(ISO_DAY)
    baseline: float | None = None
    why: str
    importance: int = Field(ge=1, le=3)
    difficulty: int = Field(ge=1, le=3)
    confidence: int | None = Field(default=None, ge=0, le=10)
    supporter: str
    review_days: int = Field(ge=1, le=366)
    status: str = like(r"^(active|reached|closed)$")
    closed_on: str | None = like_or_none(ISO_DAY)
    levels: str


class MilestoneForm(WhenForm):
    """A building block of a goal."""

    goal_id: int
    value: float
    due: str = like(ISO_DAY)
    reached_on: str | None = like_or_none(ISO_DAY)


class GoalRatingForm(WhenForm):
    """A level that the patient gave a goal."""

    goal_id: int
    level: int = Field(ge=-2, le=2)


class ScoreForm(WhenForm):
    """One questionnaire, by number."""

    instrument: str = Field(min_length=1)
    items: str
    total: float
    version: str
    labels: str


class TimerForm(AtForm):
    """A tolerance being timed."""

    metric: str = Field(min_length=1)


class DraftForm(WhenForm):
    """An unfinished check-in."""

    answers: str


class UuidForm(Form):
    """The name a record keeps for ever; empty for a new one."""

    uuid: str = like(UUID)


FORMS: Final[dict[type[object], type[Form]]] = {
    d.Entry: EntryForm,
    d.Activity: ActivityForm,
    d.Quota: QuotaForm,
    d.Session: SessionForm,
    d.Skip: SkipForm,
    d.FlareMark: FlareMarkForm,
    d.Screen: ScreenForm,
    d.Outcome: OutcomeForm,
    d.Trigger: RescreenForm,
    d.Decision: DecisionForm,
    d.ProfileFact: KeyForm,
    d.Setting: KeyForm,
    d.Question: TextForm,
    d.Playbook: TextForm,
    d.CustomMetric: MetricForm,
    d.Goal: GoalForm,
    d.Milestone: MilestoneForm,
    d.GoalRating: GoalRatingForm,
    d.Score: ScoreForm,
    d.Person: t.PersonForm,
    d.Treatment: t.TreatmentForm,
    d.TreatmentSession: t.TreatmentSessionForm,
    d.Medicine: t.MedicineForm,
    d.Intake: t.IntakeForm,
    d.SideEffect: t.SideEffectForm,
    d.Block: t.BlockForm,
    d.BlockReading: t.BlockReadingForm,
    d.Visit: t.VisitForm,
    d.Handover: t.HandoverForm,
    d.ImportRun: t.ImportRunForm,
    d.Timer: TimerForm,
    d.CheckInDraft: DraftForm,
}
"""Kind of record to its guard."""


def check(value: object) -> None:
    """Let a record pass if every part of it has its type and lies in its range.

    Args:
        value: Any record of `recovery.diary`, with its children.

    Raises:
        ValueRefusedError: if one does not; it names the record and the part.

    """
    table = rows.table_of(type(value))
    try:
        FORMS[type(value)].model_validate(table.encode(value))
        if table.identified:
            UuidForm.model_validate({"uuid": getattr(value, "uuid", None)})
        _check_children(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        part = ".".join(str(name) for name in first["loc"]) or "it"
        raise _refusal(table.word, f"{part} cannot be {first['input']!r:.60}") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise _refusal(table.word, "a part of it has the wrong form") from error


def _check_children(value: object) -> None:
    if isinstance(value, d.Entry):
        for observation in value.observations:
            cells = rows.observation_cells(observation)
            ObservationForm.model_validate(dict(zip(rows.OBSERVATION_COLUMNS, cells, strict=True)))
    if isinstance(value, d.Screen):
        for answer in value.answers:
            cells = rows.answer_cells(answer)
            AnswerForm.model_validate(dict(zip(rows.ANSWER_COLUMNS, cells, strict=True)))
        for outcome in value.outcomes:
            check(outcome)


def _refusal(word: str, why: str) -> ValueRefusedError:
    return ValueRefusedError(f"This {word} cannot be kept: {why}. {NOTHING_SAVED}")
