"""The charts: pain with flares and treatments, tolerances with plan and goal, sleep beside pain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.charts import build, flare_spans, marked, marks_words
from spinetrack.charts.weeks import HEAD, stretch_row
from spinetrack.recovery.pacing import planned
from spinetrack.recovery.patterns import LEAST_NIGHTS, after_poor_nights
from spinetrack.recovery.profile import units_of
from spinetrack.recovery.redact_words import OTHER
from spinetrack.recovery.review import LEAST_RECORDED
from spinetrack.recovery.stats import mean
from spinetrack.recovery.treatments import marks_of
from spinetrack.recovery.words import listed
from spinetrack.report.model import Figure, Grid, Section
from spinetrack.report.say import number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spinetrack.charts import Chart
    from spinetrack.recovery.metrics import Metric
    from spinetrack.report.sheet import Sheet

LEAST_DAYS: Final = 2
"""Days with a value that a chart needs."""
STRETCHES: Final = ((26, 7), (104, 28), (10_000, 91))
"""Up to so many weeks a row of the table has so many days."""
LONGEST_MARK: Final = 40


def charts(sheet: Sheet) -> Section | None:
    """Return a chart of pain, of each tolerance and of sleep, as far as they were recorded."""
    if not sheet.wish.has("charts"):
        return None
    limb = ["limb"] if sheet.logged("limb") >= LEAST_RECORDED else []
    keys = ["pain", *limb, *(m.key for m in sheet.tolerances), "sleep"]
    found = tuple(_figure(sheet, sheet.metrics[key]) for key in keys if sheet.logged(key) >= LEAST_DAYS)
    return Section("charts", "Charts", found) if found else None


def _figure(sheet: Sheet, metric: Metric) -> Figure:
    chart = _chart(sheet, metric)
    told = f"{chart.summary} {marks_words([chart])}".rstrip()
    return Figure(chart, _caption(sheet, metric, chart), told, _table(chart))


def _chart(sheet: Sheet, metric: Metric) -> Chart:
    since = max(sheet.span.since, sheet.diary.first_day or sheet.span.since)
    drawn = build(
        metric,
        sheet.days.of(metric.key),
        flare_spans(sheet.facts.flares),
        (("plan", dict(_doses(sheet, metric.key))), *_goals(sheet, metric.key)),
        since=min(since, sheet.span.until - timedelta(days=1)),
        until=sheet.span.until,
        units=units_of(sheet.diary),
    )
    marks = sorted(_marks(sheet)) if metric.key == "pain" else ()
    return marked(drawn, marks)._replace(day_one=sheet.say.day_one)


def _doses(sheet: Sheet, key: str) -> Iterator[tuple[date, float]]:
    """Yield the planned doses of a tolerance with the day each began; none while a sign is open."""
    if sheet.wish.has("plan") and not sheet.open_flags:
        mine = (p for p in planned(sheet.facts) if p.name == key and p.is_tolerance)
        yield from ((q.day, q.amount) for p in mine for q in p.quotas)


def _goals(sheet: Sheet, key: str) -> Iterator[tuple[str, float]]:
    """Yield the goals on a measure; none while a sign is open."""
    if sheet.wish.has("goals") and not sheet.open_flags:
        weekly = {g for g in sheet.goals.active if sheet.goals.metric(g).kind == "yes-no"}
        yield from (("goal", g.target) for g in sheet.goals.active if g.metric == key and g not in weekly)


def _marks(sheet: Sheet) -> Iterator[tuple[date, str]]:
    """Yield treatments and past visits of the period with their names."""
    if sheet.wish.has("treatments"):
        for day, name in marks_of(sheet.diary, sheet.span.since, sheet.span.until):
            yield day, shortened(name, LONGEST_MARK)
    for visit in sheet.diary.visits:
        if sheet.span.holds(visit.on) and visit.on < sheet.today:
            unknown = sheet.wish.redacted and visit.name == OTHER
            yield visit.on, "visit" if unknown else f"visit: {shortened(visit.name, LONGEST_MARK)}"


def _caption(sheet: Sheet, metric: Metric, chart: Chart) -> str:
    if metric.key == "sleep":
        return f"Sleep by night.{_sleep_and_pain(sheet)}"
    if metric.key == "pain":
        there = (*(["flares"] if chart.flares else []), *(["treatments", "visits"] if chart.marks else []))
        shown = f" {listed(there).capitalize()} are marked." if there else ""
        return f"Pain by day, 0 to 10.{shown}"
    names = list(dict.fromkeys(f"the {name}" for name, _ in chart.lines))
    return f"{metric.label} by day{f', with {listed(names)}' if names else ''}."


def _sleep_and_pain(sheet: Sheet) -> str:
    found = after_poor_nights(sheet.days, sheet.span.until, sheet.span.length)
    if not found.enough(LEAST_NIGHTS):
        return ""
    poor, good = len(found.with_it), len(found.without)
    return (
        f" Mean pain after {poor} poor nights: {number(mean(found.with_it))}; "
        f"after {good} other nights: {number(mean(found.without))}. Going together is not causing."
    )


def _table(chart: Chart) -> Grid:
    """Return the chart's days in stretches: weeks, or longer ones in a long period."""
    weeks = chart.length / 7
    step = next(days for most, days in STRETCHES if weeks <= most)
    years = chart.since.year != chart.until.year and chart.day_one is None
    rows = []
    start = chart.since
    while start <= chart.until:
        end = min(chart.until, start + timedelta(days=step - 1))
        cells = stretch_row(chart, start, end)
        rows.append((f"{cells[0]} {start.year}" if years else cells[0], *cells[2:]))
        start = end + timedelta(days=1)
    stretch = "week" if step == 7 else f"{step} days"  # noqa: PLR2004
    head = ("From", *HEAD[2:])
    return Grid(f"{chart.title}, by {stretch}", head, tuple(rows), (1, 2, 3, 4, 5))
