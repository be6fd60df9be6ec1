"""What forgetting takes, and where it cannot reach."""

from __future__ import annotations

from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.backup_page import NAMES
from spinetrack.views.doses import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spinetrack.store.forgetting import Left, Reach
    from spinetrack.store.forgetting_rows import Wish

SIGNS = {"screen": "checks for warning signs", "rescreen": "reasons for such a check"}
MOST = 12
"""Reports and exports that are each named."""


def reach_lines(reach: Reach, wish: Wish) -> Iterator[str]:
    """Yield what would go for good, and what stays."""
    yield "This would go for good:"
    names = {**NAMES, **SIGNS}
    found = [f"  {names[kind]}: {count}" for kind, count in reach.gone.records.items() if kind in names]
    yield from found
    if reach.gone.changed:
        yield f"  the words in {counted(reach.gone.changed, 'record', 'records')}"
    if not found and not reach.gone.changed:
        yield "  nothing that is in the diary now"
    yield "  what undo could bring back, and every copy beside the diary"
    if wish.words:
        yield "Numbers, days, names of medicines and of your own measures stay."
    elif not wish.everything:
        yield "Your plan, goals, medicines, treatments and answers about you stay."
    if reach.gone.flags:
        signs = counted(reach.gone.flags, "open warning sign", "open warning signs")
        yield f"Of {signs} the number, tier and day stay. It may not fall silent."
    yield "There is no undo and no copy of it."


def left_lines(reach: Reach, left: Left, today: date) -> Iterator[str]:
    """Yield the copies that forgetting cannot reach."""
    if left.copy is not None:
        yield f"The copies beside the diary are gone. A new one: {left.copy}"
    yield "What nobody here can reach:"
    for row in reach.handovers[-MOST:]:
        what = "an export" if row.kind == "export" else "a report"
        yield f"  {what} ({row.format}) of {short_day(row.day, today)}"
    if len(reach.handovers) > MOST:
        yield f"  and {counted(len(reach.handovers) - MOST, 'older one', 'older ones')}"
    for run in reach.imports[-MOST:]:
        yield f"  a file that you took in on {short_day(run.day, today)}"
    for place in left.others:
        yield f"  {place}"
    yield "  copies that you made in other folders, on sticks or in a cloud"
    yield "  diaries on other computers: take in an export of this one there, then forget there too"
