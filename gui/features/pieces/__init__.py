"""The super-pixels that a method covers one by one, as outlines over the picture."""

from gui.features.pieces.feature import Pieces as FEATURE

__all__ = ["FEATURE"]
