"""The warning-sign questions answered on one line, and what every answer comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spinetrack.app import App
    from spinetrack.recovery.diary import Answer
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

MISTAKE = "Screens stay out of undo. A wrong key: spinetrack screen outcome {} --mistake"
AGAIN = "Screens stay out of undo. To correct an answer, answer again: spinetrack screen"


# What is asked


def base_items(assessment: Assessment, *, short: bool) -> tuple[str, ...]:
    """Return the items to ask: those due or the short form with `short`, else the full screen."""
    from spinetrack.recovery.redflags import SHORT_ITEMS, all_items, rescreen_items
    from spinetrack.recovery.weighing import after_procedure

    if not short:
        return all_items(assessment.gates)
    if assessment.rescreen:
        return assessment.rescreen.items
    facts = assessment.facts
    return rescreen_items(("aftercare",)) if after_procedure(facts.diary, facts.today) else SHORT_ITEMS


# On one line


def typed(
    app: App, *, yes: str | None, unsure: str | None, no: str | None, short: bool, as_json: bool
) -> int:
    """Store the answers of one line and say what they come to; return the exit code.

    With `no` alone only the items named are answered; else every other item asked is a no, but for
    those that only the patient can feel where somebody else answers.
    """
    from spinetrack.cli.record import look, record
    from spinetrack.recovery.profile import is_carer
    from spinetrack.recovery.redflags import answers_of

    diary, assessment = look(app)
    alone = no is not None and yes is None and unsure is None
    asked = () if alone else base_items(assessment, short=short)
    left: tuple[str, ...] = ()
    if is_carer(diary):
        left = _felt(asked, answers_of(yes, unsure, no))
        asked = tuple(item for item in asked if item not in left)
    answers = answers_of(yes, unsure, no, asked)
    number, after = record(
        app, "screen", lambda store, writer: store_answers(app, store, writer, (), answers)
    )
    if as_json:
        _print(app, number, after)
    else:
        _say_result(app, number, answers, left, after)
    return ExitCode.FLAG if after.open_flags else ExitCode.OK


def _felt(items: Iterable[str], given: Sequence[Answer]) -> tuple[str, ...]:
    from spinetrack.recovery.redflag_items import ITEMS

    named = {answer.item for answer in given}
    return tuple(item for item in items if ITEMS[item].felt and item not in named)


def store_answers(
    app: App, store: Store, writer: Writer, earlier: Sequence[Answer], answers: Sequence[Answer]
) -> int:
    """Add a screen with `answers`; where they make an earlier answer graver, that is repeated in it."""
    from spinetrack.recovery.diary import Screen
    from spinetrack.recovery.weighing import tier_on

    today = app.today()
    diary = store.diary(today, today)
    own, before = tier_on(diary, today, answers), tier_on(diary, today, earlier)
    both = tier_on(diary, today, (*earlier, *answers))
    kept = tuple(answers)
    if both is not None and both < min(own or 9, before or 9):
        kept = (*(a for a in earlier if a.answer != "no"), *answers)
        own = both
    return writer.add(Screen(app.now(), app.today(), kept, own))


def _print(app: App, number: int, after: Assessment) -> None:
    from spinetrack.cli.options import print_json
    from spinetrack.views.json_docs import screens_doc

    print_json(app, screens_doc([s for s in after.facts.diary.screens if s.id == number]))


def _say_result(
    app: App, number: int, answers: Sequence[Answer], left: Sequence[str], after: Assessment
) -> None:
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.redflag_items import ITEMS
    from spinetrack.recovery.weighing import tier_on
    from spinetrack.views.echo import fold
    from spinetrack.views.screen_page import answered_page, result_page

    diary = after.facts.diary
    width = min(app.width, 80)
    denied = [a.item for a in answers if a.answer == "no"]
    if denied and len(denied) == len(answers):
        show(app, answered_page(denied))
    elif denied:
        app.say(f"The other {len(denied)} questions: no.")
    if left:
        names = "; ".join(f"{item} {ITEMS[item].short}" for item in left)
        for line in fold(f"Still open, only the patient can feel it: {names}.", width):
            app.say(line)
    tier = tier_on(diary, after.today, answers)
    if after.open_flags:
        show_stop(app, diary, after)
    else:
        show(app, result_page(diary, answers, tier, after))
        say_booking(app, number, tier)
    say_correction(app, number if tier else 0)


def say_correction(app: App, number: int) -> None:
    """Say how to correct an answer: of the screen `number` that reported a sign, or of none (0)."""
    from spinetrack.views.echo import fold

    for line in fold(MISTAKE.format(number) if number else AGAIN, min(app.width, 80)):
        app.say(line)


def say_booking(app: App, number: int, tier: int | None) -> None:
    """Say what to type once a visit is booked for a tier-3 sign."""
    if tier == 3:  # noqa: PLR2004
        app.say(f'When it is booked: spinetrack screen outcome {number} "where and when" --booked')
