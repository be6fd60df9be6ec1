"""Flares and warning-sign screens as FHIR Observations.

A flare is a conclusion from the diary and has no standard code: it is no Condition, for nobody found a
disease. What a patient answered in a screen is kept as it was given; the tier is the program's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spinetrack.exchange.fhir_codes import (
    SURVEY,
    Json,
    concept,
    local,
    notes,
    own,
    part,
    quantity,
    words,
)
from spinetrack.recovery.facts import Facts
from spinetrack.recovery.flares import finish
from spinetrack.recovery.redflag_items import ITEMS, PRIVATE
from spinetrack.recovery.redflags import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.fhir_subject import Period, Subject
    from spinetrack.recovery.diary import Answer, Diary, FlareMark, Outcome, Screen
    from spinetrack.recovery.findings import Assessment, Flare

TIERS: Final = {
    None: "No warning sign reported",
    1: "Emergency",
    2: "Same day",
    3: "Within a week",
    4: "Mention at the next visit",
}
OUTCOMES: Final = {
    "seen": "Seen",
    "mistake": "Entered by mistake",
    "gone": "Passed, nobody saw it",
    "booked": "Booked",
    "old": "Old and known",
    "note": "Note",
}


def flares(diary: Diary, assessment: Assessment, subject: Subject, period: Period) -> Iterator[Json]:
    """Yield the flares of a period, oldest first; a running one is preliminary."""
    first, last = period
    for flare in found_flares(diary, assessment):
        after_all = last is not None and flare.start > last
        if after_all or (first is not None and flare.closed and flare.last_active < first):
            continue
        end = None if flare.closed is None else flare.last_active
        marks = [m for m in diary.marks if flare.start <= m.day <= (flare.closed or subject.today)]
        days: Json = {"start": flare.start.isoformat(), **({"end": end.isoformat()} if end else {})}
        yield {
            **subject.derived,
            "id": subject.own_id(f"flare/{flare.start.isoformat()}"),
            "status": "final" if end else "preliminary",
            "category": SURVEY,
            "code": own("flare", "Flare: days of more pain than usual, worked out from the diary"),
            "effectivePeriod": days,
            "valueQuantity": quantity(flare.length, "d"),
            "component": list(_flare_parts(flare, marks)),
        }


def found_flares(diary: Diary, assessment: Assessment) -> Iterator[Flare]:
    """Yield all flares of a diary, also of years back, oldest first.

    A closed flare is read as of the day it closed: what the load did later is not wanted here, and
    costs more the older a flare is.
    """
    facts = Facts(diary, assessment.now, assessment.today)
    for one in facts.flare_reader.found:
        yield finish(facts.flare_reader, one, one.closed or assessment.today, lambda _: False)


def _flare_parts(flare: Flare, marks: list[FlareMark]) -> Iterator[Json]:
    how = f"flare-{flare.how.replace(' ', '-')}"
    yield part("flare-how", "How it was recognised", valueCodeableConcept=own(how, flare.how))
    for code, name, value in (
        ("flare-peak", "Highest pain of a day", flare.peak),
        ("flare-reference", "Usual pain before it", flare.reference),
    ):
        if value is not None:
            yield part(code, name, valueQuantity=quantity(value, "{score}"))
    for code, name, texts in (
        ("flare-trigger", "What set it off, in the patient's words", [m.triggers for m in marks]),
        ("flare-helped", "What helped, in the patient's words", [m.helped for m in marks]),
    ):
        for text in filter(None, map(words, texts)):
            yield part(code, name, valueString=text)


def screens(diary: Diary, subject: Subject) -> Iterator[Json]:
    """Yield the screens with their answers, each with the outcomes that came of it.

    What only the patient may show is in its tier and is not named.
    """
    for screen in diary.screens:
        yield _screen(screen, diary, subject)
        for outcome in screen.outcomes:
            yield _outcome(outcome, screen, subject)


def _screen(screen: Screen, diary: Diary, subject: Subject) -> Json:
    parts = [p for answer in screen.answers if answer.item not in PRIVATE for p in _answer(answer)]
    if screen.tier is not None:
        still = is_open(screen, diary.screens)
        parts.append(part("sign-open", "Not closed by an outcome yet", valueBoolean=still))
    tier = f"tier-{screen.tier}" if screen.tier else "no-sign"
    return subject.observation(
        "screen",
        screen,
        own("warning-sign-screen", "Warning-sign questions answered by the patient"),
        screen.at,
        category=SURVEY,
        valueCodeableConcept=own(tier, TIERS.get(screen.tier, tier)),
        **({"component": parts} if parts else {}),
    )


def _answer(answer: Answer) -> Iterator[Json]:
    item = ITEMS.get(answer.item)
    name = item.short if item else answer.item
    said = own(f"answer-{answer.answer}", answer.answer)
    yield {"code": own(f"sign-{answer.item}", name), "valueCodeableConcept": said}
    if answer.sign:
        follow = (item.follow if item else "") or "Second question"
        yield {"code": own(f"sign-{answer.item}-more", follow), "valueBoolean": answer.sign == "+"}


def _outcome(outcome: Outcome, screen: Screen, subject: Subject) -> Json:
    name = OUTCOMES.get(outcome.kind, outcome.kind)
    found = subject.observation(
        "outcome",
        outcome,
        concept("What came of it", local("warning-sign-outcome", "What came of a warning sign")),
        outcome.at,
        category=SURVEY,
        derivedFrom=[subject.link_of("screen", screen)],
        valueCodeableConcept=own(f"outcome-{outcome.kind}", name),
        **notes(outcome.text),
    )
    parts = []
    if words(outcome.by):
        parts.append(part("seen-by", "Who saw the patient", valueString=words(outcome.by)))
    if outcome.item in ITEMS and outcome.item not in PRIVATE:
        item = own(f"sign-{outcome.item}", ITEMS[outcome.item].short)
        parts.append(part("outcome-of", "The sign meant", valueCodeableConcept=item))
    return {**found, "component": parts} if parts else found
