"""What this program takes for known about medicines: names, ingredients, classes, tags, groups to ask first.

A small table from general knowledge (clinical.md 9.1, status K): nothing in it was checked against a
register, so every screen that uses a row says so, and the patient's own word replaces it. It holds no
dose and no limit but those of `PACK_LIMIT` and `REVIEW_IBUPROFEN`, and no interaction beyond those
that clinical.md 9.2 lists.
"""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PARACETAMOL: Final = "paracetamol"
IBUPROFEN: Final = "ibuprofen"
PACK_LIMIT: Final = 4000.0
"""Milligrams of paracetamol in 24 hours on a pack for adults. Source: clinical.md 9.1 (V2) and M1."""
CARE_LIMIT: Final = 3000.0
"""The same for who marked a weight under 50 kg or a liver illness. Source: clinical.md, M1."""
REVIEW_IBUPROFEN: Final = 1200.0
"""Milligrams of ibuprofen bought without a prescription in 24 hours. Source: clinical.md 9.1 (V2) and M3."""

SEDATING, CONSTIPATING, THINNER = "sedating", "constipating", "anticoagulant"
TAGS: Final[Mapping[str, str]] = {
    SEDATING: "can make you drowsy",
    CONSTIPATING: "can slow the bowels",
    THINNER: "thins the blood",
}
"""Tag to what it means, in words."""
NO_TAG: Final = "none"
"""What the patient types where none of the tags fits."""

CLASSES: Final[Mapping[str, str]] = {
    "nsaid": "anti-inflammatory painkiller",
    "paracetamol": "paracetamol",
    "opioid": "opioid painkiller",
    "neuropathic": "nerve-pain medicine",
    "benzodiazepine": "benzodiazepine",
    "z-drug": "sleeping tablet",
    "muscle-relaxant": "muscle relaxant",
    "antihistamine": "antihistamine that makes drowsy",
    "ssri": "antidepressant (SSRI)",
    "anticoagulant": "blood thinner",
    "antiplatelet": "tablet against blood clots",
    "steroid": "steroid",
    "topical": "gel, cream or patch",
    "other": "other medicine",
}
"""Class to what it is called."""
CLASS_WORDS: Final[Mapping[str, str]] = {
    "anti-inflammatory": "nsaid", "acetaminophen": "paracetamol", "gabapentinoid": "neuropathic",
    "nerve": "neuropathic", "tricyclic": "neuropathic", "relaxant": "muscle-relaxant",
    "blood-thinner": "anticoagulant", "gel": "topical", "cream": "topical", "patch": "topical",
    "sleeping-tablet": "z-drug", "antidepressant": "ssri", "nsaids": "nsaid", "opiate": "opioid",
    "opioids": "opioid", "gabapentinoids": "neuropathic", "anticonvulsant": "neuropathic",
    "tca": "neuropathic", "corticosteroid": "steroid", "muscle-relaxer": "muscle-relaxant",
    "analgesic": "other", "painkiller": "other", "triptan": "other", "ppi": "other",
}  # fmt: skip
"""Other words for a class."""


class Substance(NamedTuple):
    """One ingredient."""

    group: str
    """A key of `CLASSES`."""
    tags: tuple[str, ...] = ()


def _rows(group: str, tags: tuple[str, ...], names: str) -> dict[str, Substance]:
    return {name.replace("_", " "): Substance(group, tags) for name in names.split()}


_BOTH: Final = (SEDATING, CONSTIPATING)
SUBSTANCES: Final[dict[str, Substance]] = {
    **_rows("paracetamol", (), "paracetamol"),
    **_rows(
        "nsaid",
        (),
        "ibuprofen naproxen diclofenac aspirin celecoxib etoricoxib meloxicam piroxicam ketoprofen"
        " dexketoprofen indometacin mefenamic_acid ketorolac etodolac nabumetone flurbiprofen aceclofenac",
    ),
    **_rows(
        "opioid",
        _BOTH,
        "codeine dihydrocodeine tramadol tapentadol morphine oxycodone hydrocodone hydromorphone fentanyl"
        " buprenorphine methadone",
    ),
    **_rows("neuropathic", _BOTH, "gabapentin pregabalin amitriptyline nortriptyline imipramine"),
    **_rows("neuropathic", (), "duloxetine venlafaxine carbamazepine"),
    **_rows(
        "benzodiazepine",
        (SEDATING,),
        "diazepam lorazepam clonazepam temazepam alprazolam oxazepam nitrazepam",
    ),
    **_rows("z-drug", (SEDATING,), "zopiclone zolpidem zaleplon eszopiclone"),
    **_rows(
        "muscle-relaxant",
        (SEDATING,),
        "methocarbamol tizanidine baclofen carisoprodol chlorzoxazone metaxalone",
    ),
    **_rows("muscle-relaxant", _BOTH, "cyclobenzaprine orphenadrine"),
    **_rows(
        "antihistamine",
        (SEDATING,),
        "diphenhydramine promethazine chlorphenamine doxylamine hydroxyzine",
    ),
    **_rows("ssri", (), "sertraline citalopram escitalopram fluoxetine paroxetine fluvoxamine"),
    **_rows(
        "anticoagulant",
        (THINNER,),
        "warfarin apixaban rivaroxaban edoxaban dabigatran heparin enoxaparin dalteparin acenocoumarol"
        " phenprocoumon",
    ),
    **_rows("antiplatelet", (), "clopidogrel ticagrelor prasugrel dipyridamole"),
    **_rows("steroid", (), "prednisolone prednisone methylprednisolone dexamethasone hydrocortisone"),
    **_rows("other", (CONSTIPATING,), "iron ondansetron verapamil oxybutynin tolterodine solifenacin"),
    **_rows("other", (SEDATING,), "alcohol cannabis"),
    **_rows("other", (), "caffeine esomeprazole misoprostol dextromethorphan phenylephrine"),
}
"""Ingredient to its class and tags. Source: the lists of clinical.md 9.1, status K."""

OTHER_NAMES: Final[Mapping[str, str]] = {
    "acetaminophen": "paracetamol", "apap": "paracetamol", "panadol": "paracetamol", "tylenol": "paracetamol",
    "calpol": "paracetamol", "dafalgan": "paracetamol", "doliprane": "paracetamol",
    "efferalgan": "paracetamol", "ben-u-ron": "paracetamol",
    "advil": "ibuprofen", "nurofen": "ibuprofen", "motrin": "ibuprofen", "brufen": "ibuprofen",
    "aleve": "naproxen", "naprosyn": "naproxen", "voltaren": "diclofenac", "voltarol": "diclofenac",
    "celebrex": "celecoxib", "arcoxia": "etoricoxib", "mobic": "meloxicam", "toradol": "ketorolac",
    "indomethacin": "indometacin", "asa": "aspirin", "acetylsalicylic acid": "aspirin", "disprin": "aspirin",
    "bayer aspirin": "aspirin",
    "ultram": "tramadol", "zydol": "tramadol", "zamadol": "tramadol", "nucynta": "tapentadol",
    "palexia": "tapentadol", "oxycontin": "oxycodone", "oxynorm": "oxycodone", "ms contin": "morphine",
    "mst": "morphine", "oramorph": "morphine", "butrans": "buprenorphine", "durogesic": "fentanyl",
    "dilaudid": "hydromorphone",
    "neurontin": "gabapentin", "lyrica": "pregabalin", "elavil": "amitriptyline", "cymbalta": "duloxetine",
    "effexor": "venlafaxine", "tegretol": "carbamazepine", "pamelor": "nortriptyline",
    "valium": "diazepam", "ativan": "lorazepam", "xanax": "alprazolam", "klonopin": "clonazepam",
    "ambien": "zolpidem", "stilnoct": "zolpidem", "lunesta": "eszopiclone",
    "robaxin": "methocarbamol", "zanaflex": "tizanidine", "flexeril": "cyclobenzaprine",
    "soma": "carisoprodol", "lioresal": "baclofen",
    "benadryl": "diphenhydramine", "nytol": "diphenhydramine", "phenergan": "promethazine",
    "chlorpheniramine": "chlorphenamine", "piriton": "chlorphenamine",
    "zoloft": "sertraline", "prozac": "fluoxetine", "cipralex": "escitalopram", "lexapro": "escitalopram",
    "coumadin": "warfarin", "eliquis": "apixaban", "xarelto": "rivaroxaban", "pradaxa": "dabigatran",
    "lixiana": "edoxaban", "clexane": "enoxaparin", "lovenox": "enoxaparin", "fragmin": "dalteparin",
    "plavix": "clopidogrel", "brilinta": "ticagrelor", "brilique": "ticagrelor",
    "ferrous sulfate": "iron", "ferrous sulphate": "iron", "ferrous fumarate": "iron",
    "marijuana": "cannabis", "wine": "alcohol", "beer": "alcohol",
}  # fmt: skip
"""Another name or a brand to its one ingredient. Status K; brands differ between countries."""

MIXTURES: Final[Mapping[str, tuple[str, ...]]] = {
    "co-codamol": ("paracetamol", "codeine"),
    "cocodamol": ("paracetamol", "codeine"),
    "tylenol 3": ("paracetamol", "codeine"),
    "solpadeine": ("paracetamol", "codeine", "caffeine"),
    "solpadol": ("paracetamol", "codeine"),
    "co-dydramol": ("paracetamol", "dihydrocodeine"),
    "percocet": ("paracetamol", "oxycodone"),
    "vicodin": ("paracetamol", "hydrocodone"),
    "norco": ("paracetamol", "hydrocodone"),
    "lortab": ("paracetamol", "hydrocodone"),
    "ultracet": ("paracetamol", "tramadol"),
    "tramacet": ("paracetamol", "tramadol"),
    "zaldiar": ("paracetamol", "tramadol"),
    "excedrin": ("paracetamol", "aspirin", "caffeine"),
    "anadin extra": ("paracetamol", "aspirin", "caffeine"),
    "panadol extra": ("paracetamol", "caffeine"),
    "tylenol pm": ("paracetamol", "diphenhydramine"),
    "nyquil": ("paracetamol", "doxylamine", "dextromethorphan"),
    "lemsip": ("paracetamol", "phenylephrine"),
    "nuromol": ("ibuprofen", "paracetamol"),
    "combogesic": ("ibuprofen", "paracetamol"),
    "nurofen plus": ("ibuprofen", "codeine"),
    "advil pm": ("ibuprofen", "diphenhydramine"),
    "vimovo": ("naproxen", "esomeprazole"),
    "arthrotec": ("diclofenac", "misoprostol"),
    "skudexa": ("dexketoprofen", "tramadol"),
    "targin": ("oxycodone",),
}
"""A product with several ingredients to what is in it; how much differs from pack to pack. Status K."""

ASK_FIRST: Final[Mapping[str, str]] = {
    "ulcer": "a stomach ulcer or bleed",
    "heart": "a heart illness",
    "stroke": "a stroke",
    "blood-pressure": "high blood pressure",
    "kidney": "a kidney illness",
    "liver": "a liver illness",
    "bowel": "an inflamed bowel",
    "asthma": "asthma",
    "allergy": "an allergy to painkillers",
    "over-65": "an age over 65",
    "blood-thinner": "a blood thinner",
    "antiplatelet": "a tablet against blood clots",
    "ssri": "an antidepressant (SSRI)",
    "steroid": "steroids",
    "water-tablets": "blood pressure and water tablets",
    "pregnancy": "a pregnancy",
}
"""Who asks before an anti-inflammatory painkiller: what is typed, to its words. Source: clinical.md 9.1."""
ASK_FIRST_WORDS: Final[Mapping[str, str]] = {
    "bleed": "ulcer", "hypertension": "blood-pressure", "kidneys": "kidney", "ibd": "bowel", "crohn": "bowel",
    "colitis": "bowel", "65": "over-65", "anticoagulant": "blood-thinner", "warfarin": "blood-thinner",
    "steroids": "steroid", "diuretic": "water-tablets", "pregnant": "pregnancy",
}  # fmt: skip
GATE_TAGS: Final[Mapping[str, str]] = {
    "pregnancy": "pregnancy", "anticoagulant": "blood-thinner", "heart": "heart",
}  # fmt: skip
"""Care questions whose yes is such a mark too."""
CLASS_MARKS: Final[Mapping[str, str]] = {
    "anticoagulant": "blood-thinner", "antiplatelet": "antiplatelet", "ssri": "ssri", "steroid": "steroid",
}  # fmt: skip
"""Classes that are on the list of clinical.md 9.1 themselves."""


def substances_in(name: str) -> tuple[str, ...]:
    """Return the ingredients that a name stands for, in any case; none where the table has no row.

    The longest name of the table that stands in it as whole words counts: "Nurofen Plus 16s" holds
    ibuprofen and codeine, "ibuprofen gel" ibuprofen.

    >>> substances_in("Tylenol"), substances_in("co-codamol 8/500")
    (('paracetamol',), ('paracetamol', 'codeine'))
    """
    words = " ".join(name.casefold().replace(",", " ").split())
    padded = f" {words} "
    known = [row for row in (*MIXTURES, *OTHER_NAMES, *SUBSTANCES) if f" {row} " in padded]
    if not known:
        return ()
    best = max(known, key=len)
    if best in MIXTURES:
        return MIXTURES[best]
    return (OTHER_NAMES.get(best, best),)


def canonical(ingredient: str) -> str:
    """Return an ingredient as the table spells it, else the patient's own word in small letters."""
    word = " ".join(ingredient.casefold().split())
    return OTHER_NAMES.get(word, word)
