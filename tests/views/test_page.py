"""Pages painted in columns and line by line."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from spinetrack.views.page import Block, Fields, Gap, Raw, Rows, Text, clean, paint
from spinetrack.views.sparks import spark

TREND = spark([2, 3, 3, None, 5, 3, 3, 2, 2, None, 2, 2, 1, 2], 0, 10)
TODAY: tuple[Block, ...] = (
    Text("Mon 23 Nov, logged 12 of 14 days", "heading"),
    Gap(),
    Rows(
        (
            ("Pain", "4", TREND, "two weeks 3, before 5", "\u22122"),
            ("Sitting", "35 min", TREND, "two weeks 30, before 25", "+5 min"),
            ("Sleep", "6 h 30", TREND, "two weeks 6 h 40, before 6 h", ""),
        )
    ),
    Gap(),
    Fields(
        (
            ("Plan today", "sit 25 min · walk 20 min · bridge 3 \u00d7 10"),
            ("This week", "sit 4 of 5 · walk 3 of 5 · bridge 2 of 3"),
        )
    ),
    Gap(),
    Rows(
        (
            ("1", "Sitting could go up: 25 → 27 min", "spinetrack suggest follow 1"),
            ("", "5 of 5 sessions done, all settled by morning, no flare for 19 days.", ""),
        )
    ),
    Text("More: spinetrack suggest --why 1", "quiet"),
)
STOP: tuple[Block, ...] = (
    Text("STOP. You reported today, 21:04: new trouble passing urine.", "alarm"),
    Text("Go to an emergency department now, or call 999. Do not drive yourself.", "strong"),
    Gap(),
    Fields(
        (
            ("A page to take with you", "spinetrack screen page"),
            ("When you were seen", 'spinetrack screen outcome 7 "what they said" --by "A&E"'),
        )
    ),
)
CASELOAD: tuple[Block, ...] = (
    Rows(
        (
            ("red flag", "p-07", "today", "CE1 reported today, not closed"),
            ("flare long", "p-12", "yesterday", "flare, day 11"),
            ("no sign", "p-01", "today", "sitting 25 → 40 min in 12 weeks, clear; screen 20 Nov"),
            ("skipped", "scan.pdf", "", "not a spinetrack file"),
        ),
        ("Need", "Patient", "Last entry", "Why"),
    ),
)
PAGES = {"today": TODAY, "stop": STOP, "caseload": CASELOAD}

words = st.text(max_size=60) | st.text(st.sampled_from("ab \x1b[31m]0;\x07\n\t\x9b\u202e·漢👍"), max_size=40)
rows = st.lists(st.tuples(words, words, words), min_size=1, max_size=4).map(tuple)
blocks = st.one_of(
    st.builds(Text, words, st.sampled_from(["normal", "strong", "alarm", "quiet", "heading"])),
    st.builds(Gap),
    st.builds(Rows, rows, st.sampled_from([(), ("One", "Two", "Three")]) | st.tuples(words, words, words)),
    st.builds(Fields, st.lists(st.tuples(words, words), max_size=4).map(tuple)),
)
pages = st.lists(blocks, max_size=5)


def narrow(page: tuple[Block, ...]) -> str:
    return paint(page, width=40, plain=False, colour=False)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 80])
def test_a_page_in_columns(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    assert paint(PAGES[name], width=width, plain=False, colour=False) == snapshot


@pytest.mark.parametrize("name", PAGES)
def test_a_page_line_by_line(name: str, snapshot: SnapshotAssertion) -> None:
    assert paint(PAGES[name], width=40, plain=True, colour=False) == snapshot


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 50, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    painted = paint(PAGES[name], width=width, plain=False, colour=False)
    assert max(cell_len(line) for line in painted.split("\n")) <= width


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 46, 50, 60, 80])
def test_no_word_is_broken(name: str, width: int) -> None:
    whole = paint(PAGES[name], width=200, plain=False, colour=False)
    painted = paint(PAGES[name], width=width, plain=False, colour=False)
    bare = {word.rstrip(":") for word in painted.split()}
    assert {word.rstrip(":") for word in whole.split()} <= bare


def test_columns_stand_under_each_other_without_lines() -> None:
    first, second = paint(
        [Rows((("Pain", "4", "x"), ("Sitting", "35 min", "y")))], width=80, plain=False, colour=False
    ).split("\n")
    assert first.index("4") == second.index("35 min")
    assert first.index("x") == second.index("y")
    assert not set("─│┌┐└┘|+") & set(first + second)


def test_narrow_rows_name_what_the_head_named() -> None:
    assert "    Patient: p-07  Last entry: today" in narrow(CASELOAD).split("\n")


def test_a_narrow_list_keeps_its_number_beside_the_text() -> None:
    assert "  1  Sitting could go up: 25 → 27 min" in narrow(TODAY).split("\n")


def test_a_list_of_doses_breaks_between_doses() -> None:
    assert "bridge 3 \u00d7 10" in narrow(TODAY)
    assert "sit 25 min · walk 20 min ·\n" in narrow(TODAY)


def test_a_word_longer_than_the_line_is_folded() -> None:
    page: list[Block] = [Rows((("a", "b" * 90), ("c", "d"))), Text("e" * 90), Fields((("f", "g" * 90),))]
    painted = paint(page, width=40, plain=False, colour=False)
    assert max(map(len, painted.split("\n"))) <= 40
    assert [painted.count(sign) for sign in "beg"] == [90, 90, 90]


def test_leading_blanks_indent_the_whole_paragraph() -> None:
    assert narrow((Text("    " + "word " * 12),)).split("\n") == [
        "    " + ("word " * 7).strip(),
        "    " + ("word " * 5).strip(),
    ]


def test_gaps_are_single_and_inside() -> None:
    assert narrow((Gap(), Text("a"), Gap(), Gap(), Text("b"), Gap())) == "a\n\nb"


def test_an_empty_page_is_empty() -> None:
    assert narrow(()) == narrow((Rows(()), Fields(()), Text(""))) == ""
    assert paint([Rows(()), Gap()], width=40, plain=True, colour=False) == ""


def test_without_colour_no_escape_is_written() -> None:
    for page in PAGES.values():
        assert "\x1b" not in paint(page, width=80, plain=False, colour=False)


def test_with_colour_the_alarm_and_the_head_stand_out() -> None:
    assert "\x1b[1;7mSTOP. You reported" in paint(STOP, width=80, plain=False, colour=True)
    assert "\x1b[1mNeed" in paint(CASELOAD, width=80, plain=False, colour=True)


def test_colour_follows_the_argument_not_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": "1", "COLUMNS": "20"}.items():
        monkeypatch.setenv(name, value)
    assert "\x1b[1;7m" in paint(STOP, width=80, plain=False, colour=True)
    assert "\x1b" not in paint(STOP, width=80, plain=False, colour=False)
    assert "spinetrack screen page" in paint(STOP, width=80, plain=False, colour=False)


def test_what_a_patient_typed_is_not_markup() -> None:
    page: list[Block] = [
        Text("[bold]not bold[/bold] :smile:"),
        Rows((("[red]x[/red]", "y"),)),
        Fields((("[/]", "[link=x]"),)),
    ]
    painted = paint(page, width=80, plain=False, colour=False)
    assert all(
        text in painted for text in ("[bold]not bold[/bold] :smile:", "[red]x[/red]", "[/]", "[link=x]")
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq\x1b\\x", "x"),
        ("\x1b]0;never ended", "]0;never ended"),
        ("\x9b2Jclear", "clear"),
        ("\x1bcreset", "reset"),
        ("\x1b\x1b[31m[31mx", "[31mx"),
        ("one\r\ntwo\tthree\x0bfour", "one two three four"),
        ("left\u202eright\u2066x", "leftrightx"),
        ("\ud800half", "half"),
        ("Zoë 漢 👍🏽 é", "Zoë 漢 👍🏽 é"),
    ],
)
def test_clean_takes_out_what_steers_a_terminal(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_a_picture_keeps_its_lines_and_only_its_styles() -> None:
    chart = "  \x1b[36m⠤\x1b[0m  x\n\x1b]0;t\x07\x1b[2Jy"
    assert paint([Raw(chart)], width=40, plain=False, colour=True) == "  \x1b[36m⠤\x1b[0m  x\ny"
    assert paint([Raw(chart)], width=40, plain=False, colour=False) == "  ⠤  x\ny"
    assert paint([Raw(chart)], width=40, plain=True, colour=False) == "  ⠤  x\ny"


@settings(max_examples=60, deadline=None)
@given(pages, st.integers(40, 200), st.booleans())
def test_painting_writes_no_control_sign_and_fits(page: list[Block], width: int, plain: bool) -> None:
    painted = paint(page, width=width, plain=plain, colour=False)
    assert not [c for c in painted if c != "\n" and unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    if not plain:
        assert max(cell_len(line) for line in painted.split("\n")) <= width


@settings(max_examples=40, deadline=None)
@given(pages)
def test_with_colour_the_words_are_the_same(page: list[Block]) -> None:
    bare = clean(paint(page, width=60, plain=False, colour=True))
    assert bare.split() == clean(paint(page, width=60, plain=False, colour=False)).split()


@settings(max_examples=40, deadline=None)
@given(st.tuples(words, words, words))
def test_line_by_line_is_one_line_a_row_and_leaves_nothing_out(row: tuple[str, ...]) -> None:
    painted = paint([Text("-"), Rows((row,), ("A", "B", "C")), Text("-")], width=40, plain=True, colour=False)
    assert len(painted.split("\n")) == 3
    assert all(clean(cell).strip() in painted for cell in row)


def test_line_by_line_leaves_commands_as_they_are_typed() -> None:
    page = [
        Rows((("1", "could go up", "spinetrack suggest follow 1"),)),
        Rows((("a", "spinetrack log 4"),), ("One", "Type")),
    ]
    assert paint(page, width=40, plain=True, colour=False).split("\n") == [
        "1. could go up, spinetrack suggest follow 1",
        "One: a. Type: spinetrack log 4",
    ]


def test_a_cell_without_a_title_belongs_to_the_one_before() -> None:
    page = [Rows((("Pain", "4", "3", "5"),), ("", "", "Two weeks", "Before"))]
    assert paint(page, width=40, plain=True, colour=False) == "Pain: 4. Two weeks: 3. Before: 5."


def test_line_by_line_needs_no_rich() -> None:
    code = (
        "import sys; from spinetrack.views.page import *; "
        "paint([Text('a'), Rows((('b', 'c'),)), Fields((('d', 'e'),)), Raw('f')], width=80, plain=True, colour=False); "
        "sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("values", "blocks_", "digits"),
    [
        ([0, 10, None, 5], "▁█·▅", "09.5"),
        ([], "", ""),
        ([-3, 14], "▁█", "09"),
        ([None, None], "··", ".."),
    ],
)
def test_a_trend_has_one_sign_a_day(values: list[float | None], blocks_: str, digits: str) -> None:
    assert spark(values, 0, 10) == blocks_
    assert spark(values, 0, 10, ascii=True) == digits


def test_a_trend_without_a_range_is_level() -> None:
    assert spark([3, None, 3], 3, 3) == "▅·▅"


def test_on_the_usual_scale_a_digit_is_the_value() -> None:
    assert spark(list(range(10)), 0, 10, ascii=True) == "0123456789"
