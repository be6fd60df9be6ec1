"""What other programs can rely on: exit codes, the keys and types of each JSON document, quiet refusals.

The documents are described in README.md, "JSON". A key that is new or gone fails here: it is a change
of the contract, and belongs into the changelog.
"""

from __future__ import annotations

import shutil

import pytest
from tests.conftest import Patient, evening

from spinetrack.recovery.profile import GATES

TEXT, WHOLE, NUMBER, YES_NO, NONE = str, int, (int, float), bool, type(None)
MAYBE_TEXT, MAYBE_NUMBER = (str, NONE), (int, float, NONE)

ENTRY = {
    "id": WHOLE, "uuid": TEXT, "day": TEXT, "at": TEXT, "values": dict, "at_least": [TEXT], "sites": dict,
    "note": MAYBE_TEXT, "flare": YES_NO,
}  # fmt: skip
FACT = {
    "fact": TEXT, "value": (int, float, str, NONE), "threshold": (int, float, str, NONE),
    "window_days": (int, NONE),
}  # fmt: skip
CHANGE = {"activity": TEXT, "from": MAYBE_NUMBER, "to": NUMBER, "unit": TEXT}
SUGGESTION = {
    "id": TEXT, "rule": TEXT, "priority": WHOLE, "kind": TEXT, "title": TEXT, "message": TEXT,
    "why": [FACT], "changes": [CHANGE], "source": [TEXT],
}  # fmt: skip
PLAN_ITEM = {
    "activity": TEXT, "quota": NUMBER, "today": NUMBER, "baseline": MAYBE_NUMBER, "unit": TEXT,
    "per_week": WHOLE, "up_to": MAYBE_NUMBER, "set_by": TEXT, "next_step_earliest": MAYBE_TEXT,
}  # fmt: skip
SCREEN = {
    "id": WHOLE, "day": TEXT, "tier": (int, NONE), "yes": [TEXT], "unsure": [TEXT], "outcome": (dict, NONE),
}  # fmt: skip
CHECK = {"letter": TEXT, "ok": YES_NO, "message": TEXT}
GOAL = {
    "id": WHOLE, "title": TEXT, "metric": TEXT, "baseline": MAYBE_NUMBER, "target": NUMBER,
    "current": MAYBE_NUMBER, "due": TEXT, "status": TEXT, "level": (int, NONE), "ratio": MAYBE_NUMBER,
    "checks": [CHECK],
}  # fmt: skip
DOCUMENTS: dict[str, dict[str, object]] = {
    "log 5": {"entry": ENTRY, "suggestions": [SUGGESTION]},
    "history": {"entries": [ENTRY]},
    "suggest": {
        "as_of": TEXT, "mode": TEXT, "suggestions": [SUGGESTION],
        "suppressed": [{"rule": TEXT, "by": TEXT}],
    },
    "plan": {"as_of": TEXT, "mode": TEXT, "items": [PLAN_ITEM]},
    "profile": {
        "mode": TEXT, "gates": dict.fromkeys(GATES, (bool, NONE)), "country": MAYBE_TEXT, "units": TEXT,
        "regions": [TEXT], "onset": MAYBE_TEXT, "tags": [TEXT], "weight_under_50": (bool, NONE),
    },
    "screen list": {"screens": [SCREEN]},
    "goal list": {
        "goals": [GOAL], "gas": {"t": MAYBE_NUMBER, "t_baseline": MAYBE_NUMBER, "change": MAYBE_NUMBER},
    },
}  # fmt: skip


def misfits(found: object, shape: object, where: str) -> list[str]:
    """Return where `found` is not of `shape`: exact keys, the type of each value, of each list item."""
    if isinstance(shape, dict):
        if not isinstance(found, dict) or found.keys() != shape.keys():
            return [f"{where}: {sorted(found) if isinstance(found, dict) else found!r}"]
        return [text for key in shape for text in misfits(found[key], shape[key], f"{where}.{key}")]
    if isinstance(shape, list):
        if not isinstance(found, list):
            return [f"{where}: {found!r}"]
        return [text for n, item in enumerate(found) for text in misfits(item, shape[0], f"{where}[{n}]")]
    wanted = shape if isinstance(shape, tuple) else (shape,)
    return [] if type(found) in wanted else [f"{where}: {found!r}"]


@pytest.fixture(scope="module")
def three_weeks(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    """Return a patient after three weeks, with a plan that was followed and nothing in its way."""
    patient = Patient(tmp_path_factory.mktemp("three-weeks"))
    patient.run("profile", "gates", "--none", now=evening(0))
    patient.run("screen", "--none", now=evening(0))
    patient.run("plan", "set", "sit", 20, "--by", "physio", "--up-to", 40, "--per-week", 5, now=evening(1))
    for day in range(21):
        patient.run("log", 4 + day % 2, "sit", 25, "walk", 15, "sleep", "6h30", now=evening(day))
        patient.run("done", "sit", 20, "--pain", 3, "--settled", now=evening(day))
    patient.now = evening(21)
    return patient


@pytest.fixture
def recovering(three_weeks: Patient, patient: Patient) -> Patient:
    shutil.copytree(three_weeks.home, patient.home)
    patient.now = three_weeks.now
    return patient


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_document_has_these_keys_and_types(recovering: Patient, command: str) -> None:
    found = recovering.run(*command.split(), "--json").json
    assert next(iter(found)) == "spinetrack"
    assert found.pop("spinetrack") == 1
    assert not misfits(found, DOCUMENTS[command], command)


def test_the_documents_are_not_empty(recovering: Patient) -> None:
    """Else the types of what is in a list would be tested on nothing."""
    recovering.run("log", 4, "--where", "low-back:4", "sit", "25+")
    assert len(recovering.run("history", "--json", "--since", "2026-03-01").json["entries"]) == 22
    assert recovering.run("plan", "--json").json["items"]
    assert recovering.run("screen", "list", "--json").json["screens"]
    recovering.run("goal", "add", "film", "--metric", "sit", "--target", 60, "--by", "12w")
    goals = recovering.run("goal", "list", "--json").json
    goals.pop("spinetrack")
    assert not misfits(goals, DOCUMENTS["goal list"], "goal list")
    assert goals["goals"][0]["checks"]
    said = recovering.run("suggest", "--json").json["suggestions"]
    assert said
    assert all(s["why"] for s in said)
    assert any(s["changes"] for s in said)


def test_values_are_in_base_units(patient: Patient) -> None:
    entry = patient.run("log", 4, "sit", "1h10", "walk", "1.2km", "sleep=6h30", "--json").json["entry"]
    assert entry["values"] == {"pain": 4, "sit": 70, "distance": 1200, "sleep": 390}
    assert entry["at_least"] == []
    assert entry["sites"] == {}
    assert entry["note"] is None
    assert entry["flare"] is False


def test_a_bound_a_place_and_a_note_come_back(patient: Patient) -> None:
    words = ("pain=4", "sit=25+", "--where", "low-back:4", "--stop", "task", "note", "a", "long", "drive")
    entry = patient.run("log", *words, "--json").json["entry"]
    assert entry["values"] == {"pain": 4, "sit": 25}
    assert entry["at_least"] == ["sit"]
    assert entry["sites"] == {"low-back": 4}
    assert entry["note"] == "a long drive"


def test_history_runs_from_oldest_to_newest(recovering: Patient) -> None:
    days = [e["day"] for e in recovering.run("history", "--since", "2026-03-01", "--json").json["entries"]]
    assert days == sorted(days)
    assert len(days) == 21


def test_suggestions_run_by_priority(recovering: Patient) -> None:
    recovering.run("log", 9, "--flare")
    order = [s["priority"] for s in recovering.run("suggest", "--json").json["suggestions"]]
    assert order == sorted(order)


REFUSED = {
    "log now 11": 1,
    "log pian 4": 1,
    "log 4 --at tomorrow": 1,
    "log 4 walk 15parsecs": 1,
    "log 4 sit -5m": None,
    "log": None,
    "done fly 3": 1,
    "plan set sit 9000": None,
    "edit 99 pain 3": 1,
    "delete 99": 1,
    "screen outcome 99 seen --by A&E": 1,
    "suggest follow 9": 1,
    "history --sinse 8w": 2,
    "lgo 4": 2,
    "log 4 --where moon:3": 1,
}
"""A line that is refused, and its exit code; None for any but 0."""


@pytest.mark.parametrize(("line", "code"), REFUSED.items())
def test_a_refusal_says_why_on_the_other_stream_and_saves_nothing(
    recovering: Patient, line: str, code: int | None
) -> None:
    before = recovering.run("history", "--json").out
    answer = recovering.run(*line.split(), code=None)
    assert answer.code == code if code is not None else answer.code in {1, 2}
    assert answer.out == ""
    assert answer.err.strip()
    assert recovering.run("history", "--json").out == before


def test_a_warning_sign_is_exit_code_3_until_it_is_closed(recovering: Patient) -> None:
    recovering.run("screen", "--yes", "CE1", "--unsure", "ND3", code=3)
    shut = recovering.run("suggest", "--json", code=3).json
    assert {s["rule"] for s in shut["suggestions"]} <= {"RF-1", "RF-5"}
    assert recovering.run("plan", "--json", code=None).json["items"] == []
    recovering.run(code=3)
    screen = recovering.run("screen", "list", "--json", code=None).json["screens"][-1]
    assert screen["yes"] == ["CE1"]
    assert screen["unsure"] == ["ND3"]
    assert screen["tier"] == 1
    assert screen["outcome"] is None
    recovering.run("screen", "outcome", screen["id"], "seen, clear", "--by", "A&E", now=evening(22))
    closed = recovering.run("screen", "list", "--json", now=evening(22)).json["screens"][-1]
    assert closed["outcome"] == {"text": "seen, clear", "by": "A&E", "day": evening(22)[:10]}
    recovering.run("suggest", now=evening(22))
    recovering.run(now=evening(22))


def test_a_file_that_is_no_diary_is_exit_code_4(patient: Patient) -> None:
    patient.home.mkdir()
    patient.file.write_bytes(b"not a diary " * 200)
    for line in ("log 4", "history", "", "suggest --json"):
        answer = patient.run(*line.split(), code=4)
        assert answer.out == ""
    assert patient.file.read_bytes() == b"not a diary " * 200


def test_looking_makes_no_diary(patient: Patient) -> None:
    for line in ("", "history", "suggest", "plan", "flare status", "flare list", "screen list", "profile"):
        patient.run(*line.split(), code=None)
    assert not patient.home.exists()


def test_every_looking_command_says_something(recovering: Patient) -> None:
    lines = (
        "",
        "chart pain",
        "history",
        "suggest --why",
        "suggest --all",
        "plan",
        "flare status",
        "flare list",
    )
    for line in (
        *lines,
        "body",
        "insight",
        "screen list",
        "profile",
        "metric list",
        "config rules",
        "--help",
    ):
        assert recovering.run(*line.split()).out.strip(), line


def test_undo_and_redo_go_back_and_forth(recovering: Patient) -> None:
    recovering.run("log", 9)
    with_it = recovering.run("history", "--json").json["entries"]
    recovering.run("undo")
    assert recovering.run("history", "--json").json["entries"] == with_it[:-1]
    recovering.run("redo")
    again = recovering.run("history", "--json").json["entries"]
    assert again == with_it
