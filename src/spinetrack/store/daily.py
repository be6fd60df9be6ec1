"""The copy that the first record of a day leaves behind: what every daily command asks about it.

Nothing here opens a file, and nothing slow is imported: it runs in every `log`.
"""

from __future__ import annotations

import os
from datetime import UTC, timedelta

from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

FOLDER: Final = "backups"
"""The folder of the copies, beside the diary."""
DAILY: Final = "daily"
"""Why the copy of a day's first record was made."""
STAMP: Final = "%Y%m%dT%H%M%SZ"
"""How the name of a copy says when it was made. In UTC, so that no change of clocks disorders them."""
DIGEST: Final = ".sha256"
SEALED: Final = ".age"
"""How the name of a copy ends that is encrypted."""
MARK: Final = "lock.json"
"""Beside an encrypted diary: where its key comes from."""
_ONE_DAY: Final = timedelta(days=1)
_START: Final = f"diary-{DAILY}-"


def lacks_copy(home: str, now: datetime) -> bool:
    """Tell whether the calendar day of `now` has no copy yet of its first record."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = (f"{_START}{day.astimezone(UTC):{STAMP}}" for day in (midnight, midnight + _ONE_DAY))
    return not any(start <= name < end for name in names(home))


def unchecked(home: str) -> str | None:
    """Name the newest copy of a day's first record that nobody has checked, or None."""
    found = [name for name in names(home) if name.startswith(_START)]
    checked = {name.removesuffix(DIGEST) for name in found if name.endswith(DIGEST)}
    return max((name for name in found if name.endswith(".db") and name not in checked), default=None)


def names(home: str | os.PathLike[str]) -> list[str]:
    """List what lies in the folder of the copies; nothing where it is not there or closed."""
    try:
        return os.listdir(os.path.join(home, FOLDER))
    except OSError:
        return []
