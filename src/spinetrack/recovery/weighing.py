"""What answers weigh for this patient: the care questions and the procedures of that time count with them.

The one way from a diary to `redflags.item_tiers`. Source: clinical.md, definitions, "Combinations".
"""

from __future__ import annotations

from spinetrack.recovery import redflags
from spinetrack.recovery.profile import gates_of
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Answer, Diary


def tier_on(diary: Diary, day: date, answers: Sequence[Answer]) -> int | None:
    """Return the gravest tier that answers given on `day` reach, None when they report no sign."""
    return redflags.tier_of(answers, gates_of(diary, day), after_procedure(diary, day))


def named_on(diary: Diary, day: date, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the items to name of answers given on `day`: those of the gravest tier, and 2 beside 1."""
    return redflags.worst_items(answers, gates_of(diary, day), after_procedure(diary, day))


def after_procedure(diary: Diary, day: date) -> bool:
    """Return whether a procedure on the spine lies at most 90 days before `day`."""
    if not diary.treatments:
        return False
    from spinetrack.recovery.treatments import procedure_lately

    return procedure_lately(diary, day)
