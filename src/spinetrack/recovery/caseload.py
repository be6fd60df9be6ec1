"""Who needs to be read first: one need and one reason for each diary, out of what was recorded.

An order for reading, not a judgement of urgency. A diary is read as of its last day, because a file is
often older than the day it is opened; only silence is counted from the day of reading, and a warning
sign stays open until an outcome closes it. Source: issue 7, point 5; the sizes are those of `review`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from spinetrack.recovery import redflags, review
from spinetrack.recovery.facts import Facts
from spinetrack.recovery.metrics import ALL_TOLERANCES, METRICS, show
from spinetrack.recovery.period import last_physio_visit
from spinetrack.recovery.profile import gates_of, units_of
from spinetrack.recovery.redact import day_number
from spinetrack.recovery.redflag_items import ITEMS, PRIVATE
from spinetrack.recovery.words import counted, listed, name_of, plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Diary, Screen
    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.review import Change, Level

Need = Literal["red-flag", "flare-overrun", "worse", "off-track", "silent", "fine"]
A_NEWER_ONE: Final = "a newer file of this patient is here"
NEEDS: Final[tuple[Need, ...]] = get_args(Need)
"""The most needed first."""
OVERRUN: Final = 8
"""The flare day from which a flare runs long. Source: rule FL-7."""
STILL: Final = timedelta(days=3)
"""It counts when one of so many last days was a flare day. Source: rule FL-7."""
SILENT: Final = 10
"""Days without an entry. Source: issue 7, point 5."""
PERIOD: Final = timedelta(weeks=12)
LATELY: Final = timedelta(days=10)
"""Days whose intakes can open a sign. Source: `medicine_flags.LOOK_BACK`."""
LONGEST_TITLE: Final = 60
MOST_SIGNS: Final = 2
"""Signs that a reason names at most."""


class Standing(NamedTuple):
    """How a diary stands on one day of reading."""

    need: Need
    reason: str
    last_day: date
    """The last day with an entry, a session or a skip; without one the last day with anything."""
    grade: float = 0
    """Among those of the same need, the lowest comes first."""


class Case(NamedTuple):
    """One diary of a caseload."""

    file: str
    patient: str
    """The name in the diary, else its key."""
    standing: Standing
    redacted: bool = False
    """Its days are counted from day 1."""
    named: bool = True
    """The patient gave a name."""
    key: str = ""
    """Whose diary it is: two files with the same one are of the same diary."""


class Skipped(NamedTuple):
    """A file that is not shown, and why."""

    file: str
    reason: str


def in_order(cases: list[Case]) -> list[Case]:
    """Return cases by need, then by size; of the same size by name, without one by file."""

    def place(case: Case) -> tuple[int, float, str, str]:
        found = case.standing
        called = case.patient.casefold() if case.named else ""
        return NEEDS.index(found.need), found.grade, called, case.file

    return sorted(cases, key=place)


def with_newer(cases: list[Case]) -> list[Case]:
    """Return cases in which a file says so where a later one of the same diary is among them."""
    last: dict[str, date] = {}
    for case in cases:
        last[case.key] = max(case.standing.last_day, last.get(case.key, case.standing.last_day))
    return [_told(case) if case.key and case.standing.last_day < last[case.key] else case for case in cases]


def _told(case: Case) -> Case:
    found = case.standing
    return case._replace(standing=found._replace(reason=f"{found.reason}; {A_NEWER_ONE}"))


def lately(as_of: date) -> tuple[date, ...]:
    """Return the days whose intakes `standing` looks at."""
    return tuple(as_of + timedelta(days=1 - n) for n in range(LATELY.days + 2))


def standing(diary: Diary, now: datetime, as_of: date, *, redacted: bool = False) -> Standing | None:
    """Return what a diary needs, None when nothing at all is in it.

    Args:
        diary: The whole diary; of what was taken the days of `lately` are enough.
        now: The moment of reading.
        as_of: The day of reading.
        redacted: The diary is one that `redact` made: its days say nothing of silence.

    """
    if diary.intakes:
        from spinetrack.recovery.medicine_flags import applied

        diary = applied(diary, now, as_of)._replace(intakes=())
    last = diary.last_day or _last_said(diary)
    if last is None:
        return None
    reader = _Reader(diary, now, as_of if not redacted else last, last, redacted=redacted)
    need, reason, grade = next(reader.needs())
    return Standing(need, reason, last, grade)


def _sign(item: str) -> str:
    """Return a sign as its reader needs it: `CE2 (changed feeling between the legs)`."""
    return f"{item} ({ITEMS[item].short.replace('your ', 'the ')})" if item in ITEMS else item


def _last_said(diary: Diary) -> date | None:
    kinds = (diary.screens, diary.marks, diary.profile, diary.goals)
    return max((row.day for rows in kinds for row in rows), default=None)


class _Reader:
    """One diary, read on one day."""

    def __init__(self, diary: Diary, now: datetime, as_of: date, last: date, *, redacted: bool) -> None:
        self.diary = diary
        self.as_of = as_of
        self.last = last
        self.until = min(as_of, last)
        self.redacted = redacted
        self.facts = Facts(diary, now, self.until)
        self.units = units_of(diary)

    def needs(self) -> Iterator[tuple[Need, str, float]]:
        """Yield what the diary needs, the most needed first; the last one always holds."""
        flags = redflags.open_flags(self.diary.screens, 2)
        if flags:
            lead = min(flags, key=lambda s: (redflags.effective_tier(s) or 9, -s.at.timestamp()))
            yield "red-flag", self._flag(lead), redflags.effective_tier(lead) or 9
        yield from self._long_flare()
        changes = list(self._changes())
        for metric, change in changes:
            if change.better is False and change.verdict == "clear":
                yield "worse", self._with_sign(self._changed(metric, change)), -abs(change.share or 0)
                break
        yield from self._off_track()
        silent = (self.as_of - self.last).days
        if silent >= SILENT:
            yield "silent", self._with_sign(f"last entry {self._date(self.last)}"), -silent
        yield "fine", self._with_sign(self._fine(changes)), 0

    # Warning signs

    def _flag(self, screen: Screen) -> str:
        named = [_sign(item) for item in self._named(screen)]
        if not named:
            return f"a warning sign of {self._day(screen.day)}, not closed; ask in person"
        more = [f"{len(named) - MOST_SIGNS} more"] if len(named) > MOST_SIGNS else []
        return f"{listed(named[:MOST_SIGNS] + more)} reported {self._day(screen.day)}, not closed"

    def _named(self, screen: Screen) -> list[str]:
        """Return the items to name; those that are private are never among them."""
        answers = [a for a in screen.answers if a.answer != "no"]
        worst = redflags.worst_items(answers, gates_of(self.diary, screen.day))
        found = worst or tuple(a.item for a in answers)
        return [item for item in found if item not in PRIVATE]

    def _with_sign(self, reason: str) -> str:
        """Add a sign that wants to be seen within a week to another reason."""
        signs = redflags.open_flags(self.diary.screens, 3)
        return f"{reason}; {self._flag(signs[-1])}" if signs else reason

    # Flares

    def _long_flare(self) -> Iterator[tuple[Need, str, float]]:
        found = self.facts.flare_reader.found
        if not found or found[-1].closed is not None:
            return
        day = (self.until - found[-1].start).days
        if day >= OVERRUN and found[-1].last_active > self.until - STILL:
            yield "flare-overrun", self._with_sign(f"flare, day {day}"), -day

    # Better or worse

    def _changes(self) -> Iterator[tuple[Metric, Change]]:
        """Yield each change against the last visit or 12 weeks back, and against the first days."""
        days = self.facts.days
        for metric in self._measures():
            now = review.level_until(days, metric, self.until)
            if now.value is None:
                continue
            earlier = self._earlier(metric)
            first = review.baseline(days, metric)
            for then in (earlier, first):
                if then is not None and not (then is first and earlier is not None and then == earlier):
                    yield metric, review.change(metric, then, now)

    def _measures(self) -> list[Metric]:
        """Return the measures to compare: function first, those with a goal before the others."""
        days = self.facts.days
        aimed = {goal.metric for goal in self.diary.goals if goal.status == "active"}
        keys = [key for key in ALL_TOLERANCES if days.of(key)]
        keys.sort(key=lambda key: (key not in aimed, -len(days.of(key))))
        return [METRICS[key] for key in (*keys, "pain", "limb") if days.of(key)]

    def _earlier(self, metric: Metric) -> Level:
        visit = last_physio_visit(self.diary, self.until)
        if visit is not None:
            return review.level_until(self.facts.days, metric, visit.on)
        first = self.until - PERIOD + timedelta(days=1)
        if self.diary.first_day is not None:
            first = max(first, self.diary.first_day)
        last = first + timedelta(days=review.LEVEL_DAYS - 1)
        return review.level(self.facts.days, metric, first, last)

    def _changed(self, metric: Metric, change: Change) -> str:
        """Return a change in words: `sitting 40 → 25 min in 4 weeks, clear`."""
        then, now = (show(metric, level.value or 0, self.units) for level in (change.then, change.now))
        number, _, unit = then.partition(" ")
        if unit and now.partition(" ")[2] == unit and " " not in unit:
            then = number
        weeks = round((change.now.last - change.then.last).days / 7)
        what = name_of(metric.key) if metric.is_tolerance else metric.label.lower()
        return f"{what} {then} → {now} in {counted(weeks, 'week')}, {change.verdict}"

    # Goals

    def _off_track(self) -> Iterator[tuple[Need, str, float]]:
        if not self.diary.goals:
            return
        goals = self.facts.goals
        found = [(ratio, g) for g in goals.active if (ratio := goals.off_track(g)) is not None]
        if not found:
            return
        ratio, goal = min(found, key=lambda pair: pair[0])
        title = " ".join(goal.title.split())
        title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
        way = f"{round(100 * ratio)} % of the way due".replace("-", "\u2212")
        yield "off-track", self._with_sign(f"goal {title}: {way}"), ratio

    # Nothing of that

    def _fine(self, changes: list[tuple[Metric, Change]]) -> str:
        better = [pair for pair in changes if pair[1].better and pair[1].verdict == "clear"]
        judged = [pair for pair in changes if pair[1].verdict is not None]
        if better:
            found = self._changed(*better[0])
        else:
            found = "no clear change" if judged else "too few days to compare"
        asked = max((s.day for s in self.diary.screens), default=None)
        return f"{found}; {'never screened' if asked is None else f'screen {self._date(asked)}'}"

    # Days

    def _day(self, day: date) -> str:
        """Return a day as it is near: `today`, `yesterday`, else its date."""
        near = {0: "today", 1: "yesterday"}.get((self.as_of - day).days)
        return near if near and not self.redacted else self._date(day)

    def _date(self, day: date) -> str:
        """Return `23 Oct`, `23 Oct 2025` of another year, `day 12` of a redacted diary."""
        if self.redacted:
            return f"day {day_number(day)}"
        return plain_day(day) if day.year == self.as_of.year else f"{plain_day(day)} {day.year}"
