"""The plan by hand: add, set, remove, and what a hand may not do."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import Patient, evening


def items(patient: Patient) -> dict[str, dict[str, Any]]:
    return {item["activity"]: item for item in patient.run("plan", "--json").json["items"]}


def test_an_empty_plan_says_how_to_fill_it(patient: Patient) -> None:
    out = patient.run("plan").out
    assert "Your plan is empty" in out
    assert "spinetrack log sit 20" in out
    assert patient.run("plan", "--json").json["items"] == []
    assert not patient.file.exists()


def test_the_document_has_the_keys_of_the_contract(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20, "--by", "physio", "--up-to", 40, "--per-week", 4)
    found = patient.run("plan", "--json").json
    assert list(found) == ["spinetrack", "as_of", "mode", "items"]
    item = found["items"][0]
    assert list(item) == [
        "activity", "quota", "today", "baseline", "unit", "per_week", "up_to", "set_by", "next_step_earliest",
    ]  # fmt: skip
    assert (item["quota"], item["today"], item["per_week"], item["up_to"]) == (20, 20, 4, 40)
    assert (item["unit"], item["set_by"]) == ("min", "physio")


def test_an_activity_without_a_dose_is_absent_from_the_document(patient: Patient) -> None:
    assert "spinetrack log sit 20" in patient.run("plan", "add", "sit").out
    assert items(patient) == {}
    assert "sit: offered after three timed values" in patient.run("plan").out


def test_an_exercise_has_its_dose_from_the_start(patient: Patient) -> None:
    words = ("bridge", "--kind", "core", "--sets", 3, "--reps", 8, "--per-week", 3)
    assert patient.run("plan", "add", *words).lines[0] == "Added: bridge: 3 × 8, 3 days a week."  # noqa: RUF001
    assert items(patient)["bridge"]["quota"] == 8
    assert items(patient)["bridge"]["unit"] == "reps"


def test_a_name_of_two_words_is_joined(patient: Patient) -> None:
    patient.run("plan", "add", "Side", "Plank", "--hold", 20, "--sets", 2)
    assert items(patient)["side-plank"]["unit"] == "s"
    assert "2 × 20 s" in patient.run("plan").out  # noqa: RUF001


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "sit", "--sets", "3"), 1, "planned in minutes"),
        (("add", "bridge", "--kind", "dance"), 1, "There is no kind"),
        (("add", "bridge", "--sets", "3"), 2, "Say the repetitions too"),
        (("add", "all"), 1, "means something else"),
        (("add", "7"), 1, "cannot be the name"),
        (("add", "bridge", "--reps", "9999", "--sets", "3"), 1, "1 to 200 repetitions"),
        (("set", "bridge", "3x8"), 1, "Your plan holds nothing called"),
        (("set", "sit", "1.2km"), 1, "Sitting cannot be"),
        (("set", "walk", "1.2km"), 1, "in minutes"),
        (("set", "sit", "35+"), 1, "A + goes with log"),
        (("set", "sit", "0"), 1, "The smallest dose is 1 min"),
        (("set", "sit", "20", "--up-to", "10"), 1, "--up-to 10 lies below the dose of 20"),
        (("set", "sit", "20", "--per-week", "9"), 2, "per-week"),
        (("set", "sit", "20", "--at", "tomorrow"), 1, ""),
        (("remove", "sit"), 1, "sit is not in your plan"),
    ],
)
def test_what_cannot_be_right_is_refused_whole(
    patient: Patient, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = patient.run("plan", *words, code=code)
    assert said in answer.err
    assert answer.out == ""
    assert items(patient) == {}


@pytest.mark.parametrize("by", ["me", "Myself", "I"])
def test_the_patients_own_hand_is_me(patient: Patient, by: str) -> None:
    patient.run("plan", "set", "sit", 20, "--by", by)
    assert items(patient)["sit"]["set_by"] == "me"


def test_a_dose_carries_its_week_and_its_limit(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20, "--by", "physio", "--up-to", 40, "--per-week", 4)
    patient.run("plan", "set", "sit", 22)
    item = items(patient)["sit"]
    assert (item["per_week"], item["up_to"], item["set_by"]) == (4, 40, "me")


def test_the_limit_of_somebody_else_holds(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20, "--by", "physio", "--up-to", 40)
    assert "40 is the most that physio agreed" in patient.run("plan", "set", "sit", 45, code=1).err
    assert "40 is the most" in patient.run("plan", "set", "sit", 30, "--up-to", 60, code=1).err
    patient.run("plan", "set", "sit", 45, "--by", "physio", "--up-to", 60)
    assert items(patient)["sit"]["up_to"] == 60


def test_the_patients_own_limit_can_be_moved(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20, "--up-to", 30)
    patient.run("plan", "set", "sit", 35)
    assert items(patient)["sit"]["up_to"] is None


def test_a_large_step_is_warned_about_on_the_next_line(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    assert "more than before" not in patient.run("plan", "set", "sit", 24).out
    assert patient.run("plan", "set", "sit", 36).lines[-1].startswith("That is 50 % more than before.")
    assert "more than before" not in patient.run("plan", "set", "sit", 10).out


@pytest.mark.parametrize("by", ["me", "physio"])
def test_no_hand_raises_a_dose_under_an_open_flag(patient: Patient, by: str) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("screen", "--yes", "CE1", code=3)
    for words in (("set", "sit", 25), ("set", "walk", 10), ("add", "bridge", "--reps", 8)):
        assert "while a warning sign is open" in patient.run("plan", *words, "--by", by, code=1).err
    patient.run("plan", "set", "sit", 15, "--by", by)


def test_an_open_flag_leaves_no_items(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("screen", "--yes", "CE1", code=3)
    assert items(patient) == {}
    out = patient.run("plan").out
    assert out.startswith("STOP.")
    assert "20" not in out.replace("2026", "")


def test_in_a_flare_only_somebody_else_raises(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("flare", "start")
    assert "while a flare runs" in patient.run("plan", "set", "sit", 25, code=1).err
    assert "A first dose waits" in patient.run("plan", "set", "walk", 5, code=1).err
    assert "A first dose waits" in patient.run("plan", "add", "bridge", "--reps", 8, code=1).err
    patient.run("plan", "set", "sit", 15)
    patient.run("plan", "set", "walk", 5, "--by", "physio")


def test_until_the_ramp_is_whole_the_patient_waits(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("log", 7, "--flare", now=evening(1))
    patient.run("flare", "end", now=evening(2))
    patient.now = evening(2)
    assert "until the plan is back" in patient.run("plan", "set", "sit", 25, code=1).err


def test_the_page_shows_the_doses_of_a_flare_and_the_way_back(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 40)
    for n in range(10):
        patient.run("log", 4, now=evening(n))
    patient.run("log", 8, "--flare", now=evening(10))
    patient.now = evening(10)
    out = patient.run("plan").out
    assert "Sitting: 20 min today" in out
    assert "Planned: 40 min, 5 days a week" in out
    assert "Why lower today: a flare" in out
    assert "not counted while a flare runs" in out
    assert "If it eases: Fri 20 min, Sun 25 min, Mon 30 min, Tue 35 min, Wed 40 min" in out


def test_a_removed_exercise_leaves_the_plan_and_undo_brings_it_back(patient: Patient) -> None:
    patient.run("plan", "add", "bridge", "--sets", 3, "--reps", 8)
    patient.run("plan", "remove", "bridge")
    assert items(patient) == {}
    patient.run("undo")
    assert "bridge" in items(patient)


def test_a_removed_tolerance_leaves_the_plan(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("plan", "remove", "sit")
    assert items(patient) == {}
    patient.run("plan", "set", "sit", 15)
    assert items(patient)["sit"]["quota"] == 15


def test_an_activity_is_added_once(patient: Patient) -> None:
    patient.run("plan", "add", "bridge", "--reps", 8)
    assert "in your plan already" in patient.run("plan", "add", "bridge", code=1).err
    assert "Did you mean bridge?" in patient.run("plan", "set", "brige", "3x8", code=1).err


def test_the_catalogue_spells_a_plan(patient: Patient) -> None:
    answer = patient.run("plan", "add", "bird-dog", "--sets", 2, "--reps", 6)
    assert "One step easier:" in answer.out
    listed = patient.run("plan", "names", "--json").json["exercises"]
    assert {"name", "kind", "region", "use", "easier", "harder"} == set(listed[0])
    assert "bird-dog" in patient.run("plan", "names").out
    assert "One step easier:" not in patient.run("plan", "add", "own-thing", "--sets", 2, "--reps", 6).out
