"""F19: `encrypt`, `rekey` and `decrypt` are killed at every step that reaches the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import run_on_small_disk, sizes

NOTE = "gardening"
PLAIN = b"SQLite format 3\0"
STEPS = ("fsync", "replace", "link", "unlink", "write")
KILLED = 9


def killed_at(patient: Patient, step: int, *words: object, stdin: str = "") -> bool:
    """Run the command in a process that dies before its n-th step; return whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [step]

        def dying(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **more: object) -> object:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(KILLED)
                return real(*args, **more)

            return call

        try:
            for name in STEPS:
                setattr(os, name, dying(getattr(os, name)))
            patient.run(*words, stdin=stdin)
        finally:
            os._exit(0 if left[0] > 0 else KILLED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == KILLED


def fresh(folder: Path) -> Patient:
    folder.mkdir()
    patient = Patient(folder)
    patient.run("log", 4, "note", NOTE)
    patient.run("backup")
    patient.now = evening(1)
    return patient


def encrypted(patient: Patient) -> None:
    patient.run("encrypt", "--yes", "--key-file", patient.folder / "a.key")


COMMANDS: dict[str, tuple[Callable[[Patient], None], tuple[str, ...], bool]] = {
    "encrypt": (lambda _: None, ("encrypt", "--yes", "--key-file", "a.key"), True),
    "rekey": (encrypted, ("rekey", "--key-file", "b.key"), True),
    "decrypt": (encrypted, ("decrypt", "--yes"), False),
}


def again(patient: Patient, *words: object) -> None:
    """Type the command again; `decrypt` has nothing left to do when it was all but over."""
    answer = patient.run(*words, code=None)
    assert answer.code == 0 or "is not encrypted" in answer.err, answer


def states(patient: Patient) -> set[bool]:
    """Whether each file is plain."""
    files = [patient.file, *(patient.home / "backups").glob("*.db")]
    return {path.read_bytes().startswith(PLAIN) for path in files}


@pytest.mark.parametrize("size", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", COMMANDS)
def test_one_whole_diary_whenever_it_dies(
    tmp_path: Path, name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dead before each step: all was kept, one key of the two opens it, and the command ends the work."""
    prepare, words, sealed = COMMANDS[name]
    step, came = 1, 0
    while True:
        patient = fresh(tmp_path / str(step))
        monkeypatch.chdir(patient.folder)
        prepare(patient)
        if not killed_at(patient, step, *words):
            break
        came += 1
        assert NOTE in patient.run("history").out
        patient.run("log", 6, "note", "after it")
        again(patient, *words)
        assert states(patient) == {not sealed}
        assert "after it" in patient.run("history").out
        assert "is whole" in patient.run("doctor", code=None).out
        if sealed:
            assert not [p for p in patient.home.rglob("*") if p.is_file() and NOTE.encode() in p.read_bytes()]
        step += size
    assert came >= 30 // size


@sizes(3, 12)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_changes_nothing(
    tmp_path: Path, name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, words, _ = COMMANDS[name]
    patient = fresh(tmp_path / "a")
    monkeypatch.chdir(patient.folder)
    prepare(patient)
    before = states(patient)
    whole = patient.file.stat().st_size
    for part in range(1, size):
        answer = run_on_small_disk(patient, whole * part // size, *words)
        assert answer.code == 4, answer
        assert states(patient) == before
        assert NOTE in patient.run("history").out
        assert not list(patient.home.rglob(".diary*"))
