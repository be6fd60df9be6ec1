"""Charts and the body map as SVG: what is drawn, where, and that anybody can read it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.sample import FLARES, START, chart

from spinetrack.charts import build
from spinetrack.charts.svg import (
    DAY,
    FLARE,
    GOAL,
    HALF,
    LEVELS,
    MIDDLE,
    WAY,
    WIDE,
    Size,
    cut,
    draw,
)
from spinetrack.charts.svg_body import OUTLINE, SPOT, draw_body
from spinetrack.charts.svg_parts import INK, QUIET
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.sites import SITES

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from spinetrack.charts import Chart

SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("size", [WIDE, HALF], ids=["wide", "half"])


def drawn(made: Chart, size: Size = WIDE, alt: str = "What it shows.") -> ET.Element:
    return ET.fromstring(draw(made, "c1", alt, size))


def texts(root: ET.Element) -> dict[str, tuple[float, float]]:
    return {
        node.text or "": (float(node.attrib["x"]), float(node.attrib["y"]))
        for node in root.iter(f"{SVG}text")
    }


def paths(root: ET.Element, colour: str) -> list[str]:
    return [node.attrib["d"] for node in root.iter(f"{SVG}path") if node.get("stroke") == colour]


def dots(root: ET.Element) -> list[tuple[float, float]]:
    """Return the places of the days; the key's sample has a path of its own."""
    way = max(paths(root, DAY), key=len)
    return [(float(x), float(y)) for x, y in re.findall(r"M(\S+) (\S+)h\.01", way)]


def test_each_day_with_a_value_is_one_dot_and_no_other_day_is() -> None:
    made = chart()
    assert len(dots(drawn(made))) == len(made.days) == 62


@BOTH
def test_a_dot_lies_at_its_day_and_its_value(size: Size) -> None:
    made = chart()
    root = drawn(made, size)
    labels = texts(root)
    places = dict(zip((day for day, _ in made.days), dots(root), strict=True))
    marks = {value: labels[f"{value:g}"][1] for value in made.ticks}
    for day, value in made.days:
        if value in marks:
            assert places[day][1] + size.letters * 0.35 == pytest.approx(marks[value], abs=0.15)
    assert places[START][0] == pytest.approx(labels["31 Aug"][0], abs=0.15)
    step = (size.width - size.left - size.right) / made.length
    assert places[START + timedelta(days=12)][0] - places[START][0] == pytest.approx(12 * step, abs=0.15)


def test_the_line_ends_where_days_are_missing() -> None:
    made = chart()
    way = max(paths(drawn(made), MIDDLE), key=len)
    assert way.count("M") == len(made.segments) == 2


def test_a_level_stretch_of_the_line_is_two_points() -> None:
    values = {START + timedelta(days=n): 4.0 for n in range(30)}
    made = build(METRICS["pain"], values, since=START, until=START + timedelta(days=29))
    way = max(paths(drawn(made), MIDDLE), key=len)
    assert len(way.split()) == 4


def test_levels_are_named_with_their_value_at_their_height() -> None:
    root = drawn(chart("sit"))
    labels = texts(root)
    assert {"goal", "45 min", "quota", "25 min", "middle", "44 min"} <= set(labels)
    assert labels["goal"][1] < labels["middle"][1] < labels["quota"][1]
    assert all(x > WIDE.width - WIDE.right for x, _ in (labels["goal"], labels["quota"], labels["middle"]))


def test_names_beside_the_plot_never_lie_on_each_other() -> None:
    made = chart("sit")
    close = made._replace(lines=(("quota", 44.0), ("goal", 44.5), ("best", 43.0)))
    for size in (WIDE, HALF):
        labels = texts(drawn(close, size))
        heights = sorted(labels[name][1] for name in ("quota", "goal", "best", "middle"))
        assert all(b - a >= 2 * size.letters for a, b in pairwise(heights))


def test_levels_differ_in_their_dashes_not_only_in_colour() -> None:
    root = drawn(chart("sit"))
    dashes = [
        node.get("stroke-dasharray") for node in root.iter(f"{SVG}path") if node.get("stroke-dasharray")
    ]
    assert dashes[:2] == [LEVELS[0][1], GOAL[1]]
    assert len({GOAL[1], *(dash for _, dash in LEVELS)}) == 3


def test_each_flare_is_a_hatched_band_over_its_days() -> None:
    root = drawn(chart())
    bands = [node for node in root.iter(f"{SVG}rect") if node.get("fill") == "url(#c1-h)"]
    *plotted, key = bands
    assert len(plotted) == len(FLARES)
    step = (WIDE.width - WIDE.left - WIDE.right) / 84
    assert [float(band.attrib["width"]) for band in plotted] == pytest.approx([5 * step, step], abs=0.1)
    assert float(key.attrib["width"]) == 14
    assert root.find(f".//{SVG}pattern[@id='c1-h']") is not None


def test_one_day_of_flare_in_ten_years_is_still_seen() -> None:
    root = drawn(chart(days=3650))
    assert min(float(band.attrib["width"]) for band in root.iter(f"{SVG}rect")) >= 2


@BOTH
def test_marks_are_named_above_the_plot_and_never_on_each_other(size: Size) -> None:
    names = ("steroid injection", "physio course", "visit: physio", "visit: doctor", "MRI")
    marks = tuple((START + timedelta(days=n), name) for n, name in zip((3, 5, 8, 81, 83), names, strict=True))
    root = drawn(chart()._replace(marks=marks), size)
    labels = texts(root)
    rows: dict[float, list[tuple[float, float]]] = {}
    for node in root.iter(f"{SVG}text"):
        if node.text in names:
            x, y = labels[node.text]
            long = len(node.text) * size.letters * 0.45
            left = x - long if node.get("text-anchor") == "end" else x
            assert left >= 0
            assert left + long <= size.width
            rows.setdefault(y, []).append((left, left + long))
    assert sum(map(len, rows.values())) == len(names)
    for row in rows.values():
        row.sort()
        assert all(end < start for (_, end), (start, _) in pairwise(row))


@BOTH
@pytest.mark.parametrize("key", ["pain", "sit", "sleep", "walk"])
def test_everything_lies_on_the_picture(size: Size, key: str) -> None:
    root = drawn(chart(key), size)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for node in root.iter(f"{SVG}text"):
        long = len(node.text or "") * size.letters * 0.5
        start = float(node.attrib["x"]) - {"middle": long / 2, "end": long}.get(node.attrib["text-anchor"], 0)
        assert -1 <= start <= start + long <= width + 4, node.text
        assert 0 < float(node.attrib["y"]) <= height, node.text


def test_a_yes_or_no_is_named_so_and_has_no_line() -> None:
    values = {START + timedelta(days=n): float(n % 2) for n in range(28)}
    made = build(METRICS["work"], values, since=START, until=START + timedelta(days=27))
    root = drawn(made)
    assert {"yes", "no", "one day"} <= set(texts(root))
    assert paths(root, MIDDLE) == []


def test_a_chart_without_a_single_day_is_drawn_all_the_same() -> None:
    made = build(METRICS["pain"], {}, since=START, until=START + timedelta(days=6))
    assert "10" in texts(drawn(made))
    assert "one day" not in texts(drawn(made))


def test_days_are_counted_where_the_diary_is_redacted() -> None:
    assert "day 1" in texts(drawn(chart()._replace(day_one=START)))


def test_it_has_a_name_and_a_description_of_its_own() -> None:
    root = drawn(chart(), alt="Pain <less> & less.")
    assert root.attrib["role"] == "img"
    named = [root.find(f".//*[@id='{one}']") for one in root.attrib["aria-labelledby"].split()]
    assert [node.text for node in named if node is not None] == ["Pain, 0 to 10", "Pain <less> & less."]


def test_ids_come_from_the_place_alone_and_the_drawing_is_the_same_each_time() -> None:
    first, again, other = (draw(chart(), ident, "x") for ident in ("c1", "c1", "c2"))
    assert first == again
    assert other == first.replace('"c1-', '"c2-').replace(" c1-", " c2-").replace("#c1-", "#c2-")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"]), max_size=40))
def test_any_name_comes_out_as_it_is(name: str) -> None:
    made = chart("sit")._replace(title=name, lines=((name, 30.0),), marks=((START, name),))
    root = drawn(made, alt=name)
    assert root.findtext(f"{SVG}title") == name
    assert root.findtext(f"{SVG}desc") == name
    said = {node.text or "" for node in root.iter(f"{SVG}text")}
    assert cut(name, 26) in said
    assert cut(name, 11) in said


def test_places_are_rounded_to_a_tenth_so_that_the_file_is_stable() -> None:
    svg = re.sub(r"h\.01|opacity=\"0\.\d+\"", "", draw(chart(), "c1", ""))
    assert re.findall(r"\d\.\d\d+", svg) == []


def test_ten_years_stay_small() -> None:
    assert len(draw(chart(days=3650), "c1", "")) < 120_000


def test_no_style_and_no_colour_word_that_a_page_could_forbid() -> None:
    svg = draw(chart("sit"), "c1", "") + draw_body((("low-back", "low back", 3, 4.0),), "b1", "")
    assert "style" not in svg
    assert "class" not in svg


def contrast(colour: str) -> float:
    """Return the contrast of a colour with white. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", [INK, QUIET, MIDDLE, GOAL[0], *(colour for colour, _ in LEVELS)])
def test_words_have_contrast_aa(colour: str) -> None:
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("colour", [DAY, FLARE, WAY, OUTLINE, SPOT])
def test_what_is_drawn_has_contrast_aa(colour: str) -> None:
    assert contrast(colour) >= 3


def test_a_week_of_pain(snapshot: SnapshotAssertion) -> None:
    values = {START + timedelta(days=n): float(value) for n, value in enumerate((5, 4, 6, 4, 3, 3))}
    made = build(
        METRICS["pain"],
        values,
        [(START, START)],
        [("goal", 2.0)],
        since=START,
        until=START + timedelta(days=6),
    )
    assert draw(made, "c1", made.summary, HALF) == snapshot


# The body map


def body(*sites: tuple[str, int]) -> ET.Element:
    return ET.fromstring(draw_body(tuple((key, key, days, 3.0) for key, days in sites), "b1", "Where."))


def spots(root: ET.Element) -> list[tuple[float, float, float]]:
    return [
        (float(n.attrib["cx"]), float(n.attrib["cy"]), float(n.attrib["r"]))
        for n in root.iter(f"{SVG}circle")
    ]


@pytest.mark.parametrize("key", SITES)
def test_every_site_has_a_place_on_the_body(key: str) -> None:
    ((x, y, radius),) = spots(body((key, 3)))
    assert radius <= x <= 340 - radius
    assert 20 < y + radius <= 334


def test_left_is_where_the_reader_expects_it() -> None:
    ((front, _, _),) = spots(body(("left-knee", 1)))
    ((back, _, _),) = spots(body(("left-calf", 1)))
    assert front > 88
    assert back < 252


def test_more_days_are_a_larger_circle_and_the_number_is_the_place_in_the_list() -> None:
    root = body(("left-calf", 2), ("low-back", 40), ("neck", 9))
    calf, back, neck = (
        next(r for x, y, r in spots(root) if (x, y) == (at[0], at[1] - 4.5))
        for at in (texts(root)[n] for n in "123")
    )
    assert calf < neck < back


def test_a_site_that_is_not_known_has_no_circle() -> None:
    assert len(spots(body(("third-arm", 2), ("neck", 1)))) == 1
    assert "2" in texts(body(("third-arm", 2), ("neck", 1)))


def test_the_body_map_has_a_description() -> None:
    assert body(("neck", 1)).findtext(f"{SVG}desc") == "Where."


@BOTH
def test_a_level_that_moved_is_a_stair_on_its_days(size: Size) -> None:
    """What was planned before the period counts from its first day; what comes after it is not drawn."""
    since, until = START, START + timedelta(days=9)
    course = {
        START - timedelta(days=30): 5.0, START - timedelta(days=3): 10.0, START + timedelta(days=4): 20.0,
        until + timedelta(days=1): 90.0,
    }  # fmt: skip
    values = {START + timedelta(days=n): 30.0 for n in range(10)}
    made = build(METRICS["sit"], values, lines=[("plan", course)], since=since, until=until)
    assert made.lines == (("plan", 20.0),)
    assert made.steps == (("plan", ((since, 10.0), (since + timedelta(days=4), 20.0))),)
    assert made.high < 90
    (way,) = paths(drawn(made, size), LEVELS[0][0])
    start, y0, x1, y1, end = map(float, re.findall(r"[\d.]+", way))
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+", way)
    step = (size.width - size.left - size.right) / 10
    assert [start, x1, end] == pytest.approx(
        [size.left, size.left + 4 * step, size.width - size.right], abs=0.1
    )
    assert y1 < y0


def test_a_level_that_never_moved_or_is_not_there_yet_has_no_stair() -> None:
    values = {START: 30.0}
    day = timedelta(days=1)
    made = build(
        METRICS["sit"], values, lines=[("plan", {START: 10.0}), ("goal", {START + 9 * day: 5.0})],
        since=START, until=START + 6 * day,
    )  # fmt: skip
    assert made.lines == (("plan", 10.0),)
    assert made.steps == ()
