"""FHIR and CSV by the commands: out of one diary, into another, and what a second time changes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.exchange.fhir_check import problems, resources


@pytest.fixture
def used(tmp_path: Path) -> Patient:
    """Return a patient with six days, an own metric, a plan, a goal and two questionnaires."""
    patient = Patient(tmp_path / "one")
    patient.folder.mkdir()
    patient.run("metric", "add", "read-to-child", "--unit", "min", "--better", "up")
    for day in range(6):
        patient.run(
            "log", 4 + day % 2, "sit", "25+" if day == 2 else 20, "read-to-child", 10, now=evening(day)
        )
    patient.now = evening(5)
    patient.run("log", "worst=7", "--where", "low-back:5:numb", "note", "=1+1 in the garden")
    patient.run("profile", "gates", "--none")
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("done", "sit", 20, "--pain", 3)
    patient.run("goal", "add", "a film", "--metric", "sit", "--target", 60, "--by", "12w", "--why", "cinema")
    patient.run("score", "peg", 4, 5, 4)
    patient.run("score", "start-back", *"110010102")
    return patient


@pytest.fixture
def other(tmp_path: Path, used: Patient) -> Patient:
    patient = Patient(tmp_path / "two")
    patient.folder.mkdir()
    patient.now = used.now
    return patient


def exported(patient: Patient, name: str, *options: str) -> Path:
    place = patient.folder / f"out-{name}"
    patient.run("export", "--format", name, "-o", place, "--force", *options)
    return place


def history(patient: Patient) -> list[dict[str, object]]:
    found = patient.run("history", "--since", "2026-01-01", "--json").json["entries"]
    return [{key: value for key, value in one.items() if key != "id"} for one in found]


def check_ins(bundle: Path) -> list[tuple[str, object]]:
    """The check-ins of a bundle: uuid, and all it says, with how it came in."""
    lines = bundle.read_text(encoding="utf-8").splitlines()[1:]
    return [(one["uuid"], one["data"]) for one in map(json.loads, lines) if one["kind"] == "entry"]


def test_the_export_of_a_lived_diary_is_sound(used: Patient) -> None:
    bundle = json.loads(exported(used, "fhir").read_bytes())
    assert problems(bundle) == []
    codes = {c["code"] for one in resources(bundle) for c in one.get("code", {}).get("coding", ())}
    assert {"72514-3", "91147-9", "91351-7", "sit-tolerance-min", "own-read-to-child"} <= codes
    assert {"Goal", "CarePlan"} <= {one["resourceType"] for one in resources(bundle)}


def test_two_exports_of_one_moment_are_the_same(used: Patient) -> None:
    assert exported(used, "fhir").read_bytes() == exported(used, "fhir").read_bytes()


def test_a_redacted_export_is_sound_and_cannot_be_taken_in(used: Patient, other: Patient) -> None:
    place = exported(used, "fhir", "--redact")
    bundle = json.loads(place.read_bytes())
    assert problems(bundle) == []
    text = place.read_text(encoding="utf-8")
    assert not [word for word in ("garden", "a film", "cinema", "read-to-child", "2026-03") if word in text]
    assert "redacted" in other.run("import", place, code=1).err
    assert not other.file.exists() or history(other) == []


def test_check_ins_come_into_another_diary_once(used: Patient, other: Patient) -> None:
    place = exported(used, "fhir")
    other.run("import", place)
    assert history(other) == history(used)
    assert "Nothing is new" in other.run("import", place).out
    assert history(other) == history(used)
    assert other.run("history", "read-to-child", "--json").json["entries"]


def test_a_file_of_ones_own_diary_changes_nothing(used: Patient) -> None:
    place = exported(used, "fhir")
    before = used.run("history", "--since", "2026-01-01", "--json").out
    assert "Nothing is new" in used.run("import", place).out
    assert used.run("history", "--since", "2026-01-01", "--json").out == before


def test_the_bundle_is_in_force_over_the_fhir_file_whichever_comes_first(
    used: Patient, other: Patient
) -> None:
    fhir, bundle = exported(used, "fhir"), exported(used, "bundle")
    other.run("import", fhir)
    other.run("import", bundle, code=None)
    other.run("import", bundle, "--same-person")
    assert history(other) == history(used)
    assert check_ins(exported(other, "bundle")) == check_ins(bundle), "also how each came in"


def test_undo_takes_the_file_out_again(used: Patient, other: Patient) -> None:
    other.run("import", exported(used, "fhir"))
    other.run("undo")
    assert history(other) == []


def test_the_file_of_somebody_else_is_refused(used: Patient, other: Patient) -> None:
    other.run("log", 3)
    place = exported(used, "fhir")
    assert "another diary" in other.run("import", place, code=1).err
    other.run("import", place, "--same-person")
    assert len(history(other)) == len(history(used)) + 1


def test_a_value_that_cannot_be_is_named_with_its_line(used: Patient, other: Patient) -> None:
    place = exported(used, "fhir")
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if "pain-worst" in line)
    lines[number] = lines[number].replace('"value":7', '"value":70')
    place.write_text("".join(lines), encoding="utf-8")
    refused = other.run("import", place, code=1)
    assert f"line {number + 1}: worst is out of range." in refused.err
    other.run("import", place, "--rest")
    assert len(history(other)) == len(history(used))


def rows(place: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(place.read_bytes().decode("utf-8"), newline="")))


def test_the_tables_of_a_lived_diary(used: Patient) -> None:
    found = rows(exported(used, "csv"))
    assert [r["value"] for r in found if (r["kind"], r["key"]) == ("value", "pain")] == [
        "4",
        "5",
        "4",
        "5",
        "4",
        "5",
    ]
    assert [r["at_least"] for r in found if (r["kind"], r["key"]) == ("value", "sit")].count("1") == 1
    assert next(r["note"] for r in found if r["kind"] == "note") == "'=1+1 in the garden"
    days = rows(exported(used, "csv-daily"))
    assert [r["day"] for r in days] == [f"2026-03-0{n}" for n in range(2, 8)]
    assert days[-1]["worst"] == "7"
    assert days[-1]["sites"] == "low-back:5"


def test_a_table_of_a_period_holds_only_its_days(used: Patient) -> None:
    found = rows(exported(used, "csv", "--since", "2026-03-05"))
    assert {r["day"] for r in found} == {"2026-03-05", "2026-03-06", "2026-03-07"}
