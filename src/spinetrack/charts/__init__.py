"""A chart is frozen data: what was logged in a period, its weekly middle, flares and lines.

Painters draw it, in the terminal or on paper; `summary` says the same in words. A day without an
entry is absent, never zero, and no line is drawn across days that cannot carry one.
"""

from __future__ import annotations

from datetime import date, timedelta

from spinetrack.charts.axes import CHARTS, UNIT_WORDS, Day, Points
from spinetrack.recovery.metrics import METRES_IN_MILE, METRICS, plain_number, show
from spinetrack.recovery.stats import median
from spinetrack.recovery.words import counted, plain_day
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spinetrack.recovery.findings import Flare
    from spinetrack.recovery.metrics import Metric

MEDIAN_DAYS: Final = 7
MEDIAN_LEAST: Final = 4
"""Days with a value that the weekly middle needs."""
DAY_STEPS: Final = (1, 2, 7, 14, 28)
COUNTED_STEPS: Final = (*DAY_STEPS, 84, 182, 364, 1820, 36_400)
MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 12_000)
LABEL_COLUMNS: Final = 9
"""Columns a date label needs: `28 Sep` and room to the next."""
YES: Final = 0.5


class Chart(NamedTuple):
    """One metric over a period, both ends included. Values are in `unit`."""

    title: str
    """Label and unit in words: `Sleep, hours`."""
    metric: str
    """The metric's key."""
    label: str
    unit: str
    """`0-10`, `min`, `h`, `m`, `km`, `mi`, `count`, `yes/no`, `kg` or a word of the patient's own."""
    low: float
    high: float
    """The ends of the axis; always 0 and 10 for a scale of 0 to 10."""
    ticks: tuple[float, ...]
    """Values to name on the axis, the lowest and the highest among them."""
    days: Points
    """One value a day that has one, oldest first."""
    median: Points
    """Median of the 7 calendar days that end on a day, where at least 4 of them have a value.

    A yes or no has none."""
    flares: tuple[tuple[Day, Day], ...]
    """First and last day of each flare, inside the period."""
    lines: tuple[tuple[str, float], ...]
    """Label and value of each level to compare with: quota, goal."""
    since: Day
    until: Day
    path: Points = ()
    """Where a goal's path is on each day, oldest first."""
    steps: tuple[tuple[str, Points], ...] = ()
    """Name of each of `lines` that moved, and the days on which it did with the new value, oldest first."""
    marks: tuple[tuple[Day, str], ...] = ()
    """Day and name of each treatment or visit, inside the period."""
    day_one: Day | None = None
    """The day that is called day 1 where days are counted (a redacted diary); None: days have dates."""

    @property
    def summary(self) -> str:
        """What the chart shows, in words."""
        return _summary(self)

    @property
    def length(self) -> int:
        """Days of the period."""
        return (self.until - self.since).days + 1

    @property
    def segments(self) -> tuple[Points, ...]:
        """The weekly middle in runs of days without a gap."""
        runs: list[list[tuple[Day, float]]] = []
        for day, value in self.median:
            if runs and (day - runs[-1][-1][0]).days == 1:
                runs[-1].append((day, value))
            else:
                runs.append([(day, value)])
        return tuple(tuple(run) for run in runs)


def build(
    metric: Metric,
    values: Mapping[Day, float],
    flares: Iterable[tuple[Day, Day]] = (),
    lines: Iterable[tuple[str, float | Mapping[Day, float]]] = (),
    *,
    path: Mapping[Day, float] | None = None,
    since: Day,
    until: Day,
    units: str = "km",
) -> Chart:
    """Return the chart of a metric.

    Args:
        metric: Its row.
        values: Day values in the metric's base unit. Days before `since` only serve the medians.
        flares: First and last day of each (`flare_spans`).
        lines: Label and value in the base unit of each level to compare with; of one that moved the days
            on which it did, with the value from then on. What was in force before `since` counts too.
        path: Day to value in the base unit of a goal's path.
        since: First day.
        until: Last day, included; not before `since`.
        units: `km` or `mi`, for distances.

    """
    inside = _within(values, since, until)
    levels = [(_printable(name), held) for name, value in lines if (held := _held(value, since, until))]
    way = _within(path or {}, since, until)
    drawn = [value for points in (inside, way, *(held for _, held in levels)) for _, value in points]
    axis = CHARTS[metric.kind](metric, drawn, units)
    middles = () if metric.kind == "yes-no" else medians(values, since, until)
    label = _printable(metric.label)
    unit = _printable(axis.unit)
    return Chart(
        title=f"{label}, {UNIT_WORDS.get(unit, unit)}".rstrip(", "),
        metric=metric.key,
        label=label,
        unit=unit,
        low=axis.low,
        high=axis.high,
        ticks=axis.ticks,
        days=axis.scaled(inside),
        median=axis.scaled(middles),
        flares=tuple((max(a, since), min(b, until)) for a, b in flares if a <= until and b >= since),
        lines=tuple((name, held[-1][1] * axis.per_base) for name, held in levels),
        since=since,
        until=until,
        path=axis.scaled(way),
        steps=tuple((name, axis.scaled(held)) for name, held in levels if held[1:] or held[0][0] > since),
    )


def _within(values: Mapping[Day, float], since: Day, until: Day) -> Points:
    return tuple((day, values[day]) for day in sorted(values) if since <= day <= until)


def _held(value: float | Mapping[Day, float], since: Day, until: Day) -> Points:
    """Return from which day on a level has which value inside a period."""
    if isinstance(value, int | float):
        return ((since, value),)
    return tuple({max(day, since): value[day] for day in sorted(value) if day <= until}.items())


def marked(chart: Chart, marks: Iterable[tuple[Day, str]]) -> Chart:
    """Return a chart with the days of its period marked on which something began, was done or ended."""
    inside = tuple((d, _printable(name)) for d, name in marks if chart.since <= d <= chart.until)
    return chart._replace(marks=inside)


def marks_words(charts: Sequence[Chart]) -> str:
    """Return the marked days of charts of one period in words, "" without any."""
    marks = dict.fromkeys(mark for chart in charts for mark in chart.marks)
    told = ", ".join(f"{day_name(day, charts[0].day_one)} {name}" for day, name in marks)
    return f"Marked: {told}." if told else ""


def medians(values: Mapping[Day, float], since: Day, until: Day) -> Points:
    """Return the median of the 7 days that end on each day, for days with at least 4 values there.

    >>> monday = date(2026, 3, 2)
    >>> week = {monday + timedelta(days=n): n for n in (0, 1, 2, 5)}
    >>> medians(week, monday, monday + timedelta(days=7))
    ((datetime.date(2026, 3, 7), 1.5), (datetime.date(2026, 3, 8), 1.5))
    """
    first = since.toordinal()
    row = [values.get(date.fromordinal(n)) for n in range(first - MEDIAN_DAYS + 1, until.toordinal() + 1)]
    found: list[tuple[Day, float]] = []
    for n in range(len(row) - MEDIAN_DAYS + 1):
        window = [value for value in row[n : n + MEDIAN_DAYS] if value is not None]
        middle = median(window)
        if middle is not None and len(window) >= MEDIAN_LEAST:
            found.append((date.fromordinal(first + n), middle))
    return tuple(found)


def flare_spans(flares: Iterable[Flare]) -> tuple[tuple[Day, Day], ...]:
    """Return the first and the last active day of each flare."""
    return tuple((flare.start, max(flare.start, flare.last_active)) for flare in flares)


def words(value: float, unit: str) -> str:
    """Return a chart's value as a patient reads it: `6 h 30`, `35 min`, `1.2 km`, `4`.

    >>> words(6.5, "h"), words(3.5, "0-10")
    ('6 h 30', '3.5')
    """
    if unit in {"h", "min"}:
        return show(METRICS["sleep"], value * 60 if unit == "h" else value)
    if unit in {"m", "km"}:
        return show(METRICS["distance"], value * 1000 if unit == "km" else value)
    if unit == "mi":
        return show(METRICS["distance"], value * METRES_IN_MILE, "mi")
    if unit == "yes/no":
        return "yes" if value >= YES else "no"
    number = plain_number(value, 1)
    return number if unit in {"0-10", "count", ""} else f"{number} {unit}"


def date_marks(
    since: Day, until: Day, columns: int, day_one: Day | None = None
) -> tuple[tuple[Day, str], ...]:
    """Return the days to name under an axis of `columns` columns, evenly apart, and their names.

    Days, then Mondays, then firsts of a month, as many as leave each name room. Where a new
    year lies in the period, firsts of a month have theirs: `Jan 2027`. Counted from `day_one`, they
    are `day 1`, `day 15`, ….
    """
    length = (until - since).days + 1
    most = max(2, columns // LABEL_COLUMNS)
    if day_one is not None:
        return _counted_marks(since, length, most, day_one)
    for step in DAY_STEPS:
        if length <= step * most:
            offset = (-since.weekday()) % 7 if step >= MEDIAN_DAYS else 0
            days = (since + timedelta(days=n) for n in range(offset, length, step))
            return tuple((day, plain_day(day)) for day in days)
    months = [
        first
        for year in range(since.year, until.year + 1)
        for month in range(1, 13)
        if since <= (first := date(year, month, 1)) <= until
    ]
    step = next(n for n in MONTH_STEPS if len(months) <= n * most)
    marks = [m for m in months if (m.year * 12 + m.month - 1) % step == 0] or months[:1]
    if since.year == until.year:
        return tuple((mark, plain_day(mark)) for mark in marks)
    return tuple((mark, f"{mark:%b %Y}") for mark in marks)


def _counted_marks(since: Day, length: int, most: int, day_one: Day) -> tuple[tuple[Day, str], ...]:
    step = next(n for n in COUNTED_STEPS if length <= n * most)
    offset = -(since - day_one).days % step
    days = (since + timedelta(days=n) for n in range(offset, length, step))
    return tuple((day, day_name(day, day_one)) for day in days)


def day_name(day: Day, day_one: Day | None = None) -> str:
    """Return a day as `3 Oct`, or as `day 12` where days are counted from `day_one`."""
    return plain_day(day) if day_one is None else f"day {(day - day_one).days + 1}"


def _summary(chart: Chart) -> str:
    if not chart.days:
        return f"{chart.label}: nothing logged from {_day(chart, chart.since)} to {_day(chart, chart.until)}."
    values = [value for _, value in chart.days]
    logged = f"{len(values)} of {counted(chart.length, 'day')} logged."
    if chart.unit == "yes/no":
        parts = [f"{chart.label}: yes on {sum(v >= YES for v in values)} days.", logged]
    else:
        ends = f"Lowest {words(min(values), chart.unit)}, highest {words(max(values), chart.unit)}."
        parts = [_middles(chart), ends, logged]
    parts += [_flares(chart)] if chart.flares else []
    parts += [_level(chart, name, value) for name, value in chart.lines]
    return " ".join(parts)


def _level(chart: Chart, name: str, value: float) -> str:
    """Return a level in words, and where one that moved began."""
    said = f"{name[:1].upper()}{name[1:]} {words(value, chart.unit)}"
    first = next((course[0][1] for moved, course in chart.steps if moved == name), value)
    return f"{said}." if first == value else f"{said}, at first {words(first, chart.unit)}."


def _middles(chart: Chart) -> str:
    if not chart.median:
        return f"{chart.label}: too few days for a weekly middle."
    (first, before), (last, after) = chart.median[0], chart.median[-1]
    now = f"{words(after, chart.unit)} on {_day(chart, last)}"
    if (last - first).days < MEDIAN_DAYS:
        return f"{chart.label}: weekly middle {now}."
    return f"{chart.label}: weekly middle {words(before, chart.unit)} on {_day(chart, first)}, {now}."


def _flares(chart: Chart) -> str:
    start, end = chart.flares[-1]
    when = _day(chart, end)
    if chart.day_one is not None and start != end:
        when = f"{_day(chart, start)} to {(end - chart.day_one).days + 1}"
    elif start != end:
        alike = (start.year, start.month) == (end.year, end.month)
        when = f"{start.day if alike else _day(chart, start)} to {when}"
    return f"{counted(len(chart.flares), 'flare')}, {'the last ' if chart.flares[1:] else ''}{when}."


def _day(chart: Chart, day: Day) -> str:
    """Return a day as `3 Oct`, with its year where the period has more than one."""
    if chart.day_one is not None:
        return day_name(day, chart.day_one)
    year = f" {day.year}" if chart.since.year != chart.until.year else ""
    return plain_day(day) + year


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
