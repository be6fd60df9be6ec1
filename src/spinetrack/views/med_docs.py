"""The JSON documents of medicines, intakes and side effects."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.medicine_sums import Taken
from spinetrack.recovery.medicines import assumed, ingredients_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.json_docs import Document, document, number, suggestion_doc
from spinetrack.views.med_page import FORTNIGHT, plain_classes, plain_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Intake, Medicine, SideEffect
    from spinetrack.recovery.findings import Suggestion


def meds_doc(diary: Diary, medicines: Iterable[Medicine], today: date) -> Document:
    """Return what `med list --json` prints."""
    return document(medicines=[med_doc(diary, m, today) for m in medicines])


def med_doc(diary: Diary, medicine: Medicine, today: date) -> Document:
    """Return one medicine; `assumed` names the keys that hold what the table says, not the patient."""
    put_in = assumed(medicine)
    since = today - timedelta(days=FORTNIGHT - 1)
    days = {i.day for i in diary.intakes if i.medicine_id == medicine.id and since <= i.day <= today}
    filled = (("class", put_in.classes), ("contains", put_in.contains), ("tags", put_in.tags))
    return {
        "id": medicine.id,
        "uuid": medicine.uuid,
        "name": medicine.name,
        "dose": medicine.dose,
        "class": plain_classes(medicine),
        "contains": [{"ingredient": name, "mg": number(mg)} for name, mg in ingredients_of(medicine).items()],
        "bought": medicine.bought,
        "tags": plain_tags(medicine),
        "assumed": [key for key, found in filled if found],
        "for": medicine.reason,
        "by": next((p.name for p in diary.people if p.id == medicine.person_id), None),
        "since": medicine.since.isoformat(),
        "until": medicine.until.isoformat() if medicine.until else None,
        "note": medicine.note,
        "days_taken": len(days),
    }


def one_med_doc(diary: Diary, medicine: Medicine, today: date) -> Document:
    """Return what `med add --json` prints."""
    return document(medicine=med_doc(diary, medicine, today))


def intake_doc(intake: Intake, medicine: Medicine) -> Document:
    """Return one intake with what it holds."""
    return {
        "id": intake.id,
        "uuid": intake.uuid,
        "medicine": {"id": medicine.id, "name": medicine.name},
        "day": intake.day.isoformat(),
        "at": intake.at.isoformat() if intake.time_known else None,
        "times": number(intake.times),
        "contains": [
            {"ingredient": name, "mg": number(mg)} for name, mg in Taken(intake, medicine).holds.items()
        ],
        "on_purpose": intake.on_purpose,
        "note": intake.note,
    }


def took_doc(intake: Intake, medicine: Medicine, suggestions: Iterable[Suggestion]) -> Document:
    """Return what `med take --json` prints: the intake, and what the rules of safety say."""
    return document(intake=intake_doc(intake, medicine), suggestions=[suggestion_doc(s) for s in suggestions])


def taken_doc(rows: Sequence[tuple[Intake, Medicine]]) -> Document:
    """Return what `med taken --json` prints, oldest first."""
    return document(intakes=[intake_doc(i, m) for i, m in rows])


def effects_doc(effects: Iterable[SideEffect], medicines: Iterable[Medicine]) -> Document:
    """Return what `side-effect list --json` prints, oldest first."""
    names = {m.id: m.name for m in medicines}
    return document(
        side_effects=[
            {
                "id": e.id,
                "uuid": e.uuid,
                "day": e.day.isoformat(),
                "text": e.text,
                "medicine": names.get(e.medicine_id) if e.medicine_id is not None else None,
            }
            for e in effects
        ]
    )
