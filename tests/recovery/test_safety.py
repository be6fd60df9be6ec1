"""The safety properties of design.md section 5, over generated patients."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import assume, find, given
from hypothesis import strategies as st
from tests.builders import Patient

from spinetrack.recovery.diary import Observation
from spinetrack.recovery.findings import Assessment
from spinetrack.recovery.profile import GATES, is_other
from spinetrack.recovery.treatments import KINDS, PAUSE_DAYS, SURGERY_WEEKS

DAYS = 36
PAIN = st.one_of(st.none(), st.integers(0, 10))
STEADY = st.one_of(st.integers(2, 5), st.integers(2, 5), st.integers(2, 5), PAIN)
QUOTAS = st.sampled_from([1, 2, 4, 5, 8, 12, 20, 25, 29, 30, 33, 40, 45, 60, 100, 150])


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    """Any patient: gaps, flares, sessions, screens, limits, gates, all of them or none."""
    patient = Patient()
    calm = draw(st.booleans())
    for n in range(draw(st.integers(1, DAYS)), -1, -1):
        _day(draw, patient, n, calm=calm)
    _plan(draw, patient)
    answered = draw(st.sampled_from(["none", "all", "yes", "partly"]))
    if answered != "none":
        yes = draw(st.lists(st.sampled_from(sorted(GATES)), max_size=2)) if answered == "yes" else []
        patient.gates(draw(st.integers(0, 100)), yes=yes)
        if answered == "partly":
            patient.profile.pop()
    for n in draw(st.lists(st.integers(0, DAYS), max_size=4)):
        yes = draw(st.lists(st.sampled_from(["CE1", "ND1", "ND3", "CE8", "MY3-"]), max_size=1))
        patient.screen(n, yes=yes, hour=draw(st.sampled_from([8, 21])))
        if draw(st.booleans()):
            patient.outcome(max(0, n - 1), "seen", "A&E")
    if draw(st.booleans()):
        patient.screen(0)
    for n in draw(st.lists(st.integers(0, 100), max_size=2)):
        patient.tried(draw(st.sampled_from(TREATMENTS)), n, hour=draw(st.sampled_from([7, 23])))
    return patient


def _day(draw: st.DrawFn, patient: Patient, n: int, *, calm: bool) -> None:
    pain = draw(STEADY if calm else PAIN)
    if pain is not None:
        flare = draw(st.sampled_from([None, None, None, None, None, None, True])) if not calm else None
        patient.log(n, pain=pain, flare=flare)
        if draw(st.integers(0, 6)) == 0:
            more = {draw(st.sampled_from(["sit", "limb", "worst"])): draw(st.integers(1, 10))}
            patient.log(n, hour=18, **more)  # type: ignore[arg-type]
    for name in ("sit", "walk"):
        if draw(st.integers(0, 1)):
            patient.done(
                n,
                name,
                draw(st.sampled_from([10, 40, 200])),
                pain=draw(st.sampled_from([None, 2, 3, 3, 5, 6, 8])) if not calm else 3,
                settled=draw(st.sampled_from([None, True, True, False])) if not calm else True,
                spread=not calm and draw(st.integers(0, 9)) == 0,
            )


def _plan(draw: st.DrawFn, patient: Patient) -> None:
    for name in ("sit", "stand", "walk"):
        for n in sorted(draw(st.lists(st.integers(0, 60), max_size=2)), reverse=True):
            amount = draw(QUOTAS)
            patient.quota(
                name,
                amount,
                n,
                by=draw(st.sampled_from(["me", "physio"])),
                up_to=draw(st.sampled_from([None, None, amount, amount + 3, amount * 2])),
                per_week=draw(st.integers(1, 7)),
            )


@st.composite
def nearly_ready(draw: st.DrawFn) -> Patient:
    """A patient whose walking has earned a rise, with up to three things that may speak against it."""
    trouble = draw(st.sets(st.sampled_from(TROUBLES), max_size=2))
    patient = Patient()
    patient.gates(20, yes=["heart"] if "gate" in trouble else [])
    if "unanswered gate" in trouble:
        patient.profile.pop()
    quota = draw(QUOTAS)
    limited = trouble & {"gate", "procedure"}
    limit = draw(st.sampled_from([None, quota, quota + 1, quota * 2])) if limited else None
    patient.quota(
        "walk", quota, draw(st.integers(5, 12)), by=draw(st.sampled_from(["me", "physio"])), up_to=limit
    )
    if draw(st.booleans()):
        patient.quota("sit", draw(QUOTAS), draw(st.integers(1, 12)))
    flare = draw(st.integers(0, 12)) if "flare" in trouble else None
    for n in range(20, -1, -1):
        patient.log(n, pain=3 + n % 2, flare=True if n == flare else None)
    for n in range(1, draw(st.integers(3, 7)) + 1):
        hurt = "hard session" in trouble and n == 2
        patient.done(n, "walk", quota, pain=draw(st.integers(5, 9)) if hurt else 3, settled=not hurt or None)
    if "more pain" in trouble:
        patient.log(0, hour=20, pain=draw(st.integers(4, 10)))
    if "limb" in trouble:
        patient.log(draw(st.integers(0, 8)), hour=18, limb=draw(st.integers(1, 9)))
    if "flag" in trouble:
        n = draw(st.integers(0, 9))
        patient.screen(n, yes=[draw(st.sampled_from(["CE1", "ND1", "ND3"]))], hour=8)
        if draw(st.booleans()):
            patient.outcome(n, "seen", "A&E")
    if "procedure" in trouble:
        kind, n = draw(st.sampled_from(TREATMENTS)), draw(st.integers(0, 40))
        patient.tried(kind, n, hour=draw(st.sampled_from([7, 23])), agreed=draw(st.booleans()))
        patient.gates(draw(st.integers(0, 20)))
    patient.screen(15 if "old screen" in trouble else 0)
    return patient


TROUBLES = [
    "gate", "unanswered gate", "flare", "hard session", "more pain", "limb", "flag", "old screen", "procedure",
]  # fmt: skip
TREATMENTS = ["epidural", "trigger-point", "ablation", "discectomy", "massage", "mri"]
ANYBODY = st.one_of(patients(), nearly_ready())


def rises(found: Assessment) -> list[tuple[str, float | None, float]]:
    return [(c.activity, c.before, c.after) for s in found.suggestions if s.is_rise for c in s.changes]


@given(ANYBODY)
def test_an_open_flag_leaves_nothing_else(patient: Patient) -> None:
    found = patient.assess()
    if not found.open_flags:
        return
    assert {s.rule for s in found.suggestions} <= {"RF-1", "RF-2", "RF-5"}
    assert found.suggestions
    assert found.plan == ()


@given(ANYBODY)
def test_a_rise_has_all_it_needs(patient: Patient) -> None:
    found = patient.assess()
    if not rises(found):
        return
    facts = found.facts
    assert found.flare is None
    assert not found.open_flags
    assert all(answer is not None for answer in found.gates.values())
    for name, before, after in rises(found):
        if before is None:
            assert not any(found.gates.values())
            continue
        assert found.rescreen is None
        assert not facts.open_signs
        assert all((found.today - f.start).days >= 7 for f in found.flares)
        assert all((found.today - day).days > 7 for day in facts.flare_days)
        rows = [q for q in patient.quotas if q.activity == name]
        limits = [q.up_to for q in rows if q.up_to is not None and is_other(q.set_by)]
        if any(found.gates.values()):
            assert limits
            assert after <= max(limits)
        last = max(rows, key=lambda q: q.at)
        assert last.up_to is None or after <= last.up_to
        assert (found.today - last.day).days >= 7
        good = [
            s
            for s in patient.sessions
            if s.activity == name and s.dose >= before and 1 <= (found.today - s.day).days <= 7
        ]
        assert len({s.day for s in good}) >= 3


@given(ANYBODY)
def test_no_rise_in_a_pause_after_a_procedure_or_before_the_answers(patient: Patient) -> None:
    found = patient.assess()
    if not any(s.is_rise for s in found.suggestions):
        return
    answers = [fact for fact in patient.profile if fact.key.startswith("gate:")]
    oldest = min(max(a.at for a in answers if a.key == f"gate:{name}") for name in GATES)
    for treatment in patient.treatments:
        kind = KINDS[treatment.kind]
        age = (found.today - treatment.start).days
        assert age > PAUSE_DAYS.get(kind.family, -1)
        if not kind.is_procedure:
            continue
        assert oldest >= treatment.at
        for name, before, after in rises(found):
            rows = [q for q in patient.quotas if q.activity == name and is_other(q.set_by)]
            if kind.family == "surgery" and age <= 7 * SURGERY_WEEKS:
                assert before is not None
                assert any(q.day >= treatment.start and after <= (q.up_to or 0) for q in rows)


def test_the_generator_reaches_rises_after_a_procedure() -> None:
    """The property above speaks of them: some must be there."""

    def reaches(patient: Patient) -> bool:
        return any(KINDS[t.kind].is_procedure for t in patient.treatments) and bool(rises(patient.assess()))

    assert find(nearly_ready(), reaches)


def test_the_generator_reaches_rises() -> None:
    """The properties speak of rises: the patients must have some."""
    found = find(nearly_ready(), lambda patient: bool(rises(patient.assess())))
    assert rises(found.assess())


@given(ANYBODY)
def test_a_rise_is_small_and_alone(patient: Patient) -> None:
    found = patient.assess()
    for _, before, after in rises(found):
        if before is not None:
            assert before < after <= before + 10
            assert after <= 1.2 * before + 1e-9 or (before < 5 and after <= before + 1)
    assert sum(s.is_rise for s in found.suggestions) <= 1


@given(ANYBODY)
def test_the_dose_of_the_day_never_passes_the_quota(patient: Patient) -> None:
    found = patient.assess()
    for item in found.plan:
        assert 0 <= item.today <= item.quota
        if found.flare:
            rows = [q for q in patient.quotas if q.activity == item.activity and q.day < found.flare.start]
            if rows:
                assert item.today <= max(q.amount for q in rows)


@given(ANYBODY, st.integers(1, 10))
def test_more_pain_is_never_bolder(patient: Patient, more: int) -> None:
    today = [e for e in patient.entries if e.day == patient.today and "pain" in e.values]
    assume(bool(today))
    worse = deepcopy(patient)
    for entry in today:
        pain = min(10, entry.values["pain"] + more)
        others = [o for o in entry.observations if o.metric != "pain"]
        at = worse.entries.index(next(e for e in worse.entries if e.id == entry.id))
        worse.entries[at] = entry._replace(observations=(Observation("pain", pain), *others))
    calm, hurt = patient.assess(), worse.assess()
    assert set(rises(hurt)) <= set(rises(calm)) | {
        r for r in rises(hurt) if r[1] is None and r in _held(calm)
    }
    doses = {p.activity: p.today for p in calm.plan}
    for item in hurt.plan:
        assert item.today <= doses[item.activity]


def _held(found: Assessment) -> set[tuple[str, float | None, float]]:
    return {(c.activity, c.before, c.after) for h in found.held for c in h.suggestion.changes}


@given(ANYBODY)
def test_what_is_said_is_counted_and_grounded(patient: Patient) -> None:
    found = patient.assess()
    order = [(s.priority, s.id) for s in found.suggestions]
    assert order == sorted(order)
    never_cut = [s for s in found.suggestions if s.priority <= 1 or s.rule in {"FL-2", "FL-3", "PR-4"}]
    assert len(found.suggestions) <= max(3, len(never_cut))
    for suggestion in found.suggestions:
        assert suggestion.why
        assert suggestion.source
        assert suggestion.sure


@given(ANYBODY)
def test_missing_values_never_silence_a_warning_sign(patient: Patient) -> None:
    before = {s.rule for s in patient.assess().suggestions} & {"RF-1", "RF-2", "RF-5"}
    bare = deepcopy(patient)
    bare.entries = []
    bare.sessions = []
    assert {s.rule for s in bare.assess().suggestions} & {"RF-1", "RF-2", "RF-5"} == before


@given(ANYBODY)
def test_the_same_patient_twice_is_the_same(patient: Patient) -> None:
    one, two = patient.assess(), deepcopy(patient).assess()
    assert (one.suggestions, one.held, one.plan, one.flares) == (
        two.suggestions,
        two.held,
        two.plan,
        two.flares,
    )
