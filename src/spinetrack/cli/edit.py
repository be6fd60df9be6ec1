"""`spinetrack edit`, `move` and `delete`: put right what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from spinetrack.app import App
from spinetrack.cli.daily import When, command_text, read_line
from spinetrack.cli.options import LOOSE, Json, Note, Words, app_of, print_json
from spinetrack.errors import UsageError, ValueRefusedError
from spinetrack.recovery.diary import Entry, Observation, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store
    from spinetrack.store.writing import Writer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Id = Annotated[
    str, typer.Argument(metavar="ID", help="The number in front of it: 412, or s12 for a session.")
]


@app.command(context_settings=LOOSE)
def edit(  # noqa: PLR0913
    ctx: typer.Context,
    number: Id,
    words: Words = None,
    *,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="MEASURE", help="Take this value out.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="SITES", help="Where it hurts: low-back:5.")
    ] = None,
    stop: Annotated[str | None, typer.Option("--stop", metavar="WHY", help="Why it ended.")] = None,
    flare: Annotated[
        bool | None, typer.Option("--flare/--no-flare", help="A flare that day, or not.")
    ] = None,
    pain: Annotated[
        str | None, typer.Option("--pain", metavar="0-10", help="Of a session: pain while doing it.")
    ] = None,
    effort: Annotated[
        str | None, typer.Option("--effort", metavar="0-10", help="Of a session: how hard it was.")
    ] = None,
    settled: Annotated[
        bool | None,
        typer.Option("--settled/--not-settled", help="Of a session: settled by the next morning."),
    ] = None,
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Change an entry or a session: edit 412 sit 40, edit s12 --pain 3. The rest stays.

    --note with an empty text takes the note out.
    """
    run = app_of(ctx)
    said = words or []
    how = {"pain": pain, "effort": effort, "settled": settled, "stop": stop, "note": note}
    if _is_session(number):
        if said or drop or where or flare is not None:
            raise ValueRefusedError(
                "A session has --pain, --effort, --settled, --stop and --note. Nothing was changed."
            )
        _edit_session(run, number, how, as_json=as_json)
        return
    if pain is not None or effort is not None or settled is not None:
        raise UsageError("These belong to a session, like s12. Write: spinetrack edit 412 pain 3.")
    change = Change(said, drop or [], where, stop, flare, note)
    _edit_entry(run, number, change, as_json=as_json)


class Change(NamedTuple):
    """What a line says about an entry; None and empty leave it as it is."""

    words: Sequence[str]
    drop: Sequence[str]
    where: str | None
    stop: str | None
    flare: bool | None
    note: str | None


def _edit_entry(run: App, number: str, change: Change, *, as_json: bool) -> None:
    if not any(change[:3]) and change.flare is None and change.note is None:
        raise UsageError("Say what to change: spinetrack edit 412 sit 40. Nothing was changed.")
    with run.open_store() as store:
        before = _entry(store, number)
        line = read_line(store, run, change.words, change.stop)
        if line.settled is not None or line.ask_note:
            raise UsageError("An entry has values, a note and a flare. Nothing was changed.")
        fresh = (*line.observations, *_sites(change.where))
        seen = _merged(before, fresh, _dropped(store, run, before, change.drop))
        text = line.note if change.note is None else change.note.strip() or None
        after = before._replace(
            observations=seen,
            note=text if line.note or change.note is not None else before.note,
            flare=next((f for f in (change.flare, line.flare) if f is not None), before.flare),
        )
        command = command_text(f"edit {before.id}", change.words, run.today(), run.today())
        _replace(run, store, command, before, after, as_json=as_json)


def _edit_session(run: App, number: str, how: Mapping[str, object], *, as_json: bool) -> None:
    """Change how a session was; what was not said stays."""
    from spinetrack.cli.done import scale, session_parts
    from spinetrack.recovery.line import check_stop

    said = {key: value for key, value in how.items() if value is not None}
    if not said:
        raise UsageError("Say what to change: spinetrack edit s12 --pain 3. Nothing was changed.")
    for key in {"pain", "effort"} & set(said):
        said[key] = scale(key, str(said[key]))
    if "stop" in said:
        said["stop"] = check_stop(str(said["stop"]))
    if "note" in said:
        said["note"] = str(said["note"]).strip() or None
    with run.open_store() as store:
        before = _session(store, number)
        after = before._replace(**said)  # type: ignore[arg-type] # the keys are fields, checked above
        words = [" · ".join(session_parts(after))]
        note = after.note if "note" in said else None
        _replace_session(run, store, f"edit {number}", before, after, words, note, as_json=as_json)


@app.command()
def move(
    ctx: typer.Context,
    number: Id,
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help='The right time: "mon 21:00".')],
    as_json: Json = False,
) -> None:
    """Give an entry or a session another day or time: move 412 --at "mon 21:00"."""
    from spinetrack.views.doses import when_words

    run = app_of(ctx)
    with run.open_store() as store:
        command = f"move {number} --at {at}"
        if _is_session(number):
            session = _session(store, number)
            when = _moved(run, session, at)
            after = session._replace(at=when.at, day=when.day)
            moved = " → ".join(when_words(s.at, s.day, run.today()) for s in (session, after))
            _replace_session(run, store, command, session, after, [moved], None, as_json=as_json)
            return
        before = _entry(store, number)
        when = _moved(run, before, at)
        _replace(run, store, command, before, before._replace(at=when.at, day=when.day), as_json=as_json)


@app.command()
def delete(ctx: typer.Context, number: Id, as_json: Json = False) -> None:
    """Remove an entry or a session: delete 412. Undo brings it back."""
    run = app_of(ctx)
    from spinetrack.cli.record import record

    with run.open_store() as store:
        found: Entry | Session = _session(store, number) if _is_session(number) else _entry(store, number)

        def add(store: Store, writer: Writer) -> None:
            del store
            writer.remove(found)

        _, assessment = record(run, f"delete {number}", add, store=store)
    if as_json:
        from spinetrack.views.json_docs import document, entry_doc, session_doc

        if isinstance(found, Entry):
            print_json(run, document(entry=entry_doc(found)))
        else:
            print_json(run, document(session=session_doc(found)))
        return
    parts = _session_words(found) if isinstance(found, Session) else _words(found, assessment)
    _say(run, f"{_head(found, assessment)}  removed", parts, assessment)


def _moved(run: App, record: Entry | Session, at: str) -> When:
    """Return the moment `--at` means; a day alone keeps the time that the record has."""
    from datetime import datetime

    from spinetrack.recovery.when import day_of, parse_when

    meant = parse_when(at, run.now(), run.localize)
    when = When(meant.at, day_of(meant.at))
    kept = run.localize(datetime.combine(when.day, record.at.astimezone(run.now().tzinfo).time()))
    if not meant.has_time and kept <= run.now() and day_of(kept) == when.day:
        return When(kept, when.day)
    return when


# -- one entry -------------------------------------------------------------------------------------


def _number(text: str) -> int:
    digits = text.strip().lower().lstrip("#").removeprefix("s")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 12:  # noqa: PLR2004
        raise ValueRefusedError(
            f'"{text}" is no number of an entry. Nothing was changed.', hint="See them: spinetrack history"
        )
    return int(digits)


def _is_session(text: str) -> bool:
    return text.strip().lower().lstrip("#").startswith("s")


def _entry(store: Store, text: str) -> Entry:
    number = _number(text)
    if _is_session(text):
        raise ValueRefusedError(
            "A session cannot be edited. Nothing was changed.",
            hint=f"Remove it and record it again: spinetrack delete s{number}",
        )
    found = store.entry(number)
    if found is None:
        raise ValueRefusedError(
            f"There is no entry #{number}. Nothing was changed.", hint="See them: spinetrack history"
        )
    return found


def _session(store: Store, text: str) -> Session:
    number = _number(text)
    found = store.session(number)
    if found is None:
        raise ValueRefusedError(
            f"There is no session s{number}. Nothing was changed.", hint="See them: spinetrack history"
        )
    return found


def _sites(where: str | None) -> tuple[Observation, ...]:
    from spinetrack.recovery.sites import parse_where

    return parse_where(where) if where else ()


def _key(seen: Observation) -> str:
    return seen.site or seen.metric


def _merged(before: Entry, fresh: Sequence[Observation], dropped: frozenset[str]) -> tuple[Observation, ...]:
    """Return the values of `before` with `fresh` in their places and without what was dropped."""
    new = {_key(o): o for o in fresh}
    kept = [new.pop(_key(o), o) for o in before.observations if _key(o) not in dropped]
    return (*kept, *new.values())


def _dropped(store: Store, run: App, before: Entry, words: Sequence[str]) -> frozenset[str]:
    """Return the keys to take out.

    Raises:
        ValueRefusedError: the entry has no such value.

    """
    from spinetrack.recovery.metrics import find, known
    from spinetrack.recovery.sites import find_site

    table = known(store.diary(run.today(), run.today()).metrics)
    here = {_key(o) for o in before.observations}
    found = set()
    for word in words:
        metric = find(table, word)
        key = metric.key if metric else find_site(word)
        if key not in here:
            raise ValueRefusedError(f"Entry #{before.id} has no {word}. Nothing was changed.")
        found.add(key)
    return frozenset(found)


def _replace(run: App, store: Store, command: str, before: Entry, after: Entry, *, as_json: bool) -> None:
    from spinetrack.cli.record import record

    if not (after.observations or after.note or after.flare is not None):
        raise ValueRefusedError(
            "Nothing would be left of it. Nothing was changed.",
            hint=f"To remove it: spinetrack delete {before.id}",
        )

    def add(store: Store, writer: Writer) -> Entry | None:
        writer.replace(after)
        return store.entry(after.id)

    fresh_note = after.note is not None and after.note != before.note
    texts = (after.note,) if fresh_note and after.note else ()
    written, assessment = record(run, command, add, texts=texts, store=store)
    if texts:
        from spinetrack.cli.showing import say_crisis

        say_crisis(run, texts, assessment, aside=as_json)
    if as_json:
        from spinetrack.views.json_docs import document, entry_doc

        print_json(run, document(entry=entry_doc(written or after)))
        return
    _say(run, _head(before, assessment), _changes(before, after, assessment), assessment)


def _replace_session(
    run: App,
    store: Store,
    command: str,
    before: Session,
    after: Session,
    words: Sequence[str],
    note: str | None,
    *,
    as_json: bool,
) -> None:
    from spinetrack.cli.record import record

    def add(store: Store, writer: Writer) -> None:
        del store
        writer.replace(after)

    _, assessment = record(run, command, add, texts=[note] if note else [], store=store)
    if as_json:
        from spinetrack.views.json_docs import document, session_doc

        print_json(run, document(session=session_doc(after)))
        return
    _say(run, _head(before, assessment), list(words), assessment)


# -- what changed, in words ------------------------------------------------------------------------


def _head(record: Entry | Session, assessment: Assessment) -> str:
    from spinetrack.views.echo import day_part

    sign = "#" if isinstance(record, Entry) else "s"
    return f"{sign}{record.id}  {day_part(record.day, assessment.today)}"


def _words(entry: Entry, assessment: Assessment) -> list[str]:
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.echo import entry_parts

    diary = assessment.facts.diary
    return entry_parts(entry, diary.metrics, units_of(diary))


def _session_words(session: Session) -> list[str]:
    from spinetrack.views.history import session_parts

    return session_parts(session)


def _changes(before: Entry, after: Entry, assessment: Assessment) -> list[str]:
    """Return each difference: `sit 35 min → 40 min`, `now sleep 7 h`, `without mood 6`."""
    from spinetrack.views.doses import when_words

    found = []
    for name, old, new in _pairs(before, after, assessment):
        if old != new:
            shown = new.removeprefix(f"{name} ")
            found.append(f"{old} → {shown}" if old and new else f"now {new}" if new else f"without {old}")
    if before.note != after.note:
        found.append("note changed" if after.note else "without its note")
    if (before.at, before.day) != (after.at, after.day):
        moved = [when_words(e.at, e.day, assessment.today) for e in (before, after)]
        found.append(" → ".join(moved))
    return found or ["nothing differs"]


def _pairs(before: Entry, after: Entry, assessment: Assessment) -> list[tuple[str, str, str]]:
    def parts(entry: Entry) -> dict[str, str]:
        found = {
            _key(o): _words(entry._replace(observations=(o,), note=None, flare=None), assessment)[0]
            for o in entry.observations
        }
        if entry.flare is not None:
            found["flare"] = "flare yes" if entry.flare else "flare no"
        return found

    old, new = parts(before), parts(after)
    return [(key, old.get(key, ""), new.get(key, "")) for key in dict.fromkeys((*old, *new))]


def _say(run: App, head: str, parts: Sequence[str], assessment: Assessment) -> None:
    from spinetrack.views import echo

    for text in echo.line(head, parts, width=run.width, plain=run.plain):
        run.say(text)
    if assessment.open_flags:
        from spinetrack.cli.showing import say_answer

        say_answer(run, assessment)
