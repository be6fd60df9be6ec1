"""A new file takes the place of the diary, and what the old one held is wiped.

While that goes on nobody else reads or writes the diary. A program that waited for its turn on the old
file finds it has lost its name, and opens the new one.
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from spinetrack.store import connection, placing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PIECE: Final = 1 << 20


@contextmanager
def alone(path: Path) -> Iterator[tuple[sqlite3.Connection, Callable[[Path], None]]]:
    """Keep everybody else from the diary until the block is left.

    Yields:
        The diary, to read from, and what puts a draft in its place. A power cut or a kill leaves the
        one or the other, whole.

    Raises:
        sqlite3.Error: it cannot be used; `SQLITE_BUSY` when another program holds it for 5 seconds.
        OSError: the file system refuses.

    """
    # Open until the end: closing any handle of the file gives up SQLite's locks on it.
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        with closing(connection.connect(path)) as present:
            connection.prepare_writing(present)
            connection.begin_writing(present, "EXCLUSIVE")

            def put(draft: Path) -> None:
                placing.replace(draft, path)
                _wipe(handle)

            yield present, put
    finally:
        os.close(handle)


def replace_wiped(draft: Path, path: Path) -> None:
    """Put a draft in the place of a file that nobody else uses, and wipe what that held.

    Raises:
        OSError: the file system refuses.

    """
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        placing.replace(draft, path)
        _wipe(handle)
    finally:
        os.close(handle)


def delete_wiped(path: Path) -> None:
    """Delete a file, and what it held.

    Raises:
        OSError: the file system refuses.

    """
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        path.unlink()
        placing.sync_folder(path.parent)
        _wipe(handle)
    finally:
        os.close(handle)


def _wipe(handle: int) -> None:
    """Write zeros over a file that has lost its name: a disk may keep what was in it for long."""
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(handle, bytes(min(left, _PIECE)))
    os.fsync(handle)
