"""Tables through `import`: what other programs write, what this one writes, and what the patient explains."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pexpect
import pytest
from tests.conftest import Patient, evening

BEARABLE = """"date","date formatted","weekday","time of day","category","rating/amount","detail","notes"
"2nd Feb 2026","2026-02-02","Monday","am","Symptom","3","Back (lower) pain (Severe)",""
"2nd Feb 2026","2026-02-02","Monday","mid","Symptom","2","Back (lower) pain (Moderate)",""
"2nd Feb 2026","2026-02-02","Monday","am","Mood","7","","slept badly"
"2nd Feb 2026","2026-02-02","Monday","","Sleep","06:30","Asleep 23:10 - 05:40",""
"2nd Feb 2026","2026-02-02","Monday","","Factors","","☕ Caffeine - Little | 💣 Stress - Moderate",""
"3rd Feb 2026","2026-02-03","Tuesday","","Sleep","","Asleep 23:10 - 06:10",""
"3rd Feb 2026","2026-02-03","Tuesday","pm","Energy","3","ok",""
"3rd Feb 2026","2026-02-03","Tuesday","pm","Meds/Supplements","1","Ibuprofen",""
"""
MIGRAINE_BUDDY = """Summary of your attacks
Total attacks,Average pain,Days
2,6,28

#,Started,Lasted,Pain Level,Potential Triggers,Symptoms,Helpful Medication,Notes
1,25/02/2026 14:30,3h 20m,6,"Stress, Lack of sleep",Nausea,Ibuprofen,bad day
2,03/02/2026 10:00,Ongoing,7 (severe),,,,

Medicine,Times,Helped,Unit
Ibuprofen,1,yes,400 mg
"""
TRACK_GRAPH = """FeatureName,Timestamp,Value,Note
Pain,2026-02-14T21:30:41.432+01:00,4,
Coffee,2026-02-14T12:55:37.508+01:00,2.859,So:me n:ot:e
Quest,2026-02-15T00:20:40.986+01:00,1.0:Label 2,
Walk,2026-02-15T11:07:28Z,1:10:00,
"""
MINE = "Datum;Uhrzeit;Schmerz;Schlaf;Bemerkung\n13.02.2026;20:15;4;6,5;viel gesessen\n14.02.2026;21:00;5;7;\n"


@pytest.fixture
def there(patient: Patient) -> Patient:
    """A patient with one check-in of their own."""
    patient.run("log", "4", now=evening(-30))
    patient.now = evening(0)
    return patient


def put(patient: Patient, text: str, name: str = "table.csv") -> Path:
    path = patient.folder / name
    path.write_bytes(text.encode())
    return path


def entries(patient: Patient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = patient.run("history", "--since", "2026-02-01", "--json").json["entries"]
    return found


def values(patient: Patient) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for entry in entries(patient):
        found.setdefault(entry["day"], {}).update(entry["values"])
    return found


# -- other programs --------------------------------------------------------------------------------


def test_bearable_keeps_its_own_scales(there: Patient) -> None:
    done = there.run("import", put(there, BEARABLE))
    assert "Bearable" in done.out
    assert values(there) == {
        "2026-02-02": {"sleep": 390, "back-lower-pain": 2, "mood": 7},
        "2026-02-03": {"sleep": 420, "bearable-energy": 3},
    }
    notes = {entry["note"] for entry in entries(there)}
    assert notes == {"#caffeine #stress", "slept badly", None, "Meds/Supplements: Ibuprofen"}
    assert "pain" not in values(there)["2026-02-02"], "a symptom of 3 of 4 is no pain of 3 of 10"


def test_migraine_buddy_reads_the_second_table_of_its_file(there: Patient) -> None:
    done = there.run("import", put(there, MIGRAINE_BUDDY))
    assert "apart from your pain" in done.out
    assert values(there) == {
        "2026-02-25": {"headache": 6, "headache-time": 200},
        "2026-02-03": {"headache": 7},
    }
    (note,) = (entry["note"] for entry in entries(there) if entry["note"])
    assert "#stress #lack-of-sleep" in note
    assert "Helpful medication: Ibuprofen" in note


def test_track_and_graph_fills_a_measure_or_makes_one(there: Patient) -> None:
    done = there.run("import", put(there, TRACK_GRAPH))
    assert "Walk comes in as my-walk." in done.out, "what was walked is no tolerance"
    assert values(there) == {
        "2026-02-14": {"coffee": 2.859, "pain": 4, "quest": 1},
        "2026-02-15": {"my-walk": 70},
    }


@pytest.mark.parametrize("text", [BEARABLE, MIGRAINE_BUDDY, TRACK_GRAPH])
def test_twice_is_once_and_undo_takes_it_out(there: Patient, text: str) -> None:
    path = put(there, text)
    dry = there.run("import", path, "--dry-run")
    assert "Nothing was changed" in dry.out
    assert not entries(there)
    there.run("import", path)
    first = entries(there)
    assert "Nothing is new." in there.run("import", path).out
    assert there.run("undo").out.startswith("Undone: import table.csv")
    assert not entries(there)
    there.run("import", path)
    assert [entry["uuid"] for entry in entries(there)] == [entry["uuid"] for entry in first]


def test_a_longer_export_adds_what_is_new(there: Patient) -> None:
    there.run("import", put(there, TRACK_GRAPH))
    longer = TRACK_GRAPH + "Pain,2026-02-16T20:00:00Z,5,\n"
    there.run("import", put(there, longer))
    assert values(there)["2026-02-16"] == {"pain": 5}
    assert len(entries(there)) == 5


def test_a_bad_row_is_named_and_the_rest_is_offered(there: Patient) -> None:
    path = put(
        there,
        BEARABLE + '"4th Feb 2026","2026-02-04","","","Mood","77","",""\n"x","x","","","Mood","5","",""\n',
    )
    refused = there.run("import", path, code=1)
    assert "2 lines cannot be read" in refused.err
    assert "line 10: Mood goes from 0 to 10, in whole numbers, not 77." in refused.err
    assert 'line 11: "x" is no day.' in refused.err
    assert "--rest" in refused.err
    assert not entries(there)
    there.run("import", path, "--rest")
    assert len(values(there)) == 2


def test_a_day_that_has_not_come_is_a_bad_row(there: Patient) -> None:
    path = put(there, TRACK_GRAPH + "Pain,2027-02-16T20:00:00Z,5,\n")
    assert "has not come yet" in there.run("import", path, code=1).err


# -- our own tables --------------------------------------------------------------------------------


def test_our_table_comes_back_and_a_bundle_of_it_adds_nothing_twice(patient: Patient) -> None:
    patient.run(
        "log",
        *["4", "worst", "6", "sit", "35+", "walk", "20", "sleep", "6h30", "note", "=long", "drive"],
        "--where",
        "low-back:5",
    )
    patient.run("log", "5", "--at", "2026-03-01 02:30")
    patient.run("metric", "add", "swims", "--unit", "count")
    patient.run("log", "swims=3")
    patient.run("plan", "set", "sit", "20", "--by", "physio")
    patient.run("done", "sit", "20", "--pain", "3", "--effort", "4")
    patient.run("skip", "sit", "--why", "away")
    table, bundle = patient.folder / "t.csv", patient.folder / "b.ndjson"
    patient.run("export", "--format", "csv", "-o", table)
    patient.run("export", "-o", bundle)
    here = patient.run("history", "--since", "2026-01-01", "--json").json["entries"]
    same = patient.run("import", table)
    assert "Nothing is new." in same.out
    patient.file.unlink()
    patient.run("import", table)
    back = patient.run("history", "--since", "2026-01-01", "--json").json["entries"]
    assert [{k: v for k, v in e.items() if k != "id"} for e in back] == [
        {k: v for k, v in e.items() if k != "id"} for e in here
    ]
    done = patient.run("import", bundle, "--same-person")
    assert "0 removed" in done.out
    again = patient.folder / "c.ndjson"
    patient.run("export", "-o", again)
    lines = [[json.loads(line) for line in path.read_text().splitlines()[1:]] for path in (bundle, again)]
    before, after = (
        [(r["uuid"], r["data"]) for r in found if r["kind"] in {"entry", "session", "skip"}]
        for found in lines
    )
    assert before == after
    assert len(before) == 5


def test_our_days_come_back_and_days_that_are_there_stay(patient: Patient) -> None:
    patient.run(
        "log",
        *["4", "sit", "35+", "sleep", "6h30", "note", "#garden"],
        "--where",
        "low-back:5",
        "--flare",
        now=evening(0),
    )
    patient.run("log", "5", now=evening(1))
    table = patient.folder / "d.csv"
    patient.now = evening(2)
    patient.run("export", "--format", "csv-daily", "-o", table)
    stays = patient.run("import", table)
    assert "2 days stay out" in stays.out
    assert "Nothing is new." in stays.out
    patient.file.unlink()
    patient.run("import", table)
    found = entries(patient)
    assert [entry["values"] for entry in found] == [{"pain": 4, "sit": 35, "sleep": 390}, {"pain": 5}]
    assert (found[0]["at_least"], found[0]["sites"], found[0]["flare"]) == (["sit"], {"low-back": 5}, True)
    assert found[0]["note"] == "#garden"


def test_an_own_measure_that_cannot_come_with_our_days_is_named(patient: Patient) -> None:
    patient.run("metric", "add", "reading", "--unit", "min")
    patient.run("log", "4", "reading", "20")
    table = patient.folder / "d.csv"
    patient.run("export", "--format", "csv-daily", "-o", table)
    patient.file.unlink()
    assert "reading stays out" in patient.run("import", table).out
    patient.run("undo")
    patient.run("metric", "add", "reading", "--unit", "min")
    assert "reading stays out" not in patient.run("import", table).out
    assert entries(patient)[0]["values"] == {"pain": 4, "reading": 20}


# -- any table -------------------------------------------------------------------------------------

Talk = list[tuple[str, str]]


def talk(patient: Patient, answers: Talk, *words: object) -> str:
    environ = {**patient.environ, "SPINETRACK_NOW": patient.now, "TERM": "xterm"}
    line = ["-m", "spinetrack", *map(str, words)]
    child = pexpect.spawn(sys.executable, line, env=environ, timeout=30, encoding="utf-8")
    said = ""
    for question, answer in answers:
        child.expect(question + ".*> ")
        said += child.before + child.after
        child.sendline(answer)
    child.expect(pexpect.EOF)
    return str(said + child.before)


QUESTIONS: Talk = [
    ("is the day", ""), ("time of the day", ""), ("Schmerz", "pian"), ("Schmerz", "pain"), ("Schlaf", "b"),
    ("Schmerz", "pain"), ("Schlaf", "sleep"), ("unit", ""), ("Bemerkung", "note"),
]  # fmt: skip


def test_the_questions_and_their_answers_kept_for_next_time(there: Patient) -> None:
    path = put(there, MINE)
    said = talk(there, [*QUESTIONS, ("A name", "mein blatt")], "import", path)
    assert "Did you mean pain?" in said
    assert "2 new" in said
    assert values(there) == {"2026-02-13": {"pain": 4, "sleep": 390}, "2026-02-14": {"pain": 5, "sleep": 420}}
    assert [entry["note"] for entry in entries(there)] == ["viel gesessen", None]
    path.write_text(MINE + "15.02.2026;21:00;6;7;\n")
    there.run("import", path, "--map", "mein blatt")
    assert len(values(there)) == 3
    assert there.run("import", path, "--map", "other", code=1).err.count("\n") == 2


def test_a_dry_run_keeps_no_answers(there: Patient) -> None:
    before = there.file.read_bytes()
    said = talk(there, QUESTIONS, "import", put(there, MINE), "--dry-run")
    assert "this was a dry run" in said
    assert there.file.read_bytes() == before


def test_an_order_that_cannot_be_seen_is_asked_for_and_kept(there: Patient) -> None:
    path = put(there, "Day,Pain\n03/02/2026,4\n04/02/2026,5\n")
    talk(there, [("is the day", ""), ("d/m", "d"), ("Pain", ""), ("A name", "sheet")], "import", path)
    assert list(values(there)) == ["2026-02-03", "2026-02-04"]
    there.run("undo")
    there.run("import", path, "--map", "sheet")
    assert list(values(there)) == ["2026-02-03", "2026-02-04"]


def test_a_known_table_whose_order_cannot_be_seen(there: Patient) -> None:
    path = put(there, MIGRAINE_BUDDY.replace("25/02/2026", "05/02/2026"))
    refused = there.run("import", path, code=1)
    assert "not clear which number is the day in 05/02/2026" in refused.err
    assert refused.err.count("\n") == 2
    talk(there, [("d/m", "d")], "import", path)
    assert set(values(there)) == {"2026-02-05", "2026-02-03"}


def test_a_new_measure_of_a_table(there: Patient) -> None:
    path = put(there, "Day,Nausea\n2026-02-03,4\n")
    answers: Talk = [("is the day", ""), ("Nausea", "new"), ("count in", "0-10"), ("A name", "")]
    talk(there, answers, "import", path)
    assert values(there) == {"2026-02-03": {"nausea": 4}}


def test_without_a_terminal_one_sentence_says_how(there: Patient) -> None:
    path = put(there, MINE)
    refused = there.run("import", path, code=1)
    assert "Nobody knows what the columns of this table mean" in refused.err
    assert "--map NAME" in refused.err
    assert refused.err.count("\n") == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,2\n3,4\n", "no line that names its columns"),
        ("Day,Pain\n", "nobody knows|Nobody knows"),
    ],
)
def test_a_table_that_says_nothing_is_refused(there: Patient, text: str, why: str) -> None:
    refused = there.run("import", put(there, text), code=1)
    assert any(part in refused.err for part in why.split("|"))


def test_kept_answers_that_were_spoilt_are_refused(there: Patient) -> None:
    from tests.store.records import add

    from spinetrack.recovery.diary import Setting
    from spinetrack.store import Store

    moment = __import__("datetime").datetime.fromisoformat(there.now)
    with Store(there.home, lambda: moment) as store:
        for number, spoilt in enumerate(("[", "{}", "[1]", '{"day":1}', "[" * 5000)):
            add(store, Setting(f"csv-map:{number}", spoilt, moment, moment.date()))
    path = put(there, MINE)
    for number in range(5):
        assert "cannot be read" in there.run("import", path, "--map", number, code=1).err


@pytest.mark.parametrize("zone", ["UTC-05:00", "-05:00"])
def test_our_table_says_its_offset_in_two_ways(there: Patient, zone: str) -> None:
    columns = "day,time,zone,kind,key,value,unit,at_least,record\n"
    row = f"2026-02-03,19:00:00,{zone},value,pain,4,0-10,,00000000-0000-4000-8000-000000000001\n"
    there.run("import", put(there, columns + row))
    (entry,) = there.run("history", "--since", "2026-02-01", "--json").json["entries"]
    assert datetime.fromisoformat(entry["at"]).utctimetuple()[:5] == (2026, 2, 4, 0, 0)


def test_our_table_without_some_of_its_columns(there: Patient) -> None:
    columns = "day,time,zone,kind,key,value,unit,at_least,record\n"
    row = "2026-02-03,19:00:00,+00:00,value,pain,4,0-10,,00000000-0000-4000-8000-000000000001\n"
    there.run("import", put(there, columns + row))
    assert values(there) == {"2026-02-03": {"pain": 4}}
