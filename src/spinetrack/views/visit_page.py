"""Appointments on the screen and as JSON."""

from __future__ import annotations

from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, joined
from spinetrack.views.json_docs import Document, document
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Person, Visit
    from spinetrack.views.page import Page


def how_far(day: date, today: date) -> str:
    """Return how far a day is from today: `in 5 days`, `yesterday`, `3 weeks ago`."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return near
    count, word = (abs(days), "day") if abs(days) < 14 else (abs(days) // 7, "week")  # noqa: PLR2004
    said = counted(count, word)
    return f"in {said}" if days > 0 else f"{said} ago"


def visits_page(visits: Sequence[Visit], people: Iterable[Person], today: date) -> Page:
    """Return the appointments of a period by day."""
    if not visits:
        return (Text("No appointments here."), Text("To add one:  spinetrack visit add physio --on 2w"))
    names = {p.id: p.name for p in people}
    pairs = tuple((f"{v.id}  {day_words(v.on, today)}", joined(_told(v, names, today))) for v in visits)
    return (
        Fields(pairs),
        Gap(),
        Text("A report since the last one:  spinetrack report --since visit", "quiet"),
    )


def _told(visit: Visit, names: dict[int, str], today: date) -> list[str]:
    who = ", ".join(part for part in (visit.name, _person(visit, names)) if part)
    return [part for part in (who, how_far(visit.on, today), visit.note or "") if part]


def _person(visit: Visit, names: dict[int, str]) -> str:
    name = names.get(visit.person_id or 0, "")
    return "" if name.casefold() == visit.name.casefold() else name


def echo_parts(visit: Visit, people: Iterable[Person], today: date) -> list[str]:
    """Return what was written of an appointment."""
    person = _person(visit, {p.id: p.name for p in people})
    parts = [f"{day_words(visit.on, today)}, {how_far(visit.on, today)}"]
    parts += [f"with {person}"] if person else []
    return parts + (["note kept"] if visit.note else [])


def visits_doc(visits: Iterable[Visit]) -> Document:
    """Return what `visit list --json` prints, oldest first."""
    return document(visits=[visit_doc(v) for v in visits])


def visit_doc(visit: Visit) -> Document:
    """Return one appointment."""
    return {
        "id": visit.id,
        "on": visit.on.isoformat(),
        "name": visit.name,
        "person": visit.person_id,
        "note": visit.note,
    }
