"""What a FHIR Bundle is held against: the R4 JSON schema, fhir.resources (R4B), and own rules.

Each check returns what it found wrong as lines; none means it found nothing. No check sees everything:
which one sees which defect is pinned in `test_fhir_defects.py`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMA = Path(__file__).parent / "data" / "fhir-r4-schema.json.gz"
"""Part of the R4 (4.0.1) JSON schema of HL7 International, CC0; its `$comment` says which part."""
CHECKED = (
    "Bundle", "CarePlan", "Goal", "Medication", "MedicationStatement", "Observation", "Patient", "Procedure",
    "QuestionnaireResponse",
)  # fmt: skip
Json = dict[str, Any]


def resources(bundle: Json) -> list[Json]:
    return [entry["resource"] for entry in bundle["entry"]]


# -- the JSON schema -------------------------------------------------------------------------------


@cache
def _validator(kind: str) -> Any:  # noqa: ANN401
    whole = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    return jsonschema_rs.validator_for({**whole, "$ref": f"#/definitions/{kind}"})


def by_schema(bundle: Json) -> list[str]:
    """Each resource against its own definition: the message of the whole Bundle would say nothing."""
    frame = {**bundle, "entry": [{"fullUrl": entry["fullUrl"]} for entry in bundle["entry"]]}
    return [
        f"{one['resourceType']} {one.get('id')}: {error.message[:120]}"
        for one in (frame, *resources(bundle))
        for error in _validator(one["resourceType"]).iter_errors(one)
    ]


# -- fhir.resources --------------------------------------------------------------------------------


def by_models(bundle: Json) -> list[str]:
    """R4B, the nearest to R4 that the library has."""
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    found = []
    for one in resources(bundle):
        try:
            get_fhir_model_class(one["resourceType"]).model_validate(one)
        except ValidationError as error:
            found.append(f"{one['resourceType']} {one.get('id')}: {error.errors()[0]['msg']}")
    return found


# -- own rules -------------------------------------------------------------------------------------


def by_own_rules(bundle: Json) -> list[str]:
    """References, ids, and the invariants of R4 that our resources could break."""
    return [
        *_references(bundle),
        *(f"{one['id']}: {why}" for one in resources(bundle) for why in _invariants(one)),
    ]


def _references(bundle: Json) -> Iterator[str]:
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    for url in {u for u in urls if urls.count(u) > 1} if len(set(urls)) < len(urls) else ():
        yield f"{url} is there twice (bdl-7)"
    known = set(urls)
    for entry in bundle["entry"]:
        if entry["fullUrl"] != f"urn:uuid:{entry['resource']['id']}":
            yield f"{entry['fullUrl']} is not the id of its resource"
        for node in _nodes(entry["resource"]):
            reference = node.get("reference")
            if isinstance(reference, str) and reference not in known:
                yield f"{entry['fullUrl']} refers to {reference}, which is not there"


def _nodes(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _invariants(one: Json) -> Iterator[str]:
    if one["resourceType"] == "Observation":
        yield from _of_observation(one)
    for target in one.get("target", ()):
        if any(key.startswith("detail") for key in target) and "measure" not in target:
            yield "a target without what it measures (gol-1)"
    for node in _nodes(one):
        yield from _of_element(node)


def _of_observation(one: Json) -> Iterator[str]:
    values = [key for key in one if key.startswith("value")]
    if len(values) > 1:
        yield "more than one value"
    if values and "dataAbsentReason" in one:
        yield "a value and a reason for none (obs-6)"
    codes = [json.dumps(part["code"], sort_keys=True) for part in one.get("component", ())]
    if values and json.dumps(one.get("code"), sort_keys=True) in codes:
        yield "a component with the code of the whole (obs-7)"


def _of_element(node: Json) -> Iterator[str]:
    if "code" in node and "value" in node and "system" not in node:
        yield "a unit code without its system (qty-3)"
    if "start" in node and "end" in node and node["start"] > node["end"]:
        yield "a period that ends before it begins (per-1)"
    if ("duration" in node) != ("durationUnit" in node):
        yield "a duration without its unit (tim-1)"
    if any(value in ("", [], {}, None) for value in node.values()):
        yield "an empty element (ele-1)"


def problems(bundle: Json) -> list[str]:
    """What any check finds."""
    return [*by_schema(bundle), *by_models(bundle), *by_own_rules(bundle)]
