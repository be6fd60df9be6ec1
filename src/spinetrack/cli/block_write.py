"""Blocks, from what was typed to the diary."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spinetrack.app import App
    from spinetrack.cli.daily import When
    from spinetrack.recovery.block_diary import Curve
    from spinetrack.recovery.diary import Block, Diary, Treatment
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

KIND = "medial-branch-block"
"""What a block is recorded as where no injection of that day is."""


class Started(NamedTuple):
    """What was typed behind `block start`."""

    pain: str | None
    name: str | None
    treatment: str | None
    at: str | None


class Rated(NamedTuple):
    """What was typed behind `block rate`."""

    pain: str
    doing: str | None
    provoked: bool | None
    relief: int | None
    took: str | None
    at: str | None


def pain_of(text: str) -> int:
    """Return a whole number from 0 to 10.

    Raises:
        ValueRefusedError: it is none.

    """
    from spinetrack.recovery.metrics import METRICS
    from spinetrack.recovery.values import parse

    return int(parse(METRICS["now"], text).value)


def find_block(blocks: Sequence[Block], number: str | None) -> Block:
    """Return the block with this number, the last one without a number.

    Raises:
        ValueRefusedError: there is none.

    """
    wanted = (number or "").strip().lstrip("#")
    found = next((b for b in reversed(blocks) if not wanted or str(b.id) == wanted), None)
    if found is None:
        what = f"block {wanted}" if wanted else "block"
        ids = ", ".join(str(b.id) for b in blocks)
        hint = f"Yours: {ids}." if ids else "To begin one: spinetrack block start --pain 8"
        raise ValueRefusedError(f"There is no {what}. Nothing was changed.", hint=hint)
    return found


def start_block(app: App, said: Started) -> tuple[Curve, tuple[str, ...], Assessment]:
    """Write a block and, where none of that day is there, the injection it belongs to.

    Returns:
        The block, what else was written, and what the diary comes to.

    Raises:
        UsageError: the pain before was not said.
        ValueRefusedError: a value cannot be right, or another diary is still running.

    """
    from spinetrack.cli.daily import moment_of
    from spinetrack.cli.record import record
    from spinetrack.recovery.block_diary import Curve
    from spinetrack.recovery.diary import Block

    if said.pain is None:
        raise UsageError("Say the pain before it: spinetrack block start --pain 8")
    base, when = pain_of(said.pain), moment_of(app, said.at)
    name = " ".join((said.name or "").split())

    def write(store: Store, writer: Writer) -> tuple[int, Treatment | None]:
        diary = store.diary(app.today(), app.today())
        _refuse_second(diary, when.at)
        made, number = None, _named_treatment(diary, said.treatment)
        if number is None:
            number = _treatment_of_day(diary, when)
        if number is None:
            made = _new_treatment(app, name, when)
            number = writer.add(made)
            made = made._replace(id=number)
        return writer.add(Block(base, when.at, when.day, name, number)), made

    (number, made), assessment = record(app, "block start", write, texts=(name,))
    block = find_block(assessment.facts.diary.blocks, str(number))
    also = (f"recorded as treatment {made.id}",) if made else ()
    return Curve(block, (), app.now()), also, assessment


def _refuse_second(diary: Diary, at: datetime) -> None:
    from spinetrack.recovery.block_diary import LENGTH

    span = timedelta(minutes=LENGTH)
    other = next((b for b in diary.blocks if abs(b.at - at) < span), None)
    if other is not None:
        raise ValueRefusedError(
            f"Block {other.id} began at {other.at:%H:%M} that day. Nothing was saved.",
            hint=f"To add to it: spinetrack block rate 4. A mistake: spinetrack block remove {other.id}",
        )


def _named_treatment(diary: Diary, word: str | None) -> int | None:
    """Return the number of the treatment that was named, None when none was.

    Raises:
        ValueRefusedError: there is no such treatment, or it is no procedure.

    """
    from spinetrack.recovery.treatments import kind_of

    if word is None:
        return None
    wanted = word.strip().lstrip("#")
    found = next((t for t in diary.treatments if str(t.id) == wanted), None)
    if found is None:
        raise ValueRefusedError(
            f"There is no treatment {wanted}. Nothing was saved.", hint="See them: spinetrack treat list"
        )
    if not kind_of(found).is_procedure:
        raise ValueRefusedError(f"Treatment {found.id} is no injection. Nothing was saved.")
    return found.id


def _treatment_of_day(diary: Diary, when: When) -> int | None:
    """Return the number of an injection of that day that has no block yet."""
    from spinetrack.recovery.treatments import kind_of

    taken = {b.treatment_id for b in diary.blocks}
    return next(
        (
            t.id
            for t in diary.treatments
            if t.start == when.day and kind_of(t).family == "injection" and t.id not in taken
        ),
        None,
    )


def _new_treatment(app: App, name: str, when: When) -> Treatment:
    from spinetrack.recovery.diary import Treatment
    from spinetrack.recovery.treatments import KINDS

    return Treatment(KIND, name or KINDS[KIND].label, when.day, app.now(), app.today())


def rate_block(app: App, said: Rated) -> tuple[Curve, tuple[str, ...], Assessment]:
    """Write one answer of the block whose hours it lies in.

    Returns:
        The block with its answers, what was written in words, and what the diary comes to.

    Raises:
        ValueRefusedError: a value cannot be right, or no block began before that time.

    """
    from spinetrack.cli.daily import moment_of
    from spinetrack.cli.record import record
    from spinetrack.recovery.block_diary import curve_of, provokes
    from spinetrack.recovery.diary import BlockReading
    from spinetrack.recovery.profile import value_of
    from spinetrack.views.block_page import echo_parts, minute_words

    pain, when = pain_of(said.pain), moment_of(app, said.at)
    doing, took = " ".join((said.doing or "").split()), _confound(said.took)

    def write(store: Store, writer: Writer) -> int:
        diary = store.diary(app.today(), app.today())
        block = _block_at(diary, when.at)
        worse = (value_of(diary, "worse") or "").split(",")
        provoked = said.provoked if said.provoked is not None else provokes(doing, filter(None, worse))
        reading = BlockReading(block.id, pain, when.at, when.day, doing, provoked, said.relief, took)
        writer.add(reading)
        return block.id

    number, assessment = record(app, "block rate", write, texts=(doing,))
    diary = assessment.facts.diary
    curve = curve_of(diary, find_block(diary.blocks, str(number)), app.now())
    at = (when.at - curve.block.at).total_seconds() / 60
    point = next(p for p in curve.points if round(p.minute) == round(at))
    return curve, (minute_words(point.minute), *echo_parts(point)), assessment


def _confound(word: str | None) -> str:
    from spinetrack.recovery.block_diary import CONFOUNDS
    from spinetrack.recovery.values import nearest_word, quoted, refused

    if word is None:
        return ""
    name = word.strip().lower()
    if name not in CONFOUNDS:
        known = ", ".join(CONFOUNDS)
        raise refused(f'--took is one of {known}, not "{quoted(word)}".{nearest_word(name, CONFOUNDS)}')
    return name


def _block_at(diary: Diary, at: datetime) -> Block:
    from spinetrack.recovery.block_diary import MOST_HOURS

    span = timedelta(hours=MOST_HOURS)
    found = next((b for b in reversed(diary.blocks) if b.at <= at <= b.at + span), None)
    if found is not None:
        return found
    last = max((b for b in diary.blocks if b.at <= at), key=lambda b: b.at, default=None)
    if last is not None:
        raise ValueRefusedError(
            f"The last block began on {last.at:%Y-%m-%d} at {last.at:%H:%M}, over a day before. "
            "Nothing was saved.",
            hint=f'For that one: spinetrack block rate 4 --at "{last.at:%Y-%m-%d} 12:00"',
        )
    raise ValueRefusedError(
        "No block began before that time. Nothing was saved.",
        hint="To begin one: spinetrack block start --pain 8",
    )


def remove_block(app: App, number: str) -> Block:
    """Take a block with its answers out and return it. The injection it belongs to stays.

    Raises:
        ValueRefusedError: there is none with this number.

    """
    from spinetrack.recovery.diary import Block

    with app.open_store() as store:
        found = find_block(store.every(Block), number)
        with store.write(f"block remove {found.id}") as writer:
            writer.remove(found)
    return found
