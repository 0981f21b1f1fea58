"""What the pictures really show, and what the model predicts of all of them."""

from gui.features.labels.feature import Labelling as FEATURE

__all__ = ["FEATURE"]
