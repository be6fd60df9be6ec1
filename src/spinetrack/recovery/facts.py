"""The facts the rules read: windows, references and states of one diary on one day.

Built once in `assess`; every part is computed when a rule first asks for it. Source of the
definitions: clinical.md, "Definitions used by the rules".
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property

from spinetrack.recovery import flares as flare_rules
from spinetrack.recovery import profile, redflags
from spinetrack.recovery.config import config_of
from spinetrack.recovery.rescreen import Triggers
from spinetrack.recovery.series import Days, days_back
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Decision, Diary, Screen, Trigger
    from spinetrack.recovery.findings import Flare, Mode, Rescreen, Suggestion
    from spinetrack.recovery.goals import GoalReader
    from spinetrack.recovery.medicine_checks import MedicineReader

RECENT_DAYS = 60
LONG_METRICS = ("pain", "worst", "limb", "site", "sit", "stand", "walk", "distance")
"""What the rules read over the whole period; everything else over the last `RECENT_DAYS` alone."""
TURN_HOUR = 4
ACUTE_WEEKS = 6
PERSISTENT_WEEKS = 12
SETTLE_DAYS = 33
"""Days at the beginning of a cut-off period whose reference is not whole."""
RECORD_GAP = 28
HIDE_DAYS = 7
HIDE_DAYS_SEVERE = 3


class Facts:
    """Everything the rules may look at. Pure: the same diary, moment and day give the same facts."""

    def __init__(self, diary: Diary, now: datetime, today: date) -> None:
        if diary.intakes:
            from spinetrack.recovery.medicine_flags import applied

            diary = applied(diary, now, today)
        self.diary = diary
        self.now = now
        self.today = today
        self.days = Days(diary)
        self.config = config_of(diary.settings)

    def with_triggers(self, triggers: tuple[Trigger, ...]) -> Facts:
        """Return the facts of the same diary with more re-screen triggers; what was read stays read."""
        if not triggers:
            return self
        more = object.__new__(Facts)
        more.diary = self.diary._replace(triggers=(*self.diary.triggers, *triggers))
        more.now, more.today, more.days, more.config = self.now, self.today, self.days, self.config
        more.flare_reader = self.flare_reader
        return more

    def start_of(self, day: date) -> datetime:
        """Return the moment `day` began, in the patient's present offset."""
        return datetime.combine(day, time(TURN_HOUR), tzinfo=self.now.tzinfo)

    @property
    def yesterday(self) -> date:
        """The last full day."""
        return self.today - timedelta(days=1)

    # Warning signs

    @cached_property
    def open_flags(self) -> tuple[Screen, ...]:
        """Open tier-1 and tier-2 flags, oldest first."""
        return redflags.open_flags(self.diary.screens, 2)

    @cached_property
    def open_signs(self) -> tuple[Screen, ...]:
        """Open flags of tiers 1 to 3, oldest first."""
        return redflags.open_flags(self.diary.screens, 3)

    @cached_property
    def flag_closed_on(self) -> date | None:
        """The day the last tier-1 or tier-2 flag was closed."""
        return max((outcome.day for outcome, _ in redflags.closings(self.diary.screens)), default=None)

    @cached_property
    def triggers(self) -> Triggers:
        """The reasons to ask the warning-sign questions again."""
        return Triggers(self.diary, self.days, self.flare_reader, self.now, self.today, self.start_of)

    @cached_property
    def pause_end(self) -> date | None:
        """The last day of the pause of rises after a procedure, None outside one."""
        if not self.diary.treatments:
            return None
        from spinetrack.recovery.aftercare import pause_end

        return pause_end(self.diary, self.today)

    @cached_property
    def rescreen(self) -> Rescreen | None:
        """What RF-4 asks today, None when nothing is due."""
        return self.triggers.rescreen()

    # Flares

    @cached_property
    def flare_reader(self) -> flare_rules.FlareReader:
        """The reader that has read all days."""
        reader = flare_rules.FlareReader(
            self.days, self.diary.marks, self.diary.skips, self.config["flare-rise"]
        )
        first = min((*self.days.entries_by_day, *(m.day for m in self.diary.marks)), default=self.today)
        begun = self.diary.first_day
        settled = first + timedelta(days=SETTLE_DAYS) if begun is not None and begun < first else None
        reader.read(min(first, self.today), self.today, settled=settled)
        return reader

    @cached_property
    def flares(self) -> tuple[Flare, ...]:
        """All flares of the period, oldest first."""
        reader = self.flare_reader
        return tuple(
            flare_rules.finish(reader, found, self.today, self.triggers.due) for found in reader.found
        )

    @cached_property
    def flare(self) -> Flare | None:
        """The running flare."""
        return self.flares[-1] if self.flares and self.flares[-1].closed is None else None

    @property
    def flare_day(self) -> int | None:
        """Days since the running flare began, 0 on its first day."""
        return (self.today - self.flare.start).days if self.flare else None

    @cached_property
    def ramping(self) -> Flare | None:
        """The latest flare whose load is not whole yet, running or closed."""
        last = self.flares[-1] if self.flares else None
        return last if last and (last.closed is None or last.level < 1) else None

    @cached_property
    def reference(self) -> flare_rules.Reference:
        """R of today, frozen while a flare runs."""
        if self.flare_reader.found and self.flare:
            return self.flare_reader.found[-1].reference
        return flare_rules.reference(
            self.days, self.today, self.flare_reader.tagged, self.config["flare-rise"]
        )

    @cached_property
    def flare_days(self) -> frozenset[date]:
        """All days that count as flare days."""
        return frozenset(day for flare in self.flares for day in flare.active)

    def pain_defined(self, day: date) -> bool:
        """Return whether the pain of `day` was flare-like by its own reference."""
        return self.flare_reader.pain_defined.get(day, False)

    @cached_property
    def radicular(self) -> bool:
        """Limb pain leads (clinical.md, definitions)."""
        return flare_rules.is_radicular(self.days, self.today)

    @cached_property
    def limb_worse(self) -> bool:
        """New or worse limb symptoms in the last 7 days."""
        return self.days.limb_worse_in(self.today, 7)

    # Goals

    @cached_property
    def goals(self) -> GoalReader:
        """The goals, read on this day."""
        from spinetrack.recovery.goals import GoalReader

        return GoalReader(self.diary, self.days, self.today)

    # Medicines

    @cached_property
    def medicines(self) -> MedicineReader:
        """The medicines and what was taken, read on this day."""
        from spinetrack.recovery.medicine_checks import MedicineReader

        return MedicineReader(self)

    # Records

    @property
    def record_days(self) -> tuple[date, ...]:
        """Days with an entry, a session or a skip, oldest first."""
        return self.days.record_days

    @property
    def days_silent(self) -> int | None:
        """Days since the last record, None of an empty diary."""
        last = self.diary.last_day
        return (self.today - last).days if last else None

    @cached_property
    def shut_since(self) -> date | None:
        """The day from which the plan stays shut after 28 days without a record, else None.

        It opens again once the short screen and every gate were answered after the gap.
        """
        if self.days_silent is not None and self.days_silent >= RECORD_GAP:
            return self.today
        ends = self.days.after_gaps(RECORD_GAP)
        if not ends:
            return None
        answered = profile.gates_answered_on(self.diary)
        screened = all(
            any(day >= ends[-1] for day, _, _ in self.triggers.answered.get(item, ()))
            for item in redflags.SHORT_ITEMS
        )
        return None if answered and answered >= ends[-1] and screened else ends[-1]

    # Gates

    @cached_property
    def mode(self) -> Mode:
        """`build`, `log-only` or `clinician-plan`."""
        return profile.mode_of(self.diary, self.today)

    @cached_property
    def gates(self) -> dict[str, bool | None]:
        """Each gate as it stands: the answer in force, `surgery` also by a recorded operation."""
        return profile.gates_of(self.diary, self.today)

    @cached_property
    def gates_waiting_since(self) -> date | None:
        """The day since which the gates want an answer, None when they have one."""
        answered = profile.gates_answered(self.diary)
        if answered is None:
            return self.diary.first_day or self.today
        again = answered.day + timedelta(weeks=profile.GATE_WEEKS)
        old = again if again <= self.today else None
        return min((day for day in (old, self.procedure_since_gates) if day), default=None)

    @cached_property
    def procedure_since_gates(self) -> date | None:
        """The day since which the gates wait because of a procedure, None where none came after them."""
        answered = profile.gates_answered(self.diary) if self.diary.treatments else None
        if answered is None:
            return None
        from spinetrack.recovery.aftercare import gates_due_since

        return gates_due_since(self.diary, answered, self.today)

    # The course

    @cached_property
    def onset(self) -> date | None:
        """The day this spell began, as the profile says, None when it does not say a date."""
        said = profile.value_of(self.diary, "onset")
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            return None

    @cached_property
    def phase(self) -> str | None:
        """`acute` below 6 weeks, `sub-acute` to 12, `persistent` after; `maintenance` when entered.

        None without an onset. Source: clinical.md 8, definitions.
        """
        if profile.value_of(self.diary, "maintenance"):
            return "maintenance"
        if self.onset is None or self.onset > self.today:
            return None
        weeks = (self.today - self.onset).days / 7
        return "acute" if weeks < ACUTE_WEEKS else "sub-acute" if weeks <= PERSISTENT_WEEKS else "persistent"

    # Decisions

    def decided_since(self, key: str, day: date) -> bool:
        """Return whether suggestion `key` was answered on or after `day`."""
        last = self.decision(key)
        return last is not None and last.day >= day

    def decision(self, key: str) -> Decision | None:
        """Return the latest decision about suggestion `key`."""
        return next((d for d in reversed(self.diary.decisions) if d.key == key), None)

    def is_decided(self, suggestion: Suggestion) -> bool:
        """Return whether a decision still hides `suggestion` today."""
        if suggestion.rule in NEVER_HIDDEN:
            return False
        last = self.decision(suggestion.id)
        if last is None:
            return False
        days = HIDE_DAYS_SEVERE if suggestion.rule == "FL-9" else HIDE_DAYS
        return (self.today - last.day).days < days

    # Windows

    def med(self, metric: str, days: int) -> float | None:
        """Return the median of `metric` in the `days` days that end today."""
        return self.days.med(metric, self.today, days)

    def count(self, metric: str, days: int) -> int:
        """Return how many of the `days` days that end today have a value of `metric`."""
        return self.days.count(metric, self.today, days)

    def on_today(self, metric: str) -> float | None:
        """Return today's value of `metric`."""
        return self.days.of(metric).get(self.today)

    @cached_property
    def first_day_age(self) -> int | None:
        """Days since the first logged day."""
        first = self.diary.first_day
        return (self.today - first).days if first else None

    def full_days(self, days: int) -> tuple[date, ...]:
        """Return the `days` full days that end yesterday: the windows of the PR rules."""
        return tuple(days_back(self.yesterday, days))


NEVER_HIDDEN = frozenset({"RF-1", "RF-2", "RF-4", "RF-5", "PG-1"})
"""Rules a decision cannot hide."""
