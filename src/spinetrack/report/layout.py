"""What the page and the PDF share: what stands beside what, and what is set large."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from spinetrack.charts import words
from spinetrack.report.model import Figure, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spinetrack.report.model import Block, BodyFigure

GLANCE: Final = "glance"
"""Key of the section whose tables are read first: the head of each of its cells is set large."""
SHORT: Final = 8
"""Signs of the longest cell up to which a column is never broken."""
NARROW: Final = 17
"""Signs of the longest cell up to which a column is as wide as it needs."""
MANY: Final = 8
"""Lines from which a list of short ones stands in two columns."""
SHORT_LINE: Final = 48
"""Signs of a line that fits in half a page."""


def grouped(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield blocks one by one; charts that follow each other come together, the first of them wide."""
    for figures, run in groupby(blocks, lambda block: isinstance(block, Figure)):
        if figures:
            yield tuple(run)
        else:
            yield from ((block,) for block in run)


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
    """Return the signs of the longest line in a column; with `large` a cell is its head and its rest."""
    cells = [cell for row in (grid.head, *grid.rows) for cell in row[column : column + 1]]
    lines = [part for cell in cells for part in (head_of(cell) if large and column else (cell,))]
    return max((len(line) for part in lines for line in part.split("\n")), default=0)


def columns_of(grid: Grid) -> int:
    """Return how many columns a table has."""
    return max(len(row) for row in (grid.head, *grid.rows))


def is_narrow(grid: Grid) -> bool:
    """Return whether every column of a table is narrow."""
    return all(longest(grid, column) <= NARROW for column in range(columns_of(grid)))


def in_two_columns(items: Sequence[str]) -> bool:
    """Return whether a list is long and its lines are short."""
    return len(items) >= MANY and all(len(item) <= SHORT_LINE and "\n" not in item for item in items)
