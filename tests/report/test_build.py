"""What a report holds, in which order, and what it never says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.builders import TODAY, Patient, at, ready

from spinetrack.recovery.diary import Decision, Playbook, Question, Score, Visit
from spinetrack.recovery.period import Span
from spinetrack.report.build import build_report, outline
from spinetrack.report.model import Facts, Figure, Grid, Items, Para, Report, Section
from spinetrack.report.wish import LEAVABLE, Wish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.recovery.diary import Diary

MONTHS = Span(TODAY - timedelta(days=83), TODAY)


def build(patient: Patient, wish: Wish | None = None, **more: object) -> Report:
    diary: Diary = patient.diary()._replace(**more)  # type: ignore[arg-type]
    assessment = patient.assess()
    from spinetrack.recovery.assess import assess

    return build_report(diary, assess(diary, assessment.now, patient.today), wish or Wish(MONTHS))


def part(report: Report, key: str) -> Section:
    return next(s for s in (*report.front, *report.more) if s.key == key)


def keys(report: Report) -> list[str]:
    return [s.key for s in (*report.front, *report.more)]


def texts(found: Report | Section) -> Iterator[str]:
    """Yield every text of a report or a section."""
    if isinstance(found, Report):
        yield from (found.title, found.who, found.period, found.made)
        for section in (*found.front, *found.more):
            yield section.title
            yield from texts(section)
        return
    for block in found.blocks:
        match block:
            case Para(text):
                yield text
            case Items(items):
                yield from items
            case Facts(pairs):
                yield from (text for pair in pairs for text in pair)
            case Grid(caption, head, rows):
                yield from (caption, *head, *(cell for row in rows for cell in row))
            case Figure(_, caption, alt, table):
                yield from (caption, alt, *(cell for row in (table.rows if table else ()) for cell in row))
            case _:
                yield from (block.caption, block.alt)


def rows(section: Section) -> tuple[tuple[str, ...], ...]:
    return next(block.rows for block in section.blocks if isinstance(block, Grid))


def lived() -> Patient:
    """Return 12 weeks of nearly everything."""
    patient = ready().fact("regions", "low-back").fact("onset", "2025-12-01").fact("name", "Robin")
    for n in range(84):
        patient.log(
            n, pain=6 - (n < 40) * 2, sit=20 + (n < 40) * 10, walk=15, sleep=400, work=float(n % 3 > 0)
        )
    for n in range(1, 10):
        patient.done(n, "sit", 40)
    for n in (70, 60, 50, 30, 20, 10):
        patient.flare_mark(n).flare_mark(n - 1, "end")
    return (
        patient.goal(n=40).goal("walk", 30, 40, title="walk to the shop").goal("stand", 15, 40, title="cook")
    )


# -- the order ----------------------------------------------------------------------------------


def test_page_one_is_in_its_order() -> None:
    questions = (Question("May I swim?", at(TODAY), TODAY),)
    report = build(lived(), Wish(MONTHS, questions=questions))
    assert [s.key for s in report.front] == [
        "about", "glance", "signs", "flares", "goals", "plan", "questions", "record",
    ]  # fmt: skip
    assert report.who == "Robin"
    assert report.period.endswith("84 of 84 days recorded")


def test_function_stands_before_pain() -> None:
    names = [row[0] for row in rows(part(build(lived()), "glance")) if row[0]]
    assert names == ["Sitting", "Walking", "Pain"]


def test_the_charts_come_first_of_the_rest_and_the_statement_last() -> None:
    more = [s.key for s in build(lived()).more]
    assert more[0] == "charts"
    assert more[-2:] == ["method", "statement"]


def test_the_method_is_six_lines() -> None:
    (items,) = part(build(lived()), "method").blocks
    assert isinstance(items, Items)
    assert len(items.items) == 6


def test_the_short_form_is_page_one_and_the_charts() -> None:
    report = build(lived(), Wish(MONTHS, short=True))
    assert report.short
    assert [s.key for s in report.more] == ["charts", "statement"]


def test_the_same_three_give_the_same_report() -> None:
    assert build(lived()) == build(lived())


# -- what is left out, and what never is ----------------------------------------------------------


def test_sections_without_data_are_not_there() -> None:
    assert keys(build(Patient().log(0, pain=4))) == [
        "glance", "signs", "flares", "record", "method", "statement",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("goals", "goals"), ("plan", "plan"), ("charts", "charts"), ("questions", "questions"), ("notes", "notes"),
        ("scores", "scores"), ("suggestions", "suggestions"), ("patterns", "patterns"),
    ],
)  # fmt: skip
def test_what_the_patient_leaves_out_is_gone_and_page_one_says_so(word: str, key: str) -> None:
    patient = lived().log(1, note="a secret")
    wish = Wish(MONTHS, questions=(Question("May I swim?", at(TODAY), TODAY),))
    more: dict[str, object] = {
        "scores": (Score("peg", at(TODAY), TODAY, (), 4.0),),
        "decisions": (Decision("PR-1-sit", "PR-1", "follow", at(TODAY), TODAY, text="Sitting could go up."),),
    }
    assert key in keys(build(patient, wish, **more))
    report = build(patient, wish._replace(without=frozenset({word})), **more)
    assert key not in keys(report)
    assert f"{LEAVABLE[word]}, by the patient" in list(texts(part(report, "about")))


def test_the_name_can_be_left_out() -> None:
    report = build(lived(), Wish(MONTHS, without=frozenset({"name"})))
    assert "Robin" not in " ".join(texts(report))
    assert report.who == "Name left out by the patient"


def test_warning_signs_cannot_be_left_out() -> None:
    report = build(lived(), Wish(MONTHS, without=frozenset(LEAVABLE)))
    assert "signs" in keys(report)


# -- at most so many ------------------------------------------------------------------------------


def test_five_flares_then_more() -> None:
    section = part(build(lived()), "flares")
    assert len(rows(section)) == 5
    assert next(texts(section)) == "6 flares in this period. Length in days, newest first: 1, 1, 1, 1, 1, 1."
    assert list(texts(section))[-1] == "1 more flare."


def test_many_flares_are_summed_up() -> None:
    patient = ready()
    for n in range(83):
        patient.log(n, pain=4)
    for n in range(5, 80, 6):
        patient.flare_mark(n).flare_mark(n - 1 - (n == 5), "end")
    first = next(texts(part(build(patient), "flares")))
    assert first == "13 flares in this period. Length in days: middle 1, longest 2."


def test_every_reason_of_leaving_out_is_told() -> None:
    patient = ready()
    for n, why in enumerate(("afraid", "away", "ill", "pain", "time")):
        patient.skip(n, "sit", why)
    said = "Left out because of: Sitting: afraid 1, away 1, ill 1, pain 1, no time 1."
    assert said in list(texts(part(build(patient), "plan")))


def test_three_goals_then_more_and_reached_ones_on_one_line() -> None:
    patient = (
        lived().goal("sit", 90, 30, title="a flight").goal("walk", 10, 30, title="the bus", status="reached")
    )
    section = part(build(patient), "goals")
    assert len(rows(section)) == 3
    said = list(texts(section))
    assert "1 more goal. Reached: the bus (10 min)." in said


def test_three_tolerances_then_more() -> None:
    patient = Patient()
    for n in range(20):
        patient.log(n, sit=20, walk=15, stand=10, distance=800, pain=4)
    section = part(build(patient.goal("stand", 20, 5)), "glance")
    assert [row[0] for row in rows(section) if row[0]] == ["Standing", "Sitting", "Walking", "Pain"]
    assert any(text.endswith("1 more tolerance: walking distance.") for text in texts(section))


# -- warning signs --------------------------------------------------------------------------------


def test_never_asked_is_said() -> None:
    assert list(texts(part(build(Patient().log(0, pain=4)), "signs"))) == ["Never asked."]


def test_when_the_patient_was_asked_is_said() -> None:
    first = next(texts(part(build(lived()), "signs")))
    assert first == "Last asked 30 Mar: none reported. Asked on 1 day of this period."


def test_an_open_flag_stands_on_top_with_its_words() -> None:
    patient = lived().fact("country", "UK").screen(1, yes=["CE1"])
    report = build(patient)
    assert report.front[0].key == "warning"
    banner = next(block for block in report.front[0].blocks if isinstance(block, Para))
    assert banner.tone == "alarm"
    assert banner.text.startswith("STOP. You reported 29 Mar, 21:00: new trouble")
    assert "999" in banner.text
    assert "The plan waits while the warning sign is open." in list(texts(part(report, "plan")))
    chart = next(
        b for b in part(report, "charts").blocks if isinstance(b, Figure) and b.chart.metric == "sit"
    )
    assert chart.chart.lines == ()


def test_a_closed_flag_is_listed_with_what_came_of_it() -> None:
    patient = lived().screen(30, yes=["CE1"]).outcome(29, "seen", "A&E")
    report = build(patient)
    assert report.front[0].key == "about"
    line = next(t for t in texts(part(report, "signs")) if "CE1" in t)
    assert line == (
        "28 Feb, 21:00: new trouble passing urine or holding it (CE1). Emergency; closed. 1 Mar, seen by A&E: seen."
    ) or line.endswith("Emergency; closed. 1 Mar, seen by A&E: seen.")


def test_an_open_flag_of_before_the_period_is_listed() -> None:
    patient = lived().screen(83, yes=["CE1"])
    report = build(patient, Wish(Span(TODAY - timedelta(days=20), TODAY)))
    assert any("CE1" in text for text in texts(part(report, "signs")))
    assert report.front[0].key == "warning"


def test_thoughts_of_self_harm_are_off_the_page_unless_asked_for() -> None:
    patient = lived().screen(1, yes=["OT2"])
    said = " ".join(texts(build(patient)))
    assert "OT2" not in said
    assert "hurting" not in said
    assert "crisis" not in said
    assert build(patient).front[0].key == "about"
    asked = build(patient, Wish(MONTHS, private=True))
    assert asked.front[0].key == "warning"
    assert any("OT2" in text for text in texts(part(asked, "signs")))


def test_other_signs_beside_a_private_one_are_printed_with_their_own_tier() -> None:
    report = build(lived().screen(1, yes=["OT2", "MA3"]))
    line = next(t for t in texts(part(report, "signs")) if "MA3" in t)
    assert "OT2" not in line
    assert "Within a week; open" in line
    assert "warning" not in keys(report) or "OT2" not in " ".join(texts(report.front[0]))


# -- numbers that are not there -------------------------------------------------------------------


def test_too_few_days_is_said_and_no_word_given() -> None:
    row = rows(part(build(Patient().pains([4] * 5)), "glance"))[0]
    assert row == (
        "Pain", "none yet, needs 7 days in 14", "too few days, 0 of 7", "too few days, 5 of 7", "cannot tell", "too few days",
    )  # fmt: skip


def test_too_few_limits_cannot_tell() -> None:
    patient = Patient()
    for n in range(40):
        patient.log(n, **({"sit_": 40.0} if n < 14 else {"sit": 30.0}))  # type: ignore[arg-type]
    row = rows(part(build(patient), "glance"))[0]
    assert row[2:] == ("cannot tell, 0 limits of 5", "cannot tell")


def test_a_visit_of_last_week_is_too_near_to_compare() -> None:
    visit = Visit("physio", TODAY - timedelta(days=6), at(TODAY), TODAY)
    report = build(lived(), Wish(MONTHS, visit=visit))
    assert rows(part(report, "glance"))[0][5] == "cannot tell: the two stretches overlap"


def test_a_visit_is_compared_with() -> None:
    visit = Visit("physio", TODAY - timedelta(days=30), at(TODAY), TODAY)
    grid = part(build(lived(), Wish(MONTHS, visit=visit)), "glance").blocks[0]
    assert isinstance(grid, Grid)
    assert grid.caption == "Medians of 14 days. Now: 17 to 30 Mar. Last visit: 15 to 28 Feb."
    assert grid.head[2:] == ("Last visit", "Now", "Since baseline", "Since last visit")
    assert grid.rows[0] == (
        "Sitting", "20 min, 14 days; 6 to 19 Jan", "30 min, 14 days", "30 min, 14 days",
        "clear, better: +10 min, +50 %", "no change: 0 min, 0 %",
    )  # fmt: skip


def test_a_change_just_below_a_limit_does_not_read_as_if_it_reached_it() -> None:
    patient = Patient()
    for n in range(40):
        patient.log(n, sit=24.0 if n >= 14 else 27.5)
    row = rows(part(build(patient), "glance"))[0]
    assert row[3] == "no change: +3.5 min, +14.5 %"


def test_the_size_that_counts_below_three_is_said_where_it_counts() -> None:
    patient = Patient().pains([2] * 20 + [6] * 40)
    visit = Visit("physio", TODAY - timedelta(days=15), at(TODAY), TODAY)
    said = list(texts(part(build(patient, Wish(MONTHS, visit=visit)), "glance")))
    assert (
        "Sizes of change: pain clear from 2 points and 30 %, possible from one of them; "
        "below 3 clear from 1.5 points, possible from 1."
    ) in said


def test_leg_pain_has_no_agreed_size_and_a_chart_of_its_own() -> None:
    patient = Patient()
    for n in range(60):
        patient.log(n, pain=4, limb=6 - (n < 20) * 3)
    report = build(patient)
    row = next(row for row in rows(part(report, "glance")) if row[0] == "Leg or arm pain")
    assert row[3] == "not judged: \u22123 points, \u221250 %"
    assert any(text.endswith("leg or arm pain no agreed size.") for text in texts(part(report, "glance")))
    charts = [b.chart.metric for b in part(report, "charts").blocks if isinstance(b, Figure)]
    assert charts == ["pain", "limb"]


def test_the_verdict_names_the_number_that_decides_it() -> None:
    found = {row[0]: row[3] for row in rows(part(build(lived()), "glance")) if row[0]}
    assert found["Sitting"] == "clear, better: +10 min, +50 %"
    assert found["Pain"] == "clear, better: \u22122 points, \u221233 %"
    assert found["Walking"] == "no change: 0 min, 0 %"


# -- what it never says ---------------------------------------------------------------------------


def test_nothing_of_a_redacted_report_has_a_date_or_an_own_word() -> None:
    from spinetrack.recovery.assess import assess
    from spinetrack.recovery.redact import moved, redact, shift_of

    patient = lived().log(1, note="Zelda")
    diary = patient.diary()._replace(playbooks=(Playbook("Zelda", at(TODAY), TODAY),))
    shift = shift_of(diary)
    hidden = redact(diary, lambda: "u")
    now = moved(at(TODAY, 22), shift)
    span = Span(MONTHS.since + shift, MONTHS.until + shift)
    report = build_report(hidden, assess(hidden, now, TODAY + shift), Wish(span, redacted=True))
    said = " | ".join(texts(report))
    for word in ("Zelda", "Robin", "film", "2026", "2000", "1999", "Jan", "Mar ", "Monday"):
        assert word not in said, word
    assert "day 71 to 84" in said
    assert report.made == ""
    assert {f.chart.day_one is not None for f in part(report, "charts").blocks if isinstance(f, Figure)} == {
        True
    }


def test_the_outline_names_every_part_with_its_size() -> None:
    lines = outline(build(lived()))
    assert lines[:2] == ("Who: Robin", "Period: 6 Jan to 30 Mar 2026, 84 of 84 days recorded")
    assert "Page one: Flares (5 rows)" in lines
    assert any(line.startswith("Then: Charts (a chart of pain") for line in lines)
