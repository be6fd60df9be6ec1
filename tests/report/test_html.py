"""The report as one HTML file: its structure, what it may load (nothing), and hostile words in it."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.sample import HOSTILE, figure, report

from spinetrack.report.html import write_html
from spinetrack.report.layout import head_of
from spinetrack.report.model import Grid, Items, Para, Report, Section
from spinetrack.report.visible import visible

VOID = {"meta", "link", "img", "br", "hr", "input", "base", "source"}


class Node:
    """An element with its attributes, its children and its text."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parts: list[Node | str] = []

    def every(self, *tags: str) -> list[Node]:
        found = [self] if self.tag in tags or not tags else []
        return found + [one for part in self.parts if isinstance(part, Node) for one in part.every(*tags)]

    def one(self, tag: str) -> Node:
        (found,) = self.every(tag)
        return found

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def has_class(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()


class Tree(HTMLParser):
    """Reads a page; every element that is opened must be closed where it belongs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert [node.tag for node in self.open] == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        assert len(attrs) == len(node.attributes), attrs
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def page_of(made: Report) -> Node:
    return Tree(write_html(made)).root


@pytest.fixture(scope="module", params=["full", "short", "hostile"])
def page(request: pytest.FixtureRequest) -> Node:
    return page_of(
        report(short=request.param == "short", hostile=HOSTILE if request.param == "hostile" else "")
    )


# What a reader with a screen reader, or in a hurry, can rely on


def test_every_table_has_a_caption_and_its_heads_say_what_they_head(page: Node) -> None:
    tables = page.every("table")
    assert len(tables) >= 3
    for table in tables:
        assert table.one("caption").text.strip()
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.every("th"))
        for row in table.one("tbody").every("tr"):
            first = row.every("th", "td")[0]
            assert first.attributes.get("scope") == "row" or not first.text
        for head in table.every("thead"):
            assert all(cell.text for cell in head.every("th"))


def test_a_wide_table_can_be_scrolled_by_keys_and_has_a_name(page: Node) -> None:
    wide = [node for node in page.every("div") if node.has_class("many")]
    told = [node for node in page.every("div") if node.has_class("told")]
    for node in wide:
        assert node.attributes["tabindex"] == "0"
        assert node.attributes["role"] == "group"
        assert node.attributes["aria-labelledby"] == node.one("caption").attributes["id"]
    for table in page.every("table"):
        columns = len(table.one("tbody").every("tr")[0].every("th", "td"))
        scrolls = any(table in node.every("table") for node in wide)
        on_a_phone_in_lines = any(table in node.every("table") for node in told)
        assert scrolls == (columns >= 5 and not on_a_phone_in_lines)


def test_a_table_of_words_names_each_cell_for_a_phone(page: Node) -> None:
    told = [node for node in page.every("div") if node.has_class("told")]
    assert told
    for node in told:
        heads = [cell.text for cell in node.one("thead").every("th", "td")]
        for row in node.one("tbody").every("tr"):
            for head, cell in zip(heads, row.every("th", "td"), strict=True):
                if cell.tag == "td" and cell.text:
                    assert cell.attributes["data-label"] == head


def test_every_picture_has_a_text_alternative(page: Node) -> None:
    pictures = page.every("svg")
    assert len(pictures) >= 4
    for picture in pictures:
        title, description = (picture.one(tag) for tag in ("title", "desc"))
        assert title.text.strip()
        assert description.text.strip()
        assert picture.attributes["role"] == "img"
        assert (
            picture.attributes["aria-labelledby"]
            == f"{title.attributes['id']} {description.attributes['id']}"
        )


def test_ids_are_unique_and_every_reference_arrives(page: Node) -> None:
    ids = [node.attributes["id"] for node in page.every() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in page.every():
        for name in (node.attributes.get("aria-labelledby") or "").split():
            assert name in ids
        href = node.attributes.get("href")
        if href:
            assert href[0] == "#"
            assert href[1:] in ids
        for value in node.attributes.values():
            assert set(re.findall(r"url\(#([^)]*)\)", value or "")) <= set(ids)


def test_there_are_landmarks_a_skip_link_and_one_heading_above_all(page: Node) -> None:
    for tag in ("header", "nav", "main", "footer", "h1"):
        page.one(tag)
    assert page.one("head").one("title").text == page.one("h1").text
    first = page.every("a")[0]
    assert first.attributes["href"] == f"#{page.one('main').attributes['id']}"
    levels = [int(node.tag[1]) for node in page.every("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.one("html").attributes["lang"] == "en"


def test_the_contents_name_every_section_after_page_one_in_order(page: Node) -> None:
    named = [link.text for link in page.one("nav").every("a")]
    (more,) = [node for node in page.every("div") if node.has_class("more")]
    assert named == [heading.text for heading in more.every("h2")]


def test_it_says_how_wide_it_is_so_that_a_phone_shows_it_large(page: Node) -> None:
    (viewport,) = [n for n in page.every("meta") if n.attributes.get("name") == "viewport"]
    assert viewport.attributes["content"] == "width=device-width, initial-scale=1"


# What leaves the file: nothing


def test_the_policy_allows_its_own_style_and_nothing_else(page: Node) -> None:
    (policy,) = [n for n in page.every("meta") if n.attributes.get("http-equiv") == "Content-Security-Policy"]
    digest = b64encode(sha256(page.one("style").text.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_there_is_no_script_no_file_from_elsewhere_and_no_style_on_an_element(page: Node) -> None:
    assert not page.every(
        "script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image"
    )
    for node in page.every():
        assert not {"src", "srcset", "style", "action", "data", "background"} & set(node.attributes)
        assert not [name for name in node.attributes if name.startswith("on")]
    assert "@import" not in page.one("style").text
    assert "url(" not in page.one("style").text


def test_it_names_no_address() -> None:
    assert not re.findall(r"https?://[^\s\"'<>]*", write_html(report()))


def test_the_same_report_is_the_same_file() -> None:
    assert write_html(report()) == write_html(report())


# What it says


def test_every_word_of_the_report_is_on_the_page() -> None:
    made = report()
    text = page_of(made).text
    for part in (*made.front, *made.more):
        for block in part.blocks:
            match block:
                case Grid(caption, head, rows):
                    cells = [cell for row in rows for cell in row]
                    said = [
                        caption,
                        *head,
                        *(cells if part.key != "glance" else (c for cell in cells for c in head_of(cell))),
                    ]
                case Para(words):
                    said = [words]
                case Items(items):
                    said = list(items)
                case _:
                    said = []
            assert [words for words in said if words not in text] == []


def test_figures_and_verdicts_of_page_one_stand_out() -> None:
    glance = next(n for n in page_of(report()).every("section") if n.attributes["id"] == "glance")
    first = glance.one("tbody").every("tr")[0]
    assert [node.text for node in first.every("b")] == [
        "baseline",
        "20 min",
        "41 min",
        "clear change, better",
    ]
    assert [node.text for node in first.every("small")][1] == "12 days"
    labels = [cell.attributes.get("data-label") for cell in first.every("td")]
    assert labels == ["Against", "Then", "Now", "Change"], "a phone stacks the cells and shows these"


def test_numbers_stand_right() -> None:
    flares = next(n for n in page_of(report()).every("section") if n.attributes["id"] == "flares")
    assert [cell.text for cell in flares.every("td") if cell.has_class("n")] == ["5", "8", "1", "6"]


def test_a_short_cell_is_kept_on_one_line_and_a_small_table_is_not_stretched() -> None:
    page = page_of(report())
    small = [node.one("caption").text for node in page.every("div") if node.has_class("narrow")]
    assert "Where it hurts" in small
    assert "Plan" not in small
    assert {cell.text for cell in page.every("td") if cell.has_class("k")} >= {"25 min", "5"}


def test_a_warning_has_its_frame() -> None:
    alarm = Section("warning", "Warning signs", (Para("CE1 reported 20 Nov, open.", "alarm"),))
    page = page_of(report()._replace(front=(alarm, *report().front)))
    (frame,) = [node for node in page.every("p") if node.has_class("alarm")]
    assert frame.text == "CE1 reported 20 Nov, open."


def test_the_weekly_numbers_are_beside_the_chart_but_not_in_the_short_form() -> None:
    assert len(page_of(report()).every("details")) == 4
    assert page_of(report(short=True)).every("details") == []


def test_the_first_chart_and_a_last_one_alone_are_wide_and_slim_on_a_phone() -> None:
    charts = page_of(report()).every("figure")[:4]
    assert [node.has_class("wide") for node in charts] == [True, False, False, True]
    assert [len(node.every("svg")) for node in charts] == [2, 1, 1, 2]


def test_a_caption_that_repeats_its_heading_is_only_heard() -> None:
    captions = page_of(report()).every("caption")
    assert {node.text for node in captions if node.has_class("unseen")} == {
        "Flares", "Plan", "Questionnaires", "Where it hurts",
    }  # fmt: skip


def test_a_report_without_more_or_without_a_name_has_no_empty_places() -> None:
    made = report()._replace(more=(), who="")
    page = page_of(made)
    assert "Who" not in page.one("header").text
    assert len(page.one("main").every("section")) == len(made.front)


def test_ten_years_of_days_are_one_small_file() -> None:
    part = Section("charts", "Charts", tuple(figure(key, 3650) for key in ("pain", "sit", "walk", "sleep")))
    assert len(write_html(report()._replace(more=(part,)))) < 1_500_000


# Words that would do something


def test_hostile_words_are_words() -> None:
    page = page_of(report(hostile=HOSTILE))
    shown = visible(HOSTILE)
    assert page.one("h1").text == shown
    for tag in ("li", "dd", "dt", "th", "figcaption", "desc"):
        assert shown in [node.text for node in page.every(tag)], tag


def test_nothing_on_the_page_steers_a_terminal_or_turns_the_writing() -> None:
    text = write_html(report(hostile=HOSTILE + "\u2066\u200b\ud800\x9b31m\x00"))
    assert (
        re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]", text) == []
    )
    assert "[U+001B][31mred[U+0007]" in text
    assert "[U+202E]gnp.exe" in text
    text.encode()


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_comes_out_as_it_is_seen(words: str) -> None:
    made = Report(
        words,
        "",
        "",
        "",
        (Section("a", "A", (Items((words,)), Grid(words, ("", "n"), ((words, "1"),)))),),
        (),
    )
    page = page_of(made)
    shown = visible(words)
    assert page.one("main").one("li").text == page.one("h1").text == page.one("caption").text == shown
    assert page.one("tbody").every("th", "td")[0].text == shown


@given(st.text(max_size=60))
def test_what_is_visible_hides_nothing_and_stays_as_it_is(words: str) -> None:
    shown = visible(words)
    assert visible(shown) == shown
    shown.encode()
    assert all(sign == "\n" or sign.isprintable() or ord(sign) > 0x9F for sign in shown)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\r\nb\u2028c\td", "a\nb\nc d"),
        ("\x1b]8;;x\x07", "[U+001B]]8;;x[U+0007]"),
        ("\u202eabc\u2069", "[U+202E]abc[U+2069]"),
        ("x\u200by\ufeff", "x[U+200B]y[U+FEFF]"),
        ("\U000e0041", "[U+E0041]"),
        ("\ud83d", "[U+D83D]"),
        ("👨\u200d👩 naïve שלום", "👨\u200d👩 naïve שלום"),
    ],
)
def test_signs_that_hide_are_written_out(words: str, shown: str) -> None:
    assert visible(words) == shown


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
def test_no_sign_that_turns_the_writing_stays(code: int) -> None:
    assert visible(f"a{chr(code)}b") == f"a[U+{code:04X}]b"
