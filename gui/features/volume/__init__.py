"""Volumes, series and videos: going through their slices, and how they hang."""

from gui.features.volume.feature import Volumes as FEATURE

__all__ = ["FEATURE"]
