"""The root of the command line: loads a command when it is asked for, and holds the error boundary."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from spinetrack.cli.boundary import guard, refuse
from spinetrack.cli.commands import COMMANDS, candidates, help_text, resolve
from spinetrack.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Command, Context, HelpFormatter

    from spinetrack.app import App

WIDEST = 100
"""Columns of a help page at most."""
VALUE_NAMES = {"str": "TEXT", "int": "N", "int range": "N", "float": "N", "float range": "N", "path": "FILE"}
"""What a help page calls a value, instead of the name of its type."""


class RootGroup(TyperGroup):
    """Imports a command when it is needed and shows our errors as one sentence."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """Return every command of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return the command that `cmd_name` names, loading its module."""
        name = resolve(cmd_name)
        if name is None:
            return None
        if name not in self.commands:
            self.add_command(_load(name), name)
        return super().get_command(ctx, name)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that the first word names and the words left.

        Raises:
            UsageError: no command begins so, or more than one.

        """
        word = args[0]
        command = self.get_command(ctx, word)
        if command is None:
            raise UsageError(unknown_command(word), hint="All commands: spinetrack --help")
        return command.name, command, args[1:]

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401
        """Run the command behind the error boundary; return the exit code."""
        return guard(ctx.obj, lambda: super(RootGroup, self).invoke(ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """Write the table of commands, without loading one."""
        formatter.write(help_text() + "\n")


def _load(name: str) -> Command:
    module = COMMANDS[name].module
    command = get_command(import_module(module).app)
    if sum(row.module == module for row in COMMANDS.values()) > 1:
        command = cast("TyperGroup", command).commands[name]
    command.name = name
    _readable(command)
    return command


def unknown_command(word: str) -> str:
    """Return the sentence for a word that names no command."""
    found = candidates(word)
    if found:
        return f'"{word}" could be {" or ".join(found)}. Please type more of it.'
    from difflib import get_close_matches

    close = get_close_matches(word, COMMANDS, n=2)
    if close:
        return f'There is no command called "{word}". Did you mean {" or ".join(close)}?'
    return f'There is no command called "{word}".'


def _readable(command: Command) -> None:
    """Keep Rich and the names of Python's types out of the help of `command` and all below it."""
    command.rich_markup_mode = None  # type: ignore[attr-defined] # Typer's commands have it, Click's do not
    for option in command.params:
        if option.metavar is None and option.type.name in VALUE_NAMES:
            option.metavar = VALUE_NAMES[option.type.name]
    for child in getattr(command, "commands", {}).values():
        _readable(child)


root = typer.Typer(
    cls=RootGroup,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@root.callback()
def bare(
    ctx: typer.Context,
    *,
    home: Annotated[
        Path | None, typer.Option("--home", metavar="DIR", help="The folder of your diary.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, for a screen reader.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Which version this is.")] = False,
) -> None:
    """Show today when no command was named.

    The door takes `--home` and `--plain` off the line wherever they stand; here they are declared.
    """
    del home, plain
    if version:
        from spinetrack import __version__

        ctx.obj.say(f"spinetrack {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from spinetrack.cli.today import show_today

        raise typer.Exit(show_today(ctx.obj))


def run(app: App, words: Sequence[str]) -> int:
    """Run the command line `words` through Typer; return the exit code."""
    command = get_command(root)
    try:
        found = command.main(
            list(words),
            prog_name="spinetrack",
            standalone_mode=False,
            obj=app,
            terminal_width=min(app.width, WIDEST),
        )
    except typer.TyperException as error:
        refuse(app, _sentence(error), _hint(error))
        return error.exit_code
    except typer.Abort:
        return ExitCode.REFUSED
    return found if isinstance(found, int) else ExitCode.OK


def _sentence(error: typer.TyperException) -> str:
    text = error.format_message().strip()
    return text if text.endswith((".", "?")) else f"{text}."


def _hint(error: typer.TyperException) -> str:
    ctx = getattr(error, "ctx", None)
    return f"See: {ctx.command_path} --help" if ctx is not None else ""
