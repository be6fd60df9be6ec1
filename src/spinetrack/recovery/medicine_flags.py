"""The warning sign of M1: more paracetamol in 24 hours than the pack limit.

It is a row of the screens like any other: written with the intake that passes the limit, never edited.
Screens lie outside `undo`, so what follows an intake's correction is written too: `due` compares what
the intakes say with what stands open, and returns the rows that are missing. Whoever writes calls it
(`cli.record`), and `Facts` reads every diary through `applied`, so that nothing is missed between.
Source: clinical.md, rule MX-2 and test vector 13: "stays until an outcome or a corrected intake".
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery.diary import Answer, Outcome, Screen
from spinetrack.recovery.medicine_sums import passed, taken
from spinetrack.recovery.redflag_items import OVER_LIMIT, OVER_MEANT
from spinetrack.recovery.redflags import closing, is_open
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Intake
    from spinetrack.recovery.medicine_sums import Sum

LOOK_BACK: Final = timedelta(days=7)
"""An intake of longer ago opens nothing when it is logged now: a rule of this tool."""
FORGET: Final = timedelta(days=90)
"""A sign older than this is left as it is: its intakes may lie outside the period that was read."""
CORRECTED: Final = "the intake was corrected"
MEANT: Final = frozenset({"yes", "unsure"})
SETTLED: Final = frozenset({"seen", "old"})
"""Outcomes after which the intakes behind a sign are dealt with."""


def over(diary: Diary, now: datetime) -> tuple[tuple[Intake, Sum], ...]:
    """Return the intakes that passed the pack limit and that nobody has looked at since, oldest first."""
    last = _looked_at(diary, OVER_LIMIT, SETTLED)
    return tuple(pair for pair in passed(taken(diary, now)) if _is_later(pair[0], last))


def over_lately(diary: Diary, now: datetime, today: date) -> tuple[tuple[Intake, Sum], ...]:
    """Return those of the last 7 days."""
    since = today - LOOK_BACK - timedelta(days=2)
    recent = diary._replace(intakes=tuple(i for i in diary.intakes if i.day >= since))
    return tuple(pair for pair in over(recent, now) if pair[0].day >= today - LOOK_BACK)


def purpose_open(diary: Diary, now: datetime, today: date) -> Intake | None:
    """Return the last intake above the limit while nobody said whether any was on purpose, else None."""
    found = over_lately(diary, now, today)
    return found[-1][0] if found and found[-1][0].on_purpose is None else None


def due(diary: Diary, now: datetime, today: date) -> tuple[Screen | Outcome, ...]:
    """Return the rows that are to be written so that the open signs say what the intakes say."""
    rows: list[Screen | Outcome] = []
    standing = [s for s in diary.screens if is_own(s) and is_open(s, diary.screens)]
    if over_lately(diary, now, today):
        if not any(_items(s) == {OVER_LIMIT} for s in standing):
            rows.append(Screen(now, today, (Answer(OVER_LIMIT, "yes"),), 2))
    else:
        rows += [
            Outcome(screen.id, now, today, "mistake", CORRECTED)
            for screen in standing
            if _items(screen) == {OVER_LIMIT} and _is_withdrawn(screen, diary, now, today)
        ]
    if _meant(diary, now, today) and not any(_items(s) == {OVER_MEANT} for s in standing):
        rows.append(Screen(now, today, (Answer(OVER_MEANT, "yes"),), 1))
    return tuple(rows)


def applied(diary: Diary, now: datetime, today: date) -> Diary:
    """Return the diary with the signs that its intakes give and nobody wrote down yet.

    Nothing is taken back here: a part of a diary may lack the intakes behind a sign.
    """
    added = tuple(row for row in due(diary, now, today) if isinstance(row, Screen))
    return diary._replace(screens=(*diary.screens, *added)) if added else diary


def is_own(screen: Screen) -> bool:
    """Return whether a screen was written by what was taken, not answered by hand: it has one answer."""
    return len(screen.answers) == 1 and _items(screen) <= {OVER_LIMIT, OVER_MEANT}


def _items(screen: Screen) -> set[str]:
    return {a.item for a in screen.answers}


def _is_withdrawn(screen: Screen, diary: Diary, now: datetime, today: date) -> bool:
    """Return whether no intake from the days of a sign on stands behind it any more."""
    if screen.day < today - FORGET:
        return False
    return all(intake.day < screen.day - LOOK_BACK for intake, _ in over(diary, now))


def _looked_at(diary: Diary, item: str, kinds: frozenset[str]) -> Outcome | None:
    """Return the last outcome that closed a sign of `item` in one of these ways."""
    found = [
        outcome
        for screen in diary.screens
        if item in _items(screen) and (outcome := closing(screen, diary.screens)) and outcome.kind in kinds
    ]
    return max(found, key=lambda o: (o.at, o.seq), default=None)


def _is_later(intake: Intake, outcome: Outcome | None) -> bool:
    """Return whether an intake was written, or changed, after an outcome."""
    return outcome is None or (intake.recorded_at, intake.seq) > (outcome.at, outcome.seq)


def _meant(diary: Diary, now: datetime, today: date) -> bool:
    """Return whether something was taken on purpose, or maybe, and nobody has looked at it since."""
    last = _looked_at(diary, OVER_MEANT, SETTLED | {"mistake"})
    return any(
        intake.on_purpose in MEANT
        and intake.at <= now
        and intake.day >= today - LOOK_BACK
        and _is_later(intake, last)
        for intake in diary.intakes
    )
