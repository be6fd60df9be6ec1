"""The JSON documents: what other programs can rely on (design.md section 4).

Lists run from oldest to newest, suggestions by priority, values are in base units (minutes, metres,
0 to 10). A key never goes away and never changes its meaning while `spinetrack` stays 1.
"""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from spinetrack.recovery.diary import Diary, Entry, Screen, Session
    from spinetrack.recovery.findings import Assessment, PlanItem, Suggestion

VERSION = 1
"""The version of the contract, at the top of every document."""

Document = dict[str, object]


def document(**parts: object) -> Document:
    """Return a document of `parts` with the version at its top."""
    return {"spinetrack": VERSION, **parts}


def print_doc(say: Callable[[str], None], found: Mapping[str, object], encoding: str | None) -> None:
    """Hand `found` as JSON text to `say`, in ASCII where `encoding` cannot hold all signs."""
    import json

    from spinetrack.hidden import ESCAPED

    is_utf8 = (encoding or "utf-8").lower().replace("-", "") == "utf8"
    text = json.dumps(found, ensure_ascii=not is_utf8, indent=2, allow_nan=False)
    say(text.translate(ESCAPED))


def number(value: float | None) -> float | None:
    """Return `value` as a whole number when it is one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def entry_doc(entry: Entry) -> Document:
    """Return one entry. `flare` is false when it was not said."""
    return {
        "id": entry.id,
        "uuid": entry.uuid,
        "day": entry.day.isoformat(),
        "at": entry.at.isoformat(),
        "values": {key: number(value) for key, value in entry.values.items()},
        "at_least": [o.metric for o in entry.observations if o.at_least and o.site is None],
        "sites": {site: number(value) for site, value in entry.sites.items()},
        "note": entry.note,
        "flare": bool(entry.flare),
    }


def session_doc(session: Session) -> Document:
    """Return one session."""
    return {
        "id": session.id,
        "uuid": session.uuid,
        "day": session.day.isoformat(),
        "at": session.at.isoformat(),
        "activity": session.activity,
        "dose": number(session.dose),
        "effort": session.effort,
        "pain": session.pain,
        "settled": session.settled,
        "stop": session.stop,
        "spread": session.spread,
        "note": session.note,
    }


def log_doc(entry: Entry | None, suggestions: Sequence[Suggestion]) -> Document:
    """Return what `log --json` prints; no entry when only a session was answered."""
    return document(
        entry=entry_doc(entry) if entry else None, suggestions=[suggestion_doc(s) for s in suggestions]
    )


def history_doc(entries: Iterable[Entry]) -> Document:
    """Return what `history --json` prints, oldest first."""
    return document(entries=[entry_doc(entry) for entry in entries])


def suggestion_doc(suggestion: Suggestion) -> Document:
    """Return one suggestion, with the facts it stands on."""
    return {
        "id": suggestion.id,
        "rule": suggestion.rule,
        "priority": suggestion.priority,
        "kind": suggestion.kind,
        "title": suggestion.title,
        "message": suggestion.message,
        "why": [
            {
                "fact": fact.fact,
                "value": _plain(fact.value),
                "threshold": _plain(fact.threshold),
                "window_days": fact.window_days,
            }
            for fact in suggestion.why
        ],
        "changes": [
            {
                "activity": change.activity,
                "from": number(change.before),
                "to": number(change.after),
                "unit": change.unit,
            }
            for change in suggestion.changes
        ],
        "source": list(suggestion.source),
    }


def suggest_doc(assessment: Assessment) -> Document:
    """Return what `suggest --json` prints: what is shown today, and what was held back by what."""
    return document(
        as_of=assessment.now.isoformat(),
        mode=assessment.mode,
        suggestions=[suggestion_doc(s) for s in assessment.suggestions],
        suppressed=[{"rule": held.suggestion.rule, "by": held.by} for held in assessment.held],
    )


def plan_doc(assessment: Assessment) -> Document:
    """Return what `plan --json` prints. The items are empty under an open warning sign."""
    return document(
        as_of=assessment.now.isoformat(),
        mode=assessment.mode,
        items=[_plan_item(item) for item in assessment.plan],
    )


def _plan_item(item: PlanItem) -> Document:
    earliest = item.next_step_earliest
    return {
        "activity": item.activity,
        "quota": number(item.quota),
        "today": number(item.today),
        "baseline": number(item.baseline),
        "unit": item.unit,
        "per_week": item.per_week,
        "up_to": number(item.up_to),
        "set_by": item.set_by,
        "next_step_earliest": earliest.isoformat() if earliest else None,
    }


def profile_doc(diary: Diary, today: date) -> Document:
    """Return what `profile --json` prints."""
    from spinetrack.recovery import profile

    return document(
        mode=profile.mode_of(diary, today),
        gates=profile.gates_of(diary, today),
        country=profile.value_of(diary, "country"),
        units=profile.units_of(diary),
        regions=[region for region in (profile.value_of(diary, "regions") or "").split(",") if region],
        onset=profile.value_of(diary, "onset"),
        tags=[tag for tag in (profile.value_of(diary, "tags") or "none").split(",") if tag != "none"],
        weight_under_50={"yes": True, "no": False}.get(profile.value_of(diary, "weight-under-50") or ""),
    )


def screens_doc(screens: Iterable[Screen]) -> Document:
    """Return what `screen list --json` prints, oldest first, each with its latest outcome."""
    return document(screens=[_screen(screen) for screen in screens])


def _screen(screen: Screen) -> Document:
    last = screen.outcomes[-1] if screen.outcomes else None
    return {
        "id": screen.id,
        "day": screen.day.isoformat(),
        "tier": screen.tier,
        "yes": [a.item for a in screen.answers if a.answer == "yes"],
        "unsure": [a.item for a in screen.answers if a.answer == "unsure"],
        "outcome": {"text": last.text, "by": last.by, "day": last.day.isoformat()} if last else None,
    }


def _plain(value: float | str | None) -> Any:  # noqa: ANN401
    """Return a fact's value as JSON can hold it."""
    return value if value is None or isinstance(value, str) else number(value)
