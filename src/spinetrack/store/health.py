"""What `doctor` finds: values, for the screen and for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from spinetrack.store.backups import Copy
    from spinetrack.store.comparing import Inside

Level = Literal["note", "fix", "damage"]
"""`note` is worth knowing, `fix` wants to be put right, `damage` needs a copy of the diary."""
State = Literal["none", "whole", "index", "damaged", "newer", "closed"]
"""`index`: every record is there, but an index does not list them all; a repair loses nothing."""


class Case(NamedTuple):
    """What is looked at, and whether it may be repaired."""

    home: Path
    now: datetime
    repair: bool


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    check: str
    """integrity, file, schema, references, permissions, place, leftovers, copies, clock, doubles, values."""
    level: Level
    text: str
    """One sentence."""
    remedy: str
    """What to do, a sentence or a command; "" where the page says it for all."""
    repaired: bool = False


class Health(NamedTuple):
    """The state of a diary."""

    path: Path
    state: State
    inside: Inside | None = None
    """What it holds; None unless it is whole."""
    records: int = 0
    """Records of every kind."""
    findings: tuple[Finding, ...] = ()
    copies: tuple[Copy, ...] = ()
    """The newest first."""
    newest: Copy | None = None
    """The newest copy that is whole and as it was made."""
