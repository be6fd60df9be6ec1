"""The cells of a record as JSON: how each type is written, and read back strictly.

Every reader raises ValueError for what it cannot be; a true is no 1, a text is no number.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = Any
"""Whatever JSON can hold, before it is checked; or one field of a record."""

FIRST_YEAR: Final = 1899
LAST_YEAR: Final = 2201
"""A day beyond the years that can be typed is no day: sums over days would not end."""
MOST: Final = 2**53
"""Whole numbers beyond it are no longer exact in every program that reads JSON."""
GREATEST: Final = 1e100
"""A number beyond it measures nothing, and its square could be none."""
STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00", re.ASCII)
"""When a record was made and changed: UTC, so that text sorts as moments do."""
UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MINUTE: Final = timedelta(minutes=1)


def write_number(value: float) -> float:
    """Write a whole number without its point: 4 and 4.0 are the same value."""
    return int(value) if abs(value) < MOST and float(value).is_integer() else value


def read_text(raw: Json) -> str:
    """Read a text that the diary can keep."""
    if type(raw) is not str:
        raise ValueError
    if not raw.isprintable() and ("\0" in raw or not _is_whole(raw)):
        raise ValueError
    return raw


def read_uuid(raw: Json) -> str:
    """Read a uuid."""
    if type(raw) is not str or UUID.fullmatch(raw) is None:
        raise ValueError
    return raw


def read_stamp(raw: Json) -> str:
    """Read a moment of a record's history, in UTC."""
    if type(raw) is not str or STAMP.fullmatch(raw) is None:
        raise ValueError
    datetime.fromisoformat(raw)
    return raw


def read_whole(raw: Json) -> int:
    """Read a whole number."""
    if type(raw) is not int or not -MOST < raw < MOST:
        raise ValueError
    return raw


def read_day(raw: Json) -> date:
    """Read a day, `2026-03-01`."""
    if type(raw) is not str or len(raw) != 10 or raw[7] != "-":  # noqa: PLR2004
        raise ValueError
    day = date.fromisoformat(raw)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def read_moment(raw: Json) -> datetime:
    """Read a moment with the patient's offset, `2026-03-01T20:15:30-05:00`."""
    if type(raw) is not str:
        raise ValueError
    moment = datetime.fromisoformat(raw)
    offset = moment.utcoffset()
    if offset is None or offset % _MINUTE or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError
    return moment


def read_real(raw: Json) -> float:
    """Read a number."""
    if (type(raw) is not float and type(raw) is not int) or not -GREATEST <= raw <= GREATEST:
        raise ValueError
    return float(raw)


def read_flag(raw: Json) -> bool:
    """Read true or false."""
    if type(raw) is not bool:
        raise ValueError
    return raw


def _is_whole(text: str) -> bool:
    """Return whether no half of a letter stands alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _same(value: Json) -> Json:
    return value


def _iso(value: date) -> str:
    return value.isoformat()


PLAIN: Final[dict[str, tuple[Callable[[Json], Json], Callable[[Json], Json]]]] = {
    "str": (_same, read_text),
    "int": (_same, read_whole),
    "float": (write_number, read_real),
    "bool": (_same, read_flag),
    "date": (_iso, read_day),
    "datetime": (_iso, read_moment),
}


def among(words: frozenset[str]) -> Callable[[Json], str]:
    """Read one of a few words."""

    def read(raw: Json) -> str:
        if type(raw) is not str or raw not in words:
            raise ValueError
        return raw

    return read


def within(read: Callable[[Json], Json], low: float, high: float) -> Callable[[Json], Json]:
    """Read with `read` what lies from `low` to `high`, both included."""

    def bounded(raw: Json) -> Json:
        value = read(raw)
        if not low <= value <= high:
            raise ValueError
        return value

    return bounded


def read_list(inner: Json) -> Callable[[Json], tuple[Json, ...]]:
    """Read a list of texts, of whole numbers and gaps, or of pairs of a text and a number."""
    parts = getattr(inner, "__args__", ())
    if isinstance(inner, UnionType):
        item: Callable[[Json], Json] = _read_whole_or_none
    elif parts:
        item = _read_pair
    else:
        item = read_text

    def read(raw: Json) -> tuple[Json, ...]:
        if type(raw) is not list:
            raise ValueError
        return tuple([item(part) for part in raw])

    return read


def _read_whole_or_none(raw: Json) -> int | None:
    return None if raw is None else read_whole(raw)


def _read_pair(raw: Json) -> tuple[str, float]:
    if type(raw) is not list:
        raise ValueError
    name, number = raw
    if type(number) is not int:
        read_real(number)
    return read_text(name), read_whole(number) if type(number) is int else number


def write_list(value: Json) -> list[Json]:
    """Write a tuple, and the pairs in it, as lists."""
    return [list(part) if isinstance(part, tuple) else part for part in value]
