"""Files that leave the diary's folder: written whole and private or not at all, read within limits."""

from __future__ import annotations

import hashlib
import os
import stat
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias, cast

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange.hostile import LARGEST
from spinetrack.store import placing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import RawIOBase

NOTHING_WRITTEN = "Nothing was written."
_CHUNK = 1 << 20


class Unsealed(NamedTuple):
    """A file whose seal was taken off: it is in memory only."""

    name: str
    data: bytes


Source: TypeAlias = "Path | str | Unsealed"
"""Where a file from outside is read from."""


def write_private(path: Path | str, data: bytes | Iterable[bytes], *, force: bool = False) -> Path:
    """Write a file that only its owner can read, in one move: no half of it is ever seen.

    It is made under another name in the same folder, brought to the disk, and then renamed.

    Args:
        path: Where it shall be; `~` is the home folder.
        data: The content, or its pieces in order. If a piece cannot be made, nothing is written.
        force: Take the place of a file that is there.

    Returns:
        The path.

    Raises:
        ValueRefusedError: a file is there and `force` was not given.
        SpinetrackError: the folder is missing or closed, or the disk is full.

    """
    place = Path(path).expanduser()
    refuse_existing(place, force=force)
    try:
        draft = placing.new_draft(place)
    except OSError as error:
        raise _unwritable(place, error) from error
    try:
        with draft.open("wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        _put_in_place(draft, place, force=force)
    except OSError as error:
        raise _unwritable(place, error) from error
    finally:
        placing.drop(draft)
    return place


def refuse_existing(path: Path | str, *, force: bool) -> None:
    """Let a path pass that nothing stands in the way of, before the work of making the file.

    Raises:
        ValueRefusedError: a file is there and `force` was not given, or it is a folder.

    """
    place = Path(path).expanduser()
    try:
        is_folder, is_there = place.is_dir(), place.exists() or place.is_symlink()
    except OSError as error:
        raise _unwritable(place, error) from error
    if is_folder:
        raise ValueRefusedError(
            f"This is a folder: {place}. {NOTHING_WRITTEN}", hint="Give the file a name: -o FOLDER/NAME"
        )
    if is_there and not force:
        raise _is_taken(place)


def name_of(source: Source) -> str:
    """Return the name of a file, without its folder."""
    return source.name if isinstance(source, Unsealed) else Path(source).name


def size_of(file: BinaryIO) -> int:
    """Return how many bytes an open file has. It stands at its beginning afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def digest_of(source: Source) -> str:
    """Compute the SHA-256 of a file, as hexadecimal text."""
    with open_input(source) as file:
        found = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def open_input(source: Source, *, most: int = LARGEST) -> BinaryIO:
    """Open a file that somebody else may have made, to be read as bytes.

    Args:
        source: The file; `~` is the home folder.
        most: How many bytes it may have.

    Raises:
        ValueRefusedError: it is missing, no plain file, closed to us, empty, or too large.

    """
    if isinstance(source, Unsealed):
        return _open_unsealed(source, most)
    place = Path(source).expanduser()
    try:
        # Without waiting: a pipe has no end to wait for.
        number = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        found = os.fstat(number)
    except FileNotFoundError:
        raise ValueRefusedError(f"There is no file {place}.") from None
    except OSError as error:
        raise ValueRefusedError(f"This file cannot be opened: {place} ({error.strerror}).") from error
    refusal = _why_not(place, found, most)
    if refusal:
        os.close(number)
        raise ValueRefusedError(refusal)
    return os.fdopen(number, "rb")


def _open_unsealed(source: Unsealed, most: int) -> BinaryIO:
    if len(source.data) > most:
        raise ValueRefusedError(_too_large(source.name, most))
    return cast("BinaryIO", BufferedReader(cast("RawIOBase", BytesIO(source.data))))


def _too_large(name: Path | str, most: int) -> str:
    return f"This file is too large: {name}. At most {most // 1_000_000} MB can be read."


def _why_not(place: Path, found: os.stat_result, most: int) -> str:
    if stat.S_ISDIR(found.st_mode):
        return f"This is a folder: {place}. Name a file in it."
    if not stat.S_ISREG(found.st_mode):
        return f"This is not a plain file: {place}."
    if not found.st_size:
        return f"This file is empty: {place}."
    if found.st_size > most:
        return _too_large(place, most)
    return ""


def _put_in_place(draft: Path, place: Path, *, force: bool) -> None:
    if force:
        placing.replace(draft, place)
        return
    placing.sync(draft)
    if not placing.put(draft, place):
        raise _is_taken(place)


def _is_taken(place: Path) -> ValueRefusedError:
    return ValueRefusedError(
        f"There is a file here already: {place}. {NOTHING_WRITTEN}",
        hint="Give another name, or write over it with --force.",
    )


def _unwritable(place: Path, error: OSError) -> SpinetrackError:
    if isinstance(error, FileNotFoundError):
        return SpinetrackError(f"There is no folder {place.parent}. {NOTHING_WRITTEN}")
    return SpinetrackError(f"This file cannot be written: {place} ({error.strerror}). {NOTHING_WRITTEN}")
