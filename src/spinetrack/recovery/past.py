"""The facts of a long diary, for looking back: what the rules need of today is not computed."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spinetrack.recovery.facts import Facts
from spinetrack.recovery.flares import finish

if TYPE_CHECKING:
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
