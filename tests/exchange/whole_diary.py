"""A diary with one of everything, as values: what an export has to carry."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tests.builders import TODAY
from tests.builders import Patient as Builder

from spinetrack.recovery import diary as d
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Diary
from spinetrack.recovery.findings import Assessment
from spinetrack.recovery.metrics import METRICS

HERE = timezone(timedelta(hours=-5))
NOW = datetime(2026, 3, 30, 20, 0, tzinfo=HERE)
KEY = "5a1c1f0e-0000-4000-8000-00000000abcd"
"""The key of the patient."""
NASTY = '=cmd|"/c calc"!A1 <b>bold</b> \u202egnol\u202c \x1b[31mred \u00a0\u2028 \U0001f600'
"""What a text may hold: a formula, markup, right-to-left signs, an escape, odd blanks, an emoji."""


def at(day: int, hour: int = 19, minute: int = 0) -> datetime:
    """Return a moment `day` days before today on the patient's clock."""
    return datetime.combine(TODAY, datetime.min.time(), HERE) + timedelta(
        days=-day, hours=hour, minutes=minute
    )


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def entry(
    number: int, day: int, *seen: d.Observation, hour: int = 19, late: int = 0, **more: object
) -> d.Entry:
    moment = at(day, hour)
    return d.Entry(
        moment, TODAY - timedelta(days=day), moment + timedelta(hours=late), seen, id=number, uuid=uuid(number),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


ALL_METRICS = dict.fromkeys(METRICS, 1) | {
    "pain": 4, "worst": 6, "least": 2, "now": 3, "limb": 1, "sit": 35, "stand": 12.5, "walk": 20,
    "distance": 1200, "steps": 3500, "active": 40, "sleep": 390, "sleepq": 6, "wakes": 2, "stiff": 15,
    "mood": 7, "stress": 3, "fatigue": 5, "work": 1, "grog": 0, "bowel": 1, "dailydist": 2500,
    "weight": 72.5, "read-to-child": 12, "swims": 3,
}  # fmt: skip


def entries() -> tuple[d.Entry, ...]:
    everything = tuple(d.Observation(key, float(value)) for key, value in ALL_METRICS.items())
    return (
        entry(1, 3, *everything, note=NASTY, flare=True, late=30),
        entry(
            2, 2,
            d.Observation("sit", 35.0, at_least=True, stop="task"),
            d.Observation("sit", 40.0, stop="pain"),
            d.Observation("mood", 7.0, carried=True),
            d.Observation("site", 5.0, site="low-back", qualities=("numb", "burning")),
            d.Observation("site", 3.0, site="left-calf"),
            flare=False,
        ),
        entry(3, 0, d.Observation("pain", 4.0), hour=2)._replace(day=TODAY - timedelta(days=1)),
        entry(4, 0, d.Observation("gone-metric", 7.25), note="   "),
        entry(5, 0, d.Observation("pain", 3.0), hour=18)._replace(day=TODAY - timedelta(days=2)),
    )  # fmt: skip


def scores() -> tuple[d.Score, ...]:
    def score(number: int, key: str, total: float, *items: int | None) -> d.Score:
        return d.Score(
            key, at(9), TODAY - timedelta(days=9), items, total, id=number, uuid=uuid(200 + number)
        )

    return (
        score(1, "odi", 1400 / 45, 2, 1, 3, 0, 2, 2, 1, None, 1, 2)._replace(version="2.1a"),
        score(2, "ndi", 12.0),
        score(3, "rmdq", 5.0),
        score(4, "psfs", 4.0, 3, None, 5)._replace(labels=("my garden", NASTY, "a, b")),
        score(5, "peg", 13 / 3, 4, 5, 4),
        score(6, "start-back", 4.0, 1, 1, 0, 0, 1, 0, 1, 0, 2),
        score(7, "phq4", 5.0, 1, 1, 2, 1),
        score(8, "phq2", 3.0),
        score(9, "gad2", 3.0),
        score(10, "groc15", -3.0, -3),
        score(11, "brand-new", 7.0, 3, 4),
    )


def tried() -> dict[str, tuple[object, ...]]:
    day = TODAY
    return {
        "people": (d.Person("Dana", "physiotherapist", at(40), day, id=1, uuid=uuid(300)),),
        "treatments": (
            d.Treatment(
                "physiotherapy", "course", day - timedelta(days=40), at(40), day, planned=6, dose="2 x a week",
                person_id=1, region="low back", note=NASTY, id=1, uuid=uuid(301),
            ),
            d.Treatment(
                "yoga", "evening class", day - timedelta(days=60), at(60), day, end=day - timedelta(days=20),
                stopped="moved house", id=2, uuid=uuid(302),
            ),
            d.Treatment("epidural", "injection", day - timedelta(days=10), at(10), day, id=3, uuid=uuid(303)),
            d.Treatment("mri", "scan", day - timedelta(days=50), at(50), day, result="narrow at L5", id=4, uuid=uuid(304)),
            d.Treatment("massage", "ten of them", day + timedelta(days=5), at(0), day, id=5, uuid=uuid(305)),
            d.Treatment("newer-kind", "a thing", day - timedelta(days=5), at(5), day, end=day, id=6, uuid=uuid(306)),
        ),
        "treatment_sessions": (d.TreatmentSession(1, at(33), day - timedelta(days=33), "45 min", "went well", 1, uuid(310)),),
        "medicines": (
            d.Medicine("ibuprofen", day - timedelta(days=30), at(30), day, dose="400 mg", milligrams=400.0,
                       group="nsaid", bought=True, reason="flares", id=1, uuid=uuid(320)),
            d.Medicine("co-codamol", day - timedelta(days=80), at(80), day, day - timedelta(days=3), "2 tablets",
                       contains=(("paracetamol", 1000.0), ("codeine", 16.5)), bought=False, person_id=1,
                       note=NASTY, id=2, uuid=uuid(321)),
            d.Medicine("amitriptyline", day + timedelta(days=1), at(0), day, id=3, uuid=uuid(322)),
        ),
        "intakes": (
            d.Intake(1, at(2, 9), day - timedelta(days=2), at(2, 9), 1.5, note="with food", id=1, uuid=uuid(330)),
            d.Intake(2, at(4, 12), day - timedelta(days=4), at(3, 12), time_known=False, id=2, uuid=uuid(331)),
        ),
        "side_effects": (
            d.SideEffect("sick", at(2), day - timedelta(days=2), medicine_id=1, id=1, uuid=uuid(340)),
            d.SideEffect("sore", at(9), day - timedelta(days=9), treatment_id=3, id=2, uuid=uuid(341)),
            d.SideEffect("dizzy", at(9), day - timedelta(days=9), id=3, uuid=uuid(342)),
        ),
        "blocks": (d.Block(7, at(10, 9), day - timedelta(days=10), "left L4", 3, 1, uuid(350)),),
        "block_readings": (
            d.BlockReading(1, 2, at(10, 9, 30), day - timedelta(days=10), "sat 20 min", True, 70, "painkiller", 1, uuid(351)),
            d.BlockReading(1, 6, at(10, 14), day - timedelta(days=10), id=2, uuid=uuid(352)),
        ),
        "visits": (d.Visit("physio", day, at(20), day, 1, "bring the report", 1, uuid(360)),),
    }  # fmt: skip


def goals() -> dict[str, tuple[object, ...]]:
    def goal(number: int, title: str, metric: str, target: float, **more: object) -> d.Goal:
        day = TODAY - timedelta(days=60)
        return d.Goal(
            title, metric, target, TODAY + timedelta(days=30), at(60), day, id=number, uuid=uuid(100 + number), **more  # type: ignore[arg-type]
        )  # fmt: skip

    return {
        "goals": (
            goal(1, NASTY, "sit", 60.0, baseline=20.0, why="cinema", importance=3, supporter="my sister"),
            goal(2, "less pain", "pain", 2.0, baseline=6.0, importance=1),
            goal(3, "work", "work", 4.0),
            goal(4, "given up", "walk", 90.0, status="closed", closed_on=TODAY - timedelta(days=4)),
            goal(
                5,
                "stood",
                "stand",
                10.0,
                baseline=5.0,
                status="reached",
                closed_on=TODAY - timedelta(days=40),
            ),
            goal(6, "own", "swims", 9.0),
        ),
        "milestones": (d.Milestone(1, 40.0, TODAY, at(60), TODAY, id=1, uuid=uuid(120)),),
        "ratings": (
            d.GoalRating(1, -1, at(60), TODAY - timedelta(days=60), 1, uuid(121)),
            d.GoalRating(1, -2, at(5), TODAY - timedelta(days=5), 2, uuid(122)),
        ),
    }


def planned() -> dict[str, tuple[object, ...]]:
    day = TODAY - timedelta(days=20)
    return {
        "activities": (d.Activity("bridge", "core", 3, day, id=1, uuid=uuid(400)),),
        "quotas": (
            d.Quota("sit", at(20), day, 25.0, "physio", up_to=40.0, id=1, uuid=uuid(401)),
            d.Quota("bridge", at(20), day, 8.0, "me", per_week=3, sets=3, reps=8, hold=5, load=2.5, id=2, uuid=uuid(402)),
            d.Quota("plank", at(20), day, 20.0, "me", per_week=3, sets=2, hold=20, id=3, uuid=uuid(403)),
        ),
        "sessions": (
            d.Session("sit", at(4), TODAY - timedelta(days=4), at(4), 25.0, 4, 3, True, "task", True, id=1, uuid=uuid(410)),
            d.Session("bridge", at(3), TODAY - timedelta(days=3), at(3), 24.0, sets=3, reps=8, load=2.5, note=NASTY, id=2, uuid=uuid(411)),
            d.Session("plank", at(3), TODAY - timedelta(days=3), at(3), 40.0, sets=2, hold=20, id=3, uuid=uuid(412)),
        ),
        "skips": (d.Skip("sit", at(2), TODAY - timedelta(days=2), "afraid", 1, uuid(420)),),
        "marks": (
            d.FlareMark("start", at(12), TODAY - timedelta(days=12), "moved house", None, 1, uuid(430)),
            d.FlareMark("end", at(9), TODAY - timedelta(days=9), None, "heat", 2, uuid(431)),
            d.FlareMark("start", at(1), TODAY - timedelta(days=1), id=3, uuid=uuid(432)),
        ),
    }  # fmt: skip


def screens(*, open_flag: bool) -> tuple[d.Screen, ...]:
    seen = d.Outcome(
        1, at(14, 9), TODAY - timedelta(days=14), "seen", "all clear", "A&E", id=1, uuid=uuid(501)
    )
    old = d.Outcome(1, at(13), TODAY - timedelta(days=13), "old", item="ND3", id=2, uuid=uuid(502))
    first = d.Screen(
        at(15), TODAY - timedelta(days=15),
        (d.Answer("CE1", "yes"), d.Answer("MY3", "yes", "+"), d.Answer("OT2", "yes"), d.Answer("ND3", "unsure")),
        1, (seen, old), 1, uuid(500),
    )  # fmt: skip
    clear = d.Screen(at(7), TODAY - timedelta(days=7), (d.Answer("CE1", "no"),), None, id=2, uuid=uuid(503))
    late = d.Screen(at(1), TODAY - timedelta(days=1), (d.Answer("CE2", "yes"),), 1, id=3, uuid=uuid(504))
    return (first, clear, *((late,) if open_flag else ()))


def whole_diary(*, open_flag: bool = False) -> Diary:
    """Return a diary with one of everything; with `open_flag` a tier-1 sign of yesterday is open."""
    days = Builder().gates(15).diary()
    return days._replace(
        entries=entries(),
        screens=screens(open_flag=open_flag),
        metrics=(
            d.CustomMetric("read-to-child", "Read to my child", "min", "up", 0, 600, 1, uuid(600)),
            d.CustomMetric("swims", "Swims", "count", "up", 0, 99, 2, uuid(601)),
        ),
        scores=scores(),
        first_day=TODAY - timedelta(days=60),
        last_day=TODAY,
        **{**tried(), **goals(), **planned()},  # type: ignore[arg-type]
    )


def assessed(diary: Diary) -> Assessment:
    return assess(diary, NOW, TODAY)
