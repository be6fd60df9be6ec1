"""Taking in a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.exchange.bundle_reading import is_bundle, read_header, read_records
from spinetrack.exchange.importers import Incoming

if TYPE_CHECKING:
    from pathlib import Path

    from spinetrack.exchange.importers import Desk


def recognises(path: Path, head: bytes) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether a file is a bundle."""
    return is_bundle(head)


def read(path: Path, desk: Desk) -> Incoming:  # noqa: ARG001 - all importers are asked alike
    """Read a bundle.

    Raises:
        ValueRefusedError: it is damaged, newer than this program, or redacted.

    """
    return Incoming("bundle", read_records(path), read_header(path).patient)
