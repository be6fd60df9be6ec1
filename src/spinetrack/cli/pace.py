"""A live timer in blocks: `pace sit`. What was done is recorded however it ends."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Self

import typer

from spinetrack.app import App
from spinetrack.cli.checkin import HungUpError
from spinetrack.cli.dose import Dose, is_tolerance
from spinetrack.cli.options import Json, app_of
from spinetrack.cli.pace_clock import Board, Course, Keys, NoKeys, Pace, Ticker, keyboard, span
from spinetrack.errors import ExitCode, SpinetrackError, ValueRefusedError
from spinetrack.recovery.blocks import BLOCK, BREAK, LONGEST_BLOCK, SET_REST, blocks, set_blocks, set_seconds

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from spinetrack.recovery.diary import Diary, Session
    from spinetrack.recovery.findings import Assessment, PlanItem
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SMALL = 5.0
"""Minutes of a minimum session. Source: clinical.md, "Definitions used by the rules"."""
LONGEST_BREAK = 30
NOTHING = "Nothing was started."


@app.command()
def pace(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="ACTIVITY", help="sit, stand, walk, or an exercise of the plan.")
    ],
    *,
    block: Annotated[int, typer.Option("--block", metavar="MIN", help="Minutes of a block at most.")] = BLOCK,
    rest: Annotated[
        int | None,
        typer.Option(
            "--break", metavar="MIN", help=f"Minutes of a break.  [default: {BREAK}]", show_default=False
        ),
    ] = None,
    minimum: Annotated[
        bool, typer.Option("--minimum", help="Five minutes on a bad day; it counts as done.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Time today's dose in blocks, with breaks to move. It is recorded at the end.

    \b
    spinetrack pace sit                today's dose, 25 minutes at a time
    spinetrack pace walk --block 10    shorter blocks
    spinetrack pace sit --minimum      five minutes on a bad day
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    plan = plan_of(run, name, block, rest, minimum=minimum)
    ticker = Ticker()

    with keyboard(run, ticker) as keys:
        code = run_pace(run, plan, ticker, keys, _speaker(run, as_json=as_json), as_json=as_json)
    raise typer.Exit(code)


def _speaker(run: App, *, as_json: bool) -> "Callable[[str], None]":
    """Return what writes a line at once, folded for the eye, without dots for the ear."""
    from spinetrack.cli.showing import SPOKEN
    from spinetrack.views.echo import WIDEST, fold

    def say(text: str) -> None:
        for sign, word in SPOKEN if run.plain else ():
            text = text.replace(sign, word)
        for line in [text] if run.plain else fold(text, min(run.width, WIDEST)):
            (run.complain if as_json else run.say)(line)
        run.out.flush()

    return say


# -- what is to be done ------------------------------------------------------------------------------


def plan_of(
    run: App, name: str, block: int = BLOCK, rest: int | None = None, *, minimum: bool = False
) -> Pace:
    """Return the session that today's plan asks for.

    Raises:
        ValueRefusedError: a warning sign is open, there is no such activity, or it has no dose today.

    """
    from spinetrack.cli.dose import clean_name, known_activity
    from spinetrack.cli.record import look

    if not 1 <= block <= LONGEST_BLOCK:
        raise ValueRefusedError(f"A block has 1 to {LONGEST_BLOCK} minutes. {NOTHING}")
    if rest is not None and not 0 <= rest <= LONGEST_BREAK:
        raise ValueRefusedError(f"A break has 0 to {LONGEST_BREAK} minutes. {NOTHING}")
    diary, assessment = look(run)
    if assessment.open_flags:
        raise ValueRefusedError(
            f"No doses are given while a warning sign is open. {NOTHING}",
            hint="When you were seen: spinetrack screen outcome",
        )
    activity = known_activity(diary, name)
    called = activity.name if activity else clean_name(name)
    item = _usable(called, assessment)
    if is_tolerance(called):
        minutes = min(SMALL, item.today) if minimum else item.today
        cut = blocks(minutes, block, BREAK if rest is None else rest, called)
        return Pace(called, Dose(minutes), cut, minimum, _why_lower(item))
    return _exercise(item, diary, rest, minimum=minimum)


def _usable(name: str, assessment: "Assessment") -> "PlanItem":
    item = next((i for i in assessment.plan if i.activity == name), None)
    if item is not None and item.today > 0:
        return item
    if item is not None:
        raise ValueRefusedError(f"{name} pauses today: {item.reason or 'its dose is 0'}. {NOTHING}")
    if assessment.facts.shut_since:
        raise ValueRefusedError(
            f"The plan waits: the diary has a gap of four weeks. {NOTHING}",
            hint="To open it: spinetrack screen, then spinetrack profile gates",
        )
    example = "15" if is_tolerance(name) else "2x8"
    raise ValueRefusedError(
        f"{name} has no planned dose yet. {NOTHING}",
        hint=f'If your physio gave one: spinetrack plan set {name} {example} --by "physio"',
    )


def _why_lower(item: "PlanItem") -> str:
    return item.reason if item.today < item.quota else ""


def _exercise(item: "PlanItem", diary: "Diary", rest: int | None, *, minimum: bool) -> Pace:
    """Return the sets of an exercise; a minimum session is one set."""
    activity = next(a for a in diary.activities if a.name == item.activity)
    sets = 1 if minimum else item.sets_today or item.sets or 1
    whole = round(item.today)
    reps, hold = (None, whole) if item.unit == "s" else (whole, item.hold)
    pause = 60.0 * rest if rest is not None else activity.rest if activity.rest is not None else SET_REST
    cut = set_blocks(sets, set_seconds(reps, hold, activity.tempo), pause)
    return Pace(item.activity, Dose(item.today, sets, reps, hold, item.load), cut, minimum, _why_lower(item))


# -- the run -----------------------------------------------------------------------------------------


class Signals:
    """Turns the first signal into an exception; later ones wait until what was done is recorded."""

    def __init__(self) -> None:
        self.is_calm = False
        """No signal is heard any more."""
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for name in ("SIGINT", "SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type] # what signal.signal gave back

    def _heard(self, number: int, frame: "FrameType | None") -> None:
        del frame
        if self.is_calm:
            return
        self.is_calm = True
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise HungUpError(number)


def run_pace(
    run: App, plan: Pace, ticker: Ticker, keys: Keys, say: "Callable[[str], None]", *, as_json: bool = False
) -> int:
    """Let the session run, record it once however it ends, and answer; return the exit code.

    Args:
        run: The run of the program.
        plan: What is to be done.
        ticker: The time that passes, also under a fixed `SPINETRACK_NOW`.
        keys: Who may press a key.
        say: Writes a line.
        as_json: Answer as JSON; then `say` writes elsewhere.

    Raises:
        SpinetrackError: the session could not be recorded.

    """
    has_keys = not isinstance(keys, NoKeys)
    live = has_keys and not run.plain and not as_json
    board = Board(run, say, live=live, bell=run.is_terminal and not as_json)
    course = Course(plan, ticker, keys, board)
    began, ended = ticker.now(), None
    with Signals() as signals:
        try:
            for text in _opening(plan, keys=has_keys):
                say(text)
            course.go()
            signals.is_calm = True
        except (KeyboardInterrupt, HungUpError, OSError) as end:
            signals.is_calm = True
            course.look()
            ended = end
        took = timedelta(seconds=int(ticker.now() - began))
        session, assessment = _save(run, course, took)
    if isinstance(ended, HungUpError):
        run.leave_pipe()  # nobody is there to read an answer
        return ended.exit_code
    if isinstance(ended, OSError):
        raise ended
    board.wipe()
    _answer(run, session, assessment, as_json=as_json)
    return ExitCode.OK if ended is None else ExitCode.INTERRUPTED


def _opening(plan: Pace, *, keys: bool) -> Iterator[str]:
    count = sum(block.kind == "work" for block in plan.blocks)
    if plan.is_timed:
        rest = next((block.minutes for block in plan.blocks if block.kind == "break"), 0)
        cut = f", in {count} blocks" if count > 1 else ""
        pause = f" with {span(rest)} to move between them" if rest else ""
        yield f"{plan.activity} {span(plan.dose.amount)}{cut}{pause}."
    else:
        yield f"{plan.activity}: {count} set{'s' if count > 1 else ''}."
    if plan.why:
        yield f"Lower today: {'a flare' if plan.why == 'flare' else plan.why}."
    if keys:
        over = "" if plan.is_timed else " · Enter this set is done"
        yield f"p pause · s stop and say why · q stop{over}"


def _save(run: App, course: Course, took: timedelta) -> "tuple[Session, Assessment]":
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Session
    from spinetrack.views.doses import session_dose

    plan, dose = course.plan, course.done()
    session = Session(
        plan.activity,
        run.now(),
        run.today(),
        run.now() + took,
        dose.volume,
        stop=course.reason,
        minimum=plan.minimum,
        sets=dose.sets,
        reps=dose.reps,
        hold=dose.hold,
        load=dose.load,
        source="pace",
    )

    def write(store: "Store", writer: "Writer") -> "Session":
        return store.session(writer.add(session)) or session

    words = session_dose(session, minutes=plan.is_timed)
    try:
        return record(run, f"pace {plan.activity} ({words})", write)
    except SpinetrackError as error:
        error.hint = f"To record it by hand: spinetrack done {plan.activity} {_typed(dose)}"
        raise


def _typed(dose: Dose) -> str:
    """Return a dose as `done` reads it: `20`, `3x10`, `3x30s`."""
    from spinetrack.views.doses import number

    if dose.reps is None and dose.hold is None:
        return number(dose.amount)
    held = f"{dose.hold}s" if dose.hold else None
    return "x".join(str(part) for part in (dose.sets, dose.reps, held) if part is not None)


def _answer(run: App, session: "Session", assessment: "Assessment", *, as_json: bool) -> None:
    """Say what was recorded, as `done` does."""
    from spinetrack.cli.done import How
    from spinetrack.cli.done import answer as answer_done

    how = How(None, None, None, session.stop, spread=False, minimum=session.minimum, note=None)
    answer_done(run, (session,), assessment, how, as_json=as_json)
    if not as_json and session.id:
        run.say(f"How much did it hurt?  spinetrack edit s{session.id} --pain 3")
