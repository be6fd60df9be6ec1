"""Encrypted diary files: SQLCipher behind the face of sqlite3. The only import of `sqlcipher3`.

Its errors are not those of sqlite3, though they have the same names and codes: here they become them, so
that nobody else need know which of the two holds a file.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def connect(uri: str, key: bytes, salt: bytes, timeout: float) -> sqlite3.Connection:
    """Open a file with its key. Whether it is the right one shows at the first question.

    Args:
        uri: The file.
        key: 32 bytes.
        salt: 16 bytes: what the file begins with, or will begin with.
        timeout: Seconds to wait for another program.

    Raises:
        sqlite3.Error: it cannot be opened.

    """
    with _translated():
        db = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=timeout, factory=_Connection)
    db.execute("PRAGMA cipher_log_level = NONE")  # It would write about a wrong key to standard error.
    db.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return cast("sqlite3.Connection", db)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except dbapi2.Error as error:
        raise _as_sqlite(error) from error


def _as_sqlite(error: Exception) -> sqlite3.Error:
    """Return the error of sqlite3 that says the same."""
    told = cast("sqlite3.Error", getattr(sqlite3, type(error).__name__)(*error.args))
    told.sqlite_errorcode = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return told


class _Cursor(dbapi2.Cursor):  # type: ignore[misc] # sqlcipher3 brings no types
    def execute(self, sql: str, values: Any = ()) -> _Cursor:  # noqa: ANN401 - as sqlite3 has it
        with _translated():
            super().execute(sql, values)
        return self

    def executemany(self, sql: str, rows: Iterable[Any]) -> _Cursor:
        with _translated():
            super().executemany(sql, rows)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 - as sqlite3 has it
        with _translated():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with _translated():
            return cast("list[Any]", super().fetchall())

    def __next__(self) -> Any:  # noqa: ANN401 - as sqlite3 has it
        try:
            return super().__next__()
        except dbapi2.Error as error:
            raise _as_sqlite(error) from error


class _Connection(dbapi2.Connection):  # type: ignore[misc] # sqlcipher3 brings no types
    def cursor(self) -> _Cursor:
        return cast("_Cursor", super().cursor(_Cursor))

    def execute(self, sql: str, values: Any = ()) -> _Cursor:  # noqa: ANN401 - as sqlite3 has it
        return self.cursor().execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Any]) -> _Cursor:
        return self.cursor().executemany(sql, rows)

    def backup(self, target: _Connection, **more: Any) -> None:  # noqa: ANN401 - as sqlite3 has it
        try:
            super().backup(target, **more)
        except dbapi2.Error as error:
            raise _as_sqlite(error) from error
        except MemoryError as error:  # What SQLCipher makes of a damaged page in the target.
            told = sqlite3.DatabaseError("database disk image is malformed")
            told.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise told from error
