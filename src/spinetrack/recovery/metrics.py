"""What can be measured: one row per metric, read by prompts, charts, goals, exports and help.

Base units: minutes, metres, kilograms, counts, 0 to 10; yes is 1 and no is 0. Codes and meaningful
changes stand only where clinical.md (1.2, 12.1, 12.3) has a source for them.
"""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from spinetrack.recovery.diary import CustomMetric

Kind = Literal[
    "nrs", "tolerance", "duration", "distance", "count", "yes-no", "weight", "number"
]  # fmt: skip
Reduce = Literal["last", "max", "min", "any", "sum"]
Better = Literal["up", "down"]

TOLERANCES = ("sit", "stand", "walk")
"""Tolerances in minutes; the plan may hold them."""
ALL_TOLERANCES = (*TOLERANCES, "distance")
"""Every tolerance: how long or how far until the patient had to change or stop."""
NEVER_CARRIED = frozenset({"pain", "worst", "least", "now", "limb"})
"""Metrics that `=` never copies: pain is felt again each time. Source: clinical.md 14."""
METRES_IN_MILE = 1609.344
KG_IN_POUND = 0.45359237
DAY_MINUTES = 1440


class Metric(NamedTuple):
    """One thing a patient can put a number on."""

    key: str
    label: str
    unit: str
    """`0-10`, `min`, `m`, `count`, `yes/no` or `kg`."""
    low: float
    high: float
    better: Better | None
    kind: Kind
    reduce: Reduce
    """How several values of one day become one."""
    ask: str
    """The question of the check-in."""
    form: str
    """What can be typed as an answer."""
    explain: str
    """What `?` shows."""
    meaningful: float | None = None
    """Smallest change patients call worth having, base unit; None where no source has one."""
    source: str = ""
    """Where `meaningful` comes from."""
    loinc: str | None = None
    """Standard code, where clinical.md 12.1 names one."""
    ucum: str | None = None
    """Standard unit code; None for yes or no."""
    custom: bool = False
    """Added by the patient."""

    @property
    def is_tolerance(self) -> bool:
        """Whether a value may be a lower bound: `35+`."""
        return self.key in ALL_TOLERANCES

    @property
    def example(self) -> str:
        """A value that can be typed for it, the first of `form`."""
        return self.form.split(" · ", 1)[0].split(" ", 1)[0] if self.form != _SCALE else "4"


_SCALE = "0-10"
_YES_NO = "yes · no"
_TEN = (_SCALE, 0.0, 10.0)
_DAY = ("min", 0.0, float(DAY_MINUTES))
_BOOL = ("yes/no", 0.0, 1.0)
_ENDED = "if something else ended it"
_OSTELO = "Ostelo 2008, Spine 33:90: 2 points or 30 %, agreed for low back pain"
_BOUND = "Put + after it when a task or a timer ended it, not your body."

_TABLE = (
    Metric(
        "pain", "Pain", *_TEN, "down", "nrs", "last", "Pain today, on average?", _SCALE,
        "0 is no pain. 10 is the worst pain you can imagine. Think of the whole day so far. Give "
        "one whole number. There is no right answer: use the scale the same way each day.",
        2, _OSTELO, "72514-3", "{score}",
    ),
    Metric(
        "worst", "Worst pain", *_TEN, "down", "nrs", "max", "Pain at its worst today?", _SCALE,
        "The highest your pain went today, even if only for a short time. 0 is no pain, 10 the "
        "worst you can imagine.",
        2, _OSTELO, None, "{score}",
    ),
    Metric(
        "least", "Least pain", *_TEN, "down", "nrs", "min", "Pain at its lowest today?", _SCALE,
        "The lowest your pain went today. 0 is no pain, 10 the worst you can imagine.",
        2, _OSTELO, None, "{score}",
    ),
    Metric(
        "now", "Pain now", *_TEN, "down", "nrs", "last", "Pain right now?", _SCALE,
        "Your pain at this moment. 0 is no pain, 10 the worst you can imagine.",
        2, _OSTELO, None, "{score}",
    ),
    Metric(
        "limb", "Leg or arm pain", *_TEN, "down", "nrs", "last",
        "Pain in the leg or arm today?", _SCALE,
        "Pain that goes down a leg or an arm. It is kept apart from back or neck pain, as it can "
        "change in its own way. 0 is none, 10 the worst you can imagine.",
        None, "", None, "{score}",
    ),
    Metric(
        "sit", "Sitting", *_DAY, "up", "tolerance", "max",
        "How long could you sit before you had to move?", f"35 · 1h10 · 35+ {_ENDED}",
        f"Minutes until you had to change position or get up. Say what you did, not what you think "
        f"you could do. {_BOUND}",
        None, "", None, "min",
    ),
    Metric(
        "stand", "Standing", *_DAY, "up", "tolerance", "max",
        "How long could you stand before you had to move?", f"15 · 1h10 · 15+ {_ENDED}",
        f"Minutes until you had to sit, lean or lie down. Say what you did, not what you think you "
        f"could do. {_BOUND}",
        None, "", None, "min",
    ),
    Metric(
        "walk", "Walking", *_DAY, "up", "tolerance", "max",
        "How long could you walk before you had to stop?", f"20 · 1.2km · 1h10 · 20+ {_ENDED}",
        f"Minutes until you had to stop. You can give the distance too: walk 20 1.2km. A plain m "
        f"means metres here. {_BOUND}",
        None, "", None, "min",
    ),
    Metric(
        "distance", "Walking distance", "m", 0, 100_000, "up", "distance", "max",
        "How far could you walk before you had to stop?", f"800m · 1.2km · 0.8mi · 800m+ {_ENDED}",
        f"How far you got in one go before you had to stop. {_BOUND}",
        None, "", None, "m",
    ),
    Metric(
        "steps", "Steps", "count", 0, 200_000, "up", "count", "last",
        "How many steps today?", "3500 · 3,500",
        "All steps of the day, as your phone or watch counts them.",
        None, "", "41950-7", "/d",
    ),
    Metric(
        "active", "Active time", *_DAY, "up", "duration", "last",
        "How long were you on the move today, all in all?", "45 · 1h10",
        "All time spent walking, doing chores or exercise today, added up. A rough number is fine.",
        None, "", None, "min",
    ),
    Metric(
        "sleep", "Sleep", *_DAY, "up", "duration", "last",
        "How long did you sleep last night?", "7h · 6h30 · 6:30",
        "Time asleep in the night you woke from today. A rough number is fine. Write 7h or 6h30, "
        "as a plain 7 could be hours or minutes.",
        None, "", "93832-4", "min",
    ),
    Metric(
        "sleepq", "Sleep quality", *_TEN, "up", "nrs", "last", "How well did you sleep?", _SCALE,
        "0 is the worst night, 10 the best. It is about how good the night felt, not how "
        "long it was.",
        None, "", None, "{score}",
    ),
    Metric(
        "wakes", "Times awake", "count", 0, 50, "down", "count", "last",
        "How many times did you wake up in the night?", "2",
        "How many times you woke in the night, for any reason.",
        None, "", None, "1",
    ),
    Metric(
        "stiff", "Morning stiffness", *_DAY, "down", "duration", "last",
        "How long were you stiff this morning?", "15 · 1h10",
        "Minutes from getting up until the stiffness eased. 0 if there was none.",
        None, "", None, "min",
    ),
    Metric(
        "mood", "Mood", *_TEN, "up", "nrs", "last", "How is your mood today?", _SCALE,
        "0 is the lowest, 10 the best. Pain and mood pull on each other, so it helps to see both.",
        None, "", None, "{score}",
    ),
    Metric(
        "stress", "Stress", *_TEN, "down", "nrs", "last", "How much stress today?", _SCALE,
        "0 is no stress at all, 10 the most you can imagine.",
        None, "", None, "{score}",
    ),
    Metric(
        "fatigue", "Tiredness", *_TEN, "down", "nrs", "last", "How tired are you today?", _SCALE,
        "0 is not tired at all, 10 is worn out.",
        None, "", None, "{score}",
    ),
    Metric(
        "work", "Worked", *_BOOL, "up", "yes-no", "any", "Did you work today?", _YES_NO,
        "Yes if you did your work today, paid or at home, all of it or a part.",
    ),
    Metric(
        "grog", "Groggy morning", *_BOOL, "down", "yes-no", "any",
        "Were you groggy this morning?", _YES_NO,
        "Yes if you woke heavy or foggy in the head. Some medicines do this, so it is "
        "worth a note.",
    ),
    Metric(
        "bowel", "Bowels moved", *_BOOL, "up", "yes-no", "any",
        "Did your bowels move today?", _YES_NO,
        "Some painkillers slow the bowels. A new loss of control, or no feeling when you go, is a "
        "warning sign: type spinetrack screen.",
    ),
    Metric(
        "dailydist", "Distance in the day", "m", 0, 200_000, "up", "distance", "last",
        "How far did you walk today, all in all?", "800m · 1.2km · 0.8mi",
        "All walking of the day added up, as a phone or watch counts it. One walk until you had to "
        "stop goes under walk.",
        None, "", "41953-1", "m",
    ),
    Metric(
        "weight", "Weight", "kg", 20, 400, None, "weight", "last",
        "What do you weigh?", "72.5 · 72kg · 160lb",
        "A plain number is kilograms. Weight lost without trying is worth telling your doctor.",
        None, "", "29463-7", "kg",
    ),
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.key: metric for metric in _TABLE}
"""Every metric of design.md section 3, in that order."""

ALIASES: Mapping[str, str] = {
    "sitting": "sit",
    "standing": "stand",
    "walking": "walk",
    "slept": "sleep",
    "leg": "limb",
    "arm": "limb",
    "stiffness": "stiff",
}
"""Other words a patient may type for a metric."""

RESERVED = frozenset({"note", "flare", "settled", "all", "site", "none", "yes", "no", "same"})
"""Words with a meaning of their own, which no metric may take."""

_UNITS: Mapping[str, tuple[Kind, Reduce, str, float, str | None]] = {
    "0-10": ("nrs", "last", _SCALE, 10, "{score}"),
    "min": ("duration", "last", "35 · 1h10", DAY_MINUTES, "min"),
    "m": ("distance", "last", "800m · 1.2km", 200_000, "m"),
    "count": ("count", "last", "12", 1_000_000, "1"),
    "yes/no": ("yes-no", "any", _YES_NO, 1, None),
    "kg": ("weight", "last", "12 · 12kg", 500, "kg"),
}
UNITS = tuple(_UNITS)
"""Units an own metric may have."""
_FIXED = frozenset({"0-10", "yes/no"})
_NEW_UNIT: tuple[Kind, Reduce, str, float, str | None] = ("number", "last", "12 · 12.5", 0, None)


def known(custom: Iterable[CustomMetric] = ()) -> dict[str, Metric]:
    """Return every metric by key: the table, then the patient's own.

    An own metric never replaces a row of the table. A unit that this version does not know (from a
    newer bundle) is read as a plain number.
    """
    rows = [_row(own) for own in custom if own.key not in METRICS]
    return {**METRICS, **{row.key: row for row in rows}} if rows else METRICS


def find(metrics: Mapping[str, Metric], word: str) -> Metric | None:
    """Return the metric that `word` names, in any case and by alias; None when it names none."""
    name = word.strip().lower()
    return metrics.get(name) or metrics.get(ALIASES.get(name, ""))


def show(metric: Metric, value: float, units: str = "km") -> str:
    """Return `value` as a patient reads it: `35 min`, `6 h 30`, `1.2 km`, `800 m`, `4`, `yes`.

    Durations from an hour on are shown to the minute. Metres become km from 1000 m on when nothing
    is lost by it. With `units` "mi" every distance is shown in miles, to two places.
    """
    if metric.unit == "yes/no":
        return "yes" if value >= 0.5 else "no"  # noqa: PLR2004
    if metric.unit == "min":
        return _duration(value)
    if metric.unit == "m":
        return _distance(value, units)
    number = plain_number(value)
    return f"{number} kg" if metric.unit == "kg" else number


def plain_number(value: float, places: int = 3) -> str:
    """Return a number without needless zeros and never in powers of ten: `4`, `72.5`, `3500000`."""
    rounded = round(value, places)
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)


def new_metric(
    key: str,
    label: str | None,
    unit: str,
    better: str | None = None,
    low: float | None = None,
    high: float | None = None,
    taken: Collection[str] = (),
) -> CustomMetric:
    """Return an own metric, checked.

    Args:
        key: What is typed: letters, digits and hyphens, a letter first, 2 to 30 characters.
        label: What screens show; the key in words when None or empty.
        unit: One of `UNITS`.
        better: `up`, `down`, or None when neither is better.
        low: Least value, 0 or more, in the base unit; 0 when None.
        high: Greatest value; the unit's own when None. `0-10` and `yes/no` keep theirs.
        taken: Keys of the own metrics that exist.

    Raises:
        ValueRefusedError: the key, unit, direction or range cannot be used.

    """
    from spinetrack.recovery.diary import CustomMetric
    from spinetrack.recovery.values import quoted, refused

    name = _checked_key(key, taken)
    if unit not in _UNITS:
        raise refused("A measure counts in one of these units: " + ", ".join(UNITS) + ".")
    if better not in {"up", "down", None}:
        raise refused('Better is "up" or "down".')
    least, most = (0.0 if low is None else low), (_UNITS[unit][3] if high is None else high)
    if unit in _FIXED and (least, most) != (0, _UNITS[unit][3]):
        raise refused(f"The range of {unit} is always the same. Leave it out.")
    if not 0 <= least < most <= 1e9:  # noqa: PLR2004
        raise refused("The lowest value is 0 or more, and the highest is above it.")
    words = " ".join(quoted(label or "").split()) or name.replace("-", " ").capitalize()
    return CustomMetric(name, words, unit, cast("Better | None", better), float(least), float(most))


def _checked_key(key: str, taken: Collection[str]) -> str:
    from spinetrack.recovery.values import refused

    name = key.strip().lower()
    letters = name.replace("-", "")
    if not (2 <= len(name) <= 30 and letters.isascii() and letters.isalnum() and name[0].isalpha()):  # noqa: PLR2004
        raise refused("The name of a measure has letters, digits and hyphens, such as read-to-child.")
    if name.endswith("-") or "--" in name:
        raise refused("Hyphens stand between words only, such as read-to-child.")
    if name in METRICS or name in ALIASES or name in RESERVED or name in taken:
        raise refused(f'The name "{name}" is already in use. Choose another, such as my-{name}.')
    return name


def _row(own: CustomMetric) -> Metric:
    kind, reduce, form, _, ucum = _UNITS.get(own.unit, _NEW_UNIT)
    return Metric(
        own.key, own.label, own.unit, own.low, own.high, own.better, kind, reduce,
        f"{own.label} today?", form, f"{own.label}: a measure you added yourself.",
        None, "", None, ucum, custom=True,
    )  # fmt: skip


def _duration(value: float) -> str:
    if round(value, 1) < 60:  # noqa: PLR2004
        return f"{plain_number(value, 1)} min"
    hours, minutes = divmod(int(value + 0.5), 60)
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def _distance(value: float, units: str) -> str:
    if units == "mi":
        return f"{plain_number(value / METRES_IN_MILE, 2)} mi"
    metres = round(value, 1)
    if metres >= 10_000 or (metres >= 1000 and metres % 10 == 0):  # noqa: PLR2004
        return f"{plain_number(metres / 1000, 2)} km"
    return f"{plain_number(metres, 1)} m"
