"""Which process holds the diary, where the system tells."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCKS: Final = "/proc/locks"
_PROCESSES: Final = "/proc"


def holder_of(path: Path) -> int | None:
    """Return the number of another process that has locked the file and still has it open, or None."""
    try:
        inode = path.stat().st_ino
        with open(_LOCKS, encoding="ascii", errors="replace") as table:
            numbers = list(_locked(table, inode))
    except OSError:
        return None
    real = os.path.realpath(path)
    return next((n for n in numbers if n != os.getpid() and _has_open(n, real)), None)


def _locked(table: Iterator[str], inode: int) -> Iterator[int]:
    """Read lines such as `1: POSIX  ADVISORY  WRITE 708 08:01:1048602 1073741824 1073742335`."""
    for line in table:
        words = line.split()
        for process, place in pairwise(words):
            if place.endswith(f":{inode}") and process.isdecimal():
                yield int(process)


def _has_open(process: int, real: str) -> bool:
    folder = f"{_PROCESSES}/{process}/fd"
    try:
        return any(_points_at(f"{folder}/{name}") == real for name in os.listdir(folder))
    except OSError:
        return False


def _points_at(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""
