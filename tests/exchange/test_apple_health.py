"""Apple Health: days without double counting, nights by waking, damage and hostile files."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange import apple_health
from spinetrack.exchange.apple_health import HealthDays, read_apple_health

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n'
    b"<!ELEMENT HealthData (ExportDate,Me,Record*)>\n]>\n"
)
DAY = date(2026, 3, 1)


def record(kind: str, start: str, end: str, value: str = "", source: str = "iPhone", unit: str = "") -> str:
    return (
        f' <Record type="{kind}" sourceName="{source}" unit="{unit}" startDate="{start} +0100"'
        f' endDate="{end} +0100" value="{value}"/>\n'
    )


def steps(start: str, value: int | str, source: str = "iPhone") -> str:
    return record("HKQuantityTypeIdentifierStepCount", start, start, str(value), source, "count")


def walked(start: str, value: str, unit: str = "km", source: str = "iPhone") -> str:
    return record("HKQuantityTypeIdentifierDistanceWalkingRunning", start, start, value, source, unit)


def slept(start: str, end: str, what: str = "AsleepCore", source: str = "Watch") -> str:
    kind = "HKCategoryTypeIdentifierSleepAnalysis"
    return record(kind, start, end, f"HKCategoryValueSleepAnalysis{what}", source)


def export(*records: str, head: bytes = HEAD, tail: bytes = b"</HealthData>\n") -> bytes:
    return head + b'<HealthData locale="en_GB">\n' + "".join(records).encode() + tail


def read(raw: bytes) -> HealthDays:
    return read_apple_health(io.BytesIO(raw))


def test_phone_and_watch_are_not_added_up() -> None:
    found = read(
        export(
            steps("2026-03-01 09:00:00", 3000),
            steps("2026-03-01 09:01:00", 2900, "Watch"),
            steps("2026-03-01 18:00:00", 1000, "Watch"),
            steps("2026-03-02 09:00:00", 500),
        )
    )
    assert found.days == {DAY: {"steps": 3900}, DAY + timedelta(days=1): {"steps": 500}}
    assert found.sources == {"steps": {"Watch": 1, "iPhone": 1}}


def test_the_small_hours_belong_to_the_day_before() -> None:
    found = read(export(steps("2026-03-02 03:59:00", 10), steps("2026-03-02 04:00:00", 7)))
    assert found.days == {DAY: {"steps": 10}, DAY + timedelta(days=1): {"steps": 7}}


@pytest.mark.parametrize(
    ("value", "unit", "metres"), [("1.2", "km", 1200), ("1", "mi", 1609), ("800", "m", 800)]
)
def test_distance_is_metres(value: str, unit: str, metres: int) -> None:
    assert read(export(walked("2026-03-01 09:00:00", value, unit))).days == {DAY: {"dailydist": metres}}


def test_a_night_belongs_to_the_day_of_waking_and_overlaps_count_once() -> None:
    found = read(
        export(
            slept("2026-02-28 23:00:00", "2026-03-01 02:00:00"),
            slept("2026-03-01 01:00:00", "2026-03-01 03:00:00", "AsleepREM"),
            slept("2026-03-01 03:00:00", "2026-03-01 04:00:00", "Awake"),
            slept("2026-03-01 04:00:00", "2026-03-01 06:30:00", "AsleepDeep"),
            slept("2026-02-28 22:00:00", "2026-03-01 07:00:00", "InBed"),
            slept("2026-02-28 23:30:00", "2026-03-01 05:00:00", "Asleep", "iPhone"),
        )
    )
    assert found.days == {DAY: {"sleep": 390}}
    assert found.sources == {"sleep": {"Watch": 1}}


def test_an_evening_nap_belongs_to_the_next_waking() -> None:
    assert read(export(slept("2026-02-28 18:30:00", "2026-02-28 19:00:00"))).days == {DAY: {"sleep": 30}}
    assert read(export(slept("2026-03-01 13:00:00", "2026-03-01 13:20:00"))).days == {DAY: {"sleep": 20}}


def test_mindful_minutes() -> None:
    kind = "HKCategoryTypeIdentifierMindfulSession"
    found = read(export(record(kind, "2026-03-01 20:00:00", "2026-03-01 20:10:00")))
    assert found.days == {DAY: {"mindful": 10}}


def test_a_bad_record_is_named_and_the_rest_is_read() -> None:
    found = read(
        export(
            steps("2026-03-01 09:00:00", "many"),
            steps("2026-03-01 09:00:00", -5),
            steps("2026-13-01 09:00:00", 5),
            walked("2026-03-01 09:00:00", "1", "parsec"),
            slept("2026-03-01 04:00:00", "2026-03-01 03:00:00"),
            steps("2026-03-01 09:00:00", "nan"),
            steps("2026-03-01 09:00:00", 40),
        )
    )
    assert found.days == {DAY: {"steps": 40}}
    assert (found.records, found.bad) == (1, 6)
    assert [bad.line for bad in found.first_bad] == [6, 7, 8, 9, 10]


def test_the_broken_document_type_and_forbidden_signs_of_real_exports() -> None:
    head = HEAD.replace(b"]>", b"<!ATTLIST Record\n <!-- never closed\n device CDATA>\n]>")
    raw = export(steps("2026-03-01 09:00:00", 5, "My\x0b phone\x00"), head=head)
    assert read(raw).days == {DAY: {"steps": 5}}


def test_without_any_head() -> None:
    assert read(export(steps("2026-03-01 09:00:00", 5), head=b"")).days == {DAY: {"steps": 5}}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not an Apple Health export"),
        (b"hello", "not an Apple Health export"),
        (b"<ClinicalDocument/>", "not an Apple Health export"),
        (b" " * 5_000_000, "not an Apple Health export"),
        (b"<HealthData>", "ends too early"),
        (export(steps("2026-03-01 09:00:00", 5), tail=b""), "ends too early"),
        (export(" <Record type=>"), "damaged at line 6"),
        (export("&lol9;"), "damaged at line 6"),
        (export("<a>" * 100), "nests its parts too deeply"),
        (export("<Record type='" + "x" * 9_000_000), "tag without end"),
    ],
    ids=range(10),
)
def test_what_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(ValueRefusedError, match=said):
        read(raw)


def test_an_entity_bomb_finds_no_entities() -> None:
    bomb = b'<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<HealthData>&b;</HealthData>'
    with pytest.raises(ValueRefusedError, match="damaged"):
        read(bomb)


def test_more_sources_than_there_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_health, "MOST_SOURCES", 3)
    with pytest.raises(ValueRefusedError, match="more than an export can"):
        read(export(*(steps("2026-03-01 09:00:00", 5, f"phone {n}") for n in range(5))))


def test_progress_is_told() -> None:
    told: list[int] = []
    raw = export(*(steps("2026-03-01 09:00:00", 5) for _ in range(4000)))
    read_apple_health(io.BytesIO(raw), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(raw)


@given(st.binary(max_size=400) | st.binary(max_size=300).map(lambda raw: export() + raw))
def test_any_bytes_are_read_or_refused_in_a_sentence(raw: bytes) -> None:
    with suppress(SpinetrackError):
        read(raw)


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)),
            st.integers(1, 2000),
            st.sampled_from(["iPhone", "Watch"]),
        ),
        max_size=20,
    )
)
def test_no_day_counts_more_than_its_largest_source(rows: list[tuple[datetime, int, str]]) -> None:
    found = read(export(*(steps(f"{at:%Y-%m-%d %H:%M:%S}", n, source) for at, n, source in rows)))
    sums: dict[tuple[date, str], int] = {}
    for at, n, source in rows:
        key = ((at - timedelta(hours=4)).date(), source)
        sums[key] = sums.get(key, 0) + n
    for day, values in found.days.items():
        assert values["steps"] == max(total for (of, _), total in sums.items() if of == day)
    assert {day for day, _ in sums} == set(found.days)
