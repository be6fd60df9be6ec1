"""The relief curve of a block as text: a dot for each answer on an axis of hours.

Drawn sign by sign: eleven answers need no plotting library, and the levels stay on their rows.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS: Final = 11
"""Rows from 0 to 100 percent, ten percent each."""
ROUNDING: Final = 1e-9
"""What a level misses of its own row; 79 % lies below the line at 80 %."""
LABEL: Final = 6
"""Columns left of the plot: `100 %` and a blank."""
HOUR: Final = 60
LEAST_HOURS: Final = 8
NARROW_HOUR: Final = 5
"""Columns of an hour below which every second hour is named."""


class Signs(NamedTuple):
    """What the curve is drawn with."""

    answer: str
    between: str
    level: str
    axis: str


UNICODE: Final = Signs("•", "·", "╌", "─")
ASCII: Final = Signs("o", ".", "-", "-")


def draw(
    line: Sequence[tuple[float, float]],
    levels: Sequence[float],
    width: int,
    *,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Return the curve with its axis and what its signs mean.

    Args:
        line: Minute and relief in percent of each answer, oldest first, the start among them. What is
            below 0 is drawn on 0.
        levels: Percents to draw a line at.
        width: Columns, 40 or more; no line is wider.
        ascii: Draw with ASCII signs only.

    """
    signs = ASCII if ascii else UNICODE
    hours = max(LEAST_HOURS, ceil(line[-1][0] / HOUR))
    room = width - LABEL
    grid = [[" "] * room for _ in range(ROWS)]
    for level in levels:
        grid[_row(level)] = [signs.level] * room
    for column in range(_column(line[-1][0], hours, room) + 1):
        grid[_row(_between(line, column * hours * HOUR / (room - 1)))][column] = signs.between
    for minute, relief in line:
        grid[_row(relief)][_column(minute, hours, room)] = signs.answer
    named = {ROWS - 1, 0, *map(_row, levels)}
    lines = [
        f"{_label(row) if row in named else '':>{LABEL - 1}} {''.join(grid[row])}".rstrip()
        for row in reversed(range(ROWS))
    ]
    lines.append(" " * LABEL + signs.axis * room)
    lines.append(_hours(hours, room))
    lines.append(f"{'':{LABEL}}hours after it   {signs.answer} one answer")
    return "\n".join(lines)


def _row(percent: float) -> int:
    return int(min(100.0, max(0.0, percent)) * (ROWS - 1) / 100 + ROUNDING)


def _label(row: int) -> str:
    return f"{100 * row // (ROWS - 1)} %"


def _column(minute: float, hours: int, room: int) -> int:
    return round(minute * (room - 1) / (hours * HOUR))


def _between(line: Sequence[tuple[float, float]], minute: float) -> float:
    """Return the relief at a minute, on the straight line between two answers."""
    before = max((p for p in line if p[0] <= minute), default=line[0])
    after = min((p for p in line if p[0] >= minute), default=line[-1])
    if after[0] <= before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * (minute - before[0]) / (after[0] - before[0])


def _hours(hours: int, room: int) -> str:
    """Return the row that names the hours under the axis."""
    row = [" "] * (LABEL + room)
    step = max(1, ceil(NARROW_HOUR * hours / room))
    for hour in range(0, hours + 1, step):
        name = str(hour)
        place = min(LABEL + _column(hour * HOUR, hours, room), LABEL + room - len(name))
        row[place : place + len(name)] = name
    return "".join(row).rstrip()
