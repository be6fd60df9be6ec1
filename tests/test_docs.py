"""The README is true: its commands run here, and print what it shows.

A ```console block is played in a terminal of 80 columns, in the order of the page. What follows a
`$ spinetrack …` line is what that command prints; a line `…` stands for lines left out, a line that
begins with `> ` is typed at the prompt. Two comments set the stage:

    <!-- diary: three weeks -->            a new diary, one of DIARIES
    <!-- clock: 2026-11-23T21:04+00:00 --> what time it is from here on

`pytest tests/test_docs.py --snapshot-update` writes the present output into the README: read the diff.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pexpect
import pytest

from spinetrack.cli import COMMANDS, SHORT
from spinetrack.errors import ExitCode
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.profile import GATES
from tests.conftest import Patient
from tests.test_contract import DOCUMENTS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
LAST_DAY = date(2026, 11, 23)
PAINS = (5, 5, 4, 5, 4, 4, 5, 4, 3, 4, 4, 3, 4, 3, 3, 4, 3, 3, 4, 3, 3)


def clock(days_before: int, time: str = "19:30") -> str:
    return f"{LAST_DAY - timedelta(days=days_before)}T{time}+00:00"


def empty(_: Patient) -> None:
    """Nothing was ever recorded."""


def three_weeks(patient: Patient) -> None:
    """A plan set by a physiotherapist, followed for three weeks with two days left out."""
    patient.run("profile", "gates", "--none", now=clock(21))
    patient.run("profile", "set", "country", "UK", now=clock(21))
    for activity, dose, most in (("sit", 25, 40), ("walk", 15, 30)):
        patient.run("plan", "set", activity, dose, "--by", "physio", "--up-to", most, now=clock(21, "19:40"))
    patient.run("flare", "playbook", "warm shower · lying with legs on a chair · short walks", now=clock(20))
    for n, pain in enumerate(PAINS):
        before = len(PAINS) - n
        if before in {5, 13}:
            continue
        sleep = f"6h{n % 6}0"
        patient.run("log", pain, "sit", 22 + n // 2, "walk", 12 + n // 3, "sleep", sleep, now=clock(before))
        if before % 7 != 0:
            patient.run("done", "sit", 25, "--pain", 3, "--settled", now=clock(before, "19:40"))
        if before % 3:
            patient.run("done", "walk", 15, "--pain", 2, "--settled", now=clock(before, "19:45"))
    patient.run("screen", "--none", now=clock(7, "20:00"))


DIARIES: dict[str, Callable[[Patient], None]] = {"empty": empty, "three weeks": three_weeks}


# --- the page --------------------------------------------------------------------------------


@dataclass
class Shown:
    """One command of a block, and what the page shows below it."""

    line: int
    words: list[str]
    answer: list[str] = field(default_factory=list)

    @property
    def typed(self) -> list[str]:
        return [text[2:] for text in self.answer if text.startswith("> ") or text == ">"]


@dataclass
class Stage:
    """A comment that sets the diary or the clock."""

    name: str
    value: str


def parts(text: str) -> Iterator[Shown | Stage]:
    """Yield the comments and the commands of the page in their order."""
    inside, current = False, None
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.fullmatch(r"<!-- (diary|clock): (.*) -->", line):
            yield Stage(found[1], found[2])
        elif line == "```console":
            inside = True
        elif line.startswith("```"):
            if current:
                yield current
            inside, current = False, None
        elif inside and line.startswith("$ "):
            if current:
                yield current
            current = Shown(number, shlex.split(line.removeprefix("$ spinetrack")))
        elif inside and current:
            current.answer.append(line)


def played(patient: Patient, words: list[str], typed: list[str], now: str) -> list[str]:
    """Return what a terminal of 80 columns shows, the typed answers among it."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *words],
        env={**patient.environ, "SPINETRACK_NOW": now, "TERM": "xterm", "PYTHONUTF8": "1"},
        dimensions=(50, 80),
        encoding="utf-8",
        timeout=30,
    )
    seen = ""
    for answer in typed:
        child.expect_exact("> ")
        seen += child.before + child.after
        child.sendline(answer)
    seen += child.read()
    child.close()
    return [line.rstrip() for line in seen.replace("\r\n", "\n").rstrip().split("\n")]


def matches(shown: list[str], found: list[str]) -> bool:
    """Return whether the page shows what was found; `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in found)) is not None


def test_the_readme_shows_what_the_program_prints(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    text = README.read_text(encoding="utf-8")
    patient, now, wrong, fresh = Patient(tmp_path_factory.mktemp("empty")), clock(0), [], text
    for part in parts(text):
        if isinstance(part, Stage) and part.name == "diary":
            patient = Patient(tmp_path_factory.mktemp("diary"))
            DIARIES[part.value](patient)
        elif isinstance(part, Stage):
            now = part.value
        else:
            shown = [line for line in part.answer if line.strip()]
            found = played(patient, part.words, part.typed, now)
            if not matches([s for s in part.answer] if shown else [""], found):
                wrong.append(f"line {part.line}: spinetrack {shlex.join(part.words)}\n" + "\n".join(found))
                fresh = with_answer(fresh, part, found)
    if request.config.getoption("--snapshot-update"):
        README.write_text(fresh, encoding="utf-8")
        return
    assert not wrong, "\n\n".join(wrong)


def with_answer(text: str, part: Shown, found: list[str]) -> str:
    """Return the page with `found` in the place of what it shows below a command."""
    command = f"$ spinetrack {shlex.join(part.words)}".rstrip()
    old = "\n".join((text_line(part), *part.answer))
    assert old in text, command
    return text.replace(old, "\n".join((text_line(part), *found)), 1)


def text_line(part: Shown) -> str:
    return README.read_text(encoding="utf-8").splitlines()[part.line - 1]
