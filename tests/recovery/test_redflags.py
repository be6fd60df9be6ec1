"""Red flags: every item with every answer, the combinations, what closes a flag, and the words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery import places
from spinetrack.recovery import redflags as rf
from spinetrack.recovery.diary import Answer, Outcome, OutcomeKind, Screen
from spinetrack.recovery.redflag_items import (
    ASKING,
    IB_FIRST,
    ITEMS,
    NO_SIGN,
    SHORT,
    SHORT_ITEMS,
    worse_question,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# item: yes, yes+, yes-, unsure, unsure+, unsure-   (by hand from clinical.md section 6)
T1_ONLY = ["CE1", "CE2", "CE3", "CE4", "CE5", "MY1", "MY2", "ND2", "MA2", "FX1", "VA1", "VA2", "VA3", "OT2", "OT3", "OD2", "PG1"]  # fmt: skip
PLAIN: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(T1_ONLY, (1, 1)),
    "CE6": (2, 3),
    "CE7": (2, 2),
    "CE8": (4, None),
    "MY5": (3, 4),
    "ND1": (2, 2),
    "ND3": (3, 4),
    "ND4": (2, 3),
    "ND5": (2, 3),
    "MA1": (2, 2),
    "MA3": (3, 4),
    "MA4": (4, None),
    "OT1": (2, 3),
    "OT4": (2, 3),
    "OD1": (2, 2),
    "CH1": (2, 3),
    "CH2": (2, 3),
}
SIGNED: dict[str, tuple[int | None, ...]] = {
    "MY3": (2, 2, 3, 3, 3, 4),
    "MY4": (2, 2, 3, 3, 3, 4),
    "IN1": (1, 1, 2, 2, 1, 2),
    "IN2": (2, 2, 4, 2, 2, 4),
    "IN3": (1, 1, 2, 2, 1, 2),
    "FX2": (2, 2, 4, 2, 2, 4),
    "FX3": (3, 3, 4, 4, 4, None),
    "VA4": (1, 1, 2, 2, 1, 3),
}
BACK = tuple(f"IB{n}" for n in range(1, 12))


def answers(text: str) -> tuple[Answer, ...]:
    """`CE1 MY3- ?ND1` as answers: yes, yes with a sign, unsure; `!CE2` is no."""
    found = []
    for word in text.split():
        mark = word[0] if word[0] in "?!" else ""
        name = word.strip("?!+-")
        sign = word[-1] if word[-1] in "+-" else ""
        found.append(Answer(name, {"": "yes", "?": "unsure", "!": "no"}[mark], sign))  # type: ignore[arg-type]
    return tuple(found)


def tier(text: str, *gates: str, procedure: bool = False) -> int | None:
    return rf.tier_of(answers(text), dict.fromkeys(gates, True), procedure)


def test_the_tables_here_cover_every_item() -> None:
    assert set(PLAIN) | set(SIGNED) | set(BACK) == set(ITEMS) == set(ASKING)
    assert len(ASKING) == len(set(ASKING))
    assert {name for name, item in ITEMS.items() if item.signed} == set(SIGNED)


@pytest.mark.parametrize("name", PLAIN)
def test_tier_of_a_plain_item(name: str) -> None:
    yes, unsure = PLAIN[name]
    assert tier(name) == yes == ITEMS[name].tier
    assert tier("?" + name) == unsure == ITEMS[name].unsure
    assert tier("!" + name) is None


@pytest.mark.parametrize("name", SIGNED)
def test_tier_of_an_item_with_a_second_answer(name: str) -> None:
    forms = [f"{mark}{name}{sign}" for mark in ("", "?") for sign in ("", "+", "-")]
    assert tuple(tier(form) for form in forms) == SIGNED[name]
    assert ITEMS[name].tier == SIGNED[name][0]
    assert ITEMS[name].unsure == SIGNED[name][3]
    assert [tier(f"!{name}{sign}") for sign in ("", "+", "-")] == [None] * 3


@pytest.mark.parametrize("name", BACK)
def test_one_answer_about_long_back_pain_is_no_sign(name: str) -> None:
    assert tier(name) is None
    assert tier("?" + name) is None


COMBINATIONS = [
    ("", None),
    ("CE6 CE7", 1), ("CE6 ?CE7", 1), ("CE6 ?CE1", 1), ("?CE6 CE7", 2), ("?CE6", 3),
    ("CE7 CE5", 1), ("CE7 ?CE4", 1), ("CE7 ND1", 2), ("CE8 CE7", 2),
    ("MY5 MY3-", 2), ("MY5 MY4-", 2), ("MY5 ?MY3", 3), ("?MY5 MY3-", 3),
    *((f"MA1 {sign}", 1) for sign in ("ND1", "?ND1", "ND2", "MY1", "MY2", "MY3-", "MY4+", "CE1", "CE5", "CE7", "?CE7")),
    ("?MA1 ND1", 1), ("MA1 ND3", 2), ("MA1 ND4", 2), ("MA1 ?MY3", 2),
    ("MA3 MA1", 2), ("?MA3 MA1", 2), ("MA3 ND3", 3),
    ("MA4 CE8", 3), ("MA4 IB4", 3), ("MA4 !CE8", 4), ("MA4 ?CE8", 4), ("?MA4 CE8", 4),
    ("OT1 ND1", 2), ("OT1 CE1", 1),
    ("IB1 IB2", None), ("IB1 IB2 IB3", 4), ("IB1 IB2 IB3 IB4", 3), ("IB1 IB2 ?IB3", None),
    ("IB1 IB2 IB9", 3), ("IB1 IB2 IB3 IB10", 3), ("IB1 IB2 IB3 IB11", 3),
    ("IB1 IB2 IB3 IB4 IB10", 2), ("IB1 IB2 IB3 IB9", 2), ("IB1 IB10 IB11", None),
    ("ND3 IN1-", 2), ("CE8 ND3 VA4-", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMBINATIONS)
def test_combinations(text: str, expected: int | None) -> None:
    assert tier(text) == expected


@pytest.mark.parametrize("gate", ["cancer", "anticoagulant"])
@pytest.mark.parametrize("text", ["ND1", "?ND1", "MY3-", "MY3", "MY4+", "CE7", "?CE7"])
def test_a_gate_makes_a_nerve_sign_an_emergency(gate: str, text: str) -> None:
    assert tier(text, gate) == 1
    assert tier(text, procedure=True) == 1
    assert tier(text, "heart") != 1


def test_gates_leave_the_rest_alone() -> None:
    assert tier("ND3", "cancer") == 3
    assert tier("?MY3-", "cancer") == 2
    assert rf.tier_of(answers("ND1"), {"cancer": None, "anticoagulant": False}) == 2
    assert tier("MA3", "minor") == 2
    assert tier("?MA3", "minor") == 3
    assert tier("IN1-", "minor") == tier("?IN1", "minor") == 2


def test_which_items_reach_which_tier() -> None:
    found = rf.item_tiers(answers("ND3 CE6 ?CE7 IN1- CE8 !CE1"))
    assert found == {"CE6": 1, "CE7": 2, "IN1": 2, "ND3": 3, "CE8": 4}
    assert next(iter(found)) == "CE6"
    assert rf.worst_items(answers("ND3 CE6 ?CE7 IN1- CE8")) == ("CE6", "CE7", "IN1")
    assert rf.worst_items(answers("ND3 CE8")) == ("ND3",)
    assert rf.worst_items(()) == ()


def test_an_item_twice_counts_by_its_gravest_answer_and_an_unknown_one_not_at_all() -> None:
    assert tier("MY3- MY3+ ZZ9") == 2


some_answers = st.lists(
    st.builds(
        Answer,
        st.one_of(st.sampled_from([*ITEMS, "ZZ1"]), st.text(max_size=3)),
        st.sampled_from(["yes", "no", "unsure"]),
        st.sampled_from(["", "+", "-"]),
    ),
    max_size=12,
)
some_gates = st.dictionaries(
    st.sampled_from(["cancer", "anticoagulant", "minor", "pregnancy"]),
    st.sampled_from([True, False, None]),
)


@settings(deadline=None)
@given(some_answers, some_gates, st.booleans())
def test_every_set_of_answers_has_a_tier(
    given_answers: list[Answer], gates: dict[str, bool | None], procedure: bool
) -> None:
    found = rf.tier_of(given_answers, gates, procedure)
    assert found in {None, 1, 2, 3, 4}
    assert found == min(rf.item_tiers(given_answers, gates, procedure).values(), default=None)


@settings(deadline=None)
@given(some_answers, some_gates, st.booleans(), st.sampled_from(list(ITEMS)))
@example([Answer("FX2", "unsure")], {}, False, "FX2")
def test_one_more_yes_never_makes_it_milder(
    given_answers: list[Answer], gates: dict[str, bool | None], procedure: bool, name: str
) -> None:
    more = [*given_answers, Answer(name, "yes")]
    instead = [a for a in given_answers if a.item != name] + [Answer(name, "yes")]
    before = rf.tier_of(given_answers, gates, procedure) or 5
    assert (rf.tier_of(more, gates, procedure) or 5) <= before
    assert (rf.tier_of(instead, gates, procedure) or 5) <= before
    assert (rf.tier_of(more, dict.fromkeys(["cancer", "minor"], True), True) or 5) <= before


# -- typed --------------------------------------------------------------------------------------


def test_items_typed() -> None:
    assert rf.parse_items("CE2,IN1+,MY3-") == (("CE2", ""), ("IN1", "+"), ("MY3", "-"))
    assert rf.parse_items(" ce2 in1 + ; my3\N{MINUS SIGN},") == (("CE2", ""), ("IN1", "+"), ("MY3", "-"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CE9", "Did you mean CE8"),
        ("MY6", "Did you mean MY5"),
        ("IN", "Did you mean IN1"),
        ("IN0", "Did you mean IN1"),
        ("0T2", "Did you mean OT2"),
        ("bladder", "Did you mean CE1"),
        ("fever", "Did you mean IN1"),
        ("+", "Did you mean"),
        ("CE1+", "CE1 takes no + or -"),
        ("CE1,CE1", "CE1 is named twice"),
        ("MY3+,MY3-", "MY3 is named twice"),
        ("", "No warning sign is named"),
        (" , ", "No warning sign is named"),
        ("\N{SUPERSCRIPT TWO}", "Did you mean"),
    ],
)
def test_items_refused(text: str, words: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        rf.parse_items(text)
    assert words in str(refused.value)
    assert "Nothing was saved." in str(refused.value)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(name in ITEMS for name, _ in rf.parse_items(text))
    except ValueRefusedError:
        return


def test_answers_of_a_line() -> None:
    found = rf.answers_of("CE1", "ND3", None, SHORT_ITEMS)
    assert found[: len(SHORT_ITEMS)] == tuple(
        Answer(name, "yes" if name == "CE1" else "no") for name in SHORT_ITEMS
    )
    assert found[len(SHORT_ITEMS) :] == (Answer("ND3", "unsure"),)
    assert rf.answers_of(no="CE1") == (Answer("CE1", "no"),)
    assert rf.answers_of() == ()


@pytest.mark.parametrize(
    ("yes", "unsure", "no", "words"),
    [
        ("CE1", "ce1", None, "under yes and under unsure"),
        ("MY3+", "MY3", None, "under yes and under unsure"),
        ("CE1", None, "CE1", "under yes and under no"),
        (None, "CE1", "CE1", "under unsure and under no"),
        (None, None, "MY3+", "A no takes no"),
        ("", None, None, "No warning sign is named"),
    ],
)
def test_answers_refused(yes: str | None, unsure: str | None, no: str | None, words: str) -> None:
    with pytest.raises(ValueRefusedError, match=re.escape(words)):
        rf.answers_of(yes, unsure, no, SHORT_ITEMS)


def test_a_carer_cannot_say_no_to_what_only_the_patient_feels() -> None:
    found = rf.as_carer(answers("!CE2 !FX1 MY5 ?CE7"))
    assert found == answers("?CE2 !FX1 MY5 ?CE7")


@pytest.mark.parametrize("by", ["me", "Myself", " I ", "self", "ME!", "42", "just me", "the patient", "I did",
                                "my self", "nobody", "no one", "none", "-", "", None, "I checked it myself",
                                "google", "i'm ok", "1", "Ann Lee"])  # fmt: skip
def test_who_saw_the_patient_is_never_the_patient(by: str | None) -> None:
    with pytest.raises(ValueRefusedError, match="Say who saw you"):
        rf.check_by(by, "Ann Lee")


@pytest.mark.parametrize(
    "by",
    [
        "A&E",
        "ER",
        "Dr Khan",
        "my GP",
        "physio",
        "the nurse",
        "NHS 111",
        "111",
        "Dr. I",
        "\u0418\u0432\u0430\u043d",
        "Ann",
    ],
)
def test_who_saw_the_patient(by: str) -> None:
    assert rf.check_by(f"  {by} ", "Ann Lee") == by


# -- what is asked ------------------------------------------------------------------------------


def test_the_short_form() -> None:
    assert [items for _, items in SHORT] == [
        ("CE1", "CE4", "CE5"), ("CE2",), ("CE3", "CE7", "ND1"), ("IN1",), ("FX1",), ("MA1",),
    ]  # fmt: skip
    assert SHORT_ITEMS == ("CE1", "CE4", "CE5", "CE2", "CE3", "CE7", "ND1", "IN1", "FX1", "MA1")


def test_the_full_screen() -> None:
    everybody = rf.all_items({})
    assert set(ITEMS) - set(everybody) == {"PG1", "CH1", "CH2", "OD1", "OD2"}
    assert everybody == rf.all_items() == rf.all_items({"pregnancy": None, "minor": False})
    assert set(rf.all_items({"pregnancy": True})) - set(everybody) == {"PG1"}
    assert set(rf.all_items({"minor": True})) - set(everybody) == {"CH1", "CH2"}
    assert everybody.index("CE1") == 0
    assert everybody.index("OT2") < everybody.index("IB1")
    assert everybody[-1] == "IB11"


LIMB = ("ND2", "MY4", "FX2")


@pytest.mark.parametrize(
    ("kinds", "extras"),
    [
        ((), ()), (("first",), ()), (("fortnight",), ()), (("gap",), ()), (("treatment",), ()),
        (("closed",), ()), (("mistake",), ()), (("word",), ()),
        (("flare",), LIMB), (("flare-7",), LIMB), (("limb",), LIMB), (("spread",), LIMB), (("trauma",), LIMB),
        (("flare-3",), (*LIMB, "OT2")),
        (("worst",), ("VA1", "VA2", "VA3")), (("excess",), ("VA1", "VA2", "VA3")),
        (("slow",), ("MA3", "IN2")), (("walk",), ("MA3", "IN2")), (("procedure",), ("IN3", "OT4")),
        (("flare", "excess"), (*LIMB, "VA1", "VA2", "VA3")),
    ],
)  # fmt: skip
def test_rescreen(kinds: tuple[rf.Reason, ...], extras: tuple[str, ...]) -> None:
    assert rf.rescreen_items(kinds) == (*SHORT_ITEMS, *extras)


def test_rescreen_asks_the_word_first() -> None:
    assert rf.rescreen_items(("word",), ("IN1",))[0] == "IN1"
    assert rf.rescreen_items(("word",), ("VA1", "nonsense"))[:2] == ("VA1", "CE1")
    assert rf.rescreen_items(("word",), ("FX1",)) == ("FX1", *(i for i in SHORT_ITEMS if i != "FX1"), *LIMB)
    assert set(rf.rescreen_items(("gone",))) == set(rf.all_items())
    assert "PG1" in rf.rescreen_items(("flare",), (), {"pregnancy": True})
    assert {"CH1", "CH2"} <= set(rf.rescreen_items(("first",), (), {"minor": True}))


# -- what is open -------------------------------------------------------------------------------

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


def outcome(
    kind: OutcomeKind, on: int, *, by: str | None = None, item: str | None = None, seq: int = 50
) -> Outcome:
    at = START + timedelta(days=on)
    return Outcome(0, at, at.date(), kind, "", by or ("A&E" if kind == "seen" else None), item, seq=seq)


def screen(number: int, on: int, level: int | None, *outcomes: Outcome, text: str = "") -> Screen:
    at = START + timedelta(days=on)
    return Screen(at, at.date(), answers(text), level, outcomes, id=number, seq=number)


def ids(found: Sequence[Screen]) -> list[int]:
    return [s.id for s in found]


@pytest.mark.parametrize("level", [1, 2])
def test_a_flag_stays_open_until_somebody_saw_it(level: int) -> None:
    for kinds in ([], ["note"], ["booked"], ["gone"], ["note", "booked", "gone"]):
        flag = screen(1, 0, level, *(outcome(k, 1) for k in kinds))  # type: ignore[arg-type]
        assert rf.open_flags([flag]) == (flag,), kinds
        assert rf.is_open(flag)
        assert rf.closings([flag]) == ()
    closed = screen(1, 0, level, outcome("note", 1), outcome("seen", 2))
    assert rf.open_flags([closed]) == ()
    assert rf.closings([closed]) == ((closed.outcomes[1], closed),)


def test_effective_tier() -> None:
    assert rf.effective_tier(screen(1, 0, 1, outcome("gone", 1))) == 2
    assert rf.effective_tier(screen(1, 0, 2, outcome("gone", 1))) == 2
    assert rf.effective_tier(screen(1, 0, 3, outcome("gone", 1))) == 3
    assert rf.effective_tier(screen(1, 0, None, outcome("gone", 1))) is None
    assert rf.effective_tier(screen(1, 0, 1, outcome("booked", 1))) == 1


def test_tiers_3_and_4_are_open_too_but_hold_less() -> None:
    week, mention, clear = screen(1, 0, 3, outcome("booked", 1)), screen(2, 1, 4), screen(3, 2, None)
    everything = [week, mention, clear]
    assert rf.open_flags(everything) == ()
    assert ids(rf.open_flags(everything, 3)) == [1]
    assert ids(rf.open_flags(everything, 4)) == [1, 2]
    assert rf.is_booked(week)
    assert not rf.is_booked(mention)
    assert not rf.is_open(clear)


def test_a_closing_closes_what_was_opened_before_and_nothing_later() -> None:
    kind: OutcomeKind = "seen"
    first, second = screen(1, 0, 1), screen(2, 1, 3)
    third, later = screen(3, 2, 2, outcome(kind, 9)), screen(4, 3, 1)
    everything = [later, first, third, second]
    assert ids(rf.open_flags(everything, 4)) == [4]
    assert rf.closing(first, everything) == third.outcomes[0]
    assert [(o.kind, s.id) for o, s in rf.closings(everything)] == [(kind, 1), (kind, 3)]
    assert ids(rf.closed_with(screen(3, 2, 2), [first, second, later])) == [1, 2]


def test_a_mistake_closes_its_own_flag_alone() -> None:
    first, second = screen(1, 0, 1), screen(2, 1, 2, outcome("mistake", 9))
    assert ids(rf.open_flags([first, second])) == [1]


def test_of_two_at_one_moment_the_later_write_is_later() -> None:
    first, second = screen(1, 0, 1), screen(2, 0, 1)
    assert ids(rf.open_flags([first, screen(2, 0, 1, outcome("seen", 1))])) == []
    assert ids(rf.open_flags([screen(1, 0, 1, outcome("seen", 1)), second])) == [2]


def test_seen_by_nobody_or_before_it_began_closes_nothing() -> None:
    nobody = Outcome(1, START, START.date(), "seen", "fine", None)
    assert rf.is_open(screen(1, 0, 1, nobody))
    early = Outcome(1, START, date(2026, 10, 1), "seen", "fine", "GP")
    assert rf.is_open(screen(1, 0, 1, early))
    assert not rf.is_open(screen(1, 0, 1, outcome("seen", 0)))


def test_an_old_item_closes_its_flag_only() -> None:
    old = outcome("old", 1, by="GP", item="CE5")
    alone = screen(2, 1, 1, old, text="CE5 !CE1")
    earlier = screen(1, 0, 1, text="CE5")
    assert ids(rf.open_flags([earlier, alone])) == [1]
    assert rf.closings([alone]) == ((old, alone),)
    beside = screen(2, 1, 1, old, text="CE5 CE1")
    assert rf.effective_tier(beside) == 1
    assert rf.is_open(beside)
    assert rf.effective_tier(screen(2, 1, 1, old, text="CE5 ND3")) == 3
    assert rf.effective_tier(screen(2, 1, 1, old, text="CE5 ND1")) == 1
    assert rf.effective_tier(screen(2, 1, 2, outcome("old", 1, item="ND1"), text="ND1 CE7")) == 2
    both = screen(2, 1, 1, old, outcome("old", 3, item="CE1"), text="CE5 CE1")
    assert rf.closings([both]) == ((both.outcomes[1], both),)
    assert not rf.is_open(screen(2, 1, 1, outcome("old", 1), text="CE5"))


def test_old_items_are_known() -> None:
    first, second = outcome("old", 1, item="CE5"), outcome("old", 5, item="CE5")
    assert rf.old_items([screen(2, 1, 1, second), screen(1, 0, 1, first)]) == {"CE5": second}
    assert "worse" in worse_question("CE5")


def test_closings_come_newest_last() -> None:
    one = screen(1, 0, 1, outcome("seen", 9, seq=9))
    two = screen(2, 10, 2, outcome("mistake", 10, seq=11))
    three = screen(3, 11, 3, outcome("seen", 12, seq=12))
    assert [s.id for _, s in rf.closings([two, three, one])] == [1, 2]


# -- words shown --------------------------------------------------------------------------------

COUNTRIES = [places.UK, places.US, places.EU, places.ELSEWHERE]
FORBIDDEN = re.compile(r"\b(?:safe|diagnos|treat|prescri|detect|predict|monitor)", re.IGNORECASE)


def shown() -> list[str]:
    texts = [question for question, _ in SHORT] + [IB_FIRST, NO_SIGN]
    for item in ITEMS.values():
        texts += [item.question, item.short, item.follow, item.group, worse_question(item.id)]
        for where in COUNTRIES:
            for level in (1, 2, 3, 4, None):
                for flags in ({}, {"crisis": True}, {"maternity": True, "adult": True}, {"next_day": True}):
                    texts += places.stop_lines(level, [item.short] * 3, "today, 21:04", where, **flags)
            texts += [
                places.banner_line(
                    level, [item.short], "yesterday, 21:04", where, crisis=crisis, next_day=True
                )
                for level in (1, 2)
                for crisis in (True, False)
            ]
            texts += places.crisis_lines(where, adult=True)
    return sorted(set(texts) - {""})


def test_words_are_plain_and_sentences_short() -> None:
    for text in shown():
        assert not FORBIDDEN.search(text), text
        for sentence in re.split(r"(?<=[.?!:])\s+(?=[A-Z])", text):
            assert len(sentence.split()) <= 20, sentence


def grade(text: str) -> float:
    """The automated readability index: a US school grade; grade 5 is the age of ten."""
    sentences = [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]
    words, letters = text.split(), sum(c.isalnum() for c in text)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def test_questions_read_at_the_age_of_ten_or_so() -> None:
    assert grade(" ".join(f"{item.question} {item.follow}" for item in ITEMS.values())) <= 5
    assert grade(" ".join(question for question, _ in SHORT)) <= 5
    for item in ITEMS.values():
        assert grade(item.question) <= 9, item.id
    page = " ".join(places.stop_lines(2, ["new weakness in a leg or arm"], "today", places.UK))
    assert grade(page) <= 5


def test_rows_are_whole() -> None:
    for item in ITEMS.values():
        assert item.question.rstrip().endswith((".", "?")), item.id
        assert "?" in item.question, item.id
        assert 3 <= len(item.short.split()) <= 8, item.id
        assert item.short[0].islower(), item.id
        assert not item.short.endswith("."), item.id
        assert bool(item.follow) == item.signed == (item.minus is not None), item.id
        assert item.source, item.id
    assert len({i.short for i in ITEMS.values()}) == len(ITEMS)


def test_stop_page_of_an_emergency() -> None:
    lines = places.stop_lines(1, ["new trouble passing urine"], "today, 21:04", places.UK)
    assert lines == (
        "STOP. You reported today, 21:04: new trouble passing urine.",
        "Go to an emergency department now, or call 999. Do not drive yourself.",
        "Nobody has been told. You have to call.",
        "Do not wait for this program: it shows nothing else until you were seen.",
    )


@pytest.mark.parametrize("where", COUNTRIES)
@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("next_day", [False, True])
def test_a_stop_page_says_what_it_must(where: places.Place, level: int, next_day: bool) -> None:
    text = " ".join(
        places.stop_lines(
            level, ["a", "b"], "today, 21:04", where, next_day=next_day, adult=True, maternity=True
        )
    )
    must = [
        "STOP. You reported today, 21:04: a. Also b.", "emergency department", "Do not drive yourself.",
        "Nobody has been told. You have to call.", "Do not wait for this program",
        "Show this to an adult now.", "Call your maternity unit now.",
    ]  # fmt: skip
    if level == 1:
        must.append(where.emergency)
    else:
        must += [
            where.same_day,
            "If you cannot reach anyone today, or it gets worse, go to an emergency department.",
        ]
    for words in must:
        assert words in text, words
    assert ("This is still open." in text) == next_day


def test_the_maternity_unit_comes_before_the_hospital_for_its_own_signs_only() -> None:
    own, other = ITEMS["PG1"].short, ITEMS["CE1"].short
    first = "Call your maternity unit now. If nobody answers, do this:"
    assert first in places.stop_lines(1, [own], "today", places.UK, maternity=True)
    both = places.stop_lines(1, [own, other], "today", places.UK, maternity=True)
    assert "Call your maternity unit now." in both
    assert first not in both


@pytest.mark.parametrize("where", COUNTRIES)
def test_a_crisis_names_no_reason(where: places.Place) -> None:
    short = ITEMS["OT2"].short
    for text in (
        " ".join(places.stop_lines(1, [short], "today, 21:04", where, crisis=True)),
        places.banner_line(1, [short], "today, 21:04", where, crisis=True),
        " ".join(places.crisis_lines(where)),
    ):
        assert where.crisis in text
        assert "You are not alone" in text
        assert "reported" not in text
        assert short not in text
        assert not re.search(r"suicid|self-harm|hurting yourself|die\b", text)


def test_a_crisis_beside_another_sign_shows_both() -> None:
    shorts = [ITEMS["OT2"].short, ITEMS["CE1"].short]
    text = " ".join(places.stop_lines(1, shorts, "today, 21:04", places.UK, crisis=True))
    assert text.index("116 123") < text.index("STOP. You reported today, 21:04: new trouble passing urine.")
    assert ITEMS["OT2"].short not in text
    assert text.count("Nobody has been told.") == 1
    assert ITEMS["OT2"].short not in places.banner_line(1, shorts, "today", places.UK, crisis=True)


def test_milder_tiers_do_not_say_stop() -> None:
    week = " ".join(places.stop_lines(3, ["numbness that is spreading"], "today", places.UK))
    assert "within a week" in week
    assert "STOP" not in week
    mention = " ".join(places.stop_lines(4, ["x"], "today", places.UK))
    assert "at your next visit" in mention
    assert places.stop_lines(None, [], "today", places.UK) == (NO_SIGN,)


@pytest.mark.parametrize(
    ("country", "where"),
    [
        ("UK", places.UK), ("gb", places.UK), ("England", places.UK), ("U.K.", places.UK),
        ("United  Kingdom", places.UK), ("us", places.US), ("U.S.A.", places.US), ("United States", places.US),
        ("Ireland", places.EU), ("de", places.EU), ("France", places.EU), ("eu", places.EU),
        (None, places.ELSEWHERE), ("", places.ELSEWHERE), ("Narnia", places.ELSEWHERE),
    ],
)  # fmt: skip
def test_places(country: str | None, where: places.Place) -> None:
    assert places.place(country) == where


def test_numbers_to_call() -> None:
    assert places.UK.emergency == "999"
    assert "111" in places.UK.same_day
    assert "116 123" in places.UK.crisis
    assert places.US.emergency == "911"
    assert "988" in places.US.crisis
    assert places.EU.emergency == "112"
    assert places.ELSEWHERE.emergency == "your local emergency number (112, 999, 911)"
