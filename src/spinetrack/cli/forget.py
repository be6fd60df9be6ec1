"""`spinetrack forget`: what is gone afterwards, for good. The one command without undo and without a copy."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Since, Until, app_of, period_of
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.store.forgetting import Left, Reach
    from spinetrack.store.forgetting_rows import Wish

app = typer.Typer(add_completion=False, rich_markup_mode=None)

WORD = "forget"
NOTHING = "Nothing was changed."
HOW = "Say what: --all, --words, or the days with --since and --until."


@app.command()
def forget(
    ctx: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All there is.")] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Names and notes, all your own words. The numbers stay.")
    ] = False,
    since: Since = None,
    until: Until = None,
) -> None:
    """Let something be gone for good: from the diary, its undo and its copies.

    \b
    spinetrack forget --since 2026-03-01 --until 2026-03-14
    spinetrack forget --words
    spinetrack forget --all

    It says what will go, and you type a word to go on. There is no undo. What you deleted or changed
    before goes too. An open warning sign keeps its number and day. A script sends the word as its input.
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    from spinetrack.store.forgetting import forget as forget_it
    from spinetrack.store.forgetting import look

    wish = _wish(run, since, until, everything=everything, words=words)
    with run.open_store() as store:
        if store.patient() is None:
            raise ValueRefusedError(f"There is no diary yet. {NOTHING}")
        path = store.path
    reach = look(path, wish)
    _say_reach(run, reach, wish)
    if run.ask(f"To go on, type {WORD}: ").lower() != WORD:
        raise ValueRefusedError(NOTHING)
    left = forget_it(path, wish, run.now())
    run.say("It is gone. Undo begins anew from here.")
    _say_left(run, reach, left)


def _wish(run: App, since: str | None, until: str | None, *, everything: bool, words: bool) -> "Wish":
    """Return what shall go.

    Raises:
        UsageError: nothing was said, or two things at once.

    """
    from spinetrack.store.forgetting_rows import Wish

    first, last = period_of(run, since, until)
    period = first is not None or last is not None
    if everything + words + period != 1:
        raise UsageError(HOW if not (everything or words or period) else f"One of them at a time. {HOW}")
    return Wish(everything, words, first, last)


def _say_reach(run: App, reach: "Reach", wish: "Wish") -> None:
    from spinetrack.views.forget_page import reach_lines

    for line in reach_lines(reach, wish):
        run.say(line)


def _say_left(run: App, reach: "Reach", left: "Left") -> None:
    from spinetrack.views.forget_page import left_lines

    for line in left_lines(reach, left, run.today()):
        run.say(line)
