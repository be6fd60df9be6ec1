"""Days and times: what each form means, what is refused, and the two nights of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.recovery.when import (
    THE_BEGINNING,
    day_of,
    parse_day,
    parse_due,
    parse_since,
    parse_when,
)

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
"""Tuesday on the wall, Monday in the diary."""
TODAY = date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")


def check_sentence(error: SpinetrackError) -> None:
    assert str(error).isprintable()
    assert str(error).endswith("Nothing was saved.")


def berlin(wall: datetime) -> datetime:
    return wall.replace(tzinfo=BERLIN)


def at(text: str, now: datetime = MONDAY) -> str:
    return parse_when(text, now).at.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("yesterday 21:00", "2026-11-22 21:00"),
        ("Yesterday at 9pm", "2026-11-22 21:00"),
        ("7am yesterday", "2026-11-22 07:00"),
        ("today 08:00", "2026-11-23 08:00"),
        ("08:00", "2026-11-23 08:00"),
        ("at 8:00", "2026-11-23 08:00"),
        ("01:00", "2026-11-23 01:00"),
        ("7am", "2026-11-23 07:00"),
        ("7 am", "2026-11-23 07:00"),
        ("12am", "2026-11-23 00:00"),
        ("7:30am", "2026-11-23 07:30"),
        ("mon 08:00", "2026-11-23 08:00"),
        ("sun 21:00", "2026-11-22 21:00"),
        ("fri 18:00", "2026-11-20 18:00"),
        ("friday 12:15 pm", "2026-11-20 12:15"),
        ("last monday 21:00", "2026-11-16 21:00"),
        ("2 days ago 7:30", "2026-11-21 07:30"),
        ("2 days ago 7am", "2026-11-21 07:00"),
        ("3 hours ago", "2026-11-23 06:30"),
        ("30 min ago", "2026-11-23 09:00"),
        ("12h ago", "2026-11-22 21:30"),
        ("2026-03-02T19:00", "2026-03-02 19:00"),
        ("2026-03-02 19:00", "2026-03-02 19:00"),
        ("2026-03-02 01:00", "2026-03-02 01:00"),
        ("2026-03-02T19:00:30", "2026-03-02 19:00"),
        ("2026-03-02T19:00Z", "2026-03-02 19:00"),
        ("20 nov 21:00", "2026-11-20 21:00"),
        ("20 nov 2025 21:00", "2025-11-20 21:00"),
        ("nov 20, 2025 7am", "2025-11-20 07:00"),
        ("morning", "2026-11-23 08:00"),
        ("this morning", "2026-11-23 08:00"),
        ("yesterday noon", "2026-11-22 12:00"),
        ("mon morning", "2026-11-23 08:00"),
        ("sat evening", "2026-11-21 20:00"),
        ("now", "2026-11-23 09:30"),
    ],
)
def test_a_time(text: str, moment: str) -> None:
    assert parse_when(text, MONDAY).has_time
    assert at(text) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", "2026-11-22"),
        ("sun", "2026-11-22"),
        ("tues", "2026-11-17"),
        ("last mon", "2026-11-16"),
        ("2 days ago", "2026-11-21"),
        ("1 week ago", "2026-11-16"),
        ("2 months ago", "2026-09-23"),
        ("2026-03-02", "2026-03-02"),
        ("20 nov", "2026-11-20"),
        ("nov 20", "2026-11-20"),
        ("20th november", "2026-11-20"),
        ("20 nov 2025", "2025-11-20"),
        ("29 feb 2024", "2024-02-29"),
        ("13.11.2026", "2026-11-13"),
    ],
)
def test_a_day_alone_stands_for_its_evening(text: str, day: str) -> None:
    assert not parse_when(text, MONDAY).has_time
    assert at(text) == f"{day} 20:00"
    assert parse_day(text, MONDAY).isoformat() == day


@pytest.mark.parametrize("text", ["today", "mon", "Monday", "2026-11-23", "23 nov", "0 days ago"])
def test_today_alone_is_now(text: str) -> None:
    assert parse_when(text, MONDAY) == (MONDAY, False)


def test_a_day_without_year_just_after_new_year_is_last_years() -> None:
    assert at("28 dec", datetime(2027, 1, 3, 12, tzinfo=UTC)) == "2026-12-28 20:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3/11", "3/11 is not clear. Write 3 nov or 11 mar."),
        ("03/04/2026", "Write 3 apr 2026 or 4 mar 2026."),
        ("25/12/2025", "Write 25 dec 2025."),
        ("2026/03/02", "Write the date like 2026-03-02."),
        ("3.11.2026", "Write 3 nov 2026 or 11 mar 2026."),
        ("-1", "Write 1 day ago."),
        ("-2", "Write 2 days ago."),
        ("next monday", "That time has not come yet. Nothing was saved."),
        ("tomorrow", "That time has not come yet. Nothing was saved."),
        ("21:00", "That time has not come yet."),
        ("today 21:00", "That time has not come yet."),
        ("noon", "That time has not come yet."),
        ("2026-11-24", "That time has not come yet."),
        ("2027-01-01 10:00", "That time has not come yet."),
        ("2026-11-23T09:31", "That time has not come yet."),
        ("2026-11-23T09:31Z", "That time has not come yet."),
        ("mon 21:00", "For a week ago write 2026-11-16 21:00"),
        ("25 nov", "Write the year: 25 nov 2025."),
        ("yesterday 01:00", "Write 2026-11-22 01:00 or 2026-11-23 01:00."),
        ("2026-02-30", "There is no 30 Feb 2026. Nearest: 2026-02-28."),
        ("31 nov", "Nearest: 2026-11-30."),
        ("29 feb", "Nearest: 2026-02-28."),
        ("2026-13-01", "There is no date 2026-13-01"),
        ("1800-01-01", "There is no date 1800-01-01"),
        ("0000-01-01T10:00Z", "is not in the calendar"),
        ("25:00", "Times go from 00:00 to 23:59."),
        ("13pm", "Write it like 7:30pm or 19:30."),
        ("21:00pm", "Write it like 7:30pm or 19:30."),
        ("last night", "has no clock time"),
        ("99999 days ago", "too far away"),
        ("gestern", "is not a day or time that can be read"),
        ("7", "is not a day or time that can be read"),
        ("", "is not a day or time that can be read"),
        ("x" * 999, "is not a day or time that can be read"),
    ],
)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        parse_when(text, MONDAY)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was saved.")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", "2026-11-24 01:30"),
        ("mon", "2026-11-24 01:30"),
        ("yesterday", "2026-11-22 20:00"),
        ("yesterday 21:00", "2026-11-22 21:00"),
        ("21:00", "2026-11-23 21:00"),
        ("today 21:00", "2026-11-23 21:00"),
        ("mon 21:00", "2026-11-23 21:00"),
        ("01:00", "2026-11-24 01:00"),
        ("today 01:00", "2026-11-24 01:00"),
        ("2026-11-24 01:00", "2026-11-24 01:00"),
        ("last tue", "2026-11-17 20:00"),
    ],
)
def test_after_midnight_the_day_is_still_the_one_lived(text: str, moment: str) -> None:
    assert at(text, NIGHT) == moment


@pytest.mark.parametrize("text", ["tue", "2026-11-24", "02:00"])
def test_after_midnight_the_new_day_has_not_begun(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse_when(text, NIGHT)


def test_the_day_turns_at_four_or_as_configured() -> None:
    assert day_of(datetime(2026, 11, 24, 3, 59, tzinfo=UTC)) == TODAY
    assert day_of(datetime(2026, 11, 24, 4, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert day_of(NIGHT, turn_hour=0) == date(2026, 11, 24)
    assert parse_day("today", NIGHT, turn_hour=1) == date(2026, 11, 24)


def test_offsets() -> None:
    now = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    local = parse_when("2026-11-20T19:00Z", now).at
    assert (local.hour, local.utcoffset()) == (20, timedelta(hours=1))
    typed = parse_when("2026-11-20T19:00+09:00", now).at
    assert (typed.hour, typed.utcoffset()) == (19, timedelta(hours=9))
    assert parse_when("8:00", now).at.utcoffset() == timedelta(hours=1)


SUMMER = datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN)
WINTER = datetime(2026, 10, 25, 12, 0, tzinfo=BERLIN)


def test_a_wall_time_the_clocks_jumped_over_is_refused() -> None:
    with pytest.raises(ValueRefusedError, match=r"02:30 did not exist on Sun 29 Mar 2026.*2026-03-29 03:30"):
        parse_when("2026-03-29 02:30", SUMMER, berlin)
    # As `datetime.astimezone` answers for the system's zone: another wall time comes back.
    with pytest.raises(ValueRefusedError, match="did not exist"):
        parse_when(
            "2026-03-29 02:30", SUMMER, lambda w: w.replace(tzinfo=BERLIN).astimezone(UTC).astimezone(BERLIN)
        )


@pytest.mark.parametrize(
    ("now", "text", "hours"),
    [
        (SUMMER, "2026-03-29 01:59", 1),
        (SUMMER, "2026-03-29 03:00", 2),
        (SUMMER, "sat 20:00", 1),
        (WINTER, "sat 20:00", 2),
        (WINTER, "2026-10-25 02:30", 2),
        (WINTER, "2026-10-25 03:00", 1),
    ],
)
def test_a_wall_time_has_the_offset_of_its_own_day(now: datetime, text: str, hours: int) -> None:
    assert parse_when(text, now, berlin).at.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "wall", "hours"),
    [
        ("11 hours ago", "02:00", 2),
        ("10 hours ago", "02:00", 1),
        ("9 hours ago", "03:00", 1),
        ("12 hours ago", "01:00", 2),
    ],
)
def test_hours_ago_are_real_hours_over_the_autumn_night(text: str, wall: str, hours: int) -> None:
    found = parse_when(text, WINTER, berlin).at
    assert (found.strftime("%H:%M"), found.utcoffset()) == (wall, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8w", "2026-09-28"),
        ("2 weeks", "2026-11-09"),
        ("2 weeks ago", "2026-11-09"),
        ("30d", "2026-10-24"),
        ("6 months", "2026-05-23"),
        ("1 year", "2025-11-23"),
        ("mon", "2026-11-23"),
        ("tue", "2026-11-17"),
        ("yesterday", "2026-11-22"),
        ("20 nov", "2026-11-20"),
        ("2026-03-01", "2026-03-01"),
        ("all", THE_BEGINNING.isoformat()),
    ],
)
def test_since(text: str, day: str) -> None:
    assert parse_since(text, TODAY).isoformat() == day


def test_months_end_on_the_last_day_of_a_shorter_one() -> None:
    assert parse_since("1 month", date(2026, 3, 31)) == date(2026, 2, 28)
    assert parse_since("12 months", date(2024, 2, 29)) == date(2023, 2, 28)
    assert parse_due("1 month", date(2026, 12, 31)) == date(2027, 1, 31)


@pytest.mark.parametrize(
    "text", ["2026-11-24", "tomorrow", "next week", "foo", "", "8", "3/11", "99999w", "08:00"]
)
def test_since_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="Nothing was saved"):
        parse_since(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12w", "2027-02-15"),
        ("in 2 weeks", "2026-12-07"),
        ("3 months", "2027-02-23"),
        ("tomorrow", "2026-11-24"),
        ("2027-01-01", "2027-01-01"),
        ("20 nov 2027", "2027-11-20"),
        ("20 nov", "2027-11-20"),
        ("25 nov", "2026-11-25"),
        ("29 feb", "2028-02-29"),
    ],
)
def test_due(text: str, day: str) -> None:
    assert parse_due(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text", ["2026-01-01", "today", "yesterday", "0d", "2 weeks ago", "mon", "x", "31 nov"]
)
def test_due_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="Nothing was saved"):
        parse_due(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("2 weeks ago", "2026-11-09"),
        ("2026-01-01", "2026-01-01"),
    ],
)
def test_due_may_be_past_for_a_visit(text: str, day: str) -> None:
    assert parse_due(text, TODAY, may_be_past=True).isoformat() == day


PIECES = st.sampled_from(
    [
        "yesterday",
        "today",
        "mon",
        "tue",
        "last",
        "2",
        "3",
        "days",
        "hours",
        "min",
        "week",
        "ago",
        "21:00",
        "02:30",
        "7am",
        "12pm",
        "20",
        "nov",
        "feb",
        "29",
        "2024",
        "2025",
        "2026-03-29",
        "2026-10-25",
        "2026-02-29",
        "T",
        "at",
        "noon",
        "evening",
        "morning",
        "now",
        "Z",
        "+01:00",
        "3/11",
        "13.11.2026",
        ",",
        "-1",
        "99999",
        "0",
    ]
)
TEXTS = st.lists(PIECES, max_size=5).map(" ".join) | st.text(max_size=20)
NOWS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(berlin)


@given(TEXTS, NOWS)
@example("2026-10-25 02:30", datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN))
def test_no_text_means_the_future(text: str, now: datetime) -> None:
    now = now.astimezone(timezone(now.utcoffset() or timedelta()))
    try:
        moment = parse_when(text, now, berlin)
    except SpinetrackError as error:
        check_sentence(error)
    else:
        assert moment.at <= now
        assert moment.at.utcoffset() is not None
        assert day_of(moment.at) <= day_of(now) or "+" in text


@given(TEXTS, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_periods_begin_in_the_past_and_goals_lie_ahead(text: str, today: date) -> None:
    try:
        assert parse_since(text, today) <= today
    except SpinetrackError as error:
        check_sentence(error)
    try:
        assert parse_due(text, today) > today
    except SpinetrackError as error:
        check_sentence(error)


@given(st.datetimes(datetime(1950, 1, 1)), st.timedeltas(timedelta(0), timedelta(days=9)), st.integers(0, 6))
def test_days_never_run_backwards(moment: datetime, later: timedelta, turn: int) -> None:
    if moment.year < 9000:
        assert day_of(moment, turn) <= day_of(moment + later, turn)
        assert day_of(moment + timedelta(days=1), turn) - day_of(moment, turn) == timedelta(days=1)
