"""Many heatmaps of the picture on show beside each other: methods by layers, or methods by models."""

from gui.features.compare.feature import Comparing as FEATURE

__all__ = ["FEATURE"]
