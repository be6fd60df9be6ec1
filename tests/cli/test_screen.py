"""Warning signs: typed, asked, listed, closed, and taken along on paper."""

from __future__ import annotations

import signal
import stat
import time
from typing import Any

import pytest
from tests.cli.test_checkin import end, say, terminal
from tests.conftest import Patient, evening

from spinetrack.recovery.redflag_items import ITEMS, SHORT
from spinetrack.recovery.redflags import all_items


def screens(patient: Patient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = patient.run("screen", "list", "--json", code=None).json["screens"]
    return found


# On one line


def test_none_names_what_it_answers_and_promises_nothing(patient: Patient) -> None:
    out = patient.run("screen", "--none").out
    assert f"Answered no to {len(all_items())} questions:" in out
    assert "CE1 CE2 CE3" in out
    assert "No warning sign reported today." in out
    assert "safe" not in out


def test_the_short_form_names_each_sign(patient: Patient) -> None:
    out = patient.run("screen", "--none", "--short").out
    assert "new trouble passing urine" in out
    assert len(screens(patient)) == 1


def test_yes_answers_the_rest_with_no(patient: Patient) -> None:
    out = patient.run("screen", "--yes", "CE1", "--unsure", "ND3", code=3).out
    assert f"The other {len(all_items()) - 2} questions: no." in out
    assert "STOP. You reported today, 19:00: new trouble passing urine." in out
    found = screens(patient)[0]
    assert (found["tier"], found["yes"], found["unsure"], found["outcome"]) == (1, ["CE1"], ["ND3"], None)


def test_no_alone_leaves_the_rest_open(patient: Patient) -> None:
    patient.run("screen", "--no", "CE1,CE2")
    patient.run("log", 4)
    assert patient.run("suggest", "--json").json["suggestions"][0]["rule"] in {"RF-4", "PG-1"}
    assert "RF-4" in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


@pytest.mark.parametrize(
    ("words", "tier", "code"),
    [
        (("--yes", "MY3+"), 2, 3),
        (("--yes", "MY3-"), 3, 0),
        (("--yes", "MY3"), 2, 3),
        (("--yes", "FX2-"), 4, 0),
        (("--unsure", "CE2"), 1, 3),
        (("--yes", "CE6"), 2, 3),
        (("--yes", "CE6,CE1"), 1, 3),
        (("--none",), None, 0),
    ],
)
def test_the_tier_follows_the_items_and_their_signs(
    patient: Patient, words: tuple[str, ...], tier: int | None, code: int
) -> None:
    patient.run("screen", *words, code=code)
    assert screens(patient)[0]["tier"] == tier


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--none", "--yes", "CE1"), 2),
        ((), 2),
        (("--yes", "XX9"), 1),
        (("--yes", "CE1,CE1"), 1),
        (("--yes", "CE1", "--no", "CE1"), 1),
        (("--yes", "CE1+"), 1),
        (("--yes", ""), 1),
    ],
)
def test_what_cannot_be_right_is_refused_whole(patient: Patient, words: tuple[str, ...], code: int) -> None:
    answer = patient.run("screen", *words, code=code)
    assert answer.out == ""
    assert "Nothing was saved" in answer.err
    assert screens(patient) == []


def test_a_gate_makes_weakness_an_emergency(patient: Patient) -> None:
    patient.run("profile", "gates", "--yes", "cancer")
    patient.run("screen", "--yes", "ND1", code=3)
    assert screens(patient)[0]["tier"] == 1


def test_a_carer_cannot_answer_what_only_the_patient_feels(patient: Patient) -> None:
    patient.run("profile", "set", "carer", "yes")
    out = patient.run("screen", "--none").out
    assert "Still open, only the patient can feel it: CE2" in out
    patient.run("log", 4)
    assert "RF-4" in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}
    patient.run("screen", "--no", ",".join(i for i in ITEMS if ITEMS[i].felt))
    assert "RF-4" not in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


def test_screens_stay_out_of_undo(patient: Patient) -> None:
    out = patient.run("screen", "--yes", "CE1", code=3).out
    assert "spinetrack screen outcome 1 --mistake" in out
    assert "nothing to undo" in patient.run("undo").out
    assert len(screens(patient)) == 1


def test_thoughts_of_self_harm_have_their_own_words(patient: Patient) -> None:
    patient.run("profile", "set", "country", "UK")
    out = patient.run("screen", "--yes", "OT2", code=3).out
    assert "You are not alone with this." in out
    assert "116 123" in out
    bare = patient.run(code=3).out
    assert "hurting" not in bare.replace("could hurt you", "")
    assert "OT2" not in bare


# One by one


def test_six_short_questions_answer_the_short_form(patient: Patient) -> None:
    with terminal(patient, "screen", "--short") as child:
        asked = say(child, *"nnnnnn")
        code, said = end(child)
    assert code == 0
    assert len(asked) == len(SHORT) == 6
    assert "No warning sign reported today." in said
    patient.run("log", 4)
    assert "RF-4" not in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


def test_a_yes_to_a_short_question_asks_what_it_stands_for(patient: Patient) -> None:
    with terminal(patient, "screen", "--short") as child:
        asked = say(child, "y", "n", "y")
        code, said = end(child)
    assert "start to pee" in asked[1]
    assert "leak poo" in asked[2]
    assert (code, "STOP." in said) == (3, True)
    assert [(s["tier"], s["yes"]) for s in screens(patient)] == [(None, []), (1, ["CE4"])]


def test_the_first_emergency_sign_shows_its_page_and_asks_no_more(patient: Patient) -> None:
    with terminal(patient, "screen") as child:
        say(child, "y")
        code, said = end(child)
    assert code == 3
    assert "STOP. You reported today, 19:00: new trouble passing urine." in said
    assert "2 of" not in said


def test_each_answer_is_kept_when_it_is_interrupted(patient: Patient) -> None:
    with terminal(patient, "screen") as child:
        say(child, "n", "n", "n")
        child.expect_exact("> ")
        child.sendintr()
        code, said = end(child)
    assert (code, "3 answers are kept" in said) == (130, True)
    assert len(screens(patient)) == 3
    with terminal(patient, "screen") as child:
        child.expect_exact("1 of")
        child.close(force=True)


def test_a_closed_terminal_keeps_what_was_answered(patient: Patient) -> None:
    with terminal(patient, "screen") as child:
        say(child, "n")
        child.expect_exact("> ")
        child.kill(signal.SIGHUP)
        time.sleep(0.2)
    assert len(screens(patient)) == 1


def test_an_empty_line_is_no_answer(patient: Patient) -> None:
    with terminal(patient, "screen", "--short") as child:
        say(child, "", "", "", "", "", "q")
        code, said = end(child)
    assert (code, "Nothing was answered." in said) == (0, True)
    assert screens(patient) == []


def test_help_and_back_answer_nothing(patient: Patient) -> None:
    with terminal(patient, "screen", "--short") as child:
        asked = say(child, "?", "b", "maybe", "q")
        end(child)
    assert "y yes" in asked[1]
    assert screens(patient) == []


def test_a_second_question_picks_the_tier(patient: Patient) -> None:
    with terminal(patient, "screen", "--short") as child:
        asked = say(child, "n", "n", "n", "y", "n", "q")
        code, _ = end(child)
    assert "breathless" in asked[4] or "confused" in asked[4]
    assert (code, screens(patient)[-1]["tier"]) == (3, 2)


# What came of it


def test_somebody_else_who_saw_the_patient_closes_it(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("screen", "outcome", 1, "all clear", "--by", "A&E", now=evening(1)).out
    assert out.startswith("Screen #1: seen by A&E, closed.")
    assert "Rises wait 7 days." in out
    patient.run(now=evening(1))
    assert screens(patient)[0]["outcome"] == {"text": "all clear", "by": "A&E", "day": "2026-03-03"}


@pytest.mark.parametrize("by", ["me", "Myself", "I", ""])
def test_the_patient_is_not_who_saw_the_patient(patient: Patient, by: str) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    assert "Say who saw you" in patient.run("screen", "outcome", 1, "fine", "--by", by, code=1).err
    patient.run(code=3)


def test_a_note_leaves_it_open_and_says_so(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("screen", "outcome", 1, "called them").out
    assert out.startswith("Screen #1: note, still open.")
    assert "STOP." in out
    patient.run(code=3)


def test_booked_is_still_open(patient: Patient) -> None:
    patient.run("screen", "--yes", "MY3-")
    out = patient.run("screen", "outcome", 1, "GP on Friday", "--booked").out
    assert "booked, still open" in out
    assert "RF-3" not in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


def test_gone_leaves_a_same_day_sign(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("screen", "outcome", 1, "it passed", "--gone").out
    assert "still open" in out
    patient.run(code=3)


def test_a_mistake_closes_it_and_asks_again(patient: Patient) -> None:
    patient.run("screen", "--none")
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run("screen", "outcome", 2, "--mistake").out
    assert "closed" in out
    assert "answer the questions again" in out.lower()
    patient.run("log", 4)
    assert "RF-4" in {s["rule"] for s in patient.run("suggest", "--json").json["suggestions"]}


def test_an_old_item_needs_who_assessed_it(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE5", code=3)
    patient.run("screen", "outcome", 1, "--old", "CE5", code=1)
    patient.run("screen", "outcome", 1, "since birth", "--old", "CE1", "--by", "Dr Khan", code=1)
    words = ("--old", "CE5", "--by", "Dr Khan", "--on", "2026-01-10")
    assert "closed" in patient.run("screen", "outcome", 1, "known", *words).out
    patient.run()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("9", "x"), 1, "There is no screen #9"),
        (("1",), 2, "Say what came of it"),
        (("1", "x", "--mistake", "--gone"), 2, "cannot go together"),
        (("1", "x", "--by", "A&E", "--on", "2026-02-01"), 1, "before the sign was reported"),
        (("1", "x", "--by", "A&E", "--on", "tomorrow"), 1, ""),
    ],
)
def test_an_outcome_that_cannot_be_right_is_refused(
    patient: Patient, words: tuple[str, ...], code: int, said: str
) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    assert said in patient.run("screen", "outcome", *words, code=code).err
    assert screens(patient)[0]["outcome"] is None


def test_a_screen_without_a_sign_closes_nothing(patient: Patient) -> None:
    patient.run("screen", "--yes", "CE1", code=3)
    patient.run("screen", "--none", code=3)
    said = patient.run("screen", "outcome", 2, "fine", "--by", "A&E", code=1).err
    assert "Open is #1" in said
    assert "reported no sign" in patient.run("screen", "outcome", 2, "--mistake", code=1).err
    patient.run(code=3)


# Listed, and on paper


def test_the_list_says_what_is_open_and_what_came_of_it(patient: Patient) -> None:
    patient.run("screen", "--none")
    patient.run("screen", "--yes", "CE1", code=3, now=evening(1))
    out = patient.run("screen", "list", now=evening(1)).lines
    assert "no sign reported" in out[0]
    assert "emergency, open: CE1 new trouble passing urine" in out[1]
    assert len(patient.run("screen", "list", "--since", "2026-03-03", now=evening(1)).lines) == 1
    assert "No screens in this period." in patient.run("screen", "list", "--until", "2026-01-01").out


def test_the_page_to_take_along(patient: Patient) -> None:
    patient.run("log", 4, "sit", 20)
    patient.run("screen", "--yes", "CE1,OT2", code=3)
    out = patient.run("screen", "page").out
    assert "Mon 2 Mar, 19:00: new trouble passing urine (CE1, yes)" in out
    assert "Pain: middle 4" in out
    assert "OT2" not in out
    assert "hurting" not in out
    assert "hurting" in patient.run("screen", "page", "--with-everything").out


def test_the_file_is_for_the_patient_alone_and_never_written_over(patient: Patient) -> None:
    file = patient.folder / "page.txt"
    patient.run("screen", "page", "-o", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is there already" in patient.run("screen", "page", "-o", file, code=1).err
    file.chmod(0o644)
    patient.run("screen", "page", "-o", file, "--force")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is a folder" in patient.run("screen", "page", "-o", patient.folder, code=1).err
    assert "There is no folder" in patient.run("screen", "page", "-o", patient.folder / "x/y", code=1).err
