"""What came of a warning sign, and the file with the page to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import ExitCode, UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Outcome, OutcomeKind, Screen
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer


class Said(NamedTuple):
    """What was typed behind `screen outcome`."""

    number: int
    text: str
    by: str | None
    on: str | None
    mistake: bool
    gone: bool
    booked: bool
    old: str | None


def write_outcome(app: App, said: Said, *, as_json: bool) -> int:
    """Add an outcome to a screen and say what is still open; return the exit code.

    Raises:
        UsageError: two kinds of outcome on one line.
        ValueRefusedError: there is no such screen, or the line says too little.

    """
    from spinetrack.cli.record import record

    kind = _kind(said)

    def write(store: Store, writer: Writer) -> tuple[Outcome, tuple[Screen, ...]]:
        target = store.screen(said.number)
        if target is None:
            raise ValueRefusedError(
                f"There is no screen #{said.number}. Nothing was saved.",
                hint="See them: spinetrack screen list",
            )
        diary = store.diary(None, app.today())
        _refuse_signless(target, diary.screens, kind)
        if kind == "mistake" and diary.intakes:
            _refuse_standing(app, target, diary)
        outcome = _outcome(app, diary, said, kind, target)
        writer.add(outcome)
        return outcome, (target, *_open(target, diary.screens))

    texts = (said.text,) if said.text and kind == "note" else ()
    (outcome, (target, *before)), assessment = record(
        app, f"screen outcome {said.number}", write, texts=texts
    )
    if as_json:
        _print(app, outcome)
        return ExitCode.OK
    _echo(app, outcome, target, before, assessment)
    if kind in {"mistake", "gone"} and app.stdin_is_terminal:
        from spinetrack.cli.screen_talk import guided

        return guided(app, short=kind == "mistake")
    return ExitCode.OK


def _refuse_signless(target: Screen, screens: Sequence[Screen], kind: OutcomeKind) -> None:
    """Refuse to close what reported no sign: a note is all it can have."""
    from spinetrack.recovery.redflags import open_flags

    if target.tier is not None or kind == "note":
        return
    still = [f"#{s.id}" for s in open_flags(screens, 4)]
    if kind == "mistake" or not still:
        raise ValueRefusedError(
            f"Screen #{target.id} reported no sign. Nothing was saved.",
            hint="To correct an answer, answer again: spinetrack screen",
        )
    raise ValueRefusedError(
        f"Screen #{target.id} reported no sign. Open is {', '.join(still)}. Nothing was saved."
    )


def _refuse_standing(app: App, target: Screen, diary: Diary) -> None:
    """Refuse to call a mistake what the intakes still say: they are what is to be corrected."""
    from spinetrack.recovery.medicine_flags import is_own, over
    from spinetrack.recovery.redflag_items import OVER_LIMIT

    if is_own(target) and target.answers[0].item == OVER_LIMIT and over(diary, app.now()):
        raise ValueRefusedError(
            f"Screen #{target.id} comes from what you logged as taken. Nothing was saved.",
            hint="Correct the number there, and it goes: spinetrack med taken",
        )


def _kind(said: Said) -> OutcomeKind:
    named: list[OutcomeKind] = []
    if said.mistake:
        named.append("mistake")
    if said.gone:
        named.append("gone")
    if said.booked:
        named.append("booked")
    if said.old is not None:
        named.append("old")
    if len(named) > 1:
        raise UsageError(f"--{named[0]} and --{named[1]} cannot go together. Nothing was saved.")
    if named:
        return named[0]
    return "note" if said.by is None else "seen"


def _outcome(app: App, diary: Diary, said: Said, kind: OutcomeKind, target: Screen) -> Outcome:
    from spinetrack.recovery.diary import Outcome
    from spinetrack.recovery.profile import value_of
    from spinetrack.recovery.redflags import check_by

    if kind == "note" and not said.text:
        raise UsageError(
            "Say what came of it. Nothing was saved.",
            hint='Like: spinetrack screen outcome 7 "what they said" --by "A&E"',
        )
    by = check_by(said.by, value_of(diary, "name")) if said.by is not None or kind == "old" else None
    day = _day(app, said.on, target, must_follow=kind == "seen")
    item = _item(said.old, target) if kind == "old" else None
    return Outcome(target.id, app.now(), day, kind, said.text, by, item)


def _day(app: App, on: str | None, target: Screen, *, must_follow: bool) -> date:
    if on is None:
        return app.today()
    from spinetrack.recovery.when import parse_day

    day = parse_day(on, app.now())
    if day > app.today():
        raise ValueRefusedError("That day has not come yet. Nothing was saved.")
    if must_follow and day < target.day:
        raise ValueRefusedError(
            "That day lies before the sign was reported. Nothing was saved.",
            hint="If it is old and known: --old ITEM --by WHO --on DATE",
        )
    return day


def _item(text: str | None, target: Screen) -> str:
    from spinetrack.recovery.redflags import parse_items

    (name, _), *rest = parse_items(text or "")
    if rest:
        raise ValueRefusedError("--old takes one item. Nothing was saved.")
    reported = [a.item for a in target.answers if a.answer != "no"]
    if name not in reported:
        listed = ", ".join(reported) or "nothing"
        raise ValueRefusedError(f"{name} was not reported there. It holds {listed}. Nothing was saved.")
    return name


def _open(target: Screen, screens: Sequence[Screen]) -> tuple[Screen, ...]:
    """Return the open signs an outcome on `target` may close, its own among them."""
    from spinetrack.recovery.redflags import closed_with

    return closed_with(target, screens)


def _echo(
    app: App, outcome: Outcome, target: Screen, before: Sequence[Screen], assessment: Assessment
) -> None:
    from spinetrack.cli.showing import say_answer
    from spinetrack.recovery.redflags import is_open
    from spinetrack.views.echo import fold, line
    from spinetrack.views.screen_page import OUTCOMES

    screens = assessment.facts.diary.screens
    still = {s.id for s in screens if is_open(s, screens)}
    words = [OUTCOMES[outcome.kind] + (f" by {outcome.by}" if outcome.by else "")]
    for name, found in (
        ("closed", [s.id for s in before if s.id not in still]),
        ("still open", [s.id for s in before if s.id in still]),
    ):
        if found == [target.id]:
            words.append(name)
        elif found:
            words.append(f"{name}: {', '.join(f'#{number}' for number in found)}")
    for text in line(f"Screen #{target.id}", words, width=app.width, plain=app.plain, back=""):
        app.say(text)
    for text in _after(outcome, target, target.id in still):
        for part in fold(text, min(app.width, 80)):
            app.say(part)
    if assessment.open_flags:
        say_answer(app, assessment)


def _after(outcome: Outcome, target: Screen, still: bool) -> list[str]:
    if outcome.kind == "mistake":
        return ["Please answer the questions again: spinetrack screen"]
    if outcome.kind == "gone" and still:
        return [
            "Nobody has looked at it. Call a doctor about it, and answer all questions: spinetrack screen"
        ]
    if outcome.kind == "note" and still:
        return [f'Once somebody saw you: spinetrack screen outcome {target.id} "what they said" --by "who"']
    if outcome.kind == "seen" and target.tier in {1, 2}:
        return ["Rises wait 7 days. If it gets worse than when it was seen, do not wait: spinetrack screen"]
    return []


def _print(app: App, outcome: Outcome) -> None:
    from spinetrack.cli.options import print_json
    from spinetrack.views.json_docs import document

    print_json(
        app,
        document(
            outcome={
                "screen": outcome.screen_id,
                "kind": outcome.kind,
                "text": outcome.text,
                "by": outcome.by,
                "day": outcome.day.isoformat(),
                "item": outcome.item,
            }
        ),
    )


def write_private(path: Path, text: str, *, force: bool) -> None:
    """Write `text` to a file that only its owner can read.

    Raises:
        ValueRefusedError: the file is there and `force` was not given, or is a folder.

    """
    import os

    if path.is_dir():
        raise ValueRefusedError(f"{path} is a folder. Name a file. Nothing was written.")
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
    try:
        number = os.open(path, flags, 0o600)
    except FileExistsError as error:
        raise ValueRefusedError(
            f"{path} is there already. Nothing was written.", hint="To write over it: --force"
        ) from error
    except FileNotFoundError as error:
        raise ValueRefusedError(f"There is no folder {path.parent}. Nothing was written.") from error
    with os.fdopen(number, "w", encoding="utf-8") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(number, 0o600)
        file.write(text)
