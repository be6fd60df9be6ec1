"""What is refused: one sentence on standard error, the right exit code, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.conftest import Patient


def nothing_changed(patient: Patient, *words: object, code: int, **options: object) -> str:
    """Type a line that is refused; return what was said."""
    before = patient.file.read_bytes() if patient.file.exists() else None
    answer = patient.run(*words, code=code, **options)  # type: ignore[arg-type] # now, stdin or env
    after = patient.file.read_bytes() if patient.file.exists() else None
    assert answer.out == ""
    assert before == after
    assert answer.err.strip()
    assert len(answer.err.splitlines()) <= 2
    return answer.err


LINES = [
    (("pian", 4), 1, "Did you mean pain?"),
    (("pain=11",), 1, "Pain goes from 0 to 10. Nearest: 10."),
    (("pain=4.5",), 1, "Nearest: 4 or 5."),
    (("sit=-3",), 1, "Nearest: 0"),
    (("sit", "-3"), 1, "Nearest: 0"),
    (("now", 11), 1, "Nearest: 10"),
    ((4, "--at", "tomorrow"), 1, "Nothing was saved."),
    ((4, "--at", "3/4"), 1, "Nothing was saved."),
    ((4, "-y", "--at", "mon"), 2, "Nothing was saved."),
    ((4, "--fast"), 2, "no option"),
    (("sleep", 7), 1, "hours or minutes"),
    (("sit", 35, "sit", 40), 1, "twice"),
    ((4, "--where", "elbowww:3"), 1, "Nothing was saved."),
    (("sit", 35, "--stop", "bored"), 1, "Reasons: "),
    ((4, "--stop", "leg"), 1, "sit, stand, walk or distance"),
    ((4, "--flare", "flare", "no"), 2, "Nothing was saved."),
    ((4, "-n", "one", "note", "two"), 2, "two notes"),
    (("note", "-"), 2, "nothing to record"),
    (("-n", " "), 2, "nothing to record"),
    (("note",), 1, "The note is empty"),
]


@pytest.mark.parametrize(("words", "code", "says"), LINES, ids=str)
def test_a_line_that_cannot_be_right_saves_nothing(
    patient: Patient, words: tuple[object, ...], code: int, says: str
) -> None:
    assert says in nothing_changed(patient, "log", *words, code=code)
    assert not patient.home.exists()
    patient.run("log", 5)
    assert says in nothing_changed(patient, "log", *words, code=code)


@pytest.mark.parametrize("words", [("lgo", 4), ("histry",), ("undoo",)])
def test_a_typo_of_a_command_gets_a_suggestion(patient: Patient, words: tuple[object, ...]) -> None:
    assert "Did you mean" in nothing_changed(patient, *words, code=2)


def test_a_prefix_of_several_names_them(patient: Patient) -> None:
    said = nothing_changed(patient, "c", code=2)
    assert "cancel" in said
    assert "chart" in said


def test_a_log_without_anybody_there_is_wrong_usage(patient: Patient) -> None:
    assert "spinetrack log 4" in nothing_changed(patient, "log", code=2)


def test_numbers_that_do_not_exist_are_refused(patient: Patient) -> None:
    patient.run("log", 5)
    for words in (("edit", 99, "sit", 3), ("move", 99, "--at", "yesterday"), ("delete", 99)):
        assert "There is no entry #99." in nothing_changed(patient, *words, code=1)
    assert "There is no session s9." in nothing_changed(patient, "delete", "s9", code=1)
    assert "no number of an entry" in nothing_changed(patient, "delete", "x", code=1)


def test_a_broken_clock_is_wrong_usage(patient: Patient) -> None:
    assert "SPINETRACK_NOW" in nothing_changed(patient, "log", 4, code=2, now="noon")
    assert "SPINETRACK_NOW" in nothing_changed(patient, "history", code=2, now="noon")


def test_a_home_without_a_folder_is_wrong_usage(patient: Patient) -> None:
    assert "--home needs" in nothing_changed(patient, "history", "--home", code=2)


@pytest.mark.parametrize("words", [("log", 4), ("history",), (), ("undo",), ("suggest",)])
def test_a_file_that_is_no_diary_is_left_alone(patient: Patient, words: tuple[object, ...]) -> None:
    patient.home.mkdir()
    patient.file.write_text("shopping list\n" * 100)
    nothing_changed(patient, *words, code=4)


@pytest.mark.parametrize("words", [("log", 4), ("history",), ()])
def test_a_newer_diary_is_left_alone(patient: Patient, words: tuple[object, ...]) -> None:
    patient.run("log", 4)
    db = sqlite3.connect(patient.file)
    db.execute("PRAGMA user_version = 99")
    db.close()
    assert "99" in nothing_changed(patient, *words, code=4)
    assert patient.run("--version").out == "spinetrack 0.1.0\n"


LOCKED = """
import os, sys
from spinetrack.__main__ import run
folder, mode, *words = sys.argv[1:]
run(["log", "4"])
run(words)  # loads what is needed while it can still be read
os.chmod(f"{folder}/diary.db", int(mode, 8) & 0o666)
os.chmod(folder, int(mode, 8))
if os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
sys.stdout.write("--\\n")
sys.exit(run(words))
"""


@pytest.mark.parametrize(
    ("mode", "words"), [("555", "log 4"), ("0", "log 4"), ("0", "history"), ("0", "undo")]
)
def test_a_folder_that_is_locked_away_is_said(patient: Patient, mode: str, words: str) -> None:
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        folder = Path(top) / "diary"
        done = subprocess.run(
            [sys.executable, "-c", LOCKED, str(folder), mode, *words.split()],
            env={**patient.environ, "SPINETRACK_HOME": str(folder), "SPINETRACK_NOW": patient.now},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o700)
    assert done.returncode == 4, done
    assert done.stdout.endswith("--\n")
    assert 0 < len(done.stderr.splitlines()) <= 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_a_file_is_said(patient: Patient) -> None:
    patient.home.write_text("not a folder")
    answer = patient.run("log", 4, code=4)
    assert answer.out == ""
    assert len(answer.err.splitlines()) <= 2


def test_a_file_that_is_a_folder_is_said(patient: Patient) -> None:
    patient.file.mkdir(parents=True)
    answer = patient.run("log", 4, code=4)
    assert answer.out == ""


def pipe(patient: Patient, command: str) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        env={**patient.environ, "SPINETRACK_NOW": patient.now, "P": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("words", ["log 4", "--help", "history --json", ""])
def test_a_reader_who_leaves_is_no_error(patient: Patient, words: str) -> None:
    code, said = pipe(patient, f'"$P" -m spinetrack {words} | true')
    assert (code, said) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_closed_output_still_records(patient: Patient) -> None:
    code, said = pipe(patient, '"$P" -m spinetrack log 4 >&-')
    assert (code, said) == (0, "")
    assert len(patient.run("history", "--json").json["entries"]) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_for_the_answer_is_said(patient: Patient) -> None:
    code, said = pipe(patient, '"$P" -m spinetrack log 4 > /dev/full')
    assert code == 4
    assert "Traceback" not in said


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}])
def test_a_terminal_without_our_signs_still_gets_an_answer(patient: Patient, locale: dict[str, str]) -> None:
    answer = patient.run_process("log", 4, "sit", 35, "note", "fünf Schritte", env=locale)
    assert answer.out.startswith("#1  Mon 2 Mar: pain 4, sit 35 min, note kept.")
    found = patient.run_process("history", "--json", env=locale).json["entries"][0]["note"]
    assert found == "fünf Schritte"
    patient.run_process("history", env=locale)


def test_words_that_are_no_text_are_kept_as_text(patient: Patient) -> None:
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"spinetrack", b"log", b"4", b"note", b"bad \xff\x1b[31m byte"],
        env={**patient.environ, "SPINETRACK_NOW": patient.now},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    note = patient.run("history", "--json").json["entries"][0]["note"]
    assert "\x1b" not in note
    assert "byte" in note
