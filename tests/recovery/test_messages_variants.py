"""The other forms of what a rule says: pauses, loads, kinds of flares, a shut plan, open flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import Patient, ready
from tests.recovery.test_edges_course import two_blocks, walker
from tests.recovery.test_edges_engine import STEADY, back_after_a_gap
from tests.recovery.test_edges_pauses import acute, paused
from tests.recovery.test_messages import told
from tests.recovery.test_rules import BOOM, SWING, absent, active, base, flared, long_flare, walked
from tests.recovery.test_rules_course import kept, plateau, swing, trainee

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion


def halved() -> Patient:
    """High pain on a day on which sitting got half as long."""
    patient = Patient().gates().plan().screen(0)
    for n in range(1, 20):
        patient.log(n, pain=4, sit=40)
    return patient.log(0, pain=6, sit=20)


def acute_unsettled() -> Patient:
    patient = ready().fact("onset", str(ready().day(42)))
    for n in range(42, -1, -1):
        patient.log(n, pain=6 if n > 35 else 5)
    return patient


def shorter() -> Patient:
    patient = Patient().gates().plan().screen(0)
    for n in range(40, -1, -1):
        patient.log(n, pain=4, sit=10 if n < 14 else 20, walk=10 if n < 14 else 20)
    return patient


def slept_badly() -> Patient:
    patient = ready()
    for n in range(20):
        short = n < 4 or n in {12, 14}
        patient.log(n, pain=5.5 if short else 3 + n % 2, sleep=300 if short and n else 420)
    return patient


def gates_but_one() -> Patient:
    patient = Patient().gates(3).screen(0).plan().pains(SWING[1:])
    patient.profile.pop()
    return patient


def quiet() -> Patient:
    patient = swing(1)
    for n in range(42):
        patient.log(n, hour=20, pain=3, active=60 if n < 14 else 100)
    return patient


VARIANTS: dict[str, Callable[[], Patient]] = {
    "PR-4 pause": paused,
    "PR-4 twice": lambda: Patient().gates().screen(0).pains(STEADY).quota("walk", 60, 40)
    .quota("walk", 50, 20, rule="PR-4").quota("walk", 40, 9, rule="PR-4").done(1, "walk", 40, pain=8),
    "PR-4 spread": lambda: base().done(3, "walk", 40, spread=True).done(2, "walk", 40).done(1, "walk", 40, spread=True),
    "PR-4 not settled": lambda: base().done(2, "walk", 40, settled=False).done(1, "walk", 40, settled=False),
    "PR-4 first weeks": lambda: acute(40).done(1, "sit", 20),
    "PR-2 load": lambda: trainee(reps=12, load=10.0).did(5, 36).did(3, 36).did(1, 36),
    "PR-2 hold": lambda: trainee(hold=20).did(5, 60).did(3, 60).did(1, 60),
    "PR-2 harder": lambda: trainee(reps=12).did(5, 36).did(3, 36).did(1, 36),
    "PR-3 two activities": lambda: walked(2).done(1, "sit", 40, pain=6),
    "PR-3 sleep": lambda: walked(4).log(0, hour=8, sleep=290),
    "FL-2 said": lambda: ready().pains([*STEADY, None]).log(0, pain=5, flare=True),
    "FL-2 function": halved,
    "FL-3 before the questions": lambda: Patient().gates().plan().pains([*STEADY, 7, 7]),
    "FL-3 without a plan": lambda: Patient().gates().screen(0).pains([*STEADY, 7, 7]),
    "FL-5 closed": lambda: flared([7, 7, 4, 4, 4, 4]),
    "FL-7": lambda: long_flare(10),
    "FL-8 lengths": lambda: flared([7, 7, 4, 4, 7, 7, 7, 4, 4, 7, 7, 7, 7]),
    "DQ-1 both": lambda: ready().pains([4, 4]),
    "DQ-2 shut": back_after_a_gap,
    "DQ-2 silent": lambda: absent(30),
    "DQ-4 tolerance": lambda: base().log(2, hour=20, walk=10).log(0, hour=20, walk=60),
    "DQ-4 distance": lambda: base().log(2, hour=20, distance=400).log(0, hour=20, distance=2000),
    "RF-3 unsure": lambda: base().screen(0, unsure=["MY3"]),
    "RF-5 of yesterday": lambda: base().fact("country", "UK").screen(1, yes=["CE1", "ND1"], hour=23),
    "RF-2 of the young": lambda: Patient().gates(15, yes=["minor"]).pains(SWING).screen(0, yes=["ND1"]),
    "RF-1 self-harm": lambda: base().fact("country", "UK").screen(0, yes=["OT2"]),
    "RF-2 maternity": lambda: base().screen(0, yes=["OT1"]),
    "RF-4 closed": lambda: Patient().gates().plan().pains(SWING).screen(1, yes=["ND1"], hour=8).outcome(1, "seen", "GP"),
    "RF-4 limb": lambda: Patient().gates().plan().screen(1).pains([*SWING, None]).log(0, limb=3),
    "PG-1 some": gates_but_one,
    "PL-1 exercise": lambda: plateau().log(40, hour=20, walk=60),
    "PL-2 exercise": lambda: plateau(adherence=1),
    "CR-2 gained": lambda: walker([20] * 3, [26] * 3),
    "CR-4": acute_unsettled,
    "OU-1": lambda: two_blocks(12, 12, span=30),
    "OU-2 tolerances": shorter,
    "MN-2": lambda: kept(40).fact("maintenance", "yes").done(10, "walk", 30),
    "MN-3 named": lambda: ready().pains(SWING).fact("season", f"{ready().day(-5)} gardening"),
    "PA-1 without a floor": lambda: active(BOOM).gates(1, yes=["heart"]),
    "PA-2 without a plan": quiet,
    "SL-1": slept_badly,
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_word_of_a_variant(variant: str, snapshot: SnapshotAssertion) -> None:
    """The rule that a variant is named after, and what it makes of the plan."""
    found, rule = VARIANTS[variant]().assess(), variant.split(maxsplit=1)[0]
    text = [line for s in found.suggestions if s.rule == rule for line in told(s)]
    for held in (h for h in found.held if h.suggestion.rule == rule):
        text += [f"held by {held.by}:", *told(held.suggestion)]
    assert text, f"{rule} says nothing"
    text += [f"plan {p.activity}: {p.quota:g} today {p.today:g} {p.reason}".rstrip() for p in found.plan]
    assert "\n".join(text) == snapshot
