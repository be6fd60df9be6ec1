"""How a record lies in its table: one description per kind of record, made from its own fields.

A moment is two columns, UTC text and the patient's offset in minutes; a day is text; a yes or no is
1 or 0; a tuple is JSON text. Text of a moment sorts as the moments do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from math import isfinite
from operator import itemgetter
from types import UnionType

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.typed import Any, Final, Generic, NamedTuple, TypeVar, cast

Cell = str | int | float | None
Row = tuple[Cell, ...]
R = TypeVar("R")
Columns = Sequence[Sequence[Any]]
"""The cells of many rows, column by column."""
Reader = Callable[[Columns], Iterable[object]]
Writer = Callable[[object], Row]

_MINUTE: Final = timedelta(minutes=1)


class Column(NamedTuple):
    """A field of a record and the column or columns that hold it."""

    field: str
    names: tuple[str, ...]
    encode: Writer


class Table(NamedTuple, Generic[R]):
    """How one kind of record is stored."""

    name: str
    word: str
    """What a patient calls one of them."""
    make: type[R]
    columns: tuple[Column, ...]
    """What the record itself says: without id, uuid, seq and children."""
    select: str
    """All its columns, quoted, in the order `readers` expects."""
    readers: tuple[Reader, ...]
    children_at: tuple[int, ...]
    """Where the children go among the record's fields."""
    id_at: int
    """Which selected column is the id."""
    identified: bool
    """It has a uuid: a record that can be merged."""
    kept: bool
    """Only ever added to."""
    names_others: tuple[str, ...]
    """Columns that hold the id of another record: `goal_id` one of the table `goal`."""

    def encode(self, value: object) -> dict[str, Cell]:
        """Give each column its cell, of what the record itself says."""
        cells: dict[str, Cell] = {}
        for column in self.columns:
            cells.update(zip(column.names, column.encode(getattr(value, column.field)), strict=True))
        return cells

    def decode(self, rows: Iterable[Row], *children: Mapping[Cell, object]) -> tuple[R, ...]:
        """Make the records that `rows`, in the order of `select`, stand for.

        Column by column, and past the constructor: a daily line reads a thousand rows.

        Args:
            rows: The cells.
            children: For each field of children, in order, the id of a record to its children.

        Raises:
            ValueError, TypeError: if a cell cannot be understood.

        """
        columns = tuple(zip(*rows, strict=True))
        if not columns:
            return ()
        values = [read(columns) for read in self.readers]
        for position, by_id in zip(self.children_at, children, strict=True):
            values.insert(position, [by_id.get(number, ()) for number in columns[self.id_at]])
        new = cast("Callable[[type[R], Iterable[object]], R]", tuple.__new__)
        return tuple([new(self.make, record) for record in zip(*values, strict=True)])


def new_uuid() -> str:
    """Make a random UUID of version 4 (RFC 9562), without the slow import of the module."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def utc_text(moment: datetime) -> str:
    """Write ISO text in UTC. A text is smaller than another if its moment is earlier."""
    return moment.astimezone(UTC).isoformat()


def read_names(text: Cell) -> tuple[str, ...]:
    """Read a JSON list of texts as a tuple."""
    return () if text == "[]" else cast("tuple[str, ...]", _read_json(text))


def write_names(names: object) -> str:
    """Write a tuple of texts as a JSON list."""
    return cast("str", _json(names)[0]) if names else "[]"


def observation_cells(value: d.Observation) -> Row:
    """Write the cells of an observation, in the order of `OBSERVATION_COLUMNS`."""
    return (
        *_text(value.metric),
        *_real(value.value),
        *_text(value.site),
        *_flag(value.at_least),
        *_text(value.stop),
        write_names(value.qualities),
        *_flag(value.carried),
    )


def answer_cells(value: d.Answer) -> Row:
    """Write the cells of a screen's answer, in the order of `ANSWER_COLUMNS`."""
    return (*_text(value.item), *_text(value.answer), *_text(value.sign))


OBSERVATION_COLUMNS: Final = (
    "metric", "value", "site", "at_least", "stop", "qualities", "carried",
)  # fmt: skip
ANSWER_COLUMNS: Final = ("item", "answer", "sign")


def _text(value: object) -> Row:
    if value is None:
        return (None,)
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueRefusedError(f"The text holds a broken letter. {NOTHING_SAVED}") from None
    if "\0" in value:
        raise ValueRefusedError(f"The text holds a zero byte. {NOTHING_SAVED}")
    return (value,)


def _whole(value: object) -> Row:
    if value is not None and not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return (value,)


def _real(value: object) -> Row:
    if value is None:
        return (None,)
    number = float(cast("float", value))
    if not isfinite(number):
        raise ValueRefusedError(f"{number} is not a number to keep. {NOTHING_SAVED}")
    return (number,)


def _flag(value: object) -> Row:
    return (None if value is None else 1 if value else 0,)


def _day(value: object) -> Row:
    return (None if value is None else cast("date", value).isoformat(),)


def _moment(value: object) -> Row:
    moment = cast("datetime", value)
    offset = moment.utcoffset()
    if offset is None:
        raise ValueRefusedError(f"{moment} has no time zone. {NOTHING_SAVED}")
    return (utc_text(moment), offset // _MINUTE)


def _json(value: object) -> Row:
    from json import dumps

    return _text(dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _read_json(text: Cell) -> tuple[object, ...]:
    plain = _read_plain_json(cast("str", text))
    if plain is not None:
        return plain
    from json import loads

    found = loads(cast("str", text))
    if not isinstance(found, list):
        raise TypeError(f"{text!r} is not a list")
    return tuple(tuple(item) if isinstance(item, list) else item for item in found)


def _read_plain_json(text: str) -> tuple[object, ...] | None:
    """Read `["a","b"]`, `[2,null,-1]` and `[["a",1.5],["b",2]]`, or None for any other JSON.

    These are nearly all there is, and the daily commands start without the json module.
    """
    if "\\" in text:
        return None
    if text.startswith('["') and text.endswith('"]'):
        names = text[2:-2].split('","')
        return None if any('"' in name for name in names) else tuple(names)
    if text[1:2].isdigit() or text.startswith(("[-", "[null")):
        return tuple(None if item == "null" else int(item) for item in text[1:-1].split(","))
    if not (text.startswith('[["') and text.endswith("]]")):
        return None
    pairs: list[tuple[str, float]] = []
    for pair in text[2:-2].split("],["):
        name, _, number = pair.rpartition(",")
        if pair.count('"') != 2 or name[:1] != '"' or name[-1:] != '"':  # noqa: PLR2004
            return None
        pairs.append((name[1:-1], float(number) if "." in number or "e" in number else int(number)))
    return tuple(pairs)


def _flag_reader(index: int) -> Reader:
    return lambda columns: [None if cell is None else cell == 1 for cell in columns[index]]


def _day_reader(index: int) -> Reader:
    read = date.fromisoformat
    return lambda columns: [None if cell is None else read(cell) for cell in columns[index]]


def _moment_reader(index: int) -> Reader:
    """Read moments with the patient's own offset, minutes east of UTC, in the column after them."""

    def moments(columns: Columns) -> list[datetime]:
        texts, offsets = columns[index], columns[index + 1]
        read = datetime.fromisoformat
        found = set(offsets)
        if found == {0}:
            # They are written in UTC: nothing is left to convert.
            return [m if (m := read(text)).tzinfo is UTC else m.astimezone(UTC) for text in texts]
        zones = {minutes: timezone(minutes * _MINUTE) for minutes in found}
        return [read(text).astimezone(zones[minutes]) for text, minutes in zip(texts, offsets, strict=True)]

    return moments


def _json_reader(index: int) -> Reader:
    return lambda columns: [() if cell == "[]" else _read_json(cell) for cell in columns[index]]


_CELLS: Final[dict[str, tuple[Writer, Callable[[int], Reader]]]] = {
    "str": (_text, itemgetter),
    "int": (_whole, itemgetter),
    "float": (_real, itemgetter),
    "bool": (_flag, _flag_reader),
    "date": (_day, _day_reader),
    "datetime": (_moment, _moment_reader),
    "tuple": (_json, _json_reader),
}
"""Type of a field to how it is written and read; whatever is not named here is text."""
_OFFSETS: Final = {"at": "utc_offset", "recorded_at": "recorded_offset"}
_CHILDREN: Final = frozenset({"Observation", "Answer", "Outcome"})


def _type_names(hint: object) -> tuple[str, str]:
    """Return the name of a field's type without None, and of what a tuple holds."""
    inner = getattr(hint, "__args__", ())
    if isinstance(hint, UnionType):
        return _type_names(next(part for part in inner if part is not type(None)))
    name = getattr(hint, "__name__", "str")
    return name, getattr(inner[0], "__name__", "") if inner else ""


def describe(kind: type[R], name: str, word: str = "", *, kept: bool = False) -> Table[R]:
    """Read the description of `kind` from the types of its fields.

    Args:
        kind: A named tuple whose annotations are real types.
        name: The table.
        word: What a patient calls one of them; None takes the table's name.
        kept: It is only ever added to.

    """
    columns: list[Column] = []
    readers: list[Reader] = []
    names: list[str] = []
    children_at: list[int] = []
    for position, (field, hint) in enumerate(kind.__annotations__.items()):
        base, inner = _type_names(hint)
        if base == "tuple" and inner in _CHILDREN:
            children_at.append(position)
            continue
        encode, reader = _CELLS.get(base, _CELLS["str"])
        readers.append(reader(len(names)))
        own = (field, _OFFSETS[field]) if base == "datetime" else (field,)
        names.extend(own)
        if field not in {"id", "uuid", "seq"}:
            columns.append(Column(field, own, encode))
    return Table(
        name=name,
        word=word or name,
        make=kind,
        columns=tuple(columns),
        select=", ".join(f'"{column}"' for column in names),
        readers=tuple(readers),
        children_at=tuple(children_at),
        id_at=names.index("id"),
        identified="uuid" in names,
        kept=kept,
        names_others=tuple(name for name in names if name.endswith("_id")),
    )


ENTRY: Final = describe(d.Entry, "entry")
ACTIVITY: Final = describe(d.Activity, "activity")
QUOTA: Final = describe(d.Quota, "quota")
SESSION: Final = describe(d.Session, "session")
SKIP: Final = describe(d.Skip, "skip")
FLARE_MARK: Final = describe(d.FlareMark, "flare_mark", "flare mark")
SCREEN: Final = describe(d.Screen, "screen", kept=True)
OUTCOME: Final = describe(d.Outcome, "outcome", kept=True)
RESCREEN: Final = describe(d.Trigger, "rescreen", kept=True)
DECISION: Final = describe(d.Decision, "decision")
PROFILE: Final = describe(d.ProfileFact, "profile", "answer")
SETTING: Final = describe(d.Setting, "setting")
QUESTION: Final = describe(d.Question, "question")
PLAYBOOK: Final = describe(d.Playbook, "playbook")
METRIC: Final = describe(d.CustomMetric, "metric_def", "metric")
GOAL: Final = describe(d.Goal, "goal")
MILESTONE: Final = describe(d.Milestone, "milestone")
RATING: Final = describe(d.GoalRating, "goal_rating", "rating")
SCORE: Final = describe(d.Score, "score")
TIMER: Final = describe(d.Timer, "timer")
DRAFT: Final = describe(d.CheckInDraft, "draft")

_BY_KIND: Final = {
    table.make: table
    for table in cast(
        "tuple[Table[object], ...]",
        (
            ENTRY, ACTIVITY, QUOTA, SESSION, SKIP, FLARE_MARK, SCREEN, OUTCOME, RESCREEN,
            DECISION, PROFILE, SETTING, QUESTION, PLAYBOOK, METRIC,
            GOAL, MILESTONE, RATING, SCORE,
            TIMER, DRAFT,
        ),
    )
}  # fmt: skip


def table_of(kind: type[R]) -> Table[R]:
    """Find the description of a kind of record.

    Raises:
        TypeError: if it is not a record.

    """
    found = _BY_KIND.get(kind)
    if found is None:
        # What was tried is described when there is some: describing takes a daily line's time.
        from spinetrack.store.rows_tried import BY_KIND

        found = BY_KIND.get(kind)
    if found is None:
        raise TypeError(f"{kind.__name__} is not a record of the diary")
    return cast("Table[R]", found)


def every_kind() -> tuple[type[object], ...]:
    """Return every kind of record, children apart."""
    from spinetrack.store.rows_tried import BY_KIND

    return cast("tuple[type[object], ...]", (*_BY_KIND, *BY_KIND))
