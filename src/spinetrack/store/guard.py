"""Many records past the SQLModel guard, in a process of its own.

The guard's libraries take as much memory as all else together. Beside a large import they would lie in
one process with what was read; apart, neither is large. What goes to the other process is pickled by this
one and comes from nowhere else; back comes only whether a record is refused, and why.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY: Final = 400
"""Records from which on another process is worth its start, a third of a second."""
REFUSED: Final = 3
"""Exit code of the other process when a record was refused."""
CODE: Final = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from spinetrack.store import guard
guard.serve()
"""


def check_all(values: Sequence[object]) -> None:
    """Let records pass if every part of each has its type and lies in its range.

    Raises:
        ValueRefusedError: one does not; it names the record and the part.

    """
    if len(values) < MANY or not _passed_apart(values):
        from spinetrack.store.forms import check

        for value in values:
            check(value)


def _passed_apart(values: Sequence[object]) -> bool:
    """Return whether another process let all of them pass; False when none could be asked."""
    command = [sys.executable, "-c", CODE, json.dumps(sys.path)]
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(  # noqa: S603 - this program itself, and no word of anybody's
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet
        ) as other:
            try:
                for value in values:
                    pickle.dump(value, other.stdin)  # type: ignore[arg-type] # it is a pipe
            except BrokenPipeError:
                pass  # it refused one and read no further
            said = other.communicate()[0]
    except OSError:
        return False
    if other.returncode == REFUSED:
        raise ValueRefusedError(json.loads(said))
    return other.returncode == 0


def serve() -> None:
    """Read records from standard input up to its end; say on standard output why one is refused."""
    from spinetrack.store.forms import check

    while True:
        try:
            value = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
        except EOFError:
            return
        try:
            check(value)
        except ValueRefusedError as error:
            sys.stdout.write(json.dumps(str(error)))
            sys.exit(REFUSED)
