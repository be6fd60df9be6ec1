"""The calendar file, read back by another program; the timers, as far as this machine can check them."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.exchange.calendar import first_day, folded, write_calendar
from spinetrack.exchange.timers import TIMERS

icalendar = pytest.importorskip("icalendar")
NOW = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
"""A Tuesday."""
COMMAND = (sys.executable, "-m", "spinetrack", "--home", "/home/a b/100%", "due")


def event(data: bytes) -> Any:  # noqa: ANN401 - the library is not loaded for the checker
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar.errors == []
    (found,) = calendar.walk("VEVENT")
    assert found.errors == []
    return found


def test_another_program_reads_it() -> None:
    found = event(write_calendar(time(20, 30), NOW))
    assert found.decoded("DTSTART") == datetime(2026, 3, 3, 20, 30)
    assert found["RRULE"] == {"FREQ": ["DAILY"]}
    (alarm,) = found.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(0)
    assert alarm["ACTION"] == "DISPLAY"
    assert b"\n" not in write_calendar(time(20, 30), NOW).replace(b"\r\n", b"")


def test_it_begins_on_one_of_its_days() -> None:
    """Another day would be one more alarm."""
    found = event(write_calendar(time(8), NOW, weekdays={0, 2, 4}))
    assert found.decoded("DTSTART").date() == date(2026, 3, 4)
    assert found["RRULE"]["BYDAY"] == ["MO", "WE", "FR"]


@given(st.dates(), st.sets(st.integers(0, 6)))
def test_the_first_day_is_near_and_right(today: date, weekdays: set[int]) -> None:
    if today > date.max - timedelta(days=7):
        return
    found = first_day(today, weekdays)
    assert 0 <= (found - today).days < 7
    assert not weekdays or found.weekday() in weekdays


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co", "Zs"]),
        min_size=1,
        max_size=200,
    )
)
def test_any_title_comes_back(title: str) -> None:
    data = write_calendar(time(8), NOW, title=title)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert str(event(data)["SUMMARY"]) == title
    data.decode()


def test_a_title_is_no_way_into_the_format() -> None:
    data = write_calendar(time(8), NOW, title="a\r\nEND:VEVENT\r\nX;Y,Z\\n")
    assert str(event(data)["SUMMARY"]) == "a\nEND:VEVENT\nX;Y,Z\\n"
    assert data.count(b"END:VEVENT\r\n") == 1


def test_a_long_line_is_cut_between_letters() -> None:
    data = folded("SUMMARY:" + "ü" * 100)
    assert [piece.decode() for piece in data.split(b"\r\n ")]
    assert max(map(len, data.split(b"\r\n"))) == 75


def test_nothing_says_what_it_is_about() -> None:
    words = write_calendar(time(8), NOW).lower()
    assert not [word for word in (b"spine", b"pain", b"back", b"health", b"log") if word in words]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_takes_its_units(tmp_path: Path) -> None:
    service, timer = TIMERS["systemd"](time(20, 30), {0, 2}, COMMAND).split("\n\n# ~/", 1)
    (tmp_path / "diary.service").write_text(service.split("\n", 1)[1] + "\n")
    (tmp_path / "diary.timer").write_text(timer.split("\n", 1)[1] + "\n")
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", "--man=no", "diary.timer", "diary.service"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "diary" not in done.stderr, done.stderr
    assert "OnCalendar=Mon,Wed *-*-* 20:30:00" in timer


def test_launchd_and_cron() -> None:
    agent = plistlib.loads(TIMERS["launchd"](time(20, 30), {6}, COMMAND).encode())
    assert agent["StartCalendarInterval"] == [{"Hour": 20, "Minute": 30, "Weekday": 7}]
    assert shlex.split(agent["ProgramArguments"][2])[:6] == list(COMMAND)
    line = TIMERS["cron"](time(20, 30), set(), COMMAND)
    assert line.startswith("30 20 * * * ")
    assert shlex.split(line.split(" ", 5)[5].replace("\\%", "%"))[:6] == list(COMMAND)
    assert "\\%" in line


def test_windows() -> None:
    line = TIMERS["windows"](time(8, 5), {0}, ("C:\\py.exe", "-m", "spinetrack", "due"))
    assert "/SC WEEKLY /D MON /ST 08:05" in line
