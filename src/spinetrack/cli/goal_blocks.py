"""`goal milestone`: the building blocks of a goal, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.app import App
    from spinetrack.recovery.diary import Goal, Milestone
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.store.writing import Writer

    Act = Callable[[App, GoalReader, Goal, list[str], str | None, Writer], None]


def change_blocks(app: App, number: str, words: list[str], by: str | None, *, as_json: bool) -> None:
    """Do what `words` say with the building blocks of a goal, and show them.

    Raises:
        UsageError: the words cannot be understood.
        ValueRefusedError: a value, day or block cannot be right; nothing was changed.

    """
    from spinetrack.cli.goal_show import echo_goal
    from spinetrack.cli.goal_write import find_goal, write_goal

    if not words:
        _show(app, number, as_json=as_json)
        return
    act = ACTIONS.get(words[0].lower())
    if act is None:
        raise UsageError(
            f'"{words[0]}" is not something to do with a block. Use: {", ".join(ACTIONS)}.',
            hint=f"Try: spinetrack goal milestone {number} add 40 --by 4w",
        )

    def write(reader: GoalReader, writer: Writer) -> int:
        goal = find_goal(reader.diary, number)
        act(app, reader, goal, words[1:], by, writer)
        return goal.id

    after, assessment = write_goal(app, " ".join(("goal milestone", number, *words)), write)
    echo_goal(app, after, assessment, "Changed", as_json=as_json)


def _show(app: App, number: str, *, as_json: bool) -> None:
    from spinetrack.cli.goal_show import show_goal
    from spinetrack.cli.goal_write import find_goal
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.goal_page import blocks_part
    from spinetrack.views.page import Text

    diary, assessment = look(app)
    if as_json or assessment.open_flags:
        show_goal(app, number, as_json=as_json)
        return
    goal = find_goal(diary, number)
    page = tuple(blocks_part(assessment.facts.goals, goal, units_of(diary)))
    none = Text(f"No building blocks yet. Add one: spinetrack goal milestone {goal.id} add 40 --by 4w")
    show(app, page or (none,))


def _value(reader: GoalReader, goal: Goal, text: str) -> float:
    from spinetrack.cli.goal_write import target_of
    from spinetrack.recovery.profile import units_of

    key, value = target_of(reader.metric(goal), text, units_of(reader.diary))
    if key != goal.metric:
        raise ValueRefusedError(f"This goal counts in {goal.metric}. Nothing was changed.")
    return value


def _block(reader: GoalReader, goal: Goal, words: list[str], what: str) -> Milestone:
    blocks = reader.milestones(goal)
    if not words:
        raise UsageError(f"Say which one: spinetrack goal milestone {goal.id} {what} 1")
    place = words[0].lstrip("#")
    if not place.isdecimal() or not 1 <= int(place) <= len(blocks):
        raise ValueRefusedError(f"Goal {goal.id} has no block {place}. Nothing was changed.")
    return blocks[int(place) - 1]


def _add(app: App, reader: GoalReader, goal: Goal, words: list[str], by: str | None, writer: Writer) -> None:
    from spinetrack.recovery.diary import Milestone
    from spinetrack.recovery.when import parse_due

    if len(words) != 1 or by is None:
        raise UsageError(
            f"Say value and day: spinetrack goal milestone {goal.id} add 40 --by 4w. Nothing was changed."
        )
    value, due = _value(reader, goal, words[0]), parse_due(by, app.today())
    writer.add(Milestone(goal.id, value, due, app.now(), app.today()))


def _set(app: App, reader: GoalReader, goal: Goal, words: list[str], by: str | None, writer: Writer) -> None:

    from spinetrack.recovery.when import parse_due

    block = _block(reader, goal, words, "set")
    if len(words) == 1 and by is None:
        raise UsageError("Say the new value or day, such as --by 6w. Nothing was changed.")
    value = _value(reader, goal, words[1]) if len(words) > 1 else block.value
    due = parse_due(by, app.today()) if by else block.due
    writer.replace(block._replace(value=value, due=due))


def _done(app: App, reader: GoalReader, goal: Goal, words: list[str], by: str | None, writer: Writer) -> None:

    del by
    writer.replace(_block(reader, goal, words, "done")._replace(reached_on=app.today()))


def _remove(
    app: App, reader: GoalReader, goal: Goal, words: list[str], by: str | None, writer: Writer
) -> None:
    del app, by
    writer.remove(_block(reader, goal, words, "remove"))


def _renew(
    app: App, reader: GoalReader, goal: Goal, words: list[str], by: str | None, writer: Writer
) -> None:

    from spinetrack.cli.goal_write import add_blocks

    del words, by
    baseline = reader.baseline(goal)
    if baseline is None:
        raise ValueRefusedError(
            f"There is no start yet. Log {goal.metric} on 3 days first. Nothing was changed."
        )
    for block in reader.milestones(goal):
        writer.remove(block)
    fresh = goal._replace(baseline=baseline)
    writer.replace(fresh)
    add_blocks(app, reader, fresh, writer)


ACTIONS: dict[str, Act] = {"add": _add, "set": _set, "done": _done, "remove": _remove, "renew": _renew}
