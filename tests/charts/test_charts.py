"""Charts as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spinetrack.charts import Chart, build, date_marks, medians, words
from spinetrack.charts.axes import CHARTS
from spinetrack.charts.weeks import weeks_table
from spinetrack.recovery.diary import CustomMetric
from spinetrack.recovery.metrics import METRICS, known

SINCE = date(2026, 3, 2)


def day(n: int) -> date:
    return SINCE + timedelta(days=n)


def values(of: Sequence[float | None]) -> dict[date, float]:
    return {day(n): value for n, value in enumerate(of) if value is not None}


def chart(of: Sequence[float | None], key: str = "pain", **more: object) -> Chart:
    return build(METRICS[key], values(of), since=SINCE, until=day(max(len(of), 1) - 1), **more)  # type: ignore[arg-type]


def test_a_day_without_entry_is_absent() -> None:
    assert [d for d, _ in chart([3, None, 5]).days] == [day(0), day(2)]


def test_the_weekly_middle_needs_four_values() -> None:
    found = chart([3, 4, 5, None, None, None, None])
    assert found.median == ()
    assert chart([3, 4, 5, 6]).median == ((day(3), 4.5),)


def test_the_weekly_middle_looks_at_calendar_days_not_at_entries() -> None:
    found = chart([1, 1, 1, 1, None, None, None, None, 9])
    assert dict(found.median) == {day(n): 1 for n in range(3, 7)}


def test_gaps_stay_gaps() -> None:
    found = chart([2] * 7 + [None] * 10 + [4] * 7)
    first, second = found.segments
    assert (first[-1][0], second[0][0]) == (day(9), day(20))
    assert [d for d, _ in found.median if day(10) <= d <= day(19)] == []


def test_days_before_the_period_only_serve_the_middle() -> None:
    found = build(METRICS["pain"], values([2] * 10), since=day(7), until=day(9))
    assert [d for d, _ in found.days] == [d for d, _ in found.median] == [day(7), day(8), day(9)]


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if metric.kind == "nrs"])
def test_a_scale_of_ten_is_never_cut(key: str) -> None:
    found = chart([3, 3, 4], key)
    assert (found.low, found.high) == (0, 10)


def test_every_kind_of_metric_has_an_axis() -> None:
    assert {metric.kind for metric in METRICS.values()} <= set(CHARTS)


def test_sleep_is_drawn_in_hours() -> None:
    found = chart([390, 420, 450, 480], "sleep", lines=[("goal", 480.0)])
    assert (found.unit, found.title) == ("h", "Sleep, hours")
    assert [v for _, v in found.days] == [6.5, 7, 7.5, 8]
    assert found.lines == (("goal", 8),)
    assert (found.low, found.high) == (0, 8)


def test_minutes_stay_minutes_until_they_are_many() -> None:
    assert chart([20, 35], "sit").unit == "min"
    assert chart([20, 35], "stiff").unit == "min"
    assert chart([200], "active").unit == "h"


def test_distances_follow_the_patients_units() -> None:
    assert chart([800, 1200], "distance").unit == "m"
    assert chart([800, 4200], "distance").unit == "km"
    miles = chart([1609.344], "distance", units="mi")
    assert miles.unit == "mi"
    assert miles.days == ((day(0), 1.0),)


def test_weight_does_not_begin_at_zero() -> None:
    found = chart([71.4, 72.2], "weight")
    assert (found.low, found.high) == (71, 73)


def test_a_level_lies_inside_the_axis() -> None:
    found = chart([10, 12], "sit", lines=[("quota", 12.0), ("goal", 60.0)])
    assert found.high >= 60


def test_a_yes_or_no_has_no_middle() -> None:
    found = chart([1, 0, 1, 1, 0], "work")
    assert found.median == ()
    assert found.summary == "Worked: yes on 3 days. 5 of 5 days logged."


def test_flares_are_cut_to_the_period() -> None:
    spans = [(day(-9), day(-5)), (day(-3), day(1)), (day(3), day(20))]
    assert chart([4] * 6, flares=spans).flares == ((day(0), day(1)), (day(3), day(5)))


def test_the_summary_says_what_the_picture_shows() -> None:
    of = [6, 6, 7, 6, 5, None, None, None, 4, 3, 3, 3, 2, 3]
    found = chart(of, flares=[(day(1), day(3))], lines=[("goal", 2.0)])
    assert found.summary == (
        "Pain: weekly middle 6 on 5 Mar, 3 on 15 Mar. Lowest 2, highest 7. 11 of 14 days logged. "
        "1 flare, 3 to 5 Mar. Goal 2."
    )


def test_the_summary_of_little() -> None:
    assert chart([]).summary == "Pain: nothing logged from 2 Mar to 2 Mar."
    assert (
        chart([4]).summary
        == "Pain: too few days for a weekly middle. Lowest 4, highest 4. 1 of 1 day logged."
    )
    two = chart([4] * 6, flares=[(day(0), day(0)), (day(3), day(3))])
    assert "2 flares, the last 5 Mar." in two.summary
    assert "weekly middle 4 on 5 Mar." in chart([4] * 4).summary


def test_a_period_over_new_year_names_the_year() -> None:
    start = date(2025, 12, 30)
    found = build(
        METRICS["pain"],
        {start + timedelta(days=n): 4 for n in range(11)},
        since=start,
        until=date(2026, 1, 9),
    )
    assert "4 on 2 Jan 2026, 4 on 9 Jan 2026." in found.summary


def test_what_a_patient_named_cannot_steer_the_terminal() -> None:
    own = known([CustomMetric("read", "Re\x1b[2Jad\n", "min", "up", 0, 60)])["read"]
    found = build(own, {SINCE: 5}, lines=[("go\x07al", 9)], since=SINCE, until=SINCE)
    assert all(text.isprintable() for text in (found.title, found.label, found.summary, found.lines[0][0]))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (6.5, "h", "6 h 30"), (35, "min", "35 min"), (1.2, "km", "1.2 km"), (800, "m", "800 m"), (0.8, "mi", "0.8 mi"),
        (4, "0-10", "4"), (3.5, "0-10", "3.5"), (4500, "count", "4500"), (1, "yes/no", "yes"), (0, "yes/no", "no"),
        (72.5, "kg", "72.5 kg"),
    ],
)  # fmt: skip
def test_values_in_words(value: float, unit: str, said: str) -> None:
    assert words(value, unit) == said


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(METRICS)),
    st.lists(st.none() | st.floats(0, 1, allow_nan=False), min_size=1, max_size=40),
    st.sampled_from(["km", "mi"]),
)
def test_an_axis_holds_all_its_values(key: str, of: list[float | None], units: str) -> None:
    metric = METRICS[key]
    scaled = [None if v is None else metric.low + v * (metric.high - metric.low) for v in of]
    found = chart(scaled, key, units=units)
    assert found.low < found.high
    assert found.ticks[0] == found.low
    assert found.ticks[-1] == found.high
    assert len(found.ticks) <= 7
    for _, value in (*found.days, *found.median):
        assert found.low - 1e-6 <= value <= found.high + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 40).map(day), st.integers(0, 10), max_size=30))
def test_every_middle_has_four_values_in_its_week(of: dict[date, float]) -> None:
    found = dict(medians(of, day(0), day(45)))
    for n in range(46):
        window = [of[day(m)] for m in range(n - 6, n + 1) if day(m) in of]
        assert (day(n) in found) == (len(window) >= 4)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 4000), st.integers(25, 190))
def test_date_marks_leave_each_name_room(since: date, length: int, columns: int) -> None:
    until = since + timedelta(days=length - 1)
    marks = date_marks(since, until, columns)
    assert marks
    assert all(since <= mark <= until for mark, _ in marks)
    at = [(mark - since).days / length * columns for mark, _ in marks]
    assert all(b - a >= 7 for a, b in pairwise(at))


def test_weeks_begin_on_monday_and_count_what_is_left_of_them() -> None:
    found = build(
        METRICS["sit"],
        values([20, 25, None, 30, 35, None, None, None, 40]),
        [(day(3), day(7))],
        since=day(1),
        until=day(9),
    )
    assert weeks_table([found]) == (
        ("Week of", "Middle", "Lowest", "Highest", "Days logged", "Flare days"),
        (
            ("3 Mar", "too few", "25 min", "35 min", "3 of 6", "4"),
            ("9 Mar", "too few", "40 min", "40 min", "1 of 3", "1"),
        ),
    )


def test_a_week_without_entries_says_so() -> None:
    _, table = weeks_table([chart([4] * 7 + [None] * 7)])
    assert table == (
        ("2 Mar", "4", "4", "4", "7 of 7", "none"),
        ("9 Mar", "", "", "", "none of 7", "none"),
    )


def test_several_charts_name_their_measure() -> None:
    head, table = weeks_table([chart([4] * 5), chart([1, 0, 1, 0, 0], "work")])
    assert head[:2] == ("Week of", "Measure")
    assert table[1] == ("2 Mar", "Worked", "yes on 2", "", "", "5 of 5", "none")
