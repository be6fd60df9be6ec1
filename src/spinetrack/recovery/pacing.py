"""The plan: quotas, the dose of the day, adherence, holds and step-backs of each activity.

Source of every number: clinical.md sections 3.2 to 4, rules PR-0 to PR-6 and the definitions above
them. A reduction shows in the plan at once; a rise only when it was followed.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from spinetrack.recovery import tolerances
from spinetrack.recovery.limits import limit_of
from spinetrack.recovery.metrics import TOLERANCES
from spinetrack.recovery.order import after, lived_after
from spinetrack.recovery.profile import is_other
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from spinetrack.recovery.diary import Activity, Quota, Session
    from spinetrack.recovery.facts import Facts
    from spinetrack.recovery.findings import Flare

PR_WINDOW = 7
LAST_SESSIONS = 3
SESSION_WINDOW = 14
STEP_BACK_HOLDS = 28
STEP_BACK_SHARE = 0.9
STEP_BACK_SHARE_HARD = 0.8
HARD_PAIN = 7
HOLD_PAIN = 6
RADICULAR_HOLD = 4
RADICULAR_HARD = 5
ACUTE_EVERY = 3
ACUTE_FLOOR = 0.5
BASE_WINDOW = 14
BREAK_DAYS = 14
BREAK_SHARE = 0.5
SETTLED_ABOVE = 1


class StepBack(NamedTuple):
    """A lower dose that is due (PR-4)."""

    share: float
    """0.9 or 0.8 of the quota; 0 while the activity pauses."""
    dose: float
    why: str
    since: date
    session: Session | None
    """The session that made it due."""

    @property
    def pauses(self) -> bool:
        """The activity stops until somebody else sets it."""
        return self.share == 0


class Planned:
    """One activity that has a quota, with what was done of it."""

    def __init__(self, facts: Facts, activity: Activity | None, quotas: Sequence[Quota]) -> None:
        self.facts = facts
        self.quotas = tuple(quotas)
        self.latest = quotas[-1]
        self.name = self.latest.activity
        self.kind = activity.kind if activity else "tolerance"
        self.activity = activity
        self.per_week = self.latest.per_week
        self.quota = self.latest.amount
        self.unit = "min" if self.is_tolerance else "s" if self.latest.reps is None else "reps"

    @property
    def variable(self) -> str:
        """What of it a changed dose changes: `amount` (minutes), `reps` or `hold`."""
        return "amount" if self.is_tolerance else "hold" if self.latest.reps is None else "reps"

    @property
    def is_tolerance(self) -> bool:
        """Sit, stand or walk, in minutes."""
        return self.name in TOLERANCES

    def floored(self, value: float) -> float:
        """Round a lowered dose down: the grid of 3.2 for minutes, whole numbers for the rest."""
        return tolerances.floor_dose(value) if self.is_tolerance else max(1.0, float(int(value + 1e-9)))

    @property
    def base(self) -> float:
        """First quota of the present course."""
        return self.quotas[0].amount

    def quota_on(self, day: date) -> Quota | None:
        """Return the quota row in force at the end of `day`."""
        return next((q for q in reversed(self.quotas) if q.day <= day), None)

    def quota_before(self, day: date) -> Quota | None:
        """Return the quota row in force when `day` began."""
        return next((q for q in reversed(self.quotas) if q.day < day), None)

    # What was done

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions of it, oldest first."""
        return tuple(s for s in self.facts.diary.sessions if s.activity == self.name)

    def sessions_in(self, days: Iterable[date]) -> list[Session]:
        """Return the sessions of the given days, oldest first."""
        wanted = set(days)
        return [s for s in self.sessions if s.day in wanted]

    def days_done(self, days: Iterable[date]) -> int:
        """Return on how many of the given days it was done."""
        return len({s.day for s in self.sessions_in(days)})

    def adherence(self, days: int = PR_WINDOW, until: date | None = None) -> float | None:
        """Return days done of days planned in the full days ending `until` (yesterday), at most 1.

        None until the quota is 7 days old, where no day a week is planned, and while a flare day lies
        in the window: then the count stands still.
        """
        end = until or self.facts.yesterday
        window = [end - timedelta(days=back) for back in range(days)]
        if (self.facts.today - self.latest.day).days < PR_WINDOW or self.per_week <= 0:
            return None
        if any(day in self.facts.flare_days for day in window):
            return None
        return min(1.0, self.days_done(window) / (self.per_week * days / 7))

    def settled(self, session: Session) -> bool | None:
        """Return whether a session settled by the next morning, None when unknown.

        The answer given, else yes if the next day's first pain entry is at most R + 1.
        """
        if session.settled is not None:
            return session.settled
        after = self.facts.days.first_pain.get(session.day + timedelta(days=1))
        usual = self.facts.reference.pain
        if after is not None and usual is not None and after <= usual + SETTLED_ABOVE:
            return True
        return None

    def done_ok(self, session: Session) -> bool:
        """Return whether a session reached the quota without limb symptoms ending it."""
        quota = self.quota_on(session.day)
        if quota is None or session.minimum or session.stop == "leg":
            return False
        if self.is_tolerance:
            return session.dose >= quota.amount
        return session.dose >= volume(quota)

    # What lowers it

    @cached_property
    def baseline_now(self) -> float | None:
        """B0 from the tolerances of the last 14 days, None with fewer than three limits."""
        done = [(s.at, s.dose) for s in self.sessions if self.done_ok(s)]
        return baseline_of(self.facts, self.name, done)

    def _acute_step_back(self, found: StepBack | None) -> StepBack | None:
        """In the first 6 weeks the body leads: down to B0, never below half of the first quota."""
        facts = self.facts
        if not self.is_tolerance or facts.phase != "acute" or self.baseline_now is None:
            return found
        if (facts.today - self.latest.day).days < ACUTE_EVERY and len(self.quotas) > 1:
            return found
        dose = self.floored(max(self.baseline_now, ACUTE_FLOOR * self.base))
        if dose >= self.quota or (found and found.dose <= dose):
            return found
        last = self.sessions[-1] if self.sessions else None
        return StepBack(dose / self.quota, dose, "you can do less at present", facts.today, last)

    @cached_property
    def _evidence(self) -> list[Session]:
        """Sessions since the quota last changed and since the last decision about a step back."""
        decided = self.facts.decision(f"PR-4-{self.name}")
        return [
            s
            for s in self.sessions
            if lived_after(s, self.latest) and (decided is None or lived_after(s, decided))
        ]

    def _recent(self, sessions: Sequence[Session], day: date) -> list[Session]:
        return [s for s in sessions if 0 <= (day - s.day).days < SESSION_WINDOW][-LAST_SESSIONS:]

    def _step_back_share(self, recent: Sequence[Session]) -> tuple[float, str] | None:
        hard = RADICULAR_HARD if self.facts.radicular else HARD_PAIN
        found = []
        if sum(s.spread for s in recent) >= 2:  # noqa: PLR2004
            found.append((STEP_BACK_SHARE_HARD, "symptoms spread along the arm or leg in 2 of 3 sessions"))
        last = recent[-1].pain
        if last is not None and last > hard:
            found.append((STEP_BACK_SHARE_HARD, f"pain {last} during the last session"))
        if sum(s.settled is False for s in recent) >= 2:  # noqa: PLR2004
            found.append((STEP_BACK_SHARE, "2 of 3 sessions had not settled by the next morning"))
        return min(found) if found else None

    @cached_property
    def step_back(self) -> StepBack | None:
        """The step back in force: due on any of the last 28 days, the lowest dose holding."""
        if self._pause:
            return self._pause
        found: StepBack | None = None
        for number, session in enumerate(self._evidence, start=1):
            if (self.facts.today - session.day).days >= STEP_BACK_HOLDS:
                continue
            due = self._step_back_share(self._recent(self._evidence[:number], session.day))
            if due and (found is None or due[0] <= found.share):
                dose = self.floored(due[0] * self.quota)
                found = StepBack(due[0], min(dose, self.quota), due[1], session.day, session)
        return self._acute_step_back(found)

    @cached_property
    def _pause(self) -> StepBack | None:
        """The pause after symptoms spread twice in a row.

        It ends with a quota set by somebody else after a clear screen, or by following PR-6.
        """
        found: Session | None = None
        for before, session in zip(self.sessions, self.sessions[1:], strict=False):
            if before.spread and session.spread:
                found = session
        if found is None or self._pause_lifted(found):
            return None
        why = "symptoms spread along the arm or leg twice in a row"
        return StepBack(0.0, 0.0, why, found.day, found)

    def _pause_lifted(self, session: Session) -> bool:
        for quota in self.quotas:
            if not after(quota, session):
                continue
            if quota.rule == "PR-6":
                return True
            clear = any(
                after(s, session) and (s.tier is None or s.tier >= 3)  # noqa: PLR2004
                for s in self.facts.diary.screens
            )
            if is_other(quota.set_by) and clear:
                return True
        return False

    @property
    def step_backs_in_28(self) -> int:
        """How many step backs were followed in the last 28 days."""
        return sum(
            q.rule == "PR-4" and (self.facts.today - q.day).days < STEP_BACK_HOLDS for q in self.quotas
        )

    @cached_property
    def hold(self) -> str | None:
        """Why the dose is held (PR-3), None when nothing holds it."""
        facts = self.facts
        week = {*facts.full_days(PR_WINDOW), facts.today}
        if self.step_back or not self.sessions_in(week):
            return None
        recent = self._recent(self._evidence, facts.today)
        low = RADICULAR_HOLD if facts.radicular else HOLD_PAIN
        pains = [s.pain for s in recent if s.pain is not None]
        if any(s.settled is False for s in recent):
            return "one session had not settled by the next morning"
        if any(pain >= low for pain in pains):
            return f"pain {max(pains)} during a session"
        sleep = facts.on_today("sleep")
        if sleep is not None and sleep < 60 * facts.config["short-night"]:
            return f"last night was shorter than {facts.config['short-night']:g} hours"
        share = self.adherence() if self.sessions_in(facts.full_days(PR_WINDOW)) else None
        if share is not None and share < facts.config["adherence"] / 100:
            done = self.days_done(facts.full_days(PR_WINDOW))
            return f"{done} of {self.per_week} planned sessions in 7 days"
        return None

    # The dose of the day

    def flare_dose(self, flare: Flare) -> float | None:
        """Return the dose under `flare`'s cut, None when the cut does not hold for it."""
        before = self.quota_before(flare.start) or (
            self.quotas[0] if self.quotas[0].day == flare.start else None
        )
        if before is None or flare.level >= 1:
            return None
        cut, ignored = flare.cut, False
        for decision in self.facts.diary.decisions:
            if decision.rule != "FL-3" or decision.day < flare.start:
                continue
            ignored = decision.choice == "ignore"
            agreed = dict(decision.amounts).get(self.name)
            if decision.choice == "adjust" and agreed is not None and before.amount:
                cut = max(0.0, 1 - agreed / before.amount)
        if ignored:
            return None
        share = 1 - cut * (1 - flare.level) / flare.cut if flare.cut else 1.0
        return min(self.floored(share * before.amount), before.amount)

    @cached_property
    def dose(self) -> tuple[float, str]:
        """The dose of today, the lowest that holds, and why it differs from the quota."""
        doses = [(self.quota, "")]
        if self.step_back:
            doses.append((self.step_back.dose, self.step_back.why))
        for flare in self.facts.flares:
            lowered = self.flare_dose(flare)
            if lowered is not None and lowered < self.quota:
                doses.append((lowered, "flare"))
        return min(doses, key=lambda d: d[0])

    # What raises it

    @cached_property
    def limit(self) -> float | None:
        """The ceiling somebody else set, while it counts."""
        return limit_of(self.facts, self.quotas)

    @property
    def agreed(self) -> float | None:
        """The lowest ceiling anybody set, None without one."""
        return min((c for c in (self.latest.up_to, self.limit) if c is not None), default=None)

    @cached_property
    def goal(self) -> float | None:
        """The lowest target of an active goal on it, None without one."""
        goals = (g for g in self.facts.diary.goals if g.status == "active" and g.metric == self.name)
        return min((g.target for g in goals), default=None)

    @property
    def ceiling(self) -> float | None:
        """What no rise passes: the lowest of the goal and of what anybody set, None without one."""
        return min((c for c in (self.agreed, self.goal) if c is not None), default=None)

    def next_quota(self) -> float | None:
        """Return the quota one step up, None when no step fits."""
        return tolerances.next_quota(self.quota, self.ceiling, self.facts.config["step-percent"])

    def done_ok_in_week(self) -> list[Session]:
        """Return the good sessions of the last 7 full days, at most one a day."""
        by_day = {s.day: s for s in self.sessions_in(self.facts.full_days(PR_WINDOW)) if self.done_ok(s)}
        return list(by_day.values())


def baseline_of(facts: Facts, tolerance: str, done: Iterable[tuple[datetime, float]] = ()) -> float | None:
    """Return B0 of a tolerance from the last 14 days, None with fewer than three limits.

    Args:
        facts: The facts of today.
        tolerance: `sit`, `stand` or `walk`.
        done: Moment and dose of completed sessions: lower bounds.

    """
    recent = [
        r for r in facts.days.readings.get(tolerance, ()) if 0 <= (facts.today - r.day).days < BASE_WINDOW
    ]
    since = facts.start_of(facts.today - timedelta(days=BASE_WINDOW - 1))
    bounds = [(r.at, r.value) for r in recent if r.at_least] + [d for d in done if d[0] >= since]
    return tolerances.baseline(
        [r.value for r in recent if not r.at_least], [value for _, value in sorted(bounds)]
    )


def volume(quota: Quota) -> float:
    """Return the work of an exercise's quota: sets times repetitions or seconds."""
    return (quota.sets or 1) * (quota.reps or 1) * (quota.hold or 1)


def planned(facts: Facts) -> tuple[Planned, ...]:
    """Return what has a quota, in the order sit, stand, walk, then as added."""
    activities = {a.name: a for a in facts.diary.activities}
    rows: dict[str, list[Quota]] = {}
    for quota in facts.diary.quotas:
        if quota.day > facts.today:
            continue
        if quota.amount <= 0:
            rows.pop(quota.activity, None)
        elif quota.activity in activities or quota.activity in TOLERANCES:
            rows.setdefault(quota.activity, []).append(quota)
    order = [*TOLERANCES, *activities]
    names = sorted(rows, key=lambda n: order.index(n) if n in order else len(order))
    return tuple(Planned(facts, activities.get(n), rows[n]) for n in names)
