from __future__ import annotations

import json
import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.records import (
    EXAMPLES,
    NOW,
    TODAY,
    Value,
    add,
    add_all,
    bare,
    entries,
    entry,
    fresh_store,
    make,
    open_store,
    sessions,
)

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.recovery import diary as d
from spinetrack.store import Store, rows


def everything(store: Store) -> list[Any]:
    diary = store.diary()
    lists = (
        diary.entries, diary.sessions, diary.skips, diary.marks, diary.decisions, diary.triggers,
        diary.screens, diary.activities, diary.quotas, diary.profile, diary.settings,
        diary.playbooks, diary.metrics, diary.goals, diary.milestones, diary.ratings, diary.scores,
        diary.people, diary.treatments, diary.treatment_sessions, diary.medicines, diary.intakes,
        diary.side_effects, diary.blocks, diary.block_readings, diary.visits,
        store.every(d.Handover), store.every(d.ImportRun), store.questions(),
    )  # fmt: skip
    found: list[Any] = [value for values in lists for value in values]
    return found + [value for value in (store.timer(), store.draft()) if value]


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_every_record_comes_back_as_it_went_in(value: Value) -> None:
    with fresh_store() as store:
        number = add(store, value)
        (found,) = everything(store)
    assert bare(found) == value
    assert found.id == number == 1
    assert getattr(found, "seq", 1) == 1
    if hasattr(found, "uuid"):
        assert len(found.uuid) == 36
        assert found.uuid[14] == "4"


def test_there_is_an_example_of_every_kind() -> None:
    children = {
        d.Outcome, d.Milestone, d.GoalRating, d.TreatmentSession, d.Intake, d.BlockReading,
    }  # fmt: skip
    assert {type(value) for value in EXAMPLES} | children == set(rows.every_kind())


OWNED = (
    (d.Treatment("physiotherapy", "course", TODAY, NOW, TODAY), d.TreatmentSession(1, NOW, TODAY, "30 min")),
    (
        d.Medicine("ibuprofen", TODAY, NOW, TODAY),
        d.Intake(1, NOW, TODAY, NOW, 2.0, time_known=False, on_purpose="unsure", note="late"),
    ),
    (
        d.Block(7, NOW, TODAY),
        d.BlockReading(1, 3, NOW, TODAY, "sat", provoked=True, stated=70, confound="sedation"),
    ),
)


@pytest.mark.parametrize(("owner", "part"), OWNED, ids=lambda value: type(value).__name__)
def test_what_belongs_to_a_record_comes_and_goes_with_it(owner: Value, part: Value) -> None:
    with fresh_store() as store:
        with pytest.raises(ValueRefusedError, match="There is no"):
            add(store, part)
        add(store, owner)
        add(store, part)
        owned, found = everything(store)
        assert bare(found) == part
        with store.write("away") as writer:
            writer.remove(owned)
        assert everything(store) == []
        store.undo()
        assert [bare(value) for value in everything(store)] == [owner, part]


def test_who_leaves_the_team_leaves_the_treatments() -> None:
    with fresh_store() as store:
        add(store, d.Person("Dana", "physio", NOW, TODAY))
        add(store, d.Treatment("massage", "massage", TODAY, NOW, TODAY, person_id=1))
        person, treatment = everything(store)
        with store.write("away") as writer:
            writer.remove(person)
        assert everything(store) == [treatment._replace(person_id=None)]
        store.undo()
        assert everything(store) == [person, treatment]


@settings(max_examples=60, deadline=None)
@given(st.lists(entries | sessions, min_size=1, max_size=3))
def test_random_entries_and_sessions_come_back(values: list[Any]) -> None:
    with fresh_store() as store:
        for value in values:
            add(store, value)
        found = sorted(everything(store), key=lambda v: (type(v).__name__, v.id))
    wanted = sorted(values, key=lambda v: type(v).__name__)
    assert [bare(value) for value in found] == wanted
    for value, was in zip(found, wanted, strict=True):
        assert value.at.utcoffset() == was.at.utcoffset()
        assert value.recorded_at.utcoffset() == was.recorded_at.utcoffset()


@given(st.lists(entries.map(lambda value: value.at), min_size=2, max_size=2))
def test_the_text_of_moments_sorts_as_they_do(pair: list[datetime]) -> None:
    one, other = pair
    assert (rows.utc_text(one) < rows.utc_text(other)) == (one < other)


def test_a_missing_diary_reads_as_empty_and_is_not_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "home") as store:
        assert store.diary() == d.Diary()
        for read in (store.timer, store.draft, store.patient, store.undo, store.redo):
            assert read() is None
        assert store.entry(1) is None
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_can_read_the_folder_and_the_files(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with open_store(tmp_path / "a" / "home") as store, store.write("log") as writer:
            writer.add(entry())
            files = {p.name: stat.S_IMODE(p.stat().st_mode) for p in store.path.parent.iterdir()}
            store.diary()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "home").stat().st_mode) == 0o700
    assert files == {"diary.db": 0o600, "diary.db-journal": 0o600}
    assert [p.name for p in (tmp_path / "a" / "home").iterdir()] == ["diary.db"]


def test_a_period_has_both_its_ends_and_plans_are_whole() -> None:
    with fresh_store() as store, store.write("many") as writer:
        for n in range(10):
            at = NOW - timedelta(days=n)
            writer.add(entry(n, at))
            writer.add(EXAMPLES[3]._replace(at=at, day=at.date()))
            writer.add(d.Skip("sit", at, at.date(), "ill"))
        found = store.diary(TODAY - timedelta(days=3), TODAY - timedelta(days=1))
        assert [e.values["pain"] for e in found.entries] == [3, 2, 1]
        assert len(found.skips) == 3
        assert len(found.quotas) == 10
        assert (found.first_day, found.last_day) == (TODAY - timedelta(days=9), TODAY)
        assert [e.values["pain"] for e in store.latest_entries(2)] == [1, 0]


def test_a_goal_has_building_blocks_and_ratings_that_go_with_it() -> None:
    goal = d.Goal("film", "sit", 60, TODAY, NOW, TODAY)
    with fresh_store() as store:
        number = add(store, goal, "goal add")
        parts = (d.Milestone(number, 30.0, TODAY, NOW, TODAY, TODAY), d.GoalRating(number, -2, NOW, TODAY))
        add_all(store, parts)
        found = store.diary()
        assert (bare(found.milestones[0]), bare(found.ratings[0])) == parts
        with store.write("remove") as writer:
            writer.remove(found.goals[0])
        assert everything(store) == []
        store.undo()
        assert store.diary() == found
        assert [store.undo(), store.undo()] == ["add", "goal add"]
        assert everything(store) == []
        assert [store.redo(), store.redo()] == ["goal add", "add"]
        assert store.diary() == found


@pytest.mark.parametrize("part", [d.Milestone(7, 1.0, TODAY, NOW, TODAY), d.GoalRating(7, 1, NOW, TODAY)])
def test_a_part_of_no_goal_is_refused(part: Value) -> None:
    with fresh_store() as store, pytest.raises(ValueRefusedError, match="There is no goal #7"):
        add(store, part)


def test_last_day_is_of_what_was_lived() -> None:
    with fresh_store() as store:
        add(store, d.Screen(NOW, TODAY, (), None))
        found = store.diary()
    assert (found.first_day, found.last_day) == (TODAY, None)


def test_an_older_screen_stays_while_nothing_closed_it() -> None:
    def screen(days: int, tier: int | None) -> d.Screen:
        at = NOW - timedelta(days=days)
        return d.Screen(at, at.date(), (d.Answer("CE1", "yes"),), tier)

    def outcome(number: int, kind: Value, item: str | None = None) -> d.Outcome:
        return d.Outcome(number, NOW, TODAY, kind, "x", "A&E", item)

    with fresh_store() as store, store.write("screens") as writer:
        seen, open_, gone, old_item, calm, mention, later = (
            writer.add(screen(400 - n, tier)) for n, tier in enumerate((1, 2, 1, 3, None, 4, 1))
        )
        for number, kind, item in (
            (seen, "seen", None),
            (gone, "gone", None),
            (old_item, "old", "CE1"),
            (later, "seen", None),
        ):
            writer.add(outcome(number, kind, item))
        found = store.diary(since=TODAY).screens
        assert [s.id for s in found] == [open_, gone, old_item, later]
        assert found[0].answers == (d.Answer("CE1", "yes"),)
        assert [(o.kind, o.seq) for o in found[1].outcomes] == [("gone", 1)]
        assert len(store.diary().screens) == 7
        writer.add(outcome(open_, "mistake"))
        writer.add(outcome(gone, "seen"))
        writer.add(outcome(old_item, "old"))
        assert store.diary(since=TODAY).screens == ()
        assert calm < mention


def test_seq_is_the_number_of_the_write() -> None:
    with fresh_store() as store:
        with store.write("one") as writer:
            writer.add(EXAMPLES[3])
            writer.add(EXAMPLES[12])
            first = writer.step
        with store.write("two") as writer:
            number = writer.add(d.Screen(NOW, TODAY, (), 1))
            writer.add(d.Outcome(number, NOW, TODAY, "seen"))
            writer.add(d.Trigger("x", NOW, TODAY, ("CE1",)))
            second = writer.step
        found = store.diary()
    assert first < second
    assert found.quotas[0].seq == found.decisions[0].seq == first
    assert found.screens[0].seq == found.screens[0].outcomes[0].seq == second
    assert found.triggers[0].seq == second


def test_replace_keeps_name_and_number_and_changes_the_rest() -> None:
    with fresh_store() as store:
        number = add(store, EXAMPLES[0])
        was = store.entry(number)
        assert was
        with store.write("edit") as writer:
            writer.replace(was._replace(note=None, observations=(d.Observation("pain", 7),)))
        now = store.entry(number)
    assert now
    assert (now.uuid, now.note, now.values) == (was.uuid, None, {"pain": 7})


def test_a_removed_record_is_remembered_by_its_uuid() -> None:
    with fresh_store() as store:
        value = store.entry(add(store, entry()))
        assert value
        with store.write("delete") as writer:
            writer.remove(value)
        assert store.entry(value.id) is None
        assert store.diary().entries == ()
        db = store._file()
        assert db
        assert db.execute("SELECT uuid, kind, revision FROM tombstone").fetchall() == [
            (value.uuid, "entry", 2)
        ]
        again = add(store, value)
        assert again != value.id
        assert db.execute("SELECT uuid, revision FROM entry").fetchall() == [(value.uuid, 3)]
        assert db.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (entry()._replace(id=9), "There is no entry #9. Nothing was saved."),
        (d.Timer("sit", NOW, id=9), "There is no timer #9. Nothing was saved."),
        (d.CustomMetric("a", "A", "min", None, 0, 1, id=9), "There is no metric #9."),
    ],
)
def test_what_is_not_there_cannot_be_changed(value: Value, said: str) -> None:
    with fresh_store() as store:
        for change in ("replace", "remove"):
            with (
                pytest.raises(ValueRefusedError, match=said.split(".", maxsplit=1)[0]),
                store.write("x") as writer,
            ):
                getattr(writer, change)(value)


@pytest.mark.parametrize(
    "value",
    [
        entry(float("nan")),
        entry(float("inf")),
        entry(note="a\0b"),
        entry(note="\udcff"),
        entry(at=datetime(2026, 3, 1, 8)),
        EXAMPLES[5]._replace(pain=11),
        d.Outcome(7, NOW, TODAY, "seen"),
    ],
    ids=["nan", "inf", "zero byte", "surrogate", "naive", "out of range", "no such screen"],
)
def test_a_value_that_cannot_be_kept_refuses_the_whole_write(value: Value) -> None:
    with fresh_store() as store:
        with pytest.raises(ValueRefusedError, match="Nothing was saved"):
            add_all(store, [entry(), value])
        assert everything(store) == []


def interrupted(store: Store) -> None:
    with store.write("x") as writer:
        assert store.entry(writer.add(entry()))
        raise KeyboardInterrupt


def test_an_error_inside_a_write_saves_nothing_and_comes_through() -> None:
    with fresh_store() as store:
        with pytest.raises(KeyboardInterrupt):
            interrupted(store)
        assert store.diary().entries == ()
        assert store.undo() is None


def test_a_write_that_writes_nothing_is_no_step() -> None:
    with fresh_store() as store:
        make(store)
        with store.write("one") as writer:
            writer.add(entry())
            assert writer.step == 1


def test_a_write_inside_a_write_is_a_mistake_of_ours() -> None:
    with (
        fresh_store() as store,
        store.write("one"),
        pytest.raises(RuntimeError),
        store.write("two"),
    ):
        pass


def test_find_reads_any_record_without_children() -> None:
    with fresh_store() as store:
        number = add(store, EXAMPLES[7])
        found = store.find(d.Skip, number)
        assert found
        assert bare(found) == EXAMPLES[7]
        assert store.session(add(store, EXAMPLES[5]))
        assert store.screen(add(store, EXAMPLES[9]))
        assert (store.find(d.Skip, 99), store.screen(99), store.session(99)) == (None, None, None)
        with pytest.raises(TypeError):
            store.find(date, 1)


def test_entries_are_ordered_by_moment_then_by_number() -> None:
    with fresh_store() as store, store.write("x") as writer:
        for pain, hours in ((1, 0), (2, -3), (3, 0), (4, 2)):
            writer.add(entry(pain, NOW + timedelta(hours=hours), day=TODAY))
        assert [e.values["pain"] for e in store.diary().entries] == [2, 1, 3, 4]


def test_two_stores_see_what_the_other_wrote(tmp_path: Path) -> None:
    with open_store(tmp_path) as one, open_store(tmp_path) as two:
        assert two.diary().entries == ()
        add(one, entry())
        assert len(two.diary().entries) == 1
        assert one.patient() == two.patient()


def test_a_store_can_be_used_again_after_closing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, entry())
    store.close()
    add(store, entry())
    assert len(store.diary().entries) == 2
    store.close()


def test_errors_have_one_sentence_for_the_patient(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with open_store(tmp_path / "home") as store:
        for attempt in (store.diary, lambda: add(store, entry())):
            with pytest.raises(SpinetrackError, match="This is a file, the diary needs a folder"):
                attempt()


@given(
    st.lists(st.text(max_size=5) | st.tuples(st.text(max_size=5), st.floats(0, 1e9) | st.integers()))
    | st.lists(st.text('a"],[\\', max_size=5))
    | st.lists(st.tuples(st.text('a"],[\\', max_size=5), st.integers() | st.floats(0, 99)))
    | st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)))
)
def test_lists_are_read_as_json_reads_them(values: list[Value]) -> None:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert rows._read_json(text) == tuple(values)


@pytest.mark.parametrize("text", ["", "{}", "4", '"a"', '["a', '[["a",]]', '[["a",x]]', '[["a"'])
def test_what_is_no_list_is_never_read_as_one(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        rows._read_json(text)
