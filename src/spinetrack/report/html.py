"""The report as one HTML file: no script, no request, its one style named by its hash."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from spinetrack.charts.svg import HALF, WIDE, draw
from spinetrack.charts.svg_body import draw_body
from spinetrack.charts.svg_parts import NAMESPACE
from spinetrack.report import layout
from spinetrack.report.visible import visible

if TYPE_CHECKING:
    from spinetrack.report.model import BodyFigure, Figure, Grid, Report

TEMPLATES: Final = Path(__file__).parent / "templates"
WIDE_TABLE: Final = 5
"""Columns from which a table may have to scroll on a phone."""
KEPT_HEAD: Final = 26
"""Signs of a figure or verdict that is kept on one line."""


def write_html(report: Report) -> str:
    """Return the report as one self-contained page, the same to the byte for the same report."""
    places = count(1)
    style = Markup(_style())  # noqa: S704 - our own file
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            report=report,
            style=style,
            style_hash=b64encode(sha256(style.encode()).digest()).decode(),
            ident=lambda letter: f"{letter}{next(places)}",
            layout=layout,
            looks_of=_looks,
            chart=_chart,
            body=_body,
            wide_table=WIDE_TABLE,
            keep=KEPT_HEAD,
        )
    )


def _looks(grid: Grid) -> tuple[str, ...]:
    """Return the classes of each column.

    `n` for numbers, `k` where a cell is kept on one line, `w` where a word may be broken.
    """
    return tuple(
        " ".join(
            name
            for name, there in (
                ("n", n in grid.numbers),
                ("k", layout.longest(grid, n) <= layout.SHORT),
                ("w", layout.has_run(grid, n)),
            )
            if there
        )
        for n in range(layout.columns_of(grid))
    )


def _chart(figure: Figure, ident: str, *, wide: bool = False) -> Markup:
    drawn = draw(figure.chart, ident, visible(figure.alt), WIDE if wide else HALF)
    return _inline(drawn)


def _body(figure: BodyFigure, ident: str) -> Markup:
    sites = tuple((key, visible(label), days, level) for key, label, days, level in figure.sites)
    return _inline(draw_body(sites, ident, visible(figure.alt)))


def _inline(drawn: str) -> Markup:
    """Return a picture as part of a page, which needs no address of its language: none stands in the file."""
    return Markup(drawn.replace(f' xmlns="{NAMESPACE}"', "", 1))  # noqa: S704 - escaped where it is drawn


@cache
def _style() -> str:
    return (TEMPLATES / "report.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    """Return the environment in which every value is made visible and then escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    return made


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
