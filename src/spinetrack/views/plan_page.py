"""The plan on the screen: each activity's dose, today's dose and why it differs, and the next step."""

from __future__ import annotations

from itertools import pairwise

from spinetrack.recovery.flares import ramp_ahead
from spinetrack.recovery.profile import is_other
from spinetrack.recovery.tolerances import floor_dose
from spinetrack.recovery.words import amount, title_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, joined, number, planned_dose, todays_dose
from spinetrack.views.flare_page import flare_banner
from spinetrack.views.page import Fields, Gap, Text
from spinetrack.views.stop_page import stop_page

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment, Flare, PlanItem
    from spinetrack.views.page import Block, Page

MOST_AHEAD = 8


def plan_page(diary: Diary, assessment: Assessment) -> Page:
    """Return the plan; under an open tier-1 or tier-2 flag its page and no items."""
    if assessment.open_flags:
        return stop_page(diary, assessment)
    blocks: list[Block] = [Text(f"Plan for {day_words(assessment.today)}", "heading")]
    if assessment.flare:
        blocks.append(Text(flare_banner(assessment), "alarm"))
    for item in assessment.plan:
        head = f"{title_of(item.activity)}: {todays_dose(item)} today"
        blocks += [Gap(), Text(head, "strong"), Fields(tuple(_pairs(item, assessment)))]
    waiting = [a for a in diary.activities if a.name not in {i.activity for i in assessment.plan}]
    if waiting:
        blocks += [Gap(), Text("Without a dose yet", "strong")]
        blocks.append(Fields(tuple((a.name, _how_to_dose(a.name, a.kind)) for a in waiting)))
    if not assessment.plan and not waiting:
        blocks += [Gap(), *_empty()]
    return tuple(blocks)


def _empty() -> tuple[Block, ...]:
    return (
        Text("Your plan is empty. Log how long you can sit three times, and a first dose is offered."),
        Fields(
            (
                ("To time it", "spinetrack log sit 20"),
                ("Set by your physio", 'spinetrack plan set sit 15 --by "physio"'),
                ("An exercise", "spinetrack plan add bridge --sets 2 --reps 8 --per-week 3"),
            )
        ),
    )


def _how_to_dose(name: str, kind: str) -> str:
    if kind == "tolerance":
        return f"offered after three timed values: spinetrack log {name} 20"
    return f"spinetrack plan set {name} 2x8"


def _pairs(item: PlanItem, assessment: Assessment) -> list[tuple[str, str]]:
    planned = planned_dose(item)
    pairs = [("Planned", f"{planned}, {item.per_week} days a week")]
    if item.today != item.quota:
        why = "a flare" if item.reason == "flare" else item.reason
        pairs.append(("Why lower today", why))
    if assessment.flare:
        pairs.append(("This week", f"{item.done_week} done; not counted while a flare runs"))
    else:
        pairs.append(("This week", f"{item.done_week} done, {item.per_week} planned"))
    who = item.set_by if is_other(item.set_by) else "you"
    limit = "" if item.up_to is None else f", up to {amount(item.up_to, item.unit)}"
    pairs.append(("Set by", f"{who}{limit}"))
    if item.baseline is not None and item.baseline != item.quota:
        pairs.append(("Began at", amount(item.baseline, item.unit)))
    ahead = flare_ahead(item, assessment)
    if ahead:
        pairs.append(("If it eases", ahead))
    else:
        pairs.append(("Next step", _next_step(item, assessment)))
    return pairs


def _next_step(item: PlanItem, assessment: Assessment) -> str:
    if any(s.is_rise and s.subject == item.activity for s in assessment.suggestions):
        return "offered today: spinetrack suggest"
    earliest = item.next_step_earliest
    if earliest is None:
        return "waits; why: spinetrack suggest --all"
    if earliest <= assessment.today:
        return "possible once the week is done as planned"
    return f"from {day_words(earliest, assessment.today)} at the earliest, if the week goes as planned"


def flare_ahead(item: PlanItem, assessment: Assessment) -> str:
    """Return the coming doses of an activity under a flare's cut: `Wed 10, Thu 12, … min`; else ""."""
    flare = assessment.facts.ramping
    if flare is None or item.reason != "flare" or item.unit != "min":
        return ""
    doses = [
        (day, _dose_on(item, flare, share)) for day, share in ramp_ahead(flare, assessment.today).items()
    ]
    later = [(day, dose) for day, dose in doses if day > assessment.today][:MOST_AHEAD]
    steps = later[:1] + [after for before, after in pairwise(later) if after[1] != before[1]]
    return joined(f"{day_words(day)[:3]} {number(dose)} min" for day, dose in steps)


def _dose_on(item: PlanItem, flare: Flare, share: float) -> float:
    """Return the dose at `share` of the ramp, scaled to the cut agreed for this activity."""
    if share >= 1:
        return item.quota
    now = flare.level
    agreed = 1 - (1 - item.today / item.quota) * (1 - share) / (1 - now) if now < 1 else share
    return min(item.quota, max(item.today, floor_dose(agreed * item.quota)))
