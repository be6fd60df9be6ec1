"""Where it hurts, how often, how much."""

import typer

from spinetrack.cli.options import Json, Since, Until, app_of, period_of, print_json

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL_DAYS = 56


@app.command()
def body(ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False) -> None:
    """Show where it hurts: the last 8 weeks, or from --since on."""
    from spinetrack.cli.showing import show
    from spinetrack.views.body_page import body_page, body_rows

    run = app_of(ctx)
    first, last = period_of(run, since, until, days=USUAL_DAYS)
    with run.open_store() as store:
        diary = store.diary(first, last)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(sites=body_rows(diary.entries)))
    else:
        show(run, body_page(diary.entries, run.today(), plain=run.plain))
