"""The thresholds of the rules: what they are, and dated changes of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer
    from spinetrack.views.page import Page

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def config(ctx: typer.Context) -> None:
    """See and change what the rules count with."""
    if ctx.invoked_subcommand is None:
        _show(app_of(ctx), as_json=False)


@app.command()
def rules(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME VALUE]", help="A threshold and its new value.", show_default=False),
    ] = None,
    *,
    reset: Annotated[
        str | None, typer.Option("--reset", metavar="NAME", help="Back to what it was at first.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the thresholds of the rules, or change one. Example: spinetrack config rules step-percent 5."""
    run = app_of(ctx)
    named = list(words or ())
    if reset is not None and named:
        raise UsageError("--reset and a new value cannot go together. Nothing was saved.")
    if len(named) == 1 or len(named) > 2:  # noqa: PLR2004
        raise UsageError(
            "Write a name and a value: spinetrack config rules step-percent 5. Nothing was saved."
        )
    if named or reset is not None:
        _change(run, named[0] if named else reset or "", named[1] if named else "")
    if as_json or not (named or reset is not None):
        _show(run, as_json=as_json)


def _show(run: App, *, as_json: bool) -> None:
    with run.open_store() as store:
        diary = store.diary(run.today(), run.today())
    if as_json:
        _print(run, diary)
        return
    from spinetrack.cli.showing import show

    show(run, _page(diary, plain=run.plain))


def _change(run: App, key: str, value: str) -> None:
    from spinetrack.cli.record import record
    from spinetrack.recovery.config import THRESHOLDS, check_threshold, config_of
    from spinetrack.recovery.diary import Setting
    from spinetrack.views.echo import line

    name = key.strip().lower()
    check_threshold(name, value or str(THRESHOLDS[name].default if name in THRESHOLDS else ""))

    def write(store: "Store", writer: "Writer") -> tuple[float, float]:
        before = config_of(store.diary(run.today(), run.today()).settings)[name]
        after = float(value) if value else THRESHOLDS[name].default
        if before == after:
            raise ValueRefusedError(f"{name} is {before:g} already. Nothing was saved.")
        writer.add(Setting(name, value, run.now(), run.today()))
        return before, after

    (before, after), _ = record(run, f"config rules {name}", write)
    for text in line(
        f"Rules: {name}", [f"{after:g} from today (was {before:g})"], width=run.width, plain=run.plain
    ):
        run.say(text)


def _page(diary: "Diary", *, plain: bool) -> "Page":
    from spinetrack.recovery.config import THRESHOLDS, config_of
    from spinetrack.views.doses import short_day
    from spinetrack.views.page import Gap, Rows, Text

    now = config_of(diary.settings)
    since = {s.key: s for s in diary.settings}
    blocks = []
    for row in THRESHOLDS.values():
        changed = now[row.key] != row.default
        note = f"was {row.default:g}, changed {short_day(since[row.key].day)}" if changed else ""
        blocks.append((row.key, f"{now[row.key]:g}", f"{row.low:g} to {row.high:g}", row.label, note))
    if plain:
        texts = [
            Text(f"{key}: {value}. {label}. It can be {span}.{f' It {note}.' if note else ''}")
            for key, value, span, label, note in blocks
        ]
        return (*texts, Text(_VERSION.format(now.version)))
    head = ("Name", "Now", "Can be", "What it is", "")
    return (
        Rows(tuple(blocks), head=head),
        Gap(),
        Text(_VERSION.format(now.version), "quiet"),
        Text("To change one:  spinetrack config rules step-percent 5", "quiet"),
    )


_VERSION = "Changes made so far: {}. They are rules of this tool; ask your physio before you change one."


def _print(run: App, diary: "Diary") -> None:
    from spinetrack.recovery.config import THRESHOLDS, config_of
    from spinetrack.views.json_docs import document, number

    now = config_of(diary.settings)
    rows = [
        {
            "name": row.key,
            "value": number(now[row.key]),
            "default": number(row.default),
            "range": [number(row.low), number(row.high)],
            "label": row.label,
            "source": row.source,
        }
        for row in THRESHOLDS.values()
    ]
    print_json(run, document(version=now.version, rules=rows))
