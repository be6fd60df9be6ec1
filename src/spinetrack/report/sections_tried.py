"""What was tried and what it changed: treatments, diagnostic blocks, medicines and side effects."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.recovery.treatments import kind_of
from spinetrack.recovery.words import counted, listed
from spinetrack.report.model import Grid, Items, Para, Section
from spinetrack.report.say import more, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Diary, Medicine, Treatment
    from spinetrack.recovery.period import Span
    from spinetrack.recovery.responses import Comparison, Response
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

MOST_TREATMENTS: Final = 12
MOST_MEDICINES: Final = 15
MOST_EFFECTS: Final = 10
LASTING: Final = timedelta(days=379)
"""So long after a procedure its effect may be read: the last of its windows."""
BASE: Final = timedelta(days=28)
"""Days before a treatment that its effect is compared with."""
HEAD: Final = ("Treatment", "When", "Sessions", "Before and after", "What changed", "Beside it")


# -- treatments ------------------------------------------------------------------------------------


def shown(diary: Diary, span: Span) -> tuple[Treatment, ...]:
    """Return the treatments that began, ran or may have worked in a period, the newest first."""
    found = []
    for treatment in diary.treatments:
        lasts = LASTING if kind_of(treatment).is_procedure else timedelta()
        runs = kind_of(treatment).family == "course"
        end = treatment.end or (span.until if runs else treatment.start + lasts)
        if treatment.start <= span.until and end >= span.since:
            found.append(treatment)
    return tuple(reversed(found))


def treatments(sheet: Sheet) -> Section | None:
    """Return what was tried, how much of it, and the days before against the days after."""
    if not sheet.wish.has("treatments"):
        return None
    blocks = [*_treatments(sheet), *_tests(sheet)]
    return Section("treatments", "Treatments", tuple(blocks)) if blocks else None


def _treatments(sheet: Sheet) -> Iterator[Block]:
    found = shown(sheet.diary, sheet.span)
    if not found:
        return
    from spinetrack.recovery.responses import CAUTIONS, Responses

    reader = Responses(sheet.diary, sheet.today, sheet.assessment.flares)
    read = {
        t.id: reader.of(t) for t in found[:MOST_TREATMENTS] if kind_of(t).windows and t.start <= sheet.today
    }
    rows = tuple(_treatment(sheet, t, read.get(t.id)) for t in found[:MOST_TREATMENTS])
    yield Grid("Treatments, newest first. Median and days of each side.", HEAD, rows)
    left = len(found) - MOST_TREATMENTS
    if left > 0:
        yield Para(more(left, "treatment"), "quiet")
    cautions = dict.fromkeys(name for response in read.values() for name in response.cautions)
    cautions.pop("unfinished", None)  # a row of the table says of which
    if cautions:
        yield Items(tuple(CAUTIONS[name] for name in cautions))


def _treatment(sheet: Sheet, treatment: Treatment, response: Response | None) -> tuple[str, ...]:
    return (
        _name(sheet, treatment),
        _when(sheet, treatment),
        _sessions(sheet, treatment),
        shortened(treatment.result) if response is None else _effects(sheet, response),
        "" if response is None else _verdict(response),
        "" if response is None else shortened(listed(response.beside), 120),
    )


def _name(sheet: Sheet, treatment: Treatment) -> str:
    label = kind_of(treatment).label
    name = shortened(treatment.name, 60)
    who = next((p for p in sheet.diary.people if p.id == treatment.person_id), None)
    named = label if not name or name.casefold() == label.casefold() else f"{label}: {name}"
    return f"{named}, with {shortened(who.name, 40)}" if who else named


def _when(sheet: Sheet, treatment: Treatment) -> str:
    start = sheet.say.day(treatment.start)
    if treatment.end is not None:
        return sheet.say.span(treatment.start, treatment.end)
    return f"since {start}" if kind_of(treatment).family == "course" else start


def _sessions(sheet: Sheet, treatment: Treatment) -> str:
    done = sum(s.treatment_id == treatment.id for s in sheet.diary.treatment_sessions)
    count = f"{done} of {treatment.planned}" if treatment.planned is not None else str(done) if done else ""
    dose = shortened(treatment.dose, 40)
    stopped = f"stopped: {shortened(treatment.stopped, 60)}" if treatment.stopped else ""
    return ", ".join(part for part in (count, dose, stopped) if part)


def _effects(sheet: Sheet, response: Response) -> str:
    """Return what was compared, behind the tolerance that grew most where the class stands on that."""
    from spinetrack.recovery.responses import FUNCTION

    shown, best = response.comparison, response.function[:1]
    silent = shown.metric not in FUNCTION or (response.verdict == "function improved" and not shown.grew)
    first = [f"{_medians(sheet, c)}. " for c in best if silent and c.metric != shown.metric]
    return "".join([*first, _effect(sheet, shown)])


def _medians(sheet: Sheet, found: Comparison) -> str:
    """Return the two medians, each with its days."""
    metric = sheet.metrics.get(found.metric)
    if metric is None:
        return ""
    sides = (found.median_before, len(found.before)), (found.median_after, len(found.after))
    said = [
        f"{'none' if value is None else sheet.say.value(metric, value)} ({counted(days, 'day')})"
        for value, days in sides
    ]
    return f"{metric.label}: {said[0]} to {said[1]}"


def _effect(sheet: Sheet, found: Comparison) -> str:
    """Return the two medians, the window, and how far the days lie apart."""
    medians = _medians(sheet, found)
    if not medians:
        return ""
    words = f"{medians}, {found.span.name}"
    if found.overlap is None:
        return words
    nap, low, high = (f"{value:.2f}" for value in (found.overlap.nap, found.overlap.low, found.overlap.high))
    return f"{words}; NAP {nap} ({low} to {high})"


def _verdict(response: Response) -> str:
    if response.verdict == "insufficient":
        return "too few days"
    if response.unfinished and response.verdict == "neither":
        return "not finished yet"
    if response.verdict == "neither" and not response.knows_function:
        return "neither; function was not logged"
    if response.verdict == "neither" and not response.pain.enough:
        return "neither; pain was not logged"
    return response.verdict


def _tests(sheet: Sheet) -> Iterator[Block]:
    """Yield the diaries after diagnostic blocks."""
    found = [b for b in reversed(sheet.diary.blocks) if sheet.span.holds(b.day)]
    if not found:
        return
    from spinetrack.recovery.block_diary import curve_of, words

    now = sheet.assessment.now
    lines = []
    for block in found:
        name = shortened(block.name, 60) or "block"
        said = words(curve_of(sheet.diary, block, now))
        lines.append(f"{sheet.say.day(block.day)}, {name}: pain before {block.base}. {said}")
    yield Para("Test injections. Their diary says what was felt, not what it means.")
    yield Items(tuple(lines))


# -- medicines -------------------------------------------------------------------------------------


def medicines(sheet: Sheet) -> Section | None:
    """Return what was taken, how often, and what was unwanted."""
    if not sheet.wish.has("meds"):
        return None
    span, diary = sheet.span, sheet.diary
    listed_now = [
        m for m in diary.medicines if m.since <= span.until and (m.until or span.until) >= span.since
    ]
    blocks: list[Block] = []
    if listed_now:
        head = ("Medicine", "Dose", "Class", "Taken", "On the list", "For")
        rows = tuple(_medicine(sheet, medicine) for medicine in listed_now[:MOST_MEDICINES])
        blocks.append(Grid("Medicines, as the patient wrote them down", head, rows))
    left = len(listed_now) - MOST_MEDICINES
    blocks += [Para(more(left, "medicine"), "quiet")] if left > 0 else []
    blocks += _unwanted(sheet)
    return Section("medicines", "Medicines", tuple(blocks)) if blocks else None


def _unwanted(sheet: Sheet) -> Iterator[Block]:
    """Yield the side effects of the period."""
    found = [e for e in reversed(sheet.diary.side_effects) if sheet.span.holds(e.day)]
    if not found:
        return
    names = {m.id: m.name for m in sheet.diary.medicines}
    lines = []
    for effect in found[:MOST_EFFECTS]:
        of = names.get(effect.medicine_id or 0)
        with_it = f" ({shortened(of, 60)})" if of else ""
        lines.append(f"{sheet.say.day(effect.day)}: {shortened(effect.text)}{with_it}")
    yield Para("Side effects the patient noticed, newest first")
    yield Items(tuple(lines))
    left = len(found) - MOST_EFFECTS
    if left > 0:
        yield Para(more(left, "side effect"), "quiet")


def _medicine(sheet: Sheet, medicine: Medicine) -> tuple[str, ...]:
    from spinetrack.recovery.medicine_facts import CLASSES
    from spinetrack.recovery.medicines import classes_of

    groups = [CLASSES[group] for group in sorted(classes_of(medicine)) if group in CLASSES]
    bought = {True: "bought by the patient", False: "given by a doctor", None: ""}[medicine.bought]
    since, until = sheet.say.day(medicine.since), medicine.until
    return (
        shortened(medicine.name, 60),
        shortened(medicine.dose, 40) or _milligrams(medicine),
        ", ".join([*groups, *([bought] if bought else [])]),
        _taken(sheet, medicine),
        f"since {since}" if until is None else sheet.say.span(medicine.since, until),
        shortened(medicine.reason, 60),
    )


def _milligrams(medicine: Medicine) -> str:
    return "" if medicine.milligrams is None else f"{medicine.milligrams:g} mg"


def _taken(sheet: Sheet, medicine: Medicine) -> str:
    mine = [i for i in sheet.diary.intakes if i.medicine_id == medicine.id and sheet.span.holds(i.day)]
    if not mine:
        return "not written down"
    days = len({i.day for i in mine})
    return f"{counted(len(mine), 'time')} on {counted(days, 'day')}"
