"""Signs that are not seen but hide or turn what stands around them: no text on a screen holds them."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from spinetrack.typed import Final

HIDDEN: Final = (
    0xAD,
    0x61C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
)
"""Marks of writing direction, and signs without width. Joiners inside letters and emoji are none."""
GONE: Final = dict.fromkeys(HIDDEN)
"""For `str.translate`: leaves them out."""
ESCAPED: Final = {sign: f"\\u{sign:04x}" for sign in HIDDEN}
"""For `str.translate` of JSON text: the same string for a program, nothing that turns a screen."""
