"""`spinetrack side-effect`: something unwanted the patient noticed."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, Since, Until, app_of, moment_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LONGEST = 200
TWO_WORDS = 2


@app.command()
def side_effect(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT | list | remove ID", help="What you noticed, or what to do.", show_default=False
        ),
    ] = None,
    *,
    med: Annotated[
        str | None, typer.Option("--med", metavar="NAME", help="The medicine you think of.")
    ] = None,
    at: At = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Keep something unwanted you noticed, such as: side-effect "dry mouth" --med amitriptyline.

    side-effect list shows them; side-effect remove 3 takes one out.
    """
    run = app_of(ctx)
    said = words or []
    if not said or said == ["list"]:
        _list(run, since, until, as_json=as_json)
    elif since is not None or until is not None:
        raise UsageError("--since and --until go with: spinetrack side-effect list. Nothing was saved.")
    elif said[0] == "remove" and len(said) == TWO_WORDS and said[1].lstrip("#").isdecimal():
        _remove(run, int(said[1].lstrip("#")), as_json=as_json)
    elif said == ["remove"]:
        raise UsageError("Say which one: spinetrack side-effect remove 3")
    else:
        _add(run, " ".join(" ".join(said).split()), med, at, as_json=as_json)


def _add(run: App, text: str, med: str | None, at: str | None, *, as_json: bool) -> None:
    if not text or len(text) > LONGEST:
        raise UsageError(f"Say it in a few words, up to {LONGEST} letters. Nothing was saved.")
    from spinetrack.cli.record import record
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.recovery.diary import Medicine, SideEffect
    from spinetrack.views.med_docs import effects_doc

    when = moment_of(run, at)

    def write(store: "Store", writer: "Writer") -> SideEffect:
        medicines = store.every(Medicine)
        number = None
        if med is not None:
            from spinetrack.cli.med_write import one_of

            number = one_of(medicines, med, when.day).id
        fresh = SideEffect(text, when.at, when.day, number)
        made = writer.add(fresh)
        return store.find(SideEffect, made) or fresh._replace(id=made)

    found, assessment = record(run, "side-effect", write, texts=(text,))
    say_crisis(run, (text,), assessment, aside=as_json)
    medicines = assessment.facts.diary.medicines
    if as_json:
        print_json(run, effects_doc([found], medicines))
        return
    name = next((m.name for m in medicines if m.id == found.medicine_id), "")
    from spinetrack.views.doses import short_day
    from spinetrack.views.echo import line

    parts = [found.text, *([f"with {name}"] if name else [])]
    head = f"Side effect {found.id}, {short_day(found.day, run.today())}"
    for out in line(head, parts, width=run.width, plain=run.plain):
        run.say(out)
    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(run, assessment)


def _list(run: App, since: str | None, until: str | None, *, as_json: bool) -> None:
    from spinetrack.cli.options import period_of
    from spinetrack.cli.showing import show
    from spinetrack.recovery.diary import Medicine, SideEffect
    from spinetrack.views.med_docs import effects_doc
    from spinetrack.views.med_page import effects_page

    first, last = period_of(run, since, until)
    with run.open_store() as store:
        everything, medicines = store.every(SideEffect), store.every(Medicine)
    within = (e for e in everything if (first or e.day) <= e.day <= (last or e.day))
    found = tuple(sorted(within, key=lambda e: (e.at, e.id)))
    if as_json:
        print_json(run, effects_doc(found, medicines))
    else:
        show(run, effects_page(found, medicines, run.today()))


def _remove(run: App, number: int, *, as_json: bool) -> None:
    from spinetrack.recovery.diary import SideEffect
    from spinetrack.views.json_docs import document

    with run.open_store() as store:
        found = store.find(SideEffect, number)
        if found is None:
            raise ValueRefusedError(
                f"There is no side effect {number}. Nothing was changed.",
                hint="See them: spinetrack side-effect list",
            )
        with store.write(f"side-effect remove {number}") as writer:
            writer.remove(found)
    if as_json:
        print_json(run, document(removed={"id": number}))
        return
    run.say(f"Taken out: {found.text}")
    run.say("undo: spinetrack undo")
