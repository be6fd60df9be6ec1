"""One value of one metric, from the word a patient typed: `35`, `1h10+`, `1.2km`, `3,500`, `yes`.

Strict on purpose: what could be read in two ways is refused with both readings, never guessed.
Regular expressions are compiled only for the rare long forms.
"""

from __future__ import annotations

from math import ceil, floor

from spinetrack.errors import ValueRefusedError
from spinetrack.recovery.metrics import (
    ALL_TOLERANCES,
    KG_IN_POUND,
    METRES_IN_MILE,
    METRICS,
    plain_number,
)
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spinetrack.recovery.metrics import Metric

YES = frozenset({"yes", "y", "1"})
NO = frozenset({"no", "n", "0"})
_MINUTE_WORDS = frozenset({"m", "min", "mins", "minute", "minutes"})
_HOUR_WORDS = frozenset({"h", "hr", "hrs", "hour", "hours"})
_METRE_WORDS = frozenset({"m", "metre", "metres", "meter", "meters"})
_METRES = {
    **dict.fromkeys(_METRE_WORDS, 1.0),
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), 1000.0),
    **dict.fromkeys(("mi", "mile", "miles"), METRES_IN_MILE),
}
_KILOS = {
    **dict.fromkeys(("", "kg", "kgs", "kilo", "kilos"), 1.0),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), KG_IN_POUND),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 20
_HOUR = 60
_GROUP = 3
_LEAST_BARE_METRES = 10
_MOST_BARE_HOURS = 24


class Parsed(NamedTuple):
    """A value in the base unit of the metric it belongs to."""

    metric_key: str
    """`distance` when `walk` was given a distance, else the metric asked for."""
    value: float
    at_least: bool = False
    """It was typed with `+`: a lower bound."""


def parse(metric: Metric, text: str, units: str = "km") -> Parsed:
    """Return what `text` says for `metric`, rounded to 3 decimals (metres to 0.1).

    Args:
        metric: The row it belongs to.
        text: What was typed for it, one value.
        units: `km` or `mi`, the unit named in refusals.

    Raises:
        ValueRefusedError: it is no such value, is out of range, or can be read in two ways.

    """
    typed = text.strip().lower()
    at_least = typed.endswith("+")
    if at_least:
        typed = typed[:-1].rstrip()
        if not metric.is_tolerance:
            names = ", ".join(ALL_TOLERANCES)
            raise refused(f"A + means at least, and only goes with {names}. Nearest: {quoted(typed)}.")
    if typed[:1] in {"-", "−"} and typed[1:2].isdigit():  # noqa: RUF001
        raise _out_of_range(metric, metric.low, units)
    if len(typed) > _LONGEST or not typed:
        raise _not_read(metric, text, units)
    key, value = _READERS[metric.kind](metric, _tight(typed), units)
    row = METRICS.get(key, metric)
    if not row.low <= value <= row.high:
        raise _out_of_range(row, min(max(value, row.low), row.high), units)
    return Parsed(key, round(value, 1 if row.unit == "m" else 3), at_least)


def parse_yes(text: str, name: str) -> bool:
    """Return a yes or no; `name` is what was asked.

    Raises:
        ValueRefusedError: it is neither.

    """
    word = text.strip().lower()
    if word not in YES | NO:
        raise refused(f'{name} is yes or no, not "{quoted(text)}".')
    return word in YES


def refused(sentence: str, hint: str = "") -> ValueRefusedError:
    """Return the error for a refused line: the sentence, and that nothing was saved."""
    return ValueRefusedError(f"{sentence} Nothing was saved.", hint=hint)


def nearest_word(word: str, names: Iterable[str]) -> str:
    """Return ` Did you mean pain?` for the name most like `word`, nothing when none is."""
    from difflib import get_close_matches

    close = get_close_matches(word[:40], tuple(names), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def quoted(text: str, longest: int = 40) -> str:
    """Return typed text fit for a sentence: printable, one line, short."""
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def examples(metric: Metric, units: str = "km") -> str:
    """Return forms that can be typed for `metric`: `35 or 1h10`."""
    if metric.unit == "m":
        return "800m or 1.2km" if units == "km" else "0.5mi or 800m"
    if metric.unit == "0-10":
        return "a whole number from 0 to 10"
    forms = [form for form in metric.form.split(" · ") if "+" not in form]
    return " or ".join(forms[:2])


def typed_form(metric: Metric, value: float, units: str = "km") -> str:
    """Return `value` as it can be typed again: `1h30`, `1.2km`, `yes`, `72.5`."""
    if metric.unit == "yes/no":
        return "yes" if value else "no"
    if metric.unit == "min":
        return _short(value)
    if metric.unit == "m":
        if units == "mi":
            return f"{plain_number(value / METRES_IN_MILE, 2)}mi"
        return f"{plain_number(value / 1000)}km" if value >= 1000 else f"{plain_number(value)}m"  # noqa: PLR2004
    return f"{plain_number(value)}kg" if metric.unit == "kg" else plain_number(value)


def _short(minutes: float) -> str:
    """Return `1h30`, `2h`, or `45min` below an hour."""
    hours, rest = divmod(floor(minutes + 0.5), _HOUR)
    if not hours:
        return f"{rest}min" if rest else "0"
    return f"{hours}h{rest:02d}" if rest else f"{hours}h"


def _tight(text: str) -> str:
    """Close the gaps a person leaves inside one value: `1 h 30`, `35 min`, `3 500`."""
    if not any(c.isspace() for c in text):
        return text
    import re

    if re.fullmatch(r"[1-9][0-9]{0,2}(?:\s[0-9]{3})+", text):
        return re.sub(r"\s", ",", text)
    return re.sub(r"(?<=[0-9])\s+(?=[a-z])|(?<=[a-z])\s+(?=[0-9])", "", text)


def _number(text: str, unit: str = "", *, groups: bool = False) -> float | None:
    """Return the number `text` is, None when it is none.

    A comma with one or two digits after it is a decimal comma. With three it is a group of
    thousands where `groups` says so, else it can be read in two ways and is refused.
    """
    if not text.isascii() or not text[:1].isdigit() or not text[-1:].isdigit():
        return None
    if text.isdigit():
        return float(text)
    head, comma, tail = text.partition(",")
    if comma and _is_grouped(text):
        whole = text.replace(",", "")
        if groups:
            return float(whole)
        decimal = f"{head}.{tail}" if tail.isdigit() else whole
        nearest = plain_number(float(decimal))
        raise refused(f"{text}{unit} is not clear. Write {whole}{unit} or {nearest}{unit}.")
    whole, dot, decimals = text.replace(",", ".").partition(".")
    if not dot or not (whole.isdigit() and decimals.isdigit()) or (comma and len(decimals) > 2):  # noqa: PLR2004
        return None
    return float(f"{whole}.{decimals}")


def _is_grouped(text: str) -> bool:
    first, *rest = text.split(",")
    return first.isdigit() and len(first) <= _GROUP and all(p.isdigit() and len(p) == _GROUP for p in rest)


def _split(text: str) -> tuple[str, str]:
    number = text.rstrip(_LETTERS)
    return number, text[len(number) :]


def _read_scale(metric: Metric, text: str, units: str) -> tuple[str, float]:
    value = _number(text)
    if value is None:
        raise _not_read(metric, text, units)
    if metric.low <= value <= metric.high and value != int(value):
        _refuse_fraction(metric, value)
    return metric.key, value


def _refuse_fraction(metric: Metric, value: float) -> None:
    nearest = f"Nearest: {floor(value)} or {ceil(value)}."
    if metric.unit == "0-10":
        raise refused(f"{metric.label} is a whole number from 0 to 10. {nearest}")
    raise refused(f"{metric.label}: only whole numbers count. {nearest}")


def _read_count(metric: Metric, text: str, units: str) -> tuple[str, float]:
    value = _number(text, groups=True)
    if value is None:
        raise _not_read(metric, text, units)
    whole, _, decimals = text.partition(".")
    if len(decimals) == _GROUP:
        raise refused(f"{text} is not clear. Write {whole}{decimals}.")
    if value != int(value):
        _refuse_fraction(metric, value)
    return metric.key, value


def _read_yes(metric: Metric, text: str, units: str) -> tuple[str, float]:
    del units
    return metric.key, float(parse_yes(text, metric.label))


def _read_plain(metric: Metric, text: str, units: str) -> tuple[str, float]:
    value = _number(text)
    if value is None:
        raise _not_read(metric, text, units)
    return metric.key, value


def _read_weight(metric: Metric, text: str, units: str) -> tuple[str, float]:
    head, unit = _split(text)
    value = _number(head, unit)
    if value is None or unit not in _KILOS:
        raise _not_read(metric, text, units)
    return metric.key, value * _KILOS[unit]


def _read_distance(metric: Metric, text: str, units: str) -> tuple[str, float]:
    metres = _metres(text)
    if metres is not None:
        return metric.key, metres
    value = _number(text, groups=True)
    if value is None:
        raise _not_read(metric, text, units)
    whole = value == int(value) and "." not in text
    if value and not (whole and value >= _LEAST_BARE_METRES):
        number = plain_number(value)
        far = "miles" if units == "mi" else "km"
        raise refused(f"{quoted(text)} could be metres or {far}. Write {number}m or {number}{units}.")
    return metric.key, value


def _metres(text: str) -> float | None:
    """Return metres of a number with a unit of length, None when it has none."""
    head, unit = _split(text)
    if unit not in _METRES:
        return None
    value = _number(head, unit, groups=unit in _METRE_WORDS)
    whole, _, decimals = head.partition(".")
    if value is not None and unit in _METRE_WORDS and len(decimals) == _GROUP:
        raise refused(f"{text} is not clear. Write {whole}{decimals}m or {plain_number(value)}m.")
    return None if value is None else value * _METRES[unit]


def _read_tolerance(metric: Metric, text: str, units: str) -> tuple[str, float]:
    if metric.key == "walk":
        metres = _metres(text)
        if metres is not None:
            return "distance", metres
    return _read_duration(metric, text, units)


def _read_duration(metric: Metric, text: str, units: str) -> tuple[str, float]:
    head, unit = _split(text)
    value = _number(head, unit)
    if value is not None and unit in _MINUTE_WORDS:
        return metric.key, value
    if value is not None and unit in _HOUR_WORDS:
        return metric.key, value * _HOUR
    if value is not None and not unit:
        return metric.key, _bare_minutes(metric, text, value, units)
    minutes = _hours_and_minutes(text)
    if minutes is None:
        raise _not_read(metric, text, units)
    return metric.key, minutes


def _bare_minutes(metric: Metric, text: str, value: float, units: str) -> float:
    """Return a number without a unit as minutes, refused where it could be hours as well."""
    whole = value == int(value) and text.isdigit()
    if not value or (whole and (metric.key != "sleep" or value > _MOST_BARE_HOURS)):
        return value
    hours = _short(value * _HOUR) if value <= _MOST_BARE_HOURS else ""
    minutes = f"{floor(value + 0.5)}"
    if metric.key == "sleep":
        nearest = f"sleep {hours}" if hours else f"sleep {minutes}min"
        raise refused(f"{text} could be hours or minutes. Write: {nearest}.")
    nearest = f"{hours or floor(value)} or {minutes}"
    if metric.key == "walk":
        nearest = f"{hours or floor(value)}, {minutes} or {plain_number(value)}{units}"
    raise refused(f"{text} could be minutes or hours. Write {nearest}.")


def _hours_and_minutes(text: str) -> float | None:
    """Return minutes of `1h10`, `6h30m` or `6:30`, None for anything else."""
    import re

    pattern = r"([0-9]{1,3})(?::([0-9]{2})|(?:h|hr|hrs|hour|hours)([0-9]{1,2})(?:m|min|mins|minutes?)?)"
    found = re.fullmatch(pattern, text)
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or found[3])
    if minutes >= _HOUR:
        as_decimal = _short(hours * _HOUR + minutes * 0.6)
        nearest = f"{as_decimal} or {_short(hours * _HOUR + minutes)}"
        raise refused(f"{text} has more than 59 minutes after the hour. Nearest: {nearest}.")
    return float(hours * _HOUR + minutes)


def _not_read(metric: Metric, text: str, units: str) -> ValueRefusedError:
    if metric.unit == "0-10":
        return refused(f'{metric.label} is {examples(metric)}, not "{quoted(text)}".')
    return refused(f'{metric.label} cannot be "{quoted(text)}". Write it like {examples(metric, units)}.')


def _out_of_range(metric: Metric, nearest: float, units: str) -> ValueRefusedError:
    low, high = typed_form(metric, metric.low, units), typed_form(metric, metric.high, units)
    near = typed_form(metric, nearest, units)
    return refused(f"{metric.label} goes from {low} to {high}. Nearest: {near}.")


_READERS: Mapping[str, Callable[[Metric, str, str], tuple[str, float]]] = {
    "nrs": _read_scale,
    "tolerance": _read_tolerance,
    "duration": _read_duration,
    "distance": _read_distance,
    "count": _read_count,
    "yes-no": _read_yes,
    "weight": _read_weight,
    "number": _read_plain,
}
