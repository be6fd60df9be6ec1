"""Check-ins back out of a FHIR file that this program wrote.

Only Observations that carry the identifier of a check-in are read: values, places that hurt, the note,
and whether the day was called a flare. Everything else in the file is passed over; the bundle of
`spinetrack export` is the form that keeps all of it. The file may have been through other hands: each
value is checked as if it was typed.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from spinetrack.errors import ValueRefusedError
from spinetrack.exchange.fhir import HEAD
from spinetrack.exchange.fhir_codes import DAY, LOCAL, OWN, RECORD, SHIFTED, SITE, metric_of_code
from spinetrack.exchange.fhir_observations import (
    BODY,
    CARRIED,
    FEELS,
    FLARE_DAY,
    NOTE,
    QUALITY,
    STOP,
    STOPPED,
)
from spinetrack.exchange.files import name_of, open_input
from spinetrack.exchange.hostile import LONGEST
from spinetrack.recovery.diary import LIMIT_STOPS, OTHER_STOPS, Entry, Observation
from spinetrack.recovery.metrics import ALL_TOLERANCES, METRICS, new_metric
from spinetrack.recovery.sites import QUALITIES, SITES
from spinetrack.recovery.when import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from spinetrack.exchange.files import Source
    from spinetrack.recovery.diary import CustomMetric

LARGEST: Final = 500_000_000
"""Bytes of a file that is one resource a line, as this program writes it: 50 years of days."""
LARGEST_WHOLE: Final = 16_000_000
"""Bytes of a file in another layout: it has to be in memory at once."""
UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNITS: Final = {"{score}": "0-10", "min": "min", "m": "m", "1": "count", "kg": "kg"}
"""UCUM code to the unit of a metric that the patient added."""
KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,40}")
NEAR: Final = timedelta(days=2)
"""How far the day of a check-in may lie from its moment."""
YEARS: Final = range(1900, 2200)
MOST: Final = 10
NOTHING: Final = "Nothing was saved."


class Bad(NamedTuple):
    """An Observation that could not be read."""

    line: int
    """The line of the file, or the number of the resource where all stand on one line."""
    why: str


class Found(NamedTuple):
    """What a file holds for a diary."""

    entries: tuple[Entry, ...]
    """With the uuid each check-in has in the diary it came from, and the source `import`."""
    metrics: tuple[CustomMetric, ...]
    """The patient's own metrics, as far as the file tells: unit and name; which way is better it does not."""
    made: datetime | None
    """When the file was written."""
    patient: str | None
    """The id of its Patient: `fhir_subject.patient_id` of the key of the diary it came from."""
    problems: tuple[Bad, ...]
    passed_over: int
    """Resources that are no check-in."""


class _NoValueError(ValueError):
    """Why one Observation cannot be read."""


def recognises(head: bytes) -> bool:
    """Return whether the first bytes of a file look like a FHIR Bundle."""
    text = head.lstrip()
    if text.startswith(HEAD):
        return True
    # Written anew by another program, the file may say at its end only that it is a Bundle.
    return text.startswith(b"{") and b'"resourceType"' in text and (b"Bundle" in text or b'"entry"' in text)


def read_fhir(source: Source) -> Found:
    """Read the check-ins of a FHIR file.

    Raises:
        ValueRefusedError: it cannot be opened, is no FHIR Bundle, is redacted, or holds no check-in.

    """
    reader = _Reader()
    with open_input(source, most=LARGEST) as file:
        try:
            for number, resource in _resources(file, reader):
                reader.read(number, resource)
        except (ValueError, RecursionError) as error:
            if isinstance(error, ValueRefusedError):
                raise
            raise ValueRefusedError(f"This is not a whole FHIR file: {name_of(source)}. {NOTHING}") from error
    found = reader.found()
    if not found.entries:
        raise ValueRefusedError(
            f"There is no check-in of spinetrack in this FHIR file: {name_of(source)}. {NOTHING}"
        )
    return found


def _resources(file: BinaryIO, reader: _Reader) -> Iterator[tuple[int, object]]:
    """Yield the resources of a file, each with its line or number."""
    start = file.read(len(HEAD))
    if start != HEAD:
        yield from _whole(start + file.read(LARGEST_WHOLE), reader)
        return
    number = 1
    while line := file.readline(LONGEST):
        number += 1
        if not line.endswith(b"\n"):
            raise ValueError("a line is cut off or too long")
        if line.startswith(b"]"):
            reader.frame(_json(b"{" + line[2:]))
            return
        yield number, _inside(_json(line.removeprefix(b",")))
    raise ValueError("the end is missing")


def _whole(raw: bytes, reader: _Reader) -> Iterator[tuple[int, object]]:
    if len(raw) > LARGEST_WHOLE:
        raise ValueError("too large")
    bundle = _json(raw)
    reader.frame(bundle)
    entries = bundle.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
        yield number, _inside(entry)


def _json(raw: bytes) -> dict[str, Any]:
    found = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the shape of a file, not of an argument
    return found


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _inside(entry: object) -> object:
    return entry.get("resource") if isinstance(entry, dict) else None


class _CheckIn(NamedTuple):
    """One check-in being put together."""

    at: datetime
    day: date
    recorded_at: datetime
    seen: dict[str, Observation]
    said: dict[str, Any]
    """`note` and `flare`."""


class _Reader:
    """Puts Observations together into check-ins, in the order of the file."""

    def __init__(self) -> None:
        self._check_ins: dict[str, _CheckIn] = {}
        self._metrics: dict[str, CustomMetric] = {}
        self._problems: list[Bad] = []
        self._passed_over = 0
        self._made: datetime | None = None
        self._patient: str | None = None

    def found(self) -> Found:
        """Return what was read."""
        entries = tuple(
            Entry(c.at, c.day, c.recorded_at, tuple(c.seen.values()), source="import", uuid=uuid, **c.said)
            for uuid, c in self._check_ins.items()
            if c.seen or c.said
        )
        metrics = tuple(self._metrics.values())
        return Found(entries, metrics, self._made, self._patient, tuple(self._problems), self._passed_over)

    def frame(self, bundle: dict[str, Any]) -> None:
        """Read what is said about the whole file.

        Raises:
            ValueRefusedError: it is redacted.
            ValueError: it is no Bundle.

        """
        if bundle.get("resourceType") != "Bundle":
            raise ValueError("not a Bundle")
        if _is_shifted(bundle):
            raise ValueRefusedError(f"This file is redacted: it is for reading. {NOTHING}")
        with suppress(_NoValueError):
            self._made = _moment(bundle.get("timestamp"))

    def read(self, number: int, resource: object) -> None:
        """Take one resource in, or note why it cannot be."""
        if not isinstance(resource, dict):
            raise ValueError("not a resource")  # noqa: TRY004 - the shape of a file, not of an argument
        if _is_shifted(resource):
            raise ValueRefusedError(f"This file is redacted: it is for reading. {NOTHING}")
        name = _name(resource)
        if name is None:
            self._passed_over += 1
            if resource.get("resourceType") == "Patient" and self._patient is None:
                self._patient = str(resource.get("id"))
            return
        try:
            self._take(name, resource)
        except _NoValueError as error:
            self._problems.append(Bad(number, str(error)))

    def _take(self, name: str, resource: dict[str, Any]) -> None:
        uuid, _, what = name.partition("/")
        if not UUID.fullmatch(uuid) or not what:
            raise _NoValueError("its identifier is not one of spinetrack")
        at = _moment(resource.get("effectiveDateTime"))
        recorded = _moment(resource["issued"]) if "issued" in resource else at
        fresh = _CheckIn(at, _day(resource, at), recorded, {}, {})
        check_in = self._check_ins.get(uuid, fresh)
        if check_in.at != at:
            raise _NoValueError("two times for one check-in")
        self._put(check_in, what, resource)
        self._check_ins[uuid] = check_in

    def _put(self, check_in: _CheckIn, what: str, resource: dict[str, Any]) -> None:
        code = _local(resource.get("code"))
        if code == NOTE:
            check_in.said["note"] = _typed(resource, "valueString", str)
        elif code == FLARE_DAY:
            check_in.said["flare"] = _typed(resource, "valueBoolean", bool)
        elif code == SITE:
            check_in.seen.setdefault(what, _site(resource))
        else:
            check_in.seen.setdefault(what, self._value(code, resource))

    def _value(self, code: str, resource: dict[str, Any]) -> Observation:
        key = metric_of_code(code)
        if key is None:
            raise _NoValueError(f'"{code[:40]}" is no metric of this version')
        unit = _quantity(resource).get("code") if "valueBoolean" not in resource else "yes/no"
        if not KEY.fullmatch(key):
            raise _NoValueError(f'"{key[:40]}" cannot be the name of a metric')
        metric = METRICS.get(key)
        if metric is not None and unit != (metric.ucum or "yes/no"):
            raise _NoValueError(f"{key} is not in its unit")
        if metric is None and code.startswith(OWN):
            self._define(key, resource, unit)
        value = _number(resource)
        low, high = (metric.low, metric.high) if metric else (0.0, 1e9)
        if not low <= value <= high:
            raise _NoValueError(f"{key} is out of range")
        stop, _, carried = _parts(resource)
        found = Observation(key, value, carried=carried)
        if key not in ALL_TOLERANCES:
            return found
        return found._replace(at_least=_quantity(resource).get("comparator") == ">=", stop=stop)

    def _define(self, key: str, resource: dict[str, Any], ucum: object) -> None:
        """Remember a metric of the patient's own; one without a known unit stays a plain number."""
        unit = "yes/no" if ucum == "yes/no" else UNITS.get(str(ucum))
        if unit is None or key in self._metrics:
            return
        code = resource.get("code")
        label = code.get("text") if isinstance(code, dict) else None
        try:
            self._metrics[key] = new_metric(key, label if isinstance(label, str) else None, unit)
        except ValueRefusedError as error:
            raise _NoValueError(f'"{key[:40]}" cannot be the name of a metric') from error


def _is_shifted(resource: dict[str, Any]) -> bool:
    meta = resource.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    return isinstance(tags, list) and any(isinstance(t, dict) and t.get("code") == SHIFTED for t in tags)


def _name(resource: dict[str, Any]) -> str | None:
    """Return the name of the check-in's part that an Observation stands for, None for any other."""
    names = resource.get("identifier")
    if resource.get("resourceType") != "Observation" or not isinstance(names, list):
        return None
    ours = (n.get("value") for n in names if isinstance(n, dict) and n.get("system") == RECORD)
    return next((name for name in ours if isinstance(name, str)), None)


def _local(concept: object) -> str:
    """Return this program's own code of a CodeableConcept."""
    codings = concept.get("coding") if isinstance(concept, dict) else None
    for coding in codings if isinstance(codings, list) else ():
        if isinstance(coding, dict) and coding.get("system") == LOCAL and isinstance(coding.get("code"), str):
            return str(coding["code"])
    raise _NoValueError("it has no code of spinetrack")


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.utcoffset() is None or found.year not in YEARS:
        raise _NoValueError("its time cannot be read")
    return found


def _day(resource: dict[str, Any], at: datetime) -> date:
    extensions = resource.get("extension")
    for extension in extensions if isinstance(extensions, list) else ():
        if isinstance(extension, dict) and extension.get("url") == DAY:
            with suppress(ValueError):
                day = date.fromisoformat(str(extension.get("valueDate")))
                if abs(day - at.date()) <= NEAR:
                    return day
            raise _NoValueError("its day cannot be read")
    return day_of(at)


def _typed(resource: dict[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 - text or yes/no, as `kind` says
    value = resource.get(name)
    if not isinstance(value, kind):
        raise _NoValueError(f"it has no {name}")
    return value


def _quantity(resource: dict[str, Any]) -> dict[str, Any]:
    found = _typed(resource, "valueQuantity", dict)
    return dict(found)


def _number(resource: dict[str, Any]) -> float:
    if "valueBoolean" in resource:
        return float(_typed(resource, "valueBoolean", bool))
    value = _quantity(resource).get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _NoValueError("its value is not a number")
    try:
        return float(value)
    except OverflowError:
        raise _NoValueError("its value is too large") from None


def _site(resource: dict[str, Any]) -> Observation:
    site = _local(resource.get("bodySite")).removeprefix(BODY)
    value = _number(resource)
    if site not in SITES or not 0 <= value <= MOST:
        raise _NoValueError("the place or its number is not one of spinetrack")
    _, qualities, carried = _parts(resource)
    return Observation("site", value, site, qualities=qualities, carried=carried)


def _parts(resource: dict[str, Any]) -> tuple[str | None, tuple[str, ...], bool]:
    """Return stop reason, qualities, and whether it was said to be as last time."""
    stop, qualities, carried = None, [], False
    components = resource.get("component")
    for component in components if isinstance(components, list) else ():
        if not isinstance(component, dict):
            continue
        code = _local(component.get("code"))
        if code == CARRIED:
            carried = component.get("valueBoolean") is True
        elif code == STOP:
            word = _local(component.get("valueCodeableConcept")).removeprefix(STOPPED)
            stop = word if word in LIMIT_STOPS | OTHER_STOPS else None
        elif code == QUALITY:
            word = _local(component.get("valueCodeableConcept")).removeprefix(FEELS)
            qualities += [word] if word in QUALITIES else []
    return stop, tuple(qualities), carried
