"""F16: the same file is taken in twice, and by two programs at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import all_rows, ended, is_whole, sizes, start

KINDS = ("ndjson", "json", "db")
"""A bundle, a FHIR file, a diary of another computer."""
LEFT_BY_AN_IMPORT = ("import_run", "step", "change", "sqlite_sequence")
"""What tells of an import itself, not of what came in."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What another computer of the same patient handed over, as each kind of file."""
    folder = tmp_path_factory.mktemp("sources")
    other = Patient(folder)
    for n in range(20):
        other.run("log", 3, "sit", 20 + n, "note", f"n{n}", now=evening(n))
    other.now = evening(20)
    other.run("plan", "set", "sit", 25, "--by", "physio")
    other.run("done", "sit", 25)
    other.run("goal", "add", "film", "--metric", "sit", "--target", 90, "--by", "8w")
    other.run("screen", "--none")
    made = {kind: folder / f"all.{kind}" for kind in KINDS}
    other.run("export", "-o", made["ndjson"])
    other.run("export", "--format", "fhir", "-o", made["json"])
    shutil.copy(other.file, made["db"])
    return made


@pytest.fixture
def here(patient: Patient) -> Patient:
    """A computer with a record of its own."""
    patient.now = evening(21)
    patient.run("log", 6, "note", "mine")
    return patient


def content(patient: Patient) -> dict[str, list[tuple[object, ...]]]:
    return all_rows(patient.file, without=LEFT_BY_AN_IMPORT)


def take_in(source: Path) -> tuple[object, ...]:
    return ("import", source, "--same-person")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_taken_in_twice_counts_once(here: Patient, sources: dict[str, Path], kind: str) -> None:
    first = here.run(*take_in(sources[kind]))
    once = content(here)
    assert len(once["entry"]) == 21
    assert "Nothing is new." not in first.out
    again = here.run(*take_in(sources[kind]))
    assert "Nothing is new. The diary is as it was." in again.out
    assert content(here) == once
    copies = list((here.home / "backups").glob("diary-import-*.db"))
    assert len(copies) == 1, "an import that brings nothing makes no copy"


@sizes(1, 10)
@pytest.mark.parametrize("kind", KINDS)
def test_two_programs_that_take_in_one_file_at_once_bring_it_once(
    here: Patient, sources: dict[str, Path], tmp_path: Path, kind: str, size: int
) -> None:
    alone = Patient(tmp_path / "alone")
    shutil.copytree(here.home, alone.home)
    alone.now = here.now
    alone.run(*take_in(sources[kind]))
    for n in range(size):
        patient = Patient(tmp_path / str(n))
        shutil.copytree(here.home, patient.home)
        patient.now = here.now
        answers = [ended(child) for child in [start(patient, *take_in(sources[kind])) for _ in range(2)]]
        assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * 2
        assert {name: len(rows) for name, rows in content(patient).items()} == {
            name: len(rows) for name, rows in content(alone).items()
        }
        assert is_whole(patient.file)
        assert all(is_whole(copy) for copy in (patient.home / "backups").glob("*.db"))
        assert sum("Nothing is new." in answer.out for answer in answers) == 1, answers
