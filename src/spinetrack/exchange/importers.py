"""The table of what can be taken in, and what every importer hands over.

An importer is a module with two functions:

    recognises(name, head) -> bool      whether the file is of this kind; `head` is how it begins, and
                                        `name` is "" where the patient said that it is
    read(source, desk) -> Incoming      what is in it

It hands over records with their history, and the merge of `store.merge` does the rest: nothing twice,
no later version lost, what the patient deleted stays deleted. A file of plain values has no history: its
importer makes one with `imported`, out of the file alone and never out of the clock, so that the same
file twice is the same as once.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.files import name_of, open_input
from spinetrack.store import rows
from spinetrack.store.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from spinetrack.exchange.csv_lines import Table
    from spinetrack.exchange.csv_map import ColumnMap
    from spinetrack.exchange.files import Source
    from spinetrack.store import Store
    from spinetrack.store.json_cells import Json

HEAD: Final = 4096
"""Bytes of a file that say what it is."""


class Desk(NamedTuple):
    """What an importer may use beside the file."""

    store: Store
    now: datetime
    today: date
    progress: Callable[[int, int], None] = lambda _read, _all: None
    """Told the bytes read and the bytes there are, now and then."""
    localize: Callable[[datetime], datetime] = datetime.astimezone
    """Gives a time without a zone that of the patient's clock."""
    columns: ColumnMap | None = None
    """What the columns of a table mean, where the patient said so before."""
    ask_columns: Callable[[Table], ColumnMap] | None = None
    """Asks what they mean; None when nobody is there."""
    ask_order: Callable[[str], str] | None = None
    """Given a day that can be read in two ways, asks which comes first, the day or the month."""


class Problem(NamedTuple):
    """A part of the file that could not be read."""

    line: int
    why: str
    """In words, without a full stop."""


class Incoming(NamedTuple):
    """What is in a file."""

    kind: str
    """The importer's name."""
    records: Iterable[Record]
    """None may be used before the last was read: a damaged file may say so at its end."""
    patient: str | None = None
    """Whose diary it is of; None when the file cannot say."""
    problems: list[Problem] = []  # noqa: RUF012 - each importer hands over its own
    """Filled while the records are read."""
    said: tuple[str, ...] = ()
    """What the patient should know of the file: a sentence each."""


class Importer(NamedTuple):
    """One row."""

    module: str
    summary: str


class _Module(Protocol):
    def recognises(self, name: str, head: bytes) -> bool: ...
    def read(self, source: Source, desk: Desk) -> Incoming: ...


IMPORTERS: Final = {
    "bundle": Importer("spinetrack.exchange.import_bundle", "what spinetrack export writes"),
    "diary": Importer("spinetrack.exchange.import_diary", "the diary file of another computer"),
    "apple-health": Importer("spinetrack.exchange.import_apple_health", "an export of Apple Health"),
    "fhir": Importer("spinetrack.exchange.import_fhir", "a FHIR file that spinetrack wrote"),
    "csv": Importer("spinetrack.exchange.import_csv", "a table (CSV) of this or another program"),
}
"""Name of a kind of file to its row, in the order in which they look at a file."""


def find(source: Source, kind: str | None) -> _Module:
    """Return the importer for a file.

    Args:
        source: The file.
        kind: What the patient says it is; None lets the importers look at it.

    Raises:
        ValueRefusedError: the file cannot be opened, or no importer knows it.

    """
    if kind is not None and kind not in IMPORTERS:
        raise ValueRefusedError(f'Files of the kind "{kind}" cannot be taken in. {_known()}')
    with open_input(source) as file:
        head = file.read(HEAD)
    file_name = name_of(source)
    for name in (kind,) if kind else IMPORTERS:
        module = cast("_Module", import_module(IMPORTERS[name].module))
        if module.recognises("" if kind else file_name, head):
            return module
    if kind:
        raise ValueRefusedError(f"This is not {IMPORTERS[kind].summary}: {file_name}. Nothing was saved.")
    raise ValueRefusedError(
        f"Nobody knows what kind of file this is: {file_name}. Nothing was saved.", hint=_known()
    )


def _known() -> str:
    return f"What can be taken in: {', '.join(IMPORTERS)}."


def named_uuid(*parts: object) -> str:
    """Make the uuid of something that has none, the same for the same parts (RFC 9562, version 8).

    Args:
        *parts: What makes it what it is: a source, a day, a kind.

    """
    from hashlib import sha256

    raw = bytearray(sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def imported(value: Json, *, uuid: str, as_of: datetime) -> Record:
    """Give a plain value the history of a first version.

    Args:
        value: A record of `recovery.diary` that names no other.
        uuid: What `named_uuid` made of what it is.
        as_of: When this was so, as the file says: of two imports of it the later one is in force. An
            edit by the patient is in force before both.

    """
    moment = rows.utc_text(as_of)
    return Record(rows.table_of(type(value)).name, uuid, 1, moment, moment, value)
