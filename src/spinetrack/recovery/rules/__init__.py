"""The rule table of clinical.md: one decorated function a rule, one module a theme.

Importing this package registers every rule.
"""

from spinetrack.recovery.rules import care, data, exercise, flare, goals, levers, plan, safety
from spinetrack.recovery.rules.engine import RULES, Rule, run

__all__ = ["RULES", "Rule", "care", "data", "exercise", "flare", "goals", "levers", "plan", "run", "safety"]
