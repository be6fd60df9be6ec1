"""The rule table of clinical.md: one decorated function a rule, one module a theme.

A theme is imported when its rules are wanted: `load` registers them, all or those of the first
priorities alone, for the answer to a daily line needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from spinetrack.recovery.rules.engine import LAST, RULES, Rule, first, run

__all__ = ["RULES", "THEMES", "Rule", "first", "load", "run"]

THEMES: Final = {
    "safety": 0,
    "data": 2,
    "flare": 3,
    "care": 4,
    "wellbeing": 4,
    "plan": 5,
    "exercise": 5,
    "levers": 6,
    "goals": 7,
}
"""Module to the lowest priority among its rules."""


def load(priority: int = LAST) -> None:
    """Register the rules of every theme that has one of at most this priority."""
    for name, lowest in THEMES.items():
        if lowest <= priority:
            import_module(f"{__name__}.{name}")
