"""`spinetrack insight`: what goes with what, and what it does not say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.builders import Patient as Built
from tests.builders import at
from tests.conftest import Patient

from spinetrack.store import Store

LINKED = ("sleep", "stress", "time of day", "boom and bust")


def rich_diary() -> Built:
    """Return 60 days in which poor nights, stress and evenings go with more pain, and #garden does not."""
    built = Built()
    swing = [80, 10, 5, 20, 75, 10, 0, 25, 90, 5, 10, 30, 85, 10]
    for n in range(60):
        poor, stressed = n % 5 == 0, n % 6 == 1
        evening = 4 + 2 * poor + 2 * ((n + 1) % 6 == 1) + n % 2
        built.log(n, hour=8, pain=evening - 2)
        built.log(
            n, pain=evening, sleep=300 if poor else 430, stress=8 if stressed else 3, active=swing[-1 - n % 14],
            note="an hour of #garden" if n % 7 in {0, 3} else None,
        )  # fmt: skip
    return built


def kept(patient: Patient, built: Built) -> Patient:
    """Write a built diary into the patient's file, and go to its evening."""
    moment = at(built.today, 22)
    with Store(patient.home, lambda: moment) as store, store.write("import") as writer:
        for row in (*built.entries, *built.profile):
            writer.add(row)
    patient.now = moment.isoformat()
    return patient


def found(patient: Patient, *words: str) -> dict[str, Any]:
    return {row["name"]: row for row in patient.run("insight", "--json", *words).json["insights"]}


def test_each_link_has_its_days_and_numbers(patient: Patient) -> None:
    rows = found(kept(patient, rich_diary()))
    assert list(rows)[:4] == list(LINKED)
    sleep = rows["sleep"]["numbers"]
    assert (sleep["days_with"], sleep["days_without"]) == (6, 22)
    assert sleep["difference"] == pytest.approx(sleep["mean_with"] - sleep["mean_without"], abs=0.011)
    assert sleep["difference"] >= 1
    assert rows["sleep"]["n"] == 28
    assert rows["stress"]["numbers"]["difference"] >= 1
    assert rows["time of day"]["numbers"] == {"evening_minus_morning": 2}
    assert rows["boom and bust"]["numbers"]["flagged"] is True
    assert rows["#garden"]["numbers"].keys() == {"same_day", "next_day"}
    assert len(rows["weekdays"]["numbers"]) == 7


def test_the_document(patient: Patient) -> None:
    document = kept(patient, rich_diary()).run("insight", "--json").json
    assert list(document) == ["spinetrack", "as_of", "insights", "missing"]
    assert document["spinetrack"] == 1
    assert document["as_of"] == patient.now
    assert all(row.keys() == {"name", "n", "numbers", "text"} for row in document["insights"])
    assert document["missing"] == []


def test_the_pairs_are_named(patient: Patient) -> None:
    out = kept(patient, rich_diary()).run("insight", "--plain").out
    assert re.search(
        r"Big days: \d times a big day was followed by a very quiet one \(14 of 14 days logged\)", out
    )
    assert re.search(r"\w{3} \d+ Mar then \w{3} \d+ Mar", out)


def test_going_together_is_not_causing(patient: Patient) -> None:
    out = kept(patient, rich_diary()).run("insight").out
    assert out.count("Going together is not causing.") == 1
    assert out.count("nearer your usual by itself") == 1
    assert not re.search(r"\b(because|causes|due to|leads to|makes|helps)\b", out)


@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_first_five_fit_one_screen(
    patient: Patient, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spinetrack.app.App.is_terminal", True)
    lines = kept(patient, rich_diary()).run("insight", env={"COLUMNS": columns}).lines
    assert all(len(line) <= int(columns) for line in lines)
    assert next(place for place, line in enumerate(lines) if "Activity" in line) < 23


def test_what_the_patient_said(patient: Patient) -> None:
    patient.run("profile", "set", "worse", "bending,sitting")
    patient.run("profile", "set", "eases", "looking-up")
    out = patient.run("insight").out
    assert "You said worse: With bending and sitting." in out
    assert "You said eased: With looking up." in out
    assert "not causing" not in out


def test_an_empty_diary_says_what_it_needs(patient: Patient) -> None:
    answer = patient.run("insight")
    assert answer.lines[0] == "There are too few days yet to compare anything."
    assert not patient.home.exists()
    missing = patient.run("insight", "--json").json["missing"]
    assert {row["name"]: row["days"] for row in missing} == {
        "sleep": 8, "stress": 8, "time of day": None, "boom and bust": 14, "activity": 14, "weekdays": 15,
    }  # fmt: skip


def built(count: int, log: Callable[[Built, int], object]) -> Built:
    patient = Built()
    for n in range(count):
        log(patient, n)
    return patient


def night(poor: int) -> Callable[[Built, int], object]:
    return lambda p, n: p.log(n, pain=4 + n % 2, sleep=300 if n < poor else 420)


def factor(often: int) -> Callable[[Built, int], object]:
    return lambda p, n: p.log(n, pain=4, note="#yoga" if n < often else None)


LEAST: dict[str, tuple[Built, Built, str]] = {
    "sleep": (built(8, night(4)), built(8, night(3)), "1 more day after a poor night."),
    "stress": (
        built(9, lambda p, n: p.log(n, pain=4, stress=8 if n % 2 else 2)),
        built(7, lambda p, n: p.log(n, pain=4, stress=8 if n % 2 else 2)),
        "1 more day after stress of 7 or more and 1 more day after less.",
    ),
    "time of day": (
        built(7, lambda p, n: p.log(n, pain=4, hour=8).log(n, pain=5)),
        built(6, lambda p, n: p.log(n, pain=4, hour=8).log(n, pain=5)),
        "7 days with an entry before 11:00 and another after 17:00.",
    ),
    "boom and bust": (
        built(14, lambda p, n: p.log(n, pain=4, active=30)),
        built(13, lambda p, n: p.log(n, pain=4, active=30)),
        "1 more day with active minutes or steps.",
    ),
    "activity": (
        built(14, lambda p, n: p.log(n, pain=4, steps=3000 if n % 2 else 5000)),
        built(13, lambda p, n: p.log(n, pain=4, steps=3000 if n % 2 else 5000)),
        "",
    ),
    "weekdays": (
        built(19, lambda p, n: p.log(n, pain=4)),
        built(18, lambda p, n: p.log(n, pain=4)),
        "1 more day, so that 5 weekdays have 3 each.",
    ),
    "#yoga": (built(14, factor(7)), built(14, factor(6)), "1 more day with it."),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAST)
def test_nothing_is_said_below_the_least_data(patient: Patient, tmp_path: Any, name: str) -> None:  # noqa: ANN401
    enough, short, says = LEAST[name]
    assert name in found(kept(patient, enough))
    (tmp_path / "other").mkdir()
    other = kept(Patient(tmp_path / "other"), short)
    document = other.run("insight", "--json").json
    assert name not in {row["name"] for row in document["insights"]}
    missing = next(row for row in document["missing"] if row["name"] == name)
    assert missing["text"] == says or not says
    assert missing["text"] in other.run("insight").out


@pytest.mark.parametrize(
    ("morning", "evening", "says"),
    [
        (3, 5, "Pain grows through the day: evenings 2 points above mornings"),
        (5, 3, "Mornings are the worst: 2 points above evenings"),
        (4, 5, "Mornings and evenings are much alike: 1 point apart"),
    ],
)
def test_the_time_of_day_in_plain_words(patient: Patient, morning: int, evening: int, says: str) -> None:
    diary = built(8, lambda p, n: p.log(n, pain=morning, hour=8).log(n, pain=evening))
    assert says in kept(patient, diary).run("insight").out


def test_since_compares_that_span(patient: Patient) -> None:
    kept(patient, rich_diary())
    assert found(patient, "--since", "all")["sleep"]["n"] == 60
    assert "sleep" not in found(patient, "--since", "8d")
    assert "no start of a period" in patient.run("insight", "--since", "soon", code=1).err


def test_years_back_can_be_compared(patient: Patient) -> None:
    old = built(12, lambda p, n: p.log(n + 400, pain=4 + n % 2, sleep=300 if n % 2 else 420))
    kept(patient, old.log(0, pain=4))
    assert "sleep" not in found(patient)
    assert found(patient, "--since", "2y")["sleep"]["n"] == 12


def test_under_an_open_warning_sign_only_its_banner(patient: Patient) -> None:
    kept(patient, rich_diary())
    patient.run("screen", "--yes", "CE2", code=3)
    answer = patient.run("insight")
    assert answer.lines[0].startswith("STOP.")
    assert "poor nights" not in answer.out
    document = patient.run("insight", "--json").json
    assert (document["insights"], document["missing"]) == ([], [])
