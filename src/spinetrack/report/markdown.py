"""The report as Markdown: for a note, a wiki or a message. Charts are told in words and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spinetrack.report.layout import body_table
from spinetrack.report.model import BodyFigure, Facts, Figure, Grid, Items, Para
from spinetrack.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.report.model import Block, Report, Section

_SIGNS: Final = re.compile(r"([\\`*_\[\]|~])")
_LINE_STARTS: Final = re.compile(r"^(\s*)([-+]|#{1,6}|=+|\d+[.)])(?=\s|$)")


def write_markdown(report: Report) -> str:
    """Return the report as CommonMark with tables, with a line end after its last line."""
    made = [f"Made {report.made}"] if report.made else []
    parts = [f"# {_text(report.title)}", "  \n".join(_text(t) for t in (report.who, report.period, *made))]
    for section in (*report.front, *report.more):
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_text(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Para(text, tone):
            yield {"strong": "**{}**", "alarm": "> **{}**"}.get(tone, "{}").format(_text(text))
        case Items(items):
            yield "\n".join(f"- {_text(item)}" for item in items)
        case Facts(pairs):
            yield "\n".join(f"- **{_text(label)}**: {_text(text)}" for label, text in pairs)
        case Grid():
            yield from _grid(block)
        case Figure(chart, caption, alt, table):
            yield f"### {_text(chart.title)}"
            yield from (_text(text) for text in (caption, alt))
            yield from _grid(table) if table else ()
        case BodyFigure():
            yield from _grid(body_table(block))


def _grid(grid: Grid) -> Iterator[str]:
    yield _text(grid.caption)
    edges = ("---:" if n in grid.numbers else "---" for n in range(len(grid.head)))
    yield "\n".join((_row(grid.head), f"| {' | '.join(edges)} |", *map(_row, grid.rows)))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(text: str) -> str:
    """Return a text on one line in which no sign means anything to Markdown or HTML."""
    line = " ".join(visible(text).split()).replace("&", "&amp;")
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    line = _SIGNS.sub(r"\\\1", line).replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
    return _LINE_STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", line)
