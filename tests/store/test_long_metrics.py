"""The rules come to the same with the whole diary and with what is read for them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from spinetrack.cli.record import for_the_rules
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Entry, Observation, Quota
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
