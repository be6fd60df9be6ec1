"""A file whose check sum fits and whose words do not: whatever it says, reading it is no fault of ours.

One field after the other is given a value of its own type that no diary of ours would hold: an unknown
word, a day of another century, a number without measure. What is read is drawn in every form.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from tests.store.records import fill_all, fresh_store

from spinetrack.cli.review_read import report_of
from spinetrack.errors import SpinetrackError
from spinetrack.exchange.bundle import FULL, write_bundle
from spinetrack.exchange.bundle_diary import Handed, read_for_need, read_handed
from spinetrack.exchange.csv_daily import write_csv_daily
from spinetrack.exchange.csv_long import write_csv_long
from spinetrack.exchange.fhir import write_fhir
from spinetrack.exchange.files import Unsealed
from spinetrack.recovery.assess import assess
from spinetrack.recovery.caseload import lately, standing
from spinetrack.recovery.redact import redact
from spinetrack.report.html import write_html
from spinetrack.report.markdown import write_markdown
from spinetrack.report.text import write_text
from spinetrack.store.records import records_in
from spinetrack.store.rows import new_uuid

Json = Any

NOW = datetime(2026, 3, 2, 21, tzinfo=UTC)
TODAY = NOW.date()
TEXTS = (
    "", "zzz", "-", "=1", "\n", "\u202e", "x" * 5000, "PR-1", "gate:xx", "2026-13-40", "sit", "pain", "limb", "yes",
    "no", "none", "CE1", "OT2", "low-back", "odi", "peg", "epidural", "surgery", "physio", "0", "nan", "\U0001f600",
)  # fmt: skip
NUMBERS = (0, -1, 1, 2, 4, 10, 11, 1e-300, 1e300, -1e300, 2**52, 0.5, 999_999)
DAYS = ("1900-01-01", "2200-12-31", "2026-03-02", "2026-03-03", "2026-02-20", "2000-02-29")
MOMENTS = ("1900-01-01T00:00:00+14:00", "2200-12-31T23:59:59-12:00", "2026-03-02T19:00:00+00:00")


@pytest.fixture(scope="module")
def honest() -> list[Json]:
    """The header and the records of a diary with one of everything."""
    store = fresh_store()
    fill_all(store)
    raw = b"".join(write_bundle(records_in(store), kind=FULL, patient=store.patient() or ""))
    return [json.loads(line) for line in raw.splitlines()]


def is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"


def is_moment(text: str) -> bool:
    return len(text) >= 19 and text[10] == "T"


def changed(value: Json, dice: Random) -> Json:  # noqa: PLR0911 - one a type
    """Return a value of the same type that says something else."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return dice.choice(NUMBERS)
    if isinstance(value, str):
        if len(value) == 36:
            return value
        return dice.choice(DAYS if is_day(value) else MOMENTS if is_moment(value) else TEXTS)
    if isinstance(value, list) and value:
        place = dice.randrange(len(value))
        inner = [changed(value[place], dice), value[place]][: dice.randrange(3)]
        return [*value[:place], *inner, *value[place + 1 :]]
    if isinstance(value, dict) and value:
        key = dice.choice(sorted(value))
        return {**value, key: changed(value[key], dice)}
    return value


def lie(honest: list[Json], dice: Random) -> Unsealed:
    """Return a bundle in which one record of some kinds says something else, under a header that fits."""
    head, *records = honest
    found = list(records)
    for _ in range(dice.choice((1, 1, 2, 6))):
        kind = dice.choice(sorted({record["kind"] for record in records if "data" in record}))
        place = dice.choice([n for n, record in enumerate(found) if record["kind"] == kind])
        found[place] = {**found[place], "data": changed(found[place]["data"], dice)}
    rest = b"".join(json.dumps(r, sort_keys=True, separators=(",", ":")).encode() + b"\n" for r in found)
    header = {**head, "sha256": sha256(rest).hexdigest()}
    return Unsealed("lie.ndjson", json.dumps(header).encode() + b"\n" + rest)


def drawn(handed: Handed) -> None:
    """Draw a file in every form that a reader or the patient may ask for."""
    diary = handed.diary
    found = standing(diary, NOW, TODAY)
    assert found is not None
    made = report_of(handed, found, NOW, TODAY)
    for write in (write_html, write_markdown, write_text):
        assert write(made)
    assert write_text(made, plain=True)
    assert write_csv_long(diary)
    assert write_csv_daily(diary)
    assert write_fhir(diary, assess(diary, NOW, TODAY), patient_key="key")
    gone = redact(diary, new_uuid)
    assert write_fhir(gone, assess(gone, NOW, date(2000, 6, 1)), patient_key="key", shifted=True)


def look(honest: list[Json], seeds: range) -> int:
    """Read one lie a seed; return how many of them could be read."""
    read = 0
    for seed in seeds:
        file = lie(honest, Random(seed))
        try:
            handed = read_handed(file)
        except SpinetrackError:
            continue
        read += 1
        drawn(handed)
        light = read_for_need(file, lately(TODAY)).diary
        assert standing(light, NOW, TODAY) == standing(handed.diary, NOW, TODAY)
    return read


def test_no_lie_of_a_file_is_a_fault(honest: list[Json]) -> None:
    assert look(honest, range(60)) > 20


@pytest.mark.slow
def test_no_lie_of_a_file_is_a_fault_for_long(honest: list[Json]) -> None:
    assert look(honest, range(1000, 3000)) > 500
