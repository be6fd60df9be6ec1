"""F8: a read-only folder, a read-only file, a missing folder, a folder that is a file, no permission."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Patient
from tests.faults.machine import bound_by_permissions
from tests.store.records import add, entry, open_store

from spinetrack.errors import DiaryFileError


@pytest.fixture
def public() -> Iterator[Patient]:
    """A diary in a folder that everybody may read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    patient = Patient(folder)
    patient.run("log", 4)
    patient.run("doctor")  # What it imports may lie where nobody may read.
    (patient.home / "backups").chmod(0o755)
    patient.home.chmod(0o755)
    patient.file.chmod(0o644)
    yield patient
    if patient.home.is_dir():
        patient.home.chmod(0o755)
    shutil.rmtree(folder)


def read_only_file(home: Path) -> None:
    (home / "diary.db").chmod(0o444)


def read_only_folder(home: Path) -> None:
    (home / "diary.db").chmod(0o666)
    home.chmod(0o555)


def closed_file(home: Path) -> None:
    (home / "diary.db").chmod(0)


def closed_folder(home: Path) -> None:
    home.chmod(0)


def missing_folder_in_closed_folder(home: Path) -> None:
    shutil.rmtree(home)


def file_in_the_place_of_the_folder(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("not a folder")


ONLY_READ = "The diary can be read but not changed: {}. Nothing was saved."
NOT_OPENED = "The diary file cannot be opened: {}."
CLOSED = "The folder of the diary is closed to us: {}."
NO_FOLDER = "This is a file, the diary needs a folder: {}."


@pytest.mark.parametrize(
    ("close", "read", "write"),
    [
        (read_only_file, 1, ONLY_READ),
        (read_only_folder, 1, ONLY_READ),
        (closed_file, NOT_OPENED, NOT_OPENED),
        (closed_folder, CLOSED, CLOSED),
        (missing_folder_in_closed_folder, 0, f"{CLOSED} Nothing was saved."),
        (file_in_the_place_of_the_folder, NO_FOLDER, NO_FOLDER),
    ],
)
def test_a_closed_diary_says_why(
    public: Patient, close: Callable[[Path], None], read: str | int, write: str
) -> None:
    close(public.home)
    of_the_file = write in {ONLY_READ, NOT_OPENED}
    place = public.file if of_the_file else public.home
    with bound_by_permissions(), open_store(public.home) as store:
        if isinstance(read, int):
            assert len(store.diary().entries) == read
        else:
            with pytest.raises(DiaryFileError, match=f"^{read.format(place)}$"):
                store.diary()
        with pytest.raises(DiaryFileError, match=f"^{write.format(place)}$"):
            add(store, entry())


LOOKING = ("", "history", "doctor")
WRITING = ("log 4", "undo", "backup")


@pytest.mark.parametrize("line", [*LOOKING, *WRITING])
@pytest.mark.parametrize(
    ("close", "can_be_read"),
    [
        (read_only_file, True),
        (read_only_folder, True),
        (closed_file, False),
        (closed_folder, False),
        (missing_folder_in_closed_folder, True),
        (file_in_the_place_of_the_folder, False),
    ],
)
def test_looking_works_where_it_can_and_writing_says_why(
    public: Patient, close: Callable[[Path], None], line: str, *, can_be_read: bool
) -> None:
    close(public.home)
    before = public.file.read_bytes() if public.file.is_file() else b""
    with bound_by_permissions():
        answer = public.run(*line.split(), code=None)
    if line in LOOKING and can_be_read:
        assert answer.code == (1 if line == "doctor" and public.file.is_file() else 0), answer
        assert answer.out
    elif line == "undo" and not public.home.exists():
        assert (answer.code, answer.out) == (0, "There is nothing to undo.\n")
    elif line == "backup" and not public.home.exists():
        assert (answer.code, answer.err) == (1, "There is no diary yet. No copy was made.\n")
    else:
        assert answer.code == 4, answer
        assert answer.err or line == "doctor"
    assert (public.file.read_bytes() if public.file.is_file() else b"") == before
