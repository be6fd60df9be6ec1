"""Treatments through the command: what was tried, in what dose, by whom, and what it changed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import Patient, evening

START, DAYS = 28, 60


@pytest.fixture
def two_months(patient: Patient) -> Patient:
    """Pain 6 and 7, sitting about 20; from day 28 on pain 4 and 5, sitting about 30."""
    patient.run("profile", "gates", "--none", now=evening(0))
    patient.run("screen", "--none", now=evening(0))
    for day in range(DAYS):
        pain, sit = (6 + day % 2, 20 + day % 3) if day < START else (4 + day % 2, 30 + day % 3)
        patient.run("log", f"pain={pain}", f"sit={sit}", now=evening(day))
    patient.now = evening(DAYS)
    patient.run("screen", "--none")
    return patient


def on(day: int) -> str:
    return evening(day)[:10]


def add(patient: Patient, *words: object) -> dict[str, Any]:
    return dict(patient.run("treat", "add", *words, "--json").json["treatment"])


def effect(patient: Patient, *words: object) -> dict[str, Any]:
    return dict(patient.run("treat", "effect", *words, "--json").json)


def test_add_says_it_all_back(two_months: Patient) -> None:
    two_months.run("team", "add", "Dana", "--role", "physio")
    said = two_months.run(
        "treat", "add", "physio", "--name", "my course", "--on", on(START), "--sessions", 6, "--with", "dana",
        "--dose", "2 x a week", "--agreed",
    ).out  # fmt: skip
    assert "Treatment 1: my course: physiotherapy" in said
    for part in (
        "with Dana",
        "0 of 6 sessions",
        "2 x a week",
        "agreed with the physio",
        "undo: spinetrack undo",
    ):
        assert part in said
    (row,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert row | {"uuid": ""} == {
        "id": 1, "uuid": "", "kind": "physiotherapy", "family": "course", "name": "my course", "on": on(START),
        "end": None, "sessions": 6, "done": 0, "finished": False, "stopped": "", "dose": "2 x a week",
        "with": "Dana", "active": None, "agreed": True, "region": "", "result": "", "note": None,
        "class": "function improved", "beside": [],
    }  # fmt: skip


def test_what_was_just_added_has_its_lasting_name(two_months: Patient) -> None:
    made = add(two_months, "yoga")
    (kept,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert made["uuid"] == kept["uuid"] != ""


def test_a_kind_of_several_words_needs_no_quotes(two_months: Patient) -> None:
    assert add(two_months, "tai", "chi", "--name", "on Mondays")["kind"] == "tai-chi"
    assert add(two_months, "surgery", "fusion")["kind"] == "fusion"


def test_effect_as_json(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START))
    found = effect(two_months, 1)
    assert found["treatment"]["id"] == 1
    assert (found["metric"], found["class"], found["cautions"]) == (
        "pain", "function improved",
        ["regression to the mean: Part of a change comes by itself: people begin in a bad week."],
    )  # fmt: skip
    assert (found["n_before"], found["n_after"]) == (28, 26)
    assert (found["median_before"], found["median_after"]) == (6.5, 4.5)
    assert (found["nap"], found["tau"]) == (1, 1)
    assert 0.9 < found["nap_ci"][0] < found["nap_ci"][1] == 1
    assert effect(two_months, 1, "--metric", "sit")["median_after"] == 31
    assert effect(two_months, 1, "--before", "2w", "--after", "10d")["n_after"] == 8


def test_effect_in_words_and_its_chart(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START))
    out = two_months.run("treat", "effect", 1).out
    assert "In 100 of 100 such pairs the day after was better (range 93 to 100)." in out
    assert "You could do more after it" in out
    assert "Marked: 30 Mar Physiotherapy." in out
    told, _, figures = out.partition("For your physio: ")
    assert "NAP" not in told
    assert "Tau" not in told
    assert "\nSitting: 21 min to 31 min\n" in told
    assert figures.startswith("NAP 1.00 (0.93 to 1.00), Tau 1.00, Tau-U 1.02\n")


def test_the_metric_is_that_of_the_goal(two_months: Patient) -> None:
    two_months.run("goal", "add", "sit through a film", "--metric", "sit", "--target", 60, "--by", "12w")
    add(two_months, "physio", "--on", on(START))
    assert effect(two_months, 1)["metric"] == "sit"


def test_the_list_tells_apart_and_ranks_nothing(two_months: Patient) -> None:
    add(two_months, "massage", "--on", on(0), "--end", on(10))
    add(two_months, "physio", "--on", on(START))
    add(two_months, "mri", "--on", on(20), "--result", "a bulge at L5")
    add(two_months, "yoga", "--on", on(90))
    out = two_months.run("treat", "list").out
    order = [
        "You could do more",
        "2. Physiotherapy",
        "Cannot tell yet",
        "1. Massage",
        "Investigations",
        "3. MRI",
    ]
    order += ["Planned", "4. Yoga", "In order of time, not of merit."]
    places = [out.index(part) for part in order]
    assert places == sorted(places)
    assert "a bulge at L5" in out
    assert "spinetrack treat effect 2" in out


def test_sessions_and_the_end(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START), "--sessions", 3)
    assert "1 of 3 sessions" in two_months.run("treat", "done", 1, "--on", on(30)).out
    assert "2 of 3 sessions" in two_months.run("treat", "done", 1, "--dose", "30 min").out
    two_months.run("undo")
    assert "1 of 3 sessions" in two_months.run("treat", "end", 1, "--stopped", "moved away").out
    (row,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert (row["end"], row["done"], row["finished"], row["stopped"]) == (on(DAYS), 1, False, "moved away")


def test_a_course_that_was_not_finished_is_never_called_failed(patient: Patient) -> None:
    for day in range(DAYS):
        patient.run("log", f"pain={6 + day % 2}", f"sit={20 + day % 3}", now=evening(day))
    patient.now = evening(DAYS)
    add(patient, "physio", "--on", on(START), "--sessions", 6)
    assert effect(patient, 1)["class"] == "neither"
    out = patient.run("treat", "list").out
    assert "Cannot tell yet" in out
    assert "not finished" in out
    assert "No clear change" not in out
    assert "What it can do is not known from this." in patient.run("treat", "effect", 1).out


def test_edit_and_remove(two_months: Patient) -> None:
    add(two_months, "massage", "--on", on(START))
    two_months.run("treat", "edit", 1, "--kind", "acupuncture", "--name", "needles", "--sessions", 4)
    two_months.run("treat", "edit", 1, "--on", on(30), "--end", on(50))
    (row,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert [row[k] for k in ("kind", "name", "on", "end", "sessions")] == [
        "acupuncture", "needles", on(30), on(50), 4,
    ]  # fmt: skip
    two_months.run("treat", "edit", 1, "--kind", "yoga")
    two_months.run("treat", "edit", 1, "--name", "Yoga")
    two_months.run("treat", "edit", 1, "--kind", "tai chi")
    (row,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert (row["kind"], row["name"], row["active"]) == ("tai-chi", "Tai chi", True)
    two_months.run("treat", "remove", 1)
    assert two_months.run("treat", "list", "--json").json["treatments"] == []
    two_months.run("undo")
    assert len(two_months.run("treat", "list", "--json").json["treatments"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "physiotherpy"), "Did you mean physiotherapy?"),
        (("add", "t"), "Please type more of it."),
        (("add", "mri", "--sessions", "3"), "has no sessions"),
        (("add", "mri", "--end", "2026-06-01"), "needs no end"),
        (("add", "physio", "--result", "fine"), "Only an investigation has a result."),
        (("add", "physio", "--with", "Nobody"), "Nobody in your team"),
        (("add", "physio", "--on", "2026-03-10", "--end", "2026-03-01"), "cannot end before it began"),
        (("add", "physio", "--name", "x" * 61), "too long"),
        (("add", "physio", "--on", "someday"), "someday"),
        (("done", "1"), "There is no treatment 1."),
        (("done", "one"), "There is no treatment one."),
        (("end", "7"), "There is no treatment 7."),
        (("effect", "7"), "There is no treatment 7."),
        (("effect", "1", "--before", "soon"), "--before takes a number of days"),
        (("effect", "1", "--after", "0"), "--after takes a number of days"),
    ],
)
def test_what_cannot_be_right_changes_nothing(patient: Patient, words: tuple[str, ...], said: str) -> None:
    patient.run("log", "4")
    before = patient.file.read_bytes()
    assert said in patient.run("treat", *words, code=1).err
    assert patient.file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "1", "--on", "2026-01-01"), "before the course began"),
        (("done", "1", "--on", "tomorrow"), "has not come yet"),
        (("end", "1", "--on", "2026-01-01"), "cannot end before it began"),
        (("done", "2"), "not a course"),
        (("end", "2"), "takes one day"),
        (("effect", "2"), "An investigation"),
        (("effect", "3"), "has not begun yet"),
        (("effect", "1", "--metric", "flying"), "no measure"),
        (("effect", "1", "--metric", "work"), "yes or no"),
        (("effect", "1", "--after", "2d"), "--after takes more than 2 days"),
        (("effect", "4", "--after", "3d"), "--after takes more than 3 days"),
        (("done", "5", "--on", "2026-03-01"), "had ended before that day"),
        (("edit", "1", "--end", "2026-01-01"), "cannot end before it began"),
    ],
)
def test_what_does_not_fit_this_one(patient: Patient, words: tuple[str, ...], said: str) -> None:
    patient.run("log", "4")
    add(patient, "physio")
    add(patient, "mri")
    add(patient, "yoga", "--on", "2027-01-01")
    add(patient, "facet", "--on", "2026-02-20")
    add(patient, "massage", "--on", "2026-02-01", "--end", "2026-02-20")
    before = patient.run("treat", "list", "--json").json
    assert said in patient.run("treat", *words, code=1).err
    assert patient.run("treat", "list", "--json").json == before


def test_edit_wants_something_to_change(patient: Patient) -> None:
    patient.run("log", "4")
    add(patient, "physio")
    assert "Say what to change." in patient.run("treat", "edit", 1, code=2).err


def test_an_open_flag_leaves_no_effects(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START))
    two_months.run("screen", "--yes", "CE1", code=3)
    assert "STOP" in two_months.run("treat", "list").out
    assert "STOP" in two_months.run("treat", "effect", 1).out
    assert two_months.run("treat", "list", "--json").json["treatments"][0]["class"] is None
    assert "wait" in two_months.run("treat", "effect", 1, "--json", code=1).err
    assert "Treatment 2" in two_months.run("treat", "add", "heat").out


def test_every_chart_is_marked(two_months: Patient) -> None:
    add(two_months, "mri", "--on", on(50))
    out = two_months.run("chart", "pain").out
    assert "Marked: 21 Apr MRI." in out
    (chart,) = two_months.run("chart", "sit", "--json").json["charts"]
    assert chart["marks"] == [{"day": on(50), "name": "MRI"}]


def test_words_of_a_note_are_read(two_months: Patient) -> None:
    said = two_months.run("treat", "add", "massage", "--note", "since then numb between the legs")
    assert "spinetrack screen" in said.out


def test_nothing_yet(patient: Patient) -> None:
    assert "Nothing you tried is recorded yet." in patient.run("treat", "list").out
    assert "physiotherapy" in patient.run("treat", "kinds").out
    assert patient.run("treat").out == patient.run("treat", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("question",),
        ("team", "add"),
        ("visit", "add"),
        ("med", "add"),
        ("side-effect",),
        ("goal", "add", "--metric", "sit", "--target", "60", "--by", "2026-06-01"),
        ("plan", "set", "sit", "20", "--by"),
        ("profile", "set", "name"),
        ("treat", "effect"),
    ],
)
def test_no_answer_turns_the_line_it_stands_on(two_months: Patient, words: tuple[str, ...]) -> None:
    said = two_months.run(*words, "left\u202eright\u2066\u200bend", code=None)
    assert "leftrightend" in said.out + said.err
    assert not set("\u202e\u2066\u200b") & set(said.out + said.err)


def test_json_holds_the_exact_text_and_turns_nothing(two_months: Patient) -> None:
    two_months.run("log", "4", "-n", "left\u202eright \U0001f469\u200d\U0001f52c")
    said = two_months.run("history", "--json")
    assert "\u202e" not in said.out
    assert said.json["entries"][-1]["note"] == "left\u202eright \U0001f469\u200d\U0001f52c"


def test_hostile_names_steer_nothing(two_months: Patient) -> None:
    add(two_months, "massage", "--name", "\x1b[31mred\u202e <b>", "--on", on(START))
    for words in (("treat", "list"), ("treat", "effect", 1), ("chart", "pain")):
        out = two_months.run(*words).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_finished_with_fewer_sessions_on_record(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START), "--sessions", 6)
    two_months.run("treat", "done", 1)
    two_months.run("treat", "done", 1)
    two_months.run("treat", "end", 1, "--finished")
    (row,) = two_months.run("treat", "list", "--json").json["treatments"]
    assert (row["sessions"], row["done"], row["finished"]) == (2, 2, True)
    two_months.run("treat", "edit", 1, "--end", "none")
    assert two_months.run("treat", "list", "--json").json["treatments"][0]["end"] is None
    assert (
        "two different things"
        in two_months.run("treat", "end", 1, "--finished", "--stopped", "x", code=2).err
    )


def test_a_window_that_has_not_come_says_so(two_months: Patient) -> None:
    add(two_months, "epidural", "--on", on(DAYS - 2))
    assert "9 May to 17 May, still ahead" in two_months.run("treat", "effect", 1).out


def test_what_ran_beside_is_named_in_the_cautions(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START))
    add(two_months, "massage", "--on", on(START + 2))
    two_months.run("med", "add", "ibuprofen", "--since", on(START - 3))
    found = effect(two_months, 1)
    assert found["beside"] == ["ibuprofen", "Massage"]
    (said,) = (text for text in found["cautions"] if text.startswith("other treatment: "))
    assert "ibuprofen and Massage" in said
    shown = two_months.run("treat", "list", env={"COLUMNS": "200"}).lines
    assert any("Physiotherapy" in line and "beside ibuprofen and Massage" in line for line in shown)


def test_the_list_shows_what_its_class_stands_on(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START))
    row = next(line for line in two_months.run("treat", "list").lines if "Physiotherapy" in line)
    assert "sit 21 min to 31 min, pain 6.5 to 4.5" in row


def test_after_its_end_a_course_waits_for_seven_days(two_months: Patient) -> None:
    add(two_months, "physio", "--on", on(START), "--sessions", 2)
    two_months.run("treat", "end", 1, "--on", on(DAYS - 4), "--finished")
    found = effect(two_months, 1)
    assert (found["class"], found["window"], found["n_after"], found["nap"]) == (
        "insufficient", "after the end", 3, None,
    )  # fmt: skip
    (ran,) = found["windows"]
    assert (ran["window"], ran["n_after"], ran["median_after"]) == ("course", 26, 4.5)
    assert "While it ran: pain 6.5 to 4.5" in two_months.run("treat", "effect", 1).out
    listed = two_months.run("treat", "list").out
    assert listed.startswith("Cannot tell yet")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (((7, None), (3, None)), "What you could do was logged on too few days."),
        (((6, None), (6, None)), "What you could do was logged on too few days."),
        (((None, 20), (None, 21)), "Pain was logged on too few days."),
        (((6, 20), (5, 22)), "Neither pain (6 to 5) nor what you could do changed by an amount that counts."),
        (((7, 20), (3, 22)), "pain 7 to 3. What you could do grew by less than 30 %."),
        (((7, 20), (7, 27)), "You could do more after it: sit 20 min to 27 min, which is 30 % or more."),
    ],
)
def test_the_sentence_says_what_is_known_and_no_more(
    patient: Patient, values: tuple[tuple[int | None, int | None], ...], said: str
) -> None:
    for day in range(40):
        pain, sit = values[day >= 20]
        words = [f"{key}={v}" for key, v in (("pain", pain), ("sit", sit)) if v is not None]
        patient.run("log", *words, now=evening(day))
    patient.now = evening(40)
    add(patient, "physio", "--on", on(20))
    assert said in patient.run("treat", "effect", 1).out


def test_a_measure_without_a_better_side_is_higher_or_lower(patient: Patient) -> None:
    patient.run("metric", "add", "coffee", "--unit", "count")
    for day in range(40):
        patient.run("log", 4, f"coffee={1 + (day >= 20)}", now=evening(day))
    patient.now = evening(40)
    add(patient, "nutrition", "--on", on(20))
    assert (
        "100 of 100 such pairs the day after was higher"
        in patient.run("treat", "effect", 1, "--metric", "coffee").out
    )


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("therapy", "physiotherapy or manual-therapy or cbt or act"),
        ("injection", ""),
        ("scan", ""),
        ("chair", ""),
    ],
)
def test_a_word_inside_a_kind_names_it_or_asks_which(patient: Patient, word: str, said: str) -> None:
    found = patient.run("treat", "add", word, code=1 if said else 0)
    assert f'"{word}" could be {said}.' in found.err if said else "Treatment 1" in found.out


def test_around_a_procedure_sleep_and_painkiller_days_are_compared(patient: Patient) -> None:
    patient.run("med", "add", "ibuprofen", "--dose", "400mg", now=evening(0))
    patient.run("med", "add", "vitamin", now=evening(0))
    for day in range(60):
        late = day >= 30
        patient.run("log", 4 if late else 7, "sit", 21, "sleep", "7h" if late else "6h", now=evening(day))
        if day % (10 if late else 2) == 0:
            patient.run("med", "take", "ibuprofen", now=evening(day))
        patient.run("med", "take", "vitamin", now=evening(day))
    patient.now = evening(60)
    add(patient, "facet", "--on", on(30))
    add(patient, "physio", "--on", on(30))
    found = effect(patient, 1)
    assert found["painkiller_days"] == {"before": {"days": 7, "of": 14}, "after": {"days": 1, "of": 9}}
    assert (found["sleep"]["median_before"], found["sleep"]["median_after"]) == (360, 420)
    shown = patient.run("treat", "effect", 1).lines
    assert "Sleep: 6 h to 7 h" in shown
    assert "Painkiller days: 7 of 14 before, 1 of 9 after" in shown
    assert "6 weeks: to be read from 6 May" in shown
    course = effect(patient, 2)
    assert (course["sleep"], course["painkiller_days"]) == (None, None)


def test_the_list_of_a_period_has_what_began_ran_or_was_done_in_it(two_months: Patient) -> None:
    add(two_months, "massage", "--on", on(2), "--end", on(9))
    add(two_months, "physio", "--on", on(5))
    add(two_months, "mri", "--on", on(20))
    add(two_months, "facet", "--on", on(30))

    def kinds(*words: str) -> list[str]:
        return [t["kind"] for t in two_months.run("treat", "list", *words, "--json").json["treatments"]]

    assert kinds("--since", on(9)) == ["massage", "physiotherapy", "mri", "facet"]
    assert kinds("--since", on(10)) == ["physiotherapy", "mri", "facet"]
    assert kinds("--since", on(21), "--until", on(29)) == ["physiotherapy"]
    assert kinds("--until", on(1)) == []
    assert two_months.run("treat", "list", "--until", on(1)).out == "Nothing here was tried in this period.\n"
    assert two_months.run("treat", "list", "--since", on(9), "--until", on(1), code=2).err
