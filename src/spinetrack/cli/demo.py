"""A made-up patient to look around with: log, look, next step. Never in the patient's own diary."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import app_of
from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.demo import Course
    from spinetrack.views.page import Block

app = typer.Typer(add_completion=False, rich_markup_mode=None)

MOST_DAYS = 365
LAST_LINES = 3
"""Entries shown before the line of today."""
OWN_SIGN = "The warning below is an example. If you have such a sign yourself, get help now."


@app.command()
def demo(
    ctx: typer.Context,
    *,
    patient: Annotated[
        str | None, typer.Option("--patient", metavar="NAME", help="Which made-up patient.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=MOST_DAYS, help="Days up to today.", show_default="84")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="DIR", help="Keep the made-up diary in this new folder.")
    ] = None,
) -> None:
    """Look around with made-up data. Your own diary is not touched.

    \b
    spinetrack demo
    spinetrack demo --patient boom-bust
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    course = _course(patient)
    with _folder(run, keep) as folder:
        shown = copy(run)
        shown.place = str(folder)
        _say(run, *_opening(course, days or course.demo_days))
        run.say()
        for words in _lines(shown, course, days or course.demo_days):
            _type(shown, words)
    _say(run, *_closing(course, keep))


def _course(name: str | None) -> "Course":
    from spinetrack.demo import COURSES, DEFAULT

    found = COURSES.get((name or DEFAULT).strip().lower())
    if found is None:
        raise ValueRefusedError(f'There is no made-up patient "{name}". There are: {", ".join(COURSES)}.')
    return found


@contextmanager
def _folder(run: App, keep: Path | None) -> Iterator[Path]:
    """Give the folder of the made-up diary: `keep`, or one that is deleted at the end.

    Raises:
        ValueRefusedError: `keep` is not an empty folder, or is the one of the patient's own diary.

    """
    from tempfile import TemporaryDirectory

    if keep is None:
        with TemporaryDirectory(prefix="spinetrack-demo-") as name:
            yield Path(name)
        return
    folder = keep.expanduser()
    if folder.resolve() == run.home.resolve():
        raise ValueRefusedError("That is the folder of your own diary. Name another. Nothing was written.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueRefusedError(f"{folder} is not an empty folder. Name a new one. Nothing was written.")
    yield folder


def _lines(shown: App, course: "Course", days: int) -> Iterator[tuple[str, ...]]:
    """Write the diary and give the lines to type, each when its turn has come."""
    from spinetrack.cli.record import look
    from spinetrack.demo import up_to_now, write_records
    from spinetrack.demo.courses import RED_FLAG_ITEM

    life = up_to_now(course, now=shown.now(), today=shown.today(), days=days)
    with shown.open_store() as store:
        write_records(store, life.records)
    if len(life.records.entries) > 0:
        yield "history", "pain", course.goal[0], "--limit", str(LAST_LINES)
    yield life.line
    if course.red_flag == days - 1:
        yield "screen", "--yes", RED_FLAG_ITEM
        yield ("plan",)
        yield ()
        return
    yield ()
    _, found = look(shown)
    if found.flare:
        yield "flare", "status"
    yield "chart", "pain", course.goal[0]
    yield ("plan",)
    yield ("suggest", "--why", "1") if found.suggestions else ("suggest",)


def _type(shown: App, words: tuple[str, ...]) -> None:
    """Show a line as if it was typed, and what it answers."""
    from spinetrack.cli.root import run
    from spinetrack.views.page import Text

    _say(shown, Text(f"$ {shlex.join(('spinetrack', *words))}", "strong"))
    run(shown, words)
    shown.say()


def _say(run: App, *blocks: "Block") -> None:
    from spinetrack.cli.showing import show

    show(run, blocks)


def _opening(course: "Course", days: int) -> "tuple[Block, ...]":
    from spinetrack.views.page import Text

    return (
        Text("Made-up data, to look around. None of it is in your own diary.", "strong"),
        Text(f"The patient: {course.name}. {course.about} Days of diary: {days}, up to today."),
        *((Text(OWN_SIGN, "alarm"),) if course.red_flag == days - 1 else ()),
    )


def _closing(course: "Course", keep: Path | None) -> "tuple[Block, ...]":
    from spinetrack.demo import COURSES
    from spinetrack.views.page import Text

    others = ", ".join(name for name in COURSES if name != course.name)
    kept = shlex.join(("spinetrack", "--home", str(keep)))
    end = "It is deleted now." if keep is None else f"It is kept. To look at it: {kept}"
    return (
        Text(f"That was made-up data. {end}", "strong"),
        Text(f"Another patient: spinetrack demo --patient NAME, with {others}."),
        Text("Your own diary is as it was. To begin it, one number is enough: spinetrack log 4"),
    )
