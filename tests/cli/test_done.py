"""Sessions done and left out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import Patient, evening


def done(patient: Patient, *words: object, **how: Any) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, Any] = patient.run("done", *words, "--json", **how).json["sessions"][0]
    return found


def test_the_echo_names_the_session_the_day_and_the_way_back(patient: Patient) -> None:
    out = patient.run("done", "sit", 25, "--pain", 3, "--effort", 4).lines
    assert out[0] == "#s1  Mon 2 Mar: sit 25 min done, pain 3, effort 4."
    assert out[1] == "undo: spinetrack undo"


def test_at_most_one_suggestion_follows(patient: Patient) -> None:
    out = patient.run("done", "sit", 25).lines
    assert out[2] == "Answer the warning-sign questions."
    assert out[3].startswith("  spinetrack screen")
    assert len(out) == 4


def test_every_answer_is_kept(patient: Patient) -> None:
    words = ("sit", "1h10", "--pain", 8, "--effort", 7, "--not-settled", "--stop", "leg", "--spread")
    found = done(patient, *words, "--minimum", "-n", "on the sofa", "-y")
    assert (found["dose"], found["pain"], found["effort"], found["settled"]) == (70, 8, 7, False)
    assert (found["stop"], found["spread"], found["minimum"]) == ("leg", True, True)
    assert (found["note"], found["day"]) == ("on the sofa", "2026-03-01")


def test_an_answer_not_given_is_not_made_up(patient: Patient) -> None:
    found = done(patient, "sit", 25)
    assert (found["settled"], found["pain"], found["effort"], found["stop"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("dose", "sets", "reps", "hold", "load", "volume"),
    [
        (("3x10",), 3, 10, None, None, 30),
        (("3 x 10", "5kg"), 3, 10, None, 5, 30),
        (("3x30s",), 3, None, 30, None, 90),
        (("2x5x10s",), 2, 5, 10, None, 100),
        (("12",), None, 12, None, None, 12),
    ],
)
def test_exercises_are_sets_repetitions_seconds_and_weight(
    patient: Patient,
    dose: tuple[str, ...],
    sets: int | None,
    reps: int | None,
    hold: int | None,
    load: float | None,
    volume: float,
) -> None:
    patient.run("plan", "add", "bridge")
    found = done(patient, "bridge", *dose)
    assert (found["sets"], found["reps"], found["hold"], found["load"]) == (sets, reps, hold, load)
    assert found["dose"] == volume


def test_what_the_plan_says_fills_what_the_line_leaves_out(patient: Patient) -> None:
    patient.run("plan", "add", "plank", "--sets", 3, "--hold", 20, "--load", 2.5)
    found = done(patient, "plank", "2x15")
    assert (found["sets"], found["reps"], found["hold"], found["load"]) == (2, None, 15, 2.5)


def test_an_activity_alone_is_todays_dose(patient: Patient) -> None:
    patient.run("plan", "set", "walk", 20)
    assert done(patient, "walk")["dose"] == 20
    patient.run("flare", "start")
    assert done(patient, "walk")["dose"] == 15


def test_all_is_everything_planned(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("plan", "add", "bridge", "--sets", 3, "--reps", 8)
    out = patient.run("done", "all").lines
    assert out[0] == "#s1  Mon 2 Mar: sit 20 min done."
    assert out[1] == "#s2  Mon 2 Mar: bridge 3 × 8 done."  # noqa: RUF001
    patient.run("undo")
    assert "sit 0 of 5" in patient.run().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Say what you did"),
        (("all",), 1, "no doses yet"),
        (("all", "3"), 2, "one word too many"),
        (("sit",), 1, "sit has no planned dose"),
        (("bridge", "3x8"), 1, 'Your plan holds nothing called "bridge"'),
        (("sti", "20"), 1, "Did you mean"),
        (("sit", "abc"), 1, "Sitting cannot be"),
        (("sit", "20", "30"), 1, ""),
        (("sit", "20", "--pain", "11"), 1, "--pain is a whole number from 0 to 10"),
        (("sit", "20", "--effort", "hard"), 1, "--effort is a whole number"),
        (("sit", "20", "--stop", "bored"), 1, ""),
        (("sit", "20", "--at", "tomorrow"), 1, ""),
        (("sit", "-5"), 2, ""),
    ],
)
def test_what_cannot_be_right_is_refused_whole(
    patient: Patient, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = patient.run("done", *words, code=code)
    assert said in answer.err
    assert answer.out == ""
    assert "nothing to undo" in patient.run("undo").out


def test_an_open_flag_leaves_echo_and_banner(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("done", "sit", 10).out
    assert out.startswith("#s1  Mon 2 Mar: sit 10 min done.")
    assert "STOP." in out
    assert "suggest" not in out
    assert "20" not in out
    assert "No doses are shown" in patient.run("done", "sit", code=1).err
    assert "No doses are shown" in patient.run("done", "all", code=1).err


def test_a_note_of_self_harm_shows_the_crisis_line_at_once(patient: Patient) -> None:
    out = patient.run("done", "sit", 10, "-n", "i want to kill myself").out
    assert "You are not alone" in out


def test_a_word_of_the_list_in_a_note_asks_the_questions(patient: Patient) -> None:
    patient.run("screen", "--none")
    patient.run("done", "sit", 10, "-n", "foot went numb", now=evening(1))
    patient.now = evening(1)
    assert patient.run("suggest", "--json").json["suggestions"][0]["rule"] == "RF-4"


def test_done_loads_neither_rich_nor_plotext_nor_the_models(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    loaded = {name.partition(".")[0] for name in patient.modules("done", "sit", 20)}
    assert not loaded & {"rich", "plotext", "sqlmodel", "sqlalchemy", "pydantic"}


# Left out


def test_a_skip_says_what_and_why(patient: Patient) -> None:
    assert patient.run("skip", "sit", "--why", "pain").lines[0] == "Mon 2 Mar: sit left out, too much pain."


def test_all_leaves_out_what_is_planned(patient: Patient) -> None:
    patient.run("plan", "set", "sit", 20)
    patient.run("plan", "set", "walk", 10)
    found = patient.run("skip", "all", "--why", "away", "--at", "yesterday", "--json").json["skips"]
    assert [(s["activity"], s["why"], s["day"]) for s in found] == [
        ("sit", "away", "2026-03-01"),
        ("walk", "away", "2026-03-01"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("sit",), 2, "Say why"),
        (("sit", "--why", "lazy"), 1, "is no reason here"),
        (("all", "--why", "ill"), 1, "Your plan is empty"),
        (("bridge", "--why", "ill"), 1, "Your plan holds nothing called"),
    ],
)
def test_a_skip_that_says_too_little_is_refused(
    patient: Patient, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in patient.run("skip", *words, code=code).err


def test_undo_takes_a_skip_back(patient: Patient) -> None:
    patient.run("skip", "sit", "--why", "time")
    assert "skip sit" in patient.run("undo").out
