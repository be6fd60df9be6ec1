"""`spinetrack team`: who helps the patient, what they set, and when they are seen next."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import Json, Note, app_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.recovery.diary import Person
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, invoke_without_command=True,
    help="Who helps you, and what they set.",
)  # fmt: skip

LONGEST = 60
Who = Annotated[str, typer.Argument(metavar="WHO", help="The number, the name or the role.")]
Role = Annotated[
    str | None, typer.Option("--role", metavar="TEXT", help="What they are to you: physio, GP, surgeon.")
]


@app.callback()
def team(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List who helps you, and add people. Example: spinetrack team add Dana --role physio."""
    if ctx.invoked_subcommand is None:
        _list(app_of(ctx), as_json=as_json)


@app.command()
def add(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="NAME", help="How you call them.")],
    *,
    role: Role = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Add a person to your team. Example: spinetrack team add Dana --role physiotherapist."""
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Person

    run = app_of(ctx)
    fresh = Person(_text(" ".join(words), "name"), _text(role, "role"), run.now(), run.today(), _note(note))
    if not fresh.name:
        raise UsageError("The name is empty. Nothing was saved.", hint="Like: spinetrack team add Dana")

    def write(store: "Store", writer: "Writer") -> "Person":
        _refuse_twice(fresh, store.every(Person))
        return fresh._replace(id=writer.add(fresh))

    person, assessment = record(run, "team add", write, texts=(note or "",))
    _echo(run, person, assessment, "Team", as_json=as_json)


@app.command("list")
def show_list(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List your team: what each of them set, and when you see them next."""
    _list(app_of(ctx), as_json=as_json)


def _list(run: App, *, as_json: bool) -> None:
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show
    from spinetrack.views.team_page import team_doc, team_page

    diary, assessment = look(run)
    shut = bool(assessment.open_flags)
    if as_json:
        print_json(run, team_doc(diary, run.today(), shut=shut))
    else:
        show(run, team_page(diary, run.today(), shut=shut))


@app.command()
def edit(
    ctx: typer.Context,
    who: Who,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Another name.")] = None,
    role: Role = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Change a person of your team. Example: spinetrack team edit Dana --role physio."""
    from spinetrack.cli.people import person_named
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Person

    run = app_of(ctx)
    if name is None and role is None and note is None:
        raise UsageError("Say what to change: --name, --role or --note. Nothing was changed.")

    def write(store: "Store", writer: "Writer") -> "Person":
        people = store.every(Person)
        before = person_named(people, who)
        after = before._replace(
            name=before.name if name is None else _text(name, "name") or before.name,
            role=before.role if role is None else _text(role, "role"),
            note=before.note if note is None else _note(note),
        )
        _refuse_twice(after, [p for p in people if p.id != after.id])
        writer.replace(after)
        return after

    person, assessment = record(run, "team edit", write, texts=(note or "",))
    _echo(run, person, assessment, "Changed", as_json=as_json)


@app.command()
def remove(ctx: typer.Context, who: Who, *, as_json: Json = False) -> None:
    """Take a person off your team. What you did with them stays. Example: spinetrack team remove Dana."""
    from spinetrack.cli.people import person_named
    from spinetrack.recovery.diary import Person

    run = app_of(ctx)
    with run.open_store() as store:
        found = person_named(store.every(Person), who)
        with store.write(f"team remove {found.id}") as writer:
            writer.remove(found)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(removed={"id": found.id}))
        return
    run.say(f"Taken off your team: {found.name}. What you did with them stays, without the name.")
    run.say("undo: spinetrack undo")


def _text(text: str | None, what: str) -> str:
    from spinetrack.recovery.values import refused

    plain = " ".join((text or "").split())
    if len(plain) > LONGEST:
        raise refused(f"A {what} is one short line, up to {LONGEST} letters.")
    return plain


def _note(text: str | None) -> str | None:
    return (text or "").strip() or None


def _refuse_twice(fresh: "Person", people: "Sequence[Person]") -> None:
    from spinetrack.recovery.team import plain, same_role

    for person in people:
        alike = plain(person.name) == plain(fresh.name)
        if alike and (person.role == fresh.role or same_role(person.role, fresh.role)):
            raise ValueRefusedError(
                f"{person.name} is in your team already, number {person.id}. Nothing was saved.",
                hint=f"To change a line: spinetrack team edit {person.id} --role physio",
            )


def _echo(run: App, person: "Person", assessment: "Assessment", word: str, *, as_json: bool) -> None:
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.views.echo import line
    from spinetrack.views.team_page import person_doc

    say_crisis(run, (person.note,), assessment, aside=as_json)
    if as_json:
        from spinetrack.views.json_docs import document

        shut = bool(assessment.open_flags)
        print_json(run, document(person=person_doc(assessment.facts.diary, person, run.today(), shut=shut)))
        return
    parts = [*([person.role] if person.role else []), *(["note kept"] if person.note else [])]
    for text in line(f"{word} {person.id}: {person.name}", parts, width=run.width, plain=run.plain):
        run.say(text)
    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(run, assessment)
