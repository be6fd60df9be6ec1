"""About the patient: typed, asked, and what the answers mean for suggestions."""

from __future__ import annotations

import pytest
from tests.cli.test_checkin import end, say, terminal
from tests.conftest import Patient, evening

from spinetrack.recovery.profile import GATES


def test_the_document_has_the_keys_of_the_contract(patient: Patient) -> None:
    assert patient.run("profile", "--json").json == {
        "spinetrack": 1,
        "mode": "build",
        "gates": dict.fromkeys(GATES),
        "country": None,
        "units": "km",
        "regions": [],
        "onset": None,
        "tags": [],
        "weight_under_50": None,
    }
    assert not patient.file.exists()


def test_lines_are_set_one_by_one(patient: Patient) -> None:
    patient.run("profile", "set", "country", "United", "Kingdom")
    patient.run("profile", "set", "regions", "low back, neck")
    patient.run("profile", "set", "units", "miles")
    patient.run("profile", "set", "onset", "2026-01-10")
    found = patient.run("profile", "--json").json
    assert (found["country"], found["units"], found["regions"]) == ("UK", "mi", ["low-back", "neck"])
    assert found["onset"] == "2026-01-10"
    out = patient.run("profile", "show").out
    assert "Where it hurts: low-back, neck" in out
    assert out == patient.run("profile").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "color", "red"), 1),
        (("set", "units", "feet"), 1),
        (("set", "regions", "wing"), 1),
        (("set", "carer", "maybe"), 1),
        (("set", "worse", "dancing"), 1),
        (("set", "country"), 2),
        (("gates", "--yes", "surgery,hart"), 1),
        (("gates", "--none", "--yes", "surgery"), 2),
    ],
)
def test_what_is_not_known_is_refused(patient: Patient, words: tuple[str, ...], code: int) -> None:
    answer = patient.run("profile", *words, code=code)
    assert answer.out == ""
    assert patient.run("profile", "--json").json["gates"] == dict.fromkeys(GATES)


def test_gates_none_lets_doses_rise(patient: Patient) -> None:
    out = patient.run("profile", "gates", "--none").out
    assert "no to all nine" in out
    assert "Doses may go up" in out
    assert patient.run("profile", "--json").json["gates"] == dict.fromkeys(GATES, False)


@pytest.mark.parametrize(
    ("words", "mode", "said"),
    [
        (("--yes", "surgery,pregnancy"), "clinician-plan", "inside a limit"),
        (("--unsure", "heart"), "clinician-plan", "inside a limit"),
        (("--yes", "minor"), "log-only", "It suggests no doses"),
    ],
)
def test_any_yes_holds_rises(patient: Patient, words: tuple[str, ...], mode: str, said: str) -> None:
    assert said in patient.run("profile", "gates", *words).out.replace("\n", " ")
    assert patient.run("profile", "--json").json["mode"] == mode


def test_who_wants_no_rises_gets_a_record(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("profile", "set", "rises", "no")
    assert patient.run("profile", "--json").json["mode"] == "log-only"


def test_answering_the_gates_is_one_step(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("undo")
    assert patient.run("profile", "--json").json["gates"] == dict.fromkeys(GATES)


def test_without_a_terminal_the_gates_are_shown_with_what_to_type(patient: Patient) -> None:
    out = patient.run("profile", "gates").out
    assert "Nobody is watching." in out
    assert "surgery: Have you had any operation" in out
    assert "spinetrack profile gates --none" in out


def test_six_questions_then_nine_and_whether_to_suggest(patient: Patient) -> None:
    with terminal(patient, "profile") as child:
        asked = say(child, "uk", "", "low back", "b", "neck", "", "", "n", *"nnnnnnnnn", "y")
        code, said = end(child)
    assert code == 0
    assert "Which country" in asked[0]
    assert "Nobody is watching." in asked[8]
    assert "Shall spinetrack suggest" in asked[-1]
    assert "Doses may go up" in said
    found = patient.run("profile", "--json").json
    assert (found["country"], found["regions"], found["onset"]) == ("UK", ["neck"], None)
    assert found["gates"] == dict.fromkeys(GATES, False)


def test_an_answer_that_cannot_be_kept_is_asked_again(patient: Patient) -> None:
    with terminal(patient, "profile", "gates") as child:
        asked = say(child, "perhaps", "n", "q")
        end(child)
    assert "Please answer y, n or u." in asked[1]
    assert patient.run("profile", "--json").json["gates"]["surgery"] is False


def test_what_was_answered_stays_when_it_is_interrupted(patient: Patient) -> None:
    with terminal(patient, "profile") as child:
        say(child, "uk")
        child.expect_exact("> ")
        child.sendintr()
        code, said = end(child)
    assert (code, "What you answered is kept." in said) == (130, True)
    assert patient.run("profile", "--json").json["country"] == "UK"


def test_the_gates_are_asked_again_after_twelve_weeks(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("log", 4, now=evening(84))
    rules = {s["rule"] for s in patient.run("suggest", "--json", now=evening(84)).json["suggestions"]}
    assert "PG-1" in rules


# Thresholds of the rules


def test_the_thresholds_are_shown_with_their_range(patient: Patient) -> None:
    out = patient.run("config", "rules").out
    assert "step-percent: 10." in out
    assert "It can be 5 to 20." in out
    assert "Changes made so far: 0." in out


def test_a_threshold_is_changed_and_reset(patient: Patient) -> None:
    assert "5 from today (was 10)" in patient.run("config", "rules", "step-percent", 5).out
    assert "was 10, changed 2 Mar" in patient.run("config", "rules").out
    found = patient.run("config", "rules", "--json").json
    assert (found["version"], found["rules"][0]["value"], found["rules"][0]["default"]) == (1, 5, 10)
    patient.run("config", "rules", "--reset", "step-percent")
    assert patient.run("config", "rules", "--json").json["rules"][0]["value"] == 10
    patient.run("undo")
    assert patient.run("config", "rules", "--json").json["rules"][0]["value"] == 5


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("step-percent",), 2),
        (("step-percent", "50"), 1),
        (("step-percent", "lots"), 1),
        (("step", "5"), 1),
        (("step-percent", "10"), 1),
        (("--reset", "nothing"), 1),
        (("step-percent", "5", "--reset", "step-days"), 2),
    ],
)
def test_a_threshold_outside_its_range_is_refused(
    patient: Patient, words: tuple[str, ...], code: int
) -> None:
    assert "Nothing was saved" in patient.run("config", "rules", *words, code=code).err
    assert patient.run("config", "rules", "--json").json["version"] == 0
