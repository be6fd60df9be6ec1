"""The one place where an error becomes a sentence and an exit code. Both doors pass through it."""

from __future__ import annotations

from spinetrack.errors import ExitCode, SpinetrackError
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.app import App


def guard(app: App, work: Callable[[], object]) -> int:
    """Run `work`, say what went wrong in one sentence, and return the exit code.

    What the run left for afterwards is done when the answer is out.

    Args:
        app: Where to say it.
        work: What to run; a whole number it returns is the exit code.

    """
    try:
        code = work()
        app.out.flush()
        app.finish()
    except SpinetrackError as error:
        refuse(app, str(error), error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        app.complain("Stopped.")
        return ExitCode.INTERRUPTED
    except EOFError:
        app.complain("The answers ended early. Nothing more was saved.")
        return ExitCode.REFUSED
    except BrokenPipeError:
        app.leave_pipe()
        return ExitCode.OK
    except OSError as error:
        return _no_room(app, error)
    return code if isinstance(code, int) else ExitCode.OK


def refuse(app: App, sentence: str, hint: str = "") -> None:
    """Write why a request was refused, and what to do next, to standard error."""
    app.complain(sentence)
    if hint:
        app.complain(hint)


def _no_room(app: App, error: OSError) -> int:
    app.leave_pipe()
    where = f"{error.filename}: " if error.filename else ""
    app.complain(f"The computer refused to read or write: {where}{error.strerror or error}.")
    return ExitCode.FILE
