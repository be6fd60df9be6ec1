"""Questionnaires as FHIR: the total as an Observation, the numbers typed as a QuestionnaireResponse.

No word of any form: items go by their number. A total alone has no QuestionnaireResponse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.exchange import fhir_codes as codes
from spinetrack.exchange.fhir_codes import ITEM_CODES, PANELS, SURVEY, Json, concept, local, loinc, quantity
from spinetrack.recovery.instruments import INSTRUMENTS
from spinetrack.recovery.scoring import scored_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.fhir_subject import Subject
    from spinetrack.recovery.diary import Diary, Score
    from spinetrack.recovery.instruments import Instrument
    from spinetrack.recovery.scoring import Scored

SCORE = "{score}"


def scores(diary: Diary, subject: Subject) -> Iterator[Json]:
    """Yield the resources of every questionnaire, oldest first."""
    for score in diary.scores:
        instrument = INSTRUMENTS.get(score.instrument)
        if score.items:
            yield _response(score, subject)
        total = _total(score, instrument, subject)
        if instrument is not None and instrument.loinc in PANELS:
            yield _panel(score, instrument, subject)
        yield total


def _response(score: Score, subject: Subject) -> Json:
    name = codes.code_word(score.instrument).replace(" ", "-")
    found: Json = {
        "resourceType": "QuestionnaireResponse",
        "id": subject.id_of("response", score),
        "questionnaire": f"{codes.QUESTIONNAIRE}{name}",
        "status": "completed",
        "subject": codes.link(subject.patient_id),
        "authored": codes.moment(score.at),
        "item": [_item(number, answer) for number, answer in enumerate(score.items, 1)],
    }
    if subject.reports:
        found["source"] = codes.link(subject.patient_id)
    return found


def _item(number: int, answer: int | None) -> Json:
    """Return one item; a skipped one has no answer."""
    answered = {} if answer is None else {"answer": [{"valueInteger": answer}]}
    return {"linkId": str(number), **answered}


def _total(score: Score, instrument: Instrument | None, subject: Subject) -> Json:
    key = score.instrument
    name = f"{instrument.name if instrument else key} total"
    code = instrument.loinc if instrument and instrument.loinc not in PANELS else None
    found = subject.observation(
        "score",
        score,
        concept(name, *loinc(code), local(f"{key}-total", name)),
        score.at,
        category=SURVEY,
        valueQuantity=quantity(score.total, SCORE),
    )
    scored = scored_of(score, instrument) if instrument else None
    if scored and scored.band:
        found["interpretation"] = [concept(scored.band)]
    parts = list(_parts(score, scored))
    if parts:
        found["component"] = parts
    if score.items:
        found["derivedFrom"] = [subject.link_of("response", score)]
    if score.version:
        found["method"] = concept(f"Version of the form: {score.version}")
    return found


def _parts(score: Score, scored: Scored | None) -> Iterator[Json]:
    """Yield the patient's own activities, the items that have a code, and the parts of the form."""
    for label, item in zip(score.labels, score.items, strict=False):
        if item is not None:
            code = concept(label, local("psfs-activity", "Activity"))
            yield {"code": code, "valueQuantity": quantity(item, SCORE)}
    numbered = enumerate(zip(ITEM_CODES.get(score.instrument, ()), score.items, strict=False), 1)
    for number, (code_of_item, item) in numbered:
        if item is not None:
            name = f"Item {number}"
            code = concept(name, *loinc(code_of_item), local(f"{score.instrument}-item-{number}", name))
            yield {"code": code, "valueQuantity": quantity(item, SCORE)}
    for piece, total, *_ in scored.parts if scored else ():
        own_form = INSTRUMENTS.get(piece.key)
        standard = loinc(own_form.loinc if own_form else None)
        code = concept(piece.name, *standard, local(f"{score.instrument}-{piece.key}", piece.name))
        yield {"code": code, "valueQuantity": quantity(total, SCORE)}


def _panel(score: Score, instrument: Instrument, subject: Subject) -> Json:
    """Return the Observation of a whole form, whose member is the total."""
    return subject.observation(
        "panel",
        score,
        concept(instrument.name, *loinc(instrument.loinc)),
        score.at,
        category=SURVEY,
        hasMember=[subject.link_of("score", score)],
    )
