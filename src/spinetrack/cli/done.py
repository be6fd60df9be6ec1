"""An activity was done: `done sit 25`."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, Note, Words, Yesterday, app_of, moment_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from datetime import date, datetime

    from spinetrack.cli.dose import Dose
    from spinetrack.recovery.diary import Diary, Session
    from spinetrack.recovery.findings import Assessment, PlanItem
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class How(NamedTuple):
    """What the options say about every session of the line."""

    effort: int | None
    pain: int | None
    settled: bool | None
    stop: str | None
    spread: bool
    minimum: bool
    note: str | None


@app.command()
def done(  # noqa: PLR0913
    ctx: typer.Context,
    words: Words = None,
    *,
    pain: Annotated[str | None, typer.Option("--pain", metavar="0-10", help="Pain while doing it.")] = None,
    effort: Annotated[str | None, typer.Option("--effort", metavar="0-10", help="How hard it was.")] = None,
    settled: Annotated[
        bool | None,
        typer.Option(
            "--settled/--not-settled", help="Had it settled by the next morning?", show_default=False
        ),
    ] = None,
    stop: Annotated[
        str | None, typer.Option("--stop", help="Why it ended: pain, leg, stiff, tired, task, timer.")
    ] = None,
    spread: Annotated[
        bool, typer.Option("--spread", help="It spread further along your arm or leg.")
    ] = False,
    minimum: Annotated[
        bool, typer.Option("--minimum", help="A small session on a bad day; it counts as done.")
    ] = False,
    at: At = None,
    yesterday: Yesterday = False,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Record an activity of the plan.

    \b
    spinetrack done sit 25 --pain 3 --effort 4
    spinetrack done bridge 3x10
    spinetrack done walk          today's dose
    spinetrack done all           everything planned for today
    """  # noqa: D301 - \b keeps the lines apart
    run = app_of(ctx)
    named = list(words or ())
    if not named:
        raise UsageError("Say what you did: spinetrack done sit 25. Nothing was saved.")
    when = moment_of(run, at, yesterday=yesterday)
    how = How(
        scale("effort", effort), scale("pain", pain), settled, _stop(stop), spread, minimum, note or None
    )
    sessions, assessment = _record(run, named, (when[0], when[1]), how)
    answer(run, sessions, assessment, how, as_json=as_json)


def scale(what: str, text: str | None) -> int | None:
    """Return what `--pain` or `--effort` says, a whole number from 0 to 10; None when it was not given."""
    if text is None:
        return None
    word = text.strip()
    if not word.isdecimal() or not 0 <= int(word) <= 10:  # noqa: PLR2004
        raise ValueRefusedError(f'--{what} is a whole number from 0 to 10, not "{text}". Nothing was saved.')
    return int(word)


def _stop(text: str | None) -> str | None:
    if text is None:
        return None
    from spinetrack.recovery.line import check_stop

    return check_stop(text)


def _record(
    run: App, words: list[str], when: "tuple[datetime, date]", how: How
) -> "tuple[tuple[Session, ...], Assessment]":
    from spinetrack.cli.record import record

    def write(store: "Store", writer: "Writer") -> "tuple[Session, ...]":
        sessions = _sessions(run, store, words, when, how)
        return tuple(_kept(store, writer.add(session)) for session in sessions)

    texts = (how.note,) if how.note else ()
    return record(run, " ".join(("done", *words)), write, texts=texts)


def _kept(store: "Store", number: int) -> "Session":
    session = store.session(number)
    if session is None:
        raise LookupError(number)
    return session


def _sessions(
    run: App, store: "Store", words: list[str], when: "tuple[datetime, date]", how: How
) -> "list[Session]":
    from spinetrack.cli.dose import known_activity, read_dose

    diary, assessment = _as_of(run, store, when)
    if words[0].lower() == "all":
        if len(words) > 1:
            raise UsageError(f'"{words[1]}" is one word too many after all. Nothing was saved.')
        return [_session(run, i.activity, _todays(i), when, how) for i in _all(assessment)]
    activity = known_activity(diary, words[0])
    name = activity.name if activity else words[0].lower()
    if len(words) == 1:
        item = next((i for i in assessment.plan if i.activity == name), None)
        return [_session(run, name, _todays(_usable(name, item, assessment)), when, how)]
    return [_session(run, name, _like_plan(diary, name, read_dose(name, words[1:])), when, how)]


def _as_of(run: App, store: "Store", when: "tuple[datetime, date]") -> "tuple[Diary, Assessment]":
    """Return the diary and what it came to on the day of the session: its dose of the day counts."""
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.assess import assess

    at, day = when
    diary = store.diary(day - WINDOW, day)
    return diary, assess(diary, run.now() if day == run.today() else at, day)


def _all(assessment: "Assessment") -> "list[PlanItem]":
    items = [item for item in assessment.plan if item.today > 0]
    if items:
        return items
    if assessment.open_flags:
        raise _while_open("sit")
    raise ValueRefusedError(
        "Your plan has no doses yet. Nothing was saved.", hint="Name what you did: spinetrack done sit 15"
    )


def _usable(name: str, item: "PlanItem | None", assessment: "Assessment") -> "PlanItem":
    if item is not None and item.today > 0:
        return item
    if assessment.open_flags:
        raise _while_open(name)
    why = f"{name} pauses today" if item else f"{name} has no planned dose"
    from spinetrack.cli.dose import is_tolerance

    example = "15" if is_tolerance(name) else "2x8"
    raise ValueRefusedError(f"{why}. Say how much: spinetrack done {name} {example}. Nothing was saved.")


def _while_open(name: str) -> ValueRefusedError:
    return ValueRefusedError(
        f"No doses are shown while a warning sign is open. Say how much: spinetrack done {name} 10. "
        "Nothing was saved.",
        hint="When you were seen: spinetrack screen outcome",
    )


def _todays(item: "PlanItem") -> "Dose":
    from spinetrack.cli.dose import Dose

    if item.unit == "min":
        return Dose(item.today)
    whole = round(item.today)
    sets = item.sets_today or item.sets
    if item.unit == "s":
        return Dose(item.today, sets, None, whole, item.load)
    return Dose(item.today, sets, whole, item.hold, item.load)


def _like_plan(diary: "Diary", name: str, dose: "Dose") -> "Dose":
    """Return `dose` with what the plan says and the line leaves out: the weight, seconds for a hold."""
    from spinetrack.cli.dose import is_tolerance, latest_quota

    planned = latest_quota(diary, name)
    if planned is None or is_tolerance(name):
        return dose
    if planned.reps is None and planned.hold is not None and dose.hold is None:
        dose = dose._replace(hold=dose.reps, reps=None)
    return dose if dose.load is not None else dose._replace(load=planned.load)


def _session(run: App, name: str, dose: "Dose", when: "tuple[datetime, date]", how: How) -> "Session":
    from spinetrack.recovery.diary import Session

    return Session(
        activity=name,
        at=when[0],
        day=when[1],
        recorded_at=run.now(),
        dose=dose.volume,
        effort=how.effort,
        pain=how.pain,
        settled=how.settled,
        stop=how.stop,
        spread=how.spread,
        minimum=how.minimum,
        sets=dose.sets,
        reps=dose.reps,
        hold=dose.hold,
        load=dose.load,
        note=how.note,
    )


def answer(
    run: App, sessions: "tuple[Session, ...]", assessment: "Assessment", how: How, *, as_json: bool
) -> None:
    """Say what was recorded, the way back, and at most one suggestion."""
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.views.echo import day_part, line

    say_crisis(run, (how.note,), assessment, aside=as_json)
    if as_json:
        _print(run, sessions, assessment)
        return
    for place, session in enumerate(sessions, start=1):
        head = f"#s{session.id}  {day_part(session.day, assessment.today)}"
        back = {"back": ""} if place < len(sessions) else {}
        for text in line(head, session_parts(session), width=run.width, plain=run.plain, **back):
            run.say(text)
    say_answer(run, assessment)


def session_parts(session: "Session") -> list[str]:
    """Return a session in words: what, how it was, why it ended."""
    from spinetrack.cli.dose import is_tolerance
    from spinetrack.views.doses import session_dose
    from spinetrack.views.echo import STOPS

    parts = [f"{session.activity} {session_dose(session, minutes=is_tolerance(session.activity))} done"]
    if session.pain is not None:
        parts.append(f"pain {session.pain}")
    if session.effort is not None:
        parts.append(f"effort {session.effort}")
    if session.settled is not None:
        parts.append("settled" if session.settled else "not settled")
    if session.stop:
        parts.append(STOPS.get(session.stop, session.stop))
    if session.spread:
        parts.append("it spread")
    if session.minimum:
        parts.append("small session")
    return parts + (["note kept"] if session.note else [])


def _print(run: App, sessions: "tuple[Session, ...]", assessment: "Assessment") -> None:
    from spinetrack.views.echo import shown_suggestions
    from spinetrack.views.json_docs import document, number, suggestion_doc

    rows = [
        {
            "id": s.id,
            "uuid": s.uuid,
            "activity": s.activity,
            "day": s.day.isoformat(),
            "at": s.at.isoformat(),
            "dose": number(s.dose),
            "sets": s.sets,
            "reps": s.reps,
            "hold": s.hold,
            "load": number(s.load),
            "effort": s.effort,
            "pain": s.pain,
            "settled": s.settled,
            "stop": s.stop,
            "spread": s.spread,
            "minimum": s.minimum,
            "note": s.note,
        }
        for s in sessions
    ]
    shown = [suggestion_doc(s) for s in shown_suggestions(assessment)]
    print_json(run, document(sessions=rows, suggestions=shown))
