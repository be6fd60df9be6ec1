"""The guided check-in: at most six questions, two in a flare, one a line.

It asks only what the day lacks. Enter leaves a question open, `b` goes back, `?` explains, `=` is the
same as last time (never for pain). Whatever ends it early keeps the answers as a draft.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from spinetrack.cli.daily import When, answer, last_values, moment_of, save, unsettled
from spinetrack.errors import ExitCode, SpinetrackError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from types import FrameType

    from spinetrack.app import App
    from spinetrack.recovery.diary import CheckInDraft, Diary, Session
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.line import Line
    from spinetrack.recovery.metrics import Metric

MOST = 6
"""Questions at most. Source: design.md section 1, twenty seconds."""
PLANNED = ("sit", "stand", "walk")
WIDEST = 80
DAYS_BACK = 2
"""A check-in reaches so many days back."""
KEYS = "Enter skips · b back · ? explains"
YES_NO = "y/n"


class Question(NamedTuple):
    """One question and the word its answer goes behind."""

    key: str
    ask: str
    form: str
    explain: str


class HungUpError(BaseException):
    """The terminal was closed, or the computer is going down."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


def check_in(app: App, *, at: str | None = None, yesterday: bool = False) -> int:
    """Ask, record and answer; return the exit code.

    Raises:
        UsageError: nobody is there to answer, or the day lies too far back.

    """
    from spinetrack.cli.record import look

    if not app.stdin_is_terminal:
        raise UsageError("Nobody is there to answer. Write the values: spinetrack log 4 sit 35")
    diary, assessment = look(app)
    when, given = _begin(app, diary, moment_of(app, at, yesterday=yesterday), yesterday=yesterday)
    if (app.today() - when.day).days > DAYS_BACK:
        raise UsageError("A check-in goes back two days. Write older days on one line.")
    talk = Talk(app, diary, when, given)
    asked = questions(diary, assessment, when.day, given)
    if not asked:
        app.say("This day has all its answers. Add to it: spinetrack log worst 6")
        return ExitCode.OK
    with _signals():
        try:
            talk.run(asked)
        except (KeyboardInterrupt, EOFError, HungUpError) as end:
            return _keep_draft(app, when, talk.given, end)
    return _finish(app, when, talk)


def questions(diary: Diary, assessment: Assessment, day: date, given: Mapping[str, str]) -> list[Question]:
    """Return what to ask for `day`: pain, settling, function, sleep, mood, flare, without what it has."""
    from spinetrack.recovery.metrics import known

    table = known(diary.metrics)
    here = [entry for entry in diary.entries if entry.day == day]
    has = {key for entry in here for key in entry.values} | set(given)
    flare = Question("flare", "Is today a flare for you?", YES_NO, _FLARE)
    has_flare = "flare" in given or any(entry.flare is not None for entry in here)
    asked = [] if "pain" in has else [_of(table["pain"])]
    last = [] if has_flare else [flare]
    if assessment.flare is not None:
        return asked + last
    waiting = unsettled(diary.sessions, day)
    if waiting and "settled" not in given:
        asked.append(_settle_question(waiting, day))
    first, *others = _tolerances(diary)
    medicine = _of_medicines(diary, day)
    wanted = [first, "sleep", *medicine, *others[:1], "mood"]
    room = MOST - len(asked) - len(last)
    chosen = [key for key in wanted if key not in has][:room]
    in_order = [key for key in (first, *others[:1], "sleep", *medicine, "mood") if key in chosen]
    return asked + [_of(table[key]) for key in in_order] + last


def _of_medicines(diary: Diary, day: date) -> list[str]:
    """Return what the medicine list makes worth asking: a groggy morning, the bowels."""
    if not diary.medicines:
        return []
    from spinetrack.recovery.medicines import constipating, sedating_on

    found = ["grog"] if sedating_on(diary, day - timedelta(days=1)) else []
    return [*found, *(["bowel"] if len(constipating(diary, day)) > 1 else [])]


_FLARE = (
    "A flare is a stretch of clearly more pain than your usual. You decide. Yes lowers today's doses at once."
)
_SETTLED = "Settled: by this morning it was back to how it was before. If it was still sore or worse, say n."


def _of(metric: Metric) -> Question:
    return Question(metric.key, metric.ask, metric.form, metric.explain)


def _settle_question(waiting: Sequence[Session], day: date) -> Question:
    names = " and ".join(dict.fromkeys(s.activity for s in waiting))
    when = "Yesterday" if (day - waiting[0].day).days == 1 else f"{waiting[0].day:%A}"
    return Question("settled", f"{when}: did {names} settle by this morning?", YES_NO, _SETTLED)


def _tolerances(diary: Diary) -> list[str]:
    """Return the tolerances to ask, those of the plan first."""
    planned = dict.fromkeys(q.activity for q in diary.quotas if q.activity in PLANNED)
    return list(planned) or ["sit"]


# -- the talk --------------------------------------------------------------------------------------


class Talk:
    """Questions and answers, kept as they were typed."""

    def __init__(self, app: App, diary: Diary, when: When, given: Mapping[str, str]) -> None:
        self.app = app
        self.diary = diary
        self.when = when
        self.given = dict(given)

    def run(self, asked: Sequence[Question]) -> None:
        """Ask each question until it has an answer that can be kept, or is left open."""
        number, keys = 0, KEYS
        while number < len(asked):
            question = asked[number]
            self._say(f"{question.ask}  {question.form}", keys)
            keys = ""
            number = max(0, number + self._ask(question))

    def _say(self, text: str, keys: str = "") -> None:
        """Write `text` and the keys beside it, or under it where they do not fit."""
        from spinetrack.views.echo import fold

        width = self.app.width
        room = min(width, WIDEST) - len(text) - len(keys)
        if keys and room >= 3:  # noqa: PLR2004
            self.app.say(text + " " * room + keys)
            return
        for line in (*fold(text, width), *(fold(keys, width) if keys else ())):
            self.app.say(line)

    def _ask(self, question: Question) -> int:
        """Return 1 to go on, -1 to go back."""
        while True:
            typed = self.app.ask("> ")
            if typed.lower() == "b":
                return -1
            if typed == "?":
                self._say(question.explain)
                continue
            if not typed:
                self.given.pop(question.key, None)
                return 1
            try:
                line_of(self.diary, {question.key: typed})
            except SpinetrackError as refusal:
                self._say(str(refusal).removesuffix(" Nothing was saved."))
                continue
            self.given[question.key] = typed
            return 1


def line_of(diary: Diary, given: Mapping[str, str]) -> Line:
    """Return what the answers say, read by the parser of the daily line.

    A tolerance may name why it ended: `35 leg`.

    Raises:
        ValueRefusedError: an answer cannot be right.

    """
    from spinetrack.recovery.line import Line, parse_line
    from spinetrack.recovery.metrics import known
    from spinetrack.recovery.profile import units_of

    table, units, last = known(diary.metrics), units_of(diary), last_values(diary)
    whole = Line()
    for key, typed in given.items():
        words, stop = _without_stop(typed) if key in table and table[key].is_tolerance else (typed, None)
        line = parse_line([f"{key}={part}" for part in _parts(key, words)], table, units, last, stop)
        whole = whole._replace(
            observations=(*whole.observations, *line.observations),
            flare=whole.flare if line.flare is None else line.flare,
            settled=whole.settled if line.settled is None else line.settled,
            remarks=(*whole.remarks, *line.remarks),
        )
    return whole


def _parts(key: str, words: str) -> list[str]:
    """Return the values of an answer: a walk may have two, `20 1.2km`."""
    return words.split() if key == "walk" and len(words.split()) == 2 else [words]  # noqa: PLR2004


def _without_stop(typed: str) -> tuple[str, str | None]:
    from spinetrack.recovery.line import STOPS

    value, _, word = typed.rpartition(" ")
    return (value, word.lower()) if value and word.lower() in STOPS else (typed, None)


# -- beginning and end -----------------------------------------------------------------------------


def _begin(app: App, diary: Diary, when: When, *, yesterday: bool) -> tuple[When, dict[str, str]]:
    """Return the day to ask about and what a draft already answers."""
    with app.open_store() as store:
        draft = store.draft()
    if draft is not None:
        if _wants(app, draft):
            return When(draft.at, draft.day), dict(draft.answers)
        _drop(app, draft)
    return (_which_day(app, diary, when) if yesterday else when), {}


def _wants(app: App, draft: CheckInDraft) -> bool:
    from spinetrack.views.echo import day_part

    said = ", ".join(f"{key} {text}" for key, text in draft.answers)
    app.say(f"A check-in of {day_part(draft.day, app.today())} was not finished: {said}.")
    return _yes(app, "Go on with it?")


def _drop(app: App, draft: CheckInDraft) -> None:
    with app.open_store() as store, store.write("log") as writer:
        writer.remove(draft)


def _which_day(app: App, diary: Diary, when: When) -> When:
    """Return yesterday, or the day before it when only that is empty or the patient says so."""
    from spinetrack.views.doses import day_words

    earlier = When(when.at - timedelta(days=1), when.day - timedelta(days=1))
    first = diary.first_day
    filled = {entry.day for entry in diary.entries if "pain" in entry.values}
    if earlier.day in filled or first is None or earlier.day < first:
        return when
    if when.day in filled or _yes(app, f"{day_words(earlier.day)} is empty too. Begin with that day?"):
        return earlier
    return when


def _yes(app: App, question: str) -> bool:
    while True:
        app.say(f"{question}  {YES_NO}")
        typed = app.ask("> ").lower()
        if typed in {"y", "yes"}:
            return True
        if typed in {"n", "no"}:
            return False


def _finish(app: App, when: When, talk: Talk) -> int:
    line = line_of(talk.diary, talk.given)
    with app.open_store() as store:
        draft = store.draft()
    if not talk.given:
        if draft is not None:
            _drop(app, draft)
        app.say("Nothing was answered, and nothing was saved.")
        return ExitCode.OK
    with app.open_store() as store:
        written, assessment = save(app, store, "log (check-in)", line, when, source="check-in", drop=draft)
    answer(app, written, assessment, remarks=line.remarks)
    return ExitCode.OK


def _keep_draft(app: App, when: When, given: Mapping[str, str], end: BaseException) -> int:
    """Keep what was answered, and say so; return the exit code."""
    from spinetrack.recovery.diary import CheckInDraft

    if isinstance(end, KeyboardInterrupt):
        code: int = ExitCode.INTERRUPTED
    else:
        code = end.exit_code if isinstance(end, HungUpError) else ExitCode.REFUSED
    with app.open_store() as store:
        old = store.draft()
        if given or old is not None:
            with store.write("log (check-in)") as writer:
                if old is not None:
                    writer.remove(old)
                if given:
                    writer.add(CheckInDraft(when.at, when.day, tuple(given.items())))
    kept = "1 answer is" if len(given) == 1 else f"{len(given)} answers are"
    sentence = f"Stopped. {kept} kept. To go on: spinetrack log" if given else "Stopped. Nothing was saved."
    if not isinstance(end, HungUpError):
        app.complain("\n" + sentence)
    return code


@contextmanager
def _signals() -> Iterator[None]:
    """Turn a hang-up into an exception while questions are asked."""

    def hang_up(number: int, frame: FrameType | None) -> None:
        del frame
        raise HungUpError(number)

    names = [name for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), hang_up) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
