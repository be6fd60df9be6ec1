"""A dose cut into blocks, for every dose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.recovery.blocks import blocks, set_blocks, set_seconds


@pytest.mark.parametrize(
    ("minutes", "sizes"),
    [(1, [1]), (25, [25]), (26, [13, 13]), (40, [20, 20]), (50, [25, 25]), (60, [20, 20, 20]), (12.5, [12.5]), (50.5, [17, 17, 16.5])],
)  # fmt: skip
def test_work_is_cut_evenly(minutes: float, sizes: list[float]) -> None:
    assert [b.minutes for b in blocks(minutes) if b.kind == "work"] == sizes


@given(
    minutes=st.one_of(st.integers(1, 240), st.floats(1, 240)),
    block=st.integers(1, 45),
    rest=st.integers(0, 30),
    activity=st.sampled_from(["sit", "stand", "walk", "cycling", ""]),
)
def test_every_cut_holds(minutes: float, block: int, rest: int, activity: str) -> None:
    cut = blocks(minutes, block, rest, activity)
    work = [b.minutes for b in cut if b.kind == "work"]
    assert sum(work) == pytest.approx(minutes)
    assert max(work) <= block + 1e-9
    assert cut[0].kind == cut[-1].kind == "work"
    breaks = [b for b in cut if b.kind == "break"]
    assert len(breaks) == (len(work) - 1 if rest else 0)
    assert all(b.minutes == rest and b.hint for b in breaks)
    assert all(a.kind != b.kind for a, b in pairwise(cut)) or not rest


def test_a_break_is_the_other_way_round() -> None:
    """Upright after the bent, bent after the upright; two breaks in a row differ."""
    assert [b.hint.split()[0] for b in blocks(75, activity="sit") if b.kind == "break"] == ["stand", "stand"]
    hints = [b.hint for b in blocks(75, activity="walk") if b.kind == "break"]
    assert hints == ["sit down", "stand and lean on something"]


def test_sets_have_rests_between_them() -> None:
    cut = set_blocks(3, 30, 60)
    assert [(b.kind, b.minutes) for b in cut] == [
        ("work", 0.5), ("break", 1), ("work", 0.5), ("break", 1), ("work", 0.5),
    ]  # fmt: skip
    assert [b.kind for b in set_blocks(2, 30, 0)] == ["work", "work"]
    assert len(set_blocks(1, 30)) == 1


@pytest.mark.parametrize(
    ("reps", "hold", "tempo", "seconds"),
    [(8, None, None, 32), (8, None, "3-1-3", 56), (None, 30, None, 30), (5, 10, "3-1-3", 50), (8, None, "slow", 32)],
)  # fmt: skip
def test_how_long_a_set_takes(reps: int | None, hold: int | None, tempo: str | None, seconds: float) -> None:
    assert set_seconds(reps, hold, tempo) == seconds
