"""Warning signs: questions, outcomes, and a page to take along."""

from pathlib import Path
from typing import Annotated

import typer

from spinetrack.cli.options import Json, Since, Until, app_of, period_of, print_json
from spinetrack.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def screen(
    ctx: typer.Context,
    *,
    short: Annotated[bool, typer.Option("--short", help="Only the six short questions.")] = False,
    none: Annotated[bool, typer.Option("--none", help="No to every question.")] = False,
    yes: Annotated[
        str | None, typer.Option("--yes", metavar="ITEMS", help="Yes to these, no to the rest: CE2,IN1+.")
    ] = None,
    unsure: Annotated[
        str | None, typer.Option("--unsure", metavar="ITEMS", help="Not sure about these: MY3.")
    ] = None,
    no: Annotated[
        str | None, typer.Option("--no", metavar="ITEMS", help="No to these; alone, the rest stays open.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer questions about signs that need a doctor. Alone, it asks you one by one.

    \b
    spinetrack screen --none
    spinetrack screen --yes CE2,IN1+ --unsure MY3
    """  # noqa: D301 - \b keeps the lines apart
    if ctx.invoked_subcommand is not None:
        return
    run = app_of(ctx)
    named = any(answer is not None for answer in (yes, unsure, no))
    if none and named:
        raise UsageError("--none and other answers cannot go together. Nothing was saved.")
    if none or named:
        from spinetrack.cli.screening import typed

        raise typer.Exit(typed(run, yes=yes, unsure=unsure, no=no, short=short, as_json=as_json))
    if not run.stdin_is_terminal:
        raise UsageError(
            "Nobody is there to answer. Nothing was saved.",
            hint="Write the answers: spinetrack screen --none, or --yes CE2",
        )
    from spinetrack.cli.screen_talk import guided

    raise typer.Exit(guided(run, short=short))


@app.command("list")
def list_screens(
    ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False
) -> None:
    """List what was answered and what came of it, oldest first."""
    from spinetrack.cli.showing import show
    from spinetrack.views.screen_page import list_page

    run = app_of(ctx)
    first, last = period_of(run, since, until)
    with run.open_store() as store:
        everything = store.diary(None, run.today()).screens
    found = [s for s in everything if (not first or s.day >= first) and (not last or s.day <= last)]
    if as_json:
        from spinetrack.views.json_docs import screens_doc

        print_json(run, screens_doc(found))
    else:
        show(run, list_page(found, everything, run.today(), plain=run.plain))


@app.command()
def outcome(  # noqa: PLR0913
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The number in spinetrack screen list.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What they said.")] = "",
    *,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help='Who saw you: "A&E".')] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When they saw you.")] = None,
    mistake: Annotated[bool, typer.Option("--mistake", help="It was a wrong key.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="It passed, and nobody saw it.")] = False,
    booked: Annotated[bool, typer.Option("--booked", help="A visit is booked.")] = False,
    old: Annotated[
        str | None, typer.Option("--old", metavar="ITEM", help="This item is old and known; needs --by.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what came of a warning sign. Example: spinetrack screen outcome 7 "all clear" --by "A&E"."""
    from spinetrack.cli.outcomes import Said, write_outcome

    said = Said(number, text.strip(), by, on, mistake, gone, booked, old)
    raise typer.Exit(write_outcome(app_of(ctx), said, as_json=as_json))


@app.command()
def page(
    ctx: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it here.")
    ] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    everything: Annotated[
        bool, typer.Option("--with-everything", help="Also thoughts of hurting yourself.")
    ] = False,
) -> None:
    """Write one page to show a doctor or nurse."""
    from spinetrack.cli.record import look
    from spinetrack.views.page import paint
    from spinetrack.views.screen_page import paper_page

    run = app_of(ctx)
    diary, assessment = look(run)
    found = paper_page(diary, assessment, everything=everything)
    if output is None:
        run.say(paint(found, width=run.width, plain=run.plain, colour=run.colour))
        return
    from spinetrack.cli.outcomes import write_private

    write_private(output, paint(found, width=80, plain=False, colour=False) + "\n", force=force)
    run.say(f"Written: {output}. Only you can read it on this computer.")
