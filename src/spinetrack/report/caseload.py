"""A caseload as a document: the same table as in the terminal, for the writers of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.recovery.words import counted
from spinetrack.report.model import Grid, Para, Report, Section
from spinetrack.report.say import Say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TITLE: Final = "Caseload: who to read first"


BY: Final = "Read with the diary program spinetrack, out of what patients handed over."


def build_caseload(
    rows: Sequence[Sequence[str]], head: Sequence[str], order_only: str, as_of: date
) -> Report:
    """Return a caseload as a document.

    Args:
        rows: Need, patient, last entry and why, the most needed first.
        head: What stands above them.
        order_only: What the order is, and what it is not.
        as_of: The day of reading.

    """
    caption = counted(len(rows), "file")
    table = Grid(caption, tuple(head), tuple(tuple(row) for row in rows))
    section = Section("caseload", "Who to read first", (Para(order_only, "strong"), table))
    made = Say(as_of, "km", redacted=False).full_day(as_of)
    return Report(TITLE, caption, "", made, (section,), (), by=BY)
