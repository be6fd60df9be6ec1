"""Taking in a table: of Bearable, Migraine Buddy, Track & Graph or this program, or any other by a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange import csv_bearable, csv_mapped, csv_migraine_buddy, csv_own, csv_track_graph
from spinetrack.exchange.csv_lines import any_table, encoding_of, lines_of, read_lines
from spinetrack.exchange.files import name_of
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spinetrack.exchange.csv_lines import Line, Table
    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk, Incoming

    _Shape = tuple[Callable[[Sequence[Line]], Table | None], Callable[[Table, Desk], Incoming]]

SHAPES: Final[tuple[_Shape, ...]] = (
    (csv_own.long_in, csv_own.read_long),
    (csv_own.daily_in, csv_own.read_daily),
    (csv_bearable.table_in, csv_bearable.read),
    (csv_migraine_buddy.table_in, csv_migraine_buddy.read),
    (csv_track_graph.table_in, csv_track_graph.read),
)
"""How a table that is known is found in a file, and read."""
NAMES: Final = (".csv", ".tsv")


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file looks like a table: by its header, else by its name."""
    encoding = encoding_of(head)  # UTF-8 whose last letter is cut passes for another one
    if encoding is None or not name:
        return encoding is not None
    try:
        lines = lines_of(head, encoding)
    except SpinetrackError:
        return name.lower().endswith(NAMES)
    return any(table_in(lines) for table_in, _ in SHAPES) or name.lower().endswith(NAMES)


def read(source: Source, desk: Desk) -> Incoming:
    """Read a table.

    Raises:
        ValueRefusedError: it is no table, or nobody can say what its columns mean.

    """
    lines = read_lines(source)
    if desk.columns is None:
        for table_in, read_table in SHAPES:
            known = table_in(lines)
            if known is not None:
                return read_table(known, desk)
    table = any_table(lines)
    if table is None:
        raise ValueRefusedError(
            f"This table has no line that names its columns: {name_of(source)}. {NOTHING_SAVED}"
        )
    if desk.columns is not None:
        return csv_mapped.read(table, desk.columns, desk)
    if desk.ask_columns is None:
        raise ValueRefusedError(
            f"Nobody knows what the columns of this table mean: {name_of(source)}. {NOTHING_SAVED}",
            hint="Type this in a terminal: it asks, and can keep your answers. Then: --map NAME",
        )
    return csv_mapped.read(table, desk.ask_columns(table), desk)
