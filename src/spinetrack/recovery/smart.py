"""The checks of a SMART goal: one finding a letter, each with what would mend it.

Source: clinical.md 7.3. A check that says no never stops a goal from being kept.
"""

from __future__ import annotations

from spinetrack.recovery.goals import BASE_LEAST, FIRST_BLOCK_WEEKS, LONG_WEEKS, WEEK, rounded, say
from spinetrack.recovery.words import number
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Goal, Milestone
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.recovery.metrics import Metric

LETTERS = {"S": "specific", "M": "measured", "A": "in reach", "R": "worth it to you", "T": "timed"}
GROWTH_OK, GROWTH_MOST = 0.10, 0.20
"""Weekly growth up to which a goal is in reach, and from which it is not endorsed."""
POINTS_A_WEEK = 0.5
"""Points on a 0 to 10 scale a week."""
DAYS_A_WEEK = 1.0
ZERO_BASE, ZERO_WEEKS = 4, 12
LEAST_IMPORTANCE, LEAST_CONFIDENCE = 2, 7
LONGEST_REVIEW = 14
FEELINGS = frozenset({"pain", "worst", "least", "now", "limb", "mood", "stress", "fatigue"})
"""Measures of how it feels, not of what can be done."""
_TWINS = {"fatigue": "active", "stress": "sleep", "mood": "walk", "limb": "walk"}
_FEELING_WORDS = (
    r"\b(pain|painless|pain-free|hurts?|hurting|aches?|sore|stiff(ness)?|better|stress(ed)?|tired|relief)\b"
)
_DOING_WORDS = (
    r"\b(sit|sits|sitting|stand|standing|walk|walking|sleep|work|drive|driving|lift|carry|play|swim|run|ride"
    r"|cook|garden(ing)?|shop|climb|travel|read|dance|cycle|bend|visit|go|do|stay|get|wash|clean|hold|watch)\b"
)
_MOVES = {"sit": r"\bsit", "stand": r"\bstand", "walk": r"\bwalk"}
_MEDICINE = (
    r"\b(stop|quit|come off|off|without|no more|drop|cut|halve|wean|reduce)\b.{0,30}"
    r"\b(medicines?|medication|tablets?|pills?|pain ?killers?|opioids?|drugs?|codeine|morphine|tramadol"
    r"|gabapentin|pregabalin|ibuprofen|naproxen|amitriptyline)\b"
)
_MAXIMUM = r"\b(1 ?rm|one[- ]rep|personal best|(lift|press|squat|deadlift)\b.{0,20}\bmax(imum)?)\b"


class Check(NamedTuple):
    """What one letter says."""

    letter: str
    ok: bool
    message: str


def checks_of(reader: GoalReader, goal: Goal, units: str = "km") -> tuple[Check, ...]:
    """Return the five checks of a goal, S M A R T."""
    metric, baseline = reader.metric(goal), reader.baseline(goal)
    blocks = reader.milestones(goal)
    return (
        Check("S", *specific(goal, metric)),
        Check("M", *measured(goal, metric, baseline, units)),
        Check("A", *in_reach(reader, goal, metric, baseline)),
        Check("R", *worth_it(goal)),
        Check("T", *timed(goal, blocks)),
    )


def twin_of(key: str) -> str:
    """Return a measure of what can be done that goes beside a feeling."""
    return _TWINS.get(key, "sit")


def specific(goal: Goal, metric: Metric) -> tuple[bool, str]:
    """Return whether a goal names one thing to do, not only a feeling."""
    import re

    title = goal.title.lower()
    if metric.key in FEELINGS:
        return False, f"It is about a feeling. Add a goal about what you do, such as {twin_of(metric.key)}."
    if re.search(_FEELING_WORDS, title) and not re.search(_DOING_WORDS, title):
        return False, "The words tell how it feels. Say what you would do then."
    moves = [key for key, stem in _MOVES.items() if re.search(stem, title)]
    if len(moves) > 1 and re.search(r"\band\b|\bor\b|[,&+]", title):
        return False, "It names more than one activity. Make one goal for each."
    if not re.search(r"[a-z]{2}", title) and not title.isalpha():
        return False, "Which activity is it? Say it in your own words."
    return True, f"One activity, shown by {metric.key}."


def measured(goal: Goal, metric: Metric, baseline: float | None, units: str = "km") -> tuple[bool, str]:
    """Return whether a goal has a number to reach and a number to start from."""
    if baseline is None:
        return False, f"There is no start yet. Log {metric.key} on {BASE_LEAST} days within two weeks."
    return True, f"From {say(metric, baseline, units)} to {say(metric, goal.target, units)}."


def weekly_growth(baseline: float, target: float, weeks: float) -> float | None:
    """Return the growth a week, as a share, that leads from `baseline` to `target`.

    None where no share can be given: a start of nothing, or no time.

    >>> round(100 * weekly_growth(20, 60, 12), 2), round(100 * weekly_growth(20, 60, 4), 1)
    (9.59, 31.6)
    """
    if baseline <= 0 or target <= 0 or weeks <= 0:
        return None
    return float((target / baseline) ** (1 / weeks) - 1)


def in_reach(  # noqa: PLR0911  (one line a reason)
    reader: GoalReader, goal: Goal, metric: Metric, baseline: float | None
) -> tuple[bool, str]:
    """Return whether the pace that a goal asks for is one that bodies can follow."""
    import re

    title = f"{goal.title} {goal.why}".lower()
    if re.search(_MEDICINE, title):
        return False, "Changes of medicine belong to your doctor. Talk about it there first."
    if re.search(_MAXIMUM, title):
        return False, "Lifting your most needs a physio at your side. Ask yours first."
    if baseline is None:
        return False, "The pace can be worked out once there is a start."
    better = metric.better or ("up" if goal.target >= baseline else "down")
    if goal.target == baseline or (goal.target > baseline) != (better == "up"):
        return False, "You are there already. Aim further, or pick another measure."
    weeks = (goal.due - goal.day).days / WEEK
    if metric.unit == "0-10" or metric.kind == "yes-no":
        return _even_steps(goal, metric, baseline, weeks)
    if goal.target < baseline:
        share = (baseline - goal.target) / baseline / weeks
    else:
        share = weekly_growth(baseline, goal.target, weeks) or 0.0
        if baseline <= 0:
            return True, "It begins at nothing, so no pace can be worked out."
    return _pace(reader, goal, baseline, share)


def _even_steps(goal: Goal, metric: Metric, baseline: float, weeks: float) -> tuple[bool, str]:
    week = abs(goal.target - baseline) / weeks
    scale = metric.unit == "0-10"
    most, what = (POINTS_A_WEEK, "points") if scale else (DAYS_A_WEEK, "days")
    if metric.better == "down" and goal.target == 0 and baseline >= ZERO_BASE and weeks < ZERO_WEEKS:
        return False, "No pain at all within 12 weeks is a lot. A third less is a good first goal."
    if week > most + 1e-9:
        return (
            False,
            f"That is {number(week)} {what} a week. Up to {number(most)} is usual: choose a later day.",
        )
    return True, f"{number(week)} {what} a week is a usual pace."


def _pace(reader: GoalReader, goal: Goal, baseline: float, share: float) -> tuple[bool, str]:
    percent = f"{number(100 * share)} % a week"
    if share <= GROWTH_OK + 1e-9:
        return True, f"{percent} is a usual pace."
    weeks = (goal.due - goal.day).days / WEEK
    near = say(reader.metric(goal), nearer_target(reader, goal, baseline, weeks))
    if share <= GROWTH_MOST + 1e-9:
        return False, f"{percent} is steep; 10 % is usual. A later day or {near} would fit."
    return False, f"{percent} is too steep to build on. A later day or {near} would fit."


def nearer_target(reader: GoalReader, goal: Goal, start: float, weeks: float) -> float:
    """Return the target that fits at the usual pace, `weeks` from `start`; never past the goal's own."""
    metric, weeks = reader.metric(goal), max(1.0, weeks)
    scale = metric.unit == "0-10"
    if scale or metric.kind == "yes-no":
        way = min(abs(goal.target - start), (POINTS_A_WEEK if scale else DAYS_A_WEEK) * weeks)
        found = start + (way if goal.target > start else -way)
    elif goal.target < start:
        found = max(goal.target, start * (1 - min(1.0, GROWTH_OK * weeks)))
    else:
        found = min(goal.target, start * (1 + GROWTH_OK) ** weeks)
    return rounded(metric, found)


def later_weeks(reader: GoalReader, goal: Goal, baseline: float) -> int | None:
    """Return how many whole weeks from its first day a goal needs at the usual pace, None unknown."""
    from math import ceil, log

    metric = reader.metric(goal)
    way = abs(goal.target - baseline)
    if metric.unit == "0-10" or metric.kind == "yes-no":
        return ceil(way / (POINTS_A_WEEK if metric.unit == "0-10" else DAYS_A_WEEK) - 1e-9)
    if baseline <= 0:
        return None
    if goal.target < baseline:
        return ceil(way / baseline / GROWTH_OK - 1e-9)
    return ceil(log(goal.target / baseline) / log(1 + GROWTH_OK) - 1e-9)


def worth_it(goal: Goal) -> tuple[bool, str]:
    """Return whether a goal matters to the patient and they trust themselves with it."""
    if not goal.why.strip():
        return False, "Say why it matters to you, in a few words."
    if goal.importance < LEAST_IMPORTANCE:
        return False, "You gave it little weight. Is there something you want more?"
    if goal.confidence is None:
        return False, "How sure are you that you can do it, 0 to 10?"
    if goal.confidence < LEAST_CONFIDENCE:
        return False, f"You are {goal.confidence} of 10 sure. A smaller step would make it 7 or more."
    return True, f"It matters to you, and you are {goal.confidence} of 10 sure."


def timed(goal: Goal, blocks: Sequence[Milestone]) -> tuple[bool, str]:
    """Return whether the day is 1 to 16 weeks ahead, with a review at least every two weeks."""
    days = (goal.due - goal.day).days
    if days < WEEK:
        return False, "The day is less than a week away. Give it more time."
    if days > LONG_WEEKS * WEEK and not any(
        0 < (b.due - goal.day).days <= FIRST_BLOCK_WEEKS * WEEK for b in blocks
    ):
        return False, "It is more than 16 weeks away. Add a building block within 4 weeks."
    if goal.review_days > LONGEST_REVIEW:
        return False, "Look at it every two weeks or more often."
    weeks = number(days / WEEK)
    every = "week" if goal.review_days == WEEK else f"{goal.review_days} days"
    return True, f"{weeks} weeks, with a look at it every {every}."
