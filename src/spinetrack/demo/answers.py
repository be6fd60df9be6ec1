"""What a simulated patient answers: the warning-sign questions, the care questions, suggestions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spinetrack.demo.courses import RED_FLAG_ITEM
from spinetrack.recovery.diary import Activity, Answer, Decision, ProfileFact, Question, Quota, Screen
from spinetrack.recovery.profile import GATES
from spinetrack.recovery.redflags import all_items, tier_of
from spinetrack.views.json_docs import suggestion_doc

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from spinetrack.demo.records import Record
    from spinetrack.recovery.diary import Choice
    from spinetrack.recovery.findings import Change, Suggestion

SEVERE_ITEMS = ("ND4", "ND5")
"""What FL-9 asks."""
NO_QUOTA = frozenset({"FL-3"})
"""Rules whose lower dose is agreed without changing the plan."""
DECIDED = frozenset({"rise", "plan", "lever", "review"})
"""Kinds of suggestion that wait for an answer."""
STEPS = frozenset({"PR-1", "PR-2"})
"""Rules that offer one step up."""
NOTHING_TO_DO = frozenset({"PR-3"})
"""Rules that only say that the dose stays."""


def screen(items: Sequence[str], at: datetime, day: date, yes: Collection[str] = ()) -> Screen:
    """Return a screen that answers `items` with no, and those of `yes` with yes."""
    given = tuple(Answer(item, "yes" if item in yes else "no") for item in items)
    return Screen(at, day, given, tier_of(given, {}))


def whole_screen(at: datetime, day: date) -> Screen:
    """Return the full screen, all answered no."""
    return screen(all_items({}), at, day)


def gates(at: datetime, day: date) -> list[ProfileFact]:
    """Return the care questions, all answered no."""
    return [ProfileFact(f"gate:{name}", "no", at, day) for name in GATES]


def safety(suggestion: Suggestion, items: Sequence[str], at: datetime, day: date, flag: bool) -> list[Record]:
    """Return what the patient answers to a suggestion of priority 1; nothing for other rules.

    Args:
        suggestion: What was shown.
        items: The items RF-4 asks.
        at: The moment.
        day: The patient's day.
        flag: The warning sign of this course is there.

    """
    if suggestion.rule == "RF-4":
        return [screen(items, at, day, {RED_FLAG_ITEM} if flag else ())]
    if suggestion.rule == "FL-9":
        return [screen(SEVERE_ITEMS, at, day)]
    if suggestion.rule == "PG-1":
        return list(gates(at, day))
    return []


def reopening(at: datetime, day: date) -> list[Record]:
    """Return the two answers that open the plan again after a long break."""
    return [whole_screen(at, day), *gates(at, day)]


def waits(suggestion: Suggestion) -> bool:
    """Return whether a suggestion is one to follow, adjust, ignore or ask about."""
    return (
        suggestion.kind in DECIDED and suggestion.rule not in NOTHING_TO_DO
    ) or suggestion.rule in NO_QUOTA


def decide(
    suggestion: Suggestion,
    choice: Choice,
    at: datetime,
    day: date,
    quotas: Sequence[Quota],
    known: Collection[str],
) -> list[Record]:
    """Return the records of a decision, as `suggest follow|ignore|ask` writes them.

    Args:
        suggestion: What is decided.
        choice: What the patient does with it.
        at: The moment.
        day: The patient's day.
        quotas: The plan so far, oldest first.
        known: Names of the activities there are.

    """
    amounts = tuple((c.activity, c.after) for c in suggestion.changes) if choice == "follow" else ()
    text = f"{suggestion.title}. {suggestion.message}"
    facts = json.dumps(suggestion_doc(suggestion)["why"], ensure_ascii=False)
    found: list[Record] = [Decision(suggestion.id, suggestion.rule, choice, at, day, amounts, text, facts)]
    if choice == "ask":
        found.append(Question(f"spinetrack said: {suggestion.title}. What do you think?", at, day))
    if choice == "follow" and suggestion.rule not in NO_QUOTA:
        for change in suggestion.changes:
            if change.activity not in known:
                found.append(Activity(change.activity, "tolerance", 5, day))
            found.append(_quota(suggestion, change, at, day, quotas))
    return found


def _quota(suggestion: Suggestion, change: Change, at: datetime, day: date, quotas: Sequence[Quota]) -> Quota:
    before = next((q for q in reversed(quotas) if q.activity == change.activity), None)
    row = before or Quota(change.activity, at, day, change.after, "me")
    row = row._replace(at=at, day=day, set_by="me", rule=suggestion.rule, reason=suggestion.title, id=0)
    whole = round(change.after)
    if change.variable == "sets":
        return row._replace(sets=whole)
    if change.variable == "load":
        return row._replace(load=change.after)
    row = row._replace(amount=change.after)
    if row.reps is not None:
        return row._replace(reps=whole)
    return row if row.hold is None else row._replace(hold=whole)
