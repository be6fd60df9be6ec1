"""Doses as they are typed: `25`, `1h10`, `3x10`, `3x30s`, `3x10 5kg`."""

from __future__ import annotations

from spinetrack.errors import UsageError, ValueRefusedError
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Activity, Diary, Quota

EXERCISE = (
    r"(?:(?P<sets>\d+)\s?x\s?)?(?P<reps>\d+)(?P<s>\s?s)?(?:\s?x\s?(?P<hold>\d+)\s?s)?"
    r"(?:\s(?:at\s)?(?P<load>\d+(?:\.\d+)?)\s?kg)?"
)
"""`3x10`, `3x30s`, `3x10x5s`, each with a weight where there is one."""
RESERVED = frozenset({"all", "today", "plan", "pain", "undo"})
LONGEST_NAME = 40
MOST_SETS, MOST_REPS, MOST_HOLD, MOST_LOAD = 20, 200, 600, 300


class Dose(NamedTuple):
    """How much of an activity."""

    amount: float
    """Minutes of a tolerance; repetitions of one set, or seconds of hold, of an exercise."""
    sets: int | None = None
    reps: int | None = None
    hold: int | None = None
    load: float | None = None

    @property
    def volume(self) -> float:
        """Sets times repetitions times seconds; minutes of a tolerance."""
        if self.reps is None and self.hold is None:
            return self.amount
        return (self.sets or 1) * (self.reps or 1) * (self.hold or 1)


def is_tolerance(name: str) -> bool:
    """Return whether an activity is timed in minutes: sit, stand or walk."""
    from spinetrack.recovery.metrics import TOLERANCES

    return name in TOLERANCES


def read_dose(name: str, words: Sequence[str]) -> Dose:
    """Return the dose that `words` say for activity `name`.

    Raises:
        UsageError: there are no words.
        ValueRefusedError: they are no dose of it.

    """
    if not words:
        example = "25" if is_tolerance(name) else "3x10"
        raise UsageError(f"Say how much: {name} {example}. Nothing was saved.")
    return _minutes(name, words) if is_tolerance(name) else _exercise(name, words)


def _minutes(name: str, words: Sequence[str]) -> Dose:
    from spinetrack.recovery.metrics import METRICS
    from spinetrack.recovery.values import parse

    parsed = parse(METRICS[name], " ".join(words))
    if parsed.metric_key != name:
        raise ValueRefusedError(f"{name} is done in minutes here, like {name} 20. Nothing was saved.")
    if parsed.at_least:
        raise ValueRefusedError(
            f"A + goes with log, not with done. Write the minutes done, like {name} 20. Nothing was saved."
        )
    if parsed.value < 1:
        raise ValueRefusedError("The smallest dose is 1 min. Nothing was saved.")
    return Dose(parsed.value)


def _exercise(name: str, words: Sequence[str]) -> Dose:
    import re

    text = " ".join(words).lower().replace("×", "x").replace(",", ".")  # noqa: RUF001
    found = re.fullmatch(EXERCISE, text.strip())
    if found is None or (found["s"] and found["hold"]):
        raise ValueRefusedError(
            f'{name} cannot be "{" ".join(words)}". Write it like 3x10, 3x30s or 3x10 5kg. Nothing was saved.'
        )
    sets, reps, hold = (int(part) if part else None for part in found.group("sets", "reps", "hold"))
    if found["s"]:
        reps, hold = None, reps
    load = float(found["load"]) if found["load"] else None
    return checked(Dose(float(reps or hold or 0), sets, reps, hold, load))


def checked(dose: Dose) -> Dose:
    """Return the dose of an exercise when every part of it can be.

    Raises:
        ValueRefusedError: a part is zero or too large to be meant.

    """
    limits = (
        ("sets", dose.sets, MOST_SETS),
        ("repetitions", dose.reps, MOST_REPS),
        ("seconds of hold", dose.hold, MOST_HOLD),
        ("kg", dose.load, MOST_LOAD),
    )
    for what, value, most in limits:
        if value is not None and not 0 < value <= most:
            raise ValueRefusedError(f"There can be 1 to {most} {what}. Nothing was saved.")
    return dose


def known_activity(diary: Diary, word: str) -> Activity | None:
    """Return the activity `word` names, None for a tolerance that the plan does not hold.

    Raises:
        ValueRefusedError: no activity is called so; the nearest is named.

    """
    name = clean_name(word)
    for activity in diary.activities:
        if activity.name == name:
            return activity
    if is_tolerance(name):
        return None
    raise unknown_activity(diary, word)


def unknown_activity(diary: Diary, word: str) -> ValueRefusedError:
    """Return the error for a word that is no activity."""
    from difflib import get_close_matches

    from spinetrack.recovery.metrics import TOLERANCES

    names = [*TOLERANCES, *(a.name for a in diary.activities if a.name not in TOLERANCES)]
    close = get_close_matches(clean_name(word), names, n=1, cutoff=0.5)
    if is_tolerance(clean_name(word)):
        return ValueRefusedError(f"{clean_name(word)} is not in your plan. Nothing was saved.")
    sentence = f'Your plan holds nothing called "{word}".'
    if close:
        return ValueRefusedError(f"{sentence} Did you mean {close[0]}? Nothing was saved.")
    return ValueRefusedError(
        f"{sentence} Nothing was saved.",
        hint=f"To add an exercise: spinetrack plan add {clean_name(word) or 'bridge'} --sets 2 --reps 8",
    )


def clean_name(word: str) -> str:
    """Return the name of an activity as it is kept: lower case, words joined by dashes."""
    return "-".join(word.strip().lower().replace("_", "-").split())


def check_name(word: str) -> str:
    """Return the name for a new activity.

    Raises:
        ValueRefusedError: it is empty, too long, a number, or a word that means something else.

    """
    name = clean_name(word)
    letters = name.replace("-", "")
    if not letters or not letters[0].isalpha() or not letters.isalnum() or len(name) > LONGEST_NAME:
        raise ValueRefusedError(
            f'"{word}" cannot be the name of an activity. Use letters, like side-plank. Nothing was saved.'
        )
    if name in RESERVED:
        raise ValueRefusedError(
            f'"{name}" means something else here. Choose another name. Nothing was saved.'
        )
    return name


def latest_quota(diary: Diary, name: str) -> Quota | None:
    """Return the planned dose in force of activity `name`, None without one."""
    return next((q for q in reversed(diary.quotas) if q.activity == name), None)
