"""What is asked of a report: its days, what it leaves out, and what is known from outside the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spinetrack.recovery.diary import Question, Visit
    from spinetrack.recovery.period import Span
    from spinetrack.recovery.review import Level

Start: TypeAlias = Literal["visit", "report", "weeks", "begun", "said"]
LEAVABLE: Final[Mapping[str, str]] = {
    "name": "the name",
    "notes": "notes",
    "questions": "questions to ask",
    "goals": "goals",
    "plan": "the plan",
    "charts": "charts",
    "scores": "questionnaires",
    "treatments": "treatments",
    "meds": "medicines",
    "patterns": "patterns of the day and week",
    "body": "the body map",
    "suggestions": "suggestions and their answers",
}
"""What a patient may leave out, by the word of `--without`. Warning signs are not among it."""
ALSO_CALLED: Final[Mapping[str, str]] = {
    "names": "name",
    "note": "notes",
    "goal": "goals",
    "chart": "charts",
    "questionnaires": "scores",
    "treatment": "treatments",
    "medicine": "meds",
    "medicines": "meds",
    "medication": "meds",
    "body map": "body",
}
"""Other words for them, as they stand on the page or in the names of commands."""


class Wish(NamedTuple):
    """What is asked of a report."""

    span: Span
    start: Start = "said"
    """Why it begins where it does."""
    visit: Visit | None = None
    """The visit that today is compared with; None compares with the first days of the period."""
    baselines: Mapping[str, Level] | None = None
    """Metric key to the level of its first 14 days; None reads them from the diary, which is whole then."""
    questions: tuple[Question, ...] = ()
    edited: int = 0
    """Entries of the period that were changed after they were first saved."""
    without: frozenset[str] = frozenset()
    """Keys of `LEAVABLE`."""
    short: bool = False
    """Page one and the charts."""
    redacted: bool = False
    """The diary is one that `redact` made: days are counted."""
    private: bool = False
    """Also what is off the printed page unless asked for."""

    def has(self, part: str) -> bool:
        """Return whether a part of `LEAVABLE` is wanted."""
        return part not in self.without
