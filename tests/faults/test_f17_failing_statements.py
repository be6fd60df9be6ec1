"""F17: every statement of a write fails once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import all_rows, is_whole
from tests.store.records import EXAMPLES, Value, add, fresh_store, open_store

from spinetrack.errors import DiaryFileError, SpinetrackError
from spinetrack.store import Store, connection


class Failing(sqlite3.Connection):
    """A connection that fails at a chosen statement."""

    left = -1

    def execute(self, sql: str, *values: Value) -> sqlite3.Cursor:
        self._fail(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Value) -> sqlite3.Cursor:
        self._fail(sql)
        return super().executemany(sql, *values)

    def backup(self, target: sqlite3.Connection, **more: Value) -> None:
        self._fail("backup")
        super().backup(target, **more)

    @staticmethod
    def _fail(sql: str) -> None:
        if sql != "ROLLBACK" and Failing.left >= 0:
            Failing.left -= 1
            if Failing.left < 0:
                raise sqlite3.OperationalError("the disk is on fire")


def failing(path: Path | str, mode: str = "rw") -> sqlite3.Connection:
    place = Path(path).absolute().as_uri()
    return sqlite3.connect(f"{place}?mode={mode}", uri=True, isolation_level=None, factory=Failing)


def refusal(act: Callable[[Store], object], store: Store) -> SpinetrackError | None:
    try:
        act(store)
    except SpinetrackError as error:
        return error
    return None


def delete(store: Store) -> None:
    value = store.diary().entries[0]
    with store.write("delete") as write:
        write.remove(value)


def edit(store: Store) -> None:
    value = store.diary().entries[0]
    with store.write("edit") as write:
        write.replace(value._replace(note="x"))


@pytest.mark.parametrize(
    "act",
    [
        lambda store: add(store, EXAMPLES[0]),
        lambda store: add(store, EXAMPLES[9]),
        edit,
        delete,
        lambda store: store.undo(),
        lambda store: store.redo(),
    ],
    ids=["add", "add screen", "edit", "delete", "undo", "redo"],
)
def test_a_failure_at_any_statement_changes_nothing(
    act: Callable[[Store], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_store() as store:
        for _ in range(3):
            add(store, EXAMPLES[0])
        store.undo()
        before = store.path.read_bytes()
        folder = store.path.parent
    monkeypatch.setattr(connection, "connect", failing)
    failed = 0
    for n in range(100):
        with open_store(folder) as store:
            store.diary()
            Failing.left = n
            refused = refusal(act, store)
            Failing.left = -1
            if refused is None:
                break
            assert isinstance(refused, DiaryFileError)
            failed += 1
            db = store._file()
            assert db
            assert not db.in_transaction
            assert (folder / "diary.db").read_bytes() == before
    assert 5 < failed < 99
    assert (folder / "diary.db").read_bytes() != before


ALWAYS = (
    "log 4 sit 35 note n1", "log settled=yes", "done sit 20 --pain 3", "plan set sit 25 --by physio",
    "screen --none", "edit 1 sit 40", "delete 1", "undo", "backup", "history", "med take ibuprofen",
)  # fmt: skip
SELDOM = (
    "", "suggest", "plan", "chart pain", "insight", "body", "goal list", "question list", "due", "doctor",
    "restore --list", "import FILE --dry-run --same-person", "export -o OUT", "report -o OUT",
    "skip walk --why ill", "flare start", "flare playbook set warmth", "question May I swim?",
    "move 1 --at 18:00", "start sit", "plan add bridge --sets 3 --reps 8 --per-week 3",
    "goal add more --metric walk --target 40 --by 8w", "goal rate 1 1", "goal edit 1 --by 16w", "goal close 1",
    "goal milestone 1 add 40 --by 4w", "score odi 2 1 3 0 2 2 1 - 1 2", "metric add reading --unit min",
    "config rules adherence 85", "profile set country UK", "profile gates --none", "screen outcome 2 seen --by GP",
    "treat add massage", "treat edit 1 --sessions 8", "treat done 1", "treat end 1", "med add paracetamol --otc",
    "med stop ibuprofen", "med edit ibuprofen --dose 400mg", "side-effect sleepy", "block start --pain 8",
    "team add Dana", "visit add physio", "visit edit 1 --on 2026-03-20",
)  # fmt: skip
LONG = ("restore COPY --yes", "import FILE --same-person")
COMMANDS = [
    *((line, 1) for line in ALWAYS),
    *((line, 5) for line in LONG),
    *(pytest.param(line, 1, marks=pytest.mark.slow) for line in (*SELDOM, *LONG)),
]
"""What is typed, and how many statements further each failure lies than the one before."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    patient = Patient(tmp_path_factory.mktemp("template"))
    patient.run("plan", "set", "sit", 20, "--by", "physio", now=evening(0))
    patient.run("log", 3, "note", "n0", now=evening(0))
    patient.run("backup", patient.folder / "stick", now=evening(0))
    patient.run("done", "sit", 20, now=evening(0))
    patient.run("log", 3, "note", "n1", now=evening(1))
    patient.now = evening(1)
    for words in (
        ("treat", "add", "physiotherapy"), ("med", "add", "ibuprofen", "--otc"), ("visit", "add", "physio"),
        ("goal", "add", "film", "--metric", "sit", "--target", 90, "--by", "8w"), ("screen", "--none"),
    ):  # fmt: skip
        patient.run(*words, code=None)
    other = Patient(tmp_path_factory.mktemp("other"))
    other.run("log", 5, "sit", 40, "note", "elsewhere", now=evening(1))
    other.run("export", "-o", patient.folder / "stick" / "all.ndjson", now=evening(1))
    return patient


SAID = ("was saved.", "was changed.", "is damaged", "No copy was made", "copy", "cannot be used")
"""What a refusal names, one of them at least."""


@pytest.mark.parametrize(("line", "apart"), COMMANDS)
def test_a_command_whose_statements_fail_says_so_and_changes_nothing(
    template: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, apart: int
) -> None:
    (copy,) = (template.folder / "stick").glob("*.db")
    patient = Patient(tmp_path)
    shutil.copytree(template.home, patient.home)
    patient.now = template.now
    done = {1} if line == "due" else {0, 3}  # nothing is due; a warning sign is open
    out = tmp_path / "out.html"
    named = {"COPY": copy, "FILE": template.folder / "stick" / "all.ndjson", "OUT": out}
    words = [str(named.get(word, word)) for word in line.split()]
    if words[:2] == ["screen", "outcome"]:
        patient.run("screen", "--yes", "IN1", code=3)
    start = tmp_path / "start"
    shutil.copytree(patient.home, start)
    before = all_rows(patient.file)
    monkeypatch.setattr(connection, "connect", failing)
    failed = 0
    for n in range(0, 2000, apart):
        Failing.left = n
        answer = patient.run(*words, code=None)
        reached = Failing.left < 0
        Failing.left = -1
        if answer.code in done and not reached:
            break
        left = all_rows(patient.file)
        if answer.code == 4:
            failed += 1
            assert any(told in answer.out + answer.err for told in SAID), answer
            assert left == before or "Nothing was" not in answer.err, answer
            assert not out.exists() or answer.out.startswith("Written: "), answer
        else:
            assert answer.code in done, answer
        out.unlink(missing_ok=True)
        if left != before or answer.code != 4:
            # What failed came after the record: it is saved all the same.
            shutil.rmtree(patient.home)
            shutil.copytree(start, patient.home)
    assert failed > 2 or line == "restore --list"
    assert n < 1900
    assert is_whole(patient.file)
    assert not [p for p in patient.folder.rglob("*") if p.name.startswith(".") or p.name.endswith("-journal")]


def test_the_probe_can_fail() -> None:
    with fresh_store() as store:
        path = store.path
    Failing.left = 0
    with closing(failing(path)) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("SELECT 1")
    Failing.left = -1
