"""What the patient aims at and how it is measured, as named tuples; `diary` states the conventions."""

from datetime import date, datetime

from spinetrack.typed import Literal, NamedTuple


class Goal(NamedTuple):
    """A goal in the patient's words, tied to a metric."""

    title: str
    metric: str
    target: float
    """In the metric's base unit."""
    due: date
    at: datetime
    day: date
    baseline: float | None = None
    """Median of the 14 days before it was set, frozen; None with fewer than 3 values."""
    why: str = ""
    importance: int = 2
    """1 to 3, as in goal attainment scaling."""
    difficulty: int = 2
    confidence: int | None = None
    """0 to 10."""
    supporter: str = ""
    review_days: int = 7
    status: Literal["active", "reached", "closed"] = "active"
    closed_on: date | None = None
    levels: tuple[str, ...] = ()
    """Texts of -2 to +2 written by the patient; empty when derived."""
    id: int = 0
    uuid: str = ""


class Milestone(NamedTuple):
    """A building block of a goal: a value to reach by a day."""

    goal_id: int
    value: float
    due: date
    at: datetime
    day: date
    reached_on: date | None = None
    id: int = 0
    uuid: str = ""


class GoalRating(NamedTuple):
    """A level -2 to +2 that the patient gave a goal on a day."""

    goal_id: int
    level: int
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""
    seq: int = 0


class Score(NamedTuple):
    """One questionnaire: item numbers as typed, or a total alone."""

    instrument: str
    at: datetime
    day: date
    items: tuple[int | None, ...] = ()
    """None is a skipped item; empty when only the total was typed."""
    total: float = 0.0
    version: str = ""
    """The version of the form, as the patient typed it."""
    labels: tuple[str, ...] = ()
    """PSFS: the patient's own activities."""
    id: int = 0
    uuid: str = ""
