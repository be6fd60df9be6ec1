"""The body map as a list: where it hurts, how often, how much, and when last."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from spinetrack.recovery.sites import label
from spinetrack.views.doses import day_words, number
from spinetrack.views.page import Rows, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Entry
    from spinetrack.views.page import Page


def body_rows(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """Return a row per body site of `entries`, the most frequent first.

    Each holds the site, on how many days it was named, the median and the highest of the day values,
    the last day with its value, and the feelings named.
    """
    by_site: dict[str, dict[date, float]] = {}
    feelings: dict[str, dict[str, None]] = {}
    for entry in entries:
        for seen in entry.observations:
            if seen.site is None:
                continue
            days = by_site.setdefault(seen.site, {})
            days[entry.day] = max(seen.value, days.get(entry.day, 0.0))
            feelings.setdefault(seen.site, {}).update(dict.fromkeys(seen.qualities))
    rows: list[dict[str, object]] = [
        {
            "site": site,
            "days": len(days),
            "median": median(days.values()),
            "highest": max(days.values()),
            "last": days[max(days)],
            "last_day": max(days).isoformat(),
            "feels": list(feelings.get(site, ())),
        }
        for site, days in by_site.items()
    ]
    return sorted(rows, key=lambda row: (-int(str(row["days"])), str(row["site"])))


def body_page(entries: Sequence[Entry], today: date, *, plain: bool) -> Page:
    """Return the body map of `entries`."""
    rows = body_rows(entries)
    if not rows:
        return (
            Text("No places are logged in this period."),
            Text("Add where it hurts:  spinetrack log 4 --where low-back:5,left-calf:3"),
        )
    logged = len({e.day for e in entries})
    if plain:
        return tuple(Text(_sentence(row, logged, today)) for row in rows)
    table = tuple(
        (
            label(str(row["site"])),
            f"{row['days']} of {logged}",
            number(_as_float(row["median"])),
            number(_as_float(row["highest"])),
            f"{number(_as_float(row['last']))} on {_day(row, today)}",
        )
        for row in rows
    )
    feels = [
        Text(f"  {label(str(row['site']))}: {', '.join(map(str, _as_list(row['feels'])))}", "quiet")
        for row in rows
        if row["feels"]
    ]
    return (Rows(table, head=("Where", "Days", "Middle", "Most", "Last")), *feels)


def _sentence(row: dict[str, object], logged: int, today: date) -> str:
    feels = ", ".join(map(str, _as_list(row["feels"])))
    return (
        f"{label(str(row['site']))}: {row['days']} of {logged} days logged, middle {number(_as_float(row['median']))}, "
        f"most {number(_as_float(row['highest']))}, last {number(_as_float(row['last']))} on {_day(row, today)}."
        + (f" It felt {feels}." if feels else "")
    )


def _day(row: dict[str, object], today: date) -> str:
    return day_words(type(today).fromisoformat(str(row["last_day"])), today)


def _as_float(value: object) -> float:
    return float(str(value))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
