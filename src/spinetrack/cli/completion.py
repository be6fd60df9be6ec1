"""Print the completion script of a shell."""

from enum import StrEnum
from typing import Annotated

import typer

from spinetrack.app import App

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Shell(StrEnum):
    """Shells that can complete our words."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


@app.command()
def completion(
    ctx: typer.Context,
    shell: Annotated[Shell, typer.Argument(help="The shell you type in.")],
) -> None:
    """Print a script that completes commands with the TAB key.

    For bash: spinetrack completion bash > ~/.local/share/bash-completion/completions/spinetrack
    """
    from spinetrack.cli.completion_scripts import script

    run: App = ctx.obj
    run.say(script(shell.value).rstrip("\n"))
