"""What comes back after a write: one screen of plain lines, made without Rich.

First what was written with its day, its id and the way back; then at most one fact; then at most one
thing to do next. While a warning sign is open, only that stands beside what was written.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.metrics import known, show
from spinetrack.recovery.sites import label
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import WEEKDAYS, day_words, joined, number, todays_dose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import CustomMetric, Entry, Session
    from spinetrack.recovery.findings import Assessment, Suggestion
    from spinetrack.recovery.metrics import Metric

WIDEST = 80
"""Columns after which the way back is not pushed further right."""
WEEK = 7
FORTNIGHT = 14
LEAST_DAYS = 5
"""Days with a value that a median of two weeks needs to be shown."""
WAY_BACK = "undo: spinetrack undo"
FUNCTION = ("sit", "stand", "walk", "distance")
STOPS: Mapping[str, str] = {
    "pain": "ended by pain",
    "leg": "ended by leg symptoms",
    "stiff": "ended by stiffness",
    "tired": "ended by tiredness",
    "task": "ended with the task",
    "timer": "ended by the timer",
}


# -- the line -------------------------------------------------------------------------------------


def line(head: str, parts: Sequence[str], *, width: int, plain: bool, back: str = WAY_BACK) -> list[str]:
    """Return `head`, the parts and the way back: one line where it fits, else wrapped with an indent.

    Plain lines carry no padding and no dots: a screen reader would read them out.
    """
    if plain:
        return [f"{head}: {', '.join(parts)}." if parts else f"{head}.", *([back] if back else [])]
    width = min(width, WIDEST)
    whole = f"{head}   {joined(parts)}" if parts else head
    room = width - len(whole) - len(back)
    if back and room >= 3:  # noqa: PLR2004
        return [whole + " " * room + back]
    return [*wrapped(head, parts, width), *([f"  {back}"] if back else [])]


def wrapped(head: str, parts: Sequence[str], width: int) -> list[str]:
    """Return `head` and the parts on as many lines as they need, none broken inside a part."""
    lines = [head]
    first = True
    for part in parts:
        grown = f"{lines[-1]}{'   ' if first else ' · '}{part}"
        if len(grown) <= width:
            lines[-1] = grown
        else:
            lines += fold(part, width, indent="  ")
        first = False
    return lines


def fold(text: str, width: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Return `text` as lines of at most `width` columns, broken between words."""
    if len(indent) + len(text) <= width:
        return [indent + text]
    lines: list[str] = []
    now = indent
    for word in text.split():
        grown = f"{now}{word}" if now.endswith(" ") or not now else f"{now} {word}"
        if len(grown) > width and now.strip():
            lines.append(now)
            grown = f"{hang if hang is not None else indent}{word}"
        now = grown
    return [*lines, now]


# -- what was written ------------------------------------------------------------------------------


def day_part(day: date, today: date) -> str:
    """Return `Mon 23 Nov`, with how long ago when that is not obvious."""
    back = (today - day).days
    said = {1: " (yesterday)", 2: " (2 days ago)"}.get(back, "")
    return day_words(day, today) + said


def entry_head(entry: Entry, today: date) -> str:
    """Return the id and the day of an entry: `#412  Mon 23 Nov`."""
    return f"#{entry.id}  {day_part(entry.day, today)}"


def entry_parts(
    entry: Entry, custom: Sequence[CustomMetric] = (), units: str = "km", *, typed: Iterable[str] = ()
) -> list[str]:
    """Return the values of an entry in words, as they were typed, one to a part.

    Args:
        entry: The entry.
        custom: The patient's own metrics.
        units: `km` or `mi`.
        typed: The words of the line: a distance typed after `walk` says that it is kept as distance.

    """
    table = known(custom)
    words = {word.partition("=")[0].lower() for word in typed}
    parts = []
    for observation in entry.observations:
        metric = table.get(observation.metric)
        if observation.site is not None:
            feel = f" ({', '.join(observation.qualities)})" if observation.qualities else ""
            parts.append(f"{label(observation.site)} {number(observation.value)}{feel}")
        elif metric is None:  # an own measure, hidden since
            parts.append(f"{observation.metric} {number(observation.value)}")
        else:
            part = value_part(metric, observation.value, units, at_least=observation.at_least)
            if observation.metric == "distance" and words and "distance" not in words:
                part = f"walk {show(metric, observation.value, units)} (stored as distance)"
            if observation.stop is not None:
                part += f" ({STOPS.get(observation.stop, observation.stop)})"
            parts.append(part + (" (as last time)" if observation.carried else ""))
    if entry.flare is not None:
        parts.append("flare yes" if entry.flare else "flare no")
    if entry.note:
        parts.append("note kept")
    return parts


def value_part(metric: Metric, value: float, units: str, *, at_least: bool = False) -> str:
    """Return one value with its name: `sit 35 min`, `sit at least 35 min`."""
    return f"{metric.key} {'at least ' if at_least else ''}{show(metric, value, units)}"


def settled_parts(sessions: Iterable[Session], today: date) -> list[str]:
    """Return the answers to "did it settle": `walk of Sunday settled`."""
    return [
        f"{s.activity} of {_named_day(s.day, today)} {'settled' if s.settled else 'not settled'}"
        for s in sessions
    ]


def _named_day(day: date, today: date) -> str:
    names = dict(zip(WEEKDAYS, _LONG_DAYS, strict=True))
    return names[WEEKDAYS[day.weekday()]] if (today - day).days < WEEK else day_words(day, today)


_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# -- what it comes to ------------------------------------------------------------------------------


def answer(entry: Entry | None, assessment: Assessment, *, width: int, plain: bool) -> list[str]:
    """Return the lines below what was written: one fact, and at most one thing to do.

    While a tier-1 or tier-2 flag is open that is its banner alone; at the start of a flare, one
    joined message.
    """
    width = min(width, WIDEST)
    if assessment.open_flags:
        from spinetrack.views.stop_page import banner

        return fold(banner(assessment.facts.diary, assessment), width)
    if any(s.rule == "FL-2" for s in assessment.suggestions):
        return _flare_start(assessment, width, plain=plain)
    fact = fact_line(entry, assessment) if entry else ""
    lines = fold(fact, width) if fact else []
    shown = shown_suggestions(assessment)
    return lines + (suggestion_lines(shown[0], width, plain=plain) if shown else [])


def shown_suggestions(assessment: Assessment) -> list[Suggestion]:
    """Return what goes out with a write: the screen and the flare's own at its start, else one at most."""
    if any(s.rule == "FL-2" for s in assessment.suggestions):
        return [s for s in assessment.suggestions if s.rule in {"RF-4", "FL-2", "FL-3"}]
    due = [s for s in assessment.suggestions if s.rule == "RF-4"]
    return due or list(assessment.suggestions[:1])


def fact_line(entry: Entry, assessment: Assessment) -> str:
    """Return the middle of two weeks of the first tolerance logged, against the two before.

    Without enough days it is "".
    """
    days, today = assessment.facts.days, assessment.today
    for metric in FUNCTION:
        if metric not in entry.values or days.count(metric, today, FORTNIGHT) < LEAST_DAYS:
            continue
        row = known()[metric]
        now = days.med(metric, today, FORTNIGHT)
        before_day = today - timedelta(days=FORTNIGHT)
        before = days.med(metric, before_day, FORTNIGHT)
        text = f"{row.label}: middle of two weeks {show(row, now or 0.0)}."
        if before is None or days.count(metric, before_day, FORTNIGHT) < LEAST_DAYS:
            return text
        return f"{text} Before that {'the same' if before == now else show(row, before)}."
    return ""


def suggestion_lines(suggestion: Suggestion, width: int, *, plain: bool) -> list[str]:
    """Return one suggestion and what to type for it."""
    what, command = suggestion.title.rstrip("."), command_for(suggestion)
    if not plain and len(what) + len(command) + 3 <= width:
        return [what + " " * (width - len(what) - len(command)) + command]
    return [*fold(f"{what}.", width), f"  {command}"]


def command_for(suggestion: Suggestion, number: int = 1) -> str:
    """Return what to type for a suggestion that has `number` on today's screen."""
    by_rule = {"RF-4": "spinetrack screen --short", "PG-1": "spinetrack profile gates"}
    if suggestion.rule in by_rule:
        return by_rule[suggestion.rule]
    if suggestion.changes:
        return f"spinetrack suggest follow {number}"
    return f"spinetrack suggest --why {number}"


def _flare_start(assessment: Assessment, width: int, *, plain: bool) -> list[str]:
    lines: list[str] = []
    by_rule = {s.rule: s for s in assessment.suggestions}
    if "RF-4" in by_rule:
        lines += suggestion_lines(by_rule["RF-4"], width, plain=plain)
    lines += fold(by_rule["FL-2"].message, width)
    doses = [f"{item.activity} {todays_dose(item)}" for item in assessment.plan]
    if doses:
        lines += line("Plan today", doses, width=width, plain=plain, back="")
    return lines
