"""A planned activity was left out, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, app_of, moment_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary, Skip
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

REASONS = {
    "pain": "too much pain",
    "afraid": "afraid it does harm",
    "ill": "ill",
    "away": "away from home",
    "time": "no time",
}


@app.command()
def skip(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ACTIVITY", help="What the plan holds, or all.")],
    *,
    why: Annotated[str | None, typer.Option("--why", help=f"{', '.join(REASONS)}.")] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Leave out an activity, and say why. Example: spinetrack skip sit --why pain."""
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Skip

    run = app_of(ctx)
    when = moment_of(run, at)
    reason = _reason(run, why)

    def write(store: "Store", writer: "Writer") -> "tuple[Skip, ...]":
        names = _names(run, store, name)
        skips = tuple(Skip(n, when[0], when[1], reason) for n in names)
        for row in skips:
            writer.add(row)
        return skips

    skips, assessment = record(run, f"skip {name}", write)
    if as_json:
        _print(run, skips)
    else:
        _echo(run, skips, assessment)


def _reason(run: App, why: str | None) -> str:
    if why is None and run.stdin_is_terminal:
        options = ", ".join(f"{key} ({words})" if key != words else key for key, words in REASONS.items())
        why = run.ask(f"Why? {options}: ")
    if why is None:
        raise UsageError(f"Say why: --why {', '.join(REASONS)}. Nothing was saved.")
    word = why.strip().lower()
    found = [key for key in REASONS if word and key.startswith(word)]
    if len(found) != 1:
        raise ValueRefusedError(
            f'"{why}" is no reason here. Reasons: {", ".join(REASONS)}. Nothing was saved.'
        )
    return found[0]


def _names(run: App, store: "Store", word: str) -> list[str]:
    from spinetrack.cli.dose import clean_name, known_activity
    from spinetrack.cli.record import WINDOW

    diary = store.diary(run.today() - WINDOW, run.today())
    if clean_name(word) != "all":
        activity = known_activity(diary, word)
        return [activity.name if activity else clean_name(word)]
    names = _planned(run, diary)
    if not names:
        raise ValueRefusedError("Your plan is empty: there is nothing to leave out. Nothing was saved.")
    return names


def _planned(run: App, diary: "Diary") -> list[str]:
    from spinetrack.recovery.facts import Facts
    from spinetrack.recovery.pacing import planned

    return [item.name for item in planned(Facts(diary, run.now(), run.today()))]


def _echo(run: App, skips: "tuple[Skip, ...]", assessment: "Assessment") -> None:
    from spinetrack.cli.showing import say_answer
    from spinetrack.recovery.words import listed
    from spinetrack.views.echo import day_part, line

    head = day_part(skips[0].day, assessment.today)
    parts = [f"{listed([row.activity for row in skips])} left out", REASONS[skips[0].why]]
    for text in line(head, parts, width=run.width, plain=run.plain):
        run.say(text)
    say_answer(run, assessment)


def _print(run: App, skips: "tuple[Skip, ...]") -> None:
    from spinetrack.views.json_docs import document

    rows = [
        {"activity": s.activity, "day": s.day.isoformat(), "at": s.at.isoformat(), "why": s.why}
        for s in skips
    ]
    print_json(run, document(skips=rows))
