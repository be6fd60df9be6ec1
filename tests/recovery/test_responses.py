"""What a treatment changed: windows, class, what ran beside it, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from time import process_time

import pytest

from spinetrack.recovery.assess import assess
from spinetrack.recovery.diary import (
    Diary,
    Entry,
    FlareMark,
    Goal,
    Medicine,
    Observation,
    Score,
    Treatment,
    TreatmentSession,
)
from spinetrack.recovery.responses import Response, Responses
from spinetrack.recovery.treatments import KINDS, find_kind, kind_of, marks_of, procedure_lately

TODAY = date(2026, 6, 1)
ZONE = timezone(timedelta(hours=1))
Value = Callable[[int], float | None]


def at(day: date) -> datetime:
    return datetime.combine(day, time(19), tzinfo=ZONE)


def treatment(kind: str = "physiotherapy", start: int = -28, **more: object) -> Treatment:
    day = TODAY + timedelta(days=start)
    return Treatment(kind, kind, day, at(day), day, id=1)._replace(**more)  # type: ignore[arg-type]


def diary(pain: Value, sit: Value = lambda _: None, days: int = 120, **more: object) -> Diary:
    """A diary whose values on day n (0 is today, -1 yesterday) are what the functions say."""
    entries = []
    for n in range(-days, 1):
        found = [Observation(key, v) for key, f in (("pain", pain), ("sit", sit)) if (v := f(n)) is not None]
        day = TODAY + timedelta(days=n)
        if found:
            entries.append(Entry(at(day), day, at(day), tuple(found)))
    return Diary(entries=tuple(entries), **more)  # type: ignore[arg-type]


def response(book: Diary, what: Treatment, metric: str | None = None, **more: int) -> Response:
    return Responses(book._replace(treatments=(what, *book.treatments)), TODAY).of(what, metric, **more)


def fell(to: float, since: int = -28, base: float = 6) -> Value:
    return lambda n: to if n >= since else base


def level(value: float) -> Value:
    return lambda _: value


def test_a_running_course_is_read_from_day_3_to_28() -> None:
    found = response(diary(fell(3), level(20)), treatment())
    span = found.comparison.span
    start = TODAY - timedelta(days=28)
    assert span.before == (start - timedelta(days=28), start - timedelta(days=1))
    assert span.after == (start + timedelta(days=3), start + timedelta(days=28))
    assert (len(found.comparison.before), len(found.comparison.after)) == (28, 26)
    assert (found.comparison.median_before, found.comparison.median_after) == (6, 3)


def test_the_first_days_say_nothing() -> None:
    odd = diary(lambda n: 10 if -28 <= n < -25 else 6)
    assert set(response(odd, treatment()).comparison.after) == {6}


def test_an_ended_course_is_read_after_its_end() -> None:
    book = diary(lambda n: 2 if n > -30 else 6, level(20))
    found = response(book, treatment(start=-60, end=TODAY - timedelta(days=30)))
    assert found.comparison.span.name == "after the end"
    assert found.comparison.median_after == 2
    assert [other.span.name for other in found.others] == ["course"]


@pytest.mark.parametrize("days", [0, 3, 6])
def test_a_course_that_has_just_ended_waits_for_its_days_and_keeps_those_while_it_ran(days: int) -> None:
    found = response(diary(fell(3), level(20)), treatment(end=TODAY - timedelta(days=days)))
    assert (found.comparison.span.name, len(found.comparison.after)) == ("after the end", days)
    assert (found.verdict, found.cautions[0]) == ("insufficient", "insufficient")
    (ran,) = found.others
    assert (ran.span.name, ran.median_before, ran.median_after) == ("course", 6, 3)
    assert ran.span.after[1] == TODAY - timedelta(days=days)


def test_from_the_seventh_day_after_the_end_it_is_compared() -> None:
    found = response(diary(fell(3), level(20)), treatment(end=TODAY - timedelta(days=7)))
    assert (len(found.comparison.after), found.verdict) == (7, "pain only")


def test_a_course_whose_end_lies_ahead_runs() -> None:
    found = response(diary(fell(3), level(20)), treatment(end=TODAY + timedelta(days=9)))
    assert found.comparison.span.name == "course"
    assert not found.others


@pytest.mark.parametrize(
    ("kind", "age", "first", "last"),
    [
        ("epidural", 20, 10, 18),
        ("facet", 60, 35, 49),
        ("medial-branch-block", 110, 77, 105),
        ("ablation", 60, 35, 49),
        ("ablation", 110, 77, 105),
        ("discectomy", 110, 77, 105),
    ],
)
def test_procedures_are_read_in_their_own_windows(kind: str, age: int, first: int, last: int) -> None:
    found = response(diary(level(5), level(20), days=140), treatment(kind, -age))
    day = TODAY - timedelta(days=age)
    assert found.comparison.span.after == (day + timedelta(days=first), day + timedelta(days=last))
    assert found.comparison.span.before == (day - timedelta(days=14), day - timedelta(days=1))


def test_own_windows() -> None:
    found = response(diary(level(5)), treatment(), before=10, after=12).comparison.span
    start = TODAY - timedelta(days=28)
    assert found.before[0] == start - timedelta(days=10)
    assert found.after == (start + timedelta(days=3), start + timedelta(days=12))


@pytest.mark.parametrize(
    ("kind", "first"),
    [("yoga", 3), ("epidural", 4), ("medial-branch-block", 4), ("ablation", 15), ("fusion", 15)],
)
def test_sore_days_are_left_out_of_own_windows(kind: str, first: int) -> None:
    span = response(diary(level(5)), treatment(kind), after=28).comparison.span
    start = TODAY - timedelta(days=28)
    assert span.after == (start + timedelta(days=first), start + timedelta(days=28))


def test_an_own_window_of_an_ended_course_begins_after_its_end() -> None:
    end = TODAY - timedelta(days=20)
    span = response(diary(level(5)), treatment(start=-60, end=end), before=7, after=10).comparison.span
    assert span.after == (end + timedelta(days=1), end + timedelta(days=10))


@pytest.mark.parametrize(
    ("pain", "sit", "verdict"),
    [
        (level(6), fell(26, base=20), "function improved"),
        (level(6), fell(25.9, base=20), "neither"),
        (fell(3), level(20), "pain only"),
        (fell(4, base=6), level(20), "pain only"),
        (fell(6, base=8), level(20), "neither"),
        (fell(4.5, base=6), level(20), "neither"),
        (fell(3), lambda _: None, "pain only"),
        (level(6), lambda _: None, "neither"),
        (lambda _: None, level(20), "insufficient"),
        (lambda n: 6 if -35 < n < 0 and n != -20 else None, level(20), "insufficient"),
        (lambda n: 6 if n >= -34 else None, level(20), "insufficient"),
        (lambda n: 6 if n >= -35 else None, level(20), "neither"),
    ],
    ids=range(12),
)
def test_the_class(pain: Value, sit: Value, verdict: str) -> None:
    if verdict == "insufficient" and pain(-40) is None and pain(-1) == 6 and pain(-35) is None:
        assert response(diary(pain, sit), treatment(), "pain").comparison.overlap is None
    assert response(diary(pain, sit), treatment()).verdict == verdict


def test_the_class_speaks_of_what_was_asked_for() -> None:
    alone = diary(lambda _: None, level(20))
    assert response(alone, treatment(), "sit").verdict == "neither"
    assert response(alone, treatment(), "pain").verdict == "insufficient"
    assert response(diary(level(6), level(20)), treatment(), "walk").verdict == "neither"


def test_psfs_counts_as_function() -> None:
    start = TODAY - timedelta(days=28)
    scores = tuple(
        Score("psfs", at(day), day, (), total, labels=("swim",))
        for day, total in ((start - timedelta(days=3), 4.0), (start + timedelta(days=20), 6.0))
    )
    assert response(diary(level(6), level(20), scores=scores), treatment()).verdict == "function improved"
    other = (scores[0], scores[1]._replace(labels=("dance",)))
    assert response(diary(level(6), level(20), scores=other), treatment()).verdict == "neither"


def test_a_score_of_long_ago_is_no_before() -> None:
    start = TODAY - timedelta(days=28)
    late = Score("psfs", at(TODAY), TODAY, (), 7.0, labels=("swim",))
    for age, verdict in ((56, "function improved"), (57, "neither")):
        day = start - timedelta(days=age)
        early = late._replace(at=at(day), day=day, total=4.0)
        book = diary(level(6), level(20), scores=(early, late))
        assert response(book, treatment()).verdict == verdict


def test_what_grew_most_stands_first() -> None:
    book = diary(level(6), lambda n: 30 if n >= -28 else 20)
    rows = tuple(
        e._replace(
            observations=(*e.observations, Observation("walk", 40 if n >= len(book.entries) - 29 else 20))
        )
        for n, e in enumerate(book.entries)
    )
    found = response(book._replace(entries=rows), treatment())
    assert [c.metric for c in found.function] == ["walk", "sit"]
    assert found.pain.metric == "pain"
    assert found.knows_function


def test_the_usual_metric_is_that_of_the_weightiest_goal() -> None:
    def goal(metric: str, importance: int, number: int) -> Goal:
        return Goal(metric, metric, 60, TODAY, at(TODAY), TODAY, importance=importance, id=number)

    book = diary(level(6), level(20))
    assert Responses(book, TODAY).usual_metric == "pain"
    goals = (goal("walk", 1, 1), goal("sit", 3, 2), goal("mood", 3, 3))
    assert Responses(book._replace(goals=goals), TODAY).usual_metric == "sit"
    closed = tuple(g._replace(status="closed") for g in goals)
    assert Responses(book._replace(goals=closed), TODAY).usual_metric == "pain"


def test_where_the_metric_of_the_goal_was_hardly_logged_pain_is_read() -> None:
    goal = Goal("film", "sit", 60, TODAY, at(TODAY), TODAY, importance=2, id=1)
    some = diary(fell(3), lambda n: 20 if n % 9 == 0 else None, goals=(goal,))
    assert response(some, treatment()).comparison.metric == "pain"
    assert response(some, treatment(), "sit").comparison.metric == "sit"
    neither = diary(lambda n: 5 if n % 9 == 0 else None, lambda n: 20 if n % 9 == 0 else None, goals=(goal,))
    assert response(neither, treatment()).comparison.metric == "sit"


def test_what_ran_beside_is_named_in_order_of_time() -> None:
    others = (
        treatment("massage", -90, id=2, name="massage", end=TODAY - timedelta(days=20)),
        treatment("yoga", -200, id=3, name="old yoga", end=TODAY - timedelta(days=100)),
        treatment("mri", -20, id=4, name="mri"),
        treatment("epidural", -130, id=5, name="needle"),
    )
    pills = (
        Medicine("ibuprofen", TODAY - timedelta(days=10), at(TODAY), TODAY),
        Medicine("codeine", TODAY - timedelta(days=100), at(TODAY), TODAY, until=TODAY - timedelta(days=70)),
    )
    found = response(diary(level(6), treatments=others, medicines=pills), treatment())
    assert found.beside == ("needle", "massage", "ibuprofen")
    assert "other treatment" in found.cautions


def test_the_cautions() -> None:
    plain = response(diary(lambda n: 5 + n % 2, level(20)), treatment())
    assert plain.cautions == ("regression to the mean",)
    slow = response(diary(lambda n: 6 + n // 9), treatment(), "pain")
    assert slow.comparison.trend is not None
    assert {"trend before", "autocorrelation"} <= set(slow.cautions)
    short = response(diary(lambda n: 5 + n % 2 if n > -40 else None), treatment(), "pain")
    assert "short baseline" in short.cautions
    few = response(diary(lambda n: 5.0 if n % 5 == 0 else None), treatment(), "pain")
    assert few.cautions[0] == "insufficient"
    bumpy = diary(lambda n: 5 + n % 2)
    rows = tuple(e._replace(flare=True) if e.day == TODAY else e for e in bumpy.entries)
    assert "flare" in response(bumpy._replace(entries=rows), treatment(), "pain").cautions
    marked = bumpy._replace(marks=(FlareMark("start", at(TODAY), TODAY),))
    assert "flare" in response(marked, treatment(), "pain").cautions
    assert "flare" not in response(marked, treatment(start=-90), "pain").cautions


def test_a_flare_that_nobody_named_is_a_caution_too() -> None:
    book = diary(lambda n: 8.0 if -12 <= n <= -6 else 4.0)
    what = treatment()
    flares = assess(book, at(TODAY), TODAY).flares
    assert flares
    assert "flare" in Responses(book, TODAY, flares).of(what).cautions
    assert "flare" not in Responses(book, TODAY).of(what).cautions


def test_a_course_that_is_not_finished() -> None:
    done = tuple(TreatmentSession(1, at(TODAY), TODAY, id=n) for n in (1, 2))
    book = diary(level(6), treatment_sessions=done)
    found = response(book, treatment(planned=6))
    assert (found.done, found.unfinished) == (2, True)
    assert not response(book, treatment(planned=2)).unfinished
    assert not response(book, treatment()).unfinished
    assert response(book, treatment(stopped="moved")).unfinished
    assert "unfinished" in found.cautions
    assert "unfinished" not in response(book, treatment(planned=2)).cautions


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("physio", "physiotherapy"),
        ("Tai Chi", "tai-chi"),
        ("rfa", "ablation"),
        ("Radiofrequency ablation", "ablation"),
        ("MRI", "mri"),
        ("esi", "epidural"),
        ("robot", "robot-assisted"),
        ("acup", "acupuncture"),
    ],
)
def test_a_kind_has_many_names(typed: str, key: str) -> None:
    assert find_kind(typed).key == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("physiotherapy course", "physiotherapy"),
        ("massage therapy", "massage"),
        ("cognitive behavioral therapy", "cbt"),
        ("behavioural therapy", "cbt"),
        ("acceptance and commitment therapy", "act"),
        ("epidural steroid injection", "epidural"),
        ("facet joint injection", "facet"),
        ("SI joint injection", "sacroiliac"),
        ("nerve root block", "injection"),
        ("robot-assisted fusion", "robot-assisted"),
        ("3D standing imaging", "standing-imaging"),
        ("MRI scan", "mri"),
        ("surgery (fusion)", "fusion"),
        ("imaging: MRI", "mri"),
        ("cortisone injection", "injection"),
        ("Other injection", "injection"),
    ],
)
def test_what_patients_write_on_a_letter_names_it_too(typed: str, key: str) -> None:
    assert find_kind(typed).key == key


def test_every_kind_is_found_by_its_label_and_only_one_has_a_name() -> None:
    for kind in KINDS.values():
        assert find_kind(kind.label) is kind
        assert find_kind(kind.key) is kind
    words = [word for kind in KINDS.values() for word in (kind.key, *kind.words)]
    assert len(words) == len(set(words))
    assert kind_of(treatment("something newer")).key == "other"


def test_marks_and_procedures_lately() -> None:
    rows = (treatment("massage", -30, end=TODAY - timedelta(days=2)), treatment("facet", -90, id=2))
    book = diary(level(5), treatments=rows)
    since = TODAY - timedelta(days=60)
    assert marks_of(book, since, TODAY) == (
        (TODAY - timedelta(days=30), "massage"),
        (TODAY - timedelta(days=2), "massage ends"),
    )
    assert procedure_lately(book, TODAY)
    assert not procedure_lately(book, TODAY + timedelta(days=1))
    assert not procedure_lately(book, TODAY - timedelta(days=91))


def test_a_lower_bound_is_no_limit() -> None:
    """Sitting was ended by other things on most days before: that is not what the body allowed."""
    book = diary(lambda n: 5 + n % 2, level(30))

    def bounded(days: range) -> Diary:
        rows = []
        for entry in book.entries:
            n = (entry.day - TODAY).days
            low = n in days and n % 3
            seen = tuple(
                Observation("sit", 10, at_least=True) if low and o.metric == "sit" else o
                for o in entry.observations
            )
            rows.append(entry._replace(observations=seen))
        return book._replace(entries=tuple(rows))

    before, after = bounded(range(-60, -28)), bounded(range(-28, 1))
    assert response(before, treatment(), "sit").verdict == "neither"
    found = response(after, treatment(), "sit").comparison
    assert found.median_after == 30
    assert found.overlap is not None
    assert found.overlap.nap == 0.5


@pytest.mark.parametrize(
    ("pain", "beats"),
    [(lambda n: 8 + n // 9 if n < -28 else 1, True), (lambda n: 12 + n // 9 if n < -28 else 9, False)],
)
def test_against_a_trend_the_metrics_own_way_counts(pain: Value, beats: bool) -> None:
    found = response(diary(lambda n: 20 - (pain(n) or 0)), treatment(), "sit").comparison
    assert found.metric == "sit"
    assert found.beats_trend is None
    falling = response(diary(lambda n: 3 - n // 9 if n < -28 else (1 if beats else 9)), treatment(), "pain")
    assert falling.comparison.beats_trend is beats
    assert falling.comparison.corrected is not None
    assert falling.comparison.beyond_trend == -falling.comparison.corrected.tau_b


def test_what_got_worse_is_said_beside_what_got_better() -> None:
    hurt = response(diary(fell(8, base=3), fell(27, base=20)), treatment())
    assert (hurt.verdict, hurt.cautions[-1]) == ("function improved", "more pain")
    weak = response(diary(fell(3, base=7), fell(10, base=40)), treatment())
    assert (weak.verdict, weak.cautions[-1]) == ("pain only", "less function")


def test_ten_years_of_days_take_less_than_a_second_of_computing() -> None:
    book = diary(lambda n: 4 + n * n % 4, lambda n: 20 + n * 7 % 11, days=3650)
    tried = tuple(treatment("massage", -150 * n, id=n) for n in range(2, 22))
    began = process_time()
    reader = Responses(book._replace(treatments=tried), TODAY)
    found = [reader.of(what, metric) for what in tried for metric in ("pain", "sit")]
    whole = reader.of(tried[10], "pain", before=1800, after=1800)
    assert process_time() - began < 1
    assert all(r.comparison.enough for r in found)
    assert min(len(whole.comparison.before), len(whole.comparison.after)) > 1500
