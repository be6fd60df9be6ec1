"""Reading a bundle that somebody else may have made: whole and unharmed, or not at all.

`read_records` streams what a merge takes; `bundle_diary` reads a diary for who only looks.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final

from spinetrack import __version__
from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.bundle import FORMAT, KINDS, REDACTED, SCHEMA, Header
from spinetrack.exchange.files import open_input
from spinetrack.store.documents import Document, parse
from spinetrack.store.json_cells import read_day, read_text, read_uuid, read_whole
from spinetrack.store.records import TOMBSTONE, Record, record_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spinetrack.exchange.files import Source

LARGEST: Final = 64_000_000
"""Bytes that a bundle may have: thirty years of a diary kept in full take fewer."""
LONGEST: Final = 1_000_000
"""Bytes that a line may have."""
_HEAD: Final = frozenset(
    {"schema", "format", "program", "kind", "patient", "since", "until", "left_out", "counts", "sha256"}
)
_HEX: Final = frozenset("0123456789abcdef")
_DIGEST: Final = 64


def is_bundle(head: bytes) -> bool:
    """Return whether a file that begins with these bytes says that it is a bundle."""
    line = head.partition(b"\n")[0]
    return line.startswith(b"{") and b'"' + SCHEMA.encode() + b'"' in line


def read_header(source: Source) -> Header:
    """Read the first line of a bundle.

    Raises:
        ValueRefusedError: it is no bundle, or one that this program cannot read.

    """
    with open_input(source, most=LARGEST) as file:
        return header_in(file)


def read_records(source: Source) -> Iterator[Record]:
    """Read the records of a bundle one by one. None may be used before the last was read.

    Raises:
        ValueRefusedError: it is no bundle, damaged, newer than this program, or redacted.

    """
    with open_input(source, most=LARGEST) as file:
        header = header_in(file)
        if header.kind == REDACTED:
            raise ValueRefusedError(
                "This bundle is redacted: it is for reading, not for taking in. Nothing was saved."
            )
        yield from _checked(file, header)


def _checked(file: BinaryIO, header: Header) -> Iterator[Record]:
    digest = sha256()
    counts: dict[str, int] = {}
    last = ("", "")
    for number, line in _lines(file):
        digest.update(line)
        try:
            record = record_of(parse(line))
        except ValueError as error:
            raise damaged(f"at line {number}") from error
        name = record.kind if record.value is not None else TOMBSTONE
        if (name, record.uuid) <= last:
            raise damaged(f"at line {number}")
        last = name, record.uuid
        counts[name] = counts.get(name, 0) + 1
        yield record
    compare(header, counts, digest.hexdigest())


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 1
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST or not line.endswith(b"\n"):
            raise damaged(f"at line {number}")
        yield number, line


def compare(header: Header, counts: Mapping[str, int], digest: str) -> None:
    """Let a bundle pass that holds what its header says.

    Raises:
        ValueRefusedError: it does not.

    """
    if digest != header.digest or counts != header.counts:
        raise damaged("or was cut off on its way")


def damaged(where: str) -> ValueRefusedError:
    """Say that a bundle cannot be understood, and where."""
    return ValueRefusedError(
        f"This bundle is damaged {where}. Nothing was saved.", hint="Ask for the file once more."
    )


def header_in(file: BinaryIO) -> Header:
    """Read the first line of an open bundle.

    Raises:
        ValueRefusedError: as `read_header` says.

    """
    line = file.readline(LONGEST + 1)
    if not is_bundle(line) or len(line) > LONGEST:
        raise ValueRefusedError("This is not a bundle of spinetrack. Nothing was saved.")
    try:
        found = parse(line)
        _refuse_newer(found)
        return _header_of(found)
    except (ValueError, KeyError) as error:
        raise damaged("at line 1") from error


def _refuse_newer(found: Document) -> None:
    if type(found) is not dict or found["schema"] != SCHEMA:
        raise ValueError("schema")
    number = read_whole(found["format"])
    if number > FORMAT:
        raise ValueRefusedError(
            f"This bundle has format {number}; spinetrack {__version__} knows formats up to {FORMAT}."
            " Nothing was saved.",
            hint="A newer spinetrack can read it.",
        )


def _header_of(found: Document) -> Header:
    if found.keys() != _HEAD or found["kind"] not in KINDS:
        raise ValueError("a part of the header is missing or unknown")
    since, until, counts = found["since"], found["until"], found["counts"]
    digest = read_text(found["sha256"])
    if type(counts) is not dict or len(digest) != _DIGEST or not set(digest) <= _HEX:
        raise ValueError("counts or check sum")
    if type(found["left_out"]) is not list:
        raise ValueError("left_out")
    return Header(
        found["kind"],
        read_uuid(found["patient"]),
        {read_text(name): read_whole(count) for name, count in counts.items()},
        digest,
        None if since is None else read_day(since),
        None if until is None else read_day(until),
        tuple(read_text(word) for word in found["left_out"]),
        read_text(found["program"]),
    )
