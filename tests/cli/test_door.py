"""The two doors, the help, the options that stand anywhere, and what a daily command loads."""

from __future__ import annotations

import re
import sys

import pytest
from tests.conftest import Patient, evening

from spinetrack.app import App
from spinetrack.cli.commands import COMMANDS, SHORT, resolve

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "jinja2", "importlib.metadata"}
DAILY = [
    ("log", 4, "sit", 35), (), ("history",), ("undo",), ("redo",), ("suggest",), ("chart", "pain"),
    ("plan",), ("done", "sit", 20), ("history", "--json"), ("log", "-y", 4),
]  # fmt: skip
LIGHT = [("log", 4, "sit", 35), ("log", 4, "--json"), ("undo",), ("done", "sit", 20)]


def with_a_plan(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("log", 4)


def without_uuid(text: str) -> str:
    return re.sub(r'"uuid": "[^"]+"', "", text)


@pytest.mark.parametrize(
    "words", [(), ("log", 4, "sit", 35), ("l", 4), ("log", "walk", "1.2km", "note", "wet")]
)
def test_both_doors_print_the_same(tmp_path: object, words: tuple[object, ...]) -> None:
    from pathlib import Path

    first, second, third = (Patient(Path(str(tmp_path)) / name) for name in ("a", "b", "c"))
    for patient in (first, second, third):
        patient.folder.mkdir()
        patient.run("log", 5, "sit", 30, "--at", "2026-03-01 20:00")
    straight = first.run(*words)
    through_typer = second.run("--home", second.home, *words)
    as_module = third.run_process(*words)
    assert straight.out
    assert straight == through_typer == as_module


def test_both_doors_refuse_the_same(patient: Patient) -> None:
    straight = patient.run("log", "pian", 4, code=1)
    assert straight == patient.run("--home", patient.home, "log", "pian", 4, code=1)
    assert straight.out == ""


def test_options_of_the_root_stand_anywhere(patient: Patient) -> None:
    other = patient.folder / "other"
    patient.run("log", 4, "--home", other)
    patient.run(f"--home={other}", "log", 4, "--plain")
    assert len(patient.run("history", "--json", "--home", other).json["entries"]) == 2
    assert not patient.home.exists()


def test_the_folder_is_never_made_by_looking(patient: Patient) -> None:
    for words in ((), ("history",), ("undo",), ("suggest",), ("metric",), ("question",)):
        patient.run(*words)
    assert not patient.home.exists()


def test_the_version(patient: Patient) -> None:
    assert patient.run("--version").out == "spinetrack 0.1.0\n"


def test_help_names_the_first_words_first(patient: Patient) -> None:
    out = patient.run("--help").out
    first = out.partition("First:")[2].partition("\n\n")[0].split("\n")
    assert [line.split()[0] for line in first if line] == [
        "(alone)", "log", "undo", "flare", "suggest", "report",
    ]  # fmt: skip
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert all(len(line) <= 80 for line in out.splitlines())
    assert patient.run("-h").out == patient.run("help").out == out
    assert patient.run("--home", patient.home, "--help").out == out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(patient: Patient, name: str) -> None:
    out = patient.run(name, "--help").out
    assert out.startswith(f"Usage: spinetrack {name}")
    assert "install-completion" not in out


def test_help_loads_no_command_and_no_rich(patient: Patient) -> None:
    loaded = patient.modules("--help")
    assert not {"rich", "typer", "sqlite3"} & loaded
    assert not {name for name in loaded if name.startswith("spinetrack.cli.log")}
    assert "rich" not in patient.modules("log", "--help")
    assert "rich" not in patient.modules("plan", "--help")
    assert not {"rich", "typer", "platformdirs"} & patient.modules("--version")


@pytest.mark.parametrize("words", DAILY, ids=str)
def test_daily_commands_stay_light(patient: Patient, words: tuple[object, ...]) -> None:
    with_a_plan(patient)
    assert not HEAVY & patient.modules(*words)


@pytest.mark.parametrize("words", LIGHT, ids=str)
def test_writing_draws_nothing(patient: Patient, words: tuple[object, ...]) -> None:
    with_a_plan(patient)
    assert not {"rich", "plotext"} & patient.modules(*words)


@pytest.mark.parametrize("words", [(), ("log", 4, "sit", 35), ("l", 4)], ids=str)
def test_the_door_leaves_the_option_parser_unloaded(patient: Patient, words: tuple[object, ...]) -> None:
    with_a_plan(patient)
    assert not {"typer", "rich", "plotext", "typing"} & patient.modules(*words)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize(
    "named",
    [
        {}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "/data"}, {"XDG_DATA_HOME": "/data/"},
        {"XDG_DATA_HOME": "data"}, {"HOME": "/home/a b/"}, {"HOME": "/"},
    ],
    ids=str,
)  # fmt: skip
def test_the_folder_is_the_one_that_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str]
) -> None:
    from platformdirs import user_data_dir

    for name in ("SPINETRACK_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert App().place == user_data_dir("spinetrack", appauthor=False)


def test_the_usual_folder_is_found_without_platformdirs(patient: Patient) -> None:
    del patient.environ["SPINETRACK_HOME"]
    with_a_plan(patient)
    loaded = patient.modules("log", 4)
    assert (patient.folder / ".local" / "share" / "spinetrack" / "diary.db").exists()
    assert sys.platform != "linux" or not {"platformdirs", "pathlib"} & loaded


def test_short_names_are_frozen() -> None:
    assert SHORT == {"l": "log", "u": "undo", "f": "flare", "r": "report", "s": "suggest"}
    for short, name in SHORT.items():
        assert resolve(short) == (name if name in COMMANDS else None)


@pytest.mark.parametrize(
    ("typed", "name"), [("hist", "history"), ("sugg", "suggest"), ("q", "question"), ("redo", "redo")]
)
def test_a_beginning_that_only_one_command_has_is_enough(typed: str, name: str) -> None:
    assert resolve(typed) == name


def test_no_command_hides_another() -> None:
    """A name that is the beginning of another must still be that command."""
    assert all(resolve(name) == name for name in COMMANDS)


def test_python_warns_of_nothing(patient: Patient) -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "spinetrack", "log", "4"],
        env={**patient.environ, "SPINETRACK_NOW": evening(0)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
