"""The JSON documents of treatments (design.md section 4)."""

from __future__ import annotations

from spinetrack.recovery.responses import CAUTIONS
from spinetrack.recovery.treatments import kind_of
from spinetrack.recovery.words import listed
from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.json_docs import document, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from spinetrack.recovery.around import Around, Share
    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.responses import Comparison, Response
    from spinetrack.views.json_docs import Document


def treatment_row(treatment: Treatment, diary: Diary) -> Document:
    """Return one treatment; `finished` is null where no sessions were agreed on and nothing stopped it."""
    done = sum(s.treatment_id == treatment.id for s in diary.treatment_sessions)
    person = next((p.name for p in diary.people if p.id == treatment.person_id), None)
    return {
        "id": treatment.id,
        "uuid": treatment.uuid,
        "kind": treatment.kind,
        "family": kind_of(treatment).family,
        "name": treatment.name,
        "on": treatment.start.isoformat(),
        "end": treatment.end.isoformat() if treatment.end else None,
        "sessions": treatment.planned,
        "done": done,
        "finished": _finished(treatment, done),
        "stopped": treatment.stopped,
        "dose": treatment.dose,
        "with": person,
        "active": treatment.active,
        "agreed": treatment.agreed,
        "region": treatment.region,
        "result": treatment.result,
        "note": treatment.note,
    }


def _finished(treatment: Treatment, done: int) -> bool | None:
    if treatment.stopped:
        return False
    return None if treatment.planned is None else done >= treatment.planned


def treatment_doc(treatment: Treatment, diary: Diary) -> Document:
    """Return what `treat add --json` prints."""
    return document(treatment=treatment_row(treatment, diary))


def treatments_doc(diary: Diary, found: Iterable[tuple[Treatment, Response | None]]) -> Document:
    """Return what `treat list --json` prints, in order of time.

    `class` is null of what lies ahead, of an investigation, and of all while a warning sign is open.
    """
    rows = [
        {
            **treatment_row(treatment, diary),
            "class": response.verdict if response else None,
            "beside": list(response.beside) if response else [],
        }
        for treatment, response in found
    ]
    return document(treatments=rows)


def effect_doc(response: Response, diary: Diary, beside: Around | None = None) -> Document:
    """Return what `treat effect --json` prints; numbers are null where days are too few."""
    return document(
        treatment=treatment_row(response.treatment, diary),
        **_comparison(response.comparison),
        **{"class": response.verdict},
        cautions=[_caution(name, response) for name in response.cautions],
        beside=list(response.beside),
        windows=[_comparison(other) for other in response.others],
        sleep=_comparison(beside.sleep) if beside and beside.sleep else None,
        painkiller_days=_shares(beside.painkillers) if beside and beside.painkillers else None,
    )


def _shares(found: tuple[Share, Share]) -> Document:
    return {side: {"days": s.days, "of": s.of} for side, s in zip(("before", "after"), found, strict=True)}


def _caution(name: str, response: Response) -> str:
    """Return a caution as its key and its sentence, with the names of what it speaks of."""
    who = f" Beside it: {listed(response.beside)}." if name == "other treatment" else ""
    return f"{name}: {CAUTIONS[name]}{who}"


def _comparison(found: Comparison) -> Document:
    overlap, corrected = found.overlap, found.corrected
    return {
        "metric": found.metric,
        "window": found.span.name,
        "before": _stretch(found.span.before),
        "after": _stretch(found.span.after),
        "n_before": len(found.before),
        "n_after": len(found.after),
        "median_before": number(found.median_before),
        "median_after": number(found.median_after),
        "nap": overlap.nap if overlap else None,
        "nap_ci": [overlap.low, overlap.high] if overlap else None,
        "tau": overlap.tau if overlap else None,
        "tau_u": overlap.tau_u if overlap else None,
        "tau_corrected": corrected.tau_b if corrected else None,
        "trend": {"slope": found.trend.slope, "p": found.trend.p} if found.trend else None,
    }


def _stretch(days: tuple[date, date]) -> Document:
    return {"since": days[0].isoformat(), "until": days[1].isoformat()}
