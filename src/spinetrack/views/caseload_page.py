"""A caseload: who to read first, as a table, and as the JSON document of `review`."""

from __future__ import annotations

from pathlib import Path

from spinetrack.recovery.redact import day_number
from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING, Final
from spinetrack.views.json_docs import Document, document
from spinetrack.views.page import Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.caseload import Case, Need, Skipped
    from spinetrack.views.page import Block

ORDER_ONLY: Final = "Order for reading, not urgency. Nobody watches these files."
HEAD: Final = ("Need", "Patient", "Last entry", "Why")
NEED_WORDS: Final[dict[Need, str]] = {
    "red-flag": "red flag",
    "flare-overrun": "flare long",
    "worse": "worse",
    "off-track": "off track",
    "silent": "silent",
    "fine": "no sign",
}
LONGEST_NAME: Final = 40


def caseload_page(cases: Sequence[Case], skipped: Sequence[Skipped], as_of: date) -> tuple[Block, ...]:
    """Return the table, the most needed first, and below it what was skipped."""
    if not cases and not skipped:
        return (Text("There is no file in it."),)
    return (Text(ORDER_ONLY, "strong"), Gap(), Rows(rows_of(cases, skipped, as_of), HEAD, indent=0))


def rows_of(cases: Sequence[Case], skipped: Sequence[Skipped], as_of: date) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table as texts: need, patient, last entry and why."""
    shown = [
        (NEED_WORDS[c.standing.need], patient_words(c), last_entry(c, as_of), c.standing.reason)
        for c in cases
    ]
    return (*shown, *(("skipped", Path(s.file).name, "", s.reason) for s in skipped))


def patient_words(case: Case) -> str:
    """Return what a patient is called in a table: the name, else the file without its ending."""
    name = case.patient if case.named else Path(case.file).name.partition(".")[0]
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def last_entry(case: Case, as_of: date) -> str:
    """Return how long ago the last entry was: `today`, `31 days ago`; of a redacted diary its day."""
    last = case.standing.last_day
    if case.redacted:
        return f"day {day_number(last)}"
    ago = (as_of - last).days
    if ago < 0:
        return f"{last:%d %b %Y}".lstrip("0")
    return {0: "today", 1: "yesterday"}.get(ago, f"{counted(ago, 'day')} ago")


def caseload_doc(cases: Sequence[Case], skipped: Sequence[Skipped]) -> Document:
    """Return what `review --json` prints, in order of need."""
    return document(
        patients=[
            {
                "file": case.file,
                "patient": case.patient,
                "need": case.standing.need,
                "reason": case.standing.reason,
                "last_day": case.standing.last_day.isoformat(),
            }
            for case in cases
        ],
        skipped=[{"file": one.file, "reason": one.reason} for one in skipped],
    )
