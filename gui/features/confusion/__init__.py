"""Predicted and real classes of all listed pictures against each other."""

from gui.features.confusion.feature import Confusion as FEATURE

__all__ = ["FEATURE"]
