"""F15: the drill: everything written out, the diary gone, a copy brought back, every row compared."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

from tests.conftest import Patient
from tests.faults.machine import all_rows
from tests.store.records import EXAMPLES, add, make, open_store

from spinetrack.recovery import diary as d

NEW_IN_A_RESTORE = ("step", "sqlite_sequence")
"""Tables in which a restore counts on, so that no number is given twice."""
UNITED = "rescreen"
"""What was noted here since the copy, and stays."""


def written_out(home: Path) -> list[str]:
    out = io.StringIO()
    with open_store(home) as store:
        store.raw_export(out)
    return [
        line for line in out.getvalue().splitlines() if json.loads(line).get("table") not in NEW_IN_A_RESTORE
    ]


def test_the_drill(patient: Patient) -> None:
    with open_store(patient.home) as store:
        make(store)
        for value in EXAMPLES:
            add(store, value._replace(reason="gap") if isinstance(value, d.Trigger) else value)
        store.undo()
    rows, dump = all_rows(patient.file), written_out(patient.home)
    patient.run("backup", patient.folder / "stick")
    (copy,) = (patient.folder / "stick").glob("*.db")

    shutil.rmtree(patient.home)
    patient.run("restore", copy, "--yes")
    assert all_rows(patient.file) == rows
    assert patient.run("doctor", code=None).code == 0

    patient.run("log", 9)
    patient.run("restore", copy, "--yes")
    later = all_rows(patient.file)
    assert set(later.pop(UNITED)) > set(rows.pop(UNITED))
    assert {n: found for n, found in later.items() if n not in NEW_IN_A_RESTORE} == {
        n: found for n, found in rows.items() if n not in NEW_IN_A_RESTORE
    }
    assert set(written_out(patient.home)) > set(dump)
    assert (patient.file.stat().st_mode & 0o777, patient.home.stat().st_mode & 0o777) == (0o600, 0o700)
