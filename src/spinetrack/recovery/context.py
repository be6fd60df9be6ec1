"""What the rules stand on: the facts, the plan, and whether a dose may rise at all.

`may_raise` is shared by every rule that adds load. Source: clinical.md, "Definitions used by the
rules", `may_raise`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from spinetrack.recovery import pacing, profile
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.recovery.facts import Facts
    from spinetrack.recovery.findings import Suggestion
    from spinetrack.recovery.pacing import Planned

PAIN_ABOVE = 1
DOMAIN_DAYS = 7
FIRST_RULE = "PR-0"


class Context:
    """Facts and plan of one day."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.today = facts.today

    @cached_property
    def plan(self) -> tuple[Planned, ...]:
        """What has a quota."""
        return pacing.planned(self.facts)

    def planned(self, name: str) -> Planned | None:
        """Return one activity of the plan."""
        return next((p for p in self.plan if p.name == name), None)

    @cached_property
    def general_blocks(self) -> tuple[str, ...]:
        """What stands in the way of any rise today, whoever set the plan; empty when nothing does."""
        return tuple(self._general())

    def _general(self) -> Iterable[str]:
        facts = self.facts
        if any(answer is None for answer in facts.gates.values()) or facts.gates_waiting_since:
            yield "PG-1"
        if facts.shut_since:
            yield "DQ-2"
        if facts.open_signs:
            yield "RF-3" if not facts.open_flags else "RF-5"
        if facts.rescreen:
            yield "RF-4"
        if self.flare_near or facts.ramping:
            yield "FL-5" if facts.ramping else "FL-6"
        if facts.limb_worse:
            yield "limb"
        if facts.pause_end:
            yield "procedure"
        yield from self._body_blocks()

    def _body_blocks(self) -> Iterable[str]:
        """Yield what the body says against a rise: higher pain, a hold, a step back."""
        now, usual = self.facts.med("pain", 7), self.facts.reference.pain
        if now is None or usual is None:
            yield "DQ-1"
        elif now > usual + PAIN_ABOVE:
            yield "pain above usual"
        if any(p.step_back for p in self.plan):
            yield "PR-4"
        if any(p.hold for p in self.plan):
            yield "PR-3"

    @cached_property
    def flare_near(self) -> bool:
        """A flare-active day in the last 7 days, or a start less than 7 days ago."""
        return any(0 <= (self.today - day).days <= DOMAIN_DAYS for day in self.facts.flare_days) or any(
            (self.today - flare.start).days < DOMAIN_DAYS for flare in self.facts.flares
        )

    def blocks(self, item: Planned | None) -> tuple[str, ...]:
        """Return what stands in the way of a rise of `item`; of a first quota when None."""
        found = list(self.general_blocks)
        limit = item.limit if item else None
        if limit is None:
            if any(self.facts.gates.values()) or self.facts.mode == "clinician-plan":
                found.append("clinician-plan")
            if profile.is_carer(self.facts.diary):
                found.append("carer")
        if self.facts.mode == "log-only":
            found.append("log-only")
        if self._flag_too_fresh(item):
            found.append("RF-5")
        return tuple(found)

    def _flag_too_fresh(self, item: Planned | None) -> bool:
        """Within 7 days of a closed tier-1 or tier-2 flag, unless somebody else sets the plan."""
        closed = self.facts.flag_closed_on
        if closed is None or (self.today - closed).days >= DOMAIN_DAYS:
            return False
        return item is None or item.limit is None

    @cached_property
    def may_add(self) -> bool:
        """Whether advice that adds load may be given at all, without a limit of somebody else."""
        return not self.blocks(None)

    def rise_blocked(self, suggestion: Suggestion) -> str | None:
        """Return the first condition that holds a rise back, None when it may go out."""
        if suggestion.rule == FIRST_RULE:
            return next((b for b in self.first_blocks if b), None)
        for name in {c.activity for c in suggestion.changes} or {suggestion.subject}:
            found = self.blocks(self.planned(name))
            if found:
                return found[0]
        return None

    @cached_property
    def first_blocks(self) -> tuple[str, ...]:
        """What stands in the way of a first quota (PR-0): flags, a flare, gates, a shut plan."""
        facts = self.facts
        found = []
        if any(facts.gates.values()) or facts.mode == "clinician-plan":
            found.append("clinician-plan")
        if facts.gates_waiting_since or any(a is None for a in facts.gates.values()):
            found.append("PG-1")
        if facts.shut_since:
            found.append("DQ-2")
        if facts.open_signs:
            found.append("RF-3")
        if facts.flare:
            found.append("FL-5")
        if profile.is_carer(facts.diary):
            found.append("carer")
        if facts.pause_end:
            found.append("procedure")
        return tuple(found)

    @cached_property
    def rise_waits(self) -> bool:
        """Whether a first quota or a rise was earned and only waits for the gates."""
        from spinetrack.recovery.rules import plan

        if self.facts.mode != "build":
            return False
        return plan.first_quota(self) is not None or any(
            plan.rise_of(self, item) is not None for item in self.plan
        )

    # Which activity steps

    @cached_property
    def last_step_day(self) -> date | None:
        """The last day a quota of any activity changed; a first quota counts for its own alone."""
        days = [q.day for p in self.plan for q in p.quotas[1:]]
        return max(days, default=None)

    def steps_free(self, item: Planned) -> bool:
        """Return whether 7 days passed since the last step of `item` and of any other."""
        own = int(self.facts.config["step-days"])
        if (self.today - item.latest.day).days < own:
            return False
        last = self.last_step_day
        return last is None or (self.today - last).days >= DOMAIN_DAYS

    def next_step_earliest(self, item: Planned) -> date | None:
        """Return the first day a step may come, None when something without a date stands in the way."""
        undated = {"PG-1", "DQ-2", "RF-3", "RF-4", "clinician-plan", "carer", "log-only"}
        if undated & set(self.blocks(item)) or self.facts.flare or self.facts.open_signs:
            return None
        if item.next_quota() is None and item.is_tolerance:
            return None
        own = timedelta(days=int(self.facts.config["step-days"]))
        week = timedelta(days=DOMAIN_DAYS)
        days = [item.latest.day + own]
        if self.last_step_day:
            days.append(self.last_step_day + week)
        if self.facts.flares:
            last = self.facts.flares[-1]
            days += [last.start + week, max(last.active) + week + timedelta(days=1)]
        if self._flag_too_fresh(item) and self.facts.flag_closed_on:
            days.append(self.facts.flag_closed_on + week)
        if self.facts.pause_end:
            days.append(self.facts.pause_end + timedelta(days=1))
        return max(*days, self.today)
