"""`spinetrack undo` and `redo`: take back the last write, and put it back."""

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def undo(ctx: typer.Context, as_json: Json = False) -> None:
    """Take back the last thing recorded. Type it again for the one before.

    Answers about warning signs stay: spinetrack screen outcome says what came of them.
    """
    run = app_of(ctx)
    with run.open_store() as store:
        found = store.undo()
    _say(run, "undone", found, as_json=as_json)


@app.command()
def redo(ctx: typer.Context, as_json: Json = False) -> None:
    """Put back what the last undo took."""
    run = app_of(ctx)
    with run.open_store() as store:
        found = store.redo()
    _say(run, "redone", found, as_json=as_json)


def _say(run: App, what: str, found: str | None, *, as_json: bool) -> None:
    back = "redo" if what == "undone" else "undo"
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(**{what: found}))
    elif found is None:
        run.say("There is nothing to undo." if what == "undone" else "There is nothing to put back.")
    else:
        run.say(f"{'Undone' if what == 'undone' else 'Back again'}: {found}")
        run.say(f"{back}: spinetrack {back}")
