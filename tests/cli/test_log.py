"""A line typed, what is kept of it, and what comes back."""

from __future__ import annotations

import json

import pytest
from tests.conftest import Patient, evening


def kept(patient: Patient) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = patient.run("history", "--since", "all", "--json").json["entries"]
    return entries


def answer_screen(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")


def test_a_line_of_words_is_one_entry(patient: Patient) -> None:
    text = "4 worst 6 sit 35 walk 20 1.2km sleep 6h30 mood 6 note long drive"
    entry = patient.run("log", *text.split(), "--json").json["entry"]
    assert entry["values"] == {
        "pain": 4, "worst": 6, "sit": 35, "walk": 20, "distance": 1200, "sleep": 390, "mood": 6,
    }  # fmt: skip
    assert (entry["note"], entry["flare"], entry["day"]) == ("long drive", False, "2026-03-02")
    assert entry["at"] == "2026-03-02T19:00:00+00:00"


def test_the_document_has_the_keys_of_the_contract(patient: Patient) -> None:
    found = patient.run("log", "pain=4", "sit=25+", "--where", "low-back:4", "--json").json
    assert list(found) == ["spinetrack", "entry", "suggestions"]
    assert list(found["entry"]) == [
        "id", "uuid", "day", "at", "values", "at_least", "sites", "note", "flare",
    ]  # fmt: skip
    assert found["entry"]["at_least"] == ["sit"]
    assert found["entry"]["sites"] == {"low-back": 4}
    assert len(found["suggestions"]) <= 1
    assert list(found["suggestions"][0]) == [
        "id", "rule", "priority", "kind", "title", "message", "why", "changes", "source",
    ]  # fmt: skip


def test_the_answer_names_the_day_the_values_and_the_way_back(patient: Patient) -> None:
    out = patient.run("log", 4, "sit", 35, "sleep", "6h30").lines
    assert out[:2] == ["#1  Mon 2 Mar: pain 4, sit 35 min, sleep 6 h 30.", "undo: spinetrack undo"]


def test_yesterday_is_said_and_kept(patient: Patient) -> None:
    assert "Sun 1 Mar (yesterday)" in patient.run("log", "-y", 5).out
    assert "(2 days ago)" in patient.run("log", 5, "--at", "2 days ago").out
    assert [e["day"] for e in kept(patient)] == ["2026-02-28", "2026-03-01"]


def test_after_midnight_the_day_is_the_one_lived(patient: Patient) -> None:
    entry = patient.run("log", 4, "--json", now="2026-03-03T01:30:00+00:00").json["entry"]
    assert (entry["day"], entry["at"]) == ("2026-03-02", "2026-03-03T01:30:00+00:00")
    entry = patient.run("log", 4, "--json", now="2026-03-03T04:00:00+00:00").json["entry"]
    assert entry["day"] == "2026-03-03"


def test_the_clock_is_the_patients_own(patient: Patient) -> None:
    entry = patient.run("log", 4, "--json", now="2026-03-02T23:30:00-05:00").json["entry"]
    assert (entry["day"], entry["at"]) == ("2026-03-02", "2026-03-02T23:30:00-05:00")
    moved = patient.run("log", 4, "--at", "21:00", "--json", now="2026-03-02T23:30:00-05:00").json["entry"]
    assert moved["at"] == "2026-03-02T21:00:00-05:00"


def test_utc_is_shown_in_the_zone_of_the_machine(patient: Patient) -> None:
    tokyo = {"TZ": "Asia/Tokyo"}
    entry = patient.run("log", 4, "--json", now="2026-03-02T20:00:00Z", env=tokyo).json["entry"]
    assert (entry["day"], entry["at"]) == ("2026-03-03", "2026-03-03T05:00:00+09:00")


def test_a_past_day_has_the_offset_of_that_day(patient: Patient) -> None:
    """The clocks in London went forward on 29 March 2026."""
    london = {"TZ": "Europe/London"}
    entry = patient.run(
        "log", 4, "--at", "2026-03-20 21:00", "--json", now="2026-04-02T12:00:00Z", env=london
    )
    assert entry.json["entry"]["at"] == "2026-03-20T21:00:00+00:00"


@pytest.mark.parametrize(
    ("reason", "at_least"), [("task", True), ("timer", True), ("leg", False), ("pain", False)]
)
def test_what_ended_it_makes_a_limit_or_a_lower_bound(patient: Patient, reason: str, at_least: bool) -> None:
    entry = patient.run("log", "sit", 35, "--stop", reason, "--json").json["entry"]
    assert entry["at_least"] == (["sit"] if at_least else [])


def test_options_stand_anywhere(patient: Patient) -> None:
    entry = patient.run("log", "--json", 4, "--stop", "task", "sit", 35, "-n", "it rained").json["entry"]
    assert (entry["values"], entry["note"]) == ({"pain": 4, "sit": 35}, "it rained")


def test_a_low_day_needs_one_number(patient: Patient) -> None:
    assert "pain 7, flare yes" in patient.run("log", 7, "--flare").out
    assert patient.run("log", "--flare", "--json").json["entry"]["flare"] is True


def test_same_as_last_time_is_kept_as_the_patients_answer(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35)
    assert "sit 35 min (as last time)" in patient.run("log", 3, "sit", "=", now=evening(1)).out
    refused = patient.run("log", "pain", "=", now=evening(1), code=1)
    assert "Nothing was saved." in refused.err


def test_a_distance_says_where_it_is_kept(patient: Patient) -> None:
    assert "walk 1.2 km (stored as distance)" in patient.run("log", "walk", "1.2km").out
    assert "stored as" not in patient.run("log", "distance", "1.2km").out


def test_the_note_can_come_from_a_pipe(patient: Patient) -> None:
    entry = patient.run("log", 4, "note", "-", "--json", stdin="slept badly\n").json["entry"]
    assert entry["note"] == "slept badly"


def test_a_note_of_self_harm_is_answered_at_once(patient: Patient) -> None:
    patient.run("profile", "set", "country", "UK")
    answer = patient.run("log", 6, "note", "i", "want", "to", "kill", "myself")
    assert answer.lines[0] == "You are not alone with this."
    assert "Samaritans" in answer.out
    as_json = patient.run("log", 6, "note", "i", "want", "to", "kill", "myself", "--json")
    json.loads(as_json.out)
    assert "Samaritans" in as_json.err


def test_a_warning_word_makes_the_questions_due(patient: Patient) -> None:
    answer_screen(patient)
    later = "2026-03-02T19:01:00+00:00"
    found = patient.run("log", 4, "note", "my leg feels numb", "--json", now=later).json["suggestions"]
    assert [s["rule"] for s in found] == ["RF-4"]


def test_under_an_open_flag_only_the_warning_stands_beside_the_entry(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("log", 4, "sit", 35).lines
    assert out[0].startswith("#1  Mon 2 Mar")
    assert " ".join(out[2:]).startswith("STOP. You reported today, 19:00:")
    assert "suggest" not in "\n".join(out)


def test_at_most_one_suggestion_and_one_fact(patient: Patient) -> None:
    answer_screen(patient)
    for day in range(28):
        patient.run("log", 4, "sit", 20 if day < 14 else 30, now=evening(day))
    out = patient.run("log", 4, "sit", 30, now=evening(28)).lines
    assert out[2] == "Sitting: middle of two weeks 30 min. Before that 20 min."
    assert sum("spinetrack" in line for line in out[2:]) <= 1
    assert len(patient.run("log", 4, "--json", now=evening(28)).json["suggestions"]) <= 1


def test_a_flare_starts_with_one_joined_answer(patient: Patient) -> None:
    answer_screen(patient)
    for day in range(14):
        patient.run("log", 3, "sit", 30, now=evening(day))
    patient.run("plan", "set", "sit", 20, "--by", "physio", now=evening(14))
    answer = patient.run("log", 8, "--flare", now=evening(14))
    assert "spinetrack screen" in answer.out
    assert "Plan today: sit 10 min." in answer.out
    found = patient.run("log", 8, "--flare", "--json", now=evening(14)).json["suggestions"]
    assert [s["rule"] for s in found] == ["RF-4", "FL-2", "FL-3"]


def test_settled_answers_the_session_of_the_day_before(patient: Patient) -> None:
    answer_screen(patient)
    patient.run("plan", "set", "walk", 10, "--by", "physio")
    patient.run("done", "walk", 10)
    answer = patient.run("log", "settled=yes", now="2026-03-03T08:00:00+00:00")
    assert "walk of Monday settled" in answer.out
    again = patient.run("log", "settled=yes", now="2026-03-03T08:00:00+00:00", code=1)
    assert again.err == "No session waits for this answer. Nothing was saved.\n"


def test_a_line_fits_the_terminal() -> None:
    from spinetrack.views.echo import line

    parts = ["pain 4", "sit 35 min", "sleep 6 h 30"]
    (whole,) = line("#412  Mon 23 Nov", parts, width=80, plain=False)
    assert whole == "#412  Mon 23 Nov   pain 4 · sit 35 min · sleep 6 h 30      undo: spinetrack undo"
    assert len(whole) == 80
    narrow = line("#412  Mon 23 Nov", parts, width=40, plain=False)
    assert narrow == ["#412  Mon 23 Nov   pain 4 · sit 35 min", "  sleep 6 h 30", "  undo: spinetrack undo"]
    assert all(len(text) <= 40 for text in narrow)
