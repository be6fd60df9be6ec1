"""A simulated patient who lives with the diary: logs, answers, does the plan, decides.

The loop is closed: each day the patient sees what the engine concludes from the diary so far, and
acts on it as a real patient would. Same course, days and seed: the same diary, always.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from spinetrack.demo import answers, courses, tried
from spinetrack.demo.body import Body, clamp
from spinetrack.demo.records import Records
from spinetrack.recovery.assess import assess as assess_diary
from spinetrack.recovery.diary import (
    Activity,
    Entry,
    Observation,
    Outcome,
    ProfileFact,
    Quota,
    Session,
    Skip,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, tzinfo

    from spinetrack.demo.body import Felt
    from spinetrack.demo.courses import Course
    from spinetrack.demo.records import Record
    from spinetrack.recovery.diary import Choice, Diary
    from spinetrack.recovery.findings import Assessment, PlanItem, Suggestion

    Assess = Callable[[Diary, datetime, date], Assessment]

MORNING = time(8, 30)
SESSIONS_AT = {"walk": time(10, 15), "bridge": time(11, 0), "sit": time(14, 30), "stand": time(16, 0)}
EVENING = time(18, 40)
LATE_BY = 110
"""Minutes over which the evening entry wanders."""
ROUNDS = 3
"""How often in one evening a patient looks, answers and looks again."""
FACTS = (("country", "UK"), ("units", "km"))
SEVERAL_NOTES = 0.3
"""Chance of a note on a day."""
SAYS_STOP = 0.7
"""Chance that a tolerance is logged with its reason."""


class Life:
    """One patient of a course, day by day.

    Args:
        course: Who it is.
        first_day: Day 0.
        seed: Of the dice.
        zone: The patient's clock.
        assess: What concludes from a diary; tests look over its shoulder.

    """

    def __init__(
        self,
        course: Course,
        first_day: date,
        *,
        seed: int | None = None,
        zone: tzinfo = UTC,
        assess: Assess = assess_diary,
    ) -> None:
        self.course = course
        self.first_day = first_day
        self.zone = zone
        self.assess = assess
        self.records = Records()
        self.body = Body(course, course.seed if seed is None else seed)
        self._clock = datetime.combine(first_day, MORNING, zone)
        self._unsettled: dict[int, bool] = {}

    # The clock: every act has a moment of its own

    def turn_to(self, day: date, wall: time, late: int = 0) -> datetime:
        """Return a time of day, or the next minute where that has passed."""
        moment = datetime.combine(day, wall, self.zone) + timedelta(minutes=late)
        self._clock = max(moment, self._clock + timedelta(minutes=1))
        return self._clock

    def tick(self) -> datetime:
        """Return the next minute."""
        self._clock += timedelta(minutes=1)
        return self._clock

    def day(self, number: int) -> date:
        """Return the date of day `number`."""
        return self.first_day + timedelta(days=number)

    def is_away(self, number: int) -> bool:
        """Return whether nothing is recorded on day `number`."""
        return any(first <= number <= last for first, last in self.course.away)

    # One day

    def live(self, number: int, *, rises: bool = True) -> Assessment:
        """Live day `number` to its end; return what the diary then says.

        Args:
            number: The day, from 0; days are lived in order.
            rises: A higher dose that is offered is answered; else it waits.

        """
        felt = self.body.wake(number)
        if self.is_away(number):
            self._unsettled = {}
            return self._look(self.day(number), self.turn_to(self.day(number), EVENING))
        if number == 0:
            self.join()
        self.agree(number)
        tried.begin(self, number)
        self.act(number, felt)
        late = self.body.dice("late", number).randrange(LATE_BY)
        at = self.turn_to(self.day(number), EVENING, late)
        if self.body.dice("logs", number).random() < self._logs(number):
            self.check_in(number, felt, at)
            tried.take(self, number, felt)
        self._see_a_doctor(number)
        return self._evening(number, rises=rises)

    def _logs(self, number: int) -> float:
        return 1.0 if number in (0, self.course.red_flag) else self.course.logs

    def join(self) -> None:
        """Answer what is asked once: warning signs, care questions, the profile."""
        day = self.first_day
        at = self.turn_to(day, MORNING)
        onset = day - timedelta(weeks=self.course.onset_weeks)
        facts = (*FACTS, ("regions", self.course.regions), ("onset", onset.isoformat()))
        self.records.add(answers.whole_screen(at, day), *answers.gates(self.tick(), day))
        self.records.add(*(ProfileFact(key, value, self.tick(), day) for key, value in facts))

    def agree(self, number: int) -> None:
        """Write what the physio sets on day `number`."""
        day = self.day(number)
        for exercise in self.course.exercises if number == 0 else ():
            at = self.tick()
            activity = Activity(exercise.name, exercise.kind, exercise.per_week, day)
            dose = float(exercise.reps)
            quota = Quota(
                exercise.name, at, day, dose, "physio", reason="first plan", per_week=exercise.per_week
            )
            self.records.add(activity, _with_sets(quota, exercise))
        for row in self.course.agreed:
            if row.day == number:
                at = self.turn_to(day, MORNING)
                if all(a.name != row.activity for a in self.records.activities):
                    self.records.add(Activity(row.activity, "tolerance", row.per_week, day))
                self.records.add(
                    Quota(
                        row.activity,
                        at,
                        day,
                        row.minutes,
                        "physio",
                        reason="agreed",
                        up_to=row.up_to,
                        per_week=row.per_week,
                    )
                )

    # The plan of the day

    def act(self, number: int, felt: Felt, until: datetime | None = None) -> None:
        """Do today's plan as this patient does, or leave it out.

        Args:
            number: The day, from 0.
            felt: How the day is.
            until: The end of the day so far; None is its whole length.

        """
        if not self.records.quotas:
            return
        day = self.day(number)
        plan = self._look(day, self.turn_to(day, MORNING)).plan
        order = sorted(plan, key=lambda item: SESSIONS_AT.get(item.activity, EVENING))
        for item in order:
            wall = SESSIONS_AT.get(item.activity, time(12))
            if until is not None and datetime.combine(day, wall, self.zone) >= until:
                return
            if item.today > 0 and item.done_week < item.per_week:
                self._do_or_skip(number, felt, item, self.turn_to(day, wall))

    def _do_or_skip(self, number: int, felt: Felt, item: PlanItem, at: datetime) -> None:
        dice = self.body.dice(f"plan {item.activity}", number)
        day = self.day(number)
        if dice.random() < self.body.afraid:
            self.records.add(Skip(item.activity, at, day, "afraid"))
        elif dice.random() < self.course.adherence:
            self._do(number, felt, item, at)
        elif dice.random() < 0.5:  # noqa: PLR2004  (half of what is left out is said)
            worse = felt.pain >= self.course.pain.on(number) + 2
            self.records.add(Skip(item.activity, at, day, "pain" if worse else "time"))

    def _do(self, number: int, felt: Felt, item: PlanItem, at: datetime) -> None:
        sets = item.sets_today or item.sets
        reps = round(item.today) if item.unit == "reps" else None
        hold = round(item.today) if item.unit == "s" else item.hold
        dose = item.today * (sets or 1) * ((hold or 1) if reps else 1)
        done = self.body.do(item.activity, dose, number, felt)
        day = self.day(number)
        self.records.add(
            Session(
                item.activity,
                at,
                day,
                at,
                done.dose,
                effort=done.effort,
                pain=done.pain,
                stop=done.stop,
                spread=done.spread,
                sets=sets,
                reps=reps,
                hold=hold,
                load=item.load,
            )
        )
        self._unsettled[len(self.records.sessions)] = done.settled

    # The evening

    def check_in(self, number: int, felt: Felt, at: datetime) -> None:
        """Write the entry of the day, and whether the last sessions had settled."""
        day = self.day(number)
        self.settle_before(day)
        self.records.add(Entry(at, day, at, self._values(number, felt), self.note(number), felt.flare))

    def settle_before(self, day: date) -> None:
        """Answer whether the sessions before `day` had settled by the next morning."""
        waiting = {n: s for n, s in self._unsettled.items() if self.records.sessions[n - 1].day < day}
        self.records.settle(waiting)
        self._unsettled = {n: s for n, s in self._unsettled.items() if n not in waiting}

    def _values(self, number: int, felt: Felt) -> tuple[Observation, ...]:
        values = [Observation("pain", felt.pain), Observation("worst", felt.worst)]
        if felt.limb is not None:
            values.append(Observation("limb", felt.limb))
        if felt.site:
            values.append(Observation("site", felt.limb or 0, site=f"left-{felt.site}"))
        for name, held in felt.held.items():
            said = self.body.dice(f"stop {name}", number).random() < SAYS_STOP
            stop = "task" if held.at_least else "pain" if said else None
            values.append(Observation(name, held.minutes, at_least=held.at_least, stop=stop))
        values += [
            Observation("sleep", felt.sleep),
            Observation("mood", felt.mood),
            Observation("stress", felt.stress),
            Observation("active", felt.active),
        ]
        return tuple(values)

    def note(self, number: int) -> str | None:
        """Return what the patient notes on day `number`, in their own words."""
        if number == self.course.red_flag:
            return courses.RED_FLAG_NOTE
        dice = self.body.dice("note", number)
        if not self.course.notes or dice.random() >= SEVERAL_NOTES:
            return None
        return dice.choice(self.course.notes)

    def _see_a_doctor(self, number: int) -> None:
        flagged = self.course.red_flag
        if flagged is None or number != flagged + courses.SEEN_AFTER:
            return
        screen = next((s for s in self.records.screens if s.tier == 1 and not s.outcomes), None)
        if screen is not None:
            self.records.add(
                Outcome(
                    screen.id,
                    self.tick(),
                    self.day(number),
                    "seen",
                    courses.RED_FLAG_OUTCOME,
                    courses.RED_FLAG_BY,
                )
            )

    def _evening(self, number: int, *, rises: bool) -> Assessment:
        """Look, answer what is asked, decide, and look again until nothing is left."""
        day = self.day(number)
        found = self._look(day, self.tick())
        self.records.add(*found.facts.triggers.fresh())
        for _ in range(ROUNDS):
            asked = self._answer_safety(number, found)
            if not asked and not self._decide(number, found, rises=rises):
                break
            found = self._look(day, self.tick())
        return found

    def _answer_safety(self, number: int, found: Assessment) -> bool:
        flag = number == self.course.red_flag
        items = found.rescreen.items if found.rescreen else ()
        given: list[Record] = []
        if found.facts.shut_since and not self.is_away(number):
            given += answers.reopening(self.tick(), self.day(number))
        for suggestion in found.suggestions:
            given += answers.safety(suggestion, items, self.tick(), self.day(number), flag)
        self.records.add(*given)
        return bool(given)

    def _decide(self, number: int, found: Assessment, *, rises: bool) -> bool:
        open_ones = [
            s
            for s in found.suggestions
            if answers.waits(s)
            and s.rule not in self.course.leaves
            and (rises or s.rule not in answers.STEPS)
        ]
        names = {a.name for a in self.records.activities}
        for suggestion in open_ones:
            choice = self._choice(number, suggestion)
            made = answers.decide(
                suggestion, choice, self.tick(), self.day(number), self.records.quotas, names
            )
            self.records.add(*made)
            if choice == "follow":
                self._change_habits(number, suggestion)
        return bool(open_ones)

    def _choice(self, number: int, suggestion: Suggestion) -> Choice:
        if suggestion.kind == "review" or any(c.after <= 0 for c in suggestion.changes):
            asked = any(d.key == suggestion.id for d in self.records.decisions)
            return "ignore" if asked else "ask"
        dice = self.body.dice(f"choice {suggestion.id}", number)
        return "follow" if dice.random() < self.course.follows else "ignore"

    def _change_habits(self, number: int, suggestion: Suggestion) -> None:
        if suggestion.rule == "PA-1":
            self.body.evened = True
        elif suggestion.rule == "PA-2" and self.body.restarted is None:
            self.body.restarted = number
        elif suggestion.rule == "MD-3":
            self.body.afraid /= 2
        elif suggestion.rule == "SL-1":
            self.body.rested = clamp(self.body.rested + 15, 0, 45)

    def _look(self, day: date, at: datetime) -> Assessment:
        return self.assess(self.records.diary(day), at, day)


def _with_sets(quota: Quota, exercise: courses.Exercise) -> Quota:
    return quota._replace(sets=exercise.sets, reps=exercise.reps)
