"""Medicines: what was typed about one, what is in it, and who is meant by a word.

What the patient said always goes before the table of `medicine_facts`; what comes from the table is
named as an assumption. Nothing here knows a dose anybody should take.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from spinetrack.recovery.medicine_facts import (
    ASK_FIRST,
    ASK_FIRST_WORDS,
    CLASS_MARKS,
    CLASS_WORDS,
    CLASSES,
    CONSTIPATING,
    GATE_TAGS,
    NO_TAG,
    SEDATING,
    SUBSTANCES,
    TAGS,
    THINNER,
    canonical,
    substances_in,
)
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Intake, Medicine

MOST_MILLIGRAMS: Final = 100_000.0
MOST_TIMES: Final = 50.0
LONGEST_NAME: Final = 60
EVENING: Final = 17
"""The hour at which the evening begins; it lasts until the day turns: a rule of this tool."""
TURN_HOUR: Final = 4
KEPT: Final = 256
"""Medicines of which what is in them stays worked out: it is asked for each intake."""
IN_MILLIGRAMS: Final = {
    "mg": 1.0, "g": 1000.0, "gram": 1000.0, "grams": 1000.0, "mcg": 0.001, "ug": 0.001,
}  # fmt: skip


# -- what was typed --------------------------------------------------------------------------------


def milligrams_of(text: str) -> float | None:
    """Return the milligrams that a dose in words says: `400mg`, `1 g`, `2 x 500mg`; None for any other.

    >>> milligrams_of("400mg"), milligrams_of("2 x 500 mg"), milligrams_of("2 tablets")
    (400.0, 1000.0, None)
    """
    import re

    number = r"([0-9]{1,6}(?:[.,][0-9]{1,3})?)"
    form = rf"(?:{number} ?[x*] ?)?{number} ?(mcg|mg|ug|grams?|g)"
    plain = text.lower().replace("\u00d7", "x").replace("\u00b5", "u").replace("\u03bc", "u")
    found = re.fullmatch(form, " ".join(plain.split()))
    if found is None:
        return None
    times, amount = (float((part or "1").replace(",", ".")) for part in found.group(1, 2))
    return round(times * amount * IN_MILLIGRAMS[found[3]], 4)


def parse_dose(text: str) -> tuple[str, float | None]:
    """Return a dose in the patient's words, and its milligrams where it says them.

    Raises:
        ValueRefusedError: the words are too many, or the milligrams cannot be right.

    """
    from spinetrack.recovery.values import quoted, refused

    words = " ".join(text.split())
    if len(words) > LONGEST_NAME:
        raise refused(f"A dose is a few words, up to {LONGEST_NAME} letters.")
    amount = milligrams_of(words)
    if amount is not None and not 0 < amount <= MOST_MILLIGRAMS:
        raise refused(f'"{quoted(words)}" cannot be one dose. Write the amount as on the pack, with mg or g.')
    return words, amount


def parse_contains(text: str) -> tuple[tuple[str, float], ...]:
    """Return the ingredients of one dose with their milligrams: `paracetamol:500mg,codeine:8mg`.

    Raises:
        ValueRefusedError: an ingredient lacks its amount, or one is named twice.

    """
    from spinetrack.recovery.values import quoted, refused

    found: dict[str, float] = {}
    for part in (part.strip() for part in text.split(",") if part.strip()):
        name, _, amount = part.rpartition(":")
        milligrams = milligrams_of(amount if amount[-1:].isalpha() else f"{amount}mg")
        word = canonical(name)
        if not word or milligrams is None or not 0 < milligrams <= MOST_MILLIGRAMS:
            raise refused(
                f'"{quoted(part)}" does not say what is in it and how much. Write it like paracetamol:500mg.'
            )
        if word in found:
            raise refused(f"{word} is named twice.")
        found[word] = milligrams
    if not found:
        raise refused("Say what is in one dose, such as paracetamol:500mg.")
    return tuple(found.items())


def parse_class(text: str) -> str:
    """Return a class as the table spells it, "" for `none`.

    Raises:
        ValueRefusedError: it is no class.

    """
    from spinetrack.recovery.values import quoted, refused

    word = "-".join(text.lower().split())
    if word == NO_TAG:
        return ""
    found = CLASS_WORDS.get(word, word)
    if found not in CLASSES:
        raise refused(f'There is no class called "{quoted(text)}". It can be: {", ".join(CLASSES)}, or none.')
    return found


def parse_tags(text: str) -> tuple[str, ...]:
    """Return tags as the table spells them; `none` says that none fits.

    Raises:
        ValueRefusedError: one is no tag.

    """
    from spinetrack.recovery.values import quoted, refused

    words = [word for word in text.lower().replace(",", " ").split() if word]
    unknown = next((word for word in words if word not in TAGS and word != NO_TAG), None)
    if unknown is not None or not words:
        raise refused(
            f'There is no tag called "{quoted(unknown or text)}". It can be: {", ".join(TAGS)}, or none.'
        )
    kept = tuple(dict.fromkeys(word for word in words if word != NO_TAG))
    return kept or (NO_TAG,)


def parse_marks(text: str) -> str:
    """Return the groups of `ASK_FIRST` that `profile set tags` names, with commas; `none` for none.

    Raises:
        ValueRefusedError: one is no such group.

    """
    from spinetrack.recovery.values import quoted, refused

    words = [word for word in text.lower().replace(",", " ").split() if word]
    if words == [NO_TAG] or not words:
        return NO_TAG
    found = [ASK_FIRST_WORDS.get(word, word) for word in words]
    unknown = next((word for word in found if word not in ASK_FIRST), None)
    if unknown is not None:
        raise refused(f'tags cannot hold "{quoted(unknown)}". It can hold: {", ".join(ASK_FIRST)}, or none.')
    return ",".join(dict.fromkeys(found))


def parse_times(text: str, medicine: Medicine) -> float:
    """Return how many doses at once a word says: `2`, `0.5`, or milligrams of a medicine of one ingredient.

    Raises:
        ValueRefusedError: it is no such number, or the milligrams of one dose are not known.

    """
    from spinetrack.recovery.values import quoted, refused

    amount = milligrams_of(text)
    if amount is not None:
        parts = ingredients_of(medicine)
        whole = next(iter(parts.values())) if len(parts) == 1 else None
        if not whole:
            raise refused(
                "How much one dose holds is not known here. Write how many doses: 2.",
                f"Or say it first: spinetrack med edit {medicine.id} --dose AMOUNT",
            )
        times = amount / whole
    else:
        plain = text.strip().replace(",", ".").replace("½", "0.5")
        if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
            raise refused(f'"{quoted(text)}" is no number of doses. Write it like 2, 0.5 or 500mg.')
        times = float(plain)
    if not 0 < times <= MOST_TIMES:
        raise refused(f'"{quoted(text)}" cannot be taken at once. Write how many doses: 2.')
    return round(times, 4)


def amount_behind(words: Sequence[str]) -> tuple[str, str]:
    """Return a name and the amount typed behind it, in one word or two; "" where there is none.

    >>> amount_behind(["paracetamol", "500", "mg"]), amount_behind(["co-codamol", "8/500"])
    (('paracetamol', '500 mg'), ('co-codamol 8/500', ''))
    """
    for size in (2, 1):
        amount = " ".join(words[-size:])
        if len(words) > size and is_amount(amount):
            return " ".join(words[:-size]), amount
    return " ".join(words), ""


def is_amount(text: str) -> bool:
    """Return whether a word reads as how much was taken, not as part of a name."""
    plain = text.replace(",", ".").replace("½", "0.5")
    return milligrams_of(text) is not None or (plain.isascii() and plain.replace(".", "", 1).isdecimal())


# -- what is in it ---------------------------------------------------------------------------------


@lru_cache(maxsize=KEPT)
def ingredients_of(medicine: Medicine) -> Mapping[str, float | None]:
    """Return ingredient to milligrams of one dose; None where the amount is not known.

    What `--contains` said, else what the table knows of the name, else the class where it names an
    ingredient, else the name itself.
    """
    if medicine.contains:
        return MappingProxyType({canonical(name): milligrams for name, milligrams in medicine.contains})
    by_class = (medicine.group,) if medicine.group in SUBSTANCES else ()
    names = substances_in(medicine.name) or by_class or (canonical(medicine.name),)
    return MappingProxyType({name: medicine.milligrams if len(names) == 1 else None for name in names})


@lru_cache(maxsize=KEPT)
def classes_of(medicine: Medicine) -> frozenset[str]:
    """Return the classes of a medicine: of its several ingredients, else as said, else of the table."""
    parts = [SUBSTANCES[name].group for name in ingredients_of(medicine) if name in SUBSTANCES]
    if medicine.group and len(medicine.contains) < 2:  # noqa: PLR2004
        return frozenset({medicine.group})
    return frozenset([*parts, *([medicine.group] if medicine.group else [])])


@lru_cache(maxsize=KEPT)
def tags_of(medicine: Medicine) -> frozenset[str]:
    """Return the tags of a medicine: as said, else those the table gives its ingredients."""
    if medicine.tags:
        return frozenset(medicine.tags) - {NO_TAG}
    return frozenset(
        tag for name in ingredients_of(medicine) if name in SUBSTANCES for tag in SUBSTANCES[name].tags
    )


def thins_blood(medicine: Medicine) -> bool:
    """Return whether a medicine is a blood thinner, by its tag or its class."""
    return THINNER in tags_of(medicine) or "anticoagulant" in classes_of(medicine)


class Assumed(NamedTuple):
    """What the table says of a medicine where the patient said nothing."""

    contains: tuple[str, ...] = ()
    """Ingredients, where the name is not that of the ingredient itself."""
    classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something the patient may want to correct."""
        return bool(self.contains or self.classes or self.tags)


def assumed(medicine: Medicine) -> Assumed:
    """Return what the table put in where the patient said nothing."""
    known = tuple(substances_in(medicine.name)) if not medicine.contains else ()
    own_name = known == (" ".join(medicine.name.casefold().split()),)
    classes = () if medicine.group and len(medicine.contains) < 2 else tuple(sorted(classes_of(medicine)))  # noqa: PLR2004
    return Assumed(
        () if own_name else known,
        tuple(group for group in classes if group != medicine.group),
        () if medicine.tags else tuple(tag for tag in TAGS if tag in tags_of(medicine)),
    )


# -- who is meant, and when ------------------------------------------------------------------------


def is_active(medicine: Medicine, day: date) -> bool:
    """Return whether a medicine is on the list on `day`."""
    return medicine.since <= day and (medicine.until is None or medicine.until >= day)


def active(diary: Diary, day: date) -> tuple[Medicine, ...]:
    """Return the medicines on the list on `day`, in the order they were added."""
    return tuple(m for m in diary.medicines if is_active(m, day))


def plain_name(text: str) -> str:
    """Return a name small and with single blanks, to compare it."""
    return " ".join(text.casefold().split())


def named(medicines: Iterable[Medicine], word: str, day: date) -> tuple[Medicine, ...]:
    """Return the medicines that a word names: by number, by name, by the start of a name.

    Of several rows of one name the one on the list on `day` counts, else the latest.
    """
    rows = tuple(medicines)
    wanted = plain_name(word.lstrip("#"))
    if not wanted:
        return ()
    by_id = tuple(m for m in rows if str(m.id) == wanted)
    exact = by_id or tuple(m for m in rows if plain_name(m.name) == wanted)
    found = exact or tuple(m for m in rows if plain_name(m.name).startswith(wanted))
    by_name: dict[str, Medicine] = {}
    for medicine in found:
        here = by_name.get(plain_name(medicine.name))
        if here is None or is_active(medicine, day) or not is_active(here, day):
            by_name[plain_name(medicine.name)] = medicine
    now = tuple(m for m in by_name.values() if is_active(m, day))
    return now if len(now) == 1 else tuple(by_name.values())


def in_the_evening(intake: Intake) -> bool:
    """Return whether something was taken in the evening or night of its day; False without an hour."""
    return intake.time_known and (intake.at.hour >= EVENING or intake.at.hour < TURN_HOUR)


def sedating_on(diary: Diary, day: date) -> tuple[Medicine, ...]:
    """Return the medicines that can make drowsy and were taken in the evening of `day`."""
    by_id = {m.id: m for m in diary.medicines}
    here = dict.fromkeys(i.medicine_id for i in diary.intakes if i.day == day and in_the_evening(i))
    return tuple(by_id[n] for n in here if n in by_id and SEDATING in tags_of(by_id[n]))


def constipating(diary: Diary, day: date) -> tuple[Medicine, ...]:
    """Return the medicines on the list on `day` that can slow the bowels."""
    return tuple(m for m in active(diary, day) if CONSTIPATING in tags_of(m))


# -- what the patient marked -----------------------------------------------------------------------


def marks_of(diary: Diary, today: date) -> tuple[str, ...]:
    """Return the groups of `ASK_FIRST` in the diary: profile tags, care questions, the list itself."""
    from spinetrack.recovery.profile import gates_of, value_of

    said = (value_of(diary, "tags") or "").split(",")
    gates = gates_of(diary, today)
    found = {word for word in said if word in ASK_FIRST}
    found |= {mark for gate, mark in GATE_TAGS.items() if gates[gate]}
    for medicine in active(diary, today):
        found |= {mark for group, mark in CLASS_MARKS.items() if group in classes_of(medicine)}
        found |= {"blood-thinner"} if thins_blood(medicine) else set()
    return tuple(mark for mark in ASK_FIRST if mark in found)


LIGHT: Final = 50.0
"""Kilograms below which less paracetamol is spoken of. Source: clinical.md 9.2, M1."""


def needs_care(diary: Diary) -> tuple[str, ...]:
    """Return what lowers the sum of paracetamol that is spoken of: a low weight, a liver illness."""
    from spinetrack.recovery.profile import value_of

    weights = (entry.values.get("weight") for entry in reversed(diary.entries))
    logged = next((kilos for kilos in weights if kilos is not None), LIGHT)
    is_light = value_of(diary, "weight-under-50") == "yes" or logged < LIGHT
    found = ["a weight under 50 kg"] if is_light else []
    said = (value_of(diary, "tags") or "").split(",")
    return (*found, *([ASK_FIRST["liver"]] if "liver" in said else []))
