"""The FHIR export: what each record becomes, under which code, and that every bundle is sound."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from tests.builders import TODAY
from tests.builders import Patient as Builder
from tests.exchange.fhir_check import CHECKED, Json, problems, resources
from tests.exchange.whole_diary import ALL_METRICS, KEY, NASTY, NOW, assessed, at, entry, uuid, whole_diary

from spinetrack.demo import COURSES, live
from spinetrack.exchange import fhir_codes as codes
from spinetrack.exchange.fhir import fhir_pieces, write_fhir
from spinetrack.exchange.fhir_goals import achievement
from spinetrack.recovery import diary as d
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Diary
from spinetrack.recovery.instruments import INSTRUMENTS
from spinetrack.recovery.metrics import METRICS
from spinetrack.recovery.redact import moved, redact, shift_of

RIGHT_TO_LEFT, LINE_SEPARATOR = "\u202e", "\u2028"


def export(diary: Diary, **more: Any) -> Json:  # noqa: ANN401
    found: Json = json.loads(write_fhir(diary, assessed(diary), patient_key=KEY, **more))
    return found


def of_kind(bundle: Json, kind: str) -> list[Json]:
    return [one for one in resources(bundle) if one["resourceType"] == kind]


def codings(concept: Json) -> dict[str, str]:
    """System to code."""
    return {coding["system"]: coding["code"] for coding in concept.get("coding", ())}


def coded(bundle: Json, code: str) -> list[Json]:
    """Resources that carry a code, of whichever system."""
    return [one for one in resources(bundle) if code in codings(one.get("code", {})).values()]


def parts(one: Json) -> dict[str, Any]:
    """Code to value of an Observation's components."""
    return {
        codings(part["code"])[codes.LOCAL]: next(v for k, v in part.items() if k.startswith("value"))
        for part in one.get("component", ())
    }


@pytest.fixture(scope="module")
def whole() -> Json:
    return export(whole_diary())


# -- sound -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COURSES)
def test_the_bundle_of_every_simulated_patient_is_sound(name: str) -> None:
    *_, (diary, found) = live(COURSES[name], date(2026, 1, 5), 84)
    bundle = json.loads(write_fhir(diary, found, patient_key=KEY))
    assert len(bundle["entry"]) > 200
    assert problems(bundle) == []


@pytest.mark.parametrize("open_flag", [False, True])
@pytest.mark.parametrize("since", [None, TODAY - timedelta(days=9), TODAY + timedelta(days=99)])
def test_a_diary_with_one_of_everything_is_sound(open_flag: bool, since: date | None) -> None:
    assert problems(export(whole_diary(open_flag=open_flag), period=(since, None))) == []


def test_every_kind_of_resource_is_there(whole: Json) -> None:
    assert {one["resourceType"] for one in resources(whole)} == set(CHECKED) - {"Bundle"}


def test_an_empty_diary_is_a_patient_without_a_name() -> None:
    bundle = export(Diary())
    assert problems(bundle) == []
    (only,) = resources(bundle)
    assert set(only) == {"resourceType", "id"}


def test_the_bundle_is_a_collection_and_claims_no_guide(whole: Json) -> None:
    assert whole["type"] == "collection"
    assert whole["timestamp"] == NOW.isoformat()
    assert "profile" not in json.dumps(whole)


def test_one_resource_a_line_sorted_and_the_same_each_time() -> None:
    diary = whole_diary()
    raw = write_fhir(diary, assessed(diary), patient_key=KEY)
    assert raw == write_fhir(diary, assessed(diary), patient_key=KEY)
    assert raw == b"".join(fhir_pieces(diary, assessed(diary), patient_key=KEY))
    lines = raw.decode().split("\n")[1:-2]
    assert len(lines) == len(json.loads(raw)["entry"])
    for line in lines:
        entry_of_line = json.loads(line.removeprefix(","))
        compact = json.dumps(entry_of_line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert line.removeprefix(",") == compact


def test_a_year_of_days_takes_no_time() -> None:
    seen = [d.Observation(k, 3.0) for k in ("pain", "sit", "mood")]
    diary = Diary(entries=tuple(entry(n, n, *seen) for n in range(365)))
    found = assessed(Diary())
    started = perf_counter()
    raw = write_fhir(diary, found, patient_key=KEY)
    assert perf_counter() - started < 1  # 15 ms where it was measured
    assert len(json.loads(raw)["entry"]) > 1095


# -- identity --------------------------------------------------------------------------------------


def test_ids_are_version_5_and_those_of_the_record_not_of_the_computer(whole: Json) -> None:
    for one in resources(whole):
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one["id"])
    diary = whole_diary()
    elsewhere = diary._replace(entries=tuple(e._replace(id=e.id + 70) for e in diary.entries))
    assert {one["id"] for one in resources(export(elsewhere))} == {one["id"] for one in resources(whole)}


def test_an_id_is_the_uuid5_of_the_standard_library() -> None:
    from uuid import UUID, uuid5

    assert codes.uuid5("entry/ä") == str(uuid5(UUID(bytes=codes._NAMESPACE), "entry/ä"))


def test_a_second_export_replaces_the_first() -> None:
    """An edited value keeps its id; another patient shares none."""
    diary = whole_diary()
    edited = diary._replace(entries=(diary.entries[0]._replace(note="other words"), *diary.entries[1:]))
    first, second = export(diary), export(edited)
    assert [one["id"] for one in resources(first)] == [one["id"] for one in resources(second)]
    stranger = json.loads(write_fhir(Diary(), assessed(Diary()), patient_key="somebody else"))
    assert not {e["fullUrl"] for e in stranger["entry"]} & {e["fullUrl"] for e in first["entry"]}


def test_the_patient_key_and_local_ids_stand_nowhere(whole: Json) -> None:
    assert KEY not in json.dumps(whole)


# -- check-ins -------------------------------------------------------------------------------------


def test_every_metric_has_its_own_code_and_its_unit(whole: Json) -> None:
    found = {}
    for key, metric in METRICS.items():
        (one,) = [
            o for o in coded(whole, codes.metric_code(metric)) if uuid(1) in o["identifier"][0]["value"]
        ]
        found[key] = one
        if metric.unit == "yes/no":
            assert one["valueBoolean"] == bool(ALL_METRICS[key])
        else:
            assert one["valueQuantity"]["value"] == ALL_METRICS[key]
            assert one["valueQuantity"]["code"] == metric.ucum
            assert one["valueQuantity"]["system"] == "http://unitsofmeasure.org"
    assert len({codes.metric_code(m) for m in METRICS.values()}) == len(METRICS)


LOINC_OF = {
    "pain": "72514-3", "steps": "41950-7", "sleep": "93832-4", "dailydist": "41953-1",
    "weight": "29463-7",
}  # fmt: skip


def test_standard_codes_stand_only_where_there_is_one(whole: Json) -> None:
    for key, metric in METRICS.items():
        (one,) = [
            o for o in coded(whole, codes.metric_code(metric)) if uuid(1) in o["identifier"][0]["value"]
        ]
        assert codings(one["code"]).get(codes.LOINC) == LOINC_OF.get(key), key


def test_average_pain_says_average_beside_the_standard_code(whole: Json) -> None:
    (one, *_) = coded(whole, "pain-average")
    assert codings(one["code"]) == {codes.LOINC: "72514-3", codes.LOCAL: "pain-average"}
    for code in ("pain-worst", "pain-least", "pain-now", "pain-limb"):
        (one,) = coded(whole, code)
        assert codings(one["code"]) == {codes.LOCAL: code}


def test_no_code_of_another_pain_scale_is_used(whole: Json) -> None:
    other_scales = {"75260-0", "75261-8", "75262-6", "38208-5", "38214-3", "38221-8", "77565-0"}
    text = json.dumps(whole)
    assert not [code for code in other_scales if code in text]


def test_steps_of_a_day_are_per_day(whole: Json) -> None:
    (one,) = coded(whole, "41950-7")
    assert one["valueQuantity"]["code"] == "/d"
    assert codings(one["category"][0])[codes.CATEGORY] == "activity"


@pytest.mark.parametrize(
    ("code", "category"),
    [("pain-average", "survey"), ("sit-tolerance-min", "survey"), ("weight", "vital-signs")],
)
def test_the_category_of_a_value(whole: Json, code: str, category: str) -> None:
    assert codings(coded(whole, code)[0]["category"][0])[codes.CATEGORY] == category


def test_a_tolerance_ended_by_a_task_is_at_least_that(whole: Json) -> None:
    first, second = (o for o in coded(whole, "sit-tolerance-min") if uuid(2) in o["identifier"][0]["value"])
    assert first["valueQuantity"]["comparator"] == ">="
    assert codings(parts(first)["stop-reason"])[codes.LOCAL] == "stop-task"
    assert "comparator" not in second["valueQuantity"]
    assert first["id"] != second["id"]


def test_the_moment_has_the_zone_and_a_late_entry_shows(whole: Json) -> None:
    one = next(o for o in coded(whole, "mood") if uuid(1) in o["identifier"][0]["value"])
    assert one["effectiveDateTime"] == "2026-03-27T19:00:00-05:00"
    assert one["issued"] == "2026-03-29T01:00:00-05:00"


def test_a_day_that_is_not_the_moments_is_said(whole: Json) -> None:
    by_entry = {o["identifier"][0]["value"]: o for o in coded(whole, "pain-average")}
    assert "extension" not in by_entry[f"{uuid(3)}/pain"], "02:00 belongs to the day before"
    assert by_entry[f"{uuid(5)}/pain"]["extension"] == [
        {"url": "urn:spinetrack:day", "valueDate": "2026-03-28"}
    ]


def test_a_place_that_hurts(whole: Json) -> None:
    first, _ = coded(whole, "site-pain")
    assert codings(first["bodySite"])[codes.LOCAL] == "body-low-back"
    assert first["valueQuantity"]["value"] == 5
    felt = [codings(part["valueCodeableConcept"])[codes.LOCAL] for part in first["component"]]
    assert felt == ["feels-numb", "feels-burning"]


def test_own_metrics_keep_their_name_and_unit(whole: Json) -> None:
    (own,) = coded(whole, "own-read-to-child")
    assert own["code"]["text"] == "Read to my child"
    assert own["valueQuantity"]["code"] == "min"
    (gone,) = coded(whole, "own-gone-metric")
    assert gone["valueQuantity"] == {"value": 7.25}


def test_what_was_not_asked_or_not_said_is_absent() -> None:
    bundle = export(Diary(entries=(entry(1, 1, d.Observation("mood", 5.0)),)))
    assert len(of_kind(bundle, "Observation")) == 1
    assert "dataAbsentReason" not in json.dumps(bundle)


def test_a_code_means_one_thing(whole: Json) -> None:
    """No two names share a code of ours, but for names the patient gave."""
    names: dict[str, set[str]] = {}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if value.get("system") == codes.LOCAL and "display" in value:
                names.setdefault(value["code"], set()).add(value["display"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(whole)
    assert not {code: found for code, found in names.items() if len(found) > 1}


def test_a_text_is_kept_but_for_signs_that_fhir_bars(whole: Json) -> None:
    (note,) = coded(whole, "diary-note")
    assert note["valueString"] == NASTY.replace("\x1b", "").replace("\u00a0", " ").replace(
        LINE_SEPARATOR, " "
    )
    assert RIGHT_TO_LEFT in note["valueString"]
    assert note["valueString"].startswith("=cmd"), (
        "a formula is data here: nothing opens this file as a sheet"
    )


# -- questionnaires --------------------------------------------------------------------------------

TOTALS = {
    "odi": "97908-8", "peg": "91147-9", "start-back": "91351-7", "phq4": "70272-0", "phq2": "55758-7",
    "ndi": None, "rmdq": None, "psfs": None, "gad2": None, "groc15": None,
}  # fmt: skip


@pytest.mark.parametrize(("key", "loinc"), TOTALS.items())
def test_the_total_of_a_questionnaire(whole: Json, key: str, loinc: str | None) -> None:
    (one,) = coded(whole, f"{key}-total")
    assert codings(one["code"]).get(codes.LOINC) == loinc
    assert one["valueQuantity"]["code"] == "{score}"
    score = next(s for s in whole_diary().scores if s.instrument == key)
    assert one["valueQuantity"]["value"] == pytest.approx(score.total, abs=1e-6)
    assert ("derivedFrom" in one) == bool(score.items)


def test_the_code_of_the_whole_neck_form_stands_on_the_form_not_on_its_total(whole: Json) -> None:
    (panel,) = coded(whole, "82226-2")
    (total,) = coded(whole, "ndi-total")
    assert panel["hasMember"] == [{"reference": f"urn:uuid:{total['id']}"}]
    assert not [key for key in panel if key.startswith("value")]


def test_items_go_by_number_without_a_word_of_the_form(whole: Json) -> None:
    responses = of_kind(whole, "QuestionnaireResponse")
    assert len(responses) == 7
    odi = next(r for r in responses if r["questionnaire"].endswith(":odi"))
    assert [item["linkId"] for item in odi["item"]] == [str(n) for n in range(1, 11)]
    assert "answer" not in odi["item"][7], "a skipped item has no answer"
    assert all(set(item) <= {"linkId", "answer"} for one in responses for item in one["item"])


def test_parts_of_a_form_and_own_activities_are_components(whole: Json) -> None:
    (keele,) = coded(whole, "start-back-total")
    assert parts(keele)["start-back-psych"]["value"] == 2
    (phq4,) = coded(whole, "phq4-total")
    halves = {part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"] for part in phq4["component"]}
    assert halves == {"phq4-gad2": 2, "55758-7": 3}
    (psfs,) = coded(whole, "psfs-total")
    assert [part["code"]["text"] for part in psfs["component"]] == ["my garden", "a, b"]
    (peg,) = coded(whole, "peg-total")
    assert [part["code"]["coding"][0]["code"] for part in peg["component"]] == [
        "75893-8",
        "91145-3",
        "91146-1",
    ]


def test_a_score_of_a_newer_form_is_not_lost(whole: Json) -> None:
    (one,) = coded(whole, "brand-new-total")
    assert one["valueQuantity"]["value"] == 7
    assert "brand-new" not in INSTRUMENTS


# -- goals and the plan ----------------------------------------------------------------------------


def goal_of(bundle: Json, text: str) -> Json:
    return next(g for g in of_kind(bundle, "Goal") if text in g["description"]["text"])


def test_a_goal_has_its_target_with_measure_unit_and_day(whole: Json) -> None:
    block, target = goal_of(whole, "=cmd")["target"]
    assert codings(target["measure"]) == {codes.LOCAL: "sit-tolerance-min"}
    assert (target["detailQuantity"]["value"], target["detailQuantity"]["comparator"]) == (60, ">=")
    assert target["dueDate"] == "2026-04-29"
    assert (block["detailQuantity"]["value"], block["dueDate"]) == (40, "2026-03-30")
    down = goal_of(whole, "less pain")["target"][0]
    assert down["detailQuantity"]["comparator"] == "<="
    assert down["detailQuantity"]["code"] == "{score}"
    days = goal_of(whole, "work")["target"][0]["detailQuantity"]
    assert (days["value"], days["code"]) == (4, "d/wk")


@pytest.mark.parametrize(
    ("text", "lifecycle"), [("=cmd", "active"), ("given up", "cancelled"), ("stood", "completed")]
)
def test_the_state_of_a_goal(whole: Json, text: str, lifecycle: str) -> None:
    assert goal_of(whole, text)["lifecycleStatus"] == lifecycle


def test_a_goal_names_no_supporter(whole: Json) -> None:
    assert "my sister" not in json.dumps(whole)


def test_an_open_warning_sign_puts_goals_and_plan_on_hold() -> None:
    bundle = export(whole_diary(open_flag=True))
    assert {g["lifecycleStatus"] for g in of_kind(bundle, "Goal")} == {"on-hold", "cancelled", "completed"}
    assert not [g for g in of_kind(bundle, "Goal") if "achievementStatus" in g]
    assert not coded(bundle, "gas-t")
    (plan,) = of_kind(bundle, "CarePlan")
    assert plan["status"] == "on-hold"
    assert "activity" not in plan


def rising(first: float, last: float, days: int = 42) -> Builder:
    builder = Builder()
    for n in range(days + 1):
        builder.log(days - n, sit=first + (last - first) * n / days)
    return builder


ACHIEVED: list[tuple[str, Builder, str]] = [
    ("on the path and rising", rising(20, 45).goal(n=42, target=60), "improving"),
    ("on the path and level", rising(59, 59).goal(n=42, target=60, baseline=20), "no-change"),
    ("on the path and falling", rising(59, 50).goal(n=42, target=60, baseline=20), "in-progress"),
    ("behind and falling", rising(30, 20).goal(n=42, target=60, baseline=22), "worsening"),
    ("behind and rising", rising(20, 23).goal(n=42, target=60, baseline=20), "in-progress"),
    ("reached this week", rising(20, 66).goal(n=42, target=60, baseline=20), "achieved"),
    ("reached long ago", rising(60, 66).goal(n=42, target=60, baseline=20), "sustaining"),
    ("too late", rising(20, 25).goal(n=42, weeks=5, baseline=20), "not-achieved"),
    ("nothing logged", Builder().goal(n=42, weeks=5), "in-progress"),
]


@pytest.mark.parametrize(
    ("builder", "code"), [(b, c) for _, b, c in ACHIEVED], ids=[n for n, _, _ in ACHIEVED]
)
def test_achievement_follows_the_mapping(builder: Builder, code: str) -> None:
    diary = builder.diary()
    assert achievement(diary.goals[0], assessed(diary).facts.goals) == code


def test_a_goal_given_up_is_not_called_out_of_reach() -> None:
    diary = rising(20, 25).goal(n=42, baseline=20, status="closed").diary()
    closed = diary.goals[0]._replace(closed_on=TODAY)
    assert achievement(closed, assessed(diary).facts.goals) == "not-achieved"


def test_levels_of_a_goal_are_those_the_patient_gave(whole: Json) -> None:
    start, later = coded(whole, "gas-level")
    assert (start["valueInteger"], codings(start["code"])[codes.LOINC]) == (-1, "112296-9")
    assert (later["valueInteger"], codings(later["code"])[codes.LOINC]) == (-2, "107334-5")
    assert later["focus"] == [{"reference": f"urn:uuid:{goal_of(whole, '=cmd')['id']}"}]


def test_the_plan_holds_each_activity_with_how_often(whole: Json) -> None:
    (plan,) = of_kind(whole, "CarePlan")
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    by_name = {a["detail"]["code"]["text"]: a["detail"] for a in plan["activity"]}
    sit = by_name["Sitting"]["scheduledTiming"]["repeat"]
    assert (sit["frequency"], sit["periodUnit"], sit["durationUnit"]) == (5, "wk", "min")
    assert "up to 40 min" in by_name["Sitting"]["description"]
    assert "set by physio" in by_name["Sitting"]["description"]
    assert by_name["Bridge"]["quantity"]["code"] == "{reps}"


def test_sessions_and_what_was_left_out(whole: Json) -> None:
    doses = {o["code"]["text"]: o["valueQuantity"] for o in coded(whole, "activity-session")}
    assert {name: q["code"] for name, q in doses.items()} == {
        "Sitting": "min",
        "Bridge": "{reps}",
        "Plank": "s",
    }
    (skip,) = coded(whole, "activity-left-out")
    assert skip["valueCodeableConcept"]["text"] == "afraid"


# -- warning signs and flares ----------------------------------------------------------------------


def test_a_screen_keeps_each_answer_its_tier_and_what_came_of_it(whole: Json) -> None:
    first, clear = coded(whole, "warning-sign-screen")
    assert codings(first["valueCodeableConcept"])[codes.LOCAL] == "tier-1"
    assert codings(parts(first)["sign-CE1"])[codes.LOCAL] == "answer-yes"
    assert parts(first)["sign-MY3-more"] is True
    assert parts(first)["sign-open"] is False
    assert codings(clear["valueCodeableConcept"])[codes.LOCAL] == "no-sign"
    seen, old = coded(whole, "warning-sign-outcome")
    assert seen["derivedFrom"] == [{"reference": f"urn:uuid:{first['id']}"}]
    assert codings(seen["valueCodeableConcept"])[codes.LOCAL] == "outcome-seen"
    assert parts(seen)["seen-by"] == "A&E"
    assert parts(old)["outcome-of"]["coding"][0]["code"] == "sign-ND3"


def test_a_private_sign_is_not_named(whole: Json) -> None:
    assert "OT2" not in json.dumps(whole)


def test_an_open_sign_is_never_left_out_by_a_period() -> None:
    bundle = export(whole_diary(open_flag=True), period=(TODAY + timedelta(days=30), None))
    assert [
        parts(o)["sign-open"]
        for o in coded(bundle, "warning-sign-screen")
        if "component" in o and "sign-open" in parts(o)
    ] == [False, True]


def test_flares_are_observations_with_their_days(whole: Json) -> None:
    over, running = coded(whole, "flare")
    assert over["effectivePeriod"] == {"start": "2026-03-18", "end": "2026-03-18"}
    assert over["status"] == "final"
    assert parts(over)["flare-trigger"] == "moved house"
    assert running["status"] == "preliminary"
    assert "end" not in running["effectivePeriod"]
    assert running["valueQuantity"]["code"] == "d"
    assert not of_kind(whole, "Condition")


def test_flares_of_years_back_are_found_without_a_whole_assessment() -> None:
    """The engine reads 180 days; the export reads the diary it is given."""
    builder = Builder()
    for n in range(400):
        builder.log(n, pain=8 if 300 <= n < 305 else 3)
    bundle = json.loads(write_fhir(builder.diary(), assessed(Diary()), patient_key=KEY))
    assert len(coded(bundle, "flare")) == 1


# -- what was tried --------------------------------------------------------------------------------


def test_treatments_are_procedures_with_their_state(whole: Json) -> None:
    states = {p["code"]["text"]: p["status"] for p in of_kind(whole, "Procedure") if "partOf" not in p}
    assert states == {
        "Physiotherapy: course": "in-progress",
        "Yoga: evening class": "stopped",
        "Epidural injection: injection": "completed",
        "MRI: scan": "completed",
        "Massage: ten of them": "preparation",
        "newer-kind: a thing": "completed",
    }


def test_a_course_has_its_sessions_its_person_and_its_reason(whole: Json) -> None:
    course = next(
        p
        for p in of_kind(whole, "Procedure")
        if p["code"]["text"] == "Physiotherapy: course" and "partOf" not in p
    )
    assert course["performer"] == [{"actor": {"display": "Dana, physiotherapist"}}]
    (session,) = [p for p in of_kind(whole, "Procedure") if "partOf" in p]
    assert session["partOf"] == [{"reference": f"urn:uuid:{course['id']}"}]
    scan = next(p for p in of_kind(whole, "Procedure") if p["code"]["text"] == "MRI: scan")
    assert scan["outcome"] == {"text": "narrow at L5"}
    injection = next(p for p in of_kind(whole, "Procedure") if "Epidural" in p["code"]["text"])
    assert injection["performedDateTime"] == "2026-03-20"


def test_medicines_and_their_intakes(whole: Json) -> None:
    statements = of_kind(whole, "MedicationStatement")
    medicines = [s for s in statements if "partOf" not in s]
    assert [s["status"] for s in medicines] == ["active", "completed", "intended"]
    assert medicines[0]["medicationCodeableConcept"] == {"text": "ibuprofen"}
    (mixed,) = of_kind(whole, "Medication")
    assert medicines[1]["medicationReference"] == {"reference": f"urn:uuid:{mixed['id']}"}
    strengths = {
        i["itemCodeableConcept"]["text"]: i["strength"]["numerator"]["value"] for i in mixed["ingredient"]
    }
    assert strengths == {"paracetamol": 1000, "codeine": 16.5}
    known, unknown = (s for s in statements if "partOf" in s)
    assert known["effectiveDateTime"] == at(2, 9).isoformat()
    assert unknown["effectiveDateTime"] == "2026-03-26", "the hour was not said"
    assert known["dosage"][0]["doseAndRate"][0]["doseQuantity"]["value"] == 1.5


def test_side_effects_name_what_they_came_from(whole: Json) -> None:
    linked = {o["valueString"]: "partOf" in o for o in coded(whole, "side-effect")}
    assert linked == {"sick": True, "sore": True, "dizzy": False}


def test_the_diary_of_a_block(whole: Json) -> None:
    (before,) = coded(whole, "block-before")
    after, _ = coded(whole, "block-after")
    assert (before["valueQuantity"]["value"], after["valueQuantity"]["value"]) == (7, 2)
    assert after["derivedFrom"] == [{"reference": f"urn:uuid:{before['id']}"}]
    assert parts(after)["block-stated-relief"]["code"] == "%"
    assert parts(after)["block-provoked"] is True


# -- who answers, periods, redaction ---------------------------------------------------------------


def test_what_a_carer_answers_is_not_the_patients_own_report() -> None:
    diary = whole_diary()
    carer = diary._replace(profile=(*diary.profile, d.ProfileFact("carer", "yes", NOW, TODAY)))
    text = json.dumps(export(carer))
    assert not [
        word
        for word in ('"performer": [{"reference"', "107334-5", "patientspecified", "expressedBy")
        if word in text
    ]
    assert problems(export(carer)) == []


def test_what_the_program_worked_out_is_nobodys_report(whole: Json) -> None:
    assert not [o for code in ("flare", "gas-t") for o in coded(whole, code) if "performer" in o]


def test_a_period_keeps_what_happened_in_it_and_what_lasts() -> None:
    since = TODAY - timedelta(days=2)
    bundle = export(whole_diary(), period=(since, TODAY))
    assert not of_kind(bundle, "QuestionnaireResponse")
    assert {o["effectiveDateTime"][:10] for o in coded(bundle, "pain-average")} <= {
        "2026-03-28",
        "2026-03-29",
        "2026-03-30",
    }
    running = [p["code"]["text"] for p in of_kind(bundle, "Procedure")]
    assert running == ["Physiotherapy: course", "newer-kind: a thing"], "what begins later is not in it"
    assert problems(bundle) == []


def test_a_redacted_bundle_is_tagged_and_holds_no_words_of_the_patient() -> None:
    count = iter(range(1, 10_000))
    shift = shift_of(whole_diary())
    hidden = redact(whole_diary(), lambda: uuid(9000 + next(count)))
    found = assess(hidden, moved(NOW, shift), TODAY + shift)
    raw = write_fhir(hidden, found, patient_key="fresh", shifted=True)
    bundle = json.loads(raw)
    assert problems(bundle) == []
    assert "timestamp" not in bundle
    for one in (bundle, *resources(bundle)):
        assert one["meta"]["tag"][0]["code"] == "shifted-dates"
    assert not [
        word
        for word in (b"Dana", b"my sister", b"garden", b"moved house", b"calc", b"2026-", b"Read to")
        if word in raw
    ]
    firsts = [o["effectiveDateTime"] for o in of_kind(bundle, "Observation") if "effectiveDateTime" in o]
    assert min(firsts) >= "2000-01-03"
