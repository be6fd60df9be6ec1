"""What was recorded, as frozen values.

Conventions, stated once: a day is the `date` the patient lived (it turns at 04:00 unless configured);
a moment is an aware `datetime` in the patient's own offset of that time; a value is in its metric's
base unit (minutes, metres, 0 to 10). A new record has `id` 0 and `uuid` ""; the store fills both.
`seq` is the number of the write that made a row: of two rows with the same moment the later write
has the higher one.

The types are real, not text: named tuples that must read their annotations from text cost more to
make than the whole of a daily line may take.
"""

from datetime import date, datetime

from spinetrack.recovery.aims import Goal as Goal  # noqa: PLC0414 - the values live together for who reads them
from spinetrack.recovery.aims import GoalRating as GoalRating  # noqa: PLC0414 - the values live together for who reads them
from spinetrack.recovery.aims import Milestone as Milestone  # noqa: PLC0414 - the values live together for who reads them
from spinetrack.recovery.aims import Score as Score  # noqa: PLC0414 - the values live together for who reads them
from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from spinetrack.recovery.tried import Block as Block  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import BlockReading as BlockReading  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Handover as Handover  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import ImportRun as ImportRun  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Intake as Intake  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Medicine as Medicine  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Person as Person  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import SideEffect as SideEffect  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Treatment as Treatment  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import TreatmentSession as TreatmentSession  # noqa: PLC0414 - the values live together for who reads them
    from spinetrack.recovery.tried import Visit as Visit  # noqa: PLC0414 - the values live together for who reads them


def __getattr__(name: str) -> object:
    """Load what was tried when it is asked for: a daily line of most diaries needs none of it."""
    if not name.startswith("_"):
        from spinetrack.recovery import tried

        if hasattr(tried, name):
            return getattr(tried, name)
    raise AttributeError(name)


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


class Entry(NamedTuple):
    """One check-in."""

    at: datetime
    day: date
    recorded_at: datetime
    observations: tuple[Observation, ...] = ()
    note: str | None = None
    flare: bool | None = None
    """Is this day a flare for the patient; None when not asked or not said."""
    source: str = "log"
    """`log`, `check-in`, `timer`, `demo`, `import`; `device`: counted by a watch, not said by the patient."""
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


class Activity(NamedTuple):
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


class Quota(NamedTuple):
    """The dated dose of an activity. The rows of one activity are the plan's whole history."""

    activity: str
    at: datetime
    day: date
    amount: float
    """0 takes the activity out of the plan: the next row begins a new course.

    Minutes for a tolerance; for an exercise the repetitions of one set (or seconds of hold)."""
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


class Session(NamedTuple):
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


class Skip(NamedTuple):
    """A planned activity left out, and why."""

    activity: str
    at: datetime
    day: date
    why: str
    id: int = 0
    uuid: str = ""


class FlareMark(NamedTuple):
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


class Outcome(NamedTuple):
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


class Screen(NamedTuple):
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


class Trigger(NamedTuple):
    """Why a re-screen became due (rule RF-4), and what it must ask. Never removed."""

    reason: str
    at: datetime
    day: date
    items: tuple[str, ...]
    """Items to ask, the most important first."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


class Decision(NamedTuple):
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


class ProfileFact(NamedTuple):
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


class Setting(NamedTuple):
    """One dated change of a threshold. The latest of a key is in force; an empty value resets it."""

    key: str
    value: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


class Question(NamedTuple):
    """What the patient wants to ask at the next visit."""

    text: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


class Playbook(NamedTuple):
    """The patient's own list of what helps in a flare. The latest is in force."""

    text: str
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""


class CustomMetric(NamedTuple):
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


class Timer(NamedTuple):
    """A tolerance being timed."""

    metric: str
    at: datetime
    id: int = 0


class CheckInDraft(NamedTuple):
    """An unfinished check-in: what was answered so far."""

    at: datetime
    day: date
    answers: tuple[tuple[str, str], ...]
    """Question key and the words typed."""
    id: int = 0


class Diary(NamedTuple):
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
    quotas: tuple[Quota, ...] = ()
    profile: tuple[ProfileFact, ...] = ()
    settings: tuple[Setting, ...] = ()
    """Activities, quotas, profile and settings: all, however old."""
    playbooks: tuple[Playbook, ...] = ()
    metrics: tuple[CustomMetric, ...] = ()
    goals: tuple[Goal, ...] = ()
    """All, however old."""
    milestones: tuple[Milestone, ...] = ()
    ratings: tuple[GoalRating, ...] = ()
    scores: tuple[Score, ...] = ()
    people: tuple["Person", ...] = ()
    """Goals with their parts, scores and people: all, however old."""
    treatments: tuple["Treatment", ...] = ()
    """All, however old, in the order of their first day."""
    treatment_sessions: tuple["TreatmentSession", ...] = ()
    """All, however old."""
    medicines: tuple["Medicine", ...] = ()
    """All, however old."""
    intakes: tuple["Intake", ...] = ()
    side_effects: tuple["SideEffect", ...] = ()
    blocks: tuple["Block", ...] = ()
    """All, however old."""
    block_readings: tuple["BlockReading", ...] = ()
    """All, however old."""
    visits: tuple["Visit", ...] = ()
    """All, past and ahead, in the order of their days."""
    pain_before: float | None = None
    """The usual pain before the last procedure, where those days lie outside the period; else None."""
    first_day: date | None = None
    """The first day with a record in the whole diary, also outside the period."""
    last_day: date | None = None
    """The last day with an entry, a session or a skip in the whole diary."""
