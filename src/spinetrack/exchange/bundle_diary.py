"""A bundle read as a diary, without a store: for who only looks, and for who looks at thousands.

Each record is checked as strictly as in a merge, but without SQLModel. Ids are given anew, from 1, in the
order in which the records were made. `read_handed` reads all of it, `read_for_need` the kinds alone that
say who needs to be read first.
"""

from __future__ import annotations

import re
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from spinetrack.exchange.bundle_reading import LARGEST, compare, damaged, header_in
from spinetrack.exchange.files import open_input
from spinetrack.recovery.diary import Diary
from spinetrack.store.documents import Document, parse, shapes
from spinetrack.store.json_cells import read_whole
from spinetrack.store.quick import is_doubtful, quick_of, read_day
from spinetrack.store.records import TOMBSTONE, USUAL, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from spinetrack.exchange.bundle import Header
    from spinetrack.exchange.files import Source
    from spinetrack.recovery.diary import Handover, Question
    from spinetrack.store.documents import Shape
    from spinetrack.store.json_cells import Json

    _Line = tuple[str, int, str, Document]

FIELDS: Final = {
    "entries": "entry", "sessions": "session", "skips": "skip", "marks": "flare_mark",
    "decisions": "decision", "triggers": "rescreen", "screens": "screen", "activities": "activity",
    "quotas": "quota", "profile": "profile", "settings": "setting", "playbooks": "playbook",
    "metrics": "metric_def", "goals": "goal", "milestones": "milestone", "ratings": "goal_rating",
    "scores": "score", "people": "person", "treatments": "treatment",
    "treatment_sessions": "treatment_session", "medicines": "medicine", "intakes": "intake",
    "side_effects": "side_effect", "blocks": "block", "block_readings": "block_reading", "visits": "visit",
}  # fmt: skip
"""Field of a diary to the kind it holds."""
SORTED: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("activity", "metric_def", "goal", "person", "medicine"), ("id",)),
    **dict.fromkeys(("goal_rating", "score", "treatment_session"), ("day", "at", "id")),
    "milestone": ("goal_id", "due", "id"),
    "treatment": ("start", "id"),
    "visit": ("on", "id"),
}
"""What `store.reading` sorts a kind by; all others by `at`, then `id`."""
STARTED: Final = ("entry", "session", "skip", "flare_mark", "screen", "rescreen", "decision")
LIVED: Final = ("entry", "session", "skip")
NEEDED: Final = frozenset(
    {"entry", "skip", "flare_mark", "screen", "outcome", "profile", "setting", "metric_def", "goal",
     "goal_rating", "visit", "person", "medicine", "intake"}
)  # fmt: skip
"""The kinds that `recovery.caseload` looks at; of sessions the days alone."""
_DAY: Final = re.compile(rb'"day":"(\d{4}-\d\d-\d\d)"')
"""A quote inside a text is escaped: only a field can stand so."""


class Handed(NamedTuple):
    """A bundle read as a diary."""

    header: Header
    diary: Diary
    questions: tuple[Question, ...]
    handovers: tuple[Handover, ...]
    changed: frozenset[str] = frozenset()
    """The uuids of what was changed after it was first saved."""


def read_diary(source: Source) -> Diary:
    """Read a bundle as a diary.

    Raises:
        ValueRefusedError: it is no bundle, damaged, or newer than this program.

    """
    return read_handed(source).diary


def read_handed(source: Source) -> Handed:
    """Read a bundle as a diary, with what else it holds. A redacted one too.

    Raises:
        ValueRefusedError: it is no bundle, damaged, or newer than this program.

    """
    header, rest = _opened(source)
    documents = _documents(_lines(rest))
    kinds: dict[str, _Kind] = {}
    removals = _sort_out(documents, kinds, doubtful=is_doubtful(rest))
    counts = {name: len(kind.lines) for name, kind in kinds.items()}
    compare(header, {**counts, TOMBSTONE: removals} if removals else counts, sha256(rest).hexdigest())
    try:
        found = _handed(header, kinds)
    except ValueError as error:
        raise damaged("") from error
    return found._replace(changed=frozenset(d["uuid"] for d in documents if d["revision"] != 1))


def read_for_need(source: Source, lately: Sequence[date]) -> Handed:
    """Read of a bundle the kinds that say who needs to be read first.

    The check sum speaks for the rest of it, which is not looked at. Of what was taken only the days
    named come along.

    Args:
        source: The file.
        lately: The days whose intakes count.

    Raises:
        ValueRefusedError: it is no bundle, damaged, or newer than this program.

    """
    header, rest = _opened(source)
    compare(header, header.counts, sha256(rest).hexdigest())
    blocks = _blocks(header, _lines(rest))
    if "intake" in blocks:
        recent = {day.isoformat().encode() for day in lately}
        blocks["intake"] = [line for line in blocks["intake"] if recent & {*_DAY.findall(line)}]
    wanted = {name: block for name, block in blocks.items() if block and name in NEEDED}
    kinds: dict[str, _Kind] = {}
    documents = _documents([line for block in wanted.values() for line in block])
    _sort_out(documents, kinds, doubtful=is_doubtful(rest))
    if {name: len(kind.lines) for name, kind in kinds.items()} != {n: len(b) for n, b in wanted.items()}:
        raise damaged("")
    try:
        found = _handed(header, kinds)
        days = [read_day(text.decode()) for text in {*_DAY.findall(b"".join(blocks.get("session", ())))}]
    except ValueError as error:
        raise damaged("") from error
    return found._replace(diary=_with_days(found.diary, days))


def _blocks(header: Header, lines: list[bytes]) -> dict[str, list[bytes]]:
    """Return kind to its lines: they lie sorted by kind, and the header counts them."""
    blocks: dict[str, list[bytes]] = {}
    start = 0
    for name in sorted(header.counts):
        end = start + header.counts[name]
        if end < start or (name != TOMBSTONE and name not in shapes()):
            raise damaged("at line 1")
        blocks[name] = lines[start:end]
        start = end
    if start != len(lines):
        raise damaged("or was cut off on its way")
    return blocks


def _with_days(diary: Diary, days: list[date]) -> Diary:
    """Return a diary in which sessions of these days were done too."""
    ends = [day for day in (diary.first_day, *days) if day], [day for day in (diary.last_day, *days) if day]
    return diary._replace(first_day=min(ends[0], default=None), last_day=max(ends[1], default=None))


def _opened(source: Source) -> tuple[Header, bytes]:
    """Return the header of a bundle and every byte after it."""
    with open_input(source, most=LARGEST) as file:
        return header_in(file), file.read()


def _lines(rest: bytes) -> list[bytes]:
    lines = rest.split(b"\n")
    if lines.pop() != b"":
        raise damaged("or was cut off on its way")
    return lines


def _documents(lines: list[bytes]) -> list[Document]:
    """Read all lines at once: one by one takes a third longer."""
    try:
        found = cast("list[Document]", parse(b"[" + b",".join(lines) + b"]"))
    except ValueError as error:
        raise damaged("") from error
    if len(found) != len(lines):
        raise damaged("")
    return found


class _Kind:
    """The records of one kind: as they come, and then in the order they were made."""

    def __init__(self, shape: Shape, *, doubtful: bool) -> None:
        self.shape = shape
        self.quick = quick_of(shape, doubtful=doubtful)
        self.lines: list[_Line] = []
        """When it was made, its place in that write, its uuid, its fields."""
        self.ids: dict[str, int] = {}

    def number(self) -> None:
        """Give each record its id: its place in the order they were made."""
        self.lines.sort()
        self.ids = {line[2]: number for number, line in enumerate(self.lines, start=1)}

    def values(self, kinds: Mapping[str, _Kind], seqs: Mapping[str, int]) -> tuple[Json, ...]:
        """Make the records, those left out that must name one which is not there."""
        read, names = self.quick.read, self.shape.names
        found: list[Json] = []
        for number, (made, _, uuid, fields) in enumerate(self.lines, start=1):
            value = read(fields, (number, uuid, seqs[made]))
            if names:
                value = self._resolved(value, kinds)
                if value is None:
                    del self.ids[uuid]
                    continue
            found.append(value)
        found.sort(key=_sorting(self.shape))
        return tuple(found)

    def _resolved(self, value: Json, kinds: Mapping[str, _Kind]) -> Json:
        """Name other records by id; None when one is missing that must be there."""
        cells = list(value)
        for _, kind, at, must in self.shape.names:
            number = kinds[kind].ids.get(cells[at]) if kind in kinds else None
            if number is None and must:
                return None
            cells[at] = number
        return tuple.__new__(self.shape.make, cells)


def _sorting(shape: Shape) -> Callable[[Json], Json]:
    names = SORTED.get(shape.kind, ("at", "id"))
    return itemgetter(*(shape.make._fields.index(name) for name in names))


def _sort_out(documents: Iterable[Document], kinds: dict[str, _Kind], *, doubtful: bool) -> int:
    """Put each record with its kind; return how many say that one was removed."""
    seen: set[str] = set()
    removals = 0
    for number, document in enumerate(documents, start=2):
        try:
            name, line = _identified(document)
        except ValueError as error:
            raise damaged(f"at line {number}") from error
        uuid = line[2]
        if uuid in seen:
            raise damaged(f"at line {number}")
        seen.add(uuid)
        if name == TOMBSTONE:
            removals += 1
            continue
        kind = kinds.get(name)
        if kind is None:
            kind = kinds[name] = _Kind(shapes()[name], doubtful=doubtful)
        kind.lines.append(line)
    return removals


def _identified(document: Document) -> tuple[str, _Line]:
    """Return a record's kind, when and in which order it was made, its uuid and its fields."""
    write = place = 0
    if type(document) is dict and tuple(document) == USUAL:
        created, fields, kind, _, _, uuid = document.values()
    else:
        document, _ = opened(document)
        kind, uuid = document["kind"], document["uuid"]
        created, fields = document.get("created", ""), document.get("data", {})
        write, place = read_whole(document.get("write", 0)), read_whole(document.get("place", 0))
    if type(uuid) is not str or type(created) is not str:
        raise ValueError("a name of it is none")
    if type(kind) is not str or (kind not in shapes() and kind != TOMBSTONE):
        raise ValueError("its kind is unknown")
    return kind, (f"{created} {write:09}" if write else created, place, uuid, fields)


def _handed(header: Header, kinds: dict[str, _Kind]) -> Handed:
    writes = sorted({line[0] for kind in kinds.values() for line in kind.lines})
    seqs = {made: number for number, made in enumerate(writes, start=1)}
    for kind in kinds.values():
        kind.number()
    found: dict[str, tuple[Json, ...]] = {}
    # A record is left out with the one it must name: those that are named come first.
    for name in sorted(kinds, key=_depth):
        found[name] = kinds[name].values(kinds, seqs)
    found["screen"] = _with_outcomes(found.get("screen", ()), found.get("outcome", ()))
    parts: dict[str, Json] = {field: found.get(kind, ()) for field, kind in FIELDS.items()}
    first, last = min(_days(found, STARTED), default=None), max(_days(found, LIVED), default=None)
    diary = Diary(**parts, first_day=first, last_day=last)
    return Handed(header, diary, found.get("question", ()), found.get("handover", ()))


def _depth(kind: str) -> int:
    names = shapes()[kind].names
    return 1 + max(_depth(other) for _, other, *_ in names) if names else 0


def _with_outcomes(screens: tuple[Json, ...], outcomes: tuple[Json, ...]) -> tuple[Json, ...]:
    by_screen: dict[int, list[Json]] = {}
    for outcome in outcomes:
        by_screen.setdefault(outcome.screen_id, []).append(outcome)
    return tuple(screen._replace(outcomes=tuple(by_screen.get(screen.id, ()))) for screen in screens)


def _days(found: dict[str, tuple[Json, ...]], kinds: Iterable[str]) -> list[date]:
    return [row.day for kind in kinds for row in found.get(kind, ())]
