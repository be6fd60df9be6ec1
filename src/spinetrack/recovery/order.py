"""Which of two rows came later."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Decision, Quota, Session


def after(row: object, other: object) -> bool:
    """Return whether `row` was written after `other`; the same moment is decided by `seq`."""

    def moment(value: object) -> object:
        at = getattr(value, "at")  # noqa: B009
        return max(at, getattr(value, "recorded_at", at))

    ours, theirs = moment(row), moment(other)
    if ours == theirs:
        return bool(getattr(row, "seq", 0) >= getattr(other, "seq", 0))
    return bool(ours > theirs)  # type: ignore[operator]


def lived_after(session: Session, row: Quota | Decision) -> bool:
    """Return whether a session was lived after a row was written."""
    return session.at > row.at or (session.at == row.at and session.seq >= row.seq)
