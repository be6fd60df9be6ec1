"""The rule table of clinical.md: one decorated function a rule, one module a theme.

A theme is imported when its rules are wanted: `load` registers them, all or those of the first
priorities alone, for the answer to a daily line needs few of them.
"""

from __future__ import annotations

from importlib import import_module

from spinetrack.recovery.rules.engine import LAST, RULES, Rule, first, run
from spinetrack.typed import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spinetrack.recovery.diary import Diary

__all__ = ["RULES", "THEMES", "Rule", "first", "load", "run"]

THEMES: Final = {
    "safety": 0,
    "medicine": 1,
    "data": 2,
    "procedures": 2,
    "flare": 3,
    "care": 4,
    "wellbeing": 4,
    "plan": 5,
    "exercise": 5,
    "levers": 6,
    "goals": 7,
}
"""Module to the lowest priority among its rules."""


NEEDS: Final = {"medicine": ("medicines", "treatments"), "procedures": ("treatments", "blocks")}
"""Module to the parts of a diary that its rules read: of a diary without any of them it says nothing."""


def load(priority: int = LAST, diary: Diary | None = None) -> None:
    """Register the rules of every theme that has one of at most this priority.

    Args:
        priority: The last of the priorities wanted.
        diary: What is to be assessed; a theme that has nothing to say of it stays unloaded.

    """
    for name, lowest in THEMES.items():
        parts = NEEDS.get(name, ())
        wanted = diary is None or not parts or any(getattr(diary, part) for part in parts)
        if lowest <= priority and wanted:
            import_module(f"{__name__}.{name}")
