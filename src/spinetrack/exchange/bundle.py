"""The bundle: a diary as one file of text that loses nothing and opens everywhere.

The first line is the header, each further line one record, sorted by kind and uuid. Every line is one
JSON object in ASCII with sorted keys, so that the same diary makes the same bytes. There is no clock
time in the header, and no number that has a meaning on one computer only: exporting, importing into a
diary without entries, and exporting again gives the same file, byte for byte.

`store.documents` says what a record looks like; the README documents it for others.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack import __version__
from spinetrack.store.documents import canonical, parse
from spinetrack.store.records import TOMBSTONE, Record, record_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SCHEMA: Final = "spinetrack-bundle"
FORMAT: Final = 1
"""What a bundle holds and how. A program refuses a bundle of a higher number."""
FULL: Final = "full"
PARTIAL: Final = "partial"
REDACTED: Final = "redacted"
KINDS: Final = (FULL, PARTIAL, REDACTED)

OTHER_DAYS: Final = ("other-days", "removals")
"""What a partial bundle leaves out; what is absent from it was not deleted."""
WHO: Final = ("names", "notes", "own-words", "questions", "hand-overs", "dates", "removals")
"""What a redacted bundle leaves out."""


class Header(NamedTuple):
    """What the first line says of the rest."""

    kind: str
    """`full`, `partial` or `redacted`."""
    patient: str
    """The key of the diary; of a redacted bundle a fresh one."""
    counts: Mapping[str, int]
    """Kind of record to how many there are."""
    digest: str
    """SHA-256 of every byte after the first line."""
    since: date | None = None
    until: date | None = None
    left_out: tuple[str, ...] = ()
    program: str = __version__
    """The version that wrote it."""


def write_bundle(
    records: Iterable[Record],
    *,
    kind: str,
    patient: str,
    since: date | None = None,
    until: date | None = None,
) -> list[bytes]:
    """Write records as the lines of a bundle.

    Args:
        records: What goes in, in any order.
        kind: `full`, `partial` or `redacted`.
        patient: The key of the diary.
        since: The first day of a period.
        until: The last day of a period.

    """
    lines: list[tuple[str, str, bytes]] = []
    counts: dict[str, int] = {}
    for record in records:
        name = record.kind if record.value is not None else TOMBSTONE
        counts[name] = counts.get(name, 0) + 1
        lines.append((name, record.uuid, text_of(record).encode("ascii") + b"\n"))
    lines.sort()
    rest = [line for _, _, line in lines]
    digest = sha256()
    for line in rest:
        digest.update(line)
    left_out = {FULL: (), PARTIAL: OTHER_DAYS, REDACTED: WHO}[kind]
    header = Header(kind, patient, counts, digest.hexdigest(), since, until, left_out)
    return [header_line(header), *rest]


def unreadable(lines: Iterable[bytes]) -> int:
    """Count the records of a bundle that no program will take in: what is exported must come back."""
    found = 0
    for line in lines:
        try:
            record_of(parse(line))
        except ValueError:
            found += 1
    return found


def header_line(header: Header) -> bytes:
    """Write the first line."""
    found = {
        "schema": SCHEMA,
        "format": FORMAT,
        "program": header.program,
        "kind": header.kind,
        "patient": header.patient,
        "since": header.since.isoformat() if header.since else None,
        "until": header.until.isoformat() if header.until else None,
        "left_out": list(header.left_out),
        "counts": dict(header.counts),
        "sha256": header.digest,
    }
    return canonical(found).encode("ascii") + b"\n"
