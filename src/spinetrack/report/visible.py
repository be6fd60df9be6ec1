"""Texts from a diary made fit to be shown: nothing in them hides, steers or turns what stands around."""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""Return a text with every control sign written out, so that it is seen and does nothing.

    Escapes, signs that turn the direction of writing and signs without width become their number;
    every kind of line end becomes one line end, a tab a blank. Emoji and letters of any language
    stay, the joiners inside them too.

    >>> visible("a\x1b[31mb"), visible("\u202egpj.exe"), visible("one\r\ntwo\tthree")
    ('a[U+001B][31mb', '[U+202E]gpj.exe', 'one\ntwo three')
    """
    broken = _BREAKS.sub("\n", text).replace("\t", " ")
    return _HIDDEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", broken)
