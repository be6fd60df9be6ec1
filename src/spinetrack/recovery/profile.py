"""Who the diary is about: the gates of care, the mode they put the engine in, and six plain facts.

Source of the gates: clinical.md 13.8 and design.md section 4, "Gates".
"""

from __future__ import annotations

from spinetrack.errors import ValueRefusedError
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, ProfileFact
    from spinetrack.recovery.findings import Mode

GATES: Mapping[str, str] = {
    "surgery": "Have you had any operation, or given birth, in the last 12 weeks?",
    "pregnancy": "Are you pregnant, or might you be?",
    "osteoporosis": "Do you have thin bones, or did a bone break after a small fall?",
    "cancer": "Do you have cancer, or did you have it in the past?",
    "anticoagulant": "Do you take a blood thinner?",
    "neuro": "Do you have a known disease of the nerves, the spinal cord or the brain?",
    "heart": "Does a heart or lung disease limit what you can do?",
    "immune": "Is your defence against infection weak, or do you take steroids for long?",
    "minor": "Are you under 18?",
}
"""Gate name to its question."""

GATE_WEEKS = 12
"""The gates are asked again after so many weeks."""

ITSELF = frozenset({"me", "myself", "i", "self", "patient", "my self", "mine"})
"""Names of somebody who is nobody else."""

FACTS: Mapping[str, str] = {
    "country": "Which country are you in? It decides which phone numbers are shown.",
    "units": "Do you think in km or in miles?",
    "regions": "Where does it hurt? For example: low-back, neck.",
    "onset": "When did this spell of pain begin? A date, or a rough one.",
    "name": "What name shall your screens show? It stays on this computer.",
    "carer": "Does somebody else answer for you?",
    "rises": "Shall spinetrack suggest when a dose could go up?",
    "mode": "",
    "worse": "What makes it worse? For example: bending, sitting.",
    "eases": "What eases it? For example: walking, lying.",
    "snore": "Do you snore loudly, or has someone seen you stop breathing in your sleep?",
    "sleepy": "Are you often sleepy in the daytime?",
    "maintenance": "",
    "season": "Is there a date to get ready for, such as gardening or a trip?",
    "tags": "What must be asked about before a painkiller? For example: ulcer, kidney.",
    "weight-under-50": "Do you weigh less than 50 kg (110 lb)?",
}
"""Key of a profile fact to its question; an empty one is set by other commands."""

YES = frozenset({"yes", "y", "1", "true"})
NO = frozenset({"no", "n", "0", "false"})
_YES_NO = frozenset({"carer", "rises", "snore", "sleepy", "weight-under-50"})

POSITIONS = (
    "bending", "arching", "sitting", "standing", "walking", "lying", "looking-up", "turning",
    "lifting", "driving", "coughing", "stairs", "resting", "heat", "cold", "moving",
)  # fmt: skip
"""What can make pain worse or ease it."""


def value_of(diary: Diary, key: str) -> str | None:
    """Return the answer in force for profile key `key`, None when there is none."""
    for fact in reversed(diary.profile):
        if fact.key == key:
            return fact.value or None
    return None


def units_of(diary: Diary) -> str:
    """Return `km` or `mi`."""
    return value_of(diary, "units") or "km"


def gates_of(diary: Diary, today: date) -> dict[str, bool | None]:
    """Return each gate as it stands on `today`: the answer in force, None when never answered.

    A recorded operation opens `surgery` for 12 weeks, whatever was answered.
    """
    rows = _gate_rows(diary)
    said = {name: rows[name].value if name in rows else "" for name in GATES}
    found = {name: {"yes": True, "no": False}.get(word) for name, word in said.items()}
    if diary.treatments:
        from spinetrack.recovery.aftercare import operated_lately

        if operated_lately(diary, today):
            found["surgery"] = True
    return found


def gates_answered(diary: Diary) -> ProfileFact | None:
    """Return the row since which every gate has an answer: the oldest of their latest rows."""
    rows = _gate_rows(diary)
    if any(name not in rows or rows[name].value not in {"yes", "no"} for name in GATES):
        return None
    return min((rows[name] for name in GATES), key=lambda row: (row.at, row.seq))


def gates_answered_on(diary: Diary) -> date | None:
    """Return the day since which every gate has an answer."""
    oldest = gates_answered(diary)
    return oldest.day if oldest else None


def _gate_rows(diary: Diary) -> dict[str, ProfileFact]:
    """Return gate name to the row in force."""
    found: dict[str, ProfileFact] = {}
    for fact in reversed(diary.profile):
        if fact.key.startswith("gate:") and fact.key[5:] in GATES:
            found.setdefault(fact.key[5:], fact)
            if len(found) == len(GATES):
                break
    return found


def last_gate_change(diary: Diary) -> ProfileFact | None:
    """Return the row that last gave a gate another answer than before."""
    seen: dict[str, str] = {}
    last = None
    for fact in diary.profile:
        if fact.key.startswith("gate:") and seen.get(fact.key) != fact.value:
            seen[fact.key] = fact.value
            last = fact
    return last


def mode_of(diary: Diary, today: date) -> Mode:
    """Return how far the engine may go on `today`.

    `log-only` for the young and for who asked for no suggestions; `clinician-plan` when any gate is
    a yes; else `build`.
    """
    gates = gates_of(diary, today)
    if gates["minor"] or value_of(diary, "rises") == "no" or value_of(diary, "mode") == "log-only":
        return "log-only"
    if any(gates.values()) or value_of(diary, "mode") == "clinician-plan":
        return "clinician-plan"
    return "build"


def is_carer(diary: Diary) -> bool:
    """Return whether somebody else answers for the patient."""
    return value_of(diary, "carer") == "yes"


def is_other(set_by: str) -> bool:
    """Return whether `set_by` names somebody else than the patient."""
    return set_by.strip().lower() not in ITSELF and bool(set_by.strip())


def check_gates(names: Sequence[str]) -> tuple[str, ...]:
    """Return gate names as the table spells them.

    Raises:
        ValueRefusedError: a name is not a gate.

    """
    found = tuple(name.strip().lower() for name in names if name.strip())
    for name in found:
        if name not in GATES:
            raise ValueRefusedError(
                f'There is no care question called "{name}". Nothing was saved.',
                hint="They are: " + ", ".join(GATES),
            )
    return found


def check_fact(key: str, text: str) -> str:  # noqa: PLR0911  (one line a kind of answer)
    """Return the value to keep for profile key `key`.

    Raises:
        ValueRefusedError: there is no such key, or the value is not one it knows.

    """
    from spinetrack.recovery import places, sites

    key, value = key.strip().lower(), text.strip()
    if key not in FACTS:
        raise ValueRefusedError(
            f'There is no profile line called "{key}". Nothing was saved.',
            hint="Lines: " + ", ".join(k for k in FACTS if FACTS[k] or k == "mode"),
        )
    if key in _YES_NO:
        if value.lower() not in YES | NO:
            raise ValueRefusedError(f"{key} is yes or no. Nothing was saved.")
        return "yes" if value.lower() in YES else "no"
    if key == "country":
        return places.place(value).country or value.upper()
    if key == "units":
        return _choice(key, value, {"km": "km", "metric": "km", "mi": "mi", "miles": "mi", "mile": "mi"})
    if key == "mode":
        names: tuple[str, ...] = ("build", "log-only", "clinician-plan")
        return _choice(key, value, {m: m for m in names})
    if key == "tags":
        from spinetrack.recovery.medicines import parse_marks

        return parse_marks(value)
    if key == "regions":
        return ",".join(sites.check_site(word) for word in value.replace(",", " ").split())
    if key in {"worse", "eases"}:
        words = value.lower().replace(",", " ").split()
        return ",".join(_choice(key, word, {p: p for p in POSITIONS}) for word in words)
    return value


def _choice(key: str, value: str, known: Mapping[str, str]) -> str:
    found = known.get(value.lower())
    if found is None:
        names = ", ".join(dict.fromkeys(known.values()))
        raise ValueRefusedError(f'{key} cannot be "{value}". Nothing was saved.', hint=f"It can be: {names}")
    return found
