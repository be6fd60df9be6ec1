"""What a report asks of the file beside its diary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.store.records import NOW, TODAY, add, entry, fresh_store, open_store

from spinetrack.recovery.diary import Answer, Entry, Observation, Screen
from spinetrack.store.asides import Asides, Begun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def on(back: int, *seen: Observation) -> Entry:
    at = NOW - timedelta(days=back)
    return Entry(at, at.date(), at, seen)


def every(_: str, days: Iterator[tuple[date, bool]]) -> list[tuple[date, bool]]:
    return list(days)


def first(_: str, days: Iterator[tuple[date, bool]]) -> date | None:
    return next((day for day, _ in days), None)


def test_before_the_first_write_there_is_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert store.asides(TODAY, TODAY) is None
    assert not list(tmp_path.iterdir())


def test_changed_entries_of_the_period_are_counted() -> None:
    with fresh_store() as store:
        for back in (0, 1, 9):
            add(store, entry(4, NOW - timedelta(days=back)))
        with store.write("edit") as writer:
            for known in store.diary().entries[:2]:
                writer.replace(known._replace(note="more"))
        found: Asides[None] | None = store.asides(TODAY - timedelta(days=5), TODAY)
        assert found is not None
        assert found.edited == 1


def test_the_latest_screen_comes_whole() -> None:
    with fresh_store() as store:
        for back in (700, 400):
            at = NOW - timedelta(days=back)
            add(store, Screen(at, at.date(), (Answer("CE1", "no"), Answer("MA3", "yes")), 3))
        found: Asides[None] | None = store.asides(TODAY, TODAY)
        assert found is not None
        assert found.last_screen is not None
        assert found.last_screen.day == TODAY - timedelta(days=400)
        assert len(found.last_screen.answers) == 2


def test_the_days_of_a_metric_come_in_order_with_what_ended_them() -> None:
    with fresh_store() as store:
        for back, bound in ((2, True), (9, False), (5, True)):
            add(store, on(back, Observation("sit", 20, at_least=bound), Observation("pain", 4)))
        add(store, on(5, Observation("sit", 10)))
        add(store, on(1, Observation("pain", 4)))
        found = store.asides(TODAY, TODAY, Begun({"sit": ()}, every))
    assert found is not None
    assert found.begun["sit"] == [
        (TODAY - timedelta(days=9), True), (TODAY - timedelta(days=5), True), (TODAY - timedelta(days=2), False),
    ]  # fmt: skip


def test_sites_can_stand_for_a_metric() -> None:
    with fresh_store() as store:
        add(store, on(9, Observation("site", 5, site="left-calf")))
        add(store, on(4, Observation("limb", 5)))
        add(store, on(12, Observation("site", 5, site="low-back")))
        found = store.asides(TODAY, TODAY, Begun({"limb": ("left-calf",), "pain": ()}, first))
    assert found is not None
    assert found.begun == {"limb": TODAY - timedelta(days=9), "pain": None}


def test_days_after_the_period_do_not_count() -> None:
    with fresh_store() as store:
        add(store, on(1, Observation("pain", 4)))
        found = store.asides(TODAY, TODAY - timedelta(days=5), Begun({"pain": ()}, first))
    assert found is not None
    assert found.begun == {"pain": None}
