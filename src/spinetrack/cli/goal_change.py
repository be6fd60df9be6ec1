"""What `goal add`, `edit`, `rate` and `close` write. One step each, so that `undo` takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.app import App
    from spinetrack.cli.goal_write import Wanted
    from spinetrack.recovery.diary import Goal
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.store.writing import Writer

LEVELS = {"-2": -2, "-1": -1, "0": 0, "1": 1, "2": 2}


def add_goal(app: App, wanted: Wanted) -> tuple[Goal, Assessment]:
    """Write a new goal with its building blocks.

    Raises:
        ValueRefusedError: a part is missing or cannot be right; nothing was saved.

    """
    from spinetrack.cli.goal_write import add_blocks, goal_of, write_goal

    def act(reader: GoalReader, writer: Writer) -> int:
        goal = goal_of(app, reader, wanted)
        number = writer.add(goal)
        add_blocks(app, reader, goal._replace(id=number), writer)
        return number

    return write_goal(app, "goal add", act, _texts(wanted))


def _texts(wanted: Wanted) -> tuple[str, ...]:
    return tuple(t for t in (wanted.title, wanted.why, wanted.supporter, wanted.levels) if t)


def edit_goal(app: App, number: str, wanted: Wanted) -> tuple[Goal, Assessment]:
    """Write the changes of a goal; a new target or day makes new building blocks.

    Raises:
        UsageError: nothing was said.
        ValueRefusedError: a part cannot be right; nothing was changed.

    """
    from spinetrack.cli.goal_write import changed, find_goal, renew_blocks, write_goal

    if all(part is None for part in wanted):
        raise UsageError(f"Say what changes: spinetrack goal edit {number} --by 16w. Nothing was changed.")

    def act(reader: GoalReader, writer: Writer) -> int:
        before = find_goal(reader.diary, number)
        after = changed(app, reader, before, wanted)
        writer.replace(after)
        if (after.target, after.due, after.baseline) != (before.target, before.due, before.baseline):
            renew_blocks(app, reader, before, after, writer)
        return before.id

    return write_goal(app, f"goal edit {number}", act, _texts(wanted))


def rate_goal(app: App, number: str, level: str, on: str | None) -> tuple[Goal, Assessment]:
    """Write the level that the patient gives a goal, for today or the day `on`.

    Raises:
        ValueRefusedError: the level or the day cannot be right.

    """
    from spinetrack.cli.daily import moment_of
    from spinetrack.cli.goal_write import find_goal, write_goal
    from spinetrack.recovery.diary import GoalRating
    from spinetrack.recovery.values import quoted

    found = LEVELS.get(level.strip().removeprefix("+").replace("−", "-"))  # noqa: RUF001
    if found is None:
        raise ValueRefusedError(
            f'A level is -2, -1, 0, 1 or 2, not "{quoted(level)}". Nothing was saved.',
            hint="0 is as expected; -1 is less, +1 is more.",
        )
    when = moment_of(app, on)

    def act(reader: GoalReader, writer: Writer) -> int:
        goal = find_goal(reader.diary, number)
        writer.add(GoalRating(goal.id, found, when[0], when[1]))
        return goal.id

    return write_goal(app, f"goal rate {number} {level}", act)


def close_goal(app: App, number: str, *, reached: bool) -> tuple[Goal, Assessment]:
    """End a goal; as reached where that was said.

    Raises:
        ValueRefusedError: there is no such goal, or it is closed already.

    """
    from spinetrack.cli.goal_write import find_goal, write_goal

    def act(reader: GoalReader, writer: Writer) -> int:
        goal = find_goal(reader.diary, number)
        if goal.status != "active":
            raise ValueRefusedError(f"Goal {goal.id} is closed already. Nothing was changed.")
        status = "reached" if reached else "closed"
        writer.replace(
            goal._replace(status=status, closed_on=app.today(), baseline=reader.baseline(goal))  # type: ignore[arg-type] # one of the words
        )
        return goal.id

    return write_goal(app, f"goal close {number}", act)
