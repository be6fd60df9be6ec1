"""Taking in the diary file of another computer, or an older one of this one. The file stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.exchange.importers import Incoming

if TYPE_CHECKING:
    from pathlib import Path

    from spinetrack.exchange.importers import Desk

SQLITE: Final = b"SQLite format 3\0"


def recognises(path: Path, head: bytes) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether a file is a database."""
    return head.startswith(SQLITE)


def read(path: Path, desk: Desk) -> Incoming:
    """Read a diary file.

    Raises:
        ValueRefusedError: it is another program's, damaged, or newer than this program.

    """
    from spinetrack.store.elsewhere import read_elsewhere

    patient, records = read_elsewhere(path, desk.now)
    return Incoming("diary", records, patient)
