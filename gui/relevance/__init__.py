"""Where relevance goes: how much of the output reaches the pixels, and through which layers."""

from gui.relevance.feature import Relevance

__all__ = ["Relevance"]
