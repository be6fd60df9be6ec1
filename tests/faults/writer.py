"""A program of its own that writes entries and says which are saved. Standard library only.

python writer.py FOLDER COUNT [LIMIT | slowest | sleep]

COUNT 0 is for ever. LIMIT: no file may grow past so many bytes. slowest: say in the end how many
seconds the slowest write took. sleep: stop as a sleeping computer does, in the middle of the last write.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from spinetrack.errors import SpinetrackError
from spinetrack.recovery.diary import Entry, Observation
from spinetrack.store import Store

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
NOTE = "a long drive, and then the stairs " * 4


def main() -> None:
    folder, count, mode = Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])
    if mode.isdecimal():
        import resource

        limit = int(mode)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    seen = tuple(Observation(metric, 4) for metric in ("pain", "sit", "stand", "walk", "sleep"))
    number, slowest = 0, 0.0
    with Store(folder, lambda: NOW) as store:
        while not count or number < count:
            number += 1
            begun = monotonic()
            try:
                with store.write(f"log {number}") as writer:
                    new = writer.add(Entry(NOW, NOW.date(), NOW, seen, NOTE))
                    if mode == "sleep" and number == count:
                        os.kill(os.getpid(), signal.SIGSTOP)
            except SpinetrackError as error:
                sys.exit(f"{type(error).__name__} {int(error.exit_code)}: {error}")
            print(new, flush=True)  # noqa: T201
            slowest = max(slowest, monotonic() - begun)
    if mode == "slowest":
        print("slowest", slowest)  # noqa: T201


main()
