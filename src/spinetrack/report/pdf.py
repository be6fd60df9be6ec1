"""The report as a PDF by Typst (the extra `pdf`): the blocks and pictures of the page, tagged, as PDF/UA-1.

The template lays out and holds no words of its own. Only the fonts inside Typst are used, so the file
is the same everywhere; a sign they lack is looked for on this computer, and else named in brackets.
"""

from __future__ import annotations

import json
import re
import unicodedata
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from spinetrack.charts.svg import HALF, WIDE, cut, draw
from spinetrack.charts.svg_body import draw_body
from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.report import layout
from spinetrack.report.model import BodyFigure, Facts, Figure, Grid, Items, Para
from spinetrack.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spinetrack.report.model import Block, Report, Section

TEMPLATE: Final = Path(__file__).parent / "templates" / "report.typ"
MOST_PART: Final = 90
"""Share of the width that a column of longer texts gets at most; else the signs of its longest cell."""
LONGEST_PASSWORD: Final = 127
"""Bytes; a PDF program cuts off the rest. Source: ISO 32000-2, 7.6.4.3.3."""
RUNNING: Final = 90
"""Signs of the line at the foot of each page at most."""
MOST_LACKING: Final = 40
"""Blocks of signs without a font that are named before the file is given up."""

_RUN: Final = re.compile(rf"\S{{{layout.LONGEST_RUN}}}(?=\S)")
_LACKING: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_WIDE_BLOCKS: Final = ((0x2E80, 0xD7FF), (0x1F000, 0x1FAFF), (0x20000, 0x3FFFF))
"""East Asian letters, emoji, rare East Asian letters: who lacks one mostly lacks them all."""


class PdfMissingError(SpinetrackError):
    """The extra that writes PDF files is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PDF needs an extra part that is not installed.",
            hint='pip install "spinetrack[pdf]", or take --format html and print it.',
        )


class PdfFailedError(SpinetrackError):
    """Typst could not make the file. `reason` is its own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The PDF could not be made. Take --format html and print it.",
            hint=f"What the PDF part said: {reason}",
        )


def write_pdf(report: Report, password: str | None = None, paper: Literal["a4", "us-letter"] = "a4") -> bytes:
    """Return the report as a PDF file.

    Without a password the same report gives the same bytes. With one the file is encrypted (AES-256)
    and opens with that password alone.

    Raises:
        PdfMissingError: the extra `pdf` is not installed.
        PdfFailedError: the PDF could not be made.

    """
    drawn = _compiled(json.dumps(_document(report, paper), ensure_ascii=False))
    return drawn if password is None else lock_pdf(drawn, password)


def lock_pdf(drawn: bytes, password: str) -> bytes:
    """Return the file encrypted (AES-256), so that it opens with the password alone.

    Raises:
        ValueRefusedError: no PDF program could take the password.
        PdfMissingError: the extra is not installed.

    """
    if not 0 < len(password.encode()) <= LONGEST_PASSWORD:
        raise ValueRefusedError("A PDF takes a passphrase of 1 to 127 letters. Nothing was written.")
    try:
        import pikepdf
    except ImportError:
        raise PdfMissingError from None
    locked = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user=password, owner=password, R=6))
    return locked.getvalue()


def _compiled(document: str) -> bytes:
    """Return the PDF of a document; a sign that no font has is named, and the rest tried again."""
    try:
        import typst
    except ImportError:
        raise PdfMissingError from None
    own_fonts = True
    for _ in range(MOST_LACKING):
        try:
            made = typst.compile(
                TEMPLATE,
                sys_inputs={"report": document},
                format="pdf",
                pdf_standards="ua-1",
                ignore_system_fonts=own_fonts,
            )
        except typst.TypstError as error:
            lacking = _LACKING.search(error.message)
            if lacking is None:
                raise PdfFailedError(error.message[:200]) from None
            if not own_fonts:
                document = _named(document, _unescaped(lacking[1]))
            own_fonts = False
        else:
            return made
    raise PdfFailedError("too many signs that no font has")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _named(document: str, lacking: str) -> str:
    """Return a document without the signs of the block that `lacking` belongs to: `[grinning face]`."""
    first = next(sign for sign in lacking if not sign.isascii())
    low, high = _block_of(ord(first))
    return re.sub(f"[{chr(low)}-{chr(high)}]", lambda sign: f"[{_name(sign[0])}]", document)


def _block_of(code: int) -> tuple[int, int]:
    """Return the first and the last of the signs that a font mostly has or lacks together."""
    known = (block for block in _WIDE_BLOCKS if block[0] <= code <= block[1])
    return next(known, (max(code & ~0xFF, 0x80), code | 0xFF))


def _name(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return name if name and not name.startswith("cjk") else f"U+{ord(sign):04X}"


def _document(report: Report, paper: str) -> dict[str, object]:
    """Return what the template is fed with: plain lists, texts and numbers."""
    places = count(1)
    front = [_section(part, places) for part in report.front]
    more = [_section(part, places) for part in report.more]
    if not report.short:
        more += _appendix(report)
    about = (("Who", report.who), ("Period", report.period))
    return {
        "title": _text(report.title),
        "about": [[label, _text(words)] for label, words in about if words],
        "made": f"Made {report.made}" if report.made else "",
        "running": cut(_text(" · ".join(words for words in (report.who, report.period) if words)), RUNNING),
        "language": report.language,
        "paper": paper,
        "front": front,
        "more": more,
    }


def _section(part: Section, places: Iterator[int]) -> dict[str, object]:
    blocks = [_group(group, part, places) for group in layout.grouped(part.blocks)]
    return {"title": _text(part.title), "blocks": blocks}


def _appendix(report: Report) -> list[dict[str, object]]:
    """Return the weekly numbers of all charts as a last section: on paper nothing can be folded out."""
    blocks = [block for part in (*report.front, *report.more) for block in part.blocks]
    tables = [_grid(block.table) for block in blocks if isinstance(block, Figure) and block.table]
    drawn = {"kind": "grids", "tables": tables}
    return [{"title": "The numbers of the charts", "blocks": [drawn]}] if tables else []


def _group(group: tuple[Block, ...], part: Section, places: Iterator[int]) -> dict[str, Any]:
    match group:
        case (Figure(), *_):
            figures = [one for one in group if isinstance(one, Figure)]
            drawn = [
                _figure(one, f"c{next(places)}", wide=layout.is_wide(n, len(figures)))
                for n, one in enumerate(figures)
            ]
            return {"kind": "charts", "figures": drawn}
        case (Para(text, tone),):
            return {"kind": "para", "text": _text(text), "tone": tone}
        case (Items(items),):
            return {"kind": "items", "items": _texts(items), "two": layout.in_two_columns(items)}
        case (Facts(pairs),):
            return {
                "kind": "facts",
                "pairs": [[_text(label), _text(words)] for label, words in pairs],
                "inline": part.key == "about",
            }
        case (BodyFigure() as body,):
            return _body(body, part, places)
        case (Grid() as grid,):
            return _grid(grid, part)
    raise AssertionError(group)


def _figure(figure: Figure, ident: str, *, wide: bool) -> dict[str, object]:
    alt = visible(figure.alt)
    svg = draw(figure.chart, ident, alt, WIDE if wide else HALF)
    first, rest = layout.lead(figure.caption)
    return {"lead": _text(first), "rest": _text(rest), "alt": alt, "svg": svg, "wide": wide}


def _body(figure: BodyFigure, part: Section, places: Iterator[int]) -> dict[str, Any]:
    alt = visible(figure.alt)
    svg = draw_body(figure.sites, f"b{next(places)}", alt)
    return {"kind": "body", "alt": alt, "svg": svg, "table": _grid(layout.body_table(figure), part)}


def _grid(grid: Grid, part: Section | None = None) -> dict[str, Any]:
    """Return a table; its caption is left out where the heading above says the same."""
    same = part is not None and grid.caption.casefold() == part.title.casefold()
    large = part is not None and part.key == layout.GLANCE
    return {
        "kind": "grid",
        "caption": "" if same else _text(grid.caption),
        "head": _texts(grid.head) if any(grid.head) else [],
        "rows": [[_cell(cell, large=large) for cell in row] for row in grid.rows],
        "numbers": list(grid.numbers),
        "large": layout.large_from(grid) if large else 9,
        "columns": [_part(grid, n, large=large) for n in range(layout.columns_of(grid))],
    }


def _cell(cell: str, *, large: bool) -> list[str]:
    """Return what a cell sets large, and the rest of it."""
    return _texts(layout.head_of(cell)) if large else ["", _text(cell)]


def _part(grid: Grid, column: int, *, large: bool) -> int:
    """Return the share of the width that a column gets; 0 for as much as it needs."""
    signs = layout.longest(grid, column, large=large)
    return 0 if signs <= layout.NARROW else min(signs, MOST_PART)


def _texts(words: Iterable[str]) -> list[str]:
    return [_text(one) for one in words]


def _text(words: str) -> str:
    """Return words made visible, with places where a very long run may be broken."""
    return _RUN.sub("\\g<0>\u200b", visible(words))
