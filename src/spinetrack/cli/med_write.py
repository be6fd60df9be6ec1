"""Medicines, from what was typed to the diary: added, changed, ended, taken off the list."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from spinetrack.app import App
    from spinetrack.recovery.diary import Medicine
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer


class Told(NamedTuple):
    """What was said of a medicine; None was not said."""

    name: str | None = None
    dose: str | None = None
    group: str | None = None
    contains: str | None = None
    bought: bool | None = None
    tags: str | None = None
    reason: str | None = None
    since: str | None = None
    by: str | None = None
    note: str | None = None


def name_of(text: str) -> str:
    """Return a medicine's name on one line.

    Raises:
        ValueRefusedError: there is none, it is too long, or reads as a number.

    """
    from spinetrack.recovery.medicines import LONGEST_NAME, is_amount
    from spinetrack.recovery.values import quoted, refused

    words = " ".join(text.split())
    if not words:
        raise refused("Say which medicine.", "Like: spinetrack med add ibuprofen")
    if len(words) > LONGEST_NAME:
        raise refused(f"A name is one short line, up to {LONGEST_NAME} letters.")
    if is_amount(words):
        raise refused(f'"{quoted(words)}" is an amount, not a name. Write the name first: ibuprofen.')
    return words


def one_of(medicines: Sequence[Medicine], word: str, day: date) -> Medicine:
    """Return the medicine that a word names: a number, a name, or the start of one.

    Raises:
        ValueRefusedError: it names none, or more than one.

    """
    from spinetrack.recovery.medicines import named
    from spinetrack.recovery.values import nearest_word, quoted

    hits = named(medicines, word, day)
    if len(hits) == 1:
        return hits[0]
    if hits:
        which = ", ".join(f"{m.id} {m.name}" for m in hits)
        raise ValueRefusedError(f'"{quoted(word)}" is more than one: {which}. Write the number.')
    near = nearest_word(word, [m.name for m in medicines])
    raise ValueRefusedError(
        f'No medicine here is called "{quoted(word)}".{near} Nothing was saved.',
        hint=f"To add it: spinetrack med add {quoted(word)}",
    )


def add_medicine(app: App, told: Told) -> tuple[Medicine, Assessment]:
    """Write a new medicine.

    Raises:
        ValueRefusedError: a part cannot be right, or it is on the list already.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Medicine

    def write(store: Store, writer: Writer) -> Medicine:
        said = _with_dose_of_name(told)
        blank = Medicine(name_of(said.name or ""), app.today(), app.now(), app.today())
        fresh = with_told(app, store, blank, said)
        _refuse_twice(fresh, store.every(Medicine))
        return fresh._replace(id=writer.add(fresh))

    return record(app, "med add", write, texts=_texts(told))


def _with_dose_of_name(told: Told) -> Told:
    """Return what was said, with milligrams typed behind the name as the dose."""
    from spinetrack.recovery.medicines import amount_behind, milligrams_of

    name, amount = amount_behind((told.name or "").split())
    if told.dose is not None or told.contains is not None or milligrams_of(amount) is None:
        return told
    return told._replace(name=name, dose=amount)


def _texts(told: Told) -> tuple[str, ...]:
    return tuple(text for text in (told.reason, told.note) if text)


def with_told(app: App, store: Store, medicine: Medicine, told: Told) -> Medicine:
    """Return a medicine with what was said of it.

    Raises:
        ValueRefusedError: a part cannot be right.

    """
    readers = _readers(app, store)
    found = medicine
    for field, read in readers.items():
        text = getattr(told, field)
        if text is not None:
            found = found._replace(**read(text))
    if told.bought is not None:
        found = found._replace(bought=told.bought)
    return found._replace(milligrams=None) if found.contains else found


def _readers(app: App, store: Store) -> dict[str, Callable[[str], dict[str, Any]]]:
    """Return how each part that was typed is read, by its name in `Told`."""
    from spinetrack.recovery.medicines import parse_class, parse_contains, parse_dose, parse_tags
    from spinetrack.recovery.when import parse_since

    return {
        "name": lambda text: {"name": name_of(text)},
        "dose": lambda text: dict(zip(("dose", "milligrams"), parse_dose(text), strict=True)),
        "contains": lambda text: {"contains": parse_contains(text)},
        "group": lambda text: {"group": parse_class(text)},
        "tags": lambda text: {"tags": parse_tags(text)},
        "reason": lambda text: {"reason": " ".join(text.split())},
        "since": lambda text: {"since": parse_since(text, app.today())},
        "by": lambda text: {"person_id": _person(store, text)},
        "note": lambda text: {"note": text.strip() or None},
    }


def _person(store: Store, word: str) -> int:
    from spinetrack.cli.people import person_named
    from spinetrack.recovery.diary import Person

    return person_named(store.every(Person), word).id


def _refuse_twice(fresh: Medicine, medicines: Iterable[Medicine]) -> None:
    from spinetrack.recovery.medicines import plain_name

    for old in medicines:
        same = plain_name(old.name) == plain_name(fresh.name) and old.id != fresh.id
        if same and old.until is None and fresh.until is None:
            raise ValueRefusedError(
                f"{old.name} is on your list already, number {old.id}. Nothing was saved.",
                hint=f"To change it: spinetrack med edit {old.id} --dose AMOUNT",
            )


def edit_medicine(app: App, word: str, told: Told, changed_from: str | None) -> tuple[Medicine, Assessment]:
    """Write a correction of a medicine; with `changed_from` a new dose that counts from that day.

    The row before the new dose ends the day before it and stays in the history.

    Raises:
        UsageError: nothing was said.
        ValueRefusedError: a part cannot be right.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Medicine

    if all(part is None for part in told):
        raise UsageError(
            "Say what changes. Nothing was changed.", hint=f"Like: spinetrack med edit {word} --tags none"
        )
    if changed_from is not None and told.since is not None:
        raise UsageError("--from and --since say two days. Nothing was changed.")

    def write(store: Store, writer: Writer) -> Medicine:
        rows = store.every(Medicine)
        before = one_of(rows, word, app.today())
        after = with_told(app, store, before, told)
        _refuse_twice(after, rows)
        if changed_from is None:
            _refuse_backwards(after)
            writer.replace(after)
            return after
        return _new_row(app, writer, before, after, changed_from)

    return record(app, f"med edit {word}", write, texts=_texts(told))


def _refuse_backwards(medicine: Medicine) -> None:
    if medicine.until is not None and medicine.until < medicine.since:
        raise ValueRefusedError("It would end before it begins. Nothing was changed.")


def _new_row(app: App, writer: Writer, before: Medicine, after: Medicine, changed_from: str) -> Medicine:
    from spinetrack.recovery.when import parse_since
    from spinetrack.views.doses import day_words

    day = parse_since(changed_from, app.today())
    if day <= before.since:
        raise ValueRefusedError(
            f"{before.name} begins on {day_words(before.since)}. A new dose comes after that. "
            "Nothing was changed.",
            hint=f"To correct the row itself: spinetrack med edit {before.id} --dose AMOUNT",
        )
    writer.replace(before._replace(until=day - timedelta(days=1)))
    fresh = after._replace(since=day, until=None, at=app.now(), day=app.today(), uuid="", id=0)
    return fresh._replace(id=writer.add(fresh))


def end_medicine(app: App, word: str, on: str | None) -> tuple[Medicine, Assessment]:
    """Write the last day of a medicine. It stays in the history.

    Raises:
        ValueRefusedError: it ended already, or the day cannot be right.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Medicine
    from spinetrack.recovery.when import parse_day
    from spinetrack.views.doses import day_words

    day = parse_day(on, app.now(), app.localize) if on else app.today()

    def write(store: Store, writer: Writer) -> Medicine:
        found = one_of(store.every(Medicine), word, app.today())
        if found.until is not None:
            raise ValueRefusedError(
                f"{found.name} ended on {day_words(found.until)} already. Nothing was changed."
            )
        if day < found.since:
            raise ValueRefusedError(
                f"{found.name} begins on {day_words(found.since)}. It cannot end before. Nothing was changed."
            )
        ended = found._replace(until=day)
        writer.replace(ended)
        return ended

    return record(app, f"med stop {word}", write)


def remove_medicine(app: App, word: str) -> tuple[Medicine, int, Assessment]:
    """Take a medicine that was added by mistake out, with what was logged of it.

    Returns:
        The medicine, how many intakes went with it, and what it comes to.

    Raises:
        ValueRefusedError: there is no such medicine.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Intake, Medicine

    def write(store: Store, writer: Writer) -> tuple[Medicine, int]:
        found = one_of(store.every(Medicine), word, app.today())
        count = sum(intake.medicine_id == found.id for intake in store.every(Intake))
        writer.remove(found)
        return found, count

    (found, count), assessment = record(app, f"med remove {word}", write)
    return found, count, assessment
