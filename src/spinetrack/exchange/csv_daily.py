"""The daily CSV: one row for each day with a record, one column for each metric. Not lossless.

A day's value is what the metric's row says of several: pain the last, worst pain the highest, a
tolerance the longest. Units are the base units: minutes, metres, kilograms, counts, 0 to 10, 1 for yes
and 0 for no. `zone` is the offset of the day's last check-in. A day without a record has no row, and
what was not recorded is empty: nothing is filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.exchange.csv_cells import flag, number, offset, table, text
from spinetrack.recovery.metrics import ALL_TOLERANCES, TOLERANCES, known
from spinetrack.recovery.series import Days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Entry

FIRST = ("day", "zone", "check_ins", "flare")
BETWEEN = " | "
"""Between the notes of one day."""


def columns(diary: Diary) -> list[str]:
    """Return the names of the columns: the same for every diary but for the patient's own metrics."""
    return [
        *FIRST,
        *map(text, known(diary.metrics)),
        *(f"{key}_at_least" for key in ALL_TOLERANCES),
        *(f"{key}_done" for key in TOLERANCES),
        "sites",
        "notes",
    ]


def write_csv_daily(diary: Diary) -> bytes:
    """Return the diary of a period as a table, oldest day first; the same for the same diary."""
    days = Days(diary)
    keys = tuple(known(diary.metrics))
    bounds = {key: _bounds(days, key) for key in ALL_TOLERANCES}
    done = {key: _done(diary, key) for key in TOLERANCES}

    def row(day: date) -> list[str]:
        entries = days.entries_by_day.get(day, [])
        return [
            day.isoformat(),
            offset(entries[-1].at) if entries else "",
            str(len(entries)),
            flag(_flare(entries)),
            *(number(days.values.get(key, {}).get(day)) for key in keys),
            *(flag(bounds[key].get(day)) for key in ALL_TOLERANCES),
            *(number(done[key].get(day)) for key in TOLERANCES),
            text(" ".join(_sites(entries))),
            text(BETWEEN.join(entry.note for entry in entries if entry.note)),
        ]

    return table(columns(diary), map(row, days.record_days))


def _flare(entries: Sequence[Entry]) -> bool | None:
    """Return what the patient said of the day, the last word; None when it was not said."""
    said = [entry.flare for entry in entries if entry.flare is not None]
    return said[-1] if said else None


def _bounds(days: Days, key: str) -> dict[date, bool]:
    """Return day to whether the longest value of a tolerance is a lower bound."""
    found: dict[date, bool] = {}
    for reading in days.readings.get(key, ()):
        if reading.value == days.values[key][reading.day]:
            found[reading.day] = reading.at_least and found.get(reading.day, True)
    return found


def _done(diary: Diary, key: str) -> dict[date, float]:
    """Return day to the minutes of an activity of the plan that were done."""
    found: dict[date, float] = {}
    for session in diary.sessions:
        if session.activity == key:
            found[session.day] = found.get(session.day, 0) + session.dose
    return found


def _sites(entries: Sequence[Entry]) -> list[str]:
    """Return where it hurt and how much, the highest of the day: `low-back:5`."""
    found: dict[str, float] = {}
    for entry in entries:
        for site, value in entry.sites.items():
            found[site] = max(value, found.get(site, 0))
    return [f"{site}:{number(value)}" for site, value in found.items()]
