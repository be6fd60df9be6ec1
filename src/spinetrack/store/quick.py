"""Records read at speed: what is checked of a document once for all documents of the same form.

A form is which fields stand there, in which order, and what type each has. For a form that was seen
before, nothing is left to check but what depends on the value. What passes here passes
`Shape.cells`, and nothing else does; a test holds both equal.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from spinetrack.store import json_cells as cells
from spinetrack.store.documents import OBSERVATION, UNSET, read_observations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spinetrack.recovery.diary import Observation
    from spinetrack.store.documents import Document, Shape
    from spinetrack.store.json_cells import Json

    Step = Callable[[Json], Json]

MOST_FORMS: Final = 500
"""Of one kind, before all are forgotten: a file could hold a new one in every line."""
MOST_VALUES: Final = 5_000
_DOUBTFUL: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes that can stand for a zero byte or half a letter."""
_ADDED: Final = ("id", "uuid", "seq")

read_day: Final = lru_cache(maxsize=4096)(cells.read_day)
read_moment: Final = lru_cache(maxsize=1024)(cells.read_moment)


class _Form(NamedTuple):
    steps: tuple[tuple[int, Step], ...]
    """Places whose value is to be checked or turned into another."""
    pick: Callable[[Sequence[Json]], Json]
    """Puts the values in the order of the named tuple."""
    blank: tuple[Json, ...]
    """The defaults of the fields that are not there."""


class Quick:
    """Reads records of one kind, one after the other.

    Args:
        shape: The kind.
        doubtful: The text they stand in holds escapes that `is_doubtful` found.

    """

    def __init__(self, shape: Shape, *, doubtful: bool) -> None:
        self.shape = shape
        self._forms: dict[tuple[Json, ...], _Form] = {}
        self._doubtful = doubtful
        self._fast: dict[tuple[Json, type], Step | None] = {
            (cells.read_text, str): cells.read_text if doubtful else None,
            (cells.read_flag, bool): None,
            (cells.read_day, str): read_day,
            (cells.read_moment, str): read_moment,
            (read_observations, list): self._observations,
        }
        self._seen: dict[tuple[Json, ...], Observation] = {}

    def read(self, found: Document, known: tuple[Json, Json, Json] = (0, "", 0)) -> Json:
        """Read a record.

        Args:
            found: Its fields.
            known: Its id, its uuid, and the number of its write.

        Raises:
            ValueError: a field is unknown, missing, or cannot be what it says.

        """
        if type(found) is not dict:
            raise ValueError(f"a {self.shape.kind} is not an object")
        values = list(found.values())
        key = (*found, *map(type, values))
        form = self._forms.get(key) or self._learn(key, found)
        try:
            for place, step in form.steps:
                values[place] = step(values[place])
        except OverflowError:
            raise ValueError("a number is too large") from None
        return tuple.__new__(self.shape.make, form.pick((*values, *known, *form.blank)))

    def _learn(self, key: tuple[Json, ...], found: Document) -> _Form:
        if len(self._forms) >= MOST_FORMS:
            self._forms.clear()
        form = self._forms[key] = self._form(found)
        return form

    def _form(self, found: Document) -> _Form:
        names = {name: place for place, name in enumerate((*found, *_ADDED))}
        steps: list[tuple[int, Step]] = []
        for place, (name, raw) in enumerate(found.items()):
            slot = self.shape.slots.get(name)
            if slot is None:
                raise ValueError(f'a {self.shape.kind} has no "{name}"')
            if raw is None and slot.maybe:
                continue
            step = self._fast.get((slot.read, type(raw)), slot.read)
            if step is not None:
                steps.append((place, step))
        order: list[int] = []
        blank: list[Json] = []
        for name, default in zip(self.shape.make._fields, self.shape.blank, strict=True):
            if name not in names:
                if default is UNSET:
                    raise ValueError(f"a part of a {self.shape.kind} is missing")
                names[name] = len(names)
                blank.append(default)
            order.append(names[name])
        return _Form(tuple(steps), itemgetter(*order), tuple(blank))

    def _observations(self, raw: list[Json]) -> tuple[Observation, ...]:
        """Read observations. Most are a measure and a value that were there before."""
        seen, found = self._seen, []
        for one in raw:
            try:
                key = (*one, *one.values())
                known = seen.get(key)
            except (TypeError, AttributeError):
                key, known = (), None
            if known is None or key[3] is True or key[3] is False:  # which a table takes for 1 and 0
                known = quick_of(OBSERVATION, doubtful=self._doubtful).read(one)
                if key[:2] == ("metric", "value") and len(seen) < MOST_VALUES:
                    seen[key] = known
            found.append(known)
        return tuple(found)


_QUICK: Final[dict[tuple[str, bool], Quick]] = {}


def quick_of(shape: Shape, *, doubtful: bool) -> Quick:
    """Return the reader of a kind, which remembers the forms of all files read so far."""
    found = _QUICK.get((shape.kind, doubtful))
    if found is None:
        found = _QUICK[shape.kind, doubtful] = Quick(shape, doubtful=doubtful)
    return found


def is_doubtful(text: bytes) -> bool:
    """Return whether JSON holds escapes that may stand for what no text of the diary can hold."""
    return _DOUBTFUL.search(text) is not None or not text.isascii()
