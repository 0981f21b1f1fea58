"""Does a class depend on concepts that are named by examples."""

from gui.features.concepts.feature import Testing as FEATURE

__all__ = ["FEATURE"]
