"""`spinetrack treat`: what was tried, in what dose, by whom, and what it changed."""

from typing import Annotated

import typer

from spinetrack.cli.options import Json, Note, Since, Until, app_of
from spinetrack.cli.treat_write import Said

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="What you tried, and what it changed.",
)  # fmt: skip

Number = Annotated[str, typer.Argument(metavar="ID", help="The number in spinetrack treat list.")]
Kind = Annotated[list[str], typer.Argument(metavar="KIND", help="What it is: physiotherapy, tai chi, mri.")]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="How you call it.")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The first day, past or ahead: 2026-11-20, 3w ago, mon."),
]
End = Annotated[
    str | None, typer.Option("--end", metavar="DATE", help="The last day of a course; none takes it away.")
]
Sessions = Annotated[
    int | None, typer.Option("--sessions", min=1, max=500, help="How many sessions were agreed.")
]
With = Annotated[
    str | None, typer.Option("--with", metavar="WHO", help="Who of your team: a name, a role or a number.")
]
Dose = Annotated[
    str | None, typer.Option("--dose", metavar="TEXT", help='How much, how often: "2 x a week, 30 min".')
]
Active = Annotated[
    bool | None, typer.Option("--active/--passive", help="You do it yourself, or have it done.")
]
Region = Annotated[str | None, typer.Option("--region", metavar="TEXT", help="Where: low back, neck, L5.")]
Result = Annotated[
    str | None, typer.Option("--result", metavar="TEXT", help="What an investigation found, in words.")
]
Agreed = Annotated[
    bool | None,
    typer.Option("--agreed/--not-agreed", help="Your physio agreed that training may build up after it."),
]
Window = Annotated[
    str | None, typer.Option(metavar="DAYS", help="Days to compare, in place of the usual: 28d, 4w.")
]


@app.callback()
def treat(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List what you tried, by what it changed."""
    if ctx.invoked_subcommand is None:
        from spinetrack.cli.treat_show import show_treatments

        show_treatments(app_of(ctx), None, None, as_json=as_json)


@app.command()
def add(  # noqa: PLR0913
    ctx: typer.Context,
    words: Kind,
    *,
    name: Name = None,
    on: On = None,
    end: End = None,
    sessions: Sessions = None,
    person: With = None,
    dose: Dose = None,
    active: Active = None,
    region: Region = None,
    result: Result = None,
    agreed: Agreed = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Record something you try, or an investigation.

    \b
    spinetrack treat add physiotherapy --on 2026-09-08 --sessions 6 --with Dana
    spinetrack treat add mri --on "3 weeks ago" --result "a bulge at L5"
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.treat_write import add_treatment

    said = Said(name, on, end, sessions, person, dose, active, region, result, agreed, note)
    add_treatment(app_of(ctx), " ".join(words), said, as_json=as_json)


@app.command()
def edit(  # noqa: PLR0913
    ctx: typer.Context,
    number: Number,
    *,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="What it is.")] = None,
    name: Name = None,
    on: On = None,
    end: End = None,
    sessions: Sessions = None,
    person: With = None,
    dose: Dose = None,
    active: Active = None,
    region: Region = None,
    result: Result = None,
    agreed: Agreed = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Change what you said of one. Example: spinetrack treat edit 2 --sessions 8."""
    from spinetrack.cli.treat_write import edit_treatment

    said = Said(name, on, end, sessions, person, dose, active, region, result, agreed, note)
    edit_treatment(app_of(ctx), number, kind, said, as_json=as_json)


@app.command()
def done(
    ctx: typer.Context,
    number: Number,
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the session: mon, 2026-11-20.")
    ] = None,
    dose: Dose = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Record one session of a course. Example: spinetrack treat done 1 --dose "30 min"."""
    from spinetrack.cli.treat_write import add_session

    add_session(app_of(ctx), number, on, dose, note, as_json=as_json)


@app.command()
def end(
    ctx: typer.Context,
    number: Number,
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The last day; without it, today.")
    ] = None,
    stopped: Annotated[
        str | None,
        typer.Option("--stopped", metavar="WHY", help="It was left before it was finished, and why."),
    ] = None,
    finished: Annotated[
        bool,
        typer.Option("--finished", help="It was done as agreed, also when sessions are not all recorded."),
    ] = False,
    as_json: Json = False,
) -> None:
    """End a course. Example: spinetrack treat end 1 --stopped "moved away"."""
    from spinetrack.cli.treat_write import end_treatment

    end_treatment(app_of(ctx), number, on, stopped, finished=finished, as_json=as_json)


@app.command()
def remove(ctx: typer.Context, number: Number, *, as_json: Json = False) -> None:
    """Take one off the record, with its sessions. Example: spinetrack treat remove 3."""
    from spinetrack.cli.treat_write import remove_treatment

    remove_treatment(app_of(ctx), number, as_json=as_json)


@app.command("list")
def show_list(ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False) -> None:
    """List what you tried by what it changed, each with what ran beside it."""
    from spinetrack.cli.treat_show import show_treatments

    show_treatments(app_of(ctx), since, until, as_json=as_json)


@app.command()
def kinds(ctx: typer.Context) -> None:
    """List the kinds there are."""
    from spinetrack.cli.treat_show import show_kinds

    show_kinds(app_of(ctx))


@app.command()
def effect(
    ctx: typer.Context,
    number: Number,
    *,
    metric: Annotated[
        str | None, typer.Option("--metric", metavar="MEASURE", help="What to compare: pain, sit, walk.")
    ] = None,
    before: Window = None,
    after: Window = None,
    as_json: Json = False,
) -> None:
    """Compare the days before it with the days after. Example: spinetrack treat effect 1 --metric sit."""
    from spinetrack.cli.treat_show import show_effect

    show_effect(app_of(ctx), number, metric, before, after, as_json=as_json)
