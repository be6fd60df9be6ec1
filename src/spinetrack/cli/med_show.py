"""What the medicine commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spinetrack.errors import SpinetrackError

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.app import App
    from spinetrack.cli.med_take import Took
    from spinetrack.recovery.diary import Diary, Intake, Medicine
    from spinetrack.recovery.findings import Assessment, Suggestion

PRIORITY = 1
WIDEST = 80


def _say_folded(app: App, *texts: str) -> None:
    from spinetrack.views.echo import fold

    for text in texts:
        for line in fold(text, min(app.width, WIDEST)) if text else ():
            app.say(line)


def echo_medicine(app: App, word: str, medicine: Medicine, assessment: Assessment, *, as_json: bool) -> None:
    """Write a medicine as it is now, what was assumed of it, and the way back."""
    from spinetrack.cli.showing import say_crisis
    from spinetrack.views.echo import line
    from spinetrack.views.med_page import said_parts

    diary = assessment.facts.diary
    fresh = next((m for m in diary.medicines if m.id == medicine.id), medicine)
    say_crisis(app, (fresh.reason, fresh.note), assessment, aside=as_json)
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.med_docs import one_med_doc

        print_json(app, one_med_doc(diary, fresh, app.today()))
        return
    parts = said_parts(diary, fresh, app.today())
    for text in line(f"{word} {fresh.id}: {fresh.name}", parts, width=app.width, plain=app.plain):
        app.say(text)
    if not assessment.open_flags and fresh.until is None:
        _say_folded(app, *_about(diary, fresh))
    _say_next(app, assessment)


def _about(diary: Diary, medicine: Medicine) -> list[str]:
    """Return what the table put in, what it means for sums, and a shared ingredient."""
    from spinetrack.recovery.medicines import active, ingredients_of
    from spinetrack.recovery.words import listed
    from spinetrack.views.med_page import CORRECT, assumed_parts, contents_line, without_amount

    mine, known = ingredients_of(medicine), assumed_parts(medicine)
    lines = [contents_line(medicine)]
    if known:
        lines += [f"Assumed, not checked: {', '.join(known)}.", f"Not right?  {CORRECT.format(medicine.id)}"]
    if without_amount(medicine):
        said = "--dose AMOUNT" if len(mine) == 1 else f"--contains {','.join(f'{name}:MG' for name in mine)}"
        lines.append("How much is in one dose is not said, so no sum is made of it.")
        lines.append(f"To say it:  spinetrack med edit {medicine.id} {said}")
    for other in active(diary, medicine.since):
        both = [name for name in ingredients_of(other) if name in mine]
        if other.id != medicine.id and both:
            same = [other.name.casefold()] == both
            what = "is on your list by itself too" if same else f"on your list holds {listed(both)} too"
            lines.append(f"{other.name} {what}. Ask a pharmacist.")
    return lines


def _say_next(app: App, assessment: Assessment) -> None:
    from spinetrack.cli.showing import say_answer

    if assessment.open_flags or assessment.rescreen is not None:
        say_answer(app, assessment)


def safety(assessment: Assessment) -> list[Suggestion]:
    """Return what the rules of safety say now, the medicine's own first."""
    shown = [s for s in assessment.suggestions if s.priority <= PRIORITY]
    return sorted(shown, key=lambda s: (s.priority, not s.rule.startswith("MX")))


def _concerns(suggestion: Suggestion, medicine: Medicine, assessment: Assessment) -> bool:
    """Return whether a rule of medicines speaks of the one that was just taken."""
    from spinetrack.recovery.medicine_facts import SEDATING
    from spinetrack.recovery.medicines import classes_of, ingredients_of, tags_of, thins_blood

    mine = ingredients_of(medicine)
    by_subject = {
        "twice": bool(mine.keys() & assessment.facts.medicines.shared.keys()),
        "procedure": thins_blood(medicine),
        "evening": SEDATING in tags_of(medicine),
        **dict.fromkeys(("nsaids", "nsaid"), "nsaid" in classes_of(medicine)),
    }
    ours = suggestion.rule in {"MX-2", "MX-3"} or suggestion.id == "MX-4-evening"
    return ours and by_subject.get(suggestion.subject, suggestion.subject in mine)


def echo_intake(app: App, word: str, took: Took, *, as_json: bool) -> None:
    """Write what was taken and what it comes to; a warning sign it opened replaces all else."""
    from spinetrack.cli.showing import say_crisis
    from spinetrack.views.echo import line
    from spinetrack.views.med_page import intake_head, intake_parts

    intake, medicine, assessment = took
    say_crisis(app, (intake.note,), assessment, aside=as_json)
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.med_docs import took_doc

        print_json(app, took_doc(intake, medicine, safety(assessment)))
        return
    head = f"{word}{intake_head(intake, app.today())}"
    for text in line(head, intake_parts(intake, medicine), width=app.width, plain=app.plain):
        app.say(text)
    _say_folded(app, *_facts(app, took))
    if not assessment.open_flags:
        for found in (s for s in assessment.suggestions if _concerns(s, medicine, assessment)):
            _say_folded(app, f"{found.title}.", found.message)
        _say_next(app, assessment)
    elif _is_fresh(assessment):
        _say_sign(app, assessment)
    else:
        _say_folded(app, *(f"{s.title}." for s in assessment.suggestions if s.rule == "MX-2"))
        _say_next(app, assessment)


def _facts(app: App, took: Took) -> list[str]:
    """Return what is worth a line: an hour not known, a sum that is nobody's alarm, a medicine that ended."""
    from spinetrack.recovery.medicine_facts import PARACETAMOL
    from spinetrack.recovery.medicine_sums import Taken, sum_until, taken
    from spinetrack.recovery.words import number
    from spinetrack.views.doses import day_words

    intake, medicine, assessment = took
    lines = []
    if not intake.time_known:
        lines.append("The hour is not known, so no sum over 24 hours is made for it.")
    if medicine.until is not None and intake.day > medicine.until:
        lines.append(f"On your list {medicine.name} ended on {day_words(medicine.until, app.today())}.")
    told = {s.id for s in assessment.suggestions} & {f"MX-2-{PARACETAMOL}", "MX-2-over"}
    if PARACETAMOL not in Taken(intake, medicine).holds or assessment.gates["minor"] or told:
        return lines
    found = sum_until(taken(assessment.facts.diary, app.now()), PARACETAMOL, app.now())
    if any(t.intake.id == intake.id for t in found.parts):
        lines.append(f"In the last 24 hours: {number(found.total)} mg of paracetamol in your log.")
    return lines


def _is_fresh(assessment: Assessment) -> bool:
    """Return whether this very write opened a sign."""
    from spinetrack.recovery.medicine_flags import is_own

    return any(is_own(s) and s.at == assessment.now for s in assessment.open_flags)


def _say_sign(app: App, assessment: Assessment) -> None:
    """Show the page of the sign just opened, and ask at once whether it was on purpose."""
    from spinetrack.cli.showing import show_stop
    from spinetrack.recovery.medicine_flags import purpose_open

    diary = assessment.facts.diary
    show_stop(app, diary, assessment)
    if not app.stdin_is_terminal or purpose_open(diary, app.now(), app.today()) is None:
        return
    from spinetrack.cli.med_take import answer_purpose, purpose_of

    app.say("")
    app.say("Was any of it taken on purpose?  y yes · n no · u not sure")
    while True:
        typed = app.ask("> ")
        if not typed:
            return
        try:
            word = purpose_of(typed)
        except SpinetrackError as refusal:
            app.say(str(refusal).removesuffix(" Nothing was saved."))
            continue
        echo_purpose(app, answer_purpose(app, word), as_json=False)
        return


def echo_purpose(app: App, took: Took, *, as_json: bool) -> None:
    """Write what the answer about purpose comes to: the page of an emergency, or what stays open."""
    from spinetrack.cli.showing import show_stop

    intake, medicine, assessment = took
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.med_docs import took_doc

        print_json(app, took_doc(intake, medicine, safety(assessment)))
        return
    if intake.on_purpose != "no":
        show_stop(app, assessment.facts.diary, assessment)
        return
    app.say("Kept: not on purpose.")
    _say_next(app, assessment)


def echo_corrected(app: App, word: str, took: Took, before: tuple[int, ...], *, as_json: bool) -> None:
    """Write a correction, and whether the sign that stood on it is closed."""
    closed = set(before) - {s.id for s in took.assessment.open_flags}
    echo_intake(app, f"{word} ", took, as_json=as_json)
    if closed and not took.assessment.open_flags and not as_json:
        _say_folded(app, CLOSED)


CLOSED = "The warning sign about it is closed: the number was corrected."


def show_list(app: App, since: str | None, until: str | None, *, everything: bool, as_json: bool) -> None:
    """Write the list of medicines; an open warning sign stands above it.

    As JSON, and of a period, those of the past are in it.

    Raises:
        ValueRefusedError: `since` or `until` is no day.

    """
    from spinetrack.cli.options import period_of
    from spinetrack.cli.record import look
    from spinetrack.cli.showing import show
    from spinetrack.views.page import Gap, Text

    first, last = period_of(app, since, until)
    diary, assessment = look(app)
    wanted = tuple(m for m in diary.medicines if _was_on_the_list(m, first, last))
    everything = everything or first is not None or last is not None
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.med_docs import meds_doc

        print_json(app, meds_doc(diary, wanted, app.today()))
        return
    from spinetrack.views.med_page import med_page

    of_then = diary._replace(medicines=wanted)
    page = med_page(of_then, app.today(), everything=everything, plain=app.plain)
    if diary.medicines and not wanted:
        page = (Text("No medicine was on your list in this period."),)
    if assessment.open_flags:
        from spinetrack.views.stop_page import banner

        page = (Text(banner(diary, assessment), "alarm"), Gap(), *page)
    show(app, page)


def _was_on_the_list(medicine: Medicine, first: date | None, last: date | None) -> bool:
    begun = last is None or medicine.since <= last
    return begun and (first is None or medicine.until is None or medicine.until >= first)


def show_taken(
    app: App, words: list[str] | None, since: str | None, until: str | None, *, as_json: bool
) -> None:
    """Write what was taken in a period, the last 14 days unless said."""
    from spinetrack.cli.med_write import one_of
    from spinetrack.cli.options import period_of, print_json
    from spinetrack.cli.showing import show
    from spinetrack.recovery.medicines import plain_name
    from spinetrack.views.med_docs import taken_doc
    from spinetrack.views.med_page import FORTNIGHT, taken_page

    first, last = period_of(app, since, until, days=FORTNIGHT)
    with app.open_store() as store:
        diary = store.diary(first, last or app.today())
    rows = _rows(diary)
    if words:
        name = plain_name(one_of(diary.medicines, " ".join(words), app.today()).name)
        rows = [(i, m) for i, m in rows if plain_name(m.name) == name]
    if as_json:
        print_json(app, taken_doc(rows))
    else:
        show(app, taken_page(rows, app.today()))


def _rows(diary: Diary) -> list[tuple[Intake, Medicine]]:
    by_id = {m.id: m for m in diary.medicines}
    return [(i, by_id[i.medicine_id]) for i in diary.intakes if i.medicine_id in by_id]


def say_removed(app: App, medicine: Medicine, count: int, assessment: Assessment, *, as_json: bool) -> None:
    """Write that a medicine and what was logged of it are gone, and the way back."""
    from spinetrack.recovery.words import counted

    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.json_docs import document

        print_json(app, document(removed={"id": medicine.id, "intakes": count}))
        return
    went = f", and {counted(count, 'intake')} with it" if count else ""
    app.say(f"Taken out: {medicine.name}{went}.")
    app.say("undo: spinetrack undo")
    _say_next(app, assessment)
