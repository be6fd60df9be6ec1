"""Your data as a file: lossless and back again, as a table, for a clinic, and with nobody's name in it."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Patient, evening
from tests.store.records import fill_all, open_store

from spinetrack.exchange.formats import FORMATS
from spinetrack.store.documents import shapes

NASTY = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> <b>bold</b>\n+1;=2\t@x \x1b[31mred \u202egnp.exe"
    " \U0001f600 " + "long " * 2000
).strip()


@pytest.fixture
def lived(patient: Patient) -> Patient:
    patient.run("profile", "set", "name", "Maja Keller", now=evening(0))
    patient.run("profile", "gates", "--none", now=evening(0))
    patient.run("screen", "--none", now=evening(0))
    for n in range(15):
        patient.run("log", 4, "sit", 20, "steps", 3000, "note", "with Tom", now=evening(n))
    patient.now = evening(15)
    return patient


def export(patient: Patient, *words: object, name: str = "out") -> bytes:
    place = patient.folder / name
    patient.run("export", "-o", place, "--force", *words)
    return place.read_bytes()


# -- lossless --------------------------------------------------------------------------------------


def test_every_table_comes_back_byte_for_byte(patient: Patient, tmp_path: Path) -> None:
    """Export, import into a diary without entries, export again: the same file."""
    with open_store(patient.home) as store:
        fill_all(store)
    first = export(patient)
    counts = json.loads(first.partition(b"\n")[0])["counts"]
    assert set(counts) == {*shapes(), "tombstone"} - {"playbook"}
    other = Patient(tmp_path / "other")
    other.run("import", patient.folder / "out", now=evening(3))
    assert export(other) == first
    third = Patient(tmp_path / "third")
    third.run("log", 3, now=evening(2))
    third.run("undo", now=evening(2))
    third.run("import", patient.folder / "out", "--same-person", now=evening(3))
    kinds = {json.loads(line)["uuid"]: line for line in export(third).splitlines()[1:]}
    assert all(kinds.get(json.loads(line)["uuid"]) == line for line in first.splitlines()[1:])


def test_the_bundle_keeps_the_exact_text_and_a_second_diary_too(patient: Patient, tmp_path: Path) -> None:
    patient.run("log", 4, "--note", NASTY)
    patient.run("question", NASTY)
    raw = export(patient)
    assert raw.isascii()
    texts = [json.loads(line)["data"].get("note") for line in raw.splitlines()[1:]]
    kept = patient.run("history", "--json").json["entries"][0]["note"]
    assert kept in texts
    other = Patient(tmp_path / "other")
    other.run("import", patient.folder / "out")
    assert other.run("history", "--json").json["entries"][0]["note"] == kept
    assert kept == re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", NASTY)


# -- untrusted words -------------------------------------------------------------------------------


@pytest.fixture
def nasty(patient: Patient) -> Patient:
    """A diary whose texts came in by a file, so that no door of ours has cleaned them."""
    patient.run("log", 4, "sit", 20, "note", "plain")
    patient.run("question", "plain")
    patient.run("goal", "add", "plain", "--metric", "sit", "--target", 60, "--by", "12w")
    patient.run("treat", "add", "massage", "--name", "plain")
    patient.run("med", "add", "ibuprofen", "--for", "plain")
    patient.run("team", "add", "plain", "--role", "plain")
    raw = export(patient)
    head, *rest = [json.loads(line) for line in raw.splitlines()]
    for record in rest:
        data: dict[str, Any] = record.get("data", {})
        data |= {key: NASTY for key, value in data.items() if value == "plain"}
        if record["kind"] == "entry":
            data["note"] = NASTY
    lines = b"".join(json.dumps(r, sort_keys=True, separators=(",", ":")).encode() + b"\n" for r in rest)
    from hashlib import sha256

    head["sha256"] = sha256(lines).hexdigest()
    place = patient.folder / "nasty.ndjson"
    place.write_bytes(json.dumps(head).encode() + b"\n" + lines)
    other = Patient(patient.folder / "other")
    other.run("import", place)
    return other


def test_a_bundle_gives_back_what_it_took_in(nasty: Patient) -> None:
    assert export(nasty).count(json.dumps(NASTY).encode()) >= 5


@pytest.mark.parametrize("name", ["csv", "csv-daily"])
def test_no_cell_of_a_table_is_a_formula_or_steers_a_screen(nasty: Patient, name: str) -> None:
    raw = export(nasty, "--format", name).decode()
    cells = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
    assert any("calc" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[ \t]*[=+@]|-(?!\d)", cell)]
    assert not [c for cell in cells for c in re.split(r"[;\t\r\n]", cell) if re.match(r"[ \t]*[=+@]", c)]
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    assert "\U0001f600" in raw
    assert max(map(len, cells)) > 10_000


def test_a_fhir_file_holds_words_as_words(nasty: Patient) -> None:
    from tests.exchange.fhir_check import problems

    bundle = json.loads(export(nasty, "--format", "fhir"))
    assert problems(bundle) == []
    notes = [r["valueString"] for r in (e["resource"] for e in bundle["entry"]) if "valueString" in r]
    assert "<script>alert(1)</script>" in notes[0]
    assert "\x1b" not in notes[0]
    assert len(notes[0]) > 10_000


# -- redacted --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_redacted_says_who_or_when(lived: Patient, name: str) -> None:
    text = export(lived, "--redact", "--format", name).decode()
    plain = export(lived, "--format", name).decode()
    assert "2026" in plain
    for word in ("Maja", "Keller", "Tom", "2026", lived.run("history", "--json").json["entries"][0]["uuid"]):
        assert word not in text, word
    assert "2000-01-03" in text


def test_the_name_of_a_redacted_file_has_no_day(
    lived: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "spinetrack-redacted.ndjson" in lived.run("export", "--redact").out
    assert "spinetrack-2026-03-17.ndjson" in lived.run("export").out
    assert stat.S_IMODE(Path("spinetrack-redacted.ndjson").stat().st_mode) == 0o600
    assert lived.run("import", "spinetrack-redacted.ndjson", code=1).err.startswith("This bundle is redacted")


def test_two_redacted_files_of_one_diary_share_no_name(lived: Patient) -> None:
    uuid = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for name in ("bundle", "fhir"):
        one, two = (set(uuid.findall(export(lived, "--redact", "--format", name))) for _ in range(2))
        assert one
        assert not one & two


def test_a_redacted_fhir_file_is_tagged_as_shifted(lived: Patient) -> None:
    bundle = json.loads(export(lived, "--redact", "--format", "fhir"))
    assert "timestamp" not in bundle
    for one in (bundle, *(entry["resource"] for entry in bundle["entry"])):
        assert [tag["code"] for tag in one["meta"]["tag"]] == ["shifted-dates"]
    days = [e["resource"].get("effectiveDateTime", "9")[:10] for e in bundle["entry"]]
    assert min(days) == "2000-01-03"


# -- the command -----------------------------------------------------------------------------------


def test_standard_output_is_the_file_alone(lived: Patient) -> None:
    shown = lived.run("export", "-o", "-").out.splitlines()
    assert json.loads(shown[0])["kind"] == "full"
    # The first export is noted in the diary, so the second one has a record more.
    assert set(shown[1:]) < set(export(lived).decode().splitlines())


def test_a_period_says_that_it_is_one(lived: Patient) -> None:
    said = lived.run("export", "-o", lived.folder / "part.ndjson", "--since", "1w").out
    assert "It holds these days" in said
    head = json.loads((lived.folder / "part.ndjson").read_text().splitlines()[0])
    assert (head["kind"], head["left_out"]) == ("partial", ["other-days", "removals"])


def test_what_is_not_lossless_says_so(lived: Patient) -> None:
    for name in ("csv", "csv-daily", "fhir"):
        said = lived.run("export", "--format", name, "-o", lived.folder / name).out
        assert "Not all of your diary fits in it" in said


@pytest.mark.parametrize(
    ("name", "words", "begins"),
    [
        ("x.csv", (), b"day,time,zone"),
        ("x-daily.CSV", (), b"day,zone,check_ins"),
        ("x.fhir.json", (), b'{"entry"'),
        ("x.json", (), b'{"counts"'),
        ("x.csv", ("--format", "Bundle"), b'{"counts"'),
        ("x", ("--format", "CSV_DAILY"), b"day,zone,check_ins"),
    ],
)
def test_the_format_is_the_one_said_else_that_of_the_ending(
    lived: Patient, name: str, words: tuple[str, ...], begins: bytes
) -> None:
    assert export(lived, *words, name=name).startswith(begins)


def test_refusals(lived: Patient, tmp_path: Path) -> None:
    assert "no format" in lived.run("export", "--format", "xlsx", code=2).err
    assert "already" in lived.run("export", "-o", __file__, code=1).err
    assert "no diary" in Patient(tmp_path / "none").run("export", "-o", tmp_path / "x", code=1).err
    assert not (tmp_path / "x").exists()
