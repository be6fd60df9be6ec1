"""The guided check-in in a real terminal."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect
import pytest
from tests.conftest import Patient, evening

PROMPT = "\n> "


@contextmanager
def terminal(patient: Patient, *words: str, now: str | None = None) -> Iterator[pexpect.spawn]:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *words],
        env={**patient.environ, "SPINETRACK_NOW": now or patient.now, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 80),
        echo=False,
    )
    child.seen = ""
    try:
        yield child
    finally:
        child.close(force=True)


def asked(child: pexpect.spawn) -> str:
    """Wait for the next prompt; return what stood before it."""
    child.expect_exact("\r\n> ")
    return str(child.before)


def say(child: pexpect.spawn, *answers: str) -> list[str]:
    """Answer the questions one after the other; return what was asked."""
    questions = []
    for answer in answers:
        questions.append(asked(child).strip())
        child.sendline(answer)
    return questions


def end(child: pexpect.spawn) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)


def entry(patient: Patient, number: int = -1) -> dict[str, object]:
    found: list[dict[str, object]] = patient.run("history", "--since", "all", "--json").json["entries"]
    return found[number]


def test_six_questions_one_screen(patient: Patient) -> None:
    patient.run("plan", "set", "walk", 10, "--by", "physio")
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("done", "walk", 10, "--at", "2026-03-01 18:00")
    with terminal(patient, "log") as child:
        questions = say(child, "4", "y", "20 1.2km", "35 leg", "7h", "n")
        code, said = end(child)
    assert code == 0
    assert len(questions) == 6
    assert re.fullmatch(r"Pain today, on average\?  0-10 +Enter skips · b back · \? explains", questions[0])
    assert questions[1] == "Yesterday: did walk settle by this morning?  y/n"
    assert [q.split("?")[0] for q in questions[2:]] == [
        "How long could you walk before you had to stop",
        "How long could you sit before you had to move",
        "How long did you sleep last night",
        "Is today a flare for you",
    ]
    assert "walk of Sunday settled" in said
    kept = entry(patient)
    assert kept["values"] == {"pain": 4, "walk": 20, "distance": 1200, "sit": 35, "sleep": 420}
    assert kept["flare"] is False


def test_keys_enter_back_help_and_again(patient: Patient) -> None:
    with terminal(patient, "log") as child:
        say(child, "?")
        assert "0 is no pain" in asked(child)
        child.sendline("11")
        assert "Pain goes from 0 to 10. Nearest: 10." in asked(child)
        child.sendline("5")
        asked(child)
        child.sendline("b")
        assert "Pain today" in asked(child)
        child.sendline("4")
        say(child, "35 leg", "6h30", "", "n")
        code, said = end(child)
    assert code == 0
    assert "#1  Mon 2 Mar   pain 4 · sit 35 min (ended by leg symptoms)" in said
    assert entry(patient)["values"] == {"pain": 4, "sit": 35, "sleep": 390}


def test_same_as_last_time_but_not_for_pain(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35, "--at", "2026-03-01 20:00")
    with terminal(patient, "log") as child:
        say(child, "=")
        assert "cannot be copied" in asked(child)
        child.sendline("")
        say(child, "=", "", "", "")
        code, said = end(child)
    assert (code, entry(patient)["values"]) == (0, {"sit": 35})
    assert "(as last time)" in said


def test_it_asks_only_what_the_day_lacks(patient: Patient) -> None:
    patient.run("log", 4, "sit", 30, "flare", "no")
    with terminal(patient, "log") as child:
        questions = say(child, "7h", "6")
        assert end(child)[0] == 0
    assert [q.split("?")[0] for q in questions] == [
        "How long did you sleep last night",
        "How is your mood today",
    ]
    with terminal(patient, "log") as child:
        assert "all its answers" in end(child)[1]


def test_two_questions_in_a_flare(patient: Patient) -> None:
    patient.run("log", 8, "--flare", "--at", "2026-03-01 20:00")
    with terminal(patient, "log") as child:
        questions = say(child, "7", "y")
        assert end(child)[0] == 0
    assert len(questions) == 2


@pytest.mark.parametrize(("how", "code"), [("intr", 130), ("eof", 1), ("hangup", 129), ("term", 143)])
def test_what_was_answered_is_kept_and_offered(patient: Patient, how: str, code: int) -> None:
    with terminal(patient, "log") as child:
        say(child, "4")
        asked(child)
        if how == "intr":
            child.sendintr()
        elif how == "eof":
            child.sendeof()
        else:
            os.kill(child.pid, signal.SIGHUP if how == "hangup" else signal.SIGTERM)
        ended, said = end(child)
    assert ended == code
    assert patient.run("history", "--json").json["entries"] == []
    if how in {"intr", "eof"}:
        assert "Stopped. 1 answer is kept. To go on: spinetrack log" in said
    with terminal(patient, "log") as child:
        assert "A check-in of Mon 2 Mar was not finished: pain 4." in asked(child)
        child.sendline("y")
        assert "sit" in asked(child)
        child.sendline("35")
        say(child, "", "", "")
        assert end(child)[0] == 0
    assert entry(patient)["values"] == {"pain": 4, "sit": 35}
    with terminal(patient, "log") as child:
        assert "not finished" not in asked(child)


def test_a_draft_can_be_dropped(patient: Patient) -> None:
    with terminal(patient, "log") as child:
        say(child, "4")
        asked(child)
        child.sendintr()
        end(child)
    with terminal(patient, "log") as child:
        say(child, "n")
        assert "Pain today" in asked(child)
        child.sendintr()
        assert "Nothing was saved" in end(child)[1]


def test_nothing_answered_is_nothing_saved(patient: Patient) -> None:
    with terminal(patient, "log") as child:
        say(child, "", "", "", "", "")
        code, said = end(child)
    assert (code, "nothing was saved" in said) == (0, True)
    assert not patient.home.exists()


def test_yesterday_can_be_filled(patient: Patient) -> None:
    patient.run("log", 4, "--at", "2026-02-25 20:00")
    with terminal(patient, "log", "-y") as child:
        assert "Sat 28 Feb is empty too" in asked(child)
        child.sendline("n")
        say(child, "3", "", "", "", "")
        assert end(child)[0] == 0
    assert (entry(patient)["day"], entry(patient)["values"]) == ("2026-03-01", {"pain": 3})


def test_the_screen_at_forty_columns(patient: Patient) -> None:
    narrow = {**patient.environ, "COLUMNS": "40"}
    patient.environ = narrow
    with terminal(patient, "log") as child:
        for _ in range(5):
            text = asked(child)
            assert all(len(line) <= 40 for line in re.split(r"\r?\n", text)), text
            child.sendline("")
        end(child)


def test_stop_asks_by_one_key(patient: Patient) -> None:
    patient.run("start", "sit", now="2026-03-02T14:00:00+00:00")
    with terminal(patient, "stop", now="2026-03-02T14:30:00+00:00") as child:
        assert "What ended it?" in asked(child)
        child.sendline("l")
        code, said = end(child)
    assert code == 0
    assert "sit 30 min (ended by leg symptoms)" in said


def test_a_note_is_asked_for(patient: Patient) -> None:
    with terminal(patient, "log", "4", "note", "-", now=evening(0)) as child:
        child.expect_exact("Note: ")
        child.sendline("it's wet!")
        assert end(child)[0] == 0
    assert entry(patient)["note"] == "it's wet!"
