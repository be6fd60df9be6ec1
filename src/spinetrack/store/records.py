"""Records with what a merge must know of them: where a bundle, a merge and the diary file meet.

A record is known by its uuid. Of two versions of one record the one that ranks higher is in force:
the higher revision, then the later change, then the higher hash of what it says. A removal is a
version like any other. Integer ids and the number of a write are local and not part of a version.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from spinetrack.store import reading, rows
from spinetrack.store.documents import Document, canonical, shapes
from spinetrack.store.journal import FORGOTTEN
from spinetrack.store.json_cells import MOST, Json, read_stamp, read_uuid, read_whole

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from spinetrack.recovery.diary import Diary
    from spinetrack.store import Store
    from spinetrack.store.documents import Shape

TOMBSTONE: Final = "tombstone"
"""The word of a bundle for a record that was removed."""
HIGHEST: Final = 2**52
"""The highest revision that a record or an ordinary removal may come with; the rest is for edits to come."""
KEPT: Final = frozenset({"screen", "outcome", "rescreen"})
"""Kinds that are only ever added to."""
USUAL: Final = ("created", "data", "kind", "revision", "updated", "uuid")
"""The parts of a record that is the only one of its second, in the order a bundle has them."""
_GRAVE: Final = frozenset({"kind", "of", "uuid", "revision", "updated"})


class Record(NamedTuple):
    """One version of one record."""

    kind: str
    """The table's name."""
    uuid: str
    revision: int
    created: str
    """UTC; "" for a removal."""
    updated: str
    value: Json
    """A record of `recovery.diary` without children of other tables; None: it was removed."""
    names: Mapping[str, str | None] = {}
    """Field that ends in `_id` to the uuid of the record it names."""
    write: int = 0
    """Which write of that second made it, from 0: the order of what was written in one second."""
    place: int = 0
    """Its place among the records of its kind that one write made."""

    @property
    def order(self) -> tuple[str, int, int, str]:
        """What records of one kind are sorted by to stand in the order they were made."""
        return self.created, self.write, self.place, self.uuid


def data_of(record: Record) -> Document:
    """Write what a record says, without its history."""
    shape = shapes()[record.kind]
    found = shape.document(record.value)
    found.update((name, uuid) for name, uuid in record.names.items() if uuid is not None)
    return found


def document_of(record: Record) -> Document:
    """Write a record as a bundle holds it."""
    if record.value is None:
        return {
            "kind": TOMBSTONE, "of": record.kind, "uuid": record.uuid,
            "revision": record.revision, "updated": record.updated,
        }  # fmt: skip
    found: Document = {
        "kind": record.kind, "uuid": record.uuid, "revision": record.revision,
        "created": record.created, "updated": record.updated, "data": data_of(record),
    }  # fmt: skip
    if record.write:
        found["write"] = record.write
    if record.place:
        found["place"] = record.place
    return found


def text_of(record: Record) -> str:
    """Write a record as a line of a bundle, without the line's end."""
    return canonical(document_of(record))


def record_of(document: object) -> Record:
    """Read a record as a bundle holds it.

    Raises:
        ValueError: it is none.

    """
    found, shape = opened(document)
    if shape is None:
        return _removal(found)
    cells = shape.cells(found["data"])
    names: dict[str, str | None] = {}
    for name, _, at, must in shape.names:
        names[name] = cells[at]
        cells[at] = 0 if must else None
    return Record(
        shape.kind,
        read_uuid(found["uuid"]),
        _revision(found["revision"], HIGHEST),
        read_stamp(found["created"]),
        read_stamp(found["updated"]),
        tuple.__new__(shape.make, cells),
        names,
        _revision(found.get("write", 0), MOST, 0),
        _revision(found.get("place", 0), MOST, 0),
    )


def opened(document: object) -> tuple[Document, Shape | None]:
    """Let a document pass that has every part of a record; return it with its shape, None for a removal.

    Raises:
        ValueError: a part is missing or unknown, or so is its kind.

    """
    if type(document) is not dict:
        raise ValueError("it is no record")
    found = cast("Document", document)
    kind = found.get("kind")
    if kind == TOMBSTONE:
        if found.keys() != _GRAVE:
            raise ValueError("a part of it is missing or unknown")
        return found, None
    shape = shapes().get(kind) if type(kind) is str else None
    if shape is None:
        raise ValueError("its kind is unknown")
    if tuple(found) != USUAL and {*found} - {"write", "place"} != {*USUAL}:
        raise ValueError("a part of it is missing or unknown")
    return found, shape


def _removal(found: Document) -> Record:
    kind = found["of"]
    if type(kind) is not str or kind not in shapes():
        raise ValueError("its kind is unknown")
    revision = found["revision"]
    if revision != FORGOTTEN:
        revision = _revision(revision, HIGHEST)
        if kind in KEPT:
            raise ValueError("a check for warning signs is never removed")
    return Record(kind, read_uuid(found["uuid"]), revision, "", read_stamp(found["updated"]), None)


def _revision(raw: Json, most: int, least: int = 1) -> int:
    number = read_whole(raw)
    if not least <= number <= most:
        raise ValueError("a number of it is out of range")
    return number


def outranks(record: Record, other: Record) -> bool:
    """Return whether `record` is in force rather than `other`; False for the same version."""
    ours, theirs = (record.revision, record.updated), (other.revision, other.updated)
    if ours != theirs:
        return ours > theirs
    said, instead = _said(record), _said(other)
    return said != instead and sha256(said).digest() > sha256(instead).digest()


def _said(record: Record) -> bytes:
    return text_of(record._replace(write=0, place=0)).encode()


def records_in(store: Store, since: date | None = None, until: date | None = None) -> tuple[Record, ...]:
    """Read all of a diary that may leave this computer.

    Args:
        store: The diary.
        since: The first day; with either day only what `Store.diary` reads of the period, and nothing
            of what was removed.
        until: The last day.

    Raises:
        DiaryFileError: the file cannot be read.

    """
    period = reading.Period(since, until) if since or until else None
    with store._reading() as db:  # noqa: SLF001 - one room
        return tuple(read_records(db, period)) if db else ()


class _Identity(NamedTuple):
    uuid: str
    revision: int
    seq: int
    created: str
    updated: str


def read_records(db: sqlite3.Connection, period: reading.Period | None = None) -> Iterator[Record]:
    """Read every record that may leave this computer, and what was removed.

    Args:
        db: A diary file.
        period: Read what `reading.read_diary` reads of a period, and no removals. None reads all.

    """
    diary = reading.read_diary(db, period or reading.Period(None, None))
    found = list(_with_history(db, diary))
    waiting = read_waiting(db)
    for record in with_order(found):
        held = waiting.pop(record.uuid, None)
        same = held is not None and (held.revision, held.updated) == (record.revision, record.updated)
        yield record._replace(names=held.names) if held and same else record
    if period is None:
        for grave in read_removals(db):
            held = waiting.get(grave.uuid)
            if held is None or outranks(grave, held):
                waiting.pop(grave.uuid, None)
                yield grave
        yield from waiting.values()


def read_removals(db: sqlite3.Connection) -> Iterator[Record]:
    """Read what was removed, of the kinds that may leave this computer."""
    for uuid, kind, revision, at in db.execute("SELECT uuid, kind, revision, at FROM tombstone"):
        if kind in shapes():
            yield Record(kind, uuid, revision, "", at, None)


def read_waiting(db: sqlite3.Connection) -> dict[str, Record]:
    """Read the records that name another one which is not there, by uuid."""
    from spinetrack.store.documents import parse

    found = (record_of(parse(text)) for (text,) in db.execute("SELECT body FROM waiting ORDER BY id"))
    return {record.uuid: record for record in found}


def _with_history(db: sqlite3.Connection, diary: Diary) -> Iterator[tuple[int, int, Record]]:
    """Yield the number of the write, the local id, and the record."""
    uuids: dict[str, dict[int, _Identity]] = {}
    for kind in shapes():
        uuids[kind] = {
            number: _Identity(*rest)
            for number, *rest in db.execute(f"SELECT id, uuid, revision, seq, created, updated FROM {kind}")
        }
    for value in _values(db, diary):
        kind = rows.table_of(type(value)).name
        known = uuids[kind][value.id]
        names = {
            name: uuids[other][number].uuid if (number := value[at]) is not None else None
            for name, other, at, _ in shapes()[kind].names
        }
        plain = value._replace(outcomes=()) if kind == "screen" else value
        record = Record(kind, known.uuid, known.revision, known.created, known.updated, plain, names)
        yield known.seq, value.id, record


def _values(db: sqlite3.Connection, diary: Diary) -> Iterator[Json]:
    from spinetrack.store.rows_tried import HANDOVER

    for part in diary:
        if type(part) is tuple:
            yield from part
    for screen in diary.screens:
        yield from screen.outcomes
    yield from reading.read(db, rows.QUESTION)
    yield from reading.read(db, HANDOVER)


def with_order(found: Iterable[tuple[int, int, Record]]) -> list[Record]:
    """Give each record its write of the second and its place in the write, out of local numbers."""
    lines = sorted(found, key=lambda line: (line[2].created, line[0], line[2].kind, line[1]))
    ordered: list[Record] = []
    created, seq, kind = "", -1, ""
    write = place = 0
    for number, _, record in lines:
        if record.created != created:
            write = place = 0
        elif number != seq:
            write, place = write + 1, 0
        elif record.kind != kind:
            place = 0
        else:
            place += 1
        created, seq, kind = record.created, number, record.kind
        ordered.append(record._replace(write=write, place=place))
    return ordered
