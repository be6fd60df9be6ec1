"""Flares: they start, they end, and the patient's own list of what helps."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, Since, Until, app_of, moment_of, period_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary, FlareMark
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LONGEST_LIST = 2000
"""Characters of a playbook."""


@app.callback(invoke_without_command=True)
def flare(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Say that a flare starts or ends; see how it stands. Example: spinetrack flare start."""
    if ctx.invoked_subcommand is None:
        _status(app_of(ctx), as_json=as_json)


@app.command()
def start(
    ctx: typer.Context,
    *,
    trigger: Annotated[
        str | None, typer.Option("--trigger", metavar="TEXT", help="What may have set it off.")
    ] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Say that today is a flare. Lower doses show at once."""
    from spinetrack.recovery.diary import FlareMark

    run = app_of(ctx)
    when = moment_of(run, at)
    text = _text(run, trigger, "What may have set it off? ")
    mark = FlareMark("start", when[0], when[1], triggers=text)
    diary, assessment = _mark(run, "flare start", mark, text)
    _say_crisis(run, text, assessment, aside=as_json)
    if as_json:
        _print_status(run, assessment)
        return
    _begin_answer(run, diary, mark, assessment)


def _text(run: App, text: str | None, question: str) -> str | None:
    if text == "-":
        text = run.ask(question) if run.stdin_is_terminal else run.read_all()
    return " ".join(text.split()) or None if text else None


def _mark(
    run: App, command: str, mark: "FlareMark", text: str | None, *, needs_flare: bool = False
) -> "tuple[Diary, Assessment]":
    from spinetrack.cli.record import WINDOW, record
    from spinetrack.recovery.assess import assess

    def write(store: "Store", writer: "Writer") -> None:
        if needs_flare:
            diary = store.diary(run.today() - WINDOW, run.today())
            if assess(diary, run.now(), run.today()).flare is None:
                raise ValueRefusedError(
                    "No flare is running. Nothing was saved.", hint="When one starts: spinetrack flare start"
                )
        writer.add(mark)

    _, assessment = record(run, command, write, texts=(text,) if text else ())
    return assessment.facts.diary, assessment


def _say_crisis(run: App, text: str | None, assessment: "Assessment", *, aside: bool) -> None:
    from spinetrack.cli.showing import say_crisis

    say_crisis(run, (text,), assessment, aside=aside)


def _begin_answer(run: App, diary: "Diary", mark: "FlareMark", assessment: "Assessment") -> None:
    from spinetrack.cli.showing import say_answer, show
    from spinetrack.views.echo import day_part, line
    from spinetrack.views.flare_page import playbook_page

    parts = ["flare starts"] + (["what set it off is kept"] if mark.triggers else [])
    for text in line(day_part(mark.day, assessment.today), parts, width=run.width, plain=run.plain):
        run.say(text)
    if diary.playbooks and not assessment.open_flags:
        show(run, playbook_page(diary, assessment, plain=run.plain))
    say_answer(run, assessment)


@app.command()
def end(
    ctx: typer.Context,
    *,
    helped: Annotated[str | None, typer.Option("--helped", metavar="TEXT", help="What helped.")] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Say that the flare is over. Doses climb back step by step."""
    from spinetrack.cli.showing import say_answer
    from spinetrack.recovery.diary import FlareMark
    from spinetrack.views.echo import day_part, line

    run = app_of(ctx)
    when = moment_of(run, at)
    text = _text(run, helped, "What helped? ")
    mark = FlareMark("end", when[0], when[1], helped=text)
    diary, assessment = _mark(run, "flare end", mark, text, needs_flare=True)
    _say_crisis(run, text, assessment, aside=as_json)
    if as_json:
        _print_status(run, assessment)
        return
    parts = ["flare over", *_lasted(assessment)] + (["what helped is kept"] if text else [])
    for words in line(day_part(mark.day, assessment.today), parts, width=run.width, plain=run.plain):
        run.say(words)
    if not text and not diary.playbooks:
        run.say('What helped? Keep it for next time: spinetrack flare playbook set "…"')
    say_answer(run, assessment)


def _lasted(assessment: "Assessment") -> list[str]:
    from spinetrack.recovery.words import counted

    return [f"it lasted {counted(assessment.flares[-1].length, 'day')}"] if assessment.flares else []


@app.command()
def status(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Show how the flare stands, and the doses on the way back."""
    _status(app_of(ctx), as_json=as_json)


def _status(run: App, *, as_json: bool) -> None:
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.views.flare_page import status_page

    diary, assessment = look(run)
    if as_json:
        _print_status(run, assessment)
    elif assessment.open_flags:
        show_stop(run, diary, assessment)
    else:
        show(run, status_page(diary, assessment))


def _print_status(run: App, assessment: "Assessment") -> None:
    from spinetrack.recovery.flares import ramp_ahead
    from spinetrack.views.flare_page import flares_rows
    from spinetrack.views.json_docs import document

    running = assessment.flare
    ahead = ramp_ahead(running, assessment.today) if running else {}
    print_json(
        run,
        document(
            flare=flares_rows([running])[0] if running else None,
            ahead={day.isoformat(): share for day, share in ahead.items()},
        ),
    )


@app.command("list")
def list_flares(
    ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False
) -> None:
    """List flares with their length and peak, oldest first: half a year, or from --since on."""
    from spinetrack.cli.record import WINDOW
    from spinetrack.cli.showing import show
    from spinetrack.recovery.assess import assess
    from spinetrack.views.flare_page import flares_rows, list_page

    run = app_of(ctx)
    first, last = period_of(run, since, until, days=WINDOW.days)
    with run.open_store() as store:
        # The reference of a flare reads the 30 days before it.
        diary = store.diary(min(first or run.today(), run.today()) - WINDOW if first else None, run.today())
    assessment = assess(diary, run.now(), run.today())
    found = [
        f
        for f in assessment.flares
        if (not first or f.last_active >= first) and (not last or f.start <= last)
    ]
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(flares=flares_rows(found)))
    else:
        show(run, list_page(found, diary.marks, assessment, plain=run.plain))


@app.command()
def playbook(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar='[set "TEXT"]', help="set, then your list; - reads it.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show your own list of what helps in a flare, or write it on a good day.

    \b
    spinetrack flare playbook set "warm shower; lie with legs up; short walks"
    spinetrack flare playbook set        asks you line by line
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    named = list(words or ())
    if not named:
        _show_playbook(run, as_json=as_json)
        return
    if named[0].lower() != "set" and named != ["-"]:
        raise UsageError(
            f'"{named[0]}" is not something playbook can do.',
            hint='To write your list: spinetrack flare playbook set "…"',
        )
    _write_playbook(run, _list_text(run, named[1:] if named[0].lower() == "set" else ["-"]), as_json=as_json)


def _list_text(run: App, words: list[str]) -> str:
    if words == ["-"]:
        text = run.read_all()
    elif words:
        text = " ".join(words).replace(";", "\n")
    elif run.stdin_is_terminal:
        text = _asked(run)
    else:
        raise UsageError('Write your list: spinetrack flare playbook set "warm shower; short walks"')
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = "\n".join(line for line in lines if line)
    if not kept:
        raise ValueRefusedError("The list is empty. Nothing was saved.")
    if len(kept) > LONGEST_LIST:
        raise ValueRefusedError(f"The list can have {LONGEST_LIST} letters at most. Nothing was saved.")
    return kept


def _asked(run: App) -> str:
    run.say("What helps you in a flare? One thing a line. An empty line ends the list.")
    lines = []
    while line := run.ask("> "):
        lines.append(line)
    return "\n".join(lines)


def _write_playbook(run: App, text: str, *, as_json: bool) -> None:
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Playbook

    row = Playbook(text, run.now(), run.today())
    _, assessment = record(run, "flare playbook set", lambda _, writer: writer.add(row), texts=(text,))
    _say_crisis(run, text, assessment, aside=as_json)
    if as_json:
        _show_playbook(run, as_json=True)
        return
    from spinetrack.cli.showing import say_answer
    from spinetrack.recovery.words import counted
    from spinetrack.views.echo import line

    for words in line(
        "Your list", [counted(len(text.splitlines()), "line")], width=run.width, plain=run.plain
    ):
        run.say(words)
    if any(s.rule == "RF-4" for s in assessment.suggestions):
        say_answer(run, assessment)


def _show_playbook(run: App, *, as_json: bool) -> None:
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show
    from spinetrack.views.flare_page import playbook_page

    diary, assessment = look(run)
    if as_json:
        from spinetrack.views.json_docs import document

        latest = diary.playbooks[-1] if diary.playbooks else None
        print_json(
            run,
            document(playbook={"text": latest.text, "day": latest.day.isoformat()} if latest else None),
        )
    else:
        show(run, playbook_page(diary, assessment, plain=run.plain))
