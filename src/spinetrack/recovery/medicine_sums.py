"""What was taken in any 24 hours: sums of an ingredient, and intakes that passed the pack limit.

A window of 24 hours ends with an intake and begins just after the moment 24 hours before it. A sum is
only made of intakes whose hour is known. Pure. Source: clinical.md 9.2, M1 to M3.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.medicine_facts import PACK_LIMIT, PARACETAMOL
from spinetrack.recovery.medicines import ingredients_of
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Intake, Medicine

WINDOW: Final = timedelta(hours=24)
PLACES: Final = 3


class Taken(NamedTuple):
    """One intake with its medicine."""

    intake: Intake
    medicine: Medicine

    @property
    def holds(self) -> Mapping[str, float | None]:
        """Ingredient to milligrams taken; None where the amount is not known."""
        parts = ingredients_of(self.medicine)
        return {name: None if mg is None else mg * self.intake.times for name, mg in parts.items()}


class Sum(NamedTuple):
    """How much of an ingredient was taken in the 24 hours that end at a moment."""

    at: datetime
    parts: tuple[Taken, ...]
    """The intakes it is made of, oldest first."""
    amounts: tuple[float, ...]
    """Their milligrams."""

    @property
    def total(self) -> float:
        """Milligrams in all."""
        return round(sum(self.amounts), PLACES)


def taken(diary: Diary, now: datetime) -> tuple[Taken, ...]:
    """Return the intakes up to `now` in the order of their moments, each with its medicine."""
    by_id = {m.id: m for m in diary.medicines}
    rows = [Taken(i, by_id[i.medicine_id]) for i in diary.intakes if i.medicine_id in by_id and i.at <= now]
    return tuple(sorted(rows, key=lambda t: (t.intake.at, t.intake.seq, t.intake.id)))


def sum_until(
    rows: Iterable[Taken], ingredient: str, until: datetime, *, of: Callable[[Medicine], bool] | None = None
) -> Sum:
    """Return the sum of `ingredient` over the 24 hours that end at `until`.

    Args:
        rows: Intakes, oldest first.
        ingredient: A canonical name.
        until: The end of the window, itself inside it.
        of: Which medicines count; None counts all.

    """
    parts = [
        (row, amount)
        for row in rows
        if row.intake.time_known and until - WINDOW < row.intake.at <= until
        if of is None or of(row.medicine)
        if (amount := row.holds.get(ingredient)) is not None
    ]
    return Sum(until, tuple(row for row, _ in parts), tuple(amount for _, amount in parts))


def passed(rows: Iterable[Taken], limit: float = PACK_LIMIT) -> tuple[tuple[Intake, Sum], ...]:
    """Return each intake that took the paracetamol of 24 hours above `limit` milligrams, oldest first."""
    known = [r for r in rows if r.intake.time_known and r.holds.get(PARACETAMOL) is not None]
    found = []
    first, running = 0, 0.0
    amounts = [r.holds[PARACETAMOL] or 0.0 for r in known]
    for place, row in enumerate(known):
        running += amounts[place]
        while known[first].intake.at <= row.intake.at - WINDOW:
            running -= amounts[first]
            first += 1
        if round(running, PLACES) > limit:
            parts, values = tuple(known[first : place + 1]), tuple(amounts[first : place + 1])
            found.append((row.intake, Sum(row.intake.at, parts, values)))
    return tuple(found)


def on_day(rows: Iterable[Taken], ingredient: str, day: date) -> Sum | None:
    """Return the sum of `ingredient` over a day on which the hour of some intake is not known, else None."""
    here = [r for r in rows if r.intake.day == day and r.holds.get(ingredient) is not None]
    if all(r.intake.time_known for r in here):
        return None
    return Sum(here[-1].intake.at, tuple(here), tuple(r.holds[ingredient] or 0.0 for r in here))


def lately(rows: Iterable[Taken], now: datetime, today: date) -> tuple[Taken, ...]:
    """Return what was taken in the last 24 hours, and what was taken today at an hour not known."""
    return tuple(
        r for r in rows if (r.intake.at > now - WINDOW if r.intake.time_known else r.intake.day == today)
    )


def shared(rows: Iterable[Taken]) -> Mapping[str, tuple[Medicine, ...]]:
    """Return ingredient to the products that hold it, where two different ones were taken."""
    found: dict[str, dict[str, Medicine]] = {}
    for row in rows:
        for name in row.holds:
            found.setdefault(name, {})[row.medicine.name.casefold().strip()] = row.medicine
    return {name: tuple(held.values()) for name, held in found.items() if len(held) > 1}
