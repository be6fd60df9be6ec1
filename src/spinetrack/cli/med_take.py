"""Intakes, from what was typed to the diary: taken, corrected, taken out, on purpose or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import SpinetrackError, UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import Literal

    from spinetrack.app import App
    from spinetrack.recovery.diary import Intake, Medicine
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

    Purpose = Literal["yes", "no", "unsure"]

PURPOSES: dict[str, Purpose] = {
    "yes": "yes", "y": "yes", "no": "no", "n": "no", "unsure": "unsure", "u": "unsure", "maybe": "unsure",
}  # fmt: skip
WIDEST = 80
PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening"})
"""Words that name a part of the day, not an hour."""


class TakenWhen(NamedTuple):
    """When something was taken, and whether the hour was said."""

    at: datetime
    day: date
    time_known: bool


class Took(NamedTuple):
    """What a write of an intake came to."""

    intake: Intake
    medicine: Medicine
    assessment: Assessment


def purpose_of(word: str) -> Purpose:
    """Return the answer that a word gives to "was it on purpose".

    Raises:
        ValueRefusedError: it is none of the three.

    """
    from spinetrack.recovery.values import quoted, refused

    found = PURPOSES.get(word.strip().lower())
    if found is None:
        raise refused(f'"{quoted(word)}" is no answer here. Write yes, no or unsure.')
    return found


def taken_when(app: App, at: str | None, *, yesterday: bool = False) -> TakenWhen:
    """Return when something was taken; asks the hour of a past day where somebody is there to answer.

    Raises:
        UsageError: `--at` and `-y` were both given.
        ValueRefusedError: `at` cannot be understood, or lies ahead.

    """
    from spinetrack.recovery.when import day_of, parse_when

    if at is not None and yesterday:
        raise UsageError("-y and --at say two different days. Nothing was saved.")
    text = "yesterday" if yesterday else at
    if text is None:
        return TakenWhen(app.now(), app.today(), True)
    moment = parse_when(text, app.now(), app.localize)
    day = day_of(moment.at)
    vague = not PARTS_OF_DAY.isdisjoint(text.lower().split())
    if not vague and (moment.has_time or day == app.today()):
        return TakenWhen(moment.at, day, True)
    asked = _asked_hour(app, day) if app.stdin_is_terminal else None
    return TakenWhen(moment.at, day, False) if asked is None else TakenWhen(asked, day_of(asked), True)


def _asked_hour(app: App, day: date) -> datetime | None:
    """Return the moment somebody gives when asked for the hour, None when they do not know."""
    from spinetrack.recovery.when import parse_when
    from spinetrack.views.doses import day_words
    from spinetrack.views.echo import fold

    app.say(f"At what time on {day_words(day, app.today())}?  21:00 · Enter when you do not know")
    while True:
        typed = app.ask("> ")
        if not typed:
            return None
        try:
            found = parse_when(f"{day.isoformat()} {typed}", app.now(), app.localize)
        except SpinetrackError as refusal:
            for line in fold(str(refusal).removesuffix(" Nothing was saved."), min(app.width, WIDEST)):
                app.say(line)
            continue
        if found.has_time:
            return found.at
        app.say("Write the hour like 21:00 or 9pm.")


def take(app: App, words: Sequence[str], when: TakenWhen, purpose: Purpose | None, note: str | None) -> Took:
    """Write one intake.

    Args:
        app: The run.
        words: The medicine, and behind it how many doses or milligrams.
        when: When it was.
        purpose: Whether it was on purpose, where that was said.
        note: A few words.

    Raises:
        ValueRefusedError: no medicine is meant, or the amount cannot be right.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Intake, Medicine

    def write(store: Store, writer: Writer) -> tuple[Intake, Medicine]:
        medicine, times = meant(store.every(Medicine), words, when.day)
        fresh = Intake(
            medicine.id,
            when.at,
            when.day,
            app.now(),
            times,
            when.time_known,
            purpose,
            (note or "").strip() or None,
        )
        number = writer.add(fresh)
        return store.find(Intake, number) or fresh._replace(id=number), medicine

    texts = (note,) if note else ()
    (intake, medicine), assessment = record(app, f"med take {' '.join(words)}", write, texts=texts)
    return Took(intake, medicine, assessment)


def meant(medicines: Sequence[Medicine], words: Sequence[str], day: date) -> tuple[Medicine, float]:
    """Return the medicine and how many doses of it the words say; one dose where no amount stands behind.

    Raises:
        ValueRefusedError: no medicine is meant, or the amount cannot be right.

    """
    from spinetrack.cli.med_write import one_of
    from spinetrack.recovery.medicines import amount_behind, parse_times, plain_name

    whole = " ".join(words)
    name, amount = amount_behind(whole.split())
    if amount and not any(plain_name(m.name) == plain_name(whole) for m in medicines):
        medicine = one_of(medicines, name, day)
        return medicine, parse_times(amount, medicine)
    return one_of(medicines, whole, day), 1.0


def intake_of(store: Store, number: str) -> tuple[Intake, Medicine]:
    """Return the intake with this number, and its medicine.

    Raises:
        ValueRefusedError: there is none.

    """
    from spinetrack.recovery.diary import Intake, Medicine
    from spinetrack.recovery.values import quoted

    wanted = number.strip().lstrip("#")
    found = store.find(Intake, int(wanted)) if wanted.isascii() and wanted.isdecimal() else None
    medicine = store.find(Medicine, found.medicine_id) if found else None
    if found is None or medicine is None:
        raise ValueRefusedError(
            f'There is no intake "{quoted(number)}". Nothing was changed.',
            hint="See them: spinetrack med taken",
        )
    return found, medicine


def fix(app: App, number: str, amount: str | None, when: TakenWhen | None, purpose: Purpose | None) -> Took:
    """Write a correction of an intake. What is corrected counts as written now.

    Raises:
        UsageError: nothing was said.
        ValueRefusedError: there is no such intake, or the amount cannot be right.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.medicines import parse_times

    if amount is None and when is None and purpose is None:
        raise UsageError(
            "Say what was wrong. Nothing was changed.",
            hint=f"Like: spinetrack med fix {number} 1, or --at 16:00, or --remove",
        )

    def write(store: Store, writer: Writer) -> tuple[Intake, Medicine]:
        found, medicine = intake_of(store, number)
        after = found._replace(recorded_at=app.now())
        if amount is not None:
            after = after._replace(times=parse_times(amount, medicine))
        if when is not None:
            after = after._replace(at=when.at, day=when.day, time_known=when.time_known)
        if purpose is not None:
            after = after._replace(on_purpose=purpose)
        writer.replace(after)
        return after, medicine

    (intake, medicine), assessment = record(app, f"med fix {number}", write)
    return Took(intake, medicine, assessment)


def drop(app: App, number: str) -> Took:
    """Take an intake out that never was.

    Raises:
        ValueRefusedError: there is no such intake.

    """
    from spinetrack.cli.record import record

    def write(store: Store, writer: Writer) -> tuple[Intake, Medicine]:
        found = intake_of(store, number)
        writer.remove(found[0])
        return found

    (intake, medicine), assessment = record(app, f"med fix {number} --remove", write)
    return Took(intake, medicine, assessment)


def answer_purpose(app: App, purpose: Purpose) -> Took:
    """Write whether any of what passed the pack limit was taken on purpose.

    Raises:
        ValueRefusedError: nothing that passed it is open.

    """
    from spinetrack.cli.record import for_the_rules, record
    from spinetrack.recovery.medicine_flags import over_lately

    def write(store: Store, writer: Writer) -> tuple[Intake, Medicine]:
        found = over_lately(for_the_rules(store, app.today()), app.now(), app.today())
        if not found:
            raise ValueRefusedError("Nothing above the pack limit is open here. Nothing was saved.")
        intake, medicine = intake_of(store, str(found[-1][0].id))
        after = intake._replace(on_purpose=purpose)
        if purpose != "no":
            after = after._replace(recorded_at=app.now())
        writer.replace(after)
        return after, medicine

    (intake, medicine), assessment = record(app, f"med purpose {purpose}", write)
    return Took(intake, medicine, assessment)
