"""What is behind `spinetrack log`, for both doors. Never imports Typer."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.errors import ExitCode, UsageError, ValueRefusedError
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from spinetrack.app import App
    from spinetrack.recovery.diary import CheckInDraft, Diary, Entry, Observation, Session, Timer
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.line import Line
    from spinetrack.recovery.metrics import Metric
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

SETTLE_DAYS = 7
"""How far back `settled=yes` looks for a session without an answer."""


class When(NamedTuple):
    """The moment of an entry and the patient's day it belongs to."""

    at: datetime
    day: date


class Extra(NamedTuple):
    """What the options of `log` add to its words."""

    where: str | None = None
    flare: bool = False
    stop: str | None = None
    note: str | None = None
    as_json: bool = False


class Written(NamedTuple):
    """What a line came to."""

    entry: Entry | None
    settled: tuple[Session, ...]


def log(
    app: App,
    words: Sequence[str],
    *,
    at: str | None = None,
    yesterday: bool = False,
    extra: Extra = Extra(),  # noqa: B008
) -> int:
    """Record what a daily line says and answer on one screen.

    Args:
        app: The run.
        words: The words after `log`, without options.
        at: The word of `--at`.
        yesterday: `-y` was given.
        extra: What the other options say.

    Raises:
        ValueRefusedError: a word, value or date cannot be right; nothing was saved.
        UsageError: the line says nothing, or two things at once.

    """
    when = moment_of(app, at, yesterday=yesterday)
    with app.open_store() as store:
        line = read_line(store, app, words, extra.stop)
        line = line._replace(note=_note(app, line, extra.note))
        observations = (*line.observations, *_sites(extra.where))
        flare = True if extra.flare else line.flare
        if extra.flare and line.flare is False:
            raise UsageError("The line says flare no and --flare. Nothing was saved.")
        if not (observations or line.note or line.settled is not None or flare is not None):
            raise UsageError("There is nothing to record on this line.", hint="Try: spinetrack log 4")
        command = command_text("log", words, when.day, app.today())
        said = line._replace(observations=observations, flare=flare)
        written, assessment = save(app, store, command, said, when)
    answer(app, written, assessment, typed=words, remarks=line.remarks, as_json=extra.as_json)
    return ExitCode.OK


def command_text(name: str, words: Sequence[str], day: date, today: date) -> str:
    """Return what `undo` says back: the line without the text of its note, and its day if not today."""
    said = list(words)
    lowered = [word.lower() for word in said]
    if "note" in lowered:
        said = [*said[: lowered.index("note")], "note …"]
    text = " ".join((name, *said))
    if day == today:
        return text
    from spinetrack.views.doses import day_words

    return f"{text} ({day_words(day, today)})"


def moment_of(app: App, at: str | None, *, yesterday: bool = False) -> When:
    """Return the moment and the patient's day that `--at` or `-y` mean; now without either.

    A day named without a time is the evening of it, or now when it is today.

    Raises:
        UsageError: both were given.
        ValueRefusedError: `at` cannot be understood, is ambiguous, or lies in the future.

    """
    from spinetrack.recovery.when import day_of, parse_when

    now = app.now()
    if at is None:
        moment = app.localize((now - timedelta(days=1)).replace(tzinfo=None)) if yesterday else now
        return When(moment, day_of(moment))
    if yesterday:
        raise UsageError("-y and --at say two different days. Nothing was saved.")
    moment = parse_when(at, now, app.localize).at
    return When(moment, day_of(moment))


def read_line(store: Store, app: App, words: Sequence[str], stop: str | None = None) -> Line:
    """Return what the words of a line say, with the patient's own metrics, units and last values."""
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.line import parse_line
    from spinetrack.recovery.metrics import known

    if not words:
        from spinetrack.recovery.line import Line

        return Line()
    day = app.today()
    own, units = store.measures()
    last: Mapping[str, float] = {}
    if any(word.endswith("=") for word in words):
        last = last_values(store.diary(day - WINDOW, day))
    metrics: Mapping[str, Metric] = known(own)
    return parse_line(words, metrics, units or "km", last, stop)


def last_values(diary: Diary) -> dict[str, float]:
    """Return the latest value of each metric."""
    found: dict[str, float] = {}
    for entry in diary.entries:
        found.update(entry.values)
    return found


def save(
    app: App,
    store: Store,
    command: str,
    line: Line,
    when: When,
    *,
    source: str = "log",
    drop: CheckInDraft | Timer | None = None,
) -> tuple[Written, Assessment]:
    """Write one entry and the answers to "did it settle" in one step, and conclude anew.

    Args:
        app: The run.
        store: The diary's open store.
        command: What `undo` says back.
        line: What was said.
        when: The moment and day of it.
        source: Where the entry comes from.
        drop: The draft or the timing it finishes.

    Raises:
        ValueRefusedError: no session waits for a settle answer.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Entry

    has_entry = bool(line.observations or line.note or line.flare is not None)

    def add(store: Store, writer: Writer) -> Written:
        if drop is not None:
            writer.remove(drop)
        settled = _settle(store, writer, when.day, line.settled)
        if not has_entry:
            return Written(None, settled)
        entry = Entry(when.at, when.day, app.now(), line.observations, line.note, line.flare, source)
        return Written(store.entry(writer.add(entry)), settled)

    texts = (line.note,) if line.note else ()
    return record(app, command, add, texts=texts, store=store, brief=True)


def unsettled(sessions: Iterable[Session], day: date, days: int = 1) -> list[Session]:
    """Return the sessions of the latest of the `days` days before `day` that lack a settle answer."""
    open_ones = [s for s in sessions if s.settled is None and 0 < (day - s.day).days <= days and s.dose > 0]
    latest = max((s.day for s in open_ones), default=None)
    return [s for s in open_ones if s.day == latest]


def _settle(store: Store, writer: Writer, day: date, answer: bool | None) -> tuple[Session, ...]:

    if answer is None:
        return ()
    waiting = unsettled(store.diary(day - timedelta(days=SETTLE_DAYS), day).sessions, day, SETTLE_DAYS)
    if not waiting:
        raise ValueRefusedError("No session waits for this answer. Nothing was saved.")
    answered = tuple(s._replace(settled=answer) for s in waiting)
    for session in answered:
        writer.replace(session)
    return answered


def _sites(where: str | None) -> tuple[Observation, ...]:
    if not where:
        return ()
    from spinetrack.recovery.sites import parse_where

    return parse_where(where)


def _note(app: App, line: Line, note: str | None) -> str | None:
    """Return the note of the line, asked for when it says `note -`."""
    if note is not None and (line.note or line.ask_note):
        raise UsageError("There are two notes on the line. Nothing was saved.")
    if line.ask_note or note == "-":
        text = app.ask("Note: ") if app.stdin_is_terminal else app.read_all()
        return text.strip() or None
    return line.note if note is None else note.strip() or None


def answer(
    app: App,
    written: Written,
    assessment: Assessment,
    *,
    typed: Sequence[str] = (),
    remarks: Sequence[str] = (),
    as_json: bool = False,
) -> None:
    """Say what was written, one fact and one next step; or the same as JSON."""
    if written.entry is not None and written.entry.note:
        from spinetrack.cli.showing import say_crisis

        say_crisis(app, (written.entry.note,), assessment, aside=as_json)
    if as_json:
        _answer_json(app, written, assessment)
        return
    from spinetrack.recovery.profile import units_of
    from spinetrack.views import echo

    diary = assessment.facts.diary
    parts = echo.settled_parts(written.settled, assessment.today)
    entry = written.entry
    head = "Kept"
    if entry is not None:
        units = units_of(diary)
        parts = [*echo.entry_parts(entry, diary.metrics, units, typed=typed), *parts]
        head = echo.entry_head(entry, assessment.today)
    for text in echo.line(head, parts, width=app.width, plain=app.plain):
        app.say(text)
    for text in (text for remark in remarks for text in echo.fold(remark, app.width)):
        app.say(text)
    for text in echo.answer(entry, assessment, width=app.width, plain=app.plain):
        app.say(text)


def _answer_json(app: App, written: Written, assessment: Assessment) -> None:
    from spinetrack.views.echo import shown_suggestions
    from spinetrack.views.json_docs import log_doc, print_doc

    print_doc(app.say, log_doc(written.entry, shown_suggestions(assessment)), app.out.encoding)
