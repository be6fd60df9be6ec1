"""Undo and redo, as they are typed."""

from __future__ import annotations

from tests.conftest import Patient, evening


def ids(patient: Patient) -> list[int]:
    return [e["id"] for e in patient.run("history", "--since", "all", "--json").json["entries"]]


def test_undo_takes_back_the_last_line_and_says_which(patient: Patient) -> None:
    patient.run("log", 4)
    patient.run("log", "-y", 5, "sit", 35, "note", "a", "secret")
    answer = patient.run("undo")
    assert answer.lines == ["Undone: log 5 sit 35 note … (Sun 1 Mar)", "redo: spinetrack redo"]
    assert ids(patient) == [1]


def test_redo_puts_it_back_as_it_was(patient: Patient) -> None:
    patient.run("log", 4, "sit", "35+", "--where", "low-back:5", "-n", "wet")
    before = patient.run("history", "--json").json
    patient.run("undo")
    assert patient.run("redo").lines == ["Back again: log 4 sit 35+", "undo: spinetrack undo"]
    assert patient.run("history", "--json").json == before


def test_undo_goes_back_step_by_step(patient: Patient) -> None:
    for day in range(3):
        patient.run("log", day, now=evening(day))
    for left in ([1, 2], [1], []):
        patient.run("undo", now=evening(3))
        assert ids(patient) == left
    assert patient.run("undo", now=evening(3)).out == "There is nothing to undo.\n"
    assert patient.run("redo", "--json", now=evening(3)).json == {"spinetrack": 1, "redone": "log 0"}


def test_undo_of_an_edit_brings_the_old_values_back(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35)
    before = patient.run("history", "--json").json
    patient.run("edit", 1, "sit", 50, "--note", "new")
    patient.run("undo")
    assert patient.run("history", "--json").json == before


def test_nothing_to_undo_is_no_error(patient: Patient) -> None:
    assert patient.run("undo").out == "There is nothing to undo.\n"
    assert patient.run("undo", "--json").json == {"spinetrack": 1, "undone": None}
    assert patient.run("redo").out == "There is nothing to put back.\n"


def test_a_screen_stays(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    assert patient.run("undo").out == "There is nothing to undo.\n"
    patient.run("suggest", code=3)
