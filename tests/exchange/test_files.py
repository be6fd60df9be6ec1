"""Files that leave the diary's folder: private, whole, and never over another."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange.files import open_input, refuse_existing, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        place = write_private(tmp_path / "a", (b"one ", b"two"))
    finally:
        os.umask(old)
    assert (place.read_bytes(), mode(place)) == (b"one two", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.write_text("mine")
    place.chmod(0o644)
    for attempt in (lambda: write_private(place, b"new"), lambda: refuse_existing(place, force=False)):
        with pytest.raises(ValueRefusedError, match="Nothing was written") as refused:
            attempt()
        assert "--force" in refused.value.hint
    assert place.read_text() == "mine"
    refuse_existing(place, force=True)
    write_private(place, b"new", force=True)
    assert (place.read_bytes(), mode(place)) == (b"new", 0o600)


def test_a_link_that_leads_nowhere_is_a_file_too(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueRefusedError):
        write_private(place, b"new")
    assert not (tmp_path / "elsewhere").exists()


def test_who_comes_first_while_we_write_keeps_the_name(tmp_path: Path) -> None:
    place = tmp_path / "a"

    def pieces() -> Iterator[bytes]:
        yield b"ours"
        place.write_text("theirs")

    with pytest.raises(ValueRefusedError, match="file here already"):
        write_private(place, pieces())
    assert place.read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_left_when_a_piece_cannot_be_made(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ValueRefusedError("no")

    with pytest.raises(ValueRefusedError, match="no"):
        write_private(tmp_path / "a", pieces())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing/a", "file/a", "n" * 300])
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SpinetrackError, match=r"Nothing was written\.$"):
        write_private(tmp_path / name, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_needs_a_name_in_it(tmp_path: Path) -> None:
    with pytest.raises(ValueRefusedError, match="This is a folder"):
        write_private(tmp_path, b"x", force=True)


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 2_000_001)
    os.mkfifo(tmp_path / "pipe")
    for name, said in {
        "missing": "There is no file",
        "": "This is a folder",
        "empty": "is empty",
        "large": "too large.*2 MB",
        "pipe": "not a plain file",
    }.items():
        with pytest.raises(ValueRefusedError, match=said):
            open_input(tmp_path / name, most=2_000_000)


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x\n")
    with open_input(tmp_path / "a", most=2) as file:
        assert file.read() == b"x\n"
