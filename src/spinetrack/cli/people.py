"""Who a word of the line names, for every command that takes a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Person


def person_named(people: Sequence[Person], word: str) -> Person:
    """Return the person of the care team that `word` names: a number, a name or a role.

    Raises:
        ValueRefusedError: it names nobody, or more than one.

    """
    from spinetrack.recovery.team import matches
    from spinetrack.recovery.values import nearest_word, quoted

    hits = matches(people, word)
    if len(hits) == 1:
        return hits[0]
    if hits:
        which = ", ".join(f"{p.id} {p.name}" for p in hits)
        raise ValueRefusedError(f'"{quoted(word)}" is more than one: {which}. Write the number.')
    near = nearest_word(word, [p.name for p in people])
    hint = (
        "See them: spinetrack team list" if people else "To add one: spinetrack team add Dana --role physio"
    )
    raise ValueRefusedError(
        f'Nobody in your team is called "{quoted(word)}".{near} Nothing was saved.', hint=hint
    )
