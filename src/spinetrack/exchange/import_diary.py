"""Taking in the diary file of another computer, or an older one of this one. The file stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from spinetrack.exchange.files import Unsealed
from spinetrack.exchange.importers import Incoming

if TYPE_CHECKING:
    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk

SQLITE: Final = b"SQLite format 3\0"


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file is a database, or an encrypted one."""
    if not name or head.startswith(SQLITE):
        return True
    if not name.endswith(".db"):
        return False
    from spinetrack.store.sealed_files import is_chance

    return is_chance(head)


def read(source: Source, desk: Desk) -> Incoming:
    """Read a diary file.

    Raises:
        ValueRefusedError: it is another program's, damaged, or newer than this program.

    """
    from spinetrack.store.elsewhere import read_elsewhere

    found = source.data if isinstance(source, Unsealed) else Path(source)
    patient, records = read_elsewhere(found, desk.now)
    return Incoming("diary", records, patient)
