"""A CSV file of any program as lines of text: its encoding and its separator are found, not asked for.

The separator is the one under which most lines have the same number of cells. Python's own sniffer takes
a title line for the header, and a hostile line can hold it for minutes.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.files import name_of, open_input
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from spinetrack.exchange.files import Source

LARGEST: Final = 24_000_000
"""Bytes that a file may have: thirty years of a diary with a dozen values a day take fewer."""
MOST_CELLS: Final = 3_000_000
MOST_LINES: Final = 250_000
MOST_COLUMNS: Final = 500
SEPARATORS: Final = (",", ";", "\t", "|")
TRIED: Final = 50
HEAD: Final = 100_000
"""Lines, and bytes, from which the separator is found."""
SEARCHED: Final = 60
"""Lines among which a header may stand: some programs write a title or a summary before it."""
TITLE_MOST: Final = 60
"""Letters of a cell that is shown."""


class Line(NamedTuple):
    """One line with something in it."""

    number: int
    """Of the line of the file on which it ends, from 1."""
    cells: tuple[str, ...]
    after_gap: bool = False
    """Whether an empty line stands before it."""


class Table(NamedTuple):
    """A header and what stands below it."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of a column that are not empty."""
        at = self.header.index(name)
        for line in self.lines:
            if at < len(line.cells) and line.cells[at]:
                yield line.cells[at]

    def named(self, line: Line) -> dict[str, str]:
        """Return the cells of a line by the names of their columns; a missing cell or column is empty."""
        return defaultdict(str, zip(self.header, line.cells, strict=False))


def read_lines(source: Source) -> tuple[Line, ...]:
    """Read the lines of a file that are not empty.

    Raises:
        ValueRefusedError: it cannot be opened, is no text, or is too large.

    """
    with open_input(source, most=LARGEST) as file:
        raw = file.read()
    encoding = encoding_of(raw)
    if encoding is None:
        raise ValueRefusedError(f"This file is not a table of text: {name_of(source)}. {NOTHING_SAVED}")
    return lines_of(raw, encoding)


def lines_of(raw: bytes, encoding: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not empty.

    Raises:
        ValueRefusedError: it is no table, or too large.

    """
    found: list[Line] = []
    count = 0
    gap = False
    text = io.TextIOWrapper(io.BytesIO(raw), encoding, newline="")
    reader = csv.reader(text, delimiter=separator_of(raw[:HEAD].decode(encoding, "ignore")))
    try:
        for cells in reader:
            plain = tuple(cell.replace("\u00a0", " ").strip() for cell in cells)
            count += len(plain)
            if len(plain) > MOST_COLUMNS or count > MOST_CELLS or len(found) > MOST_LINES:
                raise ValueRefusedError(f"This table is too large. {NOTHING_SAVED}")
            if any(plain):
                found.append(Line(reader.line_num, plain, gap))
            gap = not any(plain)
    except csv.Error as error:
        raise ValueRefusedError(
            f"The table cannot be read at line {reader.line_num}. {NOTHING_SAVED}"
        ) from error
    return tuple(found)


def encoding_of(raw: bytes) -> str | None:
    """Return the encoding of a text: UTF-8, UTF-16 or the Western code page; None for what is no text."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        tried = ["utf-16"]
    elif raw.startswith(BOM_UTF8):
        tried = ["utf-8-sig"]
    else:
        tried = ["utf-8", "cp1252", "latin-1"]
    for encoding in tried:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else encoding
    return None


def separator_of(text: str) -> str:
    """Return what stands between the cells."""
    head = "".join(text.splitlines(keepends=True)[:TRIED])
    return max(SEPARATORS, key=lambda sign: (_agreement(head, sign), -SEPARATORS.index(sign)))


def _agreement(head: str, sign: str) -> tuple[int, int]:
    """Return how many lines have the most common number of cells above one, and that number."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(head, newline=""), delimiter=sign))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def table_with(lines: Sequence[Line], wanted: Collection[str]) -> Table | None:
    """Return the table whose header holds every one of these names, in any case; None without one.

    It ends before a line with a single cell: the title of another table.
    """
    for place, line in enumerate(lines[:SEARCHED]):
        names = tuple(cell.casefold() for cell in line.cells)
        if set(wanted) <= set(names):
            return Table(names, _until_end(lines[place + 1 :], len(names)))
    return None


def _until_end(lines: Sequence[Line], width: int) -> tuple[Line, ...]:
    for place, line in enumerate(lines):
        if width > 2 and sum(map(bool, line.cells)) == 1 and len(line.cells) < width:  # noqa: PLR2004
            return tuple(lines[:place])
    return tuple(lines)


def any_table(lines: Sequence[Line]) -> Table | None:
    """Return the table below the first line that can be a header; None when there is none.

    A header has a name of its own for every column, and no cell that is a number.
    """
    for place, line in enumerate(lines[:SEARCHED]):
        names = line.cells
        if (
            len(names) > 1
            and all(names)
            and len(set(names)) == len(names)
            and not any(map(_is_number, names))
        ):
            return Table(names, tuple(lines[place + 1 :]))
    return None


def _is_number(cell: str) -> bool:
    return not set(cell) - set("0123456789.,-+ ")


def shown(cell: str) -> str:
    """Return a cell fit for a sentence: printable, one line, short."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in cell)
    return plain if len(plain) <= TITLE_MOST else plain[: TITLE_MOST - 1] + "…"
