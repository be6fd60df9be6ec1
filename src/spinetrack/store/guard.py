"""Many records past the SQLModel guard, in a process of its own.

The guard's libraries take as much memory as all else together. Beside a large import they would lie in
one process with what was read; apart, neither is large.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Entry
from spinetrack.recovery.metrics import METRICS
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY: Final = 400
"""Records from which on another process is worth its start, a third of a second."""
SHARE: Final = 200
"""Records that are handed over at a time."""


def check_all(values: Sequence[object]) -> None:
    """Let records pass if every part of each has its type and lies in its range.

    Raises:
        ValueRefusedError: one does not; it names the record and the part.

    """
    if len(values) >= MANY:
        try:
            _check_apart(values)
        except (BrokenProcessPool, OSError):
            pass  # this system lends no more processes
        else:
            return
    check_some(values)


def check_ranges(values: Sequence[object]) -> None:
    """Let check-ins pass whose values lie in the range of their measure. Own measures have none of ours.

    Raises:
        ValueRefusedError: one does not; it names the day and the measure.

    """
    for entry in values:
        if not isinstance(entry, Entry):
            continue
        for seen in entry.observations:
            metric = METRICS.get("pain" if seen.site else seen.metric)
            if metric is not None and not metric.low <= seen.value <= metric.high:
                what = f"{seen.site or seen.metric} cannot be {seen.value:g}"
                raise ValueRefusedError(f"This entry of {entry.day} cannot be kept: {what}. {NOTHING_SAVED}")


def _check_apart(values: Sequence[object]) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        for first in range(0, len(values), SHARE):
            other.submit(check_some, values[first : first + SHARE]).result()


def check_some(values: Sequence[object]) -> None:
    """Let records pass in this process.

    Raises:
        ValueRefusedError: one may not be kept.

    """
    from spinetrack.store.forms import check

    for value in values:
        check(value)
