"""The warning-sign questions asked one by one; each answer is stored before the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.cli.screening import base_items, say_booking, say_correction, store_answers
from spinetrack.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spinetrack.app import App
    from spinetrack.recovery.diary import Answer, AnswerWord, Diary
    from spinetrack.recovery.findings import Assessment

KEYS = "y yes · n no · u not sure · Enter leaves open · b back · q stop"
WORDS: dict[str, AnswerWord] = {
    "y": "yes", "yes": "yes", "n": "no", "no": "no", "u": "unsure", "unsure": "unsure",
}  # fmt: skip
ALSO = {"FX1": ("FX1", "FX2")}
"""A short question whose yes may mean a milder item too."""


class Step(NamedTuple):
    """One question and the items a no to it answers."""

    question: str
    items: tuple[str, ...]
    short: bool = False
    """A question of the short form: another answer than no asks its items."""


def steps_of(items: Sequence[str]) -> list[Step]:
    """Return what to ask for `items`, in their order; items of one short question are asked by it."""
    from spinetrack.recovery.redflag_items import ITEMS, SHORT

    steps: list[Step] = []
    done: set[str] = set()
    by_item = {item: (question, group) for question, group in SHORT for item in group}
    for item in items:
        if item in done:
            continue
        if item in by_item:
            question, group = by_item[item]
            here = tuple(i for i in group if i in items)
            steps.append(Step(question, here, short=True))
        else:
            here = (item,)
            steps.append(Step(ITEMS[item].question, here))
        done.update(here)
    return steps


def guided(app: App, *, short: bool = False) -> int:
    """Ask the questions and store each answer as it is given; return the exit code.

    It asks what is due when a re-screen is due, the short form with `short`, else everything. An
    answer that opens a tier-1 sign ends it with its page.
    """
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show_stop

    diary, assessment = look(app)
    brief = short or assessment.rescreen is not None
    items = base_items(assessment, short=brief)
    whole = not brief or "gone" in (assessment.rescreen.reasons if assessment.rescreen else ())
    talk = Talk(app, diary, _alone(items) if whole else steps_of(items))
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
        if talk.sign:
            say_correction(app, talk.sign)
        return ExitCode.FLAG
    _say_end(app, talk, after)
    return ExitCode.OK


def _alone(items: Sequence[str]) -> list[Step]:
    from spinetrack.recovery.redflag_items import ITEMS

    return [Step(ITEMS[item].question, (item,)) for item in items]


def _kept(count: int) -> str:
    if not count:
        return "Stopped. Nothing was answered."
    return f"Stopped. {count} answer{'s are' if count > 1 else ' is'} kept. To go on: spinetrack screen"


def _say_end(app: App, talk: Talk, after: Assessment) -> None:
    from spinetrack.cli.showing import show
    from spinetrack.recovery.weighing import tier_on
    from spinetrack.views.screen_page import result_page

    if not talk.given:
        app.say("Nothing was answered.")
        return
    answers = tuple(talk.given.values())
    tier = tier_on(after.facts.diary, after.today, answers)
    show(app, result_page(after.facts.diary, answers, tier, after))
    say_booking(app, talk.sign, tier)
    left = sum(item not in talk.given for step in talk.steps for item in step.items)
    if left:
        app.say(f"{left} left open. To answer: spinetrack screen")
    say_correction(app, talk.sign)


class Talk:
    """Questions and answers of one sitting."""

    def __init__(self, app: App, diary: Diary, steps: Sequence[Step]) -> None:
        from spinetrack.recovery.profile import is_carer
        from spinetrack.recovery.redflags import old_items

        self.app = app
        self.steps = tuple(steps)
        self.carer = is_carer(diary)
        self.old = old_items(diary.screens)
        self.given: dict[str, Answer] = {}
        self.sign = 0
        """The number of the last screen stored that reported a sign."""
        self.stopped = False
        """A tier-1 sign was reported; its page is shown."""
        self._long: bool | None = None

    def run(self) -> None:
        """Ask until the end, `q`, or a tier-1 sign."""
        place = 0
        while place < len(self.steps) and not self.stopped:
            step = self.steps[place]
            if self._is_passed(step):
                place += 1
                continue
            moved = self._ask(step, f"{place + 1} of {len(self.steps)}  ")
            if moved == 0:
                return
            place = max(0, place + moved)

    def _is_passed(self, step: Step) -> bool:
        """Return whether the questions about long back pain do not apply; a no answers them all."""
        from spinetrack.recovery.diary import Answer
        from spinetrack.recovery.redflag_items import IB_FIRST

        if not step.items[0].startswith("IB"):
            return False
        if self._long is None:
            word = self._word(IB_FIRST, "")
            self._long = word in {"yes", "unsure"}
            if word == "no":
                rest = [i for s in self.steps for i in s.items if i.startswith("IB")]
                self._keep(tuple(Answer(i, "no") for i in rest))
        return not self._long

    def _ask(self, step: Step, lead: str) -> int:
        """Ask one question; return 1 to go on, -1 to go back, 0 to stop."""
        from spinetrack.recovery.diary import Answer

        if not step.short:
            return self._ask_item(step.items[0], lead)
        word = self._word(step.question, lead)
        if word in {"back", "stop", None}:
            return {"back": -1, "stop": 0}.get(word or "", 1)
        if word == "no":
            if self._may_deny(step.items):
                self._keep(tuple(Answer(item, "no") for item in step.items))
            return 1
        first = step.items[0]
        if len(step.items) == 1 and first not in ALSO:
            self._keep_signed(first, _answer_word(word))
            return 1
        for item in ALSO.get(first, step.items):
            if not self.stopped and self._ask_item(item, "     ") == 0:
                return 0
        return 1

    def _ask_item(self, item: str, lead: str) -> int:
        from spinetrack.recovery.redflag_items import ITEMS, worse_question

        question = worse_question(item) if item in self.old else ITEMS[item].question
        word = self._word(question, lead)
        if word in {"back", "stop", None}:
            return {"back": -1, "stop": 0}.get(word or "", 1)
        if word == "no" and not self._may_deny((item,)):
            return 1
        self._keep_signed(item, _answer_word(word))
        return 1

    def _keep_signed(self, item: str, word: AnswerWord) -> None:
        from spinetrack.recovery.diary import Answer
        from spinetrack.recovery.redflag_items import ITEMS

        row = ITEMS[item]
        sign = ""
        if word != "no" and row.signed and row.follow:
            sign = {"yes": "+", "no": "-"}.get(self._word(row.follow, "     ") or "", "")
        self._keep((Answer(item, word, sign),))

    def _word(self, question: str, lead: str) -> str | None:
        """Return `yes`, `no`, `unsure`, `back`, `stop`, or None for a question left open."""
        from spinetrack.views.echo import fold

        if self.app.plain:
            lead = lead.strip() and f"{lead.strip()}: "
        for line in fold(question, min(self.app.width, 80), indent=lead, hang=" " * len(lead)):
            self.app.say(line)
        while True:
            typed = self.app.ask("> ").lower()
            if not typed:
                return None
            if typed in WORDS:
                return WORDS[typed]
            if typed in {"b", "back"}:
                return "back"
            if typed in {"q", "quit", "stop"}:
                return "stop"
            self.app.say(KEYS)

    def _may_deny(self, items: Sequence[str]) -> bool:
        """Return whether a no counts; for what only the patient can feel a carer must have asked."""
        from spinetrack.recovery.redflag_items import ITEMS

        if not self.carer or not any(ITEMS[item].felt for item in items):
            return True
        self.app.say("Only they can feel it. Did you ask them, and did they say no?  y/n")
        return self.app.ask("> ").lower() in {"y", "yes"}

    def _keep(self, answers: Sequence[Answer]) -> None:
        from spinetrack.cli.record import record
        from spinetrack.cli.showing import show_stop
        from spinetrack.recovery.redflags import effective_tier

        earlier = tuple(self.given.values())
        number, after = record(
            self.app, "screen", lambda store, writer: store_answers(self.app, store, writer, earlier, answers)
        )
        self.given.update({a.item: a for a in answers})
        stored = next(s for s in after.facts.diary.screens if s.id == number)
        self.sign = number if stored.tier is not None else self.sign
        if effective_tier(stored) == 1:
            self.stopped = True
            show_stop(self.app, after.facts.diary, after)


def _answer_word(word: str | None) -> AnswerWord:
    return "yes" if word == "yes" else "no" if word == "no" else "unsure"
