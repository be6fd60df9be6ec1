"""`spinetrack start`, `stop` and `cancel`: time how long a tolerance lasts."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.daily import When, answer, save
from spinetrack.cli.options import Json, app_of, print_json
from spinetrack.errors import SpinetrackError, UsageError, ValueRefusedError
from spinetrack.recovery.diary import LIMIT_STOPS, Observation, Timer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

TIMED = ("sit", "stand", "walk")
LONGEST = timedelta(hours=4)
"""A timer that ran longer was forgotten: when it really ended is asked."""
KEYS = {"p": "pain", "l": "leg", "s": "stiff", "t": "tired", "e": "task", "m": "timer"}
"""One key for each reason."""
ASK = "What ended it?  p pain · l leg · s stiff · t tired · e end of the task · m the timer"


@app.command()
def start(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="sit, stand or walk")],
    as_json: Json = False,
) -> None:
    """Begin to time how long you sit, stand or walk. End it with: spinetrack stop."""
    run = app_of(ctx)
    name = _timed(what)
    with run.open_store() as store:
        running = store.timer()
        if running is not None:
            raise ValueRefusedError(
                f"{running.metric} has been timed since {_clock(run, running)}. Nothing was changed.",
                hint="End it with: spinetrack stop. Drop it with: spinetrack cancel",
            )
        with store.write(f"start {name}") as writer:
            writer.add(Timer(name, run.now()))
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(timer={"metric": name, "at": run.now().isoformat()}))
        return
    run.say(f"Timing {name} from {run.now():%H:%M}.")
    run.say("end: spinetrack stop · drop: spinetrack cancel")


@app.command()
def stop(
    ctx: typer.Context,
    reason: Annotated[
        str | None,
        typer.Argument(metavar="WHY", help="pain, leg, stiff, tired, task or timer", show_default=False),
    ] = None,
    ended: Annotated[
        str | None, typer.Option("--ended", metavar="TIME", help="When it really ended: 14:30.")
    ] = None,
    as_json: Json = False,
) -> None:
    """End the timing and record it, with what ended it."""
    run = app_of(ctx)
    with run.open_store() as store:
        timer = _running(store.timer())
        end = _end(run, timer, ended)
        why = _reason(run, reason)
        minutes = max(1, round((end - timer.at).total_seconds() / 60))
        _record(run, timer, minutes, why, as_json=as_json)


@app.command()
def cancel(ctx: typer.Context, as_json: Json = False) -> None:
    """Drop the timing. Nothing is recorded."""
    run = app_of(ctx)
    with run.open_store() as store:
        timer = _running(store.timer())
        with store.write("cancel") as writer:
            writer.remove(timer)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(cancelled=timer.metric))
        return
    run.say(f"The timing of {timer.metric} is dropped. Nothing was recorded.")


def _timed(what: str) -> str:
    from spinetrack.recovery.metrics import METRICS, find

    metric = find(METRICS, what)
    if metric is None or metric.key not in TIMED:
        raise ValueRefusedError(f'"{what}" cannot be timed. It is sit, stand or walk. Nothing was changed.')
    return metric.key


def _running(timer: Timer | None) -> Timer:
    if timer is None:
        raise ValueRefusedError("Nothing is being timed.", hint="Begin with: spinetrack start sit")
    return timer


def _clock(run: App, timer: Timer) -> str:
    at = timer.at.astimezone(run.now().tzinfo)
    return f"{at:%H:%M}" if at.date() == run.now().date() else f"{at:%H:%M} on {at:%d %b}"


def _end(run: App, timer: Timer, ended: str | None) -> datetime:
    """Return when the timing ended.

    Raises:
        ValueRefusedError: it ran too long to be believed, or ended before it began.

    """
    if ended is None:
        if run.now() - timer.at > LONGEST:
            return _ask_end(run, timer)
        return run.now()
    end = _meant(run, timer, ended)
    if end - timer.at > timedelta(days=1):
        raise ValueRefusedError(
            "That is more than a day. Nothing was saved.", hint="Drop it: spinetrack cancel"
        )
    return end


def _meant(run: App, timer: Timer, ended: str) -> datetime:
    """Return the moment after the start that `ended` means; a clock time may be of the next morning."""
    from spinetrack.recovery.when import parse_when

    began = timer.at.astimezone(run.now().tzinfo)
    days = (began.date(), began.date() + timedelta(days=1))
    first: SpinetrackError | None = None
    for text in (ended, *(f"{day.isoformat()} {ended}" for day in days)):
        try:
            end = parse_when(text, run.now(), run.localize).at
        except ValueRefusedError as refusal:
            first = first or refusal
            continue
        if end > timer.at:
            return end
        first = first or ValueRefusedError(
            f"It began at {_clock(run, timer)}, after that. Nothing was saved."
        )
    raise first or UsageError(f'"{ended}" is no time. Nothing was saved.')


def _ask_end(run: App, timer: Timer) -> datetime:
    hours = int((run.now() - timer.at).total_seconds() // 3600)
    sentence = f"{timer.metric} has been timed for over {hours} hours, since {_clock(run, timer)}."
    if not run.stdin_is_terminal:
        raise ValueRefusedError(
            f"{sentence} Nothing was saved.", hint="Say when it ended: spinetrack stop --ended 14:30"
        )
    run.say(sentence)
    while True:
        typed = run.ask("When did it really end? For example 14:30 > ")
        if not typed:
            continue
        try:
            return _end(run, timer, typed)
        except ValueRefusedError as refusal:
            run.say(str(refusal).removesuffix(" Nothing was saved."))


def _reason(run: App, reason: str | None) -> str:
    from spinetrack.recovery.line import check_stop

    if reason is not None:
        return check_stop(KEYS.get(reason.lower(), reason))
    if not run.stdin_is_terminal:
        raise UsageError(
            "Say what ended it: pain, leg, stiff, tired, task or timer. Nothing was saved.",
            hint="For example: spinetrack stop task",
        )
    while True:
        run.say(ASK)
        typed = run.ask("> ").lower()
        if typed in KEYS:
            return KEYS[typed]
        if typed in KEYS.values():
            return typed


def _record(run: App, timer: Timer, minutes: int, why: str, *, as_json: bool) -> None:
    from spinetrack.recovery.line import Line
    from spinetrack.recovery.when import day_of

    seen = Observation(timer.metric, float(minutes), at_least=why not in LIMIT_STOPS, stop=why)
    at = timer.at.astimezone(run.now().tzinfo)
    when = When(at, day_of(at))
    with run.open_store() as store:
        written, assessment = save(
            run,
            store,
            f"stop {why} ({timer.metric} {minutes} min)",
            Line((seen,)),
            when,
            source="timer",
            drop=timer,
        )
    answer(run, written, assessment, as_json=as_json)
