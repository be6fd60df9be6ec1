"""F12: a folder of a sync service or on the network, and the second versions these make."""

from __future__ import annotations

import shutil
from pathlib import Path
from shlex import split

import pytest
from tests.conftest import Patient, evening

from spinetrack.store import cloud

SHARED = [
    ("Dropbox", "Dropbox"),
    ("Dropbox (Personal)/health", "Dropbox"),
    ("OneDrive - Work/diary", "OneDrive"),
    ("Google Drive/diary", "Google Drive"),
    ("GoogleDrive-me@example.org/My Drive", "Google Drive"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
    ("iCloud Drive/diary", "iCloud Drive"),
    ("nas/diary", "a network folder"),
]


@pytest.mark.parametrize(("folder", "service"), SHARED)
def test_a_shared_folder_is_told_once_and_doctor_knows(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, folder: str, service: str
) -> None:
    if folder.startswith("nas"):
        mounts = patient.folder / "mounts"
        mounts.write_text(f"srv:/x {patient.folder.resolve()}/nas nfs4 rw 0 0\n")
        monkeypatch.setattr(cloud, "_MOUNTS", str(mounts))
    patient.environ["SPINETRACK_HOME"] = str(patient.folder / folder)
    said = [patient.run("log", 3, now=evening(n)).err for n in range(3)]
    assert said[0].startswith(f"The diary lies in {service}.")
    assert said[1:] == ["", ""]
    assert f"The diary lies in {service}." in patient.run("doctor", now=evening(3)).out


SECOND_VERSIONS = (
    "diary (1).db",
    "diary 2.db",
    "diary-LAPTOP.db",
    "diary (a's conflicted copy 2026-03-02).db",
    "diary.sync-conflict-20260302-190000-ABCDEFG.db",
    "diary_conflict-20260302-190000.db",
    "Diary (Case Conflict).db",
    "diary (conflicted copy).db",
)


@pytest.mark.parametrize("name", SECOND_VERSIONS)
def test_doctor_names_a_second_version(patient: Patient, name: str) -> None:
    patient.run("log", 3)
    shutil.copy(patient.file, patient.home / name)
    (patient.home / name).chmod(0o600)
    found = patient.run("doctor", "--json").json["findings"]
    assert [(f["check"], f["level"]) for f in found] == [("place", "note")]
    assert name in found[0]["text"]
    assert split(found[0]["remedy"].partition("spinetrack ")[2])[1] == str(patient.home / name)


def test_what_is_ours_is_no_second_version(patient: Patient) -> None:
    patient.run("log", 3)
    patient.run("backup")
    (patient.home / "config.toml").write_text("")
    (patient.home / "config.toml").chmod(0o600)
    assert patient.run("doctor", "--json").json["findings"] == []
    assert Path(patient.home / "backups").is_dir()
