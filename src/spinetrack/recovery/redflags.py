"""From answers to tiers, and from outcomes to what is still open.

Pure and free of arithmetic a patient would have to trust: one strong yes is enough. Where the rules
leave a doubt the graver reading holds. Source: clinical.md section 6 and its rule definitions.
"""

from __future__ import annotations

from spinetrack.recovery.redflag_items import ASKING, ITEMS, OVER_LIMIT, SHORT, SHORT_ITEMS
from spinetrack.recovery.redflag_typed import answers_of, as_carer, check_by, parse_items
from spinetrack.typed import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from spinetrack.recovery.diary import Answer, Outcome, Screen

__all__ = [
    "ASKING",
    "ITEMS",
    "SHORT",
    "SHORT_ITEMS",
    "Reason",
    "all_items",
    "answers_of",
    "as_carer",
    "check_by",
    "closed_with",
    "closing",
    "closings",
    "effective_tier",
    "is_booked",
    "is_open",
    "item_tiers",
    "old_items",
    "open_flags",
    "parse_items",
    "rescreen_items",
    "tier_of",
    "worst_items",
]

Reason = Literal[
    "word", "first", "fortnight", "flare", "flare-3", "flare-7", "limb", "spread",
    "worst", "excess", "slow", "walk", "gap", "treatment", "procedure", "closed", "mistake",
    "gone", "trauma", "aftercare",
]  # fmt: skip
"""Why a re-screen is due. Source: rule RF-4."""

EMERGENCY, SAME_DAY, WEEK, MENTION = 1, 2, 3, 4

_CAUDA = frozenset({"CE1", "CE2", "CE3", "CE4", "CE5"})
_NERVE = _CAUDA | {"ND1", "ND2", "MY1", "MY2", "MY3", "MY4", "CE7"}
_GRAVE_WITH_GATE = ("ND1", "MY3", "MY4", "CE7")
_BACK = frozenset(f"IB{n}" for n in range(1, 10))
_BACK_RAISE = frozenset({"IB9", "IB10", "IB11"})
_BACK_MENTION, _BACK_WEEK = 3, 4

_RAISES: tuple[tuple[str, frozenset[str], int], ...] = (
    ("CE6", _CAUDA | {"CE7"}, EMERGENCY),
    ("CE7", _CAUDA, EMERGENCY),
    ("MY5", frozenset({"MY3", "MY4"}), SAME_DAY),
    ("MA1", _NERVE, EMERGENCY),
    ("MA3", frozenset({"MA1"}), SAME_DAY),
)
"""An item, the items of which one must be present beside it, and the tier it then has."""


# -- tiers --------------------------------------------------------------------------------------


def tier_of(
    answers: Sequence[Answer],
    gates: Mapping[str, bool | None] | None = None,
    procedure_within_90_days: bool = False,
) -> int | None:
    """Return the gravest tier that the answers reach: 1 to 4, or None when they report no sign.

    Args:
        answers: Each answer of one screen, or of several taken together.
        gates: Profile gates; None means not answered.
        procedure_within_90_days: A spinal procedure lies at most 90 days back.

    """
    tiers = item_tiers(answers, gates, procedure_within_90_days)
    return min(tiers.values(), default=None)


def item_tiers(
    answers: Sequence[Answer],
    gates: Mapping[str, bool | None] | None = None,
    procedure_within_90_days: bool = False,
) -> dict[str, int]:
    """Which item reaches which tier, gravest first. Arguments as for `tier_of`.

    An item repeated counts by its gravest answer. Unknown items are passed over.
    """
    known = [a for a in answers if a.item in ITEMS]
    yes = {a.item for a in known if a.answer == "yes"}
    unsure = {a.item for a in known if a.answer == "unsure"} - yes
    tiers: dict[str, int] = {}
    for answer in known:
        own = _own_tier(answer)
        if own is not None:
            tiers[answer.item] = min(own, tiers.get(answer.item, own))
    present = yes | {name for name in unsure if ITEMS[name].steady}
    for name, to in _raised(yes, present, gates or {}, procedure_within_90_days):
        _raise(tiers, name, to if name in present else to + 1, yes | unsure)
    if any(tier == EMERGENCY for name, tier in tiers.items() if name != "OT1"):
        _raise(tiers, "OT1", EMERGENCY if "OT1" in yes else SAME_DAY, yes | unsure)
    order = {name: n for n, name in enumerate(ASKING)}
    return dict(sorted(tiers.items(), key=lambda pair: (pair[1], order[pair[0]])))


def _own_tier(answer: Answer) -> int | None:
    """Weigh one answer by itself: the sign picks it first, then "unsure" softens it."""
    item = ITEMS[answer.item]
    if answer.answer not in ("yes", "unsure") or item.id.startswith("IB"):
        return None
    signed = {"+": item.plus, "-": item.minus}.get(answer.sign)
    if answer.answer == "yes":
        return signed or item.tier
    if signed is None:
        return item.unsure
    if item.steady or signed == EMERGENCY:  # a plain yes to the second question stands
        return signed
    return signed + 1 if signed < MENTION else None


def _raise(tiers: dict[str, int], name: str, to: int, reported: Collection[str]) -> None:
    if name in reported and to <= MENTION:
        tiers[name] = min(to, tiers.get(name, to))


def _raised(
    yes: Collection[str],
    present: Collection[str],
    gates: Mapping[str, bool | None],
    procedure: bool,
) -> list[tuple[str, int]]:
    """Items that a combination lifts, and to which tier."""
    here = frozenset(present)
    raised = [(name, to) for name, beside, to in _RAISES if here & beside]
    if frozenset(yes) - {"MA4"}:
        raised.append(("MA4", WEEK))
    if procedure or gates.get("cancer") or gates.get("anticoagulant"):
        raised += [(name, EMERGENCY) for name in _GRAVE_WITH_GATE]
    if gates.get("minor"):
        raised += [("MA3", SAME_DAY), ("IN1", SAME_DAY)]
    back = _back_tier(yes)
    if back is not None:
        raised += [(name, back) for name in sorted(_BACK | _BACK_RAISE) if name in yes]
    return raised


def _back_tier(yes: Collection[str]) -> int | None:
    """Weigh long low back pain by the count of IB1 to IB9. Source: clinical.md 6.8."""
    count = sum(name in _BACK for name in yes)
    if count < _BACK_MENTION:
        return None
    tier = WEEK if count >= _BACK_WEEK else MENTION
    return tier - 1 if any(name in _BACK_RAISE for name in yes) else tier


def worst_items(
    answers: Sequence[Answer],
    gates: Mapping[str, bool | None] | None = None,
    procedure_within_90_days: bool = False,
) -> tuple[str, ...]:
    """Choose the items to name: those of the gravest tier, and of tier 2 beside tier 1."""
    tiers = item_tiers(answers, gates, procedure_within_90_days)
    worst = min(tiers.values(), default=0)
    limit = max(worst, SAME_DAY) if worst == EMERGENCY else worst
    return tuple(name for name, tier in tiers.items() if tier <= limit)


# -- what to ask --------------------------------------------------------------------------------


def all_items(gates: Mapping[str, bool | None] | None = None) -> tuple[str, ...]:
    """List the full screen in asking order; gated items only where their gate is yes."""
    known = gates or {}
    asked = (name for name in ASKING if not ITEMS[name].later)
    return tuple(name for name in asked if not (gate := ITEMS[name].gate) or known.get(gate) is True)


_LIMB = ("ND2", "MY4", "FX2")
_PAIN = ("VA1", "VA2", "VA3")
_SLOW = ("MA3", "IN2")
_EXTRAS: dict[str, tuple[str, ...]] = {
    "flare": _LIMB,
    "flare-3": (*_LIMB, "OT2"),
    "flare-7": _LIMB,
    "limb": _LIMB,
    "spread": _LIMB,
    "trauma": _LIMB,
    "worst": _PAIN,
    "excess": _PAIN,
    "slow": _SLOW,
    "walk": _SLOW,
    "procedure": ("IN3", "OT4"),
    "aftercare": ("IN3",),
}


def rescreen_items(
    reason_kinds: Iterable[Reason],
    first: Sequence[str] = (),
    gates: Mapping[str, bool | None] | None = None,
) -> tuple[str, ...]:
    """List what a re-screen must ask: the items of the word, the short form, then the extras.

    Args:
        reason_kinds: Why it is due. `gone` asks the full screen. Unknown kinds add nothing.
        first: Items to ask before the others (of the word, of the closed flag); FX1 among them
            counts as `trauma`.
        gates: Adds the questions of pregnancy and of age under 18 where these are yes.

    """
    kinds = list(reason_kinds)
    lead = [ITEMS[name].later or name for name in first if name in ITEMS]
    extras = [name for kind in kinds for name in _EXTRAS.get(kind, ())]
    if "FX1" in lead:
        extras += _LIMB
    if "gone" in kinds:
        extras += all_items(gates)
    extras += [name for name in all_items(gates) if ITEMS[name].gate]
    return tuple(dict.fromkeys((*lead, *SHORT_ITEMS, *extras)))


# -- what is open -------------------------------------------------------------------------------


def _moment(row: Screen | Outcome) -> tuple[datetime, int]:
    return row.at, row.seq


def old_items(screens: Iterable[Screen]) -> dict[str, Outcome]:
    """Items said to be old, known and unchanged, with the latest outcome that says so.

    Ask these with `redflag_items.worse_question`.
    """
    outcomes = [o for s in screens for o in s.outcomes if o.kind == "old" and o.item]
    return {o.item: o for o in sorted(outcomes, key=_moment) if o.item}


def effective_tier(screen: Screen) -> int | None:
    """Return the tier that still stands: `gone` makes 1 a 2, `old` takes its item out.

    What remains beside an old item is weighed with every gate that can make it graver, and never
    as graver than the screen was.
    """
    tier = screen.tier
    old = {o.item for o in screen.outcomes if o.kind == "old"}
    if tier is not None and old:
        rest = [a for a in screen.answers if a.item not in old]
        minor = any(a.item.startswith("CH") for a in rest)
        left = None if None in old else tier_of(rest, {"cancer": True, "minor": minor})
        tier = None if left is None else max(tier, left)
    if tier == EMERGENCY and any(o.kind == "gone" for o in screen.outcomes):
        return SAME_DAY
    return tier


def is_booked(screen: Screen) -> bool:
    """Whether a visit is booked for it: silences rule RF-3, closes nothing."""
    return any(o.kind == "booked" for o in screen.outcomes)


def closing(screen: Screen, screens: Iterable[Screen] = ()) -> Outcome | None:
    """Find the outcome that closed a screen's sign, its own or a later one's; None if open.

    Args:
        screen: The screen asked about.
        screens: All screens; an outcome "seen" on a later one closes this one too. A "mistake"
            closes its own alone: a slip today must not hide a sign of yesterday.

    """
    ending = [
        outcome
        for target in (screen, *(s for s in screens if s.id != screen.id))
        if _moment(target) >= _moment(screen)
        for outcome in target.outcomes
        if _closes(outcome, target, screen)
    ]
    old = [o for o in screen.outcomes if o.kind == "old"]
    if old and effective_tier(screen) is None:
        ending.append(max(old, key=_moment))  # the last of several made it whole
    return min(ending, key=_moment, default=None)


def _closes(outcome: Outcome, target: Screen, screen: Screen) -> bool:
    if outcome.kind == "seen":  # seen before it began, or by nobody, is not seen
        return bool(outcome.by) and outcome.day >= target.day
    return outcome.kind == "mistake" and target.id == screen.id


def is_open(screen: Screen, screens: Iterable[Screen] = ()) -> bool:
    """Whether a reported sign of any tier is not closed yet. Arguments as for `closing`."""
    return effective_tier(screen) is not None and closing(screen, screens) is None


def open_flags(screens: Sequence[Screen], tier_max: int = SAME_DAY) -> tuple[Screen, ...]:
    """List the screens whose sign is open, by their effective tier, oldest first.

    Args:
        screens: All screens, also those whose outcome may close an earlier one.
        tier_max: The mildest tier that counts: 2 holds the plan, 3 holds rises.

    """
    return tuple(
        screen
        for screen in sorted(screens, key=_moment)
        if (effective_tier(screen) or MENTION + 1) <= tier_max and is_open(screen, screens)
    )


def closed_with(screen: Screen, screens: Sequence[Screen]) -> tuple[Screen, ...]:
    """List the open signs that "seen" or "mistake" on this screen would close, oldest first."""
    return tuple(s for s in open_flags(screens, MENTION) if _moment(s) <= _moment(screen))


def closings(screens: Sequence[Screen]) -> tuple[tuple[Outcome, Screen], ...]:
    """Each closed tier-1 or tier-2 sign with the outcome that closed it, the newest closing last.

    For the days 1, 3 and 7 of rule RF-4 and the seven days without a rise. A sign that came from a wrong
    number in the medicine list and went with its correction was none.
    """
    pairs = [
        (outcome, screen)
        for screen in screens
        if screen.tier in (EMERGENCY, SAME_DAY)
        and (outcome := closing(screen, screens))
        and not _taken_back(screen, outcome)
    ]
    return tuple(sorted(pairs, key=lambda pair: (_moment(pair[0]), _moment(pair[1]))))


def _taken_back(screen: Screen, outcome: Outcome) -> bool:
    return outcome.kind == "mistake" and {a.item for a in screen.answers} == {OVER_LIMIT}
