"""The screen of an open warning sign. It replaces every other."""

from __future__ import annotations

from spinetrack.recovery import profile
from spinetrack.recovery.places import banner_line, place, stop_lines
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.redflags import effective_tier
from spinetrack.recovery.weighing import named_on
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import when_words
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Screen
    from spinetrack.recovery.findings import Assessment
    from spinetrack.views.page import Page

MATERNITY = frozenset({"PG1", "OT1"})
CRISIS = "OT2"


def leading(flags: Sequence[Screen]) -> Screen:
    """Return the open flag to speak of: the gravest, the newest of them."""
    return min(flags, key=lambda s: (effective_tier(s) or 9, -s.at.timestamp(), -s.seq))


def reported(flags: Sequence[Screen], diary: Diary) -> tuple[str, ...]:
    """Return the items reported in open flags, the gravest first, each once."""
    found: dict[str, None] = {}
    for screen in sorted(flags, key=lambda s: effective_tier(s) or 9):
        old = {o.item for o in screen.outcomes if o.kind == "old"}
        answers = [a for a in screen.answers if a.item not in old]
        found.update(dict.fromkeys(named_on(diary, screen.day, answers)))
    return tuple(found)


def sign_lines(flags: Sequence[Screen], diary: Diary, today: date) -> tuple[str, ...]:
    """Return what was reported and what to do, for one or more signs of any tier."""
    lead = leading(flags)
    items = reported(flags, diary)
    return stop_lines(
        effective_tier(lead),
        [ITEMS[item].short for item in items],
        when_words(lead.at, lead.day, today),
        place(profile.value_of(diary, "country")),
        crisis=CRISIS in items,
        maternity=bool(MATERNITY & set(items)),
        adult=bool(profile.gates_of(diary, today)["minor"]),
        next_day=min(s.day for s in flags) < today,
    )


def stop_page(diary: Diary, assessment: Assessment) -> Page:
    """Return the page of the open tier-1 and tier-2 flags; there must be one."""
    flags = assessment.open_flags
    lead = leading(flags)
    lines = sign_lines(flags, diary, assessment.today)
    return (
        *(Text(line, "alarm" if line.startswith("STOP") else "strong") for line in lines),
        *_from_medicines(diary, assessment),
        Gap(),
        Fields(
            (
                ("To take with you", "spinetrack screen page"),
                (
                    "When you were seen",
                    f'spinetrack screen outcome {lead.id} "what they said" --by "{_seen_by(diary, lead)}"',
                ),
            )
        ),
    )


def _from_medicines(diary: Diary, assessment: Assessment) -> Page:
    """Return the facts of the medicine list that stand beside a sign, and what was not asked yet."""
    beside = [s for s in assessment.suggestions if s.rule == "MX-2"]
    if not beside:
        return ()
    from spinetrack.recovery.medicine_flags import purpose_open

    lines = [f"From your medicines: {s.title}." for s in beside]
    if purpose_open(diary, assessment.now, assessment.today):
        lines.append("Was any of it on purpose? Answer: spinetrack med purpose no, or yes, or unsure")
    lines.append("Was a number wrong? See what you logged: spinetrack med taken")
    return (Gap(), *(Text(line) for line in lines))


def _seen_by(diary: Diary, screen: Screen) -> str:
    """Return an example of who may see the patient for this sign."""
    where = place(profile.value_of(diary, "country"))
    return where.department if effective_tier(screen) == 1 else "my doctor"


def banner(diary: Diary, assessment: Assessment) -> str:
    """Return the one line that stands above a screen while a flag is open; there must be one."""
    flags = assessment.open_flags
    lead = leading(flags)
    items = reported(flags, diary)
    return banner_line(
        effective_tier(lead) or 1,
        [ITEMS[item].short for item in items],
        when_words(lead.at, lead.day, assessment.today),
        place(profile.value_of(diary, "country")),
        crisis=CRISIS in items,
        next_day=min(s.day for s in flags) < assessment.today,
    )
