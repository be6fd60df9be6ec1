"""What the `treat` commands write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.treatments import Kind
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

LONGEST_NAME = 60
LONGEST_TEXT = 500


class Said(NamedTuple):
    """What the options say of a treatment; None where one says nothing."""

    name: str | None = None
    on: str | None = None
    end: str | None = None
    sessions: int | None = None
    person: str | None = None
    dose: str | None = None
    active: bool | None = None
    region: str | None = None
    result: str | None = None
    agreed: bool | None = None
    note: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Free words, to be read for words that make a re-screen due."""
        return tuple(t for t in (self.name, self.dose, self.region, self.result, self.note) if t)


def add_treatment(app: App, word: str, said: Said, *, as_json: bool) -> None:
    """Write a treatment and answer.

    Raises:
        ValueRefusedError: its kind, a date, a name or a person cannot be right; nothing was saved.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import Treatment
    from spinetrack.recovery.treatments import find_kind

    kind = find_kind(word)
    start = _day(app, said.on) or app.today()
    fresh = Treatment(kind.key, kind.label, start, app.now(), app.today(), active=kind.active)

    def write(store: Store, writer: Writer) -> Treatment:
        found = _filled(app, store, fresh, kind, said)
        return found._replace(id=writer.add(found))

    made, assessment = record(app, "treat add", write, texts=said.texts)
    _echo(app, made, assessment, said, "Treatment", as_json=as_json)


def edit_treatment(app: App, number: str, word: str | None, said: Said, *, as_json: bool) -> None:
    """Change a treatment and answer.

    Raises:
        UsageError: nothing was said to change.
        ValueRefusedError: there is no such treatment, or a value cannot be right; nothing was saved.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.treatments import find_kind, kind_of

    if word is None and said == Said():
        raise UsageError("Say what to change.", hint="Like: spinetrack treat edit 2 --sessions 8")
    kind = find_kind(word) if word else None

    def write(store: Store, writer: Writer) -> Treatment:
        old = find_treatment(store.diary(app.today(), app.today()), number)
        new = _of_kind(old, kind) if kind else old
        day = _day(app, said.on)
        found = _filled(app, store, new._replace(start=day) if day else new, kind or kind_of(old), said)
        writer.replace(found)
        return found

    made, assessment = record(app, "treat edit", write, texts=said.texts)
    _echo(app, made, assessment, said, "Changed", as_json=as_json)


def add_session(
    app: App, number: str, on: str | None, dose: str | None, note: str | None, *, as_json: bool
) -> None:
    """Write one session of a course and answer.

    Raises:
        ValueRefusedError: there is no such course, or it had not begun; nothing was saved.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.diary import TreatmentSession
    from spinetrack.recovery.treatments import kind_of
    from spinetrack.recovery.values import refused

    day = _past(app, on)
    said = Said(dose=dose, note=note)

    def write(store: Store, writer: Writer) -> Treatment:
        found = find_treatment(store.diary(app.today(), app.today()), number)
        if kind_of(found).family != "course":
            raise refused(f"{found.name} is not a course with sessions.")
        if day < found.start:
            raise refused("The session lies before the course began.")
        if found.end is not None and day > found.end:
            raise refused(
                f"{found.name} had ended before that day.",
                f"To end it later: spinetrack treat edit {found.id} --end {day.isoformat()}",
            )
        row = TreatmentSession(found.id, app.now(), day, _text(dose, "dose"), _note(note))
        writer.add(row)
        return found

    made, assessment = record(app, "treat done", write, texts=said.texts)
    _echo(app, made, assessment, said, "Session of", as_json=as_json)


def end_treatment(
    app: App, number: str, on: str | None, why: str | None, *, finished: bool, as_json: bool
) -> None:
    """Write the last day of a course and answer.

    Raises:
        UsageError: it was finished and left at once.
        ValueRefusedError: there is no such course, or the day lies before it; nothing was saved.

    """
    from spinetrack.cli.record import record
    from spinetrack.recovery.treatments import kind_of
    from spinetrack.recovery.values import refused

    if finished and why:
        raise UsageError("--finished and --stopped say two different things. Nothing was saved.")
    day = _past(app, on)

    def write(store: Store, writer: Writer) -> Treatment:
        diary = store.diary(app.today(), app.today())
        found = find_treatment(diary, number)
        if kind_of(found).family != "course":
            raise refused(f"{found.name} takes one day and needs no end.")
        if day < found.start:
            raise refused("It cannot end before it began.")
        done = sum(s.treatment_id == found.id for s in diary.treatment_sessions)
        # Finished with fewer sessions on record: those that took place are what was agreed in the end.
        planned = min(found.planned, done) if finished and found.planned and done else found.planned
        ended = found._replace(
            end=day, stopped=_text(why, "reason"), planned=planned if done or not finished else None
        )
        writer.replace(ended)
        return ended

    made, assessment = record(app, "treat end", write, texts=(why or "",))
    _echo(app, made, assessment, Said(), "Ended", as_json=as_json)


def remove_treatment(app: App, number: str, *, as_json: bool) -> None:
    """Take a treatment and its sessions off the record, and answer.

    Raises:
        ValueRefusedError: there is no such treatment.

    """
    from spinetrack.cli.record import record

    def write(store: Store, writer: Writer) -> Treatment:
        found = find_treatment(store.diary(app.today(), app.today()), number)
        writer.remove(found)
        return found

    made, assessment = record(app, "treat remove", write)
    _echo(app, made, assessment, Said(), "Removed", as_json=as_json)


def find_treatment(diary: Diary, number: str) -> Treatment:
    """Return the treatment with this number.

    Raises:
        ValueRefusedError: there is none.

    """
    wanted = number.strip().lstrip("#")
    found = next((t for t in diary.treatments if str(t.id) == wanted), None)
    if found is None:
        raise ValueRefusedError(
            f"There is no treatment {wanted[:20]}. Nothing was changed.",
            hint="See them: spinetrack treat list",
        )
    return found


def _filled(app: App, store: Store, old: Treatment, kind: Kind, said: Said) -> Treatment:
    """Return a treatment with all that was said put into it, checked as a whole."""
    from spinetrack.cli.people import person_named
    from spinetrack.recovery.diary import Person
    from spinetrack.recovery.values import refused

    end = None if said.end == "none" else _day(app, said.end) or old.end
    if end and kind.family != "course":
        raise refused(f"{kind.label} takes one day and needs no end.")
    if said.sessions and kind.family != "course":
        raise refused(f"{kind.label} has no sessions.")
    if said.result and kind.family != "investigation":
        raise refused("Only an investigation has a result.", "Other words fit in: --note")
    if end and end < old.start:
        raise refused("It cannot end before it began.")
    return old._replace(
        name=_text(said.name, "name", LONGEST_NAME) or old.name,
        end=end,
        planned=said.sessions or old.planned,
        dose=_text(said.dose, "dose") or old.dose,
        person_id=person_named(store.every(Person), said.person).id if said.person else old.person_id,
        active=old.active if said.active is None else said.active,
        agreed=old.agreed if said.agreed is None else said.agreed,
        region=_text(said.region, "region") or old.region,
        result=_text(said.result, "result") or old.result,
        note=_note(said.note) or old.note,
    )


def _of_kind(old: Treatment, kind: Kind) -> Treatment:
    """Return a treatment as one of another kind; a name that was only its kind's goes with it."""
    from spinetrack.recovery.treatments import kind_of

    name = kind.label if old.name == kind_of(old).label else old.name
    return old._replace(kind=kind.key, active=kind.active, name=name)


def _day(app: App, text: str | None) -> date | None:
    """Return the day a word means, past or ahead; None without one."""
    if text is None:
        return None
    from spinetrack.recovery.when import parse_due

    return parse_due(text, app.today(), may_be_past=True)


def _past(app: App, text: str | None) -> date:
    """Return the day a word means, up to today; today without one."""
    if text is None:
        return app.today()
    from spinetrack.recovery.when import parse_day

    return parse_day(text, app.now(), app.localize)


def _text(text: str | None, what: str, most: int = LONGEST_TEXT) -> str:
    plain = " ".join((text or "").split())
    if len(plain) > most:
        from spinetrack.recovery.values import refused

        raise refused(f"The {what} is too long: up to {most} letters.")
    return plain


def _note(text: str | None) -> str | None:
    return (text or "").strip() or None


def _echo(app: App, made: Treatment, assessment: Assessment, said: Said, word: str, *, as_json: bool) -> None:
    from spinetrack.cli.showing import say_answer, say_crisis
    from spinetrack.views.echo import fold, line
    from spinetrack.views.page import clean
    from spinetrack.views.treat_page import echo_parts, what_follows

    diary = assessment.facts.diary
    made = next((kept for kept in diary.treatments if kept.id == made.id), made)
    say_crisis(app, said.texts, assessment, aside=as_json)
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.treat_docs import treatment_doc

        print_json(app, treatment_doc(made, diary))
        return
    parts = [clean(part) for part in echo_parts(made, diary, app.today())]
    head = f"{word} {made.id}: {clean(made.name)}"
    for text in line(head, parts, width=app.width, plain=app.plain):
        app.say(text)
    for text in what_follows(made, app.today()) if word == "Treatment" else ():
        for part in fold(text, app.width):
            app.say(part)
    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(app, assessment)
