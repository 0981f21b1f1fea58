"""Very many pictures in the window: a command in processes of its own, in parts that are kept, and how far it is."""

from gui.features.cohort.feature import Cohorts as FEATURE

__all__ = ["FEATURE"]
