"""`spinetrack goal`: what the patient wants to reach, and how far it is."""

from typing import Annotated

import typer

from spinetrack.cli.goal_write import Wanted
from spinetrack.cli.options import LOOSE, Json, app_of

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="What you want to reach, and how far you are.",
)  # fmt: skip

Number = Annotated[str, typer.Argument(metavar="ID", help="The goal's number.")]
Target = Annotated[
    str | None, typer.Option("--target", metavar="VALUE", help="The number to reach: 60, 1.2km, 7h.")
]
Due = Annotated[str | None, typer.Option("--by", metavar="WHEN", help="The day: 12w, 2027-03-01.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why it matters to you.")]
Importance = Annotated[
    int | None, typer.Option("--importance", min=1, max=3, help="How much it matters, 1 to 3.")
]
Difficulty = Annotated[int | None, typer.Option("--difficulty", min=1, max=3, help="How hard it is, 1 to 3.")]
Confidence = Annotated[
    int | None, typer.Option("--confidence", min=0, max=10, help="How sure you are, 0 to 10.")
]
Supporter = Annotated[str | None, typer.Option("--supporter", metavar="NAME", help="Who goes along.")]
ReviewDays = Annotated[
    int | None, typer.Option("--review-days", min=1, max=90, help="Days from one look to the next.")
]
Levels = Annotated[
    str | None, typer.Option("--levels", metavar="TEXT", help="Five texts, from -2 to +2, with | between.")
]


@app.callback()
def goal(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List your goals, and set new ones."""
    if ctx.invoked_subcommand is None:
        from spinetrack.cli.goal_show import show_goals

        show_goals(app_of(ctx), everything=False, as_json=as_json)


@app.command()
def add(  # noqa: PLR0913
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[GOAL]...", help="In your words.", show_default=False)
    ] = None,
    *,
    metric: Annotated[str | None, typer.Option("--metric", help="The measure that shows it.")] = None,
    target: Target = None,
    by: Due = None,
    why: Why = None,
    importance: Importance = None,
    difficulty: Difficulty = None,
    confidence: Confidence = None,
    supporter: Supporter = None,
    review_days: ReviewDays = None,
    levels: Levels = None,
    as_json: Json = False,
) -> None:
    """Set a goal; without words it asks you, letter by letter.

    \b
    spinetrack goal add
    spinetrack goal add "sit through a film" --metric sit --target 60 --by 12w
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    wanted = Wanted(
        " ".join(words) if words else None, metric, target, by, why, importance, difficulty, confidence,
        supporter, review_days, levels,
    )  # fmt: skip
    if run.stdin_is_terminal and not as_json and not (words and metric and target and by):
        from spinetrack.cli.goal_ask import ask_goal

        raise typer.Exit(ask_goal(run, wanted))
    from spinetrack.cli.goal_change import add_goal
    from spinetrack.cli.goal_show import echo_goal

    made, assessment = add_goal(run, wanted)
    echo_goal(run, made, assessment, "Goal", as_json=as_json)


@app.command("list")
def show_list(
    ctx: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Show closed ones too.")] = False,
    as_json: Json = False,
) -> None:
    """Show each goal with its number now, and all together."""
    from spinetrack.cli.goal_show import show_goals

    show_goals(app_of(ctx), everything=everything, as_json=as_json)


@app.command()
def show(ctx: typer.Context, number: Number, *, as_json: Json = False) -> None:
    """Show one goal: its path, its checks and a chart. Example: spinetrack goal show 1."""
    from spinetrack.cli.goal_show import show_goal

    show_goal(app_of(ctx), number, as_json=as_json)


@app.command()
def review(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Look at every goal once a week: keep it, a smaller step, a later day, another way."""
    from spinetrack.cli.goal_show import show_review

    show_review(app_of(ctx), as_json=as_json)


@app.command(context_settings=LOOSE)
def rate(
    ctx: typer.Context,
    number: Number,
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="-2, -1, 0, 1 or 2; 0 is as expected.")],
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day it stands for.")] = None,
    as_json: Json = False,
) -> None:
    """Say yourself how far a goal is. Example: spinetrack goal rate 1 -- -1."""
    from spinetrack.cli.goal_change import rate_goal
    from spinetrack.cli.goal_show import echo_goal

    run = app_of(ctx)
    rated, assessment = rate_goal(run, number, level, on)
    echo_goal(run, rated, assessment, "Rated", as_json=as_json)


@app.command()
def edit(  # noqa: PLR0913
    ctx: typer.Context,
    number: Number,
    *,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The goal's words.")] = None,
    target: Target = None,
    by: Due = None,
    why: Why = None,
    importance: Importance = None,
    difficulty: Difficulty = None,
    confidence: Confidence = None,
    supporter: Supporter = None,
    review_days: ReviewDays = None,
    levels: Levels = None,
    as_json: Json = False,
) -> None:
    """Change a goal. Example: spinetrack goal edit 1 --by 16w."""
    from spinetrack.cli.goal_change import edit_goal
    from spinetrack.cli.goal_show import echo_goal

    run = app_of(ctx)
    wanted = Wanted(
        title, None, target, by, why, importance, difficulty, confidence, supporter, review_days, levels
    )
    after, assessment = edit_goal(run, number, wanted)
    echo_goal(run, after, assessment, "Changed", as_json=as_json)


@app.command()
def close(
    ctx: typer.Context,
    number: Number,
    *,
    reached: Annotated[bool, typer.Option("--reached", help="You got there.")] = False,
    as_json: Json = False,
) -> None:
    """End a goal. What you logged for it stays. Example: spinetrack goal close 1 --reached."""
    from spinetrack.cli.goal_change import close_goal
    from spinetrack.cli.goal_show import echo_goal

    run = app_of(ctx)
    after, assessment = close_goal(run, number, reached=reached)
    echo_goal(run, after, assessment, "Closed", as_json=as_json)


@app.command()
def milestone(
    ctx: typer.Context,
    number: Number,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[add|set|done|remove|renew]...", help="What to do.", show_default=False),
    ] = None,
    *,
    by: Due = None,
    as_json: Json = False,
) -> None:
    """Show or change the building blocks of a goal.

    \b
    spinetrack goal milestone 1                   the blocks of goal 1
    spinetrack goal milestone 1 add 40 --by 4w    one more
    spinetrack goal milestone 1 set 2 45          another value for the second
    spinetrack goal milestone 1 done 2            you reached the second
    spinetrack goal milestone 1 remove 2
    spinetrack goal milestone 1 renew             make them from the path again
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.goal_blocks import change_blocks

    change_blocks(app_of(ctx), number, list(words or ()), by, as_json=as_json)
