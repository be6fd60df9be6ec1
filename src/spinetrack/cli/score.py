"""`spinetrack score`: questionnaires by item numbers or by their total."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import LOOSE, At, Json, Since, Until, app_of, moment_of, period_of, print_json
from spinetrack.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Score
    from spinetrack.recovery.scoring import Reading
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LONGEST_VERSION = 40


@app.command(context_settings=LOOSE)
def score(  # noqa: PLR0913
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME NUMBERS... | list [NAME] | info [NAME]",
            help="The questionnaire and its item numbers, - for a skipped one.",
            show_default=False,
        ),
    ] = None,
    *,
    total: Annotated[str | None, typer.Option("--total", metavar="N", help="The total alone.")] = None,
    version: Annotated[
        str, typer.Option("--version", metavar="TEXT", help="Which version the form is.")
    ] = "",
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="TEXT", help="PSFS: an activity of your own, once for each."),
    ] = None,
    at: At = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Score a questionnaire from your clinic's form: score odi 2 1 3 0 2 2 1 - 1 2.

    The questions are not in here: read them from your own copy. score list shows your scores;
    score info odi says where the form comes from and what the numbers mean.
    """
    run, said = app_of(ctx), words or ["info"]
    what, rest = said[0].strip().lower(), said[1:]
    typed = total is not None or bool(version) or bool(activity) or at is not None
    if what in {"list", "info"} and typed:
        raise UsageError(f"score {what} only shows. Nothing was saved.")
    if what != "list" and (since or until):
        raise UsageError("--since and --until go with: spinetrack score list")
    if what == "list":
        _list(run, rest, period_of(run, since, until), as_json=as_json)
    elif what == "info":
        _info(run, rest, as_json=as_json)
    else:
        _write(run, _read(run, what, rest, total, version, at), activity or [], as_json=as_json)


def _read(
    run: App, name: str, numbers: "Sequence[str]", total: str | None, version: str, at: str | None
) -> "Score":
    from spinetrack.recovery import scoring
    from spinetrack.recovery.diary import Score
    from spinetrack.recovery.instruments import find

    instrument = find(name)
    kept = " ".join(version.split())
    if len(kept) > LONGEST_VERSION:
        raise UsageError(f"A version has at most {LONGEST_VERSION} letters. Nothing was saved.")
    if total is not None and numbers:
        raise UsageError("Type the item numbers or --total, not both. Nothing was saved.")
    moment, day = moment_of(run, at)
    if total is not None:
        return Score(instrument.key, moment, day, (), scoring.read_total(instrument, total), kept)
    items = scoring.read_items(instrument, numbers)
    return Score(instrument.key, moment, day, items, scoring.score(instrument, items).total, kept)


def _write(run: App, new: "Score", activities: "Sequence[str]", *, as_json: bool) -> None:

    from spinetrack.cli.record import record
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.recovery.scoring import labels_for

    def add(store: "Store", writer: "Writer") -> "tuple[int, tuple[Score, ...]]":
        labels = labels_for(new, activities, store.diary(run.today(), run.today()).scores)
        number = writer.add(new._replace(labels=labels))
        return number, store.diary(run.today(), run.today()).scores

    (number, scores), assessment = record(run, f"score {new.instrument}", add, texts=tuple(activities))
    say_crisis(run, activities, assessment, aside=as_json)
    if as_json:
        from spinetrack.views.json_docs import document
        from spinetrack.views.score_docs import score_doc

        print_json(run, document(**score_doc(_reading(number, scores))))
        return
    _echo(run, _reading(number, scores), scores)
    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(run, assessment)


def _reading(number: int, scores: "Sequence[Score]") -> "Reading":
    from spinetrack.recovery.scoring import readings

    return next(found for found in readings(scores) if found.score.id == number)


def _echo(run: App, reading: "Reading", scores: "Sequence[Score]") -> None:
    from spinetrack.views.echo import WIDEST, day_part, fold, line
    from spinetrack.views.page import clean
    from spinetrack.views.score_page import score_lines, score_parts

    row = reading.score
    head = f"#{row.id}  {day_part(row.day, run.today())}"
    for text in line(head, score_parts(reading), width=run.width, plain=run.plain):
        run.say(text)
    for text in score_lines(reading, scores, run.today()):
        for part in fold(clean(text), min(run.width, WIDEST)):
            run.say(part)


def _list(
    run: App, names: "Sequence[str]", period: "tuple[date | None, date | None]", *, as_json: bool
) -> None:
    from spinetrack.recovery.instruments import find
    from spinetrack.recovery.scoring import readings

    wanted = {find(name).key for name in names}
    with run.open_store() as store:
        scores = store.diary(run.today(), run.today()).scores
    found = [r for r in readings(scores) if not wanted or r.instrument.key in wanted]
    found = [r for r in found if _inside(r.score.day, period)]
    if as_json:
        from spinetrack.views.score_docs import scores_doc

        print_json(run, scores_doc(found))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.score_page import list_page

    show(run, list_page(found, run.today(), remind=not any(period)))


def _inside(day: "date", period: "tuple[date | None, date | None]") -> bool:
    first, last = period
    return (first is None or first <= day) and (last is None or day <= last)


def _info(run: App, names: "Sequence[str]", *, as_json: bool) -> None:
    from spinetrack.recovery.instruments import INSTRUMENTS, find

    rows = [find(" ".join(names))] if names else list(INSTRUMENTS.values())
    if as_json:
        from spinetrack.views.json_docs import document
        from spinetrack.views.score_docs import info_doc

        print_json(run, document(instruments=[info_doc(row) for row in rows]))
        return
    from spinetrack.cli.showing import show
    from spinetrack.views.score_page import info_page, instruments_page

    show(run, info_page(rows[0]) if names else instruments_page(rows))
