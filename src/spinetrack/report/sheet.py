"""What every section of a report reads: the diary, what it comes to, and the wish, computed once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from spinetrack.recovery import period, review
from spinetrack.recovery.metrics import ALL_TOLERANCES, known
from spinetrack.recovery.past import PastFacts
from spinetrack.recovery.profile import units_of
from spinetrack.recovery.redflag_items import PRIVATE
from spinetrack.report.say import Say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spinetrack.recovery.diary import Answer, Diary, Screen
    from spinetrack.recovery.facts import Facts
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.review import Level
    from spinetrack.recovery.series import Days
    from spinetrack.report.wish import Wish


class Sheet:
    """A diary laid out for a report. Pure: the same three give the same report.

    Args:
        diary: The period and at least 63 days before it, with all that stays in force.
        assessment: What is concluded today.
        wish: What is asked of the report.

    """

    def __init__(self, diary: Diary, assessment: Assessment, wish: Wish) -> None:
        self.diary = diary
        self.assessment = assessment
        self.wish = wish
        self.span = wish.span
        self.today = assessment.today
        self.say = Say(assessment.today, units_of(diary), redacted=wish.redacted)

    @cached_property
    def facts(self) -> Facts:
        """The facts of the whole period; those of the assessment where it has read as much."""
        if self.assessment.facts.diary is self.diary:
            return self.assessment.facts
        return PastFacts(self.diary, self.assessment.now, self.today)

    @property
    def days(self) -> Days:
        """The day values."""
        return self.facts.days

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """Every metric by key, own ones too."""
        return known(self.diary.metrics)

    @property
    def goals(self) -> GoalReader:
        """The goals, read on this day."""
        return self.facts.goals

    @cached_property
    def flares(self) -> tuple[period.FlareRow, ...]:
        """The flares of the period, the newest first."""
        return period.flares_in(self.facts.flares, self.diary.marks, self.days, self.span)

    @property
    def flare_days(self) -> frozenset[date]:
        """All days that count as flare days."""
        return self.facts.flare_days

    def logged(self, key: str) -> int:
        """Return on how many days of the period a metric has a value."""
        return sum(self.span.holds(day) for day in self.days.of(key))

    @cached_property
    def quality(self) -> period.Quality:
        """How good the record of the period is."""
        return period.quality(self.diary, self.days, self.span, self.wish.edited)

    @cached_property
    def tolerances(self) -> tuple[Metric, ...]:
        """Tolerances with a value in the period: those with a goal first, then the most often recorded."""
        aimed = {goal.metric for goal in self.goals.active}
        found = [self.metrics[key] for key in ALL_TOLERANCES if self.logged(key)]
        return tuple(sorted(found, key=lambda m: (m.key not in aimed, -self.logged(m.key))))

    def baseline(self, metric: Metric) -> Level | None:
        """Return the level of the first 14 days of a metric that carry one."""
        if self.wish.baselines is None:
            return review.baseline(self.days, metric)
        return self.wish.baselines.get(metric.key)

    # Warning signs

    def shown(self, screen: Screen) -> tuple[Answer, ...]:
        """Return what was reported in a screen: yes and unsure, without the private unless asked for."""
        hidden = frozenset() if self.wish.private else PRIVATE
        return tuple(a for a in screen.answers if a.answer != "no" and a.item not in hidden)

    @cached_property
    def open_flags(self) -> tuple[Screen, ...]:
        """Open tier-1 and tier-2 flags of which something may be printed, oldest first."""
        return tuple(s for s in self.assessment.open_flags if self.shown(s))
