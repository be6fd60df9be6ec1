"""One example of every record, and strategies for random ones."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from spinetrack.recovery import diary as d
from spinetrack.store import Store
from spinetrack.store.json_cells import GREATEST

Value = Any
"""Some record: tests take what comes back field by field."""

HERE = timezone(timedelta(hours=-5))
NOW = datetime(2026, 3, 1, 20, 15, 30, tzinfo=HERE)
TODAY = date(2026, 3, 1)


def open_store(folder: Path, now: datetime = NOW) -> Store:
    return Store(folder, lambda: now)


_FOLDERS = Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, _FOLDERS, ignore_errors=True)
_TEMPLATE = _FOLDERS / "template"


def fresh_store() -> Store:
    """A diary without records in a folder of its own, quickly."""
    if not _TEMPLATE.exists():
        with open_store(_TEMPLATE) as store:
            make(store)
    folder = Path(tempfile.mkdtemp(dir=_FOLDERS))
    shutil.copy(_TEMPLATE / "diary.db", folder)
    return open_store(folder)


def make(store: Store) -> None:
    """Create the file and nothing in it."""
    with store.write("nothing"):
        pass


def add(store: Store, value: object, command: str = "add") -> int:
    with store.write(command) as writer:
        return writer.add(value)


def add_all(store: Store, values: Iterable[object]) -> None:
    """Write `values` in one step."""
    with store.write("add") as writer:
        for value in values:
            writer.add(value)


def entry(pain: float = 4, at: datetime = NOW, **more: Value) -> d.Entry:
    return d.Entry(at, more.pop("day", at.date()), at, (d.Observation("pain", pain),), **more)


EXAMPLES: tuple[Any, ...] = (
    d.Entry(
        NOW,
        TODAY,
        NOW + timedelta(hours=3, microseconds=7),
        (
            d.Observation("pain", 4.0),
            d.Observation("sit", 35.0, at_least=True, stop="task"),
            d.Observation("site", 5.5, site="low-back", qualities=("numb", "it's")),
            d.Observation("mood", 0.1 + 0.2, carried=True),
        ),
        note="a 'long' drive\nand a \u00fcber \U0001f600",
        flare=False,
        source="check-in",
    ),
    d.Entry(NOW, TODAY, NOW),
    d.Activity("bridge", "core", 3, TODAY, "low-back", "2-1-2", 60, cleared=True, note="slow"),
    d.Quota("sit", NOW, TODAY, 24.2, "physio", "PR-1", "kept", 40.0, 5),
    d.Quota("bridge", NOW, TODAY, 8.0, "me", None, "", None, 3, 3, 8, 10, 2.5),
    d.Session(
        "sit", NOW, TODAY, NOW, 25.0, 4, 3, settled=True, stop="leg", spread=True, minimum=True,
        sets=1, reps=2, hold=3, load=4.5, note="x", source="done",
    ),
    d.Session("sit", NOW, TODAY, NOW, 25.0, settled=None),
    d.Skip("sit", NOW, TODAY, "afraid"),
    d.FlareMark("start", NOW, TODAY, "moved house", "heat"),
    d.Screen(NOW, TODAY, (d.Answer("CE1", "yes", "+"), d.Answer("CE2", "unsure")), 1),
    d.Screen(NOW, TODAY, (), None),
    d.Trigger("new-weakness", NOW, TODAY, ("CE1", "MY3")),
    d.Decision("PR-1-sit", "PR-1", "follow", NOW, TODAY, (("sit", 27.5), ("walk", 3)), "t", "{}"),
    d.ProfileFact("gate:surgery", "no", NOW, TODAY),
    d.Setting("rise", "10", NOW, TODAY),
    d.Question("May I swim?", NOW, TODAY),
    d.Playbook("Heat, short walks", NOW, TODAY),
    d.CustomMetric("read", "Reading", "min", "up", 0, 600),
    d.Timer("sit", NOW),
    d.CheckInDraft(NOW, TODAY, (("pain", "4"), ("sit", "35 min"))),
    d.Goal(
        "sit through a film", "sit", 60.0, TODAY + timedelta(weeks=12), NOW, TODAY, 20.0, "my daughter", 3, 1, 8,
        "my sister", 14, "closed", TODAY, ("a", "b", "c", "d", "e"),
    ),
    d.Goal("swim", "swim", 4.0, TODAY, NOW, TODAY),
    d.Score("odi", NOW, TODAY, (2, None, 0, -1), 31.25, "2.1a", ("my garden", "a, b")),
    d.Score("peg", NOW, TODAY, (), 4.0),
    d.Score("odd", NOW, TODAY, (None, 3), 4.0),
    d.Person("Dana", "physiotherapist", NOW, TODAY, "Tuesdays"),
    d.Treatment("physiotherapy", "course", TODAY, NOW, TODAY),
    d.Treatment(
        "epidural", "injection", TODAY - timedelta(days=9), NOW, TODAY, TODAY, 6, "2 x a week", None, False, True,
        "low-back", "narrow at L5", "moved", "a note",
    ),
    d.Medicine("ibuprofen", TODAY, NOW, TODAY),
    d.Medicine(
        "co-codamol", TODAY, NOW, TODAY, TODAY, "2 tablets", 1000.0, "opioid",
        (("paracetamol", 500.0), ("codeine", 8.5)), False, ("sedating", "constipating"), "flares", None, "a, b",
    ),
    d.SideEffect("sick", NOW, TODAY),
    d.Block(7, NOW, TODAY, "left L4"),
    d.Visit("physio", TODAY, NOW, TODAY, None, "bring the report"),
    d.Handover("report", "html", NOW, TODAY, TODAY, TODAY, ("notes", "meds"), True),
    d.ImportRun("mine.ndjson", "bundle", "0" * 64, 4, 2, NOW, TODAY),
)  # fmt: skip


def fill_all(store: Store) -> None:
    """Write every kind of record, each named by another where it can be, and remove two."""
    for value in EXAMPLES:
        add(store, value)
    goal, person, medicine = (first_id(store, kind) for kind in (d.Goal, d.Person, d.Medicine))
    treatment, block = (first_id(store, kind) for kind in (d.Treatment, d.Block))
    screen = store.diary().screens[0].id
    more: tuple[Any, ...] = (
        d.Milestone(goal, 2.5, TODAY, NOW, TODAY), d.GoalRating(goal, -1, NOW, TODAY),
        d.Outcome(screen, NOW, TODAY, "booked"), d.Outcome(screen, NOW, TODAY, "seen", "well", "GP"),
        d.Treatment("massage", "Tuesdays", TODAY, NOW, TODAY, person_id=person),
        d.TreatmentSession(treatment, NOW, TODAY, "30 min"), d.Intake(medicine, NOW, TODAY, NOW),
        d.SideEffect("sick", NOW, TODAY, medicine, treatment), d.BlockReading(block, 3, NOW, TODAY),
        entry(5, NOW - timedelta(days=40), day=TODAY - timedelta(days=40)), d.Question("And dancing?", NOW, TODAY),
    )  # fmt: skip
    for value in more:
        add(store, value)
    for kind in (d.Question, d.Playbook):
        with store.write("delete") as writer:
            writer.remove(store.every(kind)[0])


def first_id(store: Store, kind: Value) -> int:
    number: int = store.every(kind)[0].id
    return number


DEFINED = {"id": 0, "uuid": "", "seq": 0}


def bare(value: Value) -> Value:
    """The record as it was before the store named it."""
    named = {name: plain for name, plain in DEFINED.items() if hasattr(value, name)}
    return value._replace(**named)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
numbers = st.floats(-GREATEST, GREATEST)
moments = st.builds(
    lambda at, minutes: at.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
flags = st.booleans()
maybe_flags = st.none() | flags

observations = st.builds(
    d.Observation,
    texts,
    numbers,
    site=st.none() | texts,
    at_least=flags,
    stop=st.none() | texts,
    qualities=st.lists(texts, max_size=3).map(tuple),
    carried=flags,
)
entries = st.builds(
    d.Entry,
    moments,
    days,
    moments,
    st.lists(observations, max_size=4).map(tuple),
    note=st.none() | texts,
    flare=maybe_flags,
    source=st.just("log"),
    id=st.just(0),
    uuid=st.just(""),
)
scores = st.none() | st.integers(0, 10)
counts = st.none() | st.integers(0, 1000)
sessions = st.builds(
    d.Session,
    texts,
    moments,
    days,
    moments,
    numbers,
    effort=scores,
    pain=scores,
    settled=maybe_flags,
    stop=st.none() | texts,
    spread=flags,
    minimum=flags,
    sets=counts,
    reps=counts,
    hold=counts,
    load=st.none() | numbers,
    note=st.none() | texts,
    source=st.just("done"),
    id=st.just(0),
    uuid=st.just(""),
    seq=st.just(0),
)
