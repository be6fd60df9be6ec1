"""`due`: what a reminder asks."""

from __future__ import annotations

from tests.conftest import Patient, evening

ASKED = ("profile", "gates", "--none"), ("screen", "--none")


def quiet(patient: Patient) -> None:
    """A patient who has answered what there is to answer."""
    patient.run("log", 4)
    for words in ASKED:
        patient.run(*words)


def test_without_a_diary_nothing_is_due(patient: Patient) -> None:
    answer = patient.run("due", code=1)
    assert (answer.out, answer.err) == ("", "")
    assert not patient.home.exists()


def test_a_day_without_an_entry(patient: Patient) -> None:
    quiet(patient)
    assert patient.run("due", code=1).out == ""
    answer = patient.run("due", now=evening(1))
    assert answer.out == "Your diary has a question for you: spinetrack\n"
    assert answer.err == ""
    patient.run("log", 5, now=evening(1))
    patient.run("due", now=evening(1), code=1)


def test_questions_about_warning_signs(patient: Patient) -> None:
    patient.run("log", 4)
    patient.run("due")
    patient.run("screen", "--none")
    patient.run("due", code=1)
    patient.run("screen", "--yes", "CE1", code=3)
    assert len(patient.run("due").lines) == 1


def test_a_planned_dose_alone_does_not_nag(patient: Patient) -> None:
    quiet(patient)
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("due", code=1)


def test_the_next_point_of_a_block_diary(patient: Patient) -> None:
    quiet(patient)
    patient.run("treat", "add", "medial-branch-block", "--on", "today", now="2026-03-02T20:00:00+00:00")
    patient.run("screen", "--none", now="2026-03-02T20:00:30+00:00", code=None)
    patient.run("block", "start", "--pain", 8, now="2026-03-02T20:01:00+00:00")
    due = [
        patient.run("due", now=f"2026-03-02T20:{minute:02}:00+00:00", code=None).code
        for minute in (2, 16, 17)
    ]
    patient.run("block", "rate", 4, now="2026-03-02T20:17:00+00:00")
    due.append(patient.run("due", now="2026-03-02T20:17:30+00:00", code=None).code)
    assert due == [1, 0, 0, 1]


def test_it_writes_nothing_and_loads_little(patient: Patient) -> None:
    quiet(patient)
    before = patient.file.read_bytes(), sorted(p.name for p in patient.home.rglob("*"))
    patient.run("due", now=evening(1))
    assert (patient.file.read_bytes(), sorted(p.name for p in patient.home.rglob("*"))) == before
    assert not patient.modules("due", now=evening(1)) & {
        "sqlmodel",
        "sqlalchemy",
        "pydantic",
        "rich",
        "plotext",
    }


def test_a_file_that_cannot_be_used(patient: Patient) -> None:
    patient.run("log", 4)
    patient.file.write_bytes(b"no diary")
    answer = patient.run("due", code=4)
    assert answer.out == ""
    assert answer.err.count("\n") == 1, "a reminder has room for one line"
