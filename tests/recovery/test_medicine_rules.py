"""MX-1 to MX-6: where each speaks, where it just does not, what silences it, and the sign of M1."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import Patient, at
from tests.recovery.medicated import Medicated, calm
from tests.recovery.test_messages import told

from spinetrack.recovery import medicine_flags as flags
from spinetrack.recovery.diary import Answer, Intake, Outcome, Screen
from spinetrack.recovery.rules import RULES, load

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment

load()


def para(
    *hours: int, n: int = 0, mg: float = 1000, first: Medicated | None = None, **more: object
) -> Medicated:
    patient = (first or calm()).med("paracetamol", mg=mg)
    for hour in hours:
        patient.take("paracetamol", n, hour, **more)  # type: ignore[arg-type]
    return patient


FOUR = (8, 12, 16, 20)


def vector_13() -> Medicated:
    return para(*FOUR).take("paracetamol", 0, 23, 0.5)


def marked(*marks: str, name: str = "ibuprofen") -> Medicated:
    patient = calm().med(name)
    if marks:
        patient.fact("tags", ",".join(marks))
    return patient.take(name)


def evenings(groggy: int, hour: int = 21, tags: tuple[str, ...] = ("sedating",)) -> Medicated:
    patient = calm().med("nightcap", tags=tags)
    for n in range(1, 6):
        patient.take("nightcap", n, hour)
    for n in range(groggy):
        patient.log(n, hour=8, grog=1)
    return patient


def slow(bowel: tuple[int, ...], names: tuple[str, ...] = ("codeine", "iron")) -> Medicated:
    patient = calm()
    for name in names:
        patient.med(name)
    for n, moved in enumerate(bowel):
        patient.log(n, hour=20, bowel=moved)
    return patient


def constipated(days: int, note: str = "a bit Constipated") -> Medicated:
    patient = slow(())
    for n in range(days):
        patient.log(n, hour=21, note=note)
    return patient.screen(0, hour=22)


def opioids(days: int, every: int = 1, name: str = "tramadol") -> Medicated:
    patient = calm().med(name)
    for n in range(days):
        patient.take(name, n * every)
    return patient


def nerve(age: int, name: str = "gabapentin") -> Medicated:
    patient = calm([])
    for n in range(60):
        patient.log(n, pain=4 - n % 2, sleep=420 if n < age else 360, limb=2 if n < age else 5)
    return patient.med(name, age)


def weighed(kilos: float) -> Medicated:
    patient = para(8, 12, 16)
    patient.log(40, hour=9, weight=49)
    patient.log(3, hour=9, weight=kilos)
    return patient


def many_days(days: int, bought: bool | None = None) -> Medicated:
    patient = calm().med("ibuprofen", mg=200, bought=bought)
    for n in range(days):
        patient.take("ibuprofen", n)
    return patient


def begun(n: int, symptom: int, name: str | None = "duloxetine") -> Medicated:
    return calm().med("duloxetine", n).med("ibuprofen").effect("dry mouth", symptom, name)


def new_place(n: int) -> Medicated:
    patient = calm().med("duloxetine", 5)
    for day in range(30):
        patient.log(day, hour=18, limb=3.0 if day == n else 0.0)
    return patient.screen(0, hour=22)


def planned(days: int, *, kind: str = "epidural", gate: bool = True, thinner: bool = False) -> Medicated:
    patient = calm()
    patient.gates(14, yes=["anticoagulant"] if gate else [])
    if thinner:
        patient.med("apixaban")
    return patient.treatment(kind, patient.ahead(days))


CASES: dict[str, tuple[Callable[[], Medicated], Callable[[], Medicated]]] = {
    "M1 over": (vector_13, lambda: para(*FOUR)),
    "M1 limit": (lambda: para(*FOUR), lambda: para(8, 12, 16, mg=1333)),
    "M1 weight": (lambda: para(8, 12, 16).fact("weight-under-50", "yes"), lambda: para(8, 12, 16)),
    "M1 logged weight": (lambda: weighed(49.9), lambda: weighed(50)),
    "M1 liver": (lambda: para(8, 12, 16).fact("tags", "liver"), lambda: para(8, 12).fact("tags", "liver")),
    "M1 hours": (
        lambda: para(8, 12).take("paracetamol", 0, 20, 2, known=False),
        lambda: para(8, 12).take("paracetamol", 0, 20, known=False),
    ),
    "M2": (
        lambda: calm().med("Tylenol").med("co-codamol").take("Tylenol").take("co-codamol", 1, 23, minute=1),
        lambda: calm().med("Tylenol").med("co-codamol").take("Tylenol").take("co-codamol", 1, 23),
    ),
    "M3 two": (
        lambda: calm().med("Advil").med("naproxen").take("Advil", 0, 9).take("naproxen", 0, 18),
        lambda: calm().med("Advil").med("naproxen").take("Advil", 0, 9).take("naproxen", 1, 22),
    ),
    "M3 ibuprofen": (
        lambda: calm().med("ibuprofen", mg=400).take("ibuprofen", 0, 8, 2).take("ibuprofen", 0, 18, 2),
        lambda: calm().med("ibuprofen", mg=400).take("ibuprofen", 0, 8, 2).take("ibuprofen", 0, 18),
    ),
    "M4": (lambda: marked("ulcer"), marked),
    "M5": (lambda: many_days(10, bought=True), lambda: many_days(9, bought=True)),
    "M6 28": (lambda: nerve(28), lambda: nerve(27)),
    "M6 42": (lambda: nerve(42), lambda: nerve(42).decide(0, "MX-1-gabapentin", "follow")),
    "M7": (lambda: evenings(3), lambda: evenings(2)),
    "M8": (lambda: slow((0, 0, 0)), lambda: slow((0, 0, 1))),
    "M8 words": (lambda: constipated(2), lambda: constipated(1)),
    "M9": (lambda: opioids(7, 2), lambda: opioids(6, 2)),
    "M9 run": (lambda: opioids(28), lambda: opioids(6)),
    "M10": (
        lambda: calm().med("codeine").med("diazepam").take("codeine", 0, 18).take("diazepam", 0, 22),
        lambda: calm().med("codeine").med("diazepam").take("codeine", 0, 16).take("diazepam", 0, 22),
    ),
    "M11": (lambda: begun(7, 0), lambda: begun(8, 0)),
    "M11 place": (lambda: new_place(0), lambda: new_place(6)),
    "M12": (lambda: planned(9), lambda: planned(9, gate=False)),
}
EARLY: dict[str, Callable[[], Medicated]] = {
    "MX-1": CASES["M6 28"][0],
    "MX-2": lambda: para(*FOUR).take("paracetamol", 0, 21, 0.5),
    "MX-3": CASES["M4"][0],
    "MX-4": CASES["M7"][0],
    "MX-5": CASES["M8"][0],
    "MX-6": CASES["M9"][0],
    **{case: make for case, (make, _) in CASES.items()},
}
"""Patients of whom each rule speaks by ten in the evening, for the test of words."""
WHERE = {
    "M1": ("MX-2", "paracetamol"), "M1 over": ("MX-2", "over"), "M2": ("MX-2", "twice"), "M3 two": ("MX-2", "nsaids"),
    "M3 ibuprofen": ("MX-2", "ibuprofen"), "M4": ("MX-3", "nsaid"), "M5": ("MX-1", "nsaid"),
    "M6": ("MX-1", "gabapentin"), "M7": ("MX-4", "morning"), "M8": ("MX-5", ""), "M9": ("MX-6", ""),
    "M10": ("MX-4", "evening"), "M11": ("MX-1", "new-duloxetine"), "M12": ("MX-3", "procedure"),
}  # fmt: skip


def where(case: str) -> tuple[str, str]:
    return WHERE.get(case) or WHERE[case.split(maxsplit=1)[0]]


@pytest.mark.parametrize("case", CASES)
def test_it_speaks(case: str) -> None:
    assert CASES[case][0]().said(*where(case))


@pytest.mark.parametrize("case", CASES)
def test_just_below_its_threshold_it_is_silent(case: str) -> None:
    patient = CASES[case][1]()
    if case == "M1 over":
        assert [s.title for s in patient.said("MX-2")] == ["Limit reached: paracetamol"]
        assert not patient.assess(23).open_flags
    else:
        assert not patient.said(*where(case))


@pytest.mark.parametrize("case", [c for c in CASES if c != "M1 over"])
def test_an_open_flag_silences_all_but_the_facts_of_mx_2(case: str) -> None:
    patient = CASES[case][0]()
    patient.screen(1, yes=["CE1"], hour=23)
    found = patient.assess(23)
    rules = {s.rule for s in found.suggestions}
    assert rules == {"RF-5"} | ({"MX-2"} if where(case)[0] == "MX-2" else set())
    assert found.plan == ()


@pytest.mark.parametrize("case", CASES)
def test_who_wants_no_suggestions_still_hears_what_concerns_safety(case: str) -> None:
    patient = CASES[case][0]()
    patient.fact("rises", "no")
    heard = {s.rule for s in patient.assess(23).suggestions}
    rule = where(case)[0]
    assert (rule in heard) is (rule in {"MX-2", "MX-3"})


@pytest.mark.parametrize("case", CASES)
def test_every_word_and_number(case: str, snapshot: SnapshotAssertion) -> None:
    found = CASES[case][0]().said(*where(case))
    assert "\n".join(line for s in found for line in told(s)) == snapshot


def test_the_rules_have_the_priorities_of_the_table() -> None:
    found = {name: RULES[name].priority for name in RULES if name.startswith("MX-")}
    assert found == {"MX-1": 4, "MX-2": 1, "MX-3": 1, "MX-4": 4, "MX-5": 4, "MX-6": 4}


# -- the limits of clinical.md 9.2 ------------------------------------------------------------

ORDERS = re.compile(
    r"\b(start\w*|stop\w*|rais\w*|lower\w*|switch\w*|increas\w*|reduc\w*|taper\w*|instead|half|double|skip\w*)\b"
)
DO_NOT_ALONE = "Do not stop it by yourself."


def everything_said() -> list[str]:
    return [
        text.replace(DO_NOT_ALONE, "")
        for make, _ in CASES.values()
        for s in make().said("MX-1") + make().said("MX-2") + make().said("MX-3")
        + make().said("MX-4") + make().said("MX-5") + make().said("MX-6")
        for text in (s.title, s.message, s.sum, s.sure, *(f.fact for f in s.why))
    ]  # fmt: skip


def test_no_message_says_what_to_do_with_a_medicine() -> None:
    """The one exception is M6's own: do not stop by yourself. RF-2's text begins with the word STOP."""
    texts = [text.replace("STOP.", "") for text in everything_said()]
    assert len(texts) > 60
    assert not [text for text in texts if ORDERS.search(text.lower())]


def test_no_number_but_what_was_logged_and_the_pack_limit_is_said() -> None:
    """1200 mg of ibuprofen was never checked: it triggers, and is not quoted as a fact."""
    found = CASES["M3 ibuprofen"][0]().said("MX-2", "ibuprofen")
    assert "1200" not in found[0].message
    assert [f.threshold for f in found[0].why] == [1200]


# -- M1: the sign -----------------------------------------------------------------------------


def rf_2(found: Assessment) -> str:
    return next(s.message for s in found.suggestions if s.rule in {"RF-2", "RF-5"})


def test_vector_13_stands_inside_the_stop_and_carries_its_text() -> None:
    found = vector_13().fact("country", "UK").assess(23)
    assert [s.id for s in found.suggestions] == ["RF-2", "MX-2-over"]
    assert [s.tier for s in found.open_flags] == [2]
    message = found.suggestions[1].message
    assert (
        message == f"In 24 hours you logged 4500 mg of paracetamol. The pack limit is 4000 mg. {rf_2(found)}"
    )
    assert "Call 111 now, even if you feel well." in message
    assert found.suggestions[1].sum == "1000 + 1000 + 1000 + 1000 + 500 = 4500 mg"


def test_who_left_the_limit_alone_still_hears_of_more() -> None:
    patient = vector_13().decide(1, "MX-2-paracetamol", "ignore")
    assert [s.id for s in patient.assess(23).suggestions] == ["RF-2", "MX-2-over"]
    assert not para(*FOUR).decide(1, "MX-2-paracetamol", "ignore").said("MX-2")


def test_vector_14_is_a_notice_and_no_sign() -> None:
    found = para(*FOUR).assess(23)
    assert [s.id for s in found.suggestions if s.priority < 2] == ["MX-2-paracetamol"]
    assert found.suggestions[0].title == "Limit reached: paracetamol"
    assert found.open_flags == ()
    assert len(found.plan) == 3


@pytest.mark.parametrize("make", [vector_13, lambda: para(*FOUR)])
def test_of_somebody_under_18_no_number_is_said(make: Callable[[], Medicated]) -> None:
    patient = make()
    patient.gates(1, yes=["minor"])
    said = patient.said("MX-2")[0]
    text = " ".join(
        (said.title, said.message, said.sum, *(f"{f.fact} {f.value} {f.threshold}" for f in said.why))
    )
    assert "Ask a pharmacist or the poison line now." in said.message
    assert not re.search(r"\d", re.sub(r"\d\d:\d\d|\b(112|999|911)\b", "", text))


def test_where_it_is_called_acetaminophen_it_is_called_so() -> None:
    said = para(*FOUR).fact("country", "US").said("MX-2")[0]
    assert "acetaminophen" in said.message
    assert "paracetamol" not in said.title + said.message


def test_from_the_next_day_on_it_is_still_open() -> None:
    patient = para(*FOUR, n=1).take("paracetamol", 1, 23)
    patient.screens.append(own(patient, 1))
    found = patient.assess(12)
    assert {s.rule for s in found.suggestions} == {"RF-5", "MX-2"}
    assert "go to an emergency department now" in rf_2(found)


def own(
    patient: Medicated, n: int, item: str = "OD1", tier: int = 2, hour: int = 23, number: int = 90
) -> Screen:
    """The row that `due` writes."""
    return Screen(
        at(patient.day(n), hour), patient.day(n), (Answer(item, "yes"),), tier, id=number, seq=number
    )


def rows(patient: Medicated, hour: int = 23) -> tuple[Screen | Outcome, ...]:
    return flags.due(patient.diary(), at(patient.today, hour, 30), patient.today)


def closed(screen: Screen, patient: Medicated, n: int, kind: str, hour: int = 23, minute: int = 10) -> Screen:
    by = "A&E" if kind == "seen" else None
    outcome = Outcome(screen.id, at(patient.day(n), hour, minute), patient.day(n), kind, "", by, seq=99)  # type: ignore[arg-type]
    return screen._replace(outcomes=(*screen.outcomes, outcome))


def test_an_intake_above_the_limit_makes_one_row() -> None:
    patient = vector_13()
    (row,) = rows(patient)
    assert isinstance(row, Screen)
    assert (row.answers, row.tier) == ((Answer("OD1", "yes"),), 2)
    patient.screens.append(own(patient, 0))
    assert rows(patient) == ()


def test_a_corrected_intake_takes_the_sign_back_and_leaves_no_trace_for_rises() -> None:
    patient = para(*FOUR)
    patient.screens.append(own(patient, 0))
    (row,) = rows(patient)
    assert isinstance(row, Outcome)
    assert (row.screen_id, row.kind, row.text) == (90, "mistake", "the intake was corrected")
    patient.screens[-1] = patient.screens[-1]._replace(outcomes=(row,))
    found = patient.assess(23)
    assert (found.open_flags, found.rescreen, found.facts.flag_closed_on) == ((), None, None)


def test_what_was_seen_stays_closed_until_more_is_logged() -> None:
    patient = vector_13()
    patient.screens.append(closed(own(patient, 0), patient, 0, "seen"))
    assert rows(patient) == ()
    assert patient.said("MX-2")[0].title == "Limit reached: paracetamol"
    patient.take("paracetamol", 0, 23, 0.5, minute=20)
    assert [r.tier for r in rows(patient) if isinstance(r, Screen)] == [2]


def test_a_sign_taken_back_and_put_back_is_open_again() -> None:
    patient = vector_13()
    patient.screens.append(closed(own(patient, 0), patient, 0, "mistake"))
    assert [type(r) for r in rows(patient)] == [Screen]


@pytest.mark.parametrize("answer", ["yes", "unsure", "no"])
def test_on_purpose_or_not_sure_is_an_emergency(answer: str) -> None:
    patient = para(*FOUR).take("paracetamol", 0, 23, purpose=answer)
    found = patient.assess(23)
    if answer == "no":
        assert [s.tier for s in found.open_flags] == [2]
        return
    assert sorted(s.tier or 0 for s in found.open_flags) == [1, 2]
    assert found.suggestions[0].rule == "RF-1"
    assert "Go to an emergency department now" in found.suggestions[0].message
    assert "Someone listens" in found.suggestions[0].message


def test_an_emergency_is_not_taken_back_by_a_correction() -> None:
    patient = para(8)
    patient.screens.append(own(patient, 0, "OD2", 1))
    assert rows(patient) == ()
    assert [s.tier for s in patient.assess(23).open_flags] == [1]


def test_an_emergency_answered_by_a_slip_is_closed_as_a_mistake_for_good() -> None:
    patient = para(8, purpose="yes")
    assert [r.tier for r in rows(patient) if isinstance(r, Screen)] == [1]
    patient.screens.append(closed(own(patient, 0, "OD2", 1), patient, 0, "mistake"))
    assert rows(patient) == ()


@pytest.mark.parametrize(("n", "tiers"), [(7, [2]), (8, [])])
def test_what_was_taken_long_ago_opens_nothing_when_it_is_logged_now(n: int, tiers: list[int]) -> None:
    patient = para(*FOUR, n=n, wrote=0).take("paracetamol", n, 22, wrote=0)
    assert [r.tier for r in rows(patient) if isinstance(r, Screen)] == tiers


def test_a_sign_answered_by_hand_is_not_taken_back_for_want_of_intakes() -> None:
    patient = para(8)
    patient.screen(0, yes=["OD1"], hour=22)
    assert rows(patient) == ()
    assert [s.tier for s in patient.assess(23).open_flags] == [2]


def test_a_part_of_a_diary_takes_no_sign_back() -> None:
    """A report of two weeks lacks the intakes of three weeks ago: their open sign must stand in it."""
    patient = para(8)
    patient.screens.append(own(patient, 21))
    part = flags.applied(patient.diary(), at(patient.today, 23), patient.today)
    assert part.screens[-1].outcomes == () or part == patient.diary()
    assert [s.id for s in patient.assess(23).open_flags] == [90]


def test_after_it_was_seen_the_questions_ask_for_what_comes_late() -> None:
    patient = para(*FOUR, n=1).take("paracetamol", 1, 23)
    patient.screens = [s for s in patient.screens if s.day < patient.day(1)]
    patient.screen(2).screens.append(closed(own(patient, 1), patient, 1, "seen"))
    found = patient.assess(12)
    assert found.rescreen is not None
    assert found.rescreen.items[0] == "OT3"
    assert "New signs can come late" in next(s.message for s in found.suggestions if s.rule == "RF-4")


taking = st.lists(
    st.tuples(
        st.integers(0, 71), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from(["yes", "no", "unsure", None])
    ),
    max_size=14,
)


@given(taking, st.integers(0, 10))
def test_writing_what_is_due_once_is_enough_and_undoing_it_all_closes_the_sign(
    logged: list[tuple[int, float, str | None]], keep: int
) -> None:
    """Whatever is logged and taken out again, the open tier-2 row says what the intakes say."""
    patient = calm().med("paracetamol", mg=1000)
    now = at(patient.today, 23, 30)
    for hours, times, purpose in logged:
        moment = now - timedelta(hours=hours)
        number = len(patient.intakes) + 1
        patient.intakes.append(
            Intake(1, moment, moment.date(), now, times, True, purpose, id=number, seq=number)  # type: ignore[arg-type]
        )
    diary = patient.diary()
    for _ in range(2):
        first = written(diary, flags.due(diary, now, patient.today))
        assert flags.due(first, now, patient.today) == ()
        over = bool(flags.over_lately(first, now, patient.today))
        assert over == any(s.answers == (Answer("OD1", "yes"),) for s in flags_open(first))
        diary = first._replace(intakes=tuple(sorted(patient.intakes[:keep], key=lambda i: i.at)))


def flags_open(diary: Diary) -> tuple[Screen, ...]:
    from spinetrack.recovery.redflags import open_flags

    return open_flags(diary.screens, 2)


def written(diary: Diary, found: tuple[Screen | Outcome, ...]) -> Diary:
    """Return a diary with rows as the store would give them back."""
    screens = list(diary.screens)
    for row in found:
        if isinstance(row, Screen):
            screens.append(row._replace(id=100 + len(screens), seq=3000 + len(screens)))
        else:
            place = next(n for n, s in enumerate(screens) if s.id == row.screen_id)
            screens[place] = screens[place]._replace(outcomes=(*screens[place].outcomes, row))
    return diary._replace(screens=tuple(screens))


# -- each trigger by its own words ------------------------------------------------------------


def test_a_prescribed_painkiller_is_not_counted_as_bought() -> None:
    assert not many_days(14, bought=False).said("MX-1", "nsaid")
    assert many_days(14).said("MX-1", "nsaid"), "what was not said counts as bought"
    patient = calm().med("ibuprofen", mg=800, bought=False).take("ibuprofen", 0, 8, 2)
    assert not patient.said("MX-2", "ibuprofen")


def test_two_brands_of_one_substance_are_the_same_twice_and_not_two_kinds() -> None:
    patient = calm().med("Advil").med("Nurofen").take("Advil", 0, 8).take("Nurofen", 0, 12)
    assert patient.said("MX-2", "twice")
    assert not patient.said("MX-2", "nsaids")


def test_two_rows_of_one_name_are_one_product() -> None:
    patient = calm().med("paracetamol", 20, mg=500, until=Medicated().day(1)).take("paracetamol", 1, 23)
    patient.med("paracetamol", 0, mg=1000).take("paracetamol", 0, 9)
    assert not patient.said("MX-2", "twice")


def test_a_gel_is_no_tablet_once_the_patient_says_so() -> None:
    assert marked("ulcer", name="ibuprofen gel").said("MX-3")
    patient = calm().med("ibuprofen gel", group="topical").fact("tags", "ulcer")
    assert not patient.take("ibuprofen gel").said("MX-3")


@pytest.mark.parametrize("gate", ["pregnancy", "heart", "anticoagulant"])
def test_care_questions_are_marks_too(gate: str) -> None:
    patient = marked()
    patient.gates(1, yes=[gate])
    assert patient.said("MX-3", "nsaid")


@pytest.mark.parametrize("name", ["warfarin", "sertraline", "prednisolone", "clopidogrel"])
def test_what_is_on_the_list_is_a_mark_too(name: str) -> None:
    assert marked().med(name).said("MX-3", "nsaid")
    ended = marked().med(name, 90, until=Medicated().day(1))
    assert not ended.said("MX-3", "nsaid")


def test_a_mark_speaks_for_a_day() -> None:
    patient = calm().med("ibuprofen").take("ibuprofen", 1, 22)
    patient.fact("tags", "ulcer")
    assert patient.assess(21).suggestions[0].rule == "MX-3"
    assert not patient.said("MX-3")


def test_the_review_shows_sleep_and_limb_pain_before_and_now() -> None:
    message = nerve(28).said("MX-1")[0].message
    assert "Usual sleep: 6 h before, 7 h now. Usual leg or arm pain: 5 before, 2 now." in message
    assert "people begin a medicine in a bad week" in message
    assert DO_NOT_ALONE in message
    few = calm().med("gabapentin", 28).said("MX-1")[0]
    assert "There are too few days to compare." in few.message


@pytest.mark.parametrize(
    ("age", "decided", "speaks"),
    [(41, 12, False), (42, 12, True), (42, 0, False), (179, 90, False), (180, 300, False)],
)
def test_a_review_is_asked_at_28_and_again_at_42_until_it_is_decided(
    age: int, decided: int, speaks: bool
) -> None:
    patient = nerve(age).decide(decided, "MX-1-gabapentin", "ignore")
    assert bool(patient.said("MX-1")) is speaks


def test_a_new_dose_begins_a_new_count() -> None:
    patient = calm().med("gabapentin", 60, mg=100, until=Medicated().day(11)).med("gabapentin", 10, mg=300)
    assert not patient.said("MX-1")
    assert not patient.effect("dizzy", 8).said("MX-1"), "a new dose is no new medicine"


def test_mornings_count_only_after_an_evening_with_the_medicine() -> None:
    assert not evenings(5, hour=13).said("MX-4")
    assert not evenings(5, tags=("none",)).said("MX-4")


def test_no_motion_is_counted_up_to_yesterday_while_today_was_not_asked() -> None:
    patient = slow(())
    for n in (1, 2, 3):
        patient.log(n, hour=20, bowel=0)
    assert patient.said("MX-5")
    assert not slow((0, 0, 0), ("codeine",)).said("MX-5"), "one medicine alone does not stack"


def test_a_cauda_sign_of_these_days_is_recalled_beside_slow_bowels() -> None:
    assert "spinetrack screen" not in slow((0, 0, 0)).said("MX-5")[0].message
    patient = slow((0, 0, 0))
    patient.screen(5, yes=["CE7"], hour=8).outcome(5, "seen", "GP")
    patient.screen(0, hour=22)
    assert "If it is back or worse: spinetrack screen" in patient.said("MX-5")[0].message


def test_a_symptom_of_another_medicine_is_not_blamed_on_the_new_one() -> None:
    assert not begun(3, 1, "ibuprofen").said("MX-1")
    assert begun(3, 1, None).said("MX-1")
    assert not begun(20, 19).said("MX-1"), "it is said for a week"


@pytest.mark.parametrize(
    ("days", "kind", "speaks"),
    [(0, "epidural", True), (-1, "epidural", False), (5, "mri", False), (5, "ablation", True)],
)
def test_a_thinner_before_a_procedure(days: int, kind: str, speaks: bool) -> None:
    assert bool(planned(days, kind=kind).said("MX-3", "procedure")) is speaks
    assert bool(planned(days, kind=kind, gate=False, thinner=True).said("MX-3", "procedure")) is speaks


def test_four_weeks_in_a_row_are_counted_up_to_yesterday() -> None:
    assert "14 of the last 14 days" in opioids(27).said("MX-6")[0].message
    patient = calm().med("tramadol")
    for n in range(1, 29):
        patient.take("tramadol", n)
    assert "28 days in a row" in patient.said("MX-6")[0].message


def test_the_same_diary_gives_the_same_answer() -> None:
    for make, _ in CASES.values():
        one, two = make().assess(23), make().assess(23)
        assert (one.suggestions, one.held) == (two.suggestions, two.held)


def test_the_builder_adds_nothing_of_its_own() -> None:
    plain = Patient().gates().screen(0, hour=7).plan().pains([4.0, 3.0] * 10)
    assert calm().diary() == plain.diary()


@pytest.mark.parametrize("note", ["not constipated", "no longer constipated", "No constipation today"])
def test_words_that_take_it_back_are_no_constipation(note: str) -> None:
    assert not constipated(3, note).said("MX-5")
    assert constipated(3, "constipated again, not nice").said("MX-5")


def test_a_brand_whose_class_names_its_ingredient_is_summed_with_the_others() -> None:
    patient = para(8, 12, 16).med("Painaway", mg=500, group="paracetamol").take("Painaway", 0, 18, 3.0)
    assert [s.subject for s in patient.said("MX-2")] == ["over", "twice"]
