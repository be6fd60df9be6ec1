"""A simulated body: how a day feels, and what a session does to it. Seeded, without a clock."""

from __future__ import annotations

from math import exp
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.demo.courses import Course, Tried

STICKS = 0.6
"""Share of yesterday's drift of pain that stays."""
TENDER = 0.07
"""Share of a tolerance lost by a point of pain above the course."""
WOBBLE = 0.1
"""Spread of a tolerance from day to day (log scale)."""
CALM_START = 14
"""Days at the start without a flare, so that the diary can learn what is usual."""
CYCLE = (1.0, 2.7, 0.25, 0.45, 1.1)
"""Share of the usual activity over the days of boom and bust."""
EVENED = (1.0, 1.15, 0.85, 0.9, 1.05)
"""The same when a cap on good days and a floor on bad ones are kept."""
AFTER_BOOM = 1.1
"""Points of pain on the day after a boom."""
FALLS_FROM, FALLS_HALF = 40, 22
"""Day from which activity falls, and the days in which it halves."""
SHORT_NIGHT = 360
AFTER_SHORT_NIGHT = 0.6
TIMED = {"sit": 0.75, "walk": 0.6, "stand": 0.4}
"""Chance that a tolerance is timed on a day."""
OTHER_END = 0.15
"""Chance that it ended for another reason than the body."""
ROUND_FROM = 30
"""Minutes from which people say fives."""
SITES = ("buttock", "back-thigh", "calf")
"""Where leg pain is felt, from near to far, and above which number."""
SITE_FROM = (0.0, 2.5, 4.0)
OVER = 1.12
"""Share of the room at which a session is stopped early."""
UNSETTLED = 0.03
"""Chance that a session within the room has not settled by the morning."""
REST_DAYS = 10
"""Days without a session after which room is lost."""
SAYS_FLARE = 0.7
"""Chance that the patient names the first day of a flare."""


class Held(NamedTuple):
    """How long a position was held."""

    minutes: int
    at_least: bool
    """It ended because the task or the timer ended."""


class Felt(NamedTuple):
    """How one day was."""

    pain: int
    worst: int
    limb: int | None
    site: str | None
    """The farthest part of the leg that hurts."""
    held: dict[str, Held]
    sleep: int
    """Minutes."""
    mood: int
    stress: int
    active: int
    """Minutes."""
    flare: bool | None


class Done(NamedTuple):
    """How one session went."""

    dose: float
    effort: int
    pain: int
    settled: bool
    stop: str | None
    spread: bool


def clamp(value: float, low: float = 0, high: float = 10) -> int:
    """Return `value` as a whole number from `low` to `high`."""
    return round(min(max(value, low), high))


class Body:
    """One simulated body. Days are lived in order, from 0."""

    def __init__(self, course: Course, seed: int) -> None:
        self.course = course
        self.seed = seed
        self.room = {name: room.start for name, room in course.rooms.items()}
        self.evened = False
        """They keep to a cap on good days."""
        self.restarted: int | None = None
        """The day from which they move more again."""
        self.afraid = course.afraid
        self.rested = 0.0
        """Minutes of sleep gained by a habit."""
        self._drift = 0.0
        self._sore = 0.0
        self._flare_day: int | None = None
        self._next_flare = self._flare_gap(0)
        self._last_session: dict[str, int] = {}

    def dice(self, purpose: str, day: int) -> Random:
        """Return the dice of one purpose on one day: the same for the same course, seed and day."""
        return Random(f"{self.course.name}/{self.seed}/{purpose}/{day}")  # noqa: S311  (no secret)

    def _working(self, day: int) -> Iterator[Tried]:
        """Yield what was tried and does something on `day`; on its first day it does nothing yet."""
        return (t for t in self.course.tried if 0 < day - t.day <= t.works)

    def _flare_gap(self, day: int) -> int:
        if self.course.flares is None:
            return -1
        gap = self.course.flares.every * self.dice("gap", day).uniform(0.7, 1.3)
        return day + max(round(gap), self.course.flares.days + 4, CALM_START if day == 0 else 0)

    def wake(self, day: int) -> Felt:
        """Live through `day` and return how it was."""
        dice = self.dice("day", day)
        course = self.course
        self._drift = STICKS * self._drift + dice.gauss(0, course.spread)
        sleep = dice.gauss(course.sleep + self.rested, 45)
        bump = self._bump(day)
        active = self._active(day, dice)
        level = course.pain.on(day) - sum(t.eases for t in self._working(day))
        extra = self._drift + self._sore + bump + (AFTER_SHORT_NIGHT if sleep < SHORT_NIGHT else 0)
        self._sore = AFTER_BOOM if self._is_boom(day) else 0.0
        self._grow(day)
        pain = clamp(level + extra)
        limb = None if course.limb is None else clamp(course.limb.on(day) + 0.8 * extra)
        return Felt(
            pain=pain,
            worst=clamp(pain + 1 + (dice.random() < 0.5) + (bump > 0), pain),  # noqa: PLR2004  (even odds)
            limb=limb,
            site=_farthest(limb),
            held=self._held(extra, dice, busy=bump > 0),
            sleep=5 * round(max(sleep - 12 * bump, 150) / 5),
            mood=clamp(course.mood + dice.gauss(0, 0.9) - 0.35 * max(extra, 0), 1),
            stress=clamp(course.stress + dice.gauss(0, 1.3)),
            active=active,
            flare=self._says_flare(day, dice),
        )

    def _bump(self, day: int) -> float:
        """Return the points a flare adds on `day`."""
        flares = self.course.flares
        if flares is None:
            return 0.0
        if self._flare_day is None and day >= self._next_flare:
            self._flare_day = day
        if self._flare_day is None:
            return 0.0
        number = day - self._flare_day
        if number >= flares.days:
            self._flare_day = None
            self._next_flare = self._flare_gap(day)
            return 0.0
        return flares.points * (1 - 0.8 * number / flares.days)

    def _says_flare(self, day: int, dice: Random) -> bool | None:
        if self._flare_day == day:
            return True if dice.random() < SAYS_FLARE else None
        return False if dice.random() < 0.5 else None  # noqa: PLR2004  (even odds)

    def _is_boom(self, day: int) -> bool:
        return self.course.shape == "boom-bust" and not self.evened and day % len(CYCLE) == 1

    def _active(self, day: int, dice: Random) -> int:
        usual = self.course.active
        wobble = exp(dice.gauss(0, 0.12))
        if self.course.shape == "boom-bust":
            usual *= (EVENED if self.evened else CYCLE)[day % len(CYCLE)]
        elif self.course.shape == "falling":
            fallen = self.restarted if self.restarted is not None else day
            lost = 0.5 ** (max(fallen - FALLS_FROM, 0) / FALLS_HALF)
            back = min(1.0, lost + 0.02 * (day - fallen))
            usual *= back
        return 5 * round(usual * wobble / 5) if self._flare_day is None else 5 * round(usual * wobble / 8)

    def _held(self, extra: float, dice: Random, *, busy: bool) -> dict[str, Held]:
        found: dict[str, Held] = {}
        for name, chance in TIMED.items():
            roll, wobble, end = dice.random(), dice.gauss(0, WOBBLE), dice.random()
            if name not in self.room or roll > chance:
                continue
            minutes = self.room[name] * exp(wobble) * max(0.3, 1 - TENDER * extra)
            other = end < OTHER_END and not busy
            found[name] = Held(_said(minutes * (0.8 if other else 1)), other)
        return found

    def _grow(self, day: int) -> None:
        for name, room in self.course.rooms.items():
            grown = self.room[name] * (1 + room.week) ** (1 / 7)
            if day - self._last_session.get(name, day) > REST_DAYS:
                grown *= 0.995
            self.room[name] = min(max(grown, 0.5 * room.start), room.most)

    def do(self, name: str, dose: float, day: int, felt: Felt) -> Done:
        """Do `dose` of an activity on `day` and return how it went.

        Args:
            name: The activity.
            dose: Minutes; of an exercise sets times repetitions.
            day: The day, from 0.
            felt: How the day is.

        """
        dice = self.dice(f"session {name}", day)
        room = self.room.get(name, dose)
        load = dose / room
        early = load > OVER and dice.random() < 0.5  # noqa: PLR2004  (even odds)
        done = float(_said(room)) if early else dose
        self._last_session[name] = day
        kind = self.course.rooms.get(name)
        if kind is not None and self._flare_day is None:
            gain = kind.session + sum(t.gain for t in self._working(day))
            self.room[name] = min(room * (1 + gain), kind.most)
        leg = self.course.limb is not None
        lead = felt.limb if leg and felt.limb is not None else felt.pain
        pain = clamp(min(lead, 4) * 0.75 + 8 * max(0.0, load - 1) + dice.gauss(0, 0.5))
        upset = UNSETTLED + 1.5 * max(0.0, load - 1) + (0.1 if self._flare_day is not None else 0)
        return Done(
            dose=min(done, dose),
            effort=clamp(1 + 3.5 * load + dice.gauss(0, 0.5)),
            pain=pain,
            settled=dice.random() >= upset,
            stop="pain" if early else None,
            spread=leg and load > 1 and dice.random() < 0.3,  # noqa: PLR2004
        )


def _said(minutes: float) -> int:
    """Return minutes as people say them: fives from half an hour on."""
    return max(1, 5 * round(minutes / 5) if minutes >= ROUND_FROM else round(minutes))


def _farthest(limb: int | None) -> str | None:
    if not limb:
        return None
    return next(site for site, least in zip(SITES[::-1], SITE_FROM[::-1], strict=True) if limb >= least)
