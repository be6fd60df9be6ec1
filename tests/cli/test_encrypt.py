"""The diary itself encrypted: every command works on it, and nothing of it can be read without its key."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pexpect
import pytest
from tests.conftest import Answer, Patient, evening
from tests.faults.machine import FORMATS, all_rows, ended, load, sizes, start

WORDS = "four plain words here"
SECRET = {"SPINETRACK_DIARY_PASSPHRASE": WORDS}
NOTE = "gardening"
PLAIN = b"SQLite format 3\0"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work for each passphrase."""
    from spinetrack.store import secrets

    monkeypatch.setattr(secrets, "ROUNDS", 1000)


@pytest.fixture
def key(patient: Patient) -> Path:
    return patient.folder / "stick.key"


def kept(patient: Patient) -> None:
    patient.run("log", 4, "sit", 35, "note", NOTE)
    patient.run("backup")
    patient.run("log", 5, "note", f"more {NOTE}", now=evening(1))
    patient.run("undo", now=evening(1))
    patient.run("redo", now=evening(1))
    patient.now = evening(1)


def encrypted(patient: Patient, key: Path) -> None:
    kept(patient)
    patient.run("encrypt", "--key-file", key, "--yes")


def readable(patient: Patient) -> list[str]:
    """The files of the diary's folder in which a note, or any diary, can be read."""
    return [
        path.name
        for path in patient.home.rglob("*")
        if path.is_file() and (NOTE.encode() in path.read_bytes() or path.read_bytes().startswith(PLAIN))
    ]


def test_nothing_can_be_read_without_the_key(patient: Patient, key: Path) -> None:
    kept(patient)
    assert len(readable(patient)) >= 3
    said = patient.run("encrypt", "--key-file", key, "--yes").out
    assert "nobody can open" in said
    assert readable(patient) == []
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text().strip() not in said
    assert key.read_text().strip() not in (patient.home / "lock.json").read_text()


@pytest.mark.parametrize("how", ["key", "passphrase"])
def test_there_and_back_the_diary_is_the_same(patient: Patient, key: Path, how: str) -> None:
    kept(patient)
    before = all_rows(patient.file)
    with closing(sqlite3.connect(patient.file)) as db:
        schema = sorted(db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=repr)
        numbers = [db.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
    words = ("--key-file", key) if how == "key" else ()
    patient.run("encrypt", *words, "--yes", env=SECRET)
    patient.run("decrypt", "--yes", env=SECRET)
    assert all_rows(patient.file) == before
    with closing(sqlite3.connect(patient.file)) as db:
        assert sorted(db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=repr) == schema
        assert [
            db.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")
        ] == numbers
    assert not (patient.home / "lock.json").exists()
    assert "All is well" in patient.run("doctor").out


def test_every_command_works_on_it(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    patient.now = evening(2)
    patient.run("log", 6, "sit", 20)
    patient.run("log", 6, "--flare")
    patient.run("undo")
    patient.run("redo")
    assert NOTE in patient.run("history").out
    for line in ("", "suggest", "plan", "chart pain", "body", "insight", "goal list", "due", "screen list"):
        patient.run(*line.split(), code=None)
    patient.run("screen", "--none")
    patient.run("backup")
    assert "All is well" in patient.run("doctor").out
    patient.run("export", "-o", patient.folder / "a.ndjson")
    patient.run("--home", patient.folder / "other", "import", patient.folder / "a.ndjson")
    patient.run("--home", patient.folder / "other", "log", 9, "note", "brought along")
    patient.run("import", patient.folder / "other" / "diary.db")
    assert "brought along" in patient.run("history").out
    patient.run("undo")
    patient.run("report", "-o", patient.folder / "a.html")
    patient.run("export", "--raw", "-o", patient.folder / "raw")
    assert readable(patient) == []


def test_copies_come_back(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    assert patient.run("restore", "--list").out.count("holds") == 3
    patient.run("delete", 1)
    assert "The copy is your diary now" in patient.run("restore", 1, "--yes").out
    assert NOTE in patient.run("history").out
    assert readable(patient) == []


def test_a_plain_copy_comes_back_encrypted(patient: Patient, key: Path) -> None:
    """The diary stays as it is, whatever the copy is."""
    kept(patient)
    patient.run("backup", patient.folder / "stick")
    (copy,) = (patient.folder / "stick").glob("*.db")
    patient.run("encrypt", "--key-file", key, "--yes")
    patient.run("delete", 1)
    patient.run("restore", copy, "--yes")
    assert NOTE in patient.run("history").out
    assert readable(patient) == []


def test_an_encrypted_copy_on_another_computer(patient: Patient) -> None:
    """Neither the diary nor `lock.json` is there."""
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    patient.run("backup", patient.folder / "stick", env=SECRET)
    (copy,) = (patient.folder / "stick").glob("*.db")
    other = ("--home", patient.folder / "other")
    assert "no key is here" in patient.run(*other, "restore", copy, "--yes", code=4).err
    patient.run(*other, "restore", copy, "--yes", env=SECRET)
    assert NOTE in patient.run(*other, "history", env=SECRET).out
    patient.run(*other, "history", code=4)
    assert not (patient.folder / "other" / "diary.db").read_bytes().startswith(PLAIN)


def test_an_age_backup_of_it_opens_with_its_passphrase_alone(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    secret = {"SPINETRACK_PASSPHRASE": "words of the copy"}
    patient.run("backup", patient.folder / "stick", "--passphrase", env=secret)
    (copy,) = (patient.folder / "stick").glob("*.age")
    other = ("--home", patient.folder / "other")
    patient.run(*other, "restore", copy, "--yes", env=secret)
    assert NOTE in patient.run(*other, "history").out
    patient.run("restore", copy, "--yes", env=secret, code=None)
    assert readable(patient) == []


def test_its_file_is_taken_in_elsewhere(patient: Patient) -> None:
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    other = ("--home", patient.folder / "other")
    patient.run(*other, "import", patient.file, code=1)
    patient.run(*other, "import", patient.file, env=SECRET)
    assert NOTE in patient.run(*other, "history").out


def test_rekey(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    patient.run("rekey", env={"SPINETRACK_NEW_PASSPHRASE": WORDS})
    assert patient.run("history", code=4).out == ""
    assert NOTE in patient.run("history", env=SECRET).out
    assert patient.run("restore", "--list", env=SECRET).out.count("holds") == 3
    patient.run("rekey", env={**SECRET, "SPINETRACK_NEW_PASSPHRASE": "other words"})
    patient.run("history", env=SECRET, code=4)
    patient.run("history", env={"SPINETRACK_DIARY_PASSPHRASE": "other words"})
    assert readable(patient) == []


# --- keys that are missing or wrong ----------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["due", "log 4", "", "history", "undo", "log 4 --json", "export", "restore --list"]
)
def test_without_a_key(patient: Patient, line: str) -> None:
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    before = patient.file.read_bytes()
    answer = patient.run(*line.split(), code=None)
    if line != "restore --list":
        assert answer.code == 4
        assert answer.out == ""
        assert answer.err.count("\n") == 1
        assert "encrypted" in answer.err
    assert patient.file.read_bytes() == before


def test_a_wrong_passphrase_is_said_plainly(patient: Patient) -> None:
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    answer = patient.run("log", 4, env={"SPINETRACK_DIARY_PASSPHRASE": "guess"}, code=4)
    assert "does not open the diary" in answer.err
    assert "Nobody can open it without" in answer.err
    assert "guess" not in answer.err


def test_a_key_file_that_is_away_or_none(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    text = key.read_text()
    key.unlink()
    assert "key file is not there" in patient.run("log", 4, code=4).err
    assert patient.run("due", code=4).err.count("\n") == 1
    key.write_text("no key")
    assert "holds no key" in patient.run("log", 4, code=4).err
    key.write_text("00" * 32)
    assert "does not open" in patient.run("log", 4, code=4).err
    moved = patient.folder / "moved.key"
    moved.write_text(text)
    key.unlink()
    patient.run("log", 4, env={"SPINETRACK_KEY_FILE": str(moved)})


def test_doctor_of_a_locked_diary(patient: Patient) -> None:
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    assert "no key is here" in patient.run("doctor", code=4).out


def test_a_damaged_one(patient: Patient, key: Path) -> None:
    encrypted(patient, key)
    raw = bytearray(patient.file.read_bytes())
    raw[4096 * 7 + 100] ^= 1
    patient.file.write_bytes(raw)
    assert "damaged" in patient.run("doctor", code=4).out
    assert "newest good" in patient.run("doctor", code=4).out
    patient.run("restore", 1, "--yes")
    assert NOTE in patient.run("history").out
    assert readable(patient) == []


def test_a_lost_mark_is_no_lost_diary(patient: Patient) -> None:
    kept(patient)
    patient.run("encrypt", "--yes", env=SECRET)
    (patient.home / "lock.json").unlink()
    copies = sorted((patient.home / "backups").glob("*.db"))
    assert NOTE in patient.run("history", env=SECRET).out
    assert "is whole" in patient.run("doctor", env=SECRET).out
    assert sorted((patient.home / "backups").glob("*.db")) == copies
    (patient.home / "lock.json").write_text("{")
    assert NOTE in patient.run("history", env=SECRET).out


def test_without_the_extra(patient: Patient, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted(patient, key)
    monkeypatch.delitem(sys.modules, "spinetrack.store.cipher", raising=False)
    monkeypatch.setattr("spinetrack.store.cipher", None, raising=False)
    monkeypatch.delattr("spinetrack.store.cipher", raising=False)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    answer = patient.run("log", 4, code=4)
    assert answer.err.count("\n") == 1
    assert "pip install 'spinetrack[encrypted]'" in answer.err
    other = ("--home", patient.folder / "other")
    patient.run(*other, "log", 4)
    assert "pip install" in patient.run(*other, "encrypt", "--yes", env=SECRET, code=4).err


REFUSED = [
    ("encrypt", 2, "Nobody is there to answer"),
    ("encrypt --yes", 2, "Nobody is there to type"),
    ("encrypt --yes --keyring --key-file x", 2, "not both"),
    ("encrypt --yes --key-file diary/x", 1, "may not lie beside"),
    ("decrypt", 1, "not encrypted"),
    ("rekey", 1, "not encrypted"),
]


@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_refusals_change_nothing(
    patient: Patient, line: str, code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(patient.folder)
    kept(patient)
    before = {p: p.read_bytes() for p in patient.folder.rglob("*") if p.is_file()}
    assert words in patient.run(*line.split(), code=code).err
    assert {p: p.read_bytes() for p in patient.folder.rglob("*") if p.is_file()} == before


def test_without_a_diary(patient: Patient) -> None:
    for line in ("encrypt --yes", "decrypt --yes", "rekey"):
        assert "no diary yet" in patient.run(*line.split(), code=1).err
    assert not patient.home.exists()


def test_what_cannot_be_taken_along_is_named(patient: Patient, key: Path) -> None:
    kept(patient)
    folder = patient.home / "backups"
    changed = folder / "diary-asked-20260101T000000Z.db"
    changed.write_bytes((folder / next(p.name for p in folder.glob("*.db"))).read_bytes())
    changed.with_name(changed.name + ".sha256").write_text("0" * 64 + f"  {changed.name}\n")
    damaged = folder / "damaged-diary-20260101T000000Z.db"
    damaged.write_bytes(PLAIN + b"x" * 5000)
    (patient.home / ".diary.db.0123abcd").write_bytes(PLAIN + NOTE.encode())
    said = patient.run("encrypt", "--key-file", key, "--yes").out
    assert str(changed) in said
    assert str(damaged) in said
    assert not (patient.home / ".diary.db.0123abcd").exists()
    assert changed.name in patient.run("doctor", code=1).out
    assert set(readable(patient)) <= {changed.name, damaged.name}


# --- the keyring, the terminal, two terminals ------------------------------------------------


def test_the_keyring(patient: Patient) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    class Pocket(KeyringBackend):
        priority = 1.0
        held: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.held.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.held[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if self.held.pop((service, username), None) is None:
                raise PasswordDeleteError

    before = keyring.get_keyring()
    keyring.set_keyring(Pocket())  # type: ignore[no-untyped-call]
    try:
        kept(patient)
        patient.run("encrypt", "--keyring", "--yes")
        assert len(Pocket.held) == 1
        assert readable(patient) == []
        assert NOTE in patient.run("history").out
        patient.run("rekey", env={"SPINETRACK_NEW_PASSPHRASE": WORDS})
        assert Pocket.held == {}
        patient.run("history", env=SECRET)
    finally:
        keyring.set_keyring(before)


def test_a_computer_without_a_keyring(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    try:
        kept(patient)
        assert "no keyring" in patient.run("encrypt", "--keyring", "--yes", code=4).err
    finally:
        keyring.set_keyring(before)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "spinetrack[keyring]" in patient.run("encrypt", "--keyring", "--yes", code=4).err
    assert patient.file.read_bytes().startswith(PLAIN)


def typed(patient: Patient, line: str, *answers: str) -> Answer:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "spinetrack", *line.split()],
        env={**patient.environ, "SPINETRACK_NOW": patient.now},
        timeout=60,
        encoding="utf-8",
    )
    for answer in answers:
        child.expect("(: |> )")
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    return Answer(child.exitstatus or 0, str(child.before), "")


def test_the_whole_talk_at_a_terminal(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    from spinetrack.store import secrets

    monkeypatch.setattr(secrets, "ROUNDS", 256_000)
    kept(patient)
    answer = typed(patient, "encrypt", "y", WORDS, WORDS)
    assert WORDS not in answer.out
    assert readable(patient) == []
    answer = typed(patient, "log 6 sit 20", "guess", WORDS)
    assert "pain 6" in answer.out
    assert answer.code == 0
    assert typed(patient, "history", "a", "b", "c").code == 4
    answer = typed(patient, "rekey", WORDS, "new words", "new words")
    assert "encrypted now" in answer.out
    assert "pain 6" in typed(patient, "history", "new words").out


def test_a_terminal_that_waited_writes_into_the_encrypted_diary(patient: Patient, key: Path) -> None:
    """It opened the plain file; while it waits for its turn another terminal encrypts the diary."""
    from datetime import UTC, datetime

    from spinetrack.recovery.diary import Question
    from spinetrack.store import Store

    kept(patient)
    now = datetime(2026, 3, 4, 19, tzinfo=UTC)
    with Store(patient.home, lambda: now) as store:
        assert store.patient()
        patient.run("encrypt", "--key-file", key, "--yes")
        with store.write("question") as writer:
            writer.add(Question("May I swim?", now, now.date()))
    assert "May I swim?" in patient.run("question", "list").out
    assert readable(patient) == []


@pytest.mark.parametrize("dump", FORMATS[:-1], ids=lambda path: path.stem)
def test_an_older_format_is_encrypted_and_brought_up(patient: Patient, key: Path, dump: Path) -> None:
    load(dump, patient.file)
    patient.run("encrypt", "--key-file", key, "--yes")
    patient.run("history", "--since", "all", code=0)
    assert not patient.file.read_bytes().startswith(PLAIN)
    assert list(patient.home.rglob("*format*.db"))
    assert readable(patient) == []


def test_a_daily_command_loads_no_more_than_it_did(patient: Patient, key: Path) -> None:
    kept(patient)
    loaded = patient.modules("log", "4")
    assert not loaded & {"sqlcipher3", "hashlib", "spinetrack.store.secrets", "spinetrack.store.sealed_files"}
    patient.run("encrypt", "--key-file", key, "--yes")
    loaded = patient.modules("log", "4")
    assert "sqlcipher3" in loaded
    assert not loaded & {"sqlmodel", "typer", "rich", "keyring"}


def test_only_one_module_knows_sqlcipher() -> None:
    root = Path(__file__).parents[2] / "src"
    users = {
        p.name
        for p in root.rglob("*.py")
        if "import sqlcipher3" in (t := p.read_text()) or "from sqlcipher3" in t
    }
    assert users == {"cipher.py"}


def test_a_lost_passphrase_and_a_plain_copy(patient: Patient) -> None:
    kept(patient)
    patient.run("backup", patient.folder / "stick")
    (copy,) = (patient.folder / "stick").glob("*.db")
    patient.run("encrypt", "--yes", env=SECRET)
    copies = sorted((patient.home / "backups").glob("*.db"))
    patient.file.rename(patient.folder / "lost.db")
    patient.run("restore", copy, "--yes")
    assert NOTE in patient.run("history").out
    patient.run("log", 4, now=evening(2))
    patient.run("history", now=evening(2))
    patient.run("doctor", now=evening(2), code=None)
    assert set(copies) <= set((patient.home / "backups").glob("*.db"))
    patient.run("decrypt", "--yes", now=evening(2))
    patient.run("history", now=evening(2))
    patient.run("doctor", "--repair", now=evening(2), code=None)
    assert set(copies) <= set((patient.home / "backups").glob("*.db"))


@pytest.mark.parametrize(
    "line", ["encrypt --yes --key-file b.key", "rekey --key-file b.key", "decrypt --yes", "forget --all"]
)
def test_a_diary_that_another_program_holds(
    patient: Patient, key: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spinetrack.store import failures

    monkeypatch.chdir(patient.folder)
    monkeypatch.setattr(failures, "BUSY_MILLISECONDS", 300)
    kept(patient)
    if not line.startswith("encrypt"):
        patient.run("encrypt", "--yes", "--key-file", key)
    before = {p: p.read_bytes() for p in patient.home.rglob("*") if p.is_file()}
    holder = connect_as_it_is(patient)
    try:
        holder.execute("BEGIN IMMEDIATE")
        assert "Another spinetrack is writing" in patient.run(*line.split(), stdin="forget\n", code=75).err
    finally:
        holder.close()
    assert {p: p.read_bytes() for p in patient.home.rglob("*") if p.is_file()} == before


def connect_as_it_is(patient: Patient) -> sqlite3.Connection:
    from spinetrack.store import connection

    return connection.connect(patient.file)


def test_nobody_who_logs_meanwhile_loses_a_line(patient: Patient, key: Path) -> None:
    kept(patient)
    running = [start(patient, "log", n % 10, "note", f"line-{n}") for n in range(8)]
    running.append(start(patient, "encrypt", "--yes", "--key-file", key))
    running += [start(patient, "log", n % 10, "note", f"line-{n}") for n in range(8, 14)]
    answers = [ended(process) for process in running]
    assert answers[8].code in {0, 75}
    noted = {e["note"] for e in patient.run("history", "--json").json["entries"]}
    for number, answer in enumerate(answers[:8] + answers[9:]):
        assert answer.code in {0, 4, 75}, answer
        assert (f"line-{number}" in noted) == (answer.code == 0)
    assert sum(answer.code == 0 for answer in answers) >= 13
    assert "is whole" in patient.run("doctor", code=None).out


@sizes(12, 300)
def test_a_flipped_bit_is_found(patient: Patient, key: Path, size: int) -> None:
    """Every page has a seal of its own: what SQLite alone would read wrongly is noticed here."""
    encrypted(patient, key)
    whole = patient.file.read_bytes()
    chance = random.Random(size)
    for _ in range(size):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        patient.file.write_bytes(raw)
        patient.run("history", code=None)
        assert patient.run("doctor", code=None).code == 4
    patient.file.write_bytes(whole)
    assert "is whole" in patient.run("doctor").out
