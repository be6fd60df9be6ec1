"""The report as a PDF: the same words and numbers as the page, tagged, and locked when asked."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from tests.report.lived import lived
from tests.report.sample import HOSTILE, fullest, report
from tests.report.test_html import Tree

from spinetrack.report import pdf
from spinetrack.report.html import write_html
from spinetrack.report.model import Facts, Items, Para, Section
from spinetrack.report.pdf import PdfFailedError, PdfMissingError, write_pdf
from spinetrack.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Patient

    from spinetrack.report.model import Report

pytest.importorskip("typst", reason="the extra pdf is not installed")

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def pages(raw: bytes) -> list[str]:
    """Return the words of each page on one line, without the line at its foot."""
    found = []
    for number, page in enumerate(PdfReader(BytesIO(raw)).pages, 1):
        words = " ".join(page.extract_text().replace("\u200b", "").split())
        found.append(re.sub(rf"(\S+ · .*? )?{number} / \d+\s*$", "", words))
    return found


def elements(raw: bytes) -> Iterator[Any]:
    """Yield every element of the structure a screen reader walks along."""
    root: Any = PdfReader(BytesIO(raw)).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if isinstance(item, IndirectObject) else item
        if isinstance(item, ArrayObject):
            waiting += list(item)
        elif isinstance(item, DictionaryObject):
            if "/S" in item:
                yield item
            waiting += [item["/K"]] if "/K" in item else []


@pytest.fixture(scope="module")
def full() -> bytes:
    return write_pdf(report())


def rows_of(made: Report) -> Iterator[str]:
    """Yield each row, line and fact of the page on one line, read from the HTML."""
    root = Tree(write_html(made)).root
    for node in root.every("main")[0].every("tr", "p", "li", "dt", "dd", "h2", "figcaption"):
        yield " ".join(" ".join(p if isinstance(p, str) else p.text for p in node.parts).split())


def test_every_row_and_line_of_the_page_is_in_the_pdf_word_for_word(full: bytes) -> None:
    said = " ".join(pages(full))
    rows = list(rows_of(report()))
    assert len(rows) > 80
    assert [row for row in rows if row not in said] == []


def test_its_numbers_are_those_of_the_page_and_no_others(full: bytes) -> None:
    page = Tree(write_html(report())).root.one("body")
    for picture in page.every("desc", "title"):
        picture.parts = []
    on_page = set(NUMBER.findall(" ".join(pages_text(page))))
    assert set(NUMBER.findall(" ".join(pages(full)))) == on_page


def test_the_numbers_of_a_diary_are_the_same_in_both(patient: Patient) -> None:
    lived(patient)
    for name in ("r.html", "r.pdf"):
        patient.run("report", "-o", patient.folder / name)
    page = Tree((patient.folder / "r.html").read_text("utf-8")).root.one("body")
    for picture in page.every("desc", "title"):
        picture.parts = []
    on_page = set(NUMBER.findall(" ".join(pages_text(page))))
    on_paper = set(NUMBER.findall(" ".join(pages((patient.folder / "r.pdf").read_bytes()))))
    assert len(on_page) > 60
    assert on_paper == on_page


def pages_text(node: object) -> Iterator[str]:
    from tests.report.test_html import Node

    assert isinstance(node, Node)
    for part in node.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from pages_text(part)


def test_a_changed_number_is_noticed_by_the_comparison(full: bytes) -> None:
    glance = report().front[0]
    other = report()._replace(front=(glance._replace(blocks=(Para("Now 99.9 min."),)), *report().front[1:]))
    assert "99.9" in " ".join(pages(write_pdf(other)))
    assert "99.9" not in " ".join(pages(full))


def test_the_same_report_is_the_same_file(full: bytes) -> None:
    assert write_pdf(report()) == full


def test_the_short_form_is_two_pages_the_first_of_them_page_one() -> None:
    first, second = pages(write_pdf(report(short=True)))
    for part in report().front:
        assert part.title in first
    assert second.startswith("Charts")
    assert "The numbers of the charts" not in second
    assert "The numbers of the charts" in " ".join(pages(write_pdf(report())))


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 595.276, 841.89), ("us-letter", 612, 792)])
def test_page_one_is_one_page_on_either_paper(paper: str, width: float, height: float) -> None:
    raw = write_pdf(fullest(), paper=paper)  # type: ignore[arg-type]
    box = PdfReader(BytesIO(raw)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((width, height), abs=0.01)
    first, second, *_ = pages(raw)
    assert report().front[-1].title in first
    assert second.startswith("Charts")


def test_it_is_tagged_and_says_that_anybody_can_read_it(full: bytes) -> None:
    read = PdfReader(BytesIO(full))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert read.metadata is not None
    assert read.metadata.title == "Recovery report"


def test_every_picture_has_its_text_and_every_table_its_heads(full: bytes) -> None:
    found = list(elements(full))
    alts = [str(one["/Alt"]) for one in found if one["/S"] == "/Figure"]
    assert len(alts) == 5
    assert sum("weekly middle" in alt for alt in alts) == 4
    assert sum("left buttock on 21" in alt for alt in alts) == 1
    kinds = [one["/S"] for one in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(report().front) + len(report().more) + 1
    assert kinds.count("/Table") == kinds.count("/THead") == 9
    assert kinds.count("/TH") > 40


def test_the_clinics_password_opens_it_and_nothing_else_does() -> None:
    raw = write_pdf(report(), password="correct horse")
    assert b"Recovery" not in raw
    locked = PdfReader(BytesIO(raw))
    assert locked.is_encrypted
    assert not locked.decrypt("wrong")
    assert not locked.decrypt("")
    assert locked.decrypt("correct horse")
    assert "At a glance" in locked.pages[0].extract_text()
    rules: Any = locked.trailer["/Encrypt"]
    assert (rules["/V"], rules["/R"], rules["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")


# Words that would do something


def test_hostile_words_are_words_and_lose_nothing() -> None:
    said = "".join("".join(pages(write_pdf(report(hostile=HOSTILE)))).split())
    for piece in ("<script>alert('x')</script>", "[U+001B][31mred[U+0007]", "=cmd|'/C", "#set page(width: 1cm) $x$",
                  "\\u{41} *bold* _it_ `raw` @ref [x](http://a)", "[U+202E]gnp.exe"):  # fmt: skip
        assert "".join(piece.split()) in said, piece


def test_a_very_long_word_stays_inside_its_column() -> None:
    long = "x" * 3000
    own = Section("own", "Own", (Para(long), Items((long,)), Facts(((long[:300], long),))))
    raw = write_pdf(report()._replace(more=(own,)))
    right = [
        (float(matrix[4]), text)
        for page in PdfReader(BytesIO(raw)).pages
        for text, matrix in placed(page)
        if "xx" in text
    ]
    assert right
    assert all(x + 4.4 * len(text.strip()) < 595 for x, text in right)
    assert "".join(pages(raw)).replace(" ", "").count("x") >= 9300


def placed(page: object) -> list[tuple[str, list[float]]]:
    """Return every piece of text of a page with its place."""
    found: list[tuple[str, list[float]]] = []
    page.extract_text(visitor_text=lambda text, _cm, tm, *_: found.append((text, tm)))  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("sign", ["😀", "日", "𒀀", "\U0010fffd", "👨\u200d👩\u200d👧"])
def test_a_sign_without_a_font_is_named_not_lost(sign: str) -> None:
    said = " ".join(pages(write_pdf(report()._replace(who=f"before {sign} after"))))
    names = {"😀": "[grinning face]", "日": "[U+65E5]", "𒀀": "[cuneiform sign a]", "\U0010fffd": "[U+10FFFD]"}
    shown = said.split("before ", 1)[1].split(" after", 1)[0]
    assert shown == names.get(sign) or shown[:1] == sign[:1] or shown.startswith("[man]")


def test_letters_of_other_languages_are_drawn() -> None:
    said = " ".join(pages(write_pdf(report()._replace(who="Zoë Ωμέγα Жук"))))
    assert "Zoë Ωμέγα Жук" in said
    write_pdf(report()._replace(who="שלום مرحبا"))


def test_too_many_signs_without_a_font_end_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_LACKING", 1)
    with pytest.raises(PdfFailedError, match="The PDF could not be made"):
        write_pdf(report()._replace(who="\U0010fffd"))


@pytest.mark.parametrize("package", ["typst", "pikepdf"])
def test_without_the_extra_there_is_one_sentence_and_the_way_out(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PdfMissingError) as caught:
        write_pdf(report(), password="x")
    assert str(caught.value) == "PDF needs an extra part that is not installed."
    assert "spinetrack[pdf]" in caught.value.hint


def test_what_it_shows_is_made_visible_first() -> None:
    said = "".join("".join(pages(write_pdf(report()._replace(who="a\u202eb\x1bc")))).split())
    assert visible("a\u202eb\x1bc") in said
