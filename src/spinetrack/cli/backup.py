"""`spinetrack backup`: a checked copy of the diary."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.cli.sealing import Passphrase, Seal, To, sealer
from spinetrack.errors import ValueRefusedError

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def backup(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Where it goes; else beside the diary.", show_default=False),
    ] = None,
    *,
    passphrase: Passphrase = False,
    to: To = None,
    as_json: Json = False,
) -> None:
    """Copy the diary and check the copy. Another terminal may go on writing.

    The last copies of 7 days, 8 weeks and 12 months stay, in a folder of your own too: backup
    /media/stick. There it leaves alone what is not of this diary. Beside the diary the first record of
    a day makes one by itself.

    Beside each copy lies its checksum, which sha256sum can test. An encrypted copy needs its passphrase
    or key again; such copies are never taken away for you.
    """
    run = app_of(ctx)
    place = folder.expanduser() if folder else None
    seal = sealer(run, passphrase=passphrase, to=to)
    if seal is not None:
        _seal(run, place, seal, as_json=as_json)
        return
    with run.open_store() as store:
        copy = store.backup("asked", place)
    from spinetrack.store.backups import look_into

    inside = look_into(copy)
    if as_json:
        from spinetrack.store.backup import noted_digest
        from spinetrack.views.backup_page import inside_doc
        from spinetrack.views.json_docs import document

        kept = {"file": str(copy), "sha256": noted_digest(copy), "size": copy.stat().st_size}
        print_json(run, document(backup={**kept, **inside_doc(inside)}))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.backup_page import made_page

    way_back = f"spinetrack restore {quote(str(copy))}" if folder else "spinetrack restore 1"
    show(run, made_page(copy, inside, way_back, run.today()))


def _seal(run: App, place: Path | None, seal: Seal, *, as_json: bool) -> None:
    from spinetrack.store.backup import write_sealed

    with run.open_store() as store:
        if store.patient() is None:
            raise ValueRefusedError("There is no diary yet. No copy was made.")
        copy = write_sealed(store.path, run.now(), seal.close, place)
    if as_json:
        from spinetrack.store.backup import noted_digest
        from spinetrack.views.json_docs import document

        kept = {"file": str(copy), "sha256": noted_digest(copy), "size": copy.stat().st_size}
        print_json(run, document(backup=kept))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.backup_page import sealed_page

    show(run, sealed_page(copy, seal.said, f"spinetrack restore {quote(str(copy))}"))
