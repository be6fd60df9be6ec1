"""What the diary knows about the patient, and what the program is."""

from __future__ import annotations

from spinetrack.recovery.profile import FACTS, GATES, gates_answered_on, gates_of, mode_of, value_of
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.doses import short_day
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary
    from spinetrack.views.page import Page

LABELS = {
    "country": "Country",
    "units": "Distances in",
    "regions": "Where it hurts",
    "onset": "This spell began",
    "name": "Name on screens",
    "carer": "Somebody else answers",
    "rises": "Suggest rises",
    "worse": "Worse with",
    "eases": "Eased by",
    "tags": "Ask before a painkiller",
    "weight-under-50": "Under 50 kg",
}
MODES = {
    "build": "Doses may go up when your diary shows that they settle.",
    "log-only": "It only keeps your record and the warning signs. It suggests no doses.",
    "clinician-plan": "A dose goes up only inside a limit your physio or doctor set: "
    'spinetrack plan set sit 25 --by "physio" --up-to 40',
}


def about_page() -> Page:
    """Return what this program is, said before the care questions."""
    return (
        Text("What this is", "heading"),
        Text("It is your own record, and arithmetic for a plan you made with a clinician."),
        Text("Nobody is watching. It calls nobody, and it cannot look at you."),
        Text("Your physio's or doctor's word goes before anything it says."),
        Text("Some things need more care. Please answer once; it asks again after 12 weeks."),
    )


def mode_words(diary: Diary, today: date) -> str:
    """Return what the answers mean for suggestions, in words; a recorded operation is named."""
    return f"{_operation_words(diary, today)} {_mode_words(diary, today)}".lstrip()


def _operation_words(diary: Diary, today: date) -> str:
    if not diary.treatments:
        return ""
    from spinetrack.recovery.aftercare import operated_lately
    from spinetrack.recovery.treatments import SURGERY_WEEKS

    if not operated_lately(diary, today):
        return ""
    return f"You recorded an operation, so surgery is a yes for {SURGERY_WEEKS} weeks."


def _mode_words(diary: Diary, today: date) -> str:
    if any(answer is None for answer in gates_of(diary, today).values()):
        return "Until all care questions are answered, no dose goes up: spinetrack profile gates"
    return MODES[mode_of(diary, today)]


def profile_page(diary: Diary, today: date) -> Page:
    """Return every line of the profile."""
    pairs = []
    for key, label in LABELS.items():
        value = value_of(diary, key)
        if key == "units" and value is None:
            value = "km"
        pairs.append((label, value.replace(",", ", ") if value else "not said"))
    return (
        Text("About you", "heading"),
        Fields(tuple(pairs)),
        Gap(),
        Text("Care questions", "heading"),
        *_answered(diary, today),
        Gap(),
        Text(mode_words(diary, today)),
        Text("To change a line:  spinetrack profile set country UK", "quiet"),
    )


def _answered(diary: Diary, today: date) -> Page:
    answers = gates_of(diary, today)
    yes = [name for name, answer in answers.items() if answer]
    no = [name for name, answer in answers.items() if answer is False]
    left = [name for name, answer in answers.items() if answer is None]
    pairs = [("Yes", ", ".join(yes)), ("No", ", ".join(no)), ("Not answered", ", ".join(left))]
    found = [Fields(tuple(pair for pair in pairs if pair[1]))]
    day = gates_answered_on(diary)
    if day is None:
        return tuple(found)
    return (*found, Text(f"Answered {short_day(day, today)}.", "quiet"))


def gates_page(diary: Diary, today: date) -> Page:
    """Return the care questions with their answers, and how to answer them on one line."""
    words = {True: "yes", False: "no", None: "not answered"}
    answers = gates_of(diary, today)
    return (
        *about_page(),
        Gap(),
        Fields(tuple((f"{name}: {question}", words[answers[name]]) for name, question in GATES.items())),
        Gap(),
        Text(FACTS["rises"]),
        Text("spinetrack profile set rises yes, or no"),
        Gap(),
        Text("No to all:  spinetrack profile gates --none"),
        Text("Yes to some:  spinetrack profile gates --yes surgery,heart"),
    )
