"""A diary as a FHIR R4 Bundle: a collection of resources for another program.

Plain dictionaries, no library. The Bundle is of type `collection`: a tracker cannot fill what the
International Patient Summary asks for. Ids are made from each record's own uuid, so a second export
replaces the first. It is not lossless: the bundle of `spinetrack export` is.
Source of the codes: clinical.md 12; of the conventions: ecosystem.md 3.2.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Final

from spinetrack.exchange import fhir_goals, fhir_plan, fhir_scores, fhir_signs, fhir_tried
from spinetrack.exchange.fhir_codes import LOCAL, SHIFTED, Json, moment
from spinetrack.exchange.fhir_observations import Observer
from spinetrack.exchange.fhir_subject import Period, Subject, subject_of, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment

ALL: Period = (None, None)
HEAD: Final = b'{"entry":[\n'
"""The first line; then each line is one entry, and the last one is the rest of the Bundle."""
TAG: Json = {
    "system": LOCAL,
    "code": SHIFTED,
    "display": "Redacted: days are shifted, day 1 is 2000-01-03",
}


def write_fhir(
    diary: Diary, assessment: Assessment, *, patient_key: str, period: Period = ALL, shifted: bool = False
) -> bytes:
    """Return a diary as a FHIR R4 Bundle in JSON, one resource a line, the same for the same diary.

    Args:
        diary: What was recorded.
        assessment: What it says on the day of the export: the plan and the goals are taken from it.
        patient_key: Says whose diary it is; only ids are made from it, it stands nowhere.
        period: The first and the last day, both included; None is without an end.
        shifted: The diary was redacted: its day 1 is 2000-01-03. Every resource is tagged so, and no
            moment of the export is given.

    """
    pieces = fhir_pieces(diary, assessment, patient_key=patient_key, period=period, shifted=shifted)
    return b"".join(pieces)


def fhir_pieces(
    diary: Diary, assessment: Assessment, *, patient_key: str, period: Period = ALL, shifted: bool = False
) -> Iterator[bytes]:
    """Yield what `write_fhir` returns line by line, for large diaries. Arguments as there."""
    subject = subject_of(diary, assessment, patient_key)
    meta = {"meta": {"tag": [TAG]}} if shifted else {}
    yield HEAD
    for number, found in enumerate(resources(diary, assessment, subject, period)):
        entry = {"fullUrl": f"urn:uuid:{found['id']}", "resource": {**found, **meta}}
        yield f"{',' if number else ''}{_text(entry)}\n".encode()
    rest: Json = {"id": subject.own_id("bundle"), **meta, "resourceType": "Bundle", "type": "collection"}
    if not shifted:
        rest["timestamp"] = moment(assessment.now)
    yield f"],{_text(rest)[1:]}\n".encode()


def resources(diary: Diary, assessment: Assessment, subject: Subject, period: Period = ALL) -> Iterator[Json]:
    """Yield the resources of a diary: the patient, then what belongs together beside each other."""
    chosen = within(diary, period, assessment.today)
    return chain(
        [{"resourceType": "Patient", "id": subject.patient_id}],
        fhir_signs.screens(chosen, subject),
        fhir_plan.plan(chosen, assessment, subject),
        fhir_goals.goals(chosen, assessment, subject),
        fhir_scores.scores(chosen, subject),
        fhir_tried.treatments(chosen, subject),
        fhir_tried.medicines(chosen, subject),
        fhir_tried.blocks(chosen, subject),
        fhir_signs.flares(diary, assessment, subject, period),
        Observer(chosen, subject).read(chosen),
    )


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
