"""The simulated patients: repeatable, and never led into what the rules forbid."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.conftest import NOW, evening

from spinetrack.demo import COURSES, DEFAULT, Life, fill, live, simulate, write, year_table
from spinetrack.demo.courses import RED_FLAG_NOTE
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Entry, Screen
from spinetrack.recovery.redflag_words import words_in
from spinetrack.recovery.responses import Responses
from spinetrack.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Patient

    from spinetrack.recovery.diary import Diary, Quota
    from spinetrack.recovery.findings import Assessment

FIRST = date(2026, 1, 5)
DAYS = 84
NAMES = list(COURSES)
FIXED = {"FL-2", "FL-3", "PR-4"}
"""Rules that the cap of three messages never cuts."""
SPEAKS_IN_A_STOP = {"MX-2"}


@dataclass
class Watched:
    """A life with everything the patient was shown, and what was recorded at the end."""

    life: Life
    seen: list[Assessment] = field(default_factory=list)

    def rises(self) -> list[tuple[Quota, Quota | None]]:
        """Return each row of the plan that the patient raised, with the one before."""
        found = []
        for name in {q.activity for q in self.life.records.quotas}:
            rows = [q for q in self.life.records.quotas if q.activity == name]
            for before, row in pairwise([None, *rows]):
                assert row is not None
                higher = before is None or row.amount > before.amount or (row.load or 0) > (before.load or 0)
                if higher and row.set_by == "me":
                    found.append((row, before))
        return found


def watch(name: str, days: int, *, obeys: bool = False) -> Watched:
    course = COURSES[name]
    if obeys:
        course = replace(course, follows=1.0, leaves=frozenset())
    seen: list[Assessment] = []

    def look(diary: Diary, now: datetime, today: date) -> Assessment:
        seen.append(assess(diary, now, today))
        return seen[-1]

    life = Life(course, FIRST, assess=look)
    for number in range(days):
        life.live(number)
    return Watched(life, seen)


@cache
def watched(name: str) -> Watched:
    return watch(name, DAYS)


# --- what no patient is ever shown or led to --------------------------------------------------


def check_open_flags(found: Watched) -> None:
    for shown in found.seen:
        if shown.open_flags:
            assert shown.plan == ()
            assert {s.rule for s in shown.suggestions if s.priority > 0} <= SPEAKS_IN_A_STOP
            assert any(s.priority == 0 for s in shown.suggestions)


def check_three_messages(found: Watched) -> None:
    for shown in found.seen:
        cut = [s for s in shown.suggestions if s.priority > 1 and s.rule not in FIXED]
        assert len(shown.suggestions) <= 3 or not cut
        assert sum(s.is_rise for s in shown.suggestions) <= 1


def check_rises(found: Watched) -> None:
    on_the_day = {shown.today: shown for shown in found.seen}
    flagged = {shown.today for shown in found.seen if shown.open_flags}
    steps = []
    for row, before in found.rises():
        flares = on_the_day[row.day].flares
        assert row.day not in flagged
        assert on_the_day[row.day].flare is None
        if before is not None:
            assert not any((row.day - flare.start).days < 7 for flare in flares)
            assert not any((row.day - day).days < 7 for flare in flares for day in flare.active)
            assert (row.day - before.day).days >= 7
            assert row.amount <= before.amount + max(1, min(10, 0.2 * before.amount))
            steps.append(row.day)
        limits = [q for q in found.life.records.quotas if q.activity == row.activity and q.up_to]
        assert all(row.amount <= (q.up_to or 0) for q in limits if q.day <= row.day)
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(sorted(steps)))


def check_doses_in_flares(found: Watched) -> None:
    for shown in found.seen:
        if shown.flare is None:
            continue
        for item in shown.plan:
            before = [
                q
                for q in found.life.records.quotas
                if q.activity == item.activity and q.day < shown.flare.start
            ]
            if before:
                assert item.today <= before[-1].amount


CHECKS = [check_open_flags, check_three_messages, check_rises, check_doses_in_flares]


@pytest.mark.parametrize("name", NAMES)
def test_twelve_weeks_keep_the_rules(name: str) -> None:
    found = watched(name)
    assert len({shown.today for shown in found.seen}) == DAYS
    for check in CHECKS:
        check(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_year_of_following_keeps_the_rules(name: str) -> None:
    found = watch(name, 365, obeys=True)
    for check in CHECKS:
        check(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
@pytest.mark.parametrize("name", NAMES)
def test_other_dice_keep_the_rules(name: str, seed: int) -> None:
    seen: list[Assessment] = []

    def look(diary: Diary, now: datetime, today: date) -> Assessment:
        seen.append(assess(diary, now, today))
        return seen[-1]

    life = Life(COURSES[name], FIRST, seed=seed, assess=look)
    for number in range(DAYS):
        life.live(number)
    for check in CHECKS:
        check(Watched(life, seen))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_year_is_the_same_each_time(name: str) -> None:
    year = year_table(COURSES[name])
    assert json.dumps(year) == json.dumps(year_table(COURSES[name]))
    assert 0 < year["progressions"] <= 52
    assert year["most_messages"] <= 3 or name == "red-flag"


# --- each course shows what it is named for -----------------------------------------------------


def rules_seen(name: str) -> set[str]:
    return {s.rule for shown in watched(name).seen for s in shown.suggestions}


def pains(name: str, first: int, last: int) -> list[float]:
    days = {FIRST + timedelta(days=n) for n in range(first, last)}
    return [e.values["pain"] for e in watched(name).life.records.entries if e.day in days]


def test_recovery_recovers() -> None:
    assert sum(pains("recovery", 0, 7)) / 7 > 4
    assert max(pains("recovery", 70, 84)) <= 4


def test_slow_gain_steps_up() -> None:
    rows = [q for q in watched("slow-gain").life.records.quotas if q.activity == "sit"]
    assert rows[-1].amount > rows[0].amount


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("boom-bust", "PA-1"),
        ("flare-prone", "FL-2"),
        ("flare-prone", "FL-3"),
        ("under-active", "PA-2"),
        ("plateau", "PL-1"),
        ("red-flag", "RF-1"),
        ("red-flag", "RF-5"),
        ("gaps", "DQ-2"),
        ("slow-gain", "PR-1"),
        ("radicular", "PR-3"),
    ],
)
def test_a_course_meets_its_rule(name: str, rule: str) -> None:
    assert rule in rules_seen(name)


def test_the_leg_pain_draws_back() -> None:
    entries = watched("radicular").life.records.entries
    assert any("left-calf" in e.sites for e in entries[:14])
    assert not any("left-calf" in e.sites for e in entries[-14:])


def test_the_flag_opens_on_day_40_and_closes_when_seen() -> None:
    found = watched("red-flag")
    flag = FIRST + timedelta(days=40)
    assert [s.day for s in found.life.records.screens if s.tier == 1] == [flag]
    flagged = sorted({shown.today for shown in found.seen if shown.open_flags})
    assert flagged == [flag, flag + timedelta(days=1), flag + timedelta(days=2)]
    assert not found.seen[-1].open_flags


def test_the_default_patient_tried_what_helped_what_did_not_and_an_injection() -> None:
    last = FIRST + timedelta(days=DAYS - 1)
    diary = watched(DEFAULT).life.records.diary(last)
    found = {t.kind: Responses(diary, last).of(t, "sit") for t in diary.treatments}
    assert {kind: response.verdict for kind, response in found.items()} == {
        "massage": "neither",
        "physiotherapy": "function improved",
        "facet": "pain only",
    }
    assert found["physiotherapy"].done == 7
    assert found["massage"].treatment.person_id is None
    (dana,) = (p for p in diary.people if p.id == found["physiotherapy"].treatment.person_id)
    assert dana.role == "physiotherapist"


def test_the_default_patient_takes_a_tablet_on_bad_days_and_sees_people() -> None:
    last = FIRST + timedelta(days=DAYS - 1)
    records = watched(DEFAULT).life.records
    assert [m.name for m in records.medicines] == ["ibuprofen"]
    pains = {e.day: e.values["pain"] for e in records.entries}
    assert records.intakes
    assert all(pains[i.day] >= 6 and i.medicine_id == 1 for i in records.intakes)
    diary = records.diary(last)
    assert [v.name for v in diary.visits] == ["GP", "Dana", "pain clinic", "Dana"]
    assert diary.visits[-1].on > last
    assert [v.person_id for v in diary.visits] == [2, 1, None, 1]


def test_no_dose_rises_in_the_days_after_the_injection() -> None:
    records = watched(DEFAULT).life.records
    (facet,) = (t for t in records.treatments if t.kind == "facet")
    steps = [q for q in records.quotas if q.rule in {"PR-0", "PR-1", "PR-2"}]
    assert any(q.day < facet.start for q in steps)
    assert not [q for q in steps if 0 <= (q.day - facet.start).days <= 3]
    asked = [s for s in records.screens if any(a.item == "OT4" for a in s.answers) and s.day > FIRST]
    assert {(s.day - facet.start).days for s in asked} == {1, 3, 7, 14}
    again = {f.day for f in records.profile if f.key == "gate:surgery"}
    assert facet.start in again


def test_what_the_default_patient_tried_is_in_the_file(tmp_path: Path) -> None:
    last = FIRST + timedelta(days=DAYS - 1)
    kept = watched(DEFAULT).life.records.diary(last)
    with Store(tmp_path, lambda: datetime(2026, 6, 1, tzinfo=UTC)) as store:
        write(store, COURSES[DEFAULT], last_day=last, days=DAYS)
        diary = store.diary(last - timedelta(days=180), last)
    for part in ("people", "treatments", "treatment_sessions", "medicines", "intakes", "visits"):
        ours, theirs = getattr(kept, part), getattr(diary, part)
        assert [row._replace(uuid="", **_seq(row)) for row in theirs] == list(ours), part


def _seq(row: object) -> dict[str, int]:
    return {"seq": 0} if hasattr(row, "seq") else {}


@pytest.mark.parametrize("name", NAMES)
def test_notes_ask_for_no_screen(name: str) -> None:
    assert [hit for note in COURSES[name].notes for hit in words_in(note)] == []


def test_the_red_flag_note_does() -> None:
    assert words_in(RED_FLAG_NOTE)


def test_nothing_is_recorded_in_a_gap() -> None:
    for day, records in simulate(COURSES["gaps"], last_day=FIRST + timedelta(days=29), days=30):
        assert (day - FIRST).days not in range(14, 19), records


# --- the same each time, and the same in the file -----------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_days(name: str) -> None:
    last = FIRST + timedelta(days=27)
    first, again = (list(simulate(COURSES[name], last_day=last, days=28)) for _ in range(2))
    assert repr(first) == repr(again)
    assert repr(first) != repr(list(simulate(COURSES[name], last_day=last, days=28, seed=99)))


def test_a_longer_life_begins_the_same() -> None:
    short = [found.suggestions for _, found in live(COURSES[DEFAULT], FIRST, 10)]
    longer = [found.suggestions for _, found in live(COURSES[DEFAULT], FIRST, 20)]
    assert longer[:10] == short


@pytest.mark.parametrize("name", ["slow-gain", "red-flag", "radicular"])
def test_the_file_says_what_the_memory_said(name: str, tmp_path: Path) -> None:
    last = FIRST + timedelta(days=41)
    *_, (_, kept) = live(COURSES[name], FIRST, 42)
    with Store(tmp_path, lambda: kept.now) as store:
        write(store, COURSES[name], last_day=last, days=42)
        diary = store.diary(last - timedelta(days=180), last)
    found = assess(diary, kept.now, last)
    assert [s.id for s in found.suggestions] == [s.id for s in kept.suggestions]
    assert found.plan == kept.plan
    assert len(found.open_flags) == len(kept.open_flags)


def test_years_of_days_fill_quickly(tmp_path: Path) -> None:
    now = datetime(2026, 3, 2, 19, tzinfo=UTC)
    with Store(tmp_path, lambda: now) as store:
        count = fill(store, last_day=date(2026, 3, 1), years=0.5)
        diary = store.diary()
    assert count == sum(len(e.observations) for e in diary.entries) == 25 * round(0.5 * 365.25)
    assert {type(e) for e in diary.entries} == {Entry}
    assert {type(s) for s in diary.screens} == {Screen}
    found = assess(diary, now, now.date())
    assert {"sit", "stand", "walk"} == {item.activity for item in found.plan}
    assert not found.rescreen


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_demo_shows_log_look_next_step(patient: Patient, name: str) -> None:
    said = patient.run("demo", "--patient", name).out
    typed = re.findall(r"^\$ (spinetrack.*)$", said, re.MULTILINE)
    assert any(line.startswith("spinetrack log ") for line in typed)
    assert "spinetrack" in typed
    assert said.startswith("Made-up data")
    assert "spinetrack log 4" in said.splitlines()[-1]
    assert not patient.home.exists()


def test_the_demo_is_the_same_each_time(patient: Patient) -> None:
    first = patient.run("demo", "--patient", "boom-bust").out
    assert patient.run("demo", "--patient", "boom-bust").out == first
    assert patient.run("demo", "--patient", "boom-bust", now=evening(9)).out != first


def test_the_default_patient_has_a_next_step(patient: Patient) -> None:
    said = patient.run("demo").out
    assert said == patient.run("demo", "--patient", DEFAULT).out
    assert "suggest --why 1" in said
    assert "could go up" in said


def test_the_red_flag_demo_stops(patient: Patient) -> None:
    said = patient.run("demo", "--patient", "red-flag").out
    assert "STOP" in said
    assert "an example" in said
    assert "could go" not in said


@pytest.mark.parametrize("now", ["2026-03-02T04:10:00+00:00", "2026-03-02T09:00:00+05:30", NOW])
@pytest.mark.parametrize("days", [1, 2, 20])
def test_a_demo_works_at_any_hour_and_length(patient: Patient, days: int, now: str) -> None:
    assert "$ spinetrack\n" in patient.run("demo", "--days", days, now=now).out


def test_a_kept_demo_is_a_diary(patient: Patient, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert str(folder) in patient.run("demo", "--days", 30, "--keep", folder).out
    assert patient.run("--home", folder, "history", "--json").json["entries"]
    assert not patient.home.exists()


def test_keeping_never_mixes_with_a_diary(patient: Patient, tmp_path: Path) -> None:
    assert "own diary" in patient.run("demo", "--keep", patient.home, code=1).err
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    assert "not an empty folder" in patient.run("demo", "--keep", tmp_path / "full", code=1).err
    assert sorted(p.name for p in (tmp_path / "full").iterdir()) == ["letter.txt"]


def test_the_own_diary_stays_as_it_was(patient: Patient) -> None:
    patient.run("log", 4)
    before = patient.file.read_bytes()
    patient.run("demo", "--days", 20)
    assert patient.file.read_bytes() == before


def test_an_unknown_patient_is_named(patient: Patient) -> None:
    said = patient.run("demo", "--patient", "nobody", code=1)
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert all(name in said.err for name in NAMES)
