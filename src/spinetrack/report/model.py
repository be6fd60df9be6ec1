"""The report as frozen data: sections of blocks. Every writer draws the same blocks.

Texts are plain: a writer escapes them for its format. Numbers are already worded ("35 min"), so that
all formats say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from spinetrack.charts import Chart

Tone = Literal["normal", "strong", "alarm", "quiet"]


class Para(NamedTuple):
    """A paragraph."""

    text: str
    tone: Tone = "normal"


class Items(NamedTuple):
    """A list, a line each."""

    items: tuple[str, ...]


class Facts(NamedTuple):
    """Labels and what they are."""

    pairs: tuple[tuple[str, str], ...]


class Grid(NamedTuple):
    """A table with a caption, a head and rows of texts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    """Columns that hold numbers, to be set right."""


class Figure(NamedTuple):
    """A chart with what it shows in words and as a table."""

    chart: Chart
    caption: str
    alt: str
    """What it shows, for who cannot see it."""
    table: Grid | None = None
    """The same numbers by week."""


class BodyFigure(NamedTuple):
    """Where it hurts: site key, label, days named, median 0 to 10."""

    caption: str
    alt: str
    sites: tuple[tuple[str, str, int, float], ...]


Block: TypeAlias = Para | Items | Facts | Grid | Figure | BodyFigure


class Section(NamedTuple):
    """A heading and what stands under it."""

    key: str
    """A short name, the anchor: `glance`, `flares`."""
    title: str
    blocks: tuple[Block, ...]


class Report(NamedTuple):
    """The whole document."""

    title: str
    who: str
    period: str
    made: str
    """The day it was made, in words."""
    front: tuple[Section, ...]
    """Page one, in order."""
    more: tuple[Section, ...]
    """What follows; the charts first."""
    language: str = "en"
    short: bool = False
    """The two-page form: page one and the charts."""
    by: str = "Written by the patient with the diary program spinetrack."
    """The last line: where it comes from."""
