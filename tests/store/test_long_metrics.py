"""The rules come to the same with the whole diary and with what is read for them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from spinetrack.cli.record import for_the_rules
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Entry, Observation, Quota, Treatment
from spinetrack.recovery.injections import fading
from spinetrack.recovery.metrics import METRICS
from spinetrack.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 3, 30)
NOW = datetime(2026, 3, 30, 20, tzinfo=UTC)


def test_less_is_read_and_nothing_else_is_concluded(tmp_path: Path) -> None:
    dice = random.Random(7)
    with Store(tmp_path, lambda: NOW) as store:
        with store.write("fill") as writer:
            writer.add(Quota("sit", NOW - timedelta(days=150), TODAY - timedelta(days=150), 30, "physio"))
            for n in range(170, -1, -1):
                day = TODAY - timedelta(days=n)
                at = NOW - timedelta(days=n, hours=1)
                values = [
                    Observation(m.key, dice.randint(0, 10)) for m in METRICS.values() if dice.random() < 0.6
                ]
                values.append(Observation("site", dice.randint(1, 9), "left-calf"))
                writer.add(Entry(at, day, at, tuple(values), flare=dice.random() < 0.03 or None))
        whole = store.diary(TODAY - timedelta(days=180), TODAY)
        light = for_the_rules(store, TODAY)
    seen = [sum(len(e.observations) for e in diary.entries) for diary in (whole, light)]
    assert seen[1] < 0.8 * seen[0]
    one, two = assess(whole, NOW, TODAY), assess(light, NOW, TODAY)
    assert one.flares
    assert one[:8] == two[:8]


def test_the_pain_before_an_ablation_of_a_year_ago_is_still_known(tmp_path: Path) -> None:
    """Its relief lasts 6 to 12 months, and the rules read 180 days."""
    start = TODAY - timedelta(days=330)
    with Store(tmp_path, lambda: NOW) as store:
        with store.write("fill") as writer:
            writer.add(Treatment("ablation", "ablation", start, NOW - timedelta(days=330), start))
            for n in range(350, -1, -1):
                day, at = TODAY - timedelta(days=n), NOW - timedelta(days=n, hours=1)
                pain = 7 if n > 330 else 6 if n < 26 else 3
                writer.add(Entry(at - timedelta(hours=9), day, at, (Observation("pain", 1),)))
                writer.add(
                    Entry(at, day, at, (Observation("pain", pain), Observation("site", 9, "low-back")))
                )
        light, whole = for_the_rules(store, TODAY), store.diary()
        recent = store.diary(TODAY - timedelta(days=349), TODAY)
    assert (light.pain_before, recent.pain_before, whole.pain_before) == (7, None, None)
    found, known = (fading(assess(diary, NOW, TODAY).facts, diary.treatments[0]) for diary in (light, whole))
    assert found is not None
    assert found == known
    assert found.before == 7
