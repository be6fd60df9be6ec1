"""`spinetrack question`: what to ask at the next visit."""

from typing import Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import app_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError
from spinetrack.recovery.diary import Question

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def question(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT | list | done ID", help="Your question, or what to do.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for another program.")] = False,
) -> None:
    """Keep a question for your next visit, such as: question "May I swim?".

    question list shows them; question done 3 takes one off the list.
    """
    run = app_of(ctx)
    said = words or []
    if not said or said == ["list"]:
        _list(run, as_json=as_json)
    elif said[0] in {"done", "remove"} and len(said) == 2 and said[1].lstrip("#").isdecimal():  # noqa: PLR2004
        _done(run, int(said[1].lstrip("#")), as_json=as_json)
    elif said[0] == "done" and len(said) == 1:
        raise UsageError("Say which one: spinetrack question done 3")
    else:
        _add(run, " ".join(said).strip(), as_json=as_json)


def _add(run: App, text: str, *, as_json: bool) -> None:
    if not text:
        raise UsageError("The question is empty. Nothing was saved.")
    from spinetrack.cli.record import record

    fresh = Question(text, run.now(), run.today())
    number, assessment = record(run, "question", lambda _, writer: writer.add(fresh), texts=(text,))
    from spinetrack.cli.showing import say_crisis

    say_crisis(run, (text,), assessment, aside=as_json)
    if as_json:
        print_json(run, _document([(number, text, run.today().isoformat())]))
        return
    run.say(f"Kept for your next visit, number {number}: {text}")
    run.say("list: spinetrack question list · undo: spinetrack undo")
    if assessment.open_flags or assessment.rescreen is not None:
        from spinetrack.cli.showing import say_answer

        say_answer(run, assessment)


def _list(run: App, *, as_json: bool) -> None:
    with run.open_store() as store:
        found = store.questions()
    if as_json:
        print_json(run, _document([(q.id, q.text, q.day.isoformat()) for q in found]))
    elif not found:
        run.say('No questions yet. Keep one: spinetrack question "May I swim?"')
    else:
        from spinetrack.cli.showing import show
        from spinetrack.views.page import Rows

        page = (Rows(tuple((str(q.id), q.text) for q in found)),)
        show(run, page)


def _done(run: App, number: int, *, as_json: bool) -> None:
    with run.open_store() as store:
        found = next((q for q in store.questions() if q.id == number), None)
        if found is None:
            raise ValueRefusedError(
                f"There is no question {number}. Nothing was changed.",
                hint="See them: spinetrack question list",
            )
        with store.write(f"question done {number}") as writer:
            writer.remove(found)
    if as_json:
        print_json(run, _document([]))
        return
    run.say(f"Taken off the list: {found.text}")
    run.say("undo: spinetrack undo")


def _document(rows: list[tuple[int, str, str]]) -> dict[str, object]:
    from spinetrack.views.json_docs import document

    return document(questions=[{"id": number, "text": text, "day": day} for number, text, day in rows])
