"""The real command, cut off at any moment, on a full disk, and beside a locked diary."""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Patient

LOG = [sys.executable, "-m", "spinetrack", "log"]


def entries(patient: Patient) -> dict[str, dict[str, float]]:
    found = patient.run("history", "--since", "all", "--json").json["entries"]
    return {str(e["note"]): e["values"] for e in found}


def is_whole(patient: Patient) -> bool:
    with sqlite3.connect(patient.file) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


@pytest.mark.parametrize("kills", [40, pytest.param(100, marks=pytest.mark.slow)])
def test_a_log_killed_at_any_moment_is_wholly_there_or_not_at_all(patient: Patient, kills: int) -> None:
    """F2 of the fault list: kill -9 anywhere in the whole run of `log`."""
    patient.run("log", 3)
    dice = random.Random(11)
    said = []
    for n in range(kills):
        words = ["4", "sit", "35", "walk", "20", "note", f"n{n}"]
        child = subprocess.Popen(
            [*LOG, *words],
            env={**os.environ, **patient.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.02, 0.16))
        child.kill()
        out, _ = child.communicate()
        if out.startswith(b"#"):
            said.append(f"n{n}")
    found = entries(patient)
    assert set(said) <= set(found)
    assert all(
        found[note] == {"pain": 4, "sit": 35, "walk": 20}
        for note in found
        if note.startswith("n") and note != "None"
    )
    assert is_whole(patient)
    assert not (patient.home / "diary.db-journal").exists()


@pytest.mark.parametrize("kilobytes", [0, 4, 40, 200, 400])
def test_a_full_disk_is_said_and_nothing_is_lost(patient: Patient, kilobytes: int) -> None:
    """F7 of the fault list, for `log`: a limit on the size of files stands for a full disk."""
    for n in range(3):
        patient.run("log", n, "note", f"n{n}")
    before = entries(patient)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    long = "x" * 200_000
    done = subprocess.run(
        [*LOG, "4", "note", long[:100_000]],
        env={**os.environ, **patient.environ},
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    after = entries(patient)
    if done.returncode == 0:
        assert len(after) == len(before) + 1
    else:
        assert done.returncode == 4
        assert done.stdout == ""
        assert "Nothing was saved." in done.stderr
        assert after == before
    assert is_whole(patient)


def test_a_held_diary_is_busy_and_nothing_is_half_done(patient: Patient) -> None:
    """F6 of the fault list: another program holds the lock for longer than we wait."""
    patient.run("log", 3, "note", "n0")
    holder = sqlite3.connect(patient.file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    answer = patient.run_process("log", 4, code=75)
    assert time.monotonic() - begun < 8
    holder.execute("ROLLBACK")
    holder.close()
    assert answer.out == ""
    assert "Try again in a moment." in answer.err
    assert list(entries(patient)) == ["n0"]
