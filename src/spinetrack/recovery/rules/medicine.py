"""Priority 1 and 4: what the medicine list says, inside the limits of clinical.md 9.2.

No message says what to take, how much, or what to change; each hands the question to a pharmacist or
to the doctor who gave the medicine. A number that was not checked is never said as a fact: the pack
limit of paracetamol is spoken of as what it is, a limit on the pack. Imported only for a diary that
has medicines or treatments.
"""

from __future__ import annotations

from datetime import timedelta

from spinetrack.recovery import places, profile
from spinetrack.recovery.findings import Fact, Suggestion
from spinetrack.recovery.medicine_checks import (
    CONSTIPATED_DAYS,
    GROGGY_MORNINGS,
    NO_MOTION_DAYS,
    NSAID_DAYS,
    OPIOID_DAYS,
    OPIOID_RUN,
)
from spinetrack.recovery.medicine_facts import (
    ASK_FIRST,
    CARE_LIMIT,
    IBUPROFEN,
    PACK_LIMIT,
    PARACETAMOL,
    REVIEW_IBUPROFEN,
    SUBSTANCES,
)
from spinetrack.recovery.medicines import ingredients_of, needs_care
from spinetrack.recovery.rules.engine import rule
from spinetrack.recovery.words import counted, listed, number, plain_day
from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spinetrack.recovery.context import Context
    from spinetrack.recovery.diary import Medicine
    from spinetrack.recovery.medicine_checks import Review
    from spinetrack.recovery.medicine_sums import Sum

SOURCE = ("rule book 9.2",)
SURE_PACK = "The limit is the one on packs for adults. Yours may be less: a pharmacist knows."
SURE_LIST = "From public advice on medicines, not checked in a register. A pharmacist knows more."
SURE_OWN = "A rule of this tool. It counts what you logged. Your doctor's word goes before it."
BY_ITSELF = "Part of a change comes by itself: people begin a medicine in a bad week."
GAVE_IT = "the doctor who gave it"
MOST_NAMED = 3
TWO = 2
OVER = "over"
"""The subject above the pack limit: who left the notice of the limit alone must still hear this one."""
HARD_TO_WAKE = "Somebody who is very hard to wake needs an ambulance: call"


def said(ingredient: str, context: Context) -> str:
    """Return what an ingredient is called where the patient lives."""
    where = places.place(profile.value_of(context.facts.diary, "country"))
    return "acetaminophen" if ingredient == PARACETAMOL and where == places.US else ingredient


def names(medicines: Iterable[Medicine]) -> str:
    """Return the names of medicines as a list in a sentence, each once."""
    return listed(list(dict.fromkeys(m.name for m in medicines)))


def _is_minor(context: Context) -> bool:
    return bool(context.facts.gates["minor"])


def _subject(medicine: Medicine) -> str:
    """Return what stands for a medicine in a suggestion's id: an ingredient, else its name."""
    known = [name for name in ingredients_of(medicine) if name in SUBSTANCES]
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in (known or [medicine.name])[0].lower())
    return "-".join(plain.split()) or "medicine"


# -- MX-2: sums and doubles ------------------------------------------------------------------------


@rule("MX-2", 1, SOURCE, SURE_PACK)
def limits(context: Context) -> Iterator[Suggestion]:
    """The pack limit of paracetamol, one ingredient twice, two anti-inflammatory painkillers (M1 to M3)."""
    if not context.facts.diary.intakes:
        return
    for found in (_paracetamol(context), _twice(context), _two_nsaids(context), _ibuprofen(context)):
        if found is not None:
            yield found


def _limit(title: str, message: str, subject: str, why: Sequence[Fact], sum: str = "") -> Suggestion:  # noqa: A002
    return Suggestion("MX-2", 1, "safety", title, message, subject, tuple(why), sum=sum)


def _paracetamol(context: Context) -> Suggestion | None:
    reader = context.facts.medicines
    if reader.over is not None:
        return _over(context, reader.over)
    if reader.reached is not None:
        return _reached(context, reader.reached)
    if reader.day_sum is not None:
        day, found = reader.day_sum
        return _unknown_hours(context, plain_day(day), found)
    return None


def _over(context: Context, found: Sum) -> Suggestion:
    """M1 above the pack limit: the words of RF-2, whatever else is open."""
    from spinetrack.recovery.medicine_flags import is_own
    from spinetrack.recovery.rules.safety import sign_text

    rows = [s for s in context.facts.open_flags if is_own(s) and s.tier == 2]  # noqa: PLR2004
    text = f" {sign_text(context, rows[-1])}" if rows else ""
    if _is_minor(context):
        return _limit("Ask about paracetamol now", f"{_ASK_NOW}{text}", OVER, (_SEVERAL,))
    name = said(PARACETAMOL, context)
    return _limit(
        f"{number(found.total)} mg of {name} in 24 hours",
        f"In 24 hours you logged {number(found.total)} mg of {name}. "
        f"The pack limit is {number(PACK_LIMIT)} mg.{text}",
        OVER,
        (Fact(f"mg of {name} in 24 hours", found.total, PACK_LIMIT, None),),
        _adds(found),
    )


_ASK_NOW = "Ask a pharmacist or the poison line now."
_SEVERAL = Fact("paracetamol", "logged several times", None, None)


def _reached(context: Context, found: Sum) -> Suggestion:
    if _is_minor(context):
        return _limit("Ask about paracetamol now", _ASK_NOW, PARACETAMOL, (_SEVERAL,))
    reader, name = context.facts.medicines, said(PARACETAMOL, context)
    care = listed(needs_care(context.facts.diary))
    parts = [f"In 24 hours you logged {number(found.total)} mg of {name}."]
    parts.append(f"The pack limit is {number(PACK_LIMIT)} mg{f', and you marked {care}' if care else ''}.")
    if reader.unknown_amounts:
        parts.append("Some doses have no amount, so it can be more.")
    return _limit(
        f"Limit reached: {name}" if found.total >= PACK_LIMIT else f"Ask about {name} now",
        " ".join([*parts, "Ask a pharmacist now."]),
        PARACETAMOL,
        (Fact(f"mg of {name} in 24 hours", found.total, CARE_LIMIT if care else PACK_LIMIT, None),),
        _adds(found),
    )


def _unknown_hours(context: Context, day: str, found: Sum) -> Suggestion:
    if _is_minor(context):
        return _limit("Ask about paracetamol now", _ASK_NOW, PARACETAMOL, (_SEVERAL,))
    name = said(PARACETAMOL, context)
    return _limit(
        f"Ask about {name} now",
        f"For {day} you logged {number(found.total)} mg of {name}. Not all hours are known, "
        f"so no sum over 24 hours is made. {_ASK_NOW}",
        PARACETAMOL,
        (Fact(f"mg of {name} on {day}, not all hours known", found.total, PACK_LIMIT, None),),
        _adds(found),
    )


def _adds(found: Sum) -> str:
    """Return the sum as the patient can check it: `1000 + 500 = 1500 mg`."""
    return f"{' + '.join(number(a) for a in found.amounts)} = {number(found.total)} mg"


def _twice(context: Context) -> Suggestion | None:
    shared = context.facts.medicines.shared
    if not shared:
        return None
    lines = [
        f"{names(products)} {'both' if len(products) == TWO else 'all'} hold {said(name, context)}."
        for name, products in shared.items()
    ]
    return _limit(
        "Two medicines hold the same",
        " ".join([*dict.fromkeys(lines), "You logged them inside 24 hours. Ask a pharmacist now."]),
        "twice",
        tuple(Fact(f"products with {said(n, context)}", len(p), TWO, None) for n, p in shared.items()),
    )._replace(sure=SURE_LIST)


def _two_nsaids(context: Context) -> Suggestion | None:
    found = context.facts.medicines.nsaids
    if not found:
        return None
    return _limit(
        "Two anti-inflammatory painkillers in one day",
        f"Today you logged {names(found)}. They are painkillers of one kind. Ask a pharmacist now.",
        "nsaids",
        (Fact("anti-inflammatory painkillers today", len(found), TWO, None),),
    )._replace(sure=SURE_LIST)


def _ibuprofen(context: Context) -> Suggestion | None:
    found = context.facts.medicines.ibuprofen
    if found is None:
        return None
    amount = f"{number(found.total)} mg of {IBUPROFEN}"
    message = f"In 24 hours you logged {amount}, not marked as from a doctor. Ask a pharmacist now."
    why, total = Fact(f"mg of {IBUPROFEN} in 24 hours", found.total, REVIEW_IBUPROFEN, None), _adds(found)
    if _is_minor(context):
        message = "You logged ibuprofen several times. Ask a pharmacist now."
        why, total = _SEVERAL._replace(fact=IBUPROFEN), ""
    return _limit("Ask about ibuprofen", message, IBUPROFEN, (why,), total)._replace(sure=SURE_LIST)


# -- MX-3: ask first -------------------------------------------------------------------------------


@rule("MX-3", 1, ("NHS advice", *SOURCE), SURE_LIST)
def ask_first(context: Context) -> Iterator[Suggestion]:
    """A painkiller that some should ask about first; a blood thinner before a procedure (M4, M12)."""
    reader = context.facts.medicines
    if reader.nsaid_now is not None and reader.marks:
        marks = _few([ASK_FIRST[mark] for mark in reader.marks])
        yield Suggestion(
            "MX-3", 1, "safety", "Ask before you take more of it",
            f"You logged {reader.nsaid_now.name}. Your diary marks {marks}. "
            "Check with a pharmacist or your doctor before more.",
            "nsaid",
            (Fact("marks in your diary", marks, "none", None),),
        )  # fmt: skip
    planned = reader.procedure
    if planned is not None:
        thinner = names(reader.thinners) or "a blood thinner"
        yield Suggestion(
            "MX-3", 1, "safety", "Tell the team before the procedure",
            f"For {plain_day(planned.start)} you have planned: {planned.name}. "
            f"Your diary says you take {thinner}. Tell the procedure team well before that day.",
            "procedure",
            (Fact("days until it", (planned.start - context.today).days, None, None),),
        )  # fmt: skip


def _few(words: list[str]) -> str:
    """Return at most three of a list, and how many more there are."""
    more = len(words) - MOST_NAMED
    return listed([*words[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])])


# -- MX-1: reviews ---------------------------------------------------------------------------------


@rule("MX-1", 4, SOURCE, SURE_OWN)
def reviews(context: Context) -> Iterator[Suggestion]:
    """A nerve-pain medicine at day 28 and 42; many painkiller days; a new symptom (M6, M5, M11)."""
    if not context.facts.diary.medicines:
        return
    reader = context.facts.medicines
    for review in reader.reviews:
        subject = _subject(review.medicine)
        due = review.medicine.since + timedelta(days=review.day)
        if not context.facts.decided_since(f"MX-1-{subject}", due):
            yield _review(review, subject)
    for found in reader.new_symptoms:
        yield _new_symptom(found.medicine, found.what, plain_day(found.day))
    if reader.nsaid_days >= NSAID_DAYS:
        yield Suggestion(
            "MX-1", 4, "review", "Time for a look at your painkiller",
            f"You took an anti-inflammatory painkiller on {reader.nsaid_days} of the last 14 days. "
            "It is time for a review with your doctor or pharmacist.",
            "nsaid",
            (Fact("days with one, not marked as from a doctor", reader.nsaid_days, NSAID_DAYS, 14),),
        )  # fmt: skip


def _review(review: Review, subject: str) -> Suggestion:
    from spinetrack.recovery.metrics import METRICS, show

    told, why = [], [Fact("days since it was begun or changed", review.age, review.day, None)]
    for key, label, pair in (
        ("sleep", "sleep", review.sleep),
        ("limb", "leg or arm pain", review.limb),
    ):
        before, now = pair
        shown = [None if v is None else show(METRICS[key], v) for v in pair]
        why += [
            Fact(f"usual {label} before it", shown[0], None, 14),
            Fact(f"usual {label} now", shown[1], None, 7),
        ]
        if before is not None and now is not None:
            told.append(f"Usual {label}: {shown[0]} before, {shown[1]} now.")
    change = f"{' '.join(told)} {BY_ITSELF}" if told else "There are too few days to compare."
    return Suggestion(
        "MX-1", 4, "review", f"{review.medicine.name}: a time to look back",
        f"Day {review.day} has come since you began {review.medicine.name}, or its dose changed. {change} "
        f"Talk it over with {GAVE_IT}. Do not stop it by yourself.",
        subject,
        tuple(why),
    )  # fmt: skip


def _new_symptom(medicine: Medicine, what: str, day: str) -> Suggestion:
    return Suggestion(
        "MX-1", 4, "review", f"Something new since {medicine.name}",
        f"You began {medicine.name} on {plain_day(medicine.since)}. On {day} you noted: {what}. "
        f"Tell {GAVE_IT}, or a pharmacist.",
        f"new-{_subject(medicine)}",
        (Fact("first noted", day, "within 7 days", None),),
    )  # fmt: skip


# -- MX-4: drowsy ----------------------------------------------------------------------------------


@rule("MX-4", 4, SOURCE, SURE_LIST)
def drowsy(context: Context) -> Iterator[Suggestion]:
    """Groggy mornings after an evening medicine; two that make drowsy in one evening (M7, M10)."""
    if not context.facts.diary.intakes:
        return
    reader = context.facts.medicines
    call = places.place(profile.value_of(context.facts.diary, "country")).emergency
    if len(reader.groggy) >= GROGGY_MORNINGS:
        yield Suggestion(
            "MX-4", 4, "review", "Groggy mornings after an evening medicine",
            f"You were groggy on {counted(len(reader.groggy), 'morning')} of 7, "
            f"after {names(reader.groggy_after)} in the evening. "
            f"Ask {GAVE_IT} about the time of day. {HARD_TO_WAKE} {call}.",
            "morning",
            (Fact("groggy mornings after such an evening", len(reader.groggy), GROGGY_MORNINGS, 7),),
        )  # fmt: skip
    if reader.drowsy_evening is not None:
        day, found = reader.drowsy_evening
        yield Suggestion(
            "MX-4", 4, "review", "Two medicines that make drowsy",
            f"In the evening of {plain_day(day)} you logged {names(found)}. Both can make you drowsy. "
            f"Tell a pharmacist or your doctor, and take care on stairs and roads. {HARD_TO_WAKE} {call}.",
            "evening",
            (Fact("medicines that can make drowsy, one evening", len(found), TWO, None),),
        )  # fmt: skip


# -- MX-5 and MX-6 ---------------------------------------------------------------------------------


@rule("MX-5", 4, SOURCE, SURE_LIST)
def slow_bowels(context: Context) -> Suggestion | None:
    """Two medicines that slow the bowels, and bowels that are slow (M8)."""
    reader = context.facts.medicines
    still = reader.no_motion >= NO_MOTION_DAYS
    if not (still or reader.constipated >= CONSTIPATED_DAYS) or len(reader.constipating) < TWO:
        return None
    what = (
        f"Your bowels have not moved for {counted(reader.no_motion, 'day')}."
        if still
        else f"You noted it on {counted(reader.constipated, 'day')} of 7: constipated."
    )
    return Suggestion(
        "MX-5", 4, "review", "Medicines that slow the bowels",
        f"{what} {names(reader.constipating)} can each slow the bowels. Ask a pharmacist.{_also(context)}",
        why=(
            Fact("medicines on your list that can slow the bowels", len(reader.constipating), TWO, None),
            Fact("days noted as constipated", reader.constipated, CONSTIPATED_DAYS, 7),
            Fact("days in a row without a motion", reader.no_motion, NO_MOTION_DAYS, None),
        ),
    )  # fmt: skip


def _also(context: Context) -> str:
    """Return the reminder of nerve signs, only where one was reported in the last two weeks (CE8)."""
    since = context.today - timedelta(days=14)
    signs = (
        a.item
        for s in context.facts.diary.screens
        if s.day >= since
        for a in s.answers
        if a.answer != "no" and a.item.startswith("CE") and a.item != "CE8"
    )
    if next(signs, None) is None:
        return ""
    return " You reported a bladder, bowel or leg sign too. If it is back or worse: spinetrack screen"


@rule("MX-6", 4, ("NICE NG59", "CDC 2022", *SOURCE), SURE_OWN)
def opioid_days(context: Context) -> Suggestion | None:
    """An opioid on half the days of two weeks, or four weeks in a row (M9)."""
    reader = context.facts.medicines
    long = reader.opioid_run >= OPIOID_RUN
    if reader.opioid_days < OPIOID_DAYS and not long:
        return None
    when = f"{reader.opioid_run} days in a row" if long else f"{reader.opioid_days} of the last 14 days"
    return Suggestion(
        "MX-6", 4, "review", "Strong painkillers: plan a review",
        f"You took {names(reader.opioids)} on {when}. Plan a review with {GAVE_IT}, or your pharmacist.",
        why=(
            Fact("days with an opioid", reader.opioid_days, OPIOID_DAYS, 14),
            Fact("days in a row with one", reader.opioid_run, OPIOID_RUN, None),
        ),
    )  # fmt: skip
