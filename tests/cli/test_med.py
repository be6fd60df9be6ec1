"""Medicines through the real command: what is taken, what it comes to, and every way back."""

from __future__ import annotations

import pytest
from tests.cli.test_checkin import end, say, terminal
from tests.conftest import Patient, evening

from spinetrack.recovery.medicine_facts import ASK_FIRST

MONDAY = "2026-03-02"
FOUR = ("08:00", "12:00", "16:00", "20:00")
MED_KEYS = {
    "id", "uuid", "name", "dose", "class", "contains", "bought", "tags", "assumed", "for", "by", "since", "until",
    "note", "days_taken",
}  # fmt: skip
INTAKE_KEYS = {"id", "uuid", "medicine", "day", "at", "times", "contains", "on_purpose", "note"}


def moment(hour: str, day: str = MONDAY) -> str:
    return f"{day}T{hour}:00+00:00"


@pytest.fixture
def ready(patient: Patient) -> Patient:
    """Return a patient with the gates answered, a clear screen, and paracetamol on the list."""
    patient.run("profile", "gates", "--none", now=moment("07:00"))
    patient.run("screen", "--none", now=moment("07:00"))
    patient.run("profile", "set", "country", "UK", now=moment("07:00"))
    patient.run("med", "add", "paracetamol", "--dose", "1000mg", now=moment("07:01"))
    patient.now = moment("23:30")
    return patient


def four(patient: Patient) -> None:
    for hour in FOUR:
        patient.run("med", "take", "paracetamol", now=moment(hour))


def over(patient: Patient) -> None:
    four(patient)
    patient.run("med", "take", "paracetamol", "500mg", now=moment("23:00"))


def rules(patient: Patient, code: int = 0, now: str | None = None) -> list[str]:
    return [s["id"] for s in patient.run("suggest", "--json", code=code, now=now).json["suggestions"]]


def screens(patient: Patient) -> list[tuple[list[str], int | None, bool]]:
    found = patient.run("screen", "list", "--json").json["screens"]
    return [(s["yes"], s["tier"], s["outcome"] is not None) for s in found if s["tier"]]


# -- vectors 13 and 14 ------------------------------------------------------------------------


def test_vector_13(ready: Patient) -> None:
    four(ready)
    out = ready.run("med", "take", "paracetamol", "500mg", now=moment("23:00")).out
    assert "STOP. You reported today, 23:00: more of a painkiller than the pack says." in out
    assert "Call 111 now, even if you feel well." in out
    assert "From your medicines: 4500 mg of paracetamol in 24 hours." in out
    assert "spinetrack med purpose no, or yes, or unsure" in out
    assert rules(ready, code=3) == ["RF-2", "MX-2-over"]
    assert ready.run(code=3).out.startswith("STOP.")
    assert screens(ready) == [(["OD1"], 2, False)]
    assert ready.run("plan", "--json").json["items"] == []


def test_vector_14(ready: Patient) -> None:
    four(ready)
    assert rules(ready)[0] == "MX-2-paracetamol"
    out = ready.run().out
    assert "Limit reached: paracetamol" in out
    assert (
        "In 24 hours you logged 4000 mg of paracetamol. The pack limit is 4000 mg. Ask a pharmacist now."
        in out
    )
    assert screens(ready) == []


def test_of_somebody_under_18_no_number_is_said(ready: Patient) -> None:
    ready.run("profile", "gates", "--yes", "minor", now=moment("07:02"))
    four(ready)
    for line in (ready.run("med", "take", "paracetamol", "0.5", now=moment("23:00")), ready.run(code=3)):
        assert "4500" not in line.out
        assert "4000" not in line.out
        assert "Show this to an adult now." in line.out
    said = ready.run("suggest", "--json", code=3).json["suggestions"]
    assert [s["rule"] for s in said] == ["RF-2", "MX-2"]
    assert "Ask a pharmacist or the poison line now." in said[1]["message"]


def test_the_sign_stays_the_next_day_and_after_a_week(ready: Patient) -> None:
    over(ready)
    for day in ("2026-03-03", "2026-03-12"):
        assert rules(ready, code=3, now=moment("12:00", day))[0] == "RF-5"
        ready.run("log", 4, now=moment("13:00", day))
    assert screens(ready) == [(["OD1"], 2, False)]


# -- ways back --------------------------------------------------------------------------------


def test_undo_closes_the_sign_and_redo_opens_it_again(ready: Patient) -> None:
    over(ready)
    assert "The warning sign about it is closed" in ready.run("undo").out
    ready.run("suggest")
    assert screens(ready) == [(["OD1"], 2, True)]
    assert "STOP." in ready.run("redo").out
    ready.run("suggest", code=3)
    assert screens(ready) == [(["OD1"], 2, True), (["OD1"], 2, False)]
    assert ready.run("undo", "--json").json["undone"] == "med take paracetamol 500mg"
    ready.run("suggest")


@pytest.mark.parametrize("words", [("5", "0"), ("5", "--remove"), ("5", "0.25", "--at", "2026-03-02 07:59")])
def test_a_correction_that_is_not_enough_or_not_right_keeps_it(
    ready: Patient, words: tuple[str, ...]
) -> None:
    over(ready)
    answer = ready.run("med", "fix", *words, code=None)
    if words == ("5", "0"):
        assert answer.code == 1
        ready.run("suggest", code=3)
    elif "--remove" in words:
        assert "The warning sign about it is closed" in answer.out
        ready.run("suggest")
    else:
        assert "closed" not in answer.out, "4250 mg from 07:59 to 20:00"
        ready.run("suggest", code=3)


def test_a_correction_of_what_a_dose_holds_counts_too(ready: Patient) -> None:
    over(ready)
    ready.run("med", "edit", "paracetamol", "--dose", "500mg")
    ready.run("suggest")
    ready.run("med", "edit", "paracetamol", "--dose", "1000mg")
    ready.run("suggest", code=3)
    ready.run("med", "remove", "paracetamol")
    ready.run("suggest")
    ready.run("undo")
    ready.run("suggest", code=3)


def test_it_is_no_mistake_while_the_log_says_it(ready: Patient) -> None:
    over(ready)
    refused = ready.run("screen", "outcome", 2, "--mistake", code=1)
    assert "comes from what you logged as taken" in refused.err
    assert "spinetrack med taken" in refused.err
    ready.run("screen", "outcome", 2, "drank tea")
    ready.run("suggest", code=3)


def test_once_it_was_seen_it_is_closed_and_asked_again(ready: Patient) -> None:
    over(ready)
    ready.run("screen", "outcome", 2, "blood test fine", "--by", "111", now=moment("23:40"))
    assert rules(ready, now=moment("23:50"))[0] == "MX-2-paracetamol"
    ready.run("med", "take", "paracetamol", "500mg", now=moment("23:55"))
    ready.run("suggest", code=3, now=moment("23:56"))
    ready.run("screen", "outcome", 3, "again", "--by", "111", now=moment("23:58"))
    due = ready.run("suggest", "--json", now=moment("20:30", "2026-03-04")).json["suggestions"]
    assert due[0]["rule"] == "RF-4"
    assert "New signs can come late" in due[0]["message"]


# -- on purpose -------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["yes", "unsure"])
def test_on_purpose_or_not_sure_is_an_emergency(ready: Patient, word: str) -> None:
    over(ready)
    out = ready.run("med", "purpose", word).out
    assert "Go to an emergency department now, or call 999." in out
    assert "Samaritans" in out
    assert rules(ready, code=3) == ["RF-1", "MX-2-over"]
    assert screens(ready) == [(["OD1"], 2, False), (["OD2"], 1, False)]
    ready.run("undo")
    assert rules(ready, code=3)[0] == "RF-1", "what was answered lies outside undo"
    ready.run("screen", "outcome", 3, "seen", "--by", "A&E")
    ready.run("suggest")
    page = ready.run("screen", "page").out
    assert "on purpose" not in page


def test_not_on_purpose_leaves_it_open(ready: Patient) -> None:
    four(ready)
    out = ready.run("med", "take", "paracetamol", "--on-purpose", "no", now=moment("23:00")).out
    assert "Was any of it on purpose" not in out
    ready.run("suggest", code=3)
    assert "Kept: not on purpose." in ready.run("med", "purpose", "no").out
    assert screens(ready) == [(["OD1"], 2, False)]
    assert "yes, no or unsure" in ready.run("med", "purpose", "perhaps", code=1).err


def test_nothing_open_takes_no_answer(ready: Patient) -> None:
    assert "Nothing above the pack limit is open" in ready.run("med", "purpose", "no", code=1).err


def test_on_a_terminal_it_asks_at_once(ready: Patient) -> None:
    four(ready)
    with terminal(ready, "med", "take", "paracetamol", now=moment("23:00")) as child:
        asked = say(child, "what", "u")
        code, out = end(child)
    assert "Was any of it taken on purpose?  y yes · n no · u not sure" in asked[0]
    assert "Write yes, no or unsure." in asked[1]
    assert "Go to an emergency department now" in out
    assert code == 0
    assert rules(ready, code=3)[0] == "RF-1"


# -- when it was ------------------------------------------------------------------------------


def test_a_past_day_without_an_hour_is_in_no_sum(ready: Patient) -> None:
    answer = ready.run("med", "take", "paracetamol", "--at", "yesterday")
    assert "The hour is not known, so no sum over 24 hours is made for it." in answer.out
    found = ready.run("med", "take", "paracetamol", "-y", "--json").json["intake"]
    assert (found["day"], found["at"]) == ("2026-03-01", None)
    assert (
        ready.run("med", "take", "paracetamol", "--at", "sun evening", "--json").json["intake"]["at"] is None
    )
    known = ready.run("med", "take", "paracetamol", "--at", "yesterday 21:00", "--json").json["intake"]
    assert known["at"] == "2026-03-01T21:00:00+00:00"
    assert "In the last 24 hours: 1000 mg" not in answer.out


def test_later_on_the_same_day_is_now(ready: Patient) -> None:
    assert "In the last 24 hours: 1000 mg of paracetamol" in ready.run("med", "take", "paracetamol").out
    found = ready.run("med", "take", "paracetamol", "--at", "today", "--json").json["intake"]
    assert found["at"] == ready.now


def test_a_day_above_the_limit_without_hours_asks_a_pharmacist_and_opens_nothing(ready: Patient) -> None:
    out = ready.run("med", "take", "paracetamol", "5", "--at", "yesterday").out
    assert "For 1 Mar you logged 5000 mg of paracetamol. Not all hours are known" in out.replace("\n", " ")
    ready.run("suggest")


def test_on_a_terminal_the_hour_is_asked(ready: Patient) -> None:
    with terminal(ready, "med", "take", "paracetamol", "--at", "yesterday") as child:
        asked = say(child, "nine", "sunday", "21:15")
        end(child)
    assert "At what time on Sun 1 Mar?" in asked[0]
    assert "21:00" in asked[2]
    with terminal(ready, "med", "take", "paracetamol", "--at", "yesterday") as child:
        say(child, "")
        end(child)
    hours = [i["at"] for i in ready.run("med", "taken", "--json").json["intakes"]]
    assert hours == [None, "2026-03-01T21:15:00+00:00"]


def test_the_future_is_refused(ready: Patient) -> None:
    answer = ready.run("med", "take", "paracetamol", "--at", "tomorrow", code=1)
    assert answer.out == ""
    assert ready.run("med", "taken", "--json").json["intakes"] == []


# -- the list ---------------------------------------------------------------------------------


def test_the_list_says_what_was_assumed_and_how_to_correct_it(ready: Patient) -> None:
    out = ready.run("med", "add", "amitriptyline", "--dose", "10mg", "--for", "nights", "--since", "4w").out
    assert (
        "Assumed, not checked: nerve-pain medicine, can make you drowsy, can slow the bowels."
        in out.replace("\n", " ")
    )
    shown = ready.run("med", "list").out
    assert "2. amitriptyline." in shown
    assert "10mg, for nights, since 2 Feb." in shown
    assert "Nerve-pain medicine, can make you drowsy, can slow the bowels (assumed)." in shown
    assert "spinetrack med edit 2 --tags none" in shown
    ready.run("med", "edit", "amitriptyline", "--tags", "sedating", "--class", "none")
    found = ready.run("med", "list", "--json").json["medicines"][1]
    assert (found["tags"], found["assumed"]) == (["sedating"], ["class"])


def test_two_brands_that_hold_the_same_are_caught(ready: Patient) -> None:
    out = ready.run("med", "add", "co-codamol", "--contains", "paracetamol:500mg,codeine:8mg", "--otc").out
    assert "paracetamol is on your list by itself too. Ask a pharmacist." in out
    ready.run("med", "add", "Tylenol", "--dose", "500mg")
    ready.run("med", "take", "Tylenol", now=moment("10:00"))
    out = ready.run("med", "take", "co-codamol", now=moment("15:00")).out.replace("\n", " ")
    assert "Tylenol and co-codamol both hold paracetamol. You logged them inside 24 hours." in out
    assert (
        "Two medicines hold the same"
        not in ready.run("med", "take", "Tylenol", now="2026-03-04T10:00:00+00:00").out
    )


def test_a_medicine_that_ended_stays_in_the_history(ready: Patient) -> None:
    ready.run("med", "take", "paracetamol", now=moment("09:00"))
    assert "med list --all" in ready.run("med", "stop", "paracetamol").out
    assert ready.run("med", "list").lines[:3] == [
        "Nothing is on your list now.", "", "Not taken any more: paracetamol to 2 Mar.",
    ]  # fmt: skip
    assert "from 2 Mar to 2 Mar" in ready.run("med", "list", "--all").out
    old, *rest = ready.run("med", "list", "--json").json["medicines"]
    assert (old["until"], old["days_taken"], rest) == (MONDAY, 1, [])
    assert "ended on Mon 2 Mar already" in ready.run("med", "stop", "paracetamol", code=1).err
    late = "2026-03-05T09:00:00+00:00"
    assert "paracetamol ended on Mon 2 Mar" in ready.run("med", "take", "paracetamol", now=late).out
    ready.run("med", "add", "paracetamol", "--dose", "500mg", now=late)
    assert len(ready.run("med", "list", "--all", "--json", now=late).json["medicines"]) == 2


def test_a_new_dose_keeps_the_old_row(ready: Patient) -> None:
    ready.run("med", "add", "gabapentin", "--dose", "100mg", "--since", "8w")
    ready.run("med", "edit", "gabapentin", "--dose", "300mg", "--from", "2026-03-01")
    rows = ready.run("med", "list", "--all", "--json").json["medicines"][1:]
    assert [(r["dose"], r["since"], r["until"]) for r in rows] == [
        ("100mg", "2026-01-05", "2026-02-28"), ("300mg", "2026-03-01", None),
    ]  # fmt: skip
    assert rows[0]["uuid"] != rows[1]["uuid"]
    ready.run("undo")
    assert len(ready.run("med", "list", "--all", "--json").json["medicines"]) == 2


def test_who_gave_it_is_of_the_team(ready: Patient) -> None:
    ready.run("team", "add", "Khan", "--role", "GP")
    ready.run("med", "add", "naproxen", "--prescribed", "--by", "gp")
    assert "From a doctor, by Khan" in ready.run("med", "list").out
    assert "Nobody in your team" in ready.run("med", "add", "x1", "--by", "Nobody", code=1).err


def test_documents_have_their_keys(ready: Patient) -> None:
    added = ready.run("med", "add", "co-codamol", "--json").json["medicine"]
    assert added.keys() == MED_KEYS
    assert added["contains"] == [
        {"ingredient": "paracetamol", "mg": None},
        {"ingredient": "codeine", "mg": None},
    ]
    assert (added["class"], added["assumed"]) == (["paracetamol", "opioid"], ["class", "contains", "tags"])
    took = ready.run("med", "take", "paracetamol", "2", "--json").json
    assert took["intake"].keys() == INTAKE_KEYS
    assert took["intake"]["contains"] == [{"ingredient": "paracetamol", "mg": 2000}]
    assert took["intake"]["medicine"] == {"id": 1, "name": "paracetamol"}
    assert isinstance(took["suggestions"], list)
    assert ready.run("med", "--json").json == ready.run("med", "list", "--json").json
    assert ready.run("med", "fix", 1, 1, "--json").json["intake"]["times"] == 1
    assert ready.run("med", "stop", "co-codamol", "--json").json["medicine"]["until"] == MONDAY
    assert ready.run("med", "remove", "co-codamol", "--json").json["removed"] == {"id": 2, "intakes": 0}


REFUSED = {
    "med add": 2, "med add 500mg": 1, "med add paracetamol": 1, "med add x --contains codeine": 1,
    "med add x --class magic": 1, "med add x --tags nice": 1, "med add x --since tomorrow": 1,
    "med take": 2, "med take aspirin": 1, "med take paracetamol 0": 1, "med take paracetamol 99": 1,
    "med take paracetamol --on-purpose maybe-not": 1, "med take paracetamol -y --at today": 2,
    "med fix 9 1": 1, "med fix 1": 2, "med fix x --remove": 1, "med fix 1 2 --remove": 2,
    "med edit paracetamol": 2, "med edit paracetamol --from today": 2, "med edit paracetamol --dose 1g --from 2w": 1,
    "med edit paracetamol --from today --since 2w": 2, "med stop nothing": 1, "med stop paracetamol --on 2026-02-01": 1,
    "med remove nothing": 1, "med taken nothing": 1, "side-effect remove 9": 1, "side-effect remove": 2,
    "side-effect tired --med nothing": 1,
}  # fmt: skip


@pytest.mark.parametrize(("line", "code"), REFUSED.items())
def test_a_refusal_says_why_and_saves_nothing(ready: Patient, line: str, code: int) -> None:
    before = ready.run("med", "list", "--all", "--json").out
    answer = ready.run(*line.split(), code=code)
    assert answer.out == ""
    assert answer.err.strip()
    assert ready.run("med", "list", "--all", "--json").out == before
    assert ready.run("med", "taken", "--json").json["intakes"] == []
    assert ready.run("side-effect", "list", "--json").json["side_effects"] == []


def test_numbers_and_beginnings_of_names_will_do(ready: Patient) -> None:
    ready.run("med", "add", "pregabalin")
    ready.run("med", "take", "1")
    ready.run("med", "take", "par", "0,5")
    assert [i["times"] for i in ready.run("med", "taken", "par", "--json").json["intakes"]] == [1, 0.5]
    assert "is more than one: 1 paracetamol, 2 pregabalin" in ready.run("med", "take", "p", code=1).err


# -- beside other rules -----------------------------------------------------------------------


def test_under_an_open_sign_a_record_is_echoed_with_the_banner_alone(ready: Patient) -> None:
    ready.run("screen", "--yes", "CE1", code=3)
    out = ready.run("med", "add", "ibuprofen", "--dose", "400mg").out
    assert "Assumed" not in out
    assert out.count("STOP.") == 1
    out = ready.run("med", "take", "ibuprofen").out
    assert out.splitlines()[2].startswith("STOP.")
    assert ready.run("med", "list").out.startswith("STOP.")
    assert "ibuprofen" in ready.run("med", "list").out
    assert "STOP." in ready.run("side-effect", "sore tummy").out


def test_facts_of_mx_2_stand_beside_another_sign(ready: Patient) -> None:
    four(ready)
    ready.run("screen", "--yes", "CE1", code=3)
    assert rules(ready, code=3) == ["RF-1", "MX-2-paracetamol"]
    assert "From your medicines: Limit reached: paracetamol." in ready.run(code=3).out


def test_marks_of_the_profile_are_asked_about_before_a_painkiller(ready: Patient) -> None:
    ready.run("profile", "set", "tags", "kidney, ulcer")
    ready.run("profile", "set", "weight-under-50", "yes")
    assert "Ask before a painkiller: kidney, ulcer" in ready.run("profile", "show").out
    found = ready.run("profile", "--json").json
    assert (found["tags"], found["weight_under_50"]) == (["kidney", "ulcer"], True)
    ready.run("med", "add", "ibuprofen")
    out = ready.run("med", "take", "ibuprofen").out.replace("\n", " ")
    assert "Your diary marks a stomach ulcer or bleed and a kidney illness." in out
    assert "Check with a pharmacist or your doctor before more." in out
    ready.run("profile", "set", "tags", "none")
    assert ready.run("profile", "--json").json["tags"] == []
    refused = ready.run("profile", "set", "tags", "toothache", code=1).err
    assert all(mark in refused for mark in ASK_FIRST)


def test_words_of_a_note_ask_the_questions(ready: Patient) -> None:
    out = ready.run("side-effect", "black stool", "--med", "paracetamol").out
    assert "Answer the warning-sign questions" in out
    assert "Samaritans" in ready.run("med", "take", "paracetamol", "-n", "i want to die").out


def test_side_effects_are_kept_and_listed(ready: Patient) -> None:
    out = ready.run("side-effect", "dry mouth", "--med", "paracetamol", "--at", "yesterday").out
    assert "Side effect 1, 1 Mar: dry mouth, with paracetamol." in out
    ready.run("side-effect", "itchy")
    assert "1. 1 Mar, dry mouth, with paracetamol" in ready.run("side-effect", "list").out
    rows = ready.run("side-effect", "--json").json["side_effects"]
    assert [(r["text"], r["medicine"]) for r in rows] == [("dry mouth", "paracetamol"), ("itchy", None)]
    ready.run("side-effect", "remove", "2")
    assert len(ready.run("side-effect", "--json").json["side_effects"]) == 1
    ready.run("undo")
    assert len(ready.run("side-effect", "--json").json["side_effects"]) == 2


# -- the check-in -----------------------------------------------------------------------------


def questions(patient: Patient, now: str) -> list[str]:
    with terminal(patient, "log", now=now) as child:
        asked = say(child, *[""] * 6)
        end(child)
    return [q.split("?")[0] for q in asked]


GROGGY, BOWELS = "Were you groggy this morning", "Did your bowels move today"


def test_the_check_in_asks_of_mornings_and_bowels_only_where_medicines_make_it_worth_it(
    ready: Patient,
) -> None:
    ready.run("log", 4, "sit", 20, "sleep", "7h", "mood", 5, now=moment("09:00"))
    tuesday = "2026-03-03T19:00:00+00:00"
    for name in ("codeine", "amitriptyline"):
        ready.run("med", "add", name, now=moment("09:01"))
    with terminal(ready, "log", now=tuesday) as child:
        asked = say(child, *[""] * 6)
        end(child)
    assert not any(GROGGY in q for q in asked), "nothing was taken the evening before"
    assert any(BOWELS in q for q in asked)
    ready.run("med", "take", "amitriptyline", now=moment("21:00"))
    found = questions(ready, tuesday)
    assert len(found) == 6
    assert [q for q in found if q in {GROGGY, BOWELS}] == [GROGGY, BOWELS]
    ready.run("med", "stop", "codeine", now=moment("22:00"))
    with terminal(ready, "log", now=tuesday) as child:
        asked = say(child, "4", "20", "7h", "y", "", "n")
        end(child)
    assert not any(BOWELS in q for q in asked)
    assert ready.run("history", "--json", now=tuesday).json["entries"][-1]["values"]["grog"] == 1


# -- what it costs ----------------------------------------------------------------------------


def test_a_diary_without_medicines_loads_nothing_of_them(patient: Patient) -> None:
    patient.run("log", 4, now=evening(0))
    for line in ("log 5", "", "suggest", "undo"):
        loaded = patient.modules(*line.split(), now=evening(1))
        assert not [name for name in loaded if "medicine" in name or "cli.med" in name], line


def test_a_daily_line_with_medicines_stays_light(ready: Patient) -> None:
    four(ready)
    loaded = {name.split(".")[0] for name in ready.modules("log", "4")}
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "rich", "plotext", "typer"}
    loaded = {name.split(".")[0] for name in ready.modules("med", "take", "paracetamol", "0.1")}
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "plotext"}


@pytest.mark.parametrize(
    ("typed", "name", "dose", "milligrams"),
    [
        ("ibuprofen 400mg", "ibuprofen", "400mg", 400),
        ("Nurofen 200 mg", "Nurofen", "200 mg", 200),
        ("co-codamol 8/500", "co-codamol 8/500", "", None),
        ("vitamin B 12", "vitamin B 12", "", None),
        ("naproxen 250mg --dose 500mg", "naproxen 250mg", "500mg", 500),
    ],
)
def test_milligrams_behind_the_name_are_the_dose(
    ready: Patient, typed: str, name: str, dose: str, milligrams: int | None
) -> None:
    made = ready.run("med", "add", *typed.split(), "--json").json["medicine"]
    assert (made["name"], made["dose"], made["contains"][0]["mg"]) == (name, dose, milligrams)


@pytest.mark.parametrize("amount", [("2000mg",), ("2000", "mg"), ("2", "g"), ("2",)])
def test_an_amount_may_be_two_words(ready: Patient, amount: tuple[str, ...]) -> None:
    assert ready.run("med", "take", "paracetamol", *amount, "--json").json["intake"]["times"] == 2


def test_the_list_of_a_period_has_what_was_on_it_then(ready: Patient) -> None:
    ready.run("med", "add", "naproxen", "--since", "2026-01-01")
    ready.run("med", "stop", "naproxen", "--on", "2026-02-01")

    def names(*words: str) -> list[str]:
        return [m["name"] for m in ready.run("med", "list", *words, "--json").json["medicines"]]

    assert names("--until", "2026-02-20") == ["naproxen"]
    assert names("--since", "2026-02-02") == ["paracetamol"]
    shown = ready.run("med", "list", "--until", "2026-02-20").out
    assert "From 1 Jan to 1 Feb" in shown
    assert "Nothing is on your list" not in shown
    assert ready.run("med", "list", "--until", "2025-12-01").out == (
        "No medicine was on your list in this period.\n"
    )


def test_side_effects_of_a_period(ready: Patient) -> None:
    ready.run("side-effect", "dry mouth", "--at", "2026-02-01 12:00")
    ready.run("side-effect", "itch")
    found = ready.run("side-effect", "list", "--since", "2026-02-02", "--json").json["side_effects"]
    assert [e["text"] for e in found] == ["itch"]
    assert "go with" in ready.run("side-effect", "itch", "--since", "4w", code=2).err
