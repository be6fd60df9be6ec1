"""`remind` as a patient types it."""

from __future__ import annotations

import pytest
from tests.conftest import Patient


@pytest.fixture(autouse=True)
def here(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(patient.folder)


def test_a_file_for_the_phone(patient: Patient) -> None:
    assert "diary-reminder.ics" in patient.run("remind", "--at", "8:30pm").out
    text = (patient.folder / "diary-reminder.ics").read_text()
    assert "DTSTART:20260302T203000" in text
    assert "There is a file here already" in patient.run("remind", "--at", "20:30", code=1).err
    patient.run("remind", "--at", "7:00", "--days", "tue, Friday", "--title", "Tea", "--force")
    text = (patient.folder / "diary-reminder.ics").read_text()
    assert "DTSTART:20260303T070000" in text
    assert "BYDAY=TU,FR" in text
    assert "SUMMARY:Tea" in text
    assert not patient.home.exists()


def test_lines_for_a_timer(patient: Patient) -> None:
    for name in ("systemd", "cron", "launchd", "windows"):
        out = patient.run("remind", "--at", "20:30", "--timer", name).out
        assert str(patient.home) in out
        assert "due" in out
    assert not list(patient.folder.glob("*"))


REFUSED = [
    ("remind", 2, "at"),
    ("remind --at 25:00", 1, "not a time of day"),
    ("remind --at tomorrow", 1, "not a time of day"),
    ("remind --at 20:30 --days someday", 1, "not a day of the week"),
    ("remind --at 20:30 --timer clock", 2, "no timer"),
    ("remind --at 20:30 --timer cron -o x", 2, "Leave -o"),
    ("remind --at 20:30 -o nowhere/x.ics", 1, "no folder"),
]


@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_refusals_write_nothing(patient: Patient, line: str, code: int, words: str) -> None:
    assert words in patient.run(*line.split(), code=code).err
    assert not list(patient.folder.glob("*"))


def test_an_empty_title(patient: Patient) -> None:
    patient.run("remind", "--at", "8pm", "--title", " ", code=1)
