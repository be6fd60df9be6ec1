"""The diary after a diagnostic block on the screen: what comes next, the curve, the list."""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.block_diary import CARE, CONFOUNDS, SCHEDULE, clock, next_words, span_words, words
from spinetrack.recovery.stats import half_up
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import day_words, joined
from spinetrack.views.json_docs import Document, document, number
from spinetrack.views.page import Fields, Gap, Raw, Rows, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from spinetrack.recovery.block_diary import Curve, Point
    from spinetrack.views.page import Block, Page

PLACES = 4
LEVELS = (50.0, 80.0)
TRY = 'Before each answer, do one thing that usually hurts, and say it: --doing "sat 20 min".'
BEGIN = "spinetrack block start --pain 8"


def running_page(curve: Curve) -> Page:
    """Return the page of a diary that runs: what is answered, what comes next."""
    block = curve.block
    head = f"Block {block.id}{f': {block.name}' if block.name else ''}"
    later = [d for d in SCHEDULE if curve.due is not None and d > curve.due]
    pairs = [
        ("Started", f"{clock(curve, 0)}, pain before {curve.base}"),
        ("Answered", joined([f"+{span_words(p.minute)}: {p.pain}" for p in curve.points])),
        ("Next", next_words(curve)),
        ("Then", joined([clock(curve, d) for d in later])),
    ]
    return (
        Text(head, "heading"),
        Fields(tuple(pair for pair in pairs if pair[1])),
        Gap(),
        *next_lines(curve),
        Text(TRY),
        Text(CARE, "strong"),
    )


def next_lines(curve: Curve) -> Iterator[Block]:
    """Yield what to type at the next point, or that the diary is over."""
    due = next_words(curve)
    if due:
        yield Text(f"Next, {due}:  spinetrack block rate 4")
    else:
        yield Text("The eight hours are over.  To see it:  spinetrack block show")


def none_page() -> Page:
    """Return what is said while no diary runs."""
    return (
        Text("No block diary is running."),
        Text(f"To begin, with the pain just before:  {BEGIN}"),
        Text("Earlier ones:  spinetrack block list", "quiet"),
    )


def block_page(curve: Curve, today: date, picture: str) -> Page:
    """Return one block: the curve, the answers, and what they come to in words.

    Args:
        curve: The block with its answers.
        today: The patient's day.
        picture: The drawn curve; "" where it is read, not seen.

    """
    block = curve.block
    name = f", {block.name}" if block.name else ""
    blocks: list[Block] = [
        Text(f"Block {block.id}{name}, {day_words(block.day, today)}", "heading"),
        Text(words(curve)),
    ]
    if picture and curve.points:
        blocks += [Gap(), Text("Relief, in percent of the pain before", "strong"), Raw(picture)]
    head = ("Time", "Pain", "Relief", "What came before")
    rows = [(clock(curve, 0), str(curve.base), "", "before the block")]
    rows += [(clock(curve, p.minute), str(p.pain), f"{half_up(p.relief)} %", _told(p)) for p in curve.points]
    blocks += [Gap(), Rows(tuple(rows), head=head)]
    if curve.is_over:
        return tuple(blocks)
    return (*blocks, Gap(), *next_lines(curve))


def _told(point: Point) -> str:
    parts = [point.doing]
    if point.provoked:
        parts.append("usually hurts")
    if point.confound:
        parts.append(f"after {CONFOUNDS.get(point.confound, point.confound)}")
    if point.stated is not None:
        parts.append(f"you said {point.stated} %")
    return joined([part for part in parts if part])


def list_page(curves: Sequence[Curve], today: date) -> Page:
    """Return all blocks, oldest first."""
    if not curves:
        return (Text("No blocks yet."), Text(f"To begin one:  {BEGIN}"))
    head = ("No", "Day", "Name", "Pain before", "Highest relief", "Answered")
    rows = tuple(
        (
            f"{c.block.id}",
            day_words(c.block.day, today),
            c.block.name,
            f"{c.base}",
            "" if c.max_relief is None else f"{half_up(c.max_relief)} %",
            f"{len(c.answered)} of {len(SCHEDULE)}",
        )
        for c in curves
    )
    return (Rows(rows, head=head), Gap(), Text("One of them:  spinetrack block show 1", "quiet"))


def echo_parts(point: Point) -> list[str]:
    """Return what was written of one answer."""
    parts = [f"pain {point.pain}", f"relief {half_up(point.relief)} %"]
    parts += [point.doing] if point.doing else []
    parts += ["a movement that usually hurts"] if point.provoked else []
    return parts + ([f"after {CONFOUNDS[point.confound]}"] if point.confound else [])


def minute_words(minute: float) -> str:
    """Return how far into the diary an answer lies: `45 minutes in`."""
    return f"{span_words(minute)} in" if minute >= 1 else "at the start"


# JSON


def block_doc(curve: Curve) -> Document:
    """Return what `block show --json` prints. Relief is in percent, lengths are in minutes."""
    block = curve.block
    return document(
        id=block.id,
        name=block.name,
        day=block.day.isoformat(),
        at=block.at.isoformat(),
        treatment=block.treatment_id,
        base=curve.base,
        points=[_point(p) for p in curve.points],
        max_relief=_rounded(curve.max_relief),
        mean_relief=_rounded(curve.mean_relief),
        t50_on=_rounded(curve.onset(LEVELS[0])),
        t80_on=_rounded(curve.onset(LEVELS[1])),
        dur50=_rounded(curve.duration(LEVELS[0])),
        dur80=_rounded(curve.duration(LEVELS[1])),
        returned=curve.returned,
        tested=curve.tested,
        confounded=bool(curve.confounds),
        confounds=list(curve.confounds),
        completeness=_rounded(curve.completeness),
        next=_next(curve),
    )


def _point(point: Point) -> Document:
    return {
        "minute": _rounded(point.minute),
        "pain": point.pain,
        "relief": _rounded(point.relief),
        "doing": point.doing,
        "provoked": point.provoked,
        "stated": point.stated,
        "confound": point.confound or None,
    }


def _next(curve: Curve) -> Document | None:
    if curve.due is None:
        return None
    at: datetime = curve.block.at + timedelta(minutes=curve.due)
    return {"minute": curve.due, "at": at.isoformat()}


def list_doc(curves: Sequence[Curve]) -> Document:
    """Return what `block list --json` prints, oldest first."""
    return document(
        blocks=[
            {
                "id": c.block.id,
                "day": c.block.day.isoformat(),
                "at": c.block.at.isoformat(),
                "name": c.block.name,
                "treatment": c.block.treatment_id,
                "base": c.base,
                "max_relief": _rounded(c.max_relief),
                "completeness": _rounded(c.completeness),
            }
            for c in curves
        ]
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else number(round(value, PLACES))
