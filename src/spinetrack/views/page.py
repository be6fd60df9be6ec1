"""A page is a row of blocks, painted two ways: in columns for the eye, line by line for the ear.

What a block holds is data: no markup is read in it, and `clean` takes out whatever could steer a
terminal. The columns are set by Rich, imported only then; the plain painter needs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spinetrack.typed import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from rich.console import Console, RenderableType

Tone = Literal["normal", "strong", "alarm", "quiet", "heading"]

LONGEST_LINE: Final = 100
"""Columns after which running text wraps, however wide the terminal: longer is hard to read."""
GAP: Final = 2
"""Columns between two columns."""
FIELD_GAP: Final = 3
NARROW: Final = 50
"""Columns up to which that gap is kept small too."""
LEAST_COLUMN: Final = 18
"""A wrapped column narrower than this may have three lines; with more the row is stacked."""
MOST_LINES: Final = 3
LEAST_FIELD: Final = 18
"""Columns the text beside a label needs; with less it goes under the label."""
SHORT_MARK: Final = 5
"""A first cell up to this wide (`1`, `#412`) stays beside the others in a stacked row."""
DEEPEST: Final = 20
"""The most columns that leading blanks of a paragraph indent."""
DOT: Final = " ·"

_STYLES: Final[dict[Tone, str]] = {
    "normal": "",
    "strong": "bold",
    "alarm": "bold reverse",
    "quiet": "dim",
    "heading": "bold",
}
_SEQUENCES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\^-~]"
)
_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_STYLE_CODES: Final = re.compile(r"(\x1b\[[0-9;]*m)")
_TRAILING: Final = re.compile(r"[ \u00a0]+(?=(?:\x1b\[0m)?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. A line end in it is kept; leading blanks indent all its lines."""

    text: str
    tone: Tone = "normal"


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line. Several in a row are one; none stands first or last."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table without lines. An empty cell is left out when it is read line by line."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    indent: int = 2


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their texts. An empty label continues the text above."""

    pairs: tuple[tuple[str, str], ...]
    indent: int = 2


@dataclass(frozen=True, slots=True)
class Raw:
    """A picture, such as a chart, fitted to the width by its author. Only bold and colour pass."""

    text: str


Block: TypeAlias = Text | Gap | Rows | Fields | Raw
Page: TypeAlias = "Sequence[Block]"


def paint(page: Page, *, width: int, plain: bool, colour: bool) -> str:
    """Return a page as text, without a line end after its last line.

    Args:
        page: The blocks, from top to bottom.
        width: Columns of the terminal, 40 or more. Nothing but a `Raw` block is wider.
        plain: One fact a line, nothing aligned, nothing wrapped.
        colour: Bold, dim, reverse and colour may be used; without it no escape is written.

    """
    parts = _plain(page) if plain else _columns(page, width, colour=colour)
    lines: list[str] = []
    for part in parts:
        if part or (lines and lines[-1]):
            lines.extend(part.split("\n"))
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def clean(text: str) -> str:
    r"""Return a text on one line, without escape sequences or any sign that hides or steers.

    Tabs and line ends become one blank. Signs that turn the direction of writing go too.

    >>> clean("a\x1b[31mb\nc")
    'ab c'
    """
    return _HIDDEN.sub("", _BREAKS.sub(" ", _SEQUENCES.sub("", text)))


def _plain(page: Page) -> Iterator[str]:
    for block in page:
        match block:
            case Gap():
                yield ""
            case Text(text):
                yield "\n".join(line.strip() for line in _lines(text))
            case Raw(text):
                yield _picture(text, colour=False)
            case Fields(pairs):
                yield from (_said(clean(label), clean(text)) for label, text in pairs)
            case Rows(rows, head):
                titles = [clean(title).strip() for title in head]
                yield from (_sentence([clean(cell).strip() for cell in row], titles) for row in rows)


def _said(label: str, text: str) -> str:
    label, text = label.strip(), text.strip()
    if not label or not text:
        return label or text
    if label.isdecimal():
        return f"{label}. {text}"
    return f"{label} {text}" if label[-1] in ":?!." else f"{label}: {text}"


def _sentence(row: Sequence[str], head: Sequence[str]) -> str:
    """Return `Label: value. Head2: value2.`, or without a head `first: second, third`."""
    if not any(head):
        first, *rest = row or [""]
        return _said(first, ", ".join(cell for cell in rest if cell))
    spoken: list[str] = []
    for place, cell in enumerate(row):
        title = head[place] if place < len(head) else ""
        if not cell:
            continue
        if title or not spoken:
            spoken.append(_said(title, cell))
        else:
            spoken[-1] = _said(spoken[-1], cell) if place == 1 else f"{spoken[-1]}, {cell}"
    return " ".join(s if s[-1] in ".!?" or _is_typed(s) else s + "." for s in spoken)


def _is_typed(text: str) -> bool:
    """Return whether a text ends in something to type, which a full stop would spoil."""
    return "spinetrack " in text


def _lines(text: str) -> list[str]:
    return [clean(line).rstrip() for line in text.split("\n")]


def _picture(text: str, *, colour: bool) -> str:
    """Return a picture line by line; of its escapes only those that set bold and colour stay."""
    parts = _STYLE_CODES.split(text)
    kept = [
        part if i % 2 and colour else "\n".join(clean(line) for line in part.split("\n"))
        for i, part in enumerate(parts)
    ]
    return _TRAILING.sub("", "".join(kept)).strip("\n")


def _columns(page: Page, width: int, *, colour: bool) -> Iterator[str]:
    console = _console(width, colour=colour)
    for block in page:
        match block:
            case Gap():
                yield ""
            case Raw(text):
                yield _picture(text, colour=colour)
            case Text(text, tone):
                for line in _lines(text):
                    yield _printed(console, _paragraph(line, width, tone))
            case Fields(pairs, indent):
                if pairs:
                    yield _printed(console, _fields(console, pairs, indent))
            case Rows(rows, head, indent):
                if rows:
                    yield _printed(console, _rows(console, rows, head, indent))


def _console(width: int, *, colour: bool) -> Console:
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _printed(console: Console, what: RenderableType) -> str:
    with console.capture() as capture:
        console.print(what)
    return _TRAILING.sub("", capture.get()).rstrip("\n")


def _paragraph(line: str, width: int, tone: Tone = "normal", indent: int = 0) -> RenderableType:
    from rich.constrain import Constrain
    from rich.padding import Padding
    from rich.text import Text as Styled

    body = line.lstrip(" ")
    lead = min(indent + len(line) - len(body), DEEPEST)
    styled = Styled(_at_dots(body, width - lead), style=_STYLES[tone], overflow="fold")
    return Constrain(Padding(styled, (0, 0, 0, lead), expand=False), LONGEST_LINE)


def _at_dots(text: str, width: int) -> str:
    """Return a text that breaks after its middle dots where it must: `6 h 30` stays whole."""
    from rich.cells import cell_len

    if DOT not in text or cell_len(text) <= width:
        return text
    lines = [""]
    *pieces, last = text.split(DOT + " ")
    for piece in (*(piece + DOT for piece in pieces), last):
        longer = f"{lines[-1]} {piece}".lstrip(" ")
        if cell_len(longer) <= width or not lines[-1] or cell_len(piece) > width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return "\n".join(lines)


def _fields(console: Console, pairs: tuple[tuple[str, str], ...], indent: int) -> RenderableType:
    from rich.cells import cell_len
    from rich.console import Group

    width = min(console.width, LONGEST_LINE)
    room = width - indent
    cells = [(clean(label).strip(), clean(text).strip()) for label, text in pairs]
    label_width = max(cell_len(label) for label, _ in cells)
    gap = FIELD_GAP if width > NARROW else GAP
    beside = room - label_width - gap
    natural = max(cell_len(text) for _, text in cells)
    longest = max(_longest_word(text) for _, text in cells)
    if natural <= beside or beside >= max(LEAST_FIELD, min(longest, room - gap)):
        return _table(cells, (), (label_width, max(1, min(beside, natural))), indent, gap)
    stacked: list[RenderableType] = []
    for label, text in cells:
        stacked += [_paragraph(label, width, indent=indent)] if label else []
        stacked += [_paragraph(text, width, indent=indent + GAP)] if text else []
    return Group(*stacked)


def _rows(
    console: Console, rows: tuple[tuple[str, ...], ...], head: tuple[str, ...], indent: int
) -> RenderableType:
    count = max(len(row) for row in (head, *rows))
    table = [[clean(cell).strip() for cell in row] + [""] * (count - len(row)) for row in (head, *rows)]
    used = [i for i in range(count) if any(row[i] for row in table[1:])]
    titles, *cells = [[row[i] for i in used] for row in table]
    if not used:
        return ""
    widths = _widths(console, [titles, *cells], console.width - indent)
    if widths:
        return _table(cells, titles if any(titles) else (), widths, indent, GAP)
    return _stacked(console, cells, titles, indent)


def _widths(console: Console, table: Sequence[Sequence[str]], room: int) -> tuple[int, ...] | None:
    """Return the width of each column, None where the columns cannot be read side by side.

    The widest column gives way first, and no word is broken that fits in a line.
    """
    from rich.cells import cell_len
    from rich.text import Text as Styled

    columns = list(zip(*table, strict=True))
    room -= GAP * (len(columns) - 1)
    natural = [max(1, *map(cell_len, column)) for column in columns]
    words = [max(1, *map(_longest_word, column)) for column in columns]
    least = [word if word <= room else LEAST_FIELD for word in words]
    if sum(least) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        _, place = max((width, i) for i, width in enumerate(widths) if width > least[i])
        widths[place] -= 1
    for place, column in enumerate(columns):
        if widths[place] < min(LEAST_COLUMN, natural[place]) and any(
            len(Styled(_at_dots(cell, widths[place])).wrap(console, widths[place])) > MOST_LINES
            for cell in column
        ):
            return None
    return tuple(widths)


def _longest_word(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.split()), default=0)


def _table(
    cells: Sequence[Sequence[str]],
    head: Sequence[str],
    widths: Sequence[int],
    indent: int,
    gap: int,
) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(
        box=None,
        show_header=bool(head),
        pad_edge=False,
        padding=(0, gap, 0, 0),
        header_style=_STYLES["heading"],
    )
    for place, width in enumerate(widths):
        title = Styled(head[place]) if head else ""
        table.add_column(title, width=width, overflow="fold")
    for row in cells:
        table.add_row(*(Styled(_at_dots(cell, width)) for cell, width in zip(row, widths, strict=True)))
    return Padding(table, (0, 0, 0, indent), expand=False)


def _stacked(
    console: Console, rows: Sequence[Sequence[str]], head: Sequence[str], indent: int
) -> RenderableType:
    """Return each row with its first cell on a line of its own and the others under it, all named."""
    from rich.cells import cell_len
    from rich.console import Group

    width = min(console.width, LONGEST_LINE)
    mark = max(cell_len(row[0]) for row in rows)
    if mark <= SHORT_MARK:
        room = width - indent - mark - GAP
        cells = [(row[0], "\n".join(_packed(row[1:], head[1:], room))) for row in rows]
        return _table(cells, (), (mark, room), indent, GAP)
    found: list[RenderableType] = []
    for first, *rest in rows:
        if first:
            tone: Tone = "strong" if any(head) else "normal"
            found.append(_paragraph(_said(head[0], first), width, tone, indent))
        lines = _packed(rest, head[1:], width - indent - GAP)
        found += [_paragraph(line, width, indent=indent + GAP) for line in lines]
    return Group(*found)


def _packed(cells: Sequence[str], head: Sequence[str], room: int) -> list[str]:
    """Return cells, each with its title, as few lines as hold them whole."""
    from rich.cells import cell_len

    lines: list[str] = []
    for title, cell in zip(head, cells, strict=True):
        if not cell:
            continue
        said = _said(title, cell)
        if lines and cell_len(lines[-1]) + GAP + cell_len(said) <= room:
            lines[-1] += " " * GAP + said
        else:
            lines.append(said)
    return lines
