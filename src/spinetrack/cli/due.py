"""`spinetrack due`: for a reminder to ask whether to speak up. Its line says nothing about health."""

import typer

from spinetrack.cli.options import app_of
from spinetrack.errors import DiaryFileError, ExitCode

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LINE = "Your diary has a question for you: spinetrack"


@app.command()
def due(ctx: typer.Context) -> None:
    """Say whether your diary waits for you: one line and exit code 0, or exit code 1.

    For reminders: spinetrack due && notify-send spinetrack

    It waits while today has no entry, and for a question about warning signs. It writes nothing, and its
    line says nothing about your health.
    """
    run = app_of(ctx)
    from spinetrack.cli.record import look
    from spinetrack.recovery.waiting import is_waiting

    try:
        with run.open_store() as store:
            if store.patient() is None:
                raise typer.Exit(ExitCode.REFUSED)
            _, assessment = look(run, store)
            half_done = store.draft() is not None
    except DiaryFileError as closed:
        closed.hint = ""  # A reminder has room for one line.
        raise
    run.afterwards = None  # A reminder runs beside other work: it leaves the copies alone.
    if not is_waiting(assessment, half_done=half_done):
        if run.is_terminal:
            run.complain("Nothing waits for you.")
        raise typer.Exit(ExitCode.REFUSED)
    run.say(LINE)
