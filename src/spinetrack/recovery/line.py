"""The words of a daily line: `4 worst 6 sit 35 walk 1.2km sleep 6h30 note long drive`.

`sit 35` and `sit=35` are the same; a leading bare number is pain; `note` takes all words after it;
`sit =` repeats the last value. One wrong word refuses the whole line.
"""

from __future__ import annotations

from spinetrack.errors import SpinetrackError, UsageError
from spinetrack.recovery.diary import LIMIT_STOPS, OTHER_STOPS, Observation
from spinetrack.recovery.metrics import (
    ALIASES,
    ALL_TOLERANCES,
    METRICS,
    NEVER_CARRIED,
    find,
    show,
)
from spinetrack.recovery.values import examples, nearest_word, parse, parse_yes, quoted, refused
from spinetrack.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spinetrack.recovery.metrics import Metric

WORDS = ("note", "flare", "settled")
"""Words of the line that are no metrics."""
STOPS = ("pain", "leg", "stiff", "tired", "task", "timer")
"""Reasons why a tolerance ended, in the order they are offered."""
_MAYBE_MINUTES = 240
"""Metres up to which `walk 20m` may have been meant as minutes."""


class Line(NamedTuple):
    """What a daily line says."""

    observations: tuple[Observation, ...] = ()
    """In the order they were typed."""
    note: str | None = None
    ask_note: bool = False
    """`note -`: the note is to be asked for."""
    flare: bool | None = None
    settled: bool | None = None
    """Did the last session settle by this morning."""
    remarks: tuple[str, ...] = ()
    """Sentences on how something was read, for the echo."""


def parse_line(
    words: Sequence[str],
    metrics: Mapping[str, Metric] = METRICS,
    units: str = "km",
    last: Mapping[str, float] | None = None,
    stop: str | None = None,
) -> Line:
    """Return what `words` say. All or nothing.

    Args:
        words: The words after the command, without options. One quoted `4 sit 35` is split, while
            `sit=1 h 10` is one value.
        metrics: Every metric that can be named, by key.
        units: `km` or `mi`, the unit named in refusals.
        last: The latest value of each metric in its base unit, for `=`.
        stop: Why the tolerances of the line ended, one of `STOPS`.

    Raises:
        ValueRefusedError: a word or value is not known, out of range, repeated or ambiguous.
        UsageError: a word looks like an option.

    """
    if len(words) == 1 and "=" not in words[0].partition(" ")[0]:
        words = words[0].split()
    reader = _Reader(words, metrics, units, last or {})
    while reader.rest:
        reader.take()
    observations = tuple(reader.found.values())
    return Line(
        observations if stop is None else _stopped(observations, stop),
        reader.note,
        reader.ask_note,
        reader.answers.get("flare"),
        reader.answers.get("settled"),
        tuple(reader.remarks),
    )


def check_stop(text: str) -> str:
    """Return the stop reason `text` names.

    Raises:
        ValueRefusedError: it names none.

    """
    reason = text.strip().lower()
    if reason not in STOPS:
        guess = nearest_word(reason, STOPS)
        raise refused(
            f'There is no stop reason called "{quoted(text)}".{guess}',
            hint="Reasons: " + ", ".join(STOPS),
        )
    return reason


class _Reader:
    """Takes the words of a line from the left."""

    def __init__(
        self,
        words: Sequence[str],
        metrics: Mapping[str, Metric],
        units: str,
        last: Mapping[str, float],
    ) -> None:
        self.rest = [word for word in words if word.strip()]
        self.metrics = metrics
        self.units = units
        self.last = last
        self.found: dict[str, Observation] = {}
        self.answers: dict[str, bool] = {}
        self.note: str | None = None
        self.ask_note = False
        self.remarks: list[str] = []
        self._is_first = True

    def take(self) -> None:
        """Take one measure, answer or note off the line."""
        word = self.rest.pop(0).strip()
        is_first, self._is_first = self._is_first, False
        if _is_number(word):
            if not is_first:
                raise refused(f'A number needs a measure before it: "{quoted(word)}".')
            self._keep(self.metrics["pain"], word)
            return
        _check_option(word)
        name, equals, value = word.partition("=")
        key = name.strip().lower()
        metric = find(self.metrics, key)
        if key == "note":
            self._take_note(value)
        elif key in WORDS:
            self._take_answer(key, value or self._next())
        elif metric is not None:
            self._take_metric(metric, value, has_equals=bool(equals))
        else:
            raise self._unknown(name)

    def _take_metric(self, metric: Metric, value: str, *, has_equals: bool) -> None:
        text = value or self._next()
        if text == "=" and not has_equals and self.rest and _is_number(self.rest[0]):
            text = self.rest.pop(0)
        if not text:
            form = examples(metric, self.units)
            raise refused(f"{metric.key} needs a value: {form}.", hint=_typed(metric))
        if text == "=":
            self._carry(metric)
            return
        self._keep(metric, text)
        if metric.key == "walk" and self.rest and _is_number(self.rest[0]):
            self._keep(metric, self.rest.pop(0))

    def _keep(self, metric: Metric, text: str) -> None:
        key, value, at_least = parse(metric, text, self.units)
        self._once(key)
        self.found[key] = Observation(key, value, at_least=at_least)
        if key != metric.key and value <= _MAYBE_MINUTES and text.lower().rstrip("+")[-2:-1].isdigit():
            metres = show(self.metrics[key], value)
            self.remarks.append(f"Read as metres: {metres}. For minutes: walk {value:g}.")

    def _carry(self, metric: Metric) -> None:
        self._once(metric.key)
        if metric.key in NEVER_CARRIED:
            raise refused(f"{metric.label} is felt new each time and cannot be copied.", hint=_typed(metric))
        value = self.last.get(metric.key)
        if value is None:
            raise refused(f"There is no earlier value of {metric.key} to repeat.", hint=_typed(metric))
        self.found[metric.key] = Observation(metric.key, value, carried=True)

    def _take_answer(self, key: str, text: str) -> None:
        if not text:
            raise refused(f"{key} needs an answer: {key} yes or {key} no.")
        if key in self.answers:
            raise refused(f"{key} is on the line twice. Keep one.")
        self.answers[key] = parse_yes(text, key.capitalize())

    def _take_note(self, value: str) -> None:
        text = " ".join(([value] if value else []) + self.rest)
        # Escape codes and half-decoded bytes have no place in a diary that is printed again.
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()
        self.rest.clear()
        if not text:
            raise refused("The note is empty. Write words after it: note long drive.")
        if text == "-":
            self.ask_note = True
        else:
            self.note = text

    def _next(self) -> str:
        """Return the next word when it can be a value, else nothing."""
        if not self.rest:
            return ""
        word = self.rest[0].strip()
        if word != "=" and self._is_key(word.partition("=")[0]):
            return ""
        if not _is_number(word):
            _check_option(word)
        return self.rest.pop(0).strip()

    def _is_key(self, word: str) -> bool:
        return word.lower() in WORDS or find(self.metrics, word) is not None

    def _once(self, key: str) -> None:
        if key in self.found:
            raise refused(f"{key} is on the line twice. Keep one.")

    def _unknown(self, name: str) -> SpinetrackError:
        from spinetrack.recovery.sites import find_site, narrower

        site = find_site(name) or next(iter(narrower(name)), None)
        if site is not None:
            return refused(
                f'"{quoted(name)}" is a part of the body, not a measure.',
                hint=f"Type: --where {site}:4",
            )
        guess = nearest_word(name.lower(), (*self.metrics, *WORDS, *ALIASES))
        return refused(
            f'There is no measure called "{quoted(name)}".{guess}',
            hint="" if guess else "Measures: " + ", ".join(self.metrics),
        )


def _stopped(observations: tuple[Observation, ...], text: str) -> tuple[Observation, ...]:
    """Return the observations with a stop reason on every tolerance."""
    reason = check_stop(text)
    held = [o for o in observations if o.metric in ALL_TOLERANCES]
    if not held:
        raise refused(
            "A stop reason needs a tolerance on the line: sit, stand, walk or distance.",
            hint=f"Type: sit 35 --stop {reason}",
        )
    for one in held:
        if one.at_least and reason in LIMIT_STOPS:
            others = " or ".join(sorted(OTHER_STOPS))
            raise refused(f"A + on {one.metric} says that {others} ended it, not {reason}. Leave one out.")
    return tuple(
        o._replace(stop=reason, at_least=reason in OTHER_STOPS) if o in held else o for o in observations
    )


def _is_number(word: str) -> bool:
    """Return whether a word starts like a number."""
    return word.lstrip("+-−.,")[:1].isdigit() and not word.startswith("--")  # noqa: RUF001


def _check_option(word: str) -> None:
    if word.startswith("-") and word != "-":
        raise UsageError(
            f"There is no option {quoted(word)} here. Nothing was saved.",
            hint="See: spinetrack log --help",
        )


def _typed(metric: Metric) -> str:
    return f"Type: {metric.key} {metric.example}"
