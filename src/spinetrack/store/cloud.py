"""Whether a folder is kept in step with other computers, which an open database does not bear."""

from __future__ import annotations

import os

from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_SYNCED: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
}
"""How the folder of a sync service begins, in lower case; "OneDrive - Work" is one too."""
_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}
)
_MOUNTS: Final = "/proc/self/mounts"


def shared_by(folder: Path | str) -> str | None:
    """Say who keeps `folder` in step: a sync service, "a network folder", or None."""
    place = os.path.realpath(folder)
    for part in place.replace("\\", "/").split("/"):
        for start, service in _SYNCED.items():
            if part.lower().startswith(start):
                return service
    on_network = place.startswith(("\\\\", "//")) or _mounted_as(place) in _NETWORK
    return "a network folder" if on_network else None


def _mounted_as(place: str) -> str:
    """Name the kind of file system that holds `place`, as Linux tells it; elsewhere ""."""
    best = kind = ""
    try:
        with open(_MOUNTS, encoding="utf-8", errors="replace") as mounts:
            for line in mounts:
                _, point, about, *_ = line.split(" ")
                point = point.replace("\\040", " ")
                inside = place == point or place.startswith(point.rstrip("/") + "/")
                if inside and len(point) >= len(best):
                    best, kind = point, about
    except OSError:
        return ""
    return kind
