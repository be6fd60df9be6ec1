"""Pages on standard output."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.views.page import Page


SPOKEN = ((" · ", ", "), (" → ", " to "))
"""Signs that a screen reader would read out, and what it reads instead."""


def only_ascii(app: App) -> bool:
    """Return whether standard output cannot show bars and dots."""
    return (app.out.encoding or "utf-8").lower().replace("-", "") != "utf8"


def show(app: App, page: Page) -> None:
    """Write a page as this terminal can take it."""
    from spinetrack.views.page import paint

    text = paint(page, width=app.width, plain=app.plain, colour=app.colour)
    if app.plain:
        for sign, word in SPOKEN:
            text = text.replace(sign, word)
    app.say(text)


def show_stop(app: App, diary: Diary, assessment: Assessment) -> None:
    """Write the page of the open tier-1 and tier-2 flags."""
    from spinetrack.views.stop_page import stop_page

    show(app, stop_page(diary, assessment))


def say_answer(app: App, assessment: Assessment) -> None:
    """Write what goes out with a record, without Rich.

    The banner of an open flag, the joined message of a flare's start, else at most one suggestion.
    """
    from spinetrack.views.echo import answer

    for line in answer(None, assessment, width=app.width, plain=app.plain):
        app.say(line)


def say_crisis(app: App, texts: Iterable[str | None], assessment: Assessment, *, aside: bool = False) -> None:
    """Say at once whom to call when a text speaks of self-harm; `aside` keeps it off standard output."""
    from spinetrack.recovery.redflag_words import self_harm

    if not any(text and self_harm(text) for text in texts):
        return
    from spinetrack.recovery.places import crisis_lines, place
    from spinetrack.recovery.profile import value_of

    where = place(value_of(assessment.facts.diary, "country"))
    for line in crisis_lines(where, adult=bool(assessment.gates["minor"])):
        (app.complain if aside else app.say)(line)
