"""Treatments on the screen: what was tried, what it changed, and what else could have done it."""

from __future__ import annotations

from spinetrack.recovery.metrics import known, show
from spinetrack.recovery.responses import CAUTIONS, CLASSES, PSFS_GAIN
from spinetrack.recovery.stats import half_up
from spinetrack.recovery.treatments import KINDS, PAUSE_DAYS, SURGERY_WEEKS, kind_of
from spinetrack.recovery.words import counted, listed
from spinetrack.typed import TYPE_CHECKING, Final
from spinetrack.views.doses import joined, short_day
from spinetrack.views.page import Fields, Gap, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spinetrack.recovery.around import Around
    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.responses import Class, Comparison, Response
    from spinetrack.views.page import Block, Page

HEADINGS: Final[dict[Class, str]] = {
    "function improved": "You could do more",
    "pain only": "Less pain alone",
    "neither": "No clear change",
    "insufficient": "Cannot tell yet",
}
WHILE_IT_RAN: Final = {"course": "While it ran"}
"""Name of a stretch to how it is called below the one that counts."""
NO_RANKING: Final = "In order of time, not of merit. Among many comparisons one looks good by chance."
FIRST_TIME: Final = (
    "Nothing you tried is recorded yet.",
    "To record something:  spinetrack treat add physiotherapy --on 2026-09-08",
    "What can be recorded:  spinetrack treat kinds",
)


# What is written


def echo_parts(treatment: Treatment, diary: Diary, today: date) -> list[str]:
    """Return a treatment in words, one to a part."""
    kind = kind_of(treatment)
    parts = [kind.label.lower()] if treatment.name.lower() != kind.label.lower() else []
    parts.append(_when(treatment, today))
    person = next((p.name for p in diary.people if p.id == treatment.person_id), None)
    parts += [f"with {person}"] if person else []
    parts += [_sessions(treatment, diary)] if kind.family == "course" else []
    parts += [treatment.dose, treatment.region]
    parts += [f"result: {treatment.result}"] if treatment.result else []
    parts += ["agreed with the physio"] if treatment.agreed else []
    parts += [f"stopped: {treatment.stopped}"] if treatment.stopped else []
    return [part for part in parts if part]


def what_follows(treatment: Treatment, today: date) -> Iterator[str]:
    """Yield what a procedure changes here, for who has just recorded one."""
    kind = kind_of(treatment)
    if kind.family == "surgery":
        yield f"No dose goes up by itself for {SURGERY_WEEKS} weeks after it. Your surgeon's plan goes first."
    elif kind.family in PAUSE_DAYS:
        yield f"No dose goes up for {PAUSE_DAYS[kind.family]} days after it."
    if kind.is_procedure:
        yield "The care questions are asked once more, and warning signs on some days after it."
    elif treatment.start <= today and kind.family == "course":
        yield f"What it changes is read from day 3 on:  spinetrack treat effect {treatment.id}"


def _when(treatment: Treatment, today: date) -> str:
    start = short_day(treatment.start, today)
    if kind_of(treatment).family != "course":
        return f"on {start}"
    if treatment.end:
        return f"{start} to {short_day(treatment.end, today)}"
    return f"from {start}"


def _sessions(treatment: Treatment, diary: Diary) -> str:
    done = sum(s.treatment_id == treatment.id for s in diary.treatment_sessions)
    if treatment.planned:
        return f"{done} of {treatment.planned} sessions"
    return f"{done} session{'' if done == 1 else 's'}" if done else ""


# The list


def list_page(
    diary: Diary, found: Sequence[tuple[Treatment, Response | None]], units: str, today: date
) -> Page:
    """Return what was tried, by what it changed and in order of time inside.

    Args:
        diary: What was recorded.
        found: Each treatment in order of time, with what it came to; None of what cannot have any.
        units: `km` or `mi`.
        today: The patient's day.

    """
    if not found and diary.treatments:
        return (Text("Nothing here was tried in this period."),)
    if not found:
        return tuple(Text(line) for line in FIRST_TIME)
    blocks: list[Block] = []
    for verdict in CLASSES:
        rows = [_row(diary, t, r, units, today) for t, r in found if r is not None and _group(r) == verdict]
        blocks += [Text(HEADINGS[verdict], "heading"), Rows(tuple(rows)), Gap()] if rows else []
    ahead = [t for t, r in found if r is None and t.start > today]
    past = [t for t, r in found if r is None and t.start <= today]
    for heading, group in (("Investigations", past), ("Planned", ahead)):
        rows = [(str(t.id), t.name, joined(_short_parts(t, diary, today))) for t in group]
        blocks += [Text(heading, "heading"), Rows(tuple(rows)), Gap()] if rows else []
    if any(r is not None for _, r in found):
        blocks.append(Text(NO_RANKING, "quiet"))
        newest = next(t.id for t, r in reversed(found) if r is not None)
        blocks.append(Text(f"One in full:  spinetrack treat effect {newest}", "quiet"))
    return tuple(blocks)


def _group(response: Response) -> Class:
    """Return where a treatment stands in the list. A course that is not finished is never called failed."""
    return "insufficient" if response.unfinished and response.verdict == "neither" else response.verdict


def _row(diary: Diary, treatment: Treatment, response: Response, units: str, today: date) -> tuple[str, ...]:
    parts = [*_short_parts(treatment, diary, today), *_changes(diary, response, units, today)]
    if _group(response) != response.verdict:
        parts.append("not finished")
    if response.beside:
        parts.append(f"beside {listed(response.beside)}")
    return str(treatment.id), treatment.name, joined(parts)


def _short_parts(treatment: Treatment, diary: Diary, today: date) -> list[str]:
    parts = [_when(treatment, today)]
    parts += [_sessions(treatment, diary)] if kind_of(treatment).family == "course" else []
    parts += [treatment.result]
    return [part for part in parts if part]


def _changes(diary: Diary, response: Response, units: str, today: date) -> list[str]:
    """Return what the class stands on: what could be done, then pain, then what else was asked for."""
    asked = response.comparison
    told = [c for c in (*response.function[:1], response.pain, asked) if c.enough]
    by_metric = {c.metric: _change(diary, c, units, today) for c in told}
    return list(by_metric.values()) or [_change(diary, asked, units, today)]


def _change(diary: Diary, found: Comparison, units: str, today: date) -> str:
    if found.span.after[0] > today:
        return f"to be read from {short_day(found.span.after[0], today)}"
    if not found.enough:
        return f"{counted(len(found.before), 'day')} before, {len(found.after)} after"
    before = _value(diary, found.metric, found.median_before, units)
    return f"{found.metric} {before} → {_value(diary, found.metric, found.median_after, units)}"


def _value(diary: Diary, metric: str, value: float | None, units: str) -> str:
    row = known(diary.metrics).get(metric)
    if value is None or row is None:
        return "none" if value is None else f"{value:g}"
    return show(row, value, units)


# One in full


def effect_page(
    diary: Diary, response: Response, units: str, today: date, beside: Around | None = None
) -> Page:
    """Return one treatment: both stretches, the pairs, what it means, and what stands against it.

    Args:
        diary: What was recorded.
        response: What it came to.
        units: `km` or `mi`.
        today: The patient's day.
        beside: Sleep and painkiller days, of a procedure.

    """
    treatment, found = response.treatment, response.comparison
    row = known(diary.metrics).get(found.metric)
    label = row.label if row else found.metric
    blocks: list[Block] = [
        Text(f"{treatment.id}  {treatment.name}", "heading"),
        Text(joined(echo_parts(treatment, diary, today))),
        Gap(),
        Fields(
            (
                (f"{label} before", _stretch(diary, found, found.span.before, found.before, units, today)),
                ("After", _stretch(diary, found, found.span.after, found.after, units, today)),
            )
        ),
    ]
    blocks += [Gap(), *(Text(line) for line in _said(diary, response, units, today))]
    others = tuple(
        (WHILE_IT_RAN.get(c.span.name, c.span.name), _change(diary, c, units, today)) for c in response.others
    )
    blocks += [Gap(), Fields(others)] if others else []
    more = tuple(_more(diary, response, beside, units, today))
    blocks += [Gap(), Fields(more)] if more else []
    if response.beside:
        blocks += [Gap(), Text(f"Beside it: {listed(response.beside)}.")]
    blocks += [Gap(), Text("Mind", "strong"), *(Text(f"  {CAUTIONS[c]}") for c in response.cautions)]
    figures = _figures(found)
    blocks += [Gap(), Text(f"For your physio: {figures}", "quiet")] if figures else []
    return tuple(blocks)


def _more(
    diary: Diary, response: Response, beside: Around | None, units: str, today: date
) -> Iterator[tuple[str, str]]:
    """Yield what else changed in the same days: tolerances, pain; of a procedure sleep and painkillers."""
    sleep = [beside.sleep] if beside and beside.sleep else []
    asked, labels = response.comparison.metric, known(diary.metrics)
    for found in (*response.function, response.pain, *sleep):
        if found.enough and found.metric != asked:
            yield labels[found.metric].label, _change(diary, found, units, today).partition(" ")[2]
    if beside and beside.painkillers is not None:
        before, after = beside.painkillers
        yield "Painkiller days", f"{before.days} of {before.of} before, {after.days} of {after.of} after"


def _figures(found: Comparison) -> str:
    """Return the measures of distance by their names, for who reads them; "" with too few days."""
    if found.overlap is None:
        return ""
    nap, low, high, tau, tau_u = (f"{value:.2f}" for value in found.overlap)
    parts = [f"NAP {nap} ({low} to {high})", f"Tau {tau}", f"Tau-U {tau_u}"]
    left = found.beyond_trend
    parts += [] if left is None else [f"Tau without the trend before it {left:.2f}"]
    return ", ".join(parts)


def _stretch(
    diary: Diary,
    found: Comparison,
    days: tuple[date, date],
    values: Sequence[float],
    units: str,
    today: date,
) -> str:
    last = min(days[1], today) if days[0] <= today else days[1]
    span = f"{short_day(days[0], today)} to {short_day(last, today)}"
    if days[0] > today:
        return f"{span}, still ahead"
    count = f"{len(values)} day{'' if len(values) == 1 else 's'}"
    middle = found.median_before if values is found.before else found.median_after
    told = f"middle {_value(diary, found.metric, middle, units)}" if values else ""
    return joined([part for part in (span, count, told) if part])


def _said(diary: Diary, response: Response, units: str, today: date) -> Iterator[str]:
    found = response.comparison
    overlap, beats = found.overlap, found.beats_trend
    row = known(diary.metrics).get(found.metric)
    has_way = row is None or row.better is not None
    if overlap:
        way = "better" if has_way else "higher"
        yield (
            f"Take any day before it and any day after. In {half_up(100 * overlap.nap)} of 100 such pairs "
            f"the day after was {way} (range {half_up(100 * overlap.low)} to {half_up(100 * overlap.high)})."
        )
        yield "50 would be no difference."
    if beats is not None and has_way:
        way = "better" if beats else "no better"
        yield f"It was changing before already. Set against that, the days after look {way}."
    yield _meaning(diary, response, units, today)


def _meaning(diary: Diary, response: Response, units: str, today: date) -> str:
    """Return what the class says, in one or two sentences with its numbers."""
    if response.verdict == "insufficient":
        return _what_is_missing(response)
    if response.verdict == "function improved":
        if (
            response.psfs is not None
            and response.psfs >= PSFS_GAIN
            and not any(c.grew for c in response.function[:1])
        ):
            return f"You could do more after it: your PSFS rose by {response.psfs:g}."
        best = response.function[0]
        return f"You could do more after it: {_change(diary, best, units, today)}, which is 30 % or more."
    pain = _change(diary, response.pain, units, today)
    if response.verdict == "neither" and not (response.pain.enough and response.knows_function):
        return _what_is_missing(response)
    if response.verdict == "neither":
        return (
            f"Neither pain ({pain.partition(' ')[2]}) nor what you could do changed by an amount that counts."
        )
    more = "grew by less than 30 %" if response.knows_function else "was logged on too few days"
    return f"Pain fell by 2 points and 30 % or more: {pain}. What you could do {more}."


def _what_is_missing(response: Response) -> str:
    if response.pain.enough:
        return "Pain did not fall by an amount that counts. What you could do was logged on too few days."
    if response.knows_function:
        return "What you could do grew by less than 30 %. Pain was logged on too few days."
    asked = response.comparison
    return f"Too few days to tell yet: {len(asked.before)} before, {len(asked.after)} after."


def kinds_page() -> Page:
    """Return every kind by family."""
    titles = {
        "course": "Courses and things you do",
        "injection": "Injections and blocks",
        "ablation": "Ablation",
        "surgery": "Surgery",
        "investigation": "Investigations",
    }
    blocks: list[Block] = []
    for family, title in titles.items():
        rows = tuple((k.key, k.label) for k in KINDS.values() if k.family == family)
        blocks += [Text(title, "heading"), Rows(rows), Gap()]
    return tuple(blocks[:-1])
