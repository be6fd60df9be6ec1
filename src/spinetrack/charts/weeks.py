"""The facts of charts as a table of weeks: what `--plain` says in place of a picture."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from operator import itemgetter

from spinetrack.charts import MEDIAN_LEAST, YES, day_name, words
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.charts import Chart

HEAD = ("Week of", "Measure", "Middle", "Lowest", "Highest", "Days logged", "Flare days")


def weeks_table(charts: Sequence[Chart]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the head and one row for each week and chart, chart by chart, oldest week first.

    Weeks begin on Monday; the first and the last may be cut by the period, and their days are
    counted out of what is left. The middle (median) needs 4 days with a value. A yes or no has the
    days with a yes in its place. With one chart the column of its name is left out.
    """
    rows = [row for chart in charts for row in _weeks(chart)]
    if len(charts) == 1:
        return _without_measure(HEAD), tuple(_without_measure(row) for row in rows)
    return HEAD, tuple(rows)


def _without_measure(row: tuple[str, ...]) -> tuple[str, ...]:
    return row[:1] + row[2:]


def _weeks(chart: Chart) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    start = chart.since
    while start <= chart.until:
        end = min(chart.until, start + timedelta(days=6 - start.weekday()))
        rows.append(stretch_row(chart, start, end))
        start = end + timedelta(days=1)
    return rows


def stretch_row(chart: Chart, start: date, end: date) -> tuple[str, ...]:
    """Return the cells under `HEAD` of the days from `start` to `end`, both included."""
    first = bisect_left(chart.days, start, key=itemgetter(0))
    values = [value for _, value in chart.days[first : bisect_right(chart.days, end, key=itemgetter(0))]]
    length = (end - start).days + 1
    near = [(first, last) for first, last in chart.flares if first <= end and last >= start]
    flare = {
        start + timedelta(days=n)
        for n in range(length)
        if any(first <= start + timedelta(days=n) <= last for first, last in near)
    }
    return (
        day_name(start, chart.day_one),
        chart.label,
        *_levels(chart.unit, values),
        f"{len(values) or 'none'} of {length}",
        str(len(flare) or "none"),
    )


def _levels(unit: str, values: Sequence[float]) -> tuple[str, str, str]:
    """Return the middle, the lowest and the highest value in words; empty where there is nothing."""
    if not values:
        return "", "", ""
    if unit == "yes/no":
        return f"yes on {sum(v >= YES for v in values)}", "", ""
    middle = median(values) if len(values) >= MEDIAN_LEAST else None
    said = "too few" if middle is None else words(middle, unit)
    return said, words(min(values), unit), words(max(values), unit)
