"""From the rows of a foreign table to check-ins: what every CSV importer does alike.

Rows of one key become one check-in. Its uuid is made of the program, the key and nothing else, so that the
same file twice is the same as once, and a longer export of the same program adds only what is new.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from spinetrack.errors import SpinetrackError, ValueRefusedError
from spinetrack.exchange.csv_lines import shown
from spinetrack.exchange.importers import Incoming, Problem, imported, named_uuid
from spinetrack.recovery.dates import in_words
from spinetrack.recovery.diary import CustomMetric, Entry, Observation
from spinetrack.recovery.metrics import ALIASES, METRICS, RESERVED, find, known, new_metric
from spinetrack.recovery.values import refused
from spinetrack.recovery.when import TURN_HOUR, day_of
from spinetrack.store.failures import NOTHING_SAVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spinetrack.exchange.csv_dates import Written
    from spinetrack.exchange.importers import Desk
    from spinetrack.recovery.metrics import Better, Metric
    from spinetrack.store.records import Record

KIND: Final = "csv"
MOST_CHECK_INS: Final = 100_000
"""Check-ins that one file may bring: nine a day for thirty years."""
MOST_OWN: Final = 100
"""Measures of their own that one file may bring."""
KEY_MOST: Final = 30
NOTE_MOST: Final = 4000
"""Letters of the note of one check-in."""


class CheckIn:
    """What the rows of one key say."""

    def __init__(self, at: datetime, day: date) -> None:
        self.at = at
        self.day = day
        self.seen: dict[tuple[str, str | None, int], Observation] = {}
        self.notes: list[str] = []
        self.flare: bool | None = None

    def put(self, seen: Observation, *, highest: bool = False) -> None:
        """Keep a value; of several of one measure the last, or the highest."""
        key = (seen.metric, seen.site, 0)
        old = self.seen.get(key)
        if old is None or not highest or seen.value > old.value:
            self.seen[key] = seen

    def put_also(self, seen: Observation) -> None:
        """Keep a value beside others of the same measure."""
        self.seen[seen.metric, seen.site, len(self.seen)] = seen

    def say(self, *words: str) -> None:
        """Keep words for the note, each once."""
        self.notes.extend(word for word in words if word and word not in self.notes)

    def entry(self) -> Entry:
        """Return the check-in."""
        note = "\n".join(self.notes)
        note = note if len(note) <= NOTE_MOST else note[: NOTE_MOST - 1] + "…"
        seen = tuple(
            self.seen[key] for key in sorted(self.seen, key=lambda key: (key[0], key[1] or "", key[2]))
        )
        return Entry(self.at, self.day, self.at, seen, note or None, self.flare, "import")


class Gathering:
    """Collects the check-ins of one file, and the rows that cannot be read.

    Args:
        program: Who wrote the file: a part of every uuid.
        desk: What an importer may use.

    """

    def __init__(self, program: str, desk: Desk) -> None:
        self.program = program
        self.desk = desk
        self.metrics: dict[str, Metric] = dict(known(desk.store.measures()[0]))
        self.problems: list[Problem] = []
        self.said: list[str] = []
        """What is told of the file before it comes in."""
        self._new: list[CustomMetric] = []
        self._found: dict[tuple[str, ...], CheckIn] = {}

    @contextmanager
    def row(self, number: int) -> Iterator[None]:
        """Let a row that is refused inside be a problem of that line, and no more."""
        try:
            yield
        except ValueRefusedError as refusal:
            why = str(refusal).removesuffix(NOTHING_SAVED).strip().removesuffix(".")
            self.problems.append(Problem(number, why))

    def own(self, name: str, unit: str, better: Better | None, high: float | None = None) -> Metric:
        """Return the measure for something this program does not have; the file brings it along.

        Args:
            name: What the other program calls it.
            unit: The unit of the measure.
            better: Which way is better.
            high: The highest value; None is the unit's own.

        """
        key = own_key(name)
        if key not in self.metrics:
            if len(self._new) >= MOST_OWN:
                raise refused(f"The file holds more than {MOST_OWN} measures.")
            label = shown(" ".join(name.split())) or key
            metric = new_metric(key, label, unit, better, None, high)
            self._new.append(metric)
            self.metrics = {**known((*self.desk.store.measures()[0], *self._new))}
        return self.metrics[key]

    def named(self, word: str) -> Metric | None:
        """Return the measure that a word names, None without one."""
        return find(self.metrics, word)

    def moment(self, written: Written) -> tuple[datetime, date]:
        """Return the moment and the patient's day of what a table says.

        A day without a time stands at its beginning, so that what the patient wrote that day comes after
        it and is in force.

        Raises:
            ValueRefusedError: it has not come yet.

        """
        clock = time(TURN_HOUR) if written.clock is None else written.clock
        wall = datetime.combine(written.day, clock)
        at = self.desk.localize(wall) if written.zone is None else wall.replace(tzinfo=written.zone)
        day = day_of(at)
        if at > self.desk.now or day > self.desk.today:
            raise refused(f"{in_words(written.day)} has not come yet.")
        return at, day

    def check_in(self, key: tuple[str, ...], at: datetime, day: date) -> CheckIn:
        """Return the check-in of a key; a new one at its first row."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= MOST_CHECK_INS:
                raise SpinetrackError(f"This table holds more check-ins than a life can. {NOTHING_SAVED}")
            found = self._found[key] = CheckIn(at, day)
        return found

    def incoming(self) -> Incoming:
        """Return what was collected.

        Raises:
            ValueRefusedError: nothing was.

        """
        found = {
            key: one for key, one in self._found.items() if one.seen or one.notes or one.flare is not None
        }
        if not found and not self.problems:
            raise ValueRefusedError(f"There is nothing in this table to take in. {NOTHING_SAVED}")
        if found:
            days = {one.day for one in found.values()}
            self.said.append(
                f"{len(days)} {'day' if len(days) == 1 else 'days'}:"
                f" {in_words(min(days))} to {in_words(max(days))}."
            )
        return Incoming(KIND, tuple(self._records(found)), None, self.problems, tuple(self.said))

    def _records(self, found: dict[tuple[str, ...], CheckIn]) -> Iterator[Record]:
        """Yield the records; of two exports of one program the one that reaches further is in force."""
        if not found:
            return
        last = max(one.at for one in found.values())
        used = {seen.metric for one in found.values() for seen in one.seen.values()}
        for metric in self._new:
            if metric.key in used:
                uuid = named_uuid(KIND, self.program, "metric", metric.key)
                yield imported(metric, uuid=uuid, as_of=last)
        for place, (key, one) in enumerate(sorted(found.items(), key=lambda pair: pair[1].at)):
            record = imported(one.entry(), uuid=named_uuid(KIND, self.program, *key), as_of=last)
            yield record._replace(place=place)


def own_key(name: str) -> str:
    """Return the key of an own measure for a name of another program.

    >>> own_key("Back (lower) pain"), own_key("Pain"), own_key("5-HTP")
    ('back-lower-pain', 'my-pain', 'my-5-htp')
    """
    from hashlib import sha256

    folded = name.casefold()
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded).split()
    key = "-".join(words)[:KEY_MOST].rstrip("-")
    if len(key) < 2 or any(sign.isalpha() and not sign.isascii() for sign in folded):  # noqa: PLR2004
        # Letters were lost: two names may have become one.
        mark = sha256(folded.encode("utf-8", "replace")).hexdigest()[:6]
        key = "-".join((key[: KEY_MOST - 10] or "own", mark)).replace("--", "-")
    if key in METRICS or key in ALIASES or key in RESERVED or not key[0].isalpha():
        key = f"my-{key}"[:KEY_MOST].rstrip("-")
    return key


def tag(name: str) -> str:
    """Return a factor as a note holds it.

    >>> tag("Lack of sleep"), tag("☕ Caffeine")
    ('#lack-of-sleep', '#caffeine')
    """
    words = "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()
    return "#" + "-".join(words) if words else ""
