"""Page one, better or worse: function first, pain second, each with the number that decides it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.recovery import review
from spinetrack.recovery.period import work_days
from spinetrack.recovery.words import counted, name_of
from spinetrack.report.model import Grid, Para, Section
from spinetrack.report.say import more, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spinetrack.recovery.metrics import Metric
    from spinetrack.recovery.review import Change, Level
    from spinetrack.report.model import Block
    from spinetrack.report.sheet import Sheet

MOST_TOLERANCES: Final = 3
VERDICTS: Final = {"clear": "clear", "possible": "possible", "none": "no change"}
LIMITS: Final = {"pain": "pain", "leg": "leg or arm", "stiff": "stiffness", "tired": "tiredness"}


def glance(sheet: Sheet) -> Section:
    """Return what changed since the baseline and since the last visit, a line for each measure."""
    tolerances = sheet.tolerances[:MOST_TOLERANCES]
    measures = (*tolerances, *_pains(sheet))
    blocks: list[Block] = []
    if measures:
        blocks.append(_grid(sheet, measures))
    else:
        blocks.append(Para("No tolerance and no pain was recorded in this period."))
    blocks += [Para(text, "quiet") for text in (*_notes(sheet, tolerances), *_sizes(sheet, tolerances))]
    blocks += [Para(text) for text in _work(sheet)]
    return Section("glance", "At a glance", tuple(blocks))


def _pains(sheet: Sheet) -> list[Metric]:
    """Return pain, and limb pain where it was recorded on enough days to carry a level."""
    least = {"pain": 1, "limb": review.LEAST_RECORDED}
    return [sheet.metrics[key] for key, days in least.items() if sheet.logged(key) >= days]


def _grid(sheet: Sheet, measures: Sequence[Metric]) -> Grid:
    rows = [_row(sheet, metric) for metric in measures]
    now = sheet.say.span(sheet.span.until - timedelta(days=review.LEVEL_DAYS - 1), sheet.span.until)
    caption = f"Medians of 14 days. Now: {now}."
    if not any(row[2] for row in rows):
        plain = tuple((*row[:2], *row[3:5]) for row in rows)
        return Grid(caption, ("Measure", "Baseline", "Now", "Since baseline"), plain)
    name = "start" if sheet.wish.visit is None else "last visit"
    earlier = _earlier(sheet, measures[0])
    if earlier is not None:
        caption += f" {name.capitalize()}: {sheet.say.span(earlier.first, earlier.last)}."
    head = ("Measure", "Baseline", name.capitalize(), "Now", "Since baseline", f"Since {name}")
    return Grid(caption, head, tuple(rows))


def _row(sheet: Sheet, metric: Metric) -> tuple[str, ...]:
    """Return a measure, its level in each stretch, and both changes; empty where two stretches are one."""
    now = review.level_until(sheet.days, metric, sheet.span.until)
    then, earlier = sheet.baseline(metric), _earlier(sheet, metric)
    if then is None:
        baseline, since = "none yet, needs 7 days in 14", "cannot tell"
    else:
        baseline = f"{_level(sheet, metric, then)}; {sheet.say.span(then.first, then.last)}"
        since = change_words(sheet, metric, review.change(metric, then, now))
    second = later = ""
    if earlier is not None and (then is None or earlier.first > then.last):
        second = _level(sheet, metric, earlier)
        later = change_words(sheet, metric, review.change(metric, earlier, now))
    return metric.label, baseline, second, _level(sheet, metric, now), since, later


def _earlier(sheet: Sheet, metric: Metric) -> Level | None:
    """Return the level at the last visit; without one that of the first days of the period."""
    visit = sheet.wish.visit
    if visit is not None:
        return review.level_until(sheet.days, metric, visit.on)
    last = sheet.span.since + timedelta(days=review.LEVEL_DAYS - 1)
    return review.level(sheet.days, metric, sheet.span.since, last) if last < sheet.span.until else None


def _level(sheet: Sheet, metric: Metric, level: Level) -> str:
    if level.value is not None:
        return f"{sheet.say.value(metric, level.value)}, {counted(level.n, 'day')}"
    if level.missing == "cannot tell":
        return f"cannot tell, {counted(level.n, 'limit')} of {review.LEAST_LIMITS}"
    return f"too few days, {level.recorded} of {review.LEAST_RECORDED}"


def change_words(sheet: Sheet, metric: Metric, found: Change) -> str:
    """Return a change with its verdict and the number that decides it."""
    if found.missing == "overlap":
        return "cannot tell: the two stretches overlap"
    if found.delta is None or found.then.value is None:
        return found.missing or "cannot tell"
    size = sheet.say.change(metric, found.delta)
    if found.share is not None and metric.kind != "yes-no":
        size += f", {percent(found.share)}"
    if found.verdict is None:
        return f"not judged: {size}"
    way = "" if found.better is None or found.verdict == "none" else ", better" if found.better else ", worse"
    return f"{VERDICTS[found.verdict]}{way}: {size}"


def _notes(sheet: Sheet, tolerances: tuple[Metric, ...]) -> Iterator[str]:
    """Yield how the tolerances ended, and what does not stand on page one."""
    first = sheet.span.until - timedelta(days=review.LEVEL_DAYS - 1)
    told = []
    for metric in tolerances:
        ended = review.endings(sheet.days, metric.key, first, sheet.span.until)
        if ended.limits:
            why = ", ".join(f"{LIMITS[reason]} {times}" for reason, times in ended.named)
            named = f" ({why})" if why else ""
            told.append(f"{metric.label.lower()} {ended.said} of {ended.limits}{named}")
    said = [f"Limits with a reason said: {'; '.join(told)}."] if told else []
    left = len(sheet.tolerances) - len(tolerances)
    if left:
        names = ", ".join(name_of(m.key) for m in sheet.tolerances[MOST_TOLERANCES:])
        said.append(f"{more(left, 'tolerance')[:-1]}: {names}.")
    if said:
        yield " ".join(said)


def _sizes(sheet: Sheet, tolerances: tuple[Metric, ...]) -> Iterator[str]:
    """Yield from which change on it is possible or clear, for the levels that are compared here."""
    told = []
    if any(sheet.baseline(metric) for metric in tolerances):
        told.append(f"tolerances {review.rule_words(tolerances[0], 0)} (a rule of this program)")
    for metric in _pains(sheet):
        levels = (sheet.baseline(metric), _earlier(sheet, metric))
        values = sorted((v.value for v in levels if v is not None and v.value is not None), reverse=True)
        rules = list(dict.fromkeys(review.rule_words(metric, value) or "no agreed size" for value in values))
        if rules:
            below = f"; below {number(review.LOW_BASE)} " if rules[1:] else ""
            told.append(f"{metric.label.lower()} {below.join(rules)}")
    if told:
        yield f"Sizes of change: {'; '.join(told)}."


def _work(sheet: Sheet) -> Iterator[str]:
    found = work_days(sheet.days, sheet.flare_days, sheet.span)
    said = []
    if found.worked:
        said.append(f"Work days without a flare: {found.calm} of {found.worked}.")
    if found.in_flare:
        said.append(f"Recorded days that lay in a flare: {found.in_flare} of {found.recorded}.")
    if said:
        yield " ".join(said)
