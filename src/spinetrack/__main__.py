"""The door: `spinetrack` and `python -m spinetrack`.

The daily lines, `spinetrack` alone and `spinetrack log …` without an option, go straight to the
function behind the command. Everything else passes through Typer, under the same error boundary.
"""

from __future__ import annotations

import gc
import os
import sys

from spinetrack.app import App
from spinetrack.cli.boundary import guard
from spinetrack.errors import UsageError
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

DAILY = frozenset({"log", "l"})
ABOUT: Mapping[tuple[str, ...], str] = {
    ("--version",): "version",
    ("--help",): "help",
    ("-h",): "help",
    ("help",): "help",
}


def start() -> None:
    """Run spinetrack as a process of its own, and end it without tidying what ends anyway.

    Looking for garbage and taking the interpreter down cost a tenth of a daily line.
    """
    gc.disable()
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue  # whoever read it has left
    os._exit(code)


def main() -> None:
    """Run spinetrack on the words of the command line and end with its exit code."""
    sys.excepthook = _say_fault
    sys.exit(run(sys.argv[1:]))


def run(argv: Sequence[str]) -> int:
    """Run spinetrack on `argv`, the words after its name; return the exit code."""
    daily = _daily([_readable(word) for word in argv])
    if daily is not None:
        app = App()
        return guard(app, lambda: daily(app))
    try:
        kept, home, plain = split(argv)
    except UsageError as error:
        problem = error
        return guard(App(), lambda: _raise(problem))
    words = [_readable(word) for word in kept]
    app = App(home, plain=plain)
    if tuple(words) in ABOUT:
        return guard(app, lambda: app.say(_about(ABOUT[tuple(words)])))
    from spinetrack.cli.root import run as run_typer

    return guard(app, lambda: run_typer(app, words))


def _daily(words: Sequence[str]) -> Callable[[App], int] | None:
    """Return what a daily line without an option runs, None for every other line."""
    if any(word.startswith("-") for word in words):
        return None
    if not words:
        from spinetrack.cli.today import show_today

        return show_today
    if words[0] in DAILY and len(words) > 1:
        from spinetrack.cli.daily import log

        return lambda app: log(app, words[1:])
    return None


def split(words: Sequence[str]) -> tuple[list[str], str | None, bool]:
    """Return the words without `--home DIR` and `--plain`, the folder, and whether plain was asked.

    Both may stand anywhere before a bare `--`.

    Raises:
        UsageError: `--home` names no folder.

    """
    kept: list[str] = []
    home, plain = None, False
    rest = iter(words)
    for word in rest:
        if word == "--":
            kept += [word, *rest]
        elif word == "--plain":
            plain = True
        elif word == "--home" or word.startswith("--home="):
            folder = word[7:] if "=" in word else next(rest, "")
            if not folder:
                raise UsageError("--home needs the folder of your diary.")
            home = os.path.expanduser(folder)
        else:
            kept.append(word)
    return kept, home, plain


def _about(what: str) -> str:
    if what == "help":
        from spinetrack.cli.commands import help_text

        return help_text()
    from spinetrack import __version__

    return f"spinetrack {__version__}"


def _readable(word: str) -> str:
    """Return `word` without what a terminal takes as an order or UTF-8 cannot hold."""
    if word.isprintable():
        return word
    text = word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign for sign in text if sign in "\n\t" or not _is_control(sign))


def _is_control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign <= "\x9f"


def _say_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Say a fault of the program in one sentence: a traceback could show what is in the diary."""
    last = trace
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last else "the start"
    sys.stderr.write(f"spinetrack has a fault of its own and stopped ({kind.__name__} in {where}).\n")
    sys.stderr.write("Please report this line. What was saved before is in the diary file.\n")
    if os.environ.get("SPINETRACK_TRACE"):
        sys.__excepthook__(kind, fault, trace)


def _raise(error: UsageError) -> int:
    raise error


if __name__ == "__main__":
    start()
