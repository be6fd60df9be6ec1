"""Charts drawn in a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from spinetrack.charts import Chart, build
from spinetrack.charts.terminal import draw
from spinetrack.recovery.metrics import METRICS

UNTIL = date(2026, 11, 22)
PAIN = (6, 5, 6, None, 5, 6, 5, 6, 5, 5, 4, None, 5, 4, 5, 8, 8, 7, 6, 5, 4, 4, 5, 4, 4, 3, 4, 4) + (None,) * 9 + (
    4, 3, 3, 4, 3, None, 3, 2, 3, 3, 2, 3, 2, 2, 3, 2, 2, 1, 2,
)  # fmt: skip
SINCE = UNTIL - timedelta(days=len(PAIN) - 1)
FLARE = (SINCE + timedelta(days=15), SINCE + timedelta(days=18))


def made(
    key: str, of: Sequence[float | None], *, flares: bool = False, lines: Sequence[tuple[str, float]] = ()
) -> Chart:
    since = UNTIL - timedelta(days=max(len(of), 1) - 1)
    found = {since + timedelta(days=n): float(v) for n, v in enumerate(of) if v is not None}
    return build(METRICS[key], found, [FLARE] if flares else [], lines, since=since, until=UNTIL)


def both() -> tuple[Chart, Chart]:
    sit = [None if v is None else 44 - 3 * v + n // 9 for n, v in enumerate(PAIN)]
    return (
        made("pain", PAIN, flares=True),
        made("sit", sit, flares=True, lines=(("quota", 25), ("goal", 45))),
    )


@pytest.mark.parametrize("width", [40, 80])
def test_two_charts_on_one_date_axis(width: int, snapshot: SnapshotAssertion) -> None:
    assert draw(both(), width) == snapshot


def test_a_chart_in_ascii(snapshot: SnapshotAssertion) -> None:
    assert draw(both()[1:], 80, height_each=9, ascii=True) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("ascii_", [True, False])
@pytest.mark.parametrize("height", [1, 7, 13, 20])
def test_it_fits_without_escapes_and_has_dates(width: int, ascii_: bool, height: int) -> None:
    drawn = draw(both(), width, height_each=height, ascii=ascii_)
    assert max(map(len, drawn.split("\n"))) <= width
    assert "\x1b" not in drawn
    assert drawn.isascii() == ascii_
    assert re.search(r"^ +(\d\d? [A-Z][a-z]{2} *){2,}$", drawn, re.MULTILINE)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_all_charts_share_their_columns(width: int) -> None:
    axes = [line for line in draw(both(), width).split("\n") if "└" in line]
    assert len(axes) == 2
    assert len(set(axes)) == 1


def test_on_the_usual_height_each_step_of_the_scale_has_a_row() -> None:
    lines = draw([made("pain", range(11))], 60).split("\n")
    rows = [n for n, line in enumerate(lines) if "•" in line and ("┤" in line or "│" in line)]
    assert len(rows) == 11
    assert lines[1].startswith("10┤")
    assert lines[1].endswith("•")
    assert lines[11].startswith(" 0┤•")


def test_days_are_dots_in_their_own_column() -> None:
    lines = draw([made("pain", [0, None, 10])], 44).split("\n")
    assert lines[1].index("•") - lines[11].index("•") == 40


def test_no_line_crosses_a_gap() -> None:
    gap = [2] * 10 + [None] * 20 + [8] * 10
    drawn = draw([made("pain", gap)], 46).split("\n")
    plot = [line[3:].ljust(43) for line in drawn[1:12]]
    middle = "".join(line[15:29] for line in plot)
    assert not middle.strip()
    assert any("\u2800" < sign <= "\u28ff" for line in plot for sign in line + drawn[5])


def test_a_flare_is_named_on_its_row_and_in_the_legend() -> None:
    lines = draw(both()[:1], 80).split("\n")
    assert re.fullmatch(r"flare┤ +▀{4,6}", lines[1])
    assert lines[-1].endswith("▀▀▀ flare")
    assert "flare" not in draw([made("pain", PAIN)], 80)


def test_levels_are_named_outside_the_plot() -> None:
    lines = draw(both()[1:], 80).split("\n")
    assert [line.split()[-1] for line in lines if "╌╌╌" in line and "┤" not in line] == ["goal", "quota"]
    assert "Quota 25 min. Goal 45 min." in " ".join(lines)


def test_a_level_that_moved_goes_up_on_its_day() -> None:
    since = UNTIL - timedelta(days=27)
    course = {since: 10.0, since + timedelta(days=14): 40.0}
    made_up = build(METRICS["sit"], {UNTIL: 40.0}, lines=[("plan", course)], since=since, until=UNTIL)
    lines = draw([made_up], 80, ascii=True).splitlines()
    stair = [re.search(r"\|(.*)$", line) for line in lines if "-----" in line and "plan" not in line]
    upper = next(line for line in lines if line.rstrip().endswith("plan"))
    lower = next(found[1] for found in stair if found)
    assert lower.index("-") < 3
    assert lower.rstrip().rindex("-") < upper.index("-----") - 2
    assert "Plan 40 min, at first 10 min." in " ".join(" ".join(lines).split())


def test_two_levels_on_one_row_share_their_name() -> None:
    drawn = draw([made("sit", [20, 30], lines=(("quota", 25), ("goal", 25)))], 60)
    assert re.search(r"╌ quota, goa$", drawn, re.MULTILINE)


def test_colour_adds_nothing_but_escapes() -> None:
    bare = draw(both(), 80)
    coloured = draw(both(), 80, colour=True)
    assert coloured.count("\x1b[1m") == 2
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == bare


def test_nothing_logged_is_said_not_drawn() -> None:
    assert draw([made("pain", [])], 80) == "Pain, 0 to 10\nPain: nothing logged from 22 Nov to 22 Nov."
    assert draw([], 80) == ""


@pytest.mark.parametrize("of", [[4], [4, 4, 4, 4, 4], [0], [0, 0], [None, 7, None]])
@pytest.mark.parametrize("key", ["pain", "sit", "sleep", "weight", "work", "steps", "distance"])
def test_few_and_equal_values(of: list[float | None], key: str) -> None:
    drawn = draw([made(key, [None if v is None else min(v, METRICS[key].high) for v in of])], 40)
    assert "•" in drawn
    assert "22 Nov" in drawn or len(of) > 1


def test_yes_and_no_are_written_on_the_axis() -> None:
    drawn = draw([made("work", [1, 0, 1])], 40)
    assert "yes┤•" in drawn
    assert " no┤" in drawn
    assert len([line for line in drawn.split("\n") if "┤" in line or "│" in line]) == 3


def test_weekly_middles_that_overlap_are_not_compared() -> None:
    assert "weekly middle 4 on 22 Nov." in draw([made("pain", [4] * 10)], 80)


def test_a_number_is_not_parted_from_its_unit() -> None:
    for width in range(40, 81):
        drawn = draw(both(), width)
        assert not re.search(r"\d\n(min|Nov|Oct)", drawn)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=400),
    st.integers(40, 200),
    st.integers(0, 30),
    st.sampled_from(["pain", "sit", "sleep", "steps"]),
)
def test_any_diary_fits(of: list[int | None], width: int, height: int, key: str) -> None:
    drawn = draw([made(key, of, lines=(("quota", 3), ("my own goal", 9)))], width, height_each=height)
    assert max(map(len, drawn.split("\n"))) <= width
    assert "\x1b" not in drawn


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 1200), st.integers(40, 200))
def test_every_date_chosen_is_written(length: int, width: int) -> None:
    drawn = draw([made("pain", [4] * length)], width)
    axis, dates = drawn.split("\n")[12:14]
    assert axis.count("┬") == len(re.findall(r"\d+ [A-Z][a-z]{2}|[A-Z][a-z]{2} \d{4}", dates))
    assert "┬" in axis


def test_plotext_is_imported_only_to_draw() -> None:
    code = (
        "import sys, spinetrack.charts, spinetrack.charts.weeks, spinetrack.charts.terminal; "
        "sys.exit('plotext' in sys.modules or 'rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
