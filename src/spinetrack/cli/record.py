"""One write of a command, and one look: what every command does around its own few lines."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.errors import SpinetrackError
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from typing import TypeVar

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

    T = TypeVar("T")

WINDOW = timedelta(days=180)
"""How far back the engine reads. Source: design.md section 5."""


def record(
    app: App,
    command: str,
    add: Callable[[Store, Writer], T],
    *,
    texts: Sequence[str] = (),
    store: Store | None = None,
    brief: bool = False,
) -> tuple[T, Assessment]:
    """Write what `add` writes in one step, with the re-screen it makes due, and conclude anew.

    Args:
        app: The run.
        command: What was typed, for `undo`.
        add: Writes the records; what it returns is handed back. It may refuse: then nothing is saved.
        texts: Notes just written, to be read for words that make a re-screen due.
        store: The diary's store where the command has it open already.
        brief: The answer shows what comes first and no more (`assess.first_words`).

    Raises:
        SpinetrackError: `add` refused, or the diary file cannot be written.

    """
    from spinetrack.recovery.assess import conclude, first_words
    from spinetrack.recovery.facts import Facts
    from spinetrack.store.daily import lacks_copy

    now, today = app.now(), app.today()
    with store or app.open_store() as diary_store:
        warning = diary_store.cloud_warning()
        with diary_store.write(command) as writer:
            result = add(diary_store, writer)
            diary = for_the_rules(diary_store, today)
            took = diary.medicines or command.startswith("med ")
            if took and follow_intakes(writer, diary, now, today):
                diary = for_the_rules(diary_store, today)
            facts = Facts(diary, now, today)
            triggers = facts.triggers.fresh(texts, writer.step)
            for trigger in triggers:
                writer.add(trigger)
    if lacks_copy(app.place, now):
        app.afterwards = _keep_copy
    if warning:
        app.complain(warning)
    return result, (first_words if brief else conclude)(facts.with_triggers(triggers))


def follow_intakes(writer: Writer, diary: Diary, now: datetime, today: date) -> bool:
    """Write the warning sign that the intakes of a diary give, or that it went with their correction.

    Returns:
        Whether anything was written.

    """
    from spinetrack.recovery.medicine_flags import due

    rows = due(diary, now, today)
    for row in rows:
        writer.add(row)
    return bool(rows)


def for_the_rules(store: Store, today: date) -> Diary:
    """Return the last 180 days, with as much of each day as the rules read."""
    from spinetrack.recovery.facts import LONG_METRICS, RECENT_DAYS

    return store.diary(today - WINDOW, today, recent=today - timedelta(days=RECENT_DAYS), long=LONG_METRICS)


def look(app: App, store: Store | None = None) -> tuple[Diary, Assessment]:
    """Return what the rules read of the last 180 days, and what it comes to. Writes nothing.

    Args:
        app: The run.
        store: The diary's store where the command has it open already; it stays open.

    Raises:
        DiaryFileError: the diary file cannot be read.

    """
    from spinetrack.recovery.assess import assess
    from spinetrack.store.daily import unchecked

    today = app.today()
    if store is None:
        with app.open_store() as opened:
            return look(app, opened)
    diary = for_the_rules(store, today)
    if app.afterwards is None and unchecked(app.place):
        app.afterwards = _check_copy
    return diary, assess(diary, app.now(), today)


def _keep_copy(app: App) -> None:
    """Copy the diary with the first record of a day. What was recorded is saved whatever comes of it."""
    from spinetrack.store.backup import write_plain
    from spinetrack.store.backups import thin

    try:
        write_plain(app.open_store().path, app.now())
        thin(app.home, app.now())
    except SpinetrackError as error:
        app.complain(f"Your record is saved. Today's copy of the diary is not: {error}")


def _check_copy(app: App) -> None:
    """Check the copy that the first record of a day left."""
    from spinetrack.store.backups import check_waiting

    try:
        if not check_waiting(app.home, app.now()):
            app.complain("The last daily copy was no good and is gone. What to do now: spinetrack doctor")
    except SpinetrackError as error:
        app.complain(f"The last daily copy could not be checked: {error}")
