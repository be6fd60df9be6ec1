"""A patient's own record of recovery from back or neck pain."""

__version__ = "0.1.0"
