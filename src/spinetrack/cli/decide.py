"""What a patient does with a suggestion: follow, adjust, ignore, ask. One write each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spinetrack.app import App
    from spinetrack.recovery.diary import Choice, Diary, Quota
    from spinetrack.recovery.findings import Assessment, Change, Suggestion
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

INSTEAD = {
    "RF-1": "When you were seen: spinetrack screen outcome",
    "RF-2": "When you were seen: spinetrack screen outcome",
    "RF-5": "When you were seen: spinetrack screen outcome",
    "RF-4": "Answer the questions: spinetrack screen",
    "PG-1": "Answer the questions: spinetrack profile gates",
}
"""Rules that no decision hides, and what to type instead."""

NO_QUOTA = frozenset({"FL-3"})
"""Rules whose dose of the day is agreed without changing the plan."""

DOWNWARD = frozenset({"PR-4", "PR-6", "FL-3"})
"""Rules that lower a dose: any dose up to the present one may be agreed."""


class Decided(NamedTuple):
    """What was decided and written."""

    suggestion: Suggestion
    choice: Choice
    amounts: Mapping[str, float]
    """Activity to the dose that was written or agreed."""


def decide(app: App, choice: Choice, words: Sequence[str]) -> tuple[Decided, Assessment]:
    """Write the decision that `words` say, after assessing again inside the same write.

    Args:
        app: The run.
        choice: `follow`, `adjust`, `ignore` or `ask`.
        words: The suggestion's id, rule or number, and for `adjust` the dose behind it.

    Raises:
        UsageError: words are missing or too many.
        ValueRefusedError: there is no such suggestion today, or it cannot be decided so.

    """
    from spinetrack.cli.record import WINDOW, record
    from spinetrack.recovery.assess import assess

    if not words:
        raise UsageError(f"Say which one: spinetrack suggest {choice} 1")
    if choice != "adjust" and len(words) > 1:
        raise UsageError(f'"{words[1]}" is one word too many. Try: spinetrack suggest {choice} {words[0]}')

    def add(store: Store, writer: Writer) -> Decided:
        now, today = app.now(), app.today()
        diary = store.diary(today - WINDOW, today)
        assessment = assess(diary, now, today)
        suggestion = find(assessment, words[0])
        _refuse_never_hidden(suggestion)
        amounts = _amounts(diary, suggestion, choice, words[1:])
        _write(app, writer, diary, Decided(suggestion, choice, amounts))
        return Decided(suggestion, choice, amounts)

    return record(app, " ".join(("suggest", choice, *words)), add)


def find(assessment: Assessment, word: str) -> Suggestion:
    """Return the suggestion of today that `word` names: its id, its rule, or its number.

    Raises:
        ValueRefusedError: there is none, or more than one.

    """
    shown = assessment.suggestions
    wanted = word.strip().lower().lstrip("#")
    if wanted.isdecimal():
        if 1 <= int(wanted) <= len(shown):
            return shown[int(wanted) - 1]
        raise ValueRefusedError(_no_number(int(wanted), len(shown)), hint="See them: spinetrack suggest")
    if wanted == "fl-3" and (again := _cut_again(assessment)):
        return again
    exact = [s for s in shown if s.id.lower() == wanted]
    found = exact or [s for s in shown if s.rule.lower() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(s.id for s in found)
        raise ValueRefusedError(f"{word} is more than one today: {ids}. Say which.")
    raise _not_today(assessment, word, wanted)


def _cut_again(assessment: Assessment) -> Suggestion | None:
    """Return the lower load of the running flare where it was decided before and may be once more."""
    from spinetrack.recovery.findings import Change, Suggestion

    flare = assessment.flare
    decided = [d for d in assessment.facts.diary.decisions if d.rule == "FL-3"]
    if flare is None or assessment.open_flags or not any(d.day >= flare.start for d in decided):
        return None
    return Suggestion(
        "FL-3", 3, "plan", "Less load for a few days", "Decided again.",
        changes=tuple(Change(i.activity, i.quota, i.today, i.unit) for i in assessment.plan),
    )  # fmt: skip


def _no_number(wanted: int, count: int) -> str:
    if count == 0:
        return f"There is no number {wanted}: nothing is suggested today. Nothing was saved."
    many = "one suggestion" if count == 1 else f"{count} suggestions"
    return f"There is no number {wanted} today: there is {many}. Nothing was saved."


def _not_today(assessment: Assessment, word: str, wanted: str) -> ValueRefusedError:
    from spinetrack.views.suggestions import held_words

    held = next((h for h in assessment.held if h.suggestion.id.lower() == wanted), None)
    held = held or next((h for h in assessment.held if h.suggestion.rule.lower() == wanted), None)
    if held is not None and held.suggestion.is_rise:
        subject = _title(held.suggestion.subject)
        return ValueRefusedError(
            f"{subject} is not due to go up now: {held_words(held.by)}. Nothing was changed."
        )
    if held is not None:
        return ValueRefusedError(f"{held.suggestion.id} is held back: {held_words(held.by)}.")
    if wanted.startswith(("pr-1", "pr-2")):
        subject = wanted[5:] or "It"
        why = _why_not(assessment, subject)
        return ValueRefusedError(f"{_title(subject)} is not due to go up any more{why}. Nothing was changed.")
    return ValueRefusedError(
        f'There is no suggestion "{word}" today. Nothing was saved.', hint="See them: spinetrack suggest"
    )


def _title(subject: str) -> str:
    from spinetrack.recovery.words import title_of

    return title_of(subject) if subject else "It"


def _why_not(assessment: Assessment, activity: str) -> str:
    """Return the first condition that stands in the way of a rise, as the end of a sentence."""
    from spinetrack.recovery.context import Context
    from spinetrack.views.suggestions import held_words

    context = Context(assessment.facts)
    item = context.planned(activity)
    if item is None:
        return ": it is not in your plan"
    blocks = context.blocks(item)
    if blocks:
        return f": {held_words(blocks[0])}"
    return "" if context.steps_free(item) else ": a dose went up less than 7 days ago"


def _refuse_never_hidden(suggestion: Suggestion) -> None:
    instead = INSTEAD.get(suggestion.rule)
    if instead is not None:
        raise ValueRefusedError(
            f"{suggestion.rule} stays until it is answered. Nothing was saved.", hint=instead
        )


def _amounts(
    diary: Diary, suggestion: Suggestion, choice: Choice, words: Sequence[str]
) -> Mapping[str, float]:
    """Return what each activity's dose becomes; empty when nothing is written or agreed."""
    if choice == "follow":
        # A pause is a dose of none: it shows by itself and is never written as a planned dose.
        return {c.activity: c.after for c in suggestion.changes if c.after > 0}
    if choice != "adjust":
        return {}
    change, value = _adjusted(suggestion, words)
    if change.after == 0:
        raise ValueRefusedError(f"{change.activity} pauses: there is no dose to adjust. Nothing was saved.")
    _check_room(diary, suggestion, change, value)
    if suggestion.rule in NO_QUOTA:
        return {change.activity: value}
    return {c.activity: value if c is change else c.after for c in suggestion.changes}


def _adjusted(suggestion: Suggestion, words: Sequence[str]) -> tuple[Change, float]:
    if not suggestion.changes:
        raise ValueRefusedError(f"{suggestion.id} names no dose to adjust. Nothing was saved.")
    *named, text = words or ("",)
    names = [c.activity for c in suggestion.changes]
    if not text or len(named) > 1 or (not named and len(names) > 1):
        example = f"{names[0]} {suggestion.changes[0].after:g}" if len(names) > 1 or named else ""
        example = example or f"{suggestion.changes[0].after:g}"
        raise UsageError(f"Say the dose: spinetrack suggest adjust {suggestion.id} {example}")
    name = named[0].lower() if named else names[0]
    change = next((c for c in suggestion.changes if c.activity.lower() == name), None)
    if change is None:
        raise ValueRefusedError(
            f"{suggestion.id} says nothing about {name}. It names {', '.join(names)}. Nothing was saved."
        )
    return change, _dose(change, text)


def _dose(change: Change, text: str) -> float:
    if change.unit == "min":
        from spinetrack.recovery.metrics import METRICS
        from spinetrack.recovery.values import parse

        parsed = parse(METRICS[change.activity], text, "km")
        if parsed.at_least or parsed.metric_key != change.activity:
            raise ValueRefusedError(f'Write the dose in minutes, like 25, not "{text}". Nothing was saved.')
        return parsed.value
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1000:  # noqa: PLR2004
        raise ValueRefusedError(f'"{text}" is not a dose. Write a number, like 10. Nothing was saved.')
    return value


def _check_room(diary: Diary, suggestion: Suggestion, change: Change, value: float) -> None:
    """Refuse a dose beyond what was offered, or beyond the present one where the rule lowers it."""
    from spinetrack.recovery.words import amount

    if value < 1 and change.unit == "min":
        raise ValueRefusedError("The smallest dose is 1 min. Nothing was saved.")
    most = change.after
    if suggestion.rule in DOWNWARD:
        most = max(most, _present(diary, change))
    if value > most:
        raise ValueRefusedError(
            f"{amount(value, change.unit)} is more than {amount(most, change.unit)}, "
            "the most that fits here. Nothing was saved."
        )
    if suggestion.is_rise and change.before is not None and value <= change.before:
        raise ValueRefusedError(
            f"{amount(value, change.unit)} is no step up from {amount(change.before, change.unit)}. "
            "Nothing was saved.",
            hint=f"To leave it as it is: spinetrack suggest ignore {suggestion.id}",
        )


def _present(diary: Diary, change: Change) -> float:
    quota = _latest(diary, change.activity)
    return quota.amount if quota else change.before or change.after


def _latest(diary: Diary, activity: str) -> Quota | None:
    return next((q for q in reversed(diary.quotas) if q.activity == activity), None)


def _write(app: App, writer: Writer, diary: Diary, decided: Decided) -> None:
    from spinetrack.recovery.diary import Decision, ProfileFact, Question

    suggestion, now, today = decided.suggestion, app.now(), app.today()
    writer.add(
        Decision(
            key=suggestion.id,
            rule=suggestion.rule,
            choice=decided.choice,
            at=now,
            day=today,
            amounts=tuple(decided.amounts.items()),
            text=f"{suggestion.title}. {suggestion.message}",
            facts=_facts(suggestion),
        )
    )
    if decided.choice == "follow":
        for key, value in suggestion.profile:
            writer.add(ProfileFact(key, value, now, today))
    if decided.choice == "ask":
        writer.add(Question(question_text(suggestion), now, today))
    if suggestion.rule not in NO_QUOTA:
        for change in suggestion.changes:
            if change.activity in decided.amounts:
                _write_quota(app, writer, diary, suggestion, change, decided.amounts[change.activity])


def question_text(suggestion: Suggestion) -> str:
    """Return the question that `ask` puts on the patient's list."""
    return f"spinetrack said: {suggestion.title}. What do you think? ({suggestion.id})"


def _facts(suggestion: Suggestion) -> str:
    import json

    from spinetrack.views.json_docs import suggestion_doc

    return json.dumps(suggestion_doc(suggestion)["why"], ensure_ascii=False)


def _write_quota(
    app: App, writer: Writer, diary: Diary, suggestion: Suggestion, change: Change, value: float
) -> None:

    from spinetrack.recovery.diary import Activity, Quota
    from spinetrack.recovery.rules.exercise import REPS_FLOOR

    now, today = app.now(), app.today()
    activity = next((a for a in diary.activities if a.name == change.activity), None)
    if activity is None:
        activity = Activity(change.activity, "tolerance", 5, today)
        writer.add(activity)
    before = _latest(diary, change.activity)
    row = before or Quota(change.activity, now, today, value, "me", per_week=activity.per_week)
    row = row._replace(
        at=now,
        day=today,
        set_by="me",
        rule=suggestion.rule,
        reason=suggestion.title,
        id=0,
        uuid="",
        seq=0,
    )
    whole = round(value)
    if change.variable == "sets":
        row = row._replace(sets=whole)
    elif change.variable == "load":
        # More weight goes with fewer repetitions: only one thing gets harder.
        row = row._replace(load=value, reps=REPS_FLOOR, amount=float(REPS_FLOOR))
    elif change.variable == "reps":
        row = row._replace(reps=whole, amount=value)
    elif change.variable == "hold":
        row = row._replace(hold=whole, amount=value)
    else:
        row = row._replace(amount=value)
    writer.add(row)
