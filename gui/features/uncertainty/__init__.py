"""How sure the model is: many passes with dropout on, for one picture, for its heatmap, and for the whole list."""

from gui.features.uncertainty.feature import HowSure as FEATURE

__all__ = ["FEATURE"]
