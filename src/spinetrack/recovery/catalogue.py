"""Exercise names for the spine: what each is for, and how to make it one step easier or harder.

Names only, in our own words, to spell a plan that a physio made. Nothing here says who should do what.
"""

from __future__ import annotations

from spinetrack.typed import NamedTuple

KINDS = ("strength", "mobility", "core", "aerobic", "balance", "relaxation")


class Exercise(NamedTuple):
    """One exercise of the catalogue."""

    name: str
    kind: str
    region: str
    use: str
    easier: str
    harder: str


_ROWS = (
    Exercise("hip-hinge", "strength", "hips", "bending from the hips, not the back", "hold a stick along the back", "hold a small weight"),
    Exercise("bridge", "strength", "hips", "lifting the hips while lying on the back", "lift half as high", "lift one foot off the floor"),
    Exercise("bird-dog", "core", "trunk", "keeping the back still on hands and knees", "move one leg only", "pause longer with arm and leg out"),
    Exercise("side-plank", "core", "trunk", "holding the side of the body", "bend the knees", "straighten the legs"),
    Exercise("dead-bug", "core", "trunk", "keeping the back still while lying", "move one arm only", "straighten the leg"),
    Exercise("chin-tuck", "mobility", "neck", "drawing the head straight back", "do it lying down", "add a slow nod"),
    Exercise("scapular-squeeze", "strength", "upper back", "drawing the shoulder blades together", "fewer times", "use a light band"),
    Exercise("wall-angel", "mobility", "upper back", "sliding the arms up a wall", "slide less far", "keep the hands on the wall"),
    Exercise("cat-camel", "mobility", "back", "rounding and hollowing the back", "move less far", "move more slowly"),
    Exercise("knee-to-chest", "mobility", "low back", "drawing a knee up while lying", "one leg at a time", "both legs"),
    Exercise("nerve-glide", "mobility", "leg or arm", "moving a nerve to and fro without a stretch", "move less far", "a few times more"),
    Exercise("sit-to-stand", "strength", "legs", "standing up from a chair", "use a higher chair", "use a lower chair"),
    Exercise("heel-raise", "strength", "legs", "rising onto the toes", "hold on to a chair", "one leg"),
    Exercise("wall-squat", "strength", "legs", "sliding down a wall", "slide less far", "pause at the bottom"),
    Exercise("single-leg-stand", "balance", "legs", "standing on one leg", "touch a wall", "turn the head slowly"),
    Exercise("cycling", "aerobic", "whole body", "an even effort, sitting or half lying", "less time", "a little more time"),
    Exercise("swimming", "aerobic", "whole body", "an even effort with the weight carried", "walk in the water", "a little more time"),
    Exercise("diaphragmatic-breathing", "relaxation", "whole body", "slow breaths into the belly", "lie with legs on a chair", "do it sitting"),
    Exercise("muscle-relaxation", "relaxation", "whole body", "tensing and letting go, part by part", "hands and feet only", "the whole body"),
)  # fmt: skip
CATALOGUE = {row.name: row for row in _ROWS}
"""Name to exercise. Sitting, standing and walking are tolerances and have their own metrics."""

LEVERS = (
    "a little more weight or one more time",
    "a slower pace or a shorter rest",
    "another kind of set",
    "another exercise for the same part",
)
"""Four ways to vary a stimulus on a plateau. Source: clinical.md 4, plateau levers."""
TOLERANCE_LEVERS = (
    "shorter and more often",
    "another time of day",
    "another chair, place or path",
    "a break to move halfway",
)
"""The same idea for sitting, standing and walking."""
ADVANCED = ("another kind of set",)
"""Levers that a clinician must have cleared."""
