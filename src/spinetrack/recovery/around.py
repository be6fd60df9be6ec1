"""Sleep and painkiller days around a procedure: what the rule book compares beside pain and function.

Source: clinical.md 10, "Injection windows".
"""

from __future__ import annotations

from spinetrack.recovery.block_diary import PAINKILLERS
from spinetrack.recovery.medicines import classes_of
from spinetrack.recovery.treatments import kind_of
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.responses import Comparison, Response, Responses

SLEEP: Final = "sleep"


class Share(NamedTuple):
    """On how many days of a stretch something was so."""

    days: int
    of: int


class Around(NamedTuple):
    """What else changed around a procedure."""

    sleep: Comparison | None
    """None without 7 nights on both sides."""
    painkillers: tuple[Share, Share] | None
    """Days with a painkiller, before and after; None where none was ever logged, or the days lie ahead."""


def around(reader: Responses, response: Response) -> Around | None:
    """Return what else changed in the stretches of a response; None of what is no procedure."""
    if not kind_of(response.treatment).is_procedure:
        return None
    span = response.comparison.span
    sleep = reader.compare(SLEEP, span)
    before, after = (_painkillers(reader, stretch) for stretch in (span.before, span.after))
    told = (before, after) if before is not None and after is not None else None
    return Around(sleep if sleep.enough else None, told)


def _painkillers(reader: Responses, stretch: tuple[date, date]) -> Share | None:
    diary, first, last = reader.diary, stretch[0], min(stretch[1], reader.today)
    which = {m.id for m in diary.medicines if PAINKILLERS & classes_of(m)}
    taken = {intake.day for intake in diary.intakes if intake.medicine_id in which}
    if not taken or last < first:
        return None
    return Share(sum(first <= day <= last for day in taken), (last - first).days + 1)
