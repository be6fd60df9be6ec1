"""One TAB: the scripts are current, and bash completes from them alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from completions.generate import FILES
from tests.conftest import Patient

from spinetrack.cli import COMMANDS
from spinetrack.cli.completion_scripts import script

FOLDER = Path(__file__).parents[2] / "completions"
BASH = shutil.which("bash")


@pytest.mark.parametrize("shell", FILES)
def test_the_files_are_what_the_commands_say_today(shell: str) -> None:
    written = (FOLDER / FILES[shell]).read_text(encoding="utf-8")
    assert written == script(shell), "run: python completions/generate.py"


@pytest.mark.parametrize("shell", FILES)
def test_the_command_prints_the_file(patient: Patient, shell: str) -> None:
    assert patient.run("completion", shell).out == script(shell)


def test_another_shell_is_usage(patient: Patient) -> None:
    patient.run("completion", "tcsh", code=2)


@pytest.mark.parametrize("shell", FILES)
def test_every_command_is_in_it(shell: str) -> None:
    text = script(shell)
    assert [name for name in COMMANDS if name not in text] == []


def tab(*words: str) -> list[str]:
    """Return what bash offers for the last word, with no program to call."""
    line = " ".join(f"'{word}'" for word in words)
    code = (
        f"source {FOLDER / FILES['bash']}\n"
        f"COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        "_spinetrack\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    assert BASH is not None
    done = subprocess.run(
        [BASH, "--norc", "-u", "-c", code],
        capture_output=True,
        text=True,
        env={"PATH": ""},
        check=True,
        timeout=20,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("su",), ["suggest"]),
        (("log", "wo"), ["worst", "work"]),
        (("l", "wo"), ["worst", "work"]),
        (("log", "4", "--stop", "p"), ["pain"]),
        (("log", "--where", "low"), ["low-back", "lower-neck"]),
        (("log", "--where", "neck,left-cal"), ["neck,left-calf"]),
        (("plan", ""), ["add", "names", "remove", "set"]),
        (("plan", "set", "s"), ["sit", "stand"]),
        (("plan", "add", "bridge", "--kind", "b"), ["balance"]),
        (("screen", "--yes", "CE1,IN"), ["CE1,IN1", "CE1,IN2", "CE1,IN3"]),
        (("profile", "gates", "--yes", "su"), ["surgery"]),
        (("profile", "set", "c"), ["country", "carer"]),
        (("skip", "sit", "--why", "=", "a"), ["afraid", "away"]),
        (("suggest", "f"), ["follow"]),
        (("--home", "log", "chart", "pa"), ["pain"]),
        (("chart", "pain", "--si"), ["--since"]),
        (("screen", "outcome", "7", "--b"), ["--by", "--booked"]),
        (("completion", "z"), ["zsh"]),
        (("nonsense", "x"), []),
    ],
)
def test_bash_completes_without_a_python_process(words: tuple[str, ...], offered: list[str]) -> None:
    found = tab("spinetrack", *words)
    assert sorted(found) == sorted(offered)


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_every_option_of_a_command_is_offered() -> None:
    assert set(tab("spinetrack", "done", "--")) >= {
        "--pain",
        "--effort",
        "--settled",
        "--not-settled",
        "--home",
    }


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_can_read_theirs(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell}")
    subprocess.run([program, "-n", FOLDER / FILES[shell]], check=True, timeout=20)
