"""Priority 2, 4 and 5: the hours after a test injection, the weeks after an injection or an ablation.

They speak of the last procedure. Loaded only where a diary has treatments or blocks.
"""

from __future__ import annotations

from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.rules.engine import SURE_TOOL, rule
from spinetrack.recovery.words import counted, name_of, number, plain_day
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Treatment
    from spinetrack.recovery.injections import Effect

SOURCE = ("rule book 10",)
EARLY, LATER = 14, 42
"""Days on which the two looks at an effect fall due."""
EARLY_WINDOW, LATER_WINDOW = (10, 18), (35, 49)
LATER_UNTIL = 77
"""The day on which the next window opens."""
REHAB_DAYS = (14, 42)
WEEK = 7
FADING_SHOWN = 14
UNKNOWN = "was not logged often enough to compare"
BY_ITSELF = "Part of a change comes by itself: such things are often done in a bad week."


@rule("BD-1", 2, SOURCE, SURE_TOOL)
def block_prompts(context: Context) -> Suggestion | None:
    """A test injection was today: the next point of its diary."""
    facts = context.facts
    lately = any(b.day >= facts.yesterday for b in facts.diary.blocks)
    if not lately and all(t.start != context.today for t in facts.diary.treatments):
        return None
    from spinetrack.recovery.block_diary import CARE, SCHEDULE, curve_of, next_words, running, waiting

    block = running(facts.diary, facts.now)
    curve = curve_of(facts.diary, block, facts.now) if block else None
    if curve is not None and curve.due is not None:
        return Suggestion(
            rule="BD-1",
            priority=2,
            kind="data",
            title=f"Block diary: next {next_words(curve)}",
            message=f"Write your pain then: spinetrack block rate 4. {CARE}",
            why=(Fact("points answered", f"{len(curve.answered)} of {len(SCHEDULE)}", None, None),),
        )
    if curve is not None or not waiting(facts.diary, context.today):
        return None
    return Suggestion(
        rule="BD-1",
        priority=2,
        kind="data",
        title="A test injection today",
        message=f"Begin its diary with your pain just before: spinetrack block start --pain 8. {CARE}",
        why=(Fact("points answered", f"0 of {len(SCHEDULE)}", None, None),),
    )


def _injection(context: Context, families: frozenset[str] = frozenset({"injection"})) -> Treatment | None:
    """Return the last procedure where it is of one of the `families` and was no test."""
    facts = context.facts
    if not facts.diary.treatments:
        return None
    from spinetrack.recovery.aftercare import followed
    from spinetrack.recovery.treatments import kind_of

    found = followed(facts.diary, context.today)
    return found if found and kind_of(found).family in families else None


def _named(treatment: Treatment) -> str:
    """Return what a procedure is called inside a sentence."""
    from spinetrack.recovery.treatments import kind_of

    return kind_of(treatment).label.lower()


def _age(context: Context, treatment: Treatment) -> int:
    return (context.today - treatment.start).days


def _is_open(context: Context, rule_id: str, treatment: Treatment, due: date) -> bool:
    """Return whether a look that fell due was not answered yet."""
    return not context.facts.decided_since(f"{rule_id}-{treatment.kind}", due)


def _due_on(treatment: Treatment, day: int) -> date:
    from datetime import timedelta

    return treatment.start + timedelta(days=day)


@rule("IJ-1", 4, SOURCE, SURE_TOOL)
def early_check(context: Context) -> Suggestion | None:
    """Two weeks after an injection: did function change, pain alone, or neither."""
    treatment = _injection(context)
    if treatment is None or not EARLY <= _age(context, treatment) < LATER:
        return None
    if not _is_open(context, "IJ-1", treatment, _due_on(treatment, EARLY)):
        return None
    from spinetrack.recovery.injections import effect, has_signs

    found = effect(context.facts, treatment, *EARLY_WINDOW)
    if not (found.pain or found.tolerances) or has_signs(context.facts.diary, treatment):
        return None
    return Suggestion(
        rule="IJ-1",
        subject=treatment.kind,
        priority=4,
        kind="review",
        title=f"Two weeks after the {_named(treatment)}",
        message=f"{_outcome(found)} {BY_ITSELF} More: spinetrack treat effect {treatment.id}",
        why=(
            Fact("days since it", _age(context, treatment), EARLY, None),
            *_pain_facts(found, "days 10 to 18"),
            *_tolerance_facts(found, "days 10 to 18"),
        ),
    )


def _outcome(found: Effect) -> str:
    if found.function_improved:
        longest = found.longest
        if longest and longest[1].after > longest[1].before:
            key, pair = longest
            return (
                f"You can do more: {name_of(key)} {_amount(key, pair.before)} to {_amount(key, pair.after)}."
            )
        return "You can do more, by the score of your own activities."
    function_known = found.tolerances or found.psfs is not None
    if found.pain_improved and found.pain:
        fall = f"Pain went from {number(found.pain.before)} to {number(found.pain.after)}."
        return f"{fall} What you can do {'is much the same so far' if function_known else UNKNOWN}."
    if not found.pain:
        return f"What you can do has not clearly changed so far. Pain {UNKNOWN}."
    if not function_known:
        return f"Pain has not clearly changed so far. What you can do {UNKNOWN}."
    return "Neither pain nor what you can do has clearly changed so far."


def _pain_facts(found: Effect, when: str) -> tuple[Fact, ...]:
    from spinetrack.recovery.aftercare import LEAST

    pain = found.pain
    if pain is None:
        return ()
    return (
        Fact("usual pain before", number(pain.before), None, 14),
        Fact(f"usual pain on {when}", number(pain.after), "2 points and 30 % less", None),
        Fact("days with pain logged, before and after", f"{pain.n_before}, {pain.n_after}", LEAST, None),
    )


def _amount(key: str, value: float) -> str:
    from spinetrack.recovery.metrics import METRICS, show

    return show(METRICS[key], round(value, 1))


def _tolerance_facts(found: Effect, when: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            f"usual {name_of(k)}, before and on {when}", f"{number(p.before)}, {number(p.after)}", "30 % more"
        )
        for k, p in found.tolerances.items()
    )


@rule("IJ-2", 4, SOURCE, SURE_TOOL)
def no_function_change(context: Context) -> Suggestion | None:
    """Six weeks after an injection nothing that can be done has grown: ask before another one."""
    treatment = _injection(context)
    if treatment is None or not LATER <= _age(context, treatment) < LATER_UNTIL:
        return None
    if not _is_open(context, "IJ-2", treatment, _due_on(treatment, LATER)):
        return None
    from spinetrack.recovery.injections import effect

    found = effect(context.facts, treatment, *LATER_WINDOW)
    if not found.tolerances or found.function_improved or _goal_up(context, treatment):
        return None
    return Suggestion(
        rule="IJ-2",
        subject=treatment.kind,
        priority=4,
        kind="review",
        title=f"Six weeks after the {_named(treatment)}",
        message=(
            "No change in what you can do was recorded. "
            "Before another one, ask your doctor to look again at where the pain comes from."
        ),
        why=(
            Fact("days since it", _age(context, treatment), LATER, None),
            *_tolerance_facts(found, "days 35 to 49"),
            *(() if found.psfs is None else (Fact("change of PSFS", found.psfs, "2 or more", None),)),
            Fact("goals that went up", "none", "one or more", None),
        ),
    )


def _goal_up(context: Context, treatment: Treatment) -> bool:
    """Return whether the level of a goal is higher than on the day of the procedure."""
    goals = context.facts.goals
    for goal in goals.kept:
        then, now = goals.level(goal, max(treatment.start, goal.day)), goals.level(goal)
        if now is not None and now > (goals.start_level(goal) if then is None else then):
            return True
    return False


@rule("IJ-3", 5, SOURCE, SURE_TOOL)
def window_for_training(context: Context) -> Suggestion | None:
    """Pain fell after an injection and the plan stood still: a time to build up, as the physio agreed."""
    treatment = _injection(context)
    if treatment is None or not treatment.agreed:
        return None
    first, last = REHAB_DAYS
    if not first <= _age(context, treatment) <= last:
        return None
    if not _is_open(context, "IJ-3", treatment, _due_on(treatment, first)) or _has_stepped(
        context, treatment
    ):
        return None
    from spinetrack.recovery.injections import effect
    from spinetrack.recovery.responses import POINTS, SHARE

    pain = effect(context.facts, treatment, max(first, _age(context, treatment) - 6), last).pain
    if pain is None:
        return None
    fall = pain.before - pain.after
    if fall < POINTS and (fall <= 0 or fall < SHARE * pain.before):
        return None
    return Suggestion(
        rule="IJ-3",
        subject=treatment.kind,
        priority=5,
        kind="rise",
        title="Less pain since the injection: a time to build up",
        message=(
            f"Pain went from {number(pain.before)} to {number(pain.after)}. Your physio agreed to build up "
            f"after it: ask what the next step is. {BY_ITSELF}"
        ),
        why=(
            Fact("usual pain before", number(pain.before), None, 14),
            Fact("usual pain now", number(pain.after), "2 points or 30 % less", WEEK),
            Fact(
                "last change of the plan", _last_step(context), f"before {plain_day(treatment.start)}", None
            ),
            Fact("a physio agreed to it", "yes", "yes", None),
        ),
    )


def _has_stepped(context: Context, treatment: Treatment) -> bool:
    """Return whether a dose changed since, or is about to by its own rule."""
    from spinetrack.recovery.rules.plan import rise_of

    if any(p.latest.day >= treatment.start for p in context.plan):
        return True
    return any(rise_of(context, p) is not None and not context.blocks(p) for p in context.plan)


def _last_step(context: Context) -> str:
    last = max((p.latest.day for p in context.plan), default=None)
    return plain_day(last) if last else "no plan yet"


@rule("IJ-4", 4, SOURCE, SURE_TOOL)
def wearing_off(context: Context) -> Suggestion | None:
    """After an injection or an ablation, pain has been back for two weeks: how long relief lasted."""
    treatment = _injection(context, frozenset({"injection", "ablation"}))
    if treatment is None:
        return None
    from spinetrack.recovery.injections import LASTING, fading

    found = fading(context.facts, treatment)
    if found is None:
        return None
    since = (context.today - found.back_on).days - (LASTING - 1)
    if since >= FADING_SHOWN or not _is_open(context, "IJ-4", treatment, found.back_on):
        return None
    weeks = max(1, (found.back_on - treatment.start).days // WEEK)
    return Suggestion(
        rule="IJ-4",
        subject=treatment.kind,
        priority=4,
        kind="review",
        title=f"Pain is back where it was before the {_named(treatment)}",
        message=(
            f"Lower pain lasted about {counted(weeks, 'week')}, by your diary. "
            f"It is worth telling whoever did it: spinetrack treat effect {treatment.id}"
        ),
        why=(
            Fact("usual pain before", number(found.before), None, 14),
            Fact("usual pain now", number(found.now), "within 1 of it", 14),
            Fact("back since", plain_day(found.back_on), "14 days", None),
        ),
    )
