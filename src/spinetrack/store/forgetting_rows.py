"""Which rows go when something is forgotten, and what stays in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.recovery.redflags import WEEK, closing, open_flags
from spinetrack.store import forgetting_words, reading
from spinetrack.store.documents import shapes
from spinetrack.store.journal import FORGOTTEN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date

    from spinetrack.recovery.diary import Screen

BY_DAY: Final = {
    "entry": "day", "session": "day", "skip": "day", "flare_mark": "day", "screen": "day", "rescreen": "day",
    "decision": "day", "question": "day", "score": "day", "goal_rating": "day", "side_effect": "day",
    "intake": "day", "treatment_session": "day", "block": "day", "visit": '"on"', "handover": "day",
    "import_run": "day",
}  # fmt: skip
"""What belongs to a day. The plan, goals, medicines, courses and answers about the patient hold beyond it."""
CHILDREN: Final = {
    "observation": ("entry_id", "entry"),
    "screen_answer": ("screen_id", "screen"),
    "outcome": ("screen_id", "screen"),
    "block_reading": ("block_id", "block"),
    "milestone": ("goal_id", "goal"),
    "goal_rating": ("goal_id", "goal"),
    "treatment_session": ("treatment_id", "treatment"),
    "intake": ("medicine_id", "medicine"),
}
"""Rows that go with another one: the column that names it, and its table."""
ALONE: Final = "import_run"
"""A table with rows of its own that no bundle holds."""
MIDNIGHT: Final = "T00:00:00+00:00"


class Wish(NamedTuple):
    """What shall be forgotten: everything, the days of a period, or names and notes."""

    everything: bool = False
    words: bool = False
    since: date | None = None
    until: date | None = None


class Gone(NamedTuple):
    """What went."""

    records: dict[str, int]
    """Kind to how many."""
    changed: int
    """Records that lost their words alone."""
    flags: int
    """Open warning signs of which number, tier and day stay."""


def purge(db: sqlite3.Connection, wish: Wish, now: str) -> Gone:
    """Let a diary lose what shall go. Nothing of it is in any table afterwards.

    Args:
        db: A copy of the diary that nobody else sees.
        wish: What shall go.
        now: The moment, in UTC text.

    """
    db.execute("BEGIN")
    triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    screens = reading.read_screens(db, "1", {})
    kept = _kept_screens(screens, wish)
    purging = _Purging(db, now)
    flags = 0
    if wish.words:
        purging.words()
    else:
        flags = purging.strip(kept, wish)
        purging.rows(wish, kept)
    purging.traces(wish)
    for _, sql in triggers:
        db.execute(sql)
    db.execute("COMMIT")
    return Gone({kind: n for kind, n in purging.gone.items() if n}, purging.changed, flags)


def _kept_screens(screens: tuple[Screen, ...], wish: Wish) -> frozenset[int]:
    """Return the screens that may not go: with an open sign, or with what closed a sign that stays."""
    kept = {screen.id for screen in open_flags(screens, WEEK)}
    for screen in screens:
        stays = not (wish.everything or _is_inside(wish, screen.day))
        outcome = closing(screen, screens) if stays and screen.tier is not None else None
        if outcome is not None:
            kept.add(outcome.screen_id)
    return frozenset(kept)


def _is_inside(wish: Wish, day: date) -> bool:
    return (wish.since is None or day >= wish.since) and (wish.until is None or day <= wish.until)


class _Purging:
    def __init__(self, db: sqlite3.Connection, now: str) -> None:
        self.db = db
        self.now = now
        self.gone: dict[str, int] = {}
        self.changed = 0

    def strip(self, kept: Iterable[int], wish: Wish) -> int:
        """Leave number, tier and day of the screens that stay and would go; return how many."""
        found = 0
        for number in kept:
            (day,) = self.db.execute("SELECT day FROM screen WHERE id = ?", (number,)).fetchone()
            if not (wish.everything or self._in_period(wish, day)):
                continue
            found += 1
            self.db.execute("DELETE FROM screen_answer WHERE screen_id = ?", (number,))
            self.db.execute(
                "UPDATE screen SET at = substr(at, 1, 10) || ?, created = substr(created, 1, 10) || ?,"
                " updated = substr(updated, 1, 10) || ?, utc_offset = 0 WHERE id = ?",
                (MIDNIGHT, MIDNIGHT, MIDNIGHT, number),
            )
            self.db.execute(
                "UPDATE outcome SET text = '', \"by\" = CASE WHEN \"by\" IS NULL THEN NULL ELSE 'other' END"
                " WHERE screen_id = ?",
                (number,),
            )
        return found

    def rows(self, wish: Wish, kept: frozenset[int]) -> None:
        """Take out what shall go, children first."""
        names = [*shapes(), ALONE] if wish.everything else [*BY_DAY]
        doomed = {table: self._doomed(table, wish, kept) for table in dict.fromkeys(names)}
        for table, (column, parent) in CHILDREN.items():
            ids = doomed.get(parent, ())
            marks = ", ".join(map(str, ids))
            found = self.db.execute(f"SELECT id FROM {table} WHERE {column} IN ({marks})").fetchall()
            doomed[table] = {*doomed.get(table, ()), *(number for (number,) in found)}
            if table == "outcome" and wish.everything:
                doomed[table] = {n for n in doomed[table] if not self._belongs(n, kept)}
        for table in sorted(doomed, key=lambda name: name not in CHILDREN):
            self._delete(table, doomed[table])

    def words(self) -> None:
        """Take the patient's own words out of all records."""
        for table in ("profile", "setting"):
            found = self.db.execute(f'SELECT id, "key", value FROM {table}').fetchall()
            self._delete(table, {n for n, key, value in found if forgetting_words.is_own(table, key, value)})
        for table in forgetting_words.NOTHING_ELSE:
            self._delete(table, {n for (n,) in self.db.execute(f"SELECT id FROM {table}").fetchall()})
        for table in forgetting_words.CHANGES:
            for uuid, new in forgetting_words.changed(self.db, table):
                self._edit_those_that_name(table, uuid)
                places = ", ".join(f'"{name}" = :{name}' for name in new)
                fresh = forgetting_words.new_name(uuid)
                self.db.execute(
                    f"UPDATE {table} SET {places}, uuid = :fresh WHERE uuid = :old",
                    {**new, "fresh": fresh, "old": uuid},
                )
                self._bury(table, uuid)
                self.changed += 1

    def _edit_those_that_name(self, table: str, uuid: str) -> None:
        """Make records that name this one a newer version: those of before name what is forgotten."""
        for kind, shape in shapes().items():
            for column in (name for name, named, *_ in shape.names if named == table):
                self.db.execute(
                    f"UPDATE {kind} SET revision = revision + 1, updated = ?"
                    f" WHERE {column} = (SELECT id FROM {table} WHERE uuid = ?)",
                    (self.now, uuid),
                )

    def traces(self, wish: Wish) -> None:
        """Take out what undo, the shelf and half-done work hold. Ids and numbers of writes count on."""
        from spinetrack.store.documents import parse
        from spinetrack.store.records import record_of

        for (body,) in self.db.execute("SELECT body FROM waiting").fetchall():
            record = record_of(parse(body))
            self._bury(record.kind, record.uuid)
        for table in ("waiting", "timer", "draft", "change"):
            self.db.execute(f"DELETE FROM {table}")
        (last,) = self.db.execute("SELECT max(id) FROM step").fetchone()
        self.db.execute("DELETE FROM step")
        if last is not None:
            self.db.execute(
                "INSERT INTO step (id, at, command, state) VALUES (?, ?, 'forget', 'live')", (last, self.now)
            )
        self.db.execute("DELETE FROM meta WHERE key LIKE 'patient %'")
        if wish.everything:
            self.db.execute("UPDATE tombstone SET revision = ?, at = ?, cause = NULL", (FORGOTTEN, self.now))

    def _doomed(self, table: str, wish: Wish, kept: frozenset[int]) -> set[int]:
        if wish.everything:
            found = {n for (n,) in self.db.execute(f"SELECT id FROM {table}")}
        else:
            column = BY_DAY[table].strip('"')
            rows = self.db.execute(f'SELECT id, "{column}" FROM {table}').fetchall()
            found = {n for n, day in rows if self._in_period(wish, day)}
        if table == "screen":
            return found - kept
        if not wish.everything and table in {"flare_mark", "rescreen"}:
            return found - self._in_force(table)
        return found

    def _in_force(self, table: str) -> set[int]:
        """Return the mark that began the running flare, or the triggers that no check came after."""
        if table == "rescreen":
            late = "SELECT id FROM rescreen WHERE at > (SELECT coalesce(max(at), '') FROM screen)"
            return {n for (n,) in self.db.execute(late)}
        last = self.db.execute("SELECT id, kind FROM flare_mark ORDER BY at DESC, id DESC LIMIT 1").fetchone()
        if last is None or last[1] != "start":
            return set()
        self.db.execute("UPDATE flare_mark SET triggers = NULL, helped = NULL WHERE id = ?", (last[0],))
        return {last[0]}

    def _in_period(self, wish: Wish, day: str) -> bool:
        return (wish.since is None or day >= wish.since.isoformat()) and (
            wish.until is None or day <= wish.until.isoformat()
        )

    def _belongs(self, outcome: int, kept: frozenset[int]) -> bool:
        (screen,) = self.db.execute("SELECT screen_id FROM outcome WHERE id = ?", (outcome,)).fetchone()
        return screen in kept

    def _delete(self, table: str, ids: Iterable[int]) -> None:
        marks = ", ".join(map(str, ids))
        if table in shapes():
            for (uuid,) in self.db.execute(f"SELECT uuid FROM {table} WHERE id IN ({marks})").fetchall():
                self._bury(table, uuid)
        done = self.db.execute(f"DELETE FROM {table} WHERE id IN ({marks})")
        self.gone[table] = self.gone.get(table, 0) + done.rowcount

    def _bury(self, kind: str, uuid: str) -> None:
        if kind == ALONE:
            return
        self.db.execute(
            "INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at, cause) VALUES (?, ?, ?, ?, NULL)",
            (uuid, kind, FORGOTTEN, self.now),
        )
