"""The red-flag questions: one row per item, in our own plain words.

Tiers: 1 emergency now, 2 same day, 3 within a week, 4 mention at the next visit. An item whose tier
hangs on a second answer takes it as a sign, `+` or `-`; without the sign the higher tier counts.
Source of every row: clinical.md section 6 and the definitions of its rule table.
"""

from __future__ import annotations

from spinetrack.typed import NamedTuple

NO_SIGN = "No warning sign reported today."
"""All that a screen without a sign may say. Source: clinical.md 6.1."""

STEADY = frozenset({"ND1", "CE7", "IN1", "IN2", "IN3", "MA1", "FX2", "OD1"})
"""Items that "unsure" does not make milder than tier 2. Source: clinical.md, definitions; OD1 as they."""
OVER_LIMIT, OVER_MEANT = "OD1", "OD2"
"""More of a medicine than the pack limit; some of it on purpose, or maybe (clinical.md, rule MX-2)."""

PRIVATE = frozenset({"OT2"})
"""Items named on no banner, and on a printed page only when the patient asks for it."""

IB_FIRST = "Did low back pain begin before you were 45, and has it lasted over 3 months?"
"""Asked before the IB items; a no answers IB1 to IB11 with no. Source: clinical.md 6.8 (NICE)."""


class Item(NamedTuple):
    """One warning sign and how it is asked."""

    id: str
    tier: int
    """When answered yes without a sign; 1 to 4. For IB items the mildest that their count gives."""
    group: str
    question: str
    """A yes/no question."""
    short: str
    """Three to eight words after "You reported: ". Names no reason for a private item."""
    source: str
    follow: str = ""
    """The second yes/no question; yes is `+`, no is `-`. Empty when the item takes no sign."""
    plus: int | None = None
    minus: int | None = None
    felt: bool = False
    """Only the patient can feel it: a carer's no is not a no."""
    gate: str | None = None
    """Asked only when this profile gate is yes."""
    later: str = ""
    """Never asked: it comes from what was taken. After it was seen this item is asked in its place."""

    @property
    def signed(self) -> bool:
        """Whether the item takes `+` or `-`."""
        return self.plus is not None

    @property
    def steady(self) -> bool:
        """Whether "unsure" counts as much as yes in a combination."""
        return self.id in STEADY or (self.tier == 1 and not self.signed)

    @property
    def unsure(self) -> int | None:
        """The tier when answered "unsure" without a sign; None when that is no sign at all."""
        if self.id in STEADY:
            return 2
        if self.steady:
            return 1
        return self.tier + 1 if self.tier < 4 and not self.id.startswith("IB") else None  # noqa: PLR2004


_BLADDER = "Bladder, bowel and legs"
_HANDS = "Hands, balance and walking"
_NERVE = "Weakness and numbness"
_FEVER = "Fever"
_PAST = "Earlier illness"
_INJURY = "Injury"
_BLOOD = "Heart, head and blood flow"
_OTHER = "Other signs"
_LONG = "Long low back pain"

_WORSENING = "Is it getting worse over days or weeks?"
_BONES = (
    "Are you over 65, or do you have weak bones? "
    "Or did you take steroids for long, or break a bone in a small fall?"
)
_IB_FOR = "Think of low back pain that began before 45 and lasted over 3 months. "
_IB_SOURCE = "NICE NG65 referral list"

_LONG_PAIN = (
    ("Did it start before you were 35?", "long back pain since before 35"),
    ("Does it wake you in the second half of the night?", "waking late in the night with pain"),
    ("Do you also have pain in your buttocks?", "long back pain with buttock pain"),
    ("Does it get better when you move?", "long back pain that eases with moving"),
    (
        "Does an anti-inflammatory painkiller, like ibuprofen, ease it within two days?",
        "anti-inflammatory painkillers help within two days",
    ),
    (
        "Does a parent, brother, sister or child have an inflamed spine?",
        "close family with an inflamed spine",
    ),
    ("Have you ever had swollen, inflamed joints?", "swollen, inflamed joints now or before"),
    (
        "Is there pain or swelling where a tendon meets bone, such as the heel?",
        "pain where a tendon meets bone",
    ),
    (
        "Have you ever had red, scaly skin patches that keep coming back?",
        "scaly skin patches that come back",
    ),
    (
        "Have you ever had a red, painful eye that light made worse?",
        "a red, painful eye, now or before",
    ),
    ("Do you have a long bowel illness with bleeding or loose stools?", "a long bowel illness"),
)
"""IB1 to IB11, in the order of the NICE list, then eye and bowel."""

_ROWS = (
    Item(
        "CE1", 1, _BLADDER,
        "Is it newly hard to start to pee, or to feel the pee flow? Or can you not go at all?",
        "new trouble passing urine", "GIRFT pathway 3A",
    ),
    Item(
        "CE2", 1, _BLADDER,
        "Does it feel numb or odd between your legs, at your back passage, genitals or "
        "inner thighs? A small patch counts, and an odd feeling when you wipe.",
        "changed feeling between your legs", "GIRFT pathway; patient warning card",
        felt=True,
    ),
    Item(
        "CE3", 1, _BLADDER,
        "Are both legs very weak, or getting weaker, at the knee, ankle or foot?",
        "weakness in both legs", "GIRFT pathway",
    ),
    Item(
        "CE4", 1, _BLADDER,
        "Do you newly leak poo, or no longer feel when your bowel is full?",
        "new trouble holding or feeling your bowel", "GIRFT pathway; patient warning card",
    ),
    Item(
        "CE5", 1, _BLADDER,
        "Do you newly leak pee, need pads, or no longer feel when your bladder is full?",
        "new trouble holding or feeling your bladder", "Patient warning card",
    ),
    Item(
        "CE6", 2, _BLADDER,
        "Is feeling during sex newly lost, or have erections or climax newly stopped?",
        "new loss of feeling during sex", "GIRFT note; patient warning card",
        felt=True,
    ),
    Item(
        "CE7", 2, _BLADDER,
        "Is there new pain or numbness down both legs at the same time?",
        "new pain or numbness in both legs", "Finucane 2020; UK pathway debate",
        felt=True,
    ),
    Item(
        "CE8", 4, _BLADDER,
        "Do strong painkillers make your poo hard, with no other bladder or bowel change?",
        "hard stools with strong painkillers", "Harrogate and York pathway",
    ),
    Item(
        "MY1", 1, _HANDS,
        "Has an arm or leg become weak suddenly, or much weaker within days? "
        "Or can you not move it?",
        "an arm or leg suddenly very weak", "HNYPPR pathway",
    ),
    Item(
        "MY2", 1, _HANDS,
        "Has your bladder or bowel newly changed, and your hands, arms or walking too?",
        "bladder or bowel change with limb trouble", "myelopathy.org",
    ),
    Item(
        "MY3", 2, _HANDS,
        "Are your hands clumsy: do you drop things, or struggle with buttons or writing?",
        "clumsy hands or dropping things", "myelopathy.org; accuracy study",
        follow=_WORSENING, plus=2, minus=3,
    ),
    Item(
        "MY4", 2, _HANDS,
        "Are you unsteady, do you fall, or do your legs feel stiff or heavy?",
        "unsteady walking or stiff, heavy legs", "myelopathy.org; accuracy study",
        follow=_WORSENING, plus=2, minus=3,
    ),
    Item(
        "MY5", 3, _HANDS,
        "When you bend your neck, does an electric shock run down your back, arms or legs?",
        "a shock feeling when bending the neck", "myelopathy.org",
        felt=True,
    ),
    Item(
        "ND1", 2, _NERVE,
        "Is a foot, knee, arm or hand newly weak? Say yes if a foot drops or a knee gives way.",
        "new weakness in a leg or arm", "Pain clinic guides; tier is this tool's own",
    ),
    Item(
        "ND2", 1, _NERVE,
        "Is any weakness getting worse over hours or days?",
        "weakness getting worse over hours or days", "This tool's own, as MY1",
    ),
    Item(
        "ND3", 3, _NERVE,
        "Is a numb patch getting bigger, while your strength is as before?",
        "numbness that is spreading", "This tool's own",
        felt=True,
    ),
    Item(
        "ND4", 2, _NERVE,
        "Has leg or arm pain been 8 or more for two days, and nothing helps?",
        "two days of severe leg or arm pain", "This tool's own",
    ),
    Item(
        "ND5", 2, _NERVE,
        "Is there no position at all that eases the pain?",
        "pain that no position eases", "This tool's own",
    ),
    Item(
        "IN1", 1, _FEVER,
        "Do you have fever or shivering, or feel very ill, with new or worse back or neck pain? "
        "Fever means 38 C (100.4 F) or more.",
        "fever or feeling very ill with pain", "Pain clinic guides; Finucane 2020; sepsis practice",
        follow="Are you confused, breathless, or shaking with chills? "
        "Or is your neck stiff and does light hurt?",
        plus=1, minus=2,
    ),
    Item(
        "IN2", 2, _FEVER,
        "Is your pain there all the time, and does it keep getting worse?",
        "constant pain that keeps getting worse", "Finucane 2020, not yet checked",
        follow="Is your body weak against germs, or do you have diabetes, dialysis or "
        "injected drugs? Or recent contact with TB, a germ in the blood, or a spine procedure?",
        plus=2, minus=4,
    ),
    Item(
        "IN3", 1, _FEVER,
        "Think of the 90 days after a spine injection or operation. "
        "Do you have fever, worse pain, new weakness or numbness, or a leaking wound?",
        "trouble after a spine injection or operation",
        "Clinic aftercare leaflets; tier is this tool's own",
        follow="Is there new weakness or numbness?",
        plus=1, minus=2,
    ),
    Item(
        "MA1", 2, _PAST,
        "Have you ever had cancer, and is your back or neck pain new, different or worse?",
        "past or present cancer with new pain", "NICE NG234, timings not yet checked",
    ),
    Item(
        "MA2", 1, _PAST,
        "Have you ever had cancer, and now have weak or numb limbs, or trouble walking? "
        "A bladder or bowel change counts too.",
        "past cancer with new weakness or numbness", "NICE NG234, timings not yet checked",
    ),
    Item(
        "MA3", 3, _PAST,
        "Have you lost weight without trying, or does night pain never let up?",
        "unexplained weight loss or constant night pain", "Pain clinic guides",
    ),
    Item(
        "MA4", 4, _PAST,
        "Are you over 50, and is this your first severe back pain that never eases?",
        "first severe back pain after age 50", "Finucane 2020, not yet checked",
    ),
    Item(
        "FX1", 1, _INJURY,
        "Have you had a bad fall, a road crash or a dive, with back or neck pain? "
        "A bad fall is from over 1 metre (3 feet), or five stairs.",
        "a bad fall, crash or dive", "Canadian C-spine rule, not yet checked",
    ),
    Item(
        "FX2", 2, _INJURY,
        "Have you had a small fall, knock or strain, with back or neck pain since?",
        "back or neck pain after a small injury", "Finucane 2020, not yet checked",
        follow=_BONES, plus=2, minus=4,
    ),
    Item(
        "FX3", 3, _INJURY,
        "Did severe mid-back pain come suddenly without injury? "
        "Or have you become shorter, or your back newly bent?",
        "sudden mid-back pain or a new curve", "Finucane 2020, not yet checked",
        follow=_BONES, plus=3, minus=4,
    ),
    Item(
        "VA1", 1, _BLOOD,
        "Is there sudden severe back, belly or side pain with faintness, collapse or cold sweat? "
        "Or a throbbing in your belly?",
        "sudden severe pain with faintness or throbbing", "NICE NG156, not yet checked",
    ),
    Item(
        "VA2", 1, _BLOOD,
        "Do you have chest pain or pressure, tearing pain between the shoulder blades, "
        "or new trouble breathing? The pain may reach the jaw or arm.",
        "chest pain, tearing pain or breathing trouble", "Emergency practice, not yet checked",
    ),
    Item(
        "VA3", 1, _BLOOD,
        "Did a very bad headache or neck pain come suddenly, with double vision, slurred speech "
        "or a drooping face? Bad dizziness, trouble with swallowing or sudden falls count too.",
        "sudden head or neck pain with other signs", "IFOMPT framework, not yet checked",
    ),
    Item(
        "VA4", 1, _BLOOD,
        "Is one foot suddenly cold or pale, or one calf hot, swollen and sore?",
        "a cold, pale foot or swollen calf", "Emergency practice, not yet checked",
        follow="Is the foot cold or pale?",
        plus=1, minus=2,
    ),
    Item(
        "OT1", 2, _OTHER,
        "Are you pregnant, and is your baby moving less than usual?",
        "pregnant, and the baby moves less", "Maternity practice, not yet checked",
    ),
    Item(
        "OT2", 1, _OTHER,
        "Pain can wear anyone down. "
        "Do you have thoughts of hurting yourself, or of not wanting to live?",
        "something not to carry alone", "This tool's own",
        felt=True,
    ),
    Item(
        "OT3", 1, _OTHER,
        "Do you have black stools, vomit with blood, yellow skin, a bad rash, or no pee at all? "
        "Or are you very hard to wake after strong medicine?",
        "black stools, yellow skin or similar signs", "Medicine leaflets, not yet checked",
    ),
    Item(
        "OT4", 2, _OTHER,
        "After a spine injection or procedure, is a headache worse when you sit or stand up?",
        "headache when upright after a spine procedure",
        "Known after spine procedures, not yet checked",
    ),
    Item(
        "OD1", 2, _OTHER, "Did you take more paracetamol in 24 hours than the pack says?",
        "more of a painkiller than the pack says", "Pack limit, rule MX-2", later="OT3",
    ),
    Item(
        "OD2", 1, _OTHER, "Did you take too much of a medicine on purpose, or are you not sure why?",
        "too much of a medicine", "Rule MX-2, this tool's own", later="OT2",
    ),
    Item(
        "PG1", 1, _OTHER,
        "Do you have bleeding, leaking waters, tightenings, or a baby that moves less? "
        "Or a bad headache with changed sight?",
        "a warning sign in pregnancy", "Maternity practice, not yet checked",
        gate="pregnancy",
    ),
    Item(
        "CH1", 2, _OTHER,
        "Do you limp, or not want to walk, because of the pain?",
        "a limp, or not walking", "This tool's own",
        gate="minor",
    ),
    Item(
        "CH2", 2, _OTHER,
        "Does back or neck pain wake you at night, or stay all night?",
        "back or neck pain at night", "This tool's own",
        gate="minor",
    ),
    *(
        Item(f"IB{n}", 4, _LONG, _IB_FOR + question, short, _IB_SOURCE)
        for n, (question, short) in enumerate(_LONG_PAIN, start=1)
    ),
)  # fmt: skip

ITEMS: dict[str, Item] = {item.id: item for item in _ROWS}
"""Every item by its id."""

SHORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Is there any new trouble with your bladder or bowel?", ("CE1", "CE4", "CE5")),
    ("Is the feeling between your legs changed or lost?", ("CE2",)),
    ("Is there new weakness, or new pain or numbness in both legs?", ("CE3", "CE7", "ND1")),
    ("Do you have fever or shivering, or feel very ill?", ("IN1",)),
    ("Have you had a bad fall, a crash or another injury?", ("FX1",)),
    ("Have you ever had cancer, and is your pain new or worse?", ("MA1",)),
)
"""The six questions of the short form and the items each stands for. Source: rule RF-4."""

SHORT_ITEMS: tuple[str, ...] = tuple(item for _, items in SHORT for item in items)
"""The items of the short form in asking order."""

ASKING: tuple[str, ...] = (
    *("CE1", "CE2", "CE3", "CE4", "CE5", "CE7", "CE6"),
    *("PG1", "MY1", "MY2", "ND2", "ND1", "FX1", "VA1", "VA2", "VA3", "VA4"),
    *("IN1", "IN3", "MA2", "OT3", "OT2", "OD2"),
    *("OD1", "MA1", "MY3", "MY4", "IN2", "FX2", "OT1", "OT4", "ND4", "ND5", "CH1", "CH2"),
    *("MY5", "ND3", "MA3", "FX3", "MA4", "CE8"),
    *(f"IB{n}" for n in range(1, 12)),
)
"""All items in the order of the full screen: what can be an emergency comes first."""


def worse_question(item: str) -> str:
    """Ask whether an item that is old and known has changed since it was assessed.

    Args:
        item: An id of `ITEMS`.

    """
    return f"You said this is old: {ITEMS[item].short}. Has it become worse, or has it spread?"
