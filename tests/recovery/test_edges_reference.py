"""The usual pain of a day, and when limb pain leads (clinical.md 5.2 and the definitions)."""

from __future__ import annotations

import pytest
from tests.builders import Patient

from spinetrack.recovery.flares import Reference, is_radicular, reference
from spinetrack.recovery.series import Days

SPAN = range(3, 31)
"""The days before today that the usual pain is read from."""


def read(found: Patient) -> Days:
    return Days(found.diary())


def usual(found: Patient, rise: float = 2) -> Reference:
    return reference(read(found), found.today, rise=rise)


def logged(days: range | list[int], **values: float) -> Patient:
    found = Patient()
    for n in days:
        found.log(n, **values)  # type: ignore[arg-type]
    return found


# The usual pain


def test_the_usual_pain_reads_from_30_to_3_days_back() -> None:
    assert usual(logged(SPAN, pain=4)).values == 28
    assert usual(logged(range(60), pain=4)).values == 28
    assert usual(logged(range(30, 35), pain=4)).values == 1
    assert usual(logged(range(4), pain=4)).values == 1


def test_worst_pain_has_its_own_usual_from_five_values_on() -> None:
    assert usual(logged(range(3, 7), worst=6)).worst is None
    assert usual(logged(range(3, 8), worst=6)).worst == 6
    assert usual(logged(range(3, 8), worst=6)).pain is None


def test_a_spread_of_one_keeps_the_threshold() -> None:
    def of(pains: list[float], rise: float = 2) -> float:
        found = Patient()
        for n, pain in enumerate(pains, start=3):
            found.log(n, pain=pain)
        return usual(found, rise).threshold

    assert of([3, 5, 3, 5, 4, 3, 5], rise=1) == 1, "a median deviation of 1 is a spread of 1.48"
    assert of([2.5, 5.5, 4, 2.5, 5.5], rise=3) == 3.5
    assert of([4] * 5, rise=1) == 1


# Limb pain


@pytest.mark.parametrize(
    ("limb", "pain", "leads"),
    [
        ([3, 3, 3], [3, 3, 3], True), ([3, 3, 3], [3, 3, 4, 4], False), ([2, 2, 2], [1, 1, 1], False),
        ([9, 9], [1, 1], False), ([3, 3, 3], [], True), ([], [1, 1, 1], False), ([5, 5, 5], [5, 5, 5.5], True),
    ],
)  # fmt: skip
def test_limb_pain_leads_at_three_on_three_days(limb: list[float], pain: list[float], leads: bool) -> None:
    found = Patient()
    for n, value in enumerate(limb):
        found.log(n, limb=value)
    for n, value in enumerate(pain):
        found.log(n, hour=20, pain=value)
    assert is_radicular(read(found), found.today) is leads


def test_leading_limb_pain_is_that_of_seven_days() -> None:
    found = logged([5, 6], limb=4, pain=4)
    assert not is_radicular(read(found.log(7, limb=4)), found.today)
    assert is_radicular(read(found.log(4, limb=4)), found.today)
    high = logged(range(7), limb=4, pain=4).log(7, pain=9, limb=1)
    assert is_radicular(read(high), high.today)
    edge = logged([0, 1, 2], limb=4).log(6, hour=18, pain=3).log(5, hour=18, pain=5).log(7, limb=1, pain=4.5)
    assert is_radicular(read(edge), edge.today)
