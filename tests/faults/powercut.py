"""A disk in memory that knows what was brought down to it, and the power that goes at a chosen moment.

At the cut each 512-byte sector that was written and not synced is there with probability 1/2, so is
each truncation and each removal of a name. That is harsher than a disk, and takes fsync at its word. A
new journal is linked by its first sync, as SQLite's own layer for Unix does it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512
NEVER = 1 << 60


@dataclass
class Inode:
    """A file: what is in it, and what of that is on the disk."""

    here: bytearray = field(default_factory=bytearray)
    on_disk: bytes = b""
    unsynced: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes at a place since the last sync; None is a truncation to it."""
    is_named: bool = False
    """Its name is on the disk."""
    before: bytes | None = None
    """What the name stands for on the disk while this file is not named there."""
    is_gone: bool = False
    is_gone_on_disk: bool = False


class Disk:
    """Files by name, and the number of the operation at which the power goes."""

    def __init__(self, files: dict[str, bytes], chance: Random) -> None:
        self.files = {
            name: Inode(bytearray(content), content, is_named=True) for name, content in files.items()
        }
        self.chance = chance
        self.operations = 0
        self.cut = NEVER
        self.left: dict[str, bytes] | None = None

    def tick(self) -> None:
        """Count an operation. At the cut what is left is settled; what comes after changes nothing of it."""
        self.operations += 1
        if self.operations == self.cut:
            self.left = self._settled()
            raise apsw.IOError("the power is gone")

    def sync_names(self) -> None:
        for inode in self.files.values():
            inode.is_named, inode.before = True, None
            inode.is_gone_on_disk = inode.is_gone

    def after_the_cut(self) -> dict[str, bytes]:
        """What a computer finds when the power is back."""
        return self._settled() if self.left is None else self.left

    def _settled(self) -> dict[str, bytes]:
        found = {name: self._left(inode) for name, inode in self.files.items()}
        return {name: content for name, content in found.items() if content is not None}

    def _left(self, inode: Inode) -> bytes | None:
        if inode.is_gone:
            if inode.is_gone_on_disk or self.chance.random() < 0.5:
                return None
            return inode.on_disk if inode.is_named else inode.before
        if not inode.is_named and self.chance.random() < 0.5:
            return inode.before
        content = bytearray(inode.on_disk)
        for place, data in inode.unsynced:
            if data is None:
                if self.chance.random() < 0.5:
                    del content[place:]
                continue
            for start in range(0, len(data), SECTOR):
                if self.chance.random() < 0.5:
                    piece = data[start : start + SECTOR]
                    end = place + start + len(piece)
                    content.extend(bytes(max(0, end - len(content))))
                    content[place + start : end] = piece
        return bytes(content)


class DiskFile(apsw.VFSFile):
    """One open file of the disk. One program at a time: no locks."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.name = disk, name
        inode = disk.files.get(name)
        if inode is None or inode.is_gone:
            fresh = Inode()
            if inode is not None and not inode.is_gone_on_disk:
                fresh.before = inode.on_disk if inode.is_named else inode.before
            inode = disk.files[name] = fresh
        self.inode = inode

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self.inode.here[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.tick()
        self.inode.here.extend(bytes(max(0, offset - len(self.inode.here))))
        self.inode.here[offset : offset + len(data)] = data
        self.inode.unsynced.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.tick()
        del self.inode.here[size:]
        self.inode.unsynced.append((size, None))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self.disk.tick()
        self.inode.on_disk, self.inode.unsynced = bytes(self.inode.here), []
        if not self.inode.is_named and self.name.endswith("-journal"):
            self.disk.sync_names()
        self.inode.is_named = True

    def xFileSize(self) -> int:  # noqa: N802
        return len(self.inode.here)

    def xLock(self, level: int) -> None: ...  # noqa: N802

    def xUnlock(self, level: int) -> None: ...  # noqa: N802

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xClose(self) -> None: ...  # noqa: N802

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: ARG002, N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0


class DiskLayer(apsw.VFS):
    """What SQLite asks for files, answered by a disk."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.called = disk, name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> DiskFile:  # noqa: ANN401, ARG002, N802
        named = name.filename() if isinstance(name, apsw.URIFilename) else name
        return DiskFile(self.disk, Path(named or f"temporary{self.disk.operations}").name)

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802
        self.disk.tick()
        inode = self.disk.files[Path(name).name]
        inode.is_gone, inode.is_gone_on_disk = True, bool(sync_folder)

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: ARG002, N802
        inode = self.disk.files.get(Path(name).name)
        return bool(inode and not inode.is_gone)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name


class Cursor:
    """What the store asks of a cursor of `sqlite3`."""

    def __init__(self, cursor: apsw.Cursor, lastrowid: int) -> None:
        self.cursor, self.lastrowid = cursor, lastrowid

    def __iter__(self) -> Iterator[Any]:
        return iter(self.cursor)

    def fetchone(self) -> Any:  # noqa: ANN401
        return self.cursor.fetchone()

    def fetchall(self) -> Any:  # noqa: ANN401
        return self.cursor.fetchall()


class Connection:
    """What the store asks of a connection of `sqlite3`, answered by apsw on the disk in memory."""

    def __init__(self, place: str, layer: DiskLayer | None) -> None:
        self.db = apsw.Connection(place, vfs=layer.called if layer else None)

    @property
    def in_transaction(self) -> bool:
        return bool(self.db.in_transaction)

    @property
    def total_changes(self) -> int:
        return int(self.db.total_changes())

    def execute(self, sql: str, values: Any = ()) -> Cursor:  # noqa: ANN401
        with _in_words_of_sqlite3():
            return Cursor(self.db.execute(sql, values), self.db.last_insert_rowid())

    def executemany(self, sql: str, rows: Any) -> Cursor:  # noqa: ANN401
        with _in_words_of_sqlite3():
            return Cursor(self.db.executemany(sql, rows), self.db.last_insert_rowid())

    def backup(self, target: Connection, *, pages: int, progress: Callable[[int, int, int], None]) -> None:
        with _in_words_of_sqlite3(), target.db.backup("main", self.db, "main") as copying:
            while not copying.done:
                copying.step(pages)
                progress(0, copying.remaining, copying.page_count)

    def close(self) -> None:
        self.db.close(force=True)


class _in_words_of_sqlite3:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, apsw.Error):
            told = sqlite3.OperationalError(str(error))
            told.sqlite_errorcode = getattr(error, "extendedresult", sqlite3.SQLITE_IOERR)
            raise told from error


def write_out(files: dict[str, bytes], folder: Path) -> None:
    """Put what is left on a real disk."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
