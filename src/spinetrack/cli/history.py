"""`spinetrack history`: what was recorded, oldest first."""

from typing import Annotated

import typer

from spinetrack.cli.options import Json, Since, Until, app_of, period_of, print_json
from spinetrack.errors import ValueRefusedError

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL_DAYS = 14


@app.command()
def history(
    ctx: typer.Context,
    metrics: Annotated[
        list[str] | None, typer.Argument(metavar="[MEASURE]...", help="Only these.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The last N entries.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what you recorded, oldest first: the last 14 days, or from --since on.

    The number in front is for edit, move and delete.
    """
    run = app_of(ctx)
    first, last = period_of(run, since, until, days=USUAL_DAYS)
    with run.open_store() as store:
        diary = store.diary(first, last)
    wanted = _wanted(metrics or [], diary.metrics)
    entries = [e for e in diary.entries if not wanted or wanted & set(e.values)]
    entries = entries[-limit:] if limit else entries
    if as_json:
        from spinetrack.views.json_docs import history_doc

        print_json(run, history_doc(entries))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.history import history_page

    page = history_page(diary, entries, run.today(), wanted, whole=not limit, plain=run.plain)
    show(run, page)


def _wanted(words: list[str], custom: tuple[object, ...]) -> set[str]:
    """Return the metric keys that `words` name.

    Raises:
        ValueRefusedError: a word names none.

    """
    from spinetrack.recovery.metrics import find, known

    table = known(custom)  # type: ignore[arg-type] # a tuple of CustomMetric, read from the diary
    found = set()
    for word in words:
        metric = find(table, word)
        if metric is None:
            from difflib import get_close_matches

            close = get_close_matches(word.lower(), table, n=1)
            guess = f" Did you mean {close[0]}?" if close else ""
            raise ValueRefusedError(f'There is no measure called "{word}".{guess}')
        found.add(metric.key)
    return found
