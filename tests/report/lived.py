"""A patient of some months with one of everything, written into a real diary file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from spinetrack.demo import COURSES, write
from spinetrack.recovery import diary as d
from spinetrack.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Patient

    from spinetrack.store.writing import Writer

UTC = timezone.utc  # noqa: UP017
TODAY = date(2026, 3, 2)
VISIT = date(2026, 1, 26)
DAYS = 84


def day(back: int) -> date:
    """Return the day so many days before today."""
    return TODAY - timedelta(days=back)


def at(back: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime.combine(day(back), time(hour, minute), tzinfo=UTC)


def entry(back: int, hour: int = 18, *, late: int = 0, note: str | None = None, **values: float) -> d.Entry:
    moment = at(back, hour)
    seen = tuple(d.Observation(key, value) for key, value in values.items())
    return d.Entry(moment, day(back), moment + timedelta(hours=late), seen, note)


def extras() -> Iterator[object]:
    """Yield what the simulated patients do not record."""
    for back in range(1, 15):
        yield entry(back, 8, now=3 + back % 3)
        yield entry(back, 20, now=6 - back % 2, stress=8 if back % 3 else 4, work=float(back % 4 > 0))
    yield entry(20, 9, late=13, note="typed in later", active=30)
    yield entry(21, 9, late=11, active=40)
    yield d.Entry(at(22), day(22), at(22), (d.Observation("steps", 3000),), source="import")
    for back in (2, 5, 9):
        places = (
            d.Observation("site", 3 + back % 4, site="low-back"), d.Observation("site", back % 5, site="left-calf"),
        )  # fmt: skip
        yield d.Entry(at(back, 19), day(back), at(back, 19), places)
    yield d.Goal("sit through a film", "sit", 60.0, day(-40), at(70), day(70), 30.0, "cinema", 3, 2, 8, "Jo")
    yield d.Goal("walk to the shop", "walk", 20.0, day(-20), at(60), day(60), 18.0, "milk", 2, 2, status="reached",
                 closed_on=day(10))  # fmt: skip
    yield d.Visit("physio", VISIT, at(40), day(40))
    yield d.Visit("Dr Hall", day(12), at(40), day(40))
    yield d.Visit("physio", day(-9), at(40), day(40))
    yield d.Score("odi", at(80), day(80), (3, 2, 4, 3, 2, 2, 3, None, 2, 3), 100 * 24 / 45)
    yield d.Score("odi", at(30), day(30), (2, 1, 3, 0, 2, 2, 1, None, 1, 2), 100 * 14 / 45)
    yield d.Score("odi", at(3), day(3), (2, 1, 3, 0, 2, 2, 1, 1, 1, 1), 28.0)
    yield d.Question("May I swim?", at(4), day(4))
    yield d.FlareMark("start", at(6), day(6), "sitting, stress")
    yield d.FlareMark("end", at(4), day(4), helped="heat")


def tried(writer: Writer) -> None:
    """Write what names another record by its id."""
    dana = writer.add(d.Person("Dana", "physiotherapist", at(60), day(60)))
    course = d.Treatment("physiotherapy", "back course", day(50), at(50), day(50), planned=6, person_id=dana)
    number = writer.add(course)
    for back in (49, 42, 35):
        writer.add(d.TreatmentSession(number, at(back), day(back)))
    writer.add(d.Treatment("mri", "MRI", day(25), at(25), day(25), result="a bulge at L5"))
    tablets = writer.add(
        d.Medicine("ibuprofen", day(60), at(60), day(60), dose="400mg", milligrams=400.0, group="nsaid",
                   bought=True, reason="headaches")
    )  # fmt: skip
    for back, hour in ((3, 9), (3, 15), (2, 9), (33, 9)):
        writer.add(d.Intake(tablets, at(back, hour), day(back), at(back, hour)))
    writer.add(d.SideEffect("upset stomach", at(2), day(2), tablets))


def lived(patient: Patient, course: str = "flare-prone") -> Patient:
    """Write the patient's days and everything else, and change two entries afterwards."""
    with Store(patient.home, lambda: at(0, 19)) as store:
        write(store, COURSES[course], last_day=TODAY, days=DAYS)
        with store.write("more") as writer:
            for record in extras():
                writer.add(record)
            tried(writer)
        first, last = store.diary(day(11), day(9)).entries[:2]
        with store.write("edit") as writer:
            writer.replace(first._replace(note="changed"))
            writer.replace(last._replace(note="changed too"))
    return patient
