"""A file that comes into being whole: made under another name, made durable, then put in its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DRAFT: Final = "."
"""How the name of a half-made file begins. What is left of one is never taken for a diary or a copy."""


def new_draft(path: Path) -> Path:
    """Make the empty file that will become `path`, beside it and open to its owner alone.

    Raises:
        OSError: it cannot be made.

    """
    draft = path.with_name(f"{DRAFT}{path.name}.{os.urandom(4).hex()}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return draft


def drop(draft: Path) -> None:
    """Take away a draft, where there still is one, and what SQLite keeps beside it."""
    draft.unlink(missing_ok=True)
    draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)


def put(draft: Path, path: Path) -> bool:
    """Give a draft its name for good, unless another file has come first.

    Returns:
        Whether `path` is the draft now. If not, the draft is still there.

    Raises:
        OSError: the file system refuses.

    """
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links.
        if path.exists():
            return False
        draft.rename(path)
    else:
        draft.unlink()
    sync_folder(path.parent)
    return True


def replace(draft: Path, path: Path) -> None:
    """Put a draft where another file is. A power cut leaves the one or the other.

    Raises:
        OSError: the file system refuses.

    """
    sync(draft)
    draft.replace(path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # A folder that may be written but not listed.
    try:
        os.fsync(handle)
    except OSError:
        return  # Some network folders cannot.
    finally:
        os.close(handle)
