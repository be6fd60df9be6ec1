"""The diary file: the only code that speaks SQL.

`Store` reads frozen values of `recovery.diary` and writes them in numbered steps. It uses plain
sqlite3; the SQLModel classes of `store.tables` declare the same schema and guard what comes from
forms and files.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import (
    CheckInDraft,
    Diary,
    Entry,
    Question,
    Screen,
    Session,
    Timer,
)
from spinetrack.store import failures, reading, rows
from spinetrack.store.connection import (
    FILE_NAME,
    begin_writing,
    create_file,
    open_file,
    prepare_writing,
    saying,
)
from spinetrack.typed import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self, TextIO

    from spinetrack.recovery.diary import CustomMetric
    from spinetrack.store.asides import Asides, Begun
    from spinetrack.store.writing import Writer

R = TypeVar("R")

_TRIES = 5
"""How often the diary may get a new file while we wait to write."""


class Store:
    """One diary file, opened when it is first needed.

    Every method raises `DiaryFileError` when the file cannot be used, and `BusyError` when another
    program holds it for 5 seconds.

    Args:
        folder: Where it lies.
        now: The clock.
        tell: Gets one line when the file was brought to a newer format.

    """

    def __init__(
        self, folder: Path | str, now: Callable[[], datetime], tell: Callable[[str], None] = lambda _: None
    ) -> None:
        self._place = os.path.join(folder, FILE_NAME)
        self._now = now
        self._tell = tell
        self._db: sqlite3.Connection | None = None
        self._number = 0
        self._can_write = False
        self._has_written = False
        self._told_of_cloud = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
            self._can_write = False

    @property
    def path(self) -> Path:
        """The diary file."""
        from pathlib import Path

        return Path(self._place)

    def diary(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        recent: date | None = None,
        long: tuple[str, ...] = (),
    ) -> Diary:
        """Read what was recorded from `since` to `until`, both included; None is without an end.

        Activities, quotas, profile, settings, playbooks, metrics, goals, scores and the first and
        last day are always those of the whole diary. So are older screens whose sign nothing has closed, with
        the later ones that may have closed them.

        Args:
            since: The first day.
            until: The last day.
            recent: Before this day only observations of the metrics `long` are read.
            long: Metric keys.

        """
        with self._reading() as db:
            return reading.read_diary(db, reading.Period(since, until, recent, long)) if db else Diary()

    def entry(self, id: int) -> Entry | None:  # noqa: A002
        """Find the entry with this id, or None."""
        with self._reading() as db:
            found = reading.read_entries(db, "id = :id", {"id": id}) if db else ()
        return found[0] if found else None

    def latest_entries(self, count: int) -> tuple[Entry, ...]:
        """Read the last `count` entries, oldest first."""
        latest = "ORDER BY day DESC, at DESC, id DESC LIMIT :count"
        with self._reading() as db:
            found = reading.read_entries(db, "1", {"count": count}, latest) if db else ()
        return found[::-1]

    def session(self, id: int) -> Session | None:  # noqa: A002
        """Find the session with this id, or None."""
        return self._one(rows.SESSION, id)

    def screen(self, id: int) -> Screen | None:  # noqa: A002
        """Find the screen with this id, or None."""
        with self._reading() as db:
            found = reading.read_screens(db, "id = :id", {"id": id}) if db else ()
        return found[0] if found else None

    def find(self, kind: type[R], id: int) -> R | None:  # noqa: A002
        """Find the record of any kind without children that has this id, or None."""
        return self._one(rows.table_of(kind), id)

    def every(self, kind: type[R]) -> tuple[R, ...]:
        """Read all records of any kind without children, oldest first."""
        table = rows.table_of(kind)
        with self._reading() as db:
            return reading.read(db, table, order="ORDER BY id") if db else ()

    def questions(self) -> tuple[Question, ...]:
        """Read what the patient wants to ask, oldest first."""
        with self._reading() as db:
            return reading.read(db, rows.QUESTION) if db else ()

    def measures(self) -> tuple[tuple[CustomMetric, ...], str | None]:
        """Read the patient's own metrics and the units they think in, `km`, `mi` or None."""
        with self._reading() as db:
            if db is None:
                return (), None
            units = db.execute(
                "SELECT value FROM profile WHERE key = 'units' ORDER BY at DESC, id DESC LIMIT 1"
            ).fetchone()
            return reading.read(db, rows.METRIC, order="ORDER BY id"), units[0] if units else None

    def timer(self) -> Timer | None:
        """Read the running timer, or None. Of several the one that was started last."""
        with self._reading() as db:
            found = reading.read(db, rows.TIMER) if db else ()
        return found[-1] if found else None

    def draft(self) -> CheckInDraft | None:
        """Read the unfinished check-in, or None. Of several the last."""
        with self._reading() as db:
            found = reading.read(db, rows.DRAFT) if db else ()
        return found[-1] if found else None

    def asides(self, since: date, until: date, begun: Begun[R] | None = None) -> Asides[R] | None:
        """Read what a report of these days asks beside its diary, or None before the first write."""
        from spinetrack.store import asides

        with self._reading() as db:
            return asides.ask(db, since, until, begun) if db else None

    def patient(self) -> str | None:
        """Read the key that says whose diary this is, or None before the first write."""
        with self._reading() as db:
            return _meta(db, "patient") if db else None

    @contextmanager
    def write(self, command: str) -> Iterator[Writer]:
        """Write all of the block in one step, durable when the block is left, or nothing of it.

        Args:
            command: What the patient typed; `undo` says it back.

        Yields:
            What adds, replaces and removes. The store's own methods see its changes at once.

        Raises:
            ValueRefusedError: if a value cannot be kept.

        """
        from spinetrack.store import journal
        from spinetrack.store.writing import Writer

        with self._writing() as db:
            now = rows.utc_text(self._now())
            step = journal.open_step(db, now, command)
            before = db.total_changes
            yield Writer(db, step, now)
            if db.total_changes == before:
                db.execute("ROLLBACK")  # Nothing was written: not a step.
                return
            journal.close_step(db, step)
            if self._told_of_cloud:
                _remember_cloud(db)

    def undo(self) -> str | None:
        """Turn back the last step that changed something other than screens, timer and draft.

        Returns:
            Its command, or None when there is nothing to undo.

        """
        from spinetrack.store import journal

        if self._file() is None:
            return None
        with self._writing() as db:
            return journal.undo(db, rows.utc_text(self._now()))

    def redo(self) -> str | None:
        """Bring back the step that was undone last, unless something was written since.

        Returns:
            Its command, or None when there is nothing to redo.

        """
        from spinetrack.store import journal

        if self._file() is None:
            return None
        with self._writing() as db:
            return journal.redo(db, rows.utc_text(self._now()))

    def cloud_warning(self) -> str | None:
        """Warn, once in a diary's life, that its folder is synced or on the network."""
        from spinetrack.store.cloud import shared_by

        shared = shared_by(os.path.dirname(self._place))
        if shared is None:
            return None
        with self._reading() as db:
            if self._told_of_cloud or (db and _meta(db, "cloud")):
                return None
        self._told_of_cloud = True
        if self._has_written:
            with self._writing() as db:
                _remember_cloud(db)
        return (
            f"The diary lies in {shared}. Two computers that write to it at once can damage it."
            " Keep the diary on one computer, and put backups there."
        )

    def backup(self, label: str, folder: Path | None = None) -> Path:
        """Copy the diary, check the copy, and let the older copies in its folder thin out.

        Args:
            label: Why it is made, one word: `asked`, or what it is made before.
            folder: Where the copy goes; None is `backups` beside the diary.

        Returns:
            The copy; beside it lies its SHA-256.

        Raises:
            ValueRefusedError: there is no diary yet.

        """
        from spinetrack.store import backup, backups

        if self._file() is None:
            raise ValueRefusedError(f"There is no diary yet. {failures.NO_COPY}")
        copy = backup.write_backup(self.path, self._now(), label, folder)
        if folder is None:
            backups.thin(self.path.parent, self._now())
        else:
            backups.thin_elsewhere(folder, self.path, self._now())
        return copy

    def raw_export(self, out: TextIO) -> None:
        """Write every row of the file, of whatever format, as lines of JSON; change nothing.

        Raises:
            DiaryFileError: if there is no diary, or it cannot be read.

        """
        from spinetrack.store.raw import write_raw

        write_raw(self.path, out)

    def _file(self) -> sqlite3.Connection | None:
        if self._db is not None:
            return self._db
        self._number = self._number_now()
        try:
            self._db = open_file(self._place, self._now, self._tell)
        except failures.DamagedError:
            if self._number == self._number_now():
                raise
            return self._file()  # Another file has just taken its place.
        return self._db

    def _number_now(self) -> int:
        """Return what tells the file that is the diary now from one that was."""
        try:
            return os.stat(self._place).st_ino
        except OSError:
            return 0

    def _one(self, table: rows.Table[R], number: int) -> R | None:
        with self._reading() as db:
            found = reading.read(db, table, "id = :id", {"id": number}) if db else ()
        return found[0] if found else None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """All that the block reads is of one moment; None when there is no diary yet."""
        db = self._file()
        inside = db is None or db.in_transaction
        with saying(self._place, writing=False):
            if db and not inside:
                db.execute("BEGIN")
            try:
                yield db
            except (ValueError, TypeError) as error:
                raise failures.damaged(self._place) from error
            finally:
                if db and not inside and db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Make the block one transaction, there for good when the block is left."""
        db = self._made_file()
        if db.in_transaction:
            raise RuntimeError("a write is already open")
        with saying(self._place, writing=True):
            try:
                db = self._begun(db)
                yield db
                if db.in_transaction:
                    db.execute("COMMIT")
                    self._has_written = True
            except BaseException:
                # After a full disk SQLite has already rolled back.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def _made_file(self) -> sqlite3.Connection:
        """Open the diary; make one where there is none."""
        if self._file() is None:
            create_file(self._place)
        return cast("sqlite3.Connection", self._file())

    def _begun(self, db: sqlite3.Connection) -> sqlite3.Connection:
        """Begin to write; into the file that has taken the diary's place, where one has while we waited."""
        for _ in range(_TRIES):
            try:
                if not self._can_write:
                    prepare_writing(db)
                    self._can_write = True
                begin_writing(db)
            except sqlite3.DatabaseError as error:
                if not failures.is_damage(error) or self._number == self._number_now():
                    raise
            else:
                if self._number == self._number_now():
                    return db
            self.close()
            db = self._made_file()
        raise failures.busy()


def _meta(db: sqlite3.Connection, key: str) -> str | None:
    found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else None


def _remember_cloud(db: sqlite3.Connection) -> None:
    db.execute("INSERT OR IGNORE INTO meta VALUES ('cloud', 'told')")
