"""What was tried and who helped: treatments, medicines, blocks, people. `diary` states the conventions.

A field that ends in `_id` names another record by the number it has on this computer; a bundle names
it by uuid.
"""

from datetime import date, datetime

from spinetrack.typed import Literal, NamedTuple


class Person(NamedTuple):
    """Somebody of the care team."""

    name: str
    role: str
    """`physiotherapist`, `GP`, … in the patient's words; "" when not said."""
    at: datetime
    day: date
    note: str | None = None
    id: int = 0
    uuid: str = ""


class Treatment(NamedTuple):
    """Something that was tried, or an investigation."""

    kind: str
    """A key of `treatments.KINDS`."""
    name: str
    start: date
    """Day 0: the first day of a course, or the day of a procedure; it may lie ahead."""
    at: datetime
    day: date
    end: date | None = None
    """The last day of a course; None while it runs, and for what takes one day."""
    planned: int | None = None
    """Sessions agreed on."""
    dose: str = ""
    """How much and how often, in the patient's words."""
    person_id: int | None = None
    active: bool | None = None
    """The patient does it (True) or has it done (False); None when not said and the kind does not say."""
    agreed: bool = False
    """A physio agreed that training may be built up after it (rule IJ-3)."""
    region: str = ""
    result: str = ""
    """What an investigation found, in words."""
    stopped: str = ""
    """Why a course was left before it was finished."""
    note: str | None = None
    id: int = 0
    uuid: str = ""
    seq: int = 0


class TreatmentSession(NamedTuple):
    """One session of a course that took place."""

    treatment_id: int
    at: datetime
    day: date
    dose: str = ""
    note: str | None = None
    id: int = 0
    uuid: str = ""


class Medicine(NamedTuple):
    """A medicine the patient takes or took."""

    name: str
    since: date
    at: datetime
    day: date
    until: date | None = None
    """The last day; None while it is taken."""
    dose: str = ""
    """Of one intake, in the patient's words."""
    milligrams: float | None = None
    """Of the one ingredient in one intake, where `dose` says so and `contains` is empty."""
    group: str = ""
    """A class of `medicines.CLASSES`, or ""."""
    contains: tuple[tuple[str, float], ...] = ()
    """Ingredient and milligrams in one intake."""
    bought: bool | None = None
    """Without prescription (True), prescribed (False), None when not said."""
    tags: tuple[str, ...] = ()
    """`sedating`, `constipating`, … as the patient corrected them."""
    reason: str = ""
    """What it is for, in the patient's words."""
    person_id: int | None = None
    note: str | None = None
    id: int = 0
    uuid: str = ""
    seq: int = 0


class Intake(NamedTuple):
    """One time a medicine was taken."""

    medicine_id: int
    at: datetime
    day: date
    recorded_at: datetime
    times: float = 1.0
    """How many of the medicine's doses at once."""
    time_known: bool = True
    """False: taken on that day, the hour was not said. Then no sum over 24 hours is claimed."""
    on_purpose: Literal["yes", "no", "unsure"] | None = None
    """What the patient answered when the pack limit was passed."""
    note: str | None = None
    id: int = 0
    uuid: str = ""
    seq: int = 0


class SideEffect(NamedTuple):
    """Something unwanted the patient noticed."""

    text: str
    at: datetime
    day: date
    medicine_id: int | None = None
    treatment_id: int | None = None
    id: int = 0
    uuid: str = ""


class Block(NamedTuple):
    """A diagnostic block and the pain before it: minute 0 of its diary."""

    base: int
    """Pain before it, 0 to 10."""
    at: datetime
    day: date
    name: str = ""
    treatment_id: int | None = None
    id: int = 0
    uuid: str = ""
    seq: int = 0


class BlockReading(NamedTuple):
    """One answer of a block's diary."""

    block_id: int
    pain: int
    """0 to 10."""
    at: datetime
    day: date
    doing: str = ""
    """What the patient did before it, in their words."""
    provoked: bool = False
    """It was a movement that usually hurts."""
    stated: int | None = None
    """Relief in percent as the patient says it. Kept apart: it disagrees with the scores."""
    confound: str = ""
    """`painkiller`, `sedation` or `exercise`, when one came between."""
    id: int = 0
    uuid: str = ""
    seq: int = 0


class Visit(NamedTuple):
    """An appointment, past or ahead."""

    name: str
    """With whom, as the patient says it: "physio"."""
    on: date
    at: datetime
    day: date
    person_id: int | None = None
    note: str | None = None
    id: int = 0
    uuid: str = ""


class Handover(NamedTuple):
    """A report or an export that was made."""

    kind: Literal["report", "export"]
    format: str
    at: datetime
    day: date
    since: date | None = None
    until: date | None = None
    without: tuple[str, ...] = ()
    redacted: bool = False
    id: int = 0
    uuid: str = ""


class ImportRun(NamedTuple):
    """One import. It stays on this computer and in no bundle."""

    source: str
    """The name of the file, without its folder."""
    kind: str
    """`bundle`, `diary`, `apple-health`, `csv` or `fhir`."""
    sha256: str
    added: int
    changed: int
    at: datetime
    day: date
    id: int = 0
    uuid: str = ""
