"""A goal read against the diary: path, pace, level, checks, building blocks, projected day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TODAY, Patient, at

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import CustomMetric, Diary, Goal
from spinetrack.recovery.goals import GoalReader, rounded, say
from spinetrack.recovery.metrics import METRICS, known
from spinetrack.recovery.series import Days
from spinetrack.recovery.smart import checks_of, later_weeks, nearer_target, weekly_growth
from spinetrack.recovery.trend import project, theil_sen


def reader_of(patient: Patient | Diary) -> GoalReader:
    diary = patient if isinstance(patient, Diary) else patient.diary()
    return GoalReader(diary, Days(diary), TODAY)


def sat(values: list[float | None], metric: str = "sit") -> Patient:
    """One value a day, the last today."""
    patient = Patient()
    for n, value in enumerate(reversed(values)):
        if value is not None:
            patient.log(n, **{metric: value})  # type: ignore[arg-type]
    return patient


def check(patient: Patient, letter: str) -> tuple[bool, str]:
    reader = reader_of(patient)
    found = next(c for c in checks_of(reader, reader.diary.goals[-1]) if c.letter == letter)
    return found.ok, found.message


# --- where it began, where it is ---------------------------------------------------------------


def test_the_usual_needs_three_values_in_14_days() -> None:
    assert reader_of(sat([20, 22, 30])).usual("sit", TODAY) == 22
    assert reader_of(sat([20, 22])).usual("sit", TODAY) is None
    assert reader_of(sat([20, 22, *[None] * 12, 30])).usual("sit", TODAY) is None


def test_now_is_the_median_of_seven_days() -> None:
    reader = reader_of(sat([90, 20, 30, 40, 50, 60, 70, 80]).goal(n=0))
    assert reader.current(reader.active[0]) == 50
    nothing = reader_of(sat([20, *[None] * 7]).goal())
    assert nothing.current(nothing.active[0]) is None


def test_a_lower_bound_counts_only_above_the_middle_of_the_limits() -> None:
    patient = Patient().log(4, sit=30).log(3, sit=40).log(2, sit=50).log(1, sit_=10).log(0, sit_=80)
    reader = reader_of(patient.goal(n=5))
    assert reader.values("sit", TODAY, 7) == [30, 40, 50, 80]
    both = Patient().log(2, sit=30).log(1, sit=40).log(0, sit=20).log(0, sit_=25, hour=20)
    assert reader_of(both).values("sit", TODAY, 7) == [30, 40, 20]


def test_the_start_is_frozen_or_the_first_three_values() -> None:
    frozen = reader_of(sat([50] * 5).goal(baseline=20))
    assert frozen.baseline(frozen.active[0]) == 20
    later = reader_of(sat([10, 20, 30, 90, 90]).goal(baseline=None, n=6))
    assert later.baseline(later.active[0]) == 20
    never = reader_of(sat([10, 20]).goal(baseline=None, n=6))
    assert never.baseline(never.active[0]) is None
    assert never.derived(never.active[0]) is None


# --- the path ----------------------------------------------------------------------------------


def test_tolerances_grow_by_a_share_and_the_rest_by_equal_steps() -> None:
    reader = reader_of(Patient().goal(n=42, weeks=12).goal("pain", 2, 42, weeks=12, baseline=6))
    sit, pain = reader.active
    assert reader.expected(sit, sit.day) == 20
    assert reader.expected(sit) == pytest.approx(20 * 3**0.5)
    assert reader.expected(sit, sit.due) == pytest.approx(60)
    assert reader.expected(sit, sit.due + timedelta(days=9)) == pytest.approx(60)
    assert reader.expected(pain) == pytest.approx(4)


def test_the_ratio_is_the_way_gone_of_the_way_expected() -> None:
    patient = sat([4] * 7, "pain").goal("pain", 2, 42, weeks=12, baseline=6)
    reader = reader_of(patient)
    assert reader.ratio(reader.active[0]) == pytest.approx(1.0)
    first = reader_of(sat([20] * 7).goal(n=0))
    assert first.ratio(first.active[0]) is None, "no way is expected on the first day"


def test_building_blocks_lie_on_the_path() -> None:
    reader = reader_of(Patient().goal(n=0, weeks=12))
    goal = reader.active[0]
    found = reader.blocks(goal, 20)
    assert [value for _, value in found] == [26, 35, 46]
    assert [(day - goal.day).days for day, _ in found] == [21, 42, 63]
    pain = reader_of(Patient().goal("pain", 3, 0, weeks=8, baseline=6))
    assert [value for _, value in pain.blocks(pain.active[0], 6)] == [5.5, 4.5, 4]


def test_a_long_goal_has_a_block_within_four_weeks() -> None:
    reader = reader_of(Patient().goal(n=0, weeks=24))
    first = reader.blocks(reader.active[0], 20)[0]
    assert (first[0] - TODAY).days == 28


def test_a_block_is_reached_on_the_first_day_its_week_was_there() -> None:
    patient = sat([20, 20, 20, 20, 30, 30, 30, 30]).goal(n=10).block(30, -5)
    reader = reader_of(patient)
    goal = reader.active[0]
    assert reader.reached_on(goal, reader.milestones(goal)[0]) == TODAY
    assert reader.next_milestone(goal) is None
    by_hand = reader.milestones(goal)[0]._replace(value=99, reached_on=patient.day(3))
    assert reader.reached_on(goal, by_hand) == patient.day(3)


@given(st.floats(1, 200), st.floats(1, 200), st.integers(7, 400))
def test_blocks_lie_between_start_and_target_in_order(b: float, e: float, days: int) -> None:
    reader = reader_of(Diary())
    goal = Goal("x", "sit", e, TODAY + timedelta(days=days), at(TODAY), TODAY, b)
    found = reader.blocks(goal, b)
    values = [value for _, value in found]
    assert values == sorted(values, reverse=e < b)
    assert all(min(b, e) < value < max(b, e) for value in values)
    assert all(TODAY <= day < goal.due for day, _ in found)


# --- level and status --------------------------------------------------------------------------


def test_a_written_level_stands_above_the_derived_until_a_newer_one() -> None:
    patient = sat([60] * 7).goal(n=20)
    reader = reader_of(patient)
    assert reader.level(reader.active[0]) == 0
    rated = reader_of(patient.rate(5, -2))
    goal = rated.active[0]
    assert (rated.derived(goal), rated.level(goal)) == (0, -2)
    assert rated.level(goal, TODAY - timedelta(days=6)) == 0, "it stands from its own day on"
    patient.rate(9, 2)
    assert reader_of(patient).level(goal) == -2, "an older day does not replace a newer one"
    patient.rate(5, 1)
    assert reader_of(patient).level(goal) == 1, "of one day the later write"


def test_attainment_at_the_start_is_minus_one_unless_written() -> None:
    patient = sat([60] * 7).goal(n=20)
    found = reader_of(patient).attainment()
    assert found == (50, 40, 10)
    patient.rate(20, -2)
    assert reader_of(patient).attainment().t_baseline == 30


def test_a_reached_goal_still_counts_and_a_closed_one_does_not() -> None:
    patient = sat([20] * 7).goal(n=20)
    patient.goals[0] = patient.goals[0]._replace(status="reached", closed_on=TODAY)
    reader = reader_of(patient)
    assert (reader.active, len(reader.kept), reader.attainment().t) == ((), 1, 50)
    patient.goals[0] = patient.goals[0]._replace(status="closed")
    assert reader_of(patient).attainment() == (None, None, None)


def test_status_says_reached_when_the_level_does() -> None:
    reader = reader_of(sat([60] * 7).goal(n=20).goal(n=20, target=90))
    assert [reader.status(g) for g in reader.active] == ["reached", "active"]


def test_yes_or_no_counts_days_a_week() -> None:
    own = CustomMetric("garden", "Gardening", "yes/no", "up", 0, 1)
    patient = sat([0, 1, 0, 1, 1, 0, 0], "garden").goal("garden", 4, 14, baseline=1)
    diary = patient.diary()._replace(metrics=(own,))
    reader = reader_of(diary)
    assert reader.current(reader.active[0]) == 3
    assert say(known([own])["garden"], 3) == "3 days a week"
    assert say(known([own])["garden"], 1) == "1 day a week"


def test_a_hidden_measure_is_a_plain_number() -> None:
    reader = reader_of(sat([3, 4, 5], "gone").goal("gone", 9, 2, baseline=None))
    goal = reader.active[0]
    assert (reader.current(goal), reader.metric(goal).label) == (4, "gone")


# --- checks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "target", "weeks", "percent"), [(20, 60, 12, 9.59), (20, 60, 4, 31.61), (1, 2, 8, 9.05)]
)
def test_the_growth_vectors(start: float, target: float, weeks: float, percent: float) -> None:
    found = weekly_growth(start, target, weeks)
    assert found is not None
    assert round(100 * found, 2) == percent


@pytest.mark.parametrize(
    ("weeks", "ok", "said"),
    [(12, True, "9.6 % a week"), (11, False, "10.5 % a week is steep"), (4, False, "31.6 % a week is too")],
)
def test_a_in_reach(weeks: int, ok: bool, said: str) -> None:
    found = check(Patient().goal(n=0, weeks=weeks), "A")
    assert found[0] is ok
    assert said in found[1]


@pytest.mark.parametrize(
    ("target", "weeks", "base", "ok"),
    [(3, 6, 6, True), (3, 5, 6, False), (0, 11, 4, False), (0, 12, 4, True), (0, 8, 3, True)],
)
def test_a_of_pain(target: float, weeks: int, base: float, ok: bool) -> None:
    patient = Patient().goal("pain", target, 0, weeks=weeks, baseline=base)
    assert check(patient, "A")[0] is ok


def test_a_offers_a_target_and_a_day_that_pass() -> None:
    patient = Patient().goal(n=0, weeks=4)
    reader = reader_of(patient)
    goal = reader.active[0]
    near = nearer_target(reader, goal, 20, 4)
    weeks = later_weeks(reader, goal, 20)
    assert (near, weeks) == (29, 12)
    assert check(Patient().goal(target=near, n=0, weeks=4), "A")[0]
    assert check(Patient().goal(n=0, weeks=weeks or 0), "A")[0]


@pytest.mark.parametrize(
    ("title", "why", "said"),
    [
        ("stop my painkillers", "x", "doctor"),
        ("walk without tablets", "x", "doctor"),
        ("sit long", "so I can come off codeine", "doctor"),
        ("lift my max", "x", "physio"),
        ("deadlift a new max", "x", "physio"),
    ],
)
def test_a_leaves_medicine_and_maximal_lifts_to_others(title: str, why: str, said: str) -> None:
    ok, message = check(Patient().goal(n=0, title=title, why=why), "A")
    assert not ok
    assert said in message


def test_a_goal_behind_the_start_is_no_goal() -> None:
    assert not check(Patient().goal(target=15, n=0), "A")[0]
    assert not check(Patient().goal("pain", 7, 0, baseline=5), "A")[0]


@pytest.mark.parametrize(
    ("metric", "title", "ok"),
    [
        ("sit", "sit through a film", True),
        ("walk", "walk to work", True),
        ("sit", "gardening without a break", True),
        ("pain", "less pain", False),
        ("sit", "less pain", False),
        ("sit", "feel better", False),
        ("walk", "walk with less pain", True),
        ("sit", "sit and walk longer", False),
        ("sit", "42", False),
    ],
)
def test_s_one_activity_and_not_only_a_feeling(metric: str, title: str, ok: bool) -> None:
    assert check(Patient().goal(metric, n=0, title=title), "S")[0] is ok


def test_m_needs_a_start() -> None:
    assert check(Patient().goal(n=0), "M") == (True, "From 20 min to 1 h.")
    assert check(Patient().goal(n=0, baseline=None), "M")[0] is False
    assert check(Patient().goal(n=0, baseline=None), "A")[0] is False


@pytest.mark.parametrize(
    ("why", "importance", "confidence", "ok"),
    [
        ("cinema", 2, 7, True),
        ("", 2, 7, False),
        ("cinema", 1, 7, False),
        ("cinema", 2, 6, False),
        ("cinema", 2, None, False),
    ],
)
def test_r_reads_reason_weight_and_confidence(
    why: str, importance: int, confidence: int | None, ok: bool
) -> None:
    patient = Patient().goal(n=0, why=why, importance=importance, confidence=confidence)
    assert check(patient, "R")[0] is ok


@pytest.mark.parametrize(
    ("weeks", "every", "ok"),
    [(1, 7, True), (6 / 7, 7, False), (16, 14, True), (16, 15, False), (113 / 7, 7, False)],
)
def test_t_one_to_sixteen_weeks_and_a_look_every_two(weeks: float, every: int, ok: bool) -> None:
    assert check(Patient().goal(n=0, weeks=weeks, review_days=every), "T")[0] is ok


def test_t_a_far_day_with_a_block_within_four_weeks_will_do() -> None:
    assert check(Patient().goal(n=0, weeks=20).block(25, -28), "T")[0]
    assert not check(Patient().goal(n=0, weeks=20).block(25, -29), "T")[0]


# --- the projected day -------------------------------------------------------------------------


def test_the_robust_slope_ignores_a_wild_day() -> None:
    steady = [(float(n), 20.0 + n) for n in range(20)]
    wild = [(t, 200.0 if t == 10 else v) for t, v in steady]
    for points in (steady, wild):
        found = theil_sen(points)
        assert found is not None
        assert found.middle == pytest.approx(1)
        assert found.low <= 1 <= found.high
    assert theil_sen([(1, 2)]) is None


def test_a_projected_day_has_a_range() -> None:
    column = {TODAY - timedelta(days=n): 40.0 - n + n % 3 for n in range(20)}
    found = project(column, 38, 60)
    assert found is not None
    assert found.earliest is not None
    assert found.likely is not None
    assert found.latest is not None
    assert found.earliest <= found.likely <= found.latest
    assert 18 <= found.likely <= 28


def test_the_wrong_way_and_too_few_days_name_no_day() -> None:
    column = {TODAY - timedelta(days=n): 20.0 + n for n in range(20)}
    found = project(column, 20, 60)
    assert found is not None
    assert found.likely is None
    assert project(dict(list(column.items())[:6]), 20, 60) is None
    assert project({TODAY: 60.0}, 60, 60) is None


@pytest.mark.parametrize(
    ("key", "value", "aimed"),
    [("sit", 26.3, 26), ("distance", 1234, 1230), ("pain", 4.3, 4.5), ("weight", 71.2, 71)],
)
def test_a_value_of_the_path_can_be_aimed_at(key: str, value: float, aimed: float) -> None:
    assert rounded(METRICS[key], value) == aimed


def test_reading_is_free_of_the_order_of_logging() -> None:
    patient = sat([20, 30, 40, 50, 35]).goal(n=3)
    diary = patient.diary()
    turned = diary._replace(entries=diary.entries[::-1])
    one, other = (assess(d, at(TODAY, 22), TODAY).facts.goals for d in (diary, turned))
    for read in ("current", "ratio", "level", "expected"):
        assert getattr(one, read)(one.active[0]) == getattr(other, read)(other.active[0])
