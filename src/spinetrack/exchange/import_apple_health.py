"""Taking in what a phone and a watch counted: the export of Apple Health, or the zip it comes in."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.apple_health import ROOT, TURN_HOUR, read_apple_health
from spinetrack.exchange.csv_lines import shown
from spinetrack.exchange.files import open_input, size_of
from spinetrack.exchange.hostile import LARGEST, PACKED_MOST
from spinetrack.exchange.importers import Incoming, Problem, imported, named_uuid
from spinetrack.recovery.diary import CustomMetric, Entry, Observation
from spinetrack.recovery.metrics import METRICS
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO
    from zipfile import ZipInfo

    from spinetrack.exchange.apple_health import HealthDays
    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk
    from spinetrack.store.records import Record

ZIP: Final = b"PK\x03\x04"
KEY: Final = "apple-health"
MINDFUL: Final = CustomMetric("mindful", "Mindful minutes", "min", "up", 0, 1440)
"""The measure for mindful minutes, which this program does not have of its own."""
DAMAGED: Final = (BadZipFile, RuntimeError, EOFError, ValueError, OSError, zlib.error)
"""What the reader of zip files says of one that is damaged, locked or made up."""
SOURCES_SHOWN: Final = 4
END_MOST: Final = 66_000
"""Bytes at the end of a zip file in which its last record stands."""
LIST_MOST: Final = 4_000_000
EVERY_BIT: Final = 0xFFFFFFFF
"""What stands for a length that the record for large files holds."""
SMALL: Final = 10_000_000
"""Bytes below which how tightly a member is packed does not matter."""


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file looks like an export of Apple Health, packed or not."""
    if head.startswith(ZIP):
        return not name or name.lower().endswith(".zip")
    return ROOT in head or b"HealthData" in head


def read(source: Source, desk: Desk) -> Incoming:
    """Read what was counted, a check-in a day.

    Raises:
        ValueRefusedError: it is no export of Apple Health, is cut off or damaged, or is built to do harm.

    """
    with _opened(source) as (stream, size):
        found = read_apple_health(stream, progress=lambda done: desk.progress(done, size))
    if not found.days:
        raise ValueRefusedError(
            f"The export holds no steps, distance, sleep or mindful minutes. {NOTHING_SAVED}"
        )
    problems = [Problem(bad.line, bad.why) for bad in found.first_bad]
    problems += [Problem(bad.line, bad.why) for bad in found.first_bad[-1:]] * (found.bad - len(problems))
    return Incoming(KEY, tuple(_records(found, desk)), None, problems, tuple(_sources(found)))


def _sources(found: HealthDays) -> Iterator[str]:
    """Say which device each measure was taken from: they are never added up."""
    for metric, days in found.sources.items():
        label = METRICS[metric].label if metric in METRICS else MINDFUL.label
        taken = sorted(days.items(), key=lambda pair: (-pair[1], pair[0]))[:SOURCES_SHOWN]
        named = ((shown(name) or "no name", count) for name, count in taken)
        names = ", ".join(f"{name} {count} {'day' if count == 1 else 'days'}" for name, count in named)
        yield f"{label}: {names}."


@contextmanager
def _opened(source: Source) -> Iterator[tuple[IO[bytes], int]]:
    """Open the XML of an export, with the bytes it has unpacked."""
    with open_input(source) as file:
        size = size_of(file)
        if file.peek(len(ZIP))[: len(ZIP)] != ZIP:  # type: ignore[attr-defined] # a file for reading is buffered
            yield file, size
            return
        _refuse_many(file, size)
        try:
            with ZipFile(file) as packed:
                member = _export_in(packed)
                with packed.open(member) as stream:
                    yield stream, member.file_size
        except DAMAGED as error:
            raise ValueRefusedError(f"The zip file is damaged or locked. {NOTHING_SAVED}") from error


def _refuse_many(file: IO[bytes], size: int) -> None:
    """Let a zip file pass whose list of members is short: the list is read as a whole.

    The length of the list stands in the record at the end of the file (APPNOTE.TXT 4.3.14 and 4.3.16).
    """
    file.seek(max(0, size - END_MOST))
    tail = file.read(END_MOST)
    file.seek(0)
    lengths = [
        int.from_bytes(tail[at + place : at + place + width], "little")
        for sign, place, width in ((b"PK\x05\x06", 12, 4), (b"PK\x06\x06", 40, 8))
        if (at := tail.rfind(sign)) >= 0
    ]
    if any(LIST_MOST < length != EVERY_BIT for length in lengths):
        raise ValueRefusedError(f"The zip file holds more than an export can. {NOTHING_SAVED}")


def _export_in(packed: ZipFile) -> ZipInfo:
    """Return the export among the members: the largest XML file. Nothing is ever unpacked to the disk."""
    members = [m for m in packed.infolist() if m.filename.lower().endswith(".xml") and not _is_clinical(m)]
    if not members:
        raise ValueRefusedError(f"There is no export of Apple Health in the zip file. {NOTHING_SAVED}")
    member = max(members, key=lambda m: (m.file_size, m.filename))
    tight = member.file_size > SMALL and member.file_size > PACKED_MOST * max(1, member.compress_size)
    if tight or member.file_size > LARGEST or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise ValueRefusedError(f"The zip file holds more than an export can. {NOTHING_SAVED}")
    return member


def _is_clinical(member: ZipInfo) -> bool:
    return member.filename.lower().endswith("_cda.xml")


def _records(found: HealthDays, desk: Desk) -> Iterator[Record]:
    """Yield an entry for each day that ended before the export was made.

    It stands at the beginning of its day, so that what the patient wrote that day comes after it and
    is in force.
    """
    zone = (found.exported or desk.now).tzinfo
    made = found.exported or datetime.combine(max(found.days), time(TURN_HOUR), tzinfo=zone)
    if any("mindful" in values for values in found.days.values()):
        taken = {metric.key for metric in desk.store.measures()[0]}
        if MINDFUL.key not in taken:
            yield imported(MINDFUL, uuid=named_uuid(KEY, "metric", MINDFUL.key), as_of=made)
    for day, values in found.days.items():
        if day > desk.today:
            continue
        at = datetime.combine(day, time(TURN_HOUR), tzinfo=zone)
        seen = tuple(Observation(key, value) for key, value in sorted(values.items()))
        entry = Entry(at, day, at, seen, source="device")
        yield imported(entry, uuid=named_uuid(KEY, day), as_of=max(made, at))
