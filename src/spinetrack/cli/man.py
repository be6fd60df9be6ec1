"""Print the manual page."""

import typer

from spinetrack.cli.options import app_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def man(ctx: typer.Context) -> None:
    """Print the manual page, with every command and option.

    \b
    spinetrack man > spinetrack.1
    man -l spinetrack.1
    """  # noqa: D301 - \b keeps the lines apart
    from spinetrack.cli.man_page import page

    app_of(ctx).say(page().rstrip("\n"))
