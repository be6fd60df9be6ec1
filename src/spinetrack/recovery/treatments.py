"""The kinds of treatment: one row each, with the windows in which its effect is read.

A window is days after day 0 (the first day of a course, the day of a procedure), both ends included.
Sources: clinical.md 10 (injections and ablation), 11.1 (transition days), issue 6 (courses).
"""

from __future__ import annotations

import re
from datetime import timedelta

from spinetrack.typed import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from spinetrack.recovery.diary import Diary, Treatment

Family = Literal["course", "injection", "ablation", "surgery", "investigation"]


class Window(NamedTuple):
    """Days after day 0 in which an effect is read."""

    name: str
    first: int
    last: int


class Kind(NamedTuple):
    """What can be tried."""

    key: str
    label: str
    family: Family
    active: bool | None = None
    """The patient does it (True), has it done (False), or it depends (None)."""
    words: tuple[str, ...] = ()
    """Other names a patient may type."""

    @property
    def windows(self) -> tuple[Window, ...]:
        """Where its effect is read; none for what changes nothing by itself."""
        return WINDOWS[self.family]

    @property
    def is_procedure(self) -> bool:
        """Whether something was done to the spine: it closes and opens gates, and asks for aftercare."""
        return self.family in {"injection", "ablation", "surgery"}


COURSE_WINDOW: Final = Window("course", 3, 28)
INJECTION_WINDOWS: Final = (
    Window("2 weeks", 10, 18),
    Window("6 weeks", 35, 49),
    Window("3 months", 77, 105),
)
ABLATION_WINDOWS: Final = (
    Window("6 weeks", 35, 49),
    Window("3 months", 77, 105),
    Window("6 months", 166, 194),
    Window("12 months", 351, 379),
)
"""Days 42, 90, 180 and 365, each read over the days around it."""
WINDOWS: Final[dict[Family, tuple[Window, ...]]] = {
    "course": (COURSE_WINDOW,),
    "injection": INJECTION_WINDOWS,
    "ablation": ABLATION_WINDOWS,
    "surgery": ABLATION_WINDOWS,
    "investigation": (),
}
PAUSE_DAYS: Final[dict[Family, int]] = {"injection": 3, "ablation": 14}
"""No rise for so many days after a procedure. Source: clinical.md, "Interaction rules"."""
SURGERY_WEEKS: Final = 12
"""So long after an operation the gate `surgery` is open. Source: clinical.md 13, "Interaction rules"."""
BEGINNINGS: Final = ("surgery-", "imaging-", "injection-")
ENDINGS: Final = ("-course", "-therapy", "-treatment", "-sessions", "-surgery", "-injection")
"""What a patient may put around the name of a kind: a physiotherapy course, surgery: fusion."""
COMBINED_DAYS: Final = 90
"""So long a spinal procedure raises the tier of ND1, MY3, MY4 and CE7. Source: the rule table."""


def _kinds(family: Family, *rows: tuple[str, str, bool | None, tuple[str, ...]]) -> dict[str, Kind]:
    return {key: Kind(key, label, family, active, words) for key, label, active, words in rows}


KINDS: Final[dict[str, Kind]] = {
    **_kinds(
        "course",
        ("physiotherapy", "Physiotherapy", None, ("physio", "pt", "physical-therapy")),
        ("manual-therapy", "Manual therapy", False, ("mobilisation", "mobilization")),
        ("chiropractic", "Chiropractic", False, ("chiro", "chiropractor")),
        ("osteopathy", "Osteopathy", False, ("osteo",)),
        ("acupuncture", "Acupuncture", False, ("needling", "dry-needling")),
        ("massage", "Massage", False, ()),
        ("heat", "Heat", False, ("warmth", "hot-pack")),
        ("cold", "Cold", False, ("ice", "cold-pack")),
        ("tens", "TENS", False, ("electrotherapy",)),
        ("ultrasound", "Ultrasound", False, ()),
        ("traction", "Traction", False, ()),
        ("exercise", "Exercise course", True, ("training", "gym", "pilates", "swimming", "hydrotherapy")),
        ("mindfulness", "Mindfulness", True, ("meditation", "relaxation")),
        ("yoga", "Yoga", True, ()),
        ("tai-chi", "Tai chi", True, ("taichi", "qigong")),
        (
            "cbt",
            "Cognitive behavioural therapy",
            True,
            ("cognitive", "cognitive-behavioral-therapy", "psychology", "counselling", "talking-therapy"),
        ),
        ("act", "Acceptance therapy", True, ("acceptance", "acceptance-and-commitment-therapy")),
        ("nutrition", "Nutrition", True, ("diet",)),
        ("ergonomics", "Ergonomics change", True, ("desk", "chair", "mattress")),
        ("brace", "Brace or belt", False, ("belt", "collar")),
        ("other", "Other", None, ()),
    ),
    **_kinds(
        "injection",
        ("epidural", "Epidural injection", False, ("esi", "epidural-steroid-injection")),
        ("facet", "Facet injection", False, ("facet-joint-injection",)),
        (
            "sacroiliac",
            "Sacroiliac injection",
            False,
            ("si", "si-joint-injection", "sacroiliac-joint-injection"),
        ),
        ("trigger-point", "Trigger-point injection", False, ()),
        ("medial-branch-block", "Medial branch block", False, ("mbb", "nerve-block", "block")),
        (
            "injection",
            "Other injection",
            False,
            ("cortisone", "steroid-injection", "nerve-root-block", "jab", "shot"),
        ),
    ),
    **_kinds(
        "ablation",
        ("ablation", "Radiofrequency ablation", False, ("rfa", "radiofrequency")),
    ),
    **_kinds(
        "surgery",
        ("discectomy", "Discectomy", False, ("microdiscectomy",)),
        ("decompression", "Decompression", False, ("laminectomy",)),
        ("fusion", "Fusion", False, ("spinal-fusion", "lumbar-fusion")),
        (
            "robot-assisted",
            "Robot-assisted surgery",
            False,
            ("robot", "robotic-surgery", "robot-assisted-fusion", "robotic-fusion"),
        ),
        ("surgery", "Other surgery", False, ("operation", "spinal-surgery", "back-surgery")),
    ),
    **_kinds(
        "investigation",
        ("x-ray", "X-ray", None, ("xray",)),
        ("mri", "MRI", None, ("mr", "mri-scan")),
        ("ct", "CT", None, ("ct-scan",)),
        (
            "standing-imaging",
            "3-D standing imaging",
            None,
            ("eos", "3d-standing-imaging", "3d-imaging", "standing-x-ray"),
        ),
        ("nerve-test", "Nerve testing", None, ("emg", "nerve-testing", "nerve-conduction")),
        ("bone-density", "Bone density scan", None, ("dexa", "dxa")),
        ("blood-test", "Blood test", None, ("blood",)),
        ("imaging", "Other imaging", None, ("scan",)),
    ),
}
"""Kind key to its row."""


def kind_of(treatment: Treatment) -> Kind:
    """Return the row of a treatment's kind; one that a newer program wrote counts as a course."""
    return KINDS.get(treatment.kind, KINDS["other"])


def in_period(treatment: Treatment, since: date | None, until: date | None) -> bool:
    """Return whether something was begun, done or still ran in a period; None is without an end."""
    runs = kind_of(treatment).family == "course" and treatment.end is None
    last = treatment.end or treatment.start
    return (until is None or treatment.start <= until) and (since is None or runs or last >= since)


def marks_of(diary: Diary, since: date, until: date) -> tuple[tuple[date, str], ...]:
    """Return the days on which something was begun, done or ended, with its name: they mark every chart."""
    found = [(t.start, t.name) for t in diary.treatments]
    found += [(t.end, f"{t.name} ends") for t in diary.treatments if t.end]
    return tuple(sorted((day, name) for day, name in found if since <= day <= until))


def procedures(diary: Diary, today: date) -> tuple[Treatment, ...]:
    """Return the procedures on the spine up to `today`, oldest first."""
    return tuple(t for t in diary.treatments if t.start <= today and kind_of(t).is_procedure)


def procedure_lately(diary: Diary, day: date) -> bool:
    """Return whether a procedure on the spine lies at most 90 days before `day`, or on it."""
    return any(t.start >= day - timedelta(days=COMBINED_DAYS) for t in procedures(diary, day))


def find_kind(text: str) -> Kind:
    """Return the kind that a key, a label, another word or the beginning of one names.

    Raises:
        ValueRefusedError: it names none, or more than one.

    """
    wanted = "-".join(re.sub(r"[\s_:,()-]+", " ", text.lower()).split())
    names = {name: kind for kind in KINDS.values() for name in _names(kind)}
    plain = next((wanted.removesuffix(end) for end in ENDINGS if wanted.endswith(end)), wanted)
    plain = next((plain.removeprefix(word) for word in BEGINNINGS if plain.startswith(word)), plain)
    for name in (wanted, plain):
        if name in names:
            return names[name]
    begins = {kind.key: kind for name, kind in names.items() if wanted and name.startswith(wanted)}
    hits = begins or {kind.key: kind for name, kind in names.items() if plain in name.split("-")}
    if len(hits) == 1:
        return next(iter(hits.values()))
    from spinetrack.recovery.values import nearest_word, quoted, refused

    if hits:
        raise refused(f'"{quoted(text)}" could be {" or ".join(hits)}. Please type more of it.')
    near = nearest_word(wanted, KINDS)
    raise refused(
        f'There is no kind of treatment called "{quoted(text)}".{near}', "See them: spinetrack treat kinds"
    )


def _names(kind: Kind) -> tuple[str, ...]:
    label = "-".join(kind.label.lower().replace("-", " ").split())
    return (kind.key, label, *kind.words)
