"""F9: flipped bits, a page of zeros, half a file, an empty one, a picture, another program's file."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.conftest import Patient, evening
from tests.faults.machine import DAMAGE, is_whole, notes, sizes
from tests.store.records import EXAMPLES, NOW, add, entry, fresh_store, open_store

from spinetrack.errors import DiaryFileError, SpinetrackError
from spinetrack.store import Store, backups

PAGE, HEAD = 4096, 8
"""Bytes of a page of the file, and of what stands at its start: which kind it is, and what lies where."""


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    """A diary of three days with two good copies and a sign that a screen found."""
    patient = Patient(tmp_path_factory.mktemp("template"))
    for n in range(3):
        patient.run("log", 3, "sit", 20, "note", f"n{n}", now=evening(n))
        patient.run(now=evening(n))
    patient.now = evening(3)
    return patient


@pytest.fixture
def damaged(template: Patient, tmp_path: Path) -> Patient:
    patient = Patient(tmp_path)
    shutil.copytree(template.home, patient.home)
    patient.now = template.now
    return patient


@pytest.mark.parametrize("spoil", DAMAGE.values(), ids=list(DAMAGE))
def test_doctor_names_the_newest_good_copy_and_it_comes_back(
    damaged: Patient, spoil: Callable[[Path], None]
) -> None:
    newest, older = damaged.run("restore", "--list", "--json").json["backups"][:0:-1]
    spoil(Path(newest["file"]))
    spoil(damaged.file)
    spoilt = damaged.file.read_bytes()

    for line in ("", "history", "suggest", "log 4", "undo", "backup"):
        answer = damaged.run(*line.split(), code=4)
        assert answer.out == ""
        assert answer.err
    answer = damaged.run("doctor", code=4)
    assert f"To bring it back: spinetrack restore {older['number']}\n" in answer.out
    assert damaged.run("doctor", "--json", code=4).json["newest_copy"]["file"] == older["file"]
    assert damaged.file.read_bytes() == spoilt

    damaged.run("restore", newest["number"], "--yes", code=1)
    restored = damaged.run("restore", older["number"], "--yes").out
    assert list(notes(damaged)) == ["n0", "n1"]
    aside = Path(restored.partition("As it was before: ")[2].splitlines()[0])
    assert aside.read_bytes() == spoilt
    assert damaged.run("doctor", code=1).out.startswith("Your diary is whole: 2 entries")
    assert is_whole(damaged.file)
    if spoil is not DAMAGE["a page of zeros"]:
        assert "could not be read. Please answer again: spinetrack screen" in restored
        assert "spinetrack screen" in damaged.run().out


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (DAMAGE["a picture"], "is damaged"),
        (DAMAGE["empty"], "is empty"),
        (DAMAGE["another program's"], "belongs to another program"),
        (DAMAGE["a text"], "is damaged"),
        (DAMAGE["half"], "is damaged"),
        (a_folder, "This is a folder"),
    ],
)
def test_what_is_no_diary_is_refused_in_one_sentence(spoil: Callable[[Path], None], said: str) -> None:
    with fresh_store() as store:
        add(store, entry())
    spoil(store.path)
    before = store.path.read_bytes() if store.path.is_file() else b""
    with open_store(store.path.parent) as store:
        for attempt in (store.diary, lambda: add(store, entry()), store.undo, lambda: store.backup("asked")):
            with pytest.raises(DiaryFileError, match=said):
                attempt()
    assert store.path.is_dir() or store.path.read_bytes() == before


@sizes(30, 300)
def test_a_flipped_bit_never_ends_in_a_traceback(damaged: Patient, size: int) -> None:
    whole = damaged.file.read_bytes()
    chance = random.Random(9)
    seen = set()
    for number in range(size):
        spoilt = bytearray(whole)
        # Most of a young diary is room that no table uses yet: every other bit is of a page's head.
        place = chance.randrange(len(whole))
        place -= place % PAGE - chance.randrange(HEAD) if number % 2 else 0
        spoilt[place] ^= 1 << chance.randrange(8)
        damaged.file.write_bytes(spoilt)
        assert damaged.run("history", code=None).code in {0, 4}
        answer = damaged.run("doctor", "--json", code=None)
        seen.add(answer.code)
        assert answer.code in {0, 1, 4}
        assert answer.json["newest_copy"]
    assert seen >= {0, 4}


def test_flipped_bits_never_harm_reading_writing_and_undoing() -> None:
    with fresh_store() as store:
        for value in EXAMPLES:
            add(store, value)
        path = store.path
    whole = path.read_bytes()
    answered = 0
    for n in range(150):
        spoilt = bytearray(whole)
        place = (n * 7919 + 13) % len(whole)
        spoilt[place] ^= 1 << n % 8
        path.write_bytes(spoilt)
        with Store(path.parent, lambda: NOW) as store, suppress(SpinetrackError):
            store.diary()
            store.undo()
            answered += 1
    assert answered > 75


@sizes(60, 300)
def test_every_flipped_bit_of_a_copy_is_found_by_its_checksum(damaged: Patient, size: int) -> None:
    copy = backups.copies(damaged.home)[0].path
    whole = copy.read_bytes()
    chance = random.Random(99)
    for _ in range(size):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        copy.write_bytes(spoilt)
        assert backups.is_as_made(copy) is False
    answer = damaged.run("restore", 1, "--yes", code=1)
    assert "has changed since it was made" in answer.err
    assert "changed" in damaged.run("restore", "--list").out
    assert damaged.run("doctor", code=1).out.count("has changed since it was made") == 1
    copy.write_bytes(whole)
    assert backups.is_as_made(copy)
