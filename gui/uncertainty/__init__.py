"""How sure the model is: many passes with dropout on, for one picture, for its heatmap, and for the whole list."""

from gui.uncertainty.feature import HowSure

__all__ = ["HowSure"]
