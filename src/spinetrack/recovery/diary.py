"""What was recorded, as frozen values.

Conventions, stated once: a day is the `date` the patient lived (it turns at 04:00 unless configured);
a moment is an aware `datetime` in the patient's own offset of that time; a value is in its metric's
base unit (minutes, metres, 0 to 10). A new record has `id` 0 and `uuid` ""; the store fills both.
`seq` is the number of the write that made a row: of two rows with the same moment the later write
has the higher one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

StopReason = Literal["pain", "leg", "stiff", "tired", "task", "timer"]
LIMIT_STOPS = frozenset({"pain", "leg", "stiff", "tired"})
"""Stop reasons that make a tolerance a limit. Source: clinical.md 3.1."""
OTHER_STOPS = frozenset({"task", "timer"})
"""Stop reasons that make a tolerance a lower bound (right-censored). Source: clinical.md 3.1."""

SkipReason = Literal["pain", "afraid", "ill", "away", "time"]
Choice = Literal["follow", "adjust", "ignore", "ask"]
AnswerWord = Literal["yes", "no", "unsure"]
OutcomeKind = Literal["seen", "mistake", "gone", "booked", "old", "note"]


class Observation(NamedTuple):
    """One value of one metric inside an entry."""

    metric: str
    value: float
    """In the metric's base unit; yes is 1, no is 0."""
    site: str | None = None
    """A body site key; then `metric` is `site` and `value` its own 0 to 10."""
    at_least: bool = False
    """The tolerance ended for another reason than the body: a lower bound."""
    stop: str | None = None
    """Why a tolerance ended, one of `StopReason`; None when not said."""
    qualities: tuple[str, ...] = ()
    """How a site feels: numb, tingling, burning, …"""
    carried: bool = False
    """Typed as `=`: same as last time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One check-in."""

    at: datetime
    day: date
    recorded_at: datetime
    observations: tuple[Observation, ...] = ()
    note: str | None = None
    flare: bool | None = None
    """Is this day a flare for the patient; None when not asked or not said."""
    source: str = "log"
    """`log`, `check-in`, `timer`, `demo` or `import`."""
    id: int = 0
    uuid: str = ""

    @property
    def values(self) -> dict[str, float]:
        """Metric key to value, without body sites."""
        return {o.metric: o.value for o in self.observations if o.site is None}

    @property
    def sites(self) -> dict[str, float]:
        """Body site key to its own 0 to 10."""
        return {o.site: o.value for o in self.observations if o.site is not None}


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the plan holds: a tolerance (sit, stand, walk) or an exercise."""

    name: str
    kind: str
    """`tolerance`, `strength`, `mobility`, `core`, `aerobic`, `balance` or `relaxation`."""
    per_week: int
    day: date
    region: str | None = None
    tempo: str | None = None
    rest: int | None = None
    """Seconds between sets."""
    cleared: bool = False
    """A clinician cleared advanced forms of it."""
    note: str | None = None
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """The dated dose of an activity. The rows of one activity are the plan's whole history."""

    activity: str
    at: datetime
    day: date
    amount: float
    """0 takes the activity out of the plan: the next row begins a new course. Minutes for a tolerance; for an exercise the repetitions of one set (or seconds of hold)."""
    set_by: str
    """`me`, or who else set it ("physio")."""
    rule: str | None = None
    """The rule that was followed, if one was."""
    reason: str = ""
    up_to: float | None = None
    """A ceiling agreed with whoever set it."""
    per_week: int = 5
    sets: int | None = None
    reps: int | None = None
    hold: int | None = None
    """Seconds."""
    load: float | None = None
    """Kilograms."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One time an activity was done."""

    activity: str
    at: datetime
    day: date
    recorded_at: datetime
    dose: float
    """Minutes for a tolerance; for an exercise sets x repetitions (x seconds of hold)."""
    effort: int | None = None
    """0 to 10."""
    pain: int | None = None
    """Pain while doing it, 0 to 10."""
    settled: bool | None = None
    """Settled by the next morning, as the patient answered; None when not answered."""
    stop: str | None = None
    spread: bool = False
    """Limb symptoms spread further during it."""
    minimum: bool = False
    """A five-minute minimum session: counts for adherence, never towards a rise."""
    sets: int | None = None
    reps: int | None = None
    hold: int | None = None
    load: float | None = None
    note: str | None = None
    source: str = "done"
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Skip:
    """A planned activity left out, and why."""

    activity: str
    at: datetime
    day: date
    why: str
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class FlareMark:
    """The patient said that a flare starts or ends. Flares themselves are derived."""

    kind: Literal["start", "end"]
    at: datetime
    day: date
    triggers: str | None = None
    helped: str | None = None
    id: int = 0
    uuid: str = ""


class Answer(NamedTuple):
    """One answer of a red-flag screen."""

    item: str
    answer: AnswerWord
    sign: str = ""
    """`+` or `-` for the second answer of an item, "" when not given."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a screen's warning sign. Only ever added to."""

    screen_id: int
    at: datetime
    day: date
    kind: OutcomeKind
    text: str = ""
    by: str | None = None
    """Who saw the patient; never the patient."""
    item: str | None = None
    """The item that is old and known, for kind `old`."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """A red-flag screen: each answer as it was given. Never edited, only added to."""

    at: datetime
    day: date
    answers: tuple[Answer, ...]
    tier: int | None
    """1 emergency, 2 same day, 3 within a week, 4 mention; None: no sign reported."""
    outcomes: tuple[Outcome, ...] = ()
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """Why a re-screen became due (rule RF-4), and what it must ask. Never removed."""

    reason: str
    at: datetime
    day: date
    items: tuple[str, ...]
    """Items to ask, the most important first."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the patient did with a suggestion, with its text and facts as shown."""

    key: str
    """The suggestion's id: rule and subject, `PR-1-sit`."""
    rule: str
    choice: Choice
    at: datetime
    day: date
    amounts: tuple[tuple[str, float], ...] = ()
    """Activity and dose that were written or agreed."""
    text: str = ""
    facts: str = ""
    """The facts as JSON."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """One dated answer about the patient. The latest of a key is in force.

    Keys: `country`, `units`, `regions`, `onset`, `name`, `carer`, `rises`, `mode`, `worse`, `eases`,
    and `gate:NAME` with value `yes` or `no` for each gate.
    """

    key: str
    value: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """One dated change of a threshold. The latest of a key is in force; an empty value resets it."""

    key: str
    value: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the patient wants to ask at the next visit."""

    text: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """The patient's own list of what helps in a flare. The latest is in force."""

    text: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class CustomMetric:
    """A metric the patient added."""

    key: str
    label: str
    unit: str
    """`min`, `m`, `0-10`, `yes/no`, `count` or `kg`."""
    better: Literal["up", "down"] | None
    low: float
    high: float
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """A tolerance being timed."""

    metric: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckInDraft:
    """An unfinished check-in: what was answered so far."""

    at: datetime
    day: date
    answers: tuple[tuple[str, str], ...]
    """Question key and the words typed."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
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


@dataclass(frozen=True, slots=True)
class Milestone:
    """A building block of a goal: a value to reach by a day."""

    goal_id: int
    value: float
    due: date
    at: datetime
    day: date
    reached_on: date | None = None
    id: int = 0
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class GoalRating:
    """A level -2 to +2 that the patient gave a goal on a day."""

    goal_id: int
    level: int
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Score:
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


@dataclass(frozen=True, slots=True)
class Diary:
    """What was recorded in a period, oldest first, with all that stays in force beyond it."""

    entries: tuple[Entry, ...] = ()
    sessions: tuple[Session, ...] = ()
    skips: tuple[Skip, ...] = ()
    marks: tuple[FlareMark, ...] = ()
    decisions: tuple[Decision, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    screens: tuple[Screen, ...] = ()
    """All of the period, and any whose flag is still open."""
    activities: tuple[Activity, ...] = ()
    """All, however old."""
    quotas: tuple[Quota, ...] = ()
    """All, however old."""
    profile: tuple[ProfileFact, ...] = ()
    """All, however old."""
    settings: tuple[Setting, ...] = ()
    """All, however old."""
    playbooks: tuple[Playbook, ...] = ()
    metrics: tuple[CustomMetric, ...] = ()
    goals: tuple[Goal, ...] = ()
    """All, however old."""
    milestones: tuple[Milestone, ...] = ()
    """All, however old."""
    ratings: tuple[GoalRating, ...] = ()
    """All, however old."""
    scores: tuple[Score, ...] = ()
    """All, however old."""
    first_day: date | None = None
    """The first day with a record in the whole diary, also outside the period."""
    last_day: date | None = None
    """The last day with an entry, a session or a skip in the whole diary."""
