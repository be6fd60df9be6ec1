"""Files built to do harm, through `import`: one sentence, within seconds, and the diary byte for byte the same."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import Patient
from tests.exchange.test_apple_health import export, steps

from spinetrack.exchange import age, csv_gather, csv_lines
from spinetrack.store import elsewhere

SECONDS = 8
"""For a whole command on a busy machine; a hang would take far longer."""


def packed(*members: tuple[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            target.writestr(name, content)
    return raw.getvalue()


def honest_bundle(*lines: bytes, kind: str = "question") -> bytes:
    rest = b"".join(line + b"\n" for line in lines)
    header = {
        "schema": "spinetrack-bundle", "format": 1, "program": "0.1.0", "kind": "full",
        "patient": "00000000-0000-4000-8000-000000000001", "since": None, "until": None, "left_out": [],
        "counts": {kind: len(lines)}, "sha256": sha256(rest).hexdigest(),
    }  # fmt: skip
    return json.dumps(header).encode() + b"\n" + rest


def question(**more: object) -> dict[str, object]:
    data = {"text": "x", "at": "2026-03-01T10:00:00+00:00", "day": "2026-03-01"}
    head = {"kind": "question", "uuid": "00000000-0000-4000-8000-000000000002", "revision": 1}
    stamp = "2026-03-01T10:00:00+00:00"
    return {**head, "created": stamp, "updated": stamp, "data": data} | more


def line(**more: object) -> bytes:
    return json.dumps(question(**more), sort_keys=True).encode()


BOMB = b'<!DOCTYPE lolz [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY a%d "&a%d;&a%d;&a%d;">' % (n, n - 1, n - 1, n - 1) for n in range(1, 30)
)
"""Billion laughs."""
FHIR = b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":'

FILES: dict[str, tuple[str, bytes]] = {
    "billion laughs": ("a.xml", BOMB + b"]>\n<HealthData>&a29;</HealthData>"),
    "outside entity": ("a.xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><HealthData>&e;</HealthData>'),
    "many attributes": ("a.xml", b"<HealthData " + b" ".join(b"a%d='1'" % n for n in range(300_000)) + b"/>"),
    "deep xml": ("a.xml", export("<a>" * 100_000)),
    "nothing but one tag": ("a.xml", b"<HealthData><Record type='" + b"x" * 20_000_000),
    "zip bomb": ("a.zip", packed(("export.xml", b" " * 50_000_000))),
    "zip in a zip": ("a.zip", packed(("export.zip", packed(("export.xml", export()))))),
    "zip of a hundred thousand names": ("a.zip", packed(*((f"{n}.xml", b"") for n in range(80_000)))),
    "zip without an end": ("a.zip", packed(("export.xml", export(steps("2026-03-01 09:00:00", 5))))[:-10]),
    "deep json": ("a.ndjson", honest_bundle(b"[" * 100_000)),
    "huge number": ("a.ndjson", honest_bundle(line().replace(b'"revision": 1', b'"revision": ' + b"9" * 5000))),
    "revision at the end of all": ("a.ndjson", honest_bundle(line(revision=2**53 - 1))),
    "not a number": ("a.ndjson", honest_bundle(line().replace(b'"revision": 1', b'"revision": NaN'))),
    "half a letter": ("a.ndjson", honest_bundle(line().replace(b'"text": "x"', b'"text": "\\ud800"'))),
    "zero byte": ("a.ndjson", honest_bundle(line().replace(b'"text": "x"', b'"text": "\\u0000"'))),
    "name twice": ("a.ndjson", honest_bundle(line(), line())),
    "a day beyond all years": ("a.ndjson", honest_bundle(line().replace(b'"day": "2026', b'"day": "9999'))),
    "one endless line": ("a.ndjson", honest_bundle(b'{"a":"' + b"x" * 3_000_000 + b'"}')),
    "fhir deep": ("a.json", FHIR + b'{"a":' * 100_000),
    "fhir huge number": ("a.json", FHIR + b'{"value":' + b"9" * 10_000 + b"}}]}"),
    "fhir not a number": ("a.json", FHIR + b'{"value":NaN}}]}'),
    "fhir half a letter": ("a.json", FHIR + b'{"resourceType":"Observation","note":"\\ud800"}}]}'),
    "table of commas": ("a.csv", b"," * 5_000_000),
    "table of quotes": ("a.csv", b'a,b\n"' + b'""' * 3_000_000),
    "table of lines": ("a.csv", b"day,pain\n" + b"a,b\n" * 300_000),
    "table with a zero byte": ("a.csv", b"day,pain\n2026-02-03,\0\n"),
    "table without an end": ("a.csv", b"day,pain\n2026-02-03,'" + b"9" * 5_000_000),
    "sealed with much work": ("a.age", b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\nAAAA\n--- AAAA\n"),
    "sealed and cut": ("a.age", b"age-encryption.org/v1\n"),
    "no diary": ("a.db", b"SQLite format 3\0" + b"\xff" * 5000),
}  # fmt: skip


@pytest.fixture
def there(patient: Patient) -> Patient:
    patient.run("log", "4")
    return patient


def refused(patient: Patient, name: str, raw: bytes) -> str:
    path = patient.folder / name
    path.write_bytes(raw)
    before, began = patient.file.read_bytes(), time.perf_counter()
    beside = sorted(patient.home.rglob("*"))
    answer = patient.run("import", path, code=1)
    assert time.perf_counter() - began < SECONDS
    assert patient.file.read_bytes() == before
    assert sorted(patient.home.rglob("*")) == beside
    said = answer.err.splitlines()
    assert 1 <= len(said) <= 9
    assert all(len(part) < 300 for part in said)
    return answer.err


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_and_nothing_changes(there: Patient, name: str) -> None:
    file, raw = FILES[name]
    assert refused(there, file, raw).strip()


def test_a_member_that_names_another_folder_is_only_read(there: Patient) -> None:
    path = there.folder / "up.zip"
    path.write_bytes(packed(("../../evil/export.xml", export(steps("2026-03-01 09:00:00", 5)))))
    assert "1 new" in there.run("import", path).out
    assert not (there.folder.parent / "evil").exists()
    assert not list(there.folder.rglob("export.xml"))


def test_a_file_that_says_more_than_it_holds_is_not_believed(there: Patient) -> None:
    """The sizes in the list of a zip file are the sender's words."""
    raw = bytearray(packed(("export.xml", b"<HealthData>" + b" " * 9_000_000)))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (20).to_bytes(4, "little")
    assert refused(there, "lies.zip", bytes(raw))


def test_more_check_ins_than_a_life_holds(there: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_gather, "MOST_CHECK_INS", 3)
    rows = "".join(f"Coffee,2026-02-{day:02}T10:00:00Z,1,\n" for day in range(1, 9))
    assert "than a life can" in refused(there, "t.csv", f"FeatureName,Timestamp,Value,Note\n{rows}".encode())


def test_more_lines_than_a_table_may_have(there: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_lines, "MOST_LINES", 3)
    assert "too large" in refused(there, "t.csv", b"day,pain\n" + b"2026-02-03,4\n" * 9)


def test_a_pipe_is_no_file(there: Patient) -> None:
    import os

    os.mkfifo(there.folder / "pipe")
    assert "not a plain file" in there.run("import", there.folder / "pipe", code=1).err


# -- diary files that act --------------------------------------------------------------------------

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
HARM: dict[str, tuple[str, ...]] = {
    "a view without end": ("DROP TABLE question", f"CREATE VIEW question AS {ENDLESS} SELECT n AS id FROM c"),
    "a view beside": (f"CREATE VIEW more AS {ENDLESS} SELECT n FROM c",),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM entry; END",),
    "a changed trigger": (
        "DROP TRIGGER entry_added", "CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
    ),
    "a table of the program's own making": ("CREATE VIRTUAL TABLE t USING fts5(x)",),
    "an index that computes": ("CREATE INDEX i ON entry (hex(zeroblob(1000000)))",),
    "another format": ("PRAGMA user_version = 99",),
    "a negative format": ("PRAGMA user_version = -1",),
    "no tables": ("PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema"),
}  # fmt: skip


def acting(patient: Patient, commands: tuple[str, ...]) -> Path:
    path = patient.folder / "evil.db"
    shutil.copy(patient.file, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for command in ("PRAGMA foreign_keys = OFF", *commands):
            db.execute(command)
    return path


@pytest.mark.parametrize("name", HARM)
def test_a_diary_file_that_acts_is_refused(there: Patient, name: str) -> None:
    path = acting(there, HARM[name])
    assert refused(there, "evil.db", path.read_bytes())
    before = there.file.read_bytes()
    answer = there.run("restore", path, "--yes", code=4)
    assert there.file.read_bytes() == before
    assert "Traceback" not in answer.err


def test_a_table_that_is_not_ours_does_no_harm(there: Patient) -> None:
    path = acting(there, ("CREATE TABLE mine (x)",))
    assert "Nothing is new." in there.run("import", path).out


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"metric": "pain", "value": 99}, "pain cannot be 99"),
        ({"metric": "pain", "value": -1}, "pain cannot be -1"),
        ({"metric": "sleep", "value": 9920}, "sleep cannot be 9920"),
        ({"metric": "site", "site": "low-back", "value": 11}, "low-back cannot be 11"),
    ],
)
def test_a_value_that_cannot_be_typed_cannot_come_with_a_bundle(
    there: Patient, seen: dict[str, object], said: str
) -> None:
    stamp = "2026-03-01T10:00:00+00:00"
    data = {"at": stamp, "day": "2026-03-01", "recorded_at": stamp, "observations": [seen]}
    before = there.file.read_bytes()
    for name, value, code in (("a.ndjson", seen["value"], 1), ("b.ndjson", 10, 0)):
        seen["value"] = value
        path = there.folder / name
        path.write_bytes(honest_bundle(line(kind="entry", data=data), kind="entry"))
        answer = there.run("import", path, "--same-person", code=code)
        if code:
            assert f"This entry of 2026-03-01 cannot be kept: {said}." in answer.err
            assert there.file.read_bytes() == before
    assert there.file.read_bytes() != before


def test_a_diary_file_of_more_than_a_life_is_refused(there: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = acting(there, ())
    for name in ("MOST_RECORDS", "MOST_VALUES"):
        with monkeypatch.context() as patch:
            patch.setattr(elsewhere, name, 0)
            assert "more than a life can" in refused(there, "evil.db", path.read_bytes())


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_diary_file_of_every_format_comes_in(there: Patient, version: int) -> None:
    path = there.folder / "old.db"
    data = Path(__file__).parents[1] / "store" / "data" / f"format{version}.sql"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(data.read_text())
    assert "Came in from old.db" in there.run("import", path, "--same-person").out


def test_a_sealed_file_is_bounded_before_it_is_opened(
    there: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spinetrack.exchange import sealed

    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    monkeypatch.setattr(sealed, "LARGEST", 1000)
    raw = age.seal_with_passphrase(b"x" * 5000, "four words")
    assert "too large" in refused(there, "a.age", raw)
