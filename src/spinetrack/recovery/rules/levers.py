"""Priority 6: sleep, stress, fear, and how activity is spread over the days."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery import patterns
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.rules.engine import SURE_STUDIED, SURE_TOOL, rule
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.recovery.words import amount, name_of, number, plain_day, title_of
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context

POOR_NIGHTS = 3
SLEEP_LINK = 1.0
EPISODES = 4
EPISODES_HIT = 3
AFRAID = 3
AFRAID_WINDOW = 14
LESS_ACTIVE = 0.7
PAIN_SAME = 1


@rule("SL-1", 6, ("Gerhart 2017",), SURE_STUDIED)
def sleep_lever(context: Context) -> Suggestion | None:
    """Several poor nights, and pain that was higher after such nights."""
    facts = context.facts
    nights = [patterns.is_poor_night(facts.days, d) for d in days_back(context.today, 7)]
    poor = sum(night is True for night in nights)
    link = patterns.after_poor_nights(facts.days, context.today)
    if poor < POOR_NIGHTS or not link.enough(patterns.LEAST_NIGHTS) or link.difference < SLEEP_LINK:
        return None
    return Suggestion(
        rule="SL-1",
        priority=6,
        kind="lever",
        title="Sleep and your pain go together",
        message=(
            f"After poor nights your pain was {number(link.difference)} points higher. "
            "Try one thing: go to bed and get up at the same times. Poor sleep for months? Tell your doctor."
        ),
        why=(
            Fact("poor nights", poor, POOR_NIGHTS, 7),
            Fact("mean pain after poor nights", round(_mean(link.with_it), 1), None, 28),
            Fact("mean pain after good nights", round(_mean(link.without), 1), None, 28),
            Fact("nights compared", f"{len(link.with_it)} and {len(link.without)}", "4 each", 28),
        ),
    )


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values)


@rule("MD-2", 6, ("rule book, MD-2",), SURE_TOOL)
def stress_link(context: Context) -> Suggestion | None:
    """High stress was followed by flare-like pain in three of four episodes."""
    facts = context.facts
    usual = facts.reference.pain
    last = patterns.stress_episodes(facts.days, context.today)[-EPISODES:]
    if usual is None or len(last) < EPISODES:
        return None
    hits = sum(pain >= usual + 2 for _, pain in last)
    if hits < EPISODES_HIT:
        return None
    return Suggestion(
        rule="MD-2",
        priority=6,
        kind="lever",
        title="Stress and your pain go together",
        message=(
            f"High stress came before higher pain {hits} of 4 times. "
            "On such days try slow breathing, and leave some room in your plan."
        ),
        why=(
            Fact(
                "stress 7 or more, then pain 2 above the usual",
                f"{hits} of {EPISODES}",
                f"{EPISODES_HIT} of {EPISODES}",
                28,
            ),
            Fact("usual pain (reference)", usual, None, 30),
        ),
    )


@rule("MD-3", 6, ("Vlaeyen",), SURE_TOOL)
def afraid(context: Context) -> Suggestion | None:
    """Something planned was left out of fear three times in two weeks: the smallest step."""
    counts: dict[str, int] = {}
    for skip in context.facts.diary.skips:
        if skip.why == "afraid" and 0 <= (context.today - skip.day).days < AFRAID_WINDOW:
            counts[skip.activity] = counts.get(skip.activity, 0) + 1
    name = max(counts, key=lambda k: (counts[k], k), default=None)
    if name is None or counts[name] < AFRAID:
        return None
    return Suggestion(
        rule="MD-3",
        subject=name,
        priority=6,
        kind="rise",
        title=f"{title_of(name)}: the smallest step",
        message=(
            f"You left out {name_of(name)} because you were afraid. Many people know that. "
            "Pick the smallest step that feels all right, and ask your physio to go along."
        ),
        why=(Fact(f"{name_of(name)} left out, afraid", counts[name], AFRAID, AFRAID_WINDOW),),
    )


@rule("PA-1", 6, ("Fordyce 1976",), SURE_TOOL)
def boom_and_bust(context: Context) -> Suggestion | None:
    """Days of too much, followed by days of too little."""
    facts = context.facts
    found = patterns.boom_bust(facts.days, context.today)
    if found is None or not found.flagged or facts.flare:
        return None
    unit = "min" if found.metric == "active" else "steps"
    cap = facts.config["good-day-cap"] * found.usual
    floor = facts.config["bad-day-floor"] * found.usual
    pairs = " and ".join(f"{plain_day(a)} then {plain_day(b)}" for a, b in found.pairs[-2:])
    low = ""
    if context.may_add:
        low = f" On bad days try at least {amount(floor, unit)}."
    return Suggestion(
        rule="PA-1",
        priority=6,
        kind="lever",
        title="Much on one day, little on the next",
        message=(
            f"Big days were followed by very quiet ones: {pairs}. "
            f"On good days stop at {amount(cap, unit)}.{low} Work in blocks of 25 to 45 minutes."
        ),
        why=(
            Fact("big days followed by very quiet ones", len(found.pairs), patterns.LEAST_PAIRS, 14),
            Fact("spread of the days (CV)", round(found.cv, 2), patterns.LEAST_CV, 14),
            Fact("days logged", found.logged, patterns.LEAST, 14),
            Fact("usual day (median)", found.usual, None, 28),
        ),
        sum=f"cap {number(facts.config['good-day-cap'])} x {number(found.usual)} = {number(cap)}",
    )


@rule("PA-2", 6, ("painHEALTH",), SURE_TOOL)
def under_active(context: Context) -> Suggestion | None:
    """Activity fell by 30 % while pain stayed the same: restart gently."""
    facts = context.facts
    span = 14 + 28
    if any(0 <= (context.today - day).days < span for day in facts.flare_days):
        return None
    if any(s.why in {"ill", "away"} and (context.today - s.day).days < 14 for s in facts.diary.skips):  # noqa: PLR2004
        return None
    earlier = context.today - timedelta(days=14)
    for key in patterns.ACTIVITY:
        now, before = facts.days.window(key, context.today, 14), facts.days.window(key, earlier, 28)
        if len(now) < patterns.LEAST or len(before) < patterns.USUAL_LEAST:
            continue
        recent, usual = median(now), median(before)
        pain, past = facts.med("pain", 14), facts.days.med("pain", earlier, 28)
        if recent is None or usual is None or pain is None or past is None:
            continue
        if recent > LESS_ACTIVE * usual or abs(pain - past) >= PAIN_SAME:
            return None
        base = [f"{name_of(p.name)} {amount(p.base, p.unit)}" for p in context.plan if p.is_tolerance]
        return Suggestion(
            rule="PA-2",
            priority=6,
            kind="rise",
            title="You do less, and pain is the same",
            message=(
                "Your days got quieter, while pain stayed as it was. "
                f"You could begin again at your first doses: {', '.join(base) or 'a short walk'}."
            ),
            why=(
                Fact(f"usual {key} now", recent, LESS_ACTIVE * usual, 14),
                Fact(f"usual {key} before", usual, None, 28),
                Fact("change of pain", round(pain - past, 1), "less than 1", 14),
            ),
        )
    return None
