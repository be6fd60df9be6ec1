"""How records of treatments, medicines, blocks, people and files lie in their tables."""

from __future__ import annotations

from typing import Final, cast

from spinetrack.recovery import tried as t
from spinetrack.store.rows import Table, describe

PERSON: Final = describe(t.Person, "person")
TREATMENT: Final = describe(t.Treatment, "treatment")
TREATMENT_SESSION: Final = describe(t.TreatmentSession, "treatment_session", "session")
MEDICINE: Final = describe(t.Medicine, "medicine")
INTAKE: Final = describe(t.Intake, "intake")
SIDE_EFFECT: Final = describe(t.SideEffect, "side_effect", "side effect")
BLOCK: Final = describe(t.Block, "block")
BLOCK_READING: Final = describe(t.BlockReading, "block_reading", "reading")
VISIT: Final = describe(t.Visit, "visit")
HANDOVER: Final = describe(t.Handover, "handover", "hand-over")
IMPORT_RUN: Final = describe(t.ImportRun, "import_run", "import")

BY_KIND: Final = {
    table.make: table
    for table in cast(
        "tuple[Table[object], ...]",
        (
            PERSON, TREATMENT, TREATMENT_SESSION, MEDICINE, INTAKE, SIDE_EFFECT, BLOCK, BLOCK_READING,
            VISIT, HANDOVER, IMPORT_RUN,
        ),
    )
}  # fmt: skip
"""Kind of record to its description."""
