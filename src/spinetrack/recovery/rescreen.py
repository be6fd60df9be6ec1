"""RF-4: when the warning-sign questions are asked again, and which.

A trigger is written as a row of its own together with the entry that caused it (`Triggers.fresh`), and
stays whatever happens to that entry. Triggers of the calendar alone (a fortnight, flare day 3 and 7,
days after a closing) are arithmetic. Only answers to the items asked, given after it, satisfy one.
Source: clinical.md, rule RF-4 and the definitions above the rule table.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from spinetrack.recovery import redflags
from spinetrack.recovery.diary import Trigger
from spinetrack.recovery.findings import Rescreen
from spinetrack.recovery.profile import gates_of
from spinetrack.recovery.series import days_back
from spinetrack.recovery.stats import median
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary, Entry, Session
    from spinetrack.recovery.flares import FlareReader, _Open
    from spinetrack.recovery.series import Days

FORTNIGHT = 14
GAP_DAYS = 28
WORST = 9
WORST_EVERY = 3
SLOW_RISE = 2
SLOW_EVERY = 14
SLOW_LEAST = 10
WALK_LOSS = 0.7
WALK_LEAST = 3
AFTER_CLOSING = (1, 3, 7)
FLARE_DAYS = (3, 7)


class Cause(NamedTuple):
    """One reason to ask, stored or derived, with the moment after which an answer counts."""

    reason: str
    at: datetime
    day: date
    items: tuple[str, ...]
    seq: int = 0


class Triggers:
    """All reasons to ask again in a diary, and which of them were answered."""

    def __init__(
        self,
        diary: Diary,
        days: Days,
        reader: FlareReader,
        now: datetime,
        today: date,
        start_of: Callable[[date], datetime],
    ) -> None:
        self.gates = gates_of(diary, today)
        self.diary = diary
        self.days = days
        self.reader = reader
        self.now = now
        self.today = today
        self.start_of = start_of

    @cached_property
    def answered(self) -> Mapping[str, list[tuple[date, datetime, int]]]:
        """Return item to when it was answered, oldest first."""
        found: dict[str, list[tuple[date, datetime, int]]] = {}
        for screen in self.diary.screens:
            for answer in screen.answers:
                found.setdefault(answer.item, []).append((screen.day, screen.at, screen.seq))
        return found

    def _is_answered(self, item: str, cause: Cause, until: date) -> bool:
        return any(
            day <= until and (at > cause.at or (at == cause.at and seq >= cause.seq))
            for day, at, seq in self.answered.get(item, ())
        )

    def open_causes(self, until: date) -> list[Cause]:
        """Return the reasons that stood unanswered at the end of day `until`, oldest first."""
        causes = [c for c in (*self._stored, *self._derived) if c.day <= until and c.at <= self.now]
        causes += self._calendar(until)
        return [c for c in causes if any(not self._is_answered(i, c, until) for i in c.items)]

    def due(self, until: date) -> bool:
        """Return whether RF-4 was due, unanswered, at the end of day `until`."""
        return bool(self.open_causes(until))

    def rescreen(self) -> Rescreen | None:
        """Return what to ask today and why, None when nothing is due."""
        causes = self.open_causes(self.today)
        if not causes:
            return None
        causes.sort(key=lambda c: (c.at, c.seq), reverse=True)
        causes.sort(key=lambda c: c.reason != "word")
        wanted = {
            item: None
            for cause in causes
            for item in cause.items
            if not self._is_answered(item, cause, self.today)
        }
        if self.diary.treatments and self._after_procedure(self.today):
            wanted.setdefault("IN3")
        return Rescreen(tuple(wanted), tuple(dict.fromkeys(c.reason for c in causes)))

    @cached_property
    def _stored(self) -> tuple[Cause, ...]:
        return tuple(Cause(t.reason, t.at, t.day, t.items, t.seq) for t in self.diary.triggers)

    @cached_property
    def _derived(self) -> tuple[Cause, ...]:
        stored = {_identity(c) for c in self._stored}
        return tuple(c for c in self._from_records() if _identity(c) not in stored)

    def _from_records(self) -> Iterable[Cause]:
        """Yield the reasons that records give: words, limbs, severe days, flares, spread, gaps."""
        yield from self._words()
        for day in days_back(self.today, GAP_DAYS):
            if day in self.days.limb and self.days.limb_worse_on(day):
                yield self._cause("limb", day, ("limb",))
        yield from self._severe()
        for flare in self.reader.found:
            kinds = ("flare", "excess") if self._early_excess(flare) else ("flare",)
            yield self._cause("flare", flare.start, kinds)
        yield from self._spread()
        yield from self._gaps()
        yield from self._closings()
        if self.diary.treatments:
            yield from self._begun()

    def _begun(self) -> Iterable[Cause]:
        """Yield the first days of what was tried; an investigation is no treatment."""
        from spinetrack.recovery.treatments import COMBINED_DAYS, kind_of

        for treatment in self.diary.treatments:
            age = (self.today - treatment.start).days
            if 0 <= age <= COMBINED_DAYS and kind_of(treatment).family != "investigation":
                yield self._at_start("treatment", treatment.start, ("treatment",))

    def _after_procedures(self, until: date) -> Iterable[Cause]:
        """Yield the days after each procedure on which its own signs are asked for."""
        from spinetrack.recovery.aftercare import ASKED_ON
        from spinetrack.recovery.treatments import COMBINED_DAYS, procedures

        for treatment in procedures(self.diary, until):
            if (until - treatment.start).days <= COMBINED_DAYS:
                days = (treatment.start + timedelta(days=number) for number in ASKED_ON)
                yield from (self._at_start("procedure", day, ("procedure",)) for day in days if day <= until)

    def _moment(self, day: date) -> datetime:
        """Return when the first entry of `day` was written, or lived if that is later."""
        entries = self.days.entries_by_day.get(day)
        if not entries:
            return self.start_of(day)
        return min(max(e.at, e.recorded_at) for e in entries)

    def _items(self, day: date, kinds: Sequence[str], first: Sequence[str] = ()) -> tuple[str, ...]:
        """Return what to ask because of `day`.

        A little more in a pregnancy, of a minor, and for 90 days after a procedure on the spine.
        """
        more = ("aftercare",) if self.diary.treatments and self._after_procedure(day) else ()
        return redflags.rescreen_items((*kinds, *more), first, self.gates)  # type: ignore[arg-type]

    def _after_procedure(self, day: date) -> bool:
        from spinetrack.recovery.treatments import procedure_lately

        return procedure_lately(self.diary, day)

    def _cause(self, reason: str, day: date, kinds: Sequence[str]) -> Cause:
        return Cause(reason, self._moment(day), day, self._items(day, kinds))

    @cached_property
    def _last_whole(self) -> date | None:
        """The day on which the short form was last whole, None when some item was never answered."""
        return self._whole_by(self.today)

    def _whole_by(self, until: date) -> date | None:
        latest = [
            max((day for day, _, _ in self.answered.get(item, ()) if day <= until), default=None)
            for item in redflags.SHORT_ITEMS
        ]
        known = [day for day in latest if day is not None]
        return min(known) if len(known) == len(latest) else None

    def _words(self) -> Iterable[Cause]:
        since = self._last_whole
        records: tuple[Entry | Session, ...] = (*self.diary.entries, *self.diary.sessions)
        for record in records:
            if record.note and (since is None or record.recorded_at.date() >= since):
                for item in _word_items(record.note):
                    yield word_cause(item, max(record.at, record.recorded_at), record.day)

    def _severe(self) -> Iterable[Cause]:
        last: date | None = None
        worst, pain = self.days.of("worst"), self.days.of("pain")
        for day in sorted(set(worst) | set(pain)):
            if max(worst.get(day, 0), pain.get(day, 0)) < WORST:
                continue
            if last is None or (day - last).days >= WORST_EVERY:
                last = day
                yield self._cause("worst", day, ("worst",))

    def _early_excess(self, flare: _Open) -> bool:
        pain, usual = self.days.of("pain").get(flare.start), flare.reference.pain
        return pain is not None and usual is not None and pain - usual >= 3  # noqa: PLR2004

    def _spread(self) -> Iterable[Cause]:
        by_activity: dict[str, list[bool]] = {}
        for session in self.diary.sessions:
            history = by_activity.setdefault(session.activity, [])
            history.append(session.spread)
            if session.spread and sum(history[-3:]) >= 2:  # noqa: PLR2004
                at = max(session.at, session.recorded_at)
                items = self._items(session.day, ("spread",))
                yield Cause("spread", at, session.day, items, session.seq)

    def _gaps(self) -> Iterable[Cause]:
        for day in self.days.after_gaps(GAP_DAYS):
            yield self._at_start("gap", day, ("gap",))
        last = self.diary.last_day
        if last and (self.today - last).days >= GAP_DAYS:
            since = last + timedelta(days=GAP_DAYS)
            yield self._at_start("gap", since, ("gap",))

    def _closings(self) -> Iterable[Cause]:
        for outcome, screen in redflags.closings(self.diary.screens):
            first = tuple(a.item for a in screen.answers if a.answer != "no")
            if outcome.kind == "mistake":
                items = self._items(outcome.day, ("mistake",), first)
                yield Cause("mistake", outcome.at, outcome.day, items, outcome.seq)
                continue
            for later in AFTER_CLOSING:
                day = outcome.day + timedelta(days=later)
                yield Cause("closed", self.start_of(day), day, self._items(day, ("closed",), first))
        for screen in self.diary.screens:
            for outcome in screen.outcomes:
                if outcome.kind == "gone":
                    items = self._items(outcome.day, ("gone",))
                    yield Cause("gone", outcome.at, outcome.day, items, outcome.seq)

    def _calendar(self, until: date) -> Iterable[Cause]:
        """Yield the reasons that the calendar alone gives, as of day `until`."""
        first = self.diary.first_day
        whole = self._whole_by(until)
        if first is not None and first <= until and whole is None:
            never = tuple(i for i in redflags.SHORT_ITEMS if i not in self.answered)
            yield Cause("first", self.start_of(first), first, never or redflags.SHORT_ITEMS)
        if whole is not None and (until - whole).days >= FORTNIGHT:
            yield self._at_start("fortnight", whole + timedelta(days=FORTNIGHT), ())
        for flare in self.reader.found:
            for number in FLARE_DAYS:
                day = flare.start + timedelta(days=number)
                if day <= until and (flare.closed is None or flare.closed > day):
                    yield self._at_start(f"flare-{number}", day, (f"flare-{number}",))
        if self.diary.treatments:
            yield from self._after_procedures(until)
        slow = self._slow(until)
        if slow is not None:
            yield slow

    def _at_start(self, reason: str, day: date, kinds: Sequence[str]) -> Cause:
        return Cause(reason, self.start_of(day), day, self._items(day, kinds))

    def _slow(self, until: date) -> Cause | None:
        """Return the reason that pain or walking slowly got worse, asked at most every 14 days."""
        if until != self.today or not self._slowly_worse():
            return None
        return self._at_start("slow", until - timedelta(days=SLOW_EVERY - 1), ("slow",))

    def _slowly_worse(self) -> bool:
        walk = self.days.window("walk", self.today, 14)
        earlier = self.days.window("walk", self.today - timedelta(days=14), 28)
        if len(walk) >= WALK_LEAST and len(earlier) >= WALK_LEAST:
            now, then = median(walk), median(earlier)
            if now is not None and then is not None and now <= WALK_LOSS * then:
                return True
        return self._pain_above_lowest()

    def _pain_above_lowest(self) -> bool:
        """Return whether the 28-day median of pain is 2 or more above its lowest of 180 days."""
        from bisect import bisect_left, insort

        pain = self.days.of("pain")
        month = self.days.window("pain", self.today, GAP_DAYS)
        now = median(month)
        if now is None or len(month) < SLOW_LEAST or now < min(pain.values()) + SLOW_RISE:
            return False
        window: list[float] = []
        lowest = current = None
        for day in days_back(self.today, 180):
            left = day - timedelta(days=GAP_DAYS)
            if left in pain and window:
                at = bisect_left(window, pain[left])
                if at < len(window) and window[at] == pain[left]:
                    del window[at]
            if day in pain:
                insort(window, pain[day])
            current = median(window) if len(window) >= SLOW_LEAST else None
            if current is not None:
                lowest = current if lowest is None else min(lowest, current)
        return current is not None and lowest is not None and current >= lowest + SLOW_RISE

    def fresh(self, texts: Sequence[str] = (), step: int = 0) -> tuple[Trigger, ...]:
        """Return the triggers of records that are not stored yet, and those of other free `texts`.

        Args:
            texts: Free texts outside entries and sessions.
            step: The number of the present write: an answer of the same second came before it.

        """
        found = [c for c in self._derived if c.reason not in {"closed", "gap", "mistake", "gone"}]
        items = [item for text in texts for item in _word_items(text)]
        found += [word_cause(item, self.now, self.today)._replace(seq=step) for item in items]
        # What this very write made due was not due before it: only answers after it count.
        just = {e.day for e in self.diary.entries if e.recorded_at == self.now}
        just |= {s.day for s in self.diary.sessions if s.recorded_at == self.now}
        just |= {m.day for m in self.diary.marks if m.at == self.now}
        just |= {s.day for s in self.diary.skips if s.at == self.now}
        found = [c._replace(at=self.now, seq=step) if c.day in just else c for c in found]
        unique: dict[tuple[object, ...], Cause] = {}
        for cause in found:
            if any(not self._is_answered(i, cause, self.today) for i in cause.items):
                unique.setdefault(_identity(cause), cause)
        return tuple(Trigger(c.reason, c.at, c.day, c.items, seq=step) for c in unique.values())


def _word_items(text: str) -> list[str]:
    # The table of words is loaded by who has a text to read.
    from spinetrack.recovery import redflag_words

    return [hit.item for hit in redflag_words.words_in(text)]


def _identity(cause: Cause) -> tuple[object, ...]:
    """Return what makes two reasons the same: a word counts each time, the rest once a day."""
    if cause.reason == "word":
        return (cause.reason, cause.at, cause.items[:1])
    return (cause.reason, cause.day)


def word_cause(item: str, at: datetime, day: date) -> Cause:
    """Return the reason a word of a note gives: its item first, then the short form."""
    return Cause("word", at, day, redflags.rescreen_items(("word",), (item,)))
