"""From one file that a patient handed over to its report, read in memory, without a diary."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from spinetrack.exchange.bundle_diary import Handed
    from spinetrack.exchange.sealed import Ways
    from spinetrack.recovery.caseload import Standing
    from spinetrack.report.model import Report
    from spinetrack.report.wish import Wish

USUAL: Final = timedelta(weeks=12)


def read_one(place: Path, ways: Ways, now: datetime, as_of: date) -> Report:
    """Return the report of a file, from the last visit to a physio or 12 weeks back to its last day.

    Args:
        place: The file, sealed or not.
        ways: How a sealed file is opened.
        now: The moment of reading.
        as_of: The day of reading.

    Raises:
        ValueRefusedError: it is no bundle, damaged, cannot be opened, or holds nothing.

    """
    from spinetrack.exchange.bundle import REDACTED
    from spinetrack.exchange.bundle_diary import read_handed
    from spinetrack.exchange.inbox import NOTHING_SAVED
    from spinetrack.exchange.sealed import opened
    from spinetrack.recovery.caseload import standing

    try:
        handed = read_handed(opened(place, ways))
    except ValueRefusedError as error:
        raise ValueRefusedError(str(error).removesuffix(NOTHING_SAVED), hint=error.hint) from error
    redacted = handed.header.kind == REDACTED
    found = standing(handed.diary, now, as_of, redacted=redacted)
    if found is None:
        raise ValueRefusedError(f"Nothing is recorded in this file: {place.name}.")
    if redacted:
        as_of = found.last_day
        now = datetime.combine(as_of, now.timetz())
    return report_of(handed, found, now, as_of)


def report_of(handed: Handed, found: Standing, now: datetime, as_of: date) -> Report:
    """Return the report of what was read, with why to read it above all else."""
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.assess import assess
    from spinetrack.recovery.past import lately
    from spinetrack.report.build import build_report
    from spinetrack.report.model import Para, Section
    from spinetrack.views.caseload_page import NEED_WORDS, ORDER_ONLY

    diary = handed.diary
    wish = _wish(handed, min(as_of, found.last_day))
    made = build_report(diary, assess(lately(diary, as_of - WINDOW), now, as_of), wish)
    need = NEED_WORDS[found.need]
    lines = (Para(f"{need[0].upper()}{need[1:]}: {found.reason}.", "strong"), Para(ORDER_ONLY, "quiet"))
    return made._replace(front=(Section("need", "Why to read it", lines), *made.front))


def _wish(handed: Handed, until: date) -> Wish:
    from spinetrack.exchange.bundle import REDACTED
    from spinetrack.recovery.period import Span, last_physio_visit
    from spinetrack.report.wish import Wish

    diary = handed.diary
    visit = last_physio_visit(diary, until)
    since = until - USUAL + timedelta(days=1) if visit is None else visit.on
    begun = min(diary.first_day or until, until)
    return Wish(
        span=Span(max(since, begun), until),
        start="begun" if begun >= since else "weeks" if visit is None else "visit",
        visit=visit,
        questions=handed.questions,
        edited=sum(e.uuid in handed.changed and since <= e.day <= until for e in diary.entries),
        redacted=handed.header.kind == REDACTED,
    )
