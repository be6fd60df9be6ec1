"""A flare is said, lived and ended; the own list is written and shown."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cli.test_checkin import end, terminal
from tests.conftest import Patient, evening


def lived(patient: Patient) -> None:
    """Log ten even days and plan sitting 40 minutes."""
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")
    patient.run("plan", "set", "sit", 40)
    for n in range(10):
        patient.run("log", 4, now=evening(n))
    patient.now = evening(10)


def today(patient: Patient) -> dict[str, float]:
    return {i["activity"]: i["today"] for i in patient.run("plan", "--json").json["items"]}


def test_bare_says_what_to_type_when_none_runs(patient: Patient) -> None:
    out = patient.run("flare").out
    assert "No flare is running." in out
    assert "spinetrack flare start" in out
    assert patient.run("flare", "--json").json == {"spinetrack": 1, "flare": None, "ahead": {}}


def test_a_start_lowers_todays_dose_at_once(patient: Patient) -> None:
    lived(patient)
    out = patient.run("flare", "start", "--trigger", "long drive").out
    assert "flare starts, what set it off is kept" in out
    assert "undo: spinetrack undo" in out
    assert "Answer the warning-sign questions." in out
    assert "sit 30 min" in out
    assert today(patient) == {"sit": 30}
    patient.run("undo")
    assert today(patient) == {"sit": 40}


def test_the_own_list_comes_first_on_a_bad_day(patient: Patient) -> None:
    lived(patient)
    patient.run("flare", "playbook", "set", "warm shower; short walks")
    out = patient.run("flare", "start").lines
    place = out.index("warm shower")
    assert place < next(n for n, line in enumerate(out) if line.startswith("Answer the warning-sign"))


def test_status_shows_day_peak_doses_and_the_way_back(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 8, "--flare", now=evening(10))
    patient.now = evening(12)
    out = patient.run("flare", "status").out
    assert out.startswith("FLARE, day 2, since Thu 12 Mar, the plan climbs back by Wed 18 Mar if it eases")
    assert "Recognised: you called it a flare" in out
    assert "Pain: peak 8, your usual 4" in out
    assert "Plan today: sit 20 of 40 min" in out
    assert "If it eases: Sat 50 %, Sun 62.5 %, Mon 75 %, Tue 87.5 %, Wed 100 %" in out
    assert "spinetrack screen" in out
    assert patient.run("flare").out == out
    found = patient.run("flare", "status", "--json").json
    assert (found["flare"]["peak"], found["flare"]["cut"], found["flare"]["closed"]) == (8, 0.5, None)
    assert found["ahead"]["2026-03-18"] == 1


def test_an_end_closes_it_and_keeps_what_helped(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 8, "--flare", now=evening(10))
    patient.now = evening(12)
    out = patient.run("flare", "end", "--helped", "warm shower").out
    assert "flare over, it lasted 1 day, what helped is kept" in out
    assert "No flare is running." in patient.run("flare").out
    said = patient.run("flare", "list").out
    assert "1 day, peak pain 8" in said
    assert "helped: warm shower" in said


def test_an_end_without_a_flare_is_refused(patient: Patient) -> None:
    answer = patient.run("flare", "end", code=1)
    assert answer.err.startswith("No flare is running. Nothing was saved.")
    assert answer.out == ""


def test_the_list_names_length_peak_and_how(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 7, now=evening(10))
    patient.run("log", 7, now=evening(11))
    patient.now = evening(12)
    found: list[dict[str, Any]] = patient.run("flare", "list", "--json").json["flares"]
    assert [(f["start"], f["length"], f["how"]) for f in found] == [
        ("2026-03-13", 1, "two of three days"),
    ]
    assert "No flares in this period." in patient.run("flare", "list", "--until", "2026-03-05").out
    assert patient.run("flare", "list", "--since", "2026-03-01", "--json").json["flares"] == found


def test_the_list_is_written_whole_or_not_at_all(patient: Patient) -> None:
    assert "You have not written your list yet." in patient.run("flare", "playbook").out
    patient.run("flare", "playbook", "set", "warm shower; short walks")
    assert patient.run("flare", "playbook").lines[1:] == ["warm shower", "short walks"]
    patient.run("flare", "playbook", "set", "-", stdin="lie down\n\n  breathe  slowly \n")
    assert patient.run("flare", "playbook").lines[1:] == ["lie down", "breathe slowly"]
    assert patient.run("flare", "playbook", "--json").json["playbook"]["text"] == "lie down\nbreathe slowly"
    assert "The list is empty" in patient.run("flare", "playbook", "set", "-", stdin="\n", code=1).err
    assert "letters at most" in patient.run("flare", "playbook", "set", "x" * 3000, code=1).err
    patient.run("flare", "playbook", "burn", code=2)
    patient.run("flare", "playbook", "set", code=2)
    patient.run("undo")
    assert "warm shower" in patient.run("flare", "playbook").out


def test_the_list_is_asked_line_by_line(patient: Patient) -> None:
    with terminal(patient, "flare", "playbook", "set") as child:
        for line in ("warm shower", "short walks", ""):
            child.expect_exact("> ")
            child.sendline(line)
        code, said = end(child)
    assert (code, "2 lines" in said) == (0, True)
    assert patient.run("flare", "playbook").lines[1:] == ["warm shower", "short walks"]


@pytest.mark.parametrize(
    "words", [("start", "--trigger", "fell, legs numb"), ("playbook", "set", "legs numb")]
)
def test_a_word_of_the_list_in_any_free_text_asks_the_questions(
    patient: Patient, words: tuple[str, ...]
) -> None:
    lived(patient)
    patient.run("flare", *words)
    assert "RF-4" in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


def test_an_open_flag_leaves_only_the_banner(patient: Patient) -> None:
    lived(patient)
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("flare", "start").out
    assert "STOP." in out
    assert "climbs" not in out
    assert patient.run("flare").out.startswith("STOP.")
