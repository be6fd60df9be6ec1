"""What a hand may not do to the plan: rises under a warning sign, in a flare, past a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.cli.dose import Dose
    from spinetrack.recovery.diary import Diary, Quota
    from spinetrack.recovery.findings import Assessment

LARGE_STEP = 0.2
"""A rise above this share is warned about. Source: clinical.md, interaction rules."""
CHANGED = "Nothing was changed."


def set_by(by: str) -> str:
    """Return who sets a dose: `me` for the patient, in whatever words, else the name given."""
    from spinetrack.recovery.profile import is_other

    return " ".join(by.split()) if is_other(by) else "me"


def volume_of(quota: Quota | None) -> float:
    """Return the work of a planned dose; 0 of none."""
    from spinetrack.recovery.pacing import volume

    if quota is None:
        return 0.0
    exercise = quota.reps is not None or quota.hold is not None
    return volume(quota) if exercise else quota.amount


def is_rise(before: Quota | None, dose: Dose) -> bool:
    """Return whether `dose` is more than the planned one; a first dose is."""
    if before is None:
        return True
    return dose.volume > volume_of(before) or (dose.load or 0) > (before.load or 0)


def check_rise(assessment: Assessment, before: Quota | None, by: str) -> None:
    """Refuse a rise by hand under an open flag, and the patient's own in a flare or its ramp.

    Raises:
        ValueRefusedError: as above.

    """
    name = "A first dose" if before is None else "A higher dose"
    if assessment.open_flags:
        raise ValueRefusedError(
            f"{name} waits while a warning sign is open. {CHANGED}",
            hint="When you were seen: spinetrack screen outcome",
        )
    if by == "me" and assessment.facts.ramping is not None:
        why = "while a flare runs" if assessment.flare else "until the plan is back after the flare"
        raise ValueRefusedError(
            f"{name} waits {why}. {CHANGED}",
            hint='A dose your physio set can be written now: --by "physio"',
        )


def check_limit(
    diary: Diary, before: Quota | None, amount: float, up_to: float | None, by: str
) -> float | None:
    """Return the ceiling for the new row: the one given, else the one in force where it still fits.

    Raises:
        ValueRefusedError: a ceiling lies below the dose, or the patient passes what somebody else set.

    """
    if up_to is not None and up_to < amount:
        raise ValueRefusedError(f"--up-to {up_to:g} lies below the dose of {amount:g}. {CHANGED}")
    kept = before.up_to if before else None
    if by != "me":
        return up_to if up_to is not None else kept if kept is not None and kept >= amount else None
    whose = _limit_by(diary, before)
    highest = max(amount, up_to or 0)
    if whose and kept is not None and highest > kept:
        raise ValueRefusedError(
            f"{kept:g} is the most that {whose} agreed. {CHANGED}",
            hint=f'If they agreed to more: --by "{whose}" --up-to {highest:g}',
        )
    if up_to is not None:
        return up_to
    return kept if kept is not None and kept >= amount else None


def _limit_by(diary: Diary, before: Quota | None) -> str | None:
    """Return who else set the ceiling in force; None when the patient did, or there is none."""
    from spinetrack.recovery.profile import is_other

    if before is None or before.up_to is None:
        return None
    for quota in reversed([q for q in diary.quotas if q.activity == before.activity]):
        if quota.up_to != before.up_to:
            return None
        if is_other(quota.set_by):
            return quota.set_by
    return None


def large_step(before: Quota | None, dose: Dose) -> str | None:
    """Return the warning for a rise of more than a fifth, None for a smaller one."""
    from spinetrack.recovery.stats import half_up

    was = volume_of(before)
    if before is None or not was:
        return None
    share = dose.volume / was - 1
    if share <= LARGE_STEP + 1e-9 or (before.reps is None) != (dose.reps is None):
        return None
    return (
        f"That is {half_up(100 * share)} % more than before. Steps of 10 % are usual. Watch how it settles."
    )
