"""What the `treat` commands show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spinetrack.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Treatment
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.responses import Response, Responses
    from spinetrack.views.page import Block

WIDEST = 100
MARGIN = 7
"""Days around the two stretches that the chart shows."""
MOST_DAYS = 3660


def show_treatments(app: App, since: str | None, until: str | None, *, as_json: bool) -> None:
    """Write what was tried by what it changed; under an open warning sign its page, and no effects.

    Raises:
        ValueRefusedError: `since` or `until` is no day.

    """
    from spinetrack.cli.options import period_of
    from spinetrack.cli.showing import show, show_stop
    from spinetrack.recovery.treatments import in_period

    first, last = period_of(app, since, until)
    diary, assessment = _read(app, ())
    shut = bool(assessment.open_flags)
    tried = [t for t in diary.treatments if in_period(t, first, last)]
    found = _responses(diary, tried, app.today(), shut=shut)
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.treat_docs import treatments_doc

        print_json(app, treatments_doc(diary, found))
    elif shut:
        show_stop(app, diary, assessment)
    else:
        from spinetrack.recovery.profile import units_of
        from spinetrack.views.treat_page import list_page

        show(app, list_page(diary, found, units_of(diary), app.today()))


def _responses(
    diary: Diary, tried: Iterable[Treatment], today: date, *, shut: bool
) -> list[tuple[Treatment, Response | None]]:
    from spinetrack.recovery.responses import Responses
    from spinetrack.recovery.treatments import kind_of

    reader = Responses(diary, today)
    return [(t, None if shut or t.start > today or not kind_of(t).windows else reader.of(t)) for t in tried]


def show_effect(
    app: App, number: str, word: str | None, before: str | None, after: str | None, *, as_json: bool
) -> None:
    """Write what one treatment changed, with a chart.

    Raises:
        ValueRefusedError: there is no such treatment or measure, it lies ahead, it can change nothing
            by itself, or a warning sign is open and JSON was asked for.

    """
    from spinetrack.cli.treat_write import find_treatment
    from spinetrack.recovery.around import around
    from spinetrack.recovery.responses import Responses

    days = _days(before, "--before"), _days(after, "--after")
    diary, assessment = _read(app, (word,) if word else ())
    treatment = find_treatment(diary, number)
    if assessment.open_flags:
        if as_json:
            raise ValueRefusedError("Effects wait while a warning sign is open.")
        from spinetrack.cli.showing import show_stop

        show_stop(app, diary, assessment)
        return
    _refuse_what_has_none(treatment, app.today())
    reader = Responses(diary, app.today(), assessment.flares)
    _refuse_too_short(reader, treatment, days[1])
    found = reader.of(treatment, _metric(diary, word), before=days[0], after=days[1])
    if as_json:
        from spinetrack.cli.options import print_json
        from spinetrack.views.treat_docs import effect_doc

        print_json(app, effect_doc(found, diary, around(reader, found)))
        return
    from spinetrack.cli.showing import show
    from spinetrack.recovery.profile import units_of
    from spinetrack.views.page import Gap
    from spinetrack.views.treat_page import effect_page

    page = effect_page(diary, found, units_of(diary), app.today(), around(reader, found))
    show(app, (*page, Gap(), *_chart(app, diary, assessment, reader, found)))


def show_kinds(app: App) -> None:
    """Write the kinds there are."""
    from spinetrack.cli.showing import show
    from spinetrack.views.treat_page import kinds_page

    show(app, kinds_page())


def _read(app: App, more: tuple[str, ...]) -> tuple[Diary, Assessment]:
    """Return the whole diary with the measures that effects are read from, and today's assessment."""
    from spinetrack.cli.record import look
    from spinetrack.recovery.around import SLEEP
    from spinetrack.recovery.metrics import find, known
    from spinetrack.recovery.responses import FUNCTION, PAIN

    today = app.today()
    with app.open_store() as store:
        diary, assessment = look(app, store)
        metrics = (find(known(diary.metrics), word) for word in more)
        keys = tuple(m.key for m in metrics if m is not None)
        whole = store.diary(
            None, None, recent=today + timedelta(days=1), long=(*FUNCTION, PAIN, SLEEP, "site", *keys)
        )
    return whole, assessment


def _refuse_what_has_none(treatment: Treatment, today: date) -> None:
    from spinetrack.recovery.treatments import kind_of

    if not kind_of(treatment).windows:
        raise ValueRefusedError("An investigation finds something out; it has no effect of its own.")
    if treatment.start > today:
        raise ValueRefusedError("It has not begun yet, so it cannot have changed anything.")


def _refuse_too_short(reader: Responses, treatment: Treatment, after: int | None) -> None:
    first = reader.soonest(treatment)
    if after is not None and after < first:
        raise ValueRefusedError(
            f"The first {first - 1} days after it are left out, so --after takes more than {first - 1} days."
        )


def _metric(diary: Diary, word: str | None) -> str | None:
    """Return the key of a measure that can be compared.

    Raises:
        ValueRefusedError: there is no such measure, or it is a yes or no.

    """
    if word is None:
        return None
    from spinetrack.recovery.metrics import find, known
    from spinetrack.recovery.values import nearest_word, quoted

    table = known(diary.metrics)
    metric = find(table, word)
    if metric is None:
        raise ValueRefusedError(f'There is no measure called "{quoted(word)}".{nearest_word(word, table)}')
    if metric.kind == "yes-no":
        raise ValueRefusedError(f"{metric.label} is yes or no. Such days cannot be compared this way.")
    return metric.key


def _days(text: str | None, option: str) -> int | None:
    """Return the days of `28d`, `4w` or `28`.

    Raises:
        ValueRefusedError: it is none of these.

    """
    if text is None:
        return None
    plain = text.strip().lower()
    size = {"d": 1, "w": 7}.get(plain[-1:], 0)
    digits = plain[:-1] if size else plain
    days = int(digits) * (size or 1) if digits.isdecimal() and digits.isascii() and len(digits) < 5 else 0  # noqa: PLR2004
    if not 1 <= days <= MOST_DAYS:
        raise ValueRefusedError(f"{option} takes a number of days, like 28d or 4w.")
    return days


def _chart(
    app: App, diary: Diary, assessment: Assessment, reader: Responses, found: Response
) -> tuple[Block, ...]:
    """Return the days of both stretches as a chart with the change marked; in plain words as a table."""
    from spinetrack.charts import build, flare_spans, marked, marks_words
    from spinetrack.recovery.metrics import known
    from spinetrack.recovery.profile import units_of
    from spinetrack.recovery.treatments import marks_of

    span = found.comparison.span
    since = span.before[0]
    until = max(span.before[1], min(span.after[1] + timedelta(days=MARGIN), app.today()))
    drawn = build(
        known(diary.metrics)[found.comparison.metric],
        reader.days.of(found.comparison.metric),
        flare_spans(assessment.flares),
        since=since,
        until=until,
        units=units_of(diary),
    )
    drawn = marked(drawn, marks_of(diary, since, until))
    if app.plain:
        from spinetrack.charts.weeks import weeks_table
        from spinetrack.views.page import Gap, Rows, Text

        head, rows = weeks_table([drawn])
        return Text(f"{drawn.summary} {marks_words([drawn])}"), Gap(), Rows(rows, head=head)
    from spinetrack.charts.terminal import draw
    from spinetrack.cli.showing import only_ascii
    from spinetrack.views.page import Raw

    return (Raw(draw([drawn], min(app.width, WIDEST), colour=app.colour, ascii=only_ascii(app))),)
