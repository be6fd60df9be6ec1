"""Apple Health: `export.xml`, or the zip it comes in, read as a stream into one set of values a day.

Steps and distance: phone and watch count the same walk, so each day takes the one source that counted
most; nothing is added up over sources. Sleep: the union of a source's intervals asleep; the night
belongs to the day of waking, from 18:00 to 18:00, and takes the source that saw most of it. Sources:
ecosystem.md 3.3. The document type is cut away, and with it every entity a hostile file could define.
"""

from __future__ import annotations

from array import array
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from xml.parsers import expat

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.hostile import DEEPEST, LONGEST
from spinetrack.recovery.metrics import METRES_IN_MILE, METRICS
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import IO

CHUNK: Final = 1 << 18
HEAD_MOST: Final = 4_000_000
"""Bytes in which the root must begin: a document type with its comments takes less."""
ROOT: Final = b"<HealthData"
CONTROLS: Final = bytes(set(range(32)) - {9, 10, 13})
"""Characters that XML forbids. Real exports hold some of them."""
MOST_SOURCES: Final = 200
MOST_RECORDS: Final = 20_000_000
BAD_SHOWN: Final = 5
"""Records that could not be read of which the line is named."""
TURN_HOUR: Final = 4
EVENING: Final = 6 * 3600
"""Seconds to midnight from 18:00: sleep that ends from then on belongs to the next day's waking."""
DAY_SECONDS: Final = 86_400
FIRST_DAY: Final = date(1970, 1, 1).toordinal()
MOST_OFFSET: Final = 1440
"""Minutes; an offset from UTC is smaller."""
METRES: Final = {"km": 1000.0, "m": 1.0, "mi": METRES_IN_MILE, "ft": 0.3048, "yd": 0.9144}
ASLEEP: Final = "HKCategoryValueSleepAnalysisAsleep"
"""What every value that means asleep begins with; in bed and awake do not."""

_ByDay: TypeAlias = "dict[date, dict[str, float]]"
"""Day and source to what it counted."""


class Bad(NamedTuple):
    """A record that could not be read."""

    line: int
    why: str


class HealthDays(NamedTuple):
    """What an export holds, by day."""

    days: Mapping[date, Mapping[str, float]]
    """Day to metric key (`steps`, `dailydist`, `sleep`, `mindful`) to value in its base unit."""
    sources: Mapping[str, Mapping[str, int]]
    """Metric key to source name to how many days were taken from it."""
    exported: datetime | None
    """When the export was made, as it says."""
    records: int
    bad: int
    first_bad: tuple[Bad, ...]


def read_apple_health(stream: IO[bytes], *, progress: Callable[[int], None] = lambda _: None) -> HealthDays:
    """Read an export.

    Args:
        stream: The bytes of `export.xml`.
        progress: Told the bytes read so far, now and then.

    Raises:
        ValueRefusedError: it is not an Apple Health export, is cut off, or is built to do harm.

    """
    reader = _Reader()
    try:
        for read, chunk in _cleaned(stream):
            reader.feed(chunk)
            progress(read)
        reader.end()
    except expat.ExpatError as error:
        raise _refusal(error) from error
    return reader.days()


def _refusal(error: expat.ExpatError) -> ValueRefusedError:
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]:
        return ValueRefusedError(f"The file ends too early: the export was cut off. {NOTHING_SAVED}")
    return ValueRefusedError(
        f"The file is damaged at line {error.lineno}. {NOTHING_SAVED}",
        hint="Export it from the Health app once more.",
    )


def _cleaned(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes read so far and the next of them, from the root on, without forbidden characters."""
    read, head = 0, b""
    begun = False
    while chunk := stream.read(CHUNK):
        read += len(chunk)
        if not begun:
            head += chunk
            start = head.find(ROOT)
            if start < 0:
                if len(head) > HEAD_MOST:
                    break
                continue
            begun = True
            # The lines before the root keep their count, so that a line can be named.
            chunk = b"\n" * head.count(b"\n", 0, start) + head[start:]
        yield read, chunk.translate(None, CONTROLS)
    if not begun:
        raise ValueRefusedError(
            f"This is not an Apple Health export. {NOTHING_SAVED}",
            hint="In the Health app: your picture, then Export All Health Data.",
        )


class _Reader:
    """Sums up the records of one export as they pass."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._depth = 0
        self._seen = 0
        self._silent = 0
        self.records = self.bad = 0
        self.exported: datetime | None = None
        self.first_bad: list[Bad] = []
        self._hour = ""
        self._day = date.min
        self._sums: dict[str, _ByDay] = {"steps": {}, "dailydist": {}}
        self._spans: dict[str, dict[str, array[int]]] = {"sleep": {}, "mindful": {}}
        self._wanted: dict[str, Callable[[dict[str, str]], None]] = {
            "HKQuantityTypeIdentifierStepCount": self._steps,
            "HKQuantityTypeIdentifierDistanceWalkingRunning": self._distance,
            "HKCategoryTypeIdentifierSleepAnalysis": self._sleep,
            "HKCategoryTypeIdentifierMindfulSession": self._mindful,
        }

    def feed(self, chunk: bytes) -> None:
        """Read the next bytes."""
        before = self._seen
        self._parser.Parse(chunk, False)
        self._silent = 0 if self._seen != before else self._silent + len(chunk)
        if self._silent > LONGEST:
            raise ValueRefusedError(f"The file holds a tag without end. {NOTHING_SAVED}")

    def end(self) -> None:
        """Say that there are no more bytes."""
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._seen += 1
        self._depth += 1
        if name == "Record":
            add = self._wanted.get(attributes.get("type", ""))
            if add is not None:
                self._try(add, attributes)
        elif name == "ExportDate":
            self._date(attributes)
        elif self._depth > DEEPEST:
            raise ValueRefusedError(f"The file nests its parts too deeply. {NOTHING_SAVED}")

    def _date(self, attributes: dict[str, str]) -> None:
        try:
            self.exported = _moment(attributes.get("value", ""))
        except ValueError:
            self.exported = None

    def _stop(self, _: str) -> None:
        self._depth -= 1

    def _try(self, add: Callable[[dict[str, str]], None], attributes: dict[str, str]) -> None:
        try:
            add(attributes)
        except (KeyError, ValueError, OverflowError) as error:
            self.bad += 1
            if len(self.first_bad) < BAD_SHOWN:
                self.first_bad.append(Bad(self._parser.CurrentLineNumber, _why(error)))
        else:
            self.records += 1

    def _steps(self, record: dict[str, str]) -> None:
        self._add("steps", record, _amount(record["value"]))

    def _distance(self, record: dict[str, str]) -> None:
        self._add("dailydist", record, _amount(record["value"]) * METRES[record["unit"]])

    def _add(self, metric: str, record: dict[str, str], amount: float) -> None:
        hour = record["startDate"][:13]
        if hour != self._hour:
            # Records come in the order of time: making a day of each of a million takes long.
            self._day = (datetime.fromisoformat(f"{hour}:00") - timedelta(hours=TURN_HOUR)).date()
            self._hour = hour
        by_source = self._sums[metric].setdefault(self._day, {})
        source = record.get("sourceName", "")
        by_source[source] = by_source.get(source, 0.0) + amount
        self._bounded(by_source)

    def _sleep(self, record: dict[str, str]) -> None:
        if record["value"].startswith(ASLEEP):
            self._span("sleep", record)

    def _mindful(self, record: dict[str, str]) -> None:
        self._span("mindful", record)

    def _span(self, metric: str, record: dict[str, str]) -> None:
        start, end = _moment(record["startDate"]), _moment(record["endDate"])
        if start.tzinfo is None or end < start or end - start > timedelta(days=2):
            raise ValueError("endDate")
        by_source = self._spans[metric]
        by_source.setdefault(record.get("sourceName", ""), array("q")).append(_packed(start, end))
        self._bounded(by_source)

    def _bounded(self, by_source: Mapping[str, object]) -> None:
        if self.records > MOST_RECORDS or len(by_source) > MOST_SOURCES:
            raise ValueRefusedError(f"The file holds more than an export can. {NOTHING_SAVED}")

    def days(self) -> HealthDays:
        """Return what the records come to."""
        days: dict[date, dict[str, float]] = {}
        sources: dict[str, dict[str, int]] = {}
        for metric, sums in self._sums.items():
            _take_largest(metric, sums, days, sources)
        for metric, spans in self._spans.items():
            shift = EVENING if metric == "sleep" else -TURN_HOUR * 3600
            _take_largest(metric, _minutes(spans, shift), days, sources)
        exported = self.exported if self.exported and self.exported.tzinfo else None
        first_bad = tuple(self.first_bad)
        return HealthDays(dict(sorted(days.items())), sources, exported, self.records, self.bad, first_bad)


def _take_largest(
    metric: str,
    found: _ByDay,
    days: dict[date, dict[str, float]],
    sources: dict[str, dict[str, int]],
) -> None:
    """Take of each day the source that counted most; of equals the first by name."""
    high = METRICS[metric].high if metric in METRICS else METRICS["sleep"].high
    for day, by_source in found.items():
        source, value = max(sorted(by_source.items()), key=lambda pair: pair[1])
        rounded = float(round(value))
        if rounded <= 0 or rounded > high:
            continue
        days.setdefault(day, {})[metric] = rounded
        taken = sources.setdefault(metric, {})
        taken[source] = taken.get(source, 0) + 1


def _packed(start: datetime, end: datetime) -> int:
    """Return a span as one whole number that sorts by its start: an export can hold a million of them.

    33 bits are the seconds since 1970, 18 how many it lasts, 12 the minutes of its offset.
    """
    offset = end.utcoffset()
    first = int(start.timestamp())
    if offset is None or not 0 <= first < 1 << 33:
        raise ValueError("startDate")
    minutes = offset // timedelta(minutes=1)
    return first << 30 | int((end - start).total_seconds()) << 12 | minutes + MOST_OFFSET


def _minutes(spans: Mapping[str, Iterable[int]], shift: int) -> _ByDay:
    """Return the minutes that the spans of each source cover, by the day their end falls on."""
    found: _ByDay = {}
    for source, mine in spans.items():
        covered = 0
        for packed in sorted(mine):
            start = packed >> 30
            begin, end = max(start, covered), start + (packed >> 12 & 0x3FFFF)
            if end <= begin:
                continue
            local = end + ((packed & 0xFFF) - MOST_OFFSET) * 60 + shift
            by_source = found.setdefault(date.fromordinal(FIRST_DAY + local // DAY_SECONDS), {})
            by_source[source] = by_source.get(source, 0.0) + (end - begin) / 60
            covered = end
    return found


def _amount(text: str) -> float:
    amount = float(text)
    if not 0 <= amount < 10_000_000:  # noqa: PLR2004 - also what is not a number
        raise ValueError("value")
    return amount


def _moment(text: str) -> datetime:
    """Read `2026-03-01 23:10:00 +0100`."""
    return datetime.fromisoformat(text[:19] + text[20:])


def _why(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else "a value cannot be read"
