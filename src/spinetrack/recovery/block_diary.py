"""The timed diary after a diagnostic block: how far pain fell, for how long, and how whole the record is.

It describes what was recorded. It never grades a block: how long relief lasts does not follow the
medicine used, and scores and stated relief disagree. Source: clinical.md 10.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from spinetrack.recovery.stats import half_up
from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from spinetrack.recovery.diary import Block, BlockReading, Diary

SCHEDULE: Final = (0, 15, 30, 60, 120, 180, 240, 300, 360, 420, 480)
"""Minutes after the start of the eleven points; the first is the pain before."""
LENGTH: Final = SCHEDULE[-1]
NEAR: Final = 10
"""Minutes within which an answer counts for a point."""
TESTED_WITHIN: Final = 120
"""Minutes in which a movement that usually hurts must have been tried."""
LEAST_BASE: Final = 4
"""Pain before, below which relief is hard to read."""
BACK_WITHIN: Final = 1
"""Points below the pain before at which pain counts as back."""
LIBERAL, STRICT = 50.0, 80.0
"""Percent of relief whose lengths are computed; both are in use."""
MOST_HOURS: Final = 24
"""Hours after the start in which an answer belongs to a block."""
CARE: Final = "Follow your clinic's sheet first. Leg weak or numb: do not walk alone or drive."
STEMS: Final = {
    "bending": ("bend", "bent", "stoop"),
    "arching": ("arch", "lean"),
    "sitting": ("sit", "sat", "desk"),
    "standing": ("stand", "stood"),
    "walking": ("walk",),
    "lying": ("lie", "lay", "lying", "bed"),
    "looking-up": ("look",),
    "turning": ("turn", "twist"),
    "lifting": ("lift", "carr"),
    "driving": ("driv", "drove", "car"),
    "coughing": ("cough", "sneez"),
    "stairs": ("stair", "climb"),
    "resting": ("rest", "slept", "sleep", "nap", "nothing"),
    "heat": ("heat", "warm"),
    "cold": ("cold", "ice"),
    "moving": ("mov", "exercis"),
}
"""Position or act of the profile to how words about it begin."""
REST: Final = frozenset({"lying", "resting", "heat", "cold"})
"""What tries nothing out."""
CONFOUNDS: Final = {
    "painkiller": "a painkiller",
    "sedation": "a sedative",
    "exercise": "new exercise",
}
"""What blurs the picture when it comes between, and how it is called in a sentence."""


PAINKILLERS: Final = frozenset({"nsaid", "paracetamol", "opioid", "neuropathic", "topical"})
"""Classes of medicine that blur the picture as a painkiller does."""
SEDATIVES: Final = frozenset({"benzodiazepine", "z-drug", "muscle-relaxant"})
"""Classes that blur it as a sedative does."""


class Point(NamedTuple):
    """One answer."""

    minute: float
    """After the start."""
    pain: int
    relief: float
    """Percent of the pain before; below 0 when it is worse."""
    doing: str = ""
    provoked: bool = False
    stated: int | None = None
    confound: str = ""


class Curve:
    """One block and its answers, as of a moment. Pure.

    Args:
        block: The block.
        readings: Any answers; those of other blocks are passed over. Of two at the same minute the
            one written later counts.
        now: The present: an unfinished diary says less than a whole one.
        taken: When something was taken and what of `CONFOUNDS` it is, from elsewhere in the diary.

    """

    def __init__(
        self,
        block: Block,
        readings: Iterable[BlockReading],
        now: datetime,
        taken: Iterable[tuple[datetime, str]] = (),
    ) -> None:
        self.block = block
        self._taken = tuple(taken)
        self.base = block.base
        self.now = now
        mine = sorted(
            (r for r in readings if r.block_id == block.id and r.at >= block.at),
            key=lambda r: (r.at, r.seq, r.id),
        )
        by_minute = {round(minutes_after(block, r.at)): self._point(r) for r in mine}
        self.points: tuple[Point, ...] = tuple(by_minute[minute] for minute in sorted(by_minute))

    def _point(self, reading: BlockReading) -> Point:
        return Point(
            minutes_after(self.block, reading.at),
            reading.pain,
            self.relief_at(reading.pain),
            reading.doing,
            reading.provoked,
            reading.stated,
            reading.confound,
        )

    def relief_at(self, pain: float) -> float:
        """Return the relief in percent at a pain score; 0 where there was no pain before."""
        return 100.0 * (self.base - pain) / self.base if self.base else 0.0

    @cached_property
    def line(self) -> tuple[tuple[float, float], ...]:
        """Minute and relief of each answer, with the start before them."""
        return ((0.0, 0.0), *((p.minute, p.relief) for p in self.points if p.minute > 0))

    # How much

    @property
    def max_relief(self) -> float | None:
        """The highest relief in percent, 0 when pain never fell; None without an answer."""
        return max(0.0, *(p.relief for p in self.points)) if self.points else None

    @property
    def mean_relief(self) -> float | None:
        """The area under the line divided by its length, in percent; None without an answer."""
        span = self.line[-1][0]
        if span <= 0:
            return None
        return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(self.line)) / span

    # How long

    def onset(self, level: float) -> float | None:
        """Return the minute of the first answer at `level` percent whose next answer is there too."""
        return next((a[0] for a, b in pairwise(self.line) if min(a[1], b[1]) >= level), None)

    def duration(self, level: float) -> float | None:
        """Return for how many minutes relief was at `level` percent or more.

        From the crossing before the onset to the crossing before the first two answers below, both by
        interpolation; one dip between two answers at the level stays inside. 0 where it was not
        reached twice in a row, None while that is still open.
        """
        start = self.onset(level)
        if start is None:
            if not self.points or (self.points[-1].relief >= level and not self.is_over):
                return None
            return 0.0
        place = next(n for n, (minute, _) in enumerate(self.line) if minute == start)
        begin = start if place == 0 else _crossing(self.line[place - 1], self.line[place], level)
        last = place
        for n in range(place, len(self.line)):
            if self.line[n][1] >= level:
                last = n
            elif n - last > 1:
                break
        if last == len(self.line) - 1:
            return self.line[last][0] - begin
        return _crossing(self.line[last], self.line[last + 1], level) - begin

    @property
    def lasts(self) -> bool:
        """Whether relief was still half or more at the last answer: its length is a lower bound."""
        return bool(self.points) and self.points[-1].relief >= LIBERAL

    @property
    def is_over(self) -> bool:
        """Whether the schedule has ended: its last point is answered, or its time has passed."""
        end = self.block.at + timedelta(minutes=LENGTH + NEAR)
        return self.now > end or any(p.minute >= LENGTH - NEAR for p in self.points)

    @property
    def returned(self) -> bool | None:
        """Whether pain was back within 1 point by the last answer; None while that may still come."""
        if not self.points:
            return None
        if self.points[-1].pain >= self.base - BACK_WITHIN:
            return True
        return False if self.is_over else None

    # How good the record is

    @property
    def tested(self) -> bool:
        """Whether a movement that usually hurts was tried in the first two hours."""
        return any(p.provoked and p.minute <= TESTED_WITHIN for p in self.points)

    @property
    def confounds(self) -> tuple[str, ...]:
        """What came between, each once: keys of `CONFOUNDS`."""
        last = self.points[-1].minute if self.points else 0.0
        between = (what for at, what in self._taken if 0 <= minutes_after(self.block, at) <= last)
        return tuple(dict.fromkeys((*(p.confound for p in self.points if p.confound), *between)))

    @property
    def answered(self) -> tuple[int, ...]:
        """The points of the schedule that were answered within 10 minutes, the pain before among them."""
        return tuple(
            due for due in SCHEDULE if due == 0 or any(abs(p.minute - due) <= NEAR for p in self.points)
        )

    @property
    def completeness(self) -> float:
        """The share of the eleven points that were answered, 0 to 1."""
        return len(self.answered) / len(SCHEDULE)

    @property
    def is_readable(self) -> bool:
        """Whether there was enough pain before to read relief from it."""
        return self.base >= LEAST_BASE

    # What comes next

    @property
    def minute_now(self) -> float:
        """Minutes since the start."""
        return minutes_after(self.block, self.now)

    @property
    def due(self) -> int | None:
        """The next point of the schedule to answer, None once it is over.

        The one whose time is now when it is not answered yet, else the first to come.
        """
        if self.is_over:
            return None
        open_ones = (d for d in SCHEDULE if d not in self.answered and d >= self.minute_now - NEAR)
        return next(open_ones, None)


def curve_of(diary: Diary, block: Block, now: datetime) -> Curve:
    """Return a block of the diary with its answers, and with the medicines that were taken between them."""
    return Curve(block, diary.block_readings, now, _taken(diary) if diary.intakes else ())


def _taken(diary: Diary) -> Iterable[tuple[datetime, str]]:
    from spinetrack.recovery.medicines import classes_of, tags_of

    medicines = {m.id: m for m in diary.medicines}
    for intake in diary.intakes:
        medicine = medicines.get(intake.medicine_id)
        if medicine is None or not intake.time_known:
            continue
        classes = classes_of(medicine)
        if PAINKILLERS & classes:
            yield intake.at, "painkiller"
        elif SEDATIVES & classes or "sedating" in tags_of(medicine):
            yield intake.at, "sedation"


def minutes_after(block: Block, moment: datetime) -> float:
    """Return the minutes from the start of a block to `moment`."""
    return (moment - block.at).total_seconds() / 60


def provokes(doing: str, worse: Iterable[str]) -> bool:
    """Return whether what was done is a movement that usually hurts.

    Where the profile names what makes it worse, one of these must be in the words; else anything
    counts that is not rest alone.

    >>> provokes("sat 20 min", ["sitting"]), provokes("sat 20 min", ["bending"]), provokes("rested", [])
    (True, False, False)

    Args:
        doing: What was done, in the patient's words; "" is nothing.
        worse: Positions and acts of the profile (`profile.POSITIONS`).

    """
    said = doing.lower().split()
    if not said:
        return False
    named = {key for key, stems in STEMS.items() if any(word.startswith(stems) for word in said)}
    known = set(worse)
    return bool(named & known) if known else not named or bool(named - REST)


def _crossing(a: tuple[float, float], b: tuple[float, float], level: float) -> float:
    """Return the minute at which the straight line from `a` to `b` is at `level`."""
    return a[0] + (b[0] - a[0]) * (level - a[1]) / (b[1] - a[1])


def running(diary: Diary, now: datetime) -> Block | None:
    """Return the block whose diary still takes answers on its schedule, the last one; None without."""
    end = timedelta(minutes=LENGTH + NEAR)
    return next((b for b in reversed(diary.blocks) if b.at <= now <= b.at + end), None)


def waiting(diary: Diary, today: date) -> bool:
    """Return whether a test injection of `today` has no diary yet."""
    from spinetrack.recovery.aftercare import DIAGNOSTIC

    taken = {b.treatment_id for b in diary.blocks}
    return any(t.start == today and t.kind in DIAGNOSTIC and t.id not in taken for t in diary.treatments)


def point_name(minute: int) -> str:
    """Return a point of the schedule: `+15 min`, `+2 h`.

    >>> point_name(15), point_name(120)
    ('+15 min', '+2 h')
    """
    return f"+{minute} min" if minute % 60 else f"+{minute // 60} h"


def clock(curve: Curve, minute: float) -> str:
    """Return the time of day of a minute of the diary, on the patient's present clock."""
    at = curve.block.at.astimezone(curve.now.tzinfo) + timedelta(minutes=minute)
    return f"{at:%H:%M}"


def next_words(curve: Curve) -> str:
    """Return when the next point is due: `now (+15 min)`, `10:00 (+1 h)`; "" once it is over."""
    due = curve.due
    if due is None:
        return ""
    when = "now" if due <= curve.minute_now else clock(curve, due)
    return f"{when} ({point_name(due)})"


def words(curve: Curve) -> str:
    """Return in one sentence each how far, how long, whether pain came back, and what is missing."""
    parts = [_relief_words(curve), _back_words(curve)]
    if not curve.is_readable:
        parts.append("Pain before was below 4: relief is hard to read from it.")
    elif curve.points and not curve.tested and curve.minute_now > TESTED_WITHIN:
        parts.append("No movement that usually hurts was tried in the first two hours.")
    if curve.confounds:
        came = " and ".join(CONFOUNDS.get(name, name) for name in curve.confounds)
        parts.append(f"It is confounded: {came} came between.")
    count = len(curve.answered)
    if count < len(SCHEDULE):
        state = "Incomplete" if curve.is_over else "So far"
        parts.append(f"{state}: {count} of {len(SCHEDULE)} points answered.")
    return " ".join(part for part in parts if part)


def _relief_words(curve: Curve) -> str:
    most = curve.max_relief
    if most is None:
        return "Nothing was answered yet."
    if most <= 0:
        return "Pain did not go below what it was before."
    reached = f"Relief reached {half_up(most)} %"
    held = curve.duration(LIBERAL)
    if not held:
        return f"{reached}, and stayed below half." if most < LIBERAL else f"{reached} once."
    least = "at least " if curve.lasts else ""
    return f"{reached}. Half or more lasted {least}{span_words(held)}."


def _back_words(curve: Curve) -> str:
    if not curve.points or not curve.max_relief:
        return ""
    back = curve.returned
    return "" if back is None else "Pain came back: yes." if back else "Pain came back: no."


def span_words(minutes: float) -> str:
    """Return a span in words: `45 minutes`, `3 h 11`.

    >>> span_words(191.25), span_words(44.6)
    ('3 h 11', '45 minutes')
    """
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    if not hours:
        return counted(whole, "minute")
    return f"{hours} h {rest:02d}" if rest else counted(hours, "hour")
