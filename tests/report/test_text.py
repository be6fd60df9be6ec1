"""The report in a terminal and as Markdown: the demo patient's, and what no text may do to them.

A changed snapshot is a change a physiotherapist sees: read it, then `pytest --snapshot-update`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.builders import TODAY, at, ready
from tests.report.lived import lived
from tests.report.sample import figure
from tests.report.sample import report as sample

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import (
    CustomMetric,
    Decision,
    Medicine,
    Outcome,
    ProfileFact,
    Question,
    Score,
    SideEffect,
    Treatment,
    Visit,
)
from spinetrack.recovery.period import Span
from spinetrack.report.build import build_report
from spinetrack.report.markdown import write_markdown
from spinetrack.report.model import Figure, Grid, Para, Report, Section
from spinetrack.report.text import column_widths, hanging, sentences, wrapped, write_text
from spinetrack.report.wish import Wish

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from tests.conftest import Patient

SPAN = Span(TODAY - timedelta(days=83), TODAY)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=y> \x1b[31mred\x1b]0;title\x07 \u202egnp.exe\u200b =cmd|'/C calc'!A0 "
    "😀👩\u200d👩\u200d👧 | pipe **bold** _it_ `code` [link](http://evil.example) # head\n## second\r\n- item\n1. one "
    "www.evil.example &lt;b&gt; שלום"
)


def one(*blocks: Para | Grid | Figure) -> Report:
    return Report("Title", "Who", "Period", "Made", (Section("a", "Part", tuple(blocks)),), ())


# -- the demo patient -----------------------------------------------------------------------------


@pytest.mark.parametrize("course", ["slow-gain", "flare-prone", "red-flag"])
def test_the_terminal_form_of_a_demo_patient(
    course: str, patient: Patient, snapshot: SnapshotAssertion
) -> None:
    lived(patient, course)
    assert patient.run("report", "--format", "text", env={"TERM": "xterm"}).out == snapshot


def test_the_markdown_of_a_demo_patient(patient: Patient, snapshot: SnapshotAssertion) -> None:
    lived(patient)
    patient.run("report", "-o", patient.folder / "r.md")
    assert (patient.folder / "r.md").read_text("utf-8") == snapshot


def test_columns_of_a_demo_patient(patient: Patient, snapshot: SnapshotAssertion) -> None:
    lived(patient)
    text = write_text(demo(patient))
    assert text == snapshot
    assert all(cell_len(line) <= 80 for line in text.splitlines())


def demo(patient: Patient) -> Report:
    """Return the report of a patient's file, as the command builds it."""
    from spinetrack.app import App
    from spinetrack.cli.report_read import Asked, read_report

    app = App(patient.home, environ={"SPINETRACK_NOW": patient.now})
    return read_report(app, Asked())[0]


# -- columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = write_text(sample(), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_a_table_that_does_not_fit_is_said_row_by_row() -> None:
    grid = Grid("Caption", tuple("abcdef"), (tuple(f"word{n}number{n}" for n in range(6)),))
    text = write_text(one(grid), width=40)
    assert "a: word0number0. b: word1number1." in text


def test_a_row_without_a_first_cell_belongs_to_the_one_above() -> None:
    grid = Grid("Caption", ("Measure", "Against", "Now"), (("Sitting", "baseline", "20"), ("", "visit", "")))
    assert list(sentences(grid)) == [
        "Measure: Sitting. Against: baseline. Now: 20.",
        "Measure: Sitting. Against: visit.",
    ]


def test_at_a_glance_the_rest_of_a_cell_stands_under_its_figure() -> None:
    grid = Grid(
        "", ("Measure", "Now", "Change"), (("Sitting", "40 min, 7 days", "no change: +5 min, +14 %"),)
    )
    section = Section("glance", "At a glance", (grid,))
    lines = write_text(one()._replace(front=(section,))).splitlines()
    assert lines[-2:] == ["  Sitting  40 min  no change", "           7 days  +5 min, +14 %"]


def test_a_number_with_its_unit_is_never_broken_before_a_comma() -> None:
    grid = Grid("", ("Measure", "Change"), (("Pain" * 6, "no change: 0 points, 0 %"),))
    assert not re.search(r"(?m)^\s*,", write_text(one(grid), width=40))


def test_charts_can_be_drawn_in_ascii() -> None:
    report = one(figure())
    assert "┤" in write_text(report)
    drawn = write_text(report, ascii=True).replace("─", "-")
    assert not set("│┤└•⠤▀╌") & set(drawn)


def test_numbers_stand_on_the_right() -> None:
    grid = Grid("Caption", ("Day", "Pain"), (("Monday", "4"), ("Tuesday", "10")), (1,))
    assert write_text(one(grid)).splitlines()[-2:] == ["  Monday      4", "  Tuesday    10"]


def test_an_empty_column_is_left_out() -> None:
    grid = Grid("Caption", ("Day", "Note"), (("Monday", ""),))
    assert "Note" not in write_text(one(grid))


def test_colour_is_bold_and_reverse_only_and_nothing_without_it() -> None:
    report = one(Para("now", "alarm"), Para("strong", "strong"))
    assert "\x1b" not in write_text(report)
    assert set(re.findall(r"\x1b\[[0-9;]*m", write_text(report, colour=True))) == {
        "\x1b[1m",
        "\x1b[1;7m",
        "\x1b[0m",
    }


def test_words_wrap_and_numbers_keep_their_unit() -> None:
    assert wrapped("sat for 35 min", 11) == ["sat for", "35 min"]
    assert wrapped("slept 6 h 30 then", 9) == ["slept", "6 h 30", "then"]
    assert wrapped("about 30 % more", 9) == ["about", "30 % more"]
    assert wrapped("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert wrapped("", 10) == []
    assert hanging("- ", "one two three", 9) == ["- one two", "  three"]


def test_no_columns_are_made_where_words_would_break() -> None:
    assert column_widths([["Name", "Value"], ["w" * 17, "v" * 17]], 30) is None
    assert column_widths([["Name", "Value"], ["w" * 5, "v v " * 10]], 30) == [5, 23]


# -- plain lines ----------------------------------------------------------------------------------


def test_plain_lines_for_a_pager_are_broken_between_words_and_lose_none() -> None:
    whole, broken = (write_text(sample(), plain=True, wrap=wrap, width=60) for wrap in (False, True))
    assert max(map(cell_len, broken.splitlines())) <= 60 < max(map(cell_len, whole.splitlines()))
    assert broken.split() == whole.split()


def test_a_pipe_gets_lines_that_fit_and_a_screen_reader_whole_ones(patient: Patient) -> None:
    lived(patient)
    piped = patient.run("report", "--format", "text", env={"TERM": "xterm"}).out
    spoken = patient.run("report", "--format", "text", "--plain").out
    assert max(map(cell_len, piped.splitlines())) <= 80 < max(map(cell_len, spoken.splitlines()))
    assert piped.split() == spoken.split()


def test_plain_lines_have_no_columns_no_charts_and_no_blocks() -> None:
    text = write_text(sample(), plain=True)
    assert not set("─│┤└•⠤▀") & set(text)
    assert "  " not in text


# -- untrusted texts ------------------------------------------------------------------------------


def hostile() -> Report:
    """Return a report with the same hostile text wherever a patient or a file can put one."""
    bad, day = HOSTILE, TODAY
    patient = ready().goal("own", 30, 40, title=bad).fact("name", bad).fact("regions", bad).fact("worse", bad)
    patient.quota(bad, 8, 20, by=bad).quota("sit", 30, 5, by=bad).skip(3, bad, bad)
    for n in range(30):
        patient.log(n, pain=4, sit=20, own=5, note=bad if n % 2 else bad * 100)
    patient.screen(5, yes=["CE1"]).outcome(4, "seen", bad)
    patient.flare_mark(6)
    patient.marks[-1] = patient.marks[-1]._replace(triggers=bad, helped=bad)
    diary = patient.diary()
    screen = diary.screens[0]
    told = Outcome(screen.id, at(day), day, "note", bad, bad)
    diary = diary._replace(
        screens=(screen._replace(outcomes=(*screen.outcomes, told)), *diary.screens[1:]),
        metrics=(CustomMetric("own", bad, bad, "up", 0, 100),),
        decisions=(Decision("PR-1-sit", "PR-1", "adjust", at(day), day, ((bad, 3),), bad, bad),),
        scores=(Score("psfs", at(day), day, (3,), 3.0, bad, (bad,)),),
        treatments=(Treatment("massage", bad, day - timedelta(days=9), at(day), day, dose=bad, stopped=bad, region=bad),
                    Treatment("mri", bad, day - timedelta(days=8), at(day), day, result=bad, note=bad)),
        medicines=(Medicine(bad, day, at(day), day, dose=bad, group=bad, reason=bad, tags=(bad,)),),
        side_effects=(SideEffect(bad, at(day), day, 0),),
        visits=(Visit(bad, day - timedelta(days=7), at(day), day, note=bad),),
        profile=(*diary.profile, ProfileFact("eases", bad, at(day), day)),
    )  # fmt: skip
    wish = Wish(SPAN, "visit", diary.visits[0], questions=(Question(bad, at(day), day),))
    return build_report(diary, assess(diary, at(day, 22), day), wish)


@pytest.mark.parametrize("plain", [False, True])
def test_no_text_steers_a_terminal(plain: bool) -> None:
    text = write_text(hostile(), plain=plain)
    assert "script" in text
    assert not re.findall(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text
    )
    assert "[U+001B][31mred" in text.replace("\n", "") or "[U+001B]" in text


def test_no_text_is_longer_than_a_few_lines() -> None:
    text = write_text(hostile(), plain=True)
    assert max(map(len, text.splitlines())) < 2500
    assert max(cell_len(line) for line in write_text(hostile()).splitlines()) <= 80


def test_no_text_means_anything_to_markdown() -> None:
    text = write_markdown(hostile())
    bare = re.sub(r"\\.", "", text)
    assert not re.search(r"[<`]|\]\(|&(?!amp;|lt;|gt;|#47;|#46;)", bare)
    assert "<" not in text
    assert "http://" not in text
    assert "www.evil" not in text
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert all("second" not in line and "head" not in line for line in heads)
    assert not re.search(r"(?m)^(1\.|- item|## second)", text)


def test_every_row_of_a_markdown_table_has_the_cells_of_its_head() -> None:
    for text in (write_markdown(hostile()), write_markdown(sample())):
        for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
            counts = {len(re.split(r"(?<!\\)\|", line)) for line in table.strip().split("\n")}
            assert len(counts) == 1, table


def test_a_sign_at_the_start_of_a_line_makes_no_list_and_no_heading() -> None:
    report = one(
        *(Para(text) for text in ("- a", "+ a", "1. a", "2) a", "# a", "#tag", "===", "+5 min", "37.5 min"))
    )
    lines = write_markdown(report).split("\n\n")[3:]
    assert [line.strip() for line in lines] == [
        "\\- a", "\\+ a", "1\\. a", "2\\) a", "\\# a", "#tag", "==\\=", "+5 min", "37.5 min",
    ]  # fmt: skip


def test_an_alarm_is_a_quote_in_bold() -> None:
    assert "> **STOP\\_**" in write_markdown(one(Para("STOP_", "alarm")))
