"""The care team: who a word names, what each of them set, when they are seen next.

A person is named by number, by name, by the start of the name, or by role; words for one profession
are one role.
"""

from __future__ import annotations

from spinetrack.recovery.profile import is_other
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Person, Quota, Visit

ROLES: Final = (
    ("physiotherapist", "physio", "physical therapist", "physical therapy", "pt"),
    ("gp", "general practitioner", "family doctor", "doctor", "dr"),
    ("surgeon", "spine surgeon"),
    ("pain specialist", "pain doctor", "pain clinic"),
    ("pharmacist", "pharmacy"),
    ("psychologist", "therapist", "counsellor"),
    ("chiropractor", "chiro"),
    ("osteopath", "osteo"),
    ("nurse",),
    ("massage therapist", "masseur", "masseuse"),
    ("occupational therapist", "ot"),
)
"""Words for one profession, the first its name."""


def plain(text: str) -> str:
    """Return a text small and with single blanks, to compare it."""
    return " ".join(text.casefold().replace(".", " ").split())


def same_role(one: str, other: str) -> bool:
    """Return whether two words name one profession: `physio` and `Physiotherapist`.

    >>> same_role("physio", "Physiotherapist"), same_role("physio", "GP")
    (True, False)
    """
    a, b = plain(one), plain(other)
    return bool(a) and (a == b or any(a in words and b in words for words in ROLES))


def matches(people: Iterable[Person], word: str) -> tuple[Person, ...]:
    """Return the people a word names: by number, else by name, by its start or last part, or by role."""
    found = tuple(people)
    wanted = plain(word.lstrip("#"))
    ways: tuple[Callable[[Person], bool], ...] = (
        lambda p: str(p.id) == wanted,
        lambda p: plain(p.name) == wanted,
        lambda p: wanted in plain(p.name).split() or plain(p.name).startswith(f"{wanted} "),
        lambda p: same_role(p.role, word),
    )
    if not wanted:
        return ()
    return next((hits for way in ways if (hits := tuple(p for p in found if way(p)))), ())


def person_of(people: Iterable[Person], word: str) -> Person | None:
    """Return the one person a word names, None when it names nobody or more than one."""
    hits = matches(people, word)
    return hits[0] if len(hits) == 1 else None


def set_by(diary: Diary, person: Person, today: date) -> tuple[Quota, ...]:
    """Return the last dose that `person` set of each activity of the plan, if nobody else set one since.

    What the patient did with it afterwards, inside its limit, leaves it standing.
    """
    latest: dict[str, Quota] = {}
    for quota in diary.quotas:
        if quota.day > today:
            continue
        if quota.amount <= 0:
            latest.pop(quota.activity, None)
        elif is_other(quota.set_by):
            latest[quota.activity] = quota
    return tuple(q for q in latest.values() if person_of(diary.people, q.set_by) == person)


def visits_of(diary: Diary, person: Person) -> tuple[Visit, ...]:
    """Return the appointments with `person`, oldest first; also those whose own words name them."""
    return tuple(
        v
        for v in diary.visits
        if v.person_id == person.id or (v.person_id is None and person_of(diary.people, v.name) == person)
    )


def next_visit(visits: Sequence[Visit], today: date) -> Visit | None:
    """Return the first appointment today or ahead, None without one."""
    return min((v for v in visits if v.on >= today), key=lambda v: (v.on, v.id), default=None)


def last_visit(visits: Sequence[Visit], today: date) -> Visit | None:
    """Return the last appointment before today, None without one."""
    return max((v for v in visits if v.on < today), key=lambda v: (v.on, v.id), default=None)
