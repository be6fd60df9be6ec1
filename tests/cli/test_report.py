"""`spinetrack report`: the file, its period, what it leaves out, and that a look writes nothing."""

from __future__ import annotations

import json
import re
import shutil
import stat
from typing import TYPE_CHECKING

import pytest
import typer
from tests.conftest import Patient, evening
from tests.report.lived import lived
from tests.report.paper import read

from spinetrack.recovery.diary import Handover
from spinetrack.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Answer

NAME = "spinetrack-report-2026-03-02.html"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the diary of 30 days, typed once."""
    patient = Patient(tmp_path_factory.mktemp("month"))
    for n in range(30):
        patient.run("log", 5 - n // 15, "sit", 20 + n // 3, "sleep", "7h", "--at", day(n), now=evening(29))
    return patient.file


@pytest.fixture
def logged(patient: Patient, month: Path, monkeypatch: pytest.MonkeyPatch) -> Patient:
    """Return a patient of 30 days who stands in a folder of their own."""
    patient.home.mkdir(mode=0o700)
    shutil.copy(month, patient.file)
    patient.now = evening(29)
    (patient.folder / "out").mkdir()
    monkeypatch.chdir(patient.folder / "out")
    return patient


def day(n: int) -> str:
    return evening(n)[:16]


def handed(patient: Patient) -> tuple[Handover, ...]:
    with Store(patient.home, lambda: None) as store:  # type: ignore[arg-type, return-value]
        return store.every(Handover)


def files(patient: Patient) -> list[str]:
    return sorted(path.name for path in (patient.folder / "out").iterdir())


def text(answer: Answer) -> str:
    return " ".join(answer.out.split())


# -- the file -------------------------------------------------------------------------------------


def test_it_writes_html_into_this_folder_and_says_where(logged: Patient) -> None:
    answer = logged.run("report")
    assert answer.lines == [
        "Written: spinetrack-report-2026-03-31.html",
        "Only you can read it on this computer. Look at it before you hand it over.",
    ]
    assert files(logged) == ["spinetrack-report-2026-03-31.html"]
    page = (logged.folder / "out" / files(logged)[0]).read_text("utf-8")
    assert page.startswith(("<!DOCTYPE html>", "<!doctype html>"))


def test_only_the_owner_can_read_it(logged: Patient) -> None:
    logged.run("report", "-o", "a.md")
    assert stat.S_IMODE((logged.folder / "out" / "a.md").stat().st_mode) == 0o600


def test_it_never_writes_over_a_file_without_force(logged: Patient) -> None:
    path = logged.folder / "out" / "a.md"
    path.write_text("mine")
    answer = logged.run("report", "-o", "a.md", code=1)
    assert answer.out == ""
    assert "There is a file here already: a.md." in answer.err
    assert path.read_text() == "mine"
    assert handed(logged) == ()
    logged.run("report", "-o", "a.md", "--force")
    assert path.read_text("utf-8").startswith("# Back and neck diary: report")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.md", b"# Back"), ("r.txt", b"BACK AND"), ("r.HTM", b"<!"), ("r.markdown", b"# Back")],
)
def test_the_ending_says_the_format(logged: Patient, name: str, begins: bytes) -> None:
    logged.run("report", "-o", name)
    assert (logged.folder / "out" / name).read_bytes().startswith(begins)


def test_the_format_names_the_file(logged: Patient) -> None:
    logged.run("report", "--format", "md")
    assert files(logged) == ["spinetrack-report-2026-03-31.md"]


def test_the_format_goes_before_the_ending(logged: Patient) -> None:
    logged.run("report", "--format", "md", "-o", "r.txt")
    assert (logged.folder / "out" / "r.txt").read_text("utf-8").startswith("# Back")


def test_pdf_is_written(logged: Patient) -> None:
    pytest.importorskip("typst")
    logged.run("report", "--short", "-o", "r.pdf")
    assert (logged.folder / "out" / "r.pdf").read_bytes().startswith(b"%PDF-")


def test_text_goes_to_the_screen_and_is_no_handover(logged: Patient) -> None:
    answer = logged.run("report", "--format", "text")
    assert answer.lines[0] == "Back and neck diary: report"
    assert files(logged) == []
    assert handed(logged) == ()


@pytest.mark.parametrize(
    ("words", "begins"),
    [((), "Back and neck"), (("--format", "md"), "# Back"), (("--format", "html"), "<!doctype html>")],
)
def test_a_hyphen_for_a_file_is_the_screen(logged: Patient, words: tuple[str, ...], begins: str) -> None:
    assert logged.run("report", *words, "-o", "-").out.startswith(begins)
    assert files(logged) == []
    assert handed(logged) == ()


@pytest.mark.parametrize(
    ("word", "said"),
    [("medicines", "Left out: medicines,"), ("questionnaires", "Left out: questionnaires,")],
)
def test_a_part_is_left_out_by_the_word_on_the_page_too(logged: Patient, word: str, said: str) -> None:
    assert said in text(logged.run("report", "--format", "text", "--without", word))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "r.doc"), "The ending of r.doc says no format. Use one of .html, .pdf, .md, .txt."),
        (("-o", "report"), "The ending of report says no format."),
        (("--format", "pdf", "-o", "-"), "A PDF cannot stand on the screen."),
        (("--format", "docx"), 'There is no format "docx". It can be: html, pdf, md, text.'),
        (("--without", "everything"), 'There is no part called "everything".'),
        (("--without", "signs"), "Warning signs are never left out."),
        (("--since", "2026-03-20", "--until", "2026-03-10"), "The period ends before it begins."),
    ],
)
def test_what_cannot_be_understood_is_refused(logged: Patient, words: tuple[str, ...], said: str) -> None:
    answer = logged.run("report", *words, code=2)
    assert said in answer.err
    assert "Nothing was written." in answer.err
    assert files(logged) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "nowhere/r.html"), "There is no folder nowhere."),
        (("-o", "../out", "--format", "md"), "This is a folder: ../out."),
        (("--since", "visit"), "There is no past visit to a physio in your diary."),
        (("--since", "visit:Zorro"), 'There is no past visit to "Zorro" in your diary.'),
        (("--since", "visit:"), "There is no past visit"),
        (("--since", "report"), "No report was made yet."),
        (("--until", "2026-01-01"), "Nothing is recorded up to that day."),
    ],
)
def test_what_cannot_be_done_is_refused(logged: Patient, words: tuple[str, ...], said: str) -> None:
    answer = logged.run("report", *words, code=1)
    assert said in answer.err
    assert answer.out == ""
    assert files(logged) == []


def test_an_empty_diary_has_no_report(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(patient.folder)
    answer = patient.run("report", code=1)
    assert answer.err.splitlines() == [
        "Nothing is recorded yet, so there is nothing to report. Nothing was written.",
        "Begin: spinetrack log 4",
    ]
    assert not patient.home.exists()


def test_r_is_short_for_it(logged: Patient) -> None:
    assert logged.run("r", "--preview").out == logged.run("report", "--preview").out


def test_it_opens_the_file_on_request(logged: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def fake(path: str) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(typer, "launch", fake)
    logged.run("report", "-o", "r.html", "--open")
    assert opened == [str((logged.folder / "out" / "r.html").resolve())]


def test_a_computer_that_opens_nothing_keeps_the_file(
    logged: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typer, "launch", lambda _: 1)
    answer = logged.run("report", "-o", "r.html", "--open", code=1)
    assert "Nothing on this computer opens r.html. It is written all the same." in answer.err
    assert files(logged) == ["r.html"]
    assert len(handed(logged)) == 1


# -- the period -----------------------------------------------------------------------------------


def period(patient: Patient, *words: str, now: str | None = None) -> str:
    answer = patient.run("report", "--preview", *words, now=now)
    return next(line for line in answer.lines if line.startswith("Period: ")).removeprefix("Period: ")


def test_without_a_visit_it_is_12_weeks_or_the_whole_diary(logged: Patient) -> None:
    assert period(logged) == "2 to 31 Mar 2026 (since the diary began), 30 of 30 days recorded"
    assert period(logged, now=evening(100)).startswith(
        "19 Mar to 10 Jun 2026 (the last 12 weeks), 13 of 84 days"
    )


def test_it_begins_at_the_last_past_visit_to_a_physio(logged: Patient) -> None:
    for name, on in (("physio", "2026-03-10"), ("Physiotherapist", "2026-03-20"), ("physio", "2026-03-31"),
                     ("physio", "2026-04-20"), ("Dr Hall", "2026-03-28")):  # fmt: skip
        logged.run("visit", "add", name, "--on", on)
    assert period(logged).startswith("20 to 31 Mar 2026 (since the visit to Physiotherapist)")
    assert period(logged, "--since", "visit") == period(logged)
    assert period(logged, "--since", "visit:hall").startswith(
        "28 to 31 Mar 2026 (since the visit to Dr Hall)"
    )
    assert period(logged, now=evening(30)).startswith("31 Mar to 1 Apr 2026 (since the visit to physio)")


def test_a_visit_to_somebody_else_or_ahead_never_begins_it(logged: Patient) -> None:
    logged.run("visit", "add", "Dr Hall", "--on", "2026-03-28")
    logged.run("visit", "add", "physio", "--on", "2026-04-28")
    assert period(logged).startswith("2 to 31 Mar 2026")


def test_it_begins_where_it_is_told(logged: Patient) -> None:
    assert period(logged, "--since", "1w").startswith("24 to 31 Mar 2026, 8 of 8 days")
    assert (
        period(logged, "--since", "2026-03-10", "--until", "2026-03-20")
        == "10 to 20 Mar 2026, 11 of 11 days recorded"
    )
    assert period(logged, "--since", "all").startswith("2 to 31 Mar 2026 (since the diary began)")


def test_it_begins_at_the_last_report(logged: Patient) -> None:
    logged.run("report", "-o", "one.md", now=evening(20))
    assert period(logged, "--since", "report").startswith(
        "22 to 31 Mar 2026 (since the last report), 10 of 10"
    )


# -- what it holds --------------------------------------------------------------------------------


def test_preview_lists_the_parts_and_writes_nothing(logged: Patient) -> None:
    before = logged.file.read_bytes()
    answer = logged.run("report", "--preview", "--format", "pdf")
    assert answer.lines[0] == (
        "This report would stand in spinetrack-report-2026-03-31.pdf. Nothing was written."
    )
    assert (
        "Page one: At a glance (4 rows)" in answer.lines or "Page one: At a glance (2 rows)" in answer.lines
    )
    assert "Then: Charts (a chart of pain, a chart of sitting, a chart of sleep)" in answer.lines
    assert files(logged) == []
    assert logged.file.read_bytes() == before


def test_parts_are_left_out_and_page_one_says_so(logged: Patient) -> None:
    logged.run("log", "4", "note", "Zelda came")
    logged.run("report", "-o", "all.md")
    logged.run("report", "--without", "notes,charts", "--without", "Meds", "-o", "less.md")
    everything, less = (read(logged.folder / "out" / name) for name in ("all.md", "less.md"))
    assert "Notes by the patient" in everything
    assert set(everything) - set(less) == {"Notes by the patient", "Charts"}
    assert less["About"].items == ["Left out: notes, charts and medicines, by the patient"]


def test_a_redacted_report_counts_its_days(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(patient)
    monkeypatch.chdir(patient.folder)
    answer = patient.run("report", "--redact", "--format", "md")
    assert answer.lines[0] == "Written: spinetrack-report-redacted.md"
    found = (patient.folder / "spinetrack-report-redacted.md").read_text("utf-8")
    assert "day 49 to 84 (since the visit to physiotherapist), 36 of 36 days recorded" in found
    for word in (
        "2026",
        "2025",
        "2000",
        "Hall",
        "Dana",
        "film",
        "Jo",
        "swim",
        "heat",
        "Jan",
        "Feb",
        "stomach",
        "bulge",
    ):
        assert not re.search(rf"\b{word}\b", found), word
    for part in ("Flares", "Goals", "Plan", "Treatments", "Medicines", "Questionnaires", "Where it hurts"):
        assert f"\n## {part}\n" in found
    assert handed(patient)[-1].redacted


def test_the_numbers_of_a_redacted_report_are_the_same(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(patient)
    monkeypatch.chdir(patient.folder)
    patient.run("report", "-o", "open.md")
    patient.run("report", "--redact", "-o", "shut.md")
    shown, hidden = read(patient.folder / "open.md"), read(patient.folder / "shut.md")
    for column in ("Now", "Baseline", "Last visit", "Since baseline", "Since last visit"):
        assert [row[column].partition(";")[0] for row in shown["At a glance"].table] == [
            row[column].partition(";")[0] for row in hidden["At a glance"].table
        ]
    for title, columns in {"Plan": ("Dose now", "Done"), "Flares": ("Length", "Peak pain")}.items():
        for column in columns:
            assert [row[column] for row in shown[title].table] == [row[column] for row in hidden[title].table]
    assert shown["How good the record is"] == hidden["How good the record is"]


def test_two_redacted_reports_are_the_same_but_for_nothing(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(patient)
    monkeypatch.chdir(patient.folder)
    for name in ("a.md", "b.md"):
        patient.run("report", "--redact", "-o", name)
    assert (patient.folder / "a.md").read_text("utf-8") == (patient.folder / "b.md").read_text("utf-8")


def test_an_open_flag_stands_on_top_and_the_report_still_works(logged: Patient) -> None:
    logged.run("screen", "--yes", "CE1", code=3)
    answer = logged.run("report", "--format", "text")
    start = answer.out.index("A warning sign is open:")
    assert start < answer.out.index("At a glance:")
    assert "STOP. You reported 31 Mar, 19:00" in text(answer)
    logged.run("report", "-o", "r.html")


def test_what_is_private_is_printed_only_when_asked_for(logged: Patient) -> None:
    logged.run("screen", "--yes", "OT2", code=3)
    assert "OT2" not in logged.run("report", "--format", "text").out
    assert "OT2" in logged.run("report", "--format", "text", "--with-everything").out


def test_the_last_check_is_known_however_old(logged: Patient) -> None:
    logged.run("screen", "--none", now=evening(3))
    for n in (300, 301):
        logged.run("log", "4", now=evening(n))
    out = logged.run("report", "--format", "text", now=evening(301)).out
    assert "Last asked 5 Mar: none reported. Asked on 0 days of this period." in out


def test_the_baseline_is_that_of_the_whole_diary(logged: Patient) -> None:
    for n in range(290, 304):
        logged.run("log", 2, "sit", 45, now=evening(n))
    out = logged.run("report", "--format", "text", now=evening(303)).out
    assert "Baseline: 22 min, 14 days; 2 to 15 Mar. Start: " in out


def test_limb_pain_of_body_sites_has_a_baseline_too(logged: Patient) -> None:
    for n in range(200, 214):
        logged.run("log", 4, "--where", "left-calf:5", now=evening(n))
    for n in range(420, 434):
        logged.run("log", 4, "--where", "left-calf:3", now=evening(n))
    out = logged.run("report", "--format", "text", "--plain", now=evening(433)).out
    line = next(line for line in out.splitlines() if line.startswith("Measure: Leg or arm pain"))
    assert "Baseline: 5, 14 days; 18 Sep to 1 Oct 2026. " in line
    assert "Now: 3, 14 days. Since baseline: not judged: \u22122 points, \u221240 %." in line


# -- the handover ---------------------------------------------------------------------------------


def test_each_report_made_is_remembered(logged: Patient) -> None:
    logged.run("report", "--without", "notes", "--since", "1w", "-o", "r.md")
    (found,) = handed(logged)
    assert (found.kind, found.format, found.redacted, found.without) == ("report", "md", False, ("notes",))
    assert (str(found.since), str(found.until)) == ("2026-03-24", "2026-03-31")


def test_a_report_is_not_what_undo_takes_back(logged: Patient) -> None:
    logged.run("report", "-o", "r.md")
    assert "log" in logged.run("undo").out
    assert len(handed(logged)) == 1


def test_a_report_changes_nothing_else(logged: Patient) -> None:
    before = json.loads(logged.run("history", "--json", "--since", "all").out)
    logged.run("report", "-o", "r.md")
    assert json.loads(logged.run("history", "--json", "--since", "all").out) == before


def test_ten_thousand_letters_of_a_note_are_cut(logged: Patient) -> None:
    logged.run("log", "4", "note", "word " * 2000)
    logged.run("report", "-o", "r.md")
    path: Path = logged.folder / "out" / "r.md"
    assert max(map(len, path.read_text("utf-8").splitlines())) < 1000
