"""A patient who types commands, and how long the property tests run."""

from __future__ import annotations

import io
import json as json_text
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = "2026-03-02T19:00:00+00:00"
"""A Monday evening."""

_SLOW_FILES = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "default", max_examples=200, deadline=None, derandomize=True, suppress_health_check=_SLOW_FILES
)
settings.register_profile("slow", settings.get_profile("default"), max_examples=2000)
settings.register_profile("nightly", settings.get_profile("default"), max_examples=10_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes long: run with --slow"))


@dataclass(frozen=True)
class Answer:
    """What came back from one command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401
        return json_text.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Patient:
    """Types commands into a diary of their own.

    Each command is a run of the real program: `run` calls its `main` in this process, with its own
    arguments, environment and streams; `run_process` starts a new process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "diary"
        self.file = self.home / "diary.db"
        self.now = NOW
        self.environ = {
            "HOME": str(folder),
            "SPINETRACK_HOME": str(self.home),
            "TZ": "UTC",
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "PATH": os.environ.get("PATH", ""),
        }

    def run(
        self,
        *words: object,
        now: str | None = None,
        code: int | None = 0,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """Run the command in this process and check its exit code (None: do not)."""
        from spinetrack.__main__ import main

        wanted = self._environ(now, env)
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if _is_ours(name)]:
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            time.tzset()
            patch.setattr(sys, "argv", ["spinetrack", *map(str, words)])
            patch.setattr(sys, "stdin", io.StringIO(stdin or ""))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "excepthook", sys.excepthook)
            with pytest.raises(SystemExit) as end:
                main()
        time.tzset()
        found = end.value.code
        answer = Answer(found if isinstance(found, int) else 0, out.getvalue(), err.getvalue())
        return self._checked(answer, words, code)

    def run_process(
        self,
        *words: object,
        now: str | None = None,
        code: int | None = 0,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """Run the command in a new process and check its exit code (None: do not)."""
        done = subprocess.run(
            [sys.executable, "-m", "spinetrack", *map(str, words)],
            env=self._environ(now, env),
            input=stdin,
            stdin=None if stdin is not None else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=60,
        )
        answer = Answer(done.returncode, done.stdout, done.stderr)
        return self._checked(answer, words, code)

    def modules(self, *words: object, now: str | None = None) -> set[str]:
        """Return the modules that a new process has loaded after the command."""
        text = (
            "import sys, json, atexit, os\n"
            "fd = os.dup(2)\n"
            "atexit.register(lambda: os.write(fd, ('\\0' + json.dumps(sorted(sys.modules))).encode()))\n"
            f"sys.argv = {['spinetrack', *map(str, words)]!r}\n"
            "from spinetrack.__main__ import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", text],
            env=self._environ(now, None),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert done.returncode in {0, 3}, done.stderr.decode()
        return set(json_text.loads(done.stderr.decode().rpartition("\0")[2])) - {"json"}

    def _environ(self, now: str | None, env: Mapping[str, str] | None) -> dict[str, str]:
        return {**self.environ, "SPINETRACK_NOW": now or self.now, **(env or {})}

    @staticmethod
    def _checked(answer: Answer, words: tuple[object, ...], code: int | None) -> Answer:
        line = " ".join(map(str, ("spinetrack", *words)))
        assert "Traceback" not in answer.out + answer.err, f"{line}\n{answer.err}"
        if code is not None:
            assert answer.code == code, f"{line}: exit {answer.code}\n{answer.out}\n{answer.err}"
        return answer


def _is_ours(name: str) -> bool:
    return name.startswith("SPINETRACK") or name in {"ACCESSIBLE", "TERM", "LC_ALL", "PYTHONUTF8"}


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(tmp_path)


def evening(day: int) -> str:
    """Return the evening `day` days after the first Monday, as `SPINETRACK_NOW` takes it."""
    from datetime import date, timedelta

    return f"{date(2026, 3, 2) + timedelta(days=day)}T19:00:00+00:00"
