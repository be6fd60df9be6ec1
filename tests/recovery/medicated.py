"""A patient of `tests.builders` with medicines, intakes, side effects and treatments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.builders import Patient, at

from spinetrack.recovery.diary import Intake, Medicine, SideEffect, Treatment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Suggestion

SWING = [4.0, 3.0] * 10


@dataclass
class Medicated(Patient):
    """`n` is days before today, as in `Patient`."""

    medicines: list[Medicine] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    side_effects: list[SideEffect] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)

    def med(self, name: str, n: int = 90, *, mg: float | None = None, **more: object) -> Self:
        """Put a medicine on the list `n` days ago."""
        number = len(self.medicines) + 1
        dose = f"{mg:g}mg" if mg else ""
        self.medicines.append(
            Medicine(
                name, self.day(n), at(self.day(n), 9), self.day(n), dose=dose, milligrams=mg, id=number,
                **more,  # type: ignore[arg-type] # fields of a medicine
            )
        )  # fmt: skip
        return self

    def take(
        self,
        name: str,
        n: int = 0,
        hour: int = 12,
        times: float = 1,
        *,
        minute: int = 0,
        known: bool = True,
        purpose: str | None = None,
        wrote: int | None = None,
    ) -> Self:
        """Log an intake `n` days ago; `wrote` is how many days ago it was written down."""
        which = next(m for m in reversed(self.medicines) if m.name == name)
        moment = at(self.day(n), hour, minute)
        written = moment if wrote is None else at(self.day(wrote), max(hour, 1))
        number = len(self.intakes) + 1
        self.intakes.append(
            Intake(
                which.id, moment, self.day(n), written, times, known, purpose, id=number, seq=number,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return self

    def effect(self, text: str, n: int, name: str | None = None) -> Self:
        """Note something unwanted `n` days ago."""
        which = next((m.id for m in self.medicines if m.name == name), None)
        self.side_effects.append(SideEffect(text, at(self.day(n)), self.day(n), which))
        return self

    def treatment(self, kind: str, start: date, name: str = "epidural") -> Self:
        """Record a treatment, ahead or past."""
        self.treatments.append(Treatment(kind, name, start, at(self.day(3)), self.day(3)))
        return self

    def fact(self, key: str, value: str, n: int = 15) -> Self:
        super().fact(key, value, n)
        return self

    def decide(self, n: int, key: str, choice: str, amounts: tuple[tuple[str, float], ...] = ()) -> Self:
        super().decide(n, key, choice, amounts)
        return self

    def screen(self, n: int = 0, yes: Sequence[str] = (), unsure: Sequence[str] = (), hour: int = 21) -> Self:
        super().screen(n, yes, unsure, hour)
        return self

    def ahead(self, days: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=days)

    def diary(self) -> Diary:
        return (
            super()
            .diary()
            ._replace(
                medicines=tuple(self.medicines),
                intakes=tuple(sorted(self.intakes, key=lambda i: i.at)),
                side_effects=tuple(self.side_effects),
                treatments=tuple(sorted(self.treatments, key=lambda t: t.start)),
            )
        )

    def said(self, rule: str, subject: str | None = None) -> list[Suggestion]:
        """Return what a rule says today, shown or held back by the cap of messages alone."""
        found = self.assess(23)
        cut = [h.suggestion for h in found.held if h.by == "cap"]
        return [
            s
            for s in (*found.suggestions, *cut)
            if s.rule == rule and (subject is None or s.subject == subject)
        ]


def calm(pains: Sequence[float | None] = SWING) -> Medicated:
    """Return a patient of whom nothing else is to be said: gates none, a clear screen, a plan of 10 days."""
    found = Medicated().gates().screen(0, hour=7).plan()
    found.pains(pains)
    assert isinstance(found, Medicated)
    return found
