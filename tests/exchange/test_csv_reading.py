"""Foreign tables: separators, encodings, days and numbers, each decided from the whole column."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.csv_dates import order_of, read_clock, read_written
from spinetrack.exchange.csv_gather import own_key, tag
from spinetrack.exchange.csv_lines import Line, any_table, encoding_of, read_lines, table_with
from spinetrack.exchange.csv_lines import lines_of as lines_in
from spinetrack.exchange.csv_numbers import COMMA, POINT, decimal_of, fitting, read_number, read_value
from spinetrack.recovery.metrics import METRICS, new_metric

TEXT = "Datum{0}Schmerz{0}Notiz\n2026-02-03{0}4{0}ruhig\n2026-02-04{0}5{0}\n"


def lines_of(text: str) -> tuple[Line, ...]:
    return lines_in(text.encode(), "utf-8")


# -- lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    table = any_table(lines_of(TEXT.format(sign)))
    assert table is not None
    assert table.header == ("Datum", "Schmerz", "Notiz")
    assert [line.cells for line in table.lines] == [("2026-02-03", "4", "ruhig"), ("2026-02-04", "5", "")]


def test_a_decimal_comma_is_no_separator() -> None:
    table = any_table(lines_of("Tag;Gewicht;Schlaf\n2026-02-03;72,5;6,5\n2026-02-04;72,4;7,5\n"))
    assert table is not None
    assert list(table.column("Gewicht")) == ["72,5", "72,4"]


def test_a_title_line_is_no_header() -> None:
    table = any_table(lines_of('Activities\nDate,Steps\n2026-02-03,"13,666"\n'))
    assert table is not None
    assert table.header == ("Date", "Steps")
    assert [line.number for line in table.lines] == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Tag,Müdigkeit\n2026-02-03,4\n".encode(encoding))
    assert read_lines(path)[0].cells == ("Tag", "Müdigkeit")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n\0\1\2,3\n")
    with pytest.raises(ValueRefusedError, match="not a table of text"):
        read_lines(path)
    assert encoding_of(b"\xff\xfea") is None


def test_a_quote_without_end_is_refused() -> None:
    with pytest.raises(ValueRefusedError, match="cannot be read at line"):
        lines_of('a,b\n"' + "x,\n" * 100_000)


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(ValueRefusedError, match="too large"):
        lines_of("," * 1000 + "\n")


def test_a_table_ends_where_the_next_begins() -> None:
    lines = lines_of("Summary,x,y\n2,6,1\nA,B,C\n1,2,3\n4,5,6\nMedicines\nname,dose,n\nibuprofen,400,1\n")
    table = table_with(lines, ("a", "b"))
    assert table is not None
    assert [line.cells for line in table.lines] == [("1", "2", "3"), ("4", "5", "6")]


# -- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "order", "day", "clock"),
    [
        ("2026-02-03", None, date(2026, 2, 3), None),
        ("2026/2/3 8:05", None, date(2026, 2, 3), time(8, 5)),
        ("8th Dec 2021", None, date(2021, 12, 8), None),
        ("Wednesday, 8 December 2021", None, date(2021, 12, 8), None),
        ("Dec 8, 2021 2:30 PM", None, date(2021, 12, 8), time(14, 30)),
        ("03.02.2026", "dmy", date(2026, 2, 3), None),
        ("02/03/26, 12:15 am", "mdy", date(2026, 2, 3), time(0, 15)),
        ("3-3-2026", None, date(2026, 3, 3), None),
    ],
)
def test_days_are_read(cell: str, order: str | None, day: date, clock: time | None) -> None:
    assert read_written(cell, order)[:2] == (day, clock)


def test_a_zone_is_read() -> None:
    assert read_clock("21:30:41.432+01:00") == (time(21, 30, 41), timezone(timedelta(hours=1)))
    assert read_clock("11:07Z")[1] == UTC
    assert read_clock("11:07-0530")[1] == timezone(-timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    "cell",
    ["", "x", "2026-13-01", "30.02.2026", "2026-02-03x", "03.02.2026", "1.2.3.2026", "2026-02-03 25:00"],
)
def test_what_is_no_clear_day_is_refused(cell: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_written(cell, None)


def test_the_whole_column_says_the_order() -> None:
    assert order_of(["03/04/2026", "25/04/2026"]) == "dmy"
    assert order_of(["03/04/2026", "04/25/2026"]) == "mdy"
    assert order_of(["03/04/2026", "05/04/2026"]) is None
    assert order_of(["2026-03-04", "4/4/2026"]) == "dmy", "both readings are the same day"
    with pytest.raises(ValueRefusedError, match="two ways"):
        order_of(["25/04/2026", "04/25/2026"])


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.sampled_from(["dmy", "mdy"]), st.sampled_from("./-"))
def test_a_written_day_reads_as_itself(day: date, order: str, mark: str) -> None:
    first, second = (day.day, day.month) if order == "dmy" else (day.month, day.day)
    assert read_written(f"{first}{mark}{second}{mark}{day.year}", order).day == day


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_refused(cell: str) -> None:
    with suppress(ValueRefusedError):
        assert read_written(cell, "dmy").day.year >= 1900


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1.5", POINT, 1.5), ("13,666", POINT, 13666), ("1 234.5", POINT, 1234.5), ("1'234", POINT, 1234),
        ("1,5", COMMA, 1.5), ("13.666", COMMA, 13666), ("1.234,5", COMMA, 1234.5),
        ("1,5", POINT, None), ("1,23,456", POINT, None), ("", POINT, None), ("1e5", POINT, None), ("½", POINT, None),
    ],
)  # fmt: skip
def test_numbers_are_read(cell: str, decimal: str, value: float | None) -> None:
    assert read_number(cell, decimal) == value


def test_the_whole_column_says_the_decimals() -> None:
    steps, weight = fitting(METRICS["steps"]), fitting(METRICS["weight"])
    assert decimal_of(["13,666", "8,120"], steps) == POINT, "steps come whole"
    assert decimal_of(["13.666", "8.120"], steps) == COMMA
    assert decimal_of(["72,500", "72,4"], weight) == COMMA
    assert decimal_of(["72,500"], weight) == COMMA, "nobody weighs 72500 kg"
    assert decimal_of([], weight) == POINT
    distance = fitting(METRICS["dailydist"])
    with pytest.raises(ValueRefusedError, match="thousands or decimals"):
        decimal_of(["1,200", "1,500"], distance)
    assert decimal_of(["1,200", "1,55"], distance) == COMMA


def test_values_are_read_in_the_unit_of_the_column() -> None:
    assert read_value(METRICS["sleep"], "6,5", "h", COMMA).value == 390
    assert read_value(METRICS["sleep"], "6:30").value == 390
    assert read_value(METRICS["walk"], "35+").at_least
    assert read_value(METRICS["dailydist"], "1.2", "km").value == 1200
    assert read_value(METRICS["weight"], "160", "lb").value == pytest.approx(72.575, abs=0.001)
    assert [read_value(METRICS["work"], cell).value for cell in ("Ja", "TRUE", "no", "0")] == [1, 1, 0, 0]
    for key, cell in (
        ("pain", "11"),
        ("pain", "4.5"),
        ("pain", "-1"),
        ("steps", "many"),
        ("work", "perhaps"),
    ):
        with pytest.raises(ValueRefusedError):
            read_value(METRICS[key], cell)


# -- names -----------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=60))
def test_any_name_makes_the_key_of_a_measure(name: str) -> None:
    key = own_key(name)
    assert new_metric(key, name, "count").key == key
    assert own_key(name) == key


def test_names_that_lose_letters_stay_apart() -> None:
    assert own_key("頭痛") != own_key("腰痛")
    assert own_key("Übelkeit") != own_key("belkeit")
    assert own_key("Pain") == "my-pain"
    assert tag("💣 Lack of sleep") == "#lack-of-sleep"
