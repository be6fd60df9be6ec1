"""Merging as properties over diaries that were one and went separate ways.

Every state here was reached by writes that the program can make. Three moments for all writes: what
happened in one second is what a merge decides last, and what goes wrong first.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.store.records import EXAMPLES, NOW, TODAY, Value, add, entry, fresh_store, open_store

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store import Store, merge, rows
from spinetrack.store.documents import Document, parse
from spinetrack.store.journal import FORGOTTEN
from spinetrack.store.merge import Arrival, Merged
from spinetrack.store.records import (
    KEPT,
    Record,
    data_of,
    outranks,
    record_of,
    records_in,
    text_of,
)
from spinetrack.store.settling import standing

LATER = [NOW + timedelta(days=n) for n in range(3)]
SCREEN = d.Screen(NOW, TODAY, (d.Answer("CE1", "yes"),), 1)
PARENTS: dict[type, tuple[str, type]] = {
    d.Milestone: ("goal_id", d.Goal),
    d.TreatmentSession: ("treatment_id", d.Treatment),
    d.Intake: ("medicine_id", d.Medicine),
    d.Outcome: ("screen_id", d.Screen),
    d.BlockReading: ("block_id", d.Block),
}
"""A kind that must name another."""
MAY_NAME: dict[type, tuple[str, type]] = {
    d.Treatment: ("person_id", d.Person),
    d.SideEffect: ("medicine_id", d.Medicine),
    d.Block: ("treatment_id", d.Treatment),
}
POOL: tuple[Any, ...] = (
    entry(4), entry(6, note="hard day"), d.Quota("sit", NOW, TODAY, 20, "me"), d.Question("May I swim?", NOW, TODAY),
    d.Goal("swim", "swim", 4.0, TODAY, NOW, TODAY), d.Milestone(0, 2, TODAY, NOW, TODAY),
    d.Person("Dana", "physio", NOW, TODAY), d.Treatment("physiotherapy", "course", TODAY, NOW, TODAY),
    d.TreatmentSession(0, NOW, TODAY, "30 min"), d.Medicine("ibuprofen", TODAY, NOW, TODAY),
    d.Intake(0, NOW, TODAY, NOW), d.SideEffect("sick", NOW, TODAY), d.Block(7, NOW, TODAY),
    d.BlockReading(0, 3, NOW, TODAY), SCREEN, d.Outcome(0, NOW, TODAY, "seen", "well", "GP"),
    d.Trigger("worse", NOW, TODAY, ("CE1",)),
)  # fmt: skip
CHANGES: dict[type, tuple[str, tuple[Value, Value]]] = {
    d.Entry: ("note", ("better", "worse")),
    d.Quota: ("amount", (25.0, 15.0)),
    d.Question: ("text", ("May I run?", "May I ski?")),
    d.Goal: ("title", ("swim far", "swim fast")),
    d.Milestone: ("value", (3.0, 5.0)),
    d.Person: ("role", ("GP", "nurse")),
    d.Treatment: ("name", ("second course", "third course")),
    d.TreatmentSession: ("dose", ("45 min", "15 min")),
    d.Medicine: ("dose", ("400 mg", "600 mg")),
    d.Intake: ("times", (2.0, 3.0)),
    d.SideEffect: ("text", ("very sick", "dizzy")),
    d.Block: ("name", ("left", "right")),
    d.BlockReading: ("pain", (5, 1)),
}
"""What an edit changes, and to which of two."""

Write = tuple[str, int, int]
"""What to do, with which kind, and with which of those that are there."""


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Copy:
    """A diary with its own clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.store = Store(folder, self.clock)

    def fork(self) -> Copy:
        """A copy of the file, as on another computer."""
        self.store.close()
        folder = Path(tempfile.mkdtemp(dir=self.store.path.parent.parent))
        shutil.copy(self.store.path, folder)
        return Copy(folder)

    def write(self, writes: Iterable[Write], moments: Iterable[int]) -> Copy:
        for write, moment in zip(writes, moments, strict=False):
            self.clock.now = LATER[moment % len(LATER)]
            self._write(*write)
        return self

    def _write(self, what: str, kind: int, pick: int) -> None:
        value = POOL[kind % len(POOL)]
        there = self._all(type(value))
        if what == "undo":
            self.store.undo()
        elif what == "add":
            self._add(value, pick)
        elif there and type(value) in CHANGES:
            old = there[pick % len(there)]
            with self.store.write(what) as writer:
                if what == "remove":
                    writer.remove(old)
                else:
                    name, choices = CHANGES[type(value)]
                    writer.replace(old._replace(**{name: choices[pick % 2]}))

    def _add(self, value: Value, pick: int) -> None:
        name, parent = (PARENTS | MAY_NAME).get(type(value), ("", None))
        found = self._all(parent) if parent else ()
        if found:
            value = value._replace(**{name: found[pick % len(found)].id})
        elif type(value) in PARENTS:
            return
        add(self.store, value)

    def _all(self, kind: Value) -> tuple[Any, ...]:
        if kind is d.Entry:
            return self.store.diary().entries
        return self.store.diary().screens if kind is d.Screen else self.store.every(kind)

    def take(self, other: Copy | Iterable[Record], sha: str = "", *, same: bool = False) -> Merged:
        """Merge another diary, or what was read from one."""
        records = tuple(records_in(other.store)) if isinstance(other, Copy) else tuple(other)
        run = d.ImportRun("other", "bundle", sha, 0, 0, self.clock.now, TODAY)
        arrival = Arrival(run, records, self.store.patient(), same)
        expected = merge.compare(self.store, arrival)
        result = merge.merge(self.store, arrival, "import other")
        assert result == expected
        self.check()
        return result

    def check(self) -> None:
        """The file is whole, and its tables say what its versions say."""
        db = self.store._file()
        assert db
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM step WHERE id < (SELECT max(seq) FROM entry)").fetchone()
        found = {record.uuid: record for record in records_in(self.store)}
        assert len(found) == len(records_in(self.store))
        shown = {uuid for kind in rows.every_kind() for uuid in self.uuids(rows.table_of(kind).name)}
        assert shown == standing(found)
        buried = self.uuids("tombstone")
        assert buried == {uuid for uuid, record in found.items() if record.value is None}
        assert not shown & buried

    def uuids(self, table: str) -> set[str]:
        db = self.store._file()
        assert db
        if table in {"timer", "draft", "import_run"}:
            return set()
        return {uuid for (uuid,) in db.execute(f"SELECT uuid FROM {table}")}

    def state(self) -> set[str]:
        """Every version that is known, as text, without the order within a second."""
        return {text_of(record._replace(write=0, place=0)) for record in records_in(self.store)}

    def content(self, *, kept: bool = True) -> dict[str, Document]:
        """What the patient sees: each record that has its place, and what it says."""
        found = {record.uuid: record for record in records_in(self.store)}
        shown = standing(found)
        return {
            uuid: {n: v for n, v in data_of(found[uuid]).items() if not n.endswith("_id") or v in shown}
            for uuid in shown
            if kept or found[uuid].kind not in KEPT
        }


def fresh() -> Copy:
    with fresh_store() as store:
        return Copy(store.path.parent)


writes = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "edit", "remove", "undo"]), st.integers(0, 99), st.integers(0, 9)),
    max_size=12,
)  # fmt: skip
moments = st.lists(st.integers(0, 2), min_size=12, max_size=12)
histories = st.tuples(writes, moments)

FAST = settings(
    max_examples=settings().max_examples // 4, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
GOAL, MILESTONE, PERSON, TREATMENT = 4, 5, 6, 7
ORPHAN = (([("add", GOAL, 0)], [0]), ([("remove", GOAL, 0)], [1]), ([("add", MILESTONE, 0)], [2]))
"""A goal that one deletes and the other builds on."""
NO_NAME = (
    ([("add", PERSON, 0), ("add", TREATMENT, 0)], [0, 0]),
    ([("remove", PERSON, 0)], [1]),
    ([("edit", TREATMENT, 0)], [2]),
)
"""A person that one deletes while the other changes what names them."""
SAME_SECOND = (([("add", 0, 0)], [0]), ([("edit", 0, 0)], [1]), ([("edit", 0, 1)], [1]))
"""Both change one entry in one second."""


def two(base: Value, left: Value, right: Value) -> tuple[Copy, Copy]:
    """Two diaries that were one."""
    first = fresh().write(*base)
    second = first.fork()
    return first.write(*left), second.write(*right)


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_both_orders_come_to_the_same(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    before = records_in(mine.store)
    mine.take(theirs)
    theirs.take(before)
    assert mine.state() == theirs.state()
    assert mine.content() == theirs.content()


@FAST
@given(histories, histories, histories, histories)
@example(*ORPHAN, ([("edit", GOAL, 0), ("edit", GOAL, 0)], [2, 2]))
@example(*NO_NAME, ([("edit", PERSON, 0), ("edit", PERSON, 0)], [2, 2]))
def test_it_does_not_matter_who_is_merged_first(base: Value, a: Value, b: Value, c: Value) -> None:
    first, second = two(base, a, b)
    third = first.fork().write(*c)
    left = first.fork()
    left.take(second)
    left.take(third)
    second.take(third)
    first.take(second)
    assert left.state() == first.state()
    assert left.content() == first.content()


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_twice_is_once(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    mine.take(theirs)
    state = mine.state()
    runs = len(mine.store.every(d.ImportRun))
    again = mine.take(theirs)
    assert not again.anything
    assert mine.state() == state
    assert len(mine.store.every(d.ImportRun)) == runs


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_nothing_is_lost_that_nobody_deleted(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    both = [{r.uuid: r for r in records_in(copy.store)} for copy in (mine, theirs)]
    mine.take(theirs)
    found = {record.uuid: record for record in records_in(mine.store)}
    assert found.keys() == both[0].keys() | both[1].keys()
    for uuid, record in found.items():
        versions = [state[uuid] for state in both if uuid in state]
        assert not any(outranks(version, record) for version in versions)
        assert text_of(record._replace(write=0, place=0)) in {
            text_of(version._replace(write=0, place=0)) for version in versions
        }
        if not any(version.value is None for version in versions):
            assert record.value is not None


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_undo_takes_an_import_back_and_redo_brings_it_again(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    before, kept = mine.content(kept=False), set(mine.content()) - set(mine.content(kept=False))
    result = mine.take(theirs)
    after = mine.content()
    if before == mine.content(kept=False):
        return
    assert result.anything
    assert mine.store.undo() == "import other"
    mine.check()
    assert mine.content(kept=False) == before
    assert set(mine.content()) - set(mine.content(kept=False)) >= kept
    assert mine.store.redo() == "import other"
    mine.check()
    assert mine.content() == after
    assert mine.store.undo() == "import other"
    mine.check()
    assert mine.content(kept=False) == before


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_the_same_file_brings_back_what_undo_took(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    before = mine.content(kept=False)
    file = records_in(theirs.store)
    mine.take(file, "f" * 64)
    after = mine.content()
    if mine.content(kept=False) == before:
        return
    for _ in range(2):
        assert mine.store.undo() == "import other"
        assert not mine.take(file, "e" * 64).anything  # another file with the same records
        assert mine.content(kept=False) == before
        assert mine.take(file, "f" * 64).anything
        assert mine.content() == after
        assert not mine.take(file, "f" * 64).anything


@FAST
@given(
    histories, histories, histories, st.lists(st.sampled_from(["take", "undo", "redo", "write"]), max_size=6)
)
def test_what_a_screen_found_survives_every_merge_and_undo(
    base: Value, left: Value, right: Value, moves: list[str]
) -> None:
    mine, theirs = two(base, left, right)
    screen = add(mine.store, SCREEN)
    add(mine.store, d.Trigger("worse", NOW, TODAY, ("CE1",)))
    kept = {u for table in KEPT for u in mine.uuids(table)}
    for number, move in enumerate(moves):
        {"take": lambda: mine.take(theirs), "undo": mine.store.undo, "redo": mine.store.redo}.get(
            move, lambda n=number: mine.write([("remove", n, n)], [n])
        )()
        mine.check()
        now = {u for table in KEPT for u in mine.uuids(table)}
        assert kept <= now
        kept = now
        found = mine.store.screen(screen)
        assert found
        assert (found.answers, found.tier, found.outcomes) == (SCREEN.answers, 1, ())


@FAST
@given(histories, histories, histories)
@example(*ORPHAN)
@example(*NO_NAME)
@example(*SAME_SECOND)
def test_a_diary_without_entries_becomes_the_same_diary(base: Value, left: Value, right: Value) -> None:
    mine, theirs = two(base, left, right)
    mine.take(theirs)
    empty = fresh()
    sent = records_in(mine.store)
    empty.take(record_of(parse(text_of(record))) for record in sent)
    assert {text_of(record) for record in records_in(empty.store)} == {text_of(record) for record in sent}


# --- one by one ------------------------------------------------------------------------------


def arrival(copy: Copy, **more: Value) -> Arrival:
    run = d.ImportRun("other", "bundle", "0" * 64, 0, 0, NOW, TODAY)
    return Arrival(run, records_in(copy.store), copy.store.patient(), **more)


def stranger() -> Copy:
    """A diary of its own patient key."""
    folder = Path(tempfile.mkdtemp())
    with open_store(folder) as store:
        add(store, entry(5))
    return Copy(folder)


def test_a_stranger_is_refused_unless_the_patient_says_so() -> None:
    mine, other = fresh(), stranger()
    add(mine.store, entry(4))
    own = mine.store.patient()
    for attempt in (merge.compare, lambda store, came: merge.merge(store, came, "import")):
        with pytest.raises(ValueRefusedError, match="another diary") as refused:
            attempt(mine.store, arrival(other))
        assert "--same-person" in refused.value.hint
    assert len(mine.store.diary().entries) == 1
    merge.merge(mine.store, arrival(other, same_person=True), "import")
    assert len(mine.store.diary().entries) == 2
    assert mine.store.patient() == own


def test_a_diary_without_entries_takes_over_the_key_and_undo_gives_its_own_back() -> None:
    mine, other = fresh(), stranger()
    add(mine.store, d.ProfileFact("country", "UK", NOW, TODAY))
    own = mine.store.patient()
    merge.merge(mine.store, arrival(other), "import")
    assert mine.store.patient() == other.store.patient()
    assert mine.store.undo() == "import"
    assert (mine.store.patient(), mine.store.diary().entries) == (own, ())
    assert mine.store.redo() == "import"
    assert mine.store.patient() == other.store.patient()
    assert len(mine.store.diary().entries) == 1


def test_an_import_into_no_diary_makes_one(tmp_path: Path) -> None:
    other = stranger()
    with open_store(tmp_path) as store:
        result = merge.merge(store, arrival(other), "import")
        assert (result.new, store.patient()) == (1, other.store.patient())
        (run,) = store.every(d.ImportRun)
        assert (run.added, run.changed, run.source) == (1, 0, "other")


def test_an_undone_import_stays_in_the_list_of_imports_and_names_what_it_took() -> None:
    mine, other = fresh(), fresh()
    add(other.store, entry(5))
    mine.take(other, "f" * 64)
    (run,) = mine.store.every(d.ImportRun)
    mine.store.undo()
    assert mine.store.every(d.ImportRun) == (run,)
    db = mine.store._file()
    assert db
    assert db.execute("SELECT kind, cause FROM tombstone").fetchall() == [("entry", run.uuid)]


def test_what_stays_out_because_its_import_was_undone_is_counted() -> None:
    mine, other = fresh(), fresh()
    add(other.store, entry(5))
    mine.take(other, "f" * 64)
    mine.store.undo()
    add(other.store, entry(6))
    result = mine.take(other, "e" * 64)
    assert (result.new, result.held_back, result.stayed) == (1, 1, 0)
    assert [e.values["pain"] for e in mine.store.diary().entries] == [6]


def test_what_the_patient_deleted_stays_deleted_when_its_file_comes_again() -> None:
    mine, other = fresh(), fresh()
    add(other.store, entry(5))
    file = records_in(other.store)
    mine.take(file, "f" * 64)
    mine.write([("remove", 0, 0)], [1])
    result = mine.take(file, "f" * 64)
    assert (result.anything, result.stayed, result.held_back) == (False, 1, 0)
    assert mine.store.diary().entries == ()


def test_a_later_edit_brings_a_deleted_record_back() -> None:
    mine = fresh().write([("add", 0, 0)], [0])
    other = mine.fork().write([("edit", 0, 0), ("edit", 0, 0)], [0, 0])
    mine.write([("remove", 0, 0)], [2])
    assert mine.take(other).new == 1
    assert [e.note for e in mine.store.diary().entries] == ["better"]


def orphaned() -> tuple[Copy, Copy]:
    """One deleted a goal, the other built on it; they are merged into the first."""
    mine, theirs = two(*ORPHAN)
    result = mine.take(theirs)
    assert (result.new, result.waiting) == (0, 1)
    return mine, theirs


def test_what_was_built_on_a_deleted_goal_waits_for_it() -> None:
    mine, theirs = orphaned()
    assert mine.store.diary().milestones == ()
    theirs.write([("edit", GOAL, 0), ("edit", GOAL, 0)], [2, 2])
    result = mine.take(theirs)
    assert (result.new, result.waiting) == (2, 0)
    assert len(mine.store.diary().milestones) == 1
    assert mine.store.undo() == "import other"
    mine.check()
    assert [*mine.store.diary().goals, *mine.store.diary().milestones] == []
    assert mine.take(theirs, "f" * 64).held_back == 1


def test_a_name_that_was_deleted_elsewhere_is_back_with_the_person() -> None:
    mine, theirs = two(*NO_NAME)
    mine.take(theirs)
    (treatment,) = mine.store.diary().treatments
    assert (treatment.name, treatment.person_id) == ("second course", None)
    theirs.write([("edit", PERSON, 0), ("edit", PERSON, 0)], [2, 2])
    mine.take(theirs)
    (treatment,), (person,) = mine.store.diary().treatments, mine.store.diary().people
    assert treatment.person_id == person.id
    # An edit on this computer says what it says: the name that is not seen is gone for good.
    mine.write([("remove", PERSON, 0), ("edit", TREATMENT, 0)], [2, 2])
    assert mine.store.diary().treatments[0].person_id is None


def removal(record: Record, revision: int = FORGOTTEN) -> Record:
    return Record(record.kind, record.uuid, revision, "", record.updated, None)


def test_what_was_forgotten_outranks_every_edit_and_undo_still_gives_it_back() -> None:
    mine = fresh().write([("add", 0, 0), *[("edit", 0, 0)] * 5], [0] * 6)
    (record,) = records_in(mine.store)
    assert mine.take([removal(record)]).removed == 1
    assert not mine.take([record]).anything
    mine.store.undo()
    (back,) = records_in(mine.store)
    assert (back.value is not None, back.revision < 100) == (True, True)


def test_a_forgotten_screen_stays_forgotten_here_and_takes_no_other_away() -> None:
    mine, theirs = fresh(), fresh().write([("add", 14, 0), ("add", 15, 0)], [0, 0])
    screen, outcome = sorted(records_in(theirs.store), key=lambda r: r.kind, reverse=True)
    assert (screen.kind, outcome.kind) == ("screen", "outcome")
    mine.take([removal(screen), removal(outcome)])
    assert not mine.take(theirs).anything
    assert mine.store.diary().screens == ()
    assert not theirs.take(mine).anything
    assert len(theirs.store.diary().screens) == 1


def test_a_record_of_two_kinds_is_refused() -> None:
    mine = fresh().write([("add", 0, 0)], [0])
    (record,) = records_in(mine.store)
    question = Record("question", record.uuid, 9, record.created, record.updated, d.Question("x", NOW, TODAY))
    with pytest.raises(ValueRefusedError, match="another name"):
        mine.take([question])


def test_what_the_guard_refuses_changes_nothing() -> None:
    mine, other = fresh(), fresh()
    add(other.store, entry(5))
    add(other.store, EXAMPLES[5])
    state = mine.state()
    came = [
        r._replace(value=r.value._replace(pain=11)) if r.kind == "session" else r
        for r in records_in(other.store)
    ]
    with pytest.raises(ValueRefusedError, match="pain cannot be 11"):
        mine.take(came)
    assert mine.state() == state


def test_every_kind_of_record_comes_in_whole() -> None:
    mine, other = fresh(), fresh()
    for value in EXAMPLES:
        add(other.store, value)
    mine.take(other)
    plain: Callable[[Any], Any] = lambda v: v._replace(id=0, **({"seq": 0} if hasattr(v, "seq") else {}))  # noqa: E731
    for ours, theirs in zip(mine.store.diary(), other.store.diary(), strict=True):
        if isinstance(ours, tuple) and isinstance(theirs, tuple):
            assert [plain(v) for v in ours] == [plain(v) for v in theirs]
        else:
            assert ours == theirs
    assert mine.store.every(d.ImportRun)[0].added == len(EXAMPLES) - 3
    assert (mine.store.timer(), mine.store.draft()) == (None, None)


def test_the_order_within_a_second_comes_along() -> None:
    """Which of two answers of one second is in force, and whether a screen answered a trigger."""
    other = fresh()
    for value in ("UK", "US", "FR", "DE"):
        add(other.store, d.ProfileFact("country", value, NOW, TODAY))
    add(other.store, SCREEN)
    add(other.store, d.Trigger("worse", NOW, TODAY, ("CE1",)))
    with other.store.write("two at once") as writer:
        for dose in (10.0, 20.0, 30.0):
            writer.add(d.Session("sit", NOW, TODAY, NOW, dose))
    mine = fresh()
    add(mine.store, entry(4))
    mine.take(other)
    diary = mine.store.diary()
    assert [fact.value for fact in diary.profile] == ["UK", "US", "FR", "DE"]
    assert [fact.seq for fact in diary.profile] == sorted({fact.seq for fact in diary.profile})
    assert diary.screens[0].seq < diary.triggers[0].seq
    assert [session.dose for session in diary.sessions] == [10, 20, 30]
    assert len({session.seq for session in diary.sessions}) == 1


def test_a_handover_and_an_import_are_not_what_undo_takes_back() -> None:
    mine, other = fresh(), fresh()
    add(mine.store, entry(4), "log 4")
    add(mine.store, EXAMPLES[-2], "report")
    assert type(EXAMPLES[-2]) is d.Handover
    mine.take(other)
    assert mine.store.undo() == "log 4"
    assert len(mine.store.every(d.Handover)) == 1
    assert mine.store.redo() == "log 4"
