"""Training in the window: the request, live curves, the result."""

from gui.features.train.feature import Training as FEATURE

__all__ = ["FEATURE"]
