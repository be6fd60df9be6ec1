"""`spinetrack score` as it is typed."""

from __future__ import annotations

import pytest
from tests.conftest import Patient, evening

KEYS = {
    "spinetrack", "id", "uuid", "instrument", "version", "day", "at", "total", "range", "better", "band",
    "answered", "items", "activities", "parts", "change",
}  # fmt: skip
NEXT = evening(28)


def scores(patient: Patient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = patient.run("score", "list", "--json").json["scores"]
    return found


def test_the_example_of_the_oswestry_index(patient: Patient) -> None:
    found = patient.run("score", "odi", *"2130221", "-", 1, 2, "--json").json
    assert found.keys() == KEYS
    assert found["spinetrack"] == 1
    assert (found["instrument"], found["total"], found["range"]) == ("odi", 31.1, [0, 100])
    assert (found["better"], found["band"], found["answered"]) == ("lower", "moderate", 9)
    assert found["items"][7] is None
    assert found["change"] is None


@pytest.mark.parametrize("words", [("2130221-12",), ("2130221", "-", "12"), ("2,1,3,0,2,2,1,-,1,2",)])
def test_glued_items_come_to_the_same(patient: Patient, words: tuple[str, ...]) -> None:
    assert patient.run("score", "ODI", *words, "--json").json["total"] == 31.1


@pytest.mark.parametrize(
    ("line", "total", "band"),
    [
        ("odi 5 5 5 1 0 0 0 0 0 0", 32, "moderate"),
        ("odi 5 5 5 1 0 0 0 0 0 -", 35.6, "moderate"),
        ("ndi 5 5 4 0 0 0 0 0 0 0", 14, "mild"),
        ("ndi 5 5 5 0 0 0 0 0 0 0", 15, "moderate"),
        ("ndi --total 14", 14, "mild"),
        ("start-back 1 0 0 0 1 1 1 0 0", 4, "medium"),
        ("start-back 0 0 0 0 1 1 1 1 0", 4, "high"),
        ("start-back 000011100", 3, "low"),
        ("groc15 -3", -3, "worse"),
        ("groc11 -2 --at yesterday", -2, None),
        ("groc15 --total -3", -3, "worse"),
        ("isi 2 2 2 2 2 2 3", 15, "moderate"),
        ("pcs --total 30", 30, "clinically relevant"),
        ("odi --total 31", 31, "moderate"),
        ("pseq 3333333333", 30, "mid"),
    ],
)
def test_vectors(patient: Patient, line: str, total: float, band: str | None) -> None:
    found = patient.run("score", *line.split(), "--json").json
    assert (found["total"], found["band"]) == (total, band)


def test_a_total_alone_says_nothing_of_items(patient: Patient) -> None:
    found = patient.run("score", "odi", "--total", "31.1", "--version", "2.1a", "--json").json
    assert (found["total"], found["answered"], found["items"], found["version"]) == (31.1, 0, [], "2.1a")


def test_a_change_is_against_the_one_before_and_the_first(patient: Patient) -> None:
    for day, total in ((0, 50), (28, 44), (56, 38)):
        patient.run("score", "odi", "--total", total, now=evening(day))
    patient.now = evening(57)
    change = scores(patient)[-1]["change"]
    assert change == {
        "delta": -6, "verdict": "none", "since": "2026-03-30",
        "since_first": {"delta": -12, "verdict": "clear", "since": "2026-03-02"},
    }  # fmt: skip


def test_another_version_is_not_compared(patient: Patient) -> None:
    patient.run("score", "odi", "--total", 50, "--version", "2.1a")
    said = patient.run("score", "odi", "--total", 30, now=NEXT)
    assert 'The score before has version "2.1a".' in said.out
    assert patient.run("score", "list", "--json", now=NEXT).json["scores"][-1]["change"] is None


def test_a_questionnaire_without_a_rule_has_no_change(patient: Patient) -> None:
    patient.run("score", "phq4", *"3210")
    assert patient.run("score", "phq4", *"1100", "--json", now=NEXT).json["change"] is None


def test_the_order_of_logging_does_not_matter(patient: Patient) -> None:
    days = ("2026-02-01", "2026-02-10", "2026-02-20")
    totals = dict(zip(days, (20, 12, 9), strict=True))
    other = Patient(patient.folder / "other")
    for who, order in ((patient, days), (other, days[::-1])):
        for day in order:
            who.run("score", "rmdq", "--total", totals[day], "--at", day)
    mine, theirs = scores(patient), scores(other)
    for row in (*mine, *theirs):
        del row["id"], row["uuid"]
    assert mine == theirs
    assert [row["total"] for row in mine] == [20, 12, 9]


def test_own_activities_are_kept_over_time(patient: Patient) -> None:
    named = ("--activity", "carry shopping", "--activity", "tie shoes", "--activity", "a film")
    patient.run("score", "psfs", 4, 6, 3, *named)
    found = patient.run("score", "psfs", 6, "-", 7, "--json", now=NEXT).json
    assert found["activities"] == ["carry shopping", "tie shoes", "a film"]
    assert (found["total"], found["answered"], found["change"]["verdict"]) == (6.5, 2, "clear")
    said = patient.run("score", "psfs", 6, 6, 7, now=evening(60))
    assert "carry shopping: 6 (last time 6)" in said.lines
    refused = patient.run("score", "psfs", 6, 6, 7, 8, code=1)
    assert "You named 3 activities (carry shopping, tie shoes, a film) and typed 4 numbers." in refused.err
    new = patient.run("score", "psfs", 6, 6, 7, *(w.replace("tie", "buy") for w in named), now=evening(61))
    assert "These are new activities" in new.out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("odi 1 2 3", 1), ("odi", 1), ("odi 1 2 3 4 5 0 1 2 3 6", 1), ("odi 1 2 3 4 5 0 1 - - -", 1),
        ("peg 3 4 -", 1), ("odi --total 101", 1), ("odi --total x", 1), ("odi x 2 3 4 5 0 1 2 3 4", 1),
        ("nosuch 1 2", 1), ("odi --total 30 1 2", 2), ("odi --total 30 --at tomorrow", 1),
        ("odi --total 30 --activity walk", 1), ("psfs 4 5", 1), ("list --total 3", 2),
        ("odi --total 30 --since 8w", 2), ("odi 2130221-1", 1),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence_and_saves_nothing(patient: Patient, line: str, code: int) -> None:
    patient.run("score", "odi", "--total", 30)
    said = patient.run("score", *line.split(), code=code)
    assert said.out == ""
    first, *hint = said.err.splitlines()
    assert first.endswith((".", "list"))
    assert len(hint) <= 1
    assert len(scores(patient)) == 1


def test_the_answer_names_the_day_the_number_and_the_way_back(patient: Patient) -> None:
    said = patient.run("score", "odi", *"2130221", "-", 1, 2, "--at", "yesterday")
    assert said.lines[:2] == [
        "#1  Sun 1 Mar (yesterday): ODI 31.1 of 100, moderate, lower is better.",
        "undo: spinetrack undo",
    ]
    assert "9 of 10 items answered. The others stand for what was skipped." in said.lines
    patient.run("undo")
    assert scores(patient) == []
    patient.run("redo")
    assert len(scores(patient)) == 1


def test_a_change_in_words(patient: Patient) -> None:
    patient.run("score", "odi", "--total", 41)
    said = patient.run("score", "odi", "--total", 31, now=NEXT)
    assert "Last time, 2 Mar: 41. Now 10 lower, which is better: a clear change." in said.lines
    assert "A good day for the next one: Mon 13 Apr or later." in said.lines
    soon = patient.run("score", "odi", "--total", 33, now=evening(30))
    assert "That was 2 days after the last one. 2 to 4 weeks between them is usual." in soon.lines


@pytest.mark.parametrize(
    ("line", "reason"), [("phq4 3 0 0 0", True), ("phq4 2 1 1 1", True), ("phq4 1 1 1 1", False),
                         ("phq4 --total 6", True), ("phq2 --total 2", False)],
)  # fmt: skip
def test_a_mood_score_is_kind_and_names_no_illness(patient: Patient, line: str, reason: bool) -> None:
    said = " ".join(patient.run("score", *line.split()).lines)
    assert "names no illness" in said
    assert ("is a good reason to talk with your doctor" in said) is reason


def test_no_screen_calls_a_mood_score_positive(patient: Patient) -> None:
    said = [
        patient.run("score", *line.split()).out for line in ("gad2 3 3", "list", "info phq2", "info phq4")
    ]
    assert not any("positive" in text for text in said)
    assert patient.run("score", "gad2", 3, 3, "--json").json["band"] == "positive screen"


def test_the_list(patient: Patient) -> None:
    assert "No questionnaire was scored" in patient.run("score", "list").out
    patient.run("score", "odi", "--total", 41)
    patient.run("score", "groc15", "-3")
    patient.run("score", "odi", "--total", 31, now=NEXT)
    said = patient.run("score", "list", now=evening(60))
    assert "ODI was last scored 4 weeks ago. It could be asked again." in said.lines
    assert "10 better, clear" in said.out
    only = patient.run("score", "list", "odi", "--since", "2026-03-10", "--json", now=evening(60)).json
    assert [row["total"] for row in only["scores"]] == [31]
    assert only["scores"][0]["change"]["delta"] == -10


@pytest.mark.parametrize("words", [(), ("info",), ("info", "peg"), ("info", "start", "back"), ("list",)])
def test_looking_writes_nothing(patient: Patient, words: tuple[str, ...]) -> None:
    assert patient.run("score", *words).out
    assert not patient.home.exists()


def test_info_says_where_the_form_comes_from(patient: Patient) -> None:
    said = patient.run("score", "info", "odi").out
    for part in (
        "Owned by Jeremy Fairbank",
        "Spine 25:2940",
        "Mapi",
        "Every 2 to 4 weeks",
        "Read them from your own",
    ):
        assert part in said
    assert patient.run("score", "info", "peg", "--json").json["instruments"][0]["loinc"] == "91147-9"


def test_an_activity_that_names_a_warning_sign_asks_again(patient: Patient) -> None:
    patient.run("screen", "--none")
    words = ("sit, I am numb between my legs", "tie shoes", "a film")
    said = patient.run(
        "score", "psfs", 4, 5, 6, *(w for word in words for w in ("--activity", word)), now=evening(1)
    )
    assert "spinetrack screen" in said.out


def test_hostile_names_cannot_steer_the_terminal(patient: Patient) -> None:
    words = ("\x1b[31mred", "tie shoes", "a film")
    said = patient.run("score", "psfs", 4, 5, 6, *(w for word in words for w in ("--activity", word)))
    assert "\x1b" not in said.out
