"""The fences: who may import whom, how long a piece may be, and what a daily command may load."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import Patient, evening

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
PACKAGE = SRC / "spinetrack"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

NETWORK = {"asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "httpx", "aiohttp", "smtplib",
           "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"}  # fmt: skip
UNWANTED = {"click": "Typer carries its own", "pickle": "a file could run code", "uuid": "slow to import"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "Path.home"}
VAGUE = {"utils", "util", "helpers", "helper", "misc", "manager", "handler", "common", "base"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


# --- who may import whom ---------------------------------------------------------------------


def lint_imports(folder: Path) -> tuple[int, str]:
    """Run import-linter over the package in `folder`/src; return its exit code and what it said."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_import_contracts_hold() -> None:
    code, said = lint_imports(ROOT)
    assert code == 0, said
    assert " 0 broken" in said


BREACHES = [
    ("recovery/stats.py", "from spinetrack import store", "Layers point down only"),
    ("recovery/stats.py", "def hidden() -> None:\n    import sqlite3", "The heart is standard library only"),
    (
        "recovery/stats.py",
        "def hidden() -> None:\n    import rich.text",
        "The heart is standard library only",
    ),
    (
        "charts/weeks.py",
        "def hidden() -> None:\n    from spinetrack.store import Store",
        "Layers point down only",
    ),
    ("views/today.py", "def hidden() -> None:\n    import plotext", "plotext is used in one module"),
    (
        "views/today.py",
        "def hidden() -> None:\n    from spinetrack.cli import daily",
        "Layers point down only",
    ),
    ("cli/daily.py", "def hidden() -> None:\n    import sqlite3", "SQL is spoken in one room"),
    (
        "cli/encrypt.py",
        "def hidden() -> None:\n    import sqlcipher3",
        "Encrypted diaries are opened in one room",
    ),
]


@pytest.mark.parametrize(
    ("module", "breach", "contract"), BREACHES, ids=[f"{m}: {b.split()[-1]}" for m, b, _ in BREACHES]
)
def test_a_breach_breaks_its_contract(tmp_path: Path, module: str, breach: str, contract: str) -> None:
    """A fence that cannot fail is none; an import inside a function is a breach as well."""
    shutil.copytree(SRC, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "src/spinetrack" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{breach}\n")
    code, said = lint_imports(tmp_path)
    assert code != 0
    assert f"{contract} BROKEN" in said, said


# --- how each piece is built -----------------------------------------------------------------


def test_a_module_can_be_read_in_one_sitting() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {name: n for name, n in lengths.items() if n > LONGEST_MODULE}


def test_no_function_is_long() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
    }
    assert not {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION}


def dotted(node: ast.expr | None) -> str:
    """Return `a.b.c` as it is written; "" for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def banned_import(name: str, path: Path) -> str:
    top = name.split(".", maxsplit=1)[0]
    if top in NETWORK:
        return f"{top} (this program uses no network)"
    if top in UNWANTED and not (top == "uuid" and "store" in path.parts):
        return f"{top} ({UNWANTED[top]})"
    return ""


def banned_call(called: str, path: Path) -> str:
    if ".".join(called.split(".")[-2:]) in CLOCKS and path.name != "app.py":
        return f"{called} (the clock and the home are App's)"
    if called in {"eval", "exec", "breakpoint"}:
        return called
    if called == "print" and "cli" not in path.parts:
        return "print outside cli"
    if called == "sys.exit" and path.name != "__main__.py":
        return "sys.exit outside __main__"
    return ""


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Return whether it hides any error; cleaning up and raising again hides none."""
    raises_again = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return (
        handler.type is None
        or dotted(handler.type) == "Exception"
        or (dotted(handler.type) == "BaseException" and not raises_again)
    )


def banned(path: Path) -> list[str]:
    """Return what `path` uses and must not, each with its line."""
    found = []
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                found += [(node.lineno, banned_import(alias.name, path)) for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                found.append((node.lineno, banned_import(module, path)))
            case ast.Call(func=func):
                found.append((node.lineno, banned_call(dotted(func), path)))
            case ast.ExceptHandler() if catches_all(node):
                found.append((node.lineno, "an except that catches everything"))
    return [f"{path.name}:{line} {what}" for line, what in sorted(found) if what]


def test_nothing_banned_is_used() -> None:
    assert not [line for path in MODULES for line in banned(path)]


def test_the_ban_can_fail(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(
        "import urllib.request\nfrom click import echo\nfrom datetime import datetime\n"
        "try:\n    now = datetime.now()\nexcept Exception:\n    print(eval('1'))\n"
        "try:\n    pass\nexcept:\n    pass\ntry:\n    pass\nexcept BaseException:\n    raise\n"
    )
    lines = [int(line.split(":")[1].split()[0]) for line in banned(path)]
    assert lines == [1, 2, 5, 6, 7, 7, 10]


def test_nothing_is_left_unfinished() -> None:
    marks = ("TODO", "FIXME", "XXX", "NotImplementedError")
    assert not [name_of(p) for p in MODULES if any(mark in p.read_text(encoding="utf-8") for mark in marks)]


def test_a_module_says_its_subject_by_its_name() -> None:
    assert not [name_of(p) for p in MODULES if VAGUE & set(p.relative_to(PACKAGE).with_suffix("").parts)]


def undocumented(node: ast.Module | ast.ClassDef, inside: str) -> list[str]:
    found = [] if ast.get_docstring(node) else [inside]
    for child in node.body:
        if isinstance(child, (ast.ClassDef, *FUNCTIONS)) and not child.name.startswith("_"):
            name = f"{inside} {child.name}"
            if isinstance(child, ast.ClassDef):
                found += undocumented(child, name)
            elif not ast.get_docstring(child):
                found.append(name)
    return found


def test_every_public_name_says_what_it_is() -> None:
    assert not [name for path in MODULES for name in undocumented(tree(path), name_of(path))]


# --- what a command loads --------------------------------------------------------------------

FORMS = {"sqlmodel", "sqlalchemy", "pydantic"}
PAINT = {"rich", "plotext"}
NO_OPTION = FORMS | PAINT | {"typer"}
"""What a line without an option leaves unloaded: it takes the short door."""

DAILY: list[tuple[str, set[str]]] = [
    ("log 4 sit 35", NO_OPTION),
    ("l settled=yes", NO_OPTION),
    ("", NO_OPTION),
    ("log -y 4", FORMS | PAINT),
    ("log 4 --json", FORMS | PAINT),
    ("done sit 20 --pain 3", FORMS | PAINT),
    ("done all", FORMS | PAINT),
    ("undo", FORMS | PAINT),
    ("redo", FORMS | PAINT),
    ("history", FORMS | {"plotext"}),
    ("history --json", FORMS | PAINT),
    ("suggest", FORMS | {"plotext"}),
    ("suggest --why", FORMS | {"plotext"}),
    ("suggest --json", FORMS | PAINT),
    ("plan", FORMS | {"plotext"}),
    ("plan --json", FORMS | PAINT),
    ("chart pain", FORMS),
    ("--help", NO_OPTION),
    ("--version", NO_OPTION),
    ("log --help", FORMS | PAINT),
    ("suggest --help", FORMS | PAINT),
]
ON_TERMINAL: list[tuple[str, set[str]]] = [
    ("log 4", NO_OPTION),
    ("undo", FORMS | PAINT),
    ("done sit 20", FORMS | PAINT),
    ("", FORMS | {"plotext", "typer"}),
    ("suggest", FORMS | {"plotext"}),
    ("plan", FORMS | {"plotext"}),
    ("history", FORMS | {"plotext"}),
    ("chart pain", FORMS),
    ("log --help", FORMS | PAINT),
    ("--help", NO_OPTION),
]


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    """Return a patient with some days, a plan, and a session that waits for its answer."""
    patient = Patient(tmp_path_factory.mktemp("used"))
    for day in range(11):
        patient.run("log", 4, "sit", 25, now=evening(day))
    patient.now = evening(11)
    patient.run("profile", "gates", "--none")
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("done", "sit", 20, "--at", "yesterday")
    return patient


@pytest.fixture
def copied(used: Patient, tmp_path: Path) -> Patient:
    patient = Patient(tmp_path)
    patient.now = used.now
    shutil.copytree(used.home, patient.home)
    return patient


def packages(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


@pytest.mark.parametrize(("line", "absent"), DAILY)
def test_a_daily_command_stays_light(copied: Patient, line: str, absent: set[str]) -> None:
    """The static graph cannot tell a deferred import from an eager one; a clean process can."""
    if line == "redo":
        copied.run("undo")
    assert not packages(copied.modules(*line.split())) & absent


def loaded_on_terminal(patient: Patient, line: str) -> set[str]:
    """Return the packages in memory after a command line whose answer goes to a terminal."""
    text = (
        "import sys\n"
        "from spinetrack.app import App\n"
        "from spinetrack.__main__ import run\n"
        "App.is_terminal = True\n"
        f"code = run({line.split()!r})\n"
        "print(code, *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", text],
        env=patient.environ | {"SPINETRACK_NOW": patient.now, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return packages(set(modules))


@pytest.mark.parametrize(("line", "absent"), ON_TERMINAL)
def test_a_daily_command_stays_light_on_a_terminal(copied: Patient, line: str, absent: set[str]) -> None:
    assert not loaded_on_terminal(copied, line) & absent


def test_the_probe_can_fail(copied: Patient) -> None:
    assert "typer" in packages(copied.modules("history"))
    assert "rich" in loaded_on_terminal(copied, "")
    assert "plotext" in loaded_on_terminal(copied, "chart pain")
