"""The report for a terminal: columns for the eye, or one fact a line where columns cannot be read.

Nothing moves and nothing is drawn with boxes, so that `less`, a printer and a screen reader take it
as it is. No line is wider than asked, except where plain lines are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells

from spinetrack.report.layout import GLANCE, body_table, head_of
from spinetrack.report.model import BodyFigure, Facts, Figure, Grid, Items, Para
from spinetrack.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spinetrack.report.model import Block, Report, Section, Tone

USUAL_WIDTH: Final = 80
GAP: Final = 2
LEAST_COLUMN: Final = 7
"""Columns a wrapped cell needs, unless its longest word is shorter."""
LONGEST_WORD: Final = 18
"""A longer word may be broken."""
MOST_LINES: Final = 12
"""Lines a cell may take before the row is written one fact a line."""
_BOUND: Final = re.compile(
    r"(?<=\d) (?=%|(?:h|min|m|km|mi|kg|days?|points?|[A-Z][a-z]{2})\b)|(?<=\d h) (?=\d)|(?<=\bday) (?=\d)"
)
_BOLD: Final = "\x1b[1m{}\x1b[0m"
_ALARM: Final = "\x1b[1;7m{}\x1b[0m"


def write_text(
    report: Report,
    *,
    width: int = USUAL_WIDTH,
    plain: bool = False,
    wrap: bool = False,
    colour: bool = False,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Return the report as text, with a line end after its last line.

    Args:
        report: What to write.
        width: Columns, 40 or more; running text and tables keep inside it.
        plain: One fact a line, nothing aligned, no charts drawn; not wrapped either, unless `wrap` is said.
        wrap: Plain lines are broken between words, for a pager.
        colour: Bold and reverse may be used; nothing is said by them alone.
        ascii: Charts are drawn with ASCII signs only.

    """
    painter = _Plain(width if wrap else None) if plain else _Columns(width, colour=colour, ascii=ascii)
    lines = [*painter.head(report)]
    for section in (*report.front, *report.more):
        lines += [*([""] if lines[-1] else []), *painter.title(section)]
        for block in section.blocks:
            lines += painter.block(block, large=section.key == GLANCE)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _clean(text: str) -> str:
    """Return a text on one line that hides and steers nothing."""
    return " ".join(visible(text).split())


def _made(report: Report) -> list[str]:
    return [report.who, report.period, *([f"Made {report.made}"] if report.made else [])]


# -- one fact a line -------------------------------------------------------------------------------


class _Plain:
    """Lines for a screen reader, or with a width for a pager."""

    def __init__(self, width: int | None) -> None:
        self.width = width

    def head(self, report: Report) -> Iterator[str]:
        yield from self._lines(_clean(text) for text in (report.title, *_made(report)))

    def title(self, section: Section) -> Iterator[str]:
        yield f"{_clean(section.title)}:"

    def block(self, block: Block, *, large: bool) -> Iterator[str]:  # noqa: ARG002 - nothing is large here
        yield from self._lines(self._facts(block))

    def _lines(self, facts: Iterable[str]) -> Iterator[str]:
        for fact in facts:
            first, *rest = [fact] if self.width is None else wrapped(fact, self.width - GAP) or [""]
            yield from (first, *(" " * GAP + line for line in rest))

    def _facts(self, block: Block) -> Iterator[str]:
        match block:
            case Para(text):
                yield _clean(text)
            case Items(items):
                yield from (_clean(item) for item in items)
            case Facts(pairs):
                yield from (_said(label, text) for label, text in pairs)
            case Grid():
                yield from self.grid(block)
            case Figure(_, caption, alt, table):
                yield from (_clean(caption), _clean(alt))
                yield from self.grid(table) if table else ()
            case BodyFigure():
                yield from self.grid(body_table(block))

    def grid(self, grid: Grid) -> Iterator[str]:
        yield f"{_clean(grid.caption).rstrip('.')}."
        yield from sentences(grid)


def sentences(grid: Grid) -> Iterator[str]:
    """Yield each row of a table as `Head: cell. Head: cell.`, an empty cell left out.

    A first cell left empty means that of the row above.
    """
    above = ""
    for row in grid.rows:
        above = row[0] or above
        cells = (above, *row[1:])
        said = [_said(head, cell) for head, cell in zip(grid.head, cells, strict=True) if cell]
        yield " ".join(text if text[-1] in ".!?" else f"{text}." for text in said)


def _said(label: str, text: str) -> str:
    return f"{_clean(label)}: {_clean(text)}" if label else _clean(text)


# -- columns ---------------------------------------------------------------------------------------


class _Columns:
    """Columns of a fixed width."""

    def __init__(self, width: int, *, colour: bool, ascii: bool) -> None:  # noqa: A002
        self.width = width
        self.colour = colour
        self.ascii = ascii

    def head(self, report: Report) -> Iterator[str]:
        yield from self._styled(wrapped(_clean(report.title).upper(), self.width), "strong")
        for text in _made(report):
            yield from wrapped(_clean(text), self.width)

    def title(self, section: Section) -> Iterator[str]:
        name = _clean(section.title)
        yield from self._styled([name], "strong")
        yield "─" * min(self.width, cell_len(name))

    def block(self, block: Block, *, large: bool) -> Iterator[str]:
        match block:
            case Para(text, tone):
                yield from self._styled(wrapped(_clean(text), self.width), tone)
            case Items(items):
                yield from (line for item in items for line in hanging("- ", _clean(item), self.width))
            case Facts(pairs):
                yield from self._facts(pairs)
            case Grid():
                yield from self.grid(block, large=large)
            case Figure():
                yield from self._figure(block)
            case BodyFigure():
                yield from self.grid(body_table(block))

    def _styled(self, lines: Iterable[str], tone: Tone) -> Iterator[str]:
        pattern = {"strong": _BOLD, "alarm": _ALARM}.get(tone, "{}") if self.colour else "{}"
        yield from (pattern.format(line) for line in lines)

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
        room = max((cell_len(_clean(label)) for label, _ in pairs), default=0) + GAP
        for label, text in pairs:
            lead = _clean(label)
            yield from hanging(lead + " " * (room - cell_len(lead)), _clean(text), self.width)

    def _figure(self, figure: Figure) -> Iterator[str]:
        from spinetrack.charts.terminal import draw

        yield from wrapped(_clean(figure.caption), self.width)
        yield from (
            draw([figure.chart], self.width, colour=self.colour, ascii=self.ascii).rstrip("\n").split("\n")
        )
        yield ""

    def grid(self, grid: Grid, *, large: bool = False) -> Iterator[str]:
        """Yield a table; with `large` the rest of a cell stands under its figure or verdict."""
        yield from wrapped(_clean(grid.caption), self.width)
        head, *rows = ([_clean(cell) for cell in row] for row in (grid.head, *grid.rows))
        if large:
            rows = [[row[0], *("\n".join(filter(None, head_of(cell))) for cell in row[1:])] for row in rows]
        used = [n for n in range(len(head)) if any(row[n] for row in rows)]
        table = [[row[n] for n in used] for row in (head, *rows)]
        widths = column_widths(table, self.width - GAP)
        if widths is None:
            yield from (line for text in sentences(grid) for line in hanging("  ", text, self.width))
            return
        right = {place for place, n in enumerate(used) if n in grid.numbers}
        top, *body = (self._row(row, widths, right) for row in table)
        yield from self._styled(top, "strong")
        for lines in body:
            yield from lines

    def _row(self, row: Sequence[str], widths: Sequence[int], right: set[int]) -> list[str]:
        cells = [wrapped(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        lines = []
        for n in range(max(map(len, cells))):
            parts = [
                _padded(cell[n] if n < len(cell) else "", width, right=place in right)
                for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            lines.append(" " * GAP + (" " * GAP).join(parts))
        return lines


def _padded(text: str, width: int, *, right: bool) -> str:
    room = " " * (width - cell_len(text))
    return room + text if right else text + room


def column_widths(table: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return the width of each column, None where they cannot be read side by side.

    The widest column gives way first; no word of up to 18 signs is broken.
    """
    columns = list(zip(*table, strict=True))
    if not columns:
        return None
    room -= GAP * (len(columns) - 1)
    lines = [[line for cell in column for line in cell.split("\n")] for column in columns]
    widths = [max(1, *map(cell_len, column)) for column in lines]
    least = [
        max(min(LONGEST_WORD, _longest(column)), min(LEAST_COLUMN, w))
        for column, w in zip(columns, widths, strict=True)
    ]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        _, place = max((width, n) for n, width in enumerate(widths) if width > least[n])
        widths[place] -= 1
    tallest = max(len(wrapped(cell, w)) for column, w in zip(columns, widths, strict=True) for cell in column)
    return widths if tallest <= MOST_LINES else None


def _longest(texts: Iterable[str]) -> int:
    return max((cell_len(word) for text in texts for word in re.split("[ \n]+", _glued(text))), default=1)


def _glued(text: str) -> str:
    """Return a text whose numbers stay with their units."""
    return _BOUND.sub("\u00a0", text.replace("\u00a0", " "))


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` columns; a longer word is broken, a line end stays."""
    if "\n" in text:
        return [line for part in text.split("\n") for line in wrapped(part, width)]
    lines: list[str] = []
    for word in re.split(" +", _glued(text)):
        for piece in chop_cells(word, width) if cell_len(word) > width else (word,):
            if lines and cell_len(lines[-1]) + 1 + cell_len(piece) <= width:
                lines[-1] += f" {piece}"
            elif piece:
                lines.append(piece)
    return [line.replace("\u00a0", " ") for line in lines]


def hanging(lead: str, text: str, width: int) -> list[str]:
    """Return a text beside `lead`, its further lines under the first."""
    room = cell_len(lead)
    first, *rest = wrapped(text, max(1, width - room)) or [""]
    return [lead + first, *(" " * room + line for line in rest)]
