"""What the patient typed about a warning sign: the items answered, and who saw them."""

from __future__ import annotations

import re

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Answer
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spinetrack.recovery.diary import AnswerWord


def parse_items(text: str) -> tuple[tuple[str, str], ...]:
    """Read the items and signs of `CE2,IN1+,MY3-`, as typed after `--yes`, `--unsure` or `--no`.

    Raises:
        ValueRefusedError: An unknown item, a sign on an item that takes none, an item named twice,
            or no item at all.

    """
    plain = text.upper().translate({0x2212: "-", 0x2013: "-", 0xFF0B: "+"})
    words = re.sub(r"\s+(?=[+-](?:[\s,;]|$))", "", plain).replace(",", " ").replace(";", " ")
    found = [_item(word) for word in words.split()]
    if not found:
        raise ValueRefusedError(
            "No warning sign is named. Write its short name, like CE2. Nothing was saved.",
            hint="spinetrack screen asks them one by one.",
        )
    _refuse_repeats([name for name, _ in found])
    return tuple(found)


def _item(word: str) -> tuple[str, str]:
    name, sign = (word[:-1], word[-1]) if word[-1] in "+-" else (word, "")
    item = ITEMS.get(name)
    if item is None:
        raise ValueRefusedError(
            f'There is no warning sign called "{word}". Did you mean {_nearest(name)}? Nothing was saved.',
            hint="spinetrack screen asks them one by one.",
        )
    if sign and not item.signed:
        raise ValueRefusedError(f"{name} takes no + or -. Write {name}. Nothing was saved.")
    return name, sign


def _nearest(name: str) -> str:
    """Find the item that a wrong name most likely meant, also from a plain word: BLADDER."""
    from difflib import get_close_matches

    from spinetrack.recovery.redflag_words import words_in

    series = [item for item in ITEMS if item.rstrip("0123456789") == name.rstrip("0123456789")]
    if series:
        number = int(name[len(name.rstrip("0123456789")) :][:4] or 1)
        return series[max(1, min(number, len(series))) - 1]
    hits = words_in(name)
    if hits:
        return hits[0].item
    return (get_close_matches(name, ITEMS, n=1, cutoff=0) or ["CE1"])[0]


def _refuse_repeats(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueRefusedError(f"{name} is named twice. Nothing was saved.")


def answers_of(
    yes: str | None = None,
    unsure: str | None = None,
    no: str | None = None,
    base_items: Iterable[str] = (),
) -> tuple[Answer, ...]:
    """Gather the answers of a screen typed on one line.

    Args:
        yes: Items as in `parse_items`; None when the option was not given.
        unsure: Likewise.
        no: Likewise, without signs.
        base_items: What was asked; each that is not named is answered no.

    Raises:
        ValueRefusedError: As `parse_items`, a sign after `--no`, or one item under two answers.

    """
    named: dict[str, Answer] = {}
    given: dict[AnswerWord, str | None] = {"yes": yes, "unsure": unsure, "no": no}
    for word, text in given.items():
        for name, sign in parse_items(text) if text is not None else ():
            _refuse_clash(named, name, word, sign)
            named[name] = Answer(name, word, sign)
    asked = tuple(dict.fromkeys(base_items))
    return (
        *(named.get(name, Answer(name, "no")) for name in asked),
        *(answer for name, answer in named.items() if name not in asked),
    )


def _refuse_clash(named: Mapping[str, Answer], name: str, word: AnswerWord, sign: str) -> None:
    if name in named:
        raise ValueRefusedError(
            f"{name} is named under {named[name].answer} and under {word}. Choose one. Nothing was saved."
        )
    if sign and word == "no":
        raise ValueRefusedError(f"A no takes no + or -. Write {name}. Nothing was saved.")


def as_carer(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Answers given by somebody else: a no to what only the patient can feel counts as unsure."""
    return tuple(
        answer._replace(answer="unsure") if answer.answer == "no" and _felt(answer.item) else answer
        for answer in answers
    )


def _felt(name: str) -> bool:
    return name in ITEMS and ITEMS[name].felt


_OWN = """
i me my myself mine self own im ive just only also the patient patients person user and or by a it
was am did do saw seen see looked checked check felt feel feeling better fine think thought decided
know no none nobody noone one not yet na n unknown nothing yes ok okay up on at with alone google
internet web online app program computer spinetrack chatgpt ai
"""
_OWN_WORDS = frozenset(_OWN.split())
_LINES = frozenset({"111", "112", "911", "999"})  # help lines that people name by their number
_SAY_WHO = 'Say who saw you, like --by "A&E" or --by "Dr Khan". Nothing was saved.'
_SAY_WHO_HINT = "If it passed and nobody saw you, use --gone. If it was a wrong key, use --mistake."


def check_by(by: str | None, own_name: str | None = None) -> str:
    """Who saw the patient, tidied. Never the patient.

    Args:
        by: As typed after `--by`.
        own_name: The name in the profile, also refused.

    Raises:
        ValueRefusedError: Nobody, or the patient's own words for themselves.

    """
    tidy = " ".join((by or "").split())
    words = re.findall(r"[^\W_]+", re.sub(r"['\u2019`.]", "", tidy.casefold()))
    own = re.findall(r"[^\W_]+", (own_name or "").casefold())
    named = any(word in _LINES or any(c.isalpha() for c in word) for word in words)
    if not named or _OWN_WORDS.issuperset(words):
        raise ValueRefusedError(_SAY_WHO, hint=_SAY_WHO_HINT)
    if own and words == own:
        raise ValueRefusedError(_SAY_WHO, hint=_SAY_WHO_HINT)
    return tidy
