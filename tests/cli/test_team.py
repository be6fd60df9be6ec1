"""`team`: who helps, what each set, and when they are seen next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import TODAY, at
from tests.builders import Patient as Built

from spinetrack.recovery import team
from spinetrack.recovery.diary import Person, Quota, Visit

if TYPE_CHECKING:
    from tests.conftest import Patient


def people(patient: Patient) -> list[dict[str, object]]:
    found = patient.run("team", "list", "--json").json["people"]
    assert isinstance(found, list)
    return found


def crew(patient: Patient) -> Patient:
    patient.run("team", "add", "Dana", "--role", "physiotherapist", "--note", "Tuesdays only")
    patient.run("team", "add", "Dr.", "Lee", "--role", "GP")
    return patient


def test_add_and_list(patient: Patient) -> None:
    said = patient.run("team", "add", "Dana", "--role", "physiotherapist").out
    assert "Team 1: Dana" in said
    assert "undo: spinetrack undo" in said
    assert people(patient) == [
        {
            "id": 1, "name": "Dana", "role": "physiotherapist", "note": None, "set": [], "treatments": [],
            "next_visit": None, "last_visit": None,
        }
    ]  # fmt: skip
    patient.run("undo")
    assert "Nobody is in your team yet" in patient.run("team").out


def test_who_set_which_dose(patient: Patient) -> None:
    crew(patient)
    patient.run("plan", "set", "sit", 20, "--by", "physio", "--up-to", 40)
    patient.run("plan", "set", "walk", 15, "--by", "Dr Lee")
    patient.run("plan", "set", "stand", 10, "--by", "me")
    found = people(patient)
    assert found[0]["set"] == [{"activity": "sit", "amount": 20, "up_to": 40, "day": "2026-03-02"}]
    assert [s["activity"] for s in found[1]["set"]] == ["walk"]  # type: ignore[attr-defined]
    assert "sit 20 min, up to 40" in patient.run("team").out


def test_the_next_and_the_last_visit(patient: Patient) -> None:
    crew(patient)
    for words in (
        ("physio", "--on", "2w"),
        ("physio", "--on", "4w"),
        ("Dana", "--on", "2026-02-20"),
        ("Lee",),
    ):
        patient.run("visit", "add", *words)
    found = people(patient)
    assert (found[0]["next_visit"], found[0]["last_visit"]) == ("2026-03-16", "2026-02-20")
    assert (found[1]["next_visit"], found[1]["last_visit"]) == ("2026-03-02", None)
    said = patient.run("team", "list").out
    assert "Mon 16 Mar, in 14 days" in said
    assert "Mon 2 Mar, today" in said


def test_edit_changes_what_was_said(patient: Patient) -> None:
    crew(patient)
    patient.run("team", "edit", "Dana", "--role", "osteopath", "--note", "")
    patient.run("team", "edit", 2, "--name", "Dr. Li")
    found = people(patient)
    assert (found[0]["role"], found[0]["note"], found[0]["name"]) == ("osteopath", None, "Dana")
    assert found[1]["name"] == "Dr. Li"
    patient.run("undo")
    assert people(patient)[1]["name"] == "Dr. Lee"


def test_remove_leaves_what_was_done(patient: Patient) -> None:
    crew(patient)
    patient.run("visit", "add", "Dana")
    said = patient.run("team", "remove", "physio").out
    assert "Taken off your team: Dana" in said
    assert [p["name"] for p in people(patient)] == ["Dr. Lee"]
    assert patient.run("visit", "list", "--json").json["visits"][0]["person"] is None
    patient.run("undo")
    assert patient.run("visit", "list", "--json").json["visits"][0]["person"] == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add",), 2, "NAME"),
        (("add", " "), 2, "The name is empty"),
        (("add", "x" * 61), 1, "up to 60 letters"),
        (("add", "dana", "--role", "physio"), 1, "in your team already, number 1"),
        (("edit", "Dana"), 2, "Say what to change"),
        (("edit", "Dena", "--role", "x"), 1, "Did you mean Dana?"),
        (("remove", "nobody"), 1, "Nobody in your team"),
        (("edit", "2", "--name", "Dana", "--role", "pt"), 1, "number 1"),
    ],
)
def test_a_refusal_changes_nothing(patient: Patient, words: tuple[str, ...], code: int, said: str) -> None:
    crew(patient)
    before = patient.file.read_bytes()
    found = patient.run("team", *words, code=code)
    assert said in found.err
    assert found.out == ""
    assert patient.file.read_bytes() == before


def test_two_of_one_role_must_be_told_apart(patient: Patient) -> None:
    crew(patient)
    patient.run("team", "add", "Sam", "--role", "PT")
    assert "more than one: 1 Dana, 3 Sam" in patient.run("team", "remove", "physio", code=1).err
    patient.run("team", "remove", "Sam")


def test_under_a_warning_sign_no_dose_is_shown(patient: Patient) -> None:
    crew(patient)
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("screen", "--yes", "CE1", code=3)
    assert "20 min" not in patient.run("team").out
    assert people(patient)[0]["set"] == []
    assert "STOP" in patient.run("team", "add", "Sam").out


def test_a_word_of_warning_in_a_note_asks_the_questions(patient: Patient) -> None:
    patient.run("screen", "--none", now="2026-03-02T08:00:00+00:00")
    said = patient.run("team", "add", "Sam", "--note", "saw me for the numb saddle").out
    assert "spinetrack screen" in said


# --- who a word names --------------------------------------------------------------------------

DANA = Person("Dana Fox", "physiotherapist", at(TODAY), TODAY, id=1)
LEE = Person("Dr. Lee", "GP", at(TODAY), TODAY, id=2)
SAM = Person("Sam", "massage", at(TODAY), TODAY, id=3)
ALL = (DANA, LEE, SAM)


@pytest.mark.parametrize(
    ("word", "who"),
    [
        ("1", DANA), ("#2", LEE), ("dana", DANA), ("Dana Fox", DANA), ("FOX", DANA), ("physio", DANA), ("PT", DANA),
        ("physical therapist", DANA), ("doctor", LEE), ("dr lee", LEE), ("Lee", LEE), ("massage", SAM), ("sam", SAM),
        ("nurse", None), ("", None), ("dan", None), ("9", None),
    ],
)  # fmt: skip
def test_a_word_names_a_person(word: str, who: Person | None) -> None:
    assert team.person_of(ALL, word) == who


def test_a_name_goes_before_a_role() -> None:
    named = Person("Physio", "clinic", at(TODAY), TODAY, id=4)
    assert team.person_of((*ALL, named), "physio") == named


def quotas(*rows: tuple[str, float, str, int]) -> Built:
    patient = Built()
    patient.quotas = [Quota(name, at(TODAY), patient.day(n), amount, by) for name, amount, by, n in rows]
    return patient


def test_what_the_patient_did_inside_a_limit_leaves_it_standing() -> None:
    diary = quotas(("sit", 20, "physio", 20), ("sit", 22, "me", 5)).diary()._replace(people=ALL)
    assert [q.amount for q in team.set_by(diary, DANA, TODAY)] == [20]
    later = quotas(("sit", 20, "physio", 20), ("sit", 15, "Dr Lee", 5)).diary()._replace(people=ALL)
    assert team.set_by(later, DANA, TODAY) == ()
    gone = quotas(("sit", 20, "physio", 20), ("sit", 0, "me", 5)).diary()._replace(people=ALL)
    assert team.set_by(gone, DANA, TODAY) == ()


def test_visits_whose_words_name_somebody_are_theirs() -> None:
    linked = Visit("check", TODAY, at(TODAY), TODAY, person_id=1, id=1)
    named = Visit("physio", TODAY, at(TODAY), TODAY, id=2)
    other = Visit("pain clinic", TODAY, at(TODAY), TODAY, id=3)
    diary = Built().diary()._replace(people=ALL, visits=(linked, named, other))
    assert team.visits_of(diary, DANA) == (linked, named)
    assert team.visits_of(diary, SAM) == ()
