"""A bundle read as a diary, without a store: for who only looks, and for who looks at thousands.

Each record is checked as strictly as in a merge, but without SQLModel. Ids are given anew, from 1, in the
order in which the records were made.
"""

from __future__ import annotations

from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from spinetrack.exchange.bundle_reading import LARGEST, compare, damaged, header_in
from spinetrack.exchange.files import open_input
from spinetrack.recovery.diary import Diary
from spinetrack.store.documents import Document, parse, shapes
from spinetrack.store.json_cells import read_whole
from spinetrack.store.quick import is_doubtful, quick_of
from spinetrack.store.records import TOMBSTONE, USUAL, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
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


class Handed(NamedTuple):
    """A bundle read as a diary."""

    header: Header
    diary: Diary
    questions: tuple[Question, ...]
    handovers: tuple[Handover, ...]


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
    with open_input(source, most=LARGEST) as file:
        header = header_in(file)
        rest = file.read()
    kinds: dict[str, _Kind] = {}
    doubtful = is_doubtful(rest)
    removals = _sort_out(_documents(rest), kinds, doubtful=doubtful)
    counts = {name: len(kind.lines) for name, kind in kinds.items()}
    compare(header, {**counts, TOMBSTONE: removals} if removals else counts, sha256(rest).hexdigest())
    try:
        return _handed(header, kinds)
    except ValueError as error:
        raise damaged("") from error


def _documents(rest: bytes) -> list[Document]:
    """Read all lines at once: one by one takes a third longer."""
    lines = rest.split(b"\n")
    if lines.pop() != b"":
        raise damaged("or was cut off on its way")
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
    parts = {field: found.get(kind, ()) for field, kind in FIELDS.items()}
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
