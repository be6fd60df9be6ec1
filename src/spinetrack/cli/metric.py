"""`spinetrack metric`: what can be recorded, and measures of your own."""

from typing import Annotated, Literal

import typer

from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import ValueRefusedError

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="Add, list or hide things to record.",
)  # fmt: skip


@app.callback()
def metric(ctx: typer.Context, as_json: Json = False) -> None:
    """List what can be recorded, and add measures of your own."""
    if ctx.invoked_subcommand is None:
        show_list(ctx, as_json)


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you will type: read-to-child.")],
    unit: Annotated[str, typer.Option("--unit", help="min, m, 0-10, yes/no, count or kg.")] = "0-10",
    better: Annotated[
        Literal["up", "down"] | None, typer.Option("--better", help="Which way is better: up or down.")
    ] = None,
    label: Annotated[str, typer.Option("--label", help="How it is called on the screens.")] = "",
    low: Annotated[float | None, typer.Option("--low", help="The lowest value.")] = None,
    high: Annotated[float | None, typer.Option("--high", help="The highest value.")] = None,
    as_json: Json = False,
) -> None:
    """Add a measure of your own: metric add read-to-child --unit min --better up."""
    from spinetrack.recovery.metrics import new_metric

    run = app_of(ctx)
    with run.open_store() as store:
        taken = [own.key for own in store.diary(run.today(), run.today()).metrics]
        own = new_metric(name, label, unit, better, low, high, taken)
        with store.write(f"metric add {own.key}") as writer:
            writer.add(own)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(
            run, document(metric={"key": own.key, "label": own.label, "unit": own.unit, "better": own.better})
        )
        return
    run.say(f"Added: {own.key} ({own.unit}). Record it with: spinetrack log {own.key} …")
    run.say("undo: spinetrack undo")


@app.command("list")
def show_list(ctx: typer.Context, as_json: Json = False) -> None:
    """List what can be recorded."""
    from spinetrack.recovery.metrics import known

    run = app_of(ctx)
    with run.open_store() as store:
        table = known(store.diary(run.today(), run.today()).metrics)
    if as_json:
        from spinetrack.views.json_docs import document

        listed = [
            {"key": m.key, "label": m.label, "unit": m.unit, "better": m.better, "custom": m.custom}
            for m in table.values()
        ]
        print_json(run, document(metrics=listed))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.page import Rows

    rows = tuple((m.key, m.label, m.form) for m in table.values())
    page = (Rows(rows, head=("Type", "Measure", "For example")),)
    show(run, page)


@app.command("hide")
def hide(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A measure you added.")],
    as_json: Json = False,
) -> None:
    """Stop offering a measure you added. What you recorded with it stays."""
    run = app_of(ctx)
    with run.open_store() as store:
        own = {m.key: m for m in store.diary(run.today(), run.today()).metrics}
        found = own.get(name.strip().lower())
        if found is None:
            listed = f" Yours: {', '.join(own)}." if own else ""
            raise ValueRefusedError(f'You added no measure called "{name}".{listed} Nothing was changed.')
        with store.write(f"metric hide {found.key}") as writer:
            writer.remove(found)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(hidden=found.key))
        return
    run.say(f"Hidden: {found.key}. What you recorded with it stays.")
    run.say("undo: spinetrack undo")
