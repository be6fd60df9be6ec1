"""Small diaries from literals: `patient(pain=[4, 4, None, 6])` ends today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import (
    Answer,
    Block,
    BlockReading,
    Decision,
    Diary,
    Entry,
    FlareMark,
    Goal,
    GoalRating,
    Milestone,
    Observation,
    Outcome,
    ProfileFact,
    Quota,
    Screen,
    Session,
    Skip,
    Treatment,
)
from spinetrack.recovery.findings import Assessment
from spinetrack.recovery.profile import GATES
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.redflags import all_items, tier_of

TODAY = date(2026, 3, 30)
UTC = timezone.utc  # noqa: UP017


def at(day: date, hour: int = 19, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


@dataclass
class Patient:
    """A diary under construction. `n` is days before today; 0 is today."""

    today: date = TODAY
    entries: list[Entry] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    marks: list[FlareMark] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    profile: list[ProfileFact] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    ratings: list[GoalRating] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    readings: list[BlockReading] = field(default_factory=list)

    def day(self, n: int) -> date:
        return self.today - timedelta(days=n)

    def log(
        self, n: int, *, flare: bool | None = None, note: str | None = None, hour: int = 19, **values: float
    ) -> Patient:
        seen = tuple(
            Observation(key.rstrip("_"), value, at_least=key.endswith("_"), stop=None)
            for key, value in values.items()
        )
        moment = at(self.day(n), hour)
        self.entries.append(
            Entry(
                moment,
                self.day(n),
                moment,
                seen,
                note,
                flare,
                id=len(self.entries) + 1,
                uuid=f"e{len(self.entries)}",
            )
        )
        return self

    def pains(self, values: Sequence[float | None], **more: float) -> Patient:
        """Log one pain a day; the last value is today's. None leaves the day out."""
        for n, value in enumerate(reversed(values)):
            if value is not None:
                self.log(n, pain=value, **more)  # type: ignore[arg-type]
        return self

    def quota(
        self,
        name: str,
        amount: float,
        n: int = 10,
        *,
        by: str = "physio",
        up_to: float | None = None,
        per_week: int = 4,
        rule: str | None = None,
    ) -> Patient:
        self.quotas.append(
            Quota(name, at(self.day(n), 8), self.day(n), amount, by, rule, up_to=up_to, per_week=per_week)
        )
        return self

    def plan(self, amount: float = 40, n: int = 10, per_week: int = 4, **other: float) -> Patient:
        for name in ("sit", "stand", "walk"):
            self.quota(name, other.get(name, amount), n, per_week=per_week)
        return self

    def done(
        self,
        n: int,
        name: str,
        dose: float,
        *,
        pain: int | None = 3,
        settled: bool | None = True,
        spread: bool = False,
        stop: str | None = None,
        minimum: bool = False,
    ) -> Patient:
        moment = at(self.day(n), 17)
        self.sessions.append(
            Session(
                name,
                moment,
                self.day(n),
                moment,
                dose,
                4,
                pain,
                settled,
                stop,
                spread,
                minimum,
                id=len(self.sessions) + 1,
            )
        )
        return self

    def gates(self, n: int = 15, yes: Sequence[str] = ()) -> Patient:
        for name in GATES:
            self.profile.append(
                ProfileFact(f"gate:{name}", "yes" if name in yes else "no", at(self.day(n), 8), self.day(n))
            )
        return self

    def fact(self, key: str, value: str, n: int = 15) -> Patient:
        self.profile.append(ProfileFact(key, value, at(self.day(n), 8), self.day(n)))
        return self

    def screen(
        self, n: int = 0, yes: Sequence[str] = (), unsure: Sequence[str] = (), hour: int = 21
    ) -> Patient:
        given = []
        for item in (*all_items({}), *(i.rstrip("+-") for i in yes if i.rstrip("+-") not in all_items({}))):
            sign = next((y[-1] for y in yes if y.rstrip("+-") == item and y[-1] in "+-"), "")
            hit = any(y.rstrip("+-") == item for y in yes)
            given.append(Answer(item, "yes" if hit else "unsure" if item in unsure else "no", sign))
        assert all(a.item in ITEMS for a in given)
        number = len(self.screens) + 1
        self.screens.append(
            Screen(
                at(self.day(n), hour),
                self.day(n),
                tuple(given),
                tier_of(given, {}),
                id=number,
                uuid=f"s{number}",
                seq=1000 + number,
            )
        )
        return self

    def outcome(self, n: int, kind: str, by: str | None = None) -> Patient:
        last = self.screens[-1]
        found = Outcome(last.id, at(self.day(n), 22), self.day(n), kind, "seen", by, seq=2000)  # type: ignore[arg-type]
        self.screens[-1] = last._replace(outcomes=(*last.outcomes, found))
        return self

    def flare_mark(self, n: int, kind: str = "start") -> Patient:
        self.marks.append(FlareMark(kind, at(self.day(n), 20), self.day(n)))  # type: ignore[arg-type]
        return self

    def skip(self, n: int, name: str, why: str) -> Patient:
        self.skips.append(Skip(name, at(self.day(n), 18), self.day(n), why))
        return self

    def decide(self, n: int, key: str, choice: str, amounts: tuple[tuple[str, float], ...] = ()) -> Patient:
        rule = "-".join(key.split("-")[:2])
        self.decisions.append(Decision(key, rule, choice, at(self.day(n), 21), self.day(n), amounts))  # type: ignore[arg-type]
        return self

    def goal(
        self,
        metric: str = "sit",
        target: float = 60,
        n: int = 10,
        *,
        weeks: float = 12,
        baseline: float | None = 20,
        title: str = "sit through a film",
        confidence: int | None = 8,
        why: str = "cinema",
        status: str = "active",
        importance: int = 2,
        difficulty: int = 2,
        review_days: int = 7,
    ) -> Patient:
        """Set a goal `n` days ago, due so many weeks after that day."""
        day = self.day(n)
        due = day + timedelta(days=round(7 * weeks))
        number = len(self.goals) + 1
        self.goals.append(
            Goal(
                title, metric, target, due, at(day, 20), day, baseline, why, importance, difficulty, confidence,
                review_days=review_days, status=status, id=number,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return self

    def block(self, value: float, due: int, goal: int = 1) -> Patient:
        """Add a building block due `due` days before today (negative: ahead)."""
        day = self.goals[goal - 1].day
        number = len(self.milestones) + 1
        self.milestones.append(Milestone(goal, value, self.day(due), at(day, 20), day, id=number))
        return self

    def rate(self, n: int, level: int, goal: int = 1) -> Patient:
        self.ratings.append(
            GoalRating(goal, level, at(self.day(n), 20), self.day(n), seq=len(self.ratings) + 1)
        )
        return self

    def tried(
        self,
        kind: str,
        n: int = 0,
        *,
        recorded: int | None = None,
        hour: int = 12,
        agreed: bool = False,
        end: int | None = None,
        planned: int | None = None,
    ) -> Patient:
        """Add a treatment whose day 0 was `n` days ago (negative: ahead); recorded that day unless said."""
        day = self.day(max(n, 0) if recorded is None else recorded)
        number = len(self.treatments) + 1
        self.treatments.append(
            Treatment(
                kind, kind, self.day(n), at(day, hour), day, None if end is None else self.day(end), planned,
                agreed=agreed, id=number, uuid=f"t{number}", seq=3000 + number,
            )
        )  # fmt: skip
        return self

    def numbed(
        self, base: int = 8, n: int = 0, *, hour: int = 9, rated: dict[int, int] | None = None
    ) -> Patient:
        """Add a block with the answers `rated`: minute to pain."""
        number = len(self.blocks) + 1
        start = at(self.day(n), hour)
        self.blocks.append(Block(base, start, self.day(n), id=number))
        for minute, pain in (rated or {}).items():
            moment = start + timedelta(minutes=minute)
            self.readings.append(BlockReading(number, pain, moment, self.day(n), seq=len(self.readings) + 1))
        return self

    def diary(self) -> Diary:
        def key(row: object) -> datetime:
            return row.at  # type: ignore[attr-defined, no-any-return]

        days = sorted(
            {e.day for e in self.entries} | {s.day for s in self.sessions} | {s.day for s in self.skips}
        )
        return Diary(
            entries=tuple(sorted(self.entries, key=key)),
            sessions=tuple(sorted(self.sessions, key=key)),
            skips=tuple(sorted(self.skips, key=key)),
            marks=tuple(sorted(self.marks, key=key)),
            decisions=tuple(sorted(self.decisions, key=key)),
            screens=tuple(sorted(self.screens, key=key)),
            quotas=tuple(sorted(self.quotas, key=key)),
            profile=tuple(sorted(self.profile, key=key)),
            goals=tuple(self.goals),
            milestones=tuple(self.milestones),
            ratings=tuple(sorted(self.ratings, key=key)),
            treatments=tuple(sorted(self.treatments, key=lambda t: (t.start, t.id))),
            blocks=tuple(self.blocks),
            block_readings=tuple(self.readings),
            first_day=days[0] if days else None,
            last_day=days[-1] if days else None,
        )

    def assess(self, hour: int = 22) -> Assessment:
        return assess(self.diary(), at(self.today, hour), self.today)

    def rules(self, most: int = 5) -> list[str]:
        """Return the rules shown today, of priorities up to `most`."""
        return [s.rule for s in self.assess().suggestions if s.priority <= most]

    def today_of(self, name: str) -> float:
        return next(p.today for p in self.assess().plan if p.activity == name)


def ready(**plan: float) -> Patient:
    """Return a patient as the vectors assume: gates none, a clear screen today, the plan 10 days old."""
    return Patient().gates().screen(0).plan(**plan)  # type: ignore[arg-type]
