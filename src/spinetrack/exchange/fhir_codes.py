"""The words of a FHIR file: code systems, codes, units, and the small values that resources are made of.

Standard codes stand only where clinical.md 12 names one. What has none carries a code of this program,
in the system `urn:spinetrack:codes`; a code of this program never changes its meaning. SNOMED CT is not
used: it needs a licence in many countries.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from spinetrack.recovery.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from spinetrack.recovery.metrics import Metric

Json = dict[str, Any]
"""A FHIR element or resource. Small ones are shared between resources: never change one in place."""

LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
LOCAL: Final = "urn:spinetrack:codes"
RECORD: Final = "urn:spinetrack:record"
"""Identifier system of an Observation: the uuid of its check-in, and what of it this is."""
DAY: Final = "urn:spinetrack:day"
"""Extension: the day the patient counts it to, where that is not the day of the moment."""
QUESTIONNAIRE: Final = "urn:spinetrack:questionnaire:"
ACHIEVEMENT: Final = "http://terminology.hl7.org/CodeSystem/goal-achievement"
PRIORITY: Final = "http://terminology.hl7.org/CodeSystem/goal-priority"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
STATEMENT: Final = "http://terminology.hl7.org/CodeSystem/medication-statement-category"
SHIFTED: Final = "shifted-dates"
"""Tag of a redacted file: day 1 of the diary is 2000-01-03."""

LOINC_NAMES: Final = {
    "29463-7": "Body weight",
    "41950-7": "Number of steps in 24 hour Measured",
    "41953-1": "Walking distance 24 hour Calculated",
    "55758-7": "Patient Health Questionnaire 2 item (PHQ-2) total score [Reported]",
    "72514-3": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    "82226-2": "Neck Disability Index [NDI]",
    "91147-9": "Mean score [PEG]",
    "91351-7": "Total score [STarT Back]",
    "93832-4": "Sleep duration",
    "97908-8": "Oswestry Disability Index",
    "107334-5": "Patient follow-up goal attainment scaling score",
}
"""Names as LOINC gives them, where known; a code without one stands alone."""
PANELS: Final = frozenset({"82226-2"})
"""Codes of a whole form: they stand on an Observation that has the total as a member, never on the total."""
ITEM_CODES: Final = {"peg": ("75893-8", "91145-3", "91146-1")}
"""Codes of a form's items, in their order."""
GAS_LATER: Final = "107334-5"
GAS_START: Final = "112296-9"
"""Level the patient gave a goal later, and on the day it was set. Source: ecosystem.md 3.2."""

UNIT_WORDS: Final = {
    "{score}": "score", "{reps}": "repetitions", "{dose}": "doses", "/d": "steps a day", "1": "times",
}  # fmt: skip
"""How a unit is read where its code is not a word."""

PAINS: Final = {
    "pain": ("pain-average", "Average pain of the day, 0 to 10"),
    "worst": ("pain-worst", "Worst pain of the day, 0 to 10"),
    "least": ("pain-least", "Least pain of the day, 0 to 10"),
    "now": ("pain-now", "Pain at this moment, 0 to 10"),
    "limb": ("pain-limb", "Leg or arm pain of the day, 0 to 10"),
}
"""The ratings of pain: code and name of each, so that none is taken for another."""
WHOLE_DAY: Final = frozenset({"steps", "active", "dailydist"})
"""Metrics of the category `activity`; weight is a vital sign, everything else the patient's own report."""
OWN: Final = "own-"
"""Begins the code of a metric that the patient added."""
SITE: Final = "site-pain"


def metric_code(metric: Metric) -> str:
    """Return this program's own code of a metric."""
    if metric.key in PAINS:
        return PAINS[metric.key][0]
    if metric.is_tolerance:
        return f"{metric.key}-tolerance-{metric.unit}"
    return f"{'' if metric.key in METRICS else OWN}{code_word(metric.key)}"


def metric_of_code(code: str) -> str | None:
    """Return the key of the metric that has this code, None for any other code."""
    if code.startswith(OWN):
        return code[len(OWN) :]
    return _metric_codes().get(code)


@cache
def _metric_codes() -> dict[str, str]:
    return {metric_code(metric): key for key, metric in METRICS.items()}


def metric_name(metric: Metric) -> str:
    """Return a metric's name as a reader without this program needs it."""
    if metric.key in PAINS:
        return PAINS[metric.key][1]
    return f"{metric.label} tolerance" if metric.is_tolerance else metric.label


def metric_concept(metric: Metric) -> Json:
    """Return the code of a metric: the standard one where there is one, beside it this program's own."""
    name = metric_name(metric)
    return concept(name, *loinc(metric.loinc), local(metric_code(metric), name))


def category_of(metric: Metric) -> Json:
    """Return the category of a metric's Observations.

    R4 asks for `vital-signs` wherever body weight is given; clinical.md 12.3 bars it for the rest.
    """
    kind = "activity" if metric.key in WHOLE_DAY else "vital-signs" if metric.key == "weight" else "survey"
    return concept("", {"system": CATEGORY, "code": kind})


SURVEY: Final[list[Json]] = [{"coding": [{"system": CATEGORY, "code": "survey"}]}]
ACTIVITY: Final[list[Json]] = [{"coding": [{"system": CATEGORY, "code": "activity"}]}]


# -- elements --------------------------------------------------------------------------------------


def loinc(code: str | None) -> tuple[Json, ...]:
    """Return the coding of a LOINC code, nothing for None."""
    if code is None:
        return ()
    name = LOINC_NAMES.get(code)
    return ({"system": LOINC, "code": code, **({"display": name} if name else {})},)


def local(code: str, name: str = "") -> Json:
    """Return a coding of this program's own system."""
    display = words(name)
    return {"system": LOCAL, "code": code_word(code), **({"display": display} if display else {})}


def concept(text: str, *codings: Json) -> Json:
    """Return a CodeableConcept; `text` is what a person reads."""
    said = words(text)
    return {**({"coding": list(codings)} if codings else {}), **({"text": said} if said else {})}


@cache
def own(code: str, name: str) -> Json:
    """Return a CodeableConcept of this program's own code alone."""
    return concept(name, local(code, name))


def quantity(value: float, ucum: str | None, comparator: str | None = None) -> Json:
    """Return a Quantity; without a unit where none is known."""
    found: Json = {"value": plain(value)}
    if ucum is not None:
        found.update(unit=UNIT_WORDS.get(ucum, ucum), system=UCUM, code=ucum)
    if comparator:
        found["comparator"] = comparator
    return found


def part(code: str, name: str, **value: object) -> Json:
    """Return a component of an Observation with one of this program's own codes."""
    return {"code": own(code, name), **value}


def notes(*texts: str | None) -> Json:
    """Return the `note` of a resource, nothing where there are no words."""
    said = [{"text": text} for text in map(words, texts) if text]
    return {"note": said} if said else {}


def text_of(name: str, value: str | None) -> Json:
    """Return one text field, nothing where it has no words."""
    said = words(value)
    return {name: said} if said else {}


def plain(value: float) -> float:
    """Return a number as JSON keeps it: whole where it is whole, at most 6 decimals."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def words(text: str | None) -> str:
    """Return text that FHIR can hold: no control signs but tab and line ends, no blank ends.

    Every other blank becomes a space: R4 allows none but the plain one.
    """
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (sign if sign in "\t\n\r" else " " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in kept if sign >= " " or sign in "\t\n\r").strip()


def code_word(text: str) -> str:
    """Return a code as FHIR can hold it: no blanks at the ends, none but single ones inside."""
    return " ".join(words(text).split()) or "unnamed"


def moment(at: datetime) -> str:
    """Return a moment with its offset."""
    return at.isoformat()


# -- identity --------------------------------------------------------------------------------------

_NAMESPACE: Final = bytes.fromhex("8d0b6a5e0c9f5f1c9a64f3f0d3b0a7c2")
"""Private: only what this program wrote has ids made from it."""


def uuid5(name: str) -> str:
    """Return the UUID of version 5 (RFC 9562) of `name` in this program's namespace."""
    from hashlib import sha1

    raw = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    version = f"5{raw[13:16]}"
    variant = f"{int(raw[16], 16) & 3 | 8:x}{raw[17:20]}"
    return f"{raw[:8]}-{raw[8:12]}-{version}-{variant}-{raw[20:32]}"


def link(resource_id: str) -> Json:
    """Return a Reference to a resource of the same Bundle."""
    return {"reference": f"urn:uuid:{resource_id}"}


def all_of(texts: Iterable[str]) -> str:
    """Return the texts that say something, with commas between them."""
    return ", ".join(text for text in texts if text)
