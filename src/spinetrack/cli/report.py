"""The page for the next visit: what changed, what was tried, what to ask."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Until, app_of
from spinetrack.cli.report_read import NOTHING, Asked, Period, read_report
from spinetrack.cli.sealing import (
    LOST,
    Passphrase,
    Seal,
    To,
    new_passphrase,
    sealed_place,
    sealer,
    unsealed_place,
)
from spinetrack.errors import SpinetrackError, UsageError

if TYPE_CHECKING:
    from spinetrack.report.model import Report

app = typer.Typer(add_completion=False, rich_markup_mode=None)

WIDEST = 100
PDF = "pdf"
SCREEN = Path("-")

ReportSince = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="WHEN", help="From: 8w, 2026-03-01, visit, visit:NAME, or report (the last)."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write it here; the ending says the format."),
]
Form = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="html, pdf, md or text (on the screen).")
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="PARTS", help="Leave out: notes,meds. Page one says so.", show_default=False
    ),
]
Redact = Annotated[bool, typer.Option("--redact", help="No names, no words of yours, days counted.")]
Preview = Annotated[bool, typer.Option("--preview", help="List what it would hold; write nothing.")]
Everything = Annotated[bool, typer.Option("--with-everything", help="Also thoughts of hurting yourself.")]


@app.command()
def report(  # noqa: PLR0913 - each is an option of the line
    ctx: typer.Context,
    *,
    output: Output = None,
    form: Form = None,
    since: ReportSince = None,
    until: Until = None,
    without: Without = None,
    redact: Redact = False,
    short: Annotated[bool, typer.Option("--short", help="Two pages: page one and the charts.")] = False,
    preview: Preview = False,
    show: Annotated[bool, typer.Option("--open", help="Open the file when it is written.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    everything: Everything = False,
    passphrase: Passphrase = False,
    to: To = None,
) -> None:
    """Write a report for your physio, as a file in this folder.

    It begins at your last visit to a physio, else 12 weeks ago.

    \b
    spinetrack report
    spinetrack report --format pdf --short
    spinetrack report --since visit:physio --without notes,meds -o for-anna.html
    spinetrack report --format pdf --passphrase

    A PDF with a passphrase opens in every PDF program. Other formats become an age file.
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    asked = Asked(since, until, _parts(without or []), short, redact, everything)
    kind = _format(form, unsealed_place(output) if output else None)
    place = _place(run, output, kind, redacted=redact)
    lock = None if preview else _lock(run, place, kind, passphrase=passphrase, to=to, show=show)
    if place is not None and not preview:
        place = sealed_place(place) if lock is not None and (to or kind != PDF) else place
        _refuse_existing(place, force=force)
    made, period = read_report(run, asked)
    if preview:
        _say_preview(run, made, place)
    elif place is None:
        _say_text(run, made) if kind == "text" else _say_source(run, made, kind)
    else:
        _write(run, made, place, kind, lock, force=force)
        if lock is not None:
            run.say(lock.said)
        _remember(run, kind, period, asked)
        if show:
            _open(run, place)


def _lock(
    run: App, place: Path | None, kind: str, *, passphrase: bool, to: list[str] | None, show: bool
) -> Seal | None:
    """Return what encrypts the file, None when that was not asked for.

    Raises:
        UsageError: there is no file, or it could not be opened afterwards.

    """
    if not passphrase and not to:
        return None
    if place is None:
        raise UsageError(f"What stands on the screen cannot be encrypted. Name a file: -o FILE. {NOTHING}")
    if kind == PDF and passphrase and not to:
        from spinetrack.report.pdf import lock_pdf

        secret = new_passphrase(run)
        return Seal(lambda drawn: lock_pdf(drawn, secret), LOST)
    if show:
        raise UsageError(f"An encrypted file cannot be opened from here. Leave --open away. {NOTHING}")
    return sealer(run, passphrase=passphrase, to=to)


def _parts(words: list[str]) -> frozenset[str]:
    """Return the parts to leave out.

    Raises:
        UsageError: a word is none of them.

    """
    from spinetrack.report.wish import ALSO_CALLED, LEAVABLE

    typed = [word.strip().lower() for text in words for word in text.split(",") if word.strip()]
    found = [ALSO_CALLED.get(word, word) for word in typed]
    for word in found:
        if word not in LEAVABLE:
            signs = (
                " Warning signs are never left out." if word.startswith(("sign", "warn", "screen")) else ""
            )
            raise UsageError(
                f'There is no part called "{word[:30]}".{signs} {NOTHING}',
                hint=f"Parts: {', '.join(LEAVABLE)}",
            )
    return frozenset(found)


def _format(form: str | None, output: Path | None) -> str:
    """Return the format: as said, else by the ending of the file, else HTML.

    Raises:
        UsageError: there is no such format.

    """
    from spinetrack.report.formats import FORMATS, format_of

    if form is not None:
        word = form.strip().lower().lstrip(".")
        found = word if word in FORMATS else format_of(f".{word}")
        if found is None:
            raise UsageError(f'There is no format "{form[:20]}". It can be: {", ".join(FORMATS)}. {NOTHING}')
        return found
    if output is None:
        return next(iter(FORMATS))
    if output == SCREEN:
        return "text"
    found = format_of(output.suffix)
    if found is None:
        endings = ", ".join(row.suffixes[0] for row in FORMATS.values())
        raise UsageError(f"The ending of {output.name} says no format. Use one of {endings}. {NOTHING}")
    return found


def _place(run: App, output: Path | None, kind: str, *, redacted: bool) -> Path | None:
    """Return where it goes: as said, else a file of this folder; None for the screen.

    Raises:
        UsageError: a PDF was asked for on the screen.

    """
    from spinetrack.report.formats import FORMATS

    if output == SCREEN and kind == PDF:
        raise UsageError(f"A PDF cannot stand on the screen. Name a file: -o FILE. {NOTHING}")
    if output == SCREEN or (output is None and kind == "text"):
        return None
    if output is not None:
        return output
    name = "redacted" if redacted else run.today().isoformat()
    return Path(f"spinetrack-report-{name}{FORMATS[kind].suffixes[0]}")


def _refuse_existing(place: Path, *, force: bool) -> None:
    from spinetrack.exchange.files import refuse_existing

    refuse_existing(place, force=force)


def _say_preview(run: App, made: "Report", place: Path | None) -> None:
    from spinetrack.report.build import outline
    from spinetrack.report.text import wrapped

    where = "on the screen" if place is None else f"in {place}"
    for line in (f"This report would stand {where}. Nothing was written.", *outline(made)):
        for part in [line] if run.plain else wrapped(line, run.width):
            run.say(part)


def _say_text(run: App, made: "Report") -> None:
    from spinetrack.cli.showing import only_ascii
    from spinetrack.report.text import write_text

    text = write_text(
        made,
        width=min(run.width, WIDEST),
        plain=run.plain,
        wrap=not run.plain_asked,
        colour=run.colour,
        ascii=only_ascii(run),
    )
    run.say(text.rstrip("\n"))


def _say_source(run: App, made: "Report", kind: str) -> None:
    """Print what the file would hold, for another program."""
    from spinetrack.report.formats import FORMATS

    data = FORMATS[kind].write(made, "us-letter" if _in_the_us(run) else "a4")
    run.say(data.decode().rstrip("\n"))


def _write(
    run: App,
    made: "Report",
    place: Path,
    kind: str,
    lock: Seal | None,
    *,
    force: bool,
) -> None:
    from spinetrack.exchange.files import write_private
    from spinetrack.report.formats import FORMATS

    data = FORMATS[kind].write(made, "us-letter" if _in_the_us(run) else "a4")
    written = write_private(place, lock.close(data) if lock else data, force=force)
    run.say(f"Written: {written}")
    run.say("Only you can read it on this computer. Look at it before you hand it over.")


def _in_the_us(run: App) -> bool:
    from spinetrack.recovery.places import place
    from spinetrack.recovery.profile import value_of

    with run.open_store() as store:
        diary = store.diary(run.today(), run.today())
    return place(value_of(diary, "country")).country == "US"


def _remember(run: App, kind: str, period: Period, asked: Asked) -> None:
    from spinetrack.recovery.diary import Handover

    made = Handover(
        "report",
        kind,
        run.now(),
        run.today(),
        period.since,
        period.until,
        tuple(sorted(asked.without)),
        asked.redacted,
    )
    with run.open_store() as store, store.write("report") as writer:
        writer.add(made)


def _open(run: App, place: Path) -> None:
    """Open the file with what this computer uses for it.

    Raises:
        SpinetrackError: nothing does.

    """
    run.out.flush()
    if typer.launch(str(place.expanduser().resolve())):
        raise SpinetrackError(f"Nothing on this computer opens {place}. It is written all the same.")
