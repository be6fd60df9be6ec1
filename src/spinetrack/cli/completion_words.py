"""The words that complete a value: metrics, sites, items, gates and other closed sets."""

from __future__ import annotations

from spinetrack.recovery.block_diary import CONFOUNDS
from spinetrack.recovery.config import THRESHOLDS
from spinetrack.recovery.medicine_facts import CLASSES, NO_TAG, TAGS
from spinetrack.recovery.metrics import METRICS, TOLERANCES
from spinetrack.recovery.profile import FACTS, GATES
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.sites import SITES
from spinetrack.recovery.treatments import KINDS as TRIED

ROOT: tuple[str, ...] = ()
STOPS = ("pain", "leg", "stiff", "tired", "task", "timer")
REASONS = ("pain", "afraid", "ill", "away", "time")
KINDS = ("tolerance", "strength", "mobility", "core", "aerobic", "balance", "relaxation")
SPANS = ("7d", "2w", "4w", "8w", "12w")
WHENS = ("yesterday", "today")

_DONE = (*TOLERANCES, "all")

ARGUMENT_WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("log",): (*METRICS, "note"),
    ("history",): tuple(METRICS),
    ("chart",): tuple(METRICS),
    ("suggest",): ("follow", "adjust", "ignore", "ask"),
    ("start",): TOLERANCES,
    ("stop",): STOPS,
    ("done",): _DONE,
    ("skip",): _DONE,
    ("pace",): TOLERANCES,
    ("plan", "add"): TOLERANCES,
    ("plan", "set"): TOLERANCES,
    ("plan", "remove"): TOLERANCES,
    ("flare", "playbook"): ("set",),
    ("treat", "add"): tuple(TRIED),
    ("goal", "milestone"): ("add", "set", "done", "remove", "renew"),
    ("med", "purpose"): ("yes", "no", "unsure"),
    ("side-effect",): ("list", "remove"),
    ("profile", "set"): tuple(key for key in FACTS if FACTS[key] or key == "mode"),
    ("config", "rules"): tuple(THRESHOLDS),
    ("completion",): ("bash", "zsh", "fish"),
}
"""Command path to the words that may follow it."""

_BY_PATH: dict[tuple[tuple[str, ...], str], tuple[tuple[str, ...], bool]] = {
    (("skip",), "--why"): (REASONS, False),
    (("treat", "edit"), "--kind"): (tuple(TRIED), False),
    (("block", "rate"), "--took"): (tuple(CONFOUNDS), False),
    (("screen",), "--yes"): (tuple(ITEMS), True),
    (("screen",), "--no"): (tuple(ITEMS), True),
    (("screen",), "--unsure"): (tuple(ITEMS), True),
    (("screen", "outcome"), "--old"): (tuple(ITEMS), False),
    (("profile", "gates"), "--yes"): (tuple(GATES), True),
    (("profile", "gates"), "--unsure"): (tuple(GATES), True),
    (("config", "rules"), "--reset"): (tuple(THRESHOLDS), False),
}
_BY_NAME: dict[str, tuple[tuple[str, ...], bool]] = {
    "--stop": (STOPS, False),
    "--class": ((*CLASSES, NO_TAG), False),
    "--tags": ((*TAGS, NO_TAG), True),
    "--on-purpose": (("yes", "no", "unsure"), False),
    "--where": (tuple(SITES), True),
    "--metric": (tuple(METRICS), False),
    "--kind": (KINDS, False),
    "--since": (SPANS, False),
    "--at": (WHENS, False),
    "--better": (("up", "down"), False),
    "--unit": (("min", "m", "0-10", "yes/no", "count", "kg"), False),
}


def option_values(path: tuple[str, ...], names: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the words an option's value may be, and whether commas separate several."""
    for name in names:
        found = _BY_PATH.get((path, name)) or _BY_NAME.get(name)
        if found:
            return found
    return (), False
