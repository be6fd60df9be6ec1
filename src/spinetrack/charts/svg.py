"""Charts as SVG, written by hand: one drawing for the screen, paper and the PDF.

Nothing is said by colour alone: days are dots, the weekly middle is a solid line that ends where days
are missing, flares are hatched, levels are dashed and named at their end, treatments and visits are
thin lines named above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from spinetrack.charts import date_marks, words
from spinetrack.charts.svg_parts import INK, QUIET, box, number, path, picture, words_at
from spinetrack.recovery.metrics import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spinetrack.charts import Chart
    from spinetrack.charts.axes import Points

GRID: Final = "#d5dce2"
DAY: Final = "#64768a"
MIDDLE: Final = "#0b4f8a"
FLARE: Final = "#a3480b"
FLARE_GROUND: Final = "#fdf1e5"
WAY: Final = "#1f6b3a"
GOAL: Final = (WAY, "2 3")
LEVELS: Final = (("#5b2d86", "7 4"), ("#7a4a00", "9 3 2 3"))
"""Colour and dashes of levels in turn; a goal has its own."""

SIGN_WIDTH: Final = 0.56
"""Width of a letter in its size, on average; only to keep labels apart."""
LABEL_LENGTH: Final = 26
"""Signs of a label at most; the text beside the picture has all of it."""
NAME_LENGTH: Final = 11
DOT: Final = 4.4
"""Width of a day's dot."""
CROWDED: Final = 200
"""Days from which dots are drawn smaller."""
YES_NO_SHARE: Final = 0.35
"""Share of the height that a yes or no needs."""


class Size(NamedTuple):
    """How large a chart is drawn, in CSS pixels, and the room around its plot."""

    width: float
    plot: float
    """Height of the plot."""
    left: float
    right: float
    letters: float
    """Size of the letters."""


WIDE: Final = Size(width=700, plot=150, left=34, right=62, letters=11)
HALF: Final = Size(width=340, plot=104, left=34, right=54, letters=11)

_Label: TypeAlias = "tuple[date, int, str]"
"""Day of a mark, the row of its label counted from the plot up, the label."""


class _Frame(NamedTuple):
    """Where values and days lie on the picture."""

    chart: Chart
    size: Size
    top: float

    @property
    def left(self) -> float:
        return self.size.left

    @property
    def right(self) -> float:
        return self.size.width - self.size.right

    @property
    def bottom(self) -> float:
        return self.top + self.size.plot

    @property
    def line(self) -> float:
        """Height of a line of words."""
        return self.size.letters * 1.25

    def x(self, day: date, share: float = 0.5) -> float:
        """Return the place of a day: its middle, or another share of it."""
        return self.left + ((day - self.chart.since).days + share) * _step(self.chart, self.size)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return self.bottom - (value - self.chart.low) / (self.chart.high - self.chart.low) * self.size.plot


def draw(chart: Chart, ident: str, alt: str, size: Size = WIDE) -> str:
    """Return a chart as one `<svg>` element.

    Args:
        chart: What to draw.
        ident: Prefix of the ids inside, one of its own for each picture of a page: `c3`.
        alt: What the chart shows, for who cannot see it; without signs that steer or hide.
        size: `WIDE` for the width of a page, `HALF` for two beside each other or a phone.

    """
    if chart.unit == "yes/no":
        size = size._replace(plot=round(size.plot * YES_NO_SHARE))
    labels = _stacked(chart, size)
    rows = 1 + max((row + 1 for _, row, _ in labels), default=0)
    frame = _Frame(chart, size, round(size.letters * 1.25 * rows + 6, 1))
    parts = (
        *_flares(frame, ident),
        *_axes(frame),
        *_levels(frame),
        *_marks(frame, labels),
        *_data(frame),
        *_names(frame),
        *_key(frame, ident),
    )
    said = {"ident": ident, "title": chart.title, "alt": alt, "letters": number(size.letters)}
    return picture(size.width, frame.bottom + frame.line + 5, parts, **said)


def _step(chart: Chart, size: Size) -> float:
    """Return the pixels of one day."""
    return (size.width - size.left - size.right) / chart.length


def _long(label: str, size: Size) -> float:
    """Return about how long a label is."""
    return len(label) * SIGN_WIDTH * size.letters


def _axes(frame: _Frame) -> Iterable[str]:
    chart, size = frame.chart, frame.size
    for value in chart.ticks:
        colour = INK if value == chart.low else GRID
        yield path(f"M{number(frame.left)} {number(frame.y(value))}H{number(frame.right)}", colour)
        mark = words(value, chart.unit) if chart.unit == "yes/no" else plain_number(value, 2)
        yield words_at(frame.left - 6, frame.y(value) + size.letters * 0.35, mark, "end", fill=QUIET)
    columns = (frame.right - frame.left) / (size.letters * 0.6)
    for day, label in date_marks(chart.since, chart.until, int(columns), chart.day_one):
        yield path(f"M{number(frame.x(day))} {number(frame.bottom)}v4", INK)
        yield words_at(frame.x(day), frame.bottom + 4 + size.letters, label, "middle", fill=QUIET)


def _flares(frame: _Frame, ident: str) -> Iterable[str]:
    if frame.chart.flares:
        yield (
            f'<defs><pattern id="{ident}-h" width="5" height="5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)">{path("M0 0V5", FLARE, 1.6)}</pattern></defs>'
        )
    for start, end in frame.chart.flares:
        x = frame.x(start, 0)
        yield _band(x, frame.top, frame.x(end, 1) - x, frame.size.plot, ident)


def _band(x: float, y: float, width: float, height: float, ident: str) -> str:
    """Return a hatched band, of at least two pixels so that one day in ten years can be seen."""
    width = max(width, 2)
    hatch = box(x, y, width, height, fill=f"url(#{ident}-h)", fill_opacity="0.55")
    return box(x, y, width, height, fill=FLARE_GROUND) + hatch


def _levels(frame: _Frame) -> Iterable[str]:
    moved = dict(frame.chart.steps)
    for place, (name, value) in enumerate(frame.chart.lines):
        colour, dashes = _style(place, name)
        way = f"M{number(frame.left)} {number(frame.y(value))}H{number(frame.right)}"
        if name in moved:
            way = _stairs(frame, moved[name])
        yield path(way, colour, 1.6, stroke_dasharray=dashes)
    if frame.chart.path:
        yield path(_along(frame, frame.chart.path), WAY, 1.4, stroke_dasharray="1 4", stroke_linecap="round")


def _stairs(frame: _Frame, course: Points) -> str:
    """Return the line of a level from the day it began, up or down on each day it moved."""
    (first, value), *rest = course
    steps = (f"H{number(frame.x(day, 0))}V{number(frame.y(level))}" for day, level in rest)
    return f"M{number(frame.x(first, 0))} {number(frame.y(value))}{''.join(steps)}H{number(frame.right)}"


def _style(place: int, name: str) -> tuple[str, str]:
    """Return the colour and the dashes of a level."""
    return GOAL if name == "goal" else LEVELS[place % len(LEVELS)]


def _data(frame: _Frame) -> Iterable[str]:
    """Yield the days as dots and the weekly middle as lines; a line across missing days is never drawn."""
    width = 2.2 if frame.chart.length > CROWDED else DOT
    dots = "".join(f"M{number(frame.x(day))} {number(frame.y(value))}h.01" for day, value in frame.chart.days)
    if dots:
        yield path(dots, DAY, width, stroke_linecap="round")
    lines = "".join(_along(frame, segment) for segment in frame.chart.segments)
    if lines:
        yield path(lines, MIDDLE, 2.4, stroke_linejoin="round", stroke_linecap="round")


def _along(frame: _Frame, points: Points) -> str:
    """Return a line through points; those inside a level stretch are left out."""
    values = [value for _, value in points]
    last = len(points) - 1
    steps = [
        f"{number(frame.x(day))} {number(frame.y(value))}"
        for place, (day, value) in enumerate(points)
        if not (0 < place < last and values[place - 1] == value == values[place + 1])
    ]
    return "M" + " ".join(steps) + ("" if last else "h.01")


def _names(frame: _Frame) -> Iterable[str]:
    """Yield the name and the value of each level and of the last weekly middle, right of the plot."""
    chart, line = frame.chart, frame.line
    found = [
        (frame.y(value), name, value, _style(place, name)[0], "")
        for place, (name, value) in enumerate(chart.lines)
    ]
    if chart.median:
        value = chart.median[-1][1]
        found.append((frame.y(value), "middle", value, MIDDLE, "bold"))
    found.sort()
    places = _apart([y for y, *_ in found], 1.9 * line, frame.top + line * 0.5, frame.bottom - line * 0.7)
    for (_, name, value, colour, weight), y in zip(found, places, strict=True):
        for down, said in ((-1, cut(name, NAME_LENGTH)), (line * 0.8, words(value, chart.unit))):
            yield words_at(frame.right + 6, y + down, said, fill=colour, font_weight=weight)


def _apart(places: Sequence[float], room: float, top: float, bottom: float) -> list[float]:
    """Return places from the top down, moved as little as leaves each `room`, the last at `bottom` or above.

    >>> _apart([10, 12, 90], 20, 5, 80)
    [10, 30, 80]
    """
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + room if found else top))
    for n in range(len(found) - 1, -1, -1):
        found[n] = min(found[n], bottom if n == len(found) - 1 else found[n + 1] - room)
    return found


def _stacked(chart: Chart, size: Size) -> list[_Label]:
    """Return the labels of the marks, the latest first: none lies on another or across its line."""
    starts: list[float] = []
    found: list[_Label] = []
    for day, name in sorted(chart.marks, reverse=True):
        label = cut(name, LABEL_LENGTH)
        x = size.left + ((day - chart.since).days + 0.5) * _step(chart, size)
        long = _long(label, size) + 6
        late = x + long > size.width
        end = x if late else x + long
        row = next((n for n, start in enumerate(starts) if end <= start), len(starts))
        starts[row : row + 1] = [x - long if late else x]
        found.append((day, row, label))
    return found


def _marks(frame: _Frame, labels: Sequence[_Label]) -> Iterable[str]:
    for day, row, label in labels:
        x, y = frame.x(day), frame.top - 5 - row * frame.line
        yield path(f"M{number(x)} {number(y + 1)}V{number(frame.bottom)}", INK, 1.2)
        yield path(f"M{number(x - 3.5)} {number(frame.top - 4)}h7l-3.5 6z", "", fill=INK)
        late = x + _long(label, frame.size) + 6 > frame.size.width
        yield words_at(x + (-4 if late else 4), y - 1, label, "end" if late else "start")


def _key(frame: _Frame, ident: str) -> Iterable[str]:
    """Yield a line that says what dots, line and hatching are, as far as the chart has them."""
    chart, x, y = frame.chart, frame.left, frame.size.letters
    for there, name, room in (
        (chart.days, "one day", 8),
        (chart.median, "middle of 7 days", 19),
        (chart.path, "way to goal", 19),
        (chart.flares, "flare", 19),
    ):
        if there:
            yield _sample(name, x, y, ident)
            yield words_at(x + room, y, name, fill=QUIET)
            x += room + _long(name, frame.size) * 0.85 + 10


def _sample(name: str, x: float, y: float, ident: str) -> str:
    """Return a piece of what a name of the key stands for."""
    start = f"M{number(x + 3)} {number(y * 0.67)}"
    if name == "one day":
        return path(f"{start}h.01", DAY, 5, stroke_linecap="round")
    if name == "way to goal":
        return path(f"{start}h14", WAY, 1.4, stroke_dasharray="1 4", stroke_linecap="round")
    if name == "flare":
        return _band(x + 2, y * 0.2, 14, y * 0.9, ident)
    return path(f"{start}h14", MIDDLE, 2.4)


def cut(text: str, length: int) -> str:
    """Return a text of at most `length` signs, with a sign that shows where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
