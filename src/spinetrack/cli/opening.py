"""How a command opens a sealed file: its two options, and asking for the passphrase once."""

# Typer reads these annotations when it builds a command, so they stay live objects.
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App

if TYPE_CHECKING:
    from spinetrack.exchange.sealed import Ways

Passphrase = Annotated[bool, typer.Option("--passphrase", help="Ask for the passphrase of a sealed file.")]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The key file that opens a sealed file.", show_default=False),
]


def ways_of(app: App, *, passphrase: bool, key: Path | None) -> "Ways":
    """Return how sealed files are opened in this run.

    A passphrase comes from SPINETRACK_PASSPHRASE, else from whoever sits at the terminal, who is asked
    once for all files.

    Args:
        app: The run.
        passphrase: `--passphrase`: ask whoever is there, whatever the environment says.
        key: `--key`: the key file.

    """
    from spinetrack.exchange.sealed import Ways
    from spinetrack.views.page import clean

    asks = passphrase and app.stdin_is_terminal
    known = None if asks else app.given_passphrase

    def ask(name: str) -> str | None:
        nonlocal known
        if known is None and app.stdin_is_terminal:
            known = app.ask_hidden(f"Passphrase of {clean(name)}: ")
        return known

    return Ways(ask, key.expanduser() if key else None)
