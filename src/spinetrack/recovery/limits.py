"""The ceiling that somebody else set.

Source: design.md section 4, "Gates", and the definition of may-raise in clinical.md.
"""

from __future__ import annotations

from spinetrack.recovery import profile, redflags
from spinetrack.recovery.order import after
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Quota
    from spinetrack.recovery.facts import Facts

LIMIT_DAYS = 84
"""A limit counts for 12 weeks."""


def limit_of(facts: Facts, quotas: Sequence[Quota]) -> float | None:
    """Return the ceiling of the last quota that somebody else set, None where none counts.

    It counts for 12 weeks and ends with a new gate answer, a procedure on the spine, or a tier-1 or
    tier-2 flag.
    """
    row = next((q for q in reversed(quotas) if profile.is_other(q.set_by)), None)
    if row is None or row.up_to is None or (facts.today - row.day).days > LIMIT_DAYS:
        return None
    if facts.diary.treatments:
        from spinetrack.recovery.aftercare import outlives

        if not outlives(row, facts.diary, facts.today):
            return None
    change = profile.last_gate_change(facts.diary)
    flags = [s for s in facts.diary.screens if s.tier in (redflags.EMERGENCY, redflags.SAME_DAY)]
    closed = [outcome for outcome, _ in redflags.closings(facts.diary.screens)]
    ends = [*([change] if change else []), *flags, *closed]
    return row.up_to if all(after(row, end) for end in ends) else None
