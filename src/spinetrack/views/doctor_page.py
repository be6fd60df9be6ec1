"""What `doctor` found, on the screen and as JSON."""

from __future__ import annotations

from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.backup_page import inside_doc, made_words, span_words, why_words
from spinetrack.views.page import Gap, Rows, Text

if TYPE_CHECKING:
    from datetime import datetime

    from spinetrack.store.health import Finding, Health
    from spinetrack.views.page import Block, Page

STATES = {
    "none": "There is no diary yet.",
    "index": "Your records are all there. One thing wants to be put right first.",
    "damaged": "The diary cannot be used as it is.",
    "newer": "A newer spinetrack wrote this diary.",
    "closed": "The diary cannot be opened.",
}


def doctor_page(health: Health, now: datetime) -> Page:
    """Return what was found, each with its remedy."""
    blocks: list[Block] = [Text(_head(health, now), "strong"), *_copies(health, now)]
    if health.findings:
        rows = []
        for number, finding in enumerate(health.findings, start=1):
            rows.append((str(number), finding.text))
            after = "This is put right now." if finding.repaired else finding.remedy
            rows += [("", after)] if after else []
        blocks += [Gap(), Rows(tuple(rows))]
    elif health.state == "whole":
        blocks += [Gap(), Text("All is well.")]
    return blocks


def _head(health: Health, now: datetime) -> str:
    if health.inside is None:
        return STATES[health.state]
    found = span_words(health.inside, now.date())
    return f"Your diary is whole: {found}. Records of every kind: {health.records}."


def _copies(health: Health, now: datetime) -> list[Block]:
    if health.newest is None:
        return [Text("There is no good copy of it.")] if health.state == "damaged" else []
    made = f"{made_words(health.newest.made, now)} ({why_words(health.newest.label)})"
    if health.state in {"damaged", "none"}:
        number = [copy.path for copy in health.copies].index(health.newest.path) + 1
        return [Text(f"The newest good copy is of {made}. To bring it back: spinetrack restore {number}")]
    return [Text(f"{counted(len(health.copies), 'copy', 'copies')} of it, the newest good one of {made}.")]


def doctor_doc(health: Health) -> dict[str, object]:
    """Return the same for JSON."""
    newest = health.newest
    return {
        "file": str(health.path),
        "state": health.state,
        **inside_doc(health.inside),
        "records": health.records,
        "copies": len(health.copies),
        "newest_copy": {"file": str(newest.path), "made": newest.made.isoformat()} if newest else None,
        "findings": [_finding_doc(finding) for finding in health.findings],
    }


def _finding_doc(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "level": finding.level,
        "text": finding.text,
        "remedy": finding.remedy or None,
        "repaired": finding.repaired,
    }
