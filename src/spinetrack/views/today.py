"""Today at a glance: banner, trends, plan, and at most three messages."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.metrics import known, show
from spinetrack.recovery.profile import units_of, value_of
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, NamedTuple
from spinetrack.views.doses import day_words, dose_words, joined
from spinetrack.views.page import Fields, Gap, Text
from spinetrack.views.sparks import spark
from spinetrack.views.stop_page import stop_page
from spinetrack.views.suggestions import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import CheckInDraft, Diary, Timer
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.metrics import Metric
    from spinetrack.views.page import Block, Page

WINDOW = 14
LEAST_MIDDLE = 3
"""Values below which two weeks have no middle."""
LEAST_TREND = 10
"""Days of 14 that a change needs: 70 %. Source: clinical.md 14."""
MOST_ROWS = 8
LEAST_SPAN = 0.7
"""The lowest bar stands for at most this share of the highest value."""
WIDEST = 80


def today_page(
    diary: Diary,
    assessment: Assessment,
    *,
    width: int = WIDEST,
    plain: bool = False,
    ascii: bool = False,  # noqa: A002
    timer: Timer | None = None,
    draft: CheckInDraft | None = None,
) -> Page:
    """Return the screen of the bare command. An open tier-1 or tier-2 flag replaces all of it.

    Args:
        diary: The last 180 days.
        assessment: What they come to.
        width: Columns of the terminal.
        plain: One fact a line, no bars.
        ascii: Draw the bars as digits.
        timer: A tolerance being timed.
        draft: A check-in that was interrupted.

    """
    if assessment.open_flags:
        return stop_page(diary, assessment)
    if diary.first_day is None and not assessment.plan:
        return welcome(assessment, plain=plain)
    width = min(width, WIDEST)
    blocks: list[Block] = [*_head(diary, assessment, width, plain=plain)]
    if assessment.flare:
        from spinetrack.views.flare_page import flare_banner

        blocks.append(Text(flare_banner(assessment), "alarm"))
    trends, today = _trends(diary, assessment), assessment.today
    said = (Text(_sentence(row, today)) for row in trends)
    blocks += _section(said if plain else _drawn(trends, today, width, ascii=ascii))
    blocks += _section(_plan(assessment))
    blocks += _section(_flare_help(diary, assessment))
    blocks += _section(messages(assessment.suggestions, width=width, plain=plain))
    blocks += _section(_follow_up(assessment))
    blocks += _section(_unfinished(assessment, timer, draft))
    blocks += _section(_next(assessment, draft))
    return tuple(blocks)


def _section(found: Iterable[Block]) -> list[Block]:
    blocks = list(found)
    return [Gap(), *blocks] if blocks else []


def welcome(assessment: Assessment, *, plain: bool) -> Page:
    """Return the first screen of an empty diary, without what is answered already."""
    indent = "" if plain else "      "
    lead = "" if plain else "  "
    asked: list[tuple[str, str]] = []
    if assessment.rescreen is not None or not assessment.facts.diary.screens:
        asked.append(("spinetrack screen", "signs that need a doctor quickly"))
    if any(answer is None for answer in assessment.gates.values()):
        asked.append(("spinetrack profile gates", "what to be careful with"))
    blocks: list[Block] = [
        Text("Welcome. This is your own record. It stays on this computer.", "strong"),
        Gap(),
        Text(f"{lead}How is your back or neck today?  0 no pain … 10 the worst you can imagine"),
        Text(f"{indent}spinetrack log 4"),
    ]
    if asked:
        count = "Two short things come" if len(asked) > 1 else "One short thing comes"
        them = "them" if len(asked) > 1 else "it"
        blocks += [Gap(), Text(f"{lead}{count} before any advice. Please answer {them} first.")]
        blocks.append(Fields(tuple(asked), indent=6))
    blocks += [
        Gap(),
        Text(f"{lead}Look around with made-up data first:  spinetrack demo"),
    ]
    return tuple(blocks)


def _head(diary: Diary, assessment: Assessment, width: int, *, plain: bool) -> Iterator[Block]:
    today = assessment.today
    age = (today - diary.first_day).days + 1 if diary.first_day else 0
    span = max(1, min(WINDOW, age))
    logged = f"logged {assessment.facts.days.logged(today, span)} of {span} days"
    if span == 1:
        logged = "logged today" if assessment.facts.days.logged(today, 1) else "first day"
    name = value_of(diary, "name")
    head = joined([day_words(today), *([name] if name else [])])
    room = width - len(head) - len(logged)
    if plain or room < 3:  # noqa: PLR2004
        yield Text(head, "heading")
        yield Text(logged[0].upper() + logged[1:] + ".", "quiet")
    else:
        yield Text(head + " " * room + logged, "heading")
    if diary.last_day and (today - diary.last_day).days >= WINDOW:
        from spinetrack.views.history import last_record

        yield from last_record(diary, today)


# Trends


class Trend(NamedTuple):
    """One metric of the trends, in words."""

    label: str
    value: str
    day: date
    """The day of the value."""
    days: tuple[float | None, ...]
    """Fourteen day values, None for a day without one."""
    scale: tuple[float, float]
    """What the lowest and the highest bar stand for."""
    middle: str
    change: str


def _trends(diary: Diary, assessment: Assessment) -> list[Trend]:
    """Return the metrics logged in the last two weeks, in the order of their table."""
    units = units_of(diary)
    days, today = assessment.facts.days, assessment.today
    return [
        _trend(metric, days.of(key), today, units, compared=assessment.flare is None)
        for key, metric in known(diary.metrics).items()
        if days.count(key, today, WINDOW)
    ][:MOST_ROWS]


def _drawn(rows: Sequence[Trend], today: date, width: int, *, ascii: bool) -> Iterator[Block]:  # noqa: A002
    """Yield one line a trend where all fit in `width`, else two."""
    if not rows:
        return
    labels = max(len(row.label) for row in rows)
    values = max(len(_value(row, today)) for row in rows)
    middles = max(len(row.middle) for row in rows)
    heads = [
        f"  {row.label:<{labels}}  {_value(row, today):<{values}}  {spark(row.days, *row.scale, ascii=ascii)}"
        for row in rows
    ]
    lines = [
        f"{head}  {row.middle:<{middles}}  {row.change}".rstrip()
        for head, row in zip(heads, rows, strict=True)
    ]
    if all(len(line) <= width for line in lines):
        yield from map(Text, lines)
        return
    for head, row in zip(heads, rows, strict=True):
        yield Text(head)
        tail = joined([part for part in (row.middle, row.change) if part])
        if tail:
            yield Text(f"    {tail}", "quiet")


def _value(row: Trend, today: date) -> str:
    return row.value if row.day == today else f"{row.value} {day_words(row.day)[:3]}"


def _sentence(row: Trend, today: date) -> str:
    """Return the line for a screen reader."""
    when = "today" if row.day == today else f"on {day_words(row.day)}"
    parts = [f"{row.label}: {row.value} {when}."]
    parts += [f"{part[0].upper()}{part[1:]}." for part in (row.middle,) if part]
    parts += [f"Change: {row.change}." for _ in (1,) if row.change]
    return " ".join(parts)


def _trend(metric: Metric, column: Mapping[date, float], today: date, units: str, *, compared: bool) -> Trend:
    """Return the trend of one metric; `compared` adds the change, which a flare leaves out."""
    now = [column[d] for d in _window(today) if d in column]
    before = [column[d] for d in _window(today - timedelta(days=WINDOW)) if d in column]
    last = max(d for d in column if d <= today)
    middle = change = ""
    if metric.kind == "yes-no":
        middle = f"2 weeks: {sum(v > 0 for v in now)} of {len(now)} days"
    elif len(now) >= LEAST_MIDDLE:
        this, that = median(now) or 0.0, median(before)
        middle = f"2 weeks {_brief(metric, this, units)}"
        if that is not None and len(before) >= LEAST_MIDDLE:
            middle += f", before {_brief(metric, that, units)}"
            if compared and min(len(now), len(before)) >= LEAST_TREND:
                change = _change(metric, this - that, units)
    days = tuple(column.get(d) for d in _window(today))
    value = show(metric, column[last], units)
    return Trend(metric.label, value, last, days, _scale(metric, now), middle, change)


def _scale(metric: Metric, values: Sequence[float]) -> tuple[float, float]:
    """Return what the bars are drawn between: 0 to 10, else the values themselves, small noise kept small."""
    if metric.unit in {"0-10", "yes/no"}:
        return metric.low, metric.high
    high = max(values, default=0.0)
    return min(min(values, default=0.0), LEAST_SPAN * high), high


def _brief(metric: Metric, value: float, units: str) -> str:
    """Return a value without its unit where that is plain from the same line."""
    return show(metric, value, units).removesuffix(" min")


def _window(today: date) -> Iterator[date]:
    return (today - timedelta(days=back) for back in range(WINDOW - 1, -1, -1))


def _change(metric: Metric, difference: float, units: str) -> str:
    """Return a signed change with a word beside it: `+5 min better`."""
    if not difference:
        return "no change"
    sign = "+" if difference > 0 else "−"  # noqa: RUF001
    grew = difference > 0
    if metric.better is None:
        word = "more" if grew else "less"
    else:
        word = "better" if grew == (metric.better == "up") else "worse"
    return f"{sign}{show(metric, abs(difference), units)} {word}"


# Plan


def _plan(assessment: Assessment) -> Iterator[Block]:
    if not assessment.plan:
        return
    pairs = [("Plan today", joined([dose_words(item) for item in assessment.plan]))]
    reason = plan_reason(assessment)
    if reason:
        pairs.append(("Why lower", reason))
    if assessment.flare:
        pairs.append(("This week", "not counted while a flare runs"))
    else:
        done = [f"{i.activity} {min(i.done_week, i.per_week)} of {i.per_week}" for i in assessment.plan]
        pairs.append(("This week", joined(done)))
    yield Fields(tuple(pairs))


def _flare_help(diary: Diary, assessment: Assessment) -> Iterator[Block]:
    if assessment.flare is None:
        return
    from spinetrack.views.flare_page import SCREEN_LINE, helpers

    yield Fields(tuple(helpers(diary, assessment)))
    yield Text(SCREEN_LINE)


def plan_reason(assessment: Assessment) -> str:
    """Return why today's doses are lower, each reason once."""
    lower = [i for i in assessment.plan if i.today != i.quota and i.reason]
    found = dict.fromkeys(i.reason for i in lower)
    return "; ".join("a flare; the plan climbs back as it eases" if r == "flare" else r for r in found)


def _follow_up(assessment: Assessment) -> Iterator[Block]:
    """Yield that the effect of a procedure can be looked at, unless a message says so already."""
    diary = assessment.facts.diary
    if not diary.treatments:
        return
    from spinetrack.recovery.aftercare import follow_up
    from spinetrack.recovery.treatments import kind_of

    found = follow_up(diary, assessment.today)
    if found is None or any(s.rule in {"IJ-1", "IJ-2"} for s in assessment.suggestions):
        return
    name = kind_of(found.treatment).label
    article = name if name[:2].isupper() else name[0].lower() + name[1:]
    yield Text(
        f"{found.window.name} after the {article}:  spinetrack treat effect {found.treatment.id}", "strong"
    )


def _unfinished(assessment: Assessment, timer: Timer | None, draft: CheckInDraft | None) -> Iterator[Block]:
    """Yield what was begun: a running timer, an interrupted check-in."""
    if timer is not None:
        at = timer.at.astimezone(assessment.now.tzinfo)
        yield Text(f"Timing {timer.metric} since {at:%H:%M}.  To end it:  spinetrack stop", "strong")
    if draft is not None and draft.day == assessment.today and draft.answers:
        yield Text("Your check-in of today is half done.  To go on:  spinetrack log", "strong")


def _next(assessment: Assessment, draft: CheckInDraft | None) -> Iterator[Block]:
    """Yield what to type when nothing was logged today."""
    if draft is not None and draft.day == assessment.today:
        return
    if assessment.today in assessment.facts.days.entries_by_day:
        return
    if any(s.rule == "DQ-2" for s in assessment.suggestions):
        return
    yield Text("Nothing logged today yet:  spinetrack log", "quiet")
