"""Medicines on the screen: the list with what was assumed, what was taken, and the words of one intake."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.medicine_facts import CLASSES, NO_TAG, TAGS
from spinetrack.recovery.medicine_sums import Taken, lately, taken
from spinetrack.recovery.medicines import (
    assumed,
    classes_of,
    ingredients_of,
    tags_of,
)
from spinetrack.recovery.words import listed, number
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, joined, short_day, when_words
from spinetrack.views.page import Fields, Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Intake, Medicine, SideEffect
    from spinetrack.views.page import Block, Page

FORTNIGHT = 14
NOT_CHECKED = "From a small table of this program. Nobody checked it for your pack."

CORRECT = "spinetrack med edit {} --tags none, or --class, or --contains"
"""What corrects the table's word for one medicine."""


def med_page(diary: Diary, today: date, *, everything: bool, plain: bool) -> Page:
    """Return the list of medicines: those taken now, and with `everything` those of the past."""
    now = [m for m in diary.medicines if goes_on(m, today)]
    past = [m for m in diary.medicines if not goes_on(m, today)]
    if not now and not past:
        return tuple(_empty())
    blocks: list[Block] = []
    if not now and not everything:
        blocks += [Text("Nothing is on your list now."), Gap()]
    for medicine in now:
        blocks += [*_medicine(diary, medicine, today, plain=plain), Gap()]
    if everything and past:
        blocks.append(Text("Not taken any more", "heading"))
        for medicine in past:
            blocks += [*_medicine(diary, medicine, today, plain=plain), Gap()]
    elif past:
        ended = (f"{m.name} to {short_day(m.until, today)}" for m in past if m.until)
        blocks.append(Text(f"Not taken any more: {listed(list(dict.fromkeys(ended)))}.", "quiet"))
        blocks.append(Text("These in full:  spinetrack med list --all", "quiet"))
    guessed = [m for m in now if assumed_parts(m)]
    if guessed:
        blocks += [Gap(), Text(f"(assumed) {NOT_CHECKED}", "quiet")]
        blocks.append(Text(f"Not right?  {CORRECT.format(guessed[0].id)}", "quiet"))
    return tuple(blocks)


def goes_on(medicine: Medicine, today: date) -> bool:
    """Return whether a medicine has not ended; its last day may be today."""
    return medicine.until is None or medicine.until > today


def _empty() -> Iterator[Block]:
    yield Text("No medicines yet.")
    yield Text("To add one:  spinetrack med add ibuprofen")


def _medicine(diary: Diary, medicine: Medicine, today: date, *, plain: bool) -> Iterator[Block]:
    lines = [
        joined(said_parts(diary, medicine, today)),
        f"{joined(known)} (assumed)" if (known := assumed_parts(medicine)) else "",
        taken_line(diary, medicine, today),
    ]
    if plain:
        yield Text(f"{medicine.id}. {medicine.name}.", "strong")
        yield from (Text(f"{line[0].upper()}{line[1:]}.") for line in lines if line)
        return
    yield Text(f"{medicine.id}  {medicine.name}", "strong")
    yield from (Text(f"   {line}") for line in lines if line)


def said_parts(diary: Diary, medicine: Medicine, today: date) -> list[str]:
    """Return what the patient said of a medicine, one thing a part."""
    who = next((p.name for p in diary.people if p.id == medicine.person_id), "")
    parts = [medicine.dose] if medicine.dose else []
    parts += [f"{name} {number(mg)} mg" for name, mg in medicine.contains]
    if medicine.group:
        parts.append(CLASSES.get(medicine.group, medicine.group))
    parts += [TAGS[tag] for tag in TAGS if tag in medicine.tags]
    if medicine.tags == (NO_TAG,):
        parts.append("no tags")
    parts += [f"for {medicine.reason}"] if medicine.reason else []
    parts += (
        [{True: "bought", False: "from a doctor"}[medicine.bought]] if medicine.bought is not None else []
    )
    parts += [f"by {who}"] if who else []
    ends = f" to {short_day(medicine.until, today)}" if medicine.until else ""
    return [*parts, f"{'from' if ends else 'since'} {short_day(medicine.since, today)}{ends}"]


def assumed_parts(medicine: Medicine) -> list[str]:
    """Return what the table put in, one thing a part; nothing where the patient said it all."""
    found = assumed(medicine)
    parts = [f"holds {listed(found.contains)}"] if found.contains else []
    told = {*ingredients_of(medicine), "other"}
    parts += [CLASSES[group] for group in found.classes if group in CLASSES and group not in told]
    return [*parts, *(TAGS[tag] for tag in found.tags)]


def taken_line(diary: Diary, medicine: Medicine, today: date) -> str:
    """Return on how many of the last 14 days a medicine was taken, and when last; "" when never."""
    mine = [i for i in diary.intakes if i.medicine_id == medicine.id]
    if not mine:
        return ""
    since = today - timedelta(days=FORTNIGHT - 1)
    days = len({i.day for i in mine if since <= i.day <= today})
    last = max(mine, key=lambda i: i.at)
    return f"taken on {days} of the last {FORTNIGHT} days, last {_when(last, today)}"


def _when(intake: Intake, today: date) -> str:
    if intake.time_known:
        return when_words(intake.at, intake.day, today)
    back = (today - intake.day).days
    return {0: "today", 1: "yesterday"}.get(back, day_words(intake.day, today))


def amount_words(intake: Intake, medicine: Medicine) -> str:
    """Return how much was taken: `400 mg`, `2 doses`, `paracetamol 1000 mg, codeine 16 mg`."""
    holds = Taken(intake, medicine).holds
    known = {name: mg for name, mg in holds.items() if mg is not None}
    if len(holds) == 1 and known:
        return f"{number(next(iter(known.values())))} mg"
    if known and len(known) == len(holds):
        return ", ".join(f"{name} {number(mg)} mg" for name, mg in known.items())
    if medicine.dose and intake.times == 1:
        return medicine.dose
    return "1 dose" if intake.times == 1 else f"{intake.times:g} doses"


def intake_parts(intake: Intake, medicine: Medicine) -> list[str]:
    """Return one intake in words, one thing a part."""
    parts = [medicine.name, amount_words(intake, medicine)]
    if not intake.time_known:
        parts.append("hour not known")
    purpose = {"yes": "on purpose", "no": "not on purpose", "unsure": "not sure if on purpose"}
    parts += [purpose[intake.on_purpose]] if intake.on_purpose else []
    return [*parts, *(["note kept"] if intake.note else [])]


def intake_head(intake: Intake, today: date) -> str:
    """Return the number and the moment of an intake: `#12  today, 19:00`."""
    return f"#{intake.id}  {_when(intake, today)}"


def taken_page(rows: Sequence[tuple[Intake, Medicine]], today: date) -> Page:
    """Return what was taken, oldest first, with the numbers that `med fix` takes."""
    if not rows:
        return (
            Text("Nothing was logged as taken in this period."),
            Text("To log it:  spinetrack med take ibuprofen"),
        )
    cells = tuple((f"#{i.id}", _when(i, today), *_taken_cells(i, m)) for i, m in rows)
    return (Rows(cells), Gap(), Text(f"A number is wrong?  spinetrack med fix {rows[-1][0].id} 1", "quiet"))


def _taken_cells(intake: Intake, medicine: Medicine) -> tuple[str, str, str]:
    name, amount, *more = intake_parts(intake, medicine)
    return name, amount, ", ".join(more)


def for_the_doctor(diary: Diary, now: datetime, today: date) -> Fields:
    """Return each medicine on the list, and each intake of the last 24 hours; nothing said in private."""
    pairs = [(m.name, joined(said_parts(diary, m, today))) for m in diary.medicines if goes_on(m, today)]
    for row in lately(taken(diary, now), now, today):
        what = f"{row.medicine.name}, {amount_words(row.intake, row.medicine)}"
        pairs.append((f"Taken {_when(row.intake, today)}", what))
    return Fields(tuple(pairs))


def effects_page(effects: Sequence[SideEffect], medicines: Sequence[Medicine], today: date) -> Page:
    """Return what was noticed as unwanted, oldest first."""
    if not effects:
        return (
            Text("No side effects yet."),
            Text('To keep one:  spinetrack side-effect "dry mouth" --med amitriptyline'),
        )
    by_id = {m.id: m.name for m in medicines}
    rows = (
        (
            str(e.id),
            short_day(e.day, today),
            e.text,
            f"with {by_id[e.medicine_id]}" if e.medicine_id in by_id else "",
        )
        for e in effects
    )
    return (Rows(tuple(rows)),)


def contents_line(medicine: Medicine) -> str:
    """Return what one dose holds as the sums will take it; "" where nothing is known."""
    parts = [f"{name} {number(mg)} mg" for name, mg in ingredients_of(medicine).items() if mg is not None]
    return f"One dose is taken as {listed(parts)}." if parts else ""


def without_amount(medicine: Medicine) -> bool:
    """Return whether nothing says how much is in one dose, so that no sum can be made."""
    return all(mg is None for mg in ingredients_of(medicine).values())


def plain_tags(medicine: Medicine) -> list[str]:
    """Return the tags in force, in the order of the table."""
    return [tag for tag in TAGS if tag in tags_of(medicine)]


def plain_classes(medicine: Medicine) -> list[str]:
    """Return the classes in force, in the order of the table."""
    return [group for group in CLASSES if group in classes_of(medicine)]
