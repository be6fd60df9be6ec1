"""Every word a patient can read: plain, short, kind, and never more than the program is.

Three sources: the texts written in the code, what the rules say for many made-up patients, and what
the program prints. Source of the rules: clinical.md 13 (verbs to avoid) and 14 (reading age 9 to 11).
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyphen  # type: ignore[import-untyped] # it has no types
import pytest
import textstat
from tests.builders import TODAY, at, ready
from tests.builders import Patient as Built
from tests.conftest import Patient, evening
from tests.recovery.test_medicine_rules import EARLY
from tests.recovery.test_procedure_rules import building, faded, followed

from spinetrack.app import ASCII
from spinetrack.cli.commands import COMMANDS, help_text
from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import Activity, Diary, Observation, Quota
from spinetrack.recovery.findings import Suggestion
from spinetrack.recovery.redflag_items import ITEMS
from spinetrack.recovery.rules.engine import RULES

PACKAGE = Path(__file__).parents[1] / "src/spinetrack"
MOST_WORDS = 20
CORPUS_GRADE = 7.0
TEXT_GRADE = 9.5
LEAST_FOR_GRADE = 12
"""Words below which a grade says nothing."""

FORBIDDEN = re.compile(
    r"\b(diagnos\w*|treat|treats|treated|treating|prescri\w*|detect\w*|predict\w*|monitor\w*|safe|safely|safest)\b",
    re.IGNORECASE,
)
UNKIND = re.compile(
    r"\b(streaks?|fail\w*|lazy|laziness|should have|must not|you must|forgot\w*|excuses?|cheat\w*|your fault|blame\w*"
    r"|complian\w*|non-complian\w*|disappoint\w*|neglect\w*|careless|obey|only \d+ days?|no pain,? no gain"
    r"|bad score|poor score|give up|gave up|great job|well done|awesome|amazing|congratulations|perfect)\b",
    re.IGNORECASE,
)
NAME_OF_A_COMMAND = re.compile(
    r"\bspinetrack treat\b|^treat (?=(?:add|edit|done|end|remove)$)|\btreat(?= +What you tried)"
)
"""What is typed is no promise: the command is called so in design.md."""
ALLOWED: dict[str, str] = {"--otc / --prescribed": "the name of an option of `med add`, from design.md"}
"""A text that may hold a forbidden word, and why."""

_NAMES = "|".join(COMMANDS)
COMMAND = re.compile(rf"spinetrack(?: (?:{_NAMES})\b[^.,;:?\n]*)?|(?<=: )(?:{_NAMES})\b[^,;:?\n]*")
"""A command inside a text counts as one word: behind the program's name, or behind a colon."""


class Said(NamedTuple):
    """A text and where it comes from."""

    where: str
    text: str


# --- the texts in the code -------------------------------------------------------------------


def literal(node: ast.expr) -> str | None:
    """Return the text of a string or f-string; a 4 stands for each value put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "4" for p in node.values)
    return None


def docstrings(tree: ast.Module) -> set[int]:
    """Return the nodes that document code, the string under a field too."""
    return {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }


def texts_of(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in skipped:
            text = literal(node)
            if text and " " in text.strip():
                yield Said(f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", text)


NOT_PROSE = re.compile(
    r"\b(SELECT|INSERT|CREATE|UPDATE|DELETE FROM|PRAGMA|WHERE|compadd|COMPREPLY|VARCHAR)\b|_~|~_|\$\{|\\n\w"
)


@cache
def written() -> tuple[Said, ...]:
    """Return the texts of the whole package that can reach a screen."""
    paths = sorted(p for p in PACKAGE.rglob("*.py") if not p.stem.startswith("completion_"))
    return tuple(s for path in paths for s in texts_of(path) if not NOT_PROSE.search(s.text))


# --- what the rules say ----------------------------------------------------------------------


def some_patient(seed: int) -> Built:
    """Return a made-up patient, the same for the same seed, in one of many states."""
    dice = random.Random(seed)
    patient = Built()
    level = dice.randint(1, 7)
    days = dice.choice((3, 9, 20, 40, 70))
    if dice.random() < 0.8:
        patient.gates(dice.choice((5, 15, 100)), yes=[g for g in ("neuro", "heart") if dice.random() < 0.1])
    if dice.random() < 0.7:
        patient.plan(dice.choice((4, 10, 25, 40)), dice.choice((3, 10, 40)), dice.choice((3, 4, 5)))
    for n in range(days):
        if dice.random() < 0.15:
            continue
        rough = dice.random() < 0.08 or (n < 3 and seed % 4 == 0)
        patient.log(n, flare=True if rough and dice.random() < 0.5 else None)
        patient.entries[-1] = patient.entries[-1]._replace(observations=seen(dice, level, rough=rough))
        for name in ("sit", "stand", "walk"):
            if dice.random() < 0.5:
                session(patient, dice, n, name)
            elif dice.random() < 0.15:
                patient.skip(n, name, dice.choice(("pain", "afraid", "ill", "away", "time")))
    if dice.random() < 0.6:
        patient.screen(dice.choice((0, 0, 3, 20)), *signs(dice))
    return patient


def seen(dice: random.Random, level: int, *, rough: bool) -> tuple[Observation, ...]:
    pain = min(10, max(0, level + dice.randint(-1, 1) + (4 if rough else 0)))
    wider: dict[str, Callable[[], float]] = {
        "limb": lambda: dice.randint(0, 9), "sleep": lambda: dice.choice((270, 400, 480)),
        "sit": lambda: dice.choice((10, 25, 40, 90)), "walk": lambda: dice.choice((5, 15, 30)),
        "mood": lambda: dice.randint(0, 10), "stress": lambda: dice.randint(0, 10),
        "stiff": lambda: dice.choice((10, 45, 70)), "steps": lambda: dice.choice((900, 4000, 9000)),
        "sleepq": lambda: dice.randint(0, 10), "wakes": lambda: dice.randint(0, 5),
        "fatigue": lambda: dice.randint(0, 10), "active": lambda: dice.choice((0, 20, 60)),
    }  # fmt: skip
    others = (Observation(key, draw()) for key, draw in wider.items() if dice.random() < 0.4)
    return (Observation("pain", pain), *others)


def session(patient: Built, dice: random.Random, n: int, name: str) -> None:
    patient.done(
        n,
        name,
        dice.choice((5, 20, 25, 40)),
        pain=dice.randint(0, 8),
        settled=dice.choice((True, True, False, None)),
        spread=dice.random() < 0.05,
        stop=dice.choice((None, None, "pain", "leg")),
    )


def signs(dice: random.Random) -> tuple[list[str], list[str]]:
    some = dice.sample(sorted(ITEMS), 2)
    return (some[:1] if dice.random() < 0.4 else []), (some[1:] if dice.random() < 0.2 else [])


def course(days: int, **more: float) -> Built:
    """Return a patient with steady days since a plan began `days` ago."""
    return ready_since(days).pains([4] * days, **more)


def ready_since(days: int) -> Built:
    return Built().gates(20).screen(0).plan(25, days).plan(25, days)


def maintenance() -> Built:
    return ready_since(60).fact("maintenance", "yes")


def exercise(reps: int) -> Diary:
    patient = Built().gates(20).screen(0).pains([3] * 30)
    day = patient.day(20)
    patient.quotas.append(Quota("bridge", at(day, 8), day, reps, "physio", per_week=3, sets=3, reps=reps))
    for n in (6, 4, 2):
        patient.done(n, "bridge", 3 * reps)
    return patient.diary()._replace(activities=(Activity("bridge", "core", 3, day),))


def goal_behind() -> Built:
    patient = ready().goal("sit", 60, 21, baseline=20)
    for n in range(30):
        patient.log(n, pain=4 - n % 2, sit=20)
    return patient


def goal_reached() -> Built:
    patient = ready().goal("sit", 60, 14, baseline=20).goal("walk", 90, 14, baseline=20).block(40, -9, 2)
    for n in range(20):
        patient.log(n, pain=4 - n % 2, sit=62 if n < 4 else 20, walk=45 if n < 4 else 20)
    return patient


def followed_without_change() -> Built:
    return followed(18)


def boom_and_bust() -> Built:
    patient = ready()
    for n in range(30):
        patient.log(n, pain=3, active={3: 5, 4: 90, 9: 5, 10: 90}.get(n, 30))
    return patient


RARE: dict[str, Callable[[], Built | Diary]] = {
    "BD-1": lambda: ready().pains([4] * 20).numbed(8, hour=20),
    "BD-1 begin": lambda: ready().tried("medial-branch-block", 0),
    "IJ-1": lambda: followed(18, (6, 3), (20, 26)),
    "IJ-1 pain": lambda: followed(18, (6, 3)),
    "IJ-1 neither": followed_without_change,
    "IJ-1 unknown": lambda: followed(18, (6, 3), None),
    "IJ-2": lambda: followed(45, (6, 3)),
    "IJ-3": building,
    "IJ-4": faded,
    "PG-1 procedure": lambda: ready().pains([4] * 20).tried("epidural", 0),
    "CR-1 course": lambda: course(60).tried("physiotherapy", 45, planned=6),
    "CR-2 course": lambda: course(60).tried("exercise", 90),
    "CR-1": lambda: course(45),
    "CR-2": lambda: course(90),
    "CR-3": lambda: course(115).fact("onset", "2025-01-01"),
    "CR-4": lambda: course(50).fact("onset", "2026-02-10"),
    "GO-1": lambda: (
        ready().pains([4] * 20).goal(n=0, weeks=4, why="").goal("pain", 0, 0, weeks=30, confidence=2)
    ),
    "GO-2": goal_behind,
    "GO-3": lambda: ready().pains([4] * 20).goal(n=90),
    "GO-4": goal_reached,
    "GO-5": lambda: ready().pains([4] * 20).goal("pain", 2, 20, baseline=4),
    "PR-5": lambda: course(45).goal("sit", 25, 40),
    "DQ-2": lambda: Built().gates(20).log(9, pain=4),
    "MN-1": lambda: [p := ready_since(60).pains([2] * 60), p.quota("sit", 25, 40, up_to=25)][0],
    "MN-2": lambda: maintenance().pains([2] * 40),
    "MN-3": lambda: ready().pains([2] * 20).fact("season", "2026-04-10 the garden"),
    "PA-1": boom_and_bust,
    "PA-2": lambda: [p := ready(), *(p.log(n, pain=3, active=10 if n < 14 else 40) for n in range(42))][0],
    "PL-2": lambda: course(60).done(33, "sit", 20).done(20, "sit", 20).done(5, "sit", 20),
    "PR-1": lambda: [p := ready().pains([4, 3] * 10), *(p.done(n, "walk", 40) for n in range(1, 5))][0],
    "PR-2": lambda: exercise(8),
    "SL-2": lambda: ready().pains([3] * 20).fact("snore", "yes").fact("sleepy", "yes"),
    **EARLY,
}
"""What it takes for a rule that chance does not reach."""


@cache
def suggested() -> tuple[Suggestion, ...]:
    """Return each different suggestion of a few hundred made-up patients, shown or held back."""
    patients: list[Built | Diary] = [*map(some_patient, range(400)), *(make() for make in RARE.values())]
    found: dict[tuple[str, str], Suggestion] = {}
    for patient in patients:
        diary = patient if isinstance(patient, Diary) else patient.diary()
        assessment = assess(diary, at(TODAY, 22), TODAY)
        for s in (*assessment.suggestions, *(held.suggestion for held in assessment.held)):
            found.setdefault((s.id, s.title + s.message), s)
    return tuple(found.values())


def spoken() -> Iterator[Said]:
    for s in suggested():
        for part in ("title", "message", "sum", "sure"):
            if text := getattr(s, part):
                yield Said(f"{s.id}.{part}", text)
        for fact in s.why:
            yield Said(f"{s.id}.why", fact.fact)


# --- checks ----------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    prose = COMMAND.sub("this", text)
    parts = re.split(r"(?<=[.?!])(?=\s|$)|\n|  +|[·;|]", prose)
    return [p.strip() for p in parts if re.search(r"[A-Za-z]{2}", p)]


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9&'%/-]*[A-Za-z0-9][A-Za-z0-9&'%/-]*", text)


_SYLLABLES = pyphen.Pyphen(lang="en_US")


def flesch_kincaid(text: str) -> float:
    """Return the grade of Flesch and Kincaid (1975), with syllables as hyphenation counts them.

    textstat's own looks for a pronouncing dictionary on the network.
    """
    found, parts = words(text), sentences(text)
    syllables = sum(len(_SYLLABLES.positions(word)) + 1 for word in found)
    return 0.39 * len(found) / len(parts) + 11.8 * syllables / len(found) - 15.59


def grade(text: str) -> float:
    """Return the school year that a text asks for: the middle of three formulas."""
    plain = " ".join(sentences(text))
    return median(
        (
            flesch_kincaid(plain),
            float(textstat.automated_readability_index(plain)),
            float(textstat.coleman_liau_index(plain)),
        )
    )


def is_sentence(text: str) -> bool:
    return (
        bool(re.match(r"""["'(A-Z]""", text.strip())) and text.strip()[-1] in ".?:" and len(words(text)) > 2
    )


def is_prose(text: str) -> bool:
    """Return whether it reads as words for a person, not as a list of keys or a pattern."""
    return bool(re.match(r"""["'(A-Z]""", text.strip())) or text.rstrip()[-1:] in ".?:"


def faults(said: Said) -> Iterator[str]:
    text = said.text
    allowed = any(fragment in text for fragment in ALLOWED)
    if not allowed and (found := FORBIDDEN.search(NAME_OF_A_COMMAND.sub("spinetrack", text))):
        yield f"{said.where}: forbidden word {found[0]!r}: {text}"
    if found := UNKIND.search(text):
        yield f"{said.where}: unkind words {found[0]!r}: {text}"
    if re.search(r"\w!", text):
        yield f"{said.where}: an exclamation mark: {text}"
    if not text.translate(ASCII).isascii():
        yield f"{said.where}: a sign without a plain stand-in: {text}"
    if is_prose(text):
        yield from hard_reading(said)


def hard_reading(said: Said) -> Iterator[str]:
    for sentence in sentences(said.text):
        if len(words(sentence)) > MOST_WORDS:
            yield f"{said.where}: {len(words(sentence))} words: {sentence}"
    if is_sentence(said.text) and len(words(said.text)) >= LEAST_FOR_GRADE and grade(said.text) > TEXT_GRADE:
        yield f"{said.where}: grade {grade(said.text):.1f}: {said.text}"


# --- tests -----------------------------------------------------------------------------------


def test_what_the_code_says_is_plain_short_and_kind() -> None:
    assert not [fault for said in written() for fault in faults(said)]


def test_what_the_rules_say_is_plain_short_and_kind() -> None:
    assert not list(dict.fromkeys(fault for said in spoken() for fault in faults(said)))


def test_each_rule_was_heard() -> None:
    """Without it the test above could pass by silence."""
    assert not set(RULES) - {s.rule for s in suggested()}


def test_each_suggestion_can_be_understood_and_checked() -> None:
    for s in suggested():
        assert s.title, s.id
        assert s.message, s.id
        assert s.source, s.id
        assert s.sure, s.id
        assert s.sum or not s.changes, f"{s.id} changes a dose and shows no sum"


def test_no_message_has_a_hole_in_it() -> None:
    """A part that was left out leaves two blanks, or a blank before a full stop."""
    hole = re.compile(r"  | [.,;:]|(?<!\d)\.\.|[:,] *$|\b(?:None|nan)\b")
    texts = {(s.id, text) for s in suggested() for text in (s.title, s.message, s.sum, s.sure)}
    assert not [found for found in texts if hole.search(found[1])]


SUM = re.compile(r"([\d. +x/()-]*\d[\d. +x/()-]*) = (\d+(?:\.\d+)?)(?:[^;]*?: (\d+(?:\.\d+)?))?")


def test_every_sum_that_is_shown_adds_up() -> None:
    """The patient can check it with a pocket calculator: no rounding is hidden in a factor."""
    wrong, seen = [], 0
    for s in suggested():
        for left, total, rounded in SUM.findall(s.sum):
            seen += 1
            found = eval(left.replace("x", "*"))
            if abs(found - float(total)) > 0.051 or (rounded and float(rounded) > float(total)):
                wrong.append(f"{s.id}: {s.sum}")
    assert seen
    assert not list(dict.fromkeys(wrong))


@pytest.mark.parametrize("room", ["cli", "recovery", "views", "store"])
def test_a_child_of_eleven_can_read_a_room(room: str) -> None:
    found = [said.text for said in written() if said.where.startswith(room) and is_sentence(said.text)]
    assert grade(" ".join(found)) <= CORPUS_GRADE


def test_a_child_of_eleven_can_read_the_suggestions() -> None:
    assert grade(" ".join(said.text for said in spoken() if is_sentence(said.text))) <= CORPUS_GRADE


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_the_pages_about_it_promise_no_more_than_it_is(page: str) -> None:
    text = (PACKAGE.parents[1] / page).read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    assert not [found[0] for found in (*FORBIDDEN.finditer(prose), *UNKIND.finditer(prose))]
    assert "!" not in prose.replace("<!--", "")


BAD = {
    "This app will diagnose you.": "forbidden",
    "It is safe to walk.": "forbidden",
    "You failed to log for a week.": "unkind",
    "Great job, go on!": "unkind",
    "Hello there!": "exclamation",
    "Rest " * 21 + ".": "words",
    "Deterioration of neurological functionality necessitates immediate multidisciplinary "
    "reassessment, irrespective of symptomatic improvement.": "grade",
    "Fever of 38 \u2103 counts.": "stand-in",
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), BAD.items(), ids=BAD.values())
def test_the_checks_can_fail(text: str, fault: str) -> None:
    assert any(fault in found for found in faults(Said("here", text)))


def test_the_formula_agrees_with_a_worked_example() -> None:
    """Flesch and Kincaid by hand: 12 words, 2 sentences, 12 syllables."""
    assert flesch_kincaid("The cat sat on the mat. The dog ran to the tree.") == pytest.approx(-1.45)


# --- what the program prints -----------------------------------------------------------------


def helps(command: str, text: str) -> list[str]:
    """Return the commands below `command` that its help names."""
    _, _, below = text.partition("Commands:\n")
    return [f"{command} {line.split()[0]}" for line in below.splitlines() if re.match(r"  \w", line)]


def every_help(patient: Patient) -> Iterator[Said]:
    waiting = list(COMMANDS)
    while waiting:
        command = waiting.pop()
        text = patient.run(*command.split(), "--help", env={"COLUMNS": "100"}).out
        waiting += helps(command, text)
        yield Said(f"{command} --help", text)


def unwrapped(text: str) -> str:
    """Return a help page with each paragraph and each option's words on one line."""
    return re.sub(r"\n {2,}(?=[a-z(])", " ", text)


def test_every_help_page_is_plain_short_and_kind(patient: Patient) -> None:
    pages = list(every_help(patient))
    assert len(pages) >= len(COMMANDS)
    found: list[str] = []
    for page in (*pages, Said("--help", help_text())):
        for line in unwrapped(page.text).splitlines():
            found += faults(Said(page.where, line.strip())) if line.strip() else []
    assert not found


SCREENS = (
    "", "suggest", "suggest --why", "suggest --all", "plan", "flare status", "flare list", "flare playbook",
    "history", "body", "insight", "chart pain", "screen list", "screen page", "profile", "metric list", "config rules",
    "goal list", "goal show 1", "goal review", "goal milestone 1", "goal rate 1 7", "goal edit 1", "goal show 9",
    "question list", "log now 11", "log pian 4", "log 4 --at tomorrow", "done fly 3", "undo", "redo", "undo",
)  # fmt: skip


def screens(patient: Patient) -> Iterator[Said]:
    for line in SCREENS:
        answer = patient.run(*line.split(), code=None, env={"COLUMNS": "400"})
        yield Said(f"spinetrack {line}", answer.out + answer.err)


def days(patient: Patient, count: int) -> None:
    for day in range(count):
        words = ("log", 3 + day % 3, "sit", 25, "walk", 15, "sleep", "6h30", "--where", "low-back:4")
        patient.run(*words, now=evening(day))
    patient.now = evening(count)


def test_the_screens_of_a_usual_a_bad_and_a_worrying_day(patient: Patient) -> None:
    said = list(screens(patient))
    days(patient, 16)
    said += screens(patient)
    patient.run("profile", "gates", "--none")
    patient.run("screen", "--none")
    patient.run("plan", "set", "sit", 20, "--by", "physio")
    patient.run("goal", "add", "see a film", "--metric", "sit", "--target", 90, "--by", "4w")
    patient.run("done", "sit", 20, "--pain", 3, "--effort", 4, "--settled")
    said += screens(patient)
    patient.run("log", 8, "--flare")
    said += screens(patient)
    patient.run("screen", "--yes", "CE1", code=3)
    said += screens(patient)
    found = [f for page in said for line in page.text.splitlines() for f in faults(Said(page.where, line))]
    assert not list(dict.fromkeys(found))
