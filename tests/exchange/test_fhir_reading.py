"""Reading back a FHIR file of our own: nothing lost of a check-in, nothing harmful let in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.fhir_check import Json
from tests.exchange.whole_diary import KEY, NOW, assessed, entry, uuid, whole_diary

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange import fhir_reading
from spinetrack.exchange.fhir import write_fhir
from spinetrack.exchange.fhir_codes import words
from spinetrack.exchange.fhir_reading import Found, read_fhir, recognises
from spinetrack.exchange.fhir_subject import patient_id
from spinetrack.recovery import diary as d
from spinetrack.recovery.diary import Diary, Entry

NOTHING_ASSESSED = assessed(Diary())


def written(diary: Diary, **more: Any) -> bytes:  # noqa: ANN401
    return write_fhir(diary, NOTHING_ASSESSED, patient_key=KEY, **more)


def read(folder: Path, raw: bytes) -> Found:
    file = folder / "file.json"
    file.write_bytes(raw)
    return read_fhir(file)


def as_read(old: Entry) -> Entry:
    """What must come back of a check-in: all but its number here, its source, and barred signs."""
    return old._replace(id=0, source="import", note=words(old.note) or None)


def pretty(raw: bytes) -> bytes:
    return json.dumps(json.loads(raw), indent=2).encode()


# -- there and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [bytes, pretty], ids=["as written", "laid out anew"])
def test_check_ins_come_back_whole(tmp_path: Path, layout: Callable[[bytes], bytes]) -> None:
    diary = whole_diary()
    found = read(tmp_path, layout(written(diary)))
    assert found.problems == ()
    assert found.entries == tuple(map(as_read, diary.entries))
    assert found.made == NOW
    assert found.patient == patient_id(KEY)
    assert found.passed_over > 50


def test_own_metrics_come_back_as_far_as_the_file_tells(tmp_path: Path) -> None:
    found = read(tmp_path, written(whole_diary()))
    assert [(m.key, m.label, m.unit, m.better) for m in found.metrics] == [
        ("read-to-child", "Read to my child", "min", None),
        ("swims", "Swims", "count", None),
    ]


def test_a_second_file_of_the_same_diary_brings_the_same_check_ins(tmp_path: Path) -> None:
    diary = whole_diary()
    first = read(tmp_path, written(diary))
    again = read(tmp_path, written(Diary(entries=first.entries, metrics=diary.metrics)))
    assert first.entries == again.entries


moments = st.datetimes(NOW.replace(tzinfo=None, year=1990), NOW.replace(tzinfo=None, year=2090)).map(
    lambda at: at.replace(tzinfo=NOW.tzinfo)
)
tolerances = st.builds(
    lambda key, value, bound, stop, carried: d.Observation(key, value, None, bound, stop, (), carried),
    st.sampled_from(["sit", "stand", "walk"]),
    st.integers(0, 14_400).map(lambda n: n / 10),
    st.booleans(),
    st.none() | st.sampled_from(["pain", "leg", "stiff", "tired", "task", "timer"]),
    st.booleans(),
)
scales = st.builds(
    lambda key, value: d.Observation(key, float(value)),
    st.sampled_from(["pain", "worst", "mood", "own-thing"]),
    st.integers(0, 10),
)
places = st.builds(
    lambda site, value, felt: d.Observation("site", value, site, qualities=felt),
    st.sampled_from(["low-back", "left-calf", "saddle"]),
    st.integers(0, 10).map(float),
    st.lists(st.sampled_from(["numb", "sharp", "stiff"]), unique=True).map(tuple),
)
notes = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(
    lambda t: words(t) != ""
)
check_ins = st.lists(
    st.tuples(
        moments,
        st.lists(tolerances | scales | places, max_size=5).map(tuple),
        notes,
        st.none() | st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(check_ins)
def test_any_check_in_comes_back(tmp_path: Path, drawn: list[Any]) -> None:
    from spinetrack.recovery.when import day_of

    entries = tuple(
        Entry(at, day_of(at), at, seen, note, flare, id=n, uuid=uuid(n))
        for n, (at, seen, note, flare) in enumerate(drawn, 1)
    )
    kept = tuple(as_read(e) for e in entries if e.observations or e.note or e.flare is not None)
    own = (d.CustomMetric("own-thing", "Own", "0-10", None, 0, 10),)
    raw = written(Diary(entries=entries, metrics=own))
    if kept:
        found = read(tmp_path, raw)
        assert (found.entries, found.problems) == (kept, ())
    else:
        with pytest.raises(ValueRefusedError):
            read(tmp_path, raw)


# -- what is not let in ----------------------------------------------------------------------------


def observation(bundle: Json, metric: str) -> Json:
    return next(
        e["resource"] for e in bundle["entry"] if f"/{metric}" in str(e["resource"].get("identifier"))
    )


def damage(metric: str, **fields: Any) -> bytes:  # noqa: ANN401
    """One diary with one field of one Observation changed; None takes the field out."""
    diary = Diary(entries=(entry(1, 1, d.Observation("pain", 4.0), d.Observation("work", 1.0)),))
    bundle = json.loads(written(diary))
    one = observation(bundle, metric)
    for name, value in fields.items():
        one.pop(name, None) if value is None else one.update({name: value})
    return json.dumps(bundle).encode()


SCORE = {"system": "http://unitsofmeasure.org", "code": "{score}"}
BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("out of range", "pain", {"valueQuantity": {"value": 11, **SCORE}}),
    ("below range", "pain", {"valueQuantity": {"value": -1, **SCORE}}),
    ("a text for a number", "pain", {"valueQuantity": {"value": "4", **SCORE}}),
    ("yes for a number", "pain", {"valueQuantity": {"value": True, **SCORE}}),
    ("a number too large", "pain", {"valueQuantity": {"value": 10**400, **SCORE}}),
    ("another unit", "pain", {"valueQuantity": {"value": 4, "code": "min"}}),
    ("no value", "pain", {"valueQuantity": None}),
    ("a list for a value", "pain", {"valueQuantity": [4]}),
    ("no moment", "pain", {"effectiveDateTime": None}),
    ("no zone", "pain", {"effectiveDateTime": "2026-03-01T19:00:00"}),
    ("no such day", "pain", {"effectiveDateTime": "2026-02-30T19:00:00+00:00"}),
    ("the year 1", "pain", {"effectiveDateTime": "0001-01-01T00:00:00+00:00"}),
    ("two moments", "work", {"effectiveDateTime": "2026-03-01T10:00:00+00:00"}),
    ("recorded never", "pain", {"issued": 7}),
    ("a far day", "pain", {"extension": [{"url": "urn:spinetrack:day", "valueDate": "1999-01-01"}]}),
    ("no day", "pain", {"extension": [{"url": "urn:spinetrack:day"}]}),
    ("no code", "pain", {"code": None}),
    ("a foreign code", "pain", {"code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}}),
    ("an unknown code", "pain", {"code": {"coding": [{"system": "urn:spinetrack:codes", "code": "new"}]}}),
    ("a wild name", "pain", {"code": {"coding": [{"system": "urn:spinetrack:codes", "code": "own-A B"}]}}),
    ("no uuid", "pain", {"identifier": [{"system": "urn:spinetrack:record", "value": "../x/pain"}]}),
    ("yes as a text", "work", {"valueBoolean": "yes"}),
]  # fmt: skip


@pytest.mark.parametrize(("metric", "fields"), [(m, f) for _, m, f in BAD], ids=[n for n, _, _ in BAD])
def test_a_bad_value_is_named_and_the_rest_still_comes(
    tmp_path: Path, metric: str, fields: dict[str, Any]
) -> None:
    found = read(tmp_path, damage(metric, **fields))
    assert len(found.problems) == 1
    assert found.problems[0].line == 2 + (metric == "work")
    other = {"pain": "work", "work": "pain"}[metric]
    assert [o.metric for e in found.entries for o in e.observations] == [other]


def test_a_number_without_an_end_is_no_value(tmp_path: Path) -> None:
    raw = damage("pain", valueQuantity={"value": 4.25, **SCORE}).replace(b"4.25", b"1e999")
    assert [bad.why for bad in read(tmp_path, raw).problems] == ["pain is out of range"]


@pytest.mark.parametrize(
    "fields",
    [
        {"extension": 7},
        {"extension": [7]},
        {"component": 7},
        {"component": [7]},
        {"identifier": [7, {"system": "urn:spinetrack:record", "value": f"{uuid(1)}/pain"}]},
    ],
)
def test_odd_shapes_are_passed_over(tmp_path: Path, fields: dict[str, Any]) -> None:
    found = read(tmp_path, damage("pain", **fields))
    assert not found.problems
    assert len(found.entries[0].observations) == 2


def refusal(folder: Path, raw: bytes) -> str:
    with pytest.raises(ValueRefusedError) as error:
        read(folder, raw)
    said = str(error.value)
    assert said.count("Nothing was saved.") == 1
    return said


def test_a_redacted_file_is_not_read_back(tmp_path: Path) -> None:
    raw = written(whole_diary(), shifted=True)
    assert "is redacted" in refusal(tmp_path, raw)
    assert "is redacted" in refusal(tmp_path, pretty(raw))


def whole_line(text: bytes) -> bytes:
    return b'{"entry":[\n' + text + b'\n],"resourceType":"Bundle"}\n'


BROKEN = [
    b"[]",
    b"{",
    b"null",
    b"\xff\xfe\x00",
    b'{"resourceType":"Patient"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"resourceType":"Bundle","entry":' + b"[" * 50_000,
    b'{"entry":[\n',
    b'{"entry":[\n{"resource":{"resourceType":"Patient"}}\n',
    b'{"entry":[\n{"resource":\n],"resourceType":"Bundle"}\n',
    whole_line(b"7"),
    whole_line(b'{"resource":' + b"[" * 100_000),
    whole_line(b'{"resource":NaN}'),
    whole_line(b'{"resource":{"value":' + b"9" * 10_000 + b"}}"),
]


@pytest.mark.parametrize("raw", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_refused_in_one_sentence(tmp_path: Path, raw: bytes) -> None:
    assert "not a whole FHIR file" in refusal(tmp_path, raw)


def test_a_file_without_our_check_ins_is_refused(tmp_path: Path) -> None:
    foreign = {
        "resourceType": "Bundle",
        "entry": [{"resource": {"resourceType": "Observation", "status": "final"}}, {}],
    }
    foreign["entry"].pop()  # type: ignore[attr-defined]
    assert "no check-in of spinetrack" in refusal(tmp_path, json.dumps(foreign).encode())
    assert "no check-in of spinetrack" in refusal(tmp_path, b'{"resourceType":"Bundle","entry":7}')


def test_a_large_file_in_another_layout_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir_reading, "LARGEST_WHOLE", 1000)
    assert "not a whole FHIR file" in refusal(tmp_path, pretty(written(whole_diary())))
    assert read(tmp_path, written(whole_diary())).entries, "one resource a line needs no such bound"


@pytest.mark.parametrize(
    ("head", "is_fhir"),
    [
        (b'{"entry":[\n{"fullUrl"', True),
        (b'\xef\xbb\xbf{\n "resourceType": "Bundle",', False),
        (b'{\n "resourceType": "Bundle",', True),
        (b'{"spinetrack": 1}', False),
        (b"day,time\n", False),
        (b"", False),
    ],
)
def test_a_fhir_file_is_known_by_its_first_bytes(head: bytes, is_fhir: bool) -> None:
    assert recognises(head) is is_fhir


SMALL = written(Diary(entries=whole_diary().entries[:2]))
bits = st.sampled_from([b'"', b"{", b"[", b"null", b"\n", b"-", b"\\u0000", b"1e9", b"\xff"])
edits = st.lists(
    st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 300), bits | st.integers(0, 255).map(lambda n: bytes([n]))),
    min_size=1,
    max_size=4,
)  # fmt: skip
"""Where, how many bytes go, and what stands there instead."""


def survives(folder: Path, changes: list[tuple[int, int, bytes]]) -> None:
    """Read a damaged file: what comes of it is check-ins or one sentence."""
    raw = bytearray(SMALL)
    for at, gone, new in changes:
        raw[at : at + gone] = new
    try:
        found = read(folder, bytes(raw))
    except ValueRefusedError as error:
        assert "Nothing was saved." in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert all(o.value >= 0 for e in found.entries for o in e.observations)


@given(edits)
def test_no_damage_of_a_file_is_a_fault_of_ours(
    tmp_path: Path, changes: list[tuple[int, int, bytes]]
) -> None:
    survives(tmp_path, changes)


@pytest.mark.slow
@settings(max_examples=100_000)
@given(edits)
def test_no_damage_at_all_is_a_fault_of_ours(tmp_path: Path, changes: list[tuple[int, int, bytes]]) -> None:
    survives(tmp_path, changes)


def test_a_day_beside_its_moment_comes_back(tmp_path: Path) -> None:
    late = whole_diary().entries[4]
    assert late.day != late.at.date()
    assert read(tmp_path, written(Diary(entries=(late,)))).entries[0].day == late.day
