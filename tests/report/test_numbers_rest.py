"""The numbers beside the tables, counted again: words under charts, ups and downs, limb pain, lists."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from statistics import mean, median, stdev
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Patient
from tests.report.lived import TODAY, VISIT, at, day, entry, lived
from tests.report.paper import numbers, read
from tests.report.test_numbers import Case

from spinetrack.recovery import diary as d
from spinetrack.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A patient of ups and downs, with leg pain and a test injection."""
    patient = lived(Patient(tmp_path_factory.mktemp("rest")), "boom-bust")
    with Store(patient.home, lambda: at(0, 19)) as store, store.write("more") as writer:
        for back in range(84):
            writer.add(entry(back, 10, limb=7 - back % 3 - (back < 30) * 2))
            writer.add(entry(back, 11, active=70 if back % 5 == 0 else 15 if back % 5 == 4 else 40))
        writer.add(d.Block(8, at(9), day(9), "nerve block"))
    path = patient.folder / "report.md"
    patient.run("report", "-o", path)
    with closing(sqlite3.connect(patient.file)) as db:
        yield Case(db, read(path), VISIT)


def test_how_long_ago_it_began(case: Case) -> None:
    onset = date.fromisoformat(
        case.one("SELECT value FROM profile WHERE key = 'onset' ORDER BY at DESC LIMIT 1")
    )
    (line,) = [item for item in case.parts["About"].items if item.startswith("Began")]
    began, _, weeks = line.removeprefix("Began: ").partition(", ")
    assert case.day(began) == onset
    assert numbers(weeks) == [(TODAY - onset).days // 7]


def test_leg_pain_of_page_one(case: Case) -> None:
    row = next(r for r in case.parts["At a glance"].table if r["Measure"] == "Leg or arm pain")
    values = case.values("limb")
    first = min(values)
    for column, start in (
        ("Baseline", first), ("Last visit", VISIT - timedelta(days=13)), ("Now", TODAY - timedelta(days=13)),
    ):  # fmt: skip
        found = [values[start + timedelta(days=n)] for n in range(14) if start + timedelta(days=n) in values]
        assert numbers(row[column].partition(";")[0]) == [median(found), len(found)]


def test_the_words_under_the_pain_chart(case: Case) -> None:
    values = case.values("pain")
    inside = {d: v for d, v in values.items() if d >= case.since}
    middles = []
    for n in range((TODAY - case.since).days + 1):
        last = case.since + timedelta(days=n)
        week = [values[last - timedelta(days=k)] for k in range(7) if last - timedelta(days=k) in values]
        if len(week) >= 4:
            middles.append((last, median(week)))
    line = case.parts["Charts"].line("Pain: weekly middle")
    begun, _, rest = line.removeprefix("Pain: weekly middle ").partition(", ")
    ended, _, rest = rest.partition(". ")
    for said, (when, value) in ((begun, middles[0]), (ended, middles[-1])):
        number, _, words = said.partition(" on ")
        assert (float(number), case.day(words)) == (value, when)
    found = numbers(rest)
    length = (TODAY - case.since).days + 1
    assert found[:4] == [min(inside.values()), max(inside.values()), len(inside), length]


def test_the_plan_under_a_chart_is_its_first_and_its_last_dose(case: Case) -> None:
    rows = case.ask("SELECT day, amount FROM quota WHERE activity = 'sit' ORDER BY at")
    first = [amount for when, amount in rows if when <= f"{case.since}"] or [rows[0][1]]
    line = case.parts["Charts"].line("Sitting: weekly middle")
    said = line.partition("Plan ")[2].partition(". ")[0].removesuffix(".")
    expected = [rows[-1][1]] if rows[-1][1] == first[-1] else [rows[-1][1], first[-1]]
    assert numbers(said) == expected


def test_ups_and_downs(case: Case) -> None:
    active = case.values("active", TODAY - timedelta(days=27))
    usual = median(active.values())
    recent = {d: v for d, v in active.items() if d > TODAY - timedelta(days=14)}
    booms = [d for d, v in recent.items() if v > 1.5 * usual]
    pairs = [d for d in booms if any(active.get(d + timedelta(days=n), usual) < 0.5 * usual for n in (1, 2))]
    line = case.parts["Day and week"].line("Ups and downs")
    spread = 100 * stdev(recent.values()) / mean(recent.values())
    assert pairs
    assert numbers(line) == [len(pairs), 2, 14, usual, round(spread, 1), len(recent)]


def test_what_is_listed_is_all_of_the_period(case: Case) -> None:
    notes = case.inside("SELECT count(*) FROM entry WHERE note IS NOT NULL AND note != ''")
    assert len(case.parts["Notes by the patient"].items) == min(notes, 40)
    effects = case.inside("SELECT count(*) FROM side_effect WHERE 1")
    assert len(case.parts["Medicines"].items) == effects == 1
    waiting = case.one("SELECT count(*) FROM question")
    asked = case.one("SELECT count(*) FROM decision WHERE choice = 'ask'")
    assert waiting <= len(case.parts["Questions for you"].items) <= waiting + asked
    base = case.one("SELECT base FROM block")
    (line,) = [item for item in case.parts["Treatments"].items if "nerve block" in item]
    assert f"pain before {base}." in line
