"""Copies of the diary on the screen: which there are, and what bringing one back would change."""

from __future__ import annotations

from datetime import date

from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, short_day
from spinetrack.views.page import Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from spinetrack.store.backups import Copy
    from spinetrack.store.comparing import Compared, Difference, Inside
    from spinetrack.store.replacing import Prepared
    from spinetrack.views.page import Block, Page

WHY = {
    "daily": "the day's own",
    "asked": "you asked for it",
    "import": "before an import",
    "restore": "before a restore",
    "repair": "before a repair",
}
"""Why a copy was made; what is not here is a new format."""
NAMES = {
    "entry": "entries", "activity": "activities", "quota": "doses of the plan", "session": "sessions done",
    "skip": "activities left out", "flare_mark": "flare marks", "decision": "answers to suggestions",
    "profile": "answers about you", "setting": "settings", "question": "questions", "playbook": "flare lists",
    "metric_def": "own measures", "goal": "goals", "milestone": "milestones", "goal_rating": "goal ratings",
    "score": "questionnaires", "person": "people", "treatment": "treatments",
    "treatment_session": "treatment sessions", "medicine": "medicines", "intake": "medicines taken",
    "side_effect": "side effects", "block": "blocks", "block_reading": "block readings", "visit": "visits",
    "handover": "reports made", "import_run": "imports",
}  # fmt: skip
"""What a patient calls the records of a table."""
STATES = {
    "good": "good",
    "unchecked": "not checked",
    "changed": "changed since it was made",
    "unreadable": "cannot be read",
    "sealed": "encrypted",
}
MOST_DAYS = 7
MEGABYTE = 1_000_000


def made_words(made: datetime, now: datetime) -> str:
    """Return `Mon 2 Mar, 19:00` by the clock of `now`."""
    here = made.astimezone(now.tzinfo)
    return f"{day_words(here.date(), now.date())}, {here:%H:%M}"


def why_words(label: str) -> str:
    """Return why a copy was made."""
    return WHY.get(label, "before a new format" if label.startswith("format") else label)


def size_words(size: int) -> str:
    """Return a size as `14.0 MB` or `120 kB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1000))} kB"


def span_words(inside: Inside, today: date) -> str:
    """Return `412 entries of 380 days, 3 Mar 2025 to 2 Mar`."""
    if not inside.entries:
        return "no entries"
    days = [date.fromisoformat(text) for text in (inside.first, inside.last)]
    entries = counted(inside.entries, "entry", "entries")
    first, last = (short_day(day, today) for day in days)
    return f"{entries} of {first}" if first == last else f"{entries} of {inside.days} days, {first} to {last}"


def _last_words(inside: Inside, today: date) -> str:
    """Return `412 entries, last 2 Mar`."""
    if not inside.entries:
        return "no entries"
    last = short_day(date.fromisoformat(inside.last), today)
    return f"{counted(inside.entries, 'entry', 'entries')}, last {last}"


def made_page(path: Path, inside: Inside, way_back: str, today: date) -> Page:
    """Return what a fresh copy is."""
    return (
        Text(f"Copied and checked: {path}"),
        Text(f"  {span_words(inside, today)} · {size_words(path.stat().st_size)}"),
        Text(f"To bring it back: {way_back}"),
    )


def sealed_page(path: Path, said: str, way_back: str) -> Page:
    """Return what a fresh encrypted copy is."""
    return (
        Text(f"Copied and checked: {path}"),
        Text(f"  {size_words(path.stat().st_size)}"),
        Text(said),
        Text(f"To bring it back: {way_back}"),
    )


def list_page(found: Sequence[tuple[Copy, Inside | None, str]], now: datetime) -> Page:
    """Return the copies, the newest first, with the numbers that `restore` takes."""
    if not found:
        return (Text("There are no copies yet. To make one: spinetrack backup"),)
    rows = tuple(
        (
            str(number),
            made_words(copy.made, now),
            why_words(copy.label),
            _last_words(inside, now.date()) if inside else "",
            STATES[state],
        )
        for number, (copy, inside, state) in enumerate(found, start=1)
    )
    return (
        Rows(rows, head=("", "made", "why", "holds", "")),
        Gap(),
        Text("To bring one back: spinetrack restore 1"),
    )


def plan_page(prepared: Prepared, today: date) -> Page:
    """Return what a restore would change, before anything is changed."""
    sure = "It is as it was made." if prepared.checked else "It has no checksum; its structure is whole."
    blocks: list[Block] = [
        Text(f"The copy: {prepared.source}"),
        Text(f"  {span_words(prepared.found, today)}. {sure}"),
    ]
    if prepared.present is not None and prepared.compared is not None:
        blocks += [Text("Your diary now:"), Text(f"  {span_words(prepared.present, today)}.")]
        blocks += [Text("  Its file is damaged: the copy takes its place.")] if prepared.is_damaged else []
        blocks += [Gap(), *_changes(prepared, prepared.compared, today)]
        blocks += [_kept(prepared.kept)] if prepared.kept else []
    elif prepared.is_damaged:
        blocks += [Text("Your diary now cannot be read.")]
    else:
        blocks += [Text("There is no diary here yet.")]
    return blocks


def _changes(prepared: Prepared, compared: Compared, today: date) -> list[Block]:
    if not compared.kinds and prepared.is_damaged:
        return [Text("Both hold the same.")]
    if not compared.kinds:
        return [Text("The diary holds the same already. Nothing was changed.")]
    rows = tuple(
        (
            NAMES.get(kind.kind, kind.word),
            str(kind.now),
            str(kind.then),
            *(str(n) if n else "" for n in (kind.gone, kind.back, kind.changed)),
        )
        for kind in compared.kinds
    )
    blocks: list[Block] = [
        Rows(rows, head=("what", "now", "then", "would go", "would come back", "would differ"))
    ]
    for days, told in (
        (compared.days_gone, "Days that would go"),
        (compared.days_back, "Days that would come back"),
    ):
        if days:
            blocks.append(Text(f"{told}: {_days(days, today)}."))
    return blocks


def _days(days: Sequence[str], today: date) -> str:
    shown = [short_day(date.fromisoformat(day), today) for day in days]
    if len(shown) <= MOST_DAYS:
        return ", ".join(shown)
    return f"{len(shown)} of them, {shown[0]} to {shown[-1]}"


def _kept(number: int) -> Text:
    return Text(f"Checks for warning signs made since then stay: {number}.")


def is_same(prepared: Prepared) -> bool:
    """Return whether a restore would change nothing."""
    return prepared.compared is not None and not prepared.compared.kinds and not prepared.is_damaged


def difference_doc(kind: Difference) -> dict[str, object]:
    """Return how the records of one kind differ, for JSON."""
    return {
        "kind": kind.kind,
        "now": kind.now,
        "then": kind.then,
        "gone": kind.gone,
        "back": kind.back,
        "changed": kind.changed,
    }


def inside_doc(inside: Inside | None) -> dict[str, object]:
    """Return what a file holds, for JSON."""
    return {
        "format": inside.format if inside else None,
        "entries": inside.entries if inside else None,
        "days": inside.days if inside else None,
        "first": (inside.first or None) if inside else None,
        "last": (inside.last or None) if inside else None,
    }
