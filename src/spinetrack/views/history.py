"""The list of what was recorded, oldest first."""

from __future__ import annotations

from spinetrack.recovery.profile import units_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, session_dose
from spinetrack.views.echo import entry_parts
from spinetrack.views.page import Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Entry, Session, Skip
    from spinetrack.views.page import Page

MINUTES = frozenset({"sit", "stand", "walk"})
WHY = {
    "pain": "for pain",
    "afraid": "afraid it would hurt",
    "ill": "ill",
    "away": "away",
    "time": "no time",
}


def last_record(diary: Diary, today: date) -> Page:
    """Return when the last record is of, and how to see it: an empty screen hides nothing."""
    day = diary.last_day
    if day is None:
        return ()
    told = f"Your last record is of {day_words(day, today)}: spinetrack history --since {day}"
    return (Text(told, "quiet"),)


def history_page(
    diary: Diary, entries: Sequence[Entry], today: date, wanted: Collection[str], *, whole: bool, plain: bool
) -> Page:
    """Return the list of `entries`, with the sessions and skips between them.

    Args:
        diary: The period.
        entries: Its entries to show.
        today: The patient's day.
        wanted: Metric keys that were asked for; empty for all.
        whole: Show sessions and skips too.
        plain: Linear text: commas for dots.

    """
    units = units_of(diary)
    joined = ", ".join if plain else " · ".join
    rows = [(e.day, e.at, f"#{e.id}", joined(_only(e, wanted, diary, units)), e.note or "") for e in entries]
    if whole:
        rows += [
            (s.day, s.at, f"s{s.id}", joined(session_parts(s)), s.note or "")
            for s in diary.sessions
            if not wanted or s.activity in wanted
        ]
        rows += [
            (s.day, s.at, "", _skipped(s), "") for s in diary.skips if not wanted or s.activity in wanted
        ]
    if not rows:
        return (Text("Nothing is recorded in this time."), *last_record(diary, today))
    rows.sort(key=lambda row: (row[0], row[1]))
    cells: list[tuple[str, ...]] = []
    before = None
    for day, _, number, what, note in rows:
        cells.append((number, day_words(day, today) if plain or day != before else "", what, note))
        before = day
    last = next((number for *_, number, _, _ in reversed(rows) if number.startswith("#")), "#412")
    return (
        Rows(tuple(cells)),
        Gap(),
        Text(f"Change one: spinetrack edit {last[1:]} sit 40", "quiet"),
        Text(f"Remove one: spinetrack delete {last[1:]}", "quiet"),
    )


def _only(entry: Entry, wanted: Collection[str], diary: Diary, units: str) -> list[str]:

    shown = entry._replace(note=None)
    if wanted:
        kept = tuple(o for o in entry.observations if o.site is None and o.metric in wanted)
        shown = shown._replace(observations=kept, flare=None)
    return entry_parts(shown, diary.metrics, units)


def session_parts(session: Session) -> list[str]:
    """Return what was done, in words, one fact to a part."""
    parts = [f"did {session.activity} {session_dose(session, minutes=session.activity in MINUTES)}"]
    if session.pain is not None:
        parts.append(f"pain {session.pain}")
    if session.effort is not None:
        parts.append(f"effort {session.effort}")
    if session.stop is not None:
        parts.append(f"ended by {session.stop}")
    if session.settled is not None:
        parts.append("settled" if session.settled else "not settled")
    if session.spread:
        parts.append("spread further")
    return parts


def _skipped(skip: Skip) -> str:
    return f"left out {skip.activity}: {WHY.get(skip.why, skip.why)}"
