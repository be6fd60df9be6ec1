"""Taking in the check-ins of a FHIR file that this program wrote, and the metrics of the patient's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.exchange import fhir_reading
from spinetrack.exchange.fhir_subject import patient_id
from spinetrack.exchange.importers import Incoming, Problem, imported, named_uuid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from spinetrack.exchange.fhir_reading import Found
    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk
    from spinetrack.store.records import Record

FAR_AHEAD: Final = 2.0**33
"""Seconds after 1970, in the year 2242."""


def recognises(name: str, head: bytes) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether a file looks like a FHIR Bundle."""
    return fhir_reading.recognises(head)


def read(source: Source, desk: Desk) -> Incoming:
    """Read the check-ins of a FHIR file, each under the uuid it has in the diary it came from.

    Raises:
        ValueRefusedError: it is damaged, redacted, or holds no check-in of this program.

    """
    found = fhir_reading.read_fhir(source)
    problems = [Problem(bad.line, bad.why) for bad in found.problems]
    return Incoming("fhir", tuple(_records(found, desk)), _stranger(found, desk), problems)


def _records(found: Found, desk: Desk) -> Iterator[Record]:
    first = min(entry.recorded_at for entry in found.entries)
    taken = {metric.key for metric in desk.store.measures()[0]}
    for metric in found.metrics:
        if metric.key not in taken:
            uuid = named_uuid("fhir", found.patient, "metric", metric.key)
            yield imported(metric, uuid=uuid, as_of=_as_of(first, found.made))
    for number, entry in enumerate(found.entries):
        record = imported(entry, uuid=entry.uuid, as_of=_as_of(entry.recorded_at, found.made))
        # Check-ins of one moment keep the order they have in the file.
        yield record._replace(place=number)


def _as_of(recorded: datetime, made: datetime | None) -> datetime:
    """Return a moment in the second before a check-in was written: nearer to it, the later the file was.

    So the check-in itself, from a bundle or in this diary, is in force before any file of values, and of
    two files the later one.
    """
    share = min(max(made.timestamp() / FAR_AHEAD, 0), 1) if made else 0
    return recorded - timedelta(seconds=1 - 0.999 * share)


def _stranger(found: Found, desk: Desk) -> str | None:
    """Return a name for the patient of the file where nothing says that it is the patient of the diary.

    A FHIR file does not hold the key of a diary. It is the same one when the key makes the same id, or
    when one check-in is in both.
    """
    own = desk.store.patient()
    if own is None or found.patient is None or found.patient == patient_id(own):
        return None
    here = {entry.uuid for entry in desk.store.diary().entries}
    shared = not here or any(entry.uuid in here for entry in found.entries)
    return None if shared else f"fhir {found.patient}"
