"""`spinetrack visit`: appointments, past and ahead. They are the periods of a report."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, Note, Since, Until, app_of, period_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Person, Visit
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="Your appointments, past and ahead.",
)  # fmt: skip

LONGEST = 60
Number = Annotated[str, typer.Argument(metavar="ID", help="The number in spinetrack visit list.")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day, past or ahead: 2026-11-20, 2w, yesterday."),
]
With = Annotated[
    str | None, typer.Option("--with", metavar="WHO", help="Who of your team: a name, a role or a number.")
]


@app.callback()
def visit(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List your appointments, and add them. Example: spinetrack visit add physio --on 2w."""
    if ctx.invoked_subcommand is None:
        _list(app_of(ctx), None, None, as_json=as_json)


@app.command()
def add(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WHO", help='With whom, or what: physio, "pain clinic".')
    ],
    *,
    on: On = None,
    person: With = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Add an appointment; without a day it is today. Example: spinetrack visit add physio --on 2w."""
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Person, Visit
    from spinetrack.recovery.when import parse_due

    run = app_of(ctx)
    name = _name(" ".join(words))
    day = parse_due(on, run.today(), may_be_past=True) if on else run.today()
    fresh = Visit(name, day, run.now(), run.today(), note=(note or "").strip() or None)

    def write(store: "Store", writer: "Writer") -> "Visit":
        found = fresh._replace(person_id=_with(store.every(Person), person, name))
        return found._replace(id=writer.add(found))

    made, assessment = record(run, "visit add", write, texts=(note or "",))
    _echo(run, made, assessment, "Visit", as_json=as_json)


@app.command("list")
def show_list(ctx: typer.Context, *, since: Since = None, until: Until = None, as_json: Json = False) -> None:
    """List your appointments by day."""
    _list(app_of(ctx), since, until, as_json=as_json)


def _list(run: App, since: str | None, until: str | None, *, as_json: bool) -> None:
    from spinetrack.cli.showing import show
    from spinetrack.views.visit_page import visits_doc, visits_page

    first, last = period_of(run, since, until)
    with run.open_store() as store:
        diary = store.diary(run.today(), run.today())
    found = [v for v in diary.visits if (not first or v.on >= first) and (not last or v.on <= last)]
    if as_json:
        print_json(run, visits_doc(found))
    else:
        show(run, visits_page(found, diary.people, run.today()))


@app.command()
def edit(
    ctx: typer.Context,
    number: Number,
    *,
    name: Annotated[str | None, typer.Option("--who", metavar="TEXT", help="With whom, or what.")] = None,
    on: On = None,
    person: With = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Change an appointment. Example: spinetrack visit edit 2 --on 2026-11-27."""
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Person, Visit
    from spinetrack.recovery.when import parse_due

    run = app_of(ctx)
    if name is None and on is None and person is None and note is None:
        raise UsageError("Say what to change: --who, --on, --with or --note. Nothing was changed.")
    day = parse_due(on, run.today(), may_be_past=True) if on else None

    def write(store: "Store", writer: "Writer") -> "Visit":
        before = _find(store.every(Visit), number)
        whom = _name(name) if name is not None else before.name
        who = before.person_id
        if person is not None or name is not None:
            who = _with(store.every(Person), person, whom)
        after = before._replace(
            name=whom,
            on=day or before.on,
            person_id=who,
            note=before.note if note is None else note.strip() or None,
        )
        writer.replace(after)
        return after

    changed, assessment = record(run, "visit edit", write, texts=(note or "",))
    _echo(run, changed, assessment, "Changed", as_json=as_json)


@app.command()
def remove(ctx: typer.Context, number: Number, *, as_json: Json = False) -> None:
    """Take an appointment off the list. Example: spinetrack visit remove 2."""
    from spinetrack.recovery.diary import Visit

    run = app_of(ctx)
    with run.open_store() as store:
        found = _find(store.every(Visit), number)
        with store.write(f"visit remove {found.id}") as writer:
            writer.remove(found)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(removed={"id": found.id}))
        return
    from spinetrack.views.doses import day_words

    run.say(f"Taken off the list: {found.name}, {day_words(found.on, run.today())}.")
    run.say("undo: spinetrack undo")


def _name(text: str) -> str:
    from spinetrack.recovery.values import refused

    plain = " ".join(text.split())
    if not plain:
        raise refused("Say with whom it is.", "Like: spinetrack visit add physio --on 2w")
    if len(plain) > LONGEST:
        raise refused(f"Write in short with whom it is, up to {LONGEST} letters.")
    return plain


def _with(people: "Sequence[Person]", word: str | None, name: str) -> int | None:
    """Return the number of who was named, else of the one person the visit's own words name."""
    from spinetrack.cli.people import person_named
    from spinetrack.recovery.team import person_of

    if word is not None:
        return person_named(people, word).id
    found = person_of(people, name)
    return found.id if found else None


def _find(visits: "Sequence[Visit]", number: str) -> "Visit":
    wanted = number.strip().lstrip("#")
    found = next((v for v in visits if str(v.id) == wanted), None)
    if found is None:
        raise ValueRefusedError(
            f"There is no visit {wanted}. Nothing was changed.", hint="See them: spinetrack visit list"
        )
    return found


def _echo(run: App, visit: "Visit", assessment: "Assessment", word: str, *, as_json: bool) -> None:
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.views.echo import line
    from spinetrack.views.visit_page import echo_parts, visit_doc

    say_crisis(run, (visit.note,), assessment, aside=as_json)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(visit=visit_doc(visit)))
        return
    parts = echo_parts(visit, assessment.facts.diary.people, run.today())
    for text in line(f"{word} {visit.id}: {visit.name}", parts, width=run.width, plain=run.plain):
        run.say(text)
    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(run, assessment)
