"""The warning-sign questions: answered on one line, or asked one by one and stored one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spinetrack.app import App
    from spinetrack.recovery.diary import Answer, AnswerWord, Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store, Writer

KEYS = "y yes · n no · u not sure · Enter leaves open · b back · q stop"
WORDS: dict[str, AnswerWord] = {
    "y": "yes", "yes": "yes", "n": "no", "no": "no", "u": "unsure", "unsure": "unsure", "?": "unsure",
}  # fmt: skip
SEE_MISTAKE = "Screens stay out of undo. A wrong answer: spinetrack screen outcome {} --mistake"


# What is asked


def base_items(assessment: Assessment, *, short: bool) -> tuple[str, ...]:
    """Return the items to ask: those due or the short form with `short`, else the full screen."""
    from spinetrack.recovery.redflags import SHORT_ITEMS, all_items

    if not short:
        return all_items(assessment.gates)
    return assessment.rescreen.items if assessment.rescreen else SHORT_ITEMS


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
        app, "screen", lambda store, writer: _store(app, store, writer, (), answers)
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


def _store(
    app: App, store: Store, writer: Writer, earlier: Sequence[Answer], answers: Sequence[Answer]
) -> int:
    """Add a screen with `answers`; where they make an earlier answer graver, that is repeated in it."""
    from spinetrack.recovery import profile
    from spinetrack.recovery.diary import Screen
    from spinetrack.recovery.redflags import tier_of

    gates = profile.gates_of(store.diary(app.today(), app.today()))
    own, before = tier_of(answers, gates), tier_of(earlier, gates)
    both = tier_of((*earlier, *answers), gates)
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
    from spinetrack.recovery.redflags import tier_of
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
    if after.open_flags:
        show_stop(app, diary, after)
    else:
        tier = tier_of(answers, after.gates)
        show(app, result_page(diary, answers, tier, after))
        _say_outcome_hint(app, number, tier)
    for line in fold(SEE_MISTAKE.format(number), width):
        app.say(line)


def _say_outcome_hint(app: App, number: int, tier: int | None) -> None:
    if tier == 3:  # noqa: PLR2004
        app.say(f'When it is booked: spinetrack screen outcome {number} "where and when" --booked')


# One by one


def guided(app: App, *, short: bool = False) -> int:
    """Ask one question a line and store each answer as it is given; return the exit code.

    It asks what is due when a re-screen is due, the short form with `short`, else everything. The
    first answer that opens a tier-1 sign ends it with its page.
    """
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show_stop

    diary, assessment = look(app)
    due = short or assessment.rescreen is not None
    talk = Talk(app, diary, assessment, base_items(assessment, short=due))
    app.say(KEYS)
    try:
        talk.run()
    except (KeyboardInterrupt, EOFError):
        app.complain("")
        app.complain(_kept(len(talk.given)))
        return ExitCode.INTERRUPTED
    _, after = look(app)
    if after.open_flags:
        if not talk.stopped:
            show_stop(app, after.facts.diary, after)
        return ExitCode.FLAG
    _say_end(app, talk, after)
    return ExitCode.OK


def _kept(count: int) -> str:
    if not count:
        return "Stopped. Nothing was answered."
    return f"Stopped. {count} answer{'s are' if count > 1 else ' is'} kept. To go on: spinetrack screen"


def _say_end(app: App, talk: Talk, after: Assessment) -> None:
    from spinetrack.cli.showing import show
    from spinetrack.recovery.redflags import tier_of
    from spinetrack.views.screen_page import result_page

    if not talk.given:
        app.say("Nothing was answered.")
        return
    answers = tuple(talk.given.values())
    tier = tier_of(answers, after.gates)
    show(app, result_page(after.facts.diary, answers, tier, after))
    _say_outcome_hint(app, talk.last, tier)
    open_items = [item for item in talk.asked if item not in talk.given]
    if open_items:
        app.say(f"{len(open_items)} left open. To answer them: spinetrack screen")
    app.say(SEE_MISTAKE.format(talk.last))


class Talk:
    """Questions and answers of one sitting. Every answer is stored before the next question."""

    def __init__(self, app: App, diary: Diary, assessment: Assessment, asked: Sequence[str]) -> None:
        from spinetrack.recovery.profile import is_carer
        from spinetrack.recovery.redflags import old_items

        self.app = app
        self.asked = tuple(asked)
        self.carer = is_carer(diary)
        self.old = old_items(diary.screens)
        self.given: dict[str, Answer] = {}
        self.last = 0
        """The number of the screen stored last."""
        self.stopped = False
        """A tier-1 sign was reported; its page is shown."""
        self._long: bool | None = None
        self.assessment = assessment

    def run(self) -> None:
        """Ask until the end, `q`, or a tier-1 sign."""
        place = 0
        while place < len(self.asked) and not self.stopped:
            item = self.asked[place]
            if self._is_passed(item):
                place += 1
                continue
            step = self._ask(item, place)
            if step == 0:
                return
            place = max(0, place + step)

    def _is_passed(self, item: str) -> bool:
        """Return whether the questions about long back pain do not apply; answers no for them."""
        from spinetrack.recovery.diary import Answer
        from spinetrack.recovery.redflag_items import IB_FIRST

        if not item.startswith("IB"):
            return False
        if self._long is None:
            word = self._word(IB_FIRST, "")
            self._long = word == "yes"
            if word == "no":
                rest = tuple(Answer(i, "no") for i in self.asked if i.startswith("IB"))
                self._keep(rest)
        return not self._long

    def _ask(self, item: str, place: int) -> int:
        """Ask one item; return 1 to go on, -1 to go back, 0 to stop."""
        from spinetrack.recovery.diary import Answer
        from spinetrack.recovery.redflag_items import ITEMS, worse_question

        row = ITEMS[item]
        question = worse_question(item) if item in self.old else row.question
        word = self._word(question, f"{place + 1} of {len(self.asked)}  ")
        if word == "back":
            return -1
        if word == "stop":
            return 0
        if word is None:
            return 1
        sign = ""
        if word != "no" and row.signed and row.follow:
            second = self._word(row.follow, "     ")
            sign = {"yes": "+", "no": "-"}.get(second or "", "")
        if word == "no" and row.felt and self.carer and not self._they_said_so():
            return 1
        self._keep((Answer(item, _answer_word(word), sign),))
        return 1

    def _word(self, question: str, lead: str) -> str | None:
        """Return `yes`, `no`, `unsure`, `back`, `stop`, or None for a question left open."""
        from spinetrack.views.echo import fold

        lead = "" if self.app.plain and not lead.strip() else lead
        for line in fold(question, min(self.app.width, 80), indent=lead, hang=" " * len(lead)):
            self.app.say(line)
        while True:
            typed_word = self.app.ask("> ").lower()
            if not typed_word:
                return None
            if typed_word in WORDS:
                return WORDS[typed_word]
            if typed_word in {"b", "back"}:
                return "back"
            if typed_word in {"q", "quit", "stop"}:
                return "stop"
            self.app.say(KEYS)

    def _they_said_so(self) -> bool:
        self.app.say("Only they can feel it. Did you ask them, and did they say no?")
        return self.app.ask("> ").lower() in {"y", "yes"}

    def _keep(self, answers: Sequence[Answer]) -> None:
        from spinetrack.cli.record import record
        from spinetrack.cli.showing import show_stop

        earlier = tuple(self.given.values())
        self.last, after = record(
            self.app, "screen", lambda store, writer: _store(self.app, store, writer, earlier, answers)
        )
        self.given.update({a.item: a for a in answers})
        from spinetrack.recovery.redflags import effective_tier

        mine = next((s for s in after.open_flags if s.id == self.last), None)
        if mine is not None and effective_tier(mine) == 1:
            self.stopped = True
            show_stop(self.app, after.facts.diary, after)


def _answer_word(word: str) -> AnswerWord:
    return "yes" if word == "yes" else "no" if word == "no" else "unsure"
