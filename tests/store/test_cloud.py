from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.records import add, entry, open_store

from spinetrack.store import cloud

SHARED = [
    ("Dropbox", "Dropbox"),
    ("Dropbox (Personal)/health", "Dropbox"),
    ("OneDrive - Work/diary", "OneDrive"),
    ("Google Drive/diary", "Google Drive"),
    ("GoogleDrive-me@example.org/My Drive", "Google Drive"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
    ("Nextcloud/health", "Nextcloud"),
    ("pCloud Drive/health", "pCloud"),
]


@pytest.mark.parametrize(("folder", "service"), SHARED)
def test_a_synced_folder_is_told_once_in_a_diary(tmp_path: Path, folder: str, service: str) -> None:
    home = tmp_path / folder
    with open_store(home) as store:
        add(store, entry())
        told = store.cloud_warning()
        assert told
        assert service in told
        assert store.cloud_warning() is None
    with open_store(home) as store:
        assert store.cloud_warning() is None


def test_it_is_told_until_something_is_written(tmp_path: Path) -> None:
    home = tmp_path / "Dropbox"
    for _ in range(2):
        with open_store(home) as store:
            assert store.cloud_warning()
    assert not home.exists()
    with open_store(home) as store:
        assert store.cloud_warning()
        add(store, entry())
    with open_store(home) as store:
        assert store.cloud_warning() is None


def test_a_folder_of_this_computer_is_not_worth_a_word(tmp_path: Path) -> None:
    with open_store(tmp_path / "home") as store:
        add(store, entry())
        assert store.cloud_warning() is None


@pytest.mark.parametrize(
    ("mounts", "shared"),
    [
        ("srv:/home {} nfs4 rw 0 0\n", "a network folder"),
        ("/dev/sda1 {} ext4 rw 0 0\n", None),
        ("x / cifs rw 0 0\n/dev/sda1 {} ext4 rw 0 0\n", None),
        ("/dev/sda1 / ext4 rw 0 0\n", None),
    ],
)
def test_a_network_folder_is_known_by_its_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, shared: str | None
) -> None:
    table = tmp_path / "mounts"
    table.write_text(mounts.format(str(tmp_path.resolve()).replace(" ", "\\040")))
    monkeypatch.setattr(cloud, "_MOUNTS", str(table))
    assert cloud.shared_by(tmp_path / "home") == shared


def test_without_a_table_of_mounts_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud, "_MOUNTS", str(tmp_path / "none"))
    assert cloud.shared_by(tmp_path) is None


def test_a_raw_copy_has_every_row(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add(store, entry(note="\u00fcber"))
        out = io.StringIO()
        store.raw_export(out)
    assert out.getvalue().isascii()
    assert '"note": "\\u00fcber"' in out.getvalue()
    tables: Callable[[str], bool] = lambda name: f'"table": "{name}"' in out.getvalue()  # noqa: E731
    assert all(map(tables, ("entry", "observation", "meta", "step", "change")))
