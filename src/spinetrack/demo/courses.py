"""The simulated patients: how each one starts, what happens to them, and how they act.

Every number here is made up. It is chosen so that each course shows one way a back or neck can go;
none is an estimate of how many people fare so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fall(NamedTuple):
    """A number that falls from `start` to `floor`, halving the way in `half` days."""

    start: float
    floor: float
    half: float = 30.0

    def on(self, day: int) -> float:
        """Return the number on `day`, counted from 0."""
        return float(self.floor + (self.start - self.floor) * 0.5 ** (day / self.half))


class Room(NamedTuple):
    """How much of an activity the body bears, and how that grows."""

    start: float
    """Minutes until they must change position or stop; of an exercise sets times repetitions."""
    most: float
    week: float = 0.0
    """Share it grows in a week by itself."""
    session: float = 0.0
    """Share it grows by one session."""


class Exercise(NamedTuple):
    """An exercise that the physio put in the plan."""

    name: str
    kind: str
    sets: int
    reps: int
    per_week: int = 3


class Agreed(NamedTuple):
    """A dose that the physio set, and up to where it may go."""

    day: int
    activity: str
    minutes: float
    up_to: float
    per_week: int = 5


class Bumps(NamedTuple):
    """Flares: how far apart in days, how many points, how many days."""

    every: float
    points: float = 3.0
    days: int = 5


class Tried(NamedTuple):
    """Something this patient tries, and what it does to them. The effect is made up like all else here."""

    kind: str
    """A key of `treatments.KINDS`."""
    name: str
    day: int
    last: int | None = None
    """The last day of a course that ends."""
    planned: int | None = None
    sessions: tuple[int, ...] = ()
    """Days on which a session took place."""
    role: str = ""
    """Whose hands it is in: a role of the team."""
    gain: float = 0.0
    """Share by which each session of the plan adds to what they can do, for `works` days."""
    eases: float = 0.0
    """Points of pain it takes away, for `works` days."""
    works: int = 0


class Tablet(NamedTuple):
    """A medicine they take on bad days."""

    name: str
    dose: str
    milligrams: float
    group: str
    reason: str
    day: int
    from_pain: int
    """Taken on an evening with at least this pain."""


class Met(NamedTuple):
    """An appointment, made `ahead` days before it."""

    name: str
    day: int
    ahead: int = 7


Shape = Literal["even", "boom-bust", "falling"]


@dataclass(frozen=True, slots=True)
class Course:
    """One simulated patient."""

    name: str
    about: str
    """Who it is, as one line of the demo says it."""
    pain: Fall
    rooms: Mapping[str, Room]
    regions: str = "low-back"
    onset_weeks: int = 30
    """Weeks from the onset to the first day of the diary."""
    spread: float = 0.6
    """Standard deviation of the day-to-day drift of pain."""
    limb: Fall | None = None
    """Leg or arm pain; it draws back towards the spine as it falls."""
    flares: Bumps | None = None
    sleep: float = 410
    """Minutes of a usual night."""
    mood: float = 6
    stress: float = 4
    active: float = 55
    """Minutes of activity on a usual day."""
    shape: Shape = "even"
    adherence: float = 0.92
    """Chance that a planned activity is done on a day."""
    afraid: float = 0.0
    """Chance that one is left out because of fear."""
    logs: float = 0.95
    """Chance that a day is logged."""
    away: tuple[tuple[int, int], ...] = ()
    """First and last day of each time without any record."""
    follows: float = 0.9
    """Chance that a suggestion is taken up."""
    leaves: frozenset[str] = frozenset()
    """Rules this patient reads and does nothing about."""
    exercises: tuple[Exercise, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    team: tuple[tuple[str, str], ...] = ()
    """Name and role of who helps."""
    tried: tuple[Tried, ...] = ()
    tablets: tuple[Tablet, ...] = ()
    visits: tuple[Met, ...] = ()
    red_flag: int | None = None
    """The day on which a tier-1 warning sign is reported."""
    goal: tuple[str, float] = ("sit", 60)
    """The activity that matters to them and the minutes they want to reach."""
    notes: tuple[str, ...] = field(default=("long drive #car", "visitors all day", "good walk by the river"))
    demo_days: int = 84
    seed: int = 1
    """The dice of this patient, thrown so that the last day has something to show."""


GARDEN = ("an hour of #garden", "desk all day #desk", "long drive #car", "early night, feels better")

RED_FLAG_NOTE = "numb between the legs since this morning"
"""What the `red-flag` patient writes on that day."""
RED_FLAG_ITEM = "CE2"
"""What they then answer with yes."""
SEEN_AFTER = 2
"""Days from the warning sign to the outcome in the diary."""
RED_FLAG_BY = "A&E"
RED_FLAG_OUTCOME = "seen and scanned, no pressure on the nerves"

_TRIED = (
    Tried("massage", "massage", 16, 27, 4, (16, 20, 23, 27)),
    Tried(
        "physiotherapy", "physio course", 42, None, 8, (42, 46, 50, 54, 60, 67, 75), "physiotherapist",
        gain=0.026, works=21,
    ),
    Tried("facet", "facet joints on both sides", 66, eases=2.2, works=40),
)  # fmt: skip
"""One that helped function, one that did not, and an injection that eased pain alone."""

_ALL = (
    Course(
        "recovery",
        "A bad back since last week. It eases over six weeks.",
        pain=Fall(7, 0.7, 11),
        rooms={
            "sit": Room(12, 90, 0.25, 0.012),
            "stand": Room(10, 60, 0.22, 0.01),
            "walk": Room(8, 60, 0.28, 0.015),
        },
        onset_weeks=1,
        sleep=370,
        active=40,
        goal=("sit", 30),
        notes=("first day back at the desk #desk", "slept on my side", "walked to the shop"),
        seed=2,
    ),
    Course(
        "slow-gain",
        "Low back pain for eight months. Slowly doing more.",
        pain=Fall(5.2, 3.2, 60),
        rooms={
            "sit": Room(24, 95, 0.004, 0.006),
            "walk": Room(18, 60, 0.004, 0.006),
            "bridge": Room(30, 60, 0.0, 0.01),
        },
        onset_weeks=34,
        spread=0.55,
        exercises=(Exercise("bridge", "core", 3, 8),),
        team=(("Dana", "physiotherapist"), ("Dr. Lee", "GP")),
        tried=_TRIED,
        tablets=(Tablet("ibuprofen", "400mg", 400, "nsaid", "bad days", 6, 6),),
        visits=(Met("GP", 38), Met("Dana", 42), Met("pain clinic", 66, 14), Met("Dana", 90)),
        follows=1.0,
        goal=("sit", 45),
        notes=GARDEN,
        seed=6,
    ),
    Course(
        "boom-bust",
        "Low back pain for a year. Big days, then days on the sofa.",
        pain=Fall(4.4, 3.8, 60),
        rooms={
            "sit": Room(28, 60, 0.0, 0.004),
            "walk": Room(20, 45, 0.0, 0.006),
        },
        onset_weeks=52,
        spread=0.4,
        active=42,
        shape="boom-bust",
        adherence=0.8,
        leaves=frozenset({"PA-1"}),
        notes=("all windows in one go #house", "sofa day", "three hours of #garden", "paid for it today"),
    ),
    Course(
        "flare-prone",
        "Low back pain that flares about once a month.",
        pain=Fall(3.6, 3.0, 60),
        rooms={
            "sit": Room(32, 70, 0.004, 0.006),
            "walk": Room(22, 50, 0.004, 0.008),
        },
        onset_weeks=90,
        spread=0.5,
        flares=Bumps(26, 3.4, 6),
        notes=("lifted the shopping #lifting", "flare, heat helped #heat", "a calm day"),
        seed=6,
    ),
    Course(
        "under-active",
        "Neck and back pain for six months. Does less and less.",
        pain=Fall(4, 4, 60),
        rooms={
            "sit": Room(30, 60, 0.0, 0.004),
            "walk": Room(16, 45, 0.0, 0.008),
        },
        regions="neck,low-back",
        onset_weeks=26,
        spread=0.4,
        active=60,
        shape="falling",
        adherence=0.65,
        afraid=0.2,
        mood=5,
        leaves=frozenset({"PA-2", "MD-3"}),
        notes=("stayed in", "did not dare the stairs", "called my sister"),
        seed=9,
    ),
    Course(
        "plateau",
        "Low back pain for two years. Does the plan, stands still.",
        pain=Fall(4.2, 4.2, 60),
        rooms={
            "sit": Room(36, 38),
            "walk": Room(24, 26),
            "bridge": Room(24, 25),
        },
        onset_weeks=100,
        spread=0.5,
        exercises=(Exercise("bridge", "core", 3, 8),),
        adherence=0.95,
        leaves=frozenset({"PL-1"}),
        notes=GARDEN,
        seed=6,
    ),
    Course(
        "radicular",
        "A trapped nerve: the leg hurts more than the back.",
        pain=Fall(4.6, 1.6, 40),
        rooms={
            "sit": Room(14, 70, 0.05, 0.006),
            "walk": Room(12, 60, 0.05, 0.008),
        },
        onset_weeks=3,
        spread=0.5,
        limb=Fall(6.4, 0.8, 30),
        sleep=375,
        stress=5,
        agreed=(Agreed(6, "walk", 8, 25), Agreed(6, "sit", 10, 30)),
        goal=("walk", 20),
        notes=("lying on the floor helps", "leg easier today", "long drive #car"),
        seed=11,
    ),
    Course(
        "red-flag",
        "Low back pain; a warning sign on day 40.",
        pain=Fall(5, 4, 60),
        rooms={
            "sit": Room(24, 60, 0.004, 0.008),
            "walk": Room(18, 50, 0.004, 0.01),
        },
        onset_weeks=12,
        spread=0.5,
        red_flag=40,
        demo_days=41,
        notes=GARDEN,
    ),
    Course(
        "gaps",
        "Low back pain, logged now and then. Once a month went by.",
        pain=Fall(4.5, 3.5, 60),
        rooms={
            "sit": Room(24, 60, 0.004, 0.006),
            "walk": Room(16, 45, 0.004, 0.008),
        },
        onset_weeks=20,
        adherence=0.7,
        logs=0.8,
        away=((14, 18), (30, 60), (70, 73)),
        notes=("back again", "short one today"),
    ),
)

COURSES: dict[str, Course] = {course.name: course for course in _ALL}
"""Name to simulated patient, in the order help lists them."""

DEFAULT = "slow-gain"
