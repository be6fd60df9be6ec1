"""The daily line, word by word."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinetrack.errors import SpinetrackError, UsageError, ValueRefusedError
from spinetrack.recovery.diary import CustomMetric, Observation
from spinetrack.recovery.line import Line, check_stop, parse_line
from spinetrack.recovery.metrics import METRICS, known

LAST = {"sit": 20.0, "pain": 4.0, "walk": 15.0}


def check_sentence(error: SpinetrackError) -> None:
    assert str(error).isprintable()
    assert str(error).endswith("Nothing was saved.")


def values(text: str) -> dict[str, float]:
    return {o.metric: o.value for o in parse_line(text.split(), last=LAST).observations}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4", {"pain": 4}),
        ("4 sit 35", {"pain": 4, "sit": 35}),
        ("pain=4 sit=35", {"pain": 4, "sit": 35}),
        ("sit 35 pain 4", {"sit": 35, "pain": 4}),
        ("sit= 35", {"sit": 35}),
        ("sit = 35", {"sit": 35}),
        ("SIT 35", {"sit": 35}),
        ("sitting 35 standing 10 walking 5 slept 7h", {"sit": 35, "stand": 10, "walk": 5, "sleep": 420}),
        ("walk 20", {"walk": 20}),
        ("walk 1.2km", {"distance": 1200}),
        ("walk 20 1.2km", {"walk": 20, "distance": 1200}),
        ("walk 1.2km 20", {"distance": 1200, "walk": 20}),
        ("walk=20 1.2km mood 6", {"walk": 20, "distance": 1200, "mood": 6}),
        ("walk 20 distance 1.2km", {"walk": 20, "distance": 1200}),
        ("work yes grog n", {"work": 1, "grog": 0}),
        ("sit = walk 20", {"sit": 20, "walk": 20}),
        ("leg 3", {"limb": 3}),
        ("", {}),
    ],
)
def test_read(text: str, found: dict[str, float]) -> None:
    assert values(text) == found


def test_the_line_of_the_design() -> None:
    text = "4 worst 6 sit 35 walk 1.2km sleep 6h30 mood 6 note long drive"
    line = parse_line(text.split())
    assert [(o.metric, o.value) for o in line.observations] == [
        ("pain", 4), ("worst", 6), ("sit", 35), ("distance", 1200), ("sleep", 390), ("mood", 6),
    ]  # fmt: skip
    assert line.note == "long drive"


def test_a_value_may_have_gaps_when_it_is_one_word() -> None:
    assert parse_line(["sit=1 h 10"]).observations == (Observation("sit", 70),)
    assert parse_line(["4", "steps=3 500"]).observations[1] == Observation("steps", 3500)
    assert parse_line(["note=long  drive"]).note == "long  drive"


def test_one_quoted_word_is_a_whole_line() -> None:
    assert parse_line(["4 sit 35 note hi"]) == parse_line(["4", "sit", "35", "note", "hi"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pian 4", 'There is no measure called "pian". Did you mean pain? Nothing was saved.'),
        ("pa 4", "There is no measure called"),
        ("calf 4", "is a part of the body"),
        ("low-back 4", "is a part of the body"),
        ("4 5", 'A number needs a measure before it: "5".'),
        ("pain 4 5", 'A number needs a measure before it: "5".'),
        ("4 pain 5", "pain is on the line twice"),
        ("sit 3 stand 4 sit 3", "sit is on the line twice"),
        ("walk 20 30", "walk is on the line twice"),
        ("walk 1.2km distance 800", "distance is on the line twice"),
        ("sleep 6h 30", "A number needs a measure before it"),
        ("-3", "Nearest: 0."),
        ("4.5", "Nearest: 4 or 5."),
        ("sit -3", "Nearest: 0."),
        ("sit=-3", "Nearest: 0."),
        ("now 11", "Nearest: 10."),
        ("sit", "sit needs a value: 35 or 1h10."),
        ("sit=", "sit needs a value"),
        ("sit walk 20", "sit needs a value"),
        ("sit note x", "sit needs a value"),
        ("work", "work needs a value: yes or no."),
        ("note", "The note is empty."),
        ("note=", "The note is empty."),
        ("flare", "flare needs an answer"),
        ("flare maybe", "Flare is yes or no"),
        ("flare yes flare no", "flare is on the line twice"),
        ("stand =", "There is no earlier value of stand"),
        ("pain =", "Pain is felt new each time"),
        ("worst==", "Worst pain is felt new each time"),
        ("limb = ", "cannot be copied"),
    ],
)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        parse_line(text.split(), last=LAST)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was saved.")


@pytest.mark.parametrize("text", ["--foo", "-q", "4 --foo", "sit --foo", "sit 35 -x 3", "--"])
def test_what_looks_like_an_option_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="There is no option"):
        parse_line(text.split())


def test_same_as_last_time() -> None:
    line = parse_line(["sit", "="], last=LAST)
    assert line.observations == (Observation("sit", 20, carried=True),)
    assert parse_line(["sit=="], last=LAST).observations == (Observation("sit", 20, carried=True),)


@pytest.mark.parametrize(
    ("text", "note", "ask"),
    [
        ("note long drive", "long drive", False),
        ("note=long drive", "long drive", False),
        ("note sit 35 --stop", "sit 35 --stop", False),
        ("note -", None, True),
        ("note=-", None, True),
        ("note - felt bad", "- felt bad", False),
        ("4 note 5", "5", False),
    ],
)
def test_note_takes_the_rest(text: str, note: str | None, ask: bool) -> None:
    line = parse_line(text.split())
    assert (line.note, line.ask_note) == (note, ask)


def test_a_note_keeps_no_escape_codes() -> None:
    assert parse_line(["note", "red\x1b[31m", "\udc80x"]).note == "red [31m  x"


def test_answers() -> None:
    line = parse_line(["7", "flare", "yes", "settled=no"])
    assert (line.flare, line.settled) == (True, False)
    assert parse_line(["4"]) == Line((Observation("pain", 4),))


def test_metres_after_walk_are_said() -> None:
    assert parse_line(["walk", "20m"]).remarks == ("Read as metres: 20 m. For minutes: walk 20.",)
    assert not parse_line(["walk", "1.2km"]).remarks


@pytest.mark.parametrize("reason", ["task", "timer"])
def test_another_end_makes_a_lower_bound(reason: str) -> None:
    line = parse_line(["4", "sit", "35", "walk", "20+"], stop=reason)
    assert [(o.metric, o.stop, o.at_least) for o in line.observations] == [
        ("pain", None, False), ("sit", reason, True), ("walk", reason, True),
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["pain", "leg", "stiff", "Tired"])
def test_a_bodily_end_makes_a_limit(reason: str) -> None:
    (one,) = parse_line(["walk", "1.2km"], stop=reason).observations
    assert (one.metric, one.stop, one.at_least) == ("distance", reason.lower(), False)
    with pytest.raises(ValueRefusedError, match="Leave one out"):
        parse_line(["sit", "35+"], stop=reason)


def test_a_stop_reason_needs_a_tolerance() -> None:
    with pytest.raises(ValueRefusedError, match="needs a tolerance"):
        parse_line(["4"], stop="leg")
    with pytest.raises(ValueRefusedError, match="Did you mean leg"):
        check_stop("legs")


def test_a_plus_alone_is_a_lower_bound_without_a_reason() -> None:
    assert parse_line(["sit", "35+"]).observations == (Observation("sit", 35, at_least=True),)


def test_own_metrics_are_words_too() -> None:
    table = known([CustomMetric("read-to-child", "Reading", "min", "up", 0, 120)])
    assert parse_line(["read-to-child", "1h", "sit", "5"], table, stop="leg").observations == (
        Observation("read-to-child", 60), Observation("sit", 5, stop="leg"),
    )  # fmt: skip


WORDS = st.sampled_from(
    [
        *METRICS,
        "note",
        "flare",
        "settled",
        "=",
        "-",
        "4",
        "35+",
        "1h10",
        "1.2km",
        "yes",
        "--x",
        "sit=",
        "pain=3",
        "x",
    ]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=8), st.none() | st.sampled_from(["leg", "task", "?"]))
def test_any_words_are_read_or_refused(words: list[str], stop: str | None) -> None:
    try:
        line = parse_line(words, last=LAST, stop=stop)
    except SpinetrackError as error:
        check_sentence(error)
    else:
        keys = [o.metric for o in line.observations]
        assert len(keys) == len(set(keys))
        assert not any(o.carried for o in line.observations if o.metric == "pain")


def test_reading_a_line_loads_nothing_heavy() -> None:
    code = (
        "import sys; from spinetrack.recovery.line import parse_line; import spinetrack.recovery.when;"
        "parse_line(['4', 'sit', '35', 'walk', '1.2km']);"
        "print(sorted({'difflib', 'zoneinfo', 'json', 'spinetrack.recovery.sites'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
