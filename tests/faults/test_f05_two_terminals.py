"""F5: two and eight terminals write at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.conftest import Patient
from tests.faults.machine import check, ended, notes, start, writer


@pytest.mark.parametrize(("writers", "each"), [(2, 100), (8, 60)])
def test_writers_at_once_are_never_told_that_it_is_locked(in_memory: Path, writers: int, each: int) -> None:
    processes = [writer(in_memory, each, "slowest") for _ in range(writers)]
    said = [process.communicate(timeout=60) for process in processes]
    assert [error for _, error in said] == [""] * writers
    numbers = [int(line) for out, _ in said for line in out.splitlines() if line[0] != "s"]
    assert len(numbers) == len(set(numbers)) == writers * each
    assert check(in_memory / "diary.db") == set(numbers)
    assert all(float(out.splitlines()[-1].split()[1]) < 5 for out, _ in said)


def test_two_terminals_that_log_at_once_are_both_saved(patient: Patient) -> None:
    patient.run("log", 3)
    begun = time.monotonic()
    children = [start(patient, "log", "4", "note", f"n{n}") for n in range(6)]
    answers = [ended(child) for child in children]
    assert [answer.code for answer in answers] == [0] * 6
    assert {answer.err for answer in answers} == {""}
    assert len(notes(patient)) == 7
    assert time.monotonic() - begun < 20
