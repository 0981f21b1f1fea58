"""Where relevance goes: how much of the output reaches the pixels, and through which layers."""

from gui.features.relevance.feature import Relevance as FEATURE

__all__ = ["FEATURE"]
