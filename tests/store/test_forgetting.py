"""What is forgotten is in no byte of the file, and no merge brings it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.records import EXAMPLES, NOW, TODAY, Value, add, fill_all, open_store
from tests.store.test_merge import FAST, Copy, fresh, histories, two

from spinetrack.recovery import diary as d
from spinetrack.store import Store, rows
from spinetrack.store.doctor_schema import look as look_at_schema
from spinetrack.store.forgetting import forget, look
from spinetrack.store.forgetting_rows import Wish
from spinetrack.store.forgetting_words import CHANGES
from spinetrack.store.forms import check
from spinetrack.store.health import Case
from spinetrack.store.journal import FORGOTTEN
from spinetrack.store.records import KEPT, records_in

ALL = Wish(everything=True)
WORDS = Wish(words=True)
MARKERS = (
    "long' drive", "slow", "moved house", "heat", "May I swim", "And dancing", "short walks",
    "sit through a film", "my daughter", "my sister", "my garden", "Dana", "Tuesdays", "narrow at L5", "a note",
    "a, b", "flares", "left L4", "bring the report", "mine.ndjson", "well",
)  # fmt: skip
"""Own words in the examples of the store."""


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def filled(folder: Path) -> Store:
    store = open_store(folder)
    fill_all(store)
    store.backup("asked")
    return store


@pytest.mark.parametrize("wish", [ALL, WORDS], ids=["all", "words"])
def test_no_byte_of_it_is_left(tmp_path: Path, wish: Wish) -> None:
    with filled(tmp_path) as store:
        before = raw(tmp_path)
        assert [word for word in MARKERS if word.encode() not in before] == []
    forget(store.path, wish, NOW)
    after = raw(tmp_path)
    assert [word for word in MARKERS if word.encode() in after] == []


def test_every_text_of_a_patient_is_in_the_table_of_words(tmp_path: Path) -> None:
    """A new column with words must be named there, or here with its reason."""
    fixed = {
        "activity": {"name", "kind", "region", "tempo"}, "block": set(), "decision": {"key", "rule", "choice", "amounts", "text", "facts"},
        "entry": {"source"}, "session": {"activity", "stop", "source"}, "skip": {"activity", "why"},
        "flare_mark": {"kind"}, "goal": {"metric", "status", "due", "closed_on"}, "goal_rating": set(),
        "handover": {"kind", "format", "since", "until", "without"}, "import_run": {"kind", "sha256"},
        "intake": {"on_purpose"}, "medicine": {"name", "since", "until", "dose", "group", "contains", "tags"},
        "metric_def": {"key", "label", "unit", "better"}, "milestone": {"due", "reached_on"}, "outcome": {"kind", "item"},
        "person": {"role"}, "profile": {"key", "value"}, "setting": {"key", "value"},
        "quota": {"activity", "rule"}, "rescreen": {"reason", "items"}, "score": {"instrument", "items", "version"},
        "screen": set(), "treatment": {"kind", "start", "end", "dose", "region"}, "treatment_session": {"dose"},
        "side_effect": set(), "block_reading": set(), "visit": {"on"}, "question": {"text"}, "playbook": {"text"},
    }  # fmt: skip
    usual = {"uuid", "created", "updated", "at", "day", "recorded_at"}
    with filled(tmp_path) as store, store._reading() as db:
        assert db is not None
        for table, known in fixed.items():
            columns = {n for _, n, kind, *_ in db.execute(f"PRAGMA table_info({table})") if "CHAR" in kind}
            assert columns - usual == known | (set(CHANGES.get(table, {})) - known), table


def test_words_leave_the_numbers(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = store.diary()
    forget(store.path, WORDS, NOW)
    with open_store(tmp_path) as store:
        after = store.diary()
        assert [e.observations for e in after.entries] == [e.observations for e in before.entries]
        assert [(s.dose, s.pain) for s in after.sessions] == [(s.dose, s.pain) for s in before.sessions]
        assert [(q.amount, q.up_to) for q in after.quotas] == [(q.amount, q.up_to) for q in before.quotas]
        assert [q.set_by for q in after.quotas] == ["physio", "me"]
        assert [m.name for m in after.medicines] == [m.name for m in before.medicines]
        assert [s.answers for s in after.screens] == [s.answers for s in before.screens]
        assert [p.role for p in after.people] == [p.role for p in before.people]
        assert after.playbooks == ()
        assert store.questions() == ()
        assert {e.uuid for e in after.entries} != {e.uuid for e in before.entries}
        for kind in rows.every_kind():
            for value in store.every(kind) if kind not in {d.Entry, d.Screen} else ():
                check(value)


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        pass
    forget(store.path, WORDS, NOW)
    gone = look(store.path, WORDS).gone
    assert (gone.records, gone.changed) == ({}, 0)


def test_everything_leaves_uuids_alone(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        uuids = {record.uuid for record in records_in(store) if record.kind not in KEPT}
        patient = store.patient()
        kinds = {record.uuid: record.kind for record in records_in(store)}
    forget(store.path, ALL, NOW)
    with open_store(tmp_path) as store:
        found = {record.uuid: record for record in records_in(store)}
        assert {uuid for uuid, record in found.items() if record.value is not None} <= {
            uuid for uuid, kind in kinds.items() if kind in KEPT
        }
        assert {uuid for uuid in uuids if found[uuid].revision == FORGOTTEN} == uuids
        assert store.patient() == patient
        assert store.undo() is None
        assert store.redo() is None
        with store._reading() as db:
            assert db is not None
            tables = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            left = {n: db.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in tables}
    assert {name for name, count in left.items() if count} <= {
        "meta",
        "step",
        "tombstone",
        "sqlite_sequence",
        "screen",
        "outcome",
    }


def test_an_open_flag_keeps_number_tier_and_day(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, d.Screen(NOW, TODAY, (d.Answer("CE1", "yes"), d.Answer("CE2", "unsure")), 1))
    add(store, d.Screen(NOW + timedelta(hours=1), TODAY, (d.Answer("MY3", "yes"),), 2))
    (first, second) = store.diary().screens
    add(store, d.Outcome(first.id, NOW, TODAY, "booked", "Dr Secret at five", "Dr Secret"))
    store.close()
    reach = look(store.path, ALL)
    assert reach.gone.flags == 2
    forget(store.path, ALL, NOW)
    with open_store(tmp_path) as store:
        kept = store.diary().screens
        assert [(s.id, s.uuid, s.tier, s.day, s.answers) for s in kept] == [
            (first.id, first.uuid, 1, TODAY, ()), (second.id, second.uuid, 2, TODAY, ()),
        ]  # fmt: skip
    assert b"Dr Secret" not in raw(tmp_path)
    assert b"CE1" not in raw(tmp_path)


def test_a_closed_flag_does_not_open_again(tmp_path: Path) -> None:
    """What closed it lies in the period, the sign itself before it."""
    from spinetrack.recovery.redflags import open_flags

    store = open_store(tmp_path)
    early = NOW - timedelta(days=20)
    add(store, d.Screen(early, early.date(), (d.Answer("CE1", "yes"),), 1))
    add(store, d.Screen(NOW, TODAY, (d.Answer("CE2", "yes"),), 1))
    later = store.diary().screens[-1]
    add(store, d.Outcome(later.id, NOW, TODAY, "seen", "all clear at five", "Dr Secret"))
    assert open_flags(store.diary().screens) == ()
    store.close()
    forget(store.path, Wish(since=TODAY), NOW)
    with open_store(tmp_path) as store:
        assert open_flags(store.diary().screens) == ()
        assert len(store.diary().screens) == 2
    assert b"Dr Secret" not in raw(tmp_path)


def test_a_period_takes_its_days_and_leaves_the_others(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for n in range(10):
        add(
            store,
            d.Entry(
                NOW - timedelta(days=n),
                TODAY - timedelta(days=n),
                NOW,
                (d.Observation("pain", n),),
                note=f"note-{n}!",
            ),
        )
        add(
            store,
            d.Session("sit", NOW - timedelta(days=n), TODAY - timedelta(days=n), NOW, 20.0, note=f"did-{n}!"),
        )
    add(store, d.Quota("sit", NOW, TODAY - timedelta(days=4), 20.0, "physio"))
    store.close()
    forget(store.path, Wish(since=TODAY - timedelta(days=5), until=TODAY - timedelta(days=3)), NOW)
    with open_store(tmp_path) as store:
        diary = store.diary()
        assert sorted((TODAY - e.day).days for e in diary.entries) == [0, 1, 2, 6, 7, 8, 9]
        assert len(diary.sessions) == 7
        assert len(diary.quotas) == 1
        add(store, d.Entry(NOW, TODAY, NOW, (d.Observation("pain", 1.0),)))
        assert store.diary().entries[-1].id == 11  # no number is given twice
    everything = raw(tmp_path)
    assert [n for n in range(10) if f"note-{n}!".encode() in everything] == [0, 1, 2, 6, 7, 8, 9]
    assert [n for n in range(10) if f"did-{n}!".encode() in everything] == [0, 1, 2, 6, 7, 8, 9]


def test_a_running_flare_and_an_unanswered_question_stay(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, d.FlareMark("start", NOW, TODAY, "moved house", "heat"))
    add(store, d.Trigger("worse", NOW, TODAY, ("CE1",)))
    store.close()
    forget(store.path, Wish(since=TODAY), NOW)
    with open_store(tmp_path) as store:
        assert [(m.kind, m.triggers, m.helped) for m in store.diary().marks] == [("start", None, None)]
        assert len(store.diary().triggers) == 1


def test_what_was_deleted_and_edited_before_goes_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, d.Question("an old secret", NOW, TODAY))
    with store.write("delete") as writer:
        writer.remove(store.every(d.Question)[0])
    add(store, d.Entry(NOW, TODAY, NOW, (), note="first secret"))
    with store.write("edit") as writer:
        writer.replace(store.diary().entries[0]._replace(note="harmless"))
    store.close()
    assert b"secret" in raw(tmp_path)
    forget(store.path, Wish(until=date(2000, 1, 1)), NOW)
    assert b"secret" not in raw(tmp_path)
    with open_store(tmp_path) as store:
        assert store.diary().entries[0].note == "harmless"


def test_the_file_is_as_the_program_makes_it(tmp_path: Path) -> None:
    for wish in (WORDS, Wish(since=TODAY), ALL):
        folder = tmp_path / str(hash(wish))
        folder.mkdir()
        with filled(folder) as store:
            pass
        forget(store.path, wish, NOW)
        with closing(sqlite3.connect(store.path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            assert list(look_at_schema(Case(folder, NOW, repair=False), store.path, db)) == []
            assert db.execute("SELECT max(seq) FROM entry").fetchone()[0] is None or (
                db.execute("SELECT max(id) >= (SELECT max(seq) FROM entry) FROM step").fetchone() == (1,)
            )


wishes = st.sampled_from([ALL, WORDS, Wish(since=TODAY), Wish(until=TODAY - timedelta(days=1))])


@FAST
@given(histories, histories, histories, wishes)
def test_no_merge_brings_it_back(base: Value, left: Value, right: Value, wish: Wish) -> None:
    """Whatever the other computer did with the records since, and in either order."""
    mine, theirs = two(base, left, right)
    before = {r.uuid: r for r in records_in(mine.store)}
    mine.store.close()
    forget(mine.store.path, wish, NOW)
    after = {r.uuid: r for r in records_in(mine.store)}
    gone = {uuid for uuid in before if after.get(uuid) is not None and after[uuid].revision == FORGOTTEN}
    was = records_in(mine.store)
    edited = [r._replace(revision=2**52) for r in records_in(theirs.store) if r.value is not None]
    mine.take(theirs)
    mine.take(edited)
    for uuid in gone:
        (found,) = [r for r in records_in(mine.store) if r.uuid == uuid]
        assert found.value is None
    theirs.take(was)
    for record in records_in(theirs.store):
        assert record.uuid not in gone or record.value is None or record.kind in KEPT


@FAST
@given(histories, wishes)
def test_forgetting_is_total_and_leaves_a_diary_that_works(base: Value, wish: Wish) -> None:
    mine = fresh().write(*base)
    patient = mine.store.patient()
    mine.store.close()
    if patient is None:
        return
    forget(mine.store.path, wish, NOW)
    again = Copy(mine.store.path.parent)
    again.check()
    again.write([("add", 0, 0), ("edit", 0, 0), ("undo", 0, 0), ("remove", 0, 0)], [1, 1, 1, 2])
    again.check()
    if wish.words or wish.everything:
        assert look(again.store.path, wish).gone.flags <= 1


def test_the_examples_hold_every_kind() -> None:
    assert {type(value) for value in EXAMPLES} >= {d.Entry, d.Session, d.Goal, d.Person, d.Medicine, d.Visit}
