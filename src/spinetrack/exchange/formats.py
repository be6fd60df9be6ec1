"""The table of what can be exported. A format's module is imported when it is asked for."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from spinetrack.recovery.diary import Diary
    from spinetrack.recovery.findings import Assessment
    from spinetrack.store import Store

WINDOW: Final = timedelta(days=180)
"""How far back the rules read. Source: design.md section 5."""


class Source:
    """What an export is made of, each part read when a format asks for it.

    Args:
        store: The diary.
        now: The moment of the export.
        today: The patient's day.
        since: The first day, None for all.
        until: The last day, None for all.
        redacted: Nothing that says whose it is goes out.

    """

    def __init__(
        self,
        store: Store,
        now: datetime,
        today: date,
        since: date | None = None,
        until: date | None = None,
        *,
        redacted: bool = False,
    ) -> None:
        self.store = store
        self.since = since
        self.until = until
        self.redacted = redacted
        self._now = now
        self._today = today

    @cached_property
    def _plain(self) -> Diary:
        return self.store.diary(self.since, self.until)

    @cached_property
    def diary(self) -> Diary:
        """What was recorded in the period; redacted, when that was asked."""
        if not self.redacted:
            return self._plain
        from spinetrack.recovery.redact import redact

        return redact(self._plain, self.new_key)

    @cached_property
    def shift(self) -> timedelta:
        """By how much the days move: 0 unless redacted."""
        if not self.redacted:
            return timedelta(0)
        from spinetrack.recovery.redact import shift_of

        return shift_of(self._plain)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The period as the export names it."""
        since, until = self.since, self.until
        return since and since + self.shift, until and until + self.shift

    @cached_property
    def assessment(self) -> Assessment:
        """What the rules say on the day of the export."""
        from spinetrack.recovery.assess import assess
        from spinetrack.recovery.past import lately
        from spinetrack.recovery.redact import moved

        now = moved(self._now, self.shift) if self.redacted else self._now
        today = self._today + self.shift
        return assess(lately(self.diary, today - WINDOW), now, today)

    @cached_property
    def patient(self) -> str:
        """The key of the diary; redacted a fresh one."""
        return (None if self.redacted else self.store.patient()) or self.new_key()

    @staticmethod
    def new_key() -> str:
        """Make a uuid that says nothing."""
        from spinetrack.store.rows import new_uuid

        return new_uuid()


class Format(NamedTuple):
    """One row."""

    suffix: str
    """How the name of its file ends."""
    summary: str
    write: Callable[[Source], Iterable[bytes]]
    lossless: bool = False


def _bundle(source: Source) -> Iterable[bytes]:
    from spinetrack.exchange import bundle

    since, until = source.days
    if source.redacted:
        from spinetrack.exchange.bundle_redacted import records_of

        found, kind = records_of(source.diary), bundle.REDACTED
        return bundle.write_bundle(found, kind=kind, patient=source.patient, since=since, until=until)
    from spinetrack.store.records import records_in

    kind = bundle.PARTIAL if since or until else bundle.FULL
    records = records_in(source.store, since, until)
    return bundle.write_bundle(records, kind=kind, patient=source.patient, since=since, until=until)


def _csv(source: Source) -> Iterable[bytes]:
    from spinetrack.exchange.csv_long import write_csv_long

    return (write_csv_long(source.diary, source.days),)


def _csv_daily(source: Source) -> Iterable[bytes]:
    from spinetrack.exchange.csv_daily import write_csv_daily

    return (write_csv_daily(source.diary),)


def _fhir(source: Source) -> Iterable[bytes]:
    from spinetrack.exchange.fhir import fhir_pieces

    return fhir_pieces(
        source.diary,
        source.assessment,
        patient_key=source.patient,
        period=source.days,
        shifted=source.redacted,
    )


FORMATS: Final = {
    "bundle": Format(".ndjson", "all of it, for spinetrack", _bundle, lossless=True),
    "csv": Format(".csv", "a table, one value a row", _csv),
    "csv-daily": Format("-daily.csv", "a table, one day a row", _csv_daily),
    "fhir": Format(".fhir.json", "for a clinic's program", _fhir),
}
"""Name of a format to its row."""
