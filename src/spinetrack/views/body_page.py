"""The body map as a list: where it hurts, how often, how much, and when last."""

from __future__ import annotations

from spinetrack.recovery.sites import label
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, NamedTuple
from spinetrack.views.doses import day_words, number
from spinetrack.views.page import Rows, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Entry
    from spinetrack.views.page import Page


class Place(NamedTuple):
    """One body site in a period. Values are 0 to 10, one a day: the day's highest."""

    site: str
    days: int
    middle: float
    highest: float
    last: float
    last_day: date
    feels: tuple[str, ...]


def places(entries: Sequence[Entry]) -> list[Place]:
    """Return the body sites of `entries`, the most frequent first."""
    by_site: dict[str, dict[date, float]] = {}
    feels: dict[str, dict[str, None]] = {}
    for entry in entries:
        for seen in entry.observations:
            if seen.site is None:
                continue
            days = by_site.setdefault(seen.site, {})
            days[entry.day] = max(seen.value, days.get(entry.day, 0.0))
            feels.setdefault(seen.site, {}).update(dict.fromkeys(seen.qualities))
    found = [
        Place(
            site,
            len(days),
            median(days.values()) or 0.0,
            max(days.values()),
            days[max(days)],
            max(days),
            tuple(feels[site]),
        )
        for site, days in by_site.items()
    ]
    return sorted(found, key=lambda place: (-place.days, place.site))


def body_rows(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """Return the body sites of `entries` for the JSON document, the most frequent first."""
    return [
        {**place._asdict(), "last_day": place.last_day.isoformat(), "feels": list(place.feels)}
        for place in places(entries)
    ]


def body_page(entries: Sequence[Entry], today: date, *, plain: bool) -> Page:
    """Return the body map of `entries`."""
    found = places(entries)
    if not found:
        return (
            Text("No places are logged in this period."),
            Text("Add where it hurts:  spinetrack log 4 --where low-back:5,left-calf:3"),
        )
    logged = len({entry.day for entry in entries})
    if plain:
        return tuple(Text(_sentence(place, logged, today)) for place in found)
    table = tuple(
        (
            label(place.site),
            f"{place.days} of {logged}",
            number(place.middle),
            number(place.highest),
            f"{number(place.last)} on {day_words(place.last_day, today)}",
        )
        for place in found
    )
    felt = (
        Text(f"  {label(place.site)}: {', '.join(place.feels)}", "quiet") for place in found if place.feels
    )
    return (Rows(table, head=("Where", "Days", "Middle", "Most", "Last")), *felt)


def _sentence(place: Place, logged: int, today: date) -> str:
    felt = f" It felt {', '.join(place.feels)}." if place.feels else ""
    last = f"{number(place.last)} on {day_words(place.last_day, today)}"
    return (
        f"{label(place.site)}: {place.days} of {logged} days logged, middle {number(place.middle)}, "
        f"most {number(place.highest)}, last {last}.{felt}"
    )
