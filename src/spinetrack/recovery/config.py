"""The thresholds of the rules: one typed table with the defaults of clinical.md.

A change is a dated `Setting` in the diary; the latest of a key is in force. Every number here is a
rule of this tool unless its source says otherwise, and none is told to a patient as a proven fact.
"""

from __future__ import annotations

from spinetrack.errors import ValueRefusedError
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spinetrack.recovery.diary import Setting


class Threshold(NamedTuple):
    """One number a patient or a clinician may change."""

    key: str
    label: str
    default: float
    low: float
    high: float
    source: str


_ROWS = (
    Threshold("step-percent", "Rise of a dose in one step, percent", 10, 5, 20, "clinical.md 3.3"),
    Threshold("step-days", "Days between two steps of one activity", 7, 7, 28, "rule PR-1"),
    Threshold("adherence", "Share of planned sessions needed for a rise, percent", 80, 80, 100, "rule PR-1"),
    Threshold("session-pain", "Highest pain during a session for a rise", 5, 0, 5, "clinical.md 4"),
    Threshold("flare-rise", "Rise of pain above the usual that counts, points", 2, 1, 3, "clinical.md 5.2"),
    Threshold("stale-days", "Days without a record before a gentle restart", 4, 2, 14, "rule DQ-2"),
    Threshold("short-night", "Hours of sleep below which a dose is held", 5, 4, 7, "rule PR-3"),
    Threshold("poor-sleep", "Hours of sleep that count as a short night", 6, 5, 7, "rule SL-1"),
    Threshold("good-day-cap", "Most activity on a good day, times the usual", 1.2, 1, 1.5, "rule PA-1"),
    Threshold("bad-day-floor", "Least activity on a bad day, times the usual", 0.7, 0.5, 1, "rule PA-1"),
)
THRESHOLDS = {row.key: row for row in _ROWS}


class Config:
    """The thresholds in force on a day."""

    __slots__ = ("values", "version")

    def __init__(self, values: Mapping[str, float] | None = None, version: int = 0) -> None:
        self.values = dict(values or {})
        """Only what differs from the defaults."""
        self.version = version
        """How many changes were made: 0 is the table as shipped."""

    def __getitem__(self, key: str) -> float:
        return self.values.get(key, THRESHOLDS[key].default)


def config_of(settings: Iterable[Setting]) -> Config:
    """Return the thresholds in force after `settings`, oldest first. Unknown keys are kept out."""
    found: dict[str, float] = {}
    changes = 0
    for setting in settings:
        if setting.key not in THRESHOLDS:
            continue
        changes += 1
        if setting.value:
            found[setting.key] = float(setting.value)
        else:
            found.pop(setting.key, None)
    return Config(found, changes)


def check_threshold(key: str, text: str) -> float:
    """Return the number `text` says for threshold `key`.

    Raises:
        ValueRefusedError: there is no such threshold, or the number is outside its range.

    """
    row = THRESHOLDS.get(key)
    if row is None:
        raise ValueRefusedError(
            f'There is no threshold called "{key}". Nothing was saved.',
            hint="Names: " + ", ".join(THRESHOLDS),
        )
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not row.low <= number <= row.high:
        raise ValueRefusedError(
            f"{key} goes from {row.low:g} to {row.high:g}. Nothing was saved.",
        )
    return number
