"""F11: copies made while another program writes."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Patient
from tests.faults.machine import check, sizes, writer

from spinetrack.store import backups


@sizes(8, 25)
def test_every_copy_made_during_writes_is_good_and_comes_back(in_memory: Path, size: int) -> None:
    patient = Patient(in_memory)
    first = writer(patient.home, 3)
    said = [int(line) for line in first.communicate()[0].split()]
    busy = writer(patient.home, 0)
    assert busy.stdout
    held, made = [], []
    try:
        for _ in range(size):
            number = int(busy.stdout.readline())  # Acknowledged before the copy: it must be in it.
            file = Path(patient.run("backup", patient.folder / "stick", "--json").json["backup"]["file"])
            held.append(number)
            made.append(file)
    finally:
        busy.kill()
        busy.communicate()
    last = check(patient.file)
    for number, file in zip(held, made, strict=True):
        found = check(file)
        assert {*said, number} <= found <= last
        assert backups.is_as_made(file)
    assert len({len(check(file)) for file in made}) > size // 2, "the diary did not grow meanwhile"
    patient.run("restore", made[0], "--yes")
    assert len(patient.run("history", "--since", "all", "--json").json["entries"]) == len(check(made[0]))
