"""A trend of some days in one short word: `▂▃▃·▅▃▃▂▂·▂▂▁▂`. Never for the plain mode."""

from __future__ import annotations

from spinetrack.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "0123456789"
GAP = "·"
ASCII_GAP = "."


def spark(values: Sequence[float | None], low: float, high: float, *, ascii: bool = False) -> str:  # noqa: A002
    """Return one sign a day, oldest first; a day without entry is a gap and stays one.

    Args:
        values: Day values in any unit, None for a day without entry.
        low: The value drawn lowest; what lies below is drawn at it.
        high: The value drawn highest. Equal to `low`, every value is drawn in the middle.
        ascii: Use digits and a full stop. On the 0 to 10 scale a digit is the value, and 10 is a 9.

    >>> spark([0, None, 5, 10], 0, 10)
    '▁·▅█'
    >>> spark([0, None, 5, 10], 0, 10, ascii=True)
    '0.59'

    """
    signs, gap = (DIGITS, ASCII_GAP) if ascii else (BLOCKS, GAP)
    return "".join(gap if value is None else signs[_step(value, low, high, len(signs))] for value in values)


def _step(value: float, low: float, high: float, steps: int) -> int:
    if high <= low:
        return steps // 2
    return max(0, min(steps - 1, int((value - low) / (high - low) * steps)))
