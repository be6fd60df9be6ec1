"""Goals, from what was typed to the diary: made, changed, rated, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Goal
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.recovery.metrics import Metric
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

LONGEST_TITLE = 80
DAYS_IN_WEEK = 7
LEVELS = 5


class Wanted(NamedTuple):
    """What was said of a goal; None was not said."""

    title: str | None = None
    metric: str | None = None
    target: str | None = None
    by: str | None = None
    why: str | None = None
    importance: int | None = None
    difficulty: int | None = None
    confidence: int | None = None
    supporter: str | None = None
    review_days: int | None = None
    levels: str | None = None


def metric_of(diary: Diary, word: str) -> Metric:
    """Return the measure that `word` names, one of the patient's own among them.

    Raises:
        ValueRefusedError: it names none.

    """
    from spinetrack.recovery.metrics import find, known
    from spinetrack.recovery.values import nearest_word, quoted, refused

    table = known(diary.metrics)
    found = find(table, word)
    if found is None:
        near = nearest_word(word, table)
        raise refused(
            f'There is no measure called "{quoted(word)}".{near}',
            "One of your own: spinetrack metric add read-to-child --unit min --better up",
        )
    return found


def target_of(metric: Metric, text: str, units: str) -> tuple[str, float]:
    """Return metric key and value of a target: minutes, metres, a number, or yes days a week.

    Raises:
        ValueRefusedError: it is no such value.

    """
    from spinetrack.recovery.values import parse, quoted, refused

    if metric.kind == "yes-no":
        word = text.strip().lower()
        if word in {"yes", "y"}:
            return metric.key, 1.0
        if not word.isdecimal() or not 1 <= int(word) <= DAYS_IN_WEEK:
            raise refused(f'{metric.label}: write how many days a week, 1 to 7, not "{quoted(text)}".')
        return metric.key, float(word)
    found = parse(metric, text, units)
    if found.at_least:
        raise refused(f"A goal is one number, without +. Nearest: {quoted(text).rstrip('+')}.")
    return found.metric_key, found.value


def title_of(text: str) -> str:
    """Return a goal's words on one line.

    Raises:
        ValueRefusedError: there are none, or too many.

    """
    from spinetrack.recovery.values import refused

    words = " ".join(text.split())
    if not words:
        raise refused("Say what you want to do, in your own words.")
    if len(words) > LONGEST_TITLE:
        raise refused(f"A goal is one short line, up to {LONGEST_TITLE} letters.")
    return words


def levels_of(text: str) -> tuple[str, ...]:
    """Return the five texts of the levels, from -2 to +2, written with | between them.

    Raises:
        ValueRefusedError: there are not five.

    """
    from spinetrack.recovery.values import refused

    parts = tuple(" ".join(part.split()) for part in text.split("|"))
    if len(parts) != LEVELS or not all(parts):
        raise refused("Write five texts, from -2 to +2, with | between them.")
    return parts


def goal_of(app: App, reader: GoalReader, wanted: Wanted) -> Goal:
    """Return the goal that was typed, its start frozen as of today.

    Raises:
        ValueRefusedError: a part is missing or cannot be right.

    """
    from spinetrack.recovery.diary import Goal
    from spinetrack.recovery.profile import units_of
    from spinetrack.recovery.values import refused
    from spinetrack.recovery.when import parse_due

    if not wanted.metric:
        raise refused("A goal needs a measure that shows it: --metric sit.")
    metric = metric_of(reader.diary, wanted.metric)
    if not wanted.target:
        raise refused("A goal needs a number to reach: --target 60.")
    key, target = target_of(metric, wanted.target, units_of(reader.diary))
    if not wanted.by:
        raise refused("A goal needs a day: --by 12w.")
    today = app.today()
    return Goal(
        title_of(wanted.title or ""),
        key,
        target,
        parse_due(wanted.by, today),
        app.now(),
        today,
        reader.usual(key, today),
        why=" ".join((wanted.why or "").split()),
        importance=wanted.importance or 2,
        difficulty=wanted.difficulty or 2,
        confidence=wanted.confidence,
        supporter=" ".join((wanted.supporter or "").split()),
        review_days=wanted.review_days or 7,
        levels=levels_of(wanted.levels) if wanted.levels else (),
    )


def changed(app: App, reader: GoalReader, goal: Goal, wanted: Wanted) -> Goal:
    """Return `goal` with what was said; its start is frozen where it is known by now.

    Raises:
        ValueRefusedError: a part cannot be right.

    """
    from spinetrack.recovery.profile import units_of
    from spinetrack.recovery.when import parse_due

    found = goal._replace(baseline=reader.baseline(goal))
    if wanted.title is not None:
        found = found._replace(title=title_of(wanted.title))
    if wanted.target is not None:
        key, target = target_of(reader.metric(goal), wanted.target, units_of(reader.diary))
        if key != goal.metric:
            raise ValueRefusedError(
                f"This goal counts in {goal.metric}. For {key} set a goal of its own. Nothing was changed."
            )
        found = found._replace(target=target)
    if wanted.by is not None:
        found = found._replace(due=parse_due(wanted.by, app.today()))
    if wanted.levels is not None:
        found = found._replace(levels=levels_of(wanted.levels))
    plain = ("why", "supporter")
    said: dict[str, Any] = {
        name: " ".join(text.split()) for name in plain if (text := getattr(wanted, name)) is not None
    }
    ranks = ("importance", "difficulty", "confidence", "review_days")
    said |= {name: value for name in ranks if (value := getattr(wanted, name)) is not None}
    return found._replace(**said)


def find_goal(diary: Diary, number: str) -> Goal:
    """Return the goal with this number.

    Raises:
        ValueRefusedError: there is none.

    """
    wanted = number.strip().lstrip("#")
    found = next((g for g in diary.goals if str(g.id) == wanted), None)
    if found is None:
        ids = ", ".join(str(g.id) for g in diary.goals)
        hint = f"Yours: {ids}." if ids else "To set one: spinetrack goal add"
        raise ValueRefusedError(f"There is no goal {wanted}. Nothing was changed.", hint=hint)
    return found


def write_goal(
    app: App, command: str, act: Callable[[GoalReader, Writer], int], texts: tuple[str, ...] = ()
) -> tuple[Goal, Assessment]:
    """Write what `act` writes about one goal, in one step; return that goal as it is now.

    Args:
        app: The run.
        command: What `undo` says back.
        act: Writes, and returns the goal's number. It may refuse: then nothing is saved.
        texts: What was typed freely, read for words that make the warning-sign questions due.

    """
    from spinetrack.cli.record import WINDOW, record
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.recovery.series import Days

    today = app.today()

    def write(store: Store, writer: Writer) -> int:
        diary = store.diary(today - WINDOW, today)
        return act(GoalReader(diary, Days(diary), today), writer)

    number, assessment = record(app, command, write, texts=[t for t in texts if t])
    return find_goal(assessment.facts.diary, str(number)), assessment


def add_blocks(app: App, reader: GoalReader, goal: Goal, writer: Writer) -> None:
    """Write the building blocks that the path of `goal` makes; none without a start."""
    from spinetrack.recovery.diary import Milestone

    if goal.baseline is None:
        return
    for day, value in reader.blocks(goal, goal.baseline):
        writer.add(Milestone(goal.id, value, day, app.now(), app.today()))


def renew_blocks(app: App, reader: GoalReader, before: Goal, after: Goal, writer: Writer) -> None:
    """Replace the building blocks that the path made by those of the new one; own ones stay."""
    from spinetrack.recovery.diary import Milestone

    baseline = reader.baseline(before)
    made = set(reader.blocks(before, baseline)) if baseline is not None else set()
    stay: list[float] = []
    for block in reader.milestones(before):
        if (block.due, block.value) in made and reader.reached_on(before, block) is None:
            writer.remove(block)
        else:
            stay.append(block.value)
    if after.baseline is None:
        return
    for day, value in reader.blocks(after, after.baseline):
        if value not in stay and day > app.today():
            writer.add(Milestone(after.id, value, day, app.now(), app.today()))
