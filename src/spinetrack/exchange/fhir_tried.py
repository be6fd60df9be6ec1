"""What was tried as FHIR: treatments, medicines, side effects and the diary of a diagnostic block.

Names are the patient's own words: no drug or procedure code is guessed from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.exchange.fhir_codes import (
    STATEMENT,
    SURVEY,
    Json,
    code_word,
    concept,
    link,
    local,
    moment,
    notes,
    own,
    part,
    quantity,
    text_of,
    words,
)
from spinetrack.exchange.fhir_subject import last_day_of, person_of
from spinetrack.recovery.treatments import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from spinetrack.exchange.fhir_subject import Subject
    from spinetrack.recovery.diary import Block, BlockReading, Diary, Intake, Medicine, SideEffect, Treatment
    from spinetrack.recovery.diary import TreatmentSession as Visit

SCORE: Final = "{score}"


# -- treatments ------------------------------------------------------------------------------------


def treatments(diary: Diary, subject: Subject) -> Iterator[Json]:
    """Yield each treatment as a Procedure, then each session of a course as a part of it."""
    by_id = {treatment.id: treatment for treatment in diary.treatments}
    for treatment in diary.treatments:
        yield _treatment(treatment, diary, subject)
    for session in diary.treatment_sessions:
        yield _treatment_session(session, by_id[session.treatment_id], subject)


def _treatment(treatment: Treatment, diary: Diary, subject: Subject) -> Json:
    end = last_day_of(treatment)
    found: Json = {
        "resourceType": "Procedure",
        "id": subject.id_of("treatment", treatment),
        "status": _status(treatment, end, subject.today),
        "code": _treatment_code(treatment),
        "subject": link(subject.patient_id),
        **_when(treatment.start, end),
        **notes(
            treatment.dose,
            f"Sessions planned: {treatment.planned}" if treatment.planned else None,
            treatment.note,
        ),
    }
    person = words(person_of(diary.people, treatment.person_id))
    if person:
        found["performer"] = [{"actor": {"display": person}}]
    for field, text in (("statusReason", treatment.stopped), ("outcome", treatment.result)):
        if words(text):
            found[field] = concept(text)
    if words(treatment.region):
        found["bodySite"] = [concept(treatment.region)]
    return found


def _treatment_code(treatment: Treatment) -> Json:
    """Return the kind as a code of this program; the text has the patient's own name beside it."""
    kind = KINDS.get(treatment.kind)
    label = kind.label if kind else treatment.kind
    name = words(treatment.name)
    own_name = f": {name}" if name and name.casefold() not in {label.casefold(), treatment.kind} else ""
    return concept(f"{label}{own_name}", local(f"treatment-{treatment.kind}", kind.label if kind else ""))


def _status(treatment: Treatment, end: date | None, today: date) -> str:
    """Return the state of a treatment. A course that was left is stopped, never failed."""
    if treatment.start > today:
        return "preparation"
    if end is None or end > today:
        return "in-progress"
    return "stopped" if words(treatment.stopped) else "completed"


def _when(start: date, end: date | None) -> Json:
    if start == end:
        return {"performedDateTime": start.isoformat()}
    last = {"end": end.isoformat()} if end and end > start else {}
    return {"performedPeriod": {"start": start.isoformat(), **last}}


def _treatment_session(session: Visit, treatment: Treatment, subject: Subject) -> Json:
    return {
        "resourceType": "Procedure",
        "id": subject.id_of("treatment-session", session),
        "status": "completed",
        "partOf": [subject.link_of("treatment", treatment)],
        "code": _treatment_code(treatment),
        "subject": link(subject.patient_id),
        "performedDateTime": moment(session.at),
        **notes(session.dose, session.note),
    }


# -- medicines -------------------------------------------------------------------------------------


def medicines(diary: Diary, subject: Subject) -> Iterator[Json]:
    """Yield each medicine as a MedicationStatement, each intake as one that is part of it."""
    by_id = {medicine.id: medicine for medicine in diary.medicines}
    treated = {treatment.id: treatment for treatment in diary.treatments}
    for medicine in diary.medicines:
        if medicine.contains:
            yield _medication(medicine, subject)
        yield _medicine(medicine, diary, subject)
    for intake in diary.intakes:
        yield _intake(intake, by_id[intake.medicine_id], subject)
    for effect in diary.side_effects:
        yield _side_effect(effect, by_id, treated, subject)


def _medication(medicine: Medicine, subject: Subject) -> Json:
    """Return what one intake of a medicine holds."""
    dose = quantity(1, "{dose}")
    return {
        "resourceType": "Medication",
        "id": subject.id_of("medication", medicine),
        "code": concept(code_word(medicine.name)),
        "ingredient": [
            {
                "itemCodeableConcept": concept(code_word(name)),
                "strength": {"numerator": quantity(milligrams, "mg"), "denominator": dose},
            }
            for name, milligrams in medicine.contains
        ],
    }


def _named(medicine: Medicine, subject: Subject) -> Json:
    if medicine.contains:
        return {"medicationReference": subject.link_of("medication", medicine)}
    return {"medicationCodeableConcept": concept(code_word(medicine.name))}


def _statement(subject: Subject) -> Json:
    patient = link(subject.patient_id)
    found: Json = {"resourceType": "MedicationStatement", "subject": patient}
    if subject.reports:
        found["category"] = concept("", {"system": STATEMENT, "code": "patientspecified"})
        found["informationSource"] = patient
    return found


def _medicine(medicine: Medicine, diary: Diary, subject: Subject) -> Json:
    until = medicine.until
    over = until is not None and until < subject.today
    status = "intended" if medicine.since > subject.today else "completed" if over else "active"
    ends = {"end": until.isoformat()} if until and until >= medicine.since else {}
    found: Json = {
        **_statement(subject),
        "id": subject.id_of("medicine", medicine),
        "status": status,
        **_named(medicine, subject),
        "effectivePeriod": {"start": medicine.since.isoformat(), **ends},
        "dateAsserted": moment(medicine.at),
        **notes(_bought(medicine), _asked_for(medicine, diary), medicine.note),
    }
    dose = _dosage(medicine)
    found.update({"dosage": [dose]} if dose else {})
    found.update({"reasonCode": [concept(medicine.reason)]} if words(medicine.reason) else {})
    return found


def _dosage(medicine: Medicine) -> Json:
    """Return one dose as the patient says it, with its milligrams where they are known."""
    found = text_of("text", medicine.dose)
    if medicine.milligrams:
        found["doseAndRate"] = [{"doseQuantity": quantity(medicine.milligrams, "mg")}]
    return found


def _bought(medicine: Medicine) -> str | None:
    return {True: "Bought by the patient.", False: "Given by a doctor."}.get(medicine.bought)  # type: ignore[arg-type]


def _asked_for(medicine: Medicine, diary: Diary) -> str | None:
    person = person_of(diary.people, medicine.person_id)
    return f"By {person}." if person else None


def _intake(intake: Intake, medicine: Medicine, subject: Subject) -> Json:
    """Return one intake; where the hour was not said, only its day."""
    when = moment(intake.at) if intake.time_known else intake.day.isoformat()
    return {
        **_statement(subject),
        "id": subject.id_of("intake", intake),
        "status": "completed",
        "partOf": [subject.link_of("medicine", medicine)],
        **_named(medicine, subject),
        "effectiveDateTime": when,
        "dateAsserted": moment(intake.recorded_at),
        "dosage": [{"doseAndRate": [{"doseQuantity": quantity(intake.times, "{dose}")}]}],
        **notes(intake.note),
    }


def _side_effect(
    effect: SideEffect,
    medicines_by_id: Mapping[int, Medicine],
    treatments_by_id: Mapping[int, Treatment],
    subject: Subject,
) -> Json:
    found = subject.observation(
        "side-effect",
        effect,
        own("side-effect", "Something unwanted the patient noticed"),
        effect.at,
        category=SURVEY,
        valueString=code_word(effect.text),
    )
    of: list[Json] = []
    medicine = medicines_by_id.get(effect.medicine_id or 0)
    treatment = treatments_by_id.get(effect.treatment_id or 0)
    of += [subject.link_of("medicine", medicine)] if medicine else []
    of += [subject.link_of("treatment", treatment)] if treatment else []
    return {**found, "partOf": of} if of else found


# -- the diary of a diagnostic block ----------------------------------------------------------------


def blocks(diary: Diary, subject: Subject) -> Iterator[Json]:
    """Yield the pain before each block and after it, with what was done in between."""
    by_id = {block.id: block for block in diary.blocks}
    treated = {treatment.id: treatment for treatment in diary.treatments}
    for block in diary.blocks:
        yield _block(block, treated.get(block.treatment_id or 0), subject)
    for reading in diary.block_readings:
        yield _reading(reading, by_id[reading.block_id], subject)


def _block(block: Block, treatment: Treatment | None, subject: Subject) -> Json:
    of = {"partOf": [subject.link_of("treatment", treatment)]} if treatment else {}
    return subject.observation(
        "block",
        block,
        own("block-before", "Pain before a nerve block, 0 to 10"),
        block.at,
        category=SURVEY,
        valueQuantity=quantity(block.base, SCORE),
        **notes(block.name),
        **of,
    )


def _reading(reading: BlockReading, block: Block, subject: Subject) -> Json:
    parts = list(_reading_parts(reading))
    return subject.observation(
        "block-reading",
        reading,
        own("block-after", "Pain after a nerve block, 0 to 10"),
        reading.at,
        category=SURVEY,
        valueQuantity=quantity(reading.pain, SCORE),
        derivedFrom=[subject.link_of("block", block)],
        **({"component": parts} if parts else {}),
    )


def _reading_parts(reading: BlockReading) -> Iterator[Json]:
    if words(reading.doing):
        yield part("block-doing", "What was done before it", valueString=words(reading.doing))
    if reading.provoked:
        yield part("block-provoked", "A movement that usually hurts", valueBoolean=True)
    if reading.stated is not None:
        stated = quantity(reading.stated, "%")
        yield part("block-stated-relief", "Relief as the patient puts it", valueQuantity=stated)
    if reading.confound:
        came = own(f"confound-{reading.confound}", reading.confound)
        yield part("block-confound", "What came between", valueCodeableConcept=came)
