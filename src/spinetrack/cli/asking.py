"""The guided questions about the patient. Each answer is stored as it is given; Enter skips one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import ExitCode, SpinetrackError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary

SIX = ("country", "units", "regions", "onset", "name", "carer")
"""The questions of `spinetrack profile`, in order."""
FREE = frozenset({"country", "onset", "name", "regions"})
"""Questions that a no leaves open."""
KEYS = "Enter skips · b back · q stop"


def ask_profile(app: App) -> int:
    """Ask the six questions, then the care questions where they lack an answer; return the exit code."""
    from spinetrack.recovery.profile import FACTS, gates_of, value_of

    app.say(KEYS)
    code = _ask_all(
        app,
        SIX,
        lambda key, diary: FACTS[key] + _now(value_of(diary, key)),
        _keep_fact,
    )
    if code != ExitCode.OK:
        return code
    if any(answer is None for answer in gates_of(_diary(app), app.today()).values()):
        return ask_gates(app)
    app.say("That is all. To see it: spinetrack profile show")
    return ExitCode.OK


def _now(value: str | None) -> str:
    return f"  (now: {value})" if value else ""


def ask_gates(app: App) -> int:
    """Say what the program is, ask the nine care questions and whether it shall suggest rises."""
    from spinetrack.cli.showing import show
    from spinetrack.recovery.profile import FACTS, GATES
    from spinetrack.views.echo import fold
    from spinetrack.views.profile_page import about_page, mode_words

    show(app, about_page())
    app.say("")
    app.say("y yes · n no · u not sure (counts as yes) · " + KEYS)
    keys = (*(f"gate:{name}" for name in GATES), "rises")
    questions = {**{f"gate:{name}": text for name, text in GATES.items()}, "rises": FACTS["rises"]}
    code = _ask_all(app, keys, lambda key, _: questions[key], _keep_gate)
    if code == ExitCode.OK:
        for line in fold(mode_words(_diary(app), app.today()), min(app.width, 80)):
            app.say(line)
    return code


def _ask_all(
    app: App,
    keys: tuple[str, ...],
    question: Callable[[str, Diary], str],
    keep: Callable[[App, str, str], None],
) -> int:
    place = 0
    try:
        while place < len(keys):
            step = _ask(app, keys[place], question(keys[place], _diary(app)), keep)
            if step == 0:
                break
            place = max(0, place + step)
    except (KeyboardInterrupt, EOFError):
        app.complain("\nStopped. What you answered is kept.")
        return ExitCode.INTERRUPTED
    return ExitCode.OK


def _ask(app: App, key: str, question: str, keep: Callable[[App, str, str], None]) -> int:
    """Ask one question until it is answered or skipped; return 1 to go on, -1 to go back, 0 to stop."""
    from spinetrack.views.echo import fold

    for line in fold(question, min(app.width, 80)):
        app.say(line)
    while True:
        typed = app.ask("> ")
        if not typed or (key in FREE and typed.lower() in {"n", "no", "-"}):
            return 1
        if typed.lower() in {"b", "back"}:
            return -1
        if typed.lower() in {"q", "quit"}:
            return 0
        try:
            keep(app, key, typed)
        except SpinetrackError as refusal:
            app.say(str(refusal).removesuffix(" Nothing was saved."))
            if refusal.hint:
                app.say(refusal.hint)
            continue
        return 1


def _keep_fact(app: App, key: str, typed: str) -> None:
    from spinetrack.cli.facts import fact_value

    _write(app, key, fact_value(key, typed))


def _keep_gate(app: App, key: str, typed: str) -> None:
    from spinetrack.errors import ValueRefusedError

    word = typed.lower()
    if key == "rises":
        _keep_fact(app, key, typed)
        return
    if word not in {"y", "yes", "n", "no", "u", "unsure", "not sure"}:
        raise ValueRefusedError("Please answer y, n or u.")
    _write(app, key, "no" if word.startswith("n") and word != "not sure" else "yes")


def _write(app: App, key: str, value: str) -> None:
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import ProfileFact

    row = ProfileFact(key, value, app.now(), app.today())
    record(app, f"profile {key.removeprefix('gate:')}", lambda _, writer: writer.add(row))


def _diary(app: App) -> Diary:
    with app.open_store() as store:
        return store.diary(app.today(), app.today())
