"""F6: another program holds the diary for longer than we wait; a computer that sleeps in a write."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.conftest import Answer, Patient
from tests.faults.machine import ended, is_whole, notes, start, writer
from tests.store.records import add, entry, fresh_store

from spinetrack.errors import BusyError, ExitCode
from spinetrack.store import connection, failures

WAIT = 6.0
"""Seconds within which a command says that it cannot get at the diary."""


class Waited(NamedTuple):
    """What came of commands beside a diary that nobody could write."""

    held: Patient
    asleep: Patient
    dozing: Patient
    locked: dict[str, Answer]
    beside_sleeper: dict[str, Answer]
    seconds: float
    sleeper_said: str
    dozed: Answer


def diary(folder: Path) -> Patient:
    patient = Patient(folder)
    patient.run("log", 3, "note", "n0")
    return patient


@pytest.fixture(scope="module")
def waited(tmp_path_factory: pytest.TempPathFactory) -> Waited:
    """Let all of them wait at once: each takes five seconds."""
    held, asleep, dozing = (diary(tmp_path_factory.mktemp(name)) for name in ("held", "asleep", "dozing"))
    holders = [sqlite3.connect(p.file, isolation_level=None) for p in (held, dozing)]
    for holder in holders:
        holder.execute("BEGIN EXCLUSIVE")
    sleeper = writer(asleep.home, 1, "sleep")
    assert os.WIFSTOPPED(os.waitpid(sleeper.pid, os.WUNTRACED)[1])

    begun = time.monotonic()
    dozer = start(dozing, "log", 5, "note", "dozed")
    locked = {line: start(held, *line.split()) for line in ("log 4", "history", "undo", "backup", "doctor")}
    beside = {line: start(asleep, *line.split()) for line in ("log 4", "history", "backup", "doctor")}
    time.sleep(1.5)
    dozer.send_signal(signal.SIGSTOP)
    there, here = ({line: ended(child) for line, child in all_of.items()} for all_of in (locked, beside))
    seconds = time.monotonic() - begun
    time.sleep(max(0, WAIT - seconds))
    for holder in holders:
        holder.execute("ROLLBACK")
        holder.close()
    dozer.send_signal(signal.SIGCONT)
    sleeper.send_signal(signal.SIGCONT)
    said, _ = sleeper.communicate(timeout=30)
    return Waited(held, asleep, dozing, there, here, seconds, said, ended(dozer))


def test_a_held_diary_is_busy_and_nothing_is_half_done(waited: Waited) -> None:
    assert {answer.code for answer in waited.locked.values()} == {ExitCode.BUSY}
    assert all(answer.out == "" for answer in waited.locked.values())
    assert all(
        "Another spinetrack is writing. Try again in a moment." in a.err for a in waited.locked.values()
    )
    assert waited.seconds < WAIT + 2, "with the start of nine programs at once"
    assert list(notes(waited.held)) == ["n0"]
    assert is_whole(waited.held.file)
    assert not list((waited.held.home / "backups").glob(".*"))


@pytest.mark.skipif(
    not os.access("/proc/locks", os.R_OK), reason="this system does not tell who holds a file"
)
def test_doctor_names_the_process_that_holds_it(waited: Waited) -> None:
    assert f"It is process {os.getpid()}." in waited.locked["doctor"].err


def test_a_computer_that_slept_in_a_write_ends_it_when_it_wakes(waited: Waited) -> None:
    beside = waited.beside_sleeper
    assert beside["log 4"].code == ExitCode.BUSY
    assert {beside[line].code for line in ("history", "backup", "doctor")} == {0}
    assert "n0" in beside["history"].out
    number = int(waited.sleeper_said)
    assert len(notes(waited.asleep)) == 2
    assert number == 2
    assert is_whole(waited.asleep.file)


def test_who_slept_while_waiting_still_gets_its_turn(waited: Waited) -> None:
    assert waited.dozed.code == 0
    assert list(notes(waited.dozing)) == ["n0", "dozed"]


def test_the_store_says_it_in_one_sentence_and_stays_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "BUSY_MILLISECONDS", 300)
    with fresh_store() as store:
        number = add(store, entry())
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(BusyError) as busy:
            add(store, entry())
        assert 0.25 < time.monotonic() - begun < 2
        assert str(busy.value) == "Another spinetrack is writing. Try again in a moment."
        assert busy.value.exit_code == ExitCode.BUSY
        assert store.entry(number)
        other.execute("ROLLBACK")
        other.close()
        add(store, entry())
        assert len(store.diary().entries) == 2


def test_we_wait_for_five_seconds() -> None:
    with fresh_store() as store:
        db = connection.connect(store.path)
        assert db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
        db.close()
