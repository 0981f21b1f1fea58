"""Whether the map on the canvas deserves belief, asked for by a button."""

from gui.features.verdict.feature import Judging as FEATURE

__all__ = ["FEATURE"]
