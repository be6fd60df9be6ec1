from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.records import EXAMPLES, NOW, TODAY, Value, add, entries, entry, fresh_store, sessions

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store import Store


def snapshot(store: Store) -> Value:
    """All that undo reaches."""
    found = store.diary()._replace(screens=(), triggers=(), first_day=None, last_day=None)
    return found, store.questions()


def all_back(store: Store) -> list[str]:
    return list(iter(store.undo, None))


def all_again(store: Store) -> list[str]:
    return list(iter(store.redo, None))


def revisions(store: Store) -> dict[str, int]:
    db = store._file()
    assert db
    return dict(db.execute("SELECT uuid, revision FROM entry UNION ALL SELECT uuid, revision FROM tombstone"))


SCREEN = d.Screen(NOW, TODAY, (d.Answer("CE1", "yes"),), 1)


class Plan:
    """A few random writes; which record an edit takes is chosen by a number."""

    def __init__(self, writes: list[list[tuple[str, Any, int]]]) -> None:
        self.writes = writes

    def run(self, store: Store) -> None:
        for number, write in enumerate(self.writes):
            with store.write(f"write {number}") as writer:
                for what, value, pick in write:
                    diary = store.diary()
                    there: tuple[Any, ...] = (*diary.entries, *diary.sessions, *diary.quotas)
                    if what == "add":
                        writer.add(value)
                    elif there and what == "remove":
                        writer.remove(there[pick % len(there)])
                    elif there:
                        old = there[pick % len(there)]
                        if type(old) is type(value):
                            writer.replace(value._replace(id=old.id))


values = entries | sessions | st.sampled_from([EXAMPLES[i] for i in (2, 3, 7, 8, 12, 13, 15, 17)])
changes = st.tuples(
    st.sampled_from(["add", "add", "replace", "remove"]),
    values | st.just(SCREEN) | st.just(EXAMPLES[18]),
    st.integers(0, 100),
)
plans = st.lists(st.lists(changes, min_size=1, max_size=4), min_size=1, max_size=6).map(Plan)


@settings(max_examples=50, deadline=None)
@given(plans, plans)
def test_undo_all_is_the_start_and_redo_all_is_the_end(first: Plan, then: Plan) -> None:
    with fresh_store() as store:
        start = snapshot(store)
        first.run(store)
        then.run(store)
        end = snapshot(store)
        screens = store.diary().screens
        undone = all_back(store)
        assert snapshot(store) == start
        redone = all_again(store)
        assert redone == undone[::-1]
        assert snapshot(store) == end
        assert all_back(store) == undone
        assert snapshot(store) == start
        assert store.diary().screens == screens


@settings(max_examples=40, deadline=None)
@given(plans, st.lists(st.sampled_from(["undo", "redo", "write"]), max_size=12))
def test_undo_and_redo_walk_one_line_of_states(plan: Plan, walk: list[str]) -> None:
    """A list of states and a place in it is all there is to know."""
    with fresh_store() as store:
        plan.run(store)
        all_back(store)
        states, here = [snapshot(store)], 0
        while store.redo():
            states.append(snapshot(store))
            here += 1
        for number, move in enumerate(walk):
            if move == "undo":
                assert (store.undo() is None) == (here == 0)
                here = max(0, here - 1)
            elif move == "redo":
                assert (store.redo() is None) == (here == len(states) - 1)
                here = min(len(states) - 1, here + 1)
            else:
                add(store, entry(number % 10), f"log {number}")
                states, here = [*states[: here + 1], snapshot(store)], here + 1
            assert snapshot(store) == states[here]


def test_a_new_write_gives_up_what_could_be_redone() -> None:
    with fresh_store() as store:
        add(store, entry(1), "log 1")
        add(store, entry(2), "log 2")
        assert store.undo() == "log 2"
        add(store, entry(3), "log 3")
        assert store.redo() is None
        assert [e.values["pain"] for e in store.diary().entries] == [1, 3]
        assert [store.undo(), store.undo(), store.undo()] == ["log 3", "log 1", None]


def test_undo_of_a_delete_brings_the_record_back_whole() -> None:
    with fresh_store() as store:
        was = store.entry(add(store, EXAMPLES[0]))
        assert was
        with store.write("delete") as writer:
            writer.remove(was)
        assert store.undo() == "delete"
        assert store.entry(was.id) == was
        assert revisions(store) == {was.uuid: 3}
        assert store.redo() == "delete"
        assert store.entry(was.id) is None
        assert revisions(store) == {was.uuid: 4}


def test_every_undo_and_redo_is_a_newer_revision() -> None:
    with fresh_store() as store:
        value = store.entry(add(store, entry()))
        assert value
        with store.write("edit") as writer:
            writer.replace(value._replace(note="x"))
        seen = [revisions(store)[value.uuid]]
        for move in (store.undo, store.undo, store.redo, store.redo):
            assert move()
            seen.append(revisions(store)[value.uuid])
        assert seen == sorted(set(seen))


def test_undo_and_redo_are_in_the_history() -> None:
    with fresh_store() as store:
        add(store, entry(), "log 4")
        store.undo()
        store.redo()
        db = store._file()
        assert db
        assert db.execute("SELECT command, state, undoes FROM step").fetchall() == [
            ("log 4", "live", None),
            ("undo: log 4", "live", 1),
            ("redo: log 4", "live", 2),
        ]


@pytest.mark.parametrize("value", [SCREEN, EXAMPLES[11], EXAMPLES[18], EXAMPLES[19]])
def test_screens_timer_and_draft_are_passed_over(value: Value) -> None:
    with fresh_store() as store:
        add(store, entry(), "log 4")
        add(store, value, "other")
        assert store.undo() == "log 4"
        add(store, value, "other")
        assert store.redo() == "log 4"


def test_a_timer_stopped_into_a_session_is_not_running_again_after_undo() -> None:
    with fresh_store() as store:
        add(store, d.Timer("sit", NOW), "start sit")
        timer = store.timer()
        assert timer
        with store.write("stop") as writer:
            writer.remove(timer)
            writer.add(EXAMPLES[5])
        assert store.undo() == "stop"
        assert store.timer() is None
        assert store.diary().sessions == ()


def test_a_number_is_never_given_twice() -> None:
    with fresh_store() as store:
        first = add(store, entry())
        store.undo()
        assert add(store, entry()) > first


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=200, deadline=None)
def test_the_journal_keeps_a_number_to_its_last_digit(number: float) -> None:
    with _ONE as store:
        value = store.entry(add(store, entry(number)))
        assert value
        with store.write("delete") as writer:
            writer.remove(value)
        store.undo()
        found = store.entry(value.id)
    assert found
    assert found.values["pain"] == number


_ONE = fresh_store()


@pytest.mark.parametrize("value", [SCREEN, d.Outcome(1, NOW, TODAY, "gone", id=1), EXAMPLES[11]])
def test_what_a_screen_found_can_only_be_added_to(value: Value) -> None:
    with fresh_store() as store:
        add(store, SCREEN)
        add(store, d.Outcome(1, NOW, TODAY, "gone"))
        add(store, EXAMPLES[11])
        before = store.diary()
        for change in ("replace", "remove"):
            with (
                pytest.raises(ValueRefusedError, match="kept as it was"),
                store.write("x") as writer,
            ):
                getattr(writer, change)(value._replace(id=1))
        assert store.diary() == before


@pytest.mark.parametrize("table", ["screen", "screen_answer", "outcome", "rescreen"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 9", "DELETE FROM {}"])
def test_the_file_itself_refuses_to_change_a_screen(table: str, change: str) -> None:
    with fresh_store() as store:
        add(store, SCREEN._replace(outcomes=(d.Outcome(0, NOW, TODAY, "gone"),)))
        add(store, EXAMPLES[11])
        db = store._file()
        assert db
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} is only ever added to"):
            db.execute(change.format(table))
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
