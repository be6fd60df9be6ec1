"""F13: Ctrl-C, Ctrl-D, a hang-up and a shutdown at each question of the check-in."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect
import pytest
from tests.conftest import Patient

ANSWERS = ("4", "35 leg", "20", "7h", "6", "n")
"""What is typed at each question, in their order."""
HOW = {"intr": 130, "eof": 1, "hangup": 129, "term": 143}
"""What ends it, and the exit code."""
_SHORT = [("intr", 0), ("intr", 2), ("intr", 5), ("eof", 1), ("hangup", 3), ("term", 4)]
ENDS = [
    pytest.param(
        how, n, id=f"{how} at question {n + 1}", marks=[] if (how, n) in _SHORT else pytest.mark.slow
    )
    for how in HOW
    for n in range(6)
]


@contextmanager
def terminal(patient: Patient, *words: str) -> Iterator[pexpect.spawn]:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *words],
        env={**patient.environ, "SPINETRACK_NOW": patient.now, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 80),
        echo=False,
    )
    try:
        yield child
    finally:
        child.close(force=True)


def say(child: pexpect.spawn, *answers: str) -> None:
    for answer in answers:
        child.expect_exact("\r\n> ")
        child.sendline(answer)


def stop(child: pexpect.spawn, how: str) -> int:
    child.expect_exact("\r\n> ")
    if how == "intr":
        child.sendintr()
    elif how == "eof":
        child.sendeof()
    else:
        os.kill(child.pid, signal.SIGHUP if how == "hangup" else signal.SIGTERM)
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


@pytest.mark.parametrize(("how", "answered"), ENDS)
def test_nothing_is_saved_and_the_answers_wait_as_a_draft(patient: Patient, how: str, answered: int) -> None:
    for activity in ("sit", "walk"):
        patient.run("plan", "set", activity, 20, "--by", "physio")
    with terminal(patient, "log") as child:
        say(child, *ANSWERS[:answered])
        assert stop(child, how) == HOW[how]
    assert patient.run("history", "--since", "all", "--json").json["entries"] == []
    with terminal(patient, "log") as child:
        if answered:
            child.expect_exact("was not finished: pain 4")
            say(child, "y")
        say(child, *ANSWERS[answered:])
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    (kept,) = patient.run("history", "--json").json["entries"]
    assert kept["values"] == {"pain": 4, "sit": 35, "walk": 20, "sleep": 420, "mood": 6}
    assert kept["flare"] is False
