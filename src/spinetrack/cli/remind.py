"""`spinetrack remind`: a reminder for the calendar of a phone, or for the clock of this computer."""

import sys
from datetime import time
from pathlib import Path
from typing import Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import app_of
from spinetrack.errors import UsageError, ValueRefusedError

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL = Path("diary-reminder.ics")
NOTHING = "Nothing was written."
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_TITLE = 200


@app.command()
def remind(
    ctx: typer.Context,
    *,
    at: Annotated[str, typer.Option("--at", metavar="TIME", help="The time of day: 20:30, 8pm.")],
    days: Annotated[
        str | None, typer.Option("--days", metavar="DAYS", help="Only these: mon,wed,fri. Else every day.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the phone shows.")] = "Diary",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write the calendar file.")
    ] = None,
    timer: Annotated[
        str | None,
        typer.Option("--timer", metavar="NAME", help="Print lines instead: systemd, cron, launchd, windows."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a calendar file with an alarm.

    \b
    spinetrack remind --at 20:30
    spinetrack remind --at 8pm --days mon,thu -o alarm.ics

    Open the file on your phone, and its calendar reminds you. Nothing in it is about your health. It rings
    whether or not you have written already. A timer on this computer asks first: spinetrack due
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    from spinetrack.recovery.when import parse_clock

    clock, weekdays = parse_clock(at), _weekdays(days)
    if timer is not None:
        if output or force:
            raise UsageError("--timer prints lines. Leave -o and --force away.")
        run.say(_lines(run, timer, clock, weekdays))
        return
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise ValueRefusedError(f"A title has 1 to {LONGEST_TITLE} letters. {NOTHING}")
    from spinetrack.exchange.calendar import write_calendar
    from spinetrack.exchange.files import write_private

    data = write_calendar(clock, run.now(), weekdays=weekdays, title=title.strip())
    run.say(f"Written: {write_private(output or USUAL, data, force=force)}")
    run.say(
        "Open it on your phone, or send it there. A new file of this kind takes the place of the old event."
    )


def _weekdays(text: str | None) -> frozenset[int]:
    """Return the weekdays of a list; none where all are meant.

    Raises:
        ValueRefusedError: a word is no weekday.

    """
    words = [word.strip().lower()[:3] for word in (text or "").split(",") if word.strip()]
    for word in words:
        if word not in WEEK:
            raise ValueRefusedError(f'"{word}" is not a day of the week. Write it like mon,wed. {NOTHING}')
    return frozenset(map(WEEK.index, words))


def _lines(run: App, name: str, clock: time, weekdays: frozenset[int]) -> str:
    from spinetrack.exchange.timers import TIMERS

    if name not in TIMERS:
        raise UsageError(f'There is no timer "{name[:20]}".', hint=f"There are: {', '.join(TIMERS)}.")
    command = (sys.executable, "-m", "spinetrack", "--home", str(run.home.absolute()), "due")
    return TIMERS[name](clock, weekdays, command)
