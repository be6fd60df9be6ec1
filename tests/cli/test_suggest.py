"""What is suggested, why, and what the patient makes of it."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from tests.conftest import Patient, evening


def start(patient: Patient, days: int = 8, **more: object) -> None:
    """Answer what comes first, then log `days` evenings of pain 4 and sitting 20 to 22 minutes."""
    patient.run("profile", "gates", "--none", now=evening(0))
    patient.run("screen", "--none", now=evening(0))
    for n in range(days):
        words = [word for key, value in more.items() for word in (key, value)]
        patient.run("log", 4 + n % 2, "sit", 20 + n % 3, *words, now=evening(n))
    patient.now = evening(days - 1)


def earn_a_rise(patient: Patient) -> None:
    """Live two weeks: a first dose on day 7, done every day since, screened again on day 14."""
    start(patient)
    patient.run("suggest", "follow", 1)
    for n in range(8, 15):
        patient.run("done", "all", "--pain", 3, "--effort", 4, "--settled", now=evening(n))
        patient.run("log", 4, "sit", 21, now=evening(n))
    patient.now = evening(14)
    patient.run("screen", "--none", "--short")


def suggestions(patient: Patient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = patient.run("suggest", "--json", code=None).json["suggestions"]
    return found


def quotas(patient: Patient) -> list[tuple[Any, ...]]:
    with sqlite3.connect(patient.file) as db:
        return db.execute(
            "SELECT activity, amount, set_by, rule, per_week, up_to FROM quota ORDER BY id"
        ).fetchall()


def decisions(patient: Patient) -> list[tuple[Any, ...]]:
    with sqlite3.connect(patient.file) as db:
        return db.execute(
            'SELECT "key", rule, choice, amounts, text, facts FROM decision ORDER BY id'
        ).fetchall()


def test_nothing_is_suggested_to_an_empty_diary(patient: Patient) -> None:
    assert "Nothing is suggested today." in patient.run("suggest").out
    assert not patient.file.exists()


def test_the_document_has_the_keys_of_the_contract(patient: Patient) -> None:
    start(patient)
    found = patient.run("suggest", "--json").json
    assert list(found) == ["spinetrack", "as_of", "mode", "suggestions", "suppressed"]
    first = found["suggestions"][0]
    assert (first["id"], first["rule"], first["priority"]) == ("PR-0", "PR-0", 5)
    assert first["changes"] == [{"activity": "sit", "from": None, "to": 15, "unit": "min"}]


def test_a_first_dose_is_followed_by_its_number(patient: Patient) -> None:
    start(patient)
    assert patient.run("suggest", "follow", 1).lines[0] == "Followed: PR-0: sit 15 min."
    assert quotas(patient) == [("sit", 15, "me", "PR-0", 5, None)]
    assert patient.run("plan", "--json").json["items"][0]["activity"] == "sit"


def test_the_decision_keeps_text_and_facts_as_shown(patient: Patient) -> None:
    start(patient)
    shown = suggestions(patient)[0]
    patient.run("suggest", "follow", "pr-0")
    key, rule, choice, amounts, text, facts = decisions(patient)[0]
    assert (key, rule, choice) == ("PR-0", "PR-0", "follow")
    assert "sit" in amounts
    assert "15" in amounts
    assert shown["title"] in text
    assert shown["message"] in text
    assert shown["why"][0]["fact"] in facts


def test_why_shows_the_numbers_the_sum_and_the_choice(patient: Patient) -> None:
    earn_a_rise(patient)
    out = patient.run("suggest", "--why", 1).out
    for words in ("What the log says", "pain during", "needs at most 5", "The sum:", "How sure is this:",
                  "Your choice: follow 1, adjust 1 16, ignore 1, ask 1", "Source:"):  # fmt: skip
        assert words in out
    assert patient.run("suggest", "--why").out == out
    assert patient.run("suggest", "PR-1-sit", "--why").out == out


def test_all_names_what_was_held_back_and_by_what(patient: Patient) -> None:
    earn_a_rise(patient)
    patient.run("suggest", "ignore", "PR-1-sit")
    out = patient.run("suggest", "--all").out
    assert "PR-1-sit" in out
    assert "you have decided about it already" in out
    assert {"rule": "PR-1", "by": "decided"} in patient.run("suggest", "--json").json["suppressed"]


def test_follow_raises_the_dose_and_carries_the_rest(patient: Patient) -> None:
    earn_a_rise(patient)
    patient.run(
        "plan", "set", "sit", 15, "--by", "physio", "--up-to", 40, "--per-week", 4, "--at", "2026-03-09"
    )
    assert "sit 16 min (was 15)" in patient.run("suggest", "follow", "PR-1-sit").out
    assert quotas(patient)[-1] == ("sit", 16, "me", "PR-1", 4, 40)


def test_a_rise_no_longer_due_is_refused(patient: Patient) -> None:
    earn_a_rise(patient)
    patient.run("suggest", "follow", 1)
    before = quotas(patient)
    said = patient.run("suggest", "follow", "PR-1-sit", code=1).err
    assert said.startswith("Sitting is not due to go up any more: a dose went up less than 7 days ago.")
    assert quotas(patient) == before


def test_a_bad_morning_takes_the_rise_back_before_it_is_followed(patient: Patient) -> None:
    earn_a_rise(patient)
    patient.run("done", "sit", 15, "--not-settled")
    said = patient.run("suggest", "follow", "PR-1-sit", code=1).err
    assert "Sitting is not due to go up" in said
    assert quotas(patient)[-1][1] == 15


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("17", 1, "17 min is more than 16 min"),
        ("15", 1, "no step up from 15 min"),
        ("0", 1, "The smallest dose is 1 min"),
        ("much", 1, "Sitting cannot be"),
        ("15.5", 0, ""),
    ],
)
def test_adjust_stays_between_the_dose_and_the_offer(
    patient: Patient, value: str, code: int, words: str
) -> None:
    earn_a_rise(patient)
    answer = patient.run("suggest", "adjust", 1, value, code=None)
    assert answer.code in {code, 1} if value == "15.5" else answer.code == code
    assert words in answer.err
    assert quotas(patient)[-1][1] <= 16


def test_adjust_without_a_dose_shows_how(patient: Patient) -> None:
    start(patient, walk=15)
    assert "spinetrack suggest adjust PR-0 sit 15" in patient.run("suggest", "adjust", 1, code=2).err
    assert "says nothing about stand" in patient.run("suggest", "adjust", 1, "stand", 3, code=1).err


def test_adjusting_one_of_several_doses_leaves_the_others_as_offered(patient: Patient) -> None:
    start(patient, walk=15)
    patient.run("suggest", "adjust", "PR-0", "sit", 12)
    assert [(q[0], q[1]) for q in quotas(patient)] == [("sit", 12), ("walk", 10)]


def test_a_first_dose_never_passes_the_offer(patient: Patient) -> None:
    start(patient)
    assert "the most that fits here" in patient.run("suggest", "adjust", "PR-0", 16, code=1).err


def test_ask_puts_it_on_the_list(patient: Patient) -> None:
    start(patient)
    assert "question list" in patient.run("suggest", "ask", 1).out
    assert "A first dose" in patient.run("question", "list").out
    assert suggestions(patient) == [] or suggestions(patient)[0]["rule"] != "PR-0"


def test_one_undo_takes_a_followed_suggestion_back_whole(patient: Patient) -> None:
    start(patient)
    patient.run("suggest", "follow", 1)
    patient.run("undo")
    assert quotas(patient) == []
    assert decisions(patient) == []
    assert suggestions(patient)[0]["rule"] == "PR-0"


@pytest.mark.parametrize("choice", ["follow", "ignore", "ask"])
def test_what_no_decision_hides_says_what_to_type(patient: Patient, choice: str) -> None:
    patient.run("log", 4)
    answer = patient.run("suggest", choice, "RF-4", code=1)
    assert "RF-4 stays until it is answered" in answer.err
    assert "spinetrack screen" in answer.err
    answer = patient.run("suggest", choice, "PG-1", code=1)
    assert "spinetrack profile gates" in answer.err
    assert decisions(patient) == []


def test_an_open_flag_shuts_every_choice(patient: Patient) -> None:
    start(patient)
    patient.run("screen", "--yes", "CE1", code=3)
    for words in ((), ("follow", 1), ("ignore", 1), ("--all",)):
        answer = patient.run("suggest", *words, code=3)
        assert answer.out.startswith("STOP.")
    assert {s["rule"] for s in suggestions(patient)} == {"RF-1"}
    assert quotas(patient) == []


@pytest.mark.parametrize("words", [("follow",), ("follow", "1", "2"), ("dance",), ("1",)])
def test_words_that_say_too_little_or_too_much_are_usage(patient: Patient, words: tuple[str, ...]) -> None:
    start(patient)
    patient.run("suggest", *words, code=2)


def test_a_number_that_is_not_there_is_refused(patient: Patient) -> None:
    start(patient)
    assert "There is no number 9 today" in patient.run("suggest", "follow", 9, code=1).err
    assert 'no suggestion "PR-9"' in patient.run("suggest", "follow", "PR-9", code=1).err


def test_the_lower_dose_of_a_flare_is_agreed_without_changing_the_plan(patient: Patient) -> None:
    start(patient)
    patient.run("plan", "set", "sit", 25)
    patient.run("log", 8, "--flare", now=evening(8))
    patient.now = evening(8)
    before = quotas(patient)
    patient.run("suggest", "follow", "FL-3")
    assert quotas(patient) == before
    patient.run("suggest", "adjust", "FL-3", "sit", 20)
    assert quotas(patient) == before
    assert patient.run("plan", "--json").json["items"][0]["today"] == 20
    assert "the most that fits here" in patient.run("suggest", "adjust", "FL-3", "sit", 30, code=1).err
    patient.run("suggest", "ignore", "FL-3")
    assert patient.run("plan", "--json").json["items"][0]["today"] == 25
