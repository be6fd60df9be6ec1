"""About the patient: six questions, each skippable, and the care questions."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import UsageError

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def profile(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Answer six questions about you; Enter skips one. Example: spinetrack profile set country UK."""
    if ctx.invoked_subcommand is not None:
        return
    run = app_of(ctx)
    if as_json or not run.stdin_is_terminal:
        _show(run, as_json=as_json)
        return
    from spinetrack.cli.asking import ask_profile

    raise typer.Exit(ask_profile(run))


@app.command("show")
def show_profile(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Show what the diary knows about you."""
    _show(app_of(ctx), as_json=as_json)


def _show(run: App, *, as_json: bool) -> None:
    with run.open_store() as store:
        diary = store.diary(run.today(), run.today())
    if as_json:
        from spinetrack.views.json_docs import profile_doc

        print_json(run, profile_doc(diary, run.today()))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.profile_page import profile_page

    show(run, profile_page(diary, run.today()))


@app.command("set")
def set_fact(
    ctx: typer.Context,
    key: Annotated[
        str, typer.Argument(help="country, units, regions, onset, name, carer, rises, worse, eases, tags.")
    ],
    value: Annotated[list[str], typer.Argument(help="What it is.")],
    *,
    as_json: Json = False,
) -> None:
    """Set one line.

    \b
    spinetrack profile set country UK
    spinetrack profile set tags ulcer,kidney     what to ask about before a painkiller
    spinetrack profile set weight-under-50 yes
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.facts import fact_value
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import ProfileFact
    from spinetrack.views.echo import line

    run = app_of(ctx)
    name = key.strip().lower()
    kept = fact_value(name, " ".join(value))
    row = ProfileFact(name, kept, run.now(), run.today())
    record(run, f"profile set {name}", lambda _, writer: writer.add(row))
    if as_json:
        _show(run, as_json=True)
        return
    for text in line(f"Profile: {name}", [kept.replace(",", ", ")], width=run.width, plain=run.plain):
        run.say(text)


@app.command()
def gates(
    ctx: typer.Context,
    *,
    none: Annotated[bool, typer.Option("--none", help="No to all of them.")] = False,
    yes: Annotated[
        str | None,
        typer.Option("--yes", metavar="NAMES", help="Yes to these, no to the rest: surgery,heart."),
    ] = None,
    unsure: Annotated[
        str | None, typer.Option("--unsure", metavar="NAMES", help="Not sure about these; they count as yes.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer the care questions: what to be careful with. Alone, it asks you."""
    run = app_of(ctx)
    if none and (yes or unsure):
        raise UsageError("--none and --yes cannot go together. Nothing was saved.")
    if not (none or yes or unsure):
        if as_json or not run.stdin_is_terminal:
            _show_gates(run, as_json=as_json)
            return
        from spinetrack.cli.asking import ask_gates

        raise typer.Exit(ask_gates(run))
    _write_gates(run, yes or "", unsure or "")
    if as_json:
        _show(run, as_json=True)
    else:
        _echo_gates(run)


def _write_gates(run: App, yes: str, unsure: str) -> None:
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import ProfileFact
    from spinetrack.recovery.profile import GATES, check_gates

    named = {*check_gates(yes.split(",")), *check_gates(unsure.split(","))}

    def write(_: "Store", writer: "Writer") -> None:
        for name in GATES:
            answer = "yes" if name in named else "no"
            writer.add(ProfileFact(f"gate:{name}", answer, run.now(), run.today()))

    record(run, "profile gates", write)


def _echo_gates(run: App) -> None:
    from spinetrack.recovery.profile import gates_of
    from spinetrack.views.echo import fold, line
    from spinetrack.views.profile_page import mode_words

    diary = _diary(run)
    named = [name for name, answer in gates_of(diary, run.today()).items() if answer]
    parts = [f"yes to {', '.join(named)}", "no to the rest"] if named else ["no to all nine"]
    for text in line("Care questions", parts, width=run.width, plain=run.plain):
        run.say(text)
    for text in fold(mode_words(diary, run.today()), min(run.width, 80)):
        run.say(text)


def _show_gates(run: App, *, as_json: bool) -> None:
    if as_json:
        _show(run, as_json=True)
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.profile_page import gates_page

    show(run, gates_page(_diary(run), run.today()))


def _diary(run: App) -> "Diary":
    with run.open_store() as store:
        return store.diary(run.today(), run.today())
