"""The diary after a diagnostic block. Source of the vector: clinical.md 10 and rule vector 15."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.charts.relief import draw
from spinetrack.recovery.block_diary import (
    CARE,
    LENGTH,
    LIBERAL,
    SCHEDULE,
    STRICT,
    Curve,
    curve_of,
    next_words,
    provokes,
    words,
)
from spinetrack.recovery.diary import Block, BlockReading, Diary, Intake, Medicine
from spinetrack.recovery.profile import POSITIONS

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
VECTOR = {15: 4, 30: 2, 60: 2, 120: 2, 180: 3, 240: 4, 300: 6, 360: 7}


def reading(minute: float, pain: int, **more: object) -> BlockReading:
    return BlockReading(1, pain, START + timedelta(minutes=minute), DAY, **more)  # type: ignore[arg-type]


def curve(points: dict[int, int], base: int = 7, now: float = LENGTH + 60, **more: object) -> Curve:
    rows = [reading(minute, pain, **more) for minute, pain in points.items()]
    return Curve(Block(base, START, DAY, id=1), rows, START + timedelta(minutes=now))


def test_the_vector_of_the_rule_book() -> None:
    found = curve(VECTOR)
    assert [round(p.relief, 1) for p in found.points] == [42.9, 71.4, 71.4, 71.4, 57.1, 42.9, 14.3, 0.0]
    assert found.max_relief == pytest.approx(71.428571)
    assert found.onset(LIBERAL) == 30
    assert found.duration(LIBERAL) == pytest.approx(191.25)
    assert found.onset(STRICT) is None
    assert found.duration(STRICT) == 0
    assert found.returned is True


def test_the_mean_is_the_area_under_the_line() -> None:
    """By hand: 7 of pain is 100 %; the trapezoids sum to 16607.142857 percent minutes over 360."""
    assert curve(VECTOR).mean_relief == pytest.approx(16607.142857 / 360)
    assert curve({60: 0}).mean_relief == pytest.approx(50)
    assert curve({60: 7, 120: 7}).mean_relief == 0


def test_seven_to_two_is_half_and_not_four_fifths() -> None:
    found = curve({30: 2}).max_relief
    assert found is not None
    assert found == pytest.approx(71.4, abs=0.05)
    assert found >= LIBERAL
    assert not found >= STRICT


def test_without_an_answer_nothing_is_claimed() -> None:
    found = curve({})
    assert (found.max_relief, found.mean_relief, found.duration(LIBERAL), found.returned) == (None,) * 4
    assert found.completeness == pytest.approx(1 / 11)
    assert words(found) == "Nothing was answered yet. Incomplete: 1 of 11 points answered."


def test_one_dip_between_two_answers_stays_inside_and_two_end_it() -> None:
    """Pain before 10: relief is 100 less ten times the pain. Crossings at 5 by interpolation."""
    dip = curve({60: 2, 120: 2, 180: 8, 240: 2, 300: 8, 360: 8, 420: 2}, base=10)
    assert dip.duration(LIBERAL) == pytest.approx(270 - 37.5)
    two = curve({60: 2, 120: 2, 180: 8, 240: 8, 300: 2}, base=10)
    assert two.duration(LIBERAL) == pytest.approx(150 - 37.5)
    last = curve({60: 2, 120: 2, 180: 8}, base=10)
    assert last.duration(LIBERAL) == pytest.approx(150 - 37.5), "a dip at the end is not between two"


def test_one_answer_alone_is_no_onset() -> None:
    lone = curve({15: 8, 30: 2, 60: 8, 120: 8}, base=10)
    assert lone.max_relief == 80
    assert lone.onset(LIBERAL) is None
    assert lone.duration(LIBERAL) == 0
    later = curve({30: 2, 60: 8, 120: 3, 180: 3, 240: 9, 300: 9}, base=10)
    assert later.onset(LIBERAL) == 120


def test_exactly_the_level_counts() -> None:
    found = curve({30: 5, 60: 5, 120: 6, 180: 6}, base=10)
    assert found.onset(LIBERAL) == 30
    assert found.duration(LIBERAL) == pytest.approx(60 - 30)
    assert curve({30: 2, 60: 2}, base=10).onset(STRICT) == 30


def test_relief_that_lasts_to_the_end_is_a_lower_bound() -> None:
    found = curve({30: 2, 480: 2}, base=10)
    assert found.lasts
    assert found.duration(LIBERAL) == pytest.approx(480 - 18.75)
    assert "lasted at least 7 h 41" in words(found)
    assert not curve(VECTOR).lasts


def test_while_it_runs_what_is_open_stays_open() -> None:
    early = curve({30: 2}, base=10, now=40)
    assert early.duration(LIBERAL) is None
    assert early.duration(STRICT) is None
    assert early.returned is None
    assert curve({30: 2}, base=10).duration(LIBERAL) == 0, "over, and never answered a second time"
    assert curve({30: 2}, base=10).returned is False
    assert curve({30: 9}, base=10, now=40).returned is True
    assert curve({30: 8}, base=10, now=40).returned is None


@pytest.mark.parametrize(("last", "back"), [(6, True), (7, True), (5, False), (9, True)])
def test_back_is_within_a_point_of_the_pain_before(last: int, back: bool) -> None:
    assert curve({30: 1, 480: last}).returned is back


def test_a_movement_that_usually_hurts_must_be_tried_in_two_hours() -> None:
    assert curve({120: 3}, provoked=True).tested
    assert not curve({121: 3}, provoked=True).tested
    assert not curve({60: 3}).tested
    assert "No movement that usually hurts" in words(curve({60: 3}))
    assert "No movement that usually hurts" not in words(curve({60: 3}, now=70))
    assert "No movement that usually hurts" not in words(curve({60: 3}, provoked=True))


@pytest.mark.parametrize(
    ("doing", "worse", "counts"),
    [
        ("sat 20 min", [], True), ("sat 20 min", ["sitting"], True), ("sat 20 min", ["bending"], False),
        ("Bent to the shoes", ["bending"], True), ("", [], False), ("", ["sitting"], False), ("rested", [], False),
        ("lay down", [], False), ("lay down", ["lying"], True), ("rested, then walked", [], True),
        ("dusted the shelves", [], True), ("dusted the shelves", ["bending"], False),
        ("twisted to look back", ["turning", "bending"], True),
    ],
)  # fmt: skip
def test_what_counts_as_a_movement_that_usually_hurts(doing: str, worse: list[str], counts: bool) -> None:
    assert provokes(doing, worse) is counts


def test_every_position_of_the_profile_can_be_recognised() -> None:
    for position in POSITIONS:
        assert provokes(position.replace("-", " "), [position]), position


def test_what_came_between_is_named() -> None:
    found = curve({30: 2, 60: 2}, confound="painkiller")
    assert found.confounds == ("painkiller",)
    assert "It is confounded: a painkiller came between." in words(found)
    assert "confounded" not in words(curve(VECTOR))


def taken(group: str, minute: int, *, known: bool = True) -> tuple[str, ...]:
    """Return what a tablet of a class, taken at a minute, makes of two answers."""
    at = START + timedelta(minutes=minute)
    diary = Diary(
        blocks=(Block(7, START, DAY, id=1),),
        block_readings=(reading(30, 2), reading(60, 2)),
        medicines=(Medicine("mine", DAY, START, DAY, group=group, id=1),),
        intakes=(Intake(1, at, DAY, at, time_known=known),),
    )
    return curve_of(diary, diary.blocks[0], START + timedelta(minutes=70)).confounds


def test_a_medicine_of_the_diary_comes_between_too() -> None:
    assert taken("nsaid", 40) == ("painkiller",)
    assert taken("benzodiazepine", 40) == ("sedation",)
    assert taken("anticoagulant", 40) == ()
    assert taken("nsaid", -5) == (), "before the block it is part of the pain before"
    assert taken("nsaid", 61) == (), "after the last answer it changed none"
    assert taken("nsaid", 40, known=False) == (), "without an hour nothing is claimed"


def test_points_within_ten_minutes_are_answered() -> None:
    assert curve({5: 3}).answered == (0, 15)
    assert curve({4: 3}).answered == (0,)
    assert curve({25: 3}).answered == (0, 15, 30)
    assert curve({70: 3}).answered == (0, 60)
    assert curve({71: 3}).answered == (0,)
    whole = curve(dict.fromkeys(SCHEDULE[1:], 3))
    assert whole.completeness == 1
    assert "Incomplete" not in words(whole)
    assert curve(VECTOR).completeness == pytest.approx(9 / 11)


def test_less_than_four_before_is_said_to_be_hard_to_read() -> None:
    assert "below 4" in words(curve({30: 0}, base=3))
    assert "below 4" not in words(curve({30: 0}, base=4))


def test_no_pain_before_gives_no_relief_and_no_fault() -> None:
    found = curve({30: 0, 60: 3}, base=0)
    assert found.max_relief == 0
    assert "did not go below" in words(found)


def test_more_pain_than_before_is_below_zero() -> None:
    found = curve({30: 9, 60: 9}, base=6)
    assert [p.relief for p in found.points] == [-50, -50]
    assert found.max_relief == 0
    assert found.mean_relief == pytest.approx(-37.5)


def test_of_two_answers_at_one_minute_the_later_written_counts() -> None:
    rows = [reading(30, 6, seq=1), reading(30, 2, seq=2), reading(15, 5, seq=3)]
    found = Curve(Block(7, START, DAY, id=1), rows, START + timedelta(minutes=40))
    assert [(p.minute, p.pain) for p in found.points] == [(15, 5), (30, 2)]


def test_answers_of_other_blocks_and_from_before_are_passed_over() -> None:
    rows = [reading(30, 2), reading(40, 1)._replace(block_id=2), reading(-5, 9)]
    found = Curve(Block(7, START, DAY, id=1), rows, START + timedelta(minutes=50))
    assert [p.pain for p in found.points] == [2]


@pytest.mark.parametrize(
    ("now", "answered", "due"),
    [
        (0, {}, 15), (5, {}, 15), (16, {}, 15), (25, {}, 15), (26, {}, 30), (16, {16: 4}, 30), (70, {}, 60),
        (71, {}, 120), (479, {420: 4}, 480), (490, {420: 4}, 480), (491, {}, None), (470, {470: 4}, None),
    ],
)  # fmt: skip
def test_which_point_is_next(now: int, answered: dict[int, int], due: int | None) -> None:
    assert curve(answered, now=now).due == due


def test_the_next_point_in_words_is_on_the_clock_of_now() -> None:
    found = curve({15: 4}, now=20)
    assert next_words(found) == "09:30 (+30 min)"
    assert next_words(curve({15: 4}, now=31)) == "now (+30 min)"
    moved = Curve(found.block, (), (START + timedelta(minutes=20)).astimezone(tz_of(2)))
    assert next_words(moved) == "now (+15 min)"
    assert next_words(Curve(found.block, (), START.astimezone(tz_of(2)))) == "11:15 (+15 min)"
    assert next_words(curve({})) == ""


def tz_of(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


def test_the_words_never_grade() -> None:
    several = [VECTOR, {30: 0}, {30: 7}, {}, dict.fromkeys(SCHEDULE[1:], 1)]
    for points in several:
        for base in (3, 7):
            said = words(curve(points, base=base)).lower()
            assert not any(word in said for word in ("positive", "negative", "success", "fail"))
    assert "do not walk alone or drive" in CARE


def test_the_sentence_of_the_vector() -> None:
    told = words(curve(VECTOR, provoked=True))
    assert told == (
        "Relief reached 71 %. Half or more lasted 3 h 11. Pain came back: yes. "
        "Incomplete: 9 of 11 points answered."
    )


# --- the picture -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80])
def test_the_curve_fits_and_marks_each_answer_on_its_row(width: int) -> None:
    lines = draw(curve(VECTOR).line, (50, 80), width).split("\n")
    assert max(map(len, lines)) <= width
    rows = {round(100 - 10 * place): line[6:] for place, line in enumerate(lines[:11])}
    assert "•" in rows[70]
    assert "•" not in rows[80], "71 % is below the line at 80"
    assert rows[0].startswith("•")
    assert sum(line.count("•") for line in rows.values()) == 9
    assert lines[0].startswith("100 %")
    assert "80 %" in lines[2]
    assert "50 %" in lines[5]


def test_without_utf8_it_is_drawn_with_ascii() -> None:
    assert draw(curve(VECTOR).line, (50, 80), 40, ascii=True).isascii()


def test_a_late_answer_makes_the_axis_longer() -> None:
    assert " 10" in draw(curve({30: 2, 590: 7}).line, (50, 80), 80).split("\n")[-2]


# --- properties --------------------------------------------------------------------------------

POINTS = st.dictionaries(st.integers(1, 600), st.integers(0, 10), max_size=14)


@given(POINTS, st.integers(0, 10), st.integers(0, 700))
def test_numbers_stay_in_their_ranges(points: dict[int, int], base: int, now: int) -> None:
    found = curve(points, base=base, now=now)
    assert 1 / 11 <= found.completeness <= 1
    assert found.max_relief is None or 0 <= found.max_relief <= 100
    last = found.points[-1].minute if found.points else 0
    for level in (LIBERAL, STRICT):
        held = found.duration(level)
        assert held is None or 0 <= held <= last
    assert found.onset(STRICT) is None or (found.duration(LIBERAL) or 0) > 0
    assert found.mean_relief is None or found.mean_relief <= 100
    assert all(a.minute < b.minute for a, b in pairwise(found.points))
    assert words(found)
    draw(found.line, (LIBERAL, STRICT), 40)


@given(POINTS, st.integers(4, 10))
def test_the_order_in_which_answers_were_written_changes_nothing(points: dict[int, int], base: int) -> None:
    back = dict(reversed(points.items()))
    assert curve(points, base=base).points == curve(back, base=base).points
