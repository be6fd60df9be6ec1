"""Files that patients handed over: one in depth, or many in the order in which to read them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.opening import Key, Passphrase, ways_of
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import ExitCode, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.exchange.sealed import Ways
    from spinetrack.recovery.caseload import Case, Skipped
    from spinetrack.report.model import Report

app = typer.Typer(add_completion=False, rich_markup_mode=None)

ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
MANY = 100
"""Files from which a bar shows how far it is."""
WIDEST = 100


@app.command()
def review(
    ctx: typer.Context,
    places: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|FOLDER...", help="What patients exported.", show_default=False),
    ],
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Read as if it were this day.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page for the browser.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    passphrase: Passphrase = False,
    key: Key = None,
    json: Json = False,
) -> None:
    """For the physio: read what patients handed over. Nothing of it is kept.

    One file is shown in depth, several or a folder as a table: who to read first, and why.

    \b
    spinetrack review anna.ndjson
    spinetrack review inbox/ --html today.html
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    day, now = _day_of(run, as_of)
    ways = ways_of(run, passphrase=passphrase, key=key)
    if html is not None:
        from spinetrack.exchange.files import refuse_existing

        refuse_existing(html, force=force)
    if len(places) == 1 and not json and not places[0].expanduser().is_dir():
        made = _in_depth(places[0], ways, now, day)
    else:
        cases, skipped = _caseload(run, places, ways, now, day)
        if json or html is None:
            _say_caseload(run, cases, skipped, day, json=json)
        if not cases:
            raise typer.Exit(ExitCode.REFUSED)
        if html is None:
            return
        made = _as_document(cases, skipped, day)
    if html is None:
        _say_report(run, made)
    else:
        _write(run, made, html, force=force)


def _day_of(run: App, word: str | None) -> tuple[date, datetime]:
    """Return the day of reading and its moment: now, or the end of another day."""
    from spinetrack.recovery.dates import calendar_date
    from spinetrack.recovery.when import parse_since

    now, today = run.now(), run.today()
    if word is None:
        return today, now
    # A date that is written out may lie ahead here.
    parts = ISO_DAY.fullmatch(word.strip())
    day = calendar_date(*map(int, parts.groups())) if parts else parse_since(word, today)
    return day, now if day == today else run.localize(datetime.combine(day, time(23, 59)))


def _in_depth(place: Path, ways: "Ways", now: datetime, day: date) -> "Report":
    from spinetrack.cli.review_read import read_one

    return read_one(place.expanduser(), ways, now, day)


def _caseload(
    run: App, places: list[Path], ways: "Ways", now: datetime, day: date
) -> "tuple[list[Case], list[Skipped]]":
    """Return the cases, the most needed first, and what is skipped."""
    from spinetrack.exchange.inbox import files_in, look_at_all
    from spinetrack.recovery.caseload import in_order, with_newer

    files, passed_over = files_in([place.expanduser() for place in places])
    with _progress(run, len(files)) as tell:
        cases, skipped = look_at_all(files, ways, now, day, tell)
    return in_order(with_newer(cases)), [*passed_over, *skipped]


@contextmanager
def _progress(run: App, files: int) -> "Iterator[Callable[[int, int], None]]":
    """Show how many files were read, where somebody looks on and there are many."""
    if run.plain_asked or files < MANY or not run.err.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=run.err, markup=False), transient=True) as shown:
        task = shown.add_task("Reading", total=files)
        yield lambda done, _all: shown.update(task, completed=done)


def _say_caseload(run: App, cases: "list[Case]", skipped: "list[Skipped]", day: date, *, json: bool) -> None:
    from spinetrack.views.caseload_page import caseload_doc, caseload_page

    if json:
        print_json(run, caseload_doc(cases, skipped))
        return
    from spinetrack.cli.showing import show

    if not cases:
        from spinetrack.views.page import clean

        for one in skipped:
            run.complain(clean(f"{one.file}: {one.reason}"))
        raise ValueRefusedError("There is no file here that can be read.")
    show(run, caseload_page(cases, skipped, day))


def _as_document(cases: "list[Case]", skipped: "list[Skipped]", day: date) -> "Report":
    from spinetrack.report.caseload import build_caseload
    from spinetrack.views.caseload_page import HEAD, ORDER_ONLY, rows_of

    return build_caseload(rows_of(cases, skipped, day), HEAD, ORDER_ONLY, day)


def _say_report(run: App, made: "Report") -> None:
    from spinetrack.cli.showing import only_ascii
    from spinetrack.report.text import write_text

    width, ascii_only = min(run.width, WIDEST), only_ascii(run)
    wrap = not run.plain_asked
    text = write_text(made, width=width, plain=run.plain, wrap=wrap, colour=run.colour, ascii=ascii_only)
    run.say(text.rstrip("\n"))


def _write(run: App, made: "Report", place: Path, *, force: bool) -> None:
    from spinetrack.exchange.files import write_private
    from spinetrack.report.formats import FORMATS

    written = write_private(place, FORMATS["html"].write(made, "a4"), force=force)
    run.say(f"Written: {written}")
