"""Where it hurts: the parts of the body a patient can name, and the words for how it feels.

Keys are plain words with hyphens; the side comes first: `left-low-back`, `right-calf`. A key of the
spine without a side is its middle.
"""

from __future__ import annotations

from spinetrack.recovery.diary import Observation
from spinetrack.recovery.values import nearest_word, quoted, refused
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Site(NamedTuple):
    """One part of the body."""

    key: str
    part: str
    """The key without its side: `calf`."""
    label: str
    region: str
    """`head`, `neck`, `upper-back`, `mid-back`, `low-back`, `pelvis`, `trunk`, `arm` or `leg`."""
    side: str
    """`left`, `right` or `middle`."""
    rank: int = -1
    """0 next to the trunk, larger further down the limb; -1 when it is no part of a limb."""


_BOTH = ("middle", "left", "right")
_PAIR = ("left", "right")
_ONE = ("middle",)
_SIDES = {"left": "left", "l": "left", "right": "right", "r": "right"}
_PARTS: tuple[tuple[str, str, str, tuple[str, ...], int], ...] = (
    ("head", "head", "head", _BOTH, -1),
    ("face", "face", "head", _BOTH, -1),
    ("jaw", "jaw", "head", _BOTH, -1),
    ("neck", "neck", "neck", _BOTH, -1),
    ("upper-neck", "upper neck", "neck", _BOTH, -1),
    ("lower-neck", "lower neck", "neck", _BOTH, -1),
    ("upper-back", "upper back", "upper-back", _BOTH, -1),
    ("shoulder-blade", "shoulder blade", "upper-back", _PAIR, -1),
    ("mid-back", "middle of the back", "mid-back", _BOTH, -1),
    ("low-back", "low back", "low-back", _BOTH, -1),
    ("sacrum", "base of the spine", "pelvis", _ONE, -1),
    ("tailbone", "tailbone", "pelvis", _ONE, -1),
    ("buttock", "buttock", "pelvis", _PAIR, -1),
    ("hip", "hip", "pelvis", _PAIR, -1),
    ("groin", "groin", "pelvis", _PAIR, -1),
    ("saddle", "between the legs", "pelvis", _ONE, -1),
    ("chest", "chest", "trunk", _BOTH, -1),
    ("ribs", "ribs", "trunk", _PAIR, -1),
    ("belly", "belly", "trunk", _BOTH, -1),
    ("flank", "flank", "trunk", _PAIR, -1),
    ("shoulder", "shoulder", "arm", _PAIR, 0),
    ("upper-arm", "upper arm", "arm", _PAIR, 1),
    ("elbow", "elbow", "arm", _PAIR, 2),
    ("forearm", "forearm", "arm", _PAIR, 3),
    ("wrist", "wrist", "arm", _PAIR, 4),
    ("hand", "hand", "arm", _PAIR, 5),
    ("fingers", "fingers", "arm", _PAIR, 6),
    ("thigh", "thigh", "leg", _PAIR, 0),
    ("front-thigh", "front of the thigh", "leg", _PAIR, 0),
    ("back-thigh", "back of the thigh", "leg", _PAIR, 0),
    ("inner-thigh", "inner thigh", "leg", _PAIR, 0),
    ("knee", "knee", "leg", _PAIR, 1),
    ("calf", "calf", "leg", _PAIR, 2),
    ("shin", "shin", "leg", _PAIR, 2),
    ("ankle", "ankle", "leg", _PAIR, 3),
    ("foot", "foot", "leg", _PAIR, 4),
    ("toes", "toes", "leg", _PAIR, 5),
)
"""Part, label, region, sides, rank; from head to toe."""


def _site(part: str, label: str, region: str, side: str, rank: int) -> Site:
    if side == "middle":
        return Site(part, part, label, region, side, rank)
    name = f"{side} side of the {label}" if region not in {"arm", "leg"} else f"{side} {label}"
    if part in {"buttock", "hip", "groin", "shoulder-blade", "ribs", "flank", "jaw"}:
        name = f"{side} {label}"
    return Site(f"{side}-{part}", part, name, region, side, rank)


SITES: Mapping[str, Site] = {
    site.key: site
    for part, label, region, sides, rank in _PARTS
    for site in (_site(part, label, region, side, rank) for side in sides)
}
"""Every site by key, from head to toe."""

_PART_NAMES = tuple(row[0] for row in _PARTS)

SADDLE_SITES = frozenset({"saddle", "left-inner-thigh", "right-inner-thigh"})
"""Where new numbness is a warning sign. Source: clinical.md 6.2, CE2."""

QUALITIES = (
    "aching", "sharp", "burning", "tingling", "numb", "stiff", "weak", "electric", "cramp",
    "throbbing",
)  # fmt: skip
"""Words for how a site feels."""

_OTHER_QUALITIES: Mapping[str, str] = {
    "ache": "aching", "dull": "aching", "stabbing": "sharp", "burn": "burning",
    "pins-and-needles": "tingling", "tingly": "tingling", "numbness": "numb",
    "stiffness": "stiff", "weakness": "weak", "shooting": "electric", "cramping": "cramp",
    "cramps": "cramp",
}  # fmt: skip

_OTHER_PARTS: Mapping[str, str] = {
    "lower-back": "low-back", "lowback": "low-back", "lumbar": "low-back",
    "middle-back": "mid-back", "midback": "mid-back", "thoracic": "mid-back",
    "upperback": "upper-back", "between-blades": "upper-back",
    "between-shoulder-blades": "upper-back", "cervical": "neck", "coccyx": "tailbone",
    "shoulderblade": "shoulder-blade", "bum": "buttock", "bottom": "buttock",
    "buttocks": "buttock", "hips": "hip", "arms": "arm", "legs": "leg", "feet": "foot",
    "hands": "hand", "finger": "fingers", "toe": "toes", "lower-arm": "forearm",
    "lower-leg": "calf", "stomach": "belly", "tummy": "belly", "rib": "ribs",
}  # fmt: skip

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "back": ("upper-back", "mid-back", "low-back"),
    "leg": ("thigh", "knee", "calf", "shin", "ankle", "foot", "toes"),
    "arm": ("shoulder", "upper-arm", "elbow", "forearm", "wrist", "hand", "fingers"),
}
"""Words that are too wide, and the parts to choose from."""
_MOST = 10


def find_site(text: str) -> str | None:
    """Return the site key that `text` names, in any case or order of side; None for none."""
    side, part = _parted(text)
    key = f"{side}-{part}" if side else part
    return key if key in SITES else None


def narrower(text: str) -> tuple[str, ...]:
    """Return the site keys to choose from when `text` lacks a side or is too wide; else nothing."""
    side, part = _parted(text)
    lead = f"{side}-" if side and part != "back" else ""
    if part in _CHOICES:
        return tuple(f"{lead}{choice}" for choice in _CHOICES[part])
    sided = (f"{one}-{part}" for one in _PAIR)
    return () if lead else tuple(key for key in sided if key in SITES)


def check_site(text: str) -> str:
    """Return the site key that `text` names.

    Raises:
        ValueRefusedError: it names none, or a side is missing; the nearest keys are named.

    """
    key = find_site(text)
    if key is not None:
        return key
    choices = narrower(text)
    if choices:
        names = " or ".join((", ".join(choices[:-1]), choices[-1]))
        raise refused(f'"{quoted(text)}" is not exact enough. Choose {names}.')
    guess = nearest_word(_joined(text), (*SITES, *_PART_NAMES))
    hint = "" if guess else "Parts: " + ", ".join(_PART_NAMES)
    raise refused(f'There is no body part called "{quoted(text)}".{guess}', hint)


def parse_where(text: str) -> tuple[Observation, ...]:
    """Return what `--where` says: `low-back:5,left-calf:3:tingling+numb`.

    Each part is a site, its own whole number from 0 to 10, and how it feels when that is said.

    Raises:
        ValueRefusedError: a site, number or word is not known, is missing, or a site is repeated.

    """
    found: dict[str, Observation] = {}
    for piece in text.split(","):
        name, *rest = (part.strip() for part in piece.split(":"))
        if not name:
            raise refused("A part of --where is empty. Write it like low-back:5,left-calf:3.")
        key = check_site(name)
        if key in found:
            raise refused(f"{key} is there twice. Keep one.")
        if len(rest) > 2:  # noqa: PLR2004
            raise refused(f"Too many parts after {key}. Write it like {key}:3:tingling+numb.")
        value = _level(key, rest[0] if rest else "")
        felt = _qualities(rest[1]) if len(rest) > 1 else ()
        found[key] = Observation("site", value, site=key, qualities=felt)
    return tuple(found.values())


def is_limb(site: str) -> bool:
    """Return whether a site is part of an arm or a leg; False for one that is not known."""
    return distal_rank(site) >= 0


def distal_rank(site: str) -> int:
    """Return how far down its limb a site is: 0 next to the trunk; -1 outside the limbs."""
    row = SITES.get(site)
    return -1 if row is None else row.rank


def side(site: str) -> str:
    """Return the limb of a site, `left-leg`; outside the limbs `left`, `right` or `middle`."""
    row = SITES.get(site)
    if row is None:
        return "middle"
    return f"{row.side}-{row.region}" if row.rank >= 0 else row.side


def label(site: str) -> str:
    """Return a site in words: `left calf`."""
    row = SITES.get(site)
    return site.replace("-", " ") if row is None else row.label


def _joined(text: str) -> str:
    return "-".join(text.strip().lower().replace("_", " ").replace("-", " ").split())


def _parted(text: str) -> tuple[str, str]:
    """Return side (left, right or nothing) and part; the side may be short and may come last."""
    words, side = _joined(text).split("-"), ""
    if len(words) > 1 and words[0] in _SIDES:
        side, words = _SIDES[words[0]], words[1:]
    elif len(words) > 1 and words[-1] in _SIDES:
        side, words = _SIDES[words[-1]], words[:-1]
    part = "-".join(words)
    return side, _OTHER_PARTS.get(part, part)


def _level(key: str, text: str) -> float:
    if not text:
        raise refused(f"{key} needs its own number from 0 to 10: {key}:4.")
    if not (text.isascii() and text.isdigit() and len(text) <= 3):  # noqa: PLR2004
        raise refused(f'The number of {key} is a whole one from 0 to 10, not "{quoted(text)}".')
    if int(text) > _MOST:
        raise refused(f"The number of {key} goes from 0 to 10. Nearest: {key}:10.")
    return float(text)


def _qualities(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in text.lower().split("+"):
        name = _joined(word)
        name = _OTHER_QUALITIES.get(name, name)
        if name not in QUALITIES:
            raise refused(
                f'There is no word "{quoted(word)}" for how it feels.{nearest_word(name, QUALITIES)}',
                "Words: " + ", ".join(QUALITIES),
            )
        found[name] = None
    return tuple(found)
