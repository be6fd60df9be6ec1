"""The manual page: current, complete, and readable by `man`."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from completions.generate import MANUAL
from tests.cli.test_completion import FOLDER
from tests.conftest import Patient

from spinetrack.cli.commands import COMMANDS
from spinetrack.cli.completion_scripts import nodes
from spinetrack.cli.man_page import EXITS, VARIABLES, page
from spinetrack.errors import ExitCode


def plain() -> str:
    """The page with roff's hyphens and quotes as they are read."""
    return page().replace(r"\-", "-").replace(r"\(dq", '"')


def test_the_file_is_what_the_commands_say_today() -> None:
    written = (FOLDER / MANUAL).read_text(encoding="utf-8")
    assert written == page(), "run: python completions/generate.py"


def test_the_command_prints_the_file(patient: Patient) -> None:
    assert patient.run("man").out == page()
    assert not patient.home.exists()


def test_every_command_and_option_is_in_it() -> None:
    text = plain()
    for node in nodes():
        if node.path:
            assert re.search(rf'^\.SS "spinetrack {" ".join(node.path)}[ "]', text, re.MULTILINE), node.path
        for option in node.options:
            assert all(
                re.search(rf"^\.B (.*, )?{re.escape(name)}\b", text, re.MULTILINE) for name in option.names
            )
    assert set(COMMANDS) <= set(re.findall(r"spinetrack ([a-z-]+)", text))


def test_it_has_the_parts_of_a_manual_page() -> None:
    heads = re.findall(r'^\.SH "?([A-Z ]+)"?$', plain(), re.MULTILINE)
    assert heads[:4] == ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"]
    assert heads[-3:] == ["FOR THE PHYSIOTHERAPIST", "EXIT STATUS", "ENVIRONMENT"]
    assert [int(code) for code, _ in EXITS] == sorted(map(int, ExitCode))
    assert "spinetrack review inbox/" in plain()


def test_every_variable_of_the_readme_is_in_it() -> None:
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    table = readme.partition("### Environment")[2].partition("###")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == {name for name, _ in VARIABLES}


def test_no_line_of_text_is_an_order_to_roff() -> None:
    orders = {line.split()[0] for line in page().splitlines() if line.startswith((".", "'"))}
    assert orders == {".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".ad", ".nh", ".RS", ".RE", ".nf", ".fi"}
    assert page().isascii()
    assert not re.search(r"\\(?![-e&(\[f])", page())


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_sets_it_without_a_complaint() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-c"],
        input=page(), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    shown = re.sub(".\\x08", "", done.stdout)  # bold is written twice
    assert "FOR THE PHYSIOTHERAPIST" in shown
    assert '--by "physio"' in shown
