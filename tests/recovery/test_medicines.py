"""Medicines: what is typed, what the table says of a name, who is meant, and sums over 24 hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recovery.medicated import Medicated, calm

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import medicine_facts as facts
from spinetrack.recovery import medicine_sums, medicines
from spinetrack.recovery.diary import Intake, Medicine

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)


def medicine(name: str, **more: object) -> Medicine:
    return Medicine(name, DAY, NOW, DAY, **more)  # type: ignore[arg-type] # fields of a medicine


# -- typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("400mg", 400), ("400 mg", 400), ("1g", 1000), ("0,5 g", 500), ("2 x 500mg", 1000), ("2x500 mg", 1000),
        ("250 mcg", 0.25), ("250 µg", 0.25), ("2 \u00d7 500 mg", 1000), ("2 tablets", None), ("8/500", None), ("400", None), ("", None), ("mg", None),
    ],
)  # fmt: skip
def test_milligrams_are_read_only_where_they_are_written(text: str, expected: float | None) -> None:
    assert medicines.milligrams_of(text) == expected


def test_a_dose_keeps_the_words_of_the_patient() -> None:
    assert medicines.parse_dose(" 2  tablets ") == ("2 tablets", None)
    assert medicines.parse_dose("1 g") == ("1 g", 1000)
    for text in ("0mg", "999999 g", "x" * 61):
        with pytest.raises(ValueRefusedError, match="Nothing was saved"):
            medicines.parse_dose(text)


def test_contents_are_ingredients_with_amounts() -> None:
    assert medicines.parse_contains("Paracetamol:500mg, codeine:8 mg") == (
        ("paracetamol", 500),
        ("codeine", 8),
    )
    assert medicines.parse_contains("acetaminophen:325") == (("paracetamol", 325),)
    for text in ("", "paracetamol", "paracetamol:", "paracetamol:0mg", ":500mg", "tylenol:5mg,panadol:5mg"):
        with pytest.raises(ValueRefusedError, match="Nothing was saved"):
            medicines.parse_contains(text)


def test_classes_and_tags_are_of_a_fixed_list() -> None:
    assert medicines.parse_class("NSAID") == "nsaid"
    assert medicines.parse_class("muscle relaxant") == "muscle-relaxant"
    assert medicines.parse_class("blood thinner") == "anticoagulant"
    assert medicines.parse_class("none") == ""
    assert medicines.parse_tags("sedating, constipating") == ("sedating", "constipating")
    assert medicines.parse_tags("none") == ("none",)
    for parse, text in (
        (medicines.parse_class, "miracle"),
        (medicines.parse_tags, "nice"),
        (medicines.parse_tags, ""),
    ):
        with pytest.raises(ValueRefusedError, match="Nothing was saved"):
            parse(text)


def test_marks_are_of_the_list_to_ask_first() -> None:
    assert medicines.parse_marks("Ulcer, kidney ulcer") == "ulcer,kidney"
    assert medicines.parse_marks("ibd") == "bowel"
    assert medicines.parse_marks("none") == "none"
    with pytest.raises(ValueRefusedError, match="toothache"):
        medicines.parse_marks("toothache")


def test_an_amount_is_doses_or_milligrams() -> None:
    one = medicine("paracetamol", dose="500mg", milligrams=500.0)
    assert [medicines.parse_times(t, one) for t in ("2", "0.5", "0,5", "½", "1000mg", "1g")] == [
        2,
        0.5,
        0.5,
        0.5,
        2,
        2,
    ]
    for text in ("0", "51", "two", "-1", "²", "1e3"):
        with pytest.raises(ValueRefusedError):
            medicines.parse_times(text, one)
    with pytest.raises(ValueRefusedError, match="not known"):
        medicines.parse_times("500mg", medicine("co-codamol"))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    one = medicine("paracetamol", milligrams=500.0)
    readers = (
        medicines.parse_dose, medicines.parse_contains, medicines.parse_class, medicines.parse_tags,
        medicines.parse_marks, lambda word: medicines.parse_times(word, one), facts.substances_in,
    )  # fmt: skip
    for read in readers:
        try:
            read(text)
        except ValueRefusedError as refusal:
            assert "Nothing was saved." in str(refusal)  # noqa: PT017


# -- the table --------------------------------------------------------------------------------


def test_every_row_of_the_table_leads_to_an_ingredient_it_knows() -> None:
    for group, tags in facts.SUBSTANCES.values():
        assert group in facts.CLASSES
        assert set(tags) <= set(facts.TAGS)
    assert set(facts.OTHER_NAMES.values()) <= set(facts.SUBSTANCES)
    assert {name for parts in facts.MIXTURES.values() for name in parts} <= set(facts.SUBSTANCES)
    assert not set(facts.OTHER_NAMES) & set(facts.SUBSTANCES)
    assert set(facts.CLASS_WORDS.values()) <= set(facts.CLASSES)
    assert {*facts.ASK_FIRST_WORDS.values(), *facts.GATE_TAGS.values(), *facts.CLASS_MARKS.values()} <= set(
        facts.ASK_FIRST
    )
    for name in (*facts.SUBSTANCES, *facts.OTHER_NAMES, *facts.MIXTURES):
        assert name == name.casefold(), name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Acetaminophen", ("paracetamol",)),
        ("TYLENOL PM", ("paracetamol", "diphenhydramine")),
        ("co-codamol 8/500", ("paracetamol", "codeine")),
        ("ibuprofen gel", ("ibuprofen",)),
        ("Nurofen Plus", ("ibuprofen", "codeine")),
        ("naproxen sodium", ("naproxen",)),
        ("grandma's tea", ()),
        ("ironing spray", ()),
    ],
)
def test_a_name_stands_for_what_the_table_says(name: str, parts: tuple[str, ...]) -> None:
    assert facts.substances_in(name) == parts


def test_the_word_of_the_patient_goes_before_the_table() -> None:
    plain = medicine("amitriptyline")
    assert medicines.tags_of(plain) == {"sedating", "constipating"}
    assert medicines.classes_of(plain) == {"neuropathic"}
    told = plain._replace(tags=("none",), group="other")
    assert medicines.tags_of(told) == set()
    assert medicines.classes_of(told) == {"other"}
    assert not medicines.assumed(told).anything
    assert medicines.assumed(plain) == medicines.Assumed((), ("neuropathic",), ("sedating", "constipating"))


def test_several_ingredients_keep_their_classes_whatever_class_was_said() -> None:
    """A class named for the whole must not hide the opioid in it."""
    both = medicine("co-codamol", group="paracetamol", contains=(("paracetamol", 500.0), ("codeine", 8.0)))
    assert medicines.classes_of(both) == {"paracetamol", "opioid"}
    assert medicines.ingredients_of(both) == {"paracetamol": 500, "codeine": 8}


def test_what_is_in_it_without_amounts_is_known_without_amounts() -> None:
    assert medicines.ingredients_of(medicine("co-codamol", milligrams=508.0)) == {
        "paracetamol": None,
        "codeine": None,
    }
    assert medicines.ingredients_of(medicine("Panadol", milligrams=500.0)) == {"paracetamol": 500}
    assert medicines.ingredients_of(medicine("Zorblax", milligrams=5.0)) == {"zorblax": 5}
    assert medicines.assumed(medicine("Panadol")).contains == ("paracetamol",)
    assert medicines.assumed(medicine("paracetamol")).contains == ()


# -- who is meant -----------------------------------------------------------------------------


def test_a_word_names_a_number_a_name_or_its_beginning() -> None:
    patient = Medicated().med("ibuprofen").med("ibuprofen gel").med("paracetamol")
    rows, today = patient.medicines, patient.today

    def ids(word: str) -> list[int]:
        return [m.id for m in medicines.named(rows, word, today)]

    assert ids("ibuprofen") == [1]
    assert ids("IBUPROFEN  GEL") == [2]
    assert ids("#3") == ids("para") == [3]
    assert ids("ibu") == [1, 2]
    assert ids("x") == ids("") == ids("9") == []


def test_of_two_rows_of_one_name_the_one_of_that_day_is_meant() -> None:
    patient = (
        Medicated().med("gabapentin", 60, mg=100, until=Medicated().day(11)).med("gabapentin", 10, mg=300)
    )
    rows = patient.medicines
    assert [m.id for m in medicines.named(rows, "gabapentin", patient.day(30))] == [1]
    assert [m.id for m in medicines.named(rows, "gabapentin", patient.day(0))] == [2]


@pytest.mark.parametrize(("hour", "evening"), [(16, False), (17, True), (23, True), (3, True), (4, False)])
def test_the_evening_lasts_until_the_day_turns(hour: int, evening: bool) -> None:
    intake = Intake(1, NOW.replace(hour=hour), DAY, NOW)
    assert medicines.in_the_evening(intake) is evening
    assert not medicines.in_the_evening(intake._replace(time_known=False))


# -- sums -------------------------------------------------------------------------------------


def test_a_window_of_24_hours_leaves_out_the_same_hour_of_the_day_before() -> None:
    patient = calm().med("paracetamol", mg=1000).take("paracetamol", 1, 8)
    for hour in (8, 12, 16, 20):
        patient.take("paracetamol", 0, hour)
    rows = medicine_sums.taken(patient.diary(), NOW + timedelta(days=100))
    assert medicine_sums.passed(rows) == ()
    patient.take("paracetamol", 1, 8, minute=1)
    rows = medicine_sums.taken(patient.diary(), NOW + timedelta(days=100))
    assert [total.total for _, total in medicine_sums.passed(rows, 1999)] == [2000, 2000, 2000, 3000, 4000]


amounts = st.lists(st.tuples(st.integers(0, 96), st.sampled_from([250.0, 500.0, 1000.0])), max_size=25)


@given(amounts)
def test_the_running_sum_is_the_sum_of_each_window(logged: list[tuple[int, float]]) -> None:
    patient = Medicated().med("paracetamol", mg=1)
    for hours, mg in logged:
        moment = NOW - timedelta(hours=hours)
        patient.intakes.append(Intake(1, moment, moment.date(), moment, mg, id=len(patient.intakes) + 1))
    rows = medicine_sums.taken(patient.diary(), NOW)
    found = {intake.id: total.total for intake, total in medicine_sums.passed(rows, 0)}
    for place, row in enumerate(rows):
        here = rows[: place + 1]
        expected = sum(r.intake.times for r in here if r.intake.at > row.intake.at - timedelta(hours=24))
        assert found[row.intake.id] == expected


def test_what_has_no_hour_or_no_amount_is_in_no_sum() -> None:
    patient = calm().med("paracetamol", mg=1000).med("co-codamol")
    patient.take("paracetamol", 0, 8).take("paracetamol", 0, 20, known=False).take("co-codamol", 0, 9)
    rows = medicine_sums.taken(patient.diary(), NOW + timedelta(days=100))
    found = medicine_sums.sum_until(rows, "paracetamol", patient.intakes[-1].at.replace(hour=23))
    assert (found.total, len(found.parts)) == (1000, 1)
    day = medicine_sums.on_day(rows, "paracetamol", patient.today)
    assert day is not None
    assert day.total == 2000
