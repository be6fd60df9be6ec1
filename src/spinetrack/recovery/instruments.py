"""The questionnaires that can be scored by number: one row each, and no word of any form.

The patient reads the questions from the clinic's own copy and types what was marked. Item and answer
wording belongs to its owners and is not in this program. Source of every row: clinical.md 2.1 and 2.2.
"""

from __future__ import annotations

from spinetrack.errors import ValueRefusedError
from spinetrack.typed import Literal, NamedTuple

Better = Literal["lower", "higher"]
Rule = Literal["all", "prorate", "zero", "mean"]

OWN_COPY = "Your clinic's copy"
MAPI = "Your clinic, or ePROVIDE of the Mapi Research Trust"


class Band(NamedTuple):
    """A named stretch of the scale, up to where the next one begins."""

    words: str | None
    """None: this stretch has no name."""
    start: float
    above: bool = False
    """It begins just above `start`, which itself belongs to the band before."""


class Part(NamedTuple):
    """Some items that are also read on their own."""

    key: str
    name: str
    first: int
    """Number of its first item, from 1."""
    last: int
    bands: tuple[Band, ...] = ()


class Override(NamedTuple):
    """A part that decides the band when it is high."""

    part: int
    least: int
    words: str


class Instrument(NamedTuple):
    """How one questionnaire is scored and read."""

    key: str
    name: str
    title: str
    items: int
    """How many items it has; the most for one of varying length."""
    low: int
    high: int
    """The range of one item."""
    better: Better
    source: str
    licence: str
    form: str = OWN_COPY
    scale: int = 1
    """The total is this times the mean of the items answered."""
    fewest: int | None = None
    """The fewest items of one of varying length."""
    skipped: Rule = "all"
    """What a skipped item does: `all` none may be, `prorate` the others stand for it, `zero` it counts 0,
    `mean` it is left out."""
    skips: int = 0
    """How many items may be skipped."""
    steps: tuple[int, int] | None = None
    """The last item has levels from 0 to the first number, and counts 1 from the second on."""
    bands: tuple[Band, ...] = ()
    parts: tuple[Part, ...] = ()
    override: Override | None = None
    possible: float | None = None
    """The smallest change that may be real."""
    possible_above: tuple[float, float] | None = None
    """From a score above the first number, the second one stands in for `possible`."""
    clear: float | None = None
    """The smallest change that is clear."""
    weeks: tuple[int, int] | None = None
    """How many weeks to leave before it is asked again, at least and about at most."""
    repeat: str = "No set time. Your physio or doctor may say."
    remark: str = ""
    """What to know before typing it."""
    aliases: tuple[str, ...] = ()
    loinc: str | None = None
    """Code of the total. Source: clinical.md 12.1."""

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest total."""
        return self.scale * self.low, self.scale * self.high

    @property
    def whole(self) -> bool:
        """Whether a total is always a whole number."""
        return self.skipped in {"all", "zero"} and self.scale == self.items

    @property
    def signed(self) -> bool:
        """Whether its scale runs from worse through zero to better."""
        return self.low < 0

    @property
    def has_verdict(self) -> bool:
        """Whether a change can be called clear, possible or none."""
        return self.possible is not None or self.clear is not None

    def item_range(self, number: int) -> tuple[int, int]:
        """Return the range of item `number`, counted from 1."""
        if self.steps and number == self.items:
            return 0, self.steps[0]
        return self.low, self.high


_FREE = "Free to use. Please name the source."
_GENERIC = "Free: nobody owns this form."
_PSEQ = "Owned by M. Nicholas. Free in clinics."
_EVERY_4_TO_8 = "Every 4 to 8 weeks."
_EVERY_2_TO_4 = "Every 2 to 4 weeks."
_RARELY = "At most every 4 to 6 weeks, and when a course of care ends."
_TWO_ITEMS = (Band(None, 0), Band("positive screen", 3))
_PSEQ_SHORT = "Nicholas 2015, J Pain 16:153; Chiarotto 2016, J Pain 17:707"
_PHQ = "Pfizer: no leave is needed to copy or show it."
_PHQ_SOURCE = "Kroenke 2009, Psychosomatics 50:613"

_ROWS = (
    Instrument(
        "odi", "ODI", "Oswestry Disability Index", 10, 0, 5, "lower",
        "Fairbank and Pynsent 2000, Spine 25:2940",
        "Owned by Jeremy Fairbank. Free in clinics and for students. "
        "Companies and funded users may have to pay.",
        MAPI, scale=20, skipped="prorate", skips=2,
        bands=(Band("minimal", 0), Band("moderate", 20, above=True), Band("severe", 40, above=True),
               Band("very severe", 60, above=True), Band("extreme", 80, above=True)),
        clear=10, weeks=(2, 4), repeat=_EVERY_2_TO_4,
        remark="Two boxes marked in one item: type the higher.",
        aliases=("oswestry",), loinc="97908-8",
    ),
    Instrument(
        "ndi", "NDI", "Neck Disability Index", 10, 0, 5, "lower",
        "Vernon and Mior 1991, J Manipulative Physiol Ther 14:409",
        "Owned by Howard Vernon. Ask there before you use it beyond your own care.",
        MAPI, scale=10, skipped="prorate", skips=2,
        bands=(Band("none", 0), Band("mild", 5), Band("moderate", 15), Band("severe", 25),
               Band("complete", 35)),
        possible=5, clear=10, weeks=(2, 4), repeat=_EVERY_2_TO_4,
        remark="The total is out of 50. Some clinics double it and write percent.",
        aliases=("neck",), loinc="82226-2",
    ),
    Instrument(
        "rmdq", "RMDQ", "Roland-Morris Disability Questionnaire", 24, 0, 1, "lower",
        "Roland and Morris 1983, Spine 8:141",
        "Public domain: anybody may use it.",
        "Your clinic, or the owners' own site", scale=24, skipped="zero", skips=23,
        bands=(Band("recovered", 0), Band(None, 2, above=True)),
        clear=5, weeks=(2, 4), repeat=_EVERY_2_TO_4,
        remark="Type 1 for a ticked line and 0 for the rest. A skipped line counts 0.",
        aliases=("rmdq24", "rmq", "rdq", "roland", "rolandmorris"),
    ),
    Instrument(
        "psfs", "PSFS", "Patient-Specific Functional Scale", 5, 0, 10, "higher",
        "Stratford 1995, Physiother Can 47:258", _FREE,
        "None is needed: the activities are your own", fewest=3, skipped="mean", skips=4,
        possible=1.3, clear=2,
        remark="Name three to five things you find hard. Keep the same ones over time.",
    ),
    Instrument(
        "peg", "PEG", "PEG pain scale, three items", 3, 0, 10, "lower",
        "Krebs 2009, J Gen Intern Med 24:733, doi:10.1007/s11606-009-0981-1", _FREE,
        bands=(Band("0-3.9", 0), Band("4-6.9", 4), Band("7-10", 7)),
        possible=1, loinc="91147-9",
    ),
    Instrument(
        "start-back", "STarT Back", "STarT Back screening tool", 9, 0, 1, "lower",
        "Hill 2008, Arthritis Rheum 59:632",
        "Owned by Keele University. Its web page says who may use it.",
        "Your clinic, or the STarT Back site of Keele University", scale=9, steps=(4, 3),
        bands=(Band("low", 0), Band("medium", 4)),
        parts=(Part("psych", "Items 5 to 9", 5, 9),), override=Override(0, 4, "high"),
        repeat="Once at the start of each new spell. It does not measure change.",
        remark="Item 9 has five boxes: type 0 for the first up to 4 for the last. The last two count 1.",
        aliases=("start", "keele"), loinc="91351-7",
    ),
    Instrument(
        "groc15", "GROC-15", "Global rating of change, 15 steps", 1, -7, 7, "higher",
        "Jaeschke 1989, Control Clin Trials 10:407", _GENERIC,
        bands=(Band("worse", -7), Band("about same", -3, above=True), Band("better", 3),
               Band("clearly better", 5)),
        weeks=(4, 6), repeat=_RARELY,
    ),
    Instrument(
        "groc11", "GROC-11", "Global rating of change, 11 steps", 1, -5, 5, "higher",
        "Bobos 2020, J Orthop 21:40", _GENERIC,
        weeks=(4, 6), repeat=_RARELY, aliases=("gpe", "gpe11"),
    ),
    Instrument(
        "pgic", "PGIC", "Patient global impression of change", 1, 1, 7, "lower",
        "Generic; in the musculoskeletal data report of CMS ACCESS", _GENERIC,
        bands=(Band("success", 1), Band(None, 2, above=True)),
        remark="Here 1 is best and 7 worst. Look which way your form counts.",
        aliases=("pgic7",),
    ),
    Instrument(
        "pseq10", "PSEQ-10", "Pain Self-Efficacy Questionnaire", 10, 0, 6, "higher",
        "Nicholas 2007, Eur J Pain 11:153", _PSEQ, scale=10, skipped="prorate", skips=2,
        bands=(Band("low", 0), Band("mid", 20), Band("high", 40, above=True)),
        possible=8.5, clear=11.5, weeks=(4, 8), repeat=_EVERY_4_TO_8, aliases=("pseq",),
    ),
    Instrument(
        "pseq4", "PSEQ-4", "Pain Self-Efficacy Questionnaire, four items", 4, 0, 6, "higher",
        _PSEQ_SHORT, _PSEQ, scale=4, clear=1.5, weeks=(4, 8), repeat=_EVERY_4_TO_8,
    ),
    Instrument(
        "pseq2", "PSEQ-2", "Pain Self-Efficacy Questionnaire, two items", 2, 0, 6, "higher",
        _PSEQ_SHORT, _PSEQ, scale=2, bands=(Band("low", 0), Band(None, 5, above=True)),
        clear=1.5, weeks=(4, 8), repeat=_EVERY_4_TO_8,
    ),
    Instrument(
        "tsk11", "TSK-11", "Tampa Scale for Kinesiophobia, 11 items", 11, 1, 4, "lower",
        "Woby 2005, Pain 117:137",
        "No owner is named. The first form (Miller 1991) was never published.",
        scale=11, skipped="prorate", skips=1,
        possible=4, clear=5.6, weeks=(4, 8), repeat=_EVERY_4_TO_8, aliases=("tsk",),
    ),
    Instrument(
        "pcs", "PCS", "Pain Catastrophizing Scale", 13, 0, 4, "lower",
        "Sullivan 1995, Psychol Assess 7:524",
        "Owned by M. Sullivan. The Mapi Research Trust hands it out.",
        MAPI, scale=13, skipped="prorate", skips=2,
        bands=(Band(None, 0), Band("clinically relevant", 30)),
        possible=8, possible_above=(30, 11), clear=12.8, weeks=(4, 8), repeat=_EVERY_4_TO_8,
    ),
    Instrument(
        "isi", "ISI", "Insomnia Severity Index", 7, 0, 4, "lower",
        "Morin 2011, Sleep 34:601", "Owned by C. Morin. The Mapi Research Trust hands it out.",
        MAPI, scale=7,
        bands=(Band("none", 0), Band("sub-threshold", 8), Band("moderate", 15), Band("severe", 22)),
        possible=6, clear=7,
    ),
    Instrument(
        "phq4", "PHQ-4", "Patient Health Questionnaire, four items", 4, 0, 3, "lower",
        _PHQ_SOURCE, _PHQ, scale=4,
        bands=(Band("0-2", 0), Band("3-5", 3), Band("6-8", 6), Band("9-12", 9)),
        parts=(Part("gad2", "GAD-2, items 1 and 2", 1, 2, _TWO_ITEMS),
               Part("phq2", "PHQ-2, items 3 and 4", 3, 4, _TWO_ITEMS)),
        remark="Some forms print the two halves the other way round. Type items 3 and 4 first then.",
        loinc="70272-0",
    ),
    Instrument(
        "phq2", "PHQ-2", "Patient Health Questionnaire, two items", 2, 0, 3, "lower",
        _PHQ_SOURCE, _PHQ, scale=2, bands=_TWO_ITEMS, loinc="55758-7",
    ),
    Instrument(
        "gad2", "GAD-2", "Generalised anxiety questions, two items", 2, 0, 3, "lower",
        _PHQ_SOURCE, _PHQ, scale=2, bands=_TWO_ITEMS,
    ),
)  # fmt: skip

INSTRUMENTS: dict[str, Instrument] = {row.key: row for row in _ROWS}
"""Key to row, in the order of clinical.md 2.1."""


def find(word: str) -> Instrument:
    """Return the questionnaire that `word` names, by key, name or alias.

    Raises:
        ValueRefusedError: none, or more than one, is called so.

    """
    wanted = _bare(word)
    names = {_bare(name): row for row in _ROWS for name in (row.key, row.name, *row.aliases)}
    if wanted in names:
        return names[wanted]
    found = [row.key for row in _ROWS if wanted and row.key.startswith(wanted)]
    if len(found) == 1:
        return INSTRUMENTS[found[0]]
    if not found:
        from difflib import get_close_matches

        found = list(dict.fromkeys(names[name].key for name in get_close_matches(wanted, names, n=2)))
    guess = f" Did you mean {' or '.join(found)}?" if found else ""
    raise ValueRefusedError(
        f'There is no questionnaire called "{word[:40]}".{guess} Nothing was saved.',
        hint="See them: spinetrack score info",
    )


def _bare(word: str) -> str:
    return "".join(sign for sign in word.lower() if sign.isalnum())
