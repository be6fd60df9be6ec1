"""Words in free text that make a re-screen due (rule RF-4), and the item each asks first.

A word counts wherever it stands, negated too: a question too many does no harm. Spellings, plain
everyday forms and phrases are rows of one table, British and American.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from spinetrack.recovery.redflag_items import ASKING
from spinetrack.typed import NamedTuple

_TABLE = """
FX1 : trauma traumatic fall falls falling fallen fell feel_over slip slips slipped slipping tripped
    crash crashed crashes collision accident accidents accidental acident accidant injury injuries
    injured injure whiplash knocked_over knocked_down knocked_off hit_by hit_my hit_head run_over
    came_off_my thrown_off tumbled tumble fracture fractured fractures broke_my broken_bone dived
    hurt_myself stairs_fell rear_ended
FX2 : small_fall knocked bumped strained
IN1 : fever fevers feverish fevered fevor feaver temperature temperatures temprature temperture
    temprature temp shiver shivers shivering shivery shivered chills chill rigor rigors
    night_sweat night_sweats hot_and_cold burning_up infection infected sepsis septic very_ill
CE1 : bladder bladders blader bladdar bladdr urine urin urinary urinate urinates urinated urinating
    urination pee pees peed peeing wee wees weeing piss pissing waterworks water_works pass_water
    passing_water pass_urine passing_urine toilet loo retention catheter
CE5 : incontinent incontinence incontinance incontinant incontenence leak leaks leaked leaking
    leakage dribble dribbles dribbling wet_myself wetting_myself wet_my wetting_my wet_the_bed
    accident accidents cant_hold_it couldnt_hold_it cannot_hold_it
CE4 : bowel bowels bowell bowl_movement poo poos pooed pooing poop poops pooped pooping stool stools
    faeces feces faecal fecal soiled soiling soil_myself back_passage rectum rectal anus anal
    shit_myself messed_myself incontinent incontinence incontinance incontinant
    constipated constipation constipatd
CE8 : constipated constipation constipatd
CE2 : saddle sadle saddel groin groins genital genitals private_parts privates crotch vagina vaginal
    vulva penis testicle testicles scrotum perineum perineal down_below down_there inner_thigh
    inner_thighs between_~_legs between_~_thighs wiping when_i_wipe numb numbness numness numbnes
    numbess nummness numbed numbing cant_~_feel cannot_~_feel couldnt_~_feel no_feeling
    lost_~_feeling loss_of_feeling no_sensation lost_~_sensation loss_of_sensation
ND3 : numb numbness numness numbnes numbess nummness numbed numbing cant_~_feel cannot_~_feel
    couldnt_~_feel no_feeling lost_~_feeling loss_of_feeling no_sensation lost_~_sensation
    loss_of_sensation dead_leg dead_arm dead_foot leg_is_dead pins_and_needles
CE6 : erection erections erectile impotent impotence ejaculate ejaculation orgasm
ND1 : weak weaker weakest weakness weaknesses weekness weaknes weakened weakening giving_way
    gives_way gave_way give_way given_way giving_out gives_out gave_out give_out buckle buckles
    buckled buckling foot_drop footdrop drop_foot dropped_foot foot_drops foot_dropped foot_slap
    drag_~_foot dragging_~_foot drags_~_foot drag_~_leg dragging_~_leg foot_drags foot_dragging
    cant_~_lift cannot_~_lift couldnt_~_lift cant_~_move cannot_~_move couldnt_~_move no_strength
    lost_~_strength no_power lost_~_power limp limps limped limping tripping trips_over
    tripping_over legs_gone leg_gone legs_went leg_went cant_grip cannot_grip
MY1 : paralysed paralyzed paralysis paralised paralysing paralyzing
CE3 : both_legs legs_weak weak_legs legs_gone legs_went
MY3 : clumsy clumsier clumsily clumsiness clumsyness clumsey drop_things dropping_things
    dropped_things drops_things dropping dropped_my dropped_a dropped_the keep_dropping fumble
    fumbles fumbled fumbling buttons button handwriting cant_write cannot_write losing_grip
    lost_~_grip cant_grip cannot_grip
MY4 : balance balanced balances balancing balence ballance balanse unbalanced imbalance off_balance
    wobble wobbles wobbled wobbling wobbly unsteady unsteadily unsteadiness unstedy stumble stumbles
    stumbled stumbling stagger staggers staggered staggering swaying sway falling_over fell_over
    keep_falling falls ataxia jelly_legs legs_like_jelly heavy_legs stiff_legs legs_heavy legs_stiff
MY5 : electric_shock electric_shocks shock_down
VA2 : chest chests breath breaths breathe breathes breathing breathless breathlessness brethless
    breatheless breth short_of_breath cant_breathe heart_attack crushing tearing_pain
VA1 : faint faints fainted fainting faintness feint fainty collapse collapsed collapses collapsing
    colapsed colapse blackout blackouts black_out blacked_out blacking_out passed_out passing_out
    pass_out unconscious unconsious consciousness light_headed lightheaded lightheadedness
    light_headedness clammy cold_sweat cold_sweats keeled_over dizzy dizziness dizzyness dizzy_spell
    woozy
VA3 : vision visions visual blurred blurry blur blurring blured double_vision seeing_double
    eyesight cant_see cannot_see couldnt_see lost_~_sight blind blindness speech slur slurs slurred
    slurring slured cant_speak cannot_speak couldnt_speak trouble_speaking cant_talk cannot_talk
    droop droops drooped drooping droopy stroke strokes swallow swallowing worst_headache
    thunderclap sudden_headache vertigo drop_attack dizzy dizziness dizzyness
VA4 : cold_foot foot_is_cold pale_foot blue_foot swollen_calf calf_swollen
OT3 : black_stool black_stools black_poo black_poop black_poos tarry tar_like like_tar melaena
    melena blood_in_~_stool blood_in_~_stools blood_in_~_poo blood_in_~_poop blood_in_~_urine
    blood_in_~_pee bloody_stool bloody_stools vomit_blood vomiting_blood vomited_blood
    throwing_up_blood threw_up_blood coughing_blood coughing_up_blood bleeding yellow_skin
    yellow_eyes jaundice jaundiced overdose overdoses overdosed overdosing over_dose over_dosed
    overdoes od oded too_many_pills too_many_tablets too_many_painkillers took_too_many
    took_too_much hard_to_wake
OT2 : suicide suicides suicidal suicidle sucidal sucide suiside suisidal suicidial self_harm
    self_harmed self_harms self_harming selfharm selfharmed selfharming kill_myself killing_myself
    kill_my_self killed_myself kms unalive end_it_all ending_it_all want_to_end_it
    wanna_end_it going_to_end_it just_end_it end_my_life
    ending_my_life end_things take_my_own_life taking_my_own_life take_my_life taking_my_life
    hurt_myself hurt_my_self hurting_myself harm_myself harming_myself harmed_myself cut_myself
    cutting_myself hang_myself hanging_myself shoot_myself drown_myself want_to_die wanted_to_die
    wanting_to_die wanna_die wants_to_die wish_i_was_dead wish_i_were_dead wish_i_wasnt_here
    rather_be_dead better_off_dead better_off_without_me be_dead no_reason_to_live
    nothing_to_live_for not_worth_living dont_~_want_to_live dont_~_want_to_be_here
    dont_~_want_to_be_alive dont_~_want_to_wake_up dont_~_want_to_go_on dont_wanna_live
    dont_wanna_be_here do_not_~_want_to_live do_not_~_want_to_be_here do_not_~_want_to_wake_up
    not_want_to_live no_longer_want_to_live cant_go_on cannot_go_on cant_live_like_this
    cannot_live_like_this cant_take_it_anymore cant_take_this_anymore cant_take_it_any_more
    cant_do_this_anymore want_it_to_be_over no_point_in_living no_point_living give_up_on_life
    giving_up_on_life tired_of_living tired_of_life life_isnt_worth life_is_not_worth
    overdose overdoses overdosed overdosing over_dose over_dosed od oded
- : breathing_exercise breathing_exercises breathing_technique breathing_techniques
    breathing_practice deep_breathing belly_breathing balance_exercise balance_exercises
    balance_board balance_training chest_press chest_stretch chest_stretches chest_opener
    chest_of_drawers button_up slipped_disc slipped_discs slipped_disk slipped_disks slip_disc
    fall_asleep falls_asleep falling_asleep fell_asleep fallen_asleep balanced_diet
"""
"""Per item its words; `_` joins a phrase, `~` stands for up to three other words.

The last row holds what is no sign though a word in it is one."""

_GAP = 3
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile("['`\u00b4\u2018\u2019\u02bc\uff07\u00ad\u200b-\u200f\u2060\ufeff]")
_ACCENT = re.compile("[\u0300-\u036f]")


class Hit(NamedTuple):
    """A word of the list found in a text."""

    word: str
    """As found, in small letters, without apostrophes."""
    item: str
    """The item to ask for it."""


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word to its phrases, each with its item."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    item = "-"
    words = _TABLE.split()
    for here, after in zip(words, [*words[1:], ""], strict=True):
        if after == ":":
            item = here
        elif here != ":":
            phrase = tuple(here.split("_"))
            found.setdefault(phrase[0], []).append((phrase, item))
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", _JOINED.sub("", text)).casefold()
    return _WORD.findall(_ACCENT.sub("", plain))


def _end(words: list[str], at: int, phrase: tuple[str, ...]) -> int | None:
    """Where the phrase that starts at `at` ends, exclusive; None when it does not stand there."""
    for n, part in enumerate(phrase):
        if part == "~":
            rest = phrase[n + 1 :]
            ends = (_end(words, at + skip, rest) for skip in range(_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(words) or words[at] != part:
            return None
        at += 1
    return at


def words_in(text: str) -> tuple[Hit, ...]:
    """Find the words of the list in a text, the most urgent item first, one hit an item.

    Whole words in any case; a hyphen counts as a space and an apostrophe as nothing.
    """
    words = _words(text)
    table = _phrases()
    found: dict[str, Hit] = {}
    at = 0
    while at < len(words):
        harmless = 0
        here = []
        for phrase, item in table.get(words[at], ()):
            end = _end(words, at, phrase)
            if end is not None and item == "-":
                harmless = end
            elif end is not None:
                here.append(Hit(" ".join(words[at:end]), item))
        if not harmless:
            for hit in here:
                found.setdefault(hit.item, hit)
        at = harmless or at + 1
    return tuple(sorted(found.values(), key=lambda hit: ASKING.index(hit.item)))


def self_harm(text: str) -> bool:
    """Whether a text holds words of self-harm: the crisis line is shown at once."""
    return any(hit.item == "OT2" for hit in words_in(text))
