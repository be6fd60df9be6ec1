"""The patient's usual pain, against which a flare is measured. Source: clinical.md 5.2."""

from __future__ import annotations

import math
from datetime import timedelta

from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median, robust_sd
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from spinetrack.recovery.series import Days

WINDOW = (30, 3)
"""The reference reads the days from today - 30 to today - 3."""
FULL_VALUES = 10
LEAST_VALUES = 5
SPREAD_LIMIT = 1.5
LIMB_LEAST = 3


class Reference(NamedTuple):
    """The patient's usual pain on a day: R, its threshold, and the same for worst pain."""

    pain: float | None
    threshold: float
    worst: float | None
    values: int

    @property
    def provisional(self) -> bool:
        """Fewer than ten values stand behind it."""
        return self.values < FULL_VALUES


def reference(days: Days, day: date, tagged: Collection[date] = (), rise: float = 2) -> Reference:
    """Return the reference of `day`: medians over day - 30 to day - 3 without flare days.

    Needs 5 values (provisional below 10), else `pain` is None. The threshold is 2, or 1.5 times the
    spread rounded up to 0.5 when the robust sd of the window is above 1.5.
    """
    span = [
        d for d in days_back(day - timedelta(days=WINDOW[1]), WINDOW[0] - WINDOW[1] + 1) if d not in tagged
    ]
    pains, worsts = days.of("pain"), days.of("worst")
    pain = [value for value in map(pains.get, span) if value is not None]
    worst = [value for value in map(worsts.get, span) if value is not None]
    sd = robust_sd(pain)
    threshold = max(rise, math.ceil(SPREAD_LIMIT * sd * 2) / 2) if sd > SPREAD_LIMIT else rise
    return Reference(
        median(pain) if len(pain) >= LEAST_VALUES else None,
        threshold,
        median(worst) if len(worst) >= LEAST_VALUES else None,
        len(pain),
    )


def is_radicular(days: Days, day: date) -> bool:
    """Return whether limb pain leads: its 7-day median is at least that of pain, and at least 3."""
    limb, pain = days.med("limb", day, 7), days.med("pain", day, 7)
    return (
        limb is not None
        and days.count("limb", day, 7) >= LIMB_LEAST
        and limb >= LIMB_LEAST
        and (pain is None or limb >= pain)
    )
