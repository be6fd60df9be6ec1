"""The vectors of clinical.md through the real command: days logged with --at, the clock fixed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Patient

START = date(2026, 3, 2)
FOUR: list[int | None] = [4] * 20
SWING: list[int | None] = [4, 3] * 10


def moment(n: int, hour: str = "19:00") -> str:
    return f"{START + timedelta(days=n)}T{hour}:00+00:00"


def begin(
    patient: Patient, quotas: dict[str, int] | None = None, today: int = 20, by: str = "physio"
) -> None:
    """Gates none, tolerances planned for 4 days a week, quotas of 40 since 10 days."""
    patient.run("profile", "gates", "--none", now=moment(0, "08:00"))
    for name in ("sit", "stand", "walk"):
        dose = (quotas or {}).get(name, 40)
        patient.run("plan", "set", name, dose, "--by", by, "--per-week", 4, now=moment(today - 10, "08:00"))


def log(patient: Patient, n: int, *words: object) -> None:
    patient.run("log", *words, "--at", f"{START + timedelta(days=n)}T19:00", now=moment(n, "19:05"))


def days(patient: Patient, pains: list[int | None], first: int = 0) -> int:
    """Log one pain a day; return the last day."""
    for n, pain in enumerate(pains, start=first):
        if pain is not None:
            log(patient, n, pain)
    return first + len(pains) - 1


def screen(patient: Patient, n: int, *words: str, code: int = 0) -> None:
    patient.run("screen", *(words or ("--none",)), now=moment(n, "19:30"), code=code)


def rules(patient: Patient, n: int, code: int = 0) -> list[str]:
    found = patient.run("suggest", "--json", now=moment(n, "20:00"), code=code).json
    return [s["rule"] for s in found["suggestions"] if s["priority"] <= 5]


def suggestions(patient: Patient, n: int) -> list[Any]:
    return list(patient.run("suggest", "--json", now=moment(n, "20:00")).json["suggestions"])


def doses(patient: Patient, n: int) -> dict[str, float]:
    items = patient.run("plan", "--json", now=moment(n, "20:00")).json["items"]
    return {item["activity"]: item["today"] for item in items}


def sessions(patient: Patient, today: int, name: str, dose: int, count: int, *words: str) -> None:
    for n in range(today - count, today):
        patient.run(
            "done",
            name,
            dose,
            "--pain",
            3,
            "--settled",
            *words,
            "--at",
            f"{START + timedelta(days=n)}T17:00",
            now=moment(n, "18:00"),
        )


def test_1(patient: Patient) -> None:
    days(patient, [9, 9, 9])
    screen(patient, 2, "--yes", "CE2", code=3)
    assert rules(patient, 2, code=3) == ["RF-1"]


def test_2(patient: Patient) -> None:
    begin(patient, today=10)
    days(patient, [5, 5, 5])
    screen(patient, 2)
    assert rules(patient, 2) == ["DQ-1"]


def test_3(patient: Patient) -> None:
    begin(patient)
    last = days(patient, [*FOUR, 6])
    screen(patient, last)
    assert rules(patient, last) == ["FL-1"]


def test_4(patient: Patient) -> None:
    begin(patient, today=21)
    last = days(patient, [*FOUR, 6, 6])
    screen(patient, last)
    assert rules(patient, last) == ["FL-2", "FL-3"]
    assert doses(patient, last)["sit"] == 30
    change = next(s for s in suggestions(patient, last) if s["rule"] == "FL-3")["changes"][0]
    assert change == {"activity": "sit", "from": 40, "to": 30, "unit": "min"}


def test_5(patient: Patient) -> None:
    begin(patient)
    days(patient, FOUR)
    found = []
    for n, pain in enumerate([8, 7, 7, 7, 6, 6, 6], start=20):
        log(patient, n, pain, *(["--flare"] if n == 20 else []))
        screen(patient, n)
        if n == 20:
            assert rules(patient, n) == ["FL-2", "FL-3"]
        found.append(doses(patient, n)["sit"])
    assert found == [20, 20, 20, 25, 30, 35, 40]


def test_6(patient: Patient) -> None:
    begin(patient)
    days(patient, FOUR)
    log(patient, 20, 5, "--flare")
    screen(patient, 20)
    assert rules(patient, 20) == ["FL-2", "FL-3"]
    assert doses(patient, 20)["sit"] == 30


@pytest.mark.parametrize(("quota", "step"), [(20, 22), (8, 9), (30, 35), (45, 50), (60, 65), (100, 110)])
def test_7_to_10(patient: Patient, quota: int, step: int) -> None:
    begin(patient, {"walk": quota})
    days(patient, SWING)
    sessions(patient, 20, "walk", quota, 4)
    log(patient, 20, 4)
    screen(patient, 20)
    assert rules(patient, 20) == ["PR-1"]
    assert suggestions(patient, 20)[0]["changes"] == [
        {"activity": "walk", "from": quota, "to": step, "unit": "min"}
    ]
    patient.run("suggest", "follow", "PR-1-walk", now=moment(20, "21:00"))
    assert doses(patient, 20)["walk"] == step


def test_11(patient: Patient) -> None:
    begin(patient, {"walk": 20})
    days(patient, SWING)
    sessions(patient, 20, "walk", 20, 2)
    log(patient, 20, 4)
    screen(patient, 20)
    assert rules(patient, 20) == ["PR-3"]


def test_12(patient: Patient) -> None:
    begin(patient)
    days(patient, SWING)
    screen(patient, 15)
    for n, spread in ((17, True), (18, False), (19, True)):
        words = ["--spread"] if spread else []
        patient.run("done", "walk", 40, "--pain", 3, "--settled", *words, now=moment(n, "20:00"))
    log(patient, 20, 4)
    assert rules(patient, 20) == ["RF-4", "PR-4"]
    assert doses(patient, 20)["walk"] == 30


def test_16(patient: Patient) -> None:
    begin(patient)
    days(patient, SWING)
    screen(patient, 19, "--yes", "CE1", code=3)
    assert rules(patient, 20, code=3) == ["RF-5"]
    assert patient.run("plan", "--json", now=moment(20)).json["items"] == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (["20", "25", "15"], 15),
        (["5", "20", "12"], 8),
        (["60", "70", "55", "65"], 50),
        (["4", "3", "5"], 3),
        (["30", "35", "40", "60+"], 30),
    ],
)
def test_the_first_quota(patient: Patient, typed: list[str], first: int) -> None:
    patient.run("profile", "gates", "--none", now=moment(0, "08:00"))
    last = days(patient, [4, 3] * 5)
    for n, value in enumerate(typed):
        log(patient, last - len(typed) + 1 + n, "sit", value)
    screen(patient, last)
    found = [s for s in suggestions(patient, last) if s["priority"] <= 5]
    assert [s["rule"] for s in found] == ["PR-0"]
    assert found[0]["changes"] == [{"activity": "sit", "from": None, "to": first, "unit": "min"}]
    patient.run("suggest", "follow", "PR-0", now=moment(last, "21:00"))
    assert doses(patient, last) == {"sit": first}


@pytest.mark.parametrize(
    ("pains", "said", "flare"),
    [([4, 6, 5, 6], (), True), ([4, 6, 4, 4], (), False), ([4, 5], (1,), True), ([4, 6, 5], (), False)],
)
def test_flare_vectors(patient: Patient, pains: list[int], said: tuple[int, ...], flare: bool) -> None:
    days(patient, FOUR)
    for n, pain in enumerate(pains):
        log(patient, 20 + n, pain, *(["--flare"] if n in said else []))
    last = 20 + len(pains) - 1
    shown = patient.run("flare", "status", "--json", now=moment(last, "20:00")).json
    assert (shown["flare"] is not None) is flare


def test_what_happens_after_the_questions_of_the_same_day_asks_again(patient: Patient) -> None:
    patient.run("profile", "gates", "--none", now=moment(0, "08:00"))
    last = days(patient, FOUR)
    patient.run("log", 4, now=moment(last + 1, "08:00"))
    screen_at = moment(last + 1, "09:00")
    patient.run("screen", "--none", now=screen_at)
    evening = moment(last + 1, "20:00")
    for words in (("limb", 4), ("worst", 10), (4, "--flare")):
        patient.run("log", *words, now=evening)
        found = patient.run("suggest", "--json", now=evening).json["suggestions"]
        assert "RF-4" in [s["rule"] for s in found], words
        patient.run("undo", now=evening)
        patient.run("screen", "--none", now=evening)
