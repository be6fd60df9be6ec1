"""Merging: records that came from elsewhere join the diary, in one step that can be undone.

What is known of a diary is one version of each record, the highest ranked that was ever seen
(`records.outranks`); merging takes the higher of two, record by record. So it does not matter what
is merged first, nor how often. Checks for warning signs, their triggers and outcomes are only united.

A record may name another one that is gone, or never came: then it waits whole in the table `waiting`,
or stands in its own table without that name, and takes its place when the other is there again.
Nothing that nobody deleted is lost. What `_id` columns hold follows from the versions alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.store import journal, rows
from spinetrack.store.documents import shapes
from spinetrack.store.failures import NOTHING_SAVED
from spinetrack.store.records import KEPT, Record, data_of, outranks, read_records
from spinetrack.store.settling import place, standing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

    from spinetrack.recovery.diary import ImportRun
    from spinetrack.store import Store

LIVED: Final = ("entry", "session", "skip")
"""Tables of which one row makes a diary somebody's."""


class Arrival(NamedTuple):
    """Records that came from one file."""

    run: ImportRun
    """The import as it will be noted; the counts are filled in."""
    records: Sequence[Record]
    patient: str | None = None
    """Whose diary they are of; None when the file cannot say."""
    same_person: bool = False
    """The patient said that both diaries are theirs."""


class Merged(NamedTuple):
    """What a merge does, in records."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    stayed: int = 0
    """The diary holds a later version, or the record was deleted here."""
    held_back: int = 0
    """They came in with another file, and that import was taken back."""
    waiting: int = 0
    """They name a record that is not there."""

    @property
    def anything(self) -> bool:
        """Whether the diary is another one than before."""
        return bool(self.new or self.changed or self.removed)


def compare(store: Store, arrival: Arrival) -> Merged:
    """Say what `merge` would do. Changes nothing.

    Raises:
        ValueRefusedError: as `merge` says.

    """
    with store._reading() as db:  # noqa: SLF001 - one room
        return plan(db, arrival, rows.utc_text(store._now())).result  # noqa: SLF001 - one room


def merge(store: Store, arrival: Arrival, command: str) -> Merged:
    """Let records from elsewhere join the diary, in one step that can be undone.

    Args:
        store: The diary; one is made where there is none.
        arrival: What came.
        command: What the patient typed; `undo` says it back.

    Raises:
        ValueRefusedError: it is of another person's diary, or a record cannot be kept.
        DiaryFileError: the file cannot be used.
        BusyError: another program holds it for 5 seconds.

    """
    with store._writing() as db:  # noqa: SLF001 - one room
        return bring_in(db, arrival, command, rows.utc_text(store._now()))  # noqa: SLF001 - one room


class Plan(NamedTuple):
    """The versions that will be in force, and what they come to."""

    winners: dict[str, Record]
    here: dict[str, Record]
    result: Merged


def plan(db: sqlite3.Connection | None, arrival: Arrival, now: str) -> Plan:
    """Compare what came with what is here. Changes nothing.

    Args:
        db: The diary; None when there is none yet.
        arrival: What came.
        now: The moment, in UTC text: of what a file brings back on purpose.

    Raises:
        ValueRefusedError: it is of another person, or a record cannot be kept.

    """
    here: dict[str, Record] = {}
    taken_back: Collection[str] = ()
    undone: Collection[str] = ()
    if db is not None:
        _refuse_stranger(db, arrival)
        here = {record.uuid: record for record in read_records(db)}
        taken_back = _taken_back(db, arrival.run.sha256)
        undone = {uuid for (uuid,) in db.execute("SELECT uuid FROM tombstone WHERE cause IS NOT NULL")}
    winners: dict[str, Record] = {}
    words: list[str] = []
    for record in arrival.records:
        mine = winners.get(record.uuid) or here.get(record.uuid)
        verdict, version = _judge(record, mine, now, on_purpose=record.uuid in taken_back)
        words.append("held_back" if verdict == "stayed" and record.uuid in undone else verdict)
        if version is not None:
            winners[record.uuid] = version
    from spinetrack.store.guard import check_all, check_ranges  # it loads what starts processes

    values = [record.value for record in winners.values() if record.value is not None]
    check_ranges(values)
    check_all(values)
    return Plan(winners, here, _result(here, winners, words))


def _result(here: Mapping[str, Record], winners: Mapping[str, Record], words: Sequence[str]) -> Merged:
    before, after = standing(here), standing({**here, **winners})
    stay = before & after & winners.keys()
    # A later version may say what the earlier one said: a newer export of the same days.
    alike = sum(_says_the_same(winners[uuid], here[uuid]) for uuid in stay)
    return Merged(
        new=len(after - before),
        changed=len(stay) - alike,
        removed=len(before - after),
        same=words.count("same") + alike,
        stayed=words.count("stayed"),
        held_back=words.count("held_back"),
        waiting=sum(r.value is not None and r.uuid not in after for r in winners.values()),
    )


def bring_in(db: sqlite3.Connection, arrival: Arrival, command: str, now: str) -> Merged:
    """Merge what came, as one step of an open transaction.

    Args:
        db: The diary, in a transaction for writing.
        arrival: What came.
        command: What was typed, for `undo`.
        now: The moment, in UTC text.

    Returns:
        What it came to. When nothing is new the transaction is rolled back.

    Raises:
        ValueRefusedError: as `plan` says.

    """
    from spinetrack.store.writing import Writer

    adopted = _adopt(db, arrival)
    found = plan(db, arrival, now)
    if not found.winners and not adopted:
        db.execute("ROLLBACK")
        return found.result
    step = journal.open_step(db, now, command)
    step = place(db, found.here, found.winners, step)
    result = found.result
    if result.anything or adopted:
        run = arrival.run._replace(added=result.new, changed=result.changed + result.removed)
        number = Writer(db, step, now).add(run)
        if adopted:
            db.execute(
                "INSERT INTO meta SELECT 'patient ' || uuid, ? FROM import_run WHERE id = ?",
                (adopted, number),
            )
    journal.close_step(db, step)
    if not (result.anything or adopted or result.waiting):
        # Only later dates of the same words: nothing that the patient could take back.
        db.execute("UPDATE step SET state = 'dead' WHERE id = ?", (step,))
    return result


def _judge(record: Record, mine: Record | None, now: str, *, on_purpose: bool) -> tuple[str, Record | None]:
    """Return what is said of a record, and the version that will be in force if it is a new one.

    Checks for warning signs are only united: what stands stays.
    """
    if mine is None or (mine.kind == record.kind and record.kind not in KEPT and outranks(record, mine)):
        return "", record
    if mine.kind != record.kind:
        raise ValueRefusedError(f"The file holds a record under another name. {NOTHING_SAVED}")
    if _says_the_same(record, mine):
        return "same", None
    return ("", record._replace(revision=mine.revision + 1, updated=now)) if on_purpose else ("stayed", None)


def _says_the_same(record: Record, mine: Record) -> bool:
    if record.value is None or mine.value is None:
        return record.value is mine.value
    return data_of(record) == data_of(mine)


def _refuse_stranger(db: sqlite3.Connection, arrival: Arrival) -> None:
    own = _patient(db)
    if arrival.patient in {None, own} or arrival.same_person or not _is_somebodys(db):
        return
    raise ValueRefusedError(
        f"This file is of another diary than yours. {NOTHING_SAVED}",
        hint="If both diaries are yours, add --same-person.",
    )


def _patient(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT value FROM meta WHERE key = 'patient'").fetchone()[0])


def _is_somebodys(db: sqlite3.Connection) -> bool:
    return any(db.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in LIVED)


def _adopt(db: sqlite3.Connection, arrival: Arrival) -> str | None:
    """Let a diary in which nothing was lived be the one that the file is of; return the key it had."""
    own = _patient(db)
    if arrival.patient in {None, own} or _is_somebodys(db):
        return None
    db.execute("UPDATE meta SET value = ? WHERE key = 'patient'", (arrival.patient,))
    return own


def _taken_back(db: sqlite3.Connection, sha256: str) -> set[str]:
    """Return the records that are as undoing an import of this very file left them."""
    if not sha256:
        return set()
    runs = "SELECT uuid FROM import_run WHERE sha256 = ?"
    found = {uuid for (uuid,) in db.execute(f"SELECT uuid FROM tombstone WHERE cause IN ({runs})", (sha256,))}
    undoing = db.execute(
        "SELECT max(u.id) FROM import_run r JOIN step s ON s.id = r.seq AND s.state <> 'live'"
        " JOIN step u ON u.undoes = s.id WHERE r.sha256 = ? GROUP BY s.id",
        (sha256,),
    ).fetchall()
    for (step,) in undoing:
        touched = db.execute(
            "SELECT tbl, row_id FROM change WHERE step >= :step GROUP BY tbl, row_id"
            " HAVING min(step) = :step AND max(step) = :step",
            {"step": step},
        ).fetchall()
        for table, number in touched:
            if table in shapes():
                found.update(
                    uuid for (uuid,) in db.execute(f"SELECT uuid FROM {table} WHERE id = ?", (number,))
                )
    return found
