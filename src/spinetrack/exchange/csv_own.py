"""The two tables that this program writes itself, `csv` and `csv-daily`, as far as a table can come back.

One value a row: check-ins, sessions and skips come back under the uuid they had, and rank below the records
themselves, so that a bundle of the same diary adds nothing twice. One day a row: a check-in a day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from spinetrack.exchange.csv_cells import plain_text
from spinetrack.exchange.csv_dates import Written, read_clock, read_written
from spinetrack.exchange.csv_gather import CheckIn, Gathering
from spinetrack.exchange.csv_lines import shown, table_with
from spinetrack.exchange.csv_numbers import read_value
from spinetrack.exchange.importers import Incoming, imported
from spinetrack.recovery.diary import Observation, Session, Skip
from spinetrack.recovery.metrics import UNITS
from spinetrack.recovery.sites import QUALITIES, find_site
from spinetrack.recovery.values import quoted, refused
from spinetrack.recovery.when import TURN_HOUR
from spinetrack.store.json_cells import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spinetrack.exchange.csv_lines import Line, Table
    from spinetrack.exchange.importers import Desk
    from spinetrack.store.records import Record

LONG: Final = ("day", "time", "zone", "kind", "key", "value", "unit", "at_least", "record")
DAILY: Final = ("day", "zone", "check_ins", "flare", "pain")
STOPS: Final = frozenset({"pain", "leg", "stiff", "tired", "task", "timer"})
WHYS: Final = frozenset({"pain", "afraid", "ill", "away", "time"})
MOST_DOSE: Final = 100_000.0
_SOURCES: Final = frozenset({"log", "check-in", "timer", "demo", "import", "device"})
_BEFORE: Final = timedelta(seconds=1)


def long_in(lines: Sequence[Line]) -> Table | None:
    """Return the table of one value a row, None for a file of another program."""
    return table_with(lines, LONG)


def daily_in(lines: Sequence[Line]) -> Table | None:
    """Return the table of one day a row, None for a file of another program."""
    return table_with(lines, DAILY)


def read_long(table: Table, desk: Desk) -> Incoming:
    """Read the table of one value a row."""
    return _Long(desk).read(table)


class _Long:
    """Puts the rows of one record together."""

    def __init__(self, desk: Desk) -> None:
        self.found = Gathering("spinetrack", desk)
        self.sources: dict[str, str] = {}
        self.sessions: dict[str, Session] = {}
        self.skips: dict[str, Skip] = {}
        self.check_ins: dict[str, CheckIn] = {}
        self.left = 0
        """Rows that a table cannot bring back."""

    def read(self, table: Table) -> Incoming:
        for line in table.lines:
            with self.found.row(line.number):
                self._row(table.named(line))
        said = self.found.said
        said.append("A table of spinetrack: check-ins, sessions and skips.")
        if self.left:
            said.append(f"{self.left} rows of other kinds stay out. A bundle holds everything.")
        incoming = self.found.incoming() if self.check_ins or self.found.problems else None
        own = tuple(record for record in incoming.records if record.kind != "entry") if incoming else ()
        records = (*own, *self._records())
        if not records and not self.found.problems:
            self.found.incoming()
        return Incoming("csv", records, None, self.found.problems, tuple(said))

    def _row(self, row: dict[str, str]) -> None:
        kind, uuid = row["kind"], row["record"]
        if kind not in {"value", "site", "flare", "note", "skip"} and not kind.startswith("session"):
            self.left += 1
            return
        if UUID.fullmatch(uuid) is None:
            raise refused("The row does not say which record it is of.")
        if kind == "skip":
            at, day = self._moment(row)
            self.skips[uuid] = Skip(_key(row), at, day, _one_of(row["stop"], WHYS, "reason"), uuid=uuid)
        elif kind.startswith("session"):
            self._session(kind, uuid, row)
        else:
            self._value(kind, uuid, row)

    def _value(self, kind: str, uuid: str, row: dict[str, str]) -> None:
        at, day = self._moment(row)
        seen = self._observation(row) if kind in {"value", "site"} else None
        check_in = self.found.check_in((uuid,), at, day)
        self.check_ins[uuid] = check_in
        self.sources[uuid] = row["source"] if row["source"] in _SOURCES else "import"
        if seen is not None:
            check_in.put_also(seen)
        elif kind == "flare":
            check_in.flare = _yes(row["value"])
        else:
            check_in.say(plain_text(row["note"]))

    def _observation(self, row: dict[str, str]) -> Observation:
        if row["kind"] == "site":
            return _site(row["site"], row["value"], plain_text(row["note"]).split())
        key = _key(row)
        metric = self.found.metrics.get(key)
        if metric is None:
            if row["unit"] not in UNITS:
                raise refused(f'Nothing is known about the measure "{quoted(key)}".')
            metric = self.found.own(key, row["unit"], None)
        value = read_value(metric, row["value"]).value
        stop = _one_of(row["stop"], STOPS, "stop") if row["stop"] else None
        return Observation(metric.key, value, None, row["at_least"] == "1", stop)

    def _session(self, kind: str, uuid: str, row: dict[str, str]) -> None:
        if kind == "session":
            at, day = self._moment(row)
            stop = _one_of(row["stop"], STOPS, "stop") if row["stop"] else None
            dose = _number(row["value"], MOST_DOSE)
            note = plain_text(row["note"]) or None
            self.sessions[uuid] = Session(
                _key(row), at, day, at, dose, stop=stop, note=note, source=row["source"] or "done", uuid=uuid
            )
            return
        if uuid not in self.sessions:
            raise refused("The session itself is missing before this row.")
        session = self.sessions[uuid]
        if kind == "session-settled":
            self.sessions[uuid] = session._replace(settled=_yes(row["value"]))
        elif kind == "session-effort":
            self.sessions[uuid] = session._replace(effort=int(_number(row["value"], 10)))
        elif kind == "session-pain":
            self.sessions[uuid] = session._replace(pain=int(_number(row["value"], 10)))
        else:
            self.left += 1

    def _moment(self, row: dict[str, str]) -> tuple[datetime, date]:
        """Return the moment of a row: what is early on the clock stands at the end of its day."""
        day = read_written(row["day"], None).day
        clock = read_clock(row["time"] + _offset(row))
        after = timedelta(days=1) if clock[0] < time(TURN_HOUR) else timedelta()
        at, _ = self.found.moment(Written(day + after, *clock))
        return at, day

    def _records(self) -> Iterator[Record]:
        for place, (uuid, check_in) in enumerate(self.check_ins.items()):
            entry = check_in.entry()._replace(source=self.sources[uuid], uuid=uuid)
            # Check-ins of one moment keep the order they have in the file.
            yield imported(entry, uuid=uuid, as_of=entry.at - _BEFORE)._replace(place=place)
        for uuid, session in self.sessions.items():
            yield imported(session, uuid=uuid, as_of=session.at - _BEFORE)
        for uuid, skip in self.skips.items():
            yield imported(skip, uuid=uuid, as_of=skip.at - _BEFORE)


def _offset(row: dict[str, str]) -> str:
    """Return the offset of a row, `+01:00`; older tables have no UTC before it."""
    zone = row["zone"].strip().upper()
    return zone.removeprefix("UTC") or zone


def read_daily(table: Table, desk: Desk) -> Incoming:
    """Read the table of one day a row: one check-in at the beginning of each day."""
    found = Gathering("spinetrack-daily", desk)
    here = {entry.day for entry in desk.store.diary().entries if entry.source != "import"}
    skipped = 0
    for line in table.lines:
        with found.row(line.number):
            row = table.named(line)
            if read_written(row["day"], None).day in here:
                skipped += 1
            else:
                _read_day(found, row)
    found.said.append("A table of spinetrack, one day a row. What was done of the plan stays out.")
    found.said += _unknown(table, found)
    if skipped:
        found.said.append(f"{skipped} days stay out: your diary has check-ins of them.")
        if skipped == len(table.lines):
            return Incoming("csv", (), None, [], tuple(found.said))
    return found.incoming()


def _unknown(table: Table, found: Gathering) -> Iterator[str]:
    """Say which own measures of the file this diary does not know: the table does not hold their unit."""
    ends = tuple(f"_{end}" for end in ("at_least", "done"))
    for name in table.header:
        ours = name in {*DAILY, *found.metrics, "sites", "notes"} or name.endswith(ends)
        if not ours and any(table.column(name)):
            yield f"{shown(name)} stays out: your diary has no such measure. To make one: spinetrack metric"


def _read_day(found: Gathering, row: dict[str, str]) -> None:
    zone = read_clock(f"04:00{_offset(row)}")[1] if row["zone"] else None
    at, day = found.moment(Written(read_written(row["day"], None).day, time(TURN_HOUR), zone))
    seen = [
        Observation(key, read_value(metric, row[key]).value, None, row.get(f"{key}_at_least") == "1")
        for key, metric in found.metrics.items()
        if row.get(key)
    ]
    sites = [_site(*part.rpartition(":")[::2], ()) for part in plain_text(row.get("sites", "")).split()]
    check_in = found.check_in((day.isoformat(),), at, day)
    for one in (*seen, *sites):
        check_in.put(one)
    if row["flare"]:
        check_in.flare = _yes(row["flare"])
    check_in.say(plain_text(row.get("notes", "")))


def _key(row: dict[str, str]) -> str:
    key = plain_text(row["key"])
    if not key:
        raise refused("The row does not say what it is of.")
    return key


def _site(name: str, value: str, qualities: Sequence[str]) -> Observation:
    site = find_site(plain_text(name))
    if site is None:
        raise refused(f'"{quoted(name)}" is no part of the body.')
    if not {*qualities} <= {*QUALITIES}:
        raise refused(f'"{quoted(" ".join(qualities))}" does not say how it feels.')
    return Observation("site", _number(value, 10), site, qualities=tuple(qualities))


def _number(text: str, most: float) -> float:
    try:
        value = float(text) if len(text) < 30 else -1.0  # noqa: PLR2004
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise refused(f'"{quoted(text)}" cannot be here.')
    return value


def _yes(text: str) -> bool:
    if text not in {"0", "1"}:
        raise refused(f'"{quoted(text)}" is neither yes nor no.')
    return text == "1"


def _one_of(text: str, words: frozenset[str], what: str) -> str:
    if text not in words:
        raise refused(f'"{quoted(text)}" is no {what}.')
    return text
