"""The JSON documents of questionnaires (design.md section 4)."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING
from spinetrack.views.json_docs import document, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spinetrack.recovery.instruments import Instrument
    from spinetrack.recovery.scoring import Change, Reading
    from spinetrack.views.json_docs import Document


def score_doc(reading: Reading) -> Document:
    """Return one score. `answered` is 0 when only a total was typed.

    `change` is null where there is no earlier score to compare, or no rule to judge it by.
    """
    record, instrument, scored = reading.score, reading.instrument, reading.scored
    return {
        "id": record.id,
        "uuid": record.uuid,
        "instrument": instrument.key,
        "version": record.version,
        "day": record.day.isoformat(),
        "at": record.at.isoformat(),
        "total": rounded(scored.total),
        "range": list(instrument.range),
        "better": instrument.better,
        "band": scored.band,
        "answered": scored.answered,
        "items": list(record.items),
        "activities": list(record.labels),
        "parts": [
            {"key": p.part.key, "total": p.total, "range": list(p.range), "band": p.band}
            for p in scored.parts
        ],
        "change": _change(reading),
    }


def rounded(value: float) -> float | None:
    """Return a total or a change with one decimal, whole where it is."""
    return number(round(value, 1))


def _change(reading: Reading) -> Document | None:
    last, first = reading.last, reading.first
    if last is None or first is None or last.verdict is None:
        return None
    return {**_step(last), "since_first": _step(first)}


def _step(change: Change) -> Document:
    return {
        "delta": rounded(change.delta),
        "verdict": change.verdict,
        "since": change.before.day.isoformat(),
    }


def scores_doc(readings: Iterable[Reading]) -> Document:
    """Return what `score list --json` prints, oldest first."""
    return document(scores=[score_doc(reading) for reading in readings])


def info_doc(instrument: Instrument) -> Document:
    """Return how a questionnaire is scored."""
    fewest = instrument.fewest or instrument.items
    return {
        "instrument": instrument.key,
        "name": instrument.name,
        "title": instrument.title,
        "items": {
            "fewest": fewest,
            "most": instrument.items,
            "ranges": [list(instrument.item_range(n)) for n in range(1, instrument.items + 1)],
            "may_be_skipped": instrument.skips,
        },
        "range": list(instrument.range),
        "better": instrument.better,
        "possible": instrument.possible,
        "clear": instrument.clear,
        "weeks": list(instrument.weeks) if instrument.weeks else None,
        "source": instrument.source,
        "licence": instrument.licence,
        "form": instrument.form,
        "loinc": instrument.loinc,
    }
