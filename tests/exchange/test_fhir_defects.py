"""Eleven planted defects: which check finds which, so that a check that falls silent is noticed.

What the JSON schema, fhir.resources and our own rules see runs everywhere. What @medplum/core sees needs
Node: `npm install --prefix tools/fhir_check`. Source of the list: ecosystem.md 3.2.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.exchange.fhir_check import Json, by_models, by_own_rules, by_schema, problems
from tests.exchange.whole_diary import KEY, assessed, whole_diary

from spinetrack.exchange.fhir import write_fhir

TOOL = Path(__file__).parents[2] / "tools" / "fhir_check"
CHECKS: dict[str, Callable[[Json], list[str]]] = {
    "schema": by_schema,
    "models": by_models,
    "own": by_own_rules,
}


class Defect(NamedTuple):
    """What is done to one resource, and which checks find it."""

    name: str
    kind: str
    """The first resource of this kind is damaged that `fits`."""
    fits: Callable[[Json], bool]
    plant: Callable[[Json], Any]
    found_by: str


def measured(one: Json) -> bool:
    return "valueQuantity" in one


def timed(one: Json) -> bool:
    return "scheduledTiming" in one["activity"][0]["detail"]


def linked(one: Json) -> bool:
    return "derivedFrom" in one


def anything(_: Json) -> bool:
    return True


def week(one: Json) -> None:
    one["activity"][0]["detail"]["scheduledTiming"]["repeat"]["periodUnit"] = "week"


DEFECTS = (
    Defect("wrong status code", "Observation", anything, lambda o: o.update(status="done"), "schema"),
    Defect(
        "wrong comparator",
        "Observation",
        measured,
        lambda o: o["valueQuantity"].update(comparator="=>"),
        "schema",
    ),
    Defect("wrong timing unit", "CarePlan", timed, week, "schema"),
    Defect(
        "two value[x]", "Observation", measured, lambda o: o.update(valueString="4"), "models own medplum"
    ),
    Defect("invariant gol-1", "Goal", anything, lambda o: o["target"][0].pop("measure"), "own medplum"),
    Defect(
        "bad date",
        "Observation",
        anything,
        lambda o: o.update(effectiveDateTime="2026-13-40"),
        "schema models medplum",
    ),
    Defect(
        "unknown property", "Observation", anything, lambda o: o.update(mood="fine"), "schema models medplum"
    ),
    Defect(
        "Goal.lifecycleStatus missing",
        "Goal",
        anything,
        lambda o: o.pop("lifecycleStatus"),
        "models medplum",
    ),
    Defect(
        "Observation.code missing", "Observation", anything, lambda o: o.pop("code"), "schema models medplum"
    ),
    Defect(
        "string for a number",
        "Observation",
        measured,
        lambda o: o["valueQuantity"].update(value="4"),
        "schema medplum",
    ),
    Defect(
        "reference to nothing",
        "Observation",
        linked,
        lambda o: o["derivedFrom"][0].update(reference="urn:uuid:00000000-0000-4000-8000-000000000000"),
        "own",
    ),
)


@cache
def sound() -> str:
    diary = whole_diary()
    return write_fhir(diary, assessed(diary), patient_key=KEY).decode()


def damaged(defect: Defect) -> Json:
    bundle: Json = json.loads(sound())
    one = next(
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == defect.kind and defect.fits(entry["resource"])
    )
    before = copy.deepcopy(one)
    defect.plant(one)
    assert one != before, "nothing was planted"
    return bundle


def test_the_undamaged_bundle_is_sound() -> None:
    assert problems(json.loads(sound())) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=[d.name for d in DEFECTS])
def test_a_planted_defect_is_found(defect: Defect) -> None:
    bundle = damaged(defect)
    found = {name for name, check in CHECKS.items() if check(bundle)}
    assert found == set(defect.found_by.split()) - {"medplum"}


def medplum(*files: Path) -> str:
    """Run the node script; skip where it cannot run."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (TOOL / "node_modules").exists():
        pytest.skip("@medplum/core is not installed: npm install --prefix tools/fhir_check")
    done = subprocess.run(
        [node, str(TOOL / "check.mjs"), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_medplum_finds_what_it_is_counted_on_for(tmp_path: Path) -> None:
    """The undamaged Bundle passes; of the damaged ones it finds exactly those it is named for."""
    files = {"sound": tmp_path / "sound.json"}
    files["sound"].write_text(sound(), encoding="utf-8")
    for number, defect in enumerate(DEFECTS):
        files[defect.name] = tmp_path / f"damaged-{number}.json"
        files[defect.name].write_text(json.dumps(damaged(defect)), encoding="utf-8")
    said = medplum(*files.values())
    assert f"{files['sound']}: ok" in said
    found = {name for name, file in files.items() if f"{file}: ok" not in said}
    assert found == {d.name for d in DEFECTS if "medplum" in d.found_by}
