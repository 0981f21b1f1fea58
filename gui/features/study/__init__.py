"""Reader studies: made from the list, read in a window of their own, summed up."""

from gui.features.study.feature import Studies as FEATURE

__all__ = ["FEATURE"]
