"""A diary without anything that says whose it is, for reading by others.

What stays is listed here field by field: numbers, answers of fixed lists, and words that this program
itself gave. What is not listed is gone: names, notes, titles, own words, supporters, the playbook, the
names of own metrics. Days are counted from day 1, which is 2000-01-03; clock times stay, their zone
does not. Every uuid is a fresh one, and local ids begin at 1.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from spinetrack.recovery import diary as d
from spinetrack.recovery import redact_words as words
from spinetrack.recovery.instruments import INSTRUMENTS
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.redact_tried import Tried
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.redflags import Reason
from spinetrack.recovery.sites import QUALITIES, SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    R = TypeVar("R")

DAY_ONE: Final = date(2000, 1, 3)
"""The day that stands for the first day of a redacted diary."""
_STOPS: Final = d.LIMIT_STOPS | d.OTHER_STOPS
_SKIPS: Final = frozenset(get_args(d.SkipReason))
_REASONS: Final = frozenset(get_args(Reason))


def redact(diary: d.Diary, new_uuid: Callable[[], str]) -> d.Diary:
    """Return a diary that keeps an allow-list of fields, moved to begin on `DAY_ONE`.

    Args:
        diary: What was recorded.
        new_uuid: Gives a fresh uuid each time it is called.

    """
    return _Redaction(diary, new_uuid).diary()


def shift_of(diary: d.Diary) -> timedelta:
    """Return by how much the days of a diary move so that its first day becomes `DAY_ONE`."""
    return DAY_ONE - _first_day(diary)


def moved(moment: datetime, shift: timedelta) -> datetime:
    """Return a moment with its days moved and its clock as the patient saw it, in UTC."""
    return moment.replace(tzinfo=UTC) + shift


def day_number(day: date) -> int:
    """Return the number of a redacted day: 1 for `DAY_ONE`, 0 and less before it.

    >>> day_number(date(2000, 1, 14))
    12
    """
    return (day - DAY_ONE).days + 1


def _first_day(diary: d.Diary) -> date:
    if diary.first_day is not None:
        return diary.first_day
    # No day was lived: what is there was said ahead of it.
    said = (diary.profile, diary.quotas, diary.goals, diary.scores, diary.treatments, diary.medicines)
    days = [row.day for rows in said for row in rows]
    return min(days, default=DAY_ONE)


class _Redaction:
    """One diary being redacted. Each method lists what stays of one kind of record."""

    def __init__(self, diary: d.Diary, new_uuid: Callable[[], str]) -> None:
        self.source = diary
        self.uuid = new_uuid
        self.shift = shift_of(diary)
        self._ids: dict[str, dict[int, int]] = {}
        self._exercises = words.Names("exercise-")
        self._metrics = words.Names("own-")
        self._versions = words.Names("version ")
        self._labels = words.Names("activity ")

    def diary(self) -> d.Diary:
        """Return the redacted diary."""
        old = self.source
        tried = Tried(old, self.uuid, self.day, self.at, self.id)
        return d.Diary(
            entries=_in_order(map(self._entry, old.entries)),
            sessions=_in_order(map(self._session, old.sessions)),
            skips=_in_order(self._skip(s) for s in old.skips if s.why in _SKIPS),
            marks=_in_order(map(self._mark, old.marks)),
            decisions=_in_order(self._decision(x) for x in old.decisions if words.rule_id(x.rule)),
            triggers=_in_order(self._trigger(t) for t in old.triggers if t.reason in _REASONS),
            screens=_in_order(map(self._screen, old.screens)),
            activities=tuple(map(self._activity, old.activities)),
            quotas=_in_order(map(self._quota, old.quotas)),
            profile=_in_order(self._profile()),
            settings=_in_order(self._settings()),
            metrics=tuple(self.custom),
            goals=tuple(self._goal(n, g) for n, g in enumerate(old.goals, start=1)),
            milestones=tuple(map(self._milestone, old.milestones)),
            ratings=tuple(map(self._rating, old.ratings)),
            scores=tuple(self._score(s) for s in old.scores if s.instrument in INSTRUMENTS),
            treatments=tried.treatments(),
            treatment_sessions=tried.sessions(),
            medicines=tried.medicines(),
            intakes=_in_order(tried.intakes()),
            side_effects=_in_order(tried.side_effects()),
            blocks=tried.blocks(),
            block_readings=tried.readings(),
            visits=tried.visits(),
            first_day=None if old.first_day is None else self.day(old.first_day),
            last_day=None if old.last_day is None else self.day(old.last_day),
        )

    # Days, ids and names

    def day(self, day: date) -> date:
        """Return a day, moved."""
        return day + self.shift

    def at(self, moment: datetime) -> datetime:
        """Return a moment, moved."""
        return moved(moment, self.shift)

    def id(self, kind: str, number: int) -> int:
        """Return the id that stands for `number` of a kind; 0 stays what has none."""
        given = self._ids.setdefault(kind, {})
        return given.setdefault(number, len(given) + 1) if number else 0

    def _activity_name(self, name: str) -> str:
        return name if words.known_activity(name) else self._exercises.of(name)

    def _metric_key(self, key: str) -> str:
        return key if key in METRICS else self._metrics.of(key)

    @cached_property
    def custom(self) -> list[d.CustomMetric]:
        """Own metrics under neutral names, with their unit and range."""
        found = []
        for n, own in enumerate(self.source.metrics, start=1):
            key = self._metrics.of(own.key)
            label = f"Own measure {key.rpartition('-')[2]}"
            found.append(
                d.CustomMetric(
                    key, label, words.unit(own.unit), own.better, own.low, own.high, n, self.uuid()
                )
            )
        return found

    # What was lived

    def _entry(self, old: d.Entry) -> d.Entry:
        at = self.at(old.at)
        return d.Entry(
            at=at,
            day=self.day(old.day),
            recorded_at=at + (old.recorded_at - old.at),
            observations=tuple(self._observation(o) for o in old.observations if _is_kept(o)),
            flare=old.flare,
            source=words.one_of(old.source, words.SOURCES) or "log",
            id=self.id("entry", old.id),
            uuid=self.uuid(),
        )

    def _observation(self, old: d.Observation) -> d.Observation:
        return d.Observation(
            metric=old.metric if old.site is not None else self._metric_key(old.metric),
            value=old.value,
            site=old.site,
            at_least=old.at_least,
            stop=words.one_of(old.stop, _STOPS),
            qualities=tuple(q for q in old.qualities if q in QUALITIES),
            carried=old.carried,
        )

    def _session(self, old: d.Session) -> d.Session:
        at = self.at(old.at)
        return d.Session(
            activity=self._activity_name(old.activity),
            at=at,
            day=self.day(old.day),
            recorded_at=at + (old.recorded_at - old.at),
            dose=old.dose,
            effort=old.effort,
            pain=old.pain,
            settled=old.settled,
            stop=words.one_of(old.stop, _STOPS),
            spread=old.spread,
            minimum=old.minimum,
            sets=old.sets,
            reps=old.reps,
            hold=old.hold,
            load=old.load,
            source=words.one_of(old.source, words.SOURCES) or "done",
            id=self.id("session", old.id),
            uuid=self.uuid(),
            seq=old.seq,
        )

    def _skip(self, old: d.Skip) -> d.Skip:
        name = self._activity_name(old.activity)
        return d.Skip(name, self.at(old.at), self.day(old.day), old.why, self.id("skip", old.id), self.uuid())

    def _mark(self, old: d.FlareMark) -> d.FlareMark:
        triggers = words.those_of(old.triggers or "", words.TRIGGERS) or None
        return d.FlareMark(
            old.kind,
            self.at(old.at),
            self.day(old.day),
            triggers=triggers,
            id=self.id("mark", old.id),
            uuid=self.uuid(),
        )

    # The plan and what was decided

    def _activity(self, old: d.Activity) -> d.Activity:
        return d.Activity(
            name=self._activity_name(old.name),
            kind=words.one_of(old.kind, words.ACTIVITY_KINDS) or words.OTHER,
            per_week=old.per_week,
            day=self.day(old.day),
            rest=old.rest,
            cleared=old.cleared,
            id=self.id("activity", old.id),
            uuid=self.uuid(),
        )

    def _quota(self, old: d.Quota) -> d.Quota:
        return d.Quota(
            activity=self._activity_name(old.activity),
            at=self.at(old.at),
            day=self.day(old.day),
            amount=old.amount,
            set_by=words.role(old.set_by),
            rule=words.rule_id(old.rule),
            up_to=old.up_to,
            per_week=old.per_week,
            sets=old.sets,
            reps=old.reps,
            hold=old.hold,
            load=old.load,
            id=self.id("quota", old.id),
            uuid=self.uuid(),
            seq=old.seq,
        )

    def _decision(self, old: d.Decision) -> d.Decision:
        subject = old.key.removeprefix(old.rule).removeprefix("-")
        return d.Decision(
            key="-".join(filter(None, (old.rule, self._subject(subject)))),
            rule=old.rule,
            choice=old.choice,
            at=self.at(old.at),
            day=self.day(old.day),
            amounts=tuple((self._activity_name(name), amount) for name, amount in old.amounts),
            id=self.id("decision", old.id),
            uuid=self.uuid(),
            seq=old.seq,
        )

    def _subject(self, subject: str) -> str:
        """Return what a suggestion was about: an activity or a measure; nothing else stays."""
        if subject in METRICS or words.known_activity(subject):
            return subject
        names = {q.activity for q in self.source.quotas} | {a.name for a in self.source.activities}
        return self._activity_name(subject) if subject in names else ""

    # Warning signs

    def _screen(self, old: d.Screen) -> d.Screen:
        number = self.id("screen", old.id)
        return d.Screen(
            at=self.at(old.at),
            day=self.day(old.day),
            answers=tuple(d.Answer(a.item, a.answer, a.sign) for a in old.answers if a.item in ITEMS),
            tier=old.tier,
            outcomes=tuple(self._outcome(o, number) for o in old.outcomes),
            id=number,
            uuid=self.uuid(),
            seq=old.seq,
        )

    def _outcome(self, old: d.Outcome, screen: int) -> d.Outcome:
        return d.Outcome(
            screen_id=screen,
            at=self.at(old.at),
            day=self.day(old.day),
            kind=old.kind,
            by=None if old.by is None else words.role(old.by),
            item=words.one_of(old.item, ITEMS),
            id=self.id("outcome", old.id),
            uuid=self.uuid(),
            seq=old.seq,
        )

    def _trigger(self, old: d.Trigger) -> d.Trigger:
        items = tuple(item for item in old.items if item in ITEMS)
        number = self.id("trigger", old.id)
        return d.Trigger(old.reason, self.at(old.at), self.day(old.day), items, number, self.uuid(), old.seq)

    # Who it is about, as far as it names nobody

    def _profile(self) -> Iterable[d.ProfileFact]:
        for old in self.source.profile:
            value = self._onset(old.value) if old.key == "onset" else words.profile_value(old.key, old.value)
            if value is not None:
                number = self.id("profile", old.id)
                yield d.ProfileFact(
                    old.key, value, self.at(old.at), self.day(old.day), number, self.uuid(), old.seq
                )

    def _onset(self, text: str) -> str | None:
        try:
            return self.day(date.fromisoformat(text)).isoformat()
        except (ValueError, OverflowError):
            return None

    def _settings(self) -> Iterable[d.Setting]:
        for old in self.source.settings:
            value = words.setting_value(old.key, old.value)
            if value is not None:
                number = self.id("setting", old.id)
                yield d.Setting(old.key, value, self.at(old.at), self.day(old.day), number, self.uuid())

    # Aims

    def _goal(self, number: int, old: d.Goal) -> d.Goal:
        return d.Goal(
            title=f"Goal {number}",
            metric=self._metric_key(old.metric),
            target=old.target,
            due=self.day(old.due),
            at=self.at(old.at),
            day=self.day(old.day),
            baseline=old.baseline,
            importance=old.importance,
            difficulty=old.difficulty,
            confidence=old.confidence,
            review_days=old.review_days,
            status=old.status,
            closed_on=None if old.closed_on is None else self.day(old.closed_on),
            id=self.id("goal", old.id),
            uuid=self.uuid(),
        )

    def _milestone(self, old: d.Milestone) -> d.Milestone:
        return d.Milestone(
            goal_id=self.id("goal", old.goal_id),
            value=old.value,
            due=self.day(old.due),
            at=self.at(old.at),
            day=self.day(old.day),
            reached_on=None if old.reached_on is None else self.day(old.reached_on),
            id=self.id("milestone", old.id),
            uuid=self.uuid(),
        )

    def _rating(self, old: d.GoalRating) -> d.GoalRating:
        goal, number = self.id("goal", old.goal_id), self.id("rating", old.id)
        return d.GoalRating(goal, old.level, self.at(old.at), self.day(old.day), number, self.uuid(), old.seq)

    def _score(self, old: d.Score) -> d.Score:
        return d.Score(
            instrument=old.instrument,
            at=self.at(old.at),
            day=self.day(old.day),
            items=old.items,
            total=old.total,
            version=self._versions.of(old.version) if old.version else "",
            labels=tuple(self._labels.of(label) for label in old.labels),
            id=self.id("score", old.id),
            uuid=self.uuid(),
        )


def _is_kept(observation: d.Observation) -> bool:
    return observation.site is None or observation.site in SITES


def _in_order(rows: Iterable[R]) -> tuple[R, ...]:
    """Return records by their moment: clocks of several zones are one clock now."""
    return tuple(sorted(rows, key=lambda row: row.at))  # type: ignore[attr-defined]
