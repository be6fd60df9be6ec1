"""A flare on the screen: the banner, its status, the flares before, and the patient's own list."""

from __future__ import annotations

from spinetrack.recovery.flares import ramp_ahead
from spinetrack.recovery.words import counted
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, dose_words, joined, number, short_day
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, FlareMark
    from spinetrack.recovery.findings import Assessment, Flare
    from spinetrack.views.page import Block, Page

HOW = {
    "said": "you called it a flare",
    "two of three days": "pain well above your usual on 2 of 3 days",
    "pain and function": "pain well above your usual, and you could do much less",
}
SCREEN_LINE = "  Numb between the legs, weak, bladder trouble or fever?  spinetrack screen"
LONGEST_AHEAD = 9


def flare_banner(assessment: Assessment) -> str:
    """Return the line that stands above a screen while a flare runs; one must be running."""
    flare = assessment.flare
    if flare is None:
        return ""
    number_of_day = (assessment.today - flare.start).days
    day = f", day {number_of_day}, since {day_words(flare.start)}" if number_of_day else " since today"
    return f"FLARE{day}{_climb(flare, assessment)}"


def _climb(flare: Flare, assessment: Assessment) -> str:
    if not assessment.plan:
        return ""
    if not is_lowered(assessment):
        return " · the plan is at its full dose"
    return f" · the plan climbs back by {day_words(whole_again(flare, assessment))} if it eases"


def is_lowered(assessment: Assessment) -> bool:
    """Return whether the flare's cut lowers a dose today."""
    return any(item.today < item.quota and item.reason == "flare" for item in assessment.plan)


def whole_again(flare: Flare, assessment: Assessment) -> date:
    """Return the first day on which the load may be whole again, if every day eases."""
    return max(ramp_ahead(flare, assessment.today))


def helpers(diary: Diary, assessment: Assessment) -> list[tuple[str, str]]:
    """Return what helps on a flare's screen: the patient's own list, and the past flares."""
    pairs = []
    playbook = diary.playbooks[-1] if diary.playbooks else None
    if playbook is not None:
        lines = joined(line.strip() for line in playbook.text.splitlines() if line.strip())
        written = short_day(playbook.day, assessment.today)
        pairs.append(("What helps you", f"{lines} (your own list, {written})"))
    else:
        told = [m.helped for m in diary.marks if m.helped]
        if told:
            pairs.append(("What helped before", joined(dict.fromkeys(told[-3:]))))
    past = [f.length for f in assessment.flares if f.closed is not None]
    if past:
        pairs.append(("Past flares", f"{_span(past)}. This one may differ."))
    return pairs


def _span(lengths: Sequence[int]) -> str:
    low, high = min(lengths), max(lengths)
    if low == high:
        return (
            f"they lasted {counted(low, 'day')}" if len(lengths) > 1 else f"it lasted {counted(low, 'day')}"
        )
    return f"they lasted {low} to {counted(high, 'day')}"


def status_page(diary: Diary, assessment: Assessment) -> Page:
    """Return how the running flare stands, or what to type when none runs."""
    flare = assessment.flare
    if flare is None:
        return _no_flare(diary, assessment)
    pairs = [("Recognised", HOW[flare.how])]
    pairs.append(("Pain", f"{_peak(flare)}, {_usual(flare)}"))
    if assessment.plan:
        pairs.append(("Plan today", joined(dose_words(item) for item in assessment.plan)))
        if is_lowered(assessment):
            pairs.append(("If it eases", ahead_words(flare, assessment)))
    pairs += helpers(diary, assessment)
    return (
        Text(flare_banner(assessment), "alarm"),
        Gap(),
        Fields(tuple(pairs)),
        Text(SCREEN_LINE),
        Gap(),
        Text("When it is over:  spinetrack flare end", "quiet"),
    )


def _peak(flare: Flare) -> str:
    return "none logged yet" if flare.peak is None else f"peak {number(flare.peak)}"


def _usual(flare: Flare) -> str:
    return (
        "your usual is not known yet" if flare.reference is None else f"your usual {number(flare.reference)}"
    )


def ahead_words(flare: Flare, assessment: Assessment) -> str:
    """Return the share of the load on each coming day: `Wed 50 %, Thu 62.5 %`."""
    days = list(ramp_ahead(flare, assessment.today).items())[:LONGEST_AHEAD]
    return ", ".join(f"{day_words(day)[:3]} {number(100 * share)} %" for day, share in days)


def _no_flare(diary: Diary, assessment: Assessment) -> Page:
    last = assessment.flares[-1] if assessment.flares else None
    blocks: list[Block] = [Text("No flare is running.")]
    if last is not None:
        began = day_words(last.start, assessment.today)
        blocks.append(Text(f"The last one began {began} and lasted {counted(last.length, 'day')}."))
    pairs = [("When one starts", "spinetrack flare start")]
    if diary.playbooks:
        pairs.append(("Your own list", "spinetrack flare playbook"))
    else:
        pairs.append(("Write down what helps", "spinetrack flare playbook set"))
    return (*blocks, Gap(), Fields(tuple(pairs)))


def list_page(
    flares: Sequence[Flare], marks: Sequence[FlareMark], assessment: Assessment, *, plain: bool
) -> Page:
    """Return the flares of a period, oldest first."""
    if not flares:
        return (Text("No flares in this period."),)
    rows = tuple(_row(flare, marks, assessment) for flare in flares)
    if plain:
        return tuple(
            Text(f"{start}: {length}, {peak}, {how}{more}.") for start, length, peak, how, more in rows
        )
    blocks: list[Block] = []
    for start, length, peak, how, more in rows:
        blocks.append(Text(f"{start}   {length} · {peak}", "strong"))
        blocks.append(Text(f"  {how}{more}"))
    return tuple(blocks)


def _row(flare: Flare, marks: Sequence[FlareMark], assessment: Assessment) -> tuple[str, str, str, str, str]:
    last = flare.closed or assessment.today
    own = [m for m in marks if flare.start <= m.day <= last]
    said = [f"set off by: {m.triggers}" for m in own if m.triggers]
    said += [f"helped: {m.helped}" for m in own if m.helped]
    length = counted(flare.length, "day") if flare.closed else f"{counted(flare.length, 'day')} so far"
    peak = "no pain logged" if flare.peak is None else f"peak pain {number(flare.peak)}"
    return (
        day_words(flare.start, assessment.today),
        length,
        peak,
        HOW[flare.how],
        "".join(f"; {part}" for part in said),
    )


def playbook_page(diary: Diary, assessment: Assessment, *, plain: bool) -> Page:
    """Return the patient's own list for bad days."""
    if not diary.playbooks:
        return (
            Text("You have not written your list yet."),
            Text("On a good day, write down what helps you in a flare."),
            Gap(),
            Text('spinetrack flare playbook set "warm shower; lie with legs up; short walks"'),
        )
    latest = diary.playbooks[-1]
    mark = "" if plain else "  - "
    lines = [line.strip() for line in latest.text.splitlines() if line.strip()]
    return (
        Text(f"Your own list for a flare, {short_day(latest.day, assessment.today)}", "heading"),
        *(Text(f"{mark}{line}") for line in lines),
    )


def flares_rows(flares: Sequence[Flare]) -> list[dict[str, object]]:
    """Return flares for the JSON document, oldest first."""
    return [
        {
            "start": f.start.isoformat(),
            "last_active": f.last_active.isoformat(),
            "closed": f.closed.isoformat() if f.closed else None,
            "length": f.length,
            "peak": f.peak,
            "how": f.how,
            "cut": f.cut,
            "level": f.level,
        }
        for f in flares
    ]
