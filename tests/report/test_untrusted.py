"""Words that would do something, in every field a patient or an imported file can fill, in every format."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tests.report.lived import TODAY, at, day, lived

from spinetrack.recovery import diary as d
from spinetrack.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Patient

EVIL = (
    "</style><script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>"
    "\x1b]8;;http://evil.example\x07\x1b[31m\u202egnp.exe\u2066\u200b =cmd|A0 #set page(width: 1cm) "
    '**b** [l](http://evil.example) 😀 שלום & "q" \''
)
LONG = "word " * 1500 + "y" * 2500
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FIELDS = (
    "name", "worse", "note", "goal", "reached", "treatment", "result", "session", "visit", "person", "medicine",
    "reason", "effect", "question", "outcome", "by", "trigger", "helped", "decision", "setter", "block",
)  # fmt: skip
"""A word for each field, so that it is known whether its text was printed."""


def words(field: str) -> str:
    return f"{field}-field {EVIL}"


def records() -> Iterator[object]:
    yield d.ProfileFact("name", words("name"), at(3), day(3))
    yield d.ProfileFact("worse", words("worse"), at(3), day(3))
    yield d.Entry(at(2), day(2), at(2), (d.Observation("pain", 4),), words("note"))
    yield d.Entry(at(3), day(3), at(3), (d.Observation("pain", 4),), LONG)
    yield d.Goal(words("goal"), "sit", 60.0, day(-30), at(50), day(50), 30.0, "why", 3, 2, 8, words("goal"))
    yield d.Goal(words("reached"), "walk", 20.0, day(-20), at(60), day(60), 18.0, status="reached",
                 closed_on=day(10))  # fmt: skip
    yield d.Visit("physio", day(60), at(70), day(70))
    yield d.Visit(words("visit"), day(11), at(40), day(40))
    yield d.Question(words("question"), at(4), day(4))
    yield d.FlareMark("start", at(16), day(16), words("trigger"))
    yield d.FlareMark("end", at(14), day(14), helped=words("helped"))
    yield d.Decision("PR-1-sit", "PR-1", "ignore", at(5), day(5), text=words("decision"))
    yield d.Quota("sit", at(1), day(1), 30.0, words("setter"), up_to=40.0)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    from tests.conftest import Patient

    patient = lived(Patient(tmp_path_factory.mktemp("evil")))
    with Store(patient.home, lambda: at(0, 19)) as store, store.write("evil") as writer:
        for record in records():
            writer.add(record)
        person = writer.add(d.Person(words("person"), "physiotherapist", at(60), day(60)))
        course = d.Treatment("physiotherapy", words("treatment"), day(40), at(40), day(40), person_id=person)
        writer.add(course._replace(dose=words("session")))
        writer.add(d.Treatment("mri", "MRI", day(25), at(25), day(25), result=words("result")))
        drug = writer.add(d.Medicine(words("medicine"), day(50), at(50), day(50), reason=words("reason")))
        writer.add(d.SideEffect(words("effect"), at(2), day(2), drug))
        writer.add(d.Block(8, at(9), day(9), words("block")))
        screen = writer.add(d.Screen(at(8), day(8), (d.Answer("MA3", "yes"),), 3))
        writer.add(d.Outcome(screen, at(7), day(7), "seen", words("outcome"), words("by")))
    return patient


def written(patient: Patient, name: str) -> bytes:
    patient.run("report", "--force", "-o", patient.folder / name)
    return (patient.folder / name).read_bytes()


class Elements(HTMLParser):
    """Collects elements, their attributes, and the text that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_on_the_page_they_are_text(evil: Patient) -> None:
    page = written(evil, "r.html").decode()
    found = Elements()
    found.feed(page)
    assert not {"script", "img", "b2", "iframe", "object", "link", "form", "input"} & found.tags
    assert page.count("</style>") == 1
    for name, value in found.attributes:
        assert not name.startswith("on"), name
        assert name not in {"style", "src", "srcset", "action"}, name
        assert name != "href" or value.startswith("#"), value
    assert "<script>alert(1)</script>" in found.text
    assert not STEERING.search(page)
    for field in FIELDS:
        assert f"{field}-field" in found.text, field


def test_in_the_pdf_they_are_text_and_nothing_points_outside(evil: Patient) -> None:
    pdf = PdfReader(BytesIO(written(evil, "r.pdf")))
    said = "".join("".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").split())
    for field in FIELDS:
        assert f"{field}-field" in said, field
    assert "<script>alert(1)</script>" in said
    assert "[U+202E]gnp.exe" in said
    assert not STEERING.search(said)
    for page in pdf.pages:
        for note in page.get("/Annots") or ():
            assert "/URI" not in str(note.get_object())
    assert "/JavaScript" not in str(pdf.trailer["/Root"])


def test_in_markdown_they_make_no_element_no_link_and_no_heading(evil: Patient) -> None:
    text = written(evil, "r.md").decode()
    bare = re.sub(r"\\.", "", text)
    assert "<" not in text
    assert not re.search(r"\]\(|https?://", bare)
    assert not STEERING.search(text)
    for field in FIELDS:
        assert f"{field}-field" in text, field


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "columns"])
def test_in_a_terminal_nothing_of_them_steers(evil: Patient, plain: bool) -> None:
    text = written(evil, "r.txt").decode()
    if plain:
        text = evil.run("report", "--format", "text").out
    assert not STEERING.search(text)
    together = "".join(text.split())
    for field in FIELDS:
        assert f"{field}-field" in together, field


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.txt"])
def test_a_very_long_note_is_cut_and_says_so(evil: Patient, name: str) -> None:
    text = written(evil, name).decode()
    assert "yyyy" not in text
    assert re.search(r"word(\s+word)+\s*…", text)


def test_a_redacted_report_holds_none_of_them(evil: Patient) -> None:
    for name in ("r.html", "r.md", "r.txt"):
        evil.run("report", "--redact", "--force", "-o", evil.folder / name)
        text = (evil.folder / name).read_text("utf-8")
        assert "-field" not in text
        assert "evil.example" not in text
        assert f"{TODAY.year}" not in text.replace("Ostelo 2008", "")
