"""F14: the clock goes back or is changed, the zone changes, leap days, the turn of a year."""

from __future__ import annotations

import pytest
from tests.conftest import Patient

from spinetrack.store import backups

CASES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    # name: (time zone, [(moment, the patient's day)])
    "spring forward, 02:00 to 03:00": (
        "Europe/London",
        [("2026-03-28T23:30+00:00", "2026-03-28"), ("2026-03-29T00:59+00:00", "2026-03-28"),
         ("2026-03-29T02:59+00:00", "2026-03-28"), ("2026-03-29T03:00+00:00", "2026-03-29")],
    ),
    "autumn back, 02:00 to 01:00": (
        "Europe/London",
        [("2026-10-25T00:30+00:00", "2026-10-24"), ("2026-10-25T01:30+00:00", "2026-10-24"),
         ("2026-10-25T04:00+00:00", "2026-10-25"), ("2026-10-25T23:59+00:00", "2026-10-25")],
    ),
    "autumn back in New York": (
        "America/New_York",
        [("2026-11-01T05:30+00:00", "2026-10-31"), ("2026-11-01T06:30+00:00", "2026-10-31"),
         ("2026-11-01T09:00+00:00", "2026-11-01")],
    ),
    "a flight west": (
        "UTC",
        [("2026-03-02T22:00+00:00", "2026-03-02"), ("2026-03-02T19:00-05:00", "2026-03-02"),
         ("2026-03-03T19:00-05:00", "2026-03-03")],
    ),
    "a flight east over a night": (
        "UTC",
        [("2026-03-02T20:00-05:00", "2026-03-02"), ("2026-03-03T09:00+01:00", "2026-03-03")],
    ),
    "over the date line": (
        "UTC",
        [("2026-03-02T20:00+13:00", "2026-03-02"), ("2026-03-02T12:00-10:00", "2026-03-02"),
         ("2026-03-03T12:00-10:00", "2026-03-03")],
    ),
    "a leap day": (
        "UTC",
        [("2028-02-28T20:00+00:00", "2028-02-28"), ("2028-02-29T20:00+00:00", "2028-02-29"),
         ("2028-03-01T03:59+00:00", "2028-02-29"), ("2028-03-01T20:00+00:00", "2028-03-01")],
    ),
    "a year without one": (
        "UTC",
        [("2027-02-28T20:00+00:00", "2027-02-28"), ("2027-03-01T03:59+00:00", "2027-02-28"),
         ("2027-03-01T04:00+00:00", "2027-03-01")],
    ),
    "the turn of a year": (
        "UTC",
        [("2026-12-31T23:59+00:00", "2026-12-31"), ("2027-01-01T00:01+00:00", "2026-12-31"),
         ("2027-01-01T04:00+00:00", "2027-01-01")],
    ),
    "a half-hour zone": (
        "Asia/Kolkata",
        [("2026-03-02T22:29+00:00", "2026-03-02"), ("2026-03-02T22:30+00:00", "2026-03-03")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("zone", "moments"), CASES.values(), ids=list(CASES))
def test_no_day_is_doubled_or_lost(patient: Patient, zone: str, moments: list[tuple[str, str]]) -> None:
    patient.environ["TZ"] = zone
    for n, (moment, _) in enumerate(moments):
        patient.run("log", n, now=moment)
    patient.now = moments[-1][0]
    found = patient.run("history", "--since", "all", "--json").json["entries"]
    assert sorted((e["values"]["pain"], e["day"]) for e in found) == [
        (n, day) for n, (_, day) in enumerate(moments)
    ]
    assert len({e["uuid"] for e in found}) == len(moments)
    shown = patient.run("history", "--since", "all").out
    assert sum(line.startswith("#") for line in shown.splitlines()) == len(moments)


def test_a_clock_set_back_loses_and_doubles_nothing(patient: Patient) -> None:
    """A flat battery: the computer wakes in the year before."""
    patient.run("log", 4, "note", "before", now="2026-03-05T19:00+00:00")
    patient.run("log", 5, "note", "back", now="2025-01-01T00:10+00:00")
    patient.run("log", 6, "note", "right again", now="2026-03-06T19:00+00:00")
    patient.now = "2026-03-06T20:00+00:00"
    found = patient.run("history", "--since", "all", "--json").json["entries"]
    assert {e["note"]: e["day"] for e in found} == {
        "before": "2026-03-05",
        "back": "2024-12-31",
        "right again": "2026-03-06",
    }
    assert patient.run("undo").out.startswith("Undone: log 6")
    patient.run("redo")
    labels = [copy.label for copy in backups.copies(patient.home)]
    assert labels == ["daily"] * 3
    told = patient.run("doctor", "--json", now="2025-01-02T10:00+00:00").json["findings"]
    assert any("Dated in the future" in f["text"] and "#1, #3" in f["text"] for f in told)


def test_copies_go_by_one_clock_when_the_hour_is_lived_twice(patient: Patient) -> None:
    patient.environ["TZ"] = "Europe/London"
    patient.run("log", 1, now="2026-10-25T00:30+00:00")
    patient.run("backup", now="2026-10-25T00:50+00:00")  # 01:50 by the wall
    patient.run("backup", now="2026-10-25T01:10+00:00")  # 01:10 by the wall, twenty minutes later
    patient.now = "2026-10-25T12:00+00:00"
    times = [row["made"] for row in patient.run("restore", "--list", "--json").json["backups"]]
    assert times == sorted(times)
    assert times[-1] == "2026-10-25T01:10:00+00:00"
