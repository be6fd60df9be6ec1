"""Errors that a patient can act on, and the exit code each one ends with.

SpinetrackError          a request the diary refuses, said in one sentence
├── UsageError           the words on the line are not a command we know
├── ValueRefusedError    a value, date or name that cannot be right
├── DiaryFileError       the diary file cannot be used
└── BusyError            another program holds the diary file
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells the shell."""

    OK = 0
    REFUSED = 1
    """The request was understood and refused, for a reason said in one sentence."""

    USAGE = 2
    """The words on the line could not be understood."""

    FLAG = 3
    """A tier-1 or tier-2 warning sign is open."""

    FILE = 4
    """The diary file cannot be used."""

    BUSY = 75
    """The diary file is held by another program."""

    INTERRUPTED = 130
    """Ctrl-C: nothing half-written."""


class SpinetrackError(Exception):
    """Base of every error shown as one sentence without a traceback.

    Args:
        message: What went wrong, in the patient's words.
        hint: What to do next, or an empty string.

    """

    exit_code = ExitCode.REFUSED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(SpinetrackError):
    """The words on the line are not a command, an option or a form we know."""

    exit_code = ExitCode.USAGE


class ValueRefusedError(SpinetrackError):
    """A value, a date or a name that cannot be right. The whole line is refused."""


class DiaryFileError(SpinetrackError):
    """The diary file is damaged, locked away, or newer than this program."""

    exit_code = ExitCode.FILE


class BusyError(SpinetrackError):
    """Another program has held the diary file for too long."""

    exit_code = ExitCode.BUSY
