"""The bundle: it loses nothing, comes back byte for byte, and is refused when it was harmed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.records import EXAMPLES, NOW, TODAY, add, entry, fill_all, fresh_store

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange.bundle import FULL, PARTIAL, header_line, unreadable, write_bundle
from spinetrack.exchange.bundle_diary import FIELDS, read_diary, read_handed
from spinetrack.exchange.bundle_reading import LONGEST, read_header, read_records
from spinetrack.exchange.formats import FORMATS, Source
from spinetrack.recovery import diary as d
from spinetrack.store import Store, rows
from spinetrack.store.documents import shapes
from spinetrack.store.records import records_in

Line = dict[str, Any]


@pytest.fixture(scope="module")
def store() -> Store:
    """A diary with every kind of record, each named by another where it can be, and two removals."""
    store = fresh_store()
    fill_all(store)
    return store


def bundle(store: Store, **period: date) -> list[bytes]:
    kind = PARTIAL if period else FULL
    return write_bundle(
        records_in(store, **period), kind=kind, patient=store.patient() or "", **period
    )  # fmt: skip


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    path = tmp_path / "mine.ndjson"
    path.write_bytes(b"".join(bundle(store)))
    return path


def lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def rewrite(path: Path, found: Iterable[Line | bytes], **head: Any) -> None:  # noqa: ANN401 - parts of a header
    """Write lines below the header of `path`, with a header that fits them."""
    header = lines(path)[0]
    rest = b"".join(
        line
        if isinstance(line, bytes)
        else json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for line in found
    )
    counts: dict[str, int] = {}
    for line in rest.splitlines():
        kind = json.loads(line)["kind"] if line.startswith(b"{") else "?"
        counts[str(kind)] = counts.get(str(kind), 0) + 1
    header |= {"sha256": sha256(rest).hexdigest(), "counts": counts} | head
    path.write_bytes(json.dumps(header).encode() + b"\n" + rest)


# --- what is in it ---------------------------------------------------------------------------


def test_the_header_says_what_follows(store: Store, file: Path) -> None:
    head, *rest = lines(file)
    raw = file.read_bytes()
    assert head == {
        "schema": "spinetrack-bundle",
        "format": 1,
        "program": "0.1.0",
        "kind": "full",
        "patient": store.patient(),
        "since": None,
        "until": None,
        "left_out": [],
        "counts": {kind: sum(r["kind"] == kind for r in rest) for kind in sorted({r["kind"] for r in rest})},
        "sha256": sha256(raw.split(b"\n", 1)[1]).hexdigest(),
    }
    assert set(head["counts"]) == {*shapes(), "tombstone"} - {"playbook"}
    assert read_header(file).counts == head["counts"]


def test_the_records_are_sorted_and_nothing_of_this_computer_is_in_them(file: Path) -> None:
    _, *rest = lines(file)
    assert rest == sorted(rest, key=lambda line: (line["kind"], line["uuid"]))
    text = file.read_text()
    for local in ('"id":', '"seq":', '"import_run"', '"timer"', '"draft"', "mine.ndjson", '"screen_id":1'):
        assert local not in text
    assert text.isascii()
    assert all(line == line.strip() and "\r" not in line for line in text.split("\n"))


def test_a_record_names_others_by_uuid(file: Path) -> None:
    _, *rest = lines(file)
    kinds = {line["uuid"]: line["kind"] for line in rest}
    named = [
        (name, kinds[value])
        for line in rest
        for name, value in line.get("data", {}).items()
        if name.endswith("_id")
    ]
    assert {f"{kind}_id" for _, kind in named} == {name for name, _ in named}
    assert len(named) == 10


def test_a_removal_is_a_record(file: Path) -> None:
    graves = [line for line in lines(file) if line.get("kind") == "tombstone"]
    assert sorted(line["of"] for line in graves) == ["playbook", "question"]
    assert all(line["revision"] == 2 for line in graves)


def test_the_same_diary_makes_the_same_bytes(store: Store) -> None:
    assert bundle(store) == bundle(store)
    shuffled = list(records_in(store))
    random.Random(1).shuffle(shuffled)
    assert write_bundle(shuffled, kind=FULL, patient=store.patient() or "") == bundle(store)


def test_a_period_says_so_and_holds_what_the_diary_of_it_holds(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "part.ndjson"
    path.write_bytes(b"".join(bundle(store, since=TODAY)))
    head, *rest = lines(path)
    assert (head["kind"], head["since"], head["until"]) == ("partial", TODAY.isoformat(), None)
    assert head["left_out"] == ["other-days", "removals"]
    assert "tombstone" not in head["counts"]
    assert [line["data"]["day"] for line in rest if line["kind"] == "entry"] == [TODAY.isoformat()] * 2
    same(read_diary(path), store.diary(since=TODAY)._replace(first_day=TODAY))


# --- read as a diary -------------------------------------------------------------------------


def plain(value: Any) -> Any:  # noqa: ANN401 - any record
    """A record without the numbers of one computer; those it names are compared by place."""
    children = {"outcomes": tuple(map(plain, value.outcomes))} if hasattr(value, "outcomes") else {}
    local = {
        name: 0
        for name in value._fields
        if name in {"id", "seq"} or (name.endswith("_id") and getattr(value, name))
    }
    return value._replace(**local, **children)


def same(found: d.Diary, expected: d.Diary) -> None:
    for name, ours, theirs in zip(found._fields, found, expected, strict=True):
        if isinstance(ours, tuple) and isinstance(theirs, tuple):
            assert [plain(value) for value in ours] == [plain(value) for value in theirs], name
        else:
            assert ours == theirs, name


def test_it_reads_as_the_diary_it_was(store: Store, file: Path) -> None:
    handed = read_handed(file)
    same(handed.diary, store.diary())
    assert list(map(plain, handed.questions)) == list(map(plain, store.questions()))
    assert list(map(plain, handed.handovers)) == list(map(plain, store.every(d.Handover)))
    assert handed.header.patient == store.patient()


def test_ids_name_what_they_named(store: Store, file: Path) -> None:
    for found in (read_diary(file), store.diary()):
        goals = {goal.id: goal.title for goal in found.goals}
        assert [goals[m.goal_id] for m in found.milestones] == ["sit through a film"]
        people = {person.id: person.name for person in found.people}
        assert [people.get(t.person_id or 0) for t in found.treatments if t.kind == "massage"] == ["Dana"]
        (screen,) = [s for s in found.screens if s.outcomes]
        assert [(o.kind, o.screen_id) for o in screen.outcomes] == [
            ("booked", screen.id),
            ("seen", screen.id),
        ]


def test_every_part_of_a_diary_is_read() -> None:
    parts = {name for name, hint in d.Diary.__annotations__.items() if "tuple" in str(hint)}
    assert parts == set(FIELDS)
    assert set(FIELDS.values()) | {"outcome", "question", "handover"} == set(shapes())


def test_a_record_whose_other_is_missing_is_left_out_and_the_rest_is_read(file: Path) -> None:
    gone = {"goal", "person"}
    rewrite(file, [line for line in lines(file)[1:] if line["kind"] not in gone])
    diary = read_diary(file)
    assert (diary.goals, diary.milestones, diary.ratings, diary.people) == ((), (), (), ())
    assert all(treatment.person_id is None for treatment in diary.treatments)
    assert len(diary.entries) == 3


# --- harmed, foreign, newer ------------------------------------------------------------------


def attempts(path: Path) -> list[Callable[[], object]]:
    return [lambda: list(read_records(path)), lambda: read_handed(path)]


def refused(path: Path, said: str) -> None:
    for attempt in attempts(path):
        with pytest.raises(ValueRefusedError, match=said) as error:
            attempt()
        assert "Nothing was saved." in str(error.value)


def change(path: Path, old: bytes, new: bytes) -> None:
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))


def test_one_changed_letter_is_seen(file: Path) -> None:
    change(file, b"Dana", b"Dora")
    refused(file, "damaged")


@pytest.mark.parametrize("part", [0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_seen(file: Path, part: float) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: int(len(raw) * part)])
    refused(file, "damaged|not a bundle")


def test_a_file_cut_off_between_two_lines_is_seen(file: Path) -> None:
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    refused(file, "cut off on its way")


@pytest.mark.parametrize(
    "text", [b"x", b"{}", b"[]", b"{\n", b"\xff\xfe\x00", b"SQLite format 3\0", b'{"schema":"other"}\n', b"<xml/>"]
)  # fmt: skip
def test_another_file_is_no_bundle(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(text)
    refused(path, "not a bundle of spinetrack")


def test_a_newer_bundle_names_both_versions(file: Path) -> None:
    change(file, b'"format":1', b'"format":7')
    refused(file, "has format 7; spinetrack .* knows formats up to 1")


@pytest.mark.parametrize(
    "head",
    [
        {"kind": "whole"}, {"kind": ["full"]}, {"patient": "me"}, {"patient": None}, {"format": "1"}, {"format": None},
        {"since": "today"}, {"counts": []}, {"counts": {"entry": "1"}}, {"left_out": "x"}, {"sha256": "0"},
        {"sha256": "x" * 64}, {"extra": 1}, {"program": 1},
    ],
    ids=str,
)  # fmt: skip
def test_a_header_that_cannot_be_is_refused(file: Path, head: Line) -> None:
    rewrite(file, lines(file)[1:], **head)
    refused(file, "damaged at line 1")


def test_counts_must_fit(file: Path) -> None:
    rewrite(file, lines(file)[1:], counts={"entry": 3})
    refused(file, "damaged")


@pytest.mark.parametrize(
    "line",
    [
        b"\n", b"[]\n", b"4\n", b"null\n", b"{\n", b"{}\n", b"\xff\n", b'{"kind":"diary"}\n', b"[" * 50_000 + b"\n",
        b'{"a":' * 50_000 + b"\n", b'{"kind":"tombstone"}\n', b'{"kind":"entry","data":NaN}\n',
        b'{"a":1},{"b":2}\n',
    ],
    ids=lambda line: line[:12].decode("latin-1"),
)  # fmt: skip
def test_a_line_that_is_no_record_is_refused(file: Path, line: bytes) -> None:
    rest = file.read_bytes().split(b"\n", 1)[1]
    header = read_header(file)
    rest += line
    file.write_bytes(header_line(header._replace(digest=sha256(rest).hexdigest())) + rest)
    refused(file, "damaged")


def test_a_record_that_is_there_twice_is_refused(file: Path) -> None:
    _, first, *rest = lines(file)
    rewrite(file, [first, first, *rest])
    refused(file, "damaged at line 3")


def test_a_line_without_end_is_refused(file: Path) -> None:
    first, rest = file.read_bytes().split(b"\n", 1)
    file.write_bytes(first + b"\n" + b" " * LONGEST + rest)
    refused(file, "damaged")
    file.write_bytes(b"{" + b" " * LONGEST + first[1:] + b"\n" + rest)
    refused(file, "not a bundle")


def test_a_bundle_without_records_is_one(tmp_path: Path) -> None:
    path = tmp_path / "none.ndjson"
    path.write_bytes(b"".join(write_bundle([], kind=FULL, patient=rows.new_uuid())))
    assert list(read_records(path)) == []
    assert read_diary(path) == d.Diary()


def test_what_nobody_could_take_in_again_is_counted() -> None:
    store = fresh_store()
    add(store, entry(4))
    add(store, EXAMPLES[5]._replace(stop="bored"))
    assert unreadable(bundle(store)[1:]) == 1


# --- redacted --------------------------------------------------------------------------------

SECRET = (
    "drive",
    "Dana",
    "film",
    "daughter",
    "sister",
    "Tuesdays",
    "swim",
    "heat",
    "moved house",
    "L4",
)


def redacted(store: Store, path: Path) -> list[bytes]:
    source = Source(store, NOW, TODAY, redacted=True)
    found = list(FORMATS["bundle"].write(source))
    path.write_bytes(b"".join(found))
    return found


def test_a_redacted_bundle_says_so_names_nobody_and_is_not_taken_in(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "r.ndjson"
    redacted(store, path)
    head, *rest = lines(path)
    text = path.read_text()
    assert head["kind"] == "redacted"
    assert set(head["left_out"]) >= {"names", "notes", "dates"}
    assert not [word for word in SECRET if word in text]
    assert "2026" not in text
    assert {line["uuid"] for line in rest}.isdisjoint(r.uuid for r in records_in(store))
    assert head["patient"] != store.patient()
    assert {line["revision"] for line in rest} == {1}
    with pytest.raises(ValueRefusedError, match="for reading, not for taking in"):
        list(read_records(path))


def test_a_redacted_bundle_can_be_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "r.ndjson"
    redacted(store, path)
    diary = read_diary(path)
    source = Source(store, NOW, TODAY, redacted=True)
    assert [e.values for e in diary.entries] == [e.values for e in source.diary.entries]
    assert [len(s.outcomes) for s in diary.screens] == [len(s.outcomes) for s in source.diary.screens]
    assert len(diary.milestones) == len(diary.treatment_sessions) == len(diary.block_readings) == 1


# --- fuzz ------------------------------------------------------------------------------------

cuts = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from("fdirs"), st.integers(0, 255)), min_size=1, max_size=4
)


def harmed(raw: bytes, harm: list[tuple[float, str, int]]) -> bytes:
    spoilt = bytearray(raw)
    for part, what, byte in harm:
        place = min(int(part * len(spoilt)), len(spoilt) - 1)
        if what == "f":
            spoilt[place] ^= 1 << byte % 8
        elif what == "d":
            del spoilt[place : place + byte]
        elif what == "i":
            spoilt[place:place] = bytes([byte])
        elif what == "r":
            spoilt[place:place] = spoilt[place : place + byte]
        else:
            spoilt[place : place + 1] = b'{}[]",:0-enull'[byte % 14 : byte % 14 + 1]
        if not spoilt:
            break
    return bytes(spoilt)


@settings(max_examples=settings().max_examples * 2)
@given(harm=cuts, honest=st.booleans())
def test_no_harm_ends_in_a_fault(
    store: Store, tmp_path: Path, harm: list[tuple[float, str, int]], honest: bool
) -> None:
    """Half of the files have a check sum that fits: then the records themselves must be refused or read."""
    path = tmp_path / "x.ndjson"
    whole = b"".join(bundle(store))
    if honest:
        head, rest = whole.split(b"\n", 1)
        rest = harmed(rest, harm)
        found = json.loads(head) | {"sha256": sha256(rest).hexdigest()}
        path.write_bytes(json.dumps(found).encode() + b"\n" + rest)
    else:
        path.write_bytes(harmed(whole, harm))
    outcomes = []
    for attempt in attempts(path):
        try:
            attempt()
            outcomes.append(True)
        except SpinetrackError as error:
            outcomes.append("\n" in str(error))
    streamed, looked = outcomes
    assert looked or not streamed


@pytest.mark.slow
@settings(max_examples=100_000, deadline=2000)
@given(harm=cuts, honest=st.booleans())
def test_no_harm_ends_in_a_fault_for_long(
    store: Store, tmp_path: Path, harm: list[tuple[float, str, int]], honest: bool
) -> None:
    inner = getattr(test_no_harm_ends_in_a_fault, "hypothesis").inner_test  # noqa: B009
    inner(store, tmp_path, harm, honest)
