"""Diary entries as day values: one number a day and metric, gaps left as gaps.

All windows are calendar days; `(day, w)` means the w days that end on `day`, `day` included.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from spinetrack.recovery.metrics import ALL_TOLERANCES, known
from spinetrack.recovery.sites import distal_rank, is_limb, side
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from spinetrack.recovery.diary import Diary, Entry

DEVICE = "device"
"""The source of entries that a phone or watch made: their values count, their days are not recorded days."""
LIMB_WINDOW = 28
LIMB_LEAST = 3
LIMB_RISE = 2


class Reading(NamedTuple):
    """One logged tolerance."""

    day: date
    at: datetime
    value: float
    at_least: bool


def days_back(day: date, count: int) -> Iterable[date]:
    """Return the `count` days that end on `day`, oldest first."""
    last = day.toordinal()
    return map(date.fromordinal, range(last - count + 1, last + 1))


class Days:
    """The day values of a diary.

    Several entries a day are reduced as each metric's row says: pain the last, worst the highest,
    a tolerance the largest, yes if any.
    """

    def __init__(self, diary: Diary) -> None:
        self.entries_by_day: dict[date, list[Entry]] = {}
        self.values: dict[str, dict[date, float]] = {}
        self.readings: dict[str, list[Reading]] = {}
        self.first_pain: dict[date, float] = {}
        self.flare_yes: set[date] = set()
        self._sites: dict[date, dict[str, float]] = {}
        self._also = (diary.sessions, diary.skips)
        self._read(diary)

    @cached_property
    def record_days(self) -> tuple[date, ...]:
        """Days with an entry, a session or a skip, oldest first."""
        found = set(self.entries_by_day)
        found.update(row.day for rows in self._also for row in rows)
        return tuple(sorted(found))

    def after_gaps(self, least: int) -> list[date]:
        """Return the days on which records began again after `least` days without one."""
        return [b for a, b in pairwise(self.record_days) if (b - a).days >= least]

    def _read(self, diary: Diary) -> None:
        reduce = {key: metric.reduce for key, metric in known(diary.metrics).items()}
        values, first_pain = self.values, self.first_pain
        for entry in diary.entries:
            day = entry.day
            if entry.source != DEVICE:
                self.entries_by_day.setdefault(day, []).append(entry)
            if entry.flare:
                self.flare_yes.add(day)
            for metric, value, site, at_least, *_ in entry.observations:
                if site is not None:
                    here = self._sites.setdefault(day, {})
                    here[site] = max(value, here.get(site, 0))
                    continue
                column = values.get(metric)
                if column is None:
                    column = values[metric] = {}
                if metric == "pain" and day not in column:
                    first_pain[day] = value
                before = column.get(day)
                column[day] = value if before is None else _reduced(reduce.get(metric, "last"), before, value)
                if metric in ALL_TOLERANCES:
                    # Past the constructor: there are hundreds.
                    read = tuple.__new__(Reading, (day, entry.at, value, at_least))
                    self.readings.setdefault(metric, []).append(read)

    def of(self, metric: str) -> Mapping[date, float]:
        """Return day to value of `metric`; a day without a value is absent."""
        if metric == "limb":
            return self.limb
        return self.values.get(metric, {})

    def window(self, metric: str, day: date, days: int) -> list[float]:
        """Return the values of the `days` days that end on `day`, oldest first."""
        return [value for value in map(self.of(metric).get, days_back(day, days)) if value is not None]

    def telling(self, metric: str, days: Iterable[date]) -> list[tuple[date, float]]:
        """Return days with the value that says something, in the order of `days`.

        A tolerance that ended for another reason counts only above the middle of the limits of these
        days; without any limit all count (clinical.md 3.1).
        """
        column = self.of(metric)
        window = [d for d in days if d in column]
        readings = self.readings.get(metric, ())
        limits = {r.day: r.value for r in readings if not r.at_least}
        bound = {d for d in window if readings and limits.get(d, -1.0) < column[d]}
        middle = median(limits[d] for d in window if d in limits)
        if not bound or middle is None:
            return [(d, column[d]) for d in window]
        found = ((d, limits.get(d) if d in bound and column[d] <= middle else column[d]) for d in window)
        return [(d, value) for d, value in found if value is not None]

    def med(self, metric: str, day: date, days: int) -> float | None:
        """Return the median of a window, None when nothing was logged."""
        return median(self.window(metric, day, days))

    def count(self, metric: str, day: date, days: int) -> int:
        """Return how many days of a window have a value."""
        column = self.of(metric)
        return sum(d in column for d in days_back(day, days))

    def logged(self, day: date, days: int) -> int:
        """Return on how many days of a window anything was logged."""
        return sum(d in self.entries_by_day for d in days_back(day, days))

    @cached_property
    def limb(self) -> Mapping[date, float]:
        """Limb pain: the metric, else the highest limb site of the day."""
        found: dict[date, float] = {
            day: max(v for s, v in here.items() if is_limb(s))
            for day, here in self._sites.items()
            if any(is_limb(s) for s in here)
        }
        found.update(self.values.get("limb", {}))
        return found

    @cached_property
    def _limb_sides(self) -> dict[date, dict[str, tuple[int, float]]]:
        """Return day to side (`left-leg`) to the most distal rank and the highest value there."""
        found: dict[date, dict[str, tuple[int, float]]] = {}
        for day, here in self._sites.items():
            for site, value in here.items():
                if not is_limb(site) or value <= 0:
                    continue
                sides = found.setdefault(day, {})
                rank, most = sides.get(side(site), (-1, 0.0))
                sides[side(site)] = max(rank, distal_rank(site)), max(most, value)
        for day, value in self.values.get("limb", {}).items():
            if value > 0 and not found.get(day):
                found.setdefault(day, {})["limb"] = (0, value)
        return found

    def limb_worse_on(self, day: date) -> bool:
        """Return whether limb symptoms are new or worse on `day`, per side, against 28 days before.

        New is a more distal site than on any of those days, worse a value 2 above their median. It
        needs 3 logged days before it, so that a first entry is not called new.
        """
        today = self._limb_sides.get(day)
        if not today:
            return False
        before = [d for d in days_back(day - timedelta(days=1), LIMB_WINDOW) if d in self.entries_by_day]
        if len(before) < LIMB_LEAST:
            return False
        for where, (rank, value) in today.items():
            past = [
                (r, v)
                for d in before
                for w, (r, v) in self._limb_sides.get(d, {}).items()
                if where in (w, "limb") or w == "limb"
            ]
            if all(rank > r for r, _ in past if where != "limb") and (where != "limb" or not past):
                return True
            middle = median(v for _, v in past)
            if len(past) >= LIMB_LEAST and middle is not None and value >= middle + LIMB_RISE:
                return True
        return False

    def limb_worse_in(self, day: date, days: int) -> bool:
        """Return whether limb symptoms were new or worse on any of the `days` days ending on `day`."""
        return any(self.limb_worse_on(d) for d in days_back(day, days) if d in self._limb_sides)


def _reduced(how: str, before: float, value: float) -> float:
    if how == "last":
        return value
    if how == "min":
        return min(before, value)
    if how == "sum":
        return before + value
    return max(before, value)
