"""Goals as FHIR: target, building blocks, state and the levels the patient gave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.exchange.fhir_codes import (
    ACHIEVEMENT,
    GAS_LATER,
    GAS_START,
    PRIORITY,
    SURVEY,
    Json,
    concept,
    link,
    local,
    loinc,
    metric_concept,
    moment,
    notes,
    own,
    quantity,
    words,
)
from spinetrack.recovery import gas
from spinetrack.recovery.goals import ON_TRACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.fhir_subject import Subject
    from spinetrack.recovery.diary import Diary, Goal, GoalRating
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.goals import GoalReader

SUSTAINED: Final = timedelta(weeks=4)
"""A target that is still met so long after it was met is sustained. Source: clinical.md 12.3."""
TREND: Final = timedelta(days=28)
"""Gain, flat or falling is told against the value so long ago, the baseline for a younger goal."""
PRIORITIES: Final = {1: "low-priority", 2: "medium-priority", 3: "high-priority"}
DAYS_A_WEEK: Final = "d/wk"


def goals(diary: Diary, assessment: Assessment, subject: Subject) -> Iterator[Json]:
    """Yield the goals with the levels given, and their attainment as one score.

    While a tier-1 or tier-2 sign is open, active goals are on hold and nothing is said of their state.
    """
    reader, shut = assessment.facts.goals, bool(assessment.open_flags)
    by_id = {goal.id: goal for goal in diary.goals}
    for goal in diary.goals:
        yield _goal(goal, reader, subject, shut=shut)
    for rating in diary.ratings:
        yield _rating(rating, by_id[rating.goal_id], subject)
    found = None if shut else reader.attainment().t
    if found is not None and diary.goals:
        yield {
            **subject.derived,
            "id": subject.own_id("gas-t"),
            "category": SURVEY,
            "code": own("gas-t", "Goal attainment scaling, T-score over all goals, computed"),
            "effectiveDateTime": moment(assessment.now),
            "valueQuantity": quantity(found, "{score}"),
        }


def _goal(goal: Goal, reader: GoalReader, subject: Subject, *, shut: bool) -> Json:
    patient = link(subject.patient_id)
    found: Json = {
        "resourceType": "Goal",
        "id": subject.id_of("goal", goal),
        "lifecycleStatus": _lifecycle(goal, shut=shut),
        "description": {"text": words(goal.title) or goal.metric},
        "subject": patient,
        "startDate": goal.day.isoformat(),
        "target": list(_targets(goal, reader)),
        **notes(goal.why),
    }
    if goal.importance in PRIORITIES:
        found["priority"] = concept("", {"system": PRIORITY, "code": PRIORITIES[goal.importance]})
    if goal.closed_on is not None:
        found["statusDate"] = goal.closed_on.isoformat()
    if subject.reports:
        found["expressedBy"] = patient
    if not shut:
        found["achievementStatus"] = concept("", {"system": ACHIEVEMENT, "code": achievement(goal, reader)})
    return found


def _lifecycle(goal: Goal, *, shut: bool) -> str:
    if goal.status == "active":
        return "on-hold" if shut else "active"
    return "completed" if goal.status == "reached" else "cancelled"


def achievement(goal: Goal, reader: GoalReader) -> str:
    """Return the code of `Goal.achievementStatus`.

    Source: the mapping of clinical.md 12.3. What it leaves open, such as a gain that is behind the
    path, is `in-progress`, which holds for all of them. Why a goal was given up is not recorded, so
    none is called not attainable.
    """
    today = reader.today
    if goal.status == "closed":
        return "achieved" if _hit(reader.level(goal, goal.closed_on)) else "not-achieved"
    if goal.status == "reached":
        since = goal.closed_on or today
        return "sustaining" if today >= since + SUSTAINED and _hit(reader.derived(goal)) else "achieved"
    if _hit(reader.level(goal)):
        then = today - SUSTAINED
        return "sustaining" if then >= goal.day and _hit(reader.level(goal, then)) else "achieved"
    if reader.current(goal) is None:
        return "in-progress"
    return "not-achieved" if today > goal.due else _direction(goal, reader)


def _hit(level: int | None) -> bool:
    return level is not None and level >= gas.EXPECTED


def _direction(goal: Goal, reader: GoalReader) -> str:
    baseline, now = reader.baseline(goal), reader.current(goal)
    then = reader.today - TREND
    before = reader.current(goal, then) if then >= goal.day else baseline
    if baseline is None or now is None or before is None:
        return "in-progress"
    gain = (now - before) * (1 if goal.target >= baseline else -1)
    ratio = reader.ratio(goal)
    on_track = reader.too_early(goal) or ratio is None or ratio >= ON_TRACK
    if on_track:
        return "improving" if gain > 0 else "no-change" if gain == 0 else "in-progress"
    return "worsening" if gain < 0 else "in-progress"


def _targets(goal: Goal, reader: GoalReader) -> Iterator[Json]:
    """Yield the building blocks by day, then the target itself."""
    metric, baseline = reader.metric(goal), reader.baseline(goal)
    down = metric.better == "down" if baseline is None else goal.target < baseline
    unit = DAYS_A_WEEK if metric.kind == "yes-no" else metric.ucum
    steps = [(block.value, block.due) for block in reader.milestones(goal)]
    for value, due in (*steps, (goal.target, goal.due)):
        yield {
            "measure": metric_concept(metric),
            "detailQuantity": quantity(value, unit, "<=" if down else ">="),
            "dueDate": due.isoformat(),
        }


def _rating(rating: GoalRating, goal: Goal, subject: Subject) -> Json:
    code = GAS_START if rating.day <= goal.day else GAS_LATER
    name = "Goal attainment level, -2 to +2"
    return subject.observation(
        "rating",
        rating,
        concept(name, *(loinc(code) if subject.reports else ()), local("gas-level", name)),
        rating.at,
        category=SURVEY,
        focus=[subject.link_of("goal", goal)],
        valueInteger=rating.level,
    )
