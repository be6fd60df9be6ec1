"""The day and the week in numbers, what went with what, and where it hurts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery import patterns
from spinetrack.recovery.sites import label
from spinetrack.recovery.stats import mean, median
from spinetrack.recovery.words import counted
from spinetrack.report.model import BodyFigure, Facts, Grid, Para, Section
from spinetrack.report.say import WEEKDAYS, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

LEAST_WEEKDAYS: Final = 5
LOAD_LED: Final = 1.5
"""Points between evening and morning that make a pattern. Source: clinical.md 1.3."""
CAUTION: Final = "Going together is not causing."


def of_the_day(sheet: Sheet) -> Section | None:
    """Return how pain goes over the day and the week, and boom and bust, as far as there is enough."""
    if not sheet.wish.has("patterns"):
        return None
    blocks: list[Block] = []
    pairs = (*_day(sheet), *_activity(sheet), *_stress(sheet))
    if pairs:
        blocks += [Facts(pairs), Para(CAUTION, "quiet")]
    blocks += list(_week(sheet))
    return Section("patterns", "Day and week", tuple(blocks)) if blocks else None


def _day(sheet: Sheet) -> Iterator[tuple[str, str]]:
    found = patterns.morning_evening(sheet.days, sheet.span.until)
    if found is None:
        return
    delta, pairs = found
    size = f"{number(abs(delta))} {'point' if abs(delta) == 1 else 'points'}"
    if delta >= LOAD_LED:
        words = f"higher by {size}: rises over the day"
    elif delta <= -LOAD_LED:
        words = f"lower by {size}: worst in the morning"
    else:
        words = f"about as in the morning ({size} apart)"
    yield "Evening pain", f"{words}. Medians of {counted(pairs, 'day')} with both, last 14 days."


def _activity(sheet: Sheet) -> Iterator[tuple[str, str]]:
    found = patterns.boom_bust(sheet.days, sheet.span.until)
    if found is None or not found.pairs:
        return
    metric = sheet.metrics[found.metric]
    pairs = counted(len(found.pairs), "high day", "high days")
    usual, spread = sheet.say.value(metric, found.usual), number(100 * found.cv)
    words = f"{pairs} followed by a low one within 2 days, in the last 14 days."
    days = counted(found.logged, "day")
    yield "Ups and downs", f"{words} Usual day {usual}, variation {spread} % of the mean ({days})."


def _stress(sheet: Sheet) -> Iterator[tuple[str, str]]:
    found = patterns.after_stress(sheet.days, sheet.span.until)
    if found.enough(patterns.LEAST_NIGHTS):
        high, low = (counted(len(values), "day") for values in found)
        more = f"mean pain {number(mean(found.with_it))} the day after stress of 7 or more ({high})"
        less = f"{number(mean(found.without))} after less ({low}), last 28 days"
        yield "After high stress", f"{more}, {less}."


def _week(sheet: Sheet) -> Iterator[Block]:
    """Yield pain by weekday; a redacted diary has no weekdays."""
    if sheet.wish.redacted:
        return
    found = patterns.weekdays(sheet.days, sheet.span.until)
    if len(found) < LEAST_WEEKDAYS:
        return
    head = ("Weekday", *(WEEKDAYS[n][:3] for n in found))
    medians = ("Median pain", *(number(value) for value, _ in found.values()))
    days = ("Days", *(str(count) for _, count in found.values()))
    yield Grid("Pain by weekday, last 8 weeks", head, (medians, days), tuple(range(1, len(head))))


def body(sheet: Sheet) -> Section | None:
    """Return where it hurts: how many days each place was named, and its median."""
    by_site: dict[str, dict[date, float]] = {}
    for day in sheet.span.days():
        for entry in sheet.days.entries_by_day.get(day, ()):
            for site, value in entry.sites.items():
                here = by_site.setdefault(site, {})
                here[day] = max(value, here.get(day, 0.0))
    if not by_site or not sheet.wish.has("body"):
        return None
    ordered = sorted(by_site.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    sites = tuple((site, label(site), len(d), median(d.values()) or 0.0) for site, d in ordered)
    logged = len({day for values in by_site.values() for day in values})
    caption = f"Places named on {counted(logged, 'day')} of this period"
    alt = "; ".join(f"{name}: {counted(n, 'day')}, median {number(mid)}" for _, name, n, mid in sites)
    return Section("body", "Where it hurts", (BodyFigure(caption, f"{caption}. {alt}.", sites),))
