"""Priority 4: sleep and mood that belong before a doctor or a friend."""

from __future__ import annotations

from spinetrack.recovery import profile
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.rules.engine import SURE_TOOL, rule
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.context import Context

LOW_MOOD = 3
LOW_MOOD_DAYS = 5


@rule("SL-2", 4, ("rule book, SL-2",), SURE_TOOL)
def snoring(context: Context) -> Suggestion | None:
    """Loud snoring or pauses, and sleepy by day: mention it to a doctor."""
    diary = context.facts.diary
    if profile.value_of(diary, "snore") != "yes" or profile.value_of(diary, "sleepy") != "yes":
        return None
    return Suggestion(
        rule="SL-2",
        priority=4,
        kind="review",
        title="Tell your doctor how you sleep",
        message="You snore loudly and are sleepy by day. Mention both to your doctor.",
        why=(Fact("snoring and sleepy by day", "yes to both", "yes to both", None),),
    )


@rule("MD-1", 4, ("rule book, MD-1",), SURE_TOOL)
def low_mood(context: Context) -> Suggestion | None:
    """Low mood on most days of a week."""
    low = sum(value <= LOW_MOOD for value in context.facts.days.window("mood", context.today, 7))
    if low < LOW_MOOD_DAYS:
        return None
    return Suggestion(
        rule="MD-1",
        priority=4,
        kind="review",
        title="A hard week",
        message=(
            "Your mood was low on most days. Pain does that to many people. "
            "Talk to somebody you trust or to your doctor. "
            "There is one question we ask then: spinetrack screen"
        ),
        why=(Fact("days with mood 3 or less", low, LOW_MOOD_DAYS, 7),),
    )
