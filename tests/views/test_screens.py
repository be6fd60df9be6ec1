"""The screens a patient reads, at 80 columns, at 40, and as plain lines.

A changed snapshot is a change a patient sees: read it, then `pytest --snapshot-update`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from tests.builders import Patient, ready

from spinetrack.recovery.diary import Playbook
from spinetrack.recovery.metrics import METRICS
from spinetrack.views.body_page import body_page, places
from spinetrack.views.flare_page import list_page, status_page
from spinetrack.views.page import Page, paint
from spinetrack.views.plan_page import flare_ahead, plan_page
from spinetrack.views.screen_page import list_page as screen_list
from spinetrack.views.screen_page import paper_page
from spinetrack.views.stop_page import stop_page
from spinetrack.views.suggestions import HELD_WORDS, suggest_page, why_page
from spinetrack.views.today import _change, today_page


def even() -> Patient:
    """Return four weeks of pain going down, sitting and walking going up, with a plan."""
    patient = ready(sit=25, walk=20)
    for n in range(28):
        if n % 9 == 4:
            continue
        patient.log(n, pain=5 - (n < 14) * 2, sit=35 - n // 2, walk=20, sleep=390 + n % 3 * 20)
    for n in range(1, 8):
        patient.done(n, "sit", 25).done(n, "walk", 20)
    return patient


def in_a_flare() -> Patient:
    patient = even()
    patient.quotas = [q for q in patient.quotas if q.activity != "stand"]
    patient.entries = [e for e in patient.entries if e.day <= patient.day(3)]
    return patient.log(2, pain=8, flare=True).log(1, pain=7).log(0, pain=7)


def warned() -> Patient:
    return even().fact("country", "UK").screen(0, yes=["CE1"])


def today(patient: Patient, width: int, *, plain: bool) -> Page:
    return today_page(patient.diary(), patient.assess(), width=width, plain=plain)


SCREENS: dict[str, Callable[[int, bool], Page]] = {
    "welcome": lambda width, plain: today(Patient(), width, plain=plain),
    "today": lambda width, plain: today(even(), width, plain=plain),
    "today in a flare": lambda width, plain: today(in_a_flare(), width, plain=plain),
    "stop": lambda width, plain: today(warned(), width, plain=plain),
    "plan": lambda _, __: plan_page(even().diary(), even().assess()),
    "plan in a flare": lambda _, __: plan_page(in_a_flare().diary(), in_a_flare().assess()),
    "flare": lambda _, __: status_page(in_a_flare().diary(), in_a_flare().assess()),
    "suggest": lambda width, plain: suggest_page(even().assess(), width=width, plain=plain, everything=True),
    "why": lambda _, plain: why_page(even().assess().suggestions[0], 1, plain=plain),
    "paper": lambda _, __: paper_page(warned().diary(), warned().assess()),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("width", "plain"), [(80, False), (40, False), (80, True)])
def test_a_screen(snapshot: SnapshotAssertion, name: str, width: int, plain: bool) -> None:
    text = paint(SCREENS[name](width, plain), width=width, plain=plain, colour=False)
    assert text == snapshot
    if not plain:
        assert [line for line in text.splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("name", SCREENS)
def test_plain_has_no_bars_boxes_or_padding(name: str) -> None:
    text = paint(SCREENS[name](80, True), width=80, plain=True, colour=False)
    assert not set(text) & set("▁▂▃▄▅▆▇█│─┌┐")
    assert [line for line in text.splitlines() if line.startswith(" ")] == []


def test_the_screen_of_a_warning_sign_shows_nothing_else() -> None:
    text = paint(SCREENS["stop"](80, False), width=80, plain=False, colour=False)
    assert text.startswith("STOP.")
    for words in ("Plan", "Sitting", "Pain ", "logged", "min"):
        assert words not in text


def test_the_gravest_open_flag_leads_and_the_others_are_named() -> None:
    patient = even().fact("country", "US").screen(1, yes=["MY3"]).screen(0, yes=["CE2"])
    text = paint(stop_page(patient.diary(), patient.assess()), width=80, plain=True, colour=False)
    assert "911" in text
    assert "changed feeling between your legs" in text
    assert "clumsy hands" in text
    assert "outcome 3" in text


def test_what_holds_a_suggestion_back_has_words() -> None:
    for patient in (even(), in_a_flare(), warned(), even().fact("rises", "no")):
        for held in patient.assess().held:
            assert held.by in HELD_WORDS or "-" in held.by


@pytest.mark.parametrize(
    ("metric", "difference", "said"),
    [("pain", -2, "\u22122 better"), ("pain", 1.5, "+1.5 worse"), ("sit", 5, "+5 min better"),
     ("sit", -5, "\u22125 min worse"), ("pain", 0, "no change"), ("sleep", 70, "+1 h 10 better")],
)  # fmt: skip
def test_a_change_has_a_sign_and_a_word(metric: str, difference: float, said: str) -> None:
    assert _change(METRICS[metric], difference, "km") == said


def test_a_change_needs_ten_days_in_both_fortnights() -> None:
    patient = ready()
    for n in range(9):
        patient.log(n, pain=3)
    for n in range(14, 28):
        patient.log(n, pain=5)
    text = paint(today(patient, 80, plain=True), width=80, plain=True, colour=False)
    assert "2 weeks 3, before 5." in text
    assert "Change" not in text


def test_the_doses_ahead_are_the_ramp_of_the_flare() -> None:
    patient = ready(sit=40).pains([4] * 20 + [8]).flare_mark(0)
    item = patient.assess().plan[0]
    assert (
        flare_ahead(item, patient.assess())
        == "Tue 20 min · Thu 25 min · Fri 30 min · Sat 35 min · Sun 40 min"
    )


def test_the_own_list_stands_in_a_flare() -> None:

    patient = in_a_flare()
    book = Playbook("warm shower\nshort walks", patient.entries[0].at, patient.day(20))
    diary = patient.diary()._replace(playbooks=(book,))
    text = paint(status_page(diary, patient.assess()), width=80, plain=True, colour=False)
    assert "What helps you: warm shower · short walks (your own list, 10 Mar)" in text


def test_a_flare_in_the_list_says_what_set_it_off() -> None:
    patient = in_a_flare()
    page = list_page(patient.assess().flares, (), patient.assess(), plain=True)
    assert paint(page, width=80, plain=True, colour=False) == (
        "Sat 28 Mar: 3 days so far, peak pain 8, you called it a flare."
    )


def test_screens_of_one_sitting_are_one_line() -> None:
    patient = Patient().screen(1).screen(1).screen(0, yes=["CE1"])
    screens = patient.diary().screens
    text = paint(screen_list(screens, screens, patient.today, plain=True), width=80, plain=True, colour=False)
    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("#1 to #2")
    assert "emergency, open: CE1" in lines[1]


def test_the_page_on_paper_keeps_a_private_answer_off() -> None:
    patient = even().screen(0, yes=["OT2", "CE1"])
    text, whole = (
        paint(paper_page(patient.diary(), patient.assess(), everything=e), width=80, plain=True, colour=False)
        for e in (False, True)
    )
    assert "OT2" not in text
    assert "CE1" in text
    assert "OT2" in whole


def test_the_body_map_counts_days_not_entries() -> None:

    from spinetrack.recovery.diary import Observation

    patient = Patient().log(1, pain=3).log(1, pain=4, hour=8).log(0, pain=2)
    seen = (Observation("site", 3, "low-back"), Observation("site", 5, "left-calf", qualities=("numb",)))
    entries = [
        e._replace(observations=(*e.observations, *seen[: 2 - n % 2])) for n, e in enumerate(patient.entries)
    ]
    assert [(p.site, p.days) for p in places(entries)] == [("left-calf", 2), ("low-back", 2)]
    assert "numb" in paint(
        body_page(entries, patient.today, plain=False), width=80, plain=False, colour=False
    )
