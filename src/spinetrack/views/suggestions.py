"""Suggestions on the screen: the numbered list, why each is made, and what was held back."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import change_words, joined, number
from spinetrack.views.echo import command_for
from spinetrack.views.page import Fields, Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spinetrack.recovery.findings import Assessment, Fact, Held, Suggestion
    from spinetrack.views.page import Block, Page

WIDEST = 80
NEVER_HIDDEN = frozenset({"RF-1", "RF-2", "RF-4", "RF-5", "PG-1"})

HELD_WORDS = {
    "cap": "one rise and three messages a day are enough",
    "decided": "you have decided about it already",
    "log-only": "you asked for no suggestions",
    "clinician-plan": "a rise needs a limit that your physio or doctor set",
    "carer": "a rise needs a limit that your physio or doctor set",
    "limb": "your arm or leg feels new or worse",
    "procedure": "you had a procedure on your spine a few days ago",
    "pain above usual": "this week's pain is above your usual",
    "RF-1": "a warning sign comes first",
    "RF-2": "a warning sign comes first",
    "RF-3": "a warning sign is still open",
    "RF-4": "the warning-sign questions come first",
    "RF-5": "a warning sign is open, or was closed less than 7 days ago",
    "PG-1": "the care questions come first",
    "DQ-1": "there are too few days in the diary yet",
    "DQ-2": "there was a break in the diary",
    "FL-1": "today's pain is well above your usual",
    "FL-2": "a flare has begun",
    "FL-3": "a flare is running",
    "FL-4": "a flare is running",
    "FL-5": "the plan is on its way back after a flare",
    "FL-6": "the last flare is less than 7 days ago",
    "PR-3": "a dose is being held for now",
    "PR-4": "a dose has just gone down",
}
"""What holds a suggestion back, as the end of a sentence."""


def held_words(by: str) -> str:
    """Return why something was held back, as the end of a sentence."""
    return HELD_WORDS.get(by, f"{by} goes first")


def messages(shown: Iterable[Suggestion], *, width: int, plain: bool) -> Iterator[Block]:
    """Yield the numbered messages of today, each with what to type."""
    for place, suggestion in enumerate(shown, start=1):
        command = command_for(suggestion, place)
        if plain:
            yield Text(f"{place}. {suggestion.title.rstrip('.')}.", "strong")
            yield Text(suggestion.message)
            if not _names(suggestion.message, command):
                yield Text(f"Type: {command}")
            continue
        yield from _message(place, suggestion, command, min(width, WIDEST))


def _names(message: str, command: str) -> bool:
    """Return whether a message already says what to type."""
    return command in message or (" --why " in command and "spinetrack " in message)


def _message(place: int, suggestion: Suggestion, command: str, width: int) -> Iterator[Block]:
    head = f"  {place}  {suggestion.title}"
    told = _names(suggestion.message, command)
    beside = not told and len(head) + len(command) + 3 <= width
    yield Text(head + " " * (width - len(head) - len(command)) + command if beside else head, "strong")
    yield Text(f"     {suggestion.message}")
    if not beside and not told:
        yield Text(f"     {command}")


def suggest_page(assessment: Assessment, *, width: int, plain: bool, everything: bool = False) -> Page:
    """Return the page of `suggest`: what is suggested today; with `everything` also what was held back."""
    blocks: list[Block] = []
    if assessment.suggestions:
        blocks += messages(assessment.suggestions, width=width, plain=plain)
    else:
        blocks.append(Text("Nothing is suggested today."))
    if any(s.rule not in NEVER_HIDDEN for s in assessment.suggestions):
        blocks += [Gap(), Text("Why, in numbers: spinetrack suggest --why", "quiet")]
    if everything:
        blocks += [Gap(), *_held(assessment.held, plain=plain)]
    return tuple(blocks)


def _held(held: Iterable[Held], *, plain: bool) -> Iterator[Block]:
    rows = tuple((h.suggestion.id, h.suggestion.title, _by(h.by)) for h in held)
    if not rows:
        yield Text("Nothing was held back.")
        return
    yield Text("Held back today", "heading")
    if plain:
        for rule, title, by in rows:
            yield Text(f"{rule}: {title}. Held back by {by}.")
        return
    for rule, title, by in rows:
        yield Text(f"  {rule}  {title}")
        yield Text(f"      held back by {by}", "quiet")


def _by(by: str) -> str:
    words = HELD_WORDS.get(by)
    if words is None:
        return by
    return f"{by}: {words}" if by[:2].isupper() and "-" in by else words


def why_page(suggestion: Suggestion, place: int | None, *, plain: bool) -> Page:
    """Return everything one suggestion stands on. `place` is its number on today's screen."""
    name = str(place) if place else suggestion.id
    blocks: list[Block] = [Text(f"{suggestion.title} ({suggestion.id})", "heading"), Text(suggestion.message)]
    if suggestion.why:
        blocks += [Gap(), Text("What the log says", "strong"), _facts(suggestion, plain=plain)]
    fields = [("Source", joined(suggestion.source))]
    if suggestion.changes:
        changes = [f"{c.activity} {change_words(c)}" for c in suggestion.changes]
        fields.insert(0, ("What would change", joined(changes)))
    if suggestion.sum:
        fields.insert(0, ("The sum", suggestion.sum))
    fields.append(("How sure is this", suggestion.sure))
    fields.append(("Your choice", choices(suggestion, name)))
    return (*blocks, Gap(), Fields(tuple(pair for pair in fields if pair[1])))


def _facts(suggestion: Suggestion, *, plain: bool) -> Block:
    del plain
    return Rows(tuple((_fact_name(f), _shown(f.value), _needs(f)) for f in suggestion.why))


def _fact_name(fact: Fact) -> str:
    if fact.window_days and "days" not in fact.fact and "week" not in fact.fact:
        return f"{fact.fact}, last {fact.window_days} days"
    return fact.fact


def _shown(value: float | str | None) -> str:
    if value is None:
        return "not known"
    return value if isinstance(value, str) else number(value)


def _needs(fact: Fact) -> str:
    if fact.threshold is None or fact.threshold == fact.value:
        return "" if fact.threshold is None else f"needs {_shown(fact.threshold)}"
    return f"needs {_shown(fact.threshold)}"


def choices(suggestion: Suggestion, name: str) -> str:
    """Return what can be typed behind `spinetrack suggest` about a suggestion called `name`."""
    if suggestion.rule in NEVER_HIDDEN:
        return command_for(suggestion)
    words = [f"follow {name}"]
    if len(suggestion.changes) == 1:
        words.append(f"adjust {name} {number(suggestion.changes[0].after)}")
    elif suggestion.changes:
        first = suggestion.changes[0]
        words.append(f"adjust {name} {first.activity} {number(first.after)}")
    return joined([*words, f"ignore {name}", f"ask {name} (puts it on your list)"])
