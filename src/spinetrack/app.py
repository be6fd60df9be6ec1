"""What comes from outside: the clock, the diary's folder and the terminal.

Nothing else in the program asks for the time, the home folder or the environment.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from functools import cached_property

from spinetrack.errors import UsageError
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import TextIO

    from spinetrack.store import Store

LEAST_WIDTH = 40
"""Columns below which lines are not made narrower."""
USUAL_WIDTH = 80

ASCII = str.maketrans(
    {
        "·": "-", "–": "-", "—": "-", "−": "-", "…": "...", "→": "->", "←": "<-", "↑": "^", "↓": "v",  # noqa: RUF001
        "≥": ">=", "≤": "<=", "×": "x", "±": "+-", "½": "1/2", "•": "*", "●": "*", "○": "o",  # noqa: RUF001
        "▁": "_", "▂": "_", "▃": ".", "▄": "-", "▅": "=", "▆": "+", "▇": "#", "█": "#", "░": ".", "▒": ":",
        "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "─": "-", "│": "|",  # noqa: RUF001
        **dict.fromkeys("┌┐└┘├┤┬┴┼", "+"),
    }
)  # fmt: skip
"""What stands for a sign in a terminal that cannot show it."""


class App:
    """One run of the program: its clock, its folder and its three streams.

    Args:
        home: The diary's folder; None takes `SPINETRACK_HOME`, else the platform's data folder.
        plain: Linear text was asked for on the line.
        environ: The environment; None takes the process's own.

    """

    def __init__(
        self, home: Path | str | None = None, *, plain: bool = False, environ: Mapping[str, str] | None = None
    ) -> None:
        self._home = home
        self._plain = plain
        self._environ = os.environ if environ is None else environ
        self.afterwards: Callable[[App], None] | None = None
        """What is left to do when the answer is out."""
        self.out: TextIO = _stream(sys.stdout)
        self.err: TextIO = _stream(sys.stderr)

    @cached_property
    def place(self) -> str:
        """The folder that holds the diary, as text: `pathlib` is slow to load. Asking creates nothing."""
        if self._home is not None:
            return os.fspath(self._home)
        named = self._environ.get("SPINETRACK_HOME")
        if named:
            return os.path.expanduser(named)
        return _usual_place(self._environ)

    @property
    def home(self) -> Path:
        """The folder that holds the diary. Asking for it creates nothing."""
        from pathlib import Path

        return Path(self.place)

    @cached_property
    def _now(self) -> datetime:
        fixed = self._environ.get("SPINETRACK_NOW")
        if not fixed:
            return datetime.now().astimezone().replace(microsecond=0)
        try:
            moment = datetime.fromisoformat(fixed)
        except ValueError as error:
            raise UsageError(
                f'SPINETRACK_NOW is not a moment: "{fixed}".', hint="Write it like 2026-03-02T19:00:00+00:00."
            ) from error
        return moment if moment.utcoffset() else moment.astimezone()

    def now(self) -> datetime:
        """Return the moment this run began, with the patient's offset from UTC.

        `SPINETRACK_NOW` fixes it: an offset other than zero is the patient's own clock; without one,
        or in UTC, it is shown in the machine's zone.

        Raises:
            UsageError: `SPINETRACK_NOW` is not an ISO moment.

        """
        return self._now

    def today(self) -> date:
        """Return the patient's day, which turns in the small hours."""
        from spinetrack.recovery.when import day_of

        return day_of(self.now())

    def localize(self, wall: datetime) -> datetime:
        """Return the moment at which the patient's clock shows `wall`, a time without an offset."""
        fixed = self._environ.get("SPINETRACK_NOW")
        if fixed and datetime.fromisoformat(fixed).utcoffset():
            return wall.replace(tzinfo=self.now().tzinfo)
        return wall.replace(tzinfo=None).astimezone()

    @cached_property
    def width(self) -> int:
        """Columns to write in, at least 40: `COLUMNS`, else the terminal's, else 80."""
        columns = self._environ.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return max(LEAST_WIDTH, int(columns))
        try:
            return max(LEAST_WIDTH, os.get_terminal_size(self.out.fileno()).columns)
        except (OSError, ValueError, AttributeError):
            return USUAL_WIDTH

    @cached_property
    def is_terminal(self) -> bool:
        """Whether the answer goes to a terminal."""
        return self.out.isatty()

    @cached_property
    def stdin_is_terminal(self) -> bool:
        """Whether somebody is there to answer a question."""
        return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()

    @cached_property
    def plain(self) -> bool:
        """Whether to write linear text: no boxes, no columns, one fact a line."""
        return self.plain_asked or not self.is_terminal

    @cached_property
    def plain_asked(self) -> bool:
        """Whether somebody wants linear text, wherever it goes."""
        return self._plain or bool(self._environ.get("ACCESSIBLE")) or self._environ.get("TERM") == "dumb"

    @cached_property
    def colour(self) -> bool:
        """Whether colour may be used."""
        return self.is_terminal and not self.plain and not self._environ.get("NO_COLOR")

    def say(self, text: str = "") -> None:
        """Write `text` and a line end to standard output, in signs the terminal can show."""
        self.out.write(_fitting(self.out, text) + "\n")

    def complain(self, text: str) -> None:
        """Write `text` and a line end to standard error, in signs the terminal can show."""
        self.err.write(_fitting(self.err, text) + "\n")
        self.err.flush()

    def finish(self) -> None:
        """Do what was left for after the answer. Ctrl-C ends it, and takes nothing back."""
        if self.afterwards is None:
            return
        work, self.afterwards = self.afterwards, None
        try:
            work(self)
        except KeyboardInterrupt:
            self.complain("Stopped. What you recorded is saved.")

    def ask(self, prompt: str) -> str:
        """Return the line somebody types after `prompt`, without its ends.

        Raises:
            EOFError: nobody is there any more.

        """
        self.out.flush()
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
        return input(_fitting(self.out, prompt)).strip()

    def ask_hidden(self, prompt: str) -> str:
        """Return what somebody types after `prompt`; it is not shown while they type.

        Raises:
            EOFError: nobody is there any more.

        """
        from getpass import getpass

        self.out.flush()
        return getpass(_fitting(self.err, prompt), self.err)

    @property
    def given_passphrase(self) -> str | None:
        """The passphrase of `SPINETRACK_PASSPHRASE`, None without one."""
        return self._environ.get("SPINETRACK_PASSPHRASE") or None

    @property
    def given_diary_passphrase(self) -> str | None:
        """The passphrase of an encrypted diary, from the environment."""
        return self._environ.get("SPINETRACK_DIARY_PASSPHRASE") or None

    @property
    def given_new_passphrase(self) -> str | None:
        """The passphrase that an encrypted diary shall get, from the environment."""
        return self._environ.get("SPINETRACK_NEW_PASSPHRASE") or None

    @property
    def given_key_file(self) -> str | None:
        """The path of the key file of an encrypted diary, from the environment."""
        return self._environ.get("SPINETRACK_KEY_FILE") or None

    def ask_secret(self, prompt: str) -> str | None:
        """Return what somebody types after `prompt`, not shown; None when nobody is there."""
        return self.ask_hidden(prompt) if self.stdin_is_terminal else None

    def hold_keys(self) -> None:
        """Be the one who is asked for the key of an encrypted diary."""
        from spinetrack.store.connection import use_keys

        use_keys(self)

    def read_all(self) -> str:
        """Return all that was sent to standard input; "" when nothing can be."""
        return sys.stdin.read() if sys.stdin is not None and not sys.stdin.closed else ""

    def open_store(self) -> Store:
        """Return the diary's store; use it as a context manager."""
        from spinetrack.store import Store

        self.hold_keys()
        return Store(self.place, self.now, self.complain)

    def leave_pipe(self) -> None:
        """Stop writing: whoever read the answer has left.

        The interpreter flushes standard output once more at its end, which must find an open file.
        """
        try:
            number = self.out.fileno()
        except (OSError, ValueError, AttributeError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def _usual_place(environ: Mapping[str, str]) -> str:
    """Return the platform's folder for the data of a program.

    On Linux it is written in two variables, and platformdirs takes a fifth of a daily line to load.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in environ:
        data, home = environ.get("XDG_DATA_HOME", ""), environ.get("HOME", "")
        if not data and home.startswith("/"):
            data = os.path.join(home, ".local", "share")
        if data.startswith("/"):
            return os.path.join(data, "spinetrack")
    from platformdirs import user_data_dir

    return user_data_dir("spinetrack", appauthor=False)


def _stream(stream: TextIO | None) -> TextIO:
    if stream is None:  # the shell closed it
        return open(os.devnull, "w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


def _fitting(stream: TextIO, text: str) -> str:
    if text.isascii():
        return text
    from spinetrack.hidden import GONE

    text = text.translate(GONE)
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return text.translate(ASCII)
    return text
