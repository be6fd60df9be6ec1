"""`spinetrack log`: one line, or a guided check-in when the line says nothing."""

from typing import Annotated

import typer

from spinetrack.cli.daily import Extra, log
from spinetrack.cli.options import LOOSE, At, Json, Note, Words, Yesterday, app_of
from spinetrack.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Where = Annotated[
    str | None,
    typer.Option("--where", metavar="SITES", help="Where it hurts, each 0 to 10: low-back:5,left-calf:3."),
]
Flare = Annotated[bool, typer.Option("--flare", help="Today is a flare for you.")]
Stop = Annotated[
    str | None,
    typer.Option("--stop", metavar="WHY", help="Why it ended: pain, leg, stiff, tired, task or timer."),
]


@app.command(context_settings=LOOSE)
def command(  # noqa: PLR0913
    ctx: typer.Context,
    words: Words = None,
    *,
    yesterday: Yesterday = False,
    at: At = None,
    where: Where = None,
    flare: Flare = False,
    stop: Stop = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Record a day on one line; without words, answer a few questions.

    A first number is pain, 0 to 10. Then a measure and its value, as often as you like: log 4 worst 6
    sit 35 walk 1.2km sleep 6h30 mood 6 note long drive. What you leave out stays open.

    35+ is "at least 35 min": something other than your body ended it. "=" is the same as last time.
    """
    run = app_of(ctx)
    extra = Extra(where, flare, stop, note, as_json)
    if words or where or flare or note:
        raise typer.Exit(log(run, words or [], at=at, yesterday=yesterday, extra=extra))
    if stop:
        raise UsageError("A stop reason needs a tolerance on the line. Try: spinetrack log sit 35 --stop leg")
    if as_json:
        raise UsageError("--json needs the values on the line. Try: spinetrack log 4 --json")
    from spinetrack.cli.checkin import check_in

    raise typer.Exit(check_in(run, at=at, yesterday=yesterday))
