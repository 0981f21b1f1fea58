"""Layer by layer: the film strip of a method, and where relevance goes on its way from the output to the pixels."""

from gui.features.relevance.feature import Relevance as FEATURE

__all__ = ["FEATURE"]
