"""The bare command: it never writes, and a warning sign replaces all of it."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Patient, evening

from spinetrack.cli.commands import COMMANDS


def lived(patient: Patient, days: int = 14) -> None:
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")
    for n in range(days):
        patient.run("log", 4 + n % 2, "sit", 20 + n % 3, now=evening(n))
    patient.now = evening(days - 1)


def test_an_empty_diary_is_welcomed_and_nothing_is_made(patient: Patient) -> None:
    out = patient.run().out
    assert out.startswith("Welcome. This is your own record. It stays on this computer.")
    assert "spinetrack log 4" in out
    assert "Two short things come before any advice." in out
    assert "spinetrack demo" in out
    assert not patient.home.exists()


def test_the_welcome_asks_only_what_is_left(patient: Patient) -> None:
    patient.run("profile", "gates", "--none")
    out = patient.run().out
    assert "One short thing comes" in out
    assert "profile" not in out


def test_today_says_days_values_and_the_middle_of_two_weeks(patient: Patient) -> None:
    lived(patient)
    out = patient.run().lines
    assert out[0] == "Sun 15 Mar"
    assert out[1] == "Logged 14 of 14 days."
    assert "Pain: 5 today. 2 weeks 4.5." in out
    assert "Sitting: 21 min today. 2 weeks 21." in out


def test_a_change_needs_seven_of_ten_days_and_has_a_word(patient: Patient) -> None:
    lived(patient, 14)
    for n in range(14, 28):
        patient.run("log", 2, "sit", 30, now=evening(n))
    patient.now = evening(27)
    out = patient.run().out
    assert "Pain: 2 today. 2 weeks 2, before 4.5. Change: −2.5 better." in out  # noqa: RUF001
    assert "Sitting: 30 min today. 2 weeks 30, before 21. Change: +9 min better." in out
    patient.now = evening(33)
    assert "Change" not in patient.run().out


def test_a_value_of_an_earlier_day_says_so(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 3, now=evening(14))
    assert "Sitting: 21 min on Sun 15 Mar." in patient.run(now=evening(14)).out


def test_the_plan_and_the_week_are_there(patient: Patient) -> None:
    lived(patient)
    patient.run("plan", "set", "sit", 15)
    patient.run("done", "sit", 15)
    out = patient.run().out
    assert "Plan today: sit 15 min" in out
    assert "This week: sit 1 of 5" in out


def test_in_a_flare_the_banner_and_the_own_list_come_first(patient: Patient) -> None:
    lived(patient)
    patient.run("plan", "set", "sit", 40)
    patient.run("flare", "playbook", "set", "warm shower")
    patient.run("log", 8, "--flare", now=evening(14))
    patient.now = evening(16)
    out = patient.run().lines
    assert out[2].startswith("FLARE, day 2, since Mon 16 Mar, the plan climbs back by Sun 22 Mar")
    text = "\n".join(out)
    assert "Plan today: sit 20 of 40 min" in text
    assert "Why lower: a flare" in text
    assert "What helps you: warm shower (your own list, 15 Mar)" in text
    assert "bladder trouble or fever?  spinetrack screen" in text
    assert "not counted while a flare runs" in text


def test_at_most_three_messages_each_with_what_to_type(patient: Patient) -> None:
    lived(patient)
    patient.run("log", 8, "--flare", now=evening(14))
    out = patient.run(now=evening(14)).out
    numbers = re.findall(r"^(\d)\. ", out, re.MULTILINE)
    assert numbers == ["1", "2", "3"][: len(numbers)]
    assert numbers


def test_a_warning_sign_replaces_everything(patient: Patient) -> None:
    lived(patient)
    patient.run("plan", "set", "sit", 15)
    patient.run("profile", "set", "country", "UK")
    patient.run("screen", "--yes", "CE1", code=3)
    out = patient.run(code=3).out
    assert out.startswith("STOP. You reported today, 19:00: new trouble passing urine.")
    for words in ("999", "Do not drive yourself.", "Nobody has been told. You have to call.",
                  "spinetrack screen page", 'spinetrack screen outcome 2 "what they said" --by "A&E"'):  # fmt: skip
        assert words in out
    for words in ("Plan", "Pain", "logged", "sit "):
        assert words not in out
    later = patient.run(code=3, now=evening(15)).out
    assert "This is still open." in later


def test_the_name_is_shown_when_there_is_one(patient: Patient) -> None:
    lived(patient)
    patient.run("profile", "set", "name", "Sam")
    assert patient.run().lines[0] == "Sun 15 Mar, Sam"


def test_today_loads_no_models(patient: Patient) -> None:
    lived(patient, 3)
    loaded = {name.partition(".")[0] for name in patient.modules()}
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "plotext", "typer"}


def test_both_doors_print_the_same(patient: Patient) -> None:
    lived(patient, 3)
    assert patient.run().out == patient.run("--plain").out


def test_what_was_begun_is_named(patient: Patient) -> None:
    patient.run("log", "4")
    assert "Timing" not in patient.run().out
    patient.run("start", "sit")
    assert "Timing sit since 19:00.  To end it:  spinetrack stop" in patient.run().out
    patient.run("cancel")
    assert "Timing" not in patient.run().out


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_page_speaks_of_types(patient: Patient, name: str) -> None:
    pages = [patient.run(name, "--help").out]
    below = re.findall(r"^  ([a-z]+)  ", pages[0].partition("Commands:")[2], re.MULTILINE)
    pages += [patient.run(name, word, "--help").out for word in below]
    assert not re.findall(r"<\w+(?: \w+)?>", "".join(pages))
