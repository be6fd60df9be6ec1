"""What a treatment changed: the days before it against the days after it, and what that can tell.

The windows are those of the treatment's kind (`treatments`), the measures of distance those of
`effects`. Sources: clinical.md 10 ("Injection windows"), 11.1 (minimum, transition days, confounds).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from spinetrack.recovery import effects
from spinetrack.recovery.metrics import ALL_TOLERANCES, known
from spinetrack.recovery.series import Days, days_back
from spinetrack.recovery.stats import median
from spinetrack.recovery.treatments import kind_of
from spinetrack.typed import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.findings import Flare
    from spinetrack.recovery.treatments import Family

LEAST: Final = 7
"""Days with a value that each side needs. Source: clinical.md 11.1."""
TRANSITION: Final[Mapping[Family, int]] = {"course": 3, "injection": 4, "ablation": 15, "surgery": 15}
"""Days from day 0 on that say nothing yet. Sources: clinical.md 11.1 (courses), 10 (days 0 to 3 after an
injection are sore ones; after an ablation two weeks, and the same is taken for an operation)."""
COURSE_BEFORE: Final = 28
PROCEDURE_BEFORE: Final = 14
AFTER_END: Final = 28
SHORT_BEFORE: Final = 14
"""Baseline days below which a bad week weighs much. Source: clinical.md 11.1."""
GOES_TOGETHER: Final = 0.4
"""Autocorrelation above which the interval is called too narrow. Source: clinical.md 11.1."""
SHARE: Final = 0.3
POINTS: Final = 2.0
PSFS_GAIN: Final = 2.0
PSFS_BEFORE: Final = timedelta(days=56)
"""A score older than this on day 0 is no "before" any more: a rule of this tool."""
LASTING: Final = 105
"""Days for which a procedure may still work: the last of an injection's windows."""
FUNCTION: Final = ALL_TOLERANCES
PAIN: Final = "pain"

Class = Literal["function improved", "pain only", "neither", "insufficient"]
CLASSES: Final[tuple[Class, ...]] = ("function improved", "pain only", "neither", "insufficient")


class Span(NamedTuple):
    """The two stretches of days that are compared, each with its first and last day."""

    name: str
    """`course`, `after the end`, `6 weeks`, …"""
    before: tuple[date, date]
    after: tuple[date, date]


class Comparison(NamedTuple):
    """One metric in one pair of stretches. Values are in the metric's base unit, oldest first."""

    metric: str
    span: Span
    before: tuple[float, ...]
    after: tuple[float, ...]
    overlap: effects.Overlap | None
    """None with fewer than 7 days on a side."""
    trend: effects.Trend | None
    """The baseline's own trend, where it is a clear one."""
    corrected: effects.Corrected | None
    """Tau of what is left when that trend is drawn on; signs are those of the raw values."""
    better: effects.Better
    """Which way the metric gets better."""
    together: bool
    """Days in a row go together so much that the interval is too narrow."""

    @property
    def median_before(self) -> float | None:
        """The middle before, None of nothing."""
        return median(self.before)

    @property
    def median_after(self) -> float | None:
        """The middle after, None of nothing."""
        return median(self.after)

    @property
    def beats_trend(self) -> bool | None:
        """Whether the days after are better than the baseline's trend drawn on; None without a trend."""
        return None if self.beyond_trend is None else self.beyond_trend > 0

    @property
    def beyond_trend(self) -> float | None:
        """The corrected Tau, above 0 where the days after are better, as NAP and Tau are read."""
        if self.corrected is None:
            return None
        return self.corrected.tau_b if self.better == "up" else -self.corrected.tau_b

    @property
    def grew(self) -> bool:
        """Whether a tolerance went up by 30 % or more."""
        before, after = self.median_before or 0.0, self.median_after or 0.0
        return before > 0 and after >= (1 + SHARE) * before - 1e-9

    @property
    def enough(self) -> bool:
        """Whether both sides have 7 days."""
        return min(len(self.before), len(self.after)) >= LEAST


class Response(NamedTuple):
    """What a treatment came to."""

    treatment: Treatment
    comparison: Comparison
    """Of the metric that was asked for."""
    others: tuple[Comparison, ...]
    """The same metric in the other windows of the kind."""
    verdict: Class
    """Function and pain together; `insufficient` where what was asked for has too few days."""
    function: tuple[Comparison, ...]
    """The tolerances with enough days in the same stretches, the one that grew by the largest share first."""
    pain: Comparison
    """Pain in the same stretches."""
    psfs: float | None
    """Change of the PSFS over the same stretches; None without a score on both sides."""
    beside: tuple[str, ...]
    """What else began, ran or ended in those days, by name."""
    cautions: tuple[str, ...]
    done: int
    """Sessions that took place."""

    @property
    def unfinished(self) -> bool:
        """Whether a course stopped or runs before its planned sessions: it is never called failed."""
        planned = self.treatment.planned
        return bool(self.treatment.stopped) or (planned is not None and self.done < planned)

    @property
    def knows_function(self) -> bool:
        """Whether enough was recorded to say how what can be done changed."""
        return bool(self.function) or self.psfs is not None


class Responses:
    """The treatments of a diary, each against the days before it.

    Args:
        diary: What was recorded.
        today: The patient's day.
        flares: Flares that were found, also where nobody called them so.

    """

    def __init__(self, diary: Diary, today: date, flares: Iterable[Flare] = ()) -> None:
        self.diary = diary
        self.today = today
        self.days = Days(diary)
        self._in_flares = {day for flare in flares for day in flare.active} | self.days.flare_yes
        self._in_flares |= {mark.day for mark in diary.marks if mark.kind == "start"}

    @cached_property
    def usual_metric(self) -> str:
        """The tolerance of the goal with the highest weight, of equals the newest; else pain."""
        goals = [g for g in self.diary.goals if g.metric in FUNCTION and g.status == "active"]
        if not goals:
            return PAIN
        return max(goals, key=lambda g: (g.importance * g.difficulty, g.at, g.id)).metric

    def of(
        self,
        treatment: Treatment,
        metric: str | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
    ) -> Response:
        """Return what a treatment came to.

        Args:
            treatment: One that has begun and can change something.
            metric: What to compare; None takes `usual_metric`, and pain where that has too few days.
            before: Days before day 0, in place of the kind's.
            after: Days after it (after the end, of a course that ended), in place of the kind's; more
                than `soonest` lets through.

        """
        name = metric or self.usual_metric
        spans = self.spans(treatment, before, after)
        found = [self.compare(name, span) for span in spans]
        chosen = self._chosen(treatment, found)
        if metric is None and name != PAIN and not chosen.enough:
            instead = self.of(treatment, PAIN, before=before, after=after)
            if instead.comparison.enough:
                return instead
        beside = tuple(self._beside(treatment, chosen.span))
        function = (c for key in FUNCTION if (c := self.compare(key, chosen.span)).enough)
        pain, psfs = self.compare(PAIN, chosen.span), self._psfs(treatment, chosen.span)
        by_growth = tuple(sorted(function, key=_growth, reverse=True))
        done = sum(s.treatment_id == treatment.id for s in self.diary.treatment_sessions)
        response = Response(
            treatment,
            chosen,
            tuple(c for c in found if c is not chosen),
            _verdict(chosen, by_growth, pain, psfs),
            by_growth,
            pain,
            psfs,
            beside,
            (),
            done,
        )
        return response._replace(cautions=tuple(self._cautions(response)))

    def _chosen(self, treatment: Treatment, found: list[Comparison]) -> Comparison:
        """Return the stretch that counts: the last of a course, else the last that has enough days."""
        if kind_of(treatment).family == "course":
            return found[-1]
        return next((c for c in reversed(found) if c.enough), found[0])

    def spans(self, treatment: Treatment, before: int | None = None, after: int | None = None) -> list[Span]:
        """Return the pairs of stretches that a treatment's kind is read in, the earliest first."""
        kind, start = kind_of(treatment), treatment.start
        usual = COURSE_BEFORE if kind.family == "course" else PROCEDURE_BEFORE
        base = (start - timedelta(days=before or usual), start - timedelta(days=1))
        if after is not None:
            end = treatment.end if self.is_over(treatment) else None
            first = (end or start) + timedelta(days=self.soonest(treatment))
            return [Span("your own window", base, (first, (end or start) + timedelta(days=after)))]
        windows = [
            Span(w.name, base, (start + timedelta(days=w.first), start + timedelta(days=w.last)))
            for w in kind.windows
        ]
        if treatment.end is not None and self.is_over(treatment):
            end = treatment.end
            windows = [w._replace(after=(w.after[0], min(w.after[1], end))) for w in windows]
            late = (end + timedelta(days=1), end + timedelta(days=AFTER_END))
            windows.append(Span("after the end", base, late))
        return windows

    def soonest(self, treatment: Treatment) -> int:
        """Return the first day that is compared, counted from day 0, or from the end of what ended."""
        return 1 if self.is_over(treatment) else TRANSITION.get(kind_of(treatment).family, 1)

    def is_over(self, treatment: Treatment) -> bool:
        """Return whether a course has ended."""
        is_course = kind_of(treatment).family == "course"
        return is_course and treatment.end is not None and treatment.end <= self.today

    def _values(self, metric: str, stretch: tuple[date, date]) -> list[tuple[date, float]]:
        first, last = stretch[0], min(stretch[1], self.today)
        return self.days.telling(metric, days_back(last, (last - first).days + 1))

    def compare(self, metric: str, span: Span) -> Comparison:
        """Return one metric in two stretches of days."""
        a, b = self._values(metric, span.before), self._values(metric, span.after)
        before, after = tuple(v for _, v in a), tuple(v for _, v in b)
        enough = min(len(a), len(b)) >= LEAST
        times = [(day - span.before[0]).days + 1 for day, _ in (*a, *b)]
        trend = effects.trend(before, times[: len(a)]) if enough else None
        clear = trend if trend is not None and trend.clear else None
        better = self.better(metric)
        return Comparison(
            metric,
            span,
            before,
            after,
            effects.overlap(before, after, better) if enough else None,
            clear,
            effects.tau_b(*effects.without_trend(before, after, clear, times)) if clear else None,
            better,
            enough and max(effects.lag1(before), effects.lag1(after)) > GOES_TOGETHER,
        )

    def better(self, metric: str) -> effects.Better:
        """Return which way a metric gets better; up where it has no way of its own."""
        row = known(self.diary.metrics).get(metric)
        return "down" if row is not None and row.better == "down" else "up"

    # What it comes to

    def _psfs(self, treatment: Treatment, span: Span) -> float | None:
        """Return the change of the PSFS over the two stretches; None without a score on both sides."""
        mine = [s for s in self.diary.scores if s.instrument == "psfs" and s.day <= self.today]
        before = [s for s in mine if treatment.start - PSFS_BEFORE <= s.day <= treatment.start]
        after = [s for s in mine if span.after[0] <= s.day <= span.after[1]]
        if not before or not after or before[-1].labels != after[-1].labels:
            return None
        return after[-1].total - before[-1].total

    def _beside(self, treatment: Treatment, span: Span) -> Iterator[str]:
        """Yield what else began, ran or ended in the days compared, in order of time."""
        first, last = span.before[0], min(span.after[1], self.today)
        found: list[tuple[date, str]] = []
        for other in self.diary.treatments:
            if other.id == treatment.id or kind_of(other).family == "investigation":
                continue
            if other.start <= last and _until(other, self.today) >= first:
                found.append((other.start, other.name))
        found += [
            (medicine.since, medicine.name)
            for medicine in self.diary.medicines
            if medicine.since <= last and (medicine.until or last) >= first
        ]
        yield from dict.fromkeys(name for _, name in sorted(found))

    def _cautions(self, response: Response) -> Iterator[str]:
        """Yield what stands against reading too much into it, the weightiest first."""
        found = response.comparison
        if not found.enough:
            yield "insufficient"
        if response.unfinished:
            yield "unfinished"
        if response.beside:
            yield "other treatment"
        yield "regression to the mean"
        if len(found.before) < SHORT_BEFORE:
            yield "short baseline"
        if found.trend is not None:
            yield "trend before"
        if found.together:
            yield "autocorrelation"
        if self._flares(found.span):
            yield "flare"
        pain = response.pain
        if pain.enough and _eased(pain._replace(before=pain.after, after=pain.before)):
            yield "more pain"
        if any(_shorter(c) for c in response.function):
            yield "less function"

    def _flares(self, span: Span) -> bool:
        """Return whether a day in either stretch was in a flare."""
        return any(
            first <= day <= last for day in self._in_flares for first, last in (span.before, span.after)
        )


CAUTIONS: Final[Mapping[str, str]] = {
    "insufficient": "Too few days for a comparison. It needs 7 days with a value before, and 7 after.",
    "unfinished": "The course is not finished. What it can do is not known from this.",
    "other treatment": "Something else ran beside it. Which of them did it, nobody can tell from this.",
    "regression to the mean": "Part of a change comes by itself: people begin in a bad week.",
    "short baseline": "Fewer than 14 days before it were logged. A bad week weighs much then.",
    "trend before": "It was already changing before. That may have gone on by itself.",
    "autocorrelation": "One day is much like the next, so the range is too narrow.",
    "flare": "A flare lies in these days.",
    "more pain": "Pain rose in these days by an amount that counts.",
    "less function": "A tolerance fell in these days by 30 % or more.",
}
"""Caution to how it is said."""


def _verdict(
    asked: Comparison, function: tuple[Comparison, ...], pain: Comparison, psfs: float | None
) -> Class:
    """Return the class: function first, then pain; nothing where what was asked for has too few days."""
    if any(c.grew for c in function) or (psfs is not None and psfs >= PSFS_GAIN):
        return "function improved"
    if pain.enough and _eased(pain):
        return "pain only"
    both = pain.enough and (bool(function) or psfs is not None)
    return "neither" if asked.enough or both else "insufficient"


def _growth(found: Comparison) -> float:
    """Return by which share a tolerance grew; 0 where it began at nothing."""
    before, after = found.median_before or 0.0, found.median_after or 0.0
    return after / before - 1 if before > 0 else 0.0


def _shorter(found: Comparison) -> bool:
    """Return whether a tolerance went down by 30 % or more."""
    before, after = found.median_before or 0.0, found.median_after or 0.0
    return before > 0 and after <= (1 - SHARE) * before + 1e-9


def _eased(found: Comparison) -> bool:
    """Return whether pain went down by 2 points and 30 %."""
    before, after = found.median_before or 0.0, found.median_after or 0.0
    return before - after >= POINTS and before - after >= SHARE * before - 1e-9


def _until(treatment: Treatment, today: date) -> date:
    """Return the last day a treatment may work: a course its end, a procedure three months."""
    if treatment.end is not None:
        return treatment.end
    return today if kind_of(treatment).family == "course" else treatment.start + timedelta(days=LASTING)
