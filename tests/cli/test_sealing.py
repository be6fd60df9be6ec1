"""What leaves the diary encrypted, and comes back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pexpect
import pyrage
import pytest
from pypdf import PdfReader
from tests.conftest import Patient, evening

from spinetrack.exchange import age

WORDS = "four plain words here"
SECRET = {"SPINETRACK_PASSPHRASE": WORDS}
NEEDS_AGE = pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not on this machine")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, patient: Patient) -> None:
    """Less work for each passphrase, and files in the folder of the test."""
    monkeypatch.setattr(age, "WORK_FACTOR", 10)
    monkeypatch.chdir(patient.folder)


@pytest.fixture
def key(patient: Patient) -> str:
    """A public key; its secret half lies in `key.txt`."""
    identity = pyrage.x25519.Identity.generate()
    (patient.folder / "key.txt").write_text(f"# mine\n{identity}\n")
    return str(identity.to_public())


def kept(patient: Patient) -> None:
    patient.run("log", 4, "note", "gardening all day")


def test_an_export_with_a_passphrase_comes_back(patient: Patient) -> None:
    kept(patient)
    said = patient.run("export", "--passphrase", env=SECRET).out
    file = patient.folder / "spinetrack-2026-03-02.ndjson.age"
    assert str(file) in said
    assert "nobody can open" in said
    assert b"gardening" not in file.read_bytes()
    assert b"gardening" in age.open_with_passphrase(file.read_bytes(), WORDS)
    patient.run("--home", patient.folder / "other", "import", file, env=SECRET)
    assert "gardening" in patient.run("--home", patient.folder / "other", "history").out


@NEEDS_AGE
def test_debians_age_opens_what_was_made_for_a_key(patient: Patient, key: str) -> None:
    kept(patient)
    patient.run("export", "--format", "csv", "--to", key, "-o", "a.csv")
    opened = subprocess.run(
        ["age", "-d", "-i", "key.txt", "a.csv.age"], capture_output=True, check=True, text=True
    ).stdout
    assert opened.startswith("day,time,")
    assert "4" in opened


@NEEDS_AGE
def test_debians_age_opens_a_backup_with_a_passphrase(patient: Patient) -> None:
    kept(patient)
    patient.run("backup", "stick", "--passphrase", env=SECRET)
    (copy,) = Path("stick").glob("*.age")
    child = pexpect.spawn("age", ["-d", "-o", "out.db", str(copy)], timeout=30, encoding="utf-8")
    child.expect("passphrase")
    child.sendline(WORDS)
    child.expect(pexpect.EOF)
    assert Path("out.db").read_bytes().startswith(b"SQLite format 3\0")


def test_a_file_of_keys(patient: Patient, key: str) -> None:
    kept(patient)
    Path("keys.txt").write_text(f"# the clinic\n{key}\n\n")
    said = patient.run("report", "--format", "md", "--to", "keys.txt", "-o", "for-anna.md").out
    assert "Only who holds the key" in said
    sealed = Path("for-anna.md.age").read_bytes()
    assert b"#" in age.open_with_keys(sealed, Path("key.txt").read_text())


def test_a_report_as_pdf_gets_a_password_and_stays_a_pdf(patient: Patient) -> None:
    kept(patient)
    patient.run("report", "--format", "pdf", "--passphrase", env=SECRET)
    file = Path("spinetrack-report-2026-03-02.pdf")
    reader = PdfReader(file)
    assert reader.is_encrypted
    assert not reader.decrypt("another")
    assert reader.decrypt(WORDS)
    assert reader.pages


def test_a_pdf_for_a_key_is_an_age_file(patient: Patient, key: str) -> None:
    kept(patient)
    patient.run("report", "-o", "for-anna.pdf", "--to", key)
    assert (
        age.open_with_keys(Path("for-anna.pdf.age").read_bytes(), Path("key.txt").read_text())[:4] == b"%PDF"
    )


@pytest.mark.parametrize("words", [("--passphrase",), ("--to",)])
def test_a_backup_comes_back(patient: Patient, key: str, words: tuple[str, ...]) -> None:
    kept(patient)
    given = (*words, key) if words == ("--to",) else words
    said = patient.run("backup", *given, env=SECRET).out
    (copy,) = (patient.home / "backups").glob("*asked*.db.age")
    assert str(copy) in said
    assert copy.stat().st_mode & 0o777 == 0o600
    subprocess.run(["sha256sum", "--check", f"{copy.name}.sha256"], cwd=copy.parent, check=True)
    assert "encrypted" in patient.run("restore", "--list").out
    patient.run("doctor")
    patient.run("delete", 1)
    said = patient.run("restore", 1, "--key", "key.txt", "--yes", env=SECRET, now=evening(1)).out
    assert "The copy is your diary now" in said
    assert "gardening" in patient.run("history").out
    assert not [p for p in patient.home.rglob("*") if p.name.startswith(".")]


def test_a_wrong_passphrase_changes_nothing(patient: Patient) -> None:
    kept(patient)
    patient.run("backup", "--passphrase", env=SECRET)
    before = patient.file.read_bytes()
    answer = patient.run("restore", 1, "--yes", env={"SPINETRACK_PASSPHRASE": "another"}, code=1)
    assert "passphrase is wrong" in answer.err
    answer = patient.run("restore", 1, "--yes", code=1)
    assert "SPINETRACK_PASSPHRASE" in answer.err
    assert patient.file.read_bytes() == before


def test_encrypted_copies_stay_and_count_for_nothing(patient: Patient) -> None:
    """A lost passphrase may not cost the plain copy of the same day."""
    kept(patient)
    for day in range(12):
        patient.run("backup", "--passphrase", env=SECRET, now=evening(day))
        patient.run("backup", now=evening(day))
    sealed = list((patient.home / "backups").glob("*.age"))
    assert len(sealed) == 12
    plain = list((patient.home / "backups").glob("*asked*.db"))
    assert len(plain) >= 7


def test_a_changed_copy_is_seen(patient: Patient) -> None:
    kept(patient)
    patient.run("backup", "--passphrase", env=SECRET)
    (copy,) = (patient.home / "backups").glob("*.age")
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    assert "has changed" in patient.run("doctor", code=1).out
    assert "has changed" in patient.run("restore", copy, "--yes", code=1, env=SECRET).err


REFUSED = [
    ("export --passphrase", 2, "Nobody is there"),
    ("export --passphrase --to age1x", 2, "not both"),
    ("export --to age1x", 1, "not a public key"),
    ("export --to AGE-SECRET-KEY-1QQQ", 1, "This is a secret key"),
    ("export --to key.txt", 1, "holds a secret key"),
    ("export --to empty.txt", 1, "no key in this file"),
    ("export --to nowhere.txt", 1, "There is no file"),
    ("report --format text --passphrase", 2, "cannot be encrypted"),
    ("report --passphrase --open", 2, "Leave --open away"),
    ("backup --passphrase", 2, "Nobody is there"),
]


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_refusals_write_nothing(patient: Patient, line: str, code: int, words: str) -> None:
    kept(patient)
    Path("empty.txt").write_text("# nothing\n")
    before = sorted(p.name for p in Path.cwd().iterdir())
    answer = patient.run(*line.split(), code=code)
    assert words in answer.err
    assert "QQQ" not in answer.err
    assert sorted(p.name for p in Path.cwd().iterdir()) == before


def typed(patient: Patient, *answers: str) -> str:
    import sys

    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", "export", "--passphrase"],
        env={**patient.environ, "SPINETRACK_NOW": patient.now},
        timeout=60,
        encoding="utf-8",
    )
    for answer in answers:
        child.expect(": ")
        child.sendline(answer)
    child.expect(pexpect.EOF)
    return str(child.before)


def test_a_passphrase_is_typed_twice_and_not_shown(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 18)
    kept(patient)
    assert WORDS not in typed(patient, WORDS, WORDS)
    (file,) = Path.cwd().glob("*.age")
    assert age.open_with_passphrase(file.read_bytes(), WORDS)
    file.unlink()
    assert "differ" in typed(patient, WORDS, "another")
    assert "empty" in typed(patient, "")
    assert not list(Path.cwd().glob("*.age"))


def test_without_a_diary_there_is_nothing_to_encrypt(patient: Patient) -> None:
    patient.run("backup", "--passphrase", code=1, env=SECRET)
    patient.run("export", "--passphrase", code=1, env=SECRET)
    assert not list(patient.folder.rglob("*.age"))
