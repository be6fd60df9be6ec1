"""`block`: the hours after a test injection, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spinetrack.recovery.diary import BlockReading, Treatment
from spinetrack.store import Store

if TYPE_CHECKING:
    from tests.conftest import Patient

VECTOR = {15: 4, 30: 2, 60: 2, 120: 2, 180: 3, 240: 4, 300: 6, 360: 7}


def clock(minutes: int) -> str:
    return f"2026-03-02T{9 + minutes // 60:02}:{minutes % 60:02}:00+00:00"


def begun(patient: Patient, *more: object) -> Patient:
    patient.run("profile", "gates", "--none", now="2026-03-02T08:00:00+00:00")
    patient.run("screen", "--none", now="2026-03-02T08:01:00+00:00")
    patient.run("block", "start", "--pain", 7, *more, now=clock(0))
    return patient


def whole(patient: Patient) -> Patient:
    begun(patient)
    for minute, pain in VECTOR.items():
        patient.run("block", "rate", pain, now=clock(minute))
    patient.now = clock(365)
    return patient


def treatments(patient: Patient) -> tuple[Treatment, ...]:
    from datetime import UTC, datetime

    with Store(patient.home, lambda: datetime(2026, 3, 2, tzinfo=UTC)) as store:
        return store.every(Treatment)


def test_the_vector_through_the_command(patient: Patient) -> None:
    found = whole(patient).run("block", "show", "--json").json
    assert found["base"] == 7
    assert {p["minute"]: p["pain"] for p in found["points"]} == VECTOR
    assert found["max_relief"] == pytest.approx(71.4286)
    assert found["mean_relief"] == pytest.approx(46.131)
    assert (found["t50_on"], found["t80_on"]) == (30, None)
    assert (found["dur50"], found["dur80"]) == (191.25, 0)
    assert found["returned"] is True
    assert found["tested"] is False
    assert found["confounded"] is False
    assert found["completeness"] == pytest.approx(9 / 11, abs=1e-4)
    assert found["next"] == {"minute": 420, "at": "2026-03-02T16:00:00+00:00"}


def test_the_screen_says_it_in_words_and_as_a_curve(patient: Patient) -> None:
    whole(patient)
    said = patient.run("block", "show").out
    assert "Relief reached 71 %. Half or more lasted 3 h 11. Pain came back: yes." in said
    assert "9 of 11 points answered" in said
    assert "Time: 09:15. Pain: 4. Relief: 43 %." in said
    assert "positive" not in said
    assert "negative" not in said


def test_start_says_what_comes_next_and_what_to_take_care_of(patient: Patient) -> None:
    said = begun(patient, "--name", "L4/5 left").run("block", now=clock(3)).out
    assert "Block 1: L4/5 left" in said
    assert "Next, 09:15 (+15 min):  spinetrack block rate 4" in said
    assert "Leg weak or numb: do not walk alone or drive." in said
    first = patient.run("block", "rate", 4, "--doing", "sat 15 min", now=clock(16)).out
    assert "16 minutes in, pain 4, relief 43 %, sat 15 min" in first
    assert "undo: spinetrack undo" in first
    assert "Next, 09:30 (+30 min)" in first


def test_without_an_injection_of_that_day_one_is_recorded(patient: Patient) -> None:
    said = patient.run("block", "start", "--pain", 7, "--name", "L4/5", now=clock(0)).out
    assert "recorded as treatment 1" in said
    (made,) = treatments(patient)
    assert (made.kind, made.name, made.start.isoformat()) == ("medial-branch-block", "L4/5", "2026-03-02")
    assert patient.run("block", "show", "--json", now=clock(1)).json["treatment"] == 1
    patient.run("undo", now=clock(2))
    assert treatments(patient) == ()


def test_an_injection_of_that_day_is_linked_once(patient: Patient) -> None:
    from datetime import UTC, date, datetime

    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    with Store(patient.home, lambda: now) as store, store.write("treat add") as writer:
        writer.add(Treatment("facet", "facet", date(2026, 3, 2), now, now.date()))
        writer.add(Treatment("massage", "massage", date(2026, 3, 2), now, now.date()))
    patient.run("block", "start", "--pain", 7, now=clock(0))
    assert patient.run("block", "show", "--json", now=clock(1)).json["treatment"] == 1
    assert len(treatments(patient)) == 2
    again = patient.run("block", "start", "--pain", 6, now=clock(485)).out
    assert "recorded as treatment 3" in again
    named = patient.run("block", "start", "--pain", 6, "--treatment", 1, now="2026-03-04T09:00:00+00:00")
    assert "recorded as" not in named.out


def test_a_block_is_a_procedure(patient: Patient) -> None:
    begun(patient)
    due = patient.run("suggest", "--json", now=clock(5)).json["suggestions"]
    assert [s["rule"] for s in due][:2] == ["PG-1", "BD-1"]
    tomorrow = patient.run("suggest", "--json", now="2026-03-03T09:00:00+00:00").json["suggestions"]
    assert "RF-4" in {s["rule"] for s in tomorrow}
    patient.run("screen", "--yes", "ND1", now="2026-03-03T09:10:00+00:00", code=3)
    assert (
        patient.run("screen", "list", "--json", now="2026-03-03T09:11:00+00:00").json["screens"][-1]["tier"]
        == 1
    )


@pytest.mark.parametrize(
    ("words", "worse", "tested"),
    [
        (("--doing", "sat 20 min"), None, True),
        (("--doing", "sat 20 min"), "bending", False),
        (("--doing", "bent down"), "bending", True),
        (("--doing", "sat 20 min", "--provoked"), "bending", True),
        (("--doing", "bent down", "--not-provoked"), "bending", False),
        (("--provoked",), None, True),
        (("--doing", "rested"), None, False),
        ((), None, False),
    ],
)
def test_what_counts_as_tested(
    patient: Patient, words: tuple[str, ...], worse: str | None, tested: bool
) -> None:
    begun(patient)
    if worse:
        patient.run("profile", "set", "worse", worse, now=clock(1))
    patient.run("block", "rate", 4, *words, now=clock(30))
    assert patient.run("block", "show", "--json", now=clock(31)).json["tested"] is tested


def test_what_came_between_and_what_was_said_are_kept(patient: Patient) -> None:
    begun(patient)
    patient.run("block", "rate", 2, "--relief", 90, "--took", "painkiller", now=clock(30))
    found = patient.run("block", "show", "--json", now=clock(31)).json
    assert (found["confounded"], found["confounds"]) == (True, ["painkiller"])
    assert found["points"][0]["stated"] == 90
    assert found["max_relief"] == pytest.approx(71.4286), "scores count, not what was said"


def test_a_late_answer_goes_to_its_own_time(patient: Patient) -> None:
    begun(patient)
    patient.run("block", "rate", 3, "--at", "09:30", now=clock(200))
    assert patient.run("block", "show", "--json", now=clock(201)).json["points"][0]["minute"] == 30
    patient.run("block", "rate", 5, "--at", "2026-03-02 17:30", now="2026-03-03T08:00:00+00:00")
    found = patient.run("block", "show", "--json", now="2026-03-03T08:01:00+00:00").json
    assert [p["minute"] for p in found["points"]] == [30, 510]
    assert found["returned"] is False
    assert found["next"] is None


def test_an_answer_given_twice_counts_as_it_was_given_last(patient: Patient) -> None:
    begun(patient)
    patient.run("block", "rate", 9, now=clock(30))
    patient.run("block", "rate", 3, now=clock(30))
    assert [p["pain"] for p in patient.run("block", "show", "--json", now=clock(31)).json["points"]] == [3]


REFUSALS = [
    (("start",), 2, "Say the pain before it"),
    (("start", "--pain", "11"), 1, "0 to 10"),
    (("start", "--pain", "x"), 1, "Nothing was saved"),
    (("start", "--pain", "6"), 1, "Block 1 began at 09:00"),
    (("start", "--pain", "6", "--at", "2026-03-01 09:00", "--treatment", "9"), 1, "There is no treatment 9"),
    (("rate", "12"), 1, "0 to 10"),
    (("rate", "4.5"), 1, "Nothing was saved"),
    (("rate", "4", "--took", "painkiler"), 1, "Did you mean painkiller?"),
    (("rate", "4", "--relief", "101"), 2, "101"),
    (("rate", "4", "--at", "2026-03-01 10:00"), 1, "No block began before that time"),
    (("rate", "4", "--at", "tomorrow"), 1, "not come yet"),
    (("rate",), 2, "PAIN"),
    (("show", "9"), 1, "There is no block 9"),
    (("remove", "9"), 1, "There is no block 9"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSALS)
def test_a_refusal_says_why_and_saves_nothing(
    patient: Patient, words: tuple[str, ...], code: int, said: str
) -> None:
    begun(patient)
    before = patient.file.read_bytes()
    found = patient.run("block", *words, now=clock(20), code=code)
    assert found.out == ""
    assert said in found.err
    assert patient.file.read_bytes() == before


def test_a_day_later_an_answer_needs_its_time(patient: Patient) -> None:
    begun(patient)
    found = patient.run("block", "rate", 4, now="2026-03-04T10:00:00+00:00", code=1)
    assert "over a day before" in found.err
    assert "--at" in found.err


def test_with_no_block_each_says_how_to_begin(patient: Patient) -> None:
    for words in ((), ("list",)):
        assert "spinetrack block start --pain 8" in patient.run("block", *words).out
    assert "spinetrack block start --pain 8" in patient.run("block", "show", code=1).err
    assert "spinetrack block start --pain 8" in patient.run("block", "rate", 4, code=1).err
    assert patient.run("block", "list", "--json").json == {"spinetrack": 1, "blocks": []}


def test_after_eight_hours_the_prompts_end(patient: Patient) -> None:
    begun(patient)
    assert "No block diary is running" in patient.run("block", now=clock(491)).out
    assert "Next, now (+8 h)" in patient.run("block", now=clock(490)).out
    done = patient.run("block", "rate", 7, now=clock(480)).out
    assert "The eight hours are over" in done


def test_the_list_has_every_block_and_remove_takes_the_answers_along(patient: Patient) -> None:
    from datetime import UTC, datetime

    whole(patient)
    patient.run("block", "start", "--pain", 5, now="2026-03-09T09:00:00+00:00")
    rows = patient.run("block", "list", "--json").json["blocks"]
    assert [(r["id"], r["day"], r["base"]) for r in rows] == [(1, "2026-03-02", 7), (2, "2026-03-09", 5)]
    assert "71 %" in patient.run("block", "list").out
    patient.now = "2026-03-10T09:00:00+00:00"
    late = patient.run("block", "list", "--since", "2026-03-03", "--json").json["blocks"]
    early = patient.run("block", "list", "--until", "2026-03-03", "--json").json["blocks"]
    assert ([r["id"] for r in late], [r["id"] for r in early]) == ([2], [1])
    assert "Taken out: block 1" in patient.run("block", "remove", 1).out
    with Store(patient.home, lambda: datetime(2026, 3, 2, tzinfo=UTC)) as store:
        assert store.every(BlockReading) == ()
    assert patient.run("block", "show", "--json").json["id"] == 2
    patient.run("undo")
    assert len(patient.run("block", "show", 1, "--json").json["points"]) == 8
    assert patient.run("block", "remove", 2, "--json").json == {"spinetrack": 1, "removed": {"id": 2}}


def test_under_a_warning_sign_answers_are_kept_and_the_sign_is_shown(patient: Patient) -> None:
    begun(patient)
    patient.run("screen", "--yes", "CE1", now=clock(10), code=3)
    said = patient.run("block", "rate", 4, now=clock(15)).out
    assert "pain 4" in said
    assert "STOP" in said
    assert "Next" not in said
    prompts = patient.run("block", now=clock(16), code=3).out
    assert "STOP" in prompts
    assert "spinetrack block rate" not in prompts
    assert patient.run("block", "show", "--json", now=clock(16)).json["points"][0]["pain"] == 4


def test_a_word_of_warning_asks_the_questions(patient: Patient) -> None:
    begun(patient)
    said = patient.run("block", "rate", 4, "--doing", "cannot pee", now=clock(15)).out
    assert "warning-sign" in said or "spinetrack screen" in said
    crisis = patient.run("block", "rate", 9, "--doing", "I want to die", now=clock(30)).out
    assert "Call" in crisis or "call" in crisis


def test_little_pain_before_is_said_at_once(patient: Patient) -> None:
    said = patient.run("block", "start", "--pain", 3, now=clock(0)).out
    assert "below 4" in said


def test_todays_screen_names_the_next_point(patient: Patient) -> None:
    begun(patient)
    said = patient.run(now=clock(20)).out
    assert "Block diary: next now (+15 min)" in said
    assert "spinetrack block rate 4" in said


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(patient: Patient, width: int) -> None:
    from spinetrack.charts.relief import draw
    from spinetrack.recovery.block_diary import Curve
    from spinetrack.views.block_page import block_page, running_page
    from spinetrack.views.page import paint

    whole(patient)
    from datetime import UTC, datetime

    now = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
    with Store(patient.home, lambda: now) as store:
        diary = store.diary()
    curve = Curve(diary.blocks[0], diary.block_readings, now)
    picture = draw(curve.line, (50, 80), width)
    for page in (block_page(curve, now.date(), picture), running_page(curve)):
        text = paint(page, width=width, plain=False, colour=False)
        assert max(map(len, text.split("\n"))) <= width


def test_half_a_percent_goes_up(patient: Patient) -> None:
    patient.run("block", "start", "--pain", 8, now=clock(0))
    assert "relief 63 %" in patient.run("block", "rate", 3, now=clock(15)).out
    assert "Relief reached 63 %" in patient.run("block", "show", now=clock(16)).out
