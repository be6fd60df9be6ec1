"""Many files at once: shared out or not, read lightly or whole, the answer is the same."""

from __future__ import annotations

import shutil
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from spinetrack.demo import COURSES, write
from spinetrack.errors import ValueRefusedError
from spinetrack.exchange import inbox
from spinetrack.exchange.bundle_diary import read_for_need, read_handed
from spinetrack.exchange.formats import FORMATS, Source
from spinetrack.exchange.sealed import Ways
from spinetrack.recovery.caseload import Case, lately, standing
from spinetrack.store import Store

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of every made-up patient."""
    place = tmp_path_factory.mktemp("inbox")
    for name, course in COURSES.items():
        with Store(place / name / "home", lambda: NOW) as store:
            write(store, course, last_day=TODAY, days=course.demo_days)
            pieces = FORMATS["bundle"].write(Source(store, NOW, TODAY))
            (place / f"{name}.ndjson").write_bytes(b"".join(pieces))
        shutil.rmtree(place / name)
    return place


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ndjson"))


def look(found: list[Path], seen: list[tuple[int, int]] | None = None) -> list[Case]:
    told = seen if seen is not None else []
    cases, skipped = inbox.look_at_all(found, Ways(), NOW, TODAY, lambda a, b: told.append((a, b)))
    assert skipped == []
    return cases


def test_a_light_reading_comes_to_the_same_as_a_whole_one(folder: Path) -> None:
    for path in files(folder):
        light, whole = read_for_need(path, lately(TODAY)), read_handed(path)
        assert light.header == whole.header
        for later in (0, 9, 10, 40):
            day, now = TODAY + timedelta(days=later), NOW + timedelta(days=later)
            assert standing(light.diary, now, day) == standing(whole.diary, now, day), path.name
        assert light.diary.last_day == whole.diary.last_day
        assert light.diary.entries != ()


def test_made_up_patients_need_what_their_course_says(folder: Path) -> None:
    found = {Path(case.file).stem: case.standing for case in look(files(folder))}
    assert found.pop("red-flag")[:2] == (
        "red-flag",
        "CE2 (changed feeling between the legs) reported today, not closed",
    )
    assert {standing.need for standing in found.values()} == {"fine"}
    assert found["recovery"].reason.startswith("sitting")
    assert ", clear; screen " in found["recovery"].reason
    assert found["gaps"].reason.startswith("no clear change")


def test_the_processes_find_what_one_finds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        for path in files(folder):
            shutil.copy(path, tmp_path / f"{number}-{path.name}")
    monkeypatch.setattr(inbox, "_processors", lambda: 2)
    told: list[tuple[int, int]] = []
    shared = look(files(tmp_path), told)
    assert len(shared) == 6 * len(COURSES) > inbox.ALONE
    assert [case.file for case in shared] == [str(path) for path in files(tmp_path)]
    assert told[-1] == (len(shared), len(shared))
    monkeypatch.setattr(inbox, "_processors", lambda: 1)
    assert look(files(tmp_path)) == shared


def test_the_rest_is_read_here_when_a_process_ends(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(inbox.ALONE + 1):
        shutil.copy(files(folder)[0], tmp_path / f"{number}.ndjson")

    def one_and_no_more(shares: list[list[str]], _: int, now: datetime, as_of: date) -> object:
        yield inbox.look_at(shares[0][0], now, as_of)
        raise BrokenProcessPool

    monkeypatch.setattr(inbox, "_by_processes", one_and_no_more)
    monkeypatch.setattr(inbox, "_processors", lambda: 2)
    assert len(look(files(tmp_path))) == inbox.ALONE + 1


def test_what_is_named_twice_is_read_once(folder: Path) -> None:
    found, skipped = inbox.files_in([folder, *files(folder)])
    assert (found, skipped) == (files(folder), [])


def test_a_harmed_session_is_refused_by_the_light_reading_too(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "harmed.ndjson"
    raw = files(folder)[0].read_bytes()
    assert raw.count(b'"kind":"session"') > 1
    at = raw.index(b'"kind":"session"')
    place.write_bytes(raw[: at - 40] + b"X" + raw[at - 39 :])
    with pytest.raises(ValueRefusedError, match="damaged"):
        read_for_need(place, lately(TODAY))
