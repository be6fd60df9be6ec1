"""`goal add` on a terminal: one question a letter, with the patient's own numbers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spinetrack.errors import ExitCode, SpinetrackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spinetrack.app import App
    from spinetrack.cli.goal_write import Wanted
    from spinetrack.recovery.goals import GoalReader

    Step = tuple[str, Callable[[App, GoalReader, Wanted], list[str]], bool]

KEYS = "Enter skips what may stay open · b back · q stop"
WEEKS = (4, 8, 12, 16)
SHOWN = ("sit", "stand", "walk", "distance", "sleep", "steps", "active", "work", "pain")
NUMBERS = {"importance": (1, 3), "difficulty": (1, 3), "confidence": (0, 10)}


def ask_goal(app: App, wanted: Wanted) -> int:
    """Ask for what `wanted` lacks, write the goal and show it; return the exit code."""
    from spinetrack.cli.goal_change import add_goal
    from spinetrack.cli.goal_show import echo_goal
    from spinetrack.cli.record import look

    _, assessment = look(app)
    reader = assessment.facts.goals
    app.say(KEYS)
    try:
        found = _ask_all(app, reader, wanted)
    except (KeyboardInterrupt, EOFError):
        app.complain("\nStopped. Nothing was saved.")
        return ExitCode.INTERRUPTED
    if found is None:
        app.say("Stopped. Nothing was saved.")
        return ExitCode.OK
    made, after = add_goal(app, found)
    echo_goal(app, made, after, "Goal", as_json=False)
    return ExitCode.OK


def _ask_all(app: App, reader: GoalReader, wanted: Wanted) -> Wanted | None:
    fields = [name for name in STEPS if getattr(wanted, name) is None]
    place = 0
    while place < len(fields):
        name = fields[place]
        question, hints, needed = STEPS[name]
        app.say("")
        for text in (question, *hints(app, reader, wanted)):
            _fold(app, text)
        answer = _answer(app, reader, wanted, name, needed=needed)
        if answer == "q":
            return None
        if answer == "b":
            place = max(0, place - 1)
            wanted = wanted._replace(**{fields[place]: None})
            continue
        if answer:
            said: dict[str, Any] = {name: int(answer) if name in NUMBERS else answer}
            wanted = wanted._replace(**said)
        place += 1
    return wanted


def _fold(app: App, text: str) -> None:
    from spinetrack.views.echo import fold

    for part in fold(text, min(app.width, 80)):
        app.say(part)


def _answer(app: App, reader: GoalReader, wanted: Wanted, name: str, *, needed: bool) -> str:
    """Return a valid answer, `b`, `q`, or "" for a question left open."""
    while True:
        typed = app.ask("> ")
        word = typed.lower()
        if word in {"b", "back"}:
            return "b"
        if word in {"q", "quit"}:
            return "q"
        if not typed:
            if not needed:
                return ""
            app.say("The goal needs this one. q stops.")
            continue
        try:
            _check(app, reader, wanted, name, typed)
        except SpinetrackError as refusal:
            app.say(str(refusal).removesuffix(" Nothing was saved."))
            continue
        return typed


def _check(app: App, reader: GoalReader, wanted: Wanted, name: str, typed: str) -> None:
    """Refuse an answer that cannot be right.

    Raises:
        ValueRefusedError: as above.

    """
    from spinetrack.cli.goal_write import metric_of, target_of, title_of
    from spinetrack.recovery.profile import units_of
    from spinetrack.recovery.values import refused
    from spinetrack.recovery.when import parse_due

    if name == "title":
        title_of(typed)
    elif name == "metric":
        metric_of(reader.diary, typed)
    elif name == "target":
        target_of(metric_of(reader.diary, wanted.metric or ""), typed, units_of(reader.diary))
    elif name == "by":
        parse_due(typed, app.today())
    elif name in NUMBERS:
        low, high = NUMBERS[name]
        if not typed.isdecimal() or not low <= int(typed) <= high:
            raise refused(f"Write a whole number from {low} to {high}.")


def _no_hint(app: App, reader: GoalReader, wanted: Wanted) -> list[str]:
    del app, reader, wanted
    return []


def _measures(app: App, reader: GoalReader, wanted: Wanted) -> list[str]:
    """Say what can show it, the measures that are logged first with their middle."""
    del wanted
    from spinetrack.recovery.goals import say
    from spinetrack.recovery.metrics import known

    table = known(reader.diary.metrics)
    own = [key for key, metric in table.items() if metric.custom]
    keys = [key for key in (*own, *SHOWN) if key in table]
    logged = [(table[k], value) for k in keys if (value := reader.usual(k, app.today())) is not None]
    parts = [f"{metric.key} (usual {say(metric, value)})" for metric, value in logged]
    rest = [key for key in keys if key not in {metric.key for metric, _ in logged}]
    return [", ".join((*parts, *rest)) + ", or another one you log."]


def _where_now(app: App, reader: GoalReader, wanted: Wanted) -> list[str]:
    """Say the middle and the best of two weeks."""
    from spinetrack.cli.goal_write import metric_of
    from spinetrack.recovery.goals import say

    metric = metric_of(reader.diary, wanted.metric or "")
    usual, best = reader.usual(metric.key, app.today()), reader.best(metric, app.today())
    if usual is None or best is None:
        return [f"There is no start yet. Log {metric.key} on 3 days, and the pace can be worked out."]
    top = "" if metric.kind == "yes-no" else f" Your best: {say(metric, best)}."
    return [f"Your usual of two weeks: {say(metric, usual)}.{top}"]


def _paces(app: App, reader: GoalReader, wanted: Wanted) -> list[str]:
    """Say what pace each of some days would ask for."""
    return [*_growths(app, reader, wanted), "Write it like 12w, 3 months or 2027-03-01."]


def _growths(app: App, reader: GoalReader, wanted: Wanted) -> Iterator[str]:
    from datetime import timedelta

    from spinetrack.cli.goal_write import goal_of
    from spinetrack.recovery.smart import in_reach

    goal = goal_of(app, reader, wanted._replace(by="12w"))
    if goal.baseline is None:
        return
    metric = reader.metric(goal)
    for weeks in WEEKS:
        tried = goal._replace(due=app.today() + timedelta(weeks=weeks))
        yield f"{weeks} weeks: {in_reach(reader, tried, metric, goal.baseline)[1]}"


STEPS: dict[str, Step] = {
    "title": ("S  What do you want to do? In your own words.", _no_hint, True),
    "metric": ("S  Which measure shows it?", _measures, True),
    "target": ("M  Which number do you want to reach?", _where_now, True),
    "by": ("A, T  By which day?", _paces, True),
    "why": ("R  Why does it matter to you?", _no_hint, False),
    "importance": ("R  How much does it matter? 1 a little, 2 much, 3 very much", _no_hint, False),
    "difficulty": ("R  How hard will it be? 1 easy, 2 fair, 3 hard", _no_hint, False),
    "confidence": ("R  How sure are you that you can do it? 0 to 10", _no_hint, False),
    "supporter": ("Who goes along with you?", _no_hint, False),
}
"""Field of a goal to its question, what is said beside it, and whether it is needed."""
