"""Models that answer the same question, asked as one: what they say together, and the heat of each."""

from gui.features.ensemble.feature import AskingTogether as FEATURE

__all__ = ["FEATURE"]
