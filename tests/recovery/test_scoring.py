"""Questionnaires by number. Vectors: clinical.md 2.1 and 2.2. No form's wording is here either."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.diary import Score
from spinetrack.recovery.instruments import INSTRUMENTS, Instrument, find
from spinetrack.recovery.scoring import (
    Items,
    band_of,
    labels_for,
    read_items,
    read_total,
    readings,
    score,
    scored_of,
    verdict,
)

START = datetime(2026, 3, 2, 19, tzinfo=UTC)
EVERY = tuple(INSTRUMENTS.values())
ODI, NDI, RMDQ, PSFS, PEG = (INSTRUMENTS[key] for key in ("odi", "ndi", "rmdq", "psfs", "peg"))
BACK, PHQ = INSTRUMENTS["start-back"], INSTRUMENTS["phq4"]


def made(key: str, total: float, week: int = 0, *, version: str = "", number: int = 1) -> Score:
    at = START + timedelta(weeks=week)
    return Score(key, at, at.date(), (), total, version, id=number)


def with_sum(instrument: Instrument, total: int, answered: int) -> list[int | None]:
    """Return item numbers with this sum, the rest skipped."""
    items: list[int | None] = []
    for _ in range(answered):
        items.append(min(instrument.high, total - sum(item or 0 for item in items)))
    return items + [None] * (instrument.items - answered)


# --- what was typed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["2 1 3 0 2 2 1 - 1 2", "2130221 - 1 2", "2130221-12", "2,1,3,0,2,2,1,-,1,2", "21302 21\u201312"]
)
def test_items_may_be_typed_apart_or_glued(words: str) -> None:
    assert read_items(ODI, words.split()) == (2, 1, 3, 0, 2, 2, 1, None, 1, 2)


def test_items_of_two_digits_or_a_sign_are_never_split() -> None:
    assert read_items(PSFS, ["10", "4", "10"]) == (10, 4, 10)
    assert read_items(INSTRUMENTS["groc15"], ["-3"]) == (-3,)
    assert read_items(INSTRUMENTS["groc15"], ["+5"]) == (5,)
    with pytest.raises(ValueRefusedError, match="PEG has 3 items and 1 was typed"):
        read_items(PEG, ["345"])


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("odi", "1 2 3", "ODI has 10 items and 3 were typed"),
        ("odi", "", "ODI has 10 items and none was typed"),
        ("odi", "1 2 3 4 5 0 1 2 3 4 5", "ODI has 10 items and 11 were typed"),
        ("odi", "1 2 3 4 5 0 1 2 3 6", "Item 10 of ODI goes from 0 to 5, so 6 cannot be"),
        ("odi", "1 2 3 4 5 0 1 2 3 12", "Item 10 of ODI goes from 0 to 5, so 12 cannot be"),
        ("odi", "1 2 x 4 5 0 1 2 3 4", 'Item 3 of ODI takes a whole number or -, and "x" is neither'),
        ("odi", "1 2 2.5 4 5 0 1 2 3 4", "Item 3 of ODI takes a whole number"),
        ("psfs", "4 5", "PSFS has 3 to 5 items and 2 were typed"),
        ("psfs", "4 5 11", "Item 3 of PSFS goes from 0 to 10"),
        ("start-back", "1 1 1 1 1 1 1 1 5", "Item 9 of STarT Back goes from 0 to 4"),
        ("start-back", "1 1 1 1 1 1 1 2 4", "Item 8 of STarT Back goes from 0 to 1"),
        ("tsk11", "0 1 1 1 1 1 1 1 1 1 1", "Item 1 of TSK-11 goes from 1 to 4"),
        ("groc15", "8", "Item 1 of GROC-15 goes from -7 to 7"),
        ("pgic", "0", "Item 1 of PGIC goes from 1 to 7"),
    ],
)
def test_items_that_cannot_be_are_refused(key: str, words: str, sentence: str) -> None:
    with pytest.raises(ValueRefusedError, match=sentence) as refused:
        read_items(INSTRUMENTS[key], words.split())
    assert str(refused.value).endswith("Nothing was saved.")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("odi", "101"), ("odi", "-1"), ("odi", "x"), ("odi", "nan"), ("odi", "1e1"), ("ndi", "50.5"),
        ("rmdq", "3.5"), ("tsk11", "10"), ("groc11", "-6"), ("pgic", "0"), ("peg", "10.1"), ("isi", "29"),
    ],
)  # fmt: skip
def test_a_total_that_cannot_be_is_refused(key: str, text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_total(INSTRUMENTS[key], text)


def test_a_total_is_read() -> None:
    assert read_total(ODI, "31.1") == 31.1
    assert read_total(PEG, "3,7") == 3.7
    assert read_total(INSTRUMENTS["groc15"], "-3") == -3


# --- what it comes to -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "items", "total", "band"),
    [
        ("odi", (2, 1, 3, 0, 2, 2, 1, None, 1, 2), 31.1, "moderate"),
        ("odi", tuple(with_sum(ODI, 16, 10)), 32.0, "moderate"),
        ("odi", tuple(with_sum(ODI, 16, 9)), 35.6, "moderate"),
        ("ndi", tuple(with_sum(NDI, 14, 10)), 14, "mild"),
        ("ndi", tuple(with_sum(NDI, 15, 10)), 15, "moderate"),
        ("ndi", tuple(with_sum(NDI, 18, 9)), 20, "moderate"),
        ("rmdq", (1, None, 0, 1) * 6, 12, None),
        ("psfs", (4, None, 7), 5.5, None),
        ("peg", (4, 4, 5), 4.3, "4-6.9"),
        ("start-back", (1, 0, 0, 0, 1, 1, 1, 0, 0), 4, "medium"),
        ("start-back", (0, 0, 0, 0, 1, 1, 1, 1, 0), 4, "high"),
        ("start-back", (0, 0, 0, 0, 1, 1, 1, 0, 0), 3, "low"),
        ("start-back", (0, 0, 0, 0, 1, 1, 1, 0, 2), 3, "low"),
        ("start-back", (0, 0, 0, 0, 1, 1, 1, 0, 3), 4, "high"),
        ("groc15", (-3,), -3, "worse"),
        ("groc15", (2,), 2, "about same"),
        ("groc15", (3,), 3, "better"),
        ("groc15", (5,), 5, "clearly better"),
        ("groc11", (-5,), -5, None),
        ("pgic", (2,), 2, "success"),
        ("pgic", (3,), 3, None),
        ("pseq10", (3, 3, 3, 3, 3, 3, 3, 3, None, None), 30, "mid"),
        ("pseq2", (2, 3), 5, "low"),
        ("pseq4", (6, 6, 6, 6), 24, None),
        ("tsk11", (1,) * 10 + (None,), 11, None),
        ("pcs", (3,) * 11 + (None, None), 39, "clinically relevant"),
        ("isi", (2, 2, 2, 2, 2, 2, 2), 14, "sub-threshold"),
        ("phq4", (3, 2, 1, 0), 6, "6-8"),
        ("phq2", (1, 2), 3, "positive screen"),
    ],
)
def test_vectors(key: str, items: Items, total: float, band: str | None) -> None:
    found = score(INSTRUMENTS[key], items)
    assert round(found.total, 1) == total
    assert found.band == band
    assert found.answered == len(items) - items.count(None)


@pytest.mark.parametrize(
    ("key", "edges"),
    [
        ("odi", {0: "minimal", 20: "minimal", 22: "moderate", 40: "moderate", 42: "severe", 60: "severe",
                 62: "very severe", 80: "very severe", 82: "extreme", 100: "extreme"}),
        ("ndi", {4: "none", 5: "mild", 14: "mild", 15: "moderate", 24: "moderate", 25: "severe",
                 34: "severe", 35: "complete", 50: "complete"}),
        ("rmdq", {2: "recovered", 3: None}),
        ("peg", {3.9: "0-3.9", 4: "4-6.9", 6.9: "4-6.9", 7: "7-10"}),
        ("pseq10", {19: "low", 20: "mid", 40: "mid", 41: "high"}),
        ("pseq2", {5: "low", 6: None}),
        ("pcs", {29: None, 30: "clinically relevant"}),
        ("isi", {7: "none", 8: "sub-threshold", 14: "sub-threshold", 15: "moderate", 21: "moderate",
                 22: "severe"}),
        ("phq4", {2: "0-2", 3: "3-5", 5: "3-5", 6: "6-8", 8: "6-8", 9: "9-12"}),
        ("start-back", {3: "low", 4: None, 7: None, 8: "high", 9: "high"}),
    ],
)  # fmt: skip
def test_band_edges(key: str, edges: dict[float, str | None]) -> None:
    assert {total: band_of(INSTRUMENTS[key], total) for total in edges} == edges


def test_the_halves_of_phq4_are_read_on_their_own() -> None:
    halves = score(PHQ, (3, 2, 1, 0)).parts
    assert [(p.part.key, p.total, p.band) for p in halves] == [
        ("gad2", 5, "positive screen"),
        ("phq2", 1, None),
    ]


@pytest.mark.parametrize("instrument", EVERY, ids=lambda row: row.key)
def test_one_skipped_item_too_many_is_refused(instrument: Instrument) -> None:
    full = [instrument.low] * instrument.items
    for skips in range(instrument.items + 1):
        items = [None] * skips + full[skips:]
        if skips <= instrument.skips:
            assert score(instrument, items).answered == instrument.items - skips
        else:
            with pytest.raises(ValueRefusedError, match=r"needs .* Nothing was saved"):
                score(instrument, items)


def test_how_many_items_may_be_skipped() -> None:
    assert {row.key: row.skips for row in EVERY if row.skips} == {
        "odi": 2, "ndi": 2, "rmdq": 23, "psfs": 4, "pseq10": 2, "tsk11": 1, "pcs": 2,
    }  # fmt: skip


# --- properties -------------------------------------------------------------------------------


@st.composite
def answered(draw: st.DrawFn, *, full: bool = False) -> tuple[Instrument, Items]:
    """Draw a questionnaire with item numbers that it accepts."""
    row = draw(st.sampled_from(EVERY))
    count = draw(st.integers(row.fewest or row.items, row.items))
    items: list[int | None] = [draw(st.integers(*row.item_range(n))) for n in range(1, count + 1)]
    most = 0 if full else min(row.skips, count - 1)
    for n in draw(st.lists(st.integers(0, count - 1), max_size=most, unique=True)):
        items[n] = None
    return row, tuple(items)


@given(answered())
def test_no_score_leaves_its_range(drawn: tuple[Instrument, Items]) -> None:
    instrument, items = drawn
    low, high = instrument.range
    found = score(instrument, items)
    assert low <= found.total <= high
    assert all(p.range[0] <= p.total <= p.range[1] for p in found.parts)
    assert found.total.is_integer() or not instrument.whole
    assert read_total(instrument, str(round(found.total, 6))) == pytest.approx(found.total)


@given(answered(full=True))
def test_prorating_agrees_with_full_scoring_when_nothing_is_missing(drawn: tuple[Instrument, Items]) -> None:
    instrument, items = drawn
    numbers = [item or 0 for item in items]
    if instrument.steps:
        numbers[-1] = int(numbers[-1] >= instrument.steps[1])
    whole = {
        "odi": lambda: 100 * sum(numbers) / 50,
        "psfs": lambda: sum(numbers) / len(numbers),
        "peg": lambda: sum(numbers) / 3,
    }.get(instrument.key, lambda: sum(numbers))()
    assert score(instrument, items).total == pytest.approx(whole)


@given(answered())
def test_what_is_typed_back_is_the_same(drawn: tuple[Instrument, Items]) -> None:
    instrument, items = drawn
    words = ["-" if item is None else str(item) for item in items]
    assert read_items(instrument, words) == items
    if instrument.low == 0 and instrument.high < 10:
        assert read_items(instrument, ["".join(words)]) == items


@given(answered())
def test_a_stored_score_reads_as_it_was_scored(drawn: tuple[Instrument, Items]) -> None:
    instrument, items = drawn
    found = score(instrument, items)
    assert scored_of(Score(instrument.key, START, START.date(), items, found.total), instrument) == found


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 24)), max_size=8, unique_by=lambda pair: pair[0]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_logging_does_not_matter(pairs: list[tuple[int, int]], dice: object) -> None:
    rows = [made("rmdq", total, week, number=n) for n, (week, total) in enumerate(sorted(pairs))]
    mixed = list(rows)
    getattr(dice, "shuffle")(mixed)  # noqa: B009
    renumbered = [made("rmdq", r.total, (r.at - START).days // 7, number=n) for n, r in enumerate(mixed)]

    def said(scores: list[Score]) -> list[object]:
        return [
            (r.score.day, r.scored, r.last and (r.last.before.day, r.last[1:]), r.first and r.first[1:])
            for r in readings(scores)
        ]

    assert said(renumbered) == said(rows)


# --- change -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "before", "now", "worth"),
    [
        ("odi", 40, 30, "clear"), ("odi", 40, 30.1, "none"), ("odi", 30, 40, "clear"),
        ("ndi", 20, 15, "possible"), ("ndi", 20, 15.5, "none"), ("ndi", 20, 10, "clear"),
        ("rmdq", 12, 7, "clear"), ("rmdq", 12, 8, "none"),
        ("psfs", 4, 5.3, "possible"), ("psfs", 4, 6, "clear"), ("psfs", 4, 5.2, "none"),
        ("peg", 6, 5, "possible"), ("peg", 9, 1, "possible"), ("peg", 6, 5.1, "none"),
        ("pseq10", 20, 28.5, "possible"), ("pseq10", 20, 31.5, "clear"), ("pseq10", 20, 28, "none"),
        ("pseq2", 5, 7, "clear"), ("pseq2", 5, 6, "none"), ("pseq4", 5, 6.5, "clear"),
        ("tsk11", 30, 26, "possible"), ("tsk11", 30, 24.4, "clear"), ("tsk11", 30, 27, "none"),
        ("pcs", 30, 22, "possible"), ("pcs", 31, 22, "none"), ("pcs", 31, 20, "possible"),
        ("pcs", 31, 18.2, "clear"), ("pcs", 22, 30, "possible"),
        ("isi", 15, 9, "possible"), ("isi", 15, 8, "clear"), ("isi", 15, 10, "none"),
        ("start-back", 9, 0, None), ("groc15", -7, 7, None), ("groc11", -5, 5, None), ("pgic", 7, 1, None),
        ("phq4", 12, 0, None), ("phq2", 6, 0, None), ("gad2", 6, 0, None),
    ],
)  # fmt: skip
def test_what_a_change_is_worth(key: str, before: float, now: float, worth: str | None) -> None:
    assert verdict(INSTRUMENTS[key], before, now) == worth


def test_a_change_is_since_the_one_before_and_the_first() -> None:
    rows = [made("odi", total, week, number=week) for week, total in ((1, 50), (5, 45), (9, 36))]
    first, second, third = readings(rows)
    assert (first.last, first.first) == (None, None)
    assert second.last == second.first
    assert third.last is not None
    assert third.first is not None
    assert (third.last.delta, third.last.verdict) == (-9, "none")
    assert (third.first.delta, third.first.verdict) == (-14, "clear")


def test_only_scores_of_one_kind_are_compared() -> None:
    rows = [
        made("odi", 50, 1, version="2.1a"), made("ndi", 40, 2), made("odi", 45, 3, version="1.0"),
        made("odi", 30, 4, version="2.1A "),
    ]  # fmt: skip
    found = readings(rows)
    assert [r.last.delta if r.last else None for r in found] == [None, None, None, -20]


def test_a_score_of_a_later_program_is_left_out() -> None:
    assert readings([made("new-one", 3)]) == []


# --- own activities ---------------------------------------------------------------------------


def test_own_activities_stay_until_new_ones_are_named() -> None:
    fresh = Score("psfs", START, START.date(), (4, 5, 6), 5)
    named = labels_for(fresh, ["carry  shopping", "tie shoes", "a film"], ())
    assert named == ("carry shopping", "tie shoes", "a film")
    earlier = Score("psfs", START, START.date(), (4, 5, 6), 5, "", named)
    assert labels_for(fresh, (), (made("odi", 3), earlier)) == named
    assert labels_for(fresh, (), ()) == ()


@pytest.mark.parametrize(
    "typed", [["a", "b"], ["a", "b", "c", "d"], ["a", "A", "b"], ["a", " ", "b"], ["a", "b", "c" * 61]]
)
def test_activities_that_do_not_fit_are_refused(typed: list[str]) -> None:
    with pytest.raises(ValueRefusedError, match="Nothing was saved"):
        labels_for(Score("psfs", START, START.date(), (4, 5, 6), 5), typed, ())


def test_only_psfs_has_own_activities() -> None:
    with pytest.raises(ValueRefusedError, match="ODI has no activities of your own"):
        labels_for(made("odi", 3), ["a", "b", "c"], ())


# --- the table --------------------------------------------------------------------------------


@pytest.mark.parametrize("instrument", EVERY, ids=lambda row: row.key)
def test_a_row_is_whole(instrument: Instrument) -> None:
    assert find(instrument.name) is instrument
    assert all(find(alias) is instrument for alias in instrument.aliases)
    assert instrument.source
    assert instrument.licence.endswith(".")
    assert instrument.form
    starts = [band.start for band in instrument.bands]
    assert starts == sorted(starts)
    assert not starts or starts[0] == instrument.range[0]
    if instrument.possible is not None and instrument.clear is not None:
        assert instrument.possible < instrument.clear


def test_ranges_and_directions() -> None:
    assert {row.key: (*row.range, row.better) for row in EVERY} == {
        "odi": (0, 100, "lower"), "ndi": (0, 50, "lower"), "rmdq": (0, 24, "lower"),
        "psfs": (0, 10, "higher"), "peg": (0, 10, "lower"), "start-back": (0, 9, "lower"),
        "groc15": (-7, 7, "higher"), "groc11": (-5, 5, "higher"), "pgic": (1, 7, "lower"),
        "pseq10": (0, 60, "higher"), "pseq4": (0, 24, "higher"), "pseq2": (0, 12, "higher"),
        "tsk11": (11, 44, "lower"), "pcs": (0, 52, "lower"), "isi": (0, 28, "lower"),
        "phq4": (0, 12, "lower"), "phq2": (0, 6, "lower"), "gad2": (0, 6, "lower"),
    }  # fmt: skip


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueRefusedError, match="Did you mean groc15 or groc11"):
        find("groc")
    with pytest.raises(ValueRefusedError, match="There is no questionnaire called"):
        find("zzz")
    assert find("STarT").key == "start-back"
