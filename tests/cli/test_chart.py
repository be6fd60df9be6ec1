"""Charts and the body map."""

from __future__ import annotations

import sys

import pexpect
import pytest
from tests.cli.test_checkin import end, terminal
from tests.conftest import Patient, evening


def lived(patient: Patient) -> None:
    for n in range(20):
        patient.run("log", 4 + n % 2, "sit", 20, "--where", "low-back:4,left-calf:3:numb", now=evening(n))
    patient.now = evening(19)


def drawn(patient: Patient, *words: str, width: int = 80) -> list[str]:
    with terminal(patient, *words) as child:
        child.setwinsize(40, width)
        code, said = end(child)
    assert code == 0
    return said.replace("\r", "").splitlines()


def test_nothing_logged_says_what_to_type(patient: Patient) -> None:
    assert "spinetrack log 4" in patient.run("chart").out


def test_plain_is_a_table_of_weeks_in_words(patient: Patient) -> None:
    lived(patient)
    out = patient.run("chart", "pain").lines
    assert out[0].startswith("Pain: weekly middle")
    assert "Week of: 2 Mar. Middle: 4. Lowest: 4. Highest: 5. Days logged: 7 of 7." in out[2]
    assert not any("│" in line for line in out)


def test_a_terminal_gets_a_picture(patient: Patient) -> None:
    lived(patient)
    lines = drawn(patient, "chart", "pain")
    assert lines[0] == "Pain, 0 to 10"
    assert any("•" in line for line in lines)


def test_pain_and_the_logged_tolerances_are_drawn_without_names(patient: Patient) -> None:
    lived(patient)
    found = patient.run("chart", "--json").json["charts"]
    assert [c["metric"] for c in found] == ["pain", "sit"]
    assert len(found[0]["days"]) == 20


def test_the_period_begins_no_earlier_than_the_diary(patient: Patient) -> None:
    lived(patient)
    assert patient.run("chart", "--json").json["charts"][0]["since"] == "2026-03-02"
    asked = patient.run("chart", "--since", "8w", "--json").json["charts"][0]["since"]
    assert asked < "2026-02-01"


def test_the_planned_dose_is_a_line_but_not_under_an_open_flag(patient: Patient) -> None:
    lived(patient)
    patient.run("plan", "set", "sit", 15)
    assert patient.run("chart", "sit", "--json").json["charts"][0]["lines"] == [
        {"label": "plan", "value": 15}
    ]
    patient.run("screen", "--yes", "CE1", code=3)
    assert patient.run("chart", "sit", "--json").json["charts"][0]["lines"] == []
    assert "Plan" not in patient.run("chart", "sit").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("pian",), 1, "Did you mean pain?"),
        (("--since", "mon", "--until", "2026-01-01"), 2, "ends before it begins"),
        (("--since", "soon"), 1, ""),
    ],
)
def test_what_is_not_known_is_refused(patient: Patient, words: tuple[str, ...], code: int, said: str) -> None:
    answer = patient.run("chart", *words, code=code)
    assert said in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("words", [("chart",), ("body",), ("plan",), ("flare",), ("suggest", "--all"), ()])
def test_forty_columns_are_enough(patient: Patient, words: tuple[str, ...]) -> None:
    lived(patient)
    patient.run("plan", "set", "sit", 15)
    patient.run("plan", "add", "bridge", "--sets", 3, "--reps", 8)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *words],
        env={**patient.environ, "SPINETRACK_NOW": patient.now, "TERM": "xterm", "COLUMNS": "40"},
        encoding="utf-8",
        dimensions=(60, 40),
        timeout=20,
    )
    lines = child.read().replace("\r", "").splitlines()
    assert lines
    assert [line for line in lines if len(line) > 40] == []


# The body map


def test_places_are_listed_by_how_often(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 4, "--where", "neck:6")
    out = patient.run("body").lines
    assert out[0].startswith("left calf: 20 of 20 days logged, middle 3, most 3, last 3 on Sat 21 Mar.")
    assert "It felt numb." in out[0]
    assert out[2].startswith("neck: 1 of 20 days logged")
    found = patient.run("body", "--json").json["sites"]
    assert [row["site"] for row in found] == ["left-calf", "low-back", "neck"]
    assert "No places" in patient.run("body", "--until", "2026-01-01", "--since", "2025-12-01").out
