"""The clock of `pace`: time that passes, keys that are pressed, and the way through the blocks."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from spinetrack.cli.checkin import HungUpError
from spinetrack.cli.dose import Dose
from spinetrack.cli.timing import ASK, KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spinetrack.app import App
    from spinetrack.recovery.blocks import Block

LONGEST_STEP = 90
"""Seconds between two looks at the clock above which the computer slept: they do not count."""
ENTER = frozenset({"\r", "\n"})
END_OF_INPUT = "\x04"
ESCAPE = b"\x1b"
STOPS = frozenset({"s", "q", END_OF_INPUT})
LIVE_KEYS = "   p pause  s stop  q stop"
HANG_UP = 1
"""The number of SIGHUP, also where the system has no such signal."""


class Pace(NamedTuple):
    """One session to come."""

    activity: str
    dose: Dose
    blocks: tuple[Block, ...]
    minimum: bool = False
    why: str = ""
    """Why today's dose is lower than the planned one."""

    @property
    def is_timed(self) -> bool:
        """Done in minutes, not in sets."""
        return self.dose.reps is None and self.dose.hold is None

    @property
    def work_seconds(self) -> float:
        """Seconds of work in all blocks."""
        return 60 * sum(block.minutes for block in self.blocks if block.kind == "work")


# -- the clock and the keys ----------------------------------------------------------------------------


class Ticker:
    """Time that runs on, whatever the clock on the wall says."""

    def now(self) -> float:
        """Return seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


class Keys(Protocol):
    """Somebody who may press a key."""

    def wait(self, seconds: float) -> str:
        """Return the key pressed within `seconds`, "" for none.

        Raises:
            HungUpError: the terminal was closed.

        """
        ...


class NoKeys:
    """Nobody is there: time passes."""

    def __init__(self, ticker: Ticker) -> None:
        self._ticker = ticker

    def wait(self, seconds: float) -> str:
        """Let time pass; return ""."""
        self._ticker.sleep(seconds)
        return ""


class TerminalKeys:
    """The keyboard of a terminal that hands over each key at once."""

    def __init__(self, number: int) -> None:
        self._number = number

    def wait(self, seconds: float) -> str:
        """Return the key pressed within `seconds`, "" for none."""
        import os
        import select

        if not select.select([self._number], [], [], seconds)[0]:
            return ""
        try:
            pressed = os.read(self._number, 1)
            if pressed == ESCAPE:  # an arrow sends several signs, none of them meant for us
                while select.select([self._number], [], [], 0)[0] and os.read(self._number, 1):
                    pass
        except OSError as error:
            raise HungUpError(HANG_UP) from error
        if not pressed:
            raise HungUpError(HANG_UP)
        return pressed.decode("ascii", "replace").lower()


@contextmanager
def keyboard(run: App, ticker: Ticker) -> Iterator[Keys]:
    """Yield the keyboard, or nobody where input is no terminal or this system has no such terminals."""
    if not run.stdin_is_terminal:
        yield NoKeys(ticker)
        return
    try:
        import termios
        import tty
    except ImportError:
        yield NoKeys(ticker)
        return
    import sys

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    tty.setcbreak(number)
    try:
        yield TerminalKeys(number)
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(number, termios.TCSANOW, before)


# -- what is shown -----------------------------------------------------------------------------------


class Board:
    """Lines that stay, and on a terminal one line that is written over.

    Args:
        run: The run; its output carries the line that is written over.
        say: Writes a line that stays.
        live: Write over one line; else a line a minute.
        bell: Ring once when a block ends.

    """

    def __init__(self, run: App, say: Callable[[str], None], *, live: bool, bell: bool) -> None:
        self._run, self._say = run, say
        self.live = live
        self._bell = bell
        self._shown = ""

    def line(self, text: str) -> None:
        """Write a line that stays."""
        self.wipe()
        self._say(text)

    def over(self, text: str) -> None:
        """Write over the last line, with the keys where there is room."""
        room = self._run.width - 3
        text = f"{text}{LIVE_KEYS}" if len(text) + len(LIVE_KEYS) <= room else text[:room]
        if text != self._shown:
            self._run.out.write("\r" + text.ljust(len(self._shown)))
            self._run.out.flush()
            self._shown = text

    def wipe(self) -> None:
        """Take the line away that is written over."""
        if self._shown:
            # Ctrl-C leaves ^C behind it.
            self._run.out.write("\r" + " " * (len(self._shown) + 2) + "\r")
            self._run.out.flush()
            self._shown = ""

    def ring(self) -> None:
        """Ring once."""
        if self._bell:
            self._run.out.write("\a")
            self._run.out.flush()


# -- the session -------------------------------------------------------------------------------------


class Course:
    """The way through the blocks of a session: what is over, and how it ended."""

    def __init__(self, plan: Pace, ticker: Ticker, keys: Keys, board: Board) -> None:
        self.plan = plan
        self.worked = 0.0
        """Seconds of work."""
        self.sets_over = 0
        self.reason: str | None = None
        self._block: Block | None = None
        self._left = 0.0
        self._last = 0.0
        self._is_still = True
        self._ticker, self._keys, self._board = ticker, keys, board
        self._count = sum(block.kind == "work" for block in plan.blocks)

    @property
    def is_whole(self) -> bool:
        """Every block of work is over."""
        return self.sets_over == self._count

    def go(self) -> None:
        """Go to the planned end, or to where a key stops it."""
        for place, block in enumerate(self.plan.blocks):
            if place:
                self._board.ring()
            self._announce(block)
            if not self._run(block):
                return
            self.sets_over += block.kind == "work"
        self._board.wipe()
        self._board.ring()

    def _announce(self, block: Block) -> None:
        number = f"{self.sets_over + 1} of {self._count}"
        if block.kind == "break":
            named = "Break" if self.plan.is_timed else "Rest"
            hint = f": {block.hint}" if block.hint else ""
            self._board.line(f"{named}, {span(block.minutes)}{hint}.")
        elif not self.plan.is_timed:
            self._board.line(f"Set {number}: {_set_words(self.plan.dose)}.")
        elif self._count > 1:
            self._board.line(f"Block {number}: {span(block.minutes)}.")

    def _run(self, block: Block) -> bool:
        """Let a block pass; return False when a key stopped the session."""
        self._block, self._left, self._last = block, 60 * block.minutes, self._ticker.now()
        self._is_still, told = False, 0
        while self._left > 1e-6:  # noqa: PLR2004 - what sums of seconds leave over
            told = self._show(block, told)
            key = self._keys.wait(min(1.0, self._left))
            self.look()
            if key == "p":
                key = self._pause()
            if key in STOPS:
                self._is_still = True
                self.reason = self._ask() if key == "s" else None
                return False
            if key in ENTER and not self.plan.is_timed:
                break
        self._is_still = True
        return True

    def look(self) -> None:
        """Count the time since the last look, unless nothing runs or the computer slept."""
        now = self._ticker.now()
        gap, self._last = now - self._last, now
        if self._is_still or gap > LONGEST_STEP or self._block is None:
            return
        step = min(gap, self._left)
        self._left -= step
        self.worked += step if self._block.kind == "work" else 0.0

    def _show(self, block: Block, told: int) -> int:
        """Show how much is left; return the minutes of the block that were told."""
        if self._board.live:
            self._board.over(self._now_line(block))
            return told
        minutes = int(block.minutes - self._left / 60 + 1e-9)
        if minutes > told:
            if block.kind == "break":
                self._board.line(f"Break: {minutes} of {span(block.minutes)}.")
            else:
                over = int(self.worked / 60 + 1e-9)
                self._board.line(f"{self.plan.activity}: {over} of {span(self.plan.work_seconds / 60)}.")
        return minutes

    def _now_line(self, block: Block) -> str:
        minutes, seconds = divmod(int(self._left + 0.999), 60)
        place = f"{self.plan.activity} {self.sets_over + 1}/{self._count}"
        return f"{'break' if block.kind == 'break' else place}  {minutes}:{seconds:02} left"

    def _pause(self) -> str:
        """Wait until p goes on or another key stops it; return that key, "" to go on."""
        self._is_still = True
        self._board.line("Paused. p goes on, s or q stops.")
        while True:
            key = self._keys.wait(1.0)
            if key == "p":
                self.look()
                self._is_still = False
                self._board.line("Going on.")
                return ""
            if key in STOPS:
                return key

    def _ask(self) -> str | None:
        """Return what ended it, None when that stays open."""
        self._board.line(ASK + " · Enter leaves it open")
        while True:
            key = self._keys.wait(1.0)
            if key in KEYS:
                return KEYS[key]
            if key in ENTER or key in {"q", END_OF_INPUT}:
                return None

    def done(self) -> Dose:
        """Return the dose that was done: all of it, else whole minutes or whole sets, at least one."""
        dose = self.plan.dose
        if self.is_whole:
            return dose
        if self.plan.is_timed:
            return Dose(float(max(1, int(self.worked / 60 + 1e-9))))
        if self.sets_over:
            return dose._replace(sets=self.sets_over)
        share = self.worked * self._count / self.plan.work_seconds
        if dose.reps is None:
            return dose._replace(sets=1, hold=max(1, int(share * (dose.hold or 1))))
        return dose._replace(sets=1, reps=max(1, int(share * dose.reps)))


def span(minutes: float) -> str:
    """Return a stretch of time in words: `20 min`, `40 seconds`."""
    from spinetrack.views.doses import number

    return f"{number(minutes)} min" if minutes >= 1 else f"{number(60 * minutes)} seconds"


def _set_words(dose: Dose) -> str:
    if dose.reps is None:
        return f"hold {dose.hold} seconds"
    return f"{dose.reps} times" + (f", each held {dose.hold} seconds" if dose.hold else "")
