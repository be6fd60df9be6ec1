"""The report, built once: page one in its fixed order, then the rest. Every writer draws the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery import profile
from spinetrack.recovery.redact_words import OTHER
from spinetrack.recovery.words import counted
from spinetrack.report import (
    sections_aims,
    sections_charts,
    sections_front,
    sections_glance,
    sections_patterns,
    sections_scores,
    sections_told,
    sections_tried,
)
from spinetrack.report.model import BodyFigure, Figure, Grid, Items, Report, Section
from spinetrack.report.say import shortened
from spinetrack.report.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.report.model import Block
    from spinetrack.report.wish import Wish

TITLE: Final = "Back and neck diary: report"
STARTS: Final = {
    "report": "since the last report",
    "weeks": "the last 12 weeks",
    "begun": "since the diary began",
}
FRONT: Final[tuple[Callable[[Sheet], Section | None], ...]] = (
    sections_front.warning,
    sections_front.about,
    sections_glance.glance,
    sections_front.signs,
    sections_front.flares,
    sections_aims.goals,
    sections_aims.plan,
    sections_front.questions,
    sections_front.record,
)
"""Page one, in order. Source: issue 7 point 2."""
MORE: Final[tuple[Callable[[Sheet], Section | None], ...]] = (
    sections_charts.charts,
    sections_scores.scores,
    sections_tried.treatments,
    sections_tried.medicines,
    sections_patterns.of_the_day,
    sections_patterns.body,
    sections_told.suggestions,
    sections_told.notes,
)
"""What follows, in order; the charts first."""


def build_report(diary: Diary, assessment: Assessment, wish: Wish) -> Report:
    """Return the report of a period. Pure: the same three give the same report.

    Args:
        diary: The period and at least 63 days before it, with all that stays in force; one that
            `redact` made where the wish says so.
        assessment: What is concluded today, of the same diary or the last 180 days of it.
        wish: The period, what is left out, and what is known from before what was read.

    """
    sheet = Sheet(diary, assessment, wish)
    front = _made(sheet, FRONT)
    more = [*_made(sheet, MORE[:1] if wish.short else MORE)]
    if not wish.short:
        more.append(sections_told.method())
    more.append(sections_told.statement())
    return Report(
        title=TITLE,
        who=_who(sheet),
        period=_period(sheet),
        made="" if wish.redacted else sheet.say.full_day(sheet.today),
        front=tuple(front),
        more=tuple(more),
        short=wish.short,
    )


def outline(report: Report) -> tuple[str, ...]:
    """Return what a report holds, a line for each part: for a look before it is made."""
    head = [f"Who: {report.who}", f"Period: {report.period}"]
    front = [f"Page one: {_part(section)}" for section in report.front]
    return (*head, *front, *(f"Then: {_part(section)}" for section in report.more))


def _made(sheet: Sheet, parts: Iterable[Callable[[Sheet], Section | None]]) -> list[Section]:
    return [section for part in parts if (section := part(sheet)) is not None]


def _who(sheet: Sheet) -> str:
    if sheet.wish.redacted:
        return "Name left out"
    if not sheet.wish.has("name"):
        return "Name left out by the patient"
    name = profile.value_of(sheet.diary, "name")
    return shortened(name, 80) if name else "Name not given"


def _period(sheet: Sheet) -> str:
    found = sheet.quality
    start = f" ({words})" if (words := _start(sheet)) else ""
    days = sheet.say.full_span(sheet.span.since, sheet.span.until)
    return f"{days}{start}, {found.recorded} of {counted(found.possible, 'day')} recorded"


def _start(sheet: Sheet) -> str:
    visit = sheet.wish.visit
    if sheet.wish.start == "visit" and visit is not None:
        unknown = sheet.wish.redacted and visit.name == OTHER
        return "since the last visit" if unknown else f"since the visit to {shortened(visit.name, 40)}"
    return STARTS.get(sheet.wish.start, "")


def _part(section: Section) -> str:
    counts = ", ".join(text for block in section.blocks if (text := _count(block)))
    return f"{section.title} ({counts})" if counts else section.title


def _count(block: Block) -> str:
    match block:
        case Grid(rows=rows):
            return counted(len(rows), "row")
        case Items(items=items):
            return counted(len(items), "line")
        case Figure(chart=chart):
            return f"a chart of {chart.label.lower()}"
        case BodyFigure(sites=sites):
            return counted(len(sites), "place")
        case _:
            return ""
