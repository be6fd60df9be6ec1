"""The table of metrics: its order, its rows, what is shown, and own metrics."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import CustomMetric
from spinetrack.recovery.metrics import (
    ALIASES,
    ALL_TOLERANCES,
    METRICS,
    NEVER_CARRIED,
    find,
    known,
    new_metric,
    show,
)
from spinetrack.recovery.values import parse

ORDER = (
    "pain worst least now limb sit stand walk distance steps active sleep sleepq wakes stiff mood stress "
    "fatigue work grog bowel dailydist weight"
)
BANNED = re.compile(r"\b(diagnos|treat|prescrib|detect|predict|monitor|safe)", re.IGNORECASE)


def test_rows_stand_in_the_order_of_the_design() -> None:
    assert list(METRICS) == ORDER.split()


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_each_row_is_whole(metric: object) -> None:
    row = find(METRICS, getattr(metric, "key", ""))
    assert row is not None
    assert row.low < row.high
    assert row.ask.endswith("?")
    assert row.explain.endswith(".")
    assert (row.meaningful is None) == (not row.source)
    assert not BANNED.search(f"{row.label} {row.ask} {row.form} {row.explain}")
    for sentence in re.split(r"(?<=[.?:]) ", f"{row.ask} {row.explain}"):
        assert len(sentence.split()) <= 20, sentence
    assert parse(row, row.example).metric_key == row.key


@pytest.mark.parametrize(
    ("key", "reduce"),
    [
        ("pain", "last"),
        ("worst", "max"),
        ("least", "min"),
        ("now", "last"),
        ("sit", "max"),
        ("distance", "max"),
    ],
)
def test_day_reduction(key: str, reduce: str) -> None:
    assert METRICS[key].reduce == reduce


@pytest.mark.parametrize(
    ("key", "better"),
    [
        ("pain", "down"),
        ("mood", "up"),
        ("sleepq", "up"),
        ("stress", "down"),
        ("fatigue", "down"),
        ("weight", None),
    ],
)
def test_better_direction(key: str, better: str | None) -> None:
    assert METRICS[key].better == better


def test_a_code_names_one_metric() -> None:
    codes = [m.loinc for m in METRICS.values() if m.loinc]
    assert len(codes) == len(set(codes))


def test_tolerances_and_pain_are_marked() -> None:
    assert {k for k, m in METRICS.items() if m.is_tolerance} == set(ALL_TOLERANCES)
    assert all(METRICS[key].kind == "nrs" for key in NEVER_CARRIED)


@pytest.mark.parametrize(
    ("key", "value", "units", "shown"),
    [
        ("pain", 4, "km", "4"),
        ("pain", 4.5, "km", "4.5"),
        ("sit", 35, "km", "35 min"),
        ("sit", 7.5, "km", "7.5 min"),
        ("sit", 59.97, "km", "1 h"),
        ("sleep", 390, "km", "6 h 30"),
        ("sleep", 420, "km", "7 h"),
        ("sit", 65, "km", "1 h 05"),
        ("distance", 1200, "km", "1.2 km"),
        ("distance", 800, "km", "800 m"),
        ("distance", 1234.5, "km", "1234.5 m"),
        ("dailydist", 12345, "km", "12.35 km"),
        ("distance", 1609.3, "mi", "1 mi"),
        ("steps", 3500000, "km", "3500000"),
        ("work", 1, "km", "yes"),
        ("work", 0, "km", "no"),
        ("weight", 72.5, "km", "72.5 kg"),
    ],
)
def test_show(key: str, value: float, units: str, shown: str) -> None:
    assert show(METRICS[key], value, units) == shown


@given(st.integers(0, 1440))
def test_a_duration_shown_can_be_typed_again(minutes: int) -> None:
    assert parse(METRICS["sit"], show(METRICS["sit"], minutes)).value == minutes


@given(st.integers(0, 99_999))
def test_a_distance_shown_can_be_typed_again(tenths: int) -> None:
    metres = tenths / 10
    assert parse(METRICS["distance"], show(METRICS["distance"], metres)).value == metres


@given(st.integers(0, 99_000))
def test_a_long_distance_comes_back_near(metres: int) -> None:
    row = METRICS["distance"]
    assert parse(row, show(row, metres)).value == pytest.approx(metres, abs=5)
    assert parse(row, show(row, metres, "mi")).value == pytest.approx(metres, abs=8.1)


@pytest.mark.parametrize("key", sorted(set(METRICS) - set(ALL_TOLERANCES)))
@given(share=st.floats(0, 1))
def test_every_value_shown_can_be_read(key: str, share: float) -> None:
    row = METRICS[key]
    value = round(row.low + share * (row.high - row.low))
    assert parse(row, show(row, value)).value == pytest.approx(value, abs=5)


def test_aliases_name_metrics_in_any_case() -> None:
    assert all(find(METRICS, word.upper()) == METRICS[key] for word, key in ALIASES.items())
    assert find(METRICS, "pian") is None
    assert find(METRICS, "") is None


def test_own_metrics_join_the_table_and_never_replace_it() -> None:
    assert known() is METRICS
    own = CustomMetric("read", "Reading", "min", "up", 0, 120)
    fake = CustomMetric("pain", "Mine", "count", None, 0, 1)
    odd = CustomMetric("odd", "Odd", "furlong", None, 0, 9)
    table = known([own, fake, odd])
    assert list(table) == [*METRICS, "read", "odd"]
    assert table["pain"] is METRICS["pain"]
    assert table["read"].custom
    assert parse(table["read"], "1h10").value == 70
    assert parse(table["odd"], "2.5").value == 2.5
    with pytest.raises(ValueRefusedError, match="Reading goes from 0 to 2h"):
        parse(table["read"], "3h")
    with pytest.raises(ValueRefusedError, match="only goes with"):
        parse(table["read"], "30+")


def test_new_metric_fills_what_was_not_said() -> None:
    assert new_metric("Read-To-Child", None, "min", "up") == CustomMetric(
        "read-to-child", "Read to child", "min", "up", 0, 1440
    )
    assert new_metric("tea", " Cups  of tea ", "count", None, 0, 20).label == "Cups of tea"


@pytest.mark.parametrize(
    "bad",
    [
        {"key": "pain"},
        {"key": "note"},
        {"key": "all"},
        {"key": "sitting"},
        {"key": "mine"},
        {"key": "a"},
        {"key": "9lives"},
        {"key": "a b"},
        {"key": "ä-b"},
        {"key": "x--y"},
        {"key": "x-"},
        {"key": "x" * 31},
        {"unit": "hours"},
        {"better": "higher"},
        {"low": 5.0, "high": 5.0},
        {"low": -1.0},
        {"high": float("inf")},
        {"low": float("nan")},
        {"unit": "0-10", "high": 7.0},
        {"unit": "yes/no", "low": 0.5},
    ],
)
def test_new_metric_refuses(bad: dict[str, object]) -> None:
    given_ = {"key": "tea", "label": "Tea", "unit": "count", "taken": ("mine",), **bad}
    with pytest.raises(ValueRefusedError, match="Nothing was saved"):
        new_metric(**given_)  # type: ignore[arg-type]
