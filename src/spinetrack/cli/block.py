"""`spinetrack block`: the timed diary after a diagnostic block."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, Since, Until, app_of, period_of, print_json

if TYPE_CHECKING:
    from spinetrack.recovery.block_diary import Curve

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="The diary of the hours after a test injection.",
)  # fmt: skip

Number = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="The block's number; the last without it.", show_default=False),
]


@app.callback()
def block(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Show what comes next in the diary after a test injection.

    \b
    spinetrack block start --pain 8
    spinetrack block rate 4 --doing "sat 20 min"
    """  # noqa: D301 - \b keeps the lines apart
    if ctx.invoked_subcommand is None:
        from spinetrack.cli.block_show import show_next

        raise typer.Exit(show_next(app_of(ctx), as_json=as_json))


@app.command()
def start(
    ctx: typer.Context,
    *,
    pain: Annotated[
        str | None, typer.Option("--pain", metavar="0-10", help="Your pain just before it.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="What was numbed.")] = None,
    treatment: Annotated[
        str | None, typer.Option("--treatment", metavar="ID", help="The injection it belongs to.")
    ] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Begin with the pain just before it. Example: spinetrack block start --pain 8."""
    from spinetrack.cli.block_write import Started, start_block

    run = app_of(ctx)
    _answer(run, *start_block(run, Started(pain, name, treatment, at)), as_json=as_json)


@app.command()
def rate(
    ctx: typer.Context,
    pain: Annotated[str, typer.Argument(metavar="PAIN", help="Your pain now, 0 to 10.")],
    *,
    doing: Annotated[
        str | None, typer.Option("--doing", metavar="TEXT", help='What you did just before: "sat 20 min".')
    ] = None,
    provoked: Annotated[
        bool | None,
        typer.Option("--provoked/--not-provoked", help="It was, or was not, a movement that usually hurts."),
    ] = None,
    relief: Annotated[
        int | None, typer.Option("--relief", min=0, max=100, help="How much relief you feel, in percent.")
    ] = None,
    took: Annotated[
        str | None,
        typer.Option("--took", metavar="WHAT", help="It came before: painkiller, sedation, exercise."),
    ] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Write your pain at this point. Example: spinetrack block rate 4 --doing "sat 20 min"."""
    from spinetrack.cli.block_write import Rated, rate_block

    run = app_of(ctx)
    _answer(run, *rate_block(run, Rated(pain, doing, provoked, relief, took, at)), as_json=as_json)


def _answer(run: App, curve: "Curve", said: tuple[str, ...], assessment: object, *, as_json: bool) -> None:
    from spinetrack.cli.block_show import echo_block

    echo_block(run, curve, said, assessment, as_json=as_json)  # type: ignore[arg-type] # Typer reads live types


@app.command()
def show(ctx: typer.Context, number: Number = None, *, as_json: Json = False) -> None:
    """Show the relief of one block as a curve and in words. Example: spinetrack block show 1."""
    from spinetrack.cli.block_show import show_block

    show_block(app_of(ctx), number, as_json=as_json)


@app.command("list")
def show_list(ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False) -> None:
    """List your blocks, oldest first."""
    from spinetrack.cli.block_show import curves
    from spinetrack.views.block_page import list_doc, list_page

    run = app_of(ctx)
    first, last = period_of(run, since, until)
    everything = curves(run)
    found = [c for c in everything if (first or c.block.day) <= c.block.day <= (last or c.block.day)]
    if as_json:
        print_json(run, list_doc(found))
        return
    from spinetrack.cli.showing import show as show_page

    show_page(run, list_page(found, run.today()))


@app.command()
def remove(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help="The block's number.")],
    *,
    as_json: Json = False,
) -> None:
    """Take a block and its answers out of the diary. Example: spinetrack block remove 1."""
    from spinetrack.cli.block_write import remove_block

    run = app_of(ctx)
    gone = remove_block(run, number)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(removed={"id": gone.id}))
        return
    stays = f" Treatment {gone.treatment_id}, the injection, stays." if gone.treatment_id else ""
    run.say(f"Taken out: block {gone.id} and its answers.{stays}")
    run.say("undo: spinetrack undo")
