"""How long the daily commands take beside Watson, jrnl and a bare sqlite3 insert.

    python benchmarks/run.py [--runs 15] [--folder DIR]

Every number is the wall time of a whole process on a pseudo-terminal; what counts is the ratio of two
medians of one run. The programs take turns, so that a slow minute of the machine meets them all.
A ratio above its bar is shown and fails nothing.
"""

from __future__ import annotations

import argparse
import compileall
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import spinetrack as spinetrack_package
from spinetrack.demo import fill
from spinetrack.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)
"""The clock of every measured command."""
LAST_DAY = NOW.date() - timedelta(days=1)
YEARS = 10.0
THIRTY_DAYS = 30 / 365.25

INSERT = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "fullfsync=ON", "foreign_keys=ON", "busy_timeout=5000"):
    db.execute("PRAGMA " + pragma)
db.execute("BEGIN IMMEDIATE")
db.execute("CREATE TABLE IF NOT EXISTS observation (id INTEGER PRIMARY KEY, day TEXT, metric TEXT, value REAL)")
db.executemany("INSERT INTO observation (day, metric, value) VALUES (?, ?, ?)", [("2026-03-02", "pain", 4.0), ("2026-03-02", "sit", 35.0)])
db.execute("COMMIT")
"""  # noqa: E501
"""A durable insert with nothing around it, with the settings spinetrack uses."""

FETCH = """
import sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "/diary.db?mode=ro", uri=True)
for table in ("entry", "observation", "session", "quota", "screen", "decision", "intake"):
    db.execute("SELECT * FROM " + table).fetchall()
"""
"""All that a report of every year reads, into tuples and no further."""

CONFIG = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: {version}
"""
JRNL_VERSION = "v4.2"

WARM_UP = 2
"""Rounds that are not counted."""
FINE = {0, 3}
OTHERS = ("td-watson", "jrnl")


@dataclass
class Probe:
    """One command that is timed."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    times: list[float] = field(default_factory=list)
    memory: float = 0.0
    """The most it held at once, in MB."""

    @property
    def middle(self) -> float:
        """Median wall time in milliseconds."""
        return 1000 * median(self.times)


@dataclass(frozen=True)
class Line:
    """One ratio with its bar."""

    what: str
    ours: str
    other: str
    bar: float
    plus: tuple[float, str] | None = None
    """So many times another probe is granted on top of the bar: taken off before the ratio."""


LOG, VERSION, HELP, BARE, SUGGEST, PLAN, CHART = (
    "log 4 sit 35",
    "--version",
    "--help",
    "bare",
    "suggest",
    "plan",
    "chart pain --since 8w",
)
OLD = f"{LAST_DAY - timedelta(days=round(365.25 * YEARS)):%Y-%m-%d}"
HTML, PDF, ALL, ALL_PDF = (
    "report -o r.html --force",
    "report -o r.pdf --force",
    f"report -o r.html --force --since {OLD}",
    f"report -o r.pdf --force --since {OLD}",
)
MOST_MEMORY = 200
"""MB that a report may hold at once."""
GROWING = (LOG, BARE, SUGGEST, PLAN, CHART)
MONTH = " (30 days)"
LINES = (
    Line("write a day", LOG, "watson add", 0.8),
    Line("write a day", LOG, "sqlite3 insert", 5.0),
    Line("version", VERSION, "jrnl --version", 1.0),
    Line("version", VERSION, "watson --help", 1.5),
    Line("help", HELP, "jrnl --version", 1.0),
    Line("help", HELP, "watson --help", 1.5),
    Line("today", BARE, "jrnl -n 10", 0.8),
    Line("next step", SUGGEST, "jrnl -n 10", 0.8),
    Line("plan", PLAN, "jrnl -n 10", 0.8),
    Line("chart", CHART, "jrnl -n 10", 1.3),
    Line("report of 12 weeks", HTML, "jrnl -n 10", 2.0),
    Line("report of 12 weeks", PDF, "jrnl -n 10", 3.0),
    Line("report of 10 years", ALL, "jrnl -n 10", 2.0, (3.0, "sqlite3 fetch")),
    Line("report of 10 years", ALL_PDF, "jrnl -n 10", 3.0, (3.0, "sqlite3 fetch")),
    *(Line("growth", name, name + MONTH, 1.2) for name in GROWING),
)
"""Source of the bars: the agreed numbers of the project, see README.md beside this file."""


def main() -> None:
    """Make the data, take the times, print the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--runs", type=int, default=15, help="counted rounds")
    words.add_argument("--folder", type=Path, help="keep the other programs and the data here for next time")
    words.add_argument(
        "--spinetrack", type=Path, default=Path(sys.executable).parent / "spinetrack", help="the command"
    )
    chosen = words.parse_args()
    if chosen.folder:
        chosen.folder.mkdir(parents=True, exist_ok=True)
        measure(chosen.folder.resolve(), chosen.spinetrack, chosen.runs)
        return
    with tempfile.TemporaryDirectory(prefix="spinetrack-bench-") as folder:
        measure(Path(folder), chosen.spinetrack, chosen.runs)


def measure(folder: Path, spinetrack: Path, runs: int) -> None:
    """Time every probe `runs` times, in turns, and print the table."""
    others = install_others(folder / "others")
    compile_all(spinetrack)
    say("Writing 10 years, 30 days, and a journal of the same days …")
    make_data(folder)
    probes = {probe.name: probe for probe in all_probes(folder, spinetrack, others)}
    order = list(probes.values())
    for number in range(-WARM_UP, runs):
        shift = number % len(order)
        for probe in (*order[shift:], *order[:shift]):
            seconds = timed(probe)
            if number >= 0:
                probe.times.append(seconds)
        say(f"round {number + 1} of {runs}", end="\r")
    say(" " * 40, end="\r")
    print(table(probes))


def install_others(folder: Path) -> Path:
    """Return the folder of the other programs' commands, installed from PyPI when not there yet."""
    programs = folder / "bin"
    if not (programs / "jrnl").exists():
        say("Installing Watson and jrnl …")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, *OTHERS], check=True)
    compileall.compile_dir(folder / "lib", quiet=2)
    return programs


def compile_all(spinetrack: Path) -> None:
    """Compile the byte code of spinetrack and of all that is installed beside it."""
    compileall.compile_dir(Path(spinetrack_package.__file__).parent, quiet=2)
    for site in spinetrack.parent.parent.glob("lib/python*/site-packages"):
        compileall.compile_dir(site, quiet=2)


def make_data(folder: Path) -> None:
    """Write the diaries, jrnl's journal and its settings; what lay there before is replaced."""
    for name in ("ten", "month", "watson", "home"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "home").mkdir()
    (folder / "watson").mkdir()
    (folder / "bare.db").unlink(missing_ok=True)
    for name, years in (("ten", YEARS), ("month", THIRTY_DAYS)):
        with Store(folder / name, lambda: NOW) as store:
            fill(store, last_day=LAST_DAY, years=years)
    journal = folder / "journal.txt"
    journal.write_text(as_journal(folder / "ten"), encoding="utf-8")
    text = CONFIG.format(journal=journal, version=JRNL_VERSION)
    (folder / "jrnl.yaml").write_text(text, encoding="utf-8")


def as_journal(home: Path) -> str:
    """Return the days of a diary as jrnl keeps them: one entry a day, the values as its text."""
    with Store(home, lambda: NOW) as store:
        entries = store.diary().entries
    days: dict[str, list[str]] = {}
    for entry in entries:
        values = " ".join(f"{o.metric} {o.value:g}" for o in entry.observations)
        days.setdefault(f"{entry.day}", []).append(values)
    return "".join(
        f"[{day} 20:00] Day of the diary.\n{' '.join(text)} #pain\n\n" for day, text in days.items()
    )


def all_probes(folder: Path, spinetrack: Path, others: Path) -> list[Probe]:
    """Return everything that is timed, each with the environment of its own program."""
    env = {
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "home" / "config"),
        "XDG_DATA_HOME": str(folder / "home" / "data"),
        "WATSON_DIR": str(folder / "watson"),
        "PATH": os.environ.get("PATH", ""),
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "40",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "SPINETRACK_NOW": NOW.isoformat(),
    }
    words = {name: name.split() for name in (LOG, VERSION, HELP, BARE, SUGGEST, PLAN, CHART)}
    for report in (HTML, PDF, ALL, ALL_PDF):
        words[report] = [str(folder / word) if word.startswith("r.") else word for word in report.split()]
    words[BARE] = []
    found = []
    for name, said in words.items():
        command = [str(spinetrack), *said]
        found.append(Probe(name, command, env | {"SPINETRACK_HOME": str(folder / "ten")}))
        if name in GROWING:
            found.append(Probe(name + MONTH, command, env | {"SPINETRACK_HOME": str(folder / "month")}))
    day = f"{NOW:%Y-%m-%d}"
    watson = [str(others / "watson")]
    jrnl = [str(others / "jrnl"), "--config-file", str(folder / "jrnl.yaml")]
    span = ["--from", f"{day} 10:00", "--to", f"{day} 10:35"]
    return [
        *found,
        Probe("watson add", [*watson, "add", *span, "sitting", "+pain4"], env),
        Probe("watson --help", [*watson, "--help"], env),
        Probe("jrnl --version", [str(others / "jrnl"), "--version"], env),
        Probe("jrnl -n 10", [*jrnl, "-n", "10"], env),
        Probe("sqlite3 insert", [sys.executable, "-c", INSERT, str(folder / "bare.db")], env),
        Probe("sqlite3 fetch", [sys.executable, "-c", FETCH, str(folder / "ten")], env),
    ]


def timed(probe: Probe) -> float:
    """Run a probe on a pseudo-terminal; return the wall time of the whole process in seconds."""
    ours, theirs = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(
        probe.command, env=dict(probe.env), stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
    _, status, used = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    probe.memory = max(probe.memory, used.ru_maxrss / 1024)
    os.close(ours)
    if code not in FINE or b"Traceback" in said:
        sys.exit(f"{probe.name}: exit {code}\n{said.decode(errors='replace')}")
    return seconds


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def table(probes: Mapping[str, Probe]) -> str:
    """Return the ratios as a table in Markdown."""
    rows = [
        "| what | spinetrack | ms | beside | ms | ratio | bar | |",
        "|---|---|---:|---|---:|---:|---:|---|",
    ]
    for line in LINES:
        ours, other = probes[line.ours].middle, probes[line.other].middle
        granted = line.plus[0] * probes[line.plus[1]].middle if line.plus else 0.0
        ratio = (ours - granted) / other
        verdict = "ok" if ratio <= line.bar else "over"
        rows.append(
            f"| {line.what} | `{line.ours}` | {ours:.0f} | {_beside(line)} | {other:.0f} "
            f"| {ratio:.2f} | {line.bar:g} | {verdict} |"
        )
    held = ", ".join(f"`{name}` {probes[name].memory:.0f} MB" for name in (HTML, ALL, ALL_PDF))
    return "\n".join((*rows, "", f"Most memory held (bar {MOST_MEMORY} MB): {held}"))


def _beside(line: Line) -> str:
    return f"`{line.other}`" + (f", less {line.plus[0]:g} x `{line.plus[1]}`" if line.plus else "")


def say(text: str, end: str = "\n") -> None:
    """Tell how far it is, beside the table."""
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
