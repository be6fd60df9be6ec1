"""Whether the diary waits for the patient: what a reminder may call for."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment


def is_waiting(assessment: Assessment, *, half_done: bool = False) -> bool:
    """Return whether something wants an answer today.

    That is a check-in while the day has none, one that was begun, a question about warning signs, an open
    sign of the two most urgent kinds, and the next point of a block diary. A planned dose is none: a day
    may go without it.

    Args:
        assessment: Today.
        half_done: A check-in was begun and not finished.

    """
    today = assessment.today
    return bool(
        half_done
        or assessment.open_flags
        or assessment.rescreen is not None
        or not assessment.facts.days.logged(today, 1)
        or _block_waits(assessment.facts.diary, assessment.now)
    )


def _block_waits(diary: Diary, now: datetime) -> bool:
    if not diary.blocks:
        return False
    from spinetrack.recovery.block_diary import NEAR, curve_of, running

    block = running(diary, now)
    if block is None:
        return False
    curve = curve_of(diary, block, now)
    return curve.due is not None and curve.due <= curve.minute_now + NEAR
