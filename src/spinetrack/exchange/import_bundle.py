"""Taking in a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.exchange.bundle_reading import is_bundle, read_header, read_records
from spinetrack.exchange.importers import Incoming

if TYPE_CHECKING:
    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk


def recognises(name: str, head: bytes) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether a file is a bundle."""
    return is_bundle(head)


def read(source: Source, desk: Desk) -> Incoming:  # noqa: ARG001 - all importers are asked alike
    """Read a bundle.

    Raises:
        ValueRefusedError: it is damaged, newer than this program, or redacted.

    """
    return Incoming("bundle", read_records(source), read_header(source).patient)
