"""Lines that let a computer's own clock ask `spinetrack due`. They are printed, and installed by nobody."""

from __future__ import annotations

import plistlib
from shlex import quote
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import time

NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOTICE: Final = "Your diary has a question for you"
LABEL: Final = "diary.reminder"


def systemd(at: time, weekdays: Collection[int], command: Sequence[str]) -> str:
    """Write the two units of a timer of systemd."""
    days = ",".join(NAMES[day] for day in sorted(weekdays))
    run = f"{_shell(command)} && notify-send Diary {quote(NOTICE)}"
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        run = run.replace(sign, written)
    return "\n".join(
        (
            "# ~/.config/systemd/user/diary.service",
            "[Service]",
            "Type=oneshot",
            f'ExecStart=/bin/sh -c "{run}"',
            "SuccessExitStatus=1 4",
            "",
            "# ~/.config/systemd/user/diary.timer",
            "[Timer]",
            f"OnCalendar={f'{days} ' if days else ''}*-*-* {at:%H:%M}:00",
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
            "",
            "# then: systemctl --user enable --now diary.timer",
        )
    )


def cron(at: time, weekdays: Collection[int], command: Sequence[str]) -> str:
    """Write a line of a crontab."""
    days = ",".join(NAMES[day].lower() for day in sorted(weekdays)) or "*"
    run = f"{_shell(command)} && notify-send Diary {quote(NOTICE)}".replace("%", "\\%")
    return f"{at.minute} {at.hour} * * {days} {run}"


def launchd(at: time, weekdays: Collection[int], command: Sequence[str]) -> str:
    """Write an agent of launchd, for macOS."""
    notice = f'osascript -e \'display notification "{NOTICE}" with title "Diary"\''
    clock = {"Hour": at.hour, "Minute": at.minute}
    when = [{**clock, "Weekday": day + 1} for day in sorted(weekdays)] or clock
    agent = {
        "Label": LABEL,
        "ProgramArguments": ["/bin/sh", "-c", f"{_shell(command)} && {notice}"],
        "StartCalendarInterval": when,
    }
    return plistlib.dumps(agent).decode().rstrip()


def schtasks(at: time, weekdays: Collection[int], command: Sequence[str]) -> str:
    """Write a line for the task scheduler of Windows."""
    days = ",".join(NAMES[day].upper() for day in sorted(weekdays))
    often = f"/SC WEEKLY /D {days}" if days else "/SC DAILY"
    words = " ".join(f'\\"{word}\\"' if " " in word else word for word in command)
    return f'schtasks /Create /TN Diary {often} /ST {at:%H:%M} /TR "cmd /c {words} && msg * {NOTICE}"'


TIMERS: Final[Mapping[str, Callable[[time, Collection[int], Sequence[str]], str]]] = {
    "systemd": systemd,
    "cron": cron,
    "launchd": launchd,
    "windows": schtasks,
}
"""Name to what writes its lines."""


def _shell(command: Sequence[str]) -> str:
    return " ".join(map(quote, command)) + " >/dev/null 2>&1"
