"""One typed value: what is read, what is refused, and with which nearest form."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.values import Parsed, parse, parse_yes, typed_form

READ = [
    ("pain", "0", 0),
    ("pain", "10", 10),
    ("pain", "4.0", 4),
    ("sit", "35", 35),
    ("sit", "35min", 35),
    ("sit", "35 min", 35),
    ("sit", "35m", 35),
    ("sit", "90MIN", 90),
    ("sit", "1h", 60),
    ("sit", "1h20", 80),
    ("sit", "1h5", 65),
    ("sit", "1h10m", 70),
    ("sit", "1 h 10", 70),
    ("sit", "1:10", 70),
    ("sit", "1.5h", 90),
    ("sit", "1,5h", 90),
    ("sit", "1,5 h", 90),
    ("sit", "7.5min", 7.5),
    ("sit", "0", 0),
    ("sit", "24h", 1440),
    ("sleep", "6h30", 390),
    ("sleep", "6h30m", 390),
    ("sleep", "6h 30", 390),
    ("sleep", "6:30", 390),
    ("sleep", "7h", 420),
    ("sleep", "25", 25),
    ("sleep", "400", 400),
    ("sleep", "0", 0),
    ("distance", "800", 800),
    ("distance", "10", 10),
    ("distance", "800m", 800),
    ("distance", "1.2km", 1200),
    ("distance", "1,2km", 1200),
    ("distance", "1.2 km", 1200),
    ("distance", "1,200", 1200),
    ("distance", "1,200m", 1200),
    ("distance", "1 mile", 1609.3),
    ("distance", "0.8mi", 1287.5),
    ("dailydist", "1.25km", 1250),
    ("steps", "3500", 3500),
    ("steps", "3,500", 3500),
    ("steps", "3 500", 3500),
    ("steps", "103,500", 103500),
    ("work", "yes", 1),
    ("work", "N", 0),
    ("grog", "1", 1),
    ("bowel", "0", 0),
    ("weight", "72", 72),
    ("weight", "72.5", 72.5),
    ("weight", "72,5kg", 72.5),
    ("weight", "72 kg", 72),
    ("weight", "160lb", 72.575),
]


def check_sentence(error: SpinetrackError) -> None:
    assert str(error).isprintable()
    assert str(error).endswith("Nothing was saved.")


@pytest.mark.parametrize(("key", "text", "value"), READ)
def test_read(key: str, text: str, value: float) -> None:
    assert parse(METRICS[key], text) == Parsed(key, value)


@pytest.mark.parametrize(
    ("text", "key", "value", "at_least"),
    [
        ("20", "walk", 20, False),
        ("1h10", "walk", 70, False),
        ("20min", "walk", 20, False),
        ("20m", "distance", 20, False),
        ("1.2km", "distance", 1200, False),
        ("1.2km+", "distance", 1200, True),
        ("0.5mi", "distance", 804.7, False),
        ("35+", "walk", 35, True),
        ("1h10+", "walk", 70, True),
    ],
)
def test_a_walk_is_minutes_or_a_distance(text: str, key: str, value: float, at_least: bool) -> None:
    assert parse(METRICS["walk"], text) == Parsed(key, value, at_least)


@pytest.mark.parametrize("key", ["sit", "stand", "walk", "distance"])
def test_a_plus_means_at_least(key: str) -> None:
    assert parse(METRICS[key], "35+").at_least


REFUSED = [
    ("pain", "4.5", "Pain is a whole number from 0 to 10. Nearest: 4 or 5. Nothing was saved."),
    ("pain", "11", "Pain goes from 0 to 10. Nearest: 10. Nothing was saved."),
    ("now", "11", "Pain now goes from 0 to 10. Nearest: 10. Nothing was saved."),
    ("mood", "-1", "Mood goes from 0 to 10. Nearest: 0. Nothing was saved."),
    ("sit", "-3", "Sitting goes from 0 to 24h. Nearest: 0. Nothing was saved."),
    ("sit", "25h", "Nearest: 24h."),
    ("sit", "1h75", "Nearest: 1h45 or 2h15."),
    ("sit", "1:60", "more than 59 minutes"),
    ("sit", "1.5", "1.5 could be minutes or hours. Write 1h30 or 2."),
    ("sit", "0.5", "Write 30min or 1."),
    ("sit", "35.5", "Write 35 or 36."),
    ("walk", "1.5", "Write 1h30, 2 or 1.5km."),
    ("sit", "1.2km", "Write it like 35 or 1h10."),
    ("sit", "1 30", "cannot be"),
    ("sit", "6:5", "cannot be"),
    ("sleep", "7", "7 could be hours or minutes. Write: sleep 7h."),
    ("sleep", "6.5", "Write: sleep 6h30."),
    ("sleep", "24", "Write: sleep 24h."),
    ("sleep", "7h+", "Nearest: 7h."),
    ("pain", "5+", "Nearest: 5."),
    ("pain", "1 0", "Pain is a whole number from 0 to 10, not"),
    ("distance", "5", "5 could be metres or km. Write 5m or 5km."),
    ("distance", "1.2", "Write 1.2m or 1.2km."),
    ("distance", "1,200km", "Write 1200km or 1.2km."),
    ("distance", "1.200m", "Write 1200m or 1.2m."),
    ("distance", "20min", "Write it like 800m or 1.2km."),
    ("distance", "200km", "Nearest: 100km."),
    ("steps", "3.500", "3.500 is not clear. Write 3500."),
    ("steps", "3.5", "only whole numbers count. Nearest: 3 or 4."),
    ("steps", "1e3", "cannot be"),
    ("work", "maybe", "Worked is yes or no"),
    ("weight", "72,500", "Write 72500 or 72.5."),
    ("weight", "12st", "Write it like 72.5 or 72kg."),
    ("weight", "5", "Nearest: 20kg."),
    ("sit", "nan", "cannot be"),
    ("sit", "٣", "cannot be"),
    ("sit", "", "cannot be"),
    ("sit", "9" * 5000, "cannot be"),
    ("sit", "\x1b[31m", "cannot be"),
]


@pytest.mark.parametrize(("key", "text", "said"), REFUSED)
def test_refused_with_the_nearest_form(key: str, text: str, said: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        parse(METRICS[key], text)
    message = str(refused.value)
    assert said in message
    assert message.endswith("Nothing was saved.")
    assert message.isprintable()


def test_refusals_name_the_unit_the_patient_uses() -> None:
    with pytest.raises(ValueRefusedError, match="5m or 5mi"):
        parse(METRICS["distance"], "5", "mi")


def test_yes_and_no() -> None:
    assert parse_yes("Y", "Flare")
    assert not parse_yes(" no ", "Flare")
    with pytest.raises(ValueRefusedError, match=r'Flare is yes or no, not "ja"'):
        parse_yes("ja", "Flare")


@given(st.sampled_from(list(METRICS.values())), st.text(max_size=30), st.sampled_from(["km", "mi"]))
@example(METRICS["sit"], "²", "km")
def test_any_text_is_read_or_refused_in_one_printable_sentence(metric: object, text: str, units: str) -> None:
    row = METRICS[metric.key]  # type: ignore[attr-defined]
    try:
        parsed = parse(row, text, units)
    except SpinetrackError as error:
        check_sentence(error)
    else:
        found = METRICS[parsed.metric_key]
        assert found.low <= parsed.value <= found.high
        assert round(parsed.value, 3) == parsed.value


@given(st.sampled_from(list(METRICS.values())), st.text("0123456789.,:hkmiln+- ", max_size=12))
def test_any_number_like_text_is_read_within_range_or_refused(metric: object, text: str) -> None:
    row = METRICS[metric.key]  # type: ignore[attr-defined]
    try:
        parsed = parse(row, text)
    except SpinetrackError:
        return
    found = METRICS[parsed.metric_key]
    assert found.low <= parsed.value <= found.high


@given(st.integers(0, 1440))
def test_a_nearest_duration_can_be_typed(minutes: int) -> None:
    assert parse(METRICS["sit"], typed_form(METRICS["sit"], minutes)).value == minutes


@given(st.integers(0, 100_000))
def test_a_nearest_distance_can_be_typed(metres: int) -> None:
    assert parse(METRICS["distance"], typed_form(METRICS["distance"], metres)).value == metres
