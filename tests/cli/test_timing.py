"""Start, stop and cancel."""

from __future__ import annotations

import pytest
from tests.conftest import Patient

AT = "2026-03-02T{}:00+00:00"


def test_a_timing_becomes_an_entry(patient: Patient) -> None:
    patient.run("start", "sit", now=AT.format("14:00"))
    found = patient.run("stop", "leg", "--json", now=AT.format("14:35")).json["entry"]
    assert (found["values"], found["at_least"]) == ({"sit": 35}, [])
    assert found["at"] == AT.format("14:00")
    assert "Nothing is being timed" in patient.run("stop", "leg", code=1).err


@pytest.mark.parametrize(
    ("key", "at_least"), [("e", ["walk"]), ("timer", ["walk"]), ("p", []), ("stiff", [])]
)
def test_what_ended_it_by_one_key(patient: Patient, key: str, at_least: list[str]) -> None:
    patient.run("start", "walk", now=AT.format("14:00"))
    assert patient.run("stop", key, "--json", now=AT.format("14:20")).json["entry"]["at_least"] == at_least


def test_a_timing_is_at_least_a_minute(patient: Patient) -> None:
    patient.run("start", "stand")
    assert patient.run("stop", "task", "--json").json["entry"]["values"] == {"stand": 1}


def test_only_one_runs(patient: Patient) -> None:
    patient.run("start", "sit", now=AT.format("14:00"))
    refused = patient.run("start", "walk", now=AT.format("14:05"), code=1)
    assert refused.err.startswith("sit has been timed since 14:00.")


def test_only_tolerances_are_timed(patient: Patient) -> None:
    assert "sit, stand or walk" in patient.run("start", "sleep", code=1).err


def test_stop_wants_the_reason(patient: Patient) -> None:
    patient.run("start", "sit", now=AT.format("14:00"))
    assert "Say what ended it" in patient.run("stop", now=AT.format("14:05"), code=2).err
    assert "no stop reason" in patient.run("stop", "bored", now=AT.format("14:05"), code=1).err
    patient.run("stop", "task", now=AT.format("14:05"))


def test_a_forgotten_timing_asks_when_it_ended(patient: Patient) -> None:
    patient.run("start", "sit", now=AT.format("14:00"))
    refused = patient.run("stop", "task", now=AT.format("19:00"), code=1)
    assert "over 5 hours, since 14:00" in refused.err
    assert "--ended" in refused.err
    assert patient.run("history", "--json").json["entries"] == []
    patient.run("stop", "task", "--ended", "13:00", now=AT.format("19:00"), code=1)
    found = patient.run("stop", "task", "--ended", "14:30", "--json", now=AT.format("19:00")).json["entry"]
    assert found["values"] == {"sit": 30}


def test_a_timing_over_midnight(patient: Patient) -> None:
    patient.run("start", "sit", now="2026-03-02T23:30:00+00:00")
    found = patient.run("stop", "task", "--ended", "23:50", "--json", now="2026-03-03T09:00:00+00:00").json[
        "entry"
    ]
    assert (found["values"], found["day"]) == ({"sit": 20}, "2026-03-02")


def test_cancel_records_nothing(patient: Patient) -> None:
    patient.run("start", "sit")
    assert "dropped" in patient.run("cancel").out
    assert patient.run("cancel", code=1).err.startswith("Nothing is being timed.")
    assert patient.run("history", "--json").json["entries"] == []


def test_stop_can_be_undone(patient: Patient) -> None:
    patient.run("start", "sit", now=AT.format("14:00"))
    patient.run("stop", "task", now=AT.format("14:35"))
    assert "stop task (sit 35 min)" in patient.run("undo").out
    assert patient.run("history", "--json").json["entries"] == []
