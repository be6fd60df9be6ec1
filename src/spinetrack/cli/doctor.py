"""`spinetrack doctor`: is the diary well, and what to do where it is not."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import BusyError, ExitCode

if TYPE_CHECKING:
    from spinetrack.store.health import Health

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def doctor(
    ctx: typer.Context,
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be without losing anything.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look whether the diary, its folder and its copies are well.

    Each finding says what to do. It works on a damaged diary too, and names the newest good copy.
    """
    run = app_of(ctx)
    from spinetrack.store.doctor import examine

    run.hold_keys()
    try:
        health = examine(run.home, run.now(), run.complain, repair=repair)
    except BusyError as busy:
        _name_holder(run, busy)
        raise
    if as_json:
        from spinetrack.views.doctor_page import doctor_doc
        from spinetrack.views.json_docs import document

        print_json(run, document(**doctor_doc(health)))
    else:
        from spinetrack.cli.showing import show
        from spinetrack.views.doctor_page import doctor_page

        show(run, doctor_page(health, run.now()))
    raise typer.Exit(_code(health))


def _code(health: "Health") -> int:
    if health.state in {"damaged", "newer", "closed"}:
        return ExitCode.FILE
    left = any(finding.level != "note" and not finding.repaired for finding in health.findings)
    return ExitCode.REFUSED if left else ExitCode.OK


def _name_holder(run: App, busy: BusyError) -> None:
    """Say which process holds the diary, where the system tells."""
    from spinetrack.store.holders import holder_of

    with run.open_store() as store:
        number = holder_of(store.path)
    if number is not None:
        busy.hint = f"It is process {number}. If it is stuck, end it: kill {number}"
