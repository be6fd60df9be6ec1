"""`visit`: appointments, past and ahead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from spinetrack.views.visit_page import how_far

if TYPE_CHECKING:
    from tests.conftest import Patient


def visits(patient: Patient, *words: str) -> list[tuple[object, ...]]:
    rows = patient.run("visit", "list", *words, "--json").json["visits"]
    return [(r["id"], r["on"], r["name"], r["person"], r["note"]) for r in rows]


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (None, "2026-03-02"), ("2w", "2026-03-16"), ("yesterday", "2026-03-01"), ("2026-11-20", "2026-11-20"),
        ("20 nov", "2026-11-20"), ("3 days ago", "2026-02-27"), ("tomorrow", "2026-03-03"),
    ],
)  # fmt: skip
def test_a_visit_may_lie_in_the_past_or_ahead(patient: Patient, on: str | None, day: str) -> None:
    words = ("--on", on) if on else ()
    assert "Visit 1: pain clinic" in patient.run("visit", "add", "pain", "clinic", *words).out
    assert visits(patient) == [(1, day, "pain clinic", None, None)]


def test_who_of_the_team_it_is_with(patient: Patient) -> None:
    patient.run("team", "add", "Dana", "--role", "physiotherapist")
    assert "with Dana" in patient.run("visit", "add", "physio").out
    assert "with" not in patient.run("visit", "add", "Dana").out
    patient.run("visit", "add", "check", "--with", "Dana", "--note", "bring the scan")
    patient.run("visit", "add", "scan")
    assert [(v[2], v[3]) for v in visits(patient)] == [
        ("physio", 1),
        ("Dana", 1),
        ("check", 1),
        ("scan", None),
    ]
    assert "bring the scan" in patient.run("visit").out


def test_the_list_runs_by_day_and_can_be_cut(patient: Patient) -> None:
    for on in ("2w", "2026-02-02", "yesterday"):
        patient.run("visit", "add", "physio", "--on", on)
    assert [v[1] for v in visits(patient)] == ["2026-02-02", "2026-03-01", "2026-03-16"]
    assert [v[1] for v in visits(patient, "--since", "2026-03-01")] == ["2026-03-01", "2026-03-16"]
    assert [v[1] for v in visits(patient, "--until", "2026-03-01")] == ["2026-02-02", "2026-03-01"]
    said = patient.run("visit").out
    assert "4 weeks ago" in said
    assert "in 2 weeks" in said
    assert "No appointments here" in patient.run("visit", "list", "--until", "2025-01-01").out


def test_edit_and_remove(patient: Patient) -> None:
    patient.run("team", "add", "Dana", "--role", "physio")
    patient.run("visit", "add", "scan", "--on", "2w", "--note", "bring water")
    patient.run("visit", "edit", 1, "--on", "3w", "--note", "")
    assert visits(patient) == [(1, "2026-03-23", "scan", None, None)]
    patient.run("visit", "edit", "#1", "--who", "physio")
    assert visits(patient) == [(1, "2026-03-23", "physio", 1, None)]
    patient.run("undo")
    assert visits(patient) == [(1, "2026-03-23", "scan", None, None)]
    assert "Taken off the list: scan, Mon 23 Mar" in patient.run("visit", "remove", 1).out
    assert visits(patient) == []
    patient.run("undo")
    assert patient.run("visit", "remove", 1, "--json").json == {"spinetrack": 1, "removed": {"id": 1}}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add",), 2, "WHO"),
        (("add", " "), 1, "Say with whom"),
        (("add", "x" * 61), 1, "up to 60 letters"),
        (("add", "physio", "--on", "foo"), 1, "not a day that can be read"),
        (("add", "physio", "--with", "Dana"), 1, "Nobody in your team"),
        (("edit", "1"), 2, "Say what to change"),
        (("edit", "9", "--on", "2w"), 1, "There is no visit 9"),
        (("remove", "9"), 1, "There is no visit 9"),
    ],
)
def test_a_refusal_changes_nothing(patient: Patient, words: tuple[str, ...], code: int, said: str) -> None:
    patient.run("visit", "add", "physio")
    before = patient.file.read_bytes()
    found = patient.run("visit", *words, code=code)
    assert said in found.err
    assert found.out == ""
    assert patient.file.read_bytes() == before


def test_json_of_a_write_is_the_visit(patient: Patient) -> None:
    found = patient.run("visit", "add", "physio", "--on", "2w", "--json").json
    assert found["visit"] == {"id": 1, "on": "2026-03-16", "name": "physio", "person": None, "note": None}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "today"), (date(2026, 3, 3), "tomorrow"), (date(2026, 3, 1), "yesterday"),
        (date(2026, 3, 4), "in 2 days"), (date(2026, 3, 15), "in 13 days"), (date(2026, 3, 16), "in 2 weeks"),
        (date(2026, 2, 16), "2 weeks ago"), (date(2026, 2, 20), "10 days ago"),
    ],
)  # fmt: skip
def test_how_far_a_day_is(day: date, words: str) -> None:
    assert how_far(day, date(2026, 3, 2)) == words


def test_under_a_warning_sign_it_is_kept_and_the_sign_is_shown(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    said = patient.run("visit", "add", "A&E").out
    assert "Visit 1: A&E" in said
    assert "STOP" in said
