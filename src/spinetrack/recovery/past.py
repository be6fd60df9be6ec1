"""A long diary, for looking back: the part that the rules read, and its facts without those of today."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from spinetrack.recovery.facts import Facts
from spinetrack.recovery.flares import finish
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Flare

LOOK_AFTER: Final = timedelta(days=28)
"""A flare is read up to so long after its last active day."""


class PastFacts(Facts):
    """Facts whose flares are finished as of a month after they ended, not as of today.

    How far the load of an old flare climbed back since is of no use to who looks back over years, and
    reading it takes a walk from every flare to today.
    """

    @cached_property
    def flares(self) -> tuple[Flare, ...]:
        """All flares of the period, oldest first."""
        return tuple(
            finish(
                self.flare_reader,
                found,
                self.today if found.closed is None else min(self.today, found.last_active + LOOK_AFTER),
                lambda _: False,
            )
            for found in self.flare_reader.found
        )


def lately(diary: Diary, since: date) -> Diary:
    """Return a diary with what was lived from a day on, and all that stays in force beyond it.

    The diary itself where all of it is so late.
    """
    if diary.first_day is None or diary.first_day >= since:
        return diary
    return diary._replace(
        entries=tuple(row for row in diary.entries if row.day >= since),
        sessions=tuple(row for row in diary.sessions if row.day >= since),
        skips=tuple(row for row in diary.skips if row.day >= since),
        marks=tuple(row for row in diary.marks if row.day >= since),
        decisions=tuple(row for row in diary.decisions if row.day >= since),
        triggers=tuple(row for row in diary.triggers if row.day >= since),
        intakes=tuple(row for row in diary.intakes if row.day >= since),
        side_effects=tuple(row for row in diary.side_effects if row.day >= since),
    )
