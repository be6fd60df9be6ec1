"""Apple Health through `import`: twice is once, what the patient wrote is in force, hostile zips."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Patient, evening
from tests.exchange.test_apple_health import export, record, slept, steps

MADE = '<ExportDate value="2026-03-20 10:00:00 +0100"/>\n'


@pytest.fixture
def file(patient: Patient) -> Path:
    path = patient.folder / "export.xml"
    mindful = "HKCategoryTypeIdentifierMindfulSession"
    path.write_bytes(
        export(
            MADE,
            steps("2026-03-02 09:00:00", 4000),
            steps("2026-03-03 09:00:00", 5000),
            slept("2026-03-02 23:00:00", "2026-03-03 06:00:00"),
            record(mindful, "2026-03-03 20:00:00", "2026-03-03 20:10:00"),
        )
    )
    patient.run("log", "4", now=evening(0))
    patient.now = evening(20)
    return path


def by_day(patient: Patient) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for entry in patient.run("history", "--since", "2026-01-01", "--json").json["entries"]:
        found.setdefault(entry["day"], {}).update(entry["values"])
    return found


def test_it_comes_in_once_and_undo_takes_it_out(patient: Patient, file: Path) -> None:
    said = patient.run("import", file).out
    assert "3 new" in said
    assert "Steps: iPhone 2 days." in said
    assert by_day(patient) == {
        "2026-03-02": {"steps": 4000, "pain": 4},
        "2026-03-03": {"steps": 5000, "sleep": 420, "mindful": 10},
    }
    assert "Nothing is new." in patient.run("import", file).out
    patient.run("undo")
    assert by_day(patient) == {"2026-03-02": {"pain": 4}}
    patient.run("import", file)
    assert len(by_day(patient)) == 2, "on purpose, it comes back"


def test_a_later_export_is_in_force(patient: Patient, file: Path) -> None:
    patient.run("import", file)
    later = MADE.replace("03-20", "03-22")
    file.write_bytes(export(later, steps("2026-03-03 09:00:00", 5600)))
    patient.run("import", file)
    assert by_day(patient)["2026-03-03"] == {"steps": 5600}


def test_what_the_patient_wrote_is_in_force(patient: Patient, file: Path) -> None:
    patient.run("log", "sleep=5h", now=evening(1))
    patient.run("import", file)
    (chart,) = patient.run("chart", "sleep", "--since", "2026-03-01", "--json").json["charts"]
    assert chart["days"] == [{"day": "2026-03-03", "value": 5}]


def test_what_a_watch_counted_is_no_record_of_the_patient(patient: Patient, file: Path) -> None:
    """Steps up to yesterday must not hide that nothing was logged for weeks."""
    rows = [steps(f"2026-03-{day:02} 09:00:00", 4000) for day in range(3, 31)]
    file.write_bytes(export(MADE.replace("03-20", "03-31"), *rows))
    patient.now = evening(29)
    before = patient.run("suggest", "--all", "--json").json
    patient.run("import", file)
    after = patient.run("suggest", "--all", "--json").json
    assert [s["rule"] for s in after["suggestions"]] == [s["rule"] for s in before["suggestions"]]
    assert "DQ-2" in str(after)
    assert "RF-4" in str(after)


def test_a_zip_is_read_where_it_lies(patient: Patient, file: Path) -> None:
    packed = patient.folder / "export.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("../../evil.xml", "<x/>")
        out.writestr("apple_health_export/export_cda.xml", b"<ClinicalDocument/>" * 900)
        out.write(file, "apple_health_export/Exportaci\u00f3n.xml")
    assert "3 new" in patient.run("import", packed).out
    assert not (patient.folder.parent / "evil.xml").exists()


def test_bad_records_are_named_and_the_rest_waits_for_a_word(patient: Patient, file: Path) -> None:
    file.write_bytes(export(MADE, steps("2026-03-03 09:00:00", "many"), steps("2026-03-03 09:00:00", 40)))
    refused = patient.run("import", file, code=1)
    assert "line 7: a value cannot be read." in refused.err
    assert "--rest" in refused.err
    assert len(by_day(patient)) == 1
    patient.run("import", file, "--rest")
    assert by_day(patient)["2026-03-03"] == {"steps": 40}


def test_a_dry_run_changes_nothing(patient: Patient, file: Path) -> None:
    before = patient.file.read_bytes()
    assert "3 new" in patient.run("import", file, "--dry-run").out
    assert patient.file.read_bytes() == before


def packed_with(name: str, raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.zip", packed_with("notes.txt", b"hello"), "no export of Apple Health"),
        ("a.zip", packed_with("export.xml", b" " * 20_000_000), "more than an export can"),
        ("a.zip", packed_with("export.xml", export(steps("2026-03-03 09:00:00", 5)))[:-40], "damaged"),
        ("a.xml", b"<HealthData>", "ends too early"),
        ("a.xml", export(), "holds no steps"),
        (
            "a.xml",
            b"<!DOCTYPE HealthData [<!ENTITY a 'b'>]><HealthData>&a;</HealthData>",
            "damaged at line 1",
        ),
    ],
    ids=range(6),
)
def test_what_is_refused_changes_nothing(patient: Patient, name: str, raw: bytes, said: str) -> None:
    patient.run("log", "4")
    before = patient.file.read_bytes()
    (patient.folder / name).write_bytes(raw)
    refused = patient.run("import", patient.folder / name, "--as", "apple-health", code=1)
    assert said in refused.err
    assert patient.file.read_bytes() == before


def test_somebody_who_looks_on_sees_how_far_it_is(patient: Patient, file: Path) -> None:
    environ = {**patient.environ, "SPINETRACK_NOW": patient.now, "TERM": "xterm"}
    words = ["-m", "spinetrack", "import", str(file)]
    child = pexpect.spawn(sys.executable, words, env=environ, timeout=30, encoding="utf-8")
    child.expect(pexpect.EOF)
    assert "Reading" in child.before
    assert "3 new" in child.before
    quiet = patient.run("import", file)
    assert "Reading" not in quiet.out + quiet.err
