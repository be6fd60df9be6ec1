"""The engine: rules are plain functions of the facts; here they are ordered, held back and counted.

Source: clinical.md, rule table, "Priority" and "Interaction rules". The safety gate lives here, not
in the rules: while a tier-1 or tier-2 flag is open nothing of a lower priority gets out.
"""

from __future__ import annotations

from spinetrack.recovery.findings import Held, Suggestion
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spinetrack.recovery.context import Context

    Decide = Callable[["Context"], Suggestion | Iterable[Suggestion] | None]

MOST_MESSAGES = 3
LAST = 8
"""The lowest of the priorities."""
BANDS = (3, 4, 5, LAST)
"""Where `first` looks whether what comes first is settled. Rules up to 3 silence others: they all run."""
FLARE_RULES = frozenset({"FL-2", "FL-3", "FL-4", "FL-5"})
NEVER_CUT = frozenset({"FL-2", "FL-3", "PR-4"})
REDUCTIONS = frozenset({"PR-3", "PR-4", "PR-6", "FL-3"})
LOG_ONLY = frozenset({"RF-1", "RF-2", "RF-3", "RF-4", "RF-5", "FL-9", "MX-2", "MX-3"})
ALWAYS_BESIDE = frozenset({"MX-2"})
FLARE_PROOF = frozenset({"MD-1"})
"""Rules that a flare never silences."""


class Rule(NamedTuple):
    """One rule with what it stands on."""

    id: str
    priority: int
    source: tuple[str, ...]
    sure: str
    """How well verified it is, in words for the patient."""
    decide: Decide


RULES: dict[str, Rule] = {}

SURE_PUBLIC = "Public safety advice for people with back or neck pain. It stands above all else here."
SURE_TOOL = (
    "A rule of this tool, built on guidelines. Not proved for backs as such. "
    "Your physio's word goes before it."
)
SURE_STUDIED = "The idea comes from studies of people with back pain. The exact numbers are this tool's own."
SURE_COUNT = "Plain counting of what you logged. No study stands behind it."


def rule(
    rule_id: str, priority: int, source: tuple[str, ...], sure: str = SURE_TOOL
) -> Callable[[Decide], Decide]:
    """Register a rule. An id used twice is a programming error."""

    def register(decide: Decide) -> Decide:
        if rule_id in RULES:
            msg = f"two rules are called {rule_id!r}"
            raise ValueError(msg)
        RULES[rule_id] = Rule(rule_id, priority, source, sure, decide)
        return decide

    return register


def run(context: Context) -> tuple[tuple[Suggestion, ...], tuple[Held, ...]]:
    """Return what is shown today, by priority then id, and what was held back by what."""
    return _sorted_out(context, list(_found(context, 0, LAST)))


def first(context: Context, load: Callable[[int], None]) -> tuple[Suggestion, ...]:
    """Return what `run` shows, or its beginning: as much as decides what comes first.

    A rule is silenced only by rules of priorities 0 to 3, and cut only for want of room, so what is
    shown after a band of priorities stays first whatever the later bands hold.

    Args:
        context: The facts and the plan.
        load: Imports every theme that has a rule of at most this priority.

    """
    found: list[Suggestion] = []
    low = 0
    shown: tuple[Suggestion, ...] = ()
    for high in BANDS:
        load(high)
        found += _found(context, low, high)
        shown, _ = _sorted_out(context, found)
        if shown and (shown[0].priority <= 1 or _has_room(context, shown)):
            return shown
        low = high + 1
    return shown


def _has_room(context: Context, shown: Sequence[Suggestion]) -> bool:
    """Return whether the steps back of the plan, which are never cut, leave room for one more."""
    fixed = sum(s.priority <= 1 or s.rule in NEVER_CUT for s in shown)
    return fixed + sum(bool(item.step_back) for item in context.plan) < MOST_MESSAGES


def _sorted_out(context: Context, found: list[Suggestion]) -> tuple[tuple[Suggestion, ...], tuple[Held, ...]]:
    found = sorted(found, key=lambda s: (s.priority, s.id))
    held: list[Held] = []
    shown: list[Suggestion] = []
    for suggestion in found:
        by = _silenced(context, suggestion, found)
        if by:
            held.append(Held(suggestion, by))
        else:
            shown.append(suggestion)
    shown, cut = _capped(shown)
    return tuple(shown), tuple(held + cut)


def _found(context: Context, low: int, high: int) -> Iterable[Suggestion]:
    for entry in tuple(RULES.values()):
        if not low <= entry.priority <= high:
            continue
        said = entry.decide(context)
        if said is None:
            continue
        for suggestion in (said,) if isinstance(said, Suggestion) else said:
            yield suggestion._replace(
                source=suggestion.source or entry.source,
                sure=suggestion.sure or entry.sure,
            )


def _silenced(  # noqa: PLR0911  (one line a reason, in their order)
    context: Context, suggestion: Suggestion, found: list[Suggestion]
) -> str | None:
    """Return what holds `suggestion` back: a rule id, `decided`, `log-only`, or a failed condition."""
    rules = {s.rule for s in found}
    stop = next((s.rule for s in found if s.priority == 0 and s.rule != suggestion.rule), None)
    if stop and suggestion.priority > 0 and suggestion.rule not in ALWAYS_BESIDE:
        return stop
    if context.facts.mode == "log-only" and suggestion.rule not in LOG_ONLY:
        return "log-only"
    if suggestion.rule in REDUCTIONS:
        return _decided(context, suggestion)
    flare = next((r for r in sorted(FLARE_RULES) if r in rules), None)
    if flare and suggestion.priority in (6, 7) and suggestion.rule not in FLARE_PROOF:
        return flare
    if "DQ-1" in rules and (suggestion.priority == 5 or suggestion.rule == "DQ-3"):  # noqa: PLR2004
        return "DQ-1"
    if suggestion.is_rise:
        blocker = flare or next((r for r in ("FL-1", "DQ-2") if r in rules), None)
        blocker = blocker or context.rise_blocked(suggestion)
        if blocker:
            return blocker
    return _decided(context, suggestion)


def _decided(context: Context, suggestion: Suggestion) -> str | None:
    return "decided" if context.facts.is_decided(suggestion) else None


def _capped(shown: list[Suggestion]) -> tuple[list[Suggestion], list[Held]]:
    """Keep at most one rise and three messages; safety, FL-2, FL-3 and PR-4 are never cut, but count."""
    kept: list[Suggestion] = []
    cut: list[Held] = []
    fixed = [s for s in shown if s.priority <= 1 or s.rule in NEVER_CUT]
    room = MOST_MESSAGES - len(fixed)
    rises = 0
    for suggestion in shown:
        if suggestion in fixed:
            kept.append(suggestion)
            continue
        rise_over = suggestion.is_rise and rises
        if room <= 0 or rise_over:
            cut.append(Held(suggestion, "cap"))
            continue
        room -= 1
        rises += suggestion.is_rise
        kept.append(suggestion)
    return kept, cut
