"""Looking back, and putting right what was recorded."""

from __future__ import annotations

from tests.conftest import Patient, evening


def test_history_runs_from_oldest_to_newest(patient: Patient) -> None:
    for day in (2, 0, 1):
        patient.run("log", day, "--at", evening(day)[:16], now=evening(2))
    found = patient.run("history", "--json", now=evening(2)).json
    assert found["spinetrack"] == 1
    assert [e["values"]["pain"] for e in found["entries"]] == [0, 1, 2]


def test_history_shows_two_weeks_unless_asked_for_more(patient: Patient) -> None:
    patient.run("log", 1, now=evening(0))
    patient.run("log", 2, now=evening(20))
    assert [e["id"] for e in patient.run("history", "--json", now=evening(20)).json["entries"]] == [2]
    both = patient.run("history", "--since", "2026-03-02", "--json", now=evening(20)).json
    assert [e["id"] for e in both["entries"]] == [1, 2]
    old = patient.run("history", "--since", "2026-03-01", "--until", "2026-03-09", "--json", now=evening(20))
    assert [e["id"] for e in old.json["entries"]] == [1]


def test_history_of_one_measure(patient: Patient) -> None:
    patient.run("log", 4)
    patient.run("log", "sit", 35, "mood", 6)
    out = patient.run("history", "sitting").out
    assert "sit 35 min" in out
    assert "mood" not in out
    assert "#1" not in out
    assert 'no measure called "pian". Did you mean pain?' in patient.run("history", "pian", code=1).err


def test_history_limits(patient: Patient) -> None:
    for pain in range(4):
        patient.run("log", pain)
    assert [e["id"] for e in patient.run("history", "--limit", 2, "--json").json["entries"]] == [3, 4]


def test_history_shows_sessions_and_what_was_left_out(patient: Patient) -> None:
    patient.run("plan", "set", "walk", 10, "--by", "physio")
    patient.run("done", "walk", 10, "--pain", 3, "--settled")
    patient.run("skip", "walk", "--why", "away")
    out = patient.run("history").out
    assert "s1: Mon 2 Mar, did walk 10 min, pain 3, settled" in out
    assert "left out walk: away" in out


def test_an_empty_diary_says_so(patient: Patient) -> None:
    assert "Nothing is recorded" in patient.run("history").out
    assert patient.run("history", "--json").json == {"spinetrack": 1, "entries": []}


def test_edit_says_what_was_and_what_is(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35, "mood", 6)
    answer = patient.run("edit", 1, "sit", 40, "sleep", "7h", "--drop", "mood", "--flare")
    assert answer.lines == [
        "#1  Mon 2 Mar: sit 35 min → 40 min, without mood 6, now sleep 7 h, now flare yes.",
        "undo: spinetrack undo",
    ]
    entry = patient.run("history", "--json").json["entries"][0]
    assert entry["values"] == {"pain": 4, "sit": 40, "sleep": 420}


def test_edit_of_a_note(patient: Patient) -> None:
    patient.run("log", 4, "note", "one")
    assert patient.run("edit", "#1", "-n", "two", "--json").json["entry"]["note"] == "two"
    assert patient.run("edit", 1, "note", "three", "words", "--json").json["entry"]["note"] == "three words"
    assert patient.run("edit", 1, "--note", "", "--json").json["entry"]["note"] is None


def test_an_edited_note_is_read_for_warning_words(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")
    patient.run("log", 4)
    later = "2026-03-02T19:01:00+00:00"
    patient.run("edit", 1, "-n", "my leg feels numb", now=later)
    assert patient.run("suggest", "--json", now=later).json["suggestions"][0]["rule"] == "RF-4"


def test_edit_never_empties_an_entry(patient: Patient) -> None:
    patient.run("log", 4)
    assert "spinetrack delete 1" in patient.run("edit", 1, "--drop", "pain", code=1).err
    assert "Say what to change" in patient.run("edit", 1, code=2).err


def test_move_keeps_the_time_unless_it_is_said(patient: Patient) -> None:
    patient.run("log", 4, "--at", "08:15")
    moved = patient.run("move", 1, "--at", "yesterday", "--json").json["entry"]
    assert (moved["day"], moved["at"]) == ("2026-03-01", "2026-03-01T08:15:00+00:00")
    assert patient.run("move", 1, "--at", "sat 21:00").lines[0] == (
        "#1  Sun 1 Mar (yesterday): yesterday, 08:15 → Sat 28 Feb, 21:00."
    )


def test_a_session_can_be_moved_and_removed_and_has_no_values(patient: Patient) -> None:
    patient.run("plan", "set", "walk", 10, "--by", "physio")
    patient.run("done", "walk", 10)
    assert "→ yesterday" in patient.run("move", "s1", "--at", "yesterday").out
    assert "A session has" in patient.run("edit", "s1", "walk", 5, code=1).err
    assert "removed" in patient.run("delete", "s1").out
    assert "did walk" not in patient.run("history").out
    patient.run("undo")
    assert "did walk" in patient.run("history").out


def test_delete_says_what_went(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35)
    assert patient.run("delete", 1).lines == [
        "#1  Mon 2 Mar  removed: pain 4, sit 35 min.",
        "undo: spinetrack undo",
    ]
    assert patient.run("history", "--json").json["entries"] == []


def test_own_measures(patient: Patient) -> None:
    patient.run("metric", "add", "read-to-child", "--unit", "min", "--better", "up")
    assert patient.run("log", "read-to-child", 20, "--json").json["entry"]["values"] == {"read-to-child": 20}
    assert "read-to-child" in patient.run("metric", "list").out
    assert "already in use" in patient.run("metric", "add", "sit", code=1).err
    patient.run("metric", "hide", "read-to-child")
    assert "read-to-child 20" in patient.run("history").out
    patient.run("log", "read-to-child", 20, code=1)
    patient.run("metric", "hide", "read-to-child", code=1)


def test_a_question_is_removed_like_everything_else(patient: Patient) -> None:
    patient.run("question", "May I swim?")
    assert "Taken off the list: May I swim?" in patient.run("question", "remove", 1).out
    assert patient.run("question", "list", "--json").json["questions"] == []


def test_questions_for_the_next_visit(patient: Patient) -> None:
    patient.run("question", "May", "I", "swim?")
    patient.run("question", "Why at night?")
    assert patient.run("question", "list").lines == ["1. May I swim?", "2. Why at night?"]
    patient.run("question", "done", 1)
    found = patient.run("question", "list", "--json").json["questions"]
    assert [q["text"] for q in found] == ["Why at night?"]
    assert "no question 9" in patient.run("question", "done", 9, code=1).err


def test_how_a_session_was_can_be_said_later(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("done", "sit", 20)
    answer = patient.run("edit", "s1", "--pain", 3, "--effort", 4, "--settled")
    assert "pain 3" in answer.out
    assert "settled" in answer.out
    found = patient.run("edit", "s1", "--not-settled", "--json").json["session"]
    assert (found["pain"], found["effort"], found["settled"]) == (3, 4, False)
    patient.run("undo")
    assert patient.run("edit", "s1", "--note", "fine", "--json").json["session"]["settled"] is True
    for words in (["s1"], ["s1", "--pain", "11"], ["s1", "sit", "20"], ["s9", "--pain", "3"]):
        assert patient.run("edit", *words, code=None).code in {1, 2}
