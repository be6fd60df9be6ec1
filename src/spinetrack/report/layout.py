"""What the page and the PDF share: what stands beside what, and what is set large."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final

from spinetrack.charts import words
from spinetrack.report.model import Figure, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spinetrack.report.model import Block, BodyFigure

GLANCE: Final = "glance"
"""Key of the section whose tables are read first: the head of each of its cells is set large."""
LARGE: Final = 1.3
"""How much larger."""
SHORT: Final = 8
"""Signs of the longest cell up to which a column is never broken."""
NARROW: Final = 17
"""Signs of the longest cell up to which a column is as wide as it needs."""
FEW: Final = 4
"""Columns of a narrow table that fit on a phone."""
LONGEST_RUN: Final = 24
"""Signs without a blank that a line always has room for; longer runs may be broken."""
MANY: Final = 6
"""Lines from which a list of short ones stands in two columns."""
SHORT_LINE: Final = 60
"""Signs of a line that fits in half a page."""


def grouped(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield blocks one by one; charts that follow each other come together."""
    for figures, run in groupby(blocks, lambda block: isinstance(block, Figure)):
        if figures:
            yield tuple(run)
        else:
            yield from ((block,) for block in run)


def is_wide(place: int, charts: int) -> bool:
    """Return whether a chart has the whole width: the first has, and the last where it would stand alone.

    >>> [is_wide(n, 4) for n in range(4)], [is_wide(n, 3) for n in range(3)]
    ([True, False, False, True], [True, False, False])
    """
    return place == 0 or (place == charts - 1 and charts % 2 == 0)


def body_table(figure: BodyFigure) -> Grid:
    """Return the sites of a body map as a table; the number is the one in the circle."""
    rows = tuple(
        (str(place), label, str(days), words(level, "0-10"))
        for place, (_, label, days, level) in enumerate(figure.sites, 1)
    )
    return Grid(figure.caption, ("No.", "Where", "Days", "Middle, 0 to 10"), rows, numbers=(2, 3))


def lead(caption: str) -> tuple[str, str]:
    """Return the first sentence of a caption and the rest of it.

    >>> lead("Sleep by night. Going together is not causing.")
    ('Sleep by night.', 'Going together is not causing.')
    """
    first, end, rest = caption.partition(". ")
    return (first + end.strip(), rest) if end else (caption, "")


def head_of(cell: str) -> tuple[str, str]:
    """Return the figure or the verdict a cell begins with, and the rest of it, to stand under it.

    >>> head_of("35 min, 12 days"), head_of("clear, better: +5 min, 17 %"), head_of("none")
    (('35 min', '12 days'), ('clear, better', '+5 min, 17 %'), ('none', ''))
    """
    head, sign, rest = cell.partition(": ")
    if not sign:
        head, _, rest = cell.partition(", ")
    return head, rest


def longest(grid: Grid, column: int, *, large: bool = False) -> int:
    """Return the signs of the longest line in a column.

    With `large` a cell is its head and its rest; the heads from `large_from` on are set larger.
    """
    cells = [cell for row in (grid.head, *grid.rows) for cell in row[column : column + 1]]
    if large and column:
        size = LARGE if column >= large_from(grid) else 1.0
        heads = (head_of(cell) for cell in cells)
        return max((max(ceil(size * len(head)), len(rest)) for head, rest in heads), default=0)
    return max((len(line) for cell in cells for line in cell.split("\n")), default=0)


def large_from(grid: Grid) -> int:
    """Return the column from which the heads of cells are set larger: what is now, and what changed."""
    return grid.head.index("Now") if "Now" in grid.head else 2


def has_run(grid: Grid, column: int) -> bool:
    """Return whether a column has a word so long that it may be broken."""
    cells = (cell for row in grid.rows for cell in row[column : column + 1])
    return any(len(word) > LONGEST_RUN for cell in cells for word in cell.split())


def is_told(grid: Grid) -> bool:
    """Return whether a table is mostly words: on a phone each of its rows is told from the top down."""
    columns = range(columns_of(grid))
    words = any(n not in grid.numbers for n in columns[1:])
    return words and not (is_narrow(grid) and len(columns) <= FEW)


def columns_of(grid: Grid) -> int:
    """Return how many columns a table has."""
    return max(len(row) for row in (grid.head, *grid.rows))


def is_narrow(grid: Grid) -> bool:
    """Return whether every column of a table is narrow."""
    return all(longest(grid, column) <= NARROW for column in range(columns_of(grid)))


def in_two_columns(items: Sequence[str]) -> bool:
    """Return whether a list is long and its lines are short."""
    return len(items) >= MANY and all(len(item) <= SHORT_LINE and "\n" not in item for item in items)
