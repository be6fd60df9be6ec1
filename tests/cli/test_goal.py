"""Goals through the command: options, questions, refusals, JSON, undo, warning signs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cli.test_checkin import end, say, terminal
from tests.conftest import Patient, evening

FILM = (
    "goal", "add", "sit through a film", "--metric", "sit", "--target", 60, "--by", "12w", "--why", "cinema",
    "--importance", 3, "--difficulty", 2, "--confidence", 8, "--supporter", "my sister",
)  # fmt: skip


@pytest.fixture
def ten(patient: Patient) -> Patient:
    """Ten days with sitting 20, gates none, a clear screen."""
    patient.run("profile", "gates", "--none", now=evening(0))
    patient.run("screen", "--none", now=evening(0))
    for day in range(10):
        patient.run("log", f"pain={4 + day % 2}", "sit=20", "sleep=7h", now=evening(day))
    patient.now = evening(10)
    return patient


def goals(patient: Patient, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return list(patient.run("goal", "list", "--json", **more).json["goals"])


def weeks_later(patient: Patient, days: int, sit: int, first: int = 10) -> None:
    for day in range(first, first + days):
        patient.run("log", f"pain={4 + day % 2}", f"sit={sit}", now=evening(day))
    patient.now = evening(first + days)
    patient.run("screen", "--none")


# --- set one -----------------------------------------------------------------------------------


def test_a_goal_with_all_its_parts(ten: Patient) -> None:
    said = ten.run(*FILM)
    assert "Goal 1: sit through a film" in said.out
    assert "undo: spinetrack undo" in said.out
    assert "26 min" in said.out, "the first building block"
    (goal,) = goals(ten)
    assert {k: v for k, v in goal.items() if k != "checks"} == {
        "id": 1, "title": "sit through a film", "metric": "sit", "baseline": 20, "target": 60, "current": 20,
        "due": "2026-06-04", "status": "active", "level": -1, "ratio": None,
    }  # fmt: skip
    assert [c["letter"] for c in goal["checks"]] == ["S", "M", "A", "R", "T"]
    assert all(c["ok"] for c in goal["checks"])
    assert ten.run("goal", "list", "--json").json["gas"] == {"t": 40, "t_baseline": 40, "change": 0}


def test_vector_18_a_steep_goal_is_kept_and_the_fix_offered(ten: Patient) -> None:
    words = ["4w" if word == "12w" else word for word in FILM]
    said = ten.run(*words)
    assert "31.6 % a week" in said.out
    ten.run("screen", "--none")
    found = ten.run("suggest", "--all", "--json").json
    (goal,) = [s for s in found["suggestions"] if s["rule"] == "GO-1"]
    assert goal["id"] == "GO-1-1"
    assert "31.6 % a week" in goal["message"]
    assert goal["why"][0]["fact"].startswith("A")


def test_vector_16_with_its_goal(ten: Patient) -> None:
    """An open emergency sign of yesterday, and a goal reached today: the sign alone."""
    ten.run(*FILM)
    weeks_later(ten, 6, 62)
    ten.run("screen", "--yes", "CE1", code=3)
    ten.run("log", 4, "sit", 62, now=evening(17), code=None)
    said = ten.run("suggest", "--json", now=evening(17), code=3).json
    assert [s["rule"] for s in said["suggestions"]] == ["RF-5"]
    assert "GO-4" in {s["rule"] for s in said["suppressed"]} or said["suppressed"]


def test_a_reached_goal_is_said_with_its_number(ten: Patient) -> None:
    ten.run(*FILM)
    weeks_later(ten, 3, 62)
    ten.run("log", 4, "sit", 62)
    found = [s for s in ten.run("suggest", "--json").json["suggestions"] if s["rule"] == "GO-4"]
    assert found
    assert "1 h 02" in found[0]["message"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("film", "--metric", "sit", "--by", "12w"), "needs a number to reach"),
        (("film", "--target", "60", "--by", "12w"), "needs a measure"),
        (("film", "--metric", "sit", "--target", "60"), "needs a day"),
        (("film", "--metric", "sit", "--target", "60", "--by", "2026-01-01"), "not after today"),
        (("film", "--metric", "sit", "--target", "60", "--by", "today"), "not after today"),
        (("film", "--metric", "sitt", "--target", "60", "--by", "12w"), "Did you mean sit?"),
        (("film", "--metric", "sit", "--target", "60+", "--by", "12w"), "one number"),
        (("film", "--metric", "pain", "--target", "11", "--by", "12w"), "goes from 0 to 10"),
        (("", "--metric", "sit", "--target", "60", "--by", "12w"), "in your own words"),
        (("x" * 81, "--metric", "sit", "--target", "60", "--by", "12w"), "one short line"),
        (("a", "--metric", "work", "--target", "8", "--by", "12w"), "1 to 7"),
        (("film", "--metric", "sit", "--target", "60", "--by", "12w", "--levels", "a|b"), "five texts"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    ten: Patient, words: tuple[str, ...], said: str
) -> None:
    answer = ten.run("goal", "add", *words, code=1)
    assert said in answer.err
    assert answer.out == ""
    assert goals(ten) == []


@pytest.mark.parametrize(
    ("option", "value"), [("--importance", 4), ("--difficulty", 0), ("--confidence", 11)]
)
def test_a_rank_out_of_range_is_wrong_usage(ten: Patient, option: str, value: int) -> None:
    ten.run("goal", "add", "film", "--metric", "sit", "--target", 60, "--by", "12w", option, value, code=2)
    assert goals(ten) == []


def test_a_distance_goes_to_its_own_measure(ten: Patient) -> None:
    ten.run("goal", "add", "walk to the shop", "--metric", "walk", "--target", "1.2km", "--by", "8w")
    (goal,) = goals(ten)
    assert (goal["metric"], goal["target"], goal["baseline"], goal["level"]) == ("distance", 1200, None, None)
    assert not next(c for c in goal["checks"] if c["letter"] == "M")["ok"]


def test_goals_on_measures_of_ones_own(ten: Patient) -> None:
    ten.run("metric", "add", "garden", "--unit", "yes/no", "--better", "up")
    ten.run("metric", "add", "beds", "--unit", "count", "--better", "up")
    for day in range(10, 14):
        ten.run("log", 4, "garden", "yes" if day % 2 else "no", "beds", day - 8, now=evening(day))
    ten.now = evening(13)
    ten.run("goal", "add", "garden without a break", "--metric", "garden", "--target", 3, "--by", "8w")
    ten.run("goal", "add", "dig some beds", "--metric", "beds", "--target", 6, "--by", "8w")
    garden, beds = goals(ten)
    assert (garden["baseline"], garden["current"], garden["target"]) == (1, 2, 3)
    assert (beds["baseline"], beds["current"], beds["target"]) == (3.5, 3.5, 6)
    assert "2 days a week" in ten.run("goal", "list").out


def test_a_pain_goal_alone_asks_for_one_about_doing(ten: Patient) -> None:
    words = ("goal", "add", "less pain", "--metric", "pain", "--target", 3, "--by", "8w", "--why", "x")
    ten.run(*words, "--confidence", 9)
    ten.run("screen", "--none")
    found = ten.run("suggest", "--all", "--json").json
    rules = {s["rule"] for s in found["suggestions"]} | {s["rule"] for s in found["suppressed"]}
    assert "GO-5" in rules


def test_the_questions_show_the_patients_own_numbers(ten: Patient) -> None:
    with terminal(ten, "goal", "add") as child:
        asked = say(
            child, "see a film", "sitt", "sit", "70", "b", "60", "yesterday", "12w", "cinema", "3", "2", "11", "8",
            "my sister",
        )  # fmt: skip
        code, said = end(child)
    assert code == 0
    text = "\n".join(asked)
    assert "usual 20 min" in text
    assert "Your best: 20 min." in text
    assert "31.6 % a week is too steep" in text
    assert "9.6 % a week is a usual pace." in text
    assert "Did you mean sit?" in text
    assert "not after today" in text
    assert "Goal 1: see a film" in said
    (goal,) = goals(ten)
    assert (goal["target"], goal["due"]) == (60, "2026-06-04")
    assert all(c["ok"] for c in goal["checks"])


def test_a_stopped_question_keeps_nothing(ten: Patient) -> None:
    with terminal(ten, "goal", "add") as child:
        say(child, "see a film", "q")
        code, said = end(child)
    assert (code, "Nothing was saved." in said) == (0, True)
    with terminal(ten, "goal", "add") as child:
        say(child, "see a film")
        child.sendintr()
        code, _ = end(child)
    assert code == 130
    assert goals(ten) == []


def test_only_what_is_missing_is_asked(ten: Patient) -> None:
    with terminal(ten, *map(str, FILM[:7])) as child:
        asked = say(child, "8w", "", "", "", "", "")
        end(child)
    assert "By which day" in asked[0]
    assert goals(ten)[0]["due"] == "2026-05-07"


# --- how far -----------------------------------------------------------------------------------


def test_a_rating_stands_until_a_newer_one(ten: Patient) -> None:
    ten.run(*FILM)
    ten.run("goal", "rate", 1, "--", "-2")
    assert goals(ten)[0]["level"] == -2
    ten.run("goal", "rate", 1, "2", "--on", "2026-03-05")
    assert goals(ten)[0]["level"] == -2, "an older day stands below"
    ten.run("goal", "rate", 1, "+1", now=evening(12))
    assert goals(ten, now=evening(12))[0]["level"] == 1
    ten.run("goal", "rate", 1, "-1", now=evening(13))
    assert goals(ten, now=evening(13))[0]["level"] == -1
    ten.run("undo", now=evening(13))
    assert goals(ten, now=evening(13))[0]["level"] == 1


@pytest.mark.parametrize("level", ["3", "-3", "half", "1.5"])
def test_a_level_that_is_none_is_refused(ten: Patient, level: str) -> None:
    ten.run(*FILM)
    assert "A level is -2, -1, 0, 1 or 2" in ten.run("goal", "rate", 1, "--", level, code=1).err


@pytest.mark.parametrize(
    ("levels", "weights", "t"),
    [
        ([1], [(1, 1)], 60.0), ([2, 0, -1], [(1, 1)] * 3, 54.5644), ([1, 0, -1, 2], [(1, 1)] * 4, 57.2548),
        ([0, 1, -1], [(3, 1), (2, 1), (1, 1)], 52.2033), ([1, 0, -2], [(3, 3), (2, 2), (2, 1)], 54.2532),
        ([2] * 4, [(1, 1)] * 4, 79.0191), ([-2] * 4, [(1, 1)] * 4, 20.9809), ([-1, -1], [(1, 1)] * 2, 37.5965),
    ],
)  # fmt: skip
def test_the_t_of_written_levels(
    patient: Patient, levels: list[int], weights: list[tuple[int, int]], t: float
) -> None:
    for number, (level, (importance, difficulty)) in enumerate(zip(levels, weights, strict=True), start=1):
        ranks = ("--importance", importance, "--difficulty", difficulty)
        patient.run("goal", "add", f"goal {number}", "--metric", "sit", "--target", 60, "--by", "12w", *ranks)
        patient.run("goal", "rate", number, "--", level)
    assert patient.run("goal", "list", "--json").json["gas"]["t"] == t


def test_the_levels_that_the_diary_says(ten: Patient) -> None:
    ten.run(*FILM)
    ten.run("goal", "add", "sit at table", "--metric", "sit", "--target", 30, "--by", "8w")
    for sit, far, near in ((19, -2, -2), (29, -1, -1), (30, -1, 0), (35, -1, 2), (60, 0, 2), (70, 1, 2)):
        ten.run("log", 4, "sit", sit)
        for day in range(4, 10):
            ten.run("log", 4, "sit", sit, "--at", evening(day)[:10])
        # The greatest of a day stands, so only rising values can be tried.
        if sit >= 20:
            assert [g["level"] for g in goals(ten)] == [far, near], sit


def test_behind_for_two_looks_offers_three_ways(ten: Patient) -> None:
    ten.run(*FILM)
    weeks_later(ten, 21, 21)
    found = [s for s in ten.run("suggest", "--json").json["suggestions"] if s["rule"] == "GO-2"]
    assert found
    said = ten.run("goal", "review").out
    for word in ("Smaller step", "Later day", "Another way", "Keep it", "Behind."):
        assert word in said


def test_the_day_passed(ten: Patient) -> None:
    ten.run(*[("2w" if word == "12w" else word) for word in FILM])
    weeks_later(ten, 15, 30)
    found = ten.run("suggest", "--all", "--json").json
    rules = {s["rule"] for s in found["suggestions"]} | {s["rule"] for s in found["suppressed"]}
    assert "GO-3" in rules
    assert "its day has passed" in ten.run("goal", "list").out.lower()


# --- change, close, blocks ---------------------------------------------------------------------


def test_edit_moves_the_day_and_the_blocks(ten: Patient) -> None:
    ten.run(*[("4w" if word == "12w" else word) for word in FILM])
    assert not goals(ten)[0]["checks"][2]["ok"]
    ten.run("goal", "edit", 1, "--by", "12w", "--confidence", 9, "--title", "see a film")
    goal = ten.run("goal", "show", 1, "--json").json["goal"]
    assert (goal["title"], goal["due"], goal["confidence"]) == ("see a film", "2026-06-04", 9)
    assert all(c["ok"] for c in goal["checks"])
    assert [m["value"] for m in goal["milestones"]] == [26, 35, 46]
    assert [m["due"] for m in goal["milestones"]] == ["2026-04-02", "2026-04-23", "2026-05-14"]
    ten.run("undo")
    assert goals(ten)[0]["due"] == "2026-04-09"
    ten.run("goal", "edit", 1, code=2)
    ten.run("goal", "edit", 7, "--by", "12w", code=1)
    ten.run("goal", "edit", 1, "--by", "2026-01-01", code=1)


def test_the_start_is_frozen_once_it_is_known(patient: Patient) -> None:
    patient.run("goal", "add", "film", "--metric", "sit", "--target", 60, "--by", "12w")
    for day in range(4):
        patient.run("log", 4, "sit", 20 + day, now=evening(day))
    patient.now = evening(4)
    assert goals(patient)[0]["baseline"] == 21
    patient.run("goal", "edit", 1, "--why", "cinema")
    patient.run("log", 4, "sit", 90, "--at", "2026-03-01")
    goal = patient.run("goal", "show", 1, "--json").json["goal"]
    assert goal["baseline"] == 21
    assert goal["milestones"], "they are made once there is a start"


def test_close_and_reached(ten: Patient) -> None:
    ten.run(*FILM)
    ten.run("goal", "add", "other", "--metric", "sit", "--target", 40, "--by", "12w")
    ten.run("goal", "close", 1)
    ten.run("goal", "close", 2, "--reached")
    assert [(g["id"], g["status"], g["level"]) for g in goals(ten)] == [(2, "reached", 0)]
    every = ten.run("goal", "list", "--all", "--json").json["goals"]
    assert [g["status"] for g in every] == ["closed", "reached"]
    ten.run("goal", "close", 1, code=1)
    ten.run("undo")
    assert [g["status"] for g in goals(ten)] == ["active"]


def test_building_blocks_can_be_changed(ten: Patient) -> None:
    ten.run(*FILM)

    def blocks() -> list[tuple[float, str, str | None]]:
        found = ten.run("goal", "show", 1, "--json").json["goal"]["milestones"]
        return [(m["value"], m["due"], m["reached_on"]) for m in found]

    assert [value for value, _, _ in blocks()] == [26, 35, 46]
    ten.run("goal", "milestone", 1, "add", 23, "--by", "2w")
    ten.run("goal", "milestone", 1, "set", 2, "28")
    ten.run("goal", "milestone", 1, "done", 1)
    ten.run("goal", "milestone", 1, "remove", 4)
    assert [(v, r) for v, _, r in blocks()] == [(23, "2026-03-12"), (28, None), (35, None)]
    assert "reached 12 Mar" in ten.run("goal", "milestone", 1).out
    ten.run("goal", "milestone", 1, "renew")
    assert [value for value, _, _ in blocks()] == [26, 35, 46]
    for line, code in {"add 23": 2, "swap 1": 2, "set 1": 2, "done 9": 1, "set 1 far": 1}.items():
        ten.run("goal", "milestone", 1, *line.split(), code=code)


# --- screens -----------------------------------------------------------------------------------


def test_the_list_shows_each_goal_before_all_together(ten: Patient) -> None:
    ten.run(*FILM)
    weeks_later(ten, 14, 30)
    said = ten.run("goal", "list").out
    assert said.index("sit through a film") < said.index("All goals together")
    assert "Now 30 min, began at 20 min." in said
    assert "T now: 40.0" in said
    assert ten.run("goal").out == said
    shown = ten.run("goal", "show", 1).out
    for word in ("By now", "Building blocks", "S: yes", "cinema", "my sister", "importance 3"):
        assert word in shown, word


def test_the_projected_day_has_a_range(ten: Patient) -> None:
    ten.run(*FILM)
    for day in range(10, 30):
        ten.run("log", 4, f"sit={10 + day}", now=evening(day))
    ten.now = evening(29)
    found = ten.run("goal", "show", 1, "--json").json["goal"]["projected"]
    assert found["earliest"] <= found["likely"] <= found["latest"]
    assert "At this pace: about" in ten.run("goal", "show", 1).out


def test_the_chart_has_the_goal(ten: Patient) -> None:
    ten.run(*FILM)
    (chart,) = ten.run("chart", "sit", "--json").json["charts"]
    assert {"label": "goal", "value": 60} in chart["lines"]


def test_a_terminal_shows_bar_and_path(ten: Patient) -> None:
    ten.run(*FILM)
    weeks_later(ten, 14, 30)
    with terminal(ten, "goal", "show", "1") as child:
        code, said = end(child)
    assert code == 0
    assert "█" in said
    assert "the way to the goal" in said


def test_an_open_sign_leaves_no_goal(ten: Patient) -> None:
    ten.run(*FILM)
    ten.run("screen", "--yes", "CE1", code=3)
    for words in (("list",), ("show", 1), ("review",), ("milestone", 1)):
        said = ten.run("goal", *words).out
        assert "film" not in said
        assert "STOP" in said
    found = ten.run("goal", "list", "--json").json
    assert found == {"spinetrack": 1, "goals": [], "gas": {"t": None, "t_baseline": None, "change": None}}
    kept = ten.run("goal", "add", "walk far", "--metric", "walk", "--target", 30, "--by", "8w").out
    assert "Kept: goal 2" in kept
    assert "walk far" not in kept
    (chart,) = ten.run("chart", "sit", "--json").json["charts"]
    assert chart["lines"] == []


def test_words_that_worry_make_the_questions_due(ten: Patient) -> None:
    said = ten.run("goal", "add", "walk", "--metric", "walk", "--target", 30, "--by", "8w", "--why",
                   "my legs feel weak and numb")  # fmt: skip
    assert "spinetrack screen" in said.out


def test_no_goals_yet(patient: Patient) -> None:
    assert "No goals yet." in patient.run("goal", "list").out
    assert not patient.home.exists()
    assert "There is no goal 4." in patient.run("goal", "show", 4, code=1).err
