"""The answer to a daily line: the shorter way to a suggestion comes to the same suggestion."""

from __future__ import annotations

from hypothesis import given
from tests.builders import Patient, at
from tests.recovery.test_safety import ANYBODY

from spinetrack.recovery.assess import first_words
from spinetrack.recovery.facts import Facts
from spinetrack.recovery.findings import Assessment, Suggestion
from spinetrack.recovery.rules import THEMES, load
from spinetrack.recovery.rules.engine import RULES
from spinetrack.views.echo import shown_suggestions


def brief(patient: Patient) -> Assessment:
    return first_words(Facts(patient.diary(), at(patient.today, 22), patient.today))


@given(ANYBODY)
def test_it_shows_what_the_whole_assessment_shows(patient: Patient) -> None:
    short, whole = brief(patient), patient.assess()
    assert shown_suggestions(short) == shown_suggestions(whole)
    assert short.open_flags == whole.open_flags
    starts = any(s.rule == "FL-2" for s in whole.suggestions)
    assert short.plan == (whole.plan if starts else ())


def test_steps_back_take_the_room_of_a_review() -> None:
    """Three steps back are never cut: then nothing of an earlier priority has room."""
    from spinetrack.recovery.rules import engine

    class Item:
        step_back = True

    class Full:
        plan = (Item(), Item(), Item())

    class Free:
        plan = (Item(),)

    said = (Suggestion("CR-3", 4, "review", "Sixteen weeks", "Keep it."),)
    assert not engine._has_room(Full(), said)  # type: ignore[arg-type]
    assert engine._has_room(Free(), said)  # type: ignore[arg-type]


def test_the_table_of_themes_is_true() -> None:
    load()
    lowest: dict[str, int] = {}
    for rule in RULES.values():
        theme = rule.decide.__module__.rpartition(".")[2]
        lowest[theme] = min(rule.priority, lowest.get(theme, 9))
    assert lowest == THEMES
