"""What goes with what, in words: each line with its days and its numbers, and none below its least data.

Source of every least number: clinical.md 1.3 and 3.4, rules SL-1, MD-2 and PA-1.
"""

from __future__ import annotations

from spinetrack.recovery import patterns
from spinetrack.recovery.profile import value_of
from spinetrack.recovery.stats import mean
from spinetrack.recovery.words import counted, listed
from spinetrack.typed import TYPE_CHECKING, NamedTuple
from spinetrack.views.doses import WEEKDAYS, day_words, number
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.flares import Reference
    from spinetrack.recovery.patterns import BoomBust, Comparison
    from spinetrack.recovery.series import Days
    from spinetrack.views.page import Block, Page

CLEAR = 1.0
"""Points of pain between two kinds of days from which they are called different. Source: rule SL-1."""
LOAD_LED = 1.5
"""Points between evening and morning that make a pattern. Source: clinical.md 1.3."""
LEAST_EACH = 7
"""Days with and without a factor, or above and below the usual activity."""
LEAST_STRESS = 4
"""Days of each kind. Source: the four episodes of rule MD-2."""
LEAST_WEEKDAY = 3
WEEKDAYS_NEEDED = 5
FACTOR_WINDOW = 90
WEEKDAY_WINDOW = 56
PAINFUL = 2
"""Points above the usual that make a quiet day a painful one. Source: clinical.md 3.4."""
MOST_PAIRS = 3

WARNING = "Going together is not causing. Something else may lie behind both, and a few days can mislead."
REGRESSION = "After an extreme day the next one is often nearer your usual by itself."

Numbers = dict[str, object]


class Insight(NamedTuple):
    """One thing that was compared, or that the patient said."""

    name: str
    """`sleep`, `stress`, `time of day`, `boom and bust`, `weekdays`, `activity`, a factor, `worse` or
    `eases`."""
    label: str
    n: int
    """Days that were compared, or things that were said."""
    numbers: Numbers
    text: str
    clear: bool = False
    """The kinds of days differ by enough to be named first."""
    follows: bool = False
    """One day is set against a later one."""


class Missing(NamedTuple):
    """One thing that could not be compared yet."""

    name: str
    label: str
    days: int | None
    """How many more days it needs at least; None when that cannot be said."""
    text: str


Found = Insight | Missing


def insights(
    diary: Diary, days: Days, today: date, usual: Reference, window: int | None = None
) -> tuple[Found, ...]:
    """Return everything that can be compared, clear links first, what lacks data last.

    Args:
        diary: What the patient said.
        days: The day values, from before the window on.
        today: The last day.
        usual: The patient's usual pain.
        window: Days to compare; None takes each rule's own. Boom and bust keep their 14.

    """
    found: list[Found] = [
        _sleep(days, today, window or patterns.USUAL_WINDOW),
        _stress(days, today, window or patterns.USUAL_WINDOW),
        _time_of_day(days, today, window or patterns.WINDOW),
        _boom_bust(days, today, usual),
        _activity(days, today, window or patterns.USUAL_WINDOW),
        *_factors(days, today, window or FACTOR_WINDOW),
        _weekdays(days, today, window or WEEKDAY_WINDOW),
        *_said(diary),
    ]
    return tuple(sorted(found, key=lambda f: 2 if isinstance(f, Missing) else not f.clear))


# -- two kinds of days ---------------------------------------------------------------------------


def _compared(of: Comparison) -> Numbers:
    return {
        "days_with": len(of.with_it),
        "days_without": len(of.without),
        "mean_with": round(mean(of.with_it), 2),
        "mean_without": round(mean(of.without), 2),
        "difference": round(of.difference, 2),
    }


def _direction(difference: float) -> str:
    if abs(difference) < CLEAR:
        return "about the same"
    return "higher" if difference > 0 else "lower"


def _averages(of: Comparison, it: str) -> str:
    """Return the two averages with their days: `5.2 on 8 days with it, 3.5 on 20 without`."""
    with_it = f"{number(mean(of.with_it))} on {counted(len(of.with_it), 'day')} with {it}"
    return f"{with_it}, {number(mean(of.without))} on {len(of.without)} without"


def _short_of(of: Comparison, least: int, one: str, other: str) -> tuple[int, str]:
    """Return how many days are missing at least, and the sentence that names them."""
    lacking = [(max(0, least - len(of.with_it)), one), (max(0, least - len(of.without)), other)]
    parts = [f"{counted(count, 'more day')} {what}" for count, what in lacking if count]
    return sum(count for count, _ in lacking), f"{listed(parts)}."


def _insight(name: str, when: str, it: str, of: Comparison, *, follows: bool = False) -> Insight:
    """Return the comparison of days with and without `it`; `when` says which days they are."""
    text = f"Pain was {_direction(of.difference)} {when}. {_averages(of, it)}."
    n = len(of.with_it) + len(of.without)
    label = name[0].upper() + name[1:]
    return Insight(name, label, n, _compared(of), text, abs(of.difference) >= CLEAR, follows)


def _sleep(days: Days, today: date, window: int) -> Found:
    of, least = patterns.after_poor_nights(days, today, window), patterns.LEAST_NIGHTS
    if not of.enough(least):
        return Missing("sleep", "Sleep", *_short_of(of, least, "after a poor night", "after a good one"))
    return _insight("sleep", "after poor nights", "one", of)


def _stress(days: Days, today: date, window: int) -> Found:
    of = patterns.after_stress(days, today, window)
    if not of.enough(LEAST_STRESS):
        short = _short_of(of, LEAST_STRESS, "after stress of 7 or more", "after less")
        return Missing("stress", "Stress", *short)
    return _insight("stress", "the day after high stress", "it", of, follows=True)


def _activity(days: Days, today: date, window: int) -> Found:
    found = patterns.on_active_days(days, today, window)
    if found is None:
        text = f"{2 * LEAST_EACH} days with active minutes or steps."
        return Missing("activity", "Activity", 2 * LEAST_EACH, text)
    metric, of = found
    what = "active minutes" if metric == "active" else "steps"
    if not of.enough(LEAST_EACH):
        short = _short_of(of, LEAST_EACH, f"above your usual {what}", "at or below it")
        return Missing("activity", "Activity", *short)
    insight = _insight("activity", f"on days above your usual {what}", "more", of)
    return insight._replace(numbers={"metric": metric, **insight.numbers})


def _factors(days: Days, today: date, window: int) -> Iterator[Found]:
    after = patterns.factor_days(days, today, window, lag=1)
    for name, of in patterns.factor_days(days, today, window).items():
        if of.enough(LEAST_EACH):
            yield _factor(name, of, after[name])
        else:
            yield Missing(name, name, *_short_of(of, LEAST_EACH, "with it", "without it"))


def _factor(name: str, of: Comparison, after: Comparison) -> Insight:
    insight = _insight(name, "on these days", "it", of)
    if not after.enough(LEAST_EACH):
        return insight._replace(numbers={"same_day": insight.numbers})
    next_day = f" The day after was {_direction(after.difference)}: {_averages(after, 'it')}."
    return insight._replace(
        numbers={"same_day": insight.numbers, "next_day": _compared(after)},
        text=insight.text + next_day,
        clear=insight.clear or abs(after.difference) >= CLEAR,
        follows=True,
    )


# -- the shape of days and weeks -----------------------------------------------------------------


def _time_of_day(days: Days, today: date, window: int) -> Found:
    found = patterns.morning_evening(days, today, window)
    if found is None:
        least = patterns.WINDOW // 2
        text = f"{least} days with an entry before 11:00 and another after 17:00."
        return Missing("time of day", "Time of day", None, text)
    delta, n = found
    gap = f"{number(abs(delta))} point{'' if abs(delta) == 1 else 's'}"
    if delta >= LOAD_LED:
        text = f"Pain grows through the day: evenings {gap} above mornings (middle of {n} days)."
    elif delta <= -LOAD_LED:
        text = (
            f"Mornings are the worst: {gap} above evenings (middle of {n} days). "
            "Stiff for over 30 minutes too? Tell your doctor."
        )
    else:
        text = f"Mornings and evenings are much alike: {gap} apart (middle of {n} days)."
    return Insight(
        "time of day", "Time of day", n, {"evening_minus_morning": delta}, text, abs(delta) >= LOAD_LED
    )


def _weekdays(days: Days, today: date, window: int) -> Found:
    found = patterns.weekdays(days, today, window, LEAST_WEEKDAY)
    if len(found) < WEEKDAYS_NEEDED:
        every = patterns.weekdays(days, today, window, 1)
        counts = sorted((every[day][1] if day in every else 0 for day in range(7)), reverse=True)
        short = sum(max(0, LEAST_WEEKDAY - count) for count in counts[:WEEKDAYS_NEEDED])
        text = f"{counted(short, 'more day')}, so that 5 weekdays have 3 each."
        return Missing("weekdays", "Weekdays", short, text)
    whole = sum(count for _, count in found.values())
    high, low = (pick(found, key=lambda day: found[day][0]) for pick in (max, min))
    numbers: Numbers = {WEEKDAYS[day]: {"median": pain, "days": n} for day, (pain, n) in found.items()}
    clear = found[high][0] - found[low][0] >= CLEAR
    if clear:
        text = (
            f"Pain was highest on {_weekday(found, high)} and lowest on {_weekday(found, low)}. "
            "One of seven is always the highest."
        )
    else:
        text = f"Pain was much alike on all weekdays (middle {number(found[high][0])}, {whole} days)."
    return Insight("weekdays", "Weekdays", whole, numbers, text)


def _weekday(found: dict[int, tuple[float, int]], day: int) -> str:
    pain, count = found[day]
    return f"{WEEKDAYS[day]} (middle {number(pain)}, {count} days)"


def _boom_bust(days: Days, today: date, usual: Reference) -> Found:
    found = patterns.boom_bust(days, today)
    if found is None:
        short = min(_short_of_activity(days, today, metric) for metric in patterns.ACTIVITY)
        text = f"{counted(short, 'more day')} with active minutes or steps."
        return Missing("boom and bust", "Big days", short, text)
    numbers: Numbers = {
        "metric": found.metric,
        "usual": found.usual,
        "cv": round(found.cv, 3),
        "rmssd": round(found.rmssd, 2),
        "booms": len(found.booms),
        "pairs": [[boom.isoformat(), bust.isoformat()] for boom, bust in found.pairs],
        "painful": [bust.isoformat() for bust in _painful(found, days, usual)],
        "flagged": found.flagged,
    }
    text = _boom_words(found, days, usual)
    return Insight(
        "boom and bust", "Big days", found.logged, numbers, text, found.flagged, follows=bool(found.pairs)
    )


def _short_of_activity(days: Days, today: date, metric: str) -> int:
    recent = patterns.LEAST - days.count(metric, today, patterns.WINDOW)
    return max(1, recent, patterns.USUAL_LEAST - days.count(metric, today, patterns.USUAL_WINDOW))


def _painful(found: BoomBust, days: Days, usual: Reference) -> tuple[date, ...]:
    """Return the quiet days whose pain was 2 or more above the usual."""
    if usual.pain is None:
        return ()
    pain = days.of("pain")
    return tuple(bust for _, bust in found.pairs if pain.get(bust, 0) >= usual.pain + PAINFUL)


def _boom_words(found: BoomBust, days: Days, usual: Reference) -> str:
    span = f"{found.logged} of 14 days"
    if not found.pairs:
        return f"No big day was followed by a very quiet one ({span} logged)."
    last = found.pairs[-MOST_PAIRS:]
    named = "; ".join(f"{day_words(boom)} then {day_words(bust)}" for boom, bust in last)
    times = {1: "Once", 2: "Twice"}.get(len(found.pairs), f"{len(found.pairs)} times")
    shown = "" if len(last) == len(found.pairs) else " The last ones:"
    text = f"{times} a big day was followed by a very quiet one ({span} logged).{shown} {named}."
    painful = len(_painful(found, days, usual))
    if painful:
        text += f" Pain was above your usual on {painful} of the quiet days."
    return text


# -- what the patient said ---------------------------------------------------------------------------


def _said(diary: Diary) -> Iterator[Insight]:
    for name, label in (("worse", "You said worse"), ("eases", "You said eased")):
        words = [w.replace("-", " ") for w in (value_of(diary, name) or "").split(",") if w]
        if words:
            yield Insight(name, label, len(words), {"words": words}, f"With {listed(words)}.")


# -- the page and the document ----------------------------------------------------------------------


def insight_page(found: Sequence[Found]) -> Page:
    """Return the page: what goes with what, one warning, and what still lacks days."""
    known = [f for f in found if isinstance(f, Insight)]
    lacking = [f for f in found if isinstance(f, Missing)]
    compared = any(f.name not in {"worse", "eases"} for f in known)
    blocks: list[Block] = []
    if known:
        blocks += [Text("What goes with what (average pain, 0 to 10)", "heading")]
        blocks += [Fields(tuple((f.label, f.text) for f in known))]
    else:
        blocks += [Text("There are too few days yet to compare anything.")]
    if compared:
        blocks += [Gap(), Text(WARNING)]
    if any(f.follows for f in known):
        blocks += [Text(REGRESSION)]
    if lacking:
        blocks += [Gap(), Text("Still missing, each with pain logged", "heading")]
        blocks += [Fields(tuple((f.label, f.text) for f in lacking))]
    if not any(f.name.startswith("#") for f in found):
        blocks += [Gap(), Text("Compare anything: put a word like #garden in your notes.", "quiet")]
    return tuple(blocks)


def insight_rows(found: Sequence[Found]) -> tuple[list[Numbers], list[Numbers]]:
    """Return the insights and what is missing, for the JSON document."""
    known: list[Numbers] = []
    lacking: list[Numbers] = []
    for f in found:
        if isinstance(f, Missing):
            lacking.append({"name": f.name, "days": f.days, "text": f.text})
        else:
            known.append({"name": f.name, "n": f.n, "numbers": f.numbers, "text": f.text})
    return known, lacking
