"""`spinetrack pace`: a session in blocks, recorded once however it ends. Time is pretended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Answer, Patient

from spinetrack.cli import pace_clock
from spinetrack.cli.checkin import HungUpError
from spinetrack.recovery.diary import Session
from spinetrack.store import Store

PRESS = Callable[[], None]


class Time(pace_clock.Ticker):
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


class Fingers:
    """Presses keys, or does other things, at the given seconds from the start."""

    def __init__(self, ticker: Time, presses: Mapping[float, str | PRESS]) -> None:
        self.ticker = ticker
        self.presses = dict(sorted(presses.items()))
        self.began = ticker.now()

    def wait(self, seconds: float) -> str:
        when = next(iter(self.presses), None)
        if when is None or self.began + when > self.ticker.now() + seconds:
            self.ticker.sleep(seconds)
            return ""
        self.ticker.at = max(self.ticker.at, self.began + when)
        press = self.presses.pop(when)
        if isinstance(press, str):
            return press
        press()
        return ""


def paced(
    patient: Patient,
    *words: object,
    presses: Mapping[float, str | PRESS] | None = None,
    code: int = 0,
    ticker: Time | None = None,
) -> Answer:
    """Run `pace` in pretended time; without `presses` nobody is at the keyboard."""
    ticker = ticker or Time()

    @contextmanager
    def keyboard(run: object, given: object) -> Iterator[object]:
        del run, given
        yield pace_clock.NoKeys(ticker) if presses is None else Fingers(ticker, presses)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("spinetrack.cli.pace.Ticker", lambda: ticker)
        patch.setattr("spinetrack.cli.pace.keyboard", keyboard)
        return patient.run("pace", *words, code=code)


def signalled(number: signal.Signals) -> PRESS:
    return lambda: os.kill(os.getpid(), number)


def sessions(patient: Patient) -> tuple[Session, ...]:
    with Store(patient.home, lambda: datetime.fromisoformat(patient.now)) as store:
        return store.diary().sessions


def the_session(patient: Patient) -> Session:
    (found,) = sessions(patient)
    return found


def with_commands(folder: Path, *lines: tuple[object, ...]) -> Patient:
    patient = Patient(folder)
    for words in lines:
        patient.run(*words)
    return patient


@pytest.fixture(scope="module")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Patient:
    return with_commands(
        tmp_path_factory.mktemp("planned"),
        ("profile", "gates", "--none"),
        ("screen", "--none"),
        ("plan", "set", "sit", 30, "--by", "physio"),
        ("plan", "add", "bridge", "--sets", 3, "--reps", 8, "--rest", 30, "--by", "physio"),
        ("plan", "add", "side-plank", "--sets", 2, "--hold", 20, "--by", "physio"),
    )


@pytest.fixture
def planned(planned_once: Patient, patient: Patient) -> Patient:
    """Return a patient with a plan: sit 30 min, bridge 3 x 8, side-plank 2 x 20 s."""
    shutil.copytree(planned_once.home, patient.home)
    return patient


# -- to the end ------------------------------------------------------------------------------------


def test_the_dose_of_today_in_blocks(planned: Patient) -> None:
    answer = paced(planned, "sit")
    assert answer.lines[0] == "sit 30 min, in 2 blocks with 2 min to move between them."
    assert answer.lines[1] == "Block 1 of 2: 15 min."
    assert "Break, 2 min: stand up and walk about." in answer.lines
    minutes = [line for line in answer.lines if line.startswith("sit: ")]
    assert minutes == [f"sit: {n} of 30 min." for n in range(1, 30) if n != 15]
    assert "\r" not in answer.out
    assert "\a" not in answer.out
    assert "#s1  Mon 2 Mar: sit 30 min done." in answer.lines
    assert "undo: spinetrack undo" in answer.lines


def test_what_is_recorded(planned: Patient) -> None:
    paced(planned, "sit")
    session = the_session(planned)
    assert (session.activity, session.dose, session.source) == ("sit", 30, "pace")
    assert (session.stop, session.minimum, session.pain, session.settled) == (None, False, None, None)
    assert session.at == datetime.fromisoformat(planned.now)
    assert session.recorded_at - session.at == timedelta(minutes=32)


def test_blocks_and_breaks_as_asked(planned: Patient) -> None:
    out = paced(planned, "sit", "--block", 10, "--break", 5).out
    assert out.startswith("sit 30 min, in 3 blocks with 5 min to move between them.")
    assert out.count("Break, 5 min: ") == 2
    assert paced(planned, "sit", "--break", 0).out.count("Break") == 0


def test_one_block_needs_no_break(planned: Patient) -> None:
    planned.run("plan", "set", "sit", 20, "--by", "physio")
    out = paced(planned, "sit").out
    assert out.startswith("sit 20 min.\n")
    assert "lock 1" not in out
    assert "Break" not in out


def test_a_minimum_session_is_five_minutes(planned: Patient) -> None:
    out = paced(planned, "sit", "--minimum").out
    assert "small session" in out
    assert (the_session(planned).dose, the_session(planned).minimum) == (5, True)


def test_a_minimum_session_is_never_more_than_the_dose(planned: Patient) -> None:
    planned.run("plan", "set", "sit", 3, "--by", "physio")
    paced(planned, "sit", "--minimum")
    assert the_session(planned).dose == 3


def test_in_a_flare_the_lower_dose(planned: Patient) -> None:
    planned.run("log", 7, "--flare")
    out = paced(planned, "sit").out
    assert out.splitlines()[0].startswith("sit 20 min")
    assert "Lower today: a flare." in out
    assert the_session(planned).dose == 20


def test_it_can_be_undone(planned: Patient) -> None:
    paced(planned, "sit")
    assert "pace sit (30 min)" in planned.run("undo").out
    assert sessions(planned) == ()


def test_json_is_all_there_is_on_standard_output(planned: Patient) -> None:
    answer = paced(planned, "sit", "--json")
    (session,) = answer.json["sessions"]
    assert (session["activity"], session["dose"], session["stop"]) == ("sit", 30, None)
    assert "sit: 14 of 30 min." in answer.err


# -- stopped ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("p", "pain"),
        ("l", "leg"),
        ("s", "stiff"),
        ("t", "tired"),
        ("e", "task"),
        ("m", "timer"),
        ("\r", None),
    ],
)
def test_s_stops_and_asks_by_one_key(planned: Patient, key: str, reason: str | None) -> None:
    answer = paced(planned, "sit", presses={725: "s", 730: "x", 731: key})
    assert "What ended it?  p pain, l leg" in answer.out
    session = the_session(planned)
    assert (session.dose, session.stop) == (12, reason)


def test_q_stops_without_a_question(planned: Patient) -> None:
    answer = paced(planned, "sit", presses={60: "q"})
    assert "What ended it?" not in answer.out
    assert (the_session(planned).dose, the_session(planned).stop) == (1, None)


def test_the_least_is_a_minute(planned: Patient) -> None:
    paced(planned, "sit", presses={3: "q"})
    assert the_session(planned).dose == 1


def test_a_break_is_no_work(planned: Patient) -> None:
    paced(planned, "sit", presses={15 * 60 + 100: "q"})
    assert the_session(planned).dose == 15


def test_a_pause_is_no_work(planned: Patient) -> None:
    out = paced(planned, "sit", presses={300: "p", 5000: "p", 5300: "q"}).out
    assert out.index("Paused.") < out.index("Going on.")
    assert the_session(planned).dose == 10


@pytest.mark.parametrize(("key", "reason"), [("q", None), ("s", "leg")])
def test_a_pause_can_end_it(planned: Patient, key: str, reason: str | None) -> None:
    paced(planned, "sit", presses={300: "p", 400: key, 401: "l"})
    assert (the_session(planned).dose, the_session(planned).stop) == (5, reason)


def test_a_computer_that_slept_did_not_sit(planned: Patient) -> None:
    """Nobody looks at the clock for an hour: that hour is not counted as done."""
    ticker = Time()

    def sleep() -> None:
        ticker.at += 3600

    paced(planned, "sit", presses={600: sleep}, ticker=ticker)
    session = the_session(planned)
    assert session.dose == 30
    assert session.recorded_at - session.at >= timedelta(minutes=92)


# -- cut off ---------------------------------------------------------------------------------------


def test_ctrl_c_records_without_a_reason(planned: Patient) -> None:
    answer = paced(planned, "sit", presses={600: signalled(signal.SIGINT)}, code=130)
    assert "sit 10 min done" in answer.out
    assert (the_session(planned).dose, the_session(planned).stop) == (10, None)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_closed_terminal_records_what_was_done(planned: Patient, number: signal.Signals) -> None:
    paced(planned, "sit", presses={600: signalled(number)}, code=128 + number)
    assert (the_session(planned).dose, the_session(planned).stop) == (10, None)


def test_a_keyboard_that_ends_records_too(planned: Patient) -> None:
    def end() -> None:
        raise HungUpError(1)

    paced(planned, "sit", presses={600: end}, code=129)
    assert the_session(planned).dose == 10


def test_a_terminal_closed_at_the_question_records_without_a_reason(planned: Patient) -> None:
    paced(planned, "sit", presses={600: "s", 610: signalled(signal.SIGHUP)}, code=129)
    assert (the_session(planned).dose, the_session(planned).stop) == (10, None)


def test_it_is_recorded_once(planned: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More signals while it is being written change nothing."""
    from spinetrack.cli import record

    real = record.record

    def hit(*given: object, **more: object) -> object:
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            os.kill(os.getpid(), number)
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(record, "record", hit)
    paced(planned, "sit", presses={600: signalled(signal.SIGTERM)}, code=143)
    assert the_session(planned).dose == 10
    paced(planned, "sit")
    assert [s.dose for s in sessions(planned)] == [10, 30]


def test_the_handlers_are_given_back(planned: Patient) -> None:
    before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)]
    paced(planned, "sit")
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)] == before


def test_a_session_that_cannot_be_kept_says_how_to_write_it_down(planned: Patient) -> None:
    planned.file.chmod(0o600)

    def spoil() -> None:
        planned.file.write_text("shopping list\n" * 100)

    answer = paced(planned, "sit", presses={600: spoil, 660: "q"}, code=4)
    assert "To record it by hand: spinetrack done sit 11" in answer.err


def start_process(patient: Patient) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "spinetrack", "pace", "sit"],
        env={**patient.environ, "SPINETRACK_NOW": patient.now},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().startswith("sit 30 min")
    return child


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)]
)
def test_a_real_process_that_is_ended(planned: Patient, number: signal.Signals, code: int) -> None:
    child = start_process(planned)
    child.send_signal(number)
    _, said = child.communicate(timeout=20)
    assert (child.returncode, said) == (code, "")
    assert the_session(planned).dose == 1


def test_a_reader_who_leaves(planned: Patient) -> None:
    """`pace sit | head -1`: nobody sees the lines any more, and what was done is kept."""
    ticks = {60: lambda: (_ for _ in ()).throw(BrokenPipeError())}
    paced(planned, "sit", presses=ticks)  # type: ignore[arg-type] # a press that fails
    assert the_session(planned).dose == 1


# -- exercises -------------------------------------------------------------------------------------


def test_an_exercise_goes_in_sets_with_rests(planned: Patient) -> None:
    answer = paced(planned, "bridge")
    assert answer.lines[:5] == [
        "bridge: 3 sets.",
        "Set 1 of 3: 8 times.",
        "Rest, 30 seconds.",
        "Set 2 of 3: 8 times.",
        "Rest, 30 seconds.",
    ]
    session = the_session(planned)
    assert (session.dose, session.sets, session.reps, session.hold) == (24, 3, 8, None)
    assert session.recorded_at - session.at == timedelta(seconds=3 * 32 + 2 * 30)


def test_a_hold_is_as_long_as_it_says(planned: Patient) -> None:
    assert "Set 2 of 2: hold 20 seconds." in paced(planned, "side-plank").out
    session = the_session(planned)
    assert (session.dose, session.sets, session.reps, session.hold) == (40, 2, None, 20)


def test_enter_ends_a_set_early(planned: Patient) -> None:
    paced(planned, "bridge", presses={5: "\r", 10: "\n", 20: "\r", 21: "\r", 30: "\n"})
    session = the_session(planned)
    assert (session.sets, session.dose) == (3, 24)
    assert session.recorded_at - session.at == timedelta(seconds=30)


@pytest.mark.parametrize(("at", "sets", "reps"), [(16, 1, 4), (1, 1, 1), (40, 1, 8), (70, 1, 8), (100, 2, 8)])
def test_a_stopped_exercise_counts_whole_sets(planned: Patient, at: float, sets: int, reps: int) -> None:
    paced(planned, "bridge", presses={at: "s", at + 1: "l"})
    session = the_session(planned)
    assert (session.sets, session.reps, session.dose, session.stop) == (sets, reps, sets * reps, "leg")


def test_a_minimum_of_an_exercise_is_one_set(planned: Patient) -> None:
    paced(planned, "bridge", "--minimum")
    assert (the_session(planned).sets, the_session(planned).minimum) == (1, True)


# -- refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("walk",), "walk has no planned dose yet. Nothing was started."),
        (("fly",), 'Your plan holds nothing called "fly".'),
        (("sti",), "Did you mean sit?"),
        (("sit", "--block", 46), "A block has 1 to 45 minutes."),
        (("sit", "--block", 0), "A block has 1 to 45 minutes."),
        (("sit", "--break", 31), "A break has 0 to 30 minutes."),
    ],
)
def test_what_cannot_be_paced(planned: Patient, words: tuple[object, ...], says: str) -> None:
    answer = paced(planned, *words, code=1)
    assert says in answer.err
    assert answer.out == ""
    assert len(answer.err.splitlines()) <= 2
    assert sessions(planned) == ()


def test_not_under_an_open_warning_sign(planned: Patient) -> None:
    planned.run("screen", "--yes", "CE1", code=3)
    answer = paced(planned, "sit", code=1)
    assert answer.err.startswith("No doses are given while a warning sign is open. Nothing was started.")
    assert sessions(planned) == ()


def test_not_while_it_pauses(planned: Patient) -> None:
    for day in (1, 2):
        now = f"2026-03-0{day + 2}T18:00:00+00:00"
        planned.run("done", "sit", 30, "--pain", 3, "--spread", now=now)
    planned.now = "2026-03-04T19:00:00+00:00"
    answer = paced(planned, "sit", code=1)
    assert answer.err.startswith("sit pauses today: symptoms spread")


def test_not_after_a_long_gap(planned: Patient) -> None:
    planned.run("log", 4)
    planned.now = "2026-04-20T19:00:00+00:00"
    assert "a gap of four weeks" in paced(planned, "sit", code=1).err


# -- a real terminal -------------------------------------------------------------------------------


@contextmanager
def terminal(patient: Patient, *words: str, columns: int = 80) -> Iterator[pexpect.spawn]:
    environ = {**patient.environ, "SPINETRACK_NOW": patient.now, "TERM": "xterm", "COLUMNS": str(columns)}
    child = pexpect.spawn(
        sys.executable, ["-m", "spinetrack", *words], env=environ, encoding="utf-8", timeout=20,
        dimensions=(40, columns), echo=False,
    )  # fmt: skip
    try:
        yield child
    finally:
        child.close(force=True)


def test_keys_in_a_real_terminal(planned: Patient) -> None:
    with terminal(planned, "pace", "sit") as child:
        child.expect_exact("p pause · s stop and say why · q stop")
        child.expect_exact("sit 1/2  15:00 left   p pause  s stop  q stop")
        child.expect_exact("\rsit 1/2  14:59 left")
        child.send("\x1b[A")
        child.send("p")
        child.expect_exact("Paused.")
        child.send("p")
        child.expect_exact("Going on.")
        child.send("sl")
        child.expect_exact("What ended it?")
        child.expect_exact("#s1  Mon 2 Mar   sit 1 min done · ended by leg symptoms")
        child.expect(pexpect.EOF)
        child.close()
    assert child.exitstatus == 0
    assert the_session(planned).stop == "leg"


def test_a_real_terminal_that_is_closed(planned: Patient) -> None:
    with terminal(planned, "pace", "sit", columns=40) as child:
        child.expect_exact("sit 1/2  15:00 left")
        child.close(force=False)
        for _ in range(100):
            if sessions(planned):
                break
            time.sleep(0.1)
    assert the_session(planned).dose == 1
