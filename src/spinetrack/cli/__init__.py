"""What a person types. Parse, call, show: no arithmetic and no SQL.

The table of commands is loaded when it is asked for: the daily lines pass through here without it.
"""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spinetrack.cli.commands import COMMANDS as COMMANDS
    from spinetrack.cli.commands import SHORT as SHORT
    from spinetrack.cli.commands import help_text as help_text


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what the block above declares
    if name not in {"COMMANDS", "SHORT", "help_text"}:
        raise AttributeError(name)
    from spinetrack.cli import commands

    return getattr(commands, name)
