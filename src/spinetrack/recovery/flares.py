"""Flares, derived from what was recorded: reference, start, spike, end, cut and ramp.

Source of every number: clinical.md 5.2, 5.3 and rules FL-1 to FL-8. Stored is only what the patient
said; a flare itself is arithmetic on the diary, so the same diary always holds the same flares.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from spinetrack.recovery.findings import Flare
from spinetrack.recovery.reference import LIMB_LEAST, Reference, is_radicular, reference
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import FlareMark, Skip
    from spinetrack.recovery.series import Days

WORST_RISE = 3
CALM_ABOVE = 1
"""A day is calm at most so far above the reference."""
CALM_DAYS = 2
SILENCE = 7
"""More days than this without an entry close a flare."""
RAMP_FROM = 3
"""Flare day from which the load may climb back."""
RAMP_STEPS = 4
CEILING_FROM = 7
CEILING = 0.9
FUNCTION_SHARE = 0.5
SEVERE = 8
MISSING_IN_A_ROW = 2

__all__ = [
    "FlareReader",
    "Reference",
    "cut_for",
    "finish",
    "is_radicular",
    "lengthening",
    "level_on",
    "peak_of",
    "ramp_ahead",
    "reference",
]

How = Literal["said", "two of three days", "pain and function"]


def cut_for(excess: float | None, *, limb: bool, pain: float | None = None) -> float:
    """Return r, the share taken off the load: 0.25, 0.40 from an excess of 3, 0.50 from 4.

    Limb-dominant flares take 0.50. Without a reference it is 0.25, or 0.50 at pain 8 and above.
    """
    if limb:
        return 0.5
    if excess is None:
        return 0.5 if pain is not None and pain >= SEVERE else 0.25
    return 0.5 if excess >= 4 else 0.4 if excess >= 3 else 0.25  # noqa: PLR2004


def level_on(cut: float, day: int, steps: int, *, running: bool) -> float:
    """Return the share of the pre-flare quota on flare day `day` after `steps` of the ramp.

    >>> [level_on(0.5, d, max(0, d - 2), running=True) for d in range(7)]
    [0.5, 0.5, 0.5, 0.625, 0.75, 0.875, 1.0]
    """
    level = 1 - cut + cut * min(steps, RAMP_STEPS) / RAMP_STEPS
    if running and day >= CEILING_FROM:
        return min(level, CEILING)
    return level


class _Open:
    """A flare while the days are read one after the other."""

    __slots__ = ("calm", "closed", "how", "last_active", "limb", "missing", "reference", "start")

    def __init__(self, start: date, how: How, reference: Reference) -> None:
        self.start = start
        self.how: How = how
        self.reference = reference
        self.last_active = start
        self.calm = 0
        self.closed: date | None = None
        self.limb = False
        self.missing: set[date] = set()


class FlareReader:
    """Reads the days of a diary in order and finds its flares."""

    def __init__(
        self, days: Days, marks: Sequence[FlareMark], skips: Sequence[Skip], rise: float = 2
    ) -> None:
        self.days = days
        self.rise = rise
        self.starts = {m.day for m in marks if m.kind == "start"}
        self.ends: dict[date, bool] = {}
        for mark in marks:
            self.ends[mark.day] = mark.kind == "end"
        self.skipped_for_pain = {s.day for s in skips if s.why == "pain"}
        self.tagged: set[date] = set(days.flare_yes) | self.starts
        self.pain_defined: dict[date, bool] = {}
        self.found: list[_Open] = []
        self._no_start_until: date | None = None
        self._settled: date | None = None
        self._lowest = {m: min(days.of(m).values(), default=0.0) for m in ("pain", "worst")}

    def said(self, day: date) -> bool:
        """Return whether the patient called `day` a flare."""
        return day in self.days.flare_yes or day in self.starts

    def ended_by_hand(self, day: date) -> bool:
        """Return whether the patient's last word of `day` was that the flare is over."""
        return self.ends.get(day, False)

    def read(self, first: date, today: date, *, settled: date | None = None) -> list[_Open]:
        """Read the days from `first` to `today`; return the flares, oldest first.

        Before `settled` only what the patient said starts one: where the days before `first` are
        not at hand, the reference of the first weeks would be another one each day.
        """
        self._settled = settled
        running: _Open | None = None
        last_entry: date | None = None
        day = first
        while day <= today:
            if running and last_entry and (day - last_entry).days > SILENCE:
                self._close(running, day)
                running = None
            if day in self.days.entries_by_day or self.said(day) or self.ended_by_hand(day):
                running = self._go_on(running, day) if running else self._maybe_start(day)
                last_entry = day
            elif running:
                running.missing.add(day)
            day += timedelta(days=1)
        return self.found

    def _close(self, flare: _Open, day: date) -> None:
        flare.closed = day
        self.tagged -= {d for d in self.tagged if flare.last_active < d <= day and not self.said(d)}

    def _maybe_start(self, day: date) -> _Open | None:
        if self.ended_by_hand(day):
            self._no_start_until = day
            if not self.said(day):
                return None
        early = self._settled is not None and day < self._settled
        if not self.said(day) and (early or not self._may_be_high(day)):
            return None
        ref = reference(self.days, day, self.tagged, self.rise)
        self.pain_defined[day] = self._pain_defined(day, ref)
        how = self._start(day)
        if how is None:
            return None
        flare = _Open(day, how, ref)
        flare.limb = self._radicular(day)
        self.found.append(flare)
        self.tagged.add(day)
        if self.ended_by_hand(day):
            self._close(flare, day)
            return None
        return flare

    def _may_be_high(self, day: date) -> bool:
        """Return whether the pain of `day` could be flare-like at all: a bound that spares the medians.

        A reference is never below the lowest value there is.
        """
        pain, worst = self.days.of("pain").get(day), self.days.of("worst").get(day)
        return (pain is not None and pain >= self._lowest["pain"] + self.rise) or (
            worst is not None and worst >= self._lowest["worst"] + WORST_RISE
        )

    def _start(self, day: date) -> How | None:
        if self.said(day):
            return "said"
        if not self.pain_defined.get(day):
            return None
        recent = [d for d in days_back(day, 7) if d in self.days.of("pain") or d in self.days.of("worst")][
            -3:
        ]
        barred = self._no_start_until
        counted = [d for d in recent if self.pain_defined.get(d) and not (barred and d <= barred)]
        if barred and day <= barred:
            return None
        if len(counted) >= 2:  # noqa: PLR2004
            return "two of three days"
        return "pain and function" if self.function_day(day) else None

    def _pain_defined(self, day: date, ref: Reference) -> bool:
        pain, worst = self.days.of("pain").get(day), self.days.of("worst").get(day)
        if pain is not None and ref.pain is not None and pain >= ref.pain + ref.threshold:
            return True
        return worst is not None and ref.worst is not None and worst >= ref.worst + WORST_RISE

    def function_day(self, day: date) -> bool:
        """Return whether function fell on `day`: a tolerance halved, or an activity skipped for pain."""
        if day in self.skipped_for_pain:
            return True
        for limits in self._limits.values():
            here = limits.get(day)
            middle = median(limits[d] for d in days_back(day, 14) if d in limits)
            if here is not None and middle and here <= FUNCTION_SHARE * middle:
                return True
        return False

    @cached_property
    def _limits(self) -> Mapping[str, Mapping[date, float]]:
        """Tolerance to day to its longest value that a limit ended."""
        found: dict[str, dict[date, float]] = {}
        for metric in ("sit", "stand", "walk", "distance"):
            longest = found[metric] = {}
            for day, _, value, at_least in self.days.readings.get(metric, ()):
                if not at_least:
                    longest[day] = max(value, longest.get(day, 0.0))
        return found

    def _radicular(self, day: date) -> bool:
        return is_radicular(self.days, day)

    def _go_on(self, flare: _Open, day: date) -> _Open | None:
        self.tagged.add(day)
        if self.is_active(flare, day):
            flare.last_active = day
            flare.calm = 0
        elif day in self.days.of("pain"):
            flare.calm += 1
        if self.ended_by_hand(day):
            self._no_start_until = day
            self._close(flare, day)
            return None
        if flare.calm >= CALM_DAYS:
            self._close(flare, day)
            return None
        return flare

    def is_active(self, flare: _Open, day: date) -> bool:
        """Return whether `day` is worse than calm: above R + 1, or called a flare.

        Without a reference a day is calm once it is a point below the peak.
        """
        if self.said(day):
            return True
        pain = self.days.of("pain").get(day)
        if pain is None:
            return False
        usual = flare.reference.pain
        if usual is not None:
            return pain > usual + CALM_ABOVE
        peak = peak_of(self.days, flare.start, day)
        return peak is None or pain > peak - 1


def peak_of(days: Days, start: date, until: date) -> float | None:
    """Return the highest day pain from `start` to `until`, None when none was logged."""
    span = days_back(until, (until - start).days + 1)
    return max((days.of("pain")[d] for d in span if d in days.of("pain")), default=None)


def finish(
    reader: FlareReader,
    flare: _Open,
    today: date,
    rescreen_due: Callable[[date], bool],
) -> Flare:
    """Return `flare` with its cut and its ramp as of `today`.

    Args:
        reader: The reader that found it.
        flare: One of its flares.
        today: The day to look at.
        rescreen_due: Tells whether RF-4 was due, unanswered, at the end of a day.

    """
    days = reader.days
    early = min(today, flare.start + timedelta(days=2))
    excess, limb = _early(days, flare, early)
    limb = limb or flare.limb
    until = flare.last_active if flare.closed else today
    cut = cut_for(excess, limb=limb, pain=peak_of(days, flare.start, early))
    steps = _ramp_steps(reader, flare, today, rescreen_due)
    # From day 7 the ceiling holds only where the whole load was not reached by day 6.
    week = min(today, flare.start + timedelta(days=CEILING_FROM - 1))
    whole = _ramp_steps(reader, flare, week, rescreen_due) >= RAMP_STEPS
    capped = flare.closed is None and not whole
    return Flare(
        start=flare.start,
        last_active=flare.last_active,
        closed=flare.closed,
        how=flare.how,
        reference=flare.reference.pain,
        worst_reference=flare.reference.worst,
        peak=peak_of(days, flare.start, until),
        excess=excess,
        cut=cut,
        steps=steps,
        level=level_on(cut, (today - flare.start).days, steps, running=capped),
        limb=limb,
        active=_active_days(flare),
    )


def _early(days: Days, flare: _Open, until: date) -> tuple[float | None, bool]:
    """Return the peak excess and whether limb pain led, over flare days 0 to 2."""
    excess: float | None = None
    limb = False
    ref = flare.reference
    for day in days_back(until, (until - flare.start).days + 1):
        pain, worst, leg = (days.of(m).get(day) for m in ("pain", "worst", "limb"))
        if pain is not None and ref.pain is not None:
            excess = max(excess if excess is not None else -10, pain - ref.pain)
        if worst is not None and ref.worst is not None:
            excess = max(excess if excess is not None else -10, worst - ref.worst - 1)
        limb = limb or (leg is not None and leg >= LIMB_LEAST and (pain is None or leg >= pain))
    return excess, limb


def _ramp_steps(reader: FlareReader, flare: _Open, today: date, rescreen_due: Callable[[date], bool]) -> int:
    """Return i: on how many days from flare day 3 on the condition held, at most 4, one a day."""
    pains = reader.days.of("pain")
    usual = flare.reference.pain
    steps = 0
    day = flare.start + timedelta(days=RAMP_FROM)
    highest = peak_of(reader.days, flare.start, day)
    while day <= today and steps < RAMP_STEPS:
        pain = pains.get(day)
        highest = pain if highest is None or (pain is not None and pain > highest) else highest
        before = next((pains[d] for d in reversed(list(days_back(day, 3))[:2]) if d in pains), None)
        peak = highest or 0
        eased = peak - 1 if usual is None else max(usual + CALM_ABOVE, peak - 1)
        near = peak - 2 if usual is None else usual + 2
        if pain is not None and before is not None and pain <= eased and pain <= before:
            worse = reader.days.limb_worse_in(day, 7)
            if steps == 0 or (pain <= near and not worse and not rescreen_due(day)):
                steps += 1
        day += timedelta(days=1)
    return steps


def _active_days(flare: _Open) -> frozenset[date]:
    """Return the days that count: start to last active, without more than two missing in a row."""
    span = list(days_back(flare.last_active, (flare.last_active - flare.start).days + 1))
    out: set[date] = set()
    run: list[date] = []
    for day in span:
        if day in flare.missing:
            run.append(day)
            continue
        if len(run) <= MISSING_IN_A_ROW:
            out.update(run)
        run = []
        out.add(day)
    return frozenset(out)


def lengthening(lengths: Sequence[int]) -> bool:
    """Return whether each of the last three flares was longer than the one before."""
    last = lengths[-3:]
    return len(last) == 3 and last[0] < last[1] < last[2]  # noqa: PLR2004


def ramp_ahead(flare: Flare, today: date) -> Mapping[date, float]:
    """Return the share of the load on each day from today until it is whole again, if it eases."""
    ahead: dict[date, float] = {}
    steps, day = flare.steps, today
    while len(ahead) < 14:  # noqa: PLR2004
        number = (day - flare.start).days
        if day > today and number >= RAMP_FROM:
            steps = min(steps + 1, RAMP_STEPS)
        ahead[day] = level_on(flare.cut, number, steps, running=False)
        if steps == RAMP_STEPS:
            break
        day += timedelta(days=1)
    return ahead
