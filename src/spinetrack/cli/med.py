"""`spinetrack med`: what the patient takes, and when."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.med_write import Told
from spinetrack.cli.options import At, Json, Note, Since, Until, Yesterday, app_of
from spinetrack.errors import UsageError

if TYPE_CHECKING:
    from spinetrack.cli.med_take import Purpose

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="What you take, and when.",
)  # fmt: skip

Which = Annotated[list[str], typer.Argument(metavar="NAME", help="Its name, or its number.")]
Dose = Annotated[
    str | None, typer.Option("--dose", metavar="TEXT", help='What you take at once: 400mg, "2 x 500mg".')
]
Group = Annotated[
    str | None, typer.Option("--class", metavar="CLASS", help="Its kind: nsaid, opioid, neuropathic, none.")
]
Contains = Annotated[
    str | None,
    typer.Option("--contains", metavar="LIST", help="What one dose holds: paracetamol:500mg,codeine:8mg."),
]
Bought = Annotated[
    bool | None, typer.Option("--otc/--prescribed", help="Bought by yourself, or given by a doctor.")
]
Tags = Annotated[
    str | None,
    typer.Option("--tags", metavar="LIST", help="What it does: sedating, constipating, anticoagulant, none."),
]
Reason = Annotated[str | None, typer.Option("--for", metavar="TEXT", help='What it is for: "flares".')]
Begun = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help="Its first day: 2026-03-01, 8w, mon.")
]
By = Annotated[
    str | None, typer.Option("--by", metavar="WHO", help="Who gave it: a name or role of your team.")
]
Meant = Annotated[
    str | None, typer.Option("--on-purpose", metavar="yes|no|unsure", help="Was more taken on purpose?")
]


@app.callback()
def med(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List what you take; the words below add to it."""
    if ctx.invoked_subcommand is None:
        from spinetrack.cli.med_show import show_list as show_meds

        show_meds(app_of(ctx), None, None, everything=False, as_json=as_json)


@app.command()
def add(  # noqa: PLR0913
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="NAME", help="What it is called.")],
    *,
    dose: Dose = None,
    group: Group = None,
    contains: Contains = None,
    bought: Bought = None,
    tags: Tags = None,
    reason: Reason = None,
    since: Begun = None,
    by: By = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Put a medicine on your list.

    \b
    spinetrack med add ibuprofen --dose 200mg --otc --for flares
    spinetrack med add co-codamol --contains paracetamol:500mg,codeine:8mg
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.med_show import echo_medicine
    from spinetrack.cli.med_write import add_medicine

    run = app_of(ctx)
    told = Told(" ".join(words), dose, group, contains, bought, tags, reason, since, by, note)
    made, assessment = add_medicine(run, told)
    echo_medicine(run, "Medicine", made, assessment, as_json=as_json)


@app.command()
def take(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="NAME [N]", help="Which, and how many doses or mg: 2, 500mg.")
    ],
    *,
    at: At = None,
    yesterday: Yesterday = False,
    on_purpose: Meant = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Log that you took something.

    \b
    spinetrack med take ibuprofen
    spinetrack med take paracetamol 2 --at 16:00
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.med_show import echo_intake
    from spinetrack.cli.med_take import take as write_intake
    from spinetrack.cli.med_take import taken_when

    run = app_of(ctx)
    purpose = _purpose(on_purpose)
    when = taken_when(run, at, yesterday=yesterday)
    echo_intake(run, "", write_intake(run, words, when, purpose, note), as_json=as_json)


def _purpose(word: str | None) -> "Purpose | None":
    from spinetrack.cli.med_take import purpose_of

    return None if word is None else purpose_of(word)


@app.command()
def taken(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]", help="Only this one.", show_default=False)
    ] = None,
    *,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """List what you took, with the number of each. Example: spinetrack med taken --since 8w."""
    from spinetrack.cli.med_show import show_taken

    show_taken(app_of(ctx), words, since, until, as_json=as_json)


@app.command()
def fix(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help="The number in spinetrack med taken.")],
    amount: Annotated[
        str | None, typer.Argument(metavar="[N]", help="How many doses or mg.", show_default=False)
    ] = None,
    *,
    at: At = None,
    remove: Annotated[bool, typer.Option("--remove", help="It was never taken.")] = False,
    on_purpose: Meant = None,
    as_json: Json = False,
) -> None:
    """Correct something you logged as taken.

    \b
    spinetrack med fix 12 1             it was one dose
    spinetrack med fix 12 --at 16:00    it was at four
    spinetrack med fix 12 --remove      it was never taken
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.med_show import echo_corrected
    from spinetrack.cli.med_take import drop, taken_when
    from spinetrack.cli.med_take import fix as write_fix

    run = app_of(ctx)
    if remove and (amount is not None or at is not None or on_purpose is not None):
        raise UsageError("--remove stands alone. Nothing was changed.")
    before = _open_signs(run)
    if remove:
        echo_corrected(run, "Removed", drop(run, number), before, as_json=as_json)
        return
    when = None if at is None else taken_when(run, at)
    took = write_fix(run, number, amount, when, _purpose(on_purpose))
    echo_corrected(run, "Changed", took, before, as_json=as_json)


def _open_signs(run: App) -> tuple[int, ...]:
    from spinetrack.cli.record import look

    _, assessment = look(run)
    return tuple(s.id for s in assessment.open_flags)


@app.command()
def purpose(
    ctx: typer.Context,
    word: Annotated[str, typer.Argument(metavar="yes|no|unsure", help="Was any of it on purpose?")],
    *,
    as_json: Json = False,
) -> None:
    """Answer whether any of what passed the pack limit was on purpose.

    \b
    spinetrack med purpose no
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.med_show import echo_purpose
    from spinetrack.cli.med_take import answer_purpose, purpose_of

    run = app_of(ctx)
    echo_purpose(run, answer_purpose(run, purpose_of(word)), as_json=as_json)


@app.command()
def stop(
    ctx: typer.Context,
    words: Which,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Its last day.")] = None,
    as_json: Json = False,
) -> None:
    """Say that you do not take it any more. Example: spinetrack med stop ibuprofen --on 2026-03-01."""
    from spinetrack.cli.med_show import echo_medicine
    from spinetrack.cli.med_write import end_medicine

    run = app_of(ctx)
    ended, assessment = end_medicine(run, " ".join(words), on)
    echo_medicine(run, "Ended", ended, assessment, as_json=as_json)
    if not as_json:
        run.say("It stays in your history: spinetrack med list --all")


@app.command()
def edit(  # noqa: PLR0913
    ctx: typer.Context,
    words: Which,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Another name.")] = None,
    dose: Dose = None,
    group: Group = None,
    contains: Contains = None,
    bought: Bought = None,
    tags: Tags = None,
    reason: Reason = None,
    since: Begun = None,
    changed_from: Annotated[
        str | None,
        typer.Option("--from", metavar="WHEN", help="A new dose from this day; the old one stays."),
    ] = None,
    by: By = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Correct a medicine, or note a new dose from a day on.

    \b
    spinetrack med edit amitriptyline --tags sedating
    spinetrack med edit amitriptyline --dose 20mg --from 2026-03-01
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.med_show import echo_medicine
    from spinetrack.cli.med_write import edit_medicine

    run = app_of(ctx)
    told = Told(name, dose, group, contains, bought, tags, reason, since, by, note)
    changed, assessment = edit_medicine(run, " ".join(words), told, changed_from)
    echo_medicine(run, "Changed", changed, assessment, as_json=as_json)


@app.command()
def remove(ctx: typer.Context, words: Which, *, as_json: Json = False) -> None:
    """Take out a medicine added by mistake. Example: spinetrack med remove 3."""
    from spinetrack.cli.med_show import say_removed
    from spinetrack.cli.med_write import remove_medicine

    run = app_of(ctx)
    say_removed(run, *remove_medicine(run, " ".join(words)), as_json=as_json)


@app.command("list")
def show_list(
    ctx: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Show those of the past in full too.")] = False,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """List what you take, what is assumed of it, and how to correct that."""
    from spinetrack.cli.med_show import show_list as show_meds

    show_meds(app_of(ctx), since, until, everything=everything, as_json=as_json)
