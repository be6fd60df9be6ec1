"""Records as JSON: nothing is lost on the way, and nothing comes back that the guard refuses."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.records import EXAMPLES, NOW, TODAY, Value, entries, sessions

from spinetrack.recovery import diary as d
from spinetrack.store import documents, rows, tables
from spinetrack.store.documents import BOUNDS, WORDS, Document, canonical, parse, shapes
from spinetrack.store.forms import FORMS, AnswerForm, ObservationForm
from spinetrack.store.json_cells import MOST, write_number
from spinetrack.store.quick import Quick, is_doubtful
from spinetrack.store.records import Record, document_of, record_of, text_of
from spinetrack.store.settling import PARENTS_FIRST

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
STAMP = "2026-03-01T20:15:30+00:00"
LINKED = (
    d.Milestone(0, 2.5, TODAY, NOW, TODAY, TODAY),
    d.GoalRating(0, -2, NOW, TODAY),
    d.Outcome(0, NOW, TODAY, "seen", "well", "GP", "CE1"),
    d.TreatmentSession(0, NOW, TODAY, "30 min", "x"),
    d.Intake(0, NOW, TODAY, NOW, 2.0, False, "unsure", "x"),
    d.BlockReading(0, 3, NOW, TODAY, "sat", True, 50, "sedation"),
)  # fmt: skip
SENT = tuple(v for v in (*EXAMPLES, *LINKED) if rows.table_of(type(v)).name not in documents.LOCAL)


def record(value: Value) -> Record:
    kind = rows.table_of(type(value)).name
    names = {name: OTHER if must else None for name, _, _, must in shapes()[kind].names}
    return Record(kind, UUID, 3, STAMP, STAMP, value, names, 2, 1)


def by_kind(value: Value) -> str:
    return type(value).__name__


@pytest.mark.parametrize("value", SENT, ids=by_kind)
def test_every_example_comes_back_as_it_was(value: Value) -> None:
    sent = record(value)
    text = text_of(sent)
    assert record_of(parse(text)) == sent
    assert text_of(record_of(parse(text))) == text
    assert text.isascii()
    assert "\n" not in text


@given(entries | sessions)
def test_every_entry_and_session_comes_back_as_it_was(value: Value) -> None:
    value = value._replace(stop=None) if type(value) is d.Session else without_stops(value)
    if type(value) is d.Session and value.dose < 0:
        value = value._replace(dose=-value.dose)
    if type(value) is d.Session and (value.load or 0) < 0:
        value = value._replace(load=None)
    back = record_of(parse(text_of(record(value)))).value
    assert back == value
    assert text_of(record(back)) == text_of(record(value))


def without_stops(value: d.Entry) -> d.Entry:
    return value._replace(observations=tuple(o._replace(stop=None) for o in value.observations))


def test_every_kind_that_leaves_this_computer_has_an_example_and_a_place_in_the_order() -> None:
    assert {rows.table_of(type(value)).name for value in SENT} == set(shapes())
    assert sorted(PARENTS_FIRST) == sorted(shapes())
    for kind, shape in shapes().items():
        for _, parent, *_ in shape.names:
            assert PARENTS_FIRST.index(parent) < PARENTS_FIRST.index(kind)


def test_a_field_at_its_default_is_left_out_and_comes_back() -> None:
    """The defaults are part of the format: a default that changes makes older bundles say another thing."""
    assert {kind: shape.document(value) for kind, shape, value in barest()} == {
        "entry": {"at": AT, "day": DAY, "recorded_at": AT},
        "activity": {"name": "sit", "kind": "tolerance", "per_week": 5, "day": DAY},
        "quota": {"activity": "sit", "at": AT, "day": DAY, "amount": 20, "set_by": "me"},
        "session": {"activity": "sit", "at": AT, "day": DAY, "recorded_at": AT, "dose": 20},
        "goal": {"title": "x", "metric": "sit", "target": 60, "due": DAY, "at": AT, "day": DAY},
        "score": {"instrument": "odi", "at": AT, "day": DAY},
        "medicine": {"name": "x", "since": DAY, "at": AT, "day": DAY},
        "intake": {"at": AT, "day": DAY, "recorded_at": AT},
        "treatment": {"kind": "physiotherapy", "name": "x", "start": DAY, "at": AT, "day": DAY},
    }
    assert {
        kind: {name: default for name, default in type(value)._field_defaults.items() if default not in (None, "", ())}
        for kind, _, value in barest()
    } == {
        "entry": {"source": "log", "id": 0},
        "activity": {"cleared": False, "id": 0},
        "quota": {"per_week": 5, "id": 0, "seq": 0},
        "session": {"spread": False, "minimum": False, "source": "done", "id": 0, "seq": 0},
        "goal": {"importance": 2, "difficulty": 2, "review_days": 7, "status": "active", "id": 0},
        "score": {"total": 0.0, "id": 0},
        "medicine": {"id": 0, "seq": 0},
        "intake": {"times": 1.0, "time_known": True, "id": 0, "seq": 0},
        "treatment": {"agreed": False, "id": 0, "seq": 0},
    }  # fmt: skip


AT, DAY = NOW.isoformat(), TODAY.isoformat()


def barest() -> list[tuple[str, documents.Shape, Value]]:
    values: tuple[Value, ...] = (
        d.Entry(NOW, TODAY, NOW),
        d.Activity("sit", "tolerance", 5, TODAY),
        d.Quota("sit", NOW, TODAY, 20.0, "me"),
        d.Session("sit", NOW, TODAY, NOW, 20.0),
        d.Goal("x", "sit", 60.0, TODAY, NOW, TODAY),
        d.Score("odi", NOW, TODAY),
        d.Medicine("x", TODAY, NOW, TODAY),
        d.Intake(0, NOW, TODAY, NOW),
        d.Treatment("physiotherapy", "x", TODAY, NOW, TODAY),
    )
    kinds = [rows.table_of(type(value)).name for value in values]
    return [(kind, shapes()[kind], value) for kind, value in zip(kinds, values, strict=True)]


# --- the same bounds as the guard ------------------------------------------------------------


def guards() -> dict[str, Value]:
    found = {rows.table_of(make).name: form for make, form in FORMS.items()}
    return found | {"observation": ObservationForm, "screen_answer": AnswerForm}


def test_the_words_a_field_may_hold_are_those_of_the_guard() -> None:
    for kind, fields in WORDS.items():
        for name, words in fields.items():
            pattern = next(
                part.pattern
                for part in guards()[kind].model_fields[name].metadata
                if hasattr(part, "pattern")
            )
            said = {"", "+", "-"} if pattern == "^[+-]?$" else set(pattern[2:-2].split("|"))
            assert said == words, (kind, name)


def test_the_range_of_a_field_is_that_of_the_guard() -> None:
    for kind, form in guards().items():
        for name, field in form.model_fields.items():
            limits = {type(part).__name__: part for part in field.metadata}
            if not limits.keys() & {"Ge", "Gt", "Le"} or name in {"utc_offset", "recorded_offset"}:
                continue
            if bool in get_args(hint := field_type(kind, name)) or hint is bool or kind in documents.LOCAL:
                continue
            low, high = BOUNDS[kind][name]
            assert low == (limits["Ge"].ge if "Ge" in limits else 5e-324), (kind, name)
            assert high == (limits["Le"].le if "Le" in limits else float("inf")), (kind, name)


def field_type(kind: str, name: str) -> Value:
    if kind in shapes():
        return shapes()[kind].make.__annotations__[name]
    return {"observation": d.Observation, "screen_answer": d.Answer}.get(
        kind, d.ImportRun
    ).__annotations__.get(name)


# --- what is no record -----------------------------------------------------------------------

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["", "2026-03-01", AT, "2026-W09-7", "20260301", "9999-12-31", "0001-01-01", "pain", "log", UUID])
    | st.sampled_from([2**53, -1, 11, 1e308, 2**63, 0.5, "\ud800", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["metric", "value", "x"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
places = st.tuples(st.sampled_from(SENT), st.integers(0, 30), junk)


def spoilt(value: Value, place: int, raw: Value) -> tuple[str, Document]:
    """A document with one field replaced, removed or added."""
    found = document_of(record(value))
    data: Document = found["data"]
    names = [*data, *(name for name in shapes()[found["kind"]].slots if name not in data), "unknown"]
    name = names[place % len(names)]
    if raw == "log":
        data.pop(name, None)
    else:
        data[name] = raw
    return name, found


@given(places)
def test_what_can_be_read_can_be_kept(place: Value) -> None:
    name, found = spoilt(*place)
    try:
        read = record_of(found)
    except ValueError:
        return
    assert name != "unknown"
    if "" in found["data"].values() or (name, found["kind"]) == ("key", "metric_def"):
        return  # the guard of a diary wants a name; who only reads does not
    tables.check(read.value)


@given(places)
def test_the_quick_reader_takes_what_the_other_takes_and_nothing_else(place: Value) -> None:
    _, found = spoilt(*place)
    shape = shapes()[found["kind"]]
    text = json.dumps(found["data"], sort_keys=True)
    try:
        data = parse(text)
    except ValueError:
        return
    expected, known = outcome(lambda: shape.cells(data)), (0, "", 0)
    quick = Quick(shape, doubtful=is_doubtful(text.encode()))
    for _ in range(2):
        assert outcome(lambda: quick.read(data, known)) == (None if expected is None else tuple(expected))


def outcome(read: Value) -> Value:
    try:
        return read()
    except ValueError:
        return None


@pytest.mark.parametrize(
    "parts",
    [
        {"revision": 0}, {"revision": 2**53 - 1}, {"revision": True}, {"revision": "1"}, {"uuid": "x"},
        {"uuid": UUID.upper()}, {"created": "2026-03-01"}, {"created": "2026-13-01T00:00:00+00:00"},
        {"updated": "2026-03-01T20:15:30+01:00"}, {"updated": STAMP + "\n"}, {"kind": "timer"}, {"kind": 4},
        {"kind": ["entry"]}, {"id": 4}, {"write": -1}, {"place": 1.5}, {"data": []}, {"data": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_history_that_cannot_be_is_refused(parts: Document) -> None:
    found = document_of(record(EXAMPLES[0])) | parts
    with pytest.raises(ValueError):
        record_of(found)


def test_a_removal_says_what_when_and_no_more() -> None:
    sent = Record("entry", UUID, 4, "", STAMP, None)
    found = document_of(sent)
    assert found == {"kind": "tombstone", "of": "entry", "uuid": UUID, "revision": 4, "updated": STAMP}
    assert record_of(found) == sent
    for wrong in ({"of": "screen"}, {"of": "nothing"}, {"of": 4}, {"created": STAMP}, {"revision": 2**53}):
        with pytest.raises(ValueError):
            record_of(found | wrong)


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "[" * 100_000, '{"a":' * 100_000, "9" * 5000, "", "{", "\x00", "'a'"]
)  # fmt: skip
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_numbers_are_written_one_way() -> None:
    written = [write_number(value) for value in (4.0, 4, -0.0, 0.1 + 0.2, 1e300, float(MOST))]
    assert [canonical({"v": value}) for value in written] == [
        '{"v":4}', '{"v":4}', '{"v":0}', '{"v":0.30000000000000004}', '{"v":1e+300}', '{"v":9007199254740992.0}',
    ]  # fmt: skip


def test_a_number_that_is_none_is_not_written() -> None:
    with pytest.raises(ValueError):
        canonical({"v": float("inf")})


@pytest.mark.parametrize(
    "wrong",
    [
        {"flare": 1},
        {"flare": "no"},
        {"observations": {}},
        {"note": 4},
        {"day": 20260301},
        {"source": "elsewhere"},
    ],
    ids=str,
)
def test_a_field_of_the_wrong_type_is_not_taken_for_another(wrong: Document) -> None:
    found = document_of(record(EXAMPLES[0]))
    with pytest.raises(ValueError):
        record_of(found | {"data": found["data"] | wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": True},
        {"value": "4"},
        {"value": 10**400},
        {"at_least": 1},
        {"metric": None},
        {"stop": "bored"},
    ],
    ids=lambda wrong: str(wrong)[:20],
)
def test_an_observation_of_the_wrong_type_is_not_taken_for_another(wrong: Document) -> None:
    found = document_of(record(EXAMPLES[0]))
    one = {"metric": "pain", "value": 4} | wrong
    with pytest.raises(ValueError):
        record_of(found | {"data": found["data"] | {"observations": [one]}})
