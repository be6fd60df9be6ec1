"""Today, for the bare command. Never imports Typer."""

from __future__ import annotations

from spinetrack.errors import ExitCode
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.app import App


def show_today(app: App) -> int:
    """Show today; return 3 while a tier-1 or tier-2 flag is open, else 0. Writes nothing."""
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import only_ascii, show
    from spinetrack.views.today import today_page

    with app.open_store() as store:
        diary, assessment = look(app, store)
        timer, draft = store.timer(), store.draft()
    page = today_page(
        diary, assessment, width=app.width, plain=app.plain, ascii=only_ascii(app), timer=timer, draft=draft
    )
    show(app, page)
    return ExitCode.FLAG if assessment.open_flags else ExitCode.OK
