"""A program of its own that writes entries and says which are saved. Standard library only.

python writer.py FOLDER COUNT [LIMIT]      COUNT 0: for ever; LIMIT: no file may grow past it
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from spinetrack.errors import SpinetrackError
from spinetrack.recovery.diary import Entry, Observation
from spinetrack.store import Store

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
NOTE = "a long drive, and then the stairs " * 4


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) > 3:
        import resource

        limit = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    seen = tuple(Observation(metric, 4) for metric in ("pain", "sit", "stand", "walk", "sleep"))
    number = 0
    with Store(folder, lambda: NOW) as store:
        while not count or number < count:
            number += 1
            try:
                with store.write(f"log {number}") as writer:
                    new = writer.add(Entry(NOW, NOW.date(), NOW, seen, NOTE))
            except SpinetrackError as error:
                sys.exit(f"{type(error).__name__} {int(error.exit_code)}: {error}")
            print(new, flush=True)  # noqa: T201


main()
