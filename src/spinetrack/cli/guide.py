"""A short guide, one chapter a screen."""

from typing import Annotated

import typer

from spinetrack.cli.options import app_of
from spinetrack.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def guide(
    ctx: typer.Context,
    chapter: Annotated[
        str | None, typer.Argument(metavar="CHAPTER", help="One of the list: first, day, flare.")
    ] = None,
) -> None:
    """Show what to type, and when, in short chapters.

    \b
    spinetrack guide          the chapters
    spinetrack guide flare    one of them
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.showing import show
    from spinetrack.views.guide_page import CHAPTERS, chapter_page, contents_page

    if chapter is None:
        show(app_of(ctx), contents_page())
        return
    found = [c for c in CHAPTERS if c.key.startswith(chapter.casefold())]
    if len(found) != 1:
        names = ", ".join(c.key for c in CHAPTERS)
        raise UsageError(f'There is no chapter "{chapter}".', hint=f"The chapters are: {names}.")
    show(app_of(ctx), chapter_page(found[0]))
