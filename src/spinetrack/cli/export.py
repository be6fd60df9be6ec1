"""Your data as a file: all of it for another computer, or a table, or for a clinic's program."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Since, Until, app_of, period_of
from spinetrack.cli.sealing import Passphrase, Seal, To, sealed_place, sealer
from spinetrack.errors import BusyError, DiaryFileError, UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spinetrack.exchange.formats import Format, Source
    from spinetrack.store import Store

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL = "bundle"
STANDARD_OUTPUT = "-"

Redact = Annotated[bool, typer.Option("--redact", help="Leave out names, notes and dates. For reading only.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Raw = Annotated[bool, typer.Option("--raw", help="Every row of the diary file, also of a newer spinetrack.")]


@app.command()
def export(  # noqa: PLR0913 - each is an option of the line
    ctx: typer.Context,
    *,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to write it; - writes to the screen."),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="bundle, csv, csv-daily or fhir.")
    ] = None,
    since: Since = None,
    until: Until = None,
    redact: Redact = False,
    force: Force = False,
    raw: Raw = False,
    passphrase: Passphrase = False,
    to: To = None,
) -> None:
    """Write your data to a file that only you can read.

    \b
    spinetrack export                         all of it, for another computer
    spinetrack export --format csv            a table, one value a row
    spinetrack export --format csv-daily      a table, one day a row
    spinetrack export --format fhir           for a clinic's program
    spinetrack export --since 12w --redact    without names, notes and dates
    spinetrack export --passphrase            encrypted: whoever knows it can open it

    Take it in on another computer with: spinetrack import FILE
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    if raw:
        if format_name or since or until or redact:
            raise UsageError("--raw writes all there is. Leave the other options away.")
        seal = sealer(run, passphrase=passphrase, to=to)
        _export_raw(run, output, seal, force=force)
        return
    from spinetrack.exchange.formats import FORMATS, Source

    name = _format(format_name, output)
    first, last = period_of(run, since, until)
    seal = sealer(run, passphrase=passphrase, to=to)
    place = _place(run, output or _usual_name(run, FORMATS[name], redacted=redact), seal, force=force)
    with run.open_store() as store:
        if store.patient() is None:
            raise ValueRefusedError("There is no diary yet. Nothing was written.")
        source = Source(store, run.now(), run.today(), first, last, redacted=redact)
        _hand_over(run, name, source, place, seal, force=force)


def _format(said: str | None, output: str | None) -> str:
    """Return the format: as said, else a table or FHIR by the ending of the file, else the bundle.

    Raises:
        UsageError: there is no such format.

    """
    from spinetrack.exchange.formats import FORMATS

    if said is not None:
        name = said.strip().lower().replace("_", "-")
        if name in FORMATS:
            return name
        raise UsageError(f'There is no format "{said[:20]}".', hint=f"The formats are: {', '.join(FORMATS)}.")
    ends = (output or "").lower().removesuffix(".age")
    fitting = [name for name, row in FORMATS.items() if ends.endswith(row.suffix)]
    return max(fitting, key=lambda name: len(FORMATS[name].suffix), default=USUAL)


def _usual_name(run: App, row: "Format", *, redacted: bool) -> str:
    """Return what the file is called. The day of a redacted one would tell which days are counted."""
    return f"spinetrack-{'redacted' if redacted else run.today().isoformat()}{row.suffix}"


def _hand_over(
    run: App, name: str, source: "Source", place: "Path | None", seal: Seal | None, *, force: bool
) -> None:
    """Write the file, say where it is, and keep in the diary that it was made."""
    from spinetrack.exchange.formats import FORMATS

    pieces = list(FORMATS[name].write(source))
    _write(run, place, pieces, seal, force=force)
    if place is not None:
        _say(run, place, FORMATS[name], source, pieces)
        if seal is not None:
            run.say(seal.said)
    _note(run, source.store, name, source)


def _place(run: App, output: str, seal: Seal | None, *, force: bool) -> "Path | None":
    """Return where the file goes, None for standard output; refuse a place that is taken."""
    from pathlib import Path

    from spinetrack.exchange.files import refuse_existing

    if output == STANDARD_OUTPUT:
        if seal and run.is_terminal:
            raise UsageError("A screen cannot show an encrypted file. Nothing was written.")
        return None
    place = Path(output).expanduser()
    place = sealed_place(place) if seal else place
    refuse_existing(place, force=force)
    return place


def _write(
    run: App,
    place: "Path | None",
    pieces: "Sequence[bytes]",
    seal: Seal | None,
    *,
    force: bool,
) -> None:
    from spinetrack.exchange.files import write_private

    if seal is not None:
        pieces = [seal.close(b"".join(pieces))]
    if place is not None:
        write_private(place, pieces, force=force)
        return
    run.out.flush()
    screen = getattr(run.out, "buffer", None)
    for piece in pieces:
        if screen is not None:
            screen.write(piece)
        else:
            run.out.write(piece.decode())


def _say(run: App, place: "Path", row: "Format", source: "Source", pieces: "Sequence[bytes]") -> None:
    run.say(f"Written: {place.absolute()}")
    if source.redacted:
        run.say("Names, notes and dates are left out. It is for reading: it cannot be taken in.")
    elif not row.lossless:
        run.say("Not all of your diary fits in it. A whole copy: spinetrack export")
    elif source.since or source.until:
        run.say("It holds these days, and the plan behind them. A whole copy: spinetrack export")
    else:
        run.say(f"All of your diary is in it: {len(pieces) - 1} records.")
        run.say("On another computer: spinetrack import FILE")
    if row.lossless:
        from spinetrack.exchange.bundle import unreadable

        odd = unreadable(pieces[1:])
        if odd:
            run.complain(f"{odd} of the records cannot be taken in again. Please report this line.")


def _note(run: App, store: "Store", name: str, source: "Source") -> None:
    """Keep in the diary that an export was made. The export stands, whether or not that can be."""
    from spinetrack.recovery.diary import Handover

    row = Handover(
        "export",
        name,
        run.now(),
        run.today(),
        source.since,
        source.until,
        ("names", "notes", "dates") if source.redacted else (),
        source.redacted,
    )
    try:
        with store.write("export") as writer:
            writer.add(row)
    except (DiaryFileError, BusyError) as error:
        run.complain(f"The file is written. The diary could not note it: {error}")


def _export_raw(run: App, output: str | None, seal: Seal | None, *, force: bool) -> None:
    from io import StringIO

    place = _place(run, output or f"spinetrack-{run.today().isoformat()}-raw.ndjson", seal, force=force)
    text = StringIO()
    with run.open_store() as store:
        store.raw_export(text)
    _write(run, place, [text.getvalue().encode()], seal, force=force)
    if place is not None:
        run.say(f"Written: {place.absolute()}")
        run.say("It holds every row of the diary file as it is. spinetrack cannot take it in.")
        if seal is not None:
            run.say(seal.said)
