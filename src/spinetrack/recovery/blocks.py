"""A dose cut into blocks of work with breaks between them: the arithmetic of pacing within a session.

Source: clinical.md 3.3, break pattern (25 minutes, then 2 minutes of movement; blocks of up to 45 in
the garden; bent and upright tasks in turn).
"""

from __future__ import annotations

import math

from spinetrack.typed import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCK = 25
"""Minutes of work at most, unless said."""
LONGEST_BLOCK = 45
BREAK = 2
"""Minutes of movement between two blocks, unless said."""
SET_REST = 60
"""Seconds between two sets where the plan does not say: a rule of this tool."""
REPETITION = 4
"""Seconds of one repetition where the plan has no tempo: a rule of this tool."""

CHANGES: Mapping[str, tuple[str, ...]] = {
    "sit": ("stand up and walk about", "stand and move your shoulders and arms"),
    "stand": ("sit down", "lean on something, or lie down"),
    "walk": ("sit down", "stand and lean on something"),
}
"""Activity to what its breaks are for: the bent after the upright, the upright after the bent."""
ANY_CHANGE = ("change your position",)


class Block(NamedTuple):
    """One stretch of a session."""

    kind: Literal["work", "break"]
    minutes: float
    hint: str = ""
    """What to do in a break."""


def blocks(minutes: float, block: int = BLOCK, rest: float = BREAK, activity: str = "") -> tuple[Block, ...]:
    """Return `minutes` of work in even blocks of whole minutes, with breaks between them.

    Args:
        minutes: The dose; a part of a minute goes to the last block.
        block: Minutes of a block at most, 1 or more.
        rest: Minutes of a break; 0 leaves the breaks out.
        activity: `sit`, `stand` or `walk`, for what to do in the breaks.

    >>> [(b.kind, b.minutes) for b in blocks(40)]
    [('work', 20.0), ('break', 2.0), ('work', 20.0)]

    """
    count = max(1, math.ceil(minutes / block))
    whole, longer = divmod(int(minutes), count)
    sizes = [float(whole + (place < longer)) for place in range(count)]
    sizes[-1] += minutes - int(minutes)
    hints = CHANGES.get(activity, ANY_CHANGE)
    found: list[Block] = []
    for place, size in enumerate(sizes):
        if place and rest > 0:
            found.append(Block("break", float(rest), hints[(place - 1) % len(hints)]))
        found.append(Block("work", size))
    return tuple(found)


def set_blocks(sets: int, seconds: float, rest: float = SET_REST) -> tuple[Block, ...]:
    """Return the sets of an exercise with a rest between two of them.

    Args:
        sets: How many, 1 or more.
        seconds: How long a set takes.
        rest: Seconds between two sets.

    """
    work, pause = Block("work", seconds / 60), Block("break", rest / 60)
    return (work, *(part for _ in range(sets - 1) for part in ((pause, work) if rest > 0 else (work,))))


def set_seconds(reps: int | None, hold: int | None, tempo: str | None = None) -> float:
    """Return how long a set takes: each repetition held, or done at the tempo (`3-1-3` is 7 seconds)."""
    if hold is not None:
        return float(hold * (reps or 1))
    parts = [int(part) for part in (tempo or "").split("-") if part.isdecimal()]
    return float((reps or 1) * (sum(parts) or REPETITION))
