"""Pieces of SVG that the chart and the body map are made of.

Only presentation attributes are written, no style, so that a page may forbid styles from elsewhere.
Every place is rounded to a tenth of a pixel: the same report is the same file.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE: Final = "http://www.w3.org/2000/svg"
INK: Final = "#1b2733"
QUIET: Final = "#4a5a68"
"""Colours of words: 15 and 7 to 1 against white."""


def picture(width: float, height: float, parts: Iterable[str], **said: str) -> str:
    """Return one `<svg>` element with its title and description.

    Args:
        width: In CSS pixels.
        height: In CSS pixels.
        parts: What is drawn, the later above the earlier.
        **said: `ident`, the prefix of the ids inside; `title`; `alt`, what it shows, for who cannot
            see it; `letters`, the size of the letters.

    """
    ident, box = said["ident"], f"{number(width)} {number(height)}"
    lines = [
        f'<svg xmlns="{NAMESPACE}" role="img" aria-labelledby="{ident}-t {ident}-d"',
        f'viewBox="0 0 {box}" width="{number(width)}" height="{number(height)}"',
        f'font-family="sans-serif" font-size="{said["letters"]}" fill="{INK}">',
        f'<title id="{ident}-t">{escape(said["title"])}</title>',
        f'<desc id="{ident}-d">{escape(said["alt"])}</desc>',
        *parts,
        "</svg>",
    ]
    return "\n".join(line for line in lines if line)


def path(way: str, colour: str, width: float = 1, **more: str) -> str:
    """Return a line. `more` are further attributes, `stroke_linecap` for `stroke-linecap`."""
    drawn = {"d": way, "fill": "none", "stroke": colour, "stroke-width": number(width), **more}
    return f"<path{_attributes(drawn)}/>"


def words_at(x: float, y: float, words: str, anchor: str = "start", **more: str) -> str:
    """Return words, escaped, on a line `y` pixels down; `anchor` is `start`, `middle` or `end`."""
    drawn = {"x": number(x), "y": number(y), "text-anchor": anchor, "fill": INK, **more}
    return f"<text{_attributes(drawn)}>{escape(words)}</text>"


def box(x: float, y: float, width: float, height: float, **more: str) -> str:
    """Return a rectangle; `more` are its attributes."""
    drawn = {"x": number(x), "y": number(y), "width": number(width), "height": number(height), **more}
    return f"<rect{_attributes(drawn)}/>"


def number(value: float) -> str:
    """Return a place on the picture, to a tenth of a pixel.

    >>> number(12.04), number(3.28)
    ('12', '3.3')
    """
    return f"{value:.1f}".removesuffix(".0")


def _attributes(drawn: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in drawn.items() if value)
