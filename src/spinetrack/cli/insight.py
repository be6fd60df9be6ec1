"""What goes with what in the diary."""

from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, Since, app_of, period_of, print_json

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.series import Days
    from spinetrack.views.insight_page import Found

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def insight(ctx: typer.Context, *, since: Since = None, as_json: Json = False) -> None:
    """Show what goes with what: sleep, stress, time of day, big days, your own #words in notes.

    Each is compared over its own span of days, or from --since on.
    """
    from spinetrack.cli.record import look

    run = app_of(ctx)
    first, _ = period_of(run, since, None)
    diary, assessment = look(run)
    found = () if assessment.open_flags else _found(run, diary, assessment, first)
    if as_json:
        _print(run, assessment, found)
    else:
        _show(run, diary, assessment, found)


def _found(run: App, diary: "Diary", assessment: "Assessment", first: "date | None") -> "tuple[Found, ...]":
    from spinetrack.views.insight_page import insights

    facts = assessment.facts
    if first is None:
        return insights(diary, facts.days, run.today(), facts.reference)
    days, first = _days_from(run, assessment, first)
    return insights(diary, days, run.today(), facts.reference, (run.today() - first).days + 1)


def _days_from(run: App, assessment: "Assessment", first: "date") -> "tuple[Days, date]":
    """Return the day values that a period from `first` on needs, and its first day with a record."""
    from spinetrack.recovery.facts import RECENT_DAYS
    from spinetrack.recovery.series import Days

    begun = assessment.facts.diary.first_day or run.today()
    first = max(first, min(begun, run.today()))
    if first > run.today() - timedelta(days=RECENT_DAYS):
        return assessment.facts.days, first
    with run.open_store() as store:
        # Stress is set against the pain of the next day: one day more.
        return Days(store.diary(first - timedelta(days=1), run.today())), first


def _show(run: App, diary: "Diary", assessment: "Assessment", found: "tuple[Found, ...]") -> None:
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.views.insight_page import insight_page

    if assessment.open_flags:
        show_stop(run, diary, assessment)
    else:
        show(run, insight_page(found))


def _print(run: App, assessment: "Assessment", found: "tuple[Found, ...]") -> None:
    from spinetrack.views.insight_page import insight_rows
    from spinetrack.views.json_docs import document

    known, lacking = insight_rows(found)
    print_json(run, document(as_of=assessment.now.isoformat(), insights=known, missing=lacking))
