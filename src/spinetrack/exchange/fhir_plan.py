"""The plan as a FHIR CarePlan, and what was done and left out of it as Observations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.exchange.fhir_codes import (
    ACTIVITY,
    Json,
    all_of,
    concept,
    link,
    local,
    notes,
    own,
    part,
    quantity,
)
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.words import amount, counted, number, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.fhir_subject import Subject
    from spinetrack.recovery.diary import Diary, Session, Skip
    from spinetrack.recovery.findings import Assessment, PlanItem

SESSION: Final = "activity-session"
SKIPPED: Final = "activity-left-out"
SETTLED: Final = "settled-next-morning"
PLAN_UNITS: Final = {"min": "min", "s": "s", "reps": "{reps}"}
"""Unit of a planned dose to its UCUM code."""


def plan(diary: Diary, assessment: Assessment, subject: Subject) -> Iterator[Json]:
    """Yield the present plan, then each session and each activity left out.

    While a tier-1 or tier-2 sign is open, or after a long break, the plan is on hold and empty.
    """
    first = min((q.day for q in diary.quotas), default=None)
    if first is not None:
        shut = bool(assessment.open_flags) or assessment.facts.shut_since is not None
        found: Json = {
            "resourceType": "CarePlan",
            "id": subject.own_id("plan"),
            "status": "on-hold" if shut else "active",
            "intent": "plan",
            "title": "Plan of activities",
            "subject": link(subject.patient_id),
            "period": {"start": first.isoformat()},
        }
        aims = [subject.link_of("goal", g) for g in diary.goals if g.status == "active"]
        found.update({"goal": aims} if aims else {})
        items = [{"detail": _detail(item)} for item in assessment.plan]
        found.update({"activity": items} if items else {})
        yield found
    for session in diary.sessions:
        yield _session(session, subject)
    for skip in diary.skips:
        yield _skip(skip, subject)


def _detail(item: PlanItem) -> Json:
    """Return one activity of the plan, with the dose of the day."""
    name = title_of(item.activity)
    found: Json = {
        "status": "in-progress" if item.today > 0 else "on-hold",
        "code": concept(name, local(f"activity-{item.kind}", item.kind)),
        "description": _dose_words(item),
    }
    if item.per_week > 0:
        repeat: Json = {"frequency": item.per_week, "period": 1, "periodUnit": "wk"}
        if item.unit in {"min", "s"} and item.today > 0:
            repeat.update(duration=quantity(item.today, None)["value"], durationUnit=item.unit)
        found["scheduledTiming"] = {"repeat": repeat}
    if item.unit not in {"min", "s"} and item.today > 0:
        found["quantity"] = quantity(item.today, PLAN_UNITS[item.unit])
    return found


def _dose_words(item: PlanItem) -> str:
    sets = item.sets_today or item.sets
    return all_of(
        (
            f"{counted(sets, 'set')} of {amount(item.today, item.unit)}"
            if sets
            else amount(item.today, item.unit),
            f"planned {amount(item.quota, item.unit)}" if item.quota != item.today else "",
            f"hold {item.hold} s" if item.hold and item.unit == "reps" else "",
            f"{number(item.load)} kg" if item.load else "",
            f"{counted(item.per_week, 'day')} a week",
            f"set by {item.set_by}",
            f"up to {amount(item.up_to, item.unit)}" if item.up_to else "",
        )
    )


def _session(session: Session, subject: Subject) -> Json:
    unit = "min" if session.activity in TOLERANCES else "s" if session.hold else "{reps}"
    found = subject.observation(
        "session",
        session,
        concept(title_of(session.activity), local(SESSION, "One session of an activity of the plan")),
        session.at,
        category=ACTIVITY,
        valueQuantity=quantity(session.dose, unit),
        **notes(session.note),
    )
    parts = list(_parts(session))
    if parts:
        found["component"] = parts
    return found


def _parts(session: Session) -> Iterator[Json]:
    if session.effort is not None:
        yield part("effort", "Effort, 0 to 10", valueQuantity=quantity(session.effort, "{score}"))
    if session.pain is not None:
        yield part(
            "pain-during", "Pain while doing it, 0 to 10", valueQuantity=quantity(session.pain, "{score}")
        )
    if session.settled is not None:
        yield part(SETTLED, "Settled by the next morning", valueBoolean=session.settled)
    if session.stop:
        yield part(
            "stop-reason", "Why it ended", valueCodeableConcept=own(f"stop-{session.stop}", session.stop)
        )
    if session.spread:
        yield part("spread", "Limb symptoms spread further", valueBoolean=True)
    for name, value, unit in (
        ("sets", session.sets, "1"),
        ("repetitions", session.reps, "{reps}"),
        ("hold", session.hold, "s"),
        ("load", session.load, "kg"),
    ):
        if value is not None:
            yield part(name, name.capitalize(), valueQuantity=quantity(value, unit))


def _skip(skip: Skip, subject: Subject) -> Json:
    return subject.observation(
        "skip",
        skip,
        concept(title_of(skip.activity), local(SKIPPED, "A planned activity left out, and why")),
        skip.at,
        category=ACTIVITY,
        valueCodeableConcept=own(f"left-out-{skip.why}", skip.why),
    )
