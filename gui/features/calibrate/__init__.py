"""May the probabilities be believed: labels against answers, and what makes them honest."""

from gui.features.calibrate.feature import Calibrating as FEATURE

__all__ = ["FEATURE"]
