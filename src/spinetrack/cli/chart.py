"""Days as a chart, or as a table of weeks."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, Since, Until, app_of, period_of, print_json
from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.charts import Chart
    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.metrics import Metric

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL_DAYS = 56
LEAST_DAYS = 14
"""Days that are drawn at least."""
WIDEST = 100


@app.command()
def chart(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[MEASURE]...", help="What to draw.", show_default=False)
    ] = None,
    *,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Draw your days: dots, the weekly middle, flares. Example: spinetrack chart pain --since 8w."""
    run = app_of(ctx)
    first, last = period_of(run, since, until, days=USUAL_DAYS)
    until_day = last or run.today()
    since_day = first or until_day
    diary, assessment = _read(run, since_day)
    if since is None and diary.first_day is not None:
        # Weeks before the first entry say nothing; two weeks are drawn at least.
        since_day = max(since_day, min(diary.first_day, until_day - timedelta(days=LEAST_DAYS - 1)))
    metrics = _chosen(words or [], diary, assessment, since_day, until_day)
    charts = [_chart(m, diary, assessment, since_day, until_day) for m in metrics]
    if as_json:
        _print(run, charts)
    elif not charts:
        run.say("Nothing was logged in this period.")
        run.say("To log today: spinetrack log 4")
    elif run.plain:
        _say_weeks(run, charts)
    else:
        _draw(run, charts)


def _read(run: App, since: "date") -> "tuple[Diary, Assessment]":
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.assess import assess

    today = run.today()
    # The reference of a flare at the beginning of the period reads the 30 days before it.
    first = min(today - WINDOW, since - timedelta(days=30))
    with run.open_store() as store:
        diary = store.diary(first, today)
    return diary, assess(diary, run.now(), today)


def _chosen(
    words: list[str], diary: "Diary", assessment: "Assessment", since: "date", until: "date"
) -> "list[Metric]":
    """Return the metrics named; without names pain and the tolerances that were logged.

    Raises:
        ValueRefusedError: a word names none.

    """
    from spinetrack.recovery.metrics import ALL_TOLERANCES, find, known

    table = known(diary.metrics)
    if not words:
        days = assessment.facts.days
        usual = ("pain", *ALL_TOLERANCES)
        return [table[k] for k in usual if any(since <= d <= until for d in days.of(k))]
    found = []
    for word in words:
        metric = find(table, word)
        if metric is None:
            from difflib import get_close_matches

            close = get_close_matches(word.lower(), table, n=1)
            guess = f" Did you mean {close[0]}?" if close else ""
            raise ValueRefusedError(f'There is no measure called "{word}".{guess}')
        if metric not in found:
            found.append(metric)
    return found


def _chart(
    metric: "Metric", diary: "Diary", assessment: "Assessment", since: "date", until: "date"
) -> "Chart":
    from spinetrack.charts import build, flare_spans
    from spinetrack.recovery.profile import units_of

    drawn = build(
        metric,
        assessment.facts.days.of(metric.key),
        flare_spans(assessment.flares),
        _lines(metric.key, assessment),
        since=since,
        until=until,
        units=units_of(diary),
    )
    if not diary.treatments:
        return drawn
    from spinetrack.charts import marked
    from spinetrack.recovery.treatments import marks_of

    return marked(drawn, marks_of(diary, since, until))


def _lines(key: str, assessment: "Assessment") -> list[tuple[str, float]]:
    """Return the planned dose of a tolerance and the goals; nothing under an open flag."""
    if assessment.open_flags:
        return []
    plan = [("plan", item.quota) for item in assessment.plan if item.activity == key and item.unit == "min"]
    goals = assessment.facts.goals
    weekly = [g for g in goals.active if goals.metric(g).kind == "yes-no"]
    return [*plan, *(("goal", g.target) for g in goals.active if g.metric == key and g not in weekly)]


def _say_weeks(run: App, charts: "Sequence[Chart]") -> None:
    from spinetrack.charts import marks_words
    from spinetrack.charts.weeks import weeks_table
    from spinetrack.cli.showing import show
    from spinetrack.views.page import Gap, Rows, Text

    head, rows = weeks_table(charts)
    said = [*(c.summary for c in charts), marks_words(charts)]
    show(run, (*(Text(line) for line in said if line), Gap(), Rows(rows, head=head)))


def _draw(run: App, charts: "Sequence[Chart]") -> None:
    from spinetrack.charts.terminal import draw
    from spinetrack.cli.showing import only_ascii, show
    from spinetrack.views.page import Raw

    picture = draw(charts, min(run.width, WIDEST), colour=run.colour, ascii=only_ascii(run))
    show(run, (Raw(picture),))


def _print(run: App, charts: "Sequence[Chart]") -> None:
    from spinetrack.views.json_docs import document

    rows = [
        {
            "metric": c.metric,
            "unit": c.unit,
            "since": c.since.isoformat(),
            "until": c.until.isoformat(),
            "days": [{"day": d.isoformat(), "value": v} for d, v in c.days],
            "median": [{"day": d.isoformat(), "value": v} for d, v in c.median],
            "flares": [{"start": a.isoformat(), "end": b.isoformat()} for a, b in c.flares],
            "lines": [{"label": label, "value": v} for label, v in c.lines],
            "marks": [{"day": d.isoformat(), "name": name} for d, name in c.marks],
        }
        for c in charts
    ]
    print_json(run, document(charts=rows))
