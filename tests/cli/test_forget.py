"""`forget` as a patient types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Patient, evening

YES = "forget\n"


def lived(patient: Patient) -> None:
    for day in range(4):
        patient.run("log", 4, "sit", 30 + day, "note", f"secret-{day}", now=evening(day))
    patient.now = evening(4)
    patient.run("team", "add", "Dana-Secret", "--role", "physio")
    patient.run("export", "-o", patient.folder / "mine.ndjson")
    patient.run("report", "-o", patient.folder / "r.html")
    patient.run("backup")


def holding(patient: Patient, text: str) -> list[str]:
    return [p.name for p in patient.home.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_a_period(patient: Patient) -> None:
    lived(patient)
    said = patient.run("forget", "--since", "2026-03-03", "--until", "2026-03-04", stdin=YES).out
    assert "entries: 2" in said
    assert "There is no undo" in said
    assert "an export (bundle) of" in said
    assert "a report (html) of" in said
    for day in (1, 2):
        assert holding(patient, f"secret-{day}") == []
    assert holding(patient, "secret-0")
    assert "secret-3" in patient.run("history").out
    assert "nothing to undo" in patient.run("undo").out
    assert "All is well" in patient.run("doctor").out
    patient.run("log", 5)
    patient.run("undo")


def test_the_export_of_before_does_not_bring_it_back(patient: Patient) -> None:
    lived(patient)
    patient.run("forget", "--since", "2026-03-03", "--until", "2026-03-04", stdin=YES)
    patient.run("import", patient.folder / "mine.ndjson")
    out = patient.run("history").out
    assert "secret-1" not in out
    assert "secret-3" in out


def test_words(patient: Patient) -> None:
    lived(patient)
    patient.run("forget", "--words", stdin=YES)
    assert holding(patient, "secret-") == []
    assert holding(patient, "Dana-Secret") == []
    entries = patient.run("history", "--json").json["entries"]
    assert [e["values"]["sit"] for e in entries] == [30, 31, 32, 33]
    assert [e["note"] for e in entries] == [None] * 4
    patient.run("import", patient.folder / "mine.ndjson")
    assert holding(patient, "secret-") == []
    assert len(patient.run("history", "--json").json["entries"]) == 4
    assert "All is well" in patient.run("doctor").out
    patient.run("restore", 1, "--yes")


def test_words_that_went_take_nothing_along_when_an_old_export_comes(patient: Patient) -> None:
    """Four goals and a visit: each record that names one of them is the later version."""
    lived(patient)
    patient.run("visit", "add", "physio", "--on", "2026-03-03")
    for name in ("film", "bus", "church", "dinner"):
        patient.run("goal", "add", f"secret-{name}", "--metric", "sit", "--target", 60, "--by", "12w")
    patient.run("export", "-o", patient.folder / "late.ndjson")
    patient.run("forget", "--words", stdin=YES)
    patient.run("export", "-o", patient.folder / "before.ndjson")
    said = patient.run("import", patient.folder / "late.ndjson").out
    assert "0 new, 0 changed, 0 removed" in said
    assert "Nothing is new." in said
    assert "Building blocks" in patient.run("goal", "show", 1).out


def test_all(patient: Patient) -> None:
    lived(patient)
    patient.run("forget", "--all", stdin=YES)
    assert holding(patient, "secret-") == []
    assert not list((patient.home / "backups").iterdir())
    assert patient.run("history", "--json").json["entries"] == []
    patient.run("import", patient.folder / "mine.ndjson")
    assert patient.run("history", "--json").json["entries"] == []
    patient.run("log", 3)
    assert "pain 3" in patient.run("history").out
    patient.run("doctor")


def test_an_open_sign_does_not_fall_silent(patient: Patient) -> None:
    lived(patient)
    patient.run("screen", "--yes", "CE1", code=3)
    said = patient.run("forget", "--all", stdin=YES).out
    assert "1 open warning sign the number, tier and day stay" in said
    answer = patient.run(code=3)
    assert answer.out
    patient.run("suggest", code=3)
    assert "emergency, open: its answers were left out" in patient.run("screen", "list").out
    patient.run("screen", "page")
    patient.run("due")
    patient.run("log", 4)
    patient.run("report", "-o", patient.folder / "after.html")
    patient.run("export", "--format", "fhir", "-o", patient.folder / "after.json")
    patient.run("screen", "outcome", 1, "seen, clear", "--by", "A&E")
    patient.run(code=0)
    assert holding(patient, "CE1") == []


@pytest.mark.parametrize("typed", ["", "y\n", "yes\n", "no\n", "forget it\n"])
def test_another_word_changes_nothing(patient: Patient, typed: str) -> None:
    lived(patient)
    before = {p: p.read_bytes() for p in patient.home.rglob("*") if p.is_file()}
    patient.run("forget", "--all", stdin=typed, code=1)
    assert {p: p.read_bytes() for p in patient.home.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    "line", ["forget", "forget --all --words", "forget --words --since mon", "forget --all --yes"]
)
def test_usage(patient: Patient, line: str) -> None:
    lived(patient)
    patient.run(*line.split(), stdin=YES, code=2)
    assert holding(patient, "secret-0")


def test_without_a_diary(patient: Patient) -> None:
    assert "no diary yet" in patient.run("forget", "--all", stdin=YES, code=1).err
    assert not patient.home.exists()


def test_encrypted_copies_and_leftovers_go_too(patient: Patient) -> None:
    lived(patient)
    patient.run("backup", "--passphrase", env={"SPINETRACK_PASSPHRASE": "words"})
    (patient.home / "backups" / "damaged-diary-20260101T000000Z.db").write_bytes(b"secret-1")
    (patient.home / ".diary.db.0123abcd").write_bytes(b"secret-1")
    (patient.home / "diary (1).db").write_bytes(b"another version")
    said = patient.run("forget", "--words", stdin=YES).out
    assert holding(patient, "secret-") == []
    assert not list((patient.home / "backups").glob("*.age"))
    assert str(patient.home / "diary (1).db") in said


def test_an_encrypted_diary_stays_encrypted(patient: Patient) -> None:
    lived(patient)
    patient.run("encrypt", "--yes", "--key-file", patient.folder / "key")
    patient.run("forget", "--words", stdin=YES)
    assert not patient.file.read_bytes().startswith(b"SQLite")
    assert [e["note"] for e in patient.run("history", "--json").json["entries"]] == [None] * 4
    raw = patient.run("export", "--raw", "-o", "-").out
    assert "secret-" not in raw


def test_copies_of_before_are_named_by_doctor(patient: Patient) -> None:
    """What a stopped run leaves."""
    lived(patient)
    copy: Path = next((patient.home / "backups").glob("*asked*.db"))
    kept, digest = copy.read_bytes(), copy.with_name(copy.name + ".sha256").read_bytes()
    patient.run("forget", "--words", stdin=YES, now=evening(5))
    copy.write_bytes(kept)
    copy.with_name(copy.name + ".sha256").write_bytes(digest)
    copy.chmod(0o600)
    copy.with_name(copy.name + ".sha256").chmod(0o600)
    patient.now = evening(5)
    assert "before your last spinetrack forget" in patient.run("doctor", code=1).out
    patient.run("forget", "--words", stdin=YES)
    assert "All is well" in patient.run("doctor").out
