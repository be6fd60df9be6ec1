"""The guide: what to type in each moment, one short chapter a screen."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple
from spinetrack.views.page import Fields, Gap, Text

if TYPE_CHECKING:
    from spinetrack.views.page import Page


class Chapter(NamedTuple):
    """One moment in the life of a diary."""

    key: str
    title: str
    words: tuple[str, ...]
    """Short paragraphs, read before the commands."""
    commands: tuple[tuple[str, str], ...]
    """What to type, and what it does."""


CHAPTERS: Final = (
    Chapter(
        "first",
        "The first day",
        (
            "Two short things come before any advice: signs that need a doctor, and what to be careful with.",
            "Then one line a day is enough. What you leave open stays open.",
        ),
        (
            ("spinetrack screen", "questions about signs that need a doctor"),
            ("spinetrack profile", "six questions about you; each can be skipped"),
            ("spinetrack log 4", "pain today, 0 to 10"),
        ),
    ),
    Chapter(
        "day",
        "Every day",
        (
            "Write how long you could sit, stand or walk before you had to move. That counts more than pain.",
            "Missed a day? Go on where you are. Nobody counts against you.",
        ),
        (
            ("spinetrack log", "asks you, one question a line"),
            ("spinetrack log 4 sit 35 sleep 6h30", "the same in one line"),
            ("spinetrack log -y 5", "for yesterday"),
            ("spinetrack undo", "take back the last thing"),
            ("spinetrack", "today, at a glance"),
        ),
    ),
    Chapter(
        "plan",
        "A plan that climbs slowly",
        (
            "Begin below what you can do. Go up by small steps when it settles, not when the mood is good.",
            "A dose that your physio sets goes before every sum here.",
        ),
        (
            ('spinetrack plan set sit 25 --by "physio" --up-to 40', "a dose and its limit"),
            ("spinetrack done sit 25 --pain 3", "how it went"),
            ("spinetrack suggest --why", "what to do next, and the sum behind it"),
            ("spinetrack pace sit", "a timer with breaks to move"),
        ),
    ),
    Chapter(
        "flare",
        "A bad day",
        (
            "A flare is a bump, and most pass. Less load for a few days, then back by small steps.",
            "Write down on a good day what helps you. You will see it on a bad one.",
        ),
        (
            ("spinetrack log 7 --flare", "say so; the doses go down at once"),
            ("spinetrack flare playbook", "your own list of what helps"),
            ("spinetrack flare end", "it is over"),
        ),
    ),
    Chapter(
        "signs",
        "Warning signs",
        (
            "New trouble with bladder or bowel, numb between the legs, weak legs, fever, a bad fall?",
            "Do not wait for this program. Call a doctor, or your emergency number.",
        ),
        (
            ("spinetrack screen", "all the questions"),
            ("spinetrack screen page", "a page to take with you"),
            ('spinetrack screen outcome 7 "what they said" --by "A&E"', "when you were seen"),
        ),
    ),
    Chapter(
        "goals",
        "Something you want to do again",
        ("Pick something you do, not a feeling. Give it a number and a day.",),
        (
            ("spinetrack goal add", "asks for each part"),
            ("spinetrack goal list", "how far you are"),
            ("spinetrack insight", "what goes with what in your diary"),
        ),
    ),
    Chapter(
        "care",
        "What you tried",
        ("Keep what was done, how often, and by whom. Then you can see what changed with it.",),
        (
            ("spinetrack treat add physiotherapy --sessions 6", "something you begin"),
            ("spinetrack treat list", "what changed, and what ran beside it"),
            ("spinetrack med take ibuprofen", "what you took"),
            ('spinetrack question "May I swim?"', "for the next visit"),
        ),
    ),
    Chapter(
        "visit",
        "A visit",
        ("Page one says in a minute how you are, by what you can do first.",),
        (
            ("spinetrack visit add physio --on fri", "when it is"),
            ("spinetrack report", "a file to hand over"),
            ("spinetrack report --preview", "what it would hold, before you write it"),
        ),
    ),
    Chapter(
        "data",
        "Your data",
        ("Everything stays on this computer. Only you hand something out.",),
        (
            ("spinetrack backup", "a checked copy"),
            ("spinetrack export", "all of it, for another computer"),
            ("spinetrack import FILE", "take in what you have elsewhere; --dry-run tells first"),
            ("spinetrack doctor", "is the diary well?"),
        ),
    ),
)
"""The chapters in the order a diary meets them."""


def contents_page() -> Page:
    """Return the list of chapters."""
    return (
        Text("A short guide. Pick what you need now:"),
        Gap(),
        Fields(tuple((f"spinetrack guide {c.key}", c.title) for c in CHAPTERS)),
        Gap(),
        Text("Look around with made-up data:  spinetrack demo", "quiet"),
    )


def chapter_page(chapter: Chapter) -> Page:
    """Return one chapter, with the way to the next."""
    after = CHAPTERS[CHAPTERS.index(chapter) + 1 :][:1]
    return (
        Text(chapter.title, "heading"),
        *(Text(paragraph) for paragraph in chapter.words),
        Gap(),
        Fields(chapter.commands),
        Gap(),
        Text(
            f"Next:  spinetrack guide {after[0].key}" if after else "All chapters:  spinetrack guide", "quiet"
        ),
    )
