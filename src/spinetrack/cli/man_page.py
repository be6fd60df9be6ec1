"""The manual page in roff, written from the command tree: what `spinetrack man` prints.

The same text lies in `completions/spinetrack.1`, written by `completions/generate.py`. It has no day in
it, so that the same program makes the same page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spinetrack import __version__
from spinetrack.cli.commands import COMMANDS, HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ABOUT: Final = (
    (
        "A diary for recovering from back or neck pain. One line or a few key presses a day; it"
        " shows how you are doing, and does the sums for a plan you made with a clinician. It is"
        " a record and arithmetic: it names no illness and decides about no cure. Nobody is"
        " watching it. Everything stays on this computer."
    ),
    "Alone it shows today, and never writes. A beginning that only one command has is enough.",
)
ANYWHERE: Final = (
    ("--home DIR", "The folder of your diary."),
    ("--plain", "Plain lines, for a screen reader."),
    ("--help", "More about a command."),
    ("--version", "Which version this is."),
)
PHYSIO: Final[tuple[tuple[str, ...], ...]] = (
    (
        (
            "You set doses and limits; the arithmetic keeps inside them. Nothing rises past a"
            " limit, in a flare, under an open warning sign, or without enough days in the"
            " diary."
        ),
        'spinetrack plan set sit 25 --by "physio" --up-to 40 --per-week 5',
    ),
    (
        (
            "The patient hands over a report to read, or an export for a program. Page one says"
            " better or worse: first what they can do, then pain, each with its number. Below are"
            " warning signs and what came of them, and what the patient wants to ask."
        ),
        "spinetrack report --since visit",
        "spinetrack export --format fhir",
    ),
    (
        (
            "An export is read without a diary of your own, and nothing of it is kept. One file is"
            " shown in depth; several, or a folder, as a table. An open warning sign comes first,"
            " then a long flare, then a clear change for the worse. A goal off track follows, then"
            " 10 days without an entry. It is an order for reading, not for urgency. Encrypted"
            " files are opened in memory."
        ),
        "spinetrack review anna.ndjson | less",
        "spinetrack review inbox/ --html today.html",
        "spinetrack review anna.ndjson.age --key key.txt",
    ),
    (
        "What each suggestion stands on, its sum and its source, and what was held back by which rule:",
        "spinetrack suggest --why",
        "spinetrack suggest --all",
    ),
)
"""A paragraph, and lines to type below it."""
EXITS: Final = (
    ("0", "Done."),
    ("1", "Refused, for a reason said in one sentence."),
    ("2", "The words on the line could not be understood."),
    ("3", "A warning sign for today or at once is open."),
    ("4", "The diary file cannot be used."),
    ("75", "Another program holds the diary file."),
    ("130", "Stopped with Ctrl-C. Nothing is half-written."),
)
VARIABLES: Final = (
    ("SPINETRACK_HOME", "The folder of the diary."),
    ("SPINETRACK_PASSPHRASE", "Opens and encrypts files, so that nobody is asked."),
    ("SPINETRACK_DIARY_PASSPHRASE", "Opens an encrypted diary, or encrypts one."),
    ("SPINETRACK_NEW_PASSPHRASE", "What rekey gives an encrypted diary."),
    ("SPINETRACK_KEY_FILE", "The key file of an encrypted diary, when it lies elsewhere."),
    ("SPINETRACK_NOW", "A moment that stands for now: for tests."),
    ("NO_COLOR", "No colours."),
    ("ACCESSIBLE", "Plain lines, as with --plain."),
    ("COLUMNS", "How wide to write, from 40."),
)


def page() -> str:
    """Return the manual page."""
    lines = [f'.TH SPINETRACK 1 "" "spinetrack {__version__}" "spinetrack"', ".ad l", ".nh"]
    lines += [".SH NAME", r"spinetrack \- your own record of recovery from back or neck pain"]
    lines += [".SH SYNOPSIS", r".B spinetrack", r"[\fICOMMAND\fR] [\fIWORDS\fR] [\fIOPTIONS\fR]"]
    lines += [".SH DESCRIPTION", *_paragraphs(ABOUT)]
    lines += [".SH OPTIONS", *_terms(ANYWHERE)]
    lines += _commands()
    lines += [".SH FOR THE PHYSIOTHERAPIST"]
    for text, *typed in PHYSIO:
        lines += [".PP", _text(text), *_typed(typed)]
    lines += [".SH EXIT STATUS", *_terms(EXITS), ".SH ENVIRONMENT", *_terms(VARIABLES)]
    return "\n".join(lines) + "\n"


# -- the command tree ------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    from spinetrack.cli.root import RootGroup

    root: Any = RootGroup(name="spinetrack")
    for heading in HEADINGS:
        yield f'.SH "{_text(heading).upper()}"'
        for name, row in COMMANDS.items():
            if row.heading == heading:
                yield from _command(root.get_command(None, name), (name,))


def _command(command: Any, path: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401 - Typer's Click is private
    words = [p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument"]
    yield f'.SS "{_text(" ".join(("spinetrack", *path, *words)))}"'
    yield from _help(command.help or "")
    options = [p for p in command.params if p.param_type_name == "option" and not getattr(p, "hidden", False)]
    yield from _terms((_option(p), " ".join((p.help or "").split())) for p in options)
    children: dict[str, Any] = getattr(command, "commands", {})
    for name, child in children.items():
        if not child.hidden:
            yield from _command(child, (*path, name))


def _option(param: Any) -> str:  # noqa: ANN401
    names = ", ".join((*param.opts, *param.secondary_opts))
    if param.is_flag or getattr(param, "count", False):
        return names
    return f"{names} {param.metavar or param.name.upper()}"


def _help(text: str) -> Iterator[str]:
    r"""Yield the help of a command: paragraphs, and after a `\b` lines as they are."""
    for block in text.split("\n\n"):
        if block.startswith("\b"):
            yield from _typed(block.lstrip("\b").strip("\n").split("\n"))
        else:
            yield from (".PP", _text(" ".join(block.split())))


# -- roff ------------------------------------------------------------------------------------------


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (".PP", _text(text))


def _terms(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in pairs:
        yield from (".TP", f".B {_text(name)}", _text(text))


def _typed(lines: Iterable[str]) -> Iterator[str]:
    shown = [_text(line) for line in lines]
    if shown:
        yield from (".PP", ".RS 4", ".nf", *shown, ".fi", ".RE")


def _text(text: str) -> str:
    """Return a text that roff takes as it is: no line of it is a request, no sign of it an escape."""
    found = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    found = "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in found)
    return rf"\&{found}" if found.startswith((".", "'")) else found
