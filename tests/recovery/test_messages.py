"""What each rule says, word for word and number for number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.recovery.test_rules import CASES
from tests.recovery.test_rules_course import MAKERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion
    from tests.builders import Patient

    from spinetrack.recovery.findings import Suggestion

PATIENTS: dict[str, Callable[[], Patient]] = {**{rule: make for rule, (make, _) in CASES.items()}, **MAKERS}


def told(suggestion: Suggestion) -> list[str]:
    return [
        f"{suggestion.id} (priority {suggestion.priority}, {suggestion.kind}): {suggestion.title}",
        suggestion.message,
        *(f"  {f.fact}: {f.value} [{f.threshold}] in {f.window_days} days" for f in suggestion.why),
        *(f"  {c.activity} {c.variable}: {c.before} -> {c.after} {c.unit}" for c in suggestion.changes),
        f"  sum: {suggestion.sum}",
        f"  {suggestion.sure} / {', '.join(suggestion.source)}",
    ]


@pytest.mark.parametrize("rule", PATIENTS)
def test_every_word_and_number(rule: str, snapshot: SnapshotAssertion) -> None:
    found = PATIENTS[rule]().assess()
    text = [line for s in found.suggestions for line in told(s)]
    text += [line for h in found.held for line in (f"held by {h.by}:", *told(h.suggestion))]
    text += [
        f"plan {p.activity}: {p.quota:g} today {p.today:g} base {p.baseline} up to {p.up_to} "
        f"next {p.next_step_earliest} done {p.done_week} {p.reason}"
        for p in found.plan
    ]
    assert "\n".join(text) == snapshot
