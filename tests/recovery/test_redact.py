"""A redacted diary: what stays is listed, what is not listed is gone, and the numbers are the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import TYPE_CHECKING

import pytest
from tests.builders import Patient, ready

from spinetrack.recovery import diary as d
from spinetrack.recovery.assess import assess
from spinetrack.recovery.redact import DAY_ONE, day_number, moved, redact, shift_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spinetrack.recovery.findings import Assessment

SECRET = "Zelda"
HERE = timezone(timedelta(hours=-5))
START = date(2026, 3, 2)


def at(n: int = 0, hour: int = 20) -> datetime:
    return datetime(2026, 3, 2, hour, 15, tzinfo=HERE) + timedelta(days=n)


def day(n: int = 0) -> date:
    return START + timedelta(days=n)


def uuids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"fresh-{next(numbers)}"


def full() -> d.Diary:
    """One of every kind, with the secret in every place where a patient's own words can be."""
    mine, own = SECRET, f"{SECRET.lower()}-reading"
    return d.Diary(
        entries=(
            d.Entry(
                at(), day(), at(1),
                (
                    d.Observation("pain", 4), d.Observation(own, 20), d.Observation("sit", 35, stop="leg"),
                    d.Observation("site", 5, site="low-back", qualities=("numb", mine)),
                    d.Observation("site", 5, site=mine), d.Observation("walk", 5, stop=mine),
                ),
                note=f"with {mine} #{mine}", flare=True, source=mine, id=41, uuid="old-1",
            ),
        ),
        sessions=(
            d.Session(mine, at(), day(), at(), 24, 4, 3, note=mine, stop=mine, source=mine, id=9, uuid="old-2"),
        ),
        skips=(d.Skip(mine, at(), day(), "afraid", uuid="old-3"), d.Skip("sit", at(), day(), mine)),
        marks=(d.FlareMark("start", at(), day(), f"sitting with {mine}", mine, uuid="old-4"),),
        decisions=(
            d.Decision(f"PR-2-{mine}", "PR-2", "follow", at(), day(), ((mine, 9),), mine, f'{{"{mine}": 1}}'),
            d.Decision("GO-2-7", "GO-2", "ignore", at(), day()), d.Decision(mine, mine, "ignore", at(), day()),
        ),
        triggers=(d.Trigger("word", at(), day(), ("CE1", mine)), d.Trigger(mine, at(), day(), ())),
        screens=(
            d.Screen(
                at(), day(), (d.Answer("CE1", "yes"), d.Answer(mine, "no")), 1,
                (d.Outcome(3, at(1), day(1), "seen", mine, f"Dr {mine}", mine, uuid="old-6"),), id=3, uuid="old-5",
            ),
        ),
        activities=(d.Activity(mine, mine, 3, day(), mine, mine, 60, note=mine, uuid="old-7"),),
        quotas=(
            d.Quota(mine, at(), day(), 8, mine, mine, mine, uuid="old-8"),
            d.Quota("sit", at(), day(), 20, "Physio", "PR-1"), d.Quota("walk", at(), day(), 20, "me"),
        ),
        profile=tuple(
            d.ProfileFact(key, value, at(), day())
            for key, value in (
                ("name", mine), ("gate:surgery", "no"), (f"gate:{mine}", "no"), ("country", mine), ("country", "gb"),
                ("regions", f"neck,{mine}"), ("onset", "2026-02-23"), ("onset", mine), ("worse", f"sitting {mine}"),
                ("season", "2026-05-01"), (mine, mine), ("units", "mi"), ("carer", "yes"), ("mode", mine),
            )
        ),
        settings=(d.Setting("step-percent", "15", at(), day()), d.Setting(mine, mine, at(), day())),
        playbooks=(d.Playbook(mine, at(), day()),),
        metrics=(d.CustomMetric(own, f"Reading to {mine}", "min", "up", 0, 600, uuid="old-9"),),
        goals=(
            d.Goal(
                f"read to {mine}", own, 30, day(60), at(), day(), 10, mine, supporter=mine, levels=(mine,) * 5, id=7,
            ),
        ),
        milestones=(d.Milestone(7, 20, day(20), at(), day()),),
        ratings=(d.GoalRating(7, 1, at(), day()),),
        scores=(
            d.Score("psfs", at(), day(), (3, 4), 3.5, mine, (f"dress {mine}", "walk")),
            d.Score("psfs", at(2), day(2), (5, 4), 4.5, mine, (f"dress {mine}", "walk")),
            d.Score(mine, at(), day()),
        ),
        people=(d.Person(mine, "physiotherapist", at(), day(), mine, id=2),),
        treatments=(
            d.Treatment("epidural", mine, day(-30), at(), day(), day(-30), 6, mine, 2, None, True, mine, mine, mine,
                        mine, id=5),
            d.Treatment(mine, mine, day(3), at(), day()),
        ),
        treatment_sessions=(d.TreatmentSession(5, at(), day(), mine, mine),),
        medicines=(
            d.Medicine(mine, day(), at(), day(), None, mine, 200.0, mine, ((mine, 1), ("codeine", 8)), True,
                       (mine, "sedating"), mine, 2, mine, id=6),
            d.Medicine("Ibuprofen", day(), at(), day(), group="nsaid"),
        ),
        intakes=(d.Intake(6, at(), day(), at(), note=mine),),
        side_effects=(d.SideEffect(mine, at(), day(), 6, 5),),
        blocks=(d.Block(7, at(), day(), mine, 5, id=4),),
        block_readings=(d.BlockReading(4, 2, at(), day(), mine, provoked=True, confound=mine),),
        visits=(d.Visit(f"physio {mine}", day(9), at(), day(), 2, mine), d.Visit("physio", day(12), at(), day())),
        first_day=day(),
        last_day=day(12),
    )  # fmt: skip


def redacted() -> d.Diary:
    return redact(full(), uuids())


def values(row: object) -> Iterator[object]:
    if isinstance(row, tuple):
        for part in row:
            yield from values(part)
    else:
        yield row


def test_no_word_of_the_patient_stays() -> None:
    found = repr(redacted()).lower()
    assert SECRET.lower() not in found
    assert "dress" not in found


def test_no_day_of_the_calendar_stays() -> None:
    years = {v.year for v in values(redacted()) if isinstance(v, date)}
    assert years <= {1999, 2000}


def test_no_uuid_of_the_diary_stays_and_each_new_one_is_given_once() -> None:
    given = [v for v in values(redacted()) if isinstance(v, str) and v.startswith("fresh-")]
    assert "old-" not in repr(redacted())
    assert len(given) == len(set(given)) > 25


def test_every_kind_that_may_stay_stays() -> None:
    found = redacted()
    gone = {"people", "playbooks"}
    empty = {name for name, rows in found._asdict().items() if rows == ()}
    assert empty == gone


def test_a_record_with_a_uuid_gets_a_fresh_one() -> None:
    for rows in redacted():
        for row in rows if isinstance(rows, tuple) else ():
            assert row.uuid.startswith("fresh-"), row


def test_the_zone_goes_and_the_clock_stays() -> None:
    entry = redacted().entries[0]
    assert entry.at == datetime(2000, 1, 3, 20, 15, tzinfo=timezone.utc)  # noqa: UP017
    assert entry.recorded_at - entry.at == timedelta(days=1)


def test_days_are_counted_from_the_first_day() -> None:
    assert [day_number(x) for x in (DAY_ONE, DAY_ONE + timedelta(days=11), DAY_ONE - timedelta(days=1))] == [
        1,
        12,
        0,
    ]
    assert redacted().first_day == DAY_ONE
    assert redacted().treatments[0].start == DAY_ONE - timedelta(days=30)


def test_links_between_records_hold() -> None:
    found = redacted()
    assert found.ratings[0].goal_id == found.milestones[0].goal_id == found.goals[0].id == 1
    assert found.treatment_sessions[0].treatment_id == found.treatments[0].id == found.blocks[0].treatment_id
    assert found.intakes[0].medicine_id == found.medicines[0].id == found.side_effects[0].medicine_id
    assert found.block_readings[0].block_id == found.blocks[0].id
    assert found.screens[0].outcomes[0].screen_id == found.screens[0].id


def test_own_names_become_numbers_and_stay_the_same_ones() -> None:
    found = redacted()
    assert found.metrics[0].key == found.goals[0].metric == found.entries[0].observations[1].metric == "own-1"
    names = {found.activities[0].name, found.quotas[0].activity, found.sessions[0].activity}
    assert names == {"exercise-1"}
    assert found.decisions[0].key == "PR-2-exercise-1"
    assert found.decisions[1].key == "GO-2"
    assert found.scores[0].labels == found.scores[1].labels == ("activity 1", "activity 2")
    assert found.scores[0].version == found.scores[1].version == "version 1"


def test_who_set_a_dose_stays_somebody_else_or_the_patient() -> None:
    assert [q.set_by for q in redacted().quotas] == ["other", "physio", "me"]
    assert [v.name for v in redacted().visits] == ["physiotherapist", "physiotherapist"]


def test_the_profile_keeps_fixed_words_only() -> None:
    found = {(fact.key, fact.value) for fact in redacted().profile}
    assert found == {
        ("gate:surgery", "no"), ("country", "UK"), ("regions", "neck"), ("onset", "1999-12-27"), ("worse", "sitting"),
        ("units", "mi"), ("carer", "yes"),
    }  # fmt: skip


def test_an_empty_diary_stays_empty() -> None:
    assert redact(d.Diary(), uuids()) == d.Diary()


def rules_without_words(assessment: Assessment) -> list[str]:
    """The rules of today; GO-1 reads the patient's own words, which are gone."""
    return [s.rule for s in assessment.suggestions if s.rule != "GO-1"]


@pytest.mark.parametrize(
    "patient",
    [
        ready().pains([4] * 20 + [7, 7, 6]).plan(),
        ready().pains([5, 4] * 15).goal().done(2, "sit", 40).done(4, "sit", 40),
        Patient().gates().pains([4] * 12).screen(1, yes=["CE1"]),
    ],
)
def test_what_is_concluded_of_it_is_the_same(patient: Patient) -> None:
    diary, now = patient.diary(), patient.assess().now
    shift = shift_of(diary)
    hidden = assess(redact(diary, uuids()), moved(now, shift), patient.today + shift)
    shown = assess(diary, now, patient.today)
    assert rules_without_words(hidden) == rules_without_words(shown)
    assert [(f.length, f.peak, f.cut) for f in hidden.flares] == [
        (f.length, f.peak, f.cut) for f in shown.flares
    ]
    assert [(i.activity, i.today) for i in hidden.plan] == [(i.activity, i.today) for i in shown.plan]
    assert [s.tier for s in hidden.open_flags] == [s.tier for s in shown.open_flags]
    assert hidden.mode == shown.mode
