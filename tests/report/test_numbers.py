"""Every number of the report, counted again from the raw file by small queries of their own.

Nothing here uses the program's arithmetic: SQL for the days, `statistics` for the middles, and the
formulas written out as their sources print them.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import mean, median
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import Patient
from tests.report.lived import TODAY, VISIT, lived
from tests.report.paper import Part, numbers, read

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Values = dict[date, float]


@pytest.fixture(scope="module", params=["the whole diary", "since the visit"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    patient = lived(Patient(tmp_path_factory.mktemp("numbers")))
    path = patient.folder / "report.md"
    whole = request.param == "the whole diary"
    patient.run("report", *(("--since", "all") if whole else ()), "-o", path)
    with closing(sqlite3.connect(patient.file)) as db:
        first = date.fromisoformat(db.execute("SELECT min(day) FROM entry").fetchone()[0])
        yield Case(db, read(path), first if whole else VISIT)


class Case:
    """A report and the file it was made of."""

    def __init__(self, db: sqlite3.Connection, parts: dict[str, Part], since: date) -> None:
        self.db = db
        self.parts = parts
        self.since = since
        self.until = TODAY

    def ask(self, question: str, *values: object) -> list[Any]:
        return self.db.execute(question, values).fetchall()

    def one(self, question: str, *values: object) -> Any:  # noqa: ANN401
        return self.ask(question, *values)[0][0]

    def inside(self, question: str, *values: object) -> Any:  # noqa: ANN401
        """Ask for one value of the period's days."""
        return self.one(f"{question} AND day BETWEEN ? AND ?", *values, self.since, self.until)

    def values(self, metric: str, since: date | None = None, until: date | None = None) -> Values:
        """Day to value: the last one of a day, of a tolerance the largest."""
        best = "o.value DESC" if metric in {"sit", "stand", "walk"} else "e.at DESC, e.id DESC, o.id DESC"
        rows = self.ask(
            f"SELECT day, value FROM (SELECT e.day AS day, o.value AS value, row_number() OVER"
            f" (PARTITION BY e.day ORDER BY {best}) AS place FROM entry e JOIN observation o ON o.entry_id = e.id"
            " WHERE o.metric = ? AND o.site IS NULL AND e.day BETWEEN ? AND ?) WHERE place = 1 ORDER BY day",
            metric, since or date(1900, 1, 1), until or self.until,
        )  # fmt: skip
        return {date.fromisoformat(day): value for day, value in rows}

    def limits(self, metric: str, since: date, until: date) -> Values:
        rows = self.ask(
            "SELECT e.day, max(o.value) FROM entry e JOIN observation o ON o.entry_id = e.id"
            " WHERE o.metric = ? AND o.at_least = 0 AND e.day BETWEEN ? AND ? GROUP BY e.day",
            metric, since, until,
        )  # fmt: skip
        return {date.fromisoformat(day): value for day, value in rows}

    def flares(self) -> list[tuple[date, date]]:
        """First and last day of each flare, as the report prints them."""
        return [self.days(row["Days"]) for row in self.parts["Flares"].table]

    def flare_days(self) -> set[date]:
        return {a + timedelta(days=n) for a, b in self.flares() for n in range((b - a).days + 1)}

    def day(self, text: str, year: int = TODAY.year) -> date:
        number, month, *named = text.split()
        return date(int(named[0]) if named else year, MONTHS.index(month) + 1, int(number))

    def days(self, text: str) -> tuple[date, date]:
        """`2 to 15 Sep` or `28 Oct to 10 Nov 2025`, read as a reader would."""
        first, _, last = text.partition(" to ")
        if not last:
            return self.day(first), self.day(first)
        end = self.day(last)
        words = first.split()
        month = words[1] if len(words) > 1 else MONTHS[end.month - 1]
        start = date(int(words[2]) if words[2:] else end.year, MONTHS.index(month) + 1, int(words[0]))
        return start, end


def minutes(text: str) -> float:
    """`6 h 30`, `35 min` or `4` as a number in the base unit."""
    found = numbers(text)
    return found[0] * 60 + (found[1] if found[1:] else 0) if " h" in text else found[0]


KEYS = {"Pain": "pain", "Sitting": "sit", "Walking": "walk", "Sleep": "sleep"}


def test_the_days_of_the_period_and_those_recorded(case: Case) -> None:
    recorded = case.one(
        "SELECT count(*) FROM (SELECT day FROM entry UNION SELECT day FROM session UNION SELECT day FROM skip)"
        " WHERE day BETWEEN ? AND ?",
        case.since, case.until,
    )  # fmt: skip
    possible = (case.until - case.since).days + 1
    assert f"{recorded} of {possible} days recorded" in case.parts[""].texts[1]


def first_window(values: Values, limits: Values, *, tolerance: bool) -> date:
    """The first 14 days with 7 recorded, of a tolerance with 5 limits, by trying every day."""
    for start in sorted(values):
        days = {start + timedelta(days=n) for n in range(14)}
        if len(days & set(values)) >= 7 and (not tolerance or len(days & set(limits)) >= 5):
            return start
    raise AssertionError(values)


def stretches(case: Case, row: dict[str, str], key: str) -> dict[str, tuple[date, date]]:
    """The days of each level of a row: those of the baseline stand in it, the others in the caption."""
    start, end = case.days(row["Baseline"].partition("; ")[2])
    everything = case.values(key), case.limits(key, date(1900, 1, 1), case.until)
    assert start == first_window(*everything, tolerance=key != "pain")
    found = {"Baseline": (start, end), "Now": (case.until - timedelta(days=13), case.until)}
    if row["Last visit"]:
        found["Last visit"] = VISIT - timedelta(days=13), VISIT
    return found


def test_each_level_of_page_one(case: Case) -> None:
    (table,) = case.parts["At a glance"].tables
    assert {row["Measure"] for row in table.rows} == {"Sitting", "Walking", "Pain"}
    now, visit = (case.days(text.rstrip(".")) for text in re.findall(r": (.*?)\.", table.caption))
    assert now == (case.until - timedelta(days=13), case.until)
    assert visit == (VISIT - timedelta(days=13), VISIT)
    for row in table.rows:
        key = KEYS[row["Measure"]]
        for column, (first, last) in stretches(case, row, key).items():
            assert (last - first).days == 13
            cell = row[column].partition(";")[0]
            recorded = case.values(key, first, last)
            used = recorded if key == "pain" else case.limits(key, first, last)
            if len(recorded) < 7:
                assert cell == f"too few days, {len(recorded)} of 7"
            else:
                assert numbers(cell) == [median(used.values()), len(used)]


def as_shown(percent: float) -> float:
    """Return a percentage half away from zero; one just below a limit keeps a decimal, cut."""
    size = abs(percent) + 1e-7
    whole = int(size + 0.5)
    shown = int(10 * size) / 10 if size < whole and whole in {15, 30} else whole
    return shown if percent > 0 else -shown


def test_each_change_of_page_one_and_its_word(case: Case) -> None:
    compared = 0
    for row in case.parts["At a glance"].table:
        for column in ("Baseline", "Last visit"):
            found = row[f"Since {column.lower()}"]
            if not row[column]:
                assert not found
                continue
            if row[column].startswith("too few") or row["Now"].startswith("too few"):
                assert found == "too few days"
                continue
            then, now = numbers(row[column])[0], numbers(row["Now"])[0]
            delta, percent = now - then, 100 * (now - then) / then
            assert numbers(found) == [delta, as_shown(percent)]
            if row["Measure"] == "Pain":
                met = (abs(delta) >= 2) + (abs(delta) >= 0.3 * then)
                word = ("no change", "possible", "clear")[met]
            else:
                size = abs(delta) / then
                word = "clear" if size >= 0.3 else "possible" if size >= 0.15 else "no change"
            better = (delta < 0) if row["Measure"] == "Pain" else (delta > 0)
            full = word if word == "no change" else f"{word}, {'better' if better else 'worse'}"
            assert found.startswith(full)
            compared += 1
    assert compared >= 3


def test_how_tolerances_ended(case: Case) -> None:
    line = case.parts["At a glance"].line("Limits with a reason said: ")
    for name in ("Sitting", "Walking"):
        rows = case.ask(
            "SELECT o.stop FROM entry e JOIN observation o ON o.entry_id = e.id"
            " WHERE o.metric = ? AND o.at_least = 0 AND e.day BETWEEN ? AND ?",
            KEYS[name], case.until - timedelta(days=13), case.until,
        )  # fmt: skip
        said = [stop for (stop,) in rows if stop]
        assert f"{name.lower()} {len(said)} of {len(rows)} (pain {said.count('pain')})" in line


def test_work_and_flares_in_days(case: Case) -> None:
    flared = case.flare_days()
    worked = [d for d, v in case.values("work", case.since).items() if v]
    anything = "SELECT day FROM entry UNION SELECT day FROM session UNION SELECT day FROM skip"
    rows = case.ask(f"SELECT day FROM ({anything}) WHERE day >= ?", case.since)
    recorded = {date.fromisoformat(day) for (day,) in rows}
    part = case.parts["At a glance"]
    calm = sum(d not in flared for d in worked)
    inside = len(recorded & flared)
    assert part.line("Work days") == (
        f"Work days without a flare: {calm} of {len(worked)}. "
        f"Recorded days that lay in a flare: {inside} of {len(recorded)}."
    )


def test_when_the_patient_was_asked_about_warning_signs(case: Case) -> None:
    last = date.fromisoformat(case.one("SELECT max(day) FROM screen"))
    days = case.inside("SELECT count(DISTINCT day) FROM screen WHERE 1")
    line = case.parts["Warning signs"].line("Last asked")
    assert case.day(line.removeprefix("Last asked ").partition(":")[0]) == last
    assert line.endswith(f"none reported. Asked on {days} days of this period.")
    assert case.inside("SELECT count(*) FROM screen WHERE tier IS NOT NULL") == 0


def test_each_flare_its_length_its_peak_and_the_way_back(case: Case) -> None:
    rows = case.parts["Flares"].table
    flared = {a + timedelta(days=n) for a, b in case.flares() for n in range((b - a).days + 1)}
    for row, (start, end) in zip(rows, case.flares(), strict=True):
        runs = row["Length"].endswith("still on")
        pains = case.values("pain", start, case.until if runs else end)
        assert numbers(row["Length"]) == [(end - start).days + 1]
        assert numbers(row["Peak pain"]) == [max(pains.values())]
        before = case.values("pain", start - timedelta(days=30), start - timedelta(days=3))
        usual = median(v for d, v in before.items() if d not in flared)
        after = [d for d, v in case.values("pain", end + timedelta(days=1)).items() if v <= usual]
        if after:
            assert numbers(row["Usual pain again"]) == [(min(after) - start).days]
        else:
            assert row["Usual pain again"] == "not yet"
    line = case.parts["Flares"].tables[0].caption
    assert line.startswith(f"{len(rows)} flares")
    assert numbers(line)[1:] == [numbers(row["Length"])[0] for row in rows]


def test_goals_levels_and_t(case: Case) -> None:
    (row,) = case.parts["Goals"].table
    goal, reached = case.ask(
        "SELECT day, due, baseline, target, importance, difficulty, status FROM goal ORDER BY id"
    )
    set_on, due, baseline, target = date.fromisoformat(goal[0]), date.fromisoformat(goal[1]), goal[2], goal[3]
    week = case.until - timedelta(days=6)
    now = median(telling(case, "sit", week, case.until))
    assert [minutes(row[c]) for c in ("From", "Now", "To")] == [baseline, now, target]
    assert case.day(row["By"]) == due
    share = (TODAY - set_on).days / (due - set_on).days
    expected = baseline * (target / baseline) ** share
    assert numbers(row["On the way"]) == [round(100 * (now - baseline) / (expected - baseline))]
    done = (now - baseline) / (target - baseline)
    level = 2 if done >= 1.5 else 1 if done >= 1.25 else 0 if done >= 1 else -1 if done >= 0 else -2
    assert numbers(row["Level"]) == [level]
    weights = [g[4] * g[5] for g in (goal, reached)]
    top = case.until - timedelta(days=10)
    walked = case.limits("walk", top - timedelta(days=6), top)
    reached_way = (median(walked.values()) - reached[2]) / (reached[3] - reached[2])
    other = max(0, 2 if reached_way >= 1.5 else 1 if reached_way >= 1.25 else 0)
    below = sqrt(0.7 * sum(w * w for w in weights) + 0.3 * sum(weights) ** 2)
    t = 50 + 10 * (weights[0] * level + weights[1] * other) / below
    start = 50 + 10 * -sum(weights) / below
    found = numbers(case.parts["Goals"].line("Goal attainment"))
    assert found == [round(t, 1), round(start, 1), round(t - start, 1), 50]


def test_the_plan_how_it_moved_and_how_far_it_was_done(case: Case) -> None:
    for row in case.parts["Plan"].table:
        key = KEYS[row["Activity"]]
        quotas = [
            (date.fromisoformat(d), amount, week)
            for d, amount, week in case.ask(
                "SELECT day, amount, per_week FROM quota WHERE activity = ? ORDER BY at", key
            )
        ]
        assert numbers(row["Dose now"]) == [quotas[-1][1], quotas[-1][2]]
        before = [q for q in quotas if q[0] < case.since]
        course = [*before[-1:], *(q for q in quotas if q[0] >= case.since)]
        up = sum(b[1] > a[1] for a, b in pairwise(course))
        assert numbers(row["Moved"]) == [course[0][1], up]
        flared = case.flare_days()
        full = [case.since + timedelta(days=n) for n in range((case.until - case.since).days)]
        counted = [d for d in full if d not in flared and d >= quotas[0][0]]
        week = {d: next(q[2] for q in reversed(quotas) if q[0] <= d) for d in counted}
        rows = case.ask("SELECT day, settled FROM session WHERE activity = ?", key)
        done = [(date.fromisoformat(d), settled) for d, settled in rows if date.fromisoformat(d) in week]
        assert numbers(row["Done"]) == [len({d for d, _ in done}), int(sum(week.values()) / 7 + 0.5)]
        assert (
            sum(settled == 0 for _, settled in done)
            == numbers(row["Settled by morning"])[1] - numbers(row["Settled by morning"])[0]
        )


def test_why_activities_were_left_out(case: Case) -> None:
    for key, name in (("sit", "Sitting"), ("walk", "Walking")):
        count = case.inside("SELECT count(*) FROM skip WHERE activity = ? AND why = 'time'", key)
        line = case.parts["Plan"].line("Left out because of")
        assert (f"{name}: no time {count}" in line) == bool(count)


def test_how_good_the_record_is(case: Case) -> None:
    entries = case.inside("SELECT count(*) FROM entry WHERE 1")
    late = case.inside("SELECT count(*) FROM entry WHERE julianday(recorded_at) - julianday(at) > 0.5")
    edited = case.inside("SELECT count(*) FROM entry WHERE revision > 1")
    imported = case.inside("SELECT count(*) FROM entry WHERE source = 'import'")
    assert (late, edited, imported) == (1, 2, 1)
    (line,) = case.parts["How good the record is"].texts
    assert numbers(line)[2:] == [entries, late, 12, edited, imported]


def test_the_tables_of_the_charts(case: Case) -> None:
    flared = case.flare_days()
    tables = [t for t in case.parts["Charts"].tables if ", by week" in t.caption]
    assert len(tables) == 4
    for table in tables:
        key = KEYS[table.caption.partition(",")[0]]
        start = case.since
        for row in table.rows:
            end = min(start + timedelta(days=6), case.until)
            values = list(case.values(key, start, end).values())
            assert case.day(row["From"]) == start
            assert numbers(row["Days logged"].replace("none", "0")) == [len(values), (end - start).days + 1]
            week = {start + timedelta(days=n) for n in range((end - start).days + 1)}
            assert numbers(row["Flare days"].replace("none", "0")) == [len(week & flared)]
            if values:
                assert [minutes(row[c]) for c in ("Lowest", "Highest")] == [min(values), max(values)]
            if len(values) >= 4:
                assert minutes(row["Middle"]) == pytest.approx(median(values), abs=0.5)
            start = end + timedelta(days=1)
        assert start == case.until + timedelta(days=1)


def test_pain_after_poor_nights(case: Case) -> None:
    pain, sleep, quality = (case.values(k, case.since) for k in ("pain", "sleep", "sleepq"))
    poor: list[float] = []
    good: list[float] = []
    for day, value in pain.items():
        if day in sleep or day in quality:
            night = sleep.get(day, 999) < 360 or quality.get(day, 99) <= 4
            (poor if night else good).append(value)
    line = case.parts["Charts"].line("Sleep by night")
    assert numbers(line) == [len(poor), round(mean(poor), 1), len(good), round(mean(good), 1)]


def test_questionnaires_from_their_items(case: Case) -> None:
    rows = case.ask("SELECT day, items FROM score WHERE instrument = 'odi' ORDER BY day")
    totals = []
    for day, items in rows:
        given = [int(i) for i in items.strip("[]").split(",") if i != "null"]
        totals.append((date.fromisoformat(day), 100 * sum(given) / (5 * len(given))))
    printed = case.parts["Questionnaires"].table
    inside = [t for t in totals if t[0] >= case.since]
    assert len(printed) == len(inside)
    for row, (day, total) in zip(printed, inside, strict=True):
        assert case.day(row["Day"]) == day
        assert numbers(row["Score"])[0] == round(total, 1)
        band = ("minimal", "moderate", "severe", "very severe")[sum(total > edge for edge in (20, 40, 60))]
        assert row["Band"] == band
        place = totals.index((day, total))
        for cell, earlier in (
            ("Since the one before", place - 1),
            ("Since the first", 0 if place > 1 else -1),
        ):
            if earlier < 0:
                assert row[cell] == ""
                continue
            delta = total - totals[earlier][1]
            assert numbers(row[cell])[0] == round(delta, 1)
            assert ("clear change, better" in row[cell]) == (delta <= -10)


def telling(case: Case, metric: str, since: date, until: date) -> list[float]:
    """Limits, and a lower bound only where it lies above the middle of the limits."""
    largest, limits = case.values(metric, since, until), case.limits(metric, since, until)
    middle = median(limits.values())
    found = (v if v == limits.get(d) or v > middle else limits.get(d) for d, v in largest.items())
    return [value for value in found if value is not None]


def test_a_course_before_and_after_it(case: Case) -> None:
    row = next(r for r in case.parts["Treatments"].table if "back course" in r["Treatment"])
    start, planned = case.ask("SELECT start, planned FROM treatment WHERE name = 'back course'")[0]
    day = date.fromisoformat(start)
    a = telling(case, "sit", day - timedelta(days=28), day - timedelta(days=1))
    b = telling(case, "sit", day + timedelta(days=3), day + timedelta(days=28))
    nap = mean(1 if y > x else 0.5 if y == x else 0 for x in a for y in b)
    assert numbers(row["Before and after"])[:5] == [median(a), len(a), median(b), len(b), round(nap, 2)]
    done = case.one(
        "SELECT count(*) FROM treatment_session WHERE treatment_id ="
        " (SELECT id FROM treatment WHERE name = 'back course')"
    )
    assert numbers(row["Sessions"]) == [done, planned]
    assert case.day(row["When"].removeprefix("since ")) == day


def test_medicines_taken(case: Case) -> None:
    times, days = case.ask(
        "SELECT count(*), count(DISTINCT day) FROM intake WHERE medicine_id = (SELECT id FROM medicine WHERE reason = 'headaches') AND day BETWEEN ? AND ?",
        case.since, case.until,
    )[0]  # fmt: skip
    row = next(r for r in case.parts["Medicines"].table if r["For"] == "headaches")
    assert numbers(row["Taken"]) == [times, days]
    assert numbers(row["Dose"]) == [400]


def test_pain_by_weekday_and_over_the_day(case: Case) -> None:
    recent = case.values("pain", case.until - timedelta(days=55))
    medians, days = case.parts["Day and week"].table
    for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        values = [v for d, v in recent.items() if d.weekday() == number]
        assert [float(medians[name]), float(days[name])] == [median(values), len(values)]
    mornings, evenings = [], []
    for n in range(14):
        day = case.until - timedelta(days=n)
        rows = case.ask(
            "SELECT e.at, max(CASE o.metric WHEN 'now' THEN o.value END), max(CASE o.metric WHEN 'pain' THEN o.value END)"
            " FROM entry e JOIN observation o ON o.entry_id = e.id WHERE e.day = ? AND o.metric IN ('now', 'pain')"
            " GROUP BY e.id ORDER BY e.at",
            day,
        )  # fmt: skip
        said = [(int(at[11:13]), now if now is not None else pain) for at, now, pain in rows]
        early, late = [v for h, v in said if 4 <= h < 11], [v for h, v in said if h >= 17 or h < 4]
        if early and late:
            mornings.append(early[-1])
            evenings.append(late[-1])
    line = case.parts["Day and week"].line("Evening pain")
    assert numbers(line) == [abs(median(evenings) - median(mornings)), len(mornings), 14]


def test_stress_and_the_pain_of_the_next_day(case: Case) -> None:
    stress, pain = case.values("stress"), case.values("pain")
    high: list[float] = []
    low: list[float] = []
    for n in range(28):
        day = case.until - timedelta(days=n)
        before = stress.get(day - timedelta(days=1))
        if day in pain and before is not None:
            (high if before >= 7 else low).append(pain[day])
    line = case.parts["Day and week"].line("After high stress")
    assert numbers(line) == [round(mean(high), 1), 7, len(high), round(mean(low), 1), len(low), 28]


def test_the_body_map(case: Case) -> None:
    rows = case.parts["Where it hurts"].table
    for row in rows:
        site = row["Where"].replace(" ", "-")
        values = [
            v
            for (v,) in case.ask(
                "SELECT max(o.value) FROM entry e JOIN observation o ON o.entry_id = e.id"
                " WHERE o.site = ? AND e.day BETWEEN ? AND ? GROUP BY e.day",
                site, case.since, case.until,
            )
        ]  # fmt: skip
        assert [float(row["Days"]), float(row["Middle, 0 to 10"])] == [len(values), median(values)]
    assert len(rows) == case.one("SELECT count(DISTINCT site) FROM observation WHERE site IS NOT NULL")


def test_the_suggestions_answered(case: Case) -> None:
    counts = [
        case.inside("SELECT count(*) FROM decision WHERE choice = ?", choice)
        for choice in ("follow", "adjust", "ignore", "ask")
    ]
    line = case.parts["Suggestions answered"].texts[0]
    assert numbers(line) == [sum(counts), *counts]
    assert len(case.parts["Suggestions answered"].table) == sum(counts)
