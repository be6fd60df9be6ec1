"""Cells of a CSV file: numbers as they are, texts so that no spreadsheet takes them for a formula.

Only texts are disarmed. A number is written plainly, also a negative one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

MARK: Final = "'"
"""Stands before a sign that would begin a formula, or before another mark."""
_STARTS: Final = re.compile(r"(^|[;\t\r\n])(?=[ \u00a0\t\r]*[=+\-@'\uff1d\uff0b\uff0d\uff20\t\r])")
"""A cell begins at the start, and for a program set to another separator after a semicolon too."""
_MARKED: Final = re.compile(r"(^|[;\t\r\n])'(?=[ \u00a0\t\r]*[=+\-@'\uff1d\uff0b\uff0d\uff20\t\r])")
_DIRECTIONS: Final = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})
_HIDDEN_MARKS: Final = frozenset("\u200e\u200f\u061c")
_KEPT: Final = frozenset("\t\r\n")


def text(value: str | None) -> str:
    """Return a free text as a cell: no formula, and signs that steer a screen written out.

    >>> text("=1+1"), text("- better"), text("fine"), text(None)
    ("'=1+1", "'- better", 'fine', '')
    """
    if not value:
        return ""
    if not (value.isascii() and value.isprintable()):
        value = "".join(f"[U+{ord(sign):04X}]" if _steers(sign) else sign for sign in value)
    return _STARTS.sub(rf"\1{MARK}", value)


def plain_text(cell: str) -> str:
    """Return the text that `text` made a cell of, but for the signs it wrote out.

    >>> plain_text(text("=1+1")), plain_text(text("'quoted'"))
    ('=1+1', "'quoted'")
    """
    return _MARKED.sub(r"\1", cell)


def number(value: float | None) -> str:
    """Return a number without needless zeros and never in powers of ten, nothing for None.

    >>> number(4.0), number(-1.5), number(0.30000000000000004), number(None)
    ('4', '-1.5', '0.3', '')
    """
    if value is None:
        return ""
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown


def flag(value: bool | None) -> str:
    """Return 1 for yes, 0 for no, nothing for not said."""
    return "" if value is None else "1" if value else "0"


def offset(at: datetime) -> str:
    """Return the offset of a moment from UTC, as a spreadsheet takes it for no formula: `UTC-05:00`."""
    return f"UTC{at.isoformat()[-6:]}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file (RFC 4180) in UTF-8, without a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _steers(sign: str) -> bool:
    """Return whether a sign changes how others are shown: controls, escapes, writing directions."""
    if sign in _KEPT:
        return False
    return (
        unicodedata.category(sign) == "Cc"
        or sign in _HIDDEN_MARKS
        or unicodedata.bidirectional(sign) in _DIRECTIONS
    )
