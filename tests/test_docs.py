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
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Patient
from tests.test_contract import DOCUMENTS

from spinetrack.cli.commands import COMMANDS, resolve
from spinetrack.errors import ExitCode
from spinetrack.exchange.bundle_reading import _HEAD
from spinetrack.exchange.csv_daily import columns
from spinetrack.exchange.csv_long import COLUMNS
from spinetrack.exchange.formats import FORMATS
from spinetrack.recovery.diary import Diary
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.profile import GATES
from spinetrack.store.documents import shapes

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
    patient.run(
        "flare", "playbook", "set", "warm shower · lying with legs on a chair · short walks", now=clock(20)
    )
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


def five_weeks(patient: Patient) -> None:
    """Something was tried in the third of five weeks, and what the patient can do grew."""
    patient.run("profile", "gates", "--none", now=clock(35))
    for n in range(35):
        pain, sit = (5 + n % 2, 20 + n % 4) if n < 17 else (4 + n % 2, 27 + n % 5)
        patient.run("log", pain, "sit", sit, "sleep", f"6h{n % 6}0", now=clock(35 - n))
    patient.run("screen", "--none", now=clock(1, "20:00"))


def inbox(patient: Patient) -> None:
    """Files of four patients, and one of somebody else, in the folder of a reader who has no diary."""
    folder = patient.folder / "inbox"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    for name, (last, sits) in INBOX.items():
        writer = Patient(patient.folder / name)
        writer.run("profile", "gates", "--none", now=clock(70))
        writer.run("screen", "--none", now=clock(last, "19:00"))
        for n in range(50):
            writer.run("log", 4, "sit", sits[n // 25], now=clock(last + 49 - n))
        if name == "p-07":
            writer.run("screen", "--yes", "CE1", now=clock(last, "20:00"), code=3)
        writer.run("export", "-o", folder / f"{name}.ndjson", now=clock(last, "20:10"))
        shutil.rmtree(writer.folder)


INBOX = {"p-01": (0, (25, 40)), "p-03": (1, (40, 25)), "p-07": (0, (30, 30)), "p-09": (31, (30, 30))}
"""File to the days since its last entry, and how long the patient sat, at first and then."""
DIARIES: dict[str, Callable[[Patient], None]] = {
    "empty": empty,
    "three weeks": three_weeks,
    "five weeks": five_weeks,
    "inbox": inbox,
}


# --- the page --------------------------------------------------------------------------------


@dataclass
class Shown:
    """One command of a block, and what the page shows below it."""

    line: int
    """Where the page names the command, counted from 1."""
    words: list[str]
    answer: list[str] = field(default_factory=list)
    """The lines below it, without the blank ones at the end."""

    @property
    def typed(self) -> list[str]:
        return [text[1:].strip() for text in self.answer if text == ">" or text.startswith("> ")]


@dataclass
class Stage:
    """A comment that sets the diary or the clock."""

    name: str
    value: str


BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STAGE = re.compile(r"^<!-- (diary|clock): ([^\n]*) -->$", re.MULTILINE)
COMMAND = re.compile(r"^\$ spinetrack(.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def parts(text: str) -> Iterator[Shown | Stage]:
    """Yield the comments and the commands of the page in their order."""
    for found in re.finditer(f"{STAGE.pattern}|{BLOCK.pattern}", text, re.MULTILINE | re.DOTALL):
        if found[1]:
            yield Stage(found[1], found[2])
            continue
        for command in COMMAND.finditer(found[3]):
            line = text.count("\n", 0, found.start(3) + command.start()) + 1
            yield Shown(line, shlex.split(command[1]), command[2].rstrip().splitlines())


def played(patient: Patient, words: list[str], typed: list[str], now: str) -> list[str]:
    """Return what a terminal of 80 columns shows, the typed answers among it."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *words],
        cwd=str(patient.folder),
        env={**patient.environ, "SPINETRACK_NOW": now, "TERM": "xterm", "PYTHONUTF8": "1"},
        dimensions=(50, 80),
        encoding="utf-8",
        timeout=30,
    )
    seen, waiting = "", list(typed)
    while child.expect([r"(?:\A|\n)> ", pexpect.EOF]) == 0:
        seen += child.before + child.after
        if waiting:
            child.sendline(waiting.pop(0))
        else:
            child.sendintr()
    seen += child.before
    child.close()
    return [line.rstrip() for line in seen.rstrip().splitlines()]


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
    patient, now = Patient(tmp_path_factory.mktemp("empty")), clock(0)
    wrong: list[tuple[Shown, list[str]]] = []
    for part in parts(text):
        if isinstance(part, Shown):
            found = played(patient, part.words, part.typed, now)
            if not matches(part.answer, found):
                wrong.append((part, found))
        elif part.name == "clock":
            now = part.value
        else:
            patient = Patient(tmp_path_factory.mktemp("diary"))
            DIARIES[part.value](patient)
    if request.config.getoption("--snapshot-update"):
        README.write_text(corrected(text, wrong), encoding="utf-8")
        return
    assert not wrong, "\n\n".join(
        f"line {part.line}: spinetrack {shlex.join(part.words)}\n" + "\n".join(found) for part, found in wrong
    )


def corrected(text: str, wrong: list[tuple[Shown, list[str]]]) -> str:
    """Return the page with what was found in the place of what it showed."""
    lines = text.splitlines()
    for part, found in reversed(wrong):
        lines[part.line : part.line + len(part.answer)] = found
    return "\n".join(lines) + "\n"


def test_the_readme_has_enough_to_check() -> None:
    assert sum(isinstance(part, Shown) for part in parts(README.read_text(encoding="utf-8"))) >= 15


def test_a_wrong_line_would_be_seen() -> None:
    assert matches(["one", "…", "four"], ["one", "two", "three", "four"])
    assert matches(["one", "…"], ["one"])
    assert not matches(["one", "…", "four"], ["one", "two", "five"])
    assert not matches(["one"], ["one", "two"])
    assert not matches([], ["one"])
    assert matches([], [])


# --- the reference ---------------------------------------------------------------------------


def reference() -> str:
    return README.read_text(encoding="utf-8").partition("\n## Reference")[2]


def fenced(text: str) -> str:
    """Return the words between backticks."""
    return "\n".join(re.findall(r"`([^`\n]+)`", text) + re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))


def test_every_command_is_in_the_reference() -> None:
    words = fenced(reference())
    assert not [name for name in COMMANDS if not re.search(rf"\bspinetrack {name}\b", words)]


def test_the_reference_names_no_command_that_is_not_built() -> None:
    named = set(re.findall(r"\bspinetrack ([a-z-]+)", fenced(README.read_text(encoding="utf-8"))))
    assert not [word for word in named if resolve(word) is None]


def test_every_command_has_help(patient: Patient) -> None:
    for name, row in COMMANDS.items():
        assert row.summary.endswith("."), name
        text = patient.run(name, "--help").out
        assert text.startswith(f"Usage: spinetrack {name}"), name
        assert len(text.splitlines()) > 4, name


def test_every_option_of_every_command_says_what_it_does(patient: Patient) -> None:
    silent = [
        f"{name}: {line.strip()}"
        for name in COMMANDS
        for line in patient.run(name, "--help", env={"COLUMNS": "100"})
        .out.partition("\nOptions:")[2]
        .splitlines()
        if re.match(r"  (-\w, )?--", line) and not re.search(r"\S  +\S", line.strip())
    ]
    assert not silent


def test_every_exit_code_is_in_the_reference() -> None:
    table = reference().partition("### Exit codes")[2].partition("###")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) ", table, re.MULTILINE)} == set(map(int, ExitCode))


def test_every_document_and_key_is_in_the_reference() -> None:
    words = reference().partition("### JSON")[2].partition("\n### ")[0]
    missing = [name for name in DOCUMENTS if f"{name.replace(' 5', ' …')} --json" not in words]
    missing += [key for shape in DOCUMENTS.values() for key in keys_of(shape) if f'"{key}"' not in words]
    assert not missing


def test_every_key_of_a_score_is_in_the_reference(patient: Patient) -> None:
    words = reference().partition("### JSON")[2].partition("\n### ")[0]
    patient.run("score", "start-back", *[1] * 8, 4, now=clock(30))
    patient.run("score", "start-back", *[0] * 9, now=clock(2))
    patient.run("score", "odi", "--total", 40, now=clock(30))
    patient.run("score", "odi", "--total", 20, now=clock(2))
    found = patient.run("score", "list", "--json", now=clock(0)).json
    assert any(row["parts"] for row in found["scores"])
    assert any(row["change"] for row in found["scores"])
    for name in ("score …", "score list"):
        assert f"spinetrack {name} --json" in words
    assert not [
        key for row in found["scores"] for key in (*keys_of(row), "scores") if f'"{key}"' not in words
    ]


def test_every_key_of_what_was_tried_is_in_the_reference(patient: Patient) -> None:
    words = reference().partition("### JSON")[2].partition("\n### ")[0]
    five_weeks(patient)
    patient.run("team", "add", "Dana", "--role", "physio", now=clock(3))
    patient.run("visit", "add", "Dana", "--on", "2w", now=clock(3))
    patient.run("plan", "set", "sit", 20, "--by", "Dana", now=clock(3))
    patient.run("treat", "add", "massage", "--on", "2026-11-05", "--with", "Dana", now=clock(3))
    patient.run("med", "add", "paracetamol", "--dose", "500mg", now=clock(3))
    patient.run("med", "take", "paracetamol", now=clock(2))
    patient.run("side-effect", "dry mouth", "--med", "paracetamol", now=clock(2))
    patient.run("block", "start", "--pain", 7, now=clock(1, "09:00"))
    patient.run("block", "rate", 3, "--took", "painkiller", now=clock(1, "09:30"))
    asked = (
        "treat list", "treat effect 1", "med list", "med taken", "side-effect list", "block show", "block list",
        "team list", "visit list",
    )  # fmt: skip
    for command in asked:
        found = patient.run(*command.split(), "--json", now=clock(0)).json
        assert f"spinetrack {command.replace(' 1', ' …')} --json" in words
        assert not [key for key in keys_of(found) if f'"{key}"' not in words], command


def keys_of(shape: object) -> Iterator[str]:
    if isinstance(shape, dict):
        for key, inner in shape.items():
            yield key
            yield from () if key == "gates" else keys_of(inner)
    elif isinstance(shape, list):
        yield from keys_of(shape[0]) if shape else ()


def test_every_field_of_an_export_is_in_the_reference() -> None:
    text = reference().partition("### Exports")[2].partition("\n### ")[0]
    rows = {
        kind: fenced(row)
        for row in text.splitlines()
        for kind in re.findall(r"`(\w+)`", row.partition(" | ")[0])
    }
    missing = [
        f"{kind}.{field}"
        for kind, shape in shapes().items()
        for field in shape.slots
        if field not in rows.get(kind, "").split()
    ]
    missing += [name for name in (*COLUMNS, *_HEAD, *FORMATS) if f"`{name}`" not in text]
    missing += [name for name in columns(Diary()) if name not in METRICS and f"`{name}`" not in text]
    assert missing == ["stand_at_least", "walk_at_least", "distance_at_least", "stand_done", "walk_done"]


def test_every_measure_and_gate_is_in_the_reference() -> None:
    words = fenced(reference()).split()
    assert not [key for key in (*METRICS, *GATES) if key not in words]


def test_every_variable_the_program_reads_is_in_the_reference() -> None:
    source = (ROOT / "src/spinetrack/app.py").read_text(encoding="utf-8")
    read = set(re.findall(r'_environ\.get\("([A-Z_]+)"', source))
    assert read >= {"SPINETRACK_HOME", "SPINETRACK_NOW", "NO_COLOR", "COLUMNS", "ACCESSIBLE", "TERM"}
    assert not [name for name in read if f"`{name}" not in reference()]


# --- the way in ------------------------------------------------------------------------------


def set_up() -> list[str]:
    block = re.search(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    return block[1].splitlines()


def test_two_commands_set_up_everything() -> None:
    first, second = set_up()
    assert first.startswith("python3 -m venv .venv && ")
    assert first.endswith("spinetrack demo")
    assert second.endswith("-m pytest")
    assert "'.[test]'" in second


def test_ci_runs_the_same_lines() -> None:
    ci = ROOT / ".ci/run"
    text = ci.read_text(encoding="utf-8")
    assert ci.stat().st_mode & 0o111
    assert "set -euo pipefail" in text
    assert "README.md" in text
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "contract.py"):
        assert tool in text


def test_every_link_inside_the_readme_leads_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert target[1:] in anchors if target.startswith("#") else (ROOT / target).exists(), target


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    heads = re.findall(r"^## \[(.+?)\]", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    kinds = re.findall(r"^### (.+)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(kinds) <= {"Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"}
