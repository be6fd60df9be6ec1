"""From the words of `report` to its period, and from the file to the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.errors import UsageError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spinetrack.app import App
    from spinetrack.recovery.diary import Diary, Person, Visit
    from spinetrack.recovery.findings import Assessment
    from spinetrack.recovery.period import Span
    from spinetrack.recovery.review import Level
    from spinetrack.report.model import Report
    from spinetrack.report.wish import Start, Wish
    from spinetrack.store import Store
    from spinetrack.store.asides import Begun

USUAL: Final = timedelta(weeks=12)
BEFORE: Final = timedelta(days=63)
"""Days before the period that are read: for the level at its first day and the reference of its flares."""
LEVEL: Final = timedelta(days=28)
RECENT: Final = timedelta(days=60)
NOTHING: Final = "Nothing was written."


class Asked(NamedTuple):
    """What was typed."""

    since: str | None = None
    until: str | None = None
    without: frozenset[str] = frozenset()
    short: bool = False
    redacted: bool = False
    private: bool = False


class Period(NamedTuple):
    """The days of a report, and why they begin where they do."""

    since: date
    until: date
    start: Start
    visit: Visit | None
    """The visit that today is compared with."""


def read_report(app: App, asked: Asked) -> tuple[Report, Period]:
    """Return the report that was asked for. Writes nothing.

    Raises:
        ValueRefusedError: nothing was recorded yet, or there is no such visit or report.
        UsageError: the period cannot be understood, or a word of `--without` is none.
        DiaryFileError: the diary file cannot be read.

    """
    from spinetrack.report.build import build_report

    today = app.today()
    with app.open_store() as store:
        timeless = store.diary(today, today)
        if timeless.first_day is None:
            raise ValueRefusedError(
                f"Nothing is recorded yet, so there is nothing to report. {NOTHING}",
                hint="Begin: spinetrack log 4",
            )
        found = period_of(app, store, timeless, asked)
        diary, wish = _read(store, timeless, today, found, asked)
    return build_report(*_concluded(app, diary, wish)), found


# -- the period ------------------------------------------------------------------------------------


def period_of(app: App, store: Store, diary: Diary, asked: Asked) -> Period:
    """Return the period that was asked for; from the last visit to a physio, else 12 weeks, unless said.

    Raises:
        ValueRefusedError: there is no such visit or report.
        UsageError: it ends before it begins.

    """
    from spinetrack.recovery.period import last_physio_visit
    from spinetrack.recovery.when import parse_since

    today, begun = app.today(), diary.first_day or app.today()
    until = min(parse_since(asked.until, today), today) if asked.until else today
    if until < begun:
        raise ValueRefusedError(f"Nothing is recorded up to that day. {NOTHING}")
    last = last_physio_visit(diary, until)
    word = (asked.since or "").strip()
    if not word and last is None:
        return _within(Period(until - USUAL + timedelta(days=1), until, "weeks", None), begun)
    if not word or word.lower() == "visit" or word.lower().startswith("visit:"):
        visit = last if ":" not in word else _named(diary, word.partition(":")[2], until)
        if visit is None:
            raise ValueRefusedError(
                f"There is no past visit to a physio in your diary. {NOTHING}",
                hint="Add it: spinetrack visit add physio --on 2026-11-02",
            )
        return _within(Period(visit.on, until, "visit", visit), begun)
    if word.lower() == "report":
        return _within(Period(_last_report(store, until), until, "report", last), begun)
    return _within(Period(parse_since(word, today), until, "said", last), begun)


def _within(found: Period, begun: date) -> Period:
    """Return a period that does not begin before the diary does."""
    if found.since > found.until:
        raise UsageError(f"The period ends before it begins. {NOTHING}")
    return found if found.since >= begun else found._replace(since=begun, start="begun")


def _named(diary: Diary, name: str, until: date) -> Visit:
    from spinetrack.recovery.period import named_visit
    from spinetrack.recovery.values import quoted

    visit = named_visit(diary, name, until) if name.strip() else None
    if visit is None:
        raise ValueRefusedError(
            f'There is no past visit to "{quoted(name.strip())}" in your diary. {NOTHING}',
            hint="See them: spinetrack visit list",
        )
    return visit


def _last_report(store: Store, until: date) -> date:
    from spinetrack.recovery.diary import Handover

    made = [h.day for h in store.every(Handover) if h.kind == "report" and h.day <= until]
    if not made:
        raise ValueRefusedError(
            f"No report was made yet. {NOTHING}", hint="For the last 12 weeks: spinetrack report --since 12w"
        )
    return max(made)


# -- the diary -------------------------------------------------------------------------------------


def _read(store: Store, timeless: Diary, today: date, found: Period, asked: Asked) -> tuple[Diary, Wish]:
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.facts import LONG_METRICS
    from spinetrack.recovery.period import Span
    from spinetrack.report.sections_tried import BASE, shown
    from spinetrack.report.wish import Wish

    starts = [today - WINDOW, found.since - BEFORE]
    if found.visit is not None:
        starts.append(found.visit.on - LEVEL)
    starts += [t.start - BASE for t in shown(timeless, Span(found.since, found.until))]
    recent = min(found.since, today - RECENT)
    diary = store.diary(min(starts), today, recent=recent, long=LONG_METRICS)
    span = Span(found.since, found.until)
    baselines: dict[str, Level] = {}
    edited = 0
    asides = store.asides(span.since, span.until, _begun(diary, span))
    if asides is not None:
        edited = asides.edited
        baselines = _baselines(store, asides.begun)
        last = asides.last_screen
        if last is not None and last.id not in {s.id for s in diary.screens}:
            diary = diary._replace(screens=(last, *diary.screens))
    wish = Wish(
        span=span,
        start=found.start,
        visit=found.visit,
        baselines=baselines,
        questions=() if asked.redacted else store.questions(),
        edited=edited,
        without=asked.without,
        short=asked.short,
        redacted=asked.redacted,
        private=asked.private,
    )
    return diary, wish


def _begun(diary: Diary, span: Span) -> Begun[date | None]:
    """Return the question when each metric of page one carried a level first."""
    from spinetrack.recovery.metrics import ALL_TOLERANCES
    from spinetrack.recovery.review import first_stretch
    from spinetrack.recovery.sites import SITES, is_limb
    from spinetrack.store.asides import Begun

    inside = [e for e in diary.entries if span.since <= e.day <= span.until]
    logged = {metric for e in inside for metric, _, site, *_ in e.observations if site is None}
    hurt = {site for e in inside for _, _, site, *_ in e.observations}
    sites = tuple(key for key in SITES if is_limb(key))
    wanted: dict[str, tuple[str, ...]] = {key: () for key in (*ALL_TOLERANCES, "pain") if key in logged}
    if "limb" in logged or hurt & set(sites):
        wanted["limb"] = sites

    def reader(key: str, days: Iterator[tuple[date, bool]]) -> date | None:
        return first_stretch(days, tolerance=key in ALL_TOLERANCES)

    return Begun(wanted, reader)


def _baselines(store: Store, begun: Mapping[str, date | None]) -> dict[str, Level]:
    """Return the level of the first stretch of each metric; stretches of one start are read once."""
    from spinetrack.recovery import review
    from spinetrack.recovery.metrics import METRICS
    from spinetrack.recovery.series import Days

    found: dict[str, Level] = {}
    for first in sorted({day for day in begun.values() if day is not None}):
        keys = tuple(key for key, day in begun.items() if day == first)
        last = first + timedelta(days=review.LEVEL_DAYS - 1)
        days = Days(store.diary(first, last, recent=last + timedelta(days=1), long=(*keys, "site")))
        found |= {key: review.level(days, METRICS[key], first, last) for key in keys}
    return found


# -- what it comes to ------------------------------------------------------------------------------


def _concluded(app: App, diary: Diary, wish: Wish) -> tuple[Diary, Assessment, Wish]:
    """Return what `build_report` takes; of a redacted report all days are moved."""
    from spinetrack.cli.record import WINDOW
    from spinetrack.recovery.assess import assess
    from spinetrack.recovery.past import lately

    now, today = app.now(), app.today()
    if wish.redacted:
        from spinetrack.recovery.redact import moved, redact, shift_of
        from spinetrack.store.rows import new_uuid

        shift = shift_of(diary)
        diary, wish = redact(diary, new_uuid), _moved(wish, shift, diary.people)
        now, today = moved(now, shift), today + shift
    return diary, assess(lately(diary, today - WINDOW), now, today), wish


def _moved(wish: Wish, shift: timedelta, people: Iterable[Person]) -> Wish:
    from spinetrack.recovery.period import Span
    from spinetrack.recovery.redact_tried import visited_role

    visit = wish.visit
    if visit is not None:
        visit = visit._replace(name=visited_role(visit, people), on=visit.on + shift)
    levels = {
        key: level._replace(first=level.first + shift, last=level.last + shift)
        for key, level in (wish.baselines or {}).items()
    }
    span = Span(wish.span.since + shift, wish.span.until + shift)
    return wish._replace(span=span, visit=visit, baselines=levels)
