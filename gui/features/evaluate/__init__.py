"""Which model, method and layer to believe on one's own data: metrics over a data set, down to the pictures."""

from gui.features.evaluate.feature import Evaluating as FEATURE

__all__ = ["FEATURE"]
