"""The body map as SVG: front and back, each site a numbered circle, larger the more days it hurt."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spinetrack.charts.svg_parts import QUIET, number, picture, words_at
from spinetrack.recovery.sites import SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spinetrack.recovery.sites import Site

WIDTH: Final = 340
HEIGHT: Final = 334
FRONT: Final = 88
BACK: Final = 252
"""Middle of the two figures."""
TOP: Final = 20
LEAST: Final = 8.0
MOST: Final = 15.0
"""Radius of a site that was named least often and most often; a number of two digits fits in."""
SKIN: Final = "#eef1f4"
OUTLINE: Final = "#64768a"
SPOT: Final = "#a3480b"
SPOT_GROUND: Final = "#fbe3cc"

_HALF: Final = (
    (7, 39), (8, 50), (24, 56), (40, 62), (47, 84), (52, 112), (60, 138), (64, 158), (68, 174), (63, 188),
    (55, 178), (53, 160), (47, 138), (40, 114), (34, 84), (30, 100), (27, 116), (31, 138), (36, 156),
    (35, 190), (28, 226), (28, 248), (19, 282), (27, 295), (8, 298), (9, 282), (10, 248), (9, 226),
    (4, 190), (0, 166),
)  # fmt: skip
"""The left half of a person seen from the front, from the neck round to the crotch."""

_FRONT, _BACK = "front", "back"
_PLACES: Mapping[str, tuple[str, float, float]] = {
    "head": (_FRONT, 9, 10), "face": (_FRONT, 9, 25), "jaw": (_FRONT, 8, 35), "neck": (_BACK, 6, 48),
    "upper-neck": (_BACK, 6, 40), "lower-neck": (_BACK, 7, 56), "upper-back": (_BACK, 18, 70),
    "shoulder-blade": (_BACK, 21, 80), "mid-back": (_BACK, 18, 96), "low-back": (_BACK, 20, 124),
    "sacrum": (_BACK, 0, 144), "tailbone": (_BACK, 0, 158), "buttock": (_BACK, 18, 162),
    "hip": (_FRONT, 29, 150), "groin": (_FRONT, 13, 162), "saddle": (_FRONT, 0, 172),
    "chest": (_FRONT, 15, 78), "ribs": (_FRONT, 20, 98), "belly": (_FRONT, 12, 124),
    "flank": (_BACK, 24, 110), "shoulder": (_FRONT, 37, 66), "upper-arm": (_FRONT, 42, 90),
    "elbow": (_FRONT, 47, 113), "forearm": (_FRONT, 53, 136), "wrist": (_FRONT, 58, 158),
    "hand": (_FRONT, 61, 170), "fingers": (_FRONT, 62, 184), "thigh": (_FRONT, 20, 190),
    "front-thigh": (_FRONT, 20, 202), "back-thigh": (_BACK, 20, 196), "inner-thigh": (_FRONT, 8, 188),
    "knee": (_FRONT, 18, 226), "calf": (_BACK, 19, 250), "shin": (_FRONT, 18, 252),
    "ankle": (_FRONT, 14, 280), "foot": (_FRONT, 17, 291), "toes": (_FRONT, 22, 298),
}  # fmt: skip
"""Part of the body: the side it is seen from, how far from the middle when it has a side, how far down."""


def draw_body(sites: Sequence[tuple[str, str, int, float]], ident: str, alt: str) -> str:
    """Return the body map as one `<svg>` element.

    Args:
        sites: Key, label, days named and median 0 to 10 of each, in the order of the list beside the
            picture: the circle holds the place in it. A key that is not known has no circle.
        ident: Prefix of the ids inside, one of its own for each picture of a page.
        alt: What the map shows, for who cannot see it.

    """
    most = max((days for _, _, days, _ in sites), default=1) or 1
    spots = sorted(
        ((days, place, SITES[key]) for place, (key, _, days, _) in enumerate(sites, 1) if key in SITES),
        key=lambda spot: (-spot[0], spot[1]),
    )
    parts = [
        *_figure(FRONT, "from the front", ("right", "left")),
        *_figure(BACK, "from behind", ("left", "right")),
    ]
    numbers: list[str] = []
    for days, place, site in spots:
        x, y = _place(site)
        radius = LEAST + (MOST - LEAST) * (days / most) ** 0.5
        parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{SPOT_GROUND}" '
            f'fill-opacity="0.85" stroke="{SPOT}" stroke-width="1.6"/>'
        )
        numbers.append(words_at(x, y + 4.5, str(place), "middle", font_weight="bold"))
    return picture(
        WIDTH, HEIGHT, (*parts, *numbers), ident=ident, title="Where it hurts", alt=alt, letters="11"
    )


def _figure(middle: float, name: str, sides: tuple[str, str]) -> Iterable[str]:
    """Yield one person with the names of the two sides as the reader sees them."""
    line = f'fill="{SKIN}" stroke="{OUTLINE}" stroke-width="1.2"'
    yield f'<ellipse cx="{middle}" cy="{TOP + 21}" rx="16" ry="21" {line}/>'
    for sign in (-1, 1):
        yield f'<path d="{_smooth([(middle + sign * x, TOP + y) for x, y in _HALF])}" {line}/>'
    yield f'<path d="M{middle} {TOP + 40}V{TOP + 166}" stroke="{SKIN}" stroke-width="3"/>'
    yield words_at(middle, 12, name, "middle", fill=QUIET)
    for sign, side in zip((-1, 1), sides, strict=True):
        yield words_at(middle + sign * 46, TOP + 26, side, "middle", fill=QUIET)


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """Return a soft line through the middles between points, closed."""
    start, end = points[0], points[-1]
    bends = [
        f"Q{number(x)} {number(y)} {number((x + nx) / 2)} {number((y + ny) / 2)}"
        for (x, y), (nx, ny) in pairwise(points[1:])
    ]
    head = f"M{number(start[0])} {number(start[1])}"
    return f"{head}{''.join(bends)}L{number(end[0])} {number(end[1])}V{number(start[1])}Z"


def _place(site: Site) -> tuple[float, float]:
    """Return where a site lies on the picture: on the side the reader sees it from."""
    view, away, down = _PLACES[site.part]
    sign = {"left": 1, "right": -1}.get(site.side, 0) * (1 if view == _FRONT else -1)
    return (FRONT if view == _FRONT else BACK) + sign * away, TOP + down
