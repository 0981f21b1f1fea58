"""What a network that segments draws: classes over the picture, their sizes, and how they agree with the true mask."""

from gui.features.segment.feature import Segmenting as FEATURE

__all__ = ["FEATURE"]
