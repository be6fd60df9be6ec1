"""The rules of longer courses: exercises, plateaus, levers, reviews, maintenance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.builders import Patient, at, ready

from spinetrack.recovery.diary import Activity, Quota, Session
from spinetrack.recovery.findings import Suggestion

SWING = [4.0, 3.0] * 10


def swing(days: int, **more: float) -> Patient:
    patient = Patient().gates().screen(0)
    for n in range(days - 1, -1, -1):
        patient.log(n, pain=3 + n % 2, **more)  # type: ignore[arg-type]
    return patient


class Trainee(Patient):
    """A patient with one exercise in the plan."""

    activities: list[Activity]

    def train(
        self,
        reps: int = 8,
        n: int = 10,
        *,
        load: float | None = None,
        sets: int = 3,
        hold: int | None = None,
        cleared: bool = False,
    ) -> Trainee:
        self.activities = [Activity("bridge", "core", 3, self.day(n), cleared=cleared, id=1)]
        self.quotas.append(
            Quota(
                "bridge", at(self.day(n), 8), self.day(n), hold or reps, "physio", per_week=3,
                sets=sets, reps=None if hold else reps, hold=hold, load=load,
            )
        )  # fmt: skip
        return self

    def did(
        self,
        n: int,
        dose: float,
        *,
        effort: int | None = 4,
        pain: int | None = 2,
        settled: bool | None = True,
    ) -> Trainee:
        moment = at(self.day(n), 17)
        self.sessions.append(Session("bridge", moment, self.day(n), moment, dose, effort, pain, settled))
        return self

    def diary(self):  # type: ignore[no-untyped-def]  # noqa: ANN201

        return super().diary()._replace(activities=tuple(self.activities))


def trainee(**plan: object) -> Trainee:
    patient = Trainee().gates().screen(0).pains(SWING)
    assert isinstance(patient, Trainee)
    return patient.train(**plan)  # type: ignore[arg-type]


def rise(patient: Patient) -> Suggestion | None:
    return next((s for s in patient.assess().suggestions if s.rule == "PR-2"), None)


def test_an_exercise_done_whole_and_easily_gets_one_more_repetition() -> None:
    found = rise(trainee().did(5, 24).did(3, 24).did(1, 24))
    assert found is not None
    assert [(c.variable, c.before, c.after) for c in found.changes] == [("reps", 8, 9)]


@pytest.mark.parametrize(
    "last",
    [
        {"dose": 21}, {"effort": 6}, {"effort": None}, {"pain": 6}, {"pain": None}, {"settled": False},
        {"settled": None, "pain": 7},
    ],
)  # fmt: skip
def test_one_thing_against_it_is_enough(last: dict[str, object]) -> None:
    values: dict[str, object] = {"dose": 24, **last}
    dose = values.pop("dose")
    patient = trainee().did(5, 24).did(3, 24).did(1, dose, **values)  # type: ignore[arg-type]
    assert rise(patient) is None


def test_two_sessions_are_not_three_and_pain_may_be_two_above_the_day() -> None:
    assert rise(trainee().did(3, 24).did(1, 24)) is None
    assert rise(trainee().did(5, 24).did(3, 24).did(1, 24, pain=5)) is not None


def test_hard_work_with_two_extra_repetitions_counts_too() -> None:
    assert rise(trainee().did(5, 24, effort=7).did(3, 26, effort=7).did(1, 26, effort=7)) is not None
    assert rise(trainee().did(5, 24, effort=7).did(3, 26, effort=7).did(1, 25, effort=7)) is None


@pytest.mark.parametrize(
    ("plan", "change"),
    [
        ({"reps": 12, "load": 10.0}, ("load", 10, 10.5)), ({"reps": 12, "load": 2.0}, None), ({"reps": 12}, None),
        ({"hold": 20}, ("hold", 20, 22)), ({"reps": 3}, ("reps", 3, 4)), ({"reps": 11}, ("reps", 11, 12)),
    ],
)  # fmt: skip
def test_one_variable_changes(plan: dict[str, object], change: tuple[str, float, float] | None) -> None:
    work = 3 * int(str(plan.get("hold") or plan["reps"]))
    found = rise(trainee(**plan).did(5, work).did(3, work).did(1, work))
    assert found is not None
    assert [(c.variable, c.before, c.after) for c in found.changes] == ([change] if change else [])


def plateau(adherence: int = 5, gain: float = 0, **goal: float) -> Patient:
    """Six weeks of walking at 20 min, done `adherence` days a week."""
    patient = swing(45).quota("walk", 20, 44, per_week=5, **goal)  # type: ignore[arg-type]
    for n in range(1, 43):
        if n % 7 < adherence:
            best = 20 + (gain if n <= 14 else 0)
            patient.done(n, "walk", best, pain=6 if n == 3 else 3)
    patient.sessions = [s for s in patient.sessions if s.pain == 3]
    patient.sessions.append(
        patient.sessions[-1]._replace(at=at(patient.day(1), 18), day=patient.day(1), pain=6)
    )
    return patient


def has(patient: Patient, rule: str) -> bool:
    found = patient.assess()
    return any(s.rule == rule for s in found.suggestions)


def found_at_all(patient: Patient, rule: str) -> bool:
    found = patient.assess()
    return has(patient, rule) or any(h.suggestion.rule == rule for h in found.held)


def test_four_weeks_without_gain_are_a_plateau() -> None:
    assert found_at_all(plateau(), "PL-1")
    assert not found_at_all(plateau(gain=2), "PL-1")
    assert found_at_all(plateau(gain=1), "PL-1"), "5 % is not more than 5 %"
    assert not found_at_all(plateau(adherence=3), "PL-1")
    assert not found_at_all(plateau(up_to=20), "PL-1"), "at its ceiling it may stand still"


def test_advanced_levers_need_a_clinician() -> None:
    patient = plateau()
    held = [h.suggestion for h in patient.assess().held] + list(patient.assess().suggestions)
    text = next(s.message for s in held if s.rule == "PL-1")
    assert "kind of set" not in text


def test_low_adherence_without_gain_shrinks_the_plan() -> None:
    patient = plateau(adherence=2)
    found = next(s for s in patient.assess().suggestions if s.rule == "PL-2")
    assert [(c.before, c.after) for c in found.changes] == [(20, 10)]
    assert not found_at_all(plateau(adherence=3), "PL-2")


def stressed(hits: int, episodes: int = 4) -> Patient:
    patient = Patient().gates().screen(0).plan()
    high = {2 + 4 * k: k < hits for k in range(episodes)}
    for n in range(30, -1, -1):
        after_stress = high.get(n + 1)
        patient.log(n, pain=5 if after_stress else 3, stress=8 if n in high else 2)
    return patient


def test_stress_before_pain_three_of_four_times() -> None:
    assert found_at_all(stressed(3), "MD-2")
    assert not found_at_all(stressed(2), "MD-2")
    assert not found_at_all(stressed(3, episodes=3), "MD-2")


def quieter(now: int, *, pain: float = 3, why: str | None = None) -> Patient:
    patient = ready()
    for n in range(42):
        patient.log(n, pain=pain if n < 14 else 3, active=now if n < 14 else 100)
    return patient.skip(3, "walk", why) if why else patient


def test_less_activity_at_the_same_pain() -> None:
    assert found_at_all(quieter(70), "PA-2")
    assert not found_at_all(quieter(71), "PA-2")
    assert not found_at_all(quieter(70, pain=4), "PA-2")
    assert not found_at_all(quieter(70, why="ill"), "PA-2")
    assert found_at_all(quieter(70, why="time"), "PA-2")


def course(day: int, pain_now: float = 4) -> Patient:
    """A plan that began `day` days ago; pain was 4 then."""
    patient = Patient().gates().screen(0).quota("walk", 20, day, up_to=20)
    for n in range(day + 14, -1, -1):
        patient.log(n, pain=(4 if n > 20 else pain_now) + n % 2, walk=20)
    return patient


@pytest.mark.parametrize(("rule", "day"), [("CR-1", 42), ("CR-2", 84), ("CR-3", 112)])
def test_reviews_fall_due_and_stay_until_answered(rule: str, day: int) -> None:
    assert found_at_all(course(day), rule)
    assert not found_at_all(course(day - 1), rule)
    assert found_at_all(course(day + 20), rule)
    assert not found_at_all(course(day + 20).decide(10, rule, "ignore"), rule)


def test_the_twelve_week_review_says_whether_something_was_gained() -> None:
    def text(patient: Patient) -> str:
        return next(s.message for s in patient.assess().suggestions if s.rule == "CR-2")

    assert "clearly better" in text(course(84, pain_now=2))
    assert "next step" in text(course(84))


def test_acute_pain_that_does_not_settle() -> None:
    def acute(now: float, onset: int = 42) -> Patient:
        patient = ready().fact("onset", str(ready().day(onset)))
        for n in range(onset, -1, -1):
            patient.log(n, pain=6 if n > onset - 7 else now)
        return patient

    assert found_at_all(acute(5), "CR-4")
    assert not found_at_all(acute(4), "CR-4")
    assert not found_at_all(acute(5, onset=41), "CR-4")


def changed(now: float, before: float = 5) -> Patient:
    patient = Patient().gates().plan().screen(0)
    for n in range(45, -1, -1):
        patient.log(n, pain=now if n < 8 else before)
    return patient


def test_a_gain_is_said_when_it_is_new() -> None:
    assert found_at_all(changed(3), "OU-1")
    assert not found_at_all(changed(4), "OU-1")
    old = Patient().gates().plan().screen(0)
    for n in range(60, -1, -1):
        old.log(n, pain=3 if n < 30 else 5)
    assert not found_at_all(old, "OU-1")


def test_a_loss_is_said() -> None:
    assert found_at_all(changed(7), "OU-2")
    assert not found_at_all(changed(6), "OU-2")


def kept(days: int, *, flare: int | None = None) -> Patient:
    patient = Patient().gates().screen(0).quota("walk", 30, days, up_to=30)
    for n in range(50, -1, -1):
        patient.log(n, pain=2 + n % 2, flare=True if n == flare else None)
    return patient


def test_four_weeks_at_the_agreed_dose_turn_to_maintenance() -> None:
    assert found_at_all(kept(28), "MN-1")
    assert not found_at_all(kept(27), "MN-1")
    assert not found_at_all(kept(40, flare=20), "MN-1")
    assert not found_at_all(kept(40).fact("maintenance", "yes"), "MN-1")


def test_maintenance_drifts() -> None:
    def patient(sessions: int) -> Patient:
        found = kept(40).fact("maintenance", "yes")
        for n in range(8, 8 + sessions):
            found.done(n, "walk", 30)
        return found

    assert found_at_all(patient(3), "MN-2")
    assert not found_at_all(patient(4), "MN-2")
    assert not found_at_all(kept(40), "MN-2")


def test_a_named_date_is_two_weeks_away() -> None:
    def patient(days: int) -> Patient:
        found = ready().pains(SWING)
        return found.fact("season", f"{found.today + timedelta(days=days)} gardening")

    assert found_at_all(patient(14), "MN-3")
    assert not found_at_all(patient(15), "MN-3")
    assert not found_at_all(patient(0), "MN-3")


MAKERS: dict[str, Callable[[], Patient]] = {
    "PR-2": lambda: trainee().did(5, 24).did(3, 24).did(1, 24),
    "PL-1": plateau,
    "PL-2": lambda: plateau(adherence=2),
    "MD-2": lambda: stressed(3),
    "PA-2": lambda: quieter(70),
    "CR-1": lambda: course(42),
    "CR-2": lambda: course(84),
    "CR-3": lambda: course(112),
    "OU-1": lambda: changed(3),
    "OU-2": lambda: changed(7),
    "MN-1": lambda: kept(28),
    "MN-3": lambda: ready().pains(SWING).fact("season", str(ready().day(-5))),
}


@pytest.mark.parametrize("rule", MAKERS)
def test_an_open_flag_silences_it(rule: str) -> None:
    patient = MAKERS[rule]().screen(1, yes=["CE1"], hour=23)
    assert [s.rule for s in patient.assess().suggestions] == ["RF-5"]


@pytest.mark.parametrize("rule", ["PR-2", "PL-1", "PA-2"])
def test_a_flare_silences_what_adds_load(rule: str) -> None:
    patient = MAKERS[rule]()
    patient.log(0, hour=20, pain=4, flare=True).screen(0, hour=22)
    assert not has(patient, rule)


def test_in_the_first_weeks_the_body_leads() -> None:
    def acute(onset: int, sit: float) -> Patient:
        found = Patient().gates().screen(0).quota("sit", 40, 10).fact("onset", str(Patient().day(onset)))
        for n in range(20, -1, -1):
            found.log(n, pain=3 + n % 2)
        for n in range(3):
            found.log(n, hour=18, sit=sit)
        return found

    assert acute(30, 30).today_of("sit") == 20
    assert acute(30, 60).today_of("sit") == 40
    assert acute(30, 10).today_of("sit") == 20, "never below half of the first dose"
    assert acute(50, 30).today_of("sit") == 40, "later the plan leads"


def test_an_exercise_never_passes_a_ceiling_and_spread_stops_it() -> None:
    at_limit = trainee().did(5, 24).did(3, 24).did(1, 24)
    at_limit.quotas[0] = at_limit.quotas[0]._replace(up_to=8)
    assert rise(at_limit) is None
    spread = trainee().did(5, 24).did(3, 24).did(1, 24)
    spread.sessions[1] = spread.sessions[1]._replace(spread=True)
    assert rise(spread) is None


def test_a_whole_load_reached_in_time_is_not_cut_again() -> None:
    patient = Patient().gates().plan(n=20)
    for n, pain in enumerate([6, 6, 6, 6, 6, 7, 7, 8, 8]):
        patient.log(n, pain=pain).screen(n)
    for n in range(9, 29):
        patient.log(n, pain=4)
    found = patient.assess()
    assert found.flare is not None
    assert [p.today for p in found.plan] == [40, 40, 40]
