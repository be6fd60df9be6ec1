"""Which words may stay in a redacted diary: those this program itself knows, none of the patient's own.

Every function gives a word of a fixed list, or what stands in its place.
"""

from __future__ import annotations

from spinetrack.recovery.catalogue import CATALOGUE
from spinetrack.recovery.catalogue import KINDS as EXERCISE_KINDS
from spinetrack.recovery.config import THRESHOLDS
from spinetrack.recovery.medicine_facts import ASK_FIRST, MIXTURES, OTHER_NAMES, SUBSTANCES
from spinetrack.recovery.metrics import TOLERANCES, UNITS
from spinetrack.recovery.places import place
from spinetrack.recovery.profile import GATES, POSITIONS, is_other
from spinetrack.recovery.sites import SITES
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

OTHER: Final = "other"
"""Somebody else than the patient, not named."""
ROLES: Final = frozenset(
    {
        "a&e", "chiropractor", "clinic", "consultant", "doctor", "emergency department", "er", "gp",
        "hospital", "nurse", "osteopath", "pain clinic", "pharmacist", "physical therapist", "physio",
        "physiotherapist", "physiotherapy", "psychologist", "pt", "specialist", "surgeon", "urgent care",
    }
)  # fmt: skip
"""Words for who helps that name no person and no place."""
TRIGGERS: Final = frozenset({*POSITIONS, "sleep", "boom", "stress", "desk", "illness", "none"})
"""Words for what set a flare off."""
SOURCES: Final = frozenset({"log", "check-in", "timer", "demo", "import", "device", "done", "pace"})
ACTIVITY_KINDS: Final = frozenset({"tolerance", *EXERCISE_KINDS})
CONFOUNDS: Final = frozenset({"painkiller", "sedation", "exercise"})
MEDICINES: Final = frozenset({*SUBSTANCES, *MIXTURES, *OTHER_NAMES})
"""Names of medicines and what is in them; any other name may be the patient's own word."""
ANSWERS: Final = frozenset({"yes", "no"})
MODES: Final = frozenset({"build", "log-only", "clinician-plan"})
_YES_NO_FACTS: Final = frozenset({"carer", "rises", "snore", "sleepy", "maintenance", "weight-under-50"})
_RULE_PARTS: Final = 2
_RULE_LETTERS: Final = 2


class Names:
    """Neutral names, given in the order in which they are asked for: `own-1`, `own-2`."""

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._given: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the neutral name that always stands for `name`."""
        return self._given.setdefault(name, f"{self._stem}{len(self._given) + 1}")


def one_of(word: str | None, known: Collection[str]) -> str | None:
    """Return a word of a fixed list, None for any other."""
    return word if word in known else None


def those_of(text: str, known: Collection[str]) -> str:
    """Return the words of a text that a fixed list has, with commas between."""
    words = text.lower().replace(",", " ").split()
    return ",".join(dict.fromkeys(word for word in words if word in known))


def role(name: str) -> str:
    """Return who set or saw something: `me`, a role, or `other`. It stays "somebody else" if it was."""
    if not is_other(name):
        return "me" if name.strip() else ""
    word = name.strip().lower()
    return word if word in ROLES else OTHER


def rule_id(text: str | None) -> str | None:
    """Return a rule's id such as `PR-1`, None for anything else."""
    letters, _, digits = (text or "").partition("-")
    is_rule = len(letters) == _RULE_LETTERS and letters.isascii() and letters.isupper()
    return text if is_rule and digits.isdigit() and digits.isascii() and len(digits) <= _RULE_PARTS else None


def known_activity(name: str) -> bool:
    """Return whether an activity has a name this program gives: a tolerance or one of the catalogue."""
    return name in TOLERANCES or name in CATALOGUE


def unit(text: str) -> str:
    """Return the unit of an own metric; one that this program does not know counts as a number."""
    return text if text in UNITS else "count"


def profile_value(key: str, value: str) -> str | None:  # noqa: PLR0911  (one line a kind of answer)
    """Return what stays of a profile answer; None when nothing of it may.

    The day of the onset is no word: the caller moves it.
    """
    if key.startswith("gate:"):
        return one_of(value, ANSWERS) if key.removeprefix("gate:") in GATES else None
    if key in _YES_NO_FACTS:
        return one_of(value, ANSWERS)
    if key == "country":
        return place(value).country or None
    if key == "units":
        return one_of(value, ("km", "mi"))
    if key == "mode":
        return one_of(value, MODES)
    if key == "regions":
        return those_of(value, SITES) or None
    if key in {"worse", "eases"}:
        return those_of(value, POSITIONS) or None
    if key == "tags":
        return those_of(value, ASK_FIRST) or None
    return None


def medicine(name: str) -> str | None:
    """Return the longest name of the table that stands in a medicine's name as whole words."""
    padded = f" {' '.join(name.casefold().replace(',', ' ').split())} "
    return max(
        (row for row in MEDICINES if f" {row} " in padded), key=lambda row: (len(row), row), default=None
    )


def setting_value(key: str, value: str) -> str | None:
    """Return a changed threshold, "" where it was reset; None for a setting of any other kind."""
    if key not in THRESHOLDS:
        return None
    try:
        return f"{float(value):g}" if value else ""
    except ValueError:
        return None
