"""`spinetrack guide`: every line it names can be typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.conftest import Patient

from spinetrack.errors import ExitCode
from spinetrack.views.guide_page import CHAPTERS, Chapter

LINES = [command for chapter in CHAPTERS for command, _ in chapter.commands]


@pytest.fixture
def lived(patient: Patient) -> Patient:
    """Return a patient with a diary in which each line of the guide makes sense."""
    patient.run("profile", "gates", "--none")
    for number in range(7):
        patient.run(
            "screen", "--yes" if number == 6 else "--none", *(["CE1"] if number == 6 else []), code=None
        )
    patient.run("med", "add", "ibuprofen")
    return patient


def test_alone_it_lists_the_chapters(patient: Patient) -> None:
    out = patient.run("guide").out
    assert all(f"spinetrack guide {c.key}" in out and c.title in out for c in CHAPTERS)
    assert not patient.home.exists()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.key)
def test_a_chapter_says_what_to_type(chapter: Chapter, patient: Patient) -> None:
    said = patient.run("guide", chapter.key[:3], "--plain").out
    assert said.startswith(chapter.title)
    assert all(command in said and what in said for command, what in chapter.commands)


@pytest.mark.parametrize("line", LINES)
def test_what_it_says_to_type_is_understood(
    line: str, lived: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = lived.run(*shlex.split(line)[1:], code=None, stdin="")
    assert answer.code != ExitCode.USAGE or answer.err.startswith("Nobody is there to answer."), answer.err


def test_an_unknown_chapter_names_those_there_are(patient: Patient) -> None:
    answer = patient.run("guide", "zz", code=2)
    assert "first, day, plan" in answer.err
