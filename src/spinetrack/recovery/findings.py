"""What is concluded from a diary, as frozen values: the words between the heart and its views."""

from collections.abc import Mapping
from datetime import date, datetime

from spinetrack.recovery.diary import Screen
from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from spinetrack.recovery.facts import Facts

Mode = Literal["build", "log-only", "clinician-plan"]
Kind = Literal["stop", "safety", "data", "flare", "review", "rise", "plan", "lever", "goal", "fact"]


class Fact(NamedTuple):
    """One number a suggestion stands on."""

    fact: str
    value: float | str | None
    threshold: float | str | None
    window_days: int | None = None


class Change(NamedTuple):
    """One dose a suggestion would write."""

    activity: str
    before: float | None
    after: float
    unit: str
    variable: str = "amount"
    """What of the activity changes: `amount`, `sets`, `reps`, `hold` or `load`."""


class Suggestion(NamedTuple):
    """What one rule has to say today."""

    rule: str
    priority: int
    """0 stop, 1 safety, 2 data, 3 flare, 4 care review, 5 plan change, 6 levers, 7 goals, 8 encouragement."""
    kind: Kind
    title: str
    message: str
    subject: str = ""
    why: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    source: tuple[str, ...] = ()
    profile: tuple[tuple[str, str], ...] = ()
    """Profile lines that following it writes: key and value."""
    sum: str = ""
    """The arithmetic in words."""
    sure: str = ""
    """How well verified the rule is, in words."""

    @property
    def id(self) -> str:
        """Rule and subject: `PR-1-sit`."""
        return f"{self.rule}-{self.subject}" if self.subject else self.rule

    @property
    def is_rise(self) -> bool:
        """Would following it raise a dose, or open a first one."""
        return self.kind == "rise"


class Held(NamedTuple):
    """A suggestion that was held back, and by what."""

    suggestion: Suggestion
    by: str
    """A rule id, `cap` (three messages a day), `decided`, or the first condition of may-raise that failed."""


class Flare(NamedTuple):
    """A flare, derived from what was recorded (clinical.md 5.2)."""

    start: date
    """Flare day 0: the day the criterion was first met."""
    last_active: date
    closed: date | None
    """The day it was found over; None while it runs."""
    how: Literal["said", "two of three days", "pain and function"]
    reference: float | None
    """R, frozen at the start; None with fewer than 5 values."""
    worst_reference: float | None
    peak: float | None
    """Highest day pain so far."""
    excess: float | None
    """Peak excess of days 0 to 2; None without R."""
    cut: float
    """r: the share taken off the load, 0.25, 0.40 or 0.50."""
    steps: int
    """i of the ramp, 0 to 4, as of today."""
    level: float
    """Share of the pre-flare quota today, 0.5 to 1."""
    limb: bool
    """Limb pain led on days 0 to 2."""
    active: frozenset[date]
    """The days that count as flare days; up to two missing days in a row inside count."""

    @property
    def length(self) -> int:
        """How many days count as flare days."""
        return len(self.active)


class PlanItem(NamedTuple):
    """One activity of the plan, today."""

    activity: str
    kind: str
    quota: float
    """The planned dose: minutes, or repetitions (seconds of hold) of a set."""
    today: float
    """The dose of the day: the lowest that holds."""
    baseline: float | None
    """First quota of the present course."""
    unit: str
    per_week: int
    up_to: float | None
    set_by: str
    next_step_earliest: date | None
    """None when something without a date stands in the way."""
    reason: str = ""
    """Why today differs from the quota."""
    done_week: int = 0
    """Days done in the last 7, today included."""
    sets: int | None = None
    reps: int | None = None
    hold: int | None = None
    load: float | None = None
    sets_today: int | None = None


class Rescreen(NamedTuple):
    """RF-4 is due: what to ask, and why."""

    items: tuple[str, ...]
    reasons: tuple[str, ...]
    """Reason kinds of the unanswered triggers, newest first."""
    words: tuple[str, ...] = ()
    """Words of a note that made it due."""


class Assessment(NamedTuple):
    """Everything concluded from a diary on one day."""

    now: datetime
    today: date
    mode: Mode
    suggestions: tuple[Suggestion, ...]
    """What is shown today, by priority."""
    held: tuple[Held, ...]
    plan: tuple[PlanItem, ...]
    """Empty while a tier-1 or tier-2 flag is open, and while a long break keeps the plan shut."""
    flare: Flare | None
    """The running flare."""
    flares: tuple[Flare, ...]
    """All of the period, oldest first, the running one last."""
    open_flags: tuple[Screen, ...]
    """Open tier-1 and tier-2 flags, oldest first."""
    rescreen: Rescreen | None
    gates: Mapping[str, bool | None]
    facts: "Facts"
    """The windows, references and states the rules read."""
