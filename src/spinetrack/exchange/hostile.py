"""Bounds for files from outside, so that none of them can fill the memory or hang the program."""

from __future__ import annotations

from typing import Final

DEEPEST: Final = 40
"""Levels that a foreign document may nest."""
LONGEST: Final = 4_000_000
"""Bytes that one line, tag or value of a foreign file may have."""
LARGEST: Final = 8_000_000_000
"""Bytes that a foreign file may have, unpacked."""
PACKED_MOST: Final = 250
"""How many times larger than its packed form a member of a zip may be."""
