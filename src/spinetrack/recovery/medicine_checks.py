"""What the medicine list and the intakes come to: the triggers M1 to M12, without a word to the patient.

Only what clinical.md 9.2 lists is looked at. Nothing here says what to take.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from spinetrack.recovery import medicine_facts as known
from spinetrack.recovery import medicine_flags, medicine_sums
from spinetrack.recovery.medicines import (
    active,
    classes_of,
    constipating,
    marks_of,
    needs_care,
    plain_name,
    sedating_on,
    thins_blood,
)
from spinetrack.recovery.series import days_back
from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from spinetrack.recovery.diary import Medicine, Treatment
    from spinetrack.recovery.facts import Facts
    from spinetrack.recovery.medicine_sums import Sum, Taken

WEEK, FORTNIGHT = 7, 14
NSAID_DAYS: Final = 10
REVIEW_DAYS: Final = (28, 42)
REVIEW_WINDOW: Final = 14
"""Days before the start of a medicine whose sleep and limb pain are its "before": a rule of this tool."""
REVIEW_UNTIL: Final = 180
"""Days after the start up to which a review is pointed at: as far back as decisions are read."""
GROGGY_MORNINGS: Final = 3
CONSTIPATED_DAYS: Final = 2
NO_MOTION_DAYS: Final = 3
CONSTIPATED: Final = "constipat"
NOT_SO: Final = frozenset({"no", "not", "never", "without", "isn't", "wasn't", "less"})
"""Words shortly before it that take it back."""
OPIOID_DAYS: Final = 7
OPIOID_RUN: Final = 28
NEW_DAYS: Final = 7
BEFORE_NEW: Final = 28
LEAST_BEFORE: Final = 3


class Review(NamedTuple):
    """A medicine whose review point has come (M6)."""

    medicine: Medicine
    day: int
    """28 or 42."""
    age: int
    """Days since it was begun, or its dose changed."""
    sleep: tuple[float | None, float | None]
    """Median minutes before, and of the last 7 days."""
    limb: tuple[float | None, float | None]
    """Median limb pain before, and of the last 7 days."""


class NewSymptom(NamedTuple):
    """Something new within 7 days of a new medicine (M11)."""

    medicine: Medicine
    what: str
    day: date


class MedicineReader:
    """The medicines of one diary on one day."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.diary = facts.diary
        self.now = facts.now
        self.today = facts.today

    # Sums: M1 to M3

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """All intakes that were read, oldest first."""
        return medicine_sums.taken(self.diary, self.now)

    @cached_property
    def lately(self) -> tuple[Taken, ...]:
        """What was taken in the last 24 hours."""
        return medicine_sums.lately(self.taken, self.now, self.today)

    @cached_property
    def limit(self) -> float:
        """Milligrams of paracetamol in 24 hours from which M1 speaks."""
        return known.CARE_LIMIT if needs_care(self.diary) else known.PACK_LIMIT

    @cached_property
    def over(self) -> Sum | None:
        """The highest sum above the pack limit that nobody has looked at yet (M1)."""
        found = medicine_flags.over_lately(self.diary, self.now, self.today)
        return max((s for _, s in found), key=lambda s: (s.total, s.at), default=None)

    @cached_property
    def reached(self) -> Sum | None:
        """The paracetamol of the last 24 hours where it reached the limit (M1)."""
        found = medicine_sums.sum_until(self.taken, known.PARACETAMOL, self.now)
        return found if found.total >= self.limit else None

    @cached_property
    def day_sum(self) -> tuple[date, Sum] | None:
        """A day of the last two on which it reached the limit, where not all hours are known."""
        for day in (self.today, self.today - timedelta(days=1)):
            found = medicine_sums.on_day(self.taken, known.PARACETAMOL, day)
            if found is not None and found.total >= self.limit:
                return day, found
        return None

    @cached_property
    def unknown_amounts(self) -> int:
        """How many intakes of the last 24 hours hold paracetamol of an amount not known."""
        return sum(t.holds.get(known.PARACETAMOL, 0.0) is None for t in self.lately)

    @cached_property
    def shared(self) -> Mapping[str, tuple[Medicine, ...]]:
        """Ingredient to the products that hold it, taken inside 24 hours (M2)."""
        return medicine_sums.shared(self.lately)

    @cached_property
    def nsaids(self) -> tuple[Medicine, ...]:
        """Different anti-inflammatory painkillers taken today, where there are two (M3)."""
        here = [t.medicine for t in self.taken if t.intake.day == self.today and _is_nsaid(t.medicine)]
        by_substance = {frozenset(_nsaid_parts(m)) or plain_name(m.name): m for m in here}
        return tuple(by_substance.values()) if len(by_substance) > 1 else ()

    @cached_property
    def ibuprofen(self) -> Sum | None:
        """The ibuprofen of 24 hours without a prescription, where there was too much to pass over (M3)."""
        found = medicine_sums.sum_until(
            self.taken, known.IBUPROFEN, self.now, of=lambda m: m.bought is not False
        )
        return found if found.total > known.REVIEW_IBUPROFEN else None

    # To ask first: M4, M5, M12

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Groups of `ASK_FIRST` that stand in the diary."""
        return marks_of(self.diary, self.today)

    @cached_property
    def nsaid_now(self) -> Medicine | None:
        """The anti-inflammatory painkiller taken last, inside 24 hours."""
        return next((t.medicine for t in reversed(self.lately) if _is_nsaid(t.medicine)), None)

    def days_of(self, wanted: Callable[[Medicine], bool], until: date, days: int) -> tuple[date, ...]:
        """Return on which of the `days` days that end on `until` such a medicine was taken."""
        found = {t.intake.day for t in self.taken if wanted(t.medicine)}
        return tuple(d for d in days_back(until, days) if d in found)

    @cached_property
    def nsaid_days(self) -> int:
        """Days of the last 14 with an anti-inflammatory painkiller that was not prescribed (M5)."""
        return len(self.days_of(lambda m: _is_nsaid(m) and m.bought is not False, self.today, FORTNIGHT))

    @cached_property
    def procedure(self) -> Treatment | None:
        """The next planned procedure on the spine of somebody with a blood thinner (M12)."""
        thinner = self.facts.gates["anticoagulant"] or "blood-thinner" in self.marks
        if not self.diary.treatments or not thinner:
            return None
        from spinetrack.recovery.treatments import kind_of

        ahead = [t for t in self.diary.treatments if t.start >= self.today and kind_of(t).is_procedure]
        return min(ahead, key=lambda t: (t.start, t.id), default=None)

    @cached_property
    def thinners(self) -> tuple[Medicine, ...]:
        """Blood thinners on the list."""
        return tuple(m for m in active(self.diary, self.today) if thins_blood(m))

    # Reviews: M6, M9 and M11

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """Nerve-pain medicines at day 28 or 42 and later (M6)."""
        rows = (m for m in active(self.diary, self.today) if "neuropathic" in classes_of(m))
        found = ((m, (self.today - m.since).days) for m in rows)
        return tuple(self._review(m, age) for m, age in found if REVIEW_DAYS[0] <= age < REVIEW_UNTIL)

    def _review(self, medicine: Medicine, age: int) -> Review:
        before = medicine.since - timedelta(days=1)
        days = self.facts.days

        def pair(metric: str) -> tuple[float | None, float | None]:
            return days.med(metric, before, REVIEW_WINDOW), days.med(metric, self.today, WEEK)

        day = max(d for d in REVIEW_DAYS if d <= age)
        return Review(medicine, day, age, pair("sleep"), pair("limb"))

    @cached_property
    def opioid_days(self) -> int:
        """Days of the last 14 with an opioid (M9)."""
        return len(self.days_of(_is_opioid, self.today, FORTNIGHT))

    @cached_property
    def opioid_run(self) -> int:
        """Days in a row with an opioid, up to today or yesterday (M9)."""
        found = {t.intake.day for t in self.taken if _is_opioid(t.medicine)}
        day = self.today if self.today in found else self.today - timedelta(days=1)
        run = 0
        while day in found:
            run, day = run + 1, day - timedelta(days=1)
        return run

    @cached_property
    def opioids(self) -> tuple[Medicine, ...]:
        """Opioids taken in the last 14 days."""
        since = self.today - timedelta(days=FORTNIGHT - 1)
        rows = (t.medicine for t in self.taken if t.intake.day >= since and _is_opioid(t.medicine))
        return tuple({m.id: m for m in rows}.values())

    @cached_property
    def new_symptoms(self) -> tuple[NewSymptom, ...]:
        """What came up within 7 days of a new medicine, and at most 7 days ago (M11)."""
        found = (self._symptom_of(m) for m in active(self.diary, self.today) if self._is_new(m))
        return tuple(symptom for symptom in found if symptom)

    def _is_new(self, medicine: Medicine) -> bool:
        if (self.today - medicine.since).days > 2 * NEW_DAYS:
            return False
        name = plain_name(medicine.name)
        return not any(plain_name(m.name) == name and m.since < medicine.since for m in self.diary.medicines)

    def _symptom_of(self, medicine: Medicine) -> NewSymptom | None:
        since = max(medicine.since, self.today - timedelta(days=NEW_DAYS))
        until = min(medicine.since + timedelta(days=NEW_DAYS), self.today)
        for effect in self.diary.side_effects:
            if since <= effect.day <= until and effect.medicine_id in {None, medicine.id}:
                return NewSymptom(medicine, effect.text, effect.day)
        day = since
        while day <= until:
            what = self._new_place(medicine, day)
            if what:
                return NewSymptom(medicine, what, day)
            day += timedelta(days=1)
        return None

    def _new_place(self, medicine: Medicine, day: date) -> str:
        """Return what hurts on `day` and did not in the 4 weeks before the medicine; "" for nothing."""
        from spinetrack.recovery.sites import label

        entries = self.facts.days.entries_by_day
        before = [d for d in days_back(medicine.since - timedelta(days=1), BEFORE_NEW) if d in entries]
        if len(before) < LEAST_BEFORE or day not in entries:
            return ""
        past = {s for d in before for e in entries[d] for s, value in e.sites.items() if value > 0}
        here = [s for e in entries[day] for s, value in e.sites.items() if value > 0]
        place = next((s for s in here if s not in past), None)
        if place is not None and past:
            return f"pain at a new place, {label(place)}"
        limb = self.facts.days.of("limb")
        if limb.get(day, 0) > 0 and not any(limb.get(d, 0) > 0 for d in before):
            return "new leg or arm pain"
        return ""

    # Drowsy heads and slow bowels: M7, M8 and M10

    @cached_property
    def groggy(self) -> tuple[date, ...]:
        """Groggy mornings of the last 7 after an evening with a sedating medicine (M7)."""
        grog = self.facts.days.of("grog")
        return tuple(
            d
            for d in days_back(self.today, WEEK)
            if grog.get(d) and sedating_on(self.diary, d - timedelta(days=1))
        )

    @cached_property
    def groggy_after(self) -> tuple[Medicine, ...]:
        """The sedating medicines of the evenings before them."""
        rows = (m for d in self.groggy for m in sedating_on(self.diary, d - timedelta(days=1)))
        return tuple({m.id: m for m in rows}.values())

    @cached_property
    def drowsy_evening(self) -> tuple[date, tuple[Medicine, ...]] | None:
        """Yesterday or today with two sedating medicines in one evening (M10)."""
        for day in (self.today, self.today - timedelta(days=1)):
            found = sedating_on(self.diary, day)
            if len(found) > 1:
                return day, found
        return None

    @cached_property
    def constipating(self) -> tuple[Medicine, ...]:
        """Medicines on the list that can slow the bowels."""
        return constipating(self.diary, self.today)

    @cached_property
    def constipated(self) -> int:
        """Days of the last 7 with a note that says so (M8)."""
        since = self.today - timedelta(days=WEEK - 1)
        notes = ((e.day, e.note or "") for e in self.diary.entries)
        effects = ((s.day, s.text) for s in self.diary.side_effects)
        said = {d for d, text in (*notes, *effects) if _says_constipated(text)}
        return sum(since <= day <= self.today for day in said)

    @cached_property
    def no_motion(self) -> int:
        """Days in a row without a bowel movement, up to today or yesterday (M8)."""
        bowel = self.facts.days.of("bowel")
        day = self.today if self.today in bowel else self.today - timedelta(days=1)
        run = 0
        while bowel.get(day) == 0:
            run, day = run + 1, day - timedelta(days=1)
        return run


def _says_constipated(text: str) -> bool:
    """Return whether words say so, and do not take it back: "not constipated any more" does."""
    words = text.casefold().split()
    return any(
        CONSTIPATED in word and NOT_SO.isdisjoint(words[max(0, place - 2) : place])
        for place, word in enumerate(words)
    )


def _is_nsaid(medicine: Medicine) -> bool:
    return "nsaid" in classes_of(medicine)


def _nsaid_parts(medicine: Medicine) -> list[str]:
    from spinetrack.recovery.medicines import ingredients_of

    rows = known.SUBSTANCES
    return [name for name in ingredients_of(medicine) if name in rows and rows[name].group == "nsaid"]


def _is_opioid(medicine: Medicine) -> bool:
    return "opioid" in classes_of(medicine)
