"""The figure composer: rows and columns of anything, as it will be printed."""

from gui.features.composer.feature import FEATURE

__all__ = ["FEATURE"]
