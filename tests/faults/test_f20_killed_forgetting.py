"""F20: `forget` is killed at every step that reaches the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.test_f19_killed_conversion import killed_at

WORDS = ("forget", "--until", "2026-03-02")
YES = "forget\n"


def fresh(folder: Path, *, sealed: bool) -> Patient:
    folder.mkdir()
    patient = Patient(folder)
    patient.run("log", 4, "note", "secret-0")
    patient.run("log", 5, "note", "public-1", now=evening(1))
    patient.now = evening(1)
    patient.run("backup")
    if sealed:
        patient.run("encrypt", "--yes", "--key-file", folder / "key")
    return patient


def notes(patient: Patient) -> set[str]:
    return {e["note"] for e in patient.run("history", "--json").json["entries"]}


def everything(patient: Patient) -> str:
    """All that the files beside the diary hold, the encrypted ones too."""
    text = ""
    for path in [patient.file, *(patient.home / "backups").glob("*.db")]:
        folder = patient.folder / "look"
        text += (
            patient.run("--home", patient.home, "export", "--raw", "-o", "-").out
            if path == patient.file
            else ""
        )
        if path != patient.file:
            patient.run(
                "--home",
                folder / path.stem,
                "restore",
                path,
                "--yes",
                env={"SPINETRACK_KEY_FILE": str(patient.folder / "key")},
            )
            text += patient.run(
                "--home",
                folder / path.stem,
                "export",
                "--raw",
                "-o",
                "-",
                env={"SPINETRACK_KEY_FILE": str(patient.folder / "key")},
            ).out
    return text


@pytest.mark.parametrize("size", [9, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("sealed", [False, True])
def test_one_whole_diary_whenever_it_dies(tmp_path: Path, size: int, *, sealed: bool) -> None:
    """The day is there or gone, the other day always there, and the same line once more ends the work."""
    step, came, both = 1, 0, set()
    while True:
        patient = fresh(tmp_path / str(step), sealed=sealed)
        if not killed_at(patient, step, *WORDS, stdin=YES):
            break
        came += 1
        found = notes(patient)
        both.add(frozenset(found))
        assert "public-1" in found
        assert found <= {"public-1", "secret-0"}
        patient.run(*WORDS, stdin=YES)
        assert notes(patient) == {"public-1"}
        assert "is whole" in patient.run("doctor", code=None).out
        if sealed:
            assert "secret-0" not in everything(patient)
        else:
            raw = [p for p in patient.home.rglob("*") if p.is_file() and b"secret-0" in p.read_bytes()]
            assert raw == []
        step += size
    assert came >= 20 // size
    assert frozenset({"public-1"}) in both
