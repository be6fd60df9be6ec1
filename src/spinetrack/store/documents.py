"""Records as JSON: how a bundle and the shelf of waiting records write them down.

A document holds the fields of a record by name: a moment as ISO text in the patient's own offset, a
day as ISO text, a value in the base unit of its metric, yes and no as true and false. A field at its
default is left out. A field that ends in `_id` holds the uuid of the record it names.

Reading is strict and cheap: every type, every closed list and every bound is checked here, without
SQLModel; `store.tables.check` guards what is written into a diary once more.
"""

from __future__ import annotations

import json
from math import inf
from types import UnionType
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from spinetrack.recovery import diary as d
from spinetrack.store import rows
from spinetrack.store.json_cells import PLAIN, Json, among, read_list, read_uuid, within, write_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.store.rows import Table

Document = dict[str, Json]

LOCAL: Final = frozenset({"import_run", "timer", "draft"})
"""Tables whose records never leave this computer."""
UNSET: Final = object()
"""Stands for a field that has no default."""

WORDS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "entry": {"source": frozenset({"log", "check-in", "timer", "demo", "import", "device"})},
    "observation": {"stop": d.LIMIT_STOPS | d.OTHER_STOPS},
    "activity": {
        "kind": frozenset({"tolerance", "strength", "mobility", "core", "aerobic", "balance", "relaxation"})
    },
    "session": {"stop": d.LIMIT_STOPS | d.OTHER_STOPS},
    "skip": {"why": frozenset({"pain", "afraid", "ill", "away", "time"})},
    "flare_mark": {"kind": frozenset({"start", "end"})},
    "screen_answer": {"answer": frozenset({"yes", "no", "unsure"}), "sign": frozenset({"", "+", "-"})},
    "outcome": {"kind": frozenset({"seen", "mistake", "gone", "booked", "old", "note"})},
    "decision": {"choice": frozenset({"follow", "adjust", "ignore", "ask"})},
    "metric_def": {
        "unit": frozenset({"min", "m", "0-10", "yes/no", "count", "kg"}),
        "better": frozenset({"up", "down"}),
    },
    "goal": {"status": frozenset({"active", "reached", "closed"})},
    "intake": {"on_purpose": frozenset({"yes", "no", "unsure"})},
    "handover": {"kind": frozenset({"report", "export"})},
}
"""Fields that hold one of a few words. A test holds them equal to `store.forms`."""
_TEN: Final = (0, 10)
_ANY: Final = (0, inf)
BOUNDS: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "activity": {"per_week": (0, 100), "rest": _ANY},
    "quota": {"amount": _ANY, "up_to": _ANY, "per_week": (0, 100), "sets": _ANY, "reps": _ANY, "hold": _ANY,
              "load": _ANY},
    "session": {"dose": _ANY, "effort": _TEN, "pain": _TEN, "sets": _ANY, "reps": _ANY, "hold": _ANY,
                "load": _ANY},
    "screen": {"tier": (1, 4)},
    "goal": {"importance": (1, 3), "difficulty": (1, 3), "confidence": _TEN, "review_days": (1, 366)},
    "goal_rating": {"level": (-2, 2)},
    "treatment": {"planned": _ANY},
    "medicine": {"milligrams": _ANY},
    "intake": {"times": (5e-324, inf)},
    "block": {"base": _TEN},
    "block_reading": {"pain": _TEN, "stated": (0, 100)},
}  # fmt: skip
"""Fields that hold a number of a range. A test holds them equal to `store.forms`."""


class _Field(NamedTuple):
    name: str
    at: int
    """Its place in the named tuple."""
    write: Callable[[Json], Json]
    default: object


class Slot(NamedTuple):
    """How one field is read."""

    at: int
    """Its place in the named tuple."""
    read: Callable[[Json], Json]
    """Reads what is not null."""
    maybe: bool
    """Null may stand there."""


class Shape(NamedTuple):
    """How one kind of record lies in a document."""

    kind: str
    """The table's name, the word of a bundle for it."""
    table: Table[Json] | None
    """None for what has no life of its own."""
    make: Json
    fields: tuple[_Field, ...]
    slots: dict[str, Slot]
    """Field to how it is read."""
    blank: tuple[Json, ...]
    """The defaults, in the order of the named tuple."""
    needed: tuple[int, ...]
    """Places without a default."""
    names: tuple[tuple[str, str, int, bool], ...]
    """Field that names another record, the kind of that record, its place, and whether it must."""

    def document(self, value: Json) -> Document:
        """Write the record's own fields, without those that name another record."""
        found: Document = {}
        for name, at, write, default in self.fields:
            cell = value[at]
            if cell != default:
                found[name] = None if cell is None else write(cell)
        return found

    def cells(self, found: object) -> list[Json]:
        """Read the fields in the order of the named tuple; a named record as its uuid.

        Raises:
            ValueError: a field is unknown, missing, or cannot be what it says.

        """
        if type(found) is not dict:
            raise ValueError(f"a {self.kind} is not an object")
        cells = list(self.blank)
        for name, raw in cast("Document", found).items():
            slot = self.slots.get(name)
            if slot is None:
                raise ValueError(f'a {self.kind} has no "{name}"')
            try:
                cells[slot.at] = None if raw is None and slot.maybe else slot.read(raw)
            except (ValueError, OverflowError):
                raise ValueError(f'"{name}" of a {self.kind} cannot be this') from None
        for at in self.needed:
            if cells[at] is UNSET:
                raise ValueError(f"a part of a {self.kind} is missing")
        return cells


def canonical(document: Document) -> str:
    """Write JSON that is the same whenever the content is: sorted keys, no spaces, ASCII.

    ASCII, because no program on a file's way can take it for another encoding, and no letter in it
    ends a line or turns one round.
    """
    return json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)


def parse(text: str | bytes) -> Json:
    """Read JSON.

    Raises:
        ValueError: it is none, nests too deeply, or holds a number that is none.

    """
    try:
        return _DECODER.decode(text if isinstance(text, str) else text.decode())
    except RecursionError:
        raise ValueError("it nests too deeply") from None


def _no_number(text: str) -> float:
    raise ValueError(text)


_DECODER: Final = json.JSONDecoder(parse_constant=_no_number)


def shapes() -> dict[str, Shape]:
    """Return kind to its shape, for every record that may leave this computer."""
    if not _SHAPES:
        for make in rows.every_kind():
            table = rows.table_of(make)
            if table.name not in LOCAL:
                _SHAPES[table.name] = _shape(make, table.name, table)
    return _SHAPES


_SHAPES: dict[str, Shape] = {}


def _shape(make: Json, kind: str, table: Table[Json] | None) -> Shape:
    fields: list[_Field] = []
    slots: dict[str, Slot] = {}
    names: list[tuple[str, str, int, bool]] = []
    defaults = make._field_defaults
    for at, (name, hint) in enumerate(make.__annotations__.items()):
        if name in {"id", "uuid", "seq"} or (name == "outcomes" and kind == "screen"):
            continue
        base, inner, maybe = _hint(hint)
        if table is not None and name in table.names_others:
            names.append((name, name.removesuffix("_id"), at, not maybe))
            slots[name] = Slot(at, read_uuid, maybe)
            continue
        write, read = _codec(kind, name, base, inner)
        slots[name] = Slot(at, read, maybe)
        fields.append(_Field(name, at, write, defaults.get(name, UNSET)))
    blank = tuple(defaults.get(name, UNSET) for name in make._fields)
    needed = tuple(at for at, cell in enumerate(blank) if cell is UNSET)
    return Shape(kind, table, make, tuple(fields), slots, blank, needed, tuple(names))


def _hint(hint: object) -> tuple[str, object, bool]:
    """Return the name of a field's type, what a tuple holds, and whether None may stand there."""
    inner = getattr(hint, "__args__", ())
    if isinstance(hint, UnionType) or type(None) in inner:
        some = next(part for part in inner if part is not type(None))
        return (*_hint(some)[:2], True)
    name = getattr(hint, "__name__", "str")
    return name, inner[0] if inner else None, False


def _codec(
    kind: str, name: str, base: str, inner: object
) -> tuple[Callable[[Json], Json], Callable[[Json], Json]]:
    if base == "tuple":
        if inner is d.Observation:
            return _write_children, read_observations
        if inner is d.Answer:
            return _write_children, _read_answers
        return write_list, read_list(inner)
    write, read = PLAIN.get(base, PLAIN["str"])
    words = WORDS.get(kind, {}).get(name)
    if words is not None:
        read = among(words)
    bounds = BOUNDS.get(kind, {}).get(name)
    return write, within(read, *bounds) if bounds else read


def _write_children(value: Json) -> list[Document]:
    return [(OBSERVATION if type(child) is d.Observation else ANSWER).document(child) for child in value]


def read_observations(raw: Json) -> tuple[d.Observation, ...]:
    """Read the observations of an entry."""
    return _read_children(OBSERVATION, raw)


def _read_answers(raw: Json) -> tuple[d.Answer, ...]:
    return _read_children(ANSWER, raw)


def _read_children(shape: Shape, raw: Json) -> tuple[Json, ...]:
    if type(raw) is not list:
        raise ValueError
    return tuple([tuple.__new__(shape.make, shape.cells(child)) for child in raw])


OBSERVATION: Final = _shape(d.Observation, "observation", None)
ANSWER: Final = _shape(d.Answer, "screen_answer", None)
