"""The table of commands. A command's module is imported when it is asked for."""

from __future__ import annotations

from spinetrack.typed import NamedTuple


class Command(NamedTuple):
    """One row of the command line."""

    module: str
    """Where its `app` is, a `typer.Typer`; a module may hold several commands."""
    summary: str
    heading: str
    first: bool = False
    """One of the words a patient needs first."""


LOGGING = "Record"
LOOKING = "Look back"
ADVICE = "Plan and advice"
SAFETY = "Warning signs"
DATA = "Your data"
ABOUT = "About you and this program"

HEADINGS = (LOGGING, LOOKING, ADVICE, SAFETY, DATA, ABOUT)


def _row(
    name: str, summary: str, heading: str, *, first: bool = False, module: str = ""
) -> tuple[str, Command]:
    return name, Command(f"spinetrack.cli.{module or name}", summary, heading, first)


COMMANDS: dict[str, Command] = dict(
    (
        _row("log", "Record a day: log 4 sit 35. Alone, it asks you.", LOGGING, first=True),
        _row("undo", "Take back the last thing recorded.", LOGGING, first=True),
        _row("flare", "A flare starts, ends, or your own list of what helps.", ADVICE, first=True),
        _row("suggest", "What to do next, and why.", ADVICE, first=True),
        _row("report", "Write a report for your physio.", LOOKING, first=True),
        _row("redo", "Put back what undo took.", LOGGING, module="undo"),
        _row("start", "Time how long you sit, stand or walk.", LOGGING, module="timing"),
        _row("stop", "End the timing and record it.", LOGGING, module="timing"),
        _row("cancel", "Drop the timing, record nothing.", LOGGING, module="timing"),
        _row("block", "The hours after a test injection: block rate 4.", LOGGING),
        _row("med", "What you take: med take ibuprofen.", LOGGING),
        _row("side-effect", "Keep something unwanted you noticed.", LOGGING, module="side_effect"),
        _row("edit", "Change an entry.", LOGGING),
        _row("move", "Give an entry another day or time.", LOGGING, module="edit"),
        _row("delete", "Remove an entry or a session.", LOGGING, module="edit"),
        _row("history", "List what you recorded.", LOOKING),
        _row("chart", "Your days as a chart.", LOOKING),
        _row("body", "Where it hurts, how often, how much.", LOOKING),
        _row("insight", "What goes with what in your diary.", LOOKING),
        _row("plan", "Today's doses, and the plan behind them.", ADVICE),
        _row("done", "Record an activity of the plan: done sit 25.", ADVICE),
        _row("skip", "Leave out an activity, and why.", ADVICE),
        _row("pace", "A timer in blocks, with breaks to move.", ADVICE),
        _row("score", "Score a questionnaire by its item numbers.", ADVICE),
        _row("goal", "What you want to reach, and how far you are.", ADVICE),
        _row("treat", "What you tried, and what it changed.", ADVICE),
        _row("question", "Keep a question for your next visit.", ADVICE),
        _row("due", "Does something wait for you? For reminders.", ADVICE),
        _row("remind", "An alarm for your phone: remind --at 20:30.", ADVICE),
        _row("screen", "Questions about signs that need a doctor.", SAFETY),
        _row("export", "Your data as a file.", DATA),
        _row("review", "For the physio: read what patients hand over.", DATA),
        _row("import", "Take in an export, or another computer's diary.", DATA, module="import_"),
        _row("backup", "A checked copy of the diary.", DATA),
        _row("restore", "Bring a copy of the diary back.", DATA),
        _row("doctor", "Is the diary well? What to do if not.", DATA),
        _row("encrypt", "Encrypt the diary and its copies.", DATA),
        _row("decrypt", "Make an encrypted diary plain again.", DATA, module="encrypt"),
        _row("rekey", "Another passphrase for the diary.", DATA, module="encrypt"),
        _row("forget", "Let something be gone for good.", DATA),
        _row("profile", "Six questions about you.", ABOUT),
        _row("team", "Who helps you, and what they set.", ABOUT),
        _row("visit", "Your appointments, past and ahead.", ABOUT),
        _row("metric", "Add, list or hide things to record.", ABOUT),
        _row("config", "The thresholds of the rules.", ABOUT),
        _row("guide", "What to type, and when, in short chapters.", ABOUT),
        _row("demo", "Look around with made-up data.", ABOUT),
        _row("completion", "Print the script for the TAB key of your shell.", ABOUT),
        _row("man", "Print the manual page.", ABOUT),
    )
)
"""Command name to where it lives, in the order help lists them."""

SHORT = {"l": "log", "u": "undo", "f": "flare", "r": "report", "s": "suggest"}
"""Short names. A new command never takes one."""


def resolve(word: str) -> str | None:
    """Return the command that `word` names: its name, a short name, or a prefix only it has.

    Returns:
        The command's name, or None when no command or none alone begins so.

    """
    if word in COMMANDS:
        return word
    if word in SHORT:  # kept free also for a command that is not there yet
        return SHORT[word] if SHORT[word] in COMMANDS else None
    found = candidates(word)
    return found[0] if len(found) == 1 else None


def candidates(word: str) -> list[str]:
    """Return the commands that begin with `word`; none for a short name."""
    return [] if word in SHORT else [name for name in COMMANDS if word and name.startswith(word)]


def help_text() -> str:
    """Return what `spinetrack --help` prints."""
    wide = max(map(len, COMMANDS)) + 2
    lines = ["spinetrack: your own record of recovery from back or neck pain.", "", "First:"]
    lines.append(f"  {'(alone)':<{wide}}Today, at a glance. It never writes.")
    lines += [f"  {name:<{wide}}{row.summary}" for name, row in COMMANDS.items() if row.first]
    for heading in HEADINGS:
        lines += ["", f"{heading}:"]
        lines += [
            f"  {name:<{wide}}{row.summary}"
            for name, row in COMMANDS.items()
            if row.heading == heading and not row.first
        ]
    lines += [
        "",
        "Anywhere on the line:",
        "  --home DIR  The folder of your diary (or SPINETRACK_HOME).",
        "  --plain     Plain lines, for a screen reader.",
        "  --help      More about a command: spinetrack log --help",
        "  --version   Which version this is.",
        "",
        "Short: "
        + ", ".join(f"{s} {n}" for s, n in SHORT.items() if n in COMMANDS)
        + ". Or a word's beginning.",
        "Nobody reads this diary but you. In an emergency, call for help.",
    ]
    return "\n".join(lines)
