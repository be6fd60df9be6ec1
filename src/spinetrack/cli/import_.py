"""Data from elsewhere joins your diary: another computer's, an export, another program's."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.opening import Key, Passphrase, ways_of
from spinetrack.cli.options import app_of
from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spinetrack.exchange.files import Source
    from spinetrack.exchange.importers import Desk, Incoming
    from spinetrack.store import Store
    from spinetrack.store.merge import Arrival, Merged

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SHOWN = 5
"""Lines that could not be read of which each is named."""


@app.command(name="import")
def import_(  # noqa: PLR0913 - each is an option of the line
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to take in.", show_default=False)],
    *,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the file is, if nobody can tell."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come in, and change nothing.")
    ] = False,
    same_person: Annotated[
        bool, typer.Option("--same-person", help="Both diaries are of the same person.")
    ] = False,
    rest: Annotated[
        bool, typer.Option("--rest", help="Leave out what cannot be read, take in the rest.")
    ] = False,
    map_name: Annotated[
        str | None,
        typer.Option("--map", metavar="NAME", help="Read a table by the answers kept under this name."),
    ] = None,
    passphrase: Passphrase = False,
    key: Key = None,
) -> None:
    """Take in a file: your export, the diary of another computer, Apple Health, or a table (CSV).

    \b
    spinetrack import spinetrack-2026-11-24.ndjson
    spinetrack import old/diary.db --dry-run
    spinetrack import export.zip
    spinetrack import table.csv --map mine

    Nothing comes in twice, and what you deleted stays deleted. One undo takes all of it back.
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.exchange.sealed import opened

    run = app_of(ctx)
    source = opened(file.expanduser(), ways_of(run, passphrase=passphrase, key=key))
    with run.open_store() as store:
        desk = _desk(run, store, map_name, keep=not dry_run)
        arrival = _read(run, source, "csv" if map_name else kind, desk, same_person=same_person, rest=rest)
        if dry_run:
            _say_counts(run, arrival, _compare(store, arrival), done=False)
            run.say("Nothing was changed: this was a dry run.")
            return
        _take_in(run, store, arrival)


def _desk(run: App, store: "Store", map_name: str | None, *, keep: bool) -> "Desk":
    """Return what the importer may use; what a table means is asked where somebody can answer."""
    from spinetrack.exchange.importers import Desk

    desk = Desk(store, run.now(), run.today(), localize=run.localize)
    if map_name:
        from spinetrack.exchange.csv_map import kept_map

        kept = store.diary(run.today(), run.today()).settings
        return desk._replace(columns=kept_map(kept, map_name))
    if run.stdin_is_terminal:
        from spinetrack.cli.import_columns import asking, asking_order

        return desk._replace(ask_columns=asking(run, store, keep=keep), ask_order=asking_order(run))
    return desk


def _read(
    run: App, source: "Source", kind: str | None, desk: "Desk", *, same_person: bool, rest: bool
) -> "Arrival":
    """Read the whole file; nothing of it counts before its last line was good."""
    from spinetrack.exchange.files import digest_of, name_of
    from spinetrack.exchange.importers import find
    from spinetrack.recovery.diary import ImportRun
    from spinetrack.store.merge import Arrival

    with _progress(run) as tell:
        incoming = find(source, kind).read(source, desk._replace(progress=tell))
        records = tuple(incoming.records)
    for line in incoming.said:
        run.say(line)
    if incoming.problems:
        _say_problems(run, incoming, rest=rest)
    noted = ImportRun(name_of(source), incoming.kind, digest_of(source), 0, 0, run.now(), run.today())
    return Arrival(noted, records, incoming.patient, same_person)


@contextmanager
def _progress(run: App) -> "Iterator[Callable[[int, int], None]]":
    """Show how much of a large file was read, where somebody looks on."""
    if run.plain or not run.err.isatty():
        yield lambda _read, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(file=run.err, no_color=not run.colour), transient=True)
    task = bar.add_task("Reading", total=None)

    def tell(read: int, whole: int) -> None:
        bar.start()  # at the first word: before it the patient may be asked something
        bar.update(task, completed=read, total=whole)

    try:
        yield tell
    finally:
        bar.stop()


def _say_problems(run: App, incoming: "Incoming", *, rest: bool) -> None:
    """Name the lines that could not be read, and go on only with what the patient wants of the rest."""
    count = len(incoming.problems)
    run.complain(f"{count} {'line' if count == 1 else 'lines'} cannot be read:")
    for problem in incoming.problems[:SHOWN]:
        run.complain(f"  line {problem.line}: {problem.why}.")
    if count > SHOWN:
        run.complain(f"  and {count - SHOWN} more.")
    if rest:
        return
    if run.stdin_is_terminal and run.ask("Take in the rest? y/n > ").lower() in {"y", "yes"}:
        return
    raise ValueRefusedError("Nothing was saved.", hint="To take in the rest: add --rest")


def _compare(store: "Store", arrival: "Arrival") -> "Merged":
    from spinetrack.store.merge import compare

    return compare(store, arrival)


def _take_in(run: App, store: "Store", arrival: "Arrival") -> None:
    from spinetrack.store.merge import merge

    planned = _compare(store, arrival)
    copy = store.backup("import") if planned.anything and store.patient() is not None else None
    warning = store.cloud_warning()
    result = merge(store, arrival, f"import {arrival.run.source}")
    if warning:
        run.complain(warning)
    _say_counts(run, arrival, result, done=True)
    if not result.anything:
        run.say("Nothing is new. The diary is as it was.")
        return
    if copy is not None:
        run.say(f"The diary as it was: {copy}")
    run.say("undo: spinetrack undo")
    _say_flags(run, store)


def _say_counts(run: App, arrival: "Arrival", result: "Merged", *, done: bool) -> None:
    verb = "Came in from" if done else "Would come in from"
    parts = [
        f"{result.new} new",
        f"{result.changed} changed",
        f"{result.removed} removed",
        f"{result.same} the same",
    ]
    run.say(f"{verb} {arrival.run.source}: {', '.join(parts)}.")
    if result.stayed:
        run.say(f"{result.stayed} stayed as in your diary: yours is the later version, or you deleted it.")
    if result.held_back:
        run.say(f"{result.held_back} stayed out: you undid the import that brought them.")
        run.say("To bring them back, take in that same file again.")
    if result.waiting:
        run.say(f"{result.waiting} wait: what they belong to was deleted.")


def _say_flags(run: App, store: "Store") -> None:
    """Show the banner of a warning sign that is open now: it may have come with the file."""
    if not store.diary(run.today(), run.today()).screens:
        return
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import say_answer

    _, assessment = look(run, store)
    if assessment.open_flags:
        say_answer(run, assessment)
