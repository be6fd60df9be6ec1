"""`spinetrack undo` and `redo`: take back the last write, and put it back."""

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.store import Store

app = typer.Typer(add_completion=False, rich_markup_mode=None)

CARRY_INTAKES = frozenset({"med", "import"})
"""Commands that write what was taken."""


@app.command()
def undo(ctx: typer.Context, as_json: Json = False) -> None:
    """Take back the last thing recorded. Type it again for the one before.

    Answers about warning signs stay: spinetrack screen outcome says what came of them.
    """
    run = app_of(ctx)
    with run.open_store() as store:
        found = store.undo()
        signs = _follow_intakes(run, store, found)
    _say(run, "undone", found, as_json=as_json)
    _say_signs(run, signs, as_json=as_json)


@app.command()
def redo(ctx: typer.Context, as_json: Json = False) -> None:
    """Put back what the last undo took."""
    run = app_of(ctx)
    with run.open_store() as store:
        found = store.redo()
        signs = _follow_intakes(run, store, found)
    _say(run, "redone", found, as_json=as_json)
    _say_signs(run, signs, as_json=as_json)


def _follow_intakes(run: App, store: "Store", command: str | None) -> bool:
    """Write what an intake that came or went means for its warning sign; return whether it meant anything.

    Screens lie outside undo: the sign is closed, or opened again, by a row of its own.
    """
    if not command or command.split()[0] not in CARRY_INTAKES:
        return False
    from spinetrack.cli.record import follow_intakes, for_the_rules

    diary = for_the_rules(store, run.today())
    with store.write(f"signs after {command}") as writer:
        return follow_intakes(writer, diary, run.now(), run.today())


def _say_signs(run: App, changed: bool, *, as_json: bool) -> None:
    """Say that a warning sign of the medicine list went, or is open again."""
    if not changed or as_json:
        return
    from spinetrack.cli.med_show import CLOSED
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import say_answer

    _, assessment = look(run)
    if assessment.open_flags:
        say_answer(run, assessment)
    else:
        run.say(CLOSED)


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
