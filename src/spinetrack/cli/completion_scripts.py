"""Completion scripts for bash, zsh and fish, written from the command tree.

A script holds every word itself, so that one TAB starts no Python process. The same text is printed
by `spinetrack completion` and written to `completions/` by `completions/generate.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from spinetrack.cli.commands import COMMANDS
from spinetrack.cli.completion_shells import SHELLS
from spinetrack.cli.completion_words import ARGUMENT_WORDS, ROOT, option_values

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str, ...]


class Option(NamedTuple):
    """One option of a command."""

    names: tuple[str, ...]
    help: str
    values: tuple[str, ...] | None
    """Words its value may be; empty when it takes any; None when it takes none."""
    separated: bool = False
    """Several values may be given, separated by commas."""
    is_file: bool = False


class Node(NamedTuple):
    """One command or group of commands, as the shells need it."""

    path: Path
    commands: tuple[tuple[str, str], ...]
    """Names and short help of what may follow."""
    words: tuple[str, ...]
    """Words that may follow as values."""
    options: tuple[Option, ...]
    is_file: bool = False
    """An argument is the name of a file."""


def nodes() -> tuple[Node, ...]:
    """Return every command with its options and words, the root first."""
    from spinetrack.cli.root import RootGroup

    return tuple(_walk(RootGroup(name="spinetrack"), ROOT))


def _walk(command: Any, path: Path) -> Iterator[Node]:  # noqa: ANN401 - Typer's Click is private
    children = dict(_children(command))
    yield Node(
        path,
        tuple((name, _help_of((*path, name), child)) for name, child in children.items()),
        ARGUMENT_WORDS.get(path, ()),
        tuple(_options(command, path)),
        any(_takes_file(p) for p in command.params if p.param_type_name == "argument"),
    )
    for name, child in children.items():
        yield from _walk(child, (*path, name))


def _children(command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if not hasattr(command, "list_commands"):
        return
    # The context is only read by groups that ask for it; ours do not.
    for name in command.list_commands(None):
        child = command.get_command(None, name)
        if child is not None and not child.hidden:
            yield name, child


def _options(command: Any, path: Path) -> Iterator[Option]:  # noqa: ANN401
    for param in command.params:
        if param.param_type_name != "option" or getattr(param, "hidden", False):
            continue
        names = (*param.opts, *param.secondary_opts)
        takes = not (param.is_flag or getattr(param, "count", False))
        values, separated = option_values(path, names) if takes else (None, False)
        choices = tuple(str(c) for c in getattr(param.type, "choices", ()))
        if takes and choices:
            values = choices
        yield Option(names, _one_line(param.help or ""), values, separated, _takes_file(param))
    if path == ROOT:
        yield Option(("--version",), "Which version this is", None)
    yield Option(("--plain",), "Plain lines, for a screen reader", None)
    yield Option(("--help",), "Show help and stop", None)


def _takes_file(param: Any) -> bool:  # noqa: ANN401
    return type(param.type).__name__ in {"Path", "TyperPath", "File"}


def _help_of(path: Path, command: Any) -> str:  # noqa: ANN401
    if len(path) == 1:
        return _one_line(COMMANDS[path[0]].summary)
    return _one_line((command.help or "").split("\n\n")[0])


def _one_line(text: str) -> str:
    sentence = " ".join(text.split())
    return sentence.split(". ")[0].rstrip(".")


def script(shell: str) -> str:
    """Return the completion script of `shell`: `bash`, `zsh` or `fish`."""
    return SHELLS[shell](nodes())
