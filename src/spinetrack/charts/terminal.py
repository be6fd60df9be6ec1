"""Charts in a terminal. The only module that knows plotext.

plotext 5 keeps one global figure, so it is cleared before and after; it writes escapes even without
a theme, so they are taken out and colour is put on the finished signs. Days are given as numbers:
its own dates fail on some systems. Each stretch of a line is drawn by itself, so gaps stay gaps.
"""

from __future__ import annotations

import re
from datetime import timedelta
from math import floor
from textwrap import wrap
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.charts import MEDIAN_LEAST, date_marks, day_name, words
from spinetrack.recovery.metrics import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from types import ModuleType

    from spinetrack.charts import Chart
    from spinetrack.charts.axes import Points

LEAST_ROWS: Final = 5
"""Rows of a plot at least, its axis and dates not counted."""
YES_NO_ROWS: Final = 3
USUAL_HEIGHT: Final = 13
"""Height at which each step of a 0 to 10 scale has its own row."""
UNDER: Final = 2
"""Rows under a plot: its axis and its dates."""
MARK_DOTS: Final = 24
"""Points a mark is drawn with: more than a plot has rows."""
WIDEST_NAME: Final = 10
"""Columns for the name beside a level; the words under the chart have all of it."""
FLARE: Final = "flare"


class Signs(NamedTuple):
    """What a chart is drawn with."""

    day: str
    middle: str
    sample: str
    """A piece of the middle, for the legend."""
    flare: str
    level: str
    path: str
    change: str
    """A column of them stands on a day that is marked."""
    frame: dict[int, int]


_PLOTEXT_LEVEL: Final = "─"
UNICODE: Final = Signs("•", "braille", "⠤⠒⠉", "▀", "╌", "×", "┊", {})  # noqa: RUF001
ASCII: Final = Signs("o", "*", "***", "F", "-", "x", ":", str.maketrans("─│┤├┬┴┼└┘", "-|||++++'"))

_BOUND: Final = re.compile(r"(?<=\d) (?=(?:h|min|m|km|mi|kg|[A-Z][a-z]{2})\b)|(?<=\d h) (?=\d)")
_CODES: Final = (
    (re.compile("[\u2800-\u28ff]+"), "36"),
    (re.compile("▀+"), "31"),
    (re.compile("[─│┤├┬┴┼└┘╌]+"), "2"),
)


def draw(
    charts: Sequence[Chart],
    width: int,
    *,
    height_each: int = USUAL_HEIGHT,
    colour: bool = False,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Return charts one above the other on the same date axis, each with its facts in words.

    Args:
        charts: Charts of one period.
        width: Columns, 40 or more; no line is wider.
        height_each: Rows of one plot with its axis and dates; one for flares may come on top.
            A yes or no takes less.
        colour: Write escapes for bold, dim and colour; nothing is said by them alone.
        ascii: Draw with ASCII signs only.

    """
    signs = ASCII if ascii else UNICODE
    sized = [(chart, _rows(chart, height_each)) for chart in charts]
    left = max((len(name) for c, rows in sized for name in _marks(c, rows).values()), default=0)
    right = max((len(name) for c, rows in sized for name in _names(c, rows).values()), default=0)
    lines: list[str] = []
    for chart, rows in sized:
        lines += [_bold(line, colour=colour) for line in wrap(chart.title, width)]
        if chart.days:
            plot = _plot(chart, width, rows, left, right, signs)
            lines += [_coloured(line, colour=colour) for line in plot]
        lines += [*_wrapped(chart.summary, width), ""]
    lines += [_coloured(line, colour=colour) for line in _legend(charts, width, signs)]
    return "\n".join(lines).rstrip("\n")


def _plot(chart: Chart, width: int, rows: int, left: int, right: int, signs: Signs) -> list[str]:
    """Return a chart's frame, signs and dates as lines of at most `width` columns."""
    import plotext as plt

    room = width - (right + 1 if right else 0)
    flare_row = _flare_row(chart, rows)
    marks = _marks(chart, rows)
    dates = date_marks(chart.since, chart.until, room - left - 1, chart.day_one)
    plt.clear_figure()
    plt.limit_size(False, False)
    plt.theme("clear")
    plt.plot_size(room, rows + (1 if chart.flares else 0) + UNDER)
    plt.xaxes(True, False)
    plt.yaxes(True, False)
    plt.xlim(0, max(1, chart.length - 1))
    plt.ylim(chart.low, flare_row if chart.flares else chart.high)
    plt.yticks(list(marks), [mark.rjust(left) for mark in marks.values()])
    plt.xticks([(day - chart.since).days for day, _ in dates], [label for _, label in dates])
    _put(plt, chart, flare_row, signs)
    lines = plt.uncolorize(plt.build()).rstrip("\n").split("\n")
    plt.clear_figure()
    return _finished(lines, chart, rows, signs)


def _put(plt: ModuleType, chart: Chart, flare_row: float, signs: Signs) -> None:
    """Put levels, the weekly middle, days and flares on the figure; the later covers the earlier."""

    def along(points: Points) -> tuple[list[int], list[float]]:
        return [(day - chart.since).days for day, _ in points], [value for _, value in points]

    for day, _ in chart.marks:
        heights = [chart.low + (chart.high - chart.low) * n / MARK_DOTS for n in range(MARK_DOTS + 1)]
        plt.scatter([(day - chart.since).days] * len(heights), heights, marker=signs.change)
    moved = dict(chart.steps)
    for name, value in chart.lines:
        for first, last, level in _runs(moved[name], chart.until) if name in moved else ():
            plt.plot(*along(((first, level), (last, level))), marker=signs.level)
        if name not in moved:
            plt.hline(value)
    if chart.path:
        plt.scatter(*along(chart.path), marker=signs.path)
    for segment in chart.segments:
        plt.plot(*along(segment), marker=signs.middle)
    plt.scatter(*along(chart.days), marker=signs.day)
    for start, end in chart.flares:
        plt.plot(*along(((start, flare_row), (end, flare_row))), marker=signs.flare)


def _runs(course: Points, until: date) -> Iterator[tuple[date, date, float]]:
    """Yield from which day to which a level that moved had each value."""
    ends = [day - timedelta(days=1) for day, _ in course[1:]]
    for (first, value), last in zip(course, (*ends, until), strict=True):
        yield first, last, value


def _finished(lines: list[str], chart: Chart, rows: int, signs: Signs) -> list[str]:
    """Return plotext's lines with levels dashed and named at their right end, in the signs asked for."""
    axis = len(lines) - UNDER
    names = {axis - 1 - row: name for row, name in _names(chart, rows).items()}
    found: list[str] = []
    for place, line in enumerate(lines):
        drawn = line.replace(_PLOTEXT_LEVEL, signs.level) if place < axis else line
        found.append(f"{drawn.translate(signs.frame)} {names.get(place, '')}".rstrip())
    return found


def _rows(chart: Chart, height: int) -> int:
    """Return the rows of a plot between its highest and its lowest value, both included."""
    return YES_NO_ROWS if chart.unit == "yes/no" else max(LEAST_ROWS, height - UNDER)


def _flare_row(chart: Chart, rows: int) -> float:
    """Return the value one row above the axis's end, where flares are shown."""
    return chart.high + (chart.high - chart.low) / (rows - 1)


def _marks(chart: Chart, rows: int) -> dict[float, str]:
    """Return what is written left of the axis: its ends, and what fits between two rows apart."""
    parts = len(chart.ticks) - 1
    every = next(n for n in range(1, parts + 1) if parts % n == 0 and (rows - 1) * n >= 2 * parts)
    marks = {value: _mark(value, chart.unit) for value in chart.ticks[::every]}
    return {**marks, _flare_row(chart, rows): FLARE} if chart.flares else marks


def _mark(value: float, unit: str) -> str:
    return words(value, unit) if unit == "yes/no" else plain_number(value, 2)


def _names(chart: Chart, rows: int) -> dict[int, str]:
    """Return the row of each level, counted from the lowest, and what it is called."""
    found: dict[int, list[str]] = {}
    for name, value in chart.lines:
        share = (value - chart.low) / (chart.high - chart.low)
        found.setdefault(floor(round(0.5 + (rows - 1) * share, 8)), []).append(name)
    return {row: ", ".join(names)[:WIDEST_NAME] for row, names in found.items()}


def _legend(charts: Sequence[Chart], width: int, signs: Signs) -> list[str]:
    items = [f"{signs.day} one day"] if any(c.days for c in charts) else []
    if any(c.median for c in charts):
        items.append(f"{signs.sample} middle of 7 days, {MEDIAN_LEAST} or more logged")
    if any(c.path for c in charts):
        items.append(f"{signs.path} the way to the goal")
    if any(c.flares and c.days for c in charts):
        items.append(f"{signs.flare * 3} flare")
    marks = dict.fromkeys(mark for chart in charts for mark in chart.marks)
    items += [f"{signs.change} {day_name(day, charts[0].day_one)} {name}" for day, name in marks]
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 3 <= width:
            lines[-1] += "   " + item
        else:
            lines.append(item)
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines; a number stays with its unit and a day with its month."""
    bound = _BOUND.sub("\u00a0", text)
    return [line.replace("\u00a0", " ") for line in wrap(bound, width)]


def _bold(line: str, *, colour: bool) -> str:
    return f"\x1b[1m{line}\x1b[0m" if colour else line


def _coloured(line: str, *, colour: bool) -> str:
    for signs, code in _CODES if colour else ():
        line = signs.sub(f"\x1b[{code}m\\g<0>\x1b[0m", line)
    return line
