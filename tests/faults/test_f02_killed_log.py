"""F2: kill -9 of the real `spinetrack log` at any moment of its run, the copy of the day included."""

from __future__ import annotations

import random
import time

from tests.conftest import Patient, evening
from tests.faults.machine import is_whole, notes, sizes, start

from spinetrack.store import backups
from spinetrack.store.backups import copies


@sizes(30, 100)
def test_a_log_killed_at_any_moment_is_wholly_there_or_not_at_all(patient: Patient, size: int) -> None:
    patient.run("log", 3)
    dice = random.Random(11)
    said = []
    longest = 0.2
    """Seconds after which a run is killed at the latest: it follows how busy the machine is."""
    for n in range(size):
        # Each is the first record of its day, so that it makes a copy after its answer.
        child = start(patient, "log", "4", "sit", "35", "walk", "20", "note", f"n{n}", now=evening(n + 1))
        time.sleep(dice.uniform(0.1, 1) * longest)
        child.kill()
        out, _ = child.communicate()
        longest *= 0.9 if out else 1.1
        if out.startswith("#"):
            said.append(f"n{n}")
    patient.now = evening(size + 1)
    found = notes(patient)
    assert set(said) <= set(found)
    assert len(said) > size // 8
    assert all(
        values == {"pain": 4, "sit": 35, "walk": 20} for note, values in found.items() if note != "None"
    )
    assert is_whole(patient.file)
    assert not (patient.home / "diary.db-journal").exists()
    made = copies(patient.home)
    assert made
    assert all(is_whole(copy.path) and backups.look_into(copy.path).entries for copy in made)
