"""Body sites: their table, their names, and `--where`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.recovery.diary import Observation
from spinetrack.recovery.sites import (
    QUALITIES,
    SADDLE_SITES,
    SITES,
    check_site,
    distal_rank,
    find_site,
    is_limb,
    label,
    parse_where,
    side,
)


def check_sentence(error: SpinetrackError) -> None:
    assert str(error).isprintable()
    assert str(error).endswith("Nothing was saved.")


def test_every_site_is_found_by_its_own_key() -> None:
    assert all(find_site(key) == key for key in SITES)
    assert set(SITES) >= SADDLE_SITES


def test_each_limb_and_side_has_every_level_in_order() -> None:
    arm = ["shoulder", "upper-arm", "elbow", "forearm", "wrist", "hand", "fingers"]
    leg = ["thigh", "knee", "calf", "ankle", "foot", "toes"]
    for one in ("left", "right"):
        for limb, parts in (("arm", arm), ("leg", leg)):
            assert [distal_rank(f"{one}-{part}") for part in parts] == list(range(len(parts)))
            assert {side(f"{one}-{part}") for part in parts} == {f"{one}-{limb}"}


@pytest.mark.parametrize("key", ["neck", "left-low-back", "left-buttock", "right-hip", "saddle", "nowhere"])
def test_the_trunk_is_no_limb(key: str) -> None:
    assert not is_limb(key)
    assert distal_rank(key) == -1


def test_sides_and_labels() -> None:
    assert (side("low-back"), side("left-low-back"), side("nowhere")) == ("middle", "left", "middle")
    assert label("left-calf") == "left calf"
    assert label("left-low-back") == "left side of the low back"
    assert label("right-hip") == "right hip"
    assert label("some-where") == "some where"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Low Back", "low-back"),
        ("lower-back", "low-back"),
        ("left_low_back", "left-low-back"),
        ("l-calf", "left-calf"),
        ("calf right", "right-calf"),
        ("between shoulder blades", "upper-back"),
        ("middle-back", "mid-back"),
        ("coccyx", "tailbone"),
        ("left bum", "left-buttock"),
        ("right feet", "right-foot"),
    ],
)
def test_other_words(text: str, key: str) -> None:
    assert check_site(text) == key


def test_where() -> None:
    assert parse_where("low-back:5, left-calf:3:tingling+numb,neck:0") == (
        Observation("site", 5, site="low-back"),
        Observation("site", 3, site="left-calf", qualities=("tingling", "numb")),
        Observation("site", 0, site="neck"),
    )
    assert parse_where("neck:3:pins-and-needles+tingling+ache")[0].qualities == ("tingling", "aching")
    assert parse_where(f"neck:3:{'+'.join(QUALITIES)}")[0].qualities == QUALITIES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("calf:3", "Choose left-calf or right-calf."),
        ("leg:3", "Choose thigh, knee"),
        ("left-leg:3", "Choose left-thigh, left-knee"),
        ("back:3", "Choose upper-back, mid-back or low-back."),
        ("left-saddle:3", "There is no body part called"),
        ("elbo:3", "Did you mean elbow?"),
        ("low-bakc:3", "Did you mean low-back?"),
        ("zzz:3", "There is no body part called"),
        ("neck", "neck needs its own number from 0 to 10: neck:4."),
        ("neck:", "needs its own number"),
        ("neck:11", "Nearest: neck:10."),
        ("neck:4.5", "a whole one from 0 to 10"),
        ("neck:-1", "a whole one from 0 to 10"),
        ("neck:3,neck:4", "neck is there twice"),
        ("low-back:3,lumbar:4", "low-back is there twice"),
        ("neck:3:nmb", "Did you mean numb?"),
        ("neck:3:", "There is no word"),
        ("neck:3:numb:x", "Too many parts"),
        ("neck:3,", "is empty"),
        ("", "is empty"),
    ],
)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        parse_where(text)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was saved.")


@given(st.text(max_size=30) | st.text("left-calf:,+35numb ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_where(text)
    except SpinetrackError as error:
        check_sentence(error)
    else:
        assert all(o.site in SITES and 0 <= o.value <= 10 for o in found)
