"""The two tables: what stands in which column, no formula in a text, every number as it is."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TODAY
from tests.exchange.whole_diary import ALL_METRICS, NASTY, at, entry, uuid, whole_diary

from spinetrack.exchange.csv_cells import number, plain_text, table, text
from spinetrack.exchange.csv_daily import columns, write_csv_daily
from spinetrack.exchange.csv_long import COLUMNS, write_csv_long
from spinetrack.recovery import diary as d
from spinetrack.recovery.diary import Diary
from spinetrack.recovery.metrics import METRICS

Line = dict[str, str]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d")


def lines(raw: bytes) -> list[Line]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def long(diary: Diary | None = None) -> list[Line]:
    return lines(write_csv_long(diary or whole_diary()))


def daily(diary: Diary | None = None) -> dict[str, Line]:
    return {line["day"]: line for line in lines(write_csv_daily(diary or whole_diary()))}


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", DANGEROUS)
def test_a_text_that_could_be_a_formula_is_marked(sign: str) -> None:
    assert text(f"{sign}cmd") == f"'{sign}cmd"
    assert text(f"  {sign}cmd") == f"'  {sign}cmd", "blanks before it do not help"
    assert text(f"a;{sign}cmd") == f"a;'{sign}cmd", "a semicolon begins a cell in many countries"
    assert text(f"a{sign}b") == f"a{sign}b"


def test_a_mark_of_the_patient_is_not_taken_for_ours() -> None:
    assert text("'quoted'") == "''quoted'"
    assert plain_text(text("'=1'")) == "'=1'"


def test_signs_that_steer_a_screen_are_written_out() -> None:
    assert text("a\x1b[31mb\u202ec\u200f\x9b") == "a[U+001B][31mb[U+202E]c[U+200F][U+009B]"
    assert text("Übung \U0001f600 日本") == "Übung \U0001f600 日本"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])) | st.text("=+-@';, \t\r\nab", max_size=12)
)
def test_a_marked_text_can_be_read_back_and_starts_no_formula(value: str) -> None:
    cell = text(value)
    assert plain_text(cell) == value
    assert not cell.lstrip(" \u00a0").startswith(DANGEROUS)
    assert not any(
        part.lstrip(" \u00a0").startswith(DANGEROUS) for part in cell.replace("\n", ";").split(";")
    )


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_a_number_is_never_disarmed_and_means_the_same(value: float) -> None:
    shown = number(value)
    assert "'" not in shown
    assert "e" not in shown
    assert float(shown) == pytest.approx(value, abs=1e-6)


def test_a_table_is_utf_8_with_the_line_ends_of_its_standard() -> None:
    raw = table(["a", "b"], [["1", 'x, "y"\nz']])
    assert raw == b'a,b\r\n1,"x, ""y""\nz"\r\n'


# -- one value a row -------------------------------------------------------------------------------


def test_the_columns_are_these() -> None:
    assert COLUMNS == (
        "day", "time", "zone", "kind", "key", "value", "unit", "at_least", "site", "stop", "source", "note", "record",
    )  # fmt: skip
    assert write_csv_long(Diary()).decode().splitlines() == [",".join(COLUMNS)]


def test_every_value_of_a_check_in_is_a_row() -> None:
    mine = {r["key"]: r for r in long() if r["record"] == uuid(1) and r["kind"] == "value"}
    assert {key: float(r["value"]) for key, r in mine.items()} == ALL_METRICS
    for key, metric in METRICS.items():
        assert mine[key]["unit"] == metric.unit
    pain = mine["pain"]
    assert (pain["day"], pain["time"], pain["zone"]) == ("2026-03-27", "19:00:00", "UTC-05:00")
    assert (pain["value"], pain["source"]) == ("4", "log")


def test_a_lower_bound_its_reason_and_a_place() -> None:
    mine = [r for r in long() if r["record"] == uuid(2)]
    first, second = (r for r in mine if r["key"] == "sit")
    assert (first["at_least"], first["stop"], second["at_least"], second["stop"]) == ("1", "task", "", "pain")
    place = next(r for r in mine if r["site"] == "low-back")
    assert (place["kind"], place["value"], place["note"]) == ("site", "5", "numb burning")
    assert next(r for r in mine if r["kind"] == "flare")["value"] == "0"


def test_kinds_are_those_of_the_documentation() -> None:
    assert {r["kind"] for r in long()} == {
        "value", "site", "note", "flare", "session", "session-effort", "session-pain", "session-settled", "skip",
        "quota", "flare-start", "flare-end", "screen", "screen-outcome", "goal", "goal-level", "score", "treatment",
        "treatment-end", "intake", "side-effect", "block-before", "block-after",
    }  # fmt: skip


def test_a_negative_number_stays_a_number() -> None:
    levels = [r["value"] for r in long() if r["kind"] == "goal-level"]
    assert levels == ["-1", "-2"]
    change = next(r for r in long() if r["key"] == "groc15")
    assert change["value"] == "-3"


def test_no_text_of_the_patient_is_a_formula() -> None:
    """In no column that a person's words reach; numbers and offsets are left alone."""
    for line in long():
        for name in set(COLUMNS) - {"day", "time", "zone", "value"}:
            assert not line[name].startswith(DANGEROUS), (name, line)
    titles = {r["note"] for r in long() if r["kind"] == "goal"}
    assert any(title.startswith("'=cmd") for title in titles)


def test_the_hour_of_an_intake_is_given_only_when_it_is_known() -> None:
    known, unknown = (
        r for r in sorted(long(), key=lambda r: r["key"], reverse=True) if r["kind"] == "intake"
    )
    assert (known["key"], known["value"], known["time"]) == ("ibuprofen", "1.5", "09:00:00")
    assert (unknown["key"], unknown["time"], unknown["zone"]) == ("co-codamol", "", "")


def test_rows_go_by_day_and_the_night_belongs_to_the_end_of_its_day() -> None:
    found = long()
    assert [r["day"] for r in found] == sorted(r["day"] for r in found)
    last = [r for r in found if r["day"] == "2026-03-29"][-1]
    assert (last["time"], last["record"]) == ("02:00:00", uuid(3))


def test_a_period_leaves_out_what_lies_outside() -> None:
    since, until = TODAY - timedelta(days=5), TODAY - timedelta(days=2)
    found = lines(write_csv_long(whole_diary(), (since, until)))
    assert {r["day"] for r in found} <= {"2026-03-25", "2026-03-26", "2026-03-27", "2026-03-28"}
    assert len(found) > 20


def test_a_long_note_in_many_lines_is_one_cell() -> None:
    note = "x" * 10_000 + '\n=1+1\r\n"quoted", ' + NASTY
    found = long(Diary(entries=(entry(1, 1, note=note),)))
    assert len(found) == 1
    assert found[0]["note"].startswith("xxx")
    assert "\n'=1+1" in found[0]["note"]


# -- one day a row ---------------------------------------------------------------------------------


def test_the_columns_of_a_day_are_the_same_for_every_diary() -> None:
    empty, mine = columns(Diary()), columns(whole_diary())
    assert [name for name in mine if name not in empty] == ["read-to-child", "swims"]
    assert empty[:4] == ["day", "zone", "check_ins", "flare"]
    assert set(METRICS) <= set(empty)


def test_a_day_has_one_value_of_each_metric() -> None:
    day = daily()["2026-03-27"]
    assert {key: float(day[key]) for key in ALL_METRICS} == ALL_METRICS
    assert (day["check_ins"], day["flare"], day["zone"]) == ("1", "1", "UTC-05:00")
    assert day["notes"].startswith("'=cmd")


def test_several_values_of_a_day_become_one_as_the_metric_says() -> None:
    diary = Diary(
        entries=(
            entry(1, 1, d.Observation("pain", 6.0), d.Observation("worst", 7.0), d.Observation("sit", 20.0), hour=9),
            entry(2, 1, d.Observation("pain", 4.0), d.Observation("worst", 5.0), d.Observation("sit", 30.0, at_least=True)),
        )
    )  # fmt: skip
    (day,) = daily(diary).values()
    assert (day["pain"], day["worst"], day["sit"], day["sit_at_least"]) == ("4", "7", "30", "1")
    assert day["stand_at_least"] == ""


def test_a_bound_beside_a_limit_of_the_same_length_is_a_limit() -> None:
    both = d.Observation("sit", 30.0, at_least=True), d.Observation("sit", 30.0)
    for seen in (both, both[::-1]):
        (day,) = daily(Diary(entries=(entry(1, 1, *seen),))).values()
        assert day["sit_at_least"] == "0"


def test_a_day_without_a_record_has_no_row_and_nothing_is_filled_in() -> None:
    diary = Diary(entries=(entry(1, 3, d.Observation("pain", 4.0)), entry(2, 1, d.Observation("mood", 4.0))))
    found = daily(diary)
    assert list(found) == ["2026-03-27", "2026-03-29"]
    assert found["2026-03-29"]["pain"] == ""
    assert found["2026-03-29"]["flare"] == ""


def test_sessions_and_places_of_a_day() -> None:
    day = daily()["2026-03-28"]
    assert day["sites"] == "low-back:5 left-calf:3"
    assert daily()["2026-03-26"]["sit_done"] == "25"
    twice = Diary(
        sessions=tuple(
            d.Session("walk", at(1, hour), TODAY - timedelta(days=1), at(1, hour), 10.5) for hour in (9, 12)
        )
    )
    assert daily(twice)["2026-03-29"]["walk_done"] == "21"
    assert daily(twice)["2026-03-29"]["check_ins"] == "0"


def test_an_own_metric_with_a_wild_name_is_no_formula() -> None:
    wild = d.CustomMetric("=cmd", "x", "min", None, 0, 9)
    assert "'=cmd" in columns(Diary(metrics=(wild,)))


def test_the_same_diary_makes_the_same_bytes() -> None:
    assert write_csv_daily(whole_diary()) == write_csv_daily(whole_diary())
    assert write_csv_long(whole_diary()) == write_csv_long(whole_diary())
