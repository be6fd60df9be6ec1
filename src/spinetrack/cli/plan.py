"""The plan: today's doses, and changes to it by hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from spinetrack.app import App
from spinetrack.cli.options import At, Json, app_of, moment_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from datetime import date, datetime

    from spinetrack.cli.dose import Dose
    from spinetrack.recovery.diary import Activity, Diary, Quota
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USUAL_WEEK = 5
"""Days a week a tolerance is planned for unless said. Source: design.md section 4."""
EXERCISE_WEEK = 3
REMOVED = "removed"
"""Reason of the row that takes an activity out of the plan."""
KINDS = ("strength", "mobility", "core", "aerobic", "balance", "relaxation")

By = Annotated[str, typer.Option("--by", metavar="WHO", help='Who set it, such as "physio".')]
PerWeek = Annotated[int | None, typer.Option("--per-week", min=1, max=7, help="Days a week.")]


@app.callback(invoke_without_command=True)
def plan(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Show today's doses and the plan behind them. Example: spinetrack plan set sit 25 --by "physio"."""
    if ctx.invoked_subcommand is not None:
        return
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show
    from spinetrack.views.plan_page import plan_page

    run = app_of(ctx)
    diary, assessment = look(run)
    if as_json:
        _print(run, assessment)
    else:
        show(run, plan_page(diary, assessment))


def _print(run: App, assessment: "Assessment") -> None:
    from spinetrack.views.json_docs import plan_doc

    print_json(run, plan_doc(assessment))


@app.command()
def add(  # noqa: PLR0913
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="sit, stand, walk, or an exercise.")],
    *,
    kind: Annotated[str | None, typer.Option("--kind", help=f"Of an exercise: {', '.join(KINDS)}.")] = None,
    per_week: PerWeek = None,
    sets: Annotated[int | None, typer.Option("--sets", help="Sets.")] = None,
    reps: Annotated[int | None, typer.Option("--reps", help="Repetitions of a set.")] = None,
    hold: Annotated[int | None, typer.Option("--hold", help="Seconds to hold.")] = None,
    load: Annotated[float | None, typer.Option("--load", help="Weight in kg.")] = None,
    tempo: Annotated[str | None, typer.Option("--tempo", help="How fast, such as 3-1-3.")] = None,
    rest: Annotated[int | None, typer.Option("--rest", min=0, help="Seconds between sets.")] = None,
    by: By = "me",
    cleared: Annotated[
        bool, typer.Option("--cleared", help="A clinician cleared advanced forms of it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add an activity. Example: spinetrack plan add bridge --sets 3 --reps 8 --per-week 3."""
    from spinetrack.cli.dose import Dose, check_name, checked, is_tolerance
    from spinetrack.cli.plan_rules import set_by
    from spinetrack.recovery.catalogue import CATALOGUE
    from spinetrack.recovery.diary import Activity

    run = app_of(ctx)
    called = check_name(" ".join(name))
    timed = is_tolerance(called)
    if timed and any(part is not None for part in (sets, reps, hold, load, kind)):
        raise ValueRefusedError(
            f"{called} is planned in minutes: spinetrack plan set {called} 15. Nothing was saved."
        )
    known = CATALOGUE.get(called)
    what = "tolerance" if timed else known.kind if known and kind is None else _kind(kind)
    week = per_week or (USUAL_WEEK if timed else EXERCISE_WEEK)
    region = known.region if known else None
    activity = Activity(called, what, week, run.today(), region, tempo, rest, cleared)
    dose = checked(Dose(float(reps or hold or 0), sets, reps, hold, load)) if reps or hold else None
    if dose is None and (sets or load):
        raise UsageError("Say the repetitions too: --reps 8, or --hold 20. Nothing was saved.")
    assessment = _add(run, activity, dose, set_by(by))
    if as_json:
        _print(run, assessment)
    else:
        _echo_added(run, activity, dose)


def _kind(kind: str | None) -> str:
    word = (kind or "strength").strip().lower()
    if word not in KINDS:
        raise ValueRefusedError(f'There is no kind "{kind}". Kinds: {", ".join(KINDS)}. Nothing was saved.')
    return word


def _add(run: App, activity: "Activity", dose: "Dose | None", by: str) -> "Assessment":
    from spinetrack.cli.plan_rules import check_rise
    from spinetrack.cli.record import record

    def write(store: "Store", writer: "Writer") -> None:
        diary, assessment = _inside(run, store)
        if any(a.name == activity.name for a in diary.activities):
            raise ValueRefusedError(
                f"{activity.name} is in your plan already. Nothing was saved.",
                hint=f"To change its dose: spinetrack plan set {activity.name} "
                + ("20" if activity.kind == "tolerance" else "3x10"),
            )
        writer.add(activity)
        if dose is not None:
            check_rise(assessment, None, by)
            writer.add(_row(activity, None, dose, (run.now(), run.today()), by, None, activity.per_week))

    _, after = record(run, f"plan add {activity.name}", write)
    return after


def _inside(run: App, store: "Store") -> "tuple[Diary, Assessment]":
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.assess import assess

    diary = store.diary(run.today() - WINDOW, run.today())
    return diary, assess(diary, run.now(), run.today())


def _row(
    activity: "Activity",
    before: "Quota | None",
    dose: "Dose",
    when: "tuple[datetime, date]",
    by: str,
    up_to: float | None,
    per_week: int,
) -> "Quota":
    from spinetrack.recovery.diary import Quota

    load = dose.load if dose.load is not None else before.load if before else None
    sets = dose.sets if dose.sets is not None else before.sets if before else None
    return Quota(
        activity.name,
        when[0],
        when[1],
        dose.amount,
        by,
        reason="set by hand",
        up_to=up_to,
        per_week=per_week,
        sets=sets,
        reps=dose.reps,
        hold=dose.hold,
        load=load,
    )


def _echo_added(run: App, activity: "Activity", dose: "Dose | None") -> None:
    from spinetrack.views.doses import exercise
    from spinetrack.views.echo import fold, line

    parts = [f"{activity.per_week} days a week"]
    if dose is not None:
        parts.insert(0, exercise(dose.amount, dose.sets, held=dose.reps is None, load=dose.load))
    for text in line(f"Added: {activity.name}", parts, width=run.width, plain=run.plain):
        run.say(text)
    if activity.kind == "tolerance":
        told = f"A first dose is offered after three timed values: spinetrack log {activity.name} 20"
    elif dose is None:
        told = f"Say how much of it: spinetrack plan set {activity.name} 2x8"
    else:
        told = ""
    for text in (*fold(told, run.width), *_about(activity.name, run.width)):
        if text:
            run.say(text)


def _about(name: str, width: int) -> list[str]:
    """Return what an exercise of the catalogue is for, and one step either way."""
    from spinetrack.recovery.catalogue import CATALOGUE
    from spinetrack.views.echo import fold

    known = CATALOGUE.get(name)
    if known is None:
        return []
    steps = f"One step easier: {known.easier}. One step harder: {known.harder}."
    return [*fold(f"It is for {known.use}.", width), *fold(steps, width)]


@app.command()
def names(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List exercise names this program knows: what each is for, easier and harder."""
    from spinetrack.cli.showing import show
    from spinetrack.recovery.catalogue import CATALOGUE
    from spinetrack.views.page import Gap, Rows, Text

    run = app_of(ctx)
    if as_json:
        from spinetrack.views.json_docs import document

        print_json(run, document(exercises=[row._asdict() for row in CATALOGUE.values()]))
        return
    rows = tuple((e.name, e.use, e.easier, e.harder) for e in CATALOGUE.values())
    hint = 'Names only. Your physio says which: spinetrack plan add bridge --sets 2 --reps 8 --by "physio"'
    show(run, (Rows(rows, ("Name", "For", "One step easier", "One step harder")), Gap(), Text(hint, "quiet")))


@app.command("set")
def set_dose(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ACTIVITY", help="What the plan holds.")],
    value: Annotated[list[str], typer.Argument(metavar="VALUE", help="25, 3x10, 3x30s, 3x10 5kg.")],
    *,
    by: By = "me",
    up_to: Annotated[
        float | None,
        typer.Option("--up-to", metavar="N", help="The most it may become without asking again."),
    ] = None,
    per_week: PerWeek = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Set a dose. Example: spinetrack plan set sit 25 --by "physio" --up-to 40."""
    from spinetrack.cli.dose import clean_name, read_dose
    from spinetrack.cli.plan_rules import set_by

    run = app_of(ctx)
    moment = moment_of(run, at)
    called = clean_name(name)
    dose = read_dose(called, value)
    row, warning, assessment = _set(run, called, dose, (moment[0], moment[1]), set_by(by), up_to, per_week)
    if as_json:
        _print(run, assessment)
        return
    _echo_set(run, row, dose)
    if warning:
        run.say(warning)


def _set(
    run: App,
    name: str,
    dose: "Dose",
    when: "tuple[datetime, date]",
    by: str,
    up_to: float | None,
    per_week: int | None,
) -> "tuple[Quota, str | None, Assessment]":
    from spinetrack.cli.dose import known_activity
    from spinetrack.cli.plan_rules import check_limit, check_rise, is_rise, large_step
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Activity

    def write(store: "Store", writer: "Writer") -> "tuple[Quota, str | None]":
        diary, assessment = _inside(run, store)
        activity = known_activity(diary, name)
        before = next((q for q in reversed(diary.quotas) if q.activity == name and q.day <= when[1]), None)
        before = None if before and before.reason == REMOVED else before
        if is_rise(before, dose):
            check_rise(assessment, before, by)
        limit = check_limit(diary, before, dose.amount, up_to, by)
        if activity is None:
            activity = Activity(name, "tolerance", per_week or USUAL_WEEK, when[1])
            writer.add(activity)
        week = per_week or (before.per_week if before else activity.per_week)
        row = _row(activity, before, dose, when, by, limit, week)
        writer.add(row)
        return row, large_step(before, dose)

    (row, warning), after = record(run, f"plan set {name}", write)
    return row, warning, after


def _echo_set(run: App, row: "Quota", dose: "Dose") -> None:
    from spinetrack.views.doses import number, quota_dose
    from spinetrack.views.echo import line

    minutes = dose.reps is None and dose.hold is None
    parts = [quota_dose(row, minutes=minutes), f"{row.per_week} days a week"]
    if row.up_to is not None:
        parts.append(f"up to {number(row.up_to)}{' min' if minutes else ''}")
    parts.append(f"set by {'you' if row.set_by == 'me' else row.set_by}")
    for text in line(f"Plan: {row.activity}", parts, width=run.width, plain=run.plain):
        run.say(text)


@app.command()
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ACTIVITY", help="What the plan holds.")],
    *,
    as_json: Json = False,
) -> None:
    """Take an activity out of the plan; what was done of it stays. Example: spinetrack plan remove bridge."""
    from spinetrack.cli.dose import clean_name, known_activity, latest_quota, unknown_activity
    from spinetrack.cli.record import record
    from spinetrack.views.echo import line

    run = app_of(ctx)
    called = clean_name(name)

    def write(store: "Store", writer: "Writer") -> None:
        diary, _ = _inside(run, store)
        activity, last = known_activity(diary, called), latest_quota(diary, called)
        if activity is None and (last is None or last.reason == REMOVED):
            raise unknown_activity(diary, name)
        if activity is not None:
            writer.remove(activity)
        if last is not None:
            # The history of doses stays; its last row says that it is planned no more.
            removed = last._replace(at=run.now(), day=run.today(), set_by="me", rule=None)
            writer.add(removed._replace(reason=REMOVED, amount=0.0, id=0, uuid="", seq=0))

    _, after = record(run, f"plan remove {called}", write)
    if as_json:
        _print(run, after)
        return
    for text in line(f"Removed from the plan: {called}", [], width=run.width, plain=run.plain):
        run.say(text)
