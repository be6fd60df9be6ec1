"""The JSON documents of goals (design.md section 4)."""

from __future__ import annotations

from spinetrack.recovery.smart import checks_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.json_docs import Document, document, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.recovery.diary import Goal
    from spinetrack.recovery.gas import Gas
    from spinetrack.recovery.goals import GoalReader

PLACES = 4


def goals_doc(reader: GoalReader, goals: Iterable[Goal], units: str, *, shut: bool = False) -> Document:
    """Return what `goal list --json` prints; empty while a warning sign is open (`shut`)."""
    if shut:
        return document(goals=[], gas={"t": None, "t_baseline": None, "change": None})
    return document(goals=[goal_doc(reader, g, units) for g in goals], gas=_gas(reader.attainment()))


def goal_doc(reader: GoalReader, goal: Goal, units: str) -> Document:
    """Return one goal as the list has it."""
    return {
        "id": goal.id,
        "title": goal.title,
        "metric": goal.metric,
        "baseline": number(reader.baseline(goal)),
        "target": number(goal.target),
        "current": number(reader.current(goal)),
        "due": goal.due.isoformat(),
        "status": reader.status(goal),
        "level": reader.level(goal),
        "ratio": _rounded(reader.ratio(goal)),
        "checks": [
            {"letter": c.letter, "ok": c.ok, "message": c.message} for c in checks_of(reader, goal, units)
        ],
    }


def one_goal_doc(reader: GoalReader, goal: Goal, units: str) -> Document:
    """Return what `goal show --json` prints: the goal with all that belongs to it."""
    blocks = []
    for block in reader.milestones(goal):
        reached = reader.reached_on(goal, block)
        blocks.append(
            {
                "value": number(block.value),
                "due": block.due.isoformat(),
                "reached_on": reached.isoformat() if reached else None,
            }
        )
    return document(
        goal={
            **goal_doc(reader, goal, units),
            "why": goal.why,
            "importance": goal.importance,
            "difficulty": goal.difficulty,
            "confidence": goal.confidence,
            "supporter": goal.supporter,
            "expected": _rounded(reader.expected(goal)),
            "projected": _projected(reader, goal),
            "milestones": blocks,
        }
    )


def _projected(reader: GoalReader, goal: Goal) -> Document | None:
    found = reader.projection(goal)
    if found is None:
        return None
    from spinetrack.views.goal_page import day_after

    ends = {"likely": found.likely, "earliest": found.earliest, "latest": found.latest}
    return {
        name: day_after(reader.today, days).isoformat() if days is not None else None
        for name, days in ends.items()
    }


def _gas(gas: Gas) -> Document:
    return {
        "t": _rounded(gas.t),
        "t_baseline": _rounded(gas.t_baseline),
        "change": _rounded(gas.change),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else number(round(value, PLACES))
