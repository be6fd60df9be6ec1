"""Options that several commands take, said once, and what their words mean."""

# Typer reads these annotations when it builds a command, so they stay live objects.
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from spinetrack.app import App
from spinetrack.cli.daily import When, moment_of
from spinetrack.errors import UsageError

At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help='When it was: 18:30, "mon 7am", 2026-03-02, "2 days ago".'),
]
Yesterday = Annotated[bool, typer.Option("-y", "--yesterday", help="It was yesterday.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="WHEN", help="From this day on: 8w, mon, 2026-03-01."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="Up to this day, with it: mon, 2026-03-01.")
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for another program.")]
Note = Annotated[
    str | None, typer.Option("--note", "-n", metavar="TEXT", help="A few words to keep with it.")
]
Words = Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", show_default=False)]

__all__ = [
    "LOOSE",
    "At",
    "Json",
    "Note",
    "Since",
    "Until",
    "When",
    "Words",
    "Yesterday",
    "app_of",
    "moment_of",
    "period_of",
    "print_json",
]  # fmt: skip

LOOSE: dict[str, Any] = {"ignore_unknown_options": True}
"""Context settings that let a word such as -3 reach our own parser."""


def app_of(ctx: typer.Context) -> App:
    """Return the run that `ctx` belongs to."""
    app = ctx.obj
    if not isinstance(app, App):
        raise TypeError(app)
    return app


def period_of(
    app: App, since: str | None, until: str | None, *, days: int | None = None
) -> tuple[date | None, date | None]:
    """Return the first and the last day that `--since` and `--until` mean, both included.

    Args:
        app: The run.
        since: The word of `--since`.
        until: The word of `--until`.
        days: How many days to take when `since` is missing; None takes all.

    Raises:
        ValueRefusedError: a word cannot be understood.
        UsageError: the period ends before it begins.

    """
    from spinetrack.recovery.when import parse_since

    last = parse_since(until, app.today()) if until else None
    if since:
        first: date | None = parse_since(since, app.today())
    else:
        first = (last or app.today()) - timedelta(days=days - 1) if days else None
    if first and last and first > last:
        raise UsageError("The period ends before it begins.")
    return first, last


def print_json(app: App, document: dict[str, object]) -> None:
    """Write `document` as JSON to standard output."""
    from spinetrack.views.json_docs import print_doc

    print_doc(app.say, document, app.out.encoding)
