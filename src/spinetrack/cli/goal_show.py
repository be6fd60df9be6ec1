"""What the goal commands print."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Goal
    from spinetrack.recovery.findings import Assessment
    from spinetrack.views.page import Block

CHART_BEFORE = 14
"""Days before a goal was set that its chart shows."""
CHART_WIDTH = 100


def show_goals(app: App, *, everything: bool, as_json: bool) -> None:
    """Write the list of goals; under an open warning sign its page and no goals."""
    from spinetrack.cli.options import print_json
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.profile import units_of

    diary, assessment = look(app)
    reader, units = assessment.facts.goals, units_of(diary)
    goals = diary.goals if everything else reader.kept
    if as_json:
        from spinetrack.views.goal_docs import goals_doc

        print_json(app, goals_doc(reader, goals, units, shut=bool(assessment.open_flags)))
    elif assessment.open_flags:
        show_stop(app, diary, assessment)
    else:
        from spinetrack.views.goal_page import goals_page

        show(app, goals_page(reader, goals, units, width=app.width, plain=app.plain))


def show_goal(app: App, number: str, *, as_json: bool) -> None:
    """Write one goal with its chart.

    Raises:
        ValueRefusedError: there is no such goal, or a warning sign is open and JSON was asked for.

    """
    from spinetrack.cli.goal_write import find_goal
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.profile import units_of

    diary, assessment = look(app)
    goal = find_goal(diary, number)
    if assessment.open_flags:
        if as_json:
            raise ValueRefusedError("Goals wait while a warning sign is open.")
        show_stop(app, diary, assessment)
        return
    if as_json:
        _print(app, goal, assessment)
        return
    from spinetrack.views.goal_page import goal_page
    from spinetrack.views.page import Gap

    page = goal_page(assessment.facts.goals, goal, units_of(diary), width=app.width, plain=app.plain)
    show(app, (*page, Gap(), *_chart(app, diary, assessment, goal)))


def _print(app: App, goal: Goal, assessment: Assessment) -> None:
    from spinetrack.cli.options import print_json
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.goal_docs import one_goal_doc

    print_json(app, one_goal_doc(assessment.facts.goals, goal, units_of(assessment.facts.diary)))


def _chart(app: App, diary: Diary, assessment: Assessment, goal: Goal) -> tuple[Block, ...]:
    """Return the chart of the goal's measure with its path; in plain mode what it shows in words."""
    from spinetrack.charts import build, flare_spans
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.page import Raw, Text

    reader, today = assessment.facts.goals, assessment.today
    metric = reader.metric(goal)
    first = goal.day - timedelta(days=CHART_BEFORE)
    days = [goal.day + timedelta(days=n) for n in range((today - goal.day).days + 1)]
    path = {d: value for d in days if (value := reader.expected(goal, d)) is not None}
    weekly = metric.kind == "yes-no"
    chart = build(
        metric,
        assessment.facts.days.of(goal.metric),
        flare_spans(assessment.flares),
        () if weekly else (("goal", goal.target),),
        path={} if weekly else path,
        since=first,
        until=today,
        units=units_of(diary),
    )
    if not chart.days:
        return ()
    if app.plain:
        return (Text(chart.summary),)
    from spinetrack.charts.terminal import draw

    utf8 = (app.out.encoding or "utf-8").lower().replace("-", "") == "utf8"
    return (Raw(draw((chart,), min(app.width, CHART_WIDTH), colour=app.colour, ascii=not utf8)),)


def show_review(app: App, *, as_json: bool) -> None:
    """Write the look at each goal once a week; under an open warning sign its page."""
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.profile import units_of

    if as_json:
        show_goals(app, everything=False, as_json=True)
        return
    diary, assessment = look(app)
    if assessment.open_flags:
        show_stop(app, diary, assessment)
        return
    from spinetrack.views.goal_page import review_page

    show(app, review_page(assessment.facts.goals, units_of(diary), width=app.width, plain=app.plain))


def echo_goal(app: App, goal: Goal, assessment: Assessment, word: str, *, as_json: bool) -> None:
    """Write what became of a goal, what its checks would mend, and the way back."""
    from spinetrack.cli.showing import say_answer, say_crisis, show
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.echo import line

    say_crisis(app, (goal.title, goal.why, goal.supporter, *goal.levels), assessment, aside=as_json)
    diary, reader = assessment.facts.diary, assessment.facts.goals
    if assessment.open_flags:
        if not as_json:
            for text in line(f"Kept: goal {goal.id}", [], width=app.width, plain=app.plain):
                app.say(text)
            say_answer(app, assessment)
            return
        from spinetrack.cli.options import print_json
        from spinetrack.views.json_docs import document

        print_json(app, document(goal={"id": goal.id}))
        return
    if as_json:
        _print(app, goal, assessment)
        return
    from spinetrack.views.goal_page import blocks_part, checks_part, echo_parts

    units = units_of(diary)
    head = f"{word} {goal.id}: {goal.title}" if word == "Goal" else f"{word}: {goal.id}, {goal.title}"
    for text in line(head, echo_parts(reader, goal, units), width=app.width, plain=app.plain):
        app.say(text)
    if word in {"Goal", "Changed"}:
        show_parts = (*checks_part(reader, goal, units, only=True), *blocks_part(reader, goal, units))
        if show_parts:
            show(app, show_parts)
    if assessment.rescreen is not None:
        say_answer(app, assessment)
