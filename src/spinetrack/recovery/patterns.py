"""What goes with what: boom and bust, sleep, stress, activity. Counting, never causes.

Source of every number: clinical.md 3.4 and rules SL-1, MD-2, PA-1, PA-2.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import mean, median, rmssd, sample_sd
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spinetrack.recovery.series import Days

BOOM = 1.5
BUST = 0.5
BUST_WITHIN = 2
WINDOW = 14
LEAST = 10
USUAL_WINDOW = 28
USUAL_LEAST = 14
LEAST_PAIRS = 2
LEAST_CV = 0.5
ACTIVITY = ("active", "steps")
"""The measures of a day's activity, the better one first."""
POOR_NIGHT = 360
POOR_QUALITY = 4
LEAST_NIGHTS = 4
HIGH_STRESS = 7


class BoomBust(NamedTuple):
    """Two weeks of activity, looked at for days of too much followed by days of too little."""

    metric: str
    usual: float
    """Median of 28 days (14 logged)."""
    logged: int
    cv: float
    """Sample standard deviation over mean."""
    rmssd: float
    """Root mean square of day-to-day differences, in the metric's unit."""
    booms: tuple[date, ...]
    pairs: tuple[tuple[date, date], ...]
    """Each boom day with the first bust day after it."""

    @property
    def flagged(self) -> bool:
        """At least two pairs and a coefficient of variation of 0.5."""
        return len(self.pairs) >= LEAST_PAIRS and self.cv >= LEAST_CV


def boom_bust(days: Days, today: date, metric: str | None = None) -> BoomBust | None:
    """Return the pattern of the 14 days ending `today`, None without enough data.

    Needs 10 of 14 days, and a usual day: the median of 28 days with at least 14 logged.
    """
    for key in (metric,) if metric else ACTIVITY:
        series = days.of(key)
        span = [d for d in days_back(today, WINDOW) if d in series]
        usual_values = days.window(key, today, USUAL_WINDOW)
        if len(span) < LEAST or len(usual_values) < min(USUAL_LEAST, USUAL_WINDOW):
            continue
        usual = median(usual_values) or 0.0
        booms = tuple(d for d in span if series[d] > BOOM * usual)
        pairs = tuple((d, bust) for d in booms if (bust := _bust_after(series, d, usual, today)))
        values = [series[d] for d in span]
        spread = sample_sd(values) / mean(values) if mean(values) else 0.0
        return BoomBust(key, usual, len(span), spread, rmssd(values), booms, pairs)
    return None


def _bust_after(series: Mapping[date, float], boom: date, usual: float, today: date) -> date | None:
    for step in range(1, BUST_WITHIN + 1):
        day = boom + timedelta(days=step)
        if day <= today and day in series and series[day] < BUST * usual:
            return day
    return None


class Comparison(NamedTuple):
    """The pain of two kinds of days."""

    with_it: tuple[float, ...]
    without: tuple[float, ...]

    @property
    def difference(self) -> float:
        """Mean pain with it minus mean pain without."""
        return mean(self.with_it) - mean(self.without)

    def enough(self, least: int) -> bool:
        """Return whether both kinds have at least `least` days."""
        return len(self.with_it) >= least and len(self.without) >= least


def is_poor_night(days: Days, day: date) -> bool | None:
    """Return whether the night that ended on `day` was short or poor, None when not logged."""
    sleep, quality = days.of("sleep").get(day), days.of("sleepq").get(day)
    if sleep is None and quality is None:
        return None
    return (sleep is not None and sleep < POOR_NIGHT) or (quality is not None and quality <= POOR_QUALITY)


def after_poor_nights(days: Days, today: date, window: int = USUAL_WINDOW) -> Comparison:
    """Compare the pain of days after poor nights with that after good nights."""
    poor: list[float] = []
    good: list[float] = []
    for day in days_back(today, window):
        pain, night = days.of("pain").get(day), is_poor_night(days, day)
        if pain is not None and night is not None:
            (poor if night else good).append(pain)
    return Comparison(tuple(poor), tuple(good))


def after_stress(days: Days, today: date, window: int = USUAL_WINDOW) -> Comparison:
    """Compare the pain of days after high stress (7 or more) with that of days after less."""
    high: list[float] = []
    low: list[float] = []
    for day in days_back(today, window):
        stress = days.of("stress").get(day - timedelta(days=1))
        pain = days.of("pain").get(day)
        if pain is not None and stress is not None:
            (high if stress >= HIGH_STRESS else low).append(pain)
    return Comparison(tuple(high), tuple(low))


def stress_episodes(days: Days, today: date, window: int = USUAL_WINDOW) -> list[tuple[date, float]]:
    """Return the days of high stress with the pain of the next day, oldest first."""
    stress, pain = days.of("stress"), days.of("pain")
    found = []
    for day in days_back(today - timedelta(days=1), window):
        following = pain.get(day + timedelta(days=1))
        if stress.get(day, 0) >= HIGH_STRESS and following is not None:
            found.append((day, following))
    return found


def morning_evening(days: Days, today: date, window: int = WINDOW) -> tuple[float, int] | None:
    """Return the median evening pain minus the median morning pain, and the days with both.

    Morning is before 11:00, evening from 17:00. None with fewer than 7 days that have both.
    Source: clinical.md 1.3.
    """
    mornings: list[float] = []
    evenings: list[float] = []
    for day in days_back(today, window):
        early = late = None
        for entry in days.entries_by_day.get(day, ()):
            value = entry.values.get("now", entry.values.get("pain"))
            if value is None:
                continue
            if entry.at.hour < 11 and entry.at.hour >= 4:  # noqa: PLR2004
                early = value
            elif entry.at.hour >= 17 or entry.at.hour < 4:  # noqa: PLR2004
                late = value
        if early is not None and late is not None:
            mornings.append(early)
            evenings.append(late)
    first, last = median(mornings), median(evenings)
    if first is None or last is None or len(mornings) < WINDOW // 2:
        return None
    return last - first, len(mornings)


def weekdays(days: Days, today: date, window: int = 56, least: int = 3) -> dict[int, tuple[float, int]]:
    """Return weekday (0 Monday) to median pain and count over 8 weeks, with at least `least` each."""
    found: dict[int, list[float]] = {}
    for day in days_back(today, window):
        if day in days.of("pain"):
            found.setdefault(day.weekday(), []).append(days.of("pain")[day])
    return {
        number: (median(values) or 0.0, len(values))
        for number, values in sorted(found.items())
        if len(values) >= least
    }


def on_active_days(days: Days, today: date, window: int = USUAL_WINDOW) -> tuple[str, Comparison] | None:
    """Compare the pain on days above the usual activity with that on the other days."""
    for key in ACTIVITY:
        series = days.of(key)
        middle = days.med(key, today, window)
        if middle is None:
            continue
        more: list[float] = []
        less: list[float] = []
        for day in days_back(today, window):
            pain = days.of("pain").get(day)
            if pain is not None and day in series:
                (more if series[day] > middle else less).append(pain)
        return key, Comparison(tuple(more), tuple(less))
    return None


def factor_days(days: Days, today: date, window: int = 90, lag: int = 0) -> dict[str, Comparison]:
    """Compare the pain of days with a factor (`#garden` in a note) with days without, by factor.

    Args:
        days: The day values.
        today: The last day.
        window: Days to look at.
        lag: 0 compares the same day, 1 the day after.

    """
    tagged: dict[str, set[date]] = {}
    logged: set[date] = set()
    for day in days_back(today, window):
        for entry in days.entries_by_day.get(day, ()):
            logged.add(day)
            for word in (entry.note or "").split():
                name = word.lstrip("(").rstrip(".,;:!?)").lower()
                if name.startswith("#") and len(name) > 1:
                    tagged.setdefault(name, set()).add(day)
    found = {}
    for name, on in sorted(tagged.items()):
        with_it: list[float] = []
        without: list[float] = []
        for day in sorted(logged):
            pain = days.of("pain").get(day + timedelta(days=lag))
            if pain is not None:
                (with_it if day in on else without).append(pain)
        found[name] = Comparison(tuple(with_it), tuple(without))
    return found
