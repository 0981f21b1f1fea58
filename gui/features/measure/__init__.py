"""Measuring on the canvas: regions, distances and angles, and a table of what they hold."""

from gui.features.measure.feature import Measure as FEATURE

__all__ = ["FEATURE"]
