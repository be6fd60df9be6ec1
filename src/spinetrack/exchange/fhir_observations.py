"""Check-ins as FHIR Observations: one for each value, for each place that hurts, and for the note."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spinetrack.exchange import fhir_codes as codes
from spinetrack.exchange.fhir_codes import DAY, RECORD, SURVEY, Json, own, part, quantity, words
from spinetrack.recovery import sites
from spinetrack.recovery.goals import plain_metric
from spinetrack.recovery.metrics import known
from spinetrack.recovery.when import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.fhir_subject import Subject
    from spinetrack.recovery.diary import Diary, Entry, Observation
    from spinetrack.recovery.metrics import Metric

NOTE = "diary-note"
FLARE_DAY = "flare-day"
STOP = "stop-reason"
CARRIED = "carried"
QUALITY = "site-quality"
FEELS, STOPPED, BODY = "feels-", "stop-", "body-"
"""What the codes of a quality, a stop reason and a place of the body begin with."""

NOTE_CODE = own(NOTE, "Note of the check-in")
FLARE_CODE = own(FLARE_DAY, "The patient calls this day a flare")
SITE_CODE = own(codes.SITE, "Pain at one place of the body, 0 to 10")
YES = 0.5


class Observer:
    """Turns check-ins into Observations. What they share is made once."""

    def __init__(self, diary: Diary, subject: Subject) -> None:
        self._subject = subject
        self._metrics = known(diary.metrics)
        self._bases: dict[str, tuple[Metric, Json]] = {}
        self._survey = {**subject.base, "category": SURVEY}

    def read(self, diary: Diary) -> Iterator[Json]:
        """Yield the Observations of all check-ins, in their order."""
        for entry in diary.entries:
            yield from self._entry(entry)

    def _entry(self, entry: Entry) -> Iterator[Json]:
        name = entry.uuid or f"{self._subject.key}/{entry.id}"
        shared: Json = {
            "effectiveDateTime": codes.moment(entry.at),
            "issued": codes.moment(entry.recorded_at),
        }
        if entry.day != day_of(entry.at):
            shared["extension"] = [{"url": DAY, "valueDate": entry.day.isoformat()}]
        seen: Counter[str] = Counter()
        for found in entry.observations:
            what = found.metric if found.site is None else f"{found.metric}/{found.site}"
            seen[what] += 1
            again = f"/{seen[what]}" if seen[what] > 1 else ""
            yield {**shared, **_identity(name, f"{what}{again}"), **self._value(found)}
        if entry.flare is not None:
            said = {"code": FLARE_CODE, "valueBoolean": entry.flare}
            yield {**self._survey, **shared, **_identity(name, FLARE_DAY), **said}
        note = words(entry.note)
        if note:
            yield {
                **self._survey,
                **shared,
                **_identity(name, NOTE),
                "code": NOTE_CODE,
                "valueString": note,
            }

    def _value(self, found: Observation) -> Json:
        if found.site is not None:
            return {**self._survey, **_site(found), **_parts(found)}
        metric, base = self._base(found.metric)
        if metric.unit == "yes/no":
            return {**base, "valueBoolean": found.value >= YES, **_parts(found)}
        bound = ">=" if found.at_least else None
        return {**base, "valueQuantity": quantity(found.value, metric.ucum, bound), **_parts(found)}

    def _base(self, key: str) -> tuple[Metric, Json]:
        if key not in self._bases:
            metric = self._metrics.get(key) or plain_metric(key)
            shared = {"category": [codes.category_of(metric)], "code": codes.metric_concept(metric)}
            self._bases[key] = metric, {**self._subject.base, **shared}
        return self._bases[key]


def _identity(entry: str, what: str) -> Json:
    name = f"{entry}/{what}"
    return {"id": codes.uuid5(f"entry/{name}"), "identifier": [{"system": RECORD, "value": words(name)}]}


def _site(found: Observation) -> Json:
    site = found.site or ""
    return {
        "code": SITE_CODE,
        "bodySite": own(f"{BODY}{site}", sites.label(site)),
        "valueQuantity": quantity(found.value, "{score}"),
    }


def _parts(found: Observation) -> Json:
    parts = [
        part(QUALITY, "How it feels", valueCodeableConcept=own(f"{FEELS}{q}", q)) for q in found.qualities
    ]
    if found.stop:
        parts.append(
            part(STOP, "Why it ended", valueCodeableConcept=own(f"{STOPPED}{found.stop}", found.stop))
        )
    if found.carried:
        parts.append(part(CARRIED, "Said to be as last time", valueBoolean=True))
    return {"component": parts} if parts else {}
