"""Many records past the guard: in a process of its own, and here when there is none."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool

import pytest
from tests.builders import Patient as Built

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Entry
from spinetrack.store import guard
from spinetrack.store.guard import MANY, check_all


def entries(count: int) -> list[Entry]:
    built = Built()
    for n in range(count):
        built.log(n, pain=n % 11, note="a note")
    return [entry._replace(uuid="6f0c8e8e-0000-4000-8000-000000000000") for entry in built.entries]


def with_a_bad_one(count: int) -> list[Entry]:
    rows = entries(count)
    return [*rows[:-1], rows[-1]._replace(day="yesterday")]  # type: ignore[arg-type]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what the guard of this process was asked."""
    from spinetrack.store import forms

    asked: list[object] = []
    monkeypatch.setattr(forms, "check", asked.append)
    return asked


def test_many_pass_apart(here: list[object]) -> None:
    check_all(entries(MANY))
    assert not here


def test_few_pass_here(here: list[object]) -> None:
    rows = entries(MANY - 1)
    check_all(rows)
    assert here == rows


@pytest.mark.parametrize("count", [MANY - 1, MANY, 20 * MANY])
def test_one_bad_record_is_named_in_the_same_words(count: int) -> None:
    rows = with_a_bad_one(count)
    with pytest.raises(ValueRefusedError) as apart:
        check_all(rows)
    with pytest.raises(ValueRefusedError) as alone:
        check_all(rows[-1:])
    assert str(apart.value) == str(alone.value)
    assert "cannot be kept" in str(apart.value)


def test_a_bad_record_in_front_of_many_ends_it(here: list[object]) -> None:
    with pytest.raises(ValueRefusedError):
        check_all(with_a_bad_one(MANY)[::-1] + entries(20 * MANY))
    assert not here


@pytest.mark.parametrize("error", [OSError("no more processes"), BrokenProcessPool("it was killed")])
def test_where_no_other_process_helps_it_is_done_here(
    error: Exception, here: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_values: object) -> None:
        raise error

    monkeypatch.setattr(guard, "_check_apart", fail)
    rows = entries(MANY)
    check_all(rows)
    assert here == rows
