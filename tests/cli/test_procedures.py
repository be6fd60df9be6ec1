"""A procedure recorded by `treat add`: what it asks, holds and shows, through the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import evening

if TYPE_CHECKING:
    from tests.conftest import Patient


def logged(patient: Patient, days: int, since: int = 0) -> Patient:
    for day in range(since, days):
        patient.run("log", 4 - day % 2, "sit", 20, now=evening(day))
    return patient


def rules(patient: Patient, day: int) -> list[str]:
    return [s["rule"] for s in patient.run("suggest", "--json", now=evening(day)).json["suggestions"]]


def answered(patient: Patient, day: int) -> Patient:
    patient.run("profile", "gates", "--none", now=evening(day))
    patient.run("screen", "--none", now=evening(day))
    return patient


def test_an_operation_opens_its_gate_whatever_is_answered(patient: Patient) -> None:
    answered(logged(patient, 10), 9)
    patient.run("treat", "add", "discectomy", "--on", "2026-03-12", now=evening(10))
    assert {"PG-1", "RF-4"} <= set(rules(patient, 10))
    said = patient.run("profile", "gates", "--none", now=evening(11)).out
    assert "yes to surgery" in said
    assert "You recorded an operation" in said
    found = patient.run("profile", "--json", now=evening(11)).json
    assert (found["gates"]["surgery"], found["mode"]) == (True, "clinician-plan")
    assert "PG-1" not in rules(patient, 11)
    later = patient.run("profile", "--json", now=evening(10 + 85)).json
    assert (later["gates"]["surgery"], later["mode"]) == (False, "build")
    assert "You recorded an operation" in patient.run("profile", "show", now=evening(12)).out


def test_taking_the_operation_back_closes_the_gate(patient: Patient) -> None:
    answered(logged(patient, 10), 9)
    patient.run("treat", "add", "fusion", "--on", "2026-03-12", now=evening(10))
    patient.run("undo", now=evening(10))
    assert patient.run("profile", "--json", now=evening(10)).json["mode"] == "build"
    assert "PG-1" not in rules(patient, 10)
    assert "RF-4" in rules(patient, 10), "what made the questions due stays"


@pytest.mark.parametrize("answers", [("--short", "--none"), ("--none",)])
def test_the_signs_of_a_procedure_are_asked_and_answered(patient: Patient, answers: tuple[str, ...]) -> None:
    answered(logged(patient, 10), 9)
    patient.run("treat", "add", "epidural", "--on", "2026-03-12", now=evening(10))
    answered(patient, 10)
    assert "RF-4" not in rules(patient, 10)
    assert "RF-4" in rules(patient, 11)
    said = patient.run("screen", *answers, now=evening(11)).out
    assert "Answered no to" in said
    assert "RF-4" not in rules(patient, 12)
    assert "RF-4" in rules(patient, 13)


def test_the_short_form_has_its_sign_for_ninety_days(patient: Patient) -> None:
    answered(logged(patient, 10), 9)
    assert "10 questions" in patient.run("screen", "--short", "--none", now=evening(9)).out
    patient.run("treat", "add", "facet", "--on", "2026-03-12", now=evening(10))
    answered(patient, 12)
    assert "11 questions" in patient.run("screen", "--short", "--none", now=evening(12)).out


def test_a_sign_after_an_injection_is_an_emergency(patient: Patient) -> None:
    answered(logged(patient, 10), 9)
    patient.run("treat", "add", "epidural", "--on", "2026-03-12", now=evening(10))
    said = patient.run("screen", "--yes", "ND1", now=evening(12), code=3).out
    assert "STOP" in said
    assert "emergency" in said
    assert patient.run("screen", "list", "--json", now=evening(12)).json["screens"][-1]["tier"] == 1


def test_today_points_at_the_effect_when_it_can_be_read(patient: Patient) -> None:
    answered(logged(patient, 21), 20)
    patient.run("treat", "add", "epidural", "--on", "2026-03-16", now=evening(14))
    assert "after the epidural injection" not in patient.run(now=evening(27)).out
    said = patient.run(now=evening(28)).out
    assert "2 weeks after the epidural injection:  spinetrack treat effect 1" in said


def test_a_message_about_it_replaces_the_line(patient: Patient) -> None:
    logged(patient, 33)
    patient.run("treat", "add", "epidural", "--on", "2026-03-16", now=evening(32))
    answered(patient, 32)
    said = patient.run(now=evening(32)).out
    assert "Two weeks after the epidural injection" in said
    assert "2 weeks after the epidural injection:  " not in said
    assert said.count("spinetrack treat effect 1") == 1
