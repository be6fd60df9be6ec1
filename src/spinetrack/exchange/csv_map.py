"""What the columns of a foreign table mean: said once by the patient, kept in the diary under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.csv_dates import DAY_FIRST, MONTH_FIRST
from spinetrack.exchange.csv_numbers import UNITS
from spinetrack.recovery.metrics import UNITS as OWN_UNITS
from spinetrack.recovery.values import quoted
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.store.json_cells import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.recovery.diary import Setting
    from spinetrack.store.json_cells import Json

PREFIX: Final = "csv-map:"
"""What the key of the setting begins with that holds the answers."""
NAME_MOST: Final = 40
_FIELDS: Final = {"day", "clock", "order", "values", "notes"}


class ColumnUse(NamedTuple):
    """A column that holds a measure."""

    column: str
    metric: str
    """The key of the measure."""
    unit: str = ""
    """The unit of a number without one; "" is the measure's own."""
    own: str = ""
    """The unit of a new measure of the patient's own; "" for one that is there."""


class ColumnMap(NamedTuple):
    """What the columns of a table mean, each by its name in the header."""

    day: str
    clock: str | None
    """The column with the time of the day."""
    order: str | None
    """`dmy` or `mdy`, where the table cannot tell."""
    values: tuple[ColumnUse, ...]
    notes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is used."""
        clock = () if self.clock is None else (self.clock,)
        return (self.day, *clock, *(use.column for use in self.values), *self.notes)


def written(mapping: ColumnMap) -> str:
    """Write a map as the value of a setting."""
    from json import dumps

    found = mapping._asdict() | {
        "values": [list(use) for use in mapping.values],
        "notes": list(mapping.notes),
    }
    return dumps(found, sort_keys=True)


def kept_map(settings: Iterable[Setting], name: str) -> ColumnMap:
    """Return the answers that were kept under a name.

    Raises:
        ValueRefusedError: there are none, or they cannot be read.

    """
    kept = {s.key.removeprefix(PREFIX): s.value for s in settings if s.key.startswith(PREFIX)}
    names = sorted(key for key, value in kept.items() if value)
    if name not in names:
        raise ValueRefusedError(
            f'No answers are kept under the name "{quoted(name)}". {NOTHING_SAVED}',
            hint=f"Names that are kept: {', '.join(map(quoted, names))}." if names else "",
        )
    try:
        return _read(kept[name])
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueRefusedError(
            f'The answers kept under "{quoted(name)}" cannot be read. {NOTHING_SAVED}'
        ) from error


def check_name(name: str) -> str:
    """Let a name pass that answers can be kept under.

    Raises:
        ValueRefusedError: it is empty, too long, or holds signs that cannot be typed again.

    """
    plain = name.strip()
    if not plain.isprintable() or not 0 < len(plain) <= NAME_MOST:
        raise ValueRefusedError(f"A name has 1 to {NAME_MOST} letters.")
    return plain


def _read(text: str) -> ColumnMap:
    from json import loads

    found: Json = loads(text)
    if type(found) is not dict or found.keys() != _FIELDS:
        raise ValueError("a part of it is missing or unknown")
    order = found["order"]
    if order not in {None, DAY_FIRST, MONTH_FIRST} or type(found["notes"]) is not list:
        raise ValueError("order or notes")
    clock = None if found["clock"] is None else read_text(found["clock"])
    uses = tuple(ColumnUse(*map(read_text, use)) for use in found["values"])
    units = {"", *(unit for row in UNITS.values() for unit in row)}
    if any(use.unit not in units or use.own not in {"", *OWN_UNITS} for use in uses):
        raise ValueError("unit")
    return ColumnMap(read_text(found["day"]), clock, order, uses, tuple(map(read_text, found["notes"])))
