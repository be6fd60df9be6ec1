"""What to do next and why, and what the patient makes of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, Words, app_of, print_json
from spinetrack.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from spinetrack.cli.decide import Decided
    from spinetrack.recovery.findings import Assessment

app = typer.Typer(add_completion=False, rich_markup_mode=None)

CHOICES = ("follow", "adjust", "ignore", "ask")


@app.command()
def suggest(
    ctx: typer.Context,
    words: Words = None,
    *,
    why: Annotated[bool, typer.Option("--why", help="Show what it stands on: --why 1, or all.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show also what was held back, and by which rule.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what to do next, and why.

    \b
    spinetrack suggest                     what is suggested today
    spinetrack suggest --why 1             what the first one stands on
    spinetrack suggest follow 1            do it
    spinetrack suggest adjust 1 26         do less of it
    spinetrack suggest ignore 1            leave it for 7 days
    spinetrack suggest ask 1               put it on your list for the next visit

    An id such as PR-1-sit works in place of the number.
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    named = list(words or ())
    if named and named[0].lower() in CHOICES:
        raise typer.Exit(_decide(run, named, as_json=as_json))
    if len(named) > 1 or (named and not why):
        raise UsageError(
            f'"{named[0]}" is not something suggest can do.',
            hint="Try: spinetrack suggest follow 1, or adjust, ignore, ask.",
        )
    raise typer.Exit(_look(run, named[0] if named else None, why=why, everything=everything, as_json=as_json))


def _look(run: App, name: str | None, *, why: bool, everything: bool, as_json: bool) -> int:
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.views.suggestions import suggest_page

    diary, assessment = look(run)
    code = ExitCode.FLAG if assessment.open_flags else ExitCode.OK
    if as_json:
        from spinetrack.views.json_docs import suggest_doc

        print_json(run, suggest_doc(assessment))
    elif why:
        _explain(run, assessment, name)
    elif assessment.open_flags:
        show_stop(run, diary, assessment)
        if everything:
            show(run, suggest_page(assessment, width=run.width, plain=run.plain, everything=True))
    else:
        show(run, suggest_page(assessment, width=run.width, plain=run.plain, everything=everything))
    return code


def _explain(run: App, assessment: "Assessment", name: str | None) -> None:
    from spinetrack.cli.decide import find
    from spinetrack.cli.showing import show
    from spinetrack.views.page import Gap, Text
    from spinetrack.views.suggestions import why_page

    chosen = [find(assessment, name)] if name else list(assessment.suggestions)
    if not chosen:
        show(run, (Text("Nothing is suggested today."),))
    blocks: list[object] = []
    for suggestion in chosen:
        place = assessment.suggestions.index(suggestion) + 1
        blocks += [*why_page(suggestion, place, plain=run.plain), Gap()]
    if blocks:
        show(run, blocks)  # type: ignore[arg-type] # blocks of pages make a page


def _decide(run: App, words: list[str], *, as_json: bool) -> int:
    from spinetrack.cli.decide import decide
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show_stop

    diary, before = look(run)
    if before.open_flags:
        show_stop(run, diary, before)
        run.complain("Nothing was changed.")
        return ExitCode.FLAG
    decided, after = decide(run, words[0].lower(), words[1:])  # type: ignore[arg-type] # one of CHOICES
    if as_json:
        from spinetrack.views.json_docs import suggest_doc

        print_json(run, suggest_doc(after))
    else:
        _echo(run, decided, after)
    return ExitCode.OK


def _echo(run: App, decided: "Decided", after: "Assessment") -> None:
    from spinetrack.views.echo import line

    for text in line(_said(decided), _parts(decided, after), width=run.width, plain=run.plain):
        run.say(text)
    if decided.choice == "ask":
        run.say("It is on your list for the next visit: spinetrack question list")


def _said(decided: "Decided") -> str:
    word = {"follow": "Followed", "adjust": "Adjusted", "ignore": "Left", "ask": "To ask"}[decided.choice]
    return f"{word}: {decided.suggestion.id}"


def _parts(decided: "Decided", after: "Assessment") -> list[str]:
    from spinetrack.cli.decide import NO_QUOTA
    from spinetrack.views.doses import dose_words, number

    if decided.choice in {"ignore", "ask"}:
        return [decided.suggestion.title.rstrip(".")]
    if decided.suggestion.rule in NO_QUOTA:
        # What is agreed here is a dose of the day: say what it came to.
        return [dose_words(item) for item in after.plan if item.activity in decided.amounts]
    units = {c.activity: (c.before, c.unit) for c in decided.suggestion.changes}
    parts = []
    for activity, value in decided.amounts.items():
        before, unit = units[activity]
        was = "" if before is None else f" (was {number(before)})"
        parts.append(f"{activity} {number(value)} {unit}{was}")
    return parts or [decided.suggestion.title.rstrip(".")]
